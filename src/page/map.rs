//! The map of the site for people, and the page for unknown addresses.

use serde::Serialize;

use super::archive;
use super::card;
use super::frame::{Frame, Sign};
use super::home::{self, LevelView};
use super::index::Lists;
use super::link::Link;
use super::link::count;
use super::names::Names;
use crate::graph::{Node, Site};
use crate::model::word::{Level, Word};
use crate::path::OutputPath;

/// The map: indexes, and every unit with its terms.
#[derive(Debug, Serialize)]
pub struct MapView {
    /// Its frame.
    pub page: Frame,
    /// The indexes with their lists.
    pub indexes: Vec<IndexEntry>,
    /// How many terms are over, on the page of past terms.
    pub past_terms: String,
    /// Units by level.
    pub levels: Vec<LevelEntry>,
}

/// An index and how many it holds.
#[derive(Debug, Serialize)]
pub struct IndexEntry {
    /// `targets` … `documents`, or the facet of a list of its own.
    pub name: &'static str,
    /// Its page.
    pub href: String,
    /// How many it holds.
    pub count: String,
}

/// The units of a level.
#[derive(Debug, Serialize)]
pub struct LevelEntry {
    /// The level.
    pub name: &'static str,
    /// How many.
    pub count: String,
    /// The units.
    pub units: Vec<UnitEntry>,
}

/// A unit with its terms.
#[derive(Debug, Serialize)]
pub struct UnitEntry {
    /// The unit.
    pub unit: Link,
    /// Whether it is past.
    pub is_past: bool,
    /// Its terms, the latest first, so that past ones stand behind.
    pub terms: Vec<Link>,
}

/// The page for unknown addresses.
#[derive(Debug, Serialize)]
pub struct NotFoundView {
    /// Its frame.
    pub page: Frame,
    /// Units by level, as on the home page.
    pub levels: Vec<LevelView>,
}

/// Fills the map.
pub fn fill(site: &Site, names: &Names, lists: &Lists, here: &OutputPath) -> MapView {
    let sign =
        Sign { kind: "map", title: String::new(), nav: "map", crumbs: Vec::new(), unit: None, term: None };
    let lists = lists.all.iter().filter(|l| l.key.is_empty());
    let entry = |l: &super::index::List| IndexEntry {
        name: if l.facet == "all" { subject(l) } else { l.facet },
        href: l.parts[0].href_from(here),
        count: count(site, l.entries.len()),
    };
    let level = |(level, name, _): &(Level, &'static str, &'static str)| {
        let mut units: Vec<usize> =
            (0..site.library.units.len()).filter(|u| site.library.units[*u].level == *level).collect();
        let is_past = |u: &usize| site.graph.lineage().ended.contains_key(&site.library.units[*u].id);
        units.sort_by_key(|u| (is_past(u), names.unit_rank(*u)));
        let entry = |u: &usize| UnitEntry {
            unit: Link {
                href: names.addresses.get(Node::Unit(*u)).href_from(here),
                words: names.unit_name(*u).to_owned(),
            },
            is_past: is_past(u),
            terms: terms(site, names, here, *u),
        };
        LevelEntry { name, count: count(site, units.len()), units: units.iter().map(entry).collect() }
    };
    MapView {
        page: Frame::new(site, names, here, sign),
        indexes: lists.map(entry).collect(),
        past_terms: count(site, archive::count_of(site)),
        levels: Level::ALL.iter().map(level).filter(|l| !l.units.is_empty()).collect(),
    }
}

fn terms(site: &Site, names: &Names, here: &OutputPath, unit: usize) -> Vec<Link> {
    let all = site.graph.terms_of(&site.library.units[unit].id);
    all.into_iter().rev().map(|t| card::term_link(names, here, t)).collect()
}

fn subject(list: &super::index::List) -> &'static str {
    match list.subject {
        super::index::Subject::Items(kind) => super::link::plural(kind),
        super::index::Subject::Documents => "documents",
    }
}

/// Units that the page for unknown addresses lists of one level.
const UNITS: usize = 20;

/// Fills the page for unknown addresses.
pub fn not_found(site: &Site, names: &Names, here: &OutputPath) -> NotFoundView {
    let sign =
        Sign { kind: "notfound", title: String::new(), nav: "", crumbs: Vec::new(), unit: None, term: None };
    NotFoundView { page: Frame::new(site, names, here, sign), levels: home::levels(site, names, here, UNITS) }
}

//! The page of past terms: all of them by unit, with their dates and seals, so that nothing that is over is hard to find.

use serde::Serialize;

use super::card;
use super::frame::{Frame, Sign};
use super::link::count;
use super::link::{Dated, Link};
use super::names::Names;
use super::past::{Ended, PastUnit, past_unit};
use crate::graph::{Node, Site};
use crate::model::term::{Frozen, Term};
use crate::path::OutputPath;
use crate::vietnamese::Language;

/// The page of past terms.
#[derive(Debug, Serialize)]
pub struct ArchiveView {
    /// Its frame.
    pub page: Frame,
    /// How many past terms there are.
    pub count: String,
    /// Units that have some: present ones first, then past ones, each by name.
    pub units: Vec<ArchiveUnit>,
}

/// A unit with its past terms.
#[derive(Debug, Serialize)]
pub struct ArchiveUnit {
    /// The unit.
    pub unit: Link,
    /// That it has ended itself.
    pub past: Option<PastUnit>,
    /// Its past terms, the latest first.
    pub terms: Vec<ArchiveTerm>,
}

/// A past term.
#[derive(Debug, Serialize)]
pub struct ArchiveTerm {
    /// Its page.
    pub href: String,
    /// `2020–2025`
    pub years: String,
    /// First day.
    pub from: Dated,
    /// Last day.
    pub until: Dated,
    /// When it ended, where that was before its last day: with its unit.
    pub ended: Option<Ended>,
    /// How many reports it has.
    pub reports: String,
    /// Its seal, where it was sealed.
    pub seal: Option<SealView>,
}

/// The seal of an archived term.
#[derive(Debug, Serialize)]
pub struct SealView {
    /// When it was sealed.
    pub date: Dated,
    /// `sha256:…`
    pub seal: String,
    /// Earlier seals, oldest first.
    pub earlier: Vec<EarlierSeal>,
}

/// A seal that a later one has replaced.
#[derive(Debug, Serialize)]
pub struct EarlierSeal {
    /// When it was made.
    pub date: Dated,
    /// `sha256:…`
    pub seal: String,
}

/// Fills the page of past terms.
pub fn fill(site: &Site, names: &Names, here: &OutputPath) -> ArchiveView {
    let sign =
        Sign { kind: "archive", title: String::new(), nav: "", crumbs: Vec::new(), unit: None, term: None };
    let library = &site.library;
    let mut units: Vec<usize> = (0..library.units.len()).collect();
    let is_past = |u: &usize| site.graph.lineage().ended.contains_key(&library.units[*u].id);
    units.sort_by_key(|u| (is_past(u), names.unit_rank(*u)));
    let unit = |u: &usize| ArchiveUnit {
        unit: card::unit_link(site, names, here, &library.units[*u].id),
        past: past_unit(site, names, here, &library.units[*u].id),
        terms: terms(site, names, here, *u),
    };
    ArchiveView {
        page: Frame::new(site, names, here, sign),
        count: count(site, count_of(site)),
        units: units.iter().map(unit).filter(|u| !u.terms.is_empty()).collect(),
    }
}

/// How many terms are over.
pub fn count_of(site: &Site) -> usize {
    site.graph.ends.iter().filter(|end| end.is_some()).count()
}

fn terms(site: &Site, names: &Names, here: &OutputPath, unit: usize) -> Vec<ArchiveTerm> {
    let (graph, language) = (&site.graph, site.config.language);
    let all = graph.terms_of(&site.library.units[unit].id).into_iter().rev();
    let term = |at: usize| {
        let (end, node) = (graph.ends[at]?, &graph.terms[at]);
        Some(ArchiveTerm {
            href: names.addresses.get(Node::Term(at)).href_from(here),
            years: names.term_words(at).to_owned(),
            from: Dated::day(node.from, language),
            until: Dated::day(node.until, language),
            ended: (end.date.end() < node.until).then(|| Ended::new(end.date, language)),
            reports: count(site, node.reports.len()),
            seal: node.library.and_then(|t| seal(&site.library.terms[t], language)),
        })
    };
    all.filter_map(term).collect()
}

/// The seal of a term, where it was sealed.
pub fn seal(term: &Term, language: Language) -> Option<SealView> {
    let Frozen { date, seal, earlier, .. } = term.frozen.as_ref()?;
    let before = |s: &crate::model::term::Seal| EarlierSeal {
        date: Dated::day(s.date, language),
        seal: s.seal.clone(),
    };
    Some(SealView {
        date: Dated::day(*date, language),
        seal: seal.clone(),
        earlier: earlier.iter().map(before).collect(),
    })
}

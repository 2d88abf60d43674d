//! The home page: the unit's present term at a glance, what is unresolved, the newest reports, other units by level.

use serde::Serialize;

use super::card::{self, ItemCard, ReportCard};
use super::frame::{Frame, Sign};
use super::link::count;
use super::link::{Html, Link};
use super::names::Names;
use super::report::Heading;
use super::scoreboard::{self, Scoreboard};
use super::tally::{self, ClaimGlance};
use super::unit::{self, TermCard};
use super::writer::Writer;
use crate::audit;
use crate::graph::{ItemIx, Node, Site};
use crate::model::id::UnitId;
use crate::model::item::Detail;
use crate::model::word::{Level, Word};
use crate::path::OutputPath;

/// The home page.
#[derive(Debug, Serialize)]
pub struct HomeView<'a> {
    /// Its frame.
    pub page: Frame,
    /// A title of its own, HTML.
    pub title: Option<Html>,
    /// The words of its own file, HTML.
    pub body: Option<Html>,
    /// The headings of those words.
    pub contents: Vec<Heading>,
    /// Whose site this is.
    pub unit: Option<Link>,
    /// The unit's latest term, and the latest of its line that has figures, where that is another.
    pub terms: Vec<Glance<'a>>,
    /// Limitations of the unit and those it came from that are not yet mended: of present terms first, by alphabet.
    pub unresolved: Vec<ItemCard<'a>>,
    /// How many there are.
    pub unresolved_count: String,
    /// All limitations.
    pub limitations: String,
    /// The newest reports of the site.
    pub newest: Vec<ReportCard>,
    /// How many reports there are in all.
    pub report_count: String,
    /// Units by level.
    pub levels: Vec<LevelView>,
}

/// A term at a glance.
#[derive(Debug, Serialize)]
pub struct Glance<'a> {
    /// The unit, where it is not the site's own.
    pub unit: Option<Link>,
    /// The term.
    pub term: TermCard,
    /// Its scoreboard, without the rows.
    pub scoreboard: Option<Scoreboard<'a>>,
    /// What its reports claim, newest first.
    pub claims: Vec<ClaimGlance>,
}

/// The units of one level.
#[derive(Debug, Serialize)]
pub struct LevelView {
    /// The level.
    pub name: &'static str,
    /// How many.
    pub count: String,
    /// Present units first, then past ones, each by name.
    pub units: Vec<UnitCard>,
    /// Whether there are more than are listed here.
    pub has_more: bool,
}

/// A unit in a list.
#[derive(Debug, Serialize)]
pub struct UnitCard {
    /// Its page.
    pub href: String,
    /// Its name.
    pub words: String,
    /// Whether it is past.
    pub is_past: bool,
}

/// Reports that the home page lists.
const NEWEST: usize = 6;
/// Units that the home page lists of one level; the rest are on the map.
const UNITS: usize = 60;
/// Unresolved limitations that the home page lists.
const UNRESOLVED: usize = 12;

/// Fills the home page.
pub fn fill<'a>(site: &'a Site, names: &'a Names, here: &'a OutputPath) -> HomeView<'a> {
    let home = site.library.home.as_ref();
    let writer = Writer::new(site, names, here, Node::Home, None);
    let title = home.and_then(|h| h.title.as_ref());
    let plain = title.map_or_else(|| site.config.title.clone(), |t| writer.plain(t));
    let body = home.filter(|h| !h.body.text().trim().is_empty()).map(|h| writer.body(&h.body));
    let (html, contents) = body.map_or((None, Vec::new()), |b| (Some(Html(b.html)), b.contents));
    let own = site.config.unit.as_ref().map(|u| &u.value);
    let unresolved = own.map(|id| unresolved(site, names, id)).unwrap_or_default();
    HomeView {
        page: Frame::new(
            site,
            names,
            here,
            Sign { kind: "home", title: plain, nav: "home", crumbs: Vec::new(), unit: None, term: None },
        ),
        title: title.map(|t| writer.html(t)),
        body: html,
        contents: contents.into_iter().map(Heading::from).collect(),
        unit: own.map(|id| card::unit_link(site, names, here, id)),
        terms: own.map(|id| glances(site, names, here, id)).unwrap_or_default(),
        unresolved_count: count(site, unresolved.len()),
        unresolved: unresolved
            .into_iter()
            .take(UNRESOLVED)
            .map(|i| card::item(site, names, here, i))
            .collect(),
        limitations: names.index_of(crate::model::item::ItemKind::Limitation).href_from(here),
        newest: newest(site).into_iter().map(|r| card::report(site, names, here, r)).collect(),
        report_count: count(site, site.graph.stated.len()),
        levels: levels(site, names, here, UNITS),
    }
}

fn newest(site: &Site) -> Vec<usize> {
    let reports = &site.library.reports;
    let mut all: Vec<usize> = site.graph.stated.keys().copied().collect();
    all.sort_by(|&a, &b| reports[b].date.value.cmp(&reports[a].date.value).then(a.cmp(&b)));
    all.truncate(NEWEST);
    all
}

/// Limitations of a unit and its line that are unresolved and that nothing carries on: of present terms first, by alphabet.
fn unresolved(site: &Site, names: &Names, own: &UnitId) -> Vec<ItemIx> {
    let graph = &site.graph;
    let is_open = |at: &ItemIx| {
        let item = &graph.items[*at];
        let in_line = item.key.unit == *own || graph.lineage().descends(own, &item.key.unit);
        let carried = graph.back[*at].iter().any(|e| e.role.is_chain());
        let open = match &item.heading(&site.library).detail {
            Detail::Limitation(l) => audit::unresolved(l.state.as_ref().map(|s| s.value)),
            _ => false,
        };
        in_line && open && !carried
    };
    let mut found: Vec<ItemIx> = (0..graph.items.len()).filter(is_open).collect();
    found.sort_by_key(|i| (graph.is_past_item(*i), names.ranks[*i]));
    found
}

/// The latest term of a unit; and the latest of its line that has targets or claims, where that is another.
fn glances<'a>(site: &'a Site, names: &'a Names, here: &OutputPath, own: &UnitId) -> Vec<Glance<'a>> {
    let graph = &site.graph;
    let latest = graph.terms_of(own).last().copied();
    let mut line: Vec<usize> = (0..graph.terms.len())
        .filter(|t| graph.terms[*t].unit == *own || graph.lineage().descends(own, &graph.terms[*t].unit))
        .filter(|t| has_figures(site, *t))
        .collect();
    line.sort_by_key(|t| (graph.terms[*t].from, graph.terms[*t].until));
    let with_figures =
        line.last().copied().filter(|t| latest.is_none_or(|l| l != *t && !has_figures(site, l)));
    latest.into_iter().chain(with_figures).map(|t| glance(site, names, here, own, t)).collect()
}

fn has_figures(site: &Site, term: usize) -> bool {
    let node = &site.graph.terms[term];
    let is_target = |i: &ItemIx| site.graph.items[*i].key.kind == crate::model::item::ItemKind::Target;
    node.items.iter().any(is_target) || node.reports.iter().any(|r| tally::has_claims(site, *r))
}

fn glance<'a>(site: &'a Site, names: &'a Names, here: &OutputPath, own: &UnitId, term: usize) -> Glance<'a> {
    let node = &site.graph.terms[term];
    let scoreboard = scoreboard::of_items(site, names, here, &node.items);
    Glance {
        unit: (node.unit != *own).then(|| card::unit_link(site, names, here, &node.unit)),
        term: unit::term_card(site, names, here, term, true),
        scoreboard: scoreboard.map(|s| Scoreboard { rows: Vec::new(), ..s }),
        claims: node.reports.iter().rev().filter_map(|r| tally::glance(site, names, here, *r)).collect(),
    }
}

/// Units by level, at most `most` of each.
pub fn levels(site: &Site, names: &Names, here: &OutputPath, most: usize) -> Vec<LevelView> {
    let level = |(level, name, _): &(Level, &'static str, &'static str)| {
        let mut units: Vec<(bool, usize)> = site
            .library
            .units
            .iter()
            .enumerate()
            .filter(|(_, u)| u.level == *level)
            .map(|(at, u)| (site.graph.lineage().ended.contains_key(&u.id), at))
            .collect();
        units.sort_by_key(|(is_past, at)| (*is_past, names.unit_rank(*at)));
        let card = |(is_past, at): &(bool, usize)| UnitCard {
            href: names.addresses.get(Node::Unit(*at)).href_from(here),
            words: names.unit_name(*at).to_owned(),
            is_past: *is_past,
        };
        LevelView {
            name,
            count: count(site, units.len()),
            has_more: units.len() > most,
            units: units.iter().take(most).map(card).collect(),
        }
    };
    Level::ALL.iter().map(level).filter(|l| !l.units.is_empty()).collect()
}

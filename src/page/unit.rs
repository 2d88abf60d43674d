//! The page of a unit: names, lineage both ways, its terms on a line, figures.

use serde::Serialize;

use super::card;
use super::document::{self, DocumentCard};
use super::frame::{Frame, Sign};
use super::item::{self, MentionView};
use super::lineage::{self, EventView, Relation, events_of};
use super::link::count;
use super::link::{Count, Dated, Html, Link, MaybeLink};
use super::names::{Names, term_words};
use super::report::Heading;
use super::scoreboard;
use super::term::ordinal_words;
use super::writer::Writer;
use crate::graph::lineage::ids;
use crate::graph::{Node, Site};
use crate::model::id::UnitId;
use crate::model::item::{Detail, ItemKind};
use crate::model::text::Party;
use crate::model::unit::Figure;
use crate::model::word::{Outcome, Outlook, Word};
use crate::path::OutputPath;

/// The page of a unit.
#[derive(Debug, Serialize)]
pub struct UnitView {
    /// Its frame.
    pub page: Frame,
    /// Its name, HTML.
    pub name: Html,
    /// Its name for menus, HTML.
    pub short_name: Option<Html>,
    /// Its level.
    pub level: &'static str,
    /// The unit above it.
    pub parent: Option<MaybeLink>,
    /// Units of the site below it: present ones first, each by name.
    pub children: Vec<Link>,
    /// Earlier names.
    pub names: Vec<FormerNameView>,
    /// Units that it came from, with the event.
    pub predecessors: Vec<Relation>,
    /// Units that it went into.
    pub successors: Vec<Relation>,
    /// All its events, by date.
    pub events: Vec<EventView>,
    /// Its terms, the latest first.
    pub terms: Vec<TermCard>,
    /// Its figures, and those of its predecessors beside them, never summed.
    pub figures: Vec<FigureTable>,
    /// The words of its own file, HTML.
    pub body: Option<Html>,
    /// The headings of those words.
    pub contents: Vec<Heading>,
    /// Its documents.
    pub documents: Vec<DocumentCard>,
    /// Where other pages speak of it.
    pub mentions: Vec<MentionView>,
}

/// An earlier name.
#[derive(Debug, Serialize)]
pub struct FormerNameView {
    /// HTML.
    pub name: Html,
    /// Since when.
    pub from: Option<Dated>,
    /// Until when.
    pub until: Option<Dated>,
}

/// A term on the line.
#[derive(Debug, Serialize)]
pub struct TermCard {
    /// Its page.
    pub href: String,
    /// `2020–2025`
    pub years: String,
    /// First day.
    pub from: Dated,
    /// Last day.
    pub until: Dated,
    /// The ordinal of its congress.
    pub ordinal: Option<String>,
    /// How many reports it has.
    pub reports: String,
    /// How many items of each kind it has; only kinds that occur.
    pub items: Vec<KindCount>,
    /// How many of its targets have each result or outlook.
    pub results: Vec<Count>,
    /// Whether it is the unit's latest.
    pub is_latest: bool,
    /// Whether it is over.
    pub is_past: bool,
}

/// How many items of a kind.
#[derive(Debug, Serialize)]
pub struct KindCount {
    /// The plural name of the kind.
    pub name: &'static str,
    /// How many.
    pub count: String,
}

/// The figures of one unit.
#[derive(Debug, Serialize)]
pub struct FigureTable {
    /// The unit.
    pub unit: Link,
    /// Whether it is the unit of this page.
    pub is_own: bool,
    /// Its figures.
    pub rows: Vec<FigureView>,
}

/// A figure.
#[derive(Debug, Serialize)]
pub struct FigureView {
    /// What is counted, HTML.
    pub name: Html,
    /// The figure as written, HTML.
    pub value: Html,
    /// Unit of measure, HTML.
    pub unit: Option<Html>,
    /// At which date.
    pub as_of: Option<Dated>,
}

/// Fills the page of a unit.
pub fn fill(site: &Site, names: &Names, here: &OutputPath, at: usize) -> UnitView {
    let unit = &site.library.units[at];
    let writer = Writer::new(site, names, here, Node::Unit(at), None);
    let sign = Sign {
        kind: "unit",
        title: names.unit_name(at).to_owned(),
        nav: "",
        crumbs: Vec::new(),
        unit: Some(&unit.id),
        term: None,
    };
    let partial = |d: &Option<crate::source::Spanned<crate::vietnamese::date::PartialDate>>| {
        d.as_ref().map(|d| Dated::partial(d.value, site.config.language))
    };
    let body = unit.body.as_ref().map(|b| writer.body(b));
    let (html, contents) = body.map_or((None, Vec::new()), |b| (Some(Html(b.html)), b.contents));
    let (predecessors, successors) = lineage::relations(site, names, here, &unit.id);
    UnitView {
        page: Frame::new(site, names, here, sign),
        name: writer.html(&unit.name),
        short_name: writer.opt(unit.short_name.as_ref()),
        level: unit.level.name(),
        parent: unit.parent.as_ref().map(|p| writer.party(p)),
        children: children(site, names, here, &unit.id),
        names: unit
            .names
            .iter()
            .map(|n| FormerNameView {
                name: writer.html(&n.name),
                from: partial(&n.from),
                until: partial(&n.until),
            })
            .collect(),
        predecessors,
        successors,
        events: lineage::events(site, names, here, &unit.id),
        terms: terms(site, names, here, &unit.id),
        figures: figures(site, names, here, at),
        body: html,
        contents: contents.into_iter().map(Heading::from).collect(),
        documents: document::cited(site, names, here, Node::Unit(at)),
        mentions: item::mentions(site, names, here, Node::Unit(at)),
    }
}

fn children(site: &Site, names: &Names, here: &OutputPath, id: &UnitId) -> Vec<Link> {
    let units = &site.library.units;
    let is_below = |at: &usize| matches!(&units[*at].parent, Some(Party::Unit(p)) if p.value == *id);
    let mut below: Vec<usize> = (0..units.len()).filter(is_below).collect();
    let ended = &site.graph.lineage().ended;
    below.sort_by_key(|at| (ended.contains_key(&units[*at].id), names.unit_rank(*at)));
    below.into_iter().map(|at| card::unit_link(site, names, here, &units[at].id)).collect()
}

fn terms(site: &Site, names: &Names, here: &OutputPath, id: &UnitId) -> Vec<TermCard> {
    let all = site.graph.terms_of(id);
    all.iter().rev().map(|t| term_card(site, names, here, *t, all.last() == Some(t))).collect()
}

/// A term on its unit's line.
pub fn term_card(site: &Site, names: &Names, here: &OutputPath, at: usize, is_latest: bool) -> TermCard {
    let node = &site.graph.terms[at];
    let language = site.config.language;
    let congress = node.library.and_then(|t| site.library.terms[t].congress.as_ref());
    let of_kind =
        |kind: ItemKind| node.items.iter().filter(|i| site.graph.items[**i].key.kind == kind).count();
    let kinds = super::link::KINDS.into_iter().map(|(kind, name)| (name, of_kind(kind)));
    TermCard {
        href: names.addresses.get(Node::Term(at)).href_from(here),
        years: term_words(node, language),
        from: Dated::day(node.from, language),
        until: Dated::day(node.until, language),
        ordinal: congress.and_then(|c| c.ordinal).map(|n| ordinal_words(n, language)),
        reports: count(site, node.reports.len()),
        items: kinds
            .filter(|(_, n)| *n > 0)
            .map(|(name, n)| KindCount { name, count: count(site, n) })
            .collect(),
        results: results(site, names, &node.items),
        is_latest,
        is_past: site.graph.is_past_term(at),
    }
}

/// How many of some targets have each result, and without one each outlook.
fn results(site: &Site, names: &Names, items: &[usize]) -> Vec<Count> {
    let targets: Vec<_> = items
        .iter()
        .filter_map(|i| match &site.graph.items[*i].heading(&site.library).detail {
            Detail::Target(t) => {
                Some((t.result.as_ref().map(|r| r.value), t.outlook.as_ref().map(|o| o.value)))
            }
            _ => None,
        })
        .collect();
    let mut counts = scoreboard::counts::<Outcome>(site, names, "result", |name| {
        targets.iter().filter(|(r, _)| r.is_some_and(|r| r.name() == name)).count()
    });
    counts.extend(scoreboard::counts::<Outlook>(site, names, "outlook", |name| {
        targets.iter().filter(|(r, o)| r.is_none() && o.is_some_and(|o| o.name() == name)).count()
    }));
    counts
}

/// The figures of a unit and of the units it directly came from, side by side.
fn figures(site: &Site, names: &Names, here: &OutputPath, at: usize) -> Vec<FigureTable> {
    let own = &site.library.units[at];
    let mut units = vec![at];
    for event in events_of(site, &own.id).filter(|e| ids(&e.to).any(|(id, _)| *id == own.id)) {
        for (id, _) in ids(&event.from) {
            if let Ok(other) = site.library.units.binary_search_by(|u| u.id.cmp(id))
                && !units.contains(&other)
            {
                units.push(other);
            }
        }
    }
    let table = |unit: usize| {
        let writer = Writer::new(site, names, here, Node::Unit(unit), None);
        let row = |f: &Figure| FigureView {
            name: writer.html(&f.name),
            value: writer.html(&f.value),
            unit: writer.opt(f.unit.as_ref()),
            as_of: f.as_of.as_ref().map(|d| Dated::partial(d.value, site.config.language)),
        };
        let written = &site.library.units[unit];
        FigureTable {
            unit: card::unit_link(site, names, here, &written.id),
            is_own: unit == at,
            rows: written.figures.iter().map(row).collect(),
        }
    };
    units.into_iter().map(table).filter(|t| !t.rows.is_empty()).collect()
}

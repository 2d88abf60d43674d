//! Cards: how things look in the lists of other pages.

use serde::Serialize;

use super::frame::plural;
use super::link::{Dated, Link, Mark};
use super::plan::{Plan, term_words};
use crate::audit::clears;
use crate::graph::{ItemIx, Node, Site};
use crate::model::id::UnitId;
use crate::model::item::{Detail, Statement};
use crate::model::word::Word;
use crate::path::OutputPath;

/// An item in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ItemCard {
    /// Its page.
    pub href: String,
    /// Its title in plain words.
    pub title: String,
    /// Its kind: `target` …
    pub kind: &'static str,
    /// What came of it or is foreseen: result before outlook, or its state.
    pub marks: Vec<Mark>,
    /// Its field's label.
    pub field: Option<String>,
    /// Its unit.
    pub unit: Link,
    /// Its term.
    pub term: Link,
    /// Which of the five clears a task lacks.
    pub lacking: Vec<&'static str>,
    /// Whether only a draft states it.
    pub is_draft: bool,
}

/// A report in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ReportCard {
    /// Its page.
    pub href: String,
    /// Its title in plain words.
    pub title: String,
    /// Its kind: `midterm` …
    pub kind: &'static str,
    /// When it was presented or published.
    pub date: Dated,
    /// Its unit.
    pub unit: Link,
    /// Its term.
    pub term: Link,
    /// Whether it is a draft.
    pub is_draft: bool,
}

/// The card of an item, as seen from a page.
pub fn item(site: &Site, plan: &Plan, here: &OutputPath, at: ItemIx) -> ItemCard {
    let item = &site.graph.items[at];
    let heading = item.heading(&site.library);
    ItemCard {
        href: plan.addresses.get(Node::Item(at)).href_from(here),
        title: plan.item_title(at).to_owned(),
        kind: item.key.kind.name(),
        marks: marks(heading),
        field: heading.field.as_ref().map(|f| site.config.field_label(&f.value).to_owned()),
        unit: unit_link(site, plan, here, &item.key.unit),
        term: term_link(site, plan, here, item.term),
        lacking: match &heading.detail {
            Detail::Task(task) => clears::lacking(task, heading.title.is_some()),
            _ => Vec::new(),
        },
        is_draft: is_draft(site, at),
    }
}

/// Whether what an item says now comes from a draft.
pub fn is_draft(site: &Site, at: ItemIx) -> bool {
    let last = site.graph.items[at].history.last();
    last.is_some_and(|said| !site.library.reports[said.report].is_published())
}

/// What is said of an item's state: of a target result and outlook apart, else its state.
pub fn marks(statement: &Statement) -> Vec<Mark> {
    let mark = |set, name| Mark { set, name };
    match &statement.detail {
        Detail::Target(t) => {
            let result = t.result.as_ref().map(|r| mark("result", r.value.name()));
            let outlook = t.outlook.as_ref().map(|o| mark("outlook", o.value.name()));
            // An outlook that a result has overtaken stays in the history.
            result.or(outlook).into_iter().collect()
        }
        Detail::Limitation(l) => l.state.iter().map(|s| mark("limitation", s.value.name())).collect(),
        Detail::Task(t) => t.state.iter().map(|s| mark("task", s.value.name())).collect(),
        Detail::Achievement(_) | Detail::Lesson(_) => Vec::new(),
    }
}

/// The card of a report, as seen from a page.
pub fn report(site: &Site, plan: &Plan, here: &OutputPath, at: usize) -> ReportCard {
    let report = &site.library.reports[at];
    let term = site.graph.term(&report.unit, &report.term).unwrap_or_default();
    ReportCard {
        href: plan.addresses.get(Node::Report(at)).href_from(here),
        title: plan.report_title(at).to_owned(),
        kind: report.kind.name(),
        date: Dated::day(report.date.value, site.config.language),
        unit: unit_link(site, plan, here, &report.unit),
        term: term_link(site, plan, here, term),
        is_draft: !report.is_published(),
    }
}

/// A link to a unit by its name.
pub fn unit_link(site: &Site, plan: &Plan, here: &OutputPath, id: &UnitId) -> Link {
    match site.library.units.binary_search_by(|u| u.id.cmp(id)) {
        Ok(at) => Link {
            href: plan.addresses.get(Node::Unit(at)).href_from(here),
            words: plan.unit_name(at).to_owned(),
        },
        Err(_) => Link { href: plan.addresses.home.href_from(here), words: id.to_string() },
    }
}

/// A link to a term by its years.
pub fn term_link(site: &Site, plan: &Plan, here: &OutputPath, at: usize) -> Link {
    let words = term_words(&site.graph.terms[at], site.config.language);
    Link { href: plan.addresses.get(Node::Term(at)).href_from(here), words }
}

/// Items in the order in which authors put them: those of the latest report first, as it lists them.
pub fn by_author(site: &Site, items: &[ItemIx]) -> Vec<ItemIx> {
    let key = |at: &ItemIx| {
        let last = site.graph.items[*at].history.last();
        last.map(|said| {
            (std::cmp::Reverse(site.library.reports[said.report].as_of.value), said.report, said.statement)
        })
    };
    let mut ordered = items.to_vec();
    ordered.sort_by_key(key);
    ordered
}

/// Items of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// The plural name of the kind: `targets` …
    pub name: &'static str,
    /// How many.
    pub count: String,
    /// The items.
    pub cards: Vec<ItemCard>,
}

/// Items by kind, in the order given; kinds without items are left out.
pub fn groups(site: &Site, plan: &Plan, here: &OutputPath, items: &[ItemIx]) -> Vec<Group> {
    let of_kind = |kind| items.iter().copied().filter(move |i| site.graph.items[*i].key.kind == kind);
    super::frame::KINDS
        .into_iter()
        .map(|(kind, _)| {
            let cards: Vec<ItemCard> = of_kind(kind).map(|i| item(site, plan, here, i)).collect();
            Group { name: plural(kind), count: super::plan::count(site, cards.len()), cards }
        })
        .filter(|group| !group.cards.is_empty())
        .collect()
}

//! Cards: how things look in the lists of other pages.

use rayon::prelude::*;
use serde::Serialize;

use super::frame::plural;
use super::link::{Dated, Link, Mark, Said};
use super::plan::Plan;
use crate::audit::clears;
use crate::graph::item::Item;
use crate::graph::{ItemIx, Node, Site};
use crate::model::id::UnitId;
use crate::model::item::{Detail, ItemKind, Statement};
use crate::model::word::Word;
use crate::path::OutputPath;

/// An item in a list. A site of 1,000 reports shows 160,000 of them, so a field that says nothing is left out.
#[derive(Debug, Clone, Serialize)]
pub struct ItemCard<'a> {
    /// Its page.
    pub href: String,
    /// Its title in plain words.
    pub title: &'a str,
    /// What else is said of it.
    pub facts: Facts<'a>,
    /// Its unit in words, where the page does not say it anyway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'a str>,
    /// Its term in words, where the page does not say it anyway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<&'a str>,
}

/// What a list says of an item beside its title. Thousands of items share each of them, so a template also sees `shown`:
/// what the theme's component `facts` makes of it, once.
#[derive(Debug, Clone, Serialize)]
pub struct Facts<'a>(Says<'a>);

impl Facts<'_> {
    /// What its serialisation is called.
    pub const NAME: &'static str = "Facts";
}

/// The fields of [`Facts`].
#[derive(Debug, Clone, Serialize)]
struct Says<'a> {
    /// What came of it or is foreseen: result before outlook, or its state.
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<Mark>,
    /// Its field's label.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// Which of the five clears a task lacks.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    lacking: &'a [Said],
    /// Whether only a draft states it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_draft: bool,
}

/// What lists say of an item, gathered once for all of them in the order of the items: an item, its report and what that says
/// lie far apart, and each item is in eight lists.
#[derive(Debug, Hash)]
pub struct Brief {
    /// Its kind.
    pub kind: ItemKind,
    /// The number of its term.
    pub term: usize,
    /// Its field, by its number among those of the site.
    pub field: Option<usize>,
    /// See [`mark`].
    pub mark: Option<Mark>,
    /// Which of the five clears a task lacks.
    pub lacking: Vec<Said>,
    /// Whether what it says now comes from a draft.
    pub is_draft: bool,
}

/// What lists say of every item.
pub fn briefs(site: &Site) -> Vec<Brief> {
    let fields = || site.config.fields.iter().flatten();
    let brief = |item: &Item| {
        let heading = item.heading(&site.library);
        let lacking = |clear| Said { table: "lack", key: clear };
        let lacking = match &heading.detail {
            Detail::Task(task) => {
                clears::lacking(task, heading.title.is_some()).into_iter().map(lacking).collect()
            }
            _ => Vec::new(),
        };
        let of = heading.field.as_ref();
        Brief {
            kind: item.key.kind,
            term: item.term,
            field: of.and_then(|of| fields().position(|field| field.id == of.value)),
            mark: mark(heading),
            lacking,
            is_draft: item
                .history
                .last()
                .is_some_and(|said| !site.library.reports[said.report].is_published()),
        }
    };
    site.graph.items.par_iter().map(brief).collect()
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

/// The card of an item with its unit and term, as seen from a page.
pub fn item<'a>(site: &'a Site, plan: &'a Plan, here: &OutputPath, at: ItemIx) -> ItemCard<'a> {
    let term = plan.briefs[at].term;
    ItemCard {
        unit: Some(plan.unit_of(site, term)),
        term: Some(plan.term_words(term)),
        ..item_of_term(site, plan, here, at)
    }
}

/// The card of an item on a page that says its unit and term anyway.
pub fn item_of_term<'a>(site: &'a Site, plan: &'a Plan, here: &OutputPath, at: ItemIx) -> ItemCard<'a> {
    let brief = &plan.briefs[at];
    let label = |field: usize| Some(site.config.fields.as_ref()?.get(field)?.label.as_str());
    let field = brief.field.and_then(label);
    ItemCard {
        href: plan.addresses.get(Node::Item(at)).href_from(here),
        title: plan.item_title(at),
        facts: Facts(Says { mark: brief.mark, field, lacking: &brief.lacking, is_draft: brief.is_draft }),
        unit: None,
        term: None,
    }
}

/// What is said of an item's state: of a target its result, else its outlook.
pub fn mark(statement: &Statement) -> Option<Mark> {
    let mark = |set, name| Mark { set, name };
    match &statement.detail {
        Detail::Target(t) => {
            let result = t.result.as_ref().map(|r| mark("result", r.value.name()));
            let outlook = t.outlook.as_ref().map(|o| mark("outlook", o.value.name()));
            // An outlook that a result has overtaken stays in the history.
            result.or(outlook)
        }
        Detail::Limitation(l) => l.state.as_ref().map(|s| mark("limitation", s.value.name())),
        Detail::Task(t) => t.state.as_ref().map(|s| mark("task", s.value.name())),
        Detail::Achievement(_) | Detail::Lesson(_) => None,
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
        term: term_link(plan, here, term),
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
pub fn term_link(plan: &Plan, here: &OutputPath, at: usize) -> Link {
    Link { href: plan.addresses.get(Node::Term(at)).href_from(here), words: plan.term_words(at).to_owned() }
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
pub struct Group<'a> {
    /// The plural name of the kind: `targets` …
    pub name: &'static str,
    /// How many.
    pub count: String,
    /// The items.
    pub cards: Vec<ItemCard<'a>>,
}

/// The items of a term by kind, in the order given; kinds without items are left out.
pub fn groups<'a>(site: &'a Site, plan: &'a Plan, here: &OutputPath, items: &[ItemIx]) -> Vec<Group<'a>> {
    let of_kind = |kind| items.iter().copied().filter(move |i| site.graph.items[*i].key.kind == kind);
    super::frame::KINDS
        .into_iter()
        .map(|(kind, _)| {
            let cards: Vec<ItemCard<'a>> = of_kind(kind).map(|i| item_of_term(site, plan, here, i)).collect();
            Group { name: plural(kind), count: super::plan::count(site, cards.len()), cards }
        })
        .filter(|group| !group.cards.is_empty())
        .collect()
}

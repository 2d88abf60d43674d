//! Cards: how things look in the lists of other pages.

use std::sync::Arc;

use serde::Serialize;

use super::link::{Dated, Link, Mark, plural};
use super::names::Names;
use crate::graph::{ItemIx, Node, Site};
use crate::model::id::UnitId;
use crate::model::word::Word;
use crate::path::OutputPath;

/// An item in a list. A site of 1,000 reports shows 160,000 of them, so a field that says nothing is left out.
#[derive(Debug, Clone, Serialize)]
pub struct ItemCard<'a> {
    /// Its page.
    pub href: String,
    /// Its title in plain words.
    pub title: &'a str,
    /// What came of it or is foreseen: result before outlook, or its state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<&'a Mark>,
    /// Its field's label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'a str>,
    /// Which of the five clears a task lacks.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub lacking: &'a [Arc<str>],
    /// Whether only a draft states it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_draft: bool,
    /// Its unit in words, where the page does not say it anyway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'a str>,
    /// Its term in words, where the page does not say it anyway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<&'a str>,
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
pub fn item<'a>(site: &'a Site, names: &'a Names, here: &OutputPath, at: ItemIx) -> ItemCard<'a> {
    let term = names.briefs[at].term;
    ItemCard {
        unit: Some(names.unit_of(site, term)),
        term: Some(names.term_words(term)),
        ..item_of_term(site, names, here, at)
    }
}

/// The card of an item on a page that says its unit and term anyway.
pub fn item_of_term<'a>(site: &'a Site, names: &'a Names, here: &OutputPath, at: ItemIx) -> ItemCard<'a> {
    let brief = &names.briefs[at];
    let label = |field: usize| Some(site.config.fields.as_ref()?.get(field)?.label.as_str());
    let field = brief.field.and_then(label);
    ItemCard {
        href: names.addresses.get(Node::Item(at)).href_from(here),
        title: names.item_title(at),
        mark: brief.mark.as_ref(),
        field,
        lacking: &brief.lacking,
        is_draft: brief.is_draft,
        unit: None,
        term: None,
    }
}

/// The card of a report, as seen from a page.
pub fn report(site: &Site, names: &Names, here: &OutputPath, at: usize) -> ReportCard {
    let report = &site.library.reports[at];
    let term = site.graph.term(&report.unit, &report.term).unwrap_or_default();
    ReportCard {
        href: names.addresses.get(Node::Report(at)).href_from(here),
        title: names.report_title(at).to_owned(),
        kind: report.kind.name(),
        date: Dated::day(report.date.value, site.config.language),
        unit: unit_link(site, names, here, &report.unit),
        term: term_link(names, here, term),
        is_draft: !report.is_published(),
    }
}

/// A link to a unit by its name.
pub fn unit_link(site: &Site, names: &Names, here: &OutputPath, id: &UnitId) -> Link {
    match site.library.units.binary_search_by(|u| u.id.cmp(id)) {
        Ok(at) => Link {
            href: names.addresses.get(Node::Unit(at)).href_from(here),
            words: names.unit_name(at).to_owned(),
        },
        Err(_) => Link { href: names.addresses.home.href_from(here), words: id.to_string() },
    }
}

/// A link to a term by its years.
pub fn term_link(names: &Names, here: &OutputPath, at: usize) -> Link {
    Link { href: names.addresses.get(Node::Term(at)).href_from(here), words: names.term_words(at).to_owned() }
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
pub fn groups<'a>(site: &'a Site, names: &'a Names, here: &OutputPath, items: &[ItemIx]) -> Vec<Group<'a>> {
    let of_kind = |kind| items.iter().copied().filter(move |i| site.graph.items[*i].key.kind == kind);
    super::link::KINDS
        .into_iter()
        .map(|(kind, _)| {
            let cards: Vec<ItemCard<'a>> =
                of_kind(kind).map(|i| item_of_term(site, names, here, i)).collect();
            Group { name: plural(kind), count: super::link::count(site, cards.len()), cards }
        })
        .filter(|group| !group.cards.is_empty())
        .collect()
}

//! What pages call things: addresses, plain titles and their order in the alphabet, and what lists say of each item.
//!
//! Worked out once, of the site alone, before there is any list or page; whoever writes a link takes both its ends from here.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::address::{Addresses, Words};
use super::brief::{self, Brief};
use super::link::Mark;
use crate::graph::item::Item;
use crate::graph::titles::Titles;
use crate::graph::{Node, Site, TermNode};
use crate::markdown::{self, Flavour};
use crate::model::item::ItemKind;
use crate::model::word::Word;
use crate::path::OutputPath;
use crate::theme::label::{self, Labels};
use crate::vietnamese::Language;
use crate::vietnamese::collate::{Collation, SortKey};

/// Addresses and names of everything on a site.
#[derive(Debug)]
pub struct Names {
    /// The addresses of pages.
    pub addresses: Addresses,
    /// The words of addresses.
    pub words: Words,
    /// The map of the site.
    pub map: OutputPath,
    /// The page of past terms.
    pub archive: OutputPath,
    /// The register of documents.
    pub documents: OutputPath,
    /// Items by title in the order of the alphabet: the place of each.
    pub ranks: Vec<usize>,
    /// The words of the interface.
    pub labels: Labels,
    /// What lists say of each item.
    pub briefs: Vec<Brief>,
    /// Units by name in the order of the alphabet: the place of each.
    unit_ranks: Vec<usize>,
    /// The letter under which each item stands.
    initials: Vec<String>,
    kinds: BTreeMap<ItemKind, OutputPath>,
    plain: Plain,
}

/// Plain names of everything.
#[derive(Debug)]
struct Plain {
    units: Vec<String>,
    reports: Vec<String>,
    /// Mostly the very texts of the authors.
    items: Vec<Arc<str>>,
    /// Terms by their years or dates.
    terms: Vec<String>,
    /// The unit of each term, by number.
    units_of_terms: Vec<Option<usize>>,
}

impl Names {
    /// The names of everything on a site.
    pub fn of(site: &Site, labels: &Labels, collation: &Collation) -> Self {
        let words = Words::new(site.config.language);
        let (plain, addresses) = rayon::join(|| plain(site), || Addresses::of(site, words));
        let titles = &plain.items;
        let (ranked, initials) = rayon::join(|| ranks(collation, titles), || initials(collation, titles));
        Self {
            addresses,
            words,
            map: OutputPath::new([words.map()]),
            archive: OutputPath::new([words.archive()]),
            documents: OutputPath::new([words.documents(), "index.html"]),
            ranks: ranked,
            labels: labels.clone(),
            briefs: brief::all(site, labels),
            unit_ranks: ranks(collation, &plain.units),
            initials,
            kinds: ItemKind::ALL
                .iter()
                .map(|(kind, ..)| (*kind, OutputPath::new([words.kind(*kind), "index.html"])))
                .collect(),
            plain,
        }
    }

    /// The place of a unit in the order of the alphabet.
    pub fn unit_rank(&self, at: usize) -> usize {
        self.unit_ranks[at]
    }

    /// The letter under which an item stands.
    pub fn initial(&self, at: usize) -> &str {
        &self.initials[at]
    }

    /// The name of a unit in plain words.
    pub fn unit_name(&self, at: usize) -> &str {
        &self.plain.units[at]
    }

    /// The title of a report in plain words.
    pub fn report_title(&self, at: usize) -> &str {
        &self.plain.reports[at]
    }

    /// The title of an item in plain words.
    pub fn item_title(&self, at: usize) -> &str {
        &self.plain.items[at]
    }

    /// What the labels say under a key of a table.
    pub fn say(&self, table: &str, key: &str) -> Arc<str> {
        label::say(&self.labels, table, key)
    }

    /// A member of a closed set with its word.
    pub fn mark(&self, set: &'static str, name: &'static str) -> Mark {
        Mark::new(&self.labels, set, name)
    }

    /// The index of a kind of items.
    pub fn index_of(&self, kind: ItemKind) -> &OutputPath {
        &self.kinds[&kind]
    }

    /// The name of anything in plain words; documents by their number.
    pub fn name(&self, site: &Site, node: Node) -> String {
        match node {
            Node::Home => site.config.title.clone(),
            Node::Unit(at) => self.unit_name(at).to_owned(),
            Node::Term(at) => {
                format!("{} – {}", self.unit_of(site, at), self.term_words(at))
            }
            Node::Report(at) => self.report_title(at).to_owned(),
            Node::Item(at) => self.item_title(at).to_owned(),
            Node::Document(at) => site.graph.register().entries[at].key.number.clone(),
        }
    }

    /// The number of the unit of a term in the library.
    pub fn unit_number(&self, term: usize) -> Option<usize> {
        self.plain.units_of_terms[term]
    }

    /// The name of the unit of a term.
    pub fn unit_of<'a>(&'a self, site: &'a Site, term: usize) -> &'a str {
        self.unit_number(term).map_or_else(|| site.graph.terms[term].unit.as_str(), |at| self.unit_name(at))
    }

    /// A term in words: `2020–2025`.
    pub fn term_words(&self, term: usize) -> &str {
        &self.plain.terms[term]
    }
}

/// A term in words: `2020–2025`, or its dates where its id has no years.
pub fn term_words(term: &TermNode, language: Language) -> String {
    match term.id.years() {
        Some((from, until)) => format!("{from}–{until}"),
        None => format!("{} – {}", term.from.short(language), term.until.short(language)),
    }
}

fn plain(site: &Site) -> Plain {
    let (library, graph) = (&site.library, &site.graph);
    let plain = |text: &str, node: Node| markdown::plain(text, Flavour::Line, &Titles::new(site, node));
    let title = |(at, item): (usize, &Item)| match item.heading(library).title.as_ref() {
        Some(title) if markdown::is_plain(&title.raw) => Arc::clone(&title.raw),
        _ => plain(item.title(library), Node::Item(at)).into(),
    };
    let units = library.units.iter().enumerate();
    let reports = library.reports.iter().enumerate();
    let unit_of = |term: &TermNode| library.units.binary_search_by(|u| u.id.cmp(&term.unit)).ok();
    Plain {
        units: units.map(|(at, unit)| plain(&unit.name.raw, Node::Unit(at))).collect(),
        reports: reports.map(|(at, report)| plain(&report.title.raw, Node::Report(at))).collect(),
        items: graph.items.par_iter().enumerate().map(title).collect(),
        terms: graph.terms.iter().map(|t| term_words(t, site.config.language)).collect(),
        units_of_terms: graph.terms.iter().map(unit_of).collect(),
    }
}

/// The place of each title in the order of the alphabet; equal titles stay in the order of their keys.
fn ranks<T: AsRef<str> + Sync>(collation: &Collation, titles: &[T]) -> Vec<usize> {
    let key = |(at, title): (usize, &T)| {
        let key = collation.key(title.as_ref());
        (key.prefix(), key, at)
    };
    let mut order: Vec<(u128, SortKey, usize)> = titles.par_iter().enumerate().map(key).collect();
    order.par_sort_unstable();
    let mut ranks = vec![0; titles.len()];
    for (rank, (.., at)) in order.into_iter().enumerate() {
        ranks[at] = rank;
    }
    ranks
}

/// The letter of each title. It follows from the first character alone where that is a letter and no mark comes behind it,
/// and there are few of those.
fn initials<T: AsRef<str>>(collation: &Collation, titles: &[T]) -> Vec<String> {
    let mut known: BTreeMap<char, String> = BTreeMap::new();
    let initial = |title: &T| {
        let title = title.as_ref();
        let mut characters = title.chars();
        // Below the combining marks, or composed with one.
        let is_alone = |c: char| c < '\u{300}' || ('\u{1e00}'..='\u{1eff}').contains(&c);
        match characters.next().filter(|first| first.is_alphanumeric()) {
            Some(first) if characters.next().is_none_or(is_alone) => {
                known.entry(first).or_insert_with(|| collation.initial(&first.to_string())).clone()
            }
            _ => collation.initial(title),
        }
    };
    titles.iter().map(initial).collect()
}

//! The plan: every file of the site as a value, before anything is rendered.
//!
//! Collisions of addresses are found here, and the names that all pages share (plain titles, their order in the alphabet) are
//! worked out once. Views are filled later, one at a time, by [`super::fill`].

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::address::{self, Addresses, Words};
use super::card::{self, Brief};
use super::claim::claim_all;
use super::frame::{self, SharedPlace};
use super::index::{self, List, ListNumbers};
use super::redirect::{self, Redirect};
use super::sitemap::Sitemap;
use super::writer::Names;
use crate::graph::item::Item;
use crate::graph::{Node, Site, TermNode};
use crate::markdown::{self, Flavour};
use crate::model::item::ItemKind;
use crate::path::{ContentPath, OutputPath};
use crate::problem::Problems;
use crate::vietnamese::collate::{Collation, SortKey};
use crate::vietnamese::{Language, number};

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Artifact {
    /// A rendered page.
    Page(Spec),
    /// A file of the content, copied.
    Copy(ContentPath),
    /// A file of the theme, copied; its name below `static/`.
    Static(String),
    /// A file of the sitemap, by its number: the first is `sitemap.xml`.
    Sitemap(usize),
}

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spec {
    /// The page of something.
    Node(Node),
    /// A part of a list, by the list's number and the part's.
    Index(usize, usize),
    /// The map of the site.
    Map,
    /// All past terms.
    Archive,
    /// The page for unknown addresses.
    NotFound,
    /// The redirect with a number.
    Redirect(usize),
    /// The cover of what an archive holds of a term.
    Cover(usize),
}

/// Everything that will be written, and what all pages share.
#[derive(Debug)]
pub struct Plan {
    /// Every file by its address.
    pub artifacts: BTreeMap<OutputPath, Artifact>,
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
    /// Every list.
    pub lists: Vec<List>,
    /// The lists of items by what they are of.
    pub list_numbers: ListNumbers,
    /// Pages at old addresses.
    pub redirects: Vec<Redirect>,
    /// The addresses of the site for machines; none in an excerpt.
    pub sitemap: Sitemap,
    /// Whether drafts are shown.
    pub has_drafts: bool,
    /// Items by title in the order of the alphabet: the place of each.
    pub ranks: Vec<usize>,
    /// Units by name in the order of the alphabet: the place of each.
    unit_ranks: Vec<usize>,
    /// What lists say of each item.
    pub briefs: Vec<Brief>,
    /// What stands around the pages of the items of each term.
    pub item_places: Vec<SharedPlace>,
    /// The letter under which each item stands.
    initials: Vec<String>,
    names: NamesOfAll,
    kinds: BTreeMap<ItemKind, OutputPath>,
}

/// Plain names of everything.
#[derive(Debug, Default)]
struct NamesOfAll {
    units: Vec<String>,
    reports: Vec<String>,
    /// Mostly the very texts of the authors.
    items: Vec<Arc<str>>,
    /// Terms by their years or dates.
    terms: Vec<String>,
    /// The unit of each term, by number.
    units_of_terms: Vec<Option<usize>>,
}

impl Plan {
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
        &self.names.units[at]
    }

    /// The title of a report in plain words.
    pub fn report_title(&self, at: usize) -> &str {
        &self.names.reports[at]
    }

    /// The title of an item in plain words.
    pub fn item_title(&self, at: usize) -> &str {
        &self.names.items[at]
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
        self.names.units_of_terms[term]
    }

    /// The name of the unit of a term.
    pub fn unit_of<'a>(&'a self, site: &'a Site, term: usize) -> &'a str {
        self.unit_number(term).map_or_else(|| site.graph.terms[term].unit.as_str(), |at| self.unit_name(at))
    }

    /// A term in words: `2020–2025`.
    pub fn term_words(&self, term: usize) -> &str {
        &self.names.terms[term]
    }
}

/// A term in words: `2020–2025`, or its dates where its id has no years.
pub fn term_words(term: &TermNode, language: Language) -> String {
    match term.id.years() {
        Some((from, until)) => format!("{from}–{until}"),
        None => format!("{} – {}", term.from.short(language), term.until.short(language)),
    }
}

/// A count in the site's language.
pub fn count(site: &Site, number: usize) -> String {
    number::group(number as u64, site.config.language)
}

/// Plans the whole site; `statics` are the files of the theme.
pub fn plan(site: &Site, statics: &[String]) -> (Plan, Problems) {
    let collation = Collation::new(site.config.language);
    let mut plan = unlisted(site, &collation);
    plan.lists = index::lists(site, &plan, &collation, None);
    plan.list_numbers = index::numbers(&plan.lists);
    plan.redirects = redirect::all(site, &plan);
    let problems = claim_all(site, statics, &mut plan);
    (plan, problems)
}

/// A plan without lists and files: addresses and names.
pub(super) fn unlisted(site: &Site, collation: &Collation) -> Plan {
    let words = Words::new(site.config.language);
    let (names, addresses) = rayon::join(|| names(site), || Addresses::of(site, words));
    let unit_ranks = ranks(collation, &names.units);
    let titles = &names.items;
    let (ranks, initials) = rayon::join(|| ranks(collation, titles), || initials(collation, titles));
    let kinds = frame::KINDS.into_iter().map(|(k, _)| (k, OutputPath::new([words.kind(k), "index.html"])));
    let mut plan = Plan {
        artifacts: BTreeMap::new(),
        addresses,
        words,
        map: OutputPath::new([words.map()]),
        archive: OutputPath::new([words.archive()]),
        documents: OutputPath::new([words.documents(), "index.html"]),
        lists: Vec::new(),
        list_numbers: ListNumbers::new(),
        redirects: Vec::new(),
        sitemap: Sitemap::default(),
        has_drafts: site
            .library
            .reports
            .iter()
            .enumerate()
            .any(|(at, r)| !r.is_published() && site.graph.stated.contains_key(&at)),
        ranks,
        unit_ranks,
        initials,
        briefs: card::briefs(site),
        item_places: Vec::new(),
        names,
        kinds: kinds.collect(),
    };
    plan.item_places = frame::of_items(site, &plan);
    plan
}

fn names(site: &Site) -> NamesOfAll {
    let (library, graph) = (&site.library, &site.graph);
    let plain = |text: &str, node: Node| markdown::plain(text, Flavour::Line, &Names::new(site, node));
    let title = |(at, item): (usize, &Item)| match item.heading(library).title.as_ref() {
        Some(title) if markdown::is_plain(&title.raw) => Arc::clone(&title.raw),
        _ => plain(item.title(library), Node::Item(at)).into(),
    };
    let items: Vec<Arc<str>> = graph.items.par_iter().enumerate().map(title).collect();
    NamesOfAll {
        units: library.units.iter().enumerate().map(|(at, u)| plain(&u.name.raw, Node::Unit(at))).collect(),
        reports: library
            .reports
            .iter()
            .enumerate()
            .map(|(at, r)| plain(&r.title.raw, Node::Report(at)))
            .collect(),
        items,
        terms: graph.terms.iter().map(|t| term_words(t, site.config.language)).collect(),
        units_of_terms: graph
            .terms
            .iter()
            .map(|t| library.units.binary_search_by(|u| u.id.cmp(&t.unit)).ok())
            .collect(),
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

/// Where a file of the theme lies on the site.
pub fn static_path(file: &str) -> OutputPath {
    OutputPath::new(std::iter::once("theme").chain(file.split('/')))
}

/// The address of an attachment.
pub fn file_path(path: &ContentPath) -> OutputPath {
    OutputPath::new(path.parts().skip(1))
}

/// The old addresses of an item, by its old ids.
pub fn old_item_path(plan: &Plan, key: &crate::graph::item::ItemKey) -> OutputPath {
    address::item_path(plan.words, key.unit.as_str(), key.term.as_str(), key.kind, key.id.as_str())
}

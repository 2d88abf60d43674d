//! The plan: every file of the site as a value, before anything is rendered.
//!
//! Collisions of addresses are found here, and the names that all pages share (plain titles, their order in the alphabet) are
//! worked out once. Views are filled later, one at a time, by [`super::fill`].

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;

use super::address::{self, Addresses, Words};
use super::card::{self, Brief};
use super::claim::claim_all;
use super::frame::{self, SharedPlace};
use super::index::{self, List, ListNumbers};
use super::inputs;
use super::redirect::{self, Redirect};
use super::sitemap::Sitemap;
use super::writer::Names;
use crate::content::memo::Orders;
use crate::digest;
use crate::graph::item::Item;
use crate::graph::{Node, Site, TermNode};
use crate::markdown::{self, Flavour};
use crate::model::item::ItemKind;
use crate::path::{ContentPath, OutputPath};
use crate::problem::Problems;
use crate::trace::{Arena, kind};
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
    pub lists: Arena<List, { kind::LIST }>,
    /// The lists of items by what they are of.
    pub list_numbers: ListNumbers,
    /// Pages at old addresses.
    pub redirects: Vec<Redirect>,
    /// The addresses of the site for machines; none in an excerpt.
    pub sitemap: Sitemap,
    /// Whether drafts are shown.
    pub has_drafts: bool,
    /// Items by title in the order of the alphabet: the place of each.
    pub ranks: Arena<usize, { kind::RANK }>,
    /// Units by name in the order of the alphabet: the place of each.
    unit_ranks: Arena<usize, { kind::UNIT_RANK }>,
    /// What lists say of each item.
    pub briefs: Arena<Brief, { kind::BRIEF }>,
    /// What stands around the pages of the items of each term.
    pub item_places: Arena<SharedPlace, { kind::PLACE }>,
    /// The letter under which each item stands.
    initials: Arena<String, { kind::INITIAL }>,
    names: NamesOfAll,
    kinds: BTreeMap<ItemKind, OutputPath>,
}

/// Plain names of everything.
#[derive(Debug, Default)]
struct NamesOfAll {
    units: Arena<String, { kind::UNIT_NAME }>,
    reports: Arena<String, { kind::REPORT_TITLE }>,
    /// Mostly the very texts of the authors.
    items: Arena<Arc<str>, { kind::ITEM_TITLE }>,
    /// Terms by their years or dates.
    terms: Arena<String, { kind::TERM_WORDS }>,
    /// The unit of each term, by number.
    units_of_terms: Vec<Option<usize>>,
}

impl Plan {
    /// The digests of what is worked out for all pages, by their kinds, for [`super::inputs`].
    pub(super) fn parts(&self) -> Vec<(u8, Vec<u64>)> {
        let list = |list: &List| inputs::one(&(&list.entries, list.present, &list.name));
        vec![
            (kind::UNIT_NAME, self.names.units.keys(inputs::one).collect()),
            (kind::REPORT_TITLE, self.names.reports.keys(inputs::one).collect()),
            (kind::ITEM_TITLE, self.names.items.keys(inputs::one).collect()),
            (kind::TERM_WORDS, self.names.terms.keys(inputs::one).collect()),
            (kind::RANK, self.ranks.keys(|rank| *rank as u64).collect()),
            (kind::UNIT_RANK, self.unit_ranks.keys(|rank| *rank as u64).collect()),
            (kind::INITIAL, self.initials.keys(inputs::one).collect()),
            (kind::LIST, self.lists.keys(list).collect()),
            (kind::BRIEF, self.briefs.keys(inputs::one).collect()),
            (kind::PLACE, self.item_places.keys(SharedPlace::digest).collect()),
        ]
    }

    /// Adds all addresses to the outline of the site.
    pub(super) fn outline(&self, hasher: &mut impl Hasher) {
        self.has_drafts.hash(hasher);
        self.artifacts.keys().for_each(|path| path.hash(hasher));
        self.lists.keys(|list| (list.facet, &list.key, &list.parts)).for_each(|key| key.hash(hasher));
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

    /// Has the memory of what cards say of some items brought near. They lie far apart, and making a card keeps the processor
    /// from asking for the next before it is its turn: one look at each, all at once, halves the filling of long lists.
    pub fn fetch(&self, items: &[usize]) {
        let path = |at: usize| self.addresses.get(Node::Item(at)).as_str();
        let title = |at: usize| &**self.names.items.key_of(at);
        let first = items.iter().map(|at| self.briefs.key_of(*at).term + path(*at).len() + title(*at).len());
        std::hint::black_box(first.fold(0, usize::wrapping_add));
        let byte = |text: &str| text.bytes().next_back().map_or(0, usize::from);
        let then = items.iter().map(|at| byte(path(*at)) + byte(title(*at)));
        std::hint::black_box(then.fold(0, usize::wrapping_add));
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
        self.unit_number(term)
            .map_or_else(|| site.graph.terms.key_of(term).unit.as_str(), |at| self.unit_name(at))
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

/// Plans the whole site; `statics` are the files of the theme, `orders` what is remembered of titles in order.
pub fn plan(site: &Site, statics: &[String], orders: &mut Orders) -> (Plan, Problems) {
    let collation = Collation::new(site.config.language);
    let mut plan = unlisted(site, &collation, orders);
    plan.lists = index::lists(site, &plan, &collation, None).into();
    plan.list_numbers = index::numbers(&plan.lists);
    plan.redirects = redirect::all(site, &plan);
    let problems = claim_all(site, statics, &mut plan);
    (plan, problems)
}

/// A plan without lists and files: addresses and names.
pub(super) fn unlisted(site: &Site, collation: &Collation, orders: &mut Orders) -> Plan {
    let words = Words::new(site.config.language);
    let (names, addresses) = rayon::join(|| names(site), || Addresses::of(site, words));
    let unit_ranks = ranks(collation, &names.units, orders);
    let titles = &names.items;
    let (ranks, initials) = rayon::join(|| ranks(collation, titles, orders), || initials(collation, titles));
    let kinds = frame::KINDS.into_iter().map(|(k, _)| (k, OutputPath::new([words.kind(k), "index.html"])));
    let mut plan = Plan {
        artifacts: BTreeMap::new(),
        addresses,
        words,
        map: OutputPath::new([words.map()]),
        archive: OutputPath::new([words.archive()]),
        documents: OutputPath::new([words.documents(), "index.html"]),
        lists: Arena::default(),
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
        item_places: Arena::default(),
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
        items: items.into(),
        terms: graph.terms.iter().map(|t| term_words(t, site.config.language)).collect(),
        units_of_terms: graph
            .terms
            .iter()
            .map(|t| library.units.find_by(|u| u.id.cmp(&t.unit)).ok())
            .collect(),
    }
}

/// The place of each title in the order of the alphabet; equal titles stay in the order of their keys.
fn ranks<T: AsRef<str>, const TITLES: u8, const RANKS: u8>(
    collation: &Collation,
    titles: &Arena<T, TITLES>,
    orders: &mut Orders,
) -> Arena<usize, RANKS> {
    let titles: Vec<&str> = titles.iter().map(AsRef::as_ref).collect();
    let mut bytes = Vec::with_capacity(titles.iter().map(|title| title.len() + 8).sum());
    for title in &titles {
        bytes.extend((title.len() as u64).to_le_bytes());
        bytes.extend(title.as_bytes());
    }
    let ranks = orders.of(digest::digest(&bytes), titles.len(), || sorted(collation, &titles));
    ranks.iter().map(|rank| *rank as usize).collect()
}

/// The letter of each title. It follows from the first character alone where that is a letter and no mark comes behind it,
/// and there are few of those.
fn initials<T: AsRef<str>, const TITLES: u8, const INITIALS: u8>(
    collation: &Collation,
    titles: &Arena<T, TITLES>,
) -> Arena<String, INITIALS> {
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

fn sorted(collation: &Collation, titles: &[&str]) -> Vec<u32> {
    let key = |(at, title): (usize, &&str)| {
        let key = collation.key(title);
        (key.prefix(), key, at)
    };
    let mut order: Vec<(u128, SortKey, usize)> = titles.par_iter().enumerate().map(key).collect();
    order.par_sort_unstable();
    let mut ranks = vec![0; titles.len()];
    for (rank, (.., at)) in (0..).zip(order) {
        ranks[at] = rank;
    }
    ranks
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

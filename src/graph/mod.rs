//! The graph: items gathered from their statements, references resolved, chains, lineage and documents, both ways.
//!
//! [`link`] takes the library and a view of it (the published reports, or with drafts) and returns what follows from all
//! files together. Everything is numbered: an [`ItemIx`] is a place in [`Graph::items`], and the numbers follow the order of
//! the keys, so that nothing depends on the order of work.

pub mod anchor;
pub mod chain;
pub mod correction;
pub mod edge;
pub mod item;
pub mod lineage;
pub mod link;
pub mod listing;
pub mod past;
pub mod prose;
pub mod register;
pub mod resolve;
pub mod titles;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::id::{ItemId, TermId, UnitId};
use crate::model::item::ItemKind;
use crate::model::library::Library;
use crate::model::report::Report;
use crate::path::ContentPath;
use crate::problem::Problems;
use crate::source::{FileId, Sources};
use crate::vietnamese::date::Date;
use edge::Edge;
use item::{Item, ItemKey};
use lineage::Lineage;
use prose::Mention;
use register::Register;

/// The number of an item in [`Graph::items`].
pub type ItemIx = usize;

/// Something with a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// The home page.
    Home,
    /// A unit, by its number in the library.
    Unit(usize),
    /// A term, by its number in [`Graph::terms`].
    Term(usize),
    /// A report, by its number in the library.
    Report(usize),
    /// An item.
    Item(ItemIx),
    /// A document, by its number in the register.
    Document(usize),
}

/// A term that exists because of its folder, its file or an item that names it.
#[derive(Debug, Clone)]
pub struct TermNode {
    /// Whose term.
    pub unit: UnitId,
    /// Its id.
    pub id: TermId,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Its number in the library, where it is there.
    pub library: Option<usize>,
    /// Reports of its folder that are shown, by time.
    pub reports: Vec<usize>,
    /// Items of the term.
    pub items: Vec<ItemIx>,
}

/// What follows from all files together.
#[derive(Debug, Default)]
pub struct Graph {
    /// All terms, by unit and id.
    pub terms: Vec<TermNode>,
    /// All items, by key.
    pub items: Vec<Item>,
    /// Items by old ids.
    pub old_ids: BTreeMap<ItemKey, ItemIx>,
    /// What leads from each item to others, parallel to `items`.
    pub out: Vec<Vec<Edge>>,
    /// What leads to each item, parallel to `items`.
    pub back: Vec<Vec<Edge>>,
    /// The ends of terms that are over, parallel to `terms`.
    pub ends: Vec<Option<past::End>>,
    /// What made and changed the units.
    lineage: Lineage,
    /// All documents.
    register: Register,
    /// Mentions in prose, by what they mention.
    pub mentions: BTreeMap<Node, Vec<Mention>>,
    /// For each report the item that each of its headings is about, by the heading's number.
    pub headings: BTreeMap<usize, Vec<(usize, ItemIx)>>,
    /// For each report, what each of its statements says of which item; parallel to its statements.
    pub stated: BTreeMap<usize, Vec<Option<ItemIx>>>,
    /// Under which ids reports' pages list what they state, where kind and id do not say it.
    pub anchors: anchor::Anchors,
    /// What the corrections of reports correct.
    pub corrections: correction::Corrections,
    /// For each report that retells or is retold: the others made from the same source.
    pub retold: BTreeMap<usize, BTreeSet<usize>>,
    /// What each Markdown file became.
    pub files: BTreeMap<ContentPath, Node>,
    /// The page of each file, by number.
    pub by_file: BTreeMap<FileId, Node>,
    /// The paths of all texts, by number and in order.
    pub paths: BTreeMap<FileId, ContentPath>,
    /// All files that a page may link to.
    pub assets: BTreeSet<ContentPath>,
    /// Files that are there but were refused, which is reported.
    pub refused: BTreeSet<String>,
    /// Attachments that a shown page links to.
    pub used: BTreeSet<ContentPath>,
}

/// A site before it is shown: what was configured, written, and follows from it. Read-only from here on.
#[derive(Debug)]
pub struct Site {
    /// What was configured.
    pub config: crate::config::Config,
    /// What was written.
    pub library: Library,
    /// What follows from it.
    pub graph: Graph,
}

/// Links what `is_shown` lets through. Problems are those of the files that are shown, of units, terms and the home page.
pub fn link(library: &Library, sources: &Sources, is_shown: fn(&Report) -> bool) -> (Graph, Problems) {
    let mut problems = Problems::default();
    let shown: Vec<bool> = library.reports.iter().map(|report| is_shown(report)).collect();
    let mut graph = Graph { lineage: lineage::trace(library, &mut problems), ..Graph::default() };
    item::gather_terms(library, &shown, &mut graph);
    graph.ends = past::ends(library, &graph);
    item::gather(library, &shown, &mut graph, &mut problems);
    correction::figures(library, &shown, &mut graph, &mut problems);
    item::merge(library, &mut graph);
    graph.anchors = anchor::name(library, &graph);
    files(library, sources, &shown, &mut graph);
    graph.register = register::collect(library, &graph, &shown, &mut problems);
    edge::connect(library, &shown, &mut graph, &mut problems);
    chain::check(library, &graph, &mut problems);
    prose::read(library, &shown, &mut graph, &mut problems);
    correction::words(library, &shown, &mut graph);
    (graph, problems)
}

fn files(library: &Library, sources: &Sources, shown: &[bool], graph: &mut Graph) {
    graph.paths = sources.iter().map(|(file, source)| (file, source.path.clone())).collect();
    graph.assets = sources.assets.keys().cloned().collect();
    graph.refused = sources.refused.keys().cloned().collect();
    let mut note = |file: FileId, node: Node| {
        graph.files.insert(sources.get(file).path.clone(), node);
        graph.by_file.insert(file, node);
    };
    library.home.iter().for_each(|home| note(home.file, Node::Home));
    library.units.iter().enumerate().for_each(|(at, unit)| note(unit.file, Node::Unit(at)));
    let reports = library.reports.iter().enumerate().filter(|(at, _)| shown[*at]);
    reports.for_each(|(at, report)| note(report.file, Node::Report(at)));
    for (at, term) in graph.terms.iter().enumerate() {
        if let Some(file) = term.library.and_then(|t| library.terms[t].file) {
            graph.files.insert(sources.get(file).path.clone(), Node::Term(at));
            graph.by_file.insert(file, Node::Term(at));
        }
    }
}

impl Graph {
    /// What made and changed the units.
    pub fn lineage(&self) -> &Lineage {
        &self.lineage
    }

    /// All documents.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// The number of a term.
    pub fn term(&self, unit: &UnitId, id: &TermId) -> Option<usize> {
        self.terms.binary_search_by(|t| (&t.unit, &t.id).cmp(&(unit, id))).ok()
    }

    /// The number of the item with a key.
    pub fn item(&self, key: &ItemKey) -> Option<ItemIx> {
        self.item_of_term(self.term(&key.unit, &key.term)?, key.kind, &key.id)
    }

    /// The number of the item of a term with a kind and an id.
    pub fn item_of_term(&self, term: usize, kind: ItemKind, id: &ItemId) -> Option<ItemIx> {
        let items = &self.terms[term].items;
        let own = |item: &ItemIx| (self.items[*item].key.kind, &self.items[*item].key.id);
        items.binary_search_by(|item| own(item).cmp(&(kind, id))).ok().map(|at| items[at])
    }

    /// The terms of a unit, by their first day.
    pub fn terms_of(&self, unit: &UnitId) -> Vec<usize> {
        let start = self.terms.partition_point(|t| t.unit < *unit);
        let end = self.terms.partition_point(|t| t.unit <= *unit);
        let mut found: Vec<usize> = (start..end).collect();
        found.sort_by(|&a, &b| {
            (self.terms[a].from, &self.terms[a].id).cmp(&(self.terms[b].from, &self.terms[b].id))
        });
        found
    }

    /// The term that an item belongs to.
    pub fn term_of(&self, item: ItemIx) -> &TermNode {
        &self.terms[self.items[item].term]
    }
}

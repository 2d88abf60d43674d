//! Links between items, made by keys: resolved for every statement, drawn from what holds in the end.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::item::Item;
use super::resolve::{Meaning, Resolution, Scope};
use super::{Graph, ItemIx, Node};
use crate::model::item::{Detail, ItemKind, Statement};
use crate::model::library::Library;
use crate::model::reference::{ItemRef, ReportRef};
use crate::model::report::Report;
use crate::model::word::Inheritance;
use crate::problem::{Finding, Problems};
use crate::source::{Span, Spanned};

/// A link from one item to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// What it means.
    pub role: Role,
    /// The item that makes it.
    pub from: ItemIx,
    /// The item it leads to.
    pub to: ItemIx,
    /// The report that says so.
    pub report: usize,
    /// Where.
    pub span: Span,
}

/// What a link between items means; the name is that of the key that makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A limitation comes from one of an earlier term.
    CarriedFrom,
    /// A lesson takes up an earlier one.
    Inherits(Inheritance),
    /// A target follows on one of an earlier term.
    Continues,
    /// An achievement reached a target.
    Reached,
    /// A limitation held back a target.
    HeldBack,
    /// An achievement or task mends a limitation.
    Mends,
    /// A lesson was taught by something.
    LearnedFrom,
    /// A lesson is put into practice.
    AppliedIn,
    /// A task applies a lesson.
    Applies,
    /// A task serves a target.
    Serves,
}

impl Role {
    /// Whether the link belongs to a chain over terms.
    pub fn is_chain(self) -> bool {
        matches!(self, Self::CarriedFrom | Self::Inherits(_) | Self::Continues)
    }

    /// The name of the key that makes the link, for labels.
    pub fn name(self) -> &'static str {
        match self {
            Self::CarriedFrom => "carried_from",
            Self::Inherits(_) => "inherits",
            Self::Continues => "continues",
            Self::Reached => "reached",
            Self::HeldBack => "held_back",
            Self::Mends => "mends",
            Self::LearnedFrom => "learned_from",
            Self::AppliedIn => "applied_in",
            Self::Applies => "applies",
            Self::Serves => "serves",
        }
    }

    /// The kinds that the key may lead to.
    fn allowed(self) -> &'static [ItemKind] {
        match self {
            Self::CarriedFrom | Self::Mends => &[ItemKind::Limitation],
            Self::Inherits(_) | Self::Applies => &[ItemKind::Lesson],
            Self::Continues | Self::Reached | Self::HeldBack | Self::Serves => &[ItemKind::Target],
            Self::LearnedFrom => &[ItemKind::Achievement, ItemKind::Limitation, ItemKind::Target],
            Self::AppliedIn => &[ItemKind::Task, ItemKind::Target],
        }
    }
}

/// All references that a statement makes by keys, with what they mean.
fn references(statement: &Statement) -> Vec<(Role, &ItemRef)> {
    let with = |role: Role| move |r| (role, r);
    match &statement.detail {
        Detail::Target(t) => t.continues.iter().map(with(Role::Continues)).collect(),
        Detail::Achievement(a) => {
            a.targets.iter().map(with(Role::Reached)).chain(a.mends.iter().map(with(Role::Mends))).collect()
        }
        Detail::Limitation(l) => l
            .carried_from
            .iter()
            .map(with(Role::CarriedFrom))
            .chain(l.targets.iter().map(with(Role::HeldBack)))
            .collect(),
        Detail::Lesson(l) => {
            let inherited = l.inherits.iter().map(|i| (Role::Inherits(i.how), &i.from));
            let learned = l.learned_from.iter().map(with(Role::LearnedFrom));
            inherited.chain(learned).chain(l.applied_in.iter().map(with(Role::AppliedIn))).collect()
        }
        Detail::Task(t) => {
            let mends = t.mends.iter().map(with(Role::Mends));
            mends
                .chain(t.applies.iter().map(with(Role::Applies)))
                .chain(t.serves.iter().map(with(Role::Serves)))
                .collect()
        }
    }
}

/// The scope of a statement's references: the item's own term first, then that of the report's folder.
pub fn scope_of<'a>(graph: &'a Graph, report: &'a Report, item: Option<ItemIx>) -> Scope<'a> {
    let folder = (&report.unit, &report.term);
    match item.map(|i| &graph.items[i].key) {
        Some(key) if (&key.unit, &key.term) != folder => {
            Scope { unit: Some(&key.unit), term: Some(&key.term), report: Some(folder) }
        }
        _ => Scope { unit: Some(folder.0), term: Some(folder.1), report: None },
    }
}

/// Resolves the references of every statement, and draws the links of every item from what holds in the end.
pub(super) fn connect(library: &Library, shown: &[bool], graph: &mut Graph, problems: &mut Problems) {
    let reports = library.reports.par_iter().enumerate().filter(|(at, _)| shown[*at]);
    let found: Vec<Problems> = reports.map(|(at, report)| check_report(library, graph, at, report)).collect();
    problems.extend(found.into_iter().collect());
    let items = graph.items.par_iter().enumerate();
    let mut edges: Vec<Edge> = items.flat_map_iter(|(at, item)| edges_of(library, graph, at, item)).collect();
    edges.par_sort();
    edges.dedup_by(|a, b| (a.role, a.from, a.to) == (b.role, b.from, b.to));
    for edge in edges {
        graph.out[edge.from].push(edge);
        graph.back[edge.to].push(edge);
    }
    graph.retold = retold(library, graph, shown);
}

fn check_report(library: &Library, graph: &Graph, at: usize, report: &Report) -> Problems {
    let mut problems = Problems::default();
    let stated = &graph.stated[&at];
    for (statement, item) in report.statements.iter().zip(stated) {
        let scope = scope_of(graph, report, *item);
        for (role, reference) in references(statement) {
            note(
                graph,
                graph.item_ref(library, scope, reference, role.allowed()),
                reference.id.as_str(),
                reference.span,
                &mut problems,
            );
        }
    }
    let scope = scope_of(graph, report, None);
    for reference in report.causes.iter().flat_map(|c| &c.limitations) {
        let meaning = graph.item_ref(library, scope, reference, &[ItemKind::Limitation]);
        note(graph, meaning, reference.id.as_str(), reference.span, &mut problems);
    }
    for retold in &report.retells {
        if let Err(Some(problem)) = retells(library, graph, report, retold) {
            problems.push(*problem);
        }
    }
    let parties = [&report.presented_by, &report.presented_to].into_iter().flatten();
    for party in parties.chain(report.documents.iter().filter_map(|d| d.issuer.as_ref())) {
        super::lineage::check_party(library, party, &mut problems);
    }
    problems
}

/// Notes what is wrong with a reference written as `text`, or that it is by an old id.
pub(super) fn note(graph: &Graph, meaning: Resolution, text: &str, span: Span, problems: &mut Problems) {
    match meaning {
        Ok(Meaning::Node(_)) | Err(None) => {}
        Ok(Meaning::Old(item)) => {
            let now = graph.items[item].key.id.to_string();
            problems.add(Finding::OldId { id: text.to_owned(), now }, span);
        }
        Err(Some(problem)) => problems.push(*problem),
    }
}

fn retells(library: &Library, graph: &Graph, report: &Report, retold: &Spanned<ReportRef>) -> Resolution {
    let unit = retold.value.unit.as_ref().unwrap_or(&report.unit);
    let term = retold.value.term.as_ref().unwrap_or(&report.term);
    graph.report_ref(library, unit, term, retold.value.id.as_str(), retold.span)
}

/// The reports made from the same source, both ways and through each other.
fn retold(library: &Library, graph: &Graph, shown: &[bool]) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut pairs: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, report) in library.reports.iter().enumerate().filter(|(at, _)| shown[*at]) {
        for named in &report.retells {
            if let Ok(meaning) = retells(library, graph, report, named)
                && let Node::Report(other) = meaning.node()
                && other != at
            {
                pairs.entry(at).or_default().insert(other);
                pairs.entry(other).or_default().insert(at);
            }
        }
    }
    pairs
}

/// The links of an item: what its latest word says, each with the report and place of the statement it comes from.
fn edges_of(library: &Library, graph: &Graph, at: ItemIx, item: &Item) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (role, reference) in references(item.heading(library)) {
        let said = item.history.iter().find(|s| library.reports[s.report].file == reference.span.file);
        let report = said.map_or(item.history[0].report, |s| s.report);
        let scope = scope_of(graph, &library.reports[report], Some(at));
        if let Ok(meaning) = graph.item_ref(library, scope, reference, role.allowed())
            && let Node::Item(to) = meaning.node()
        {
            edges.push(Edge { role, from: at, to, report, span: reference.span });
        }
    }
    edges
}

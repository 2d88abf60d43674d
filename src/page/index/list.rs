//! The lists of the site: made when it is planned, so that each part has its address.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use crate::audit::clears;
use crate::graph::{Site, chain};
use crate::markdown::{self, Flavour, Unlinked};
use crate::model::id::UnitId;
use crate::model::item::{Detail, ItemKind, Statement};
use crate::model::word::{LimitationState, Outcome, Outlook, TaskState, Word};
use crate::page::address::Words;
use crate::page::frame::KINDS;
use crate::page::link::Mark;
use crate::page::plan::{Plan, term_words};
use crate::page::{document, item};
use crate::path::OutputPath;
use crate::trace::{Arena, kind};
use crate::vietnamese::collate::Collation;
use crate::vietnamese::date::Date;
use crate::vietnamese::slug;

/// Entries on one page of a list.
pub(super) const PART: usize = 100;

/// What a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Items of a kind.
    Items(ItemKind),
    /// Documents.
    Documents,
}

/// A list: all of a subject, or those of one group.
#[derive(Debug)]
pub struct List {
    /// What it is of.
    pub subject: Subject,
    /// How it is grouped: `all`, `field`, `term`, `unit`, `state`, `topic` …
    pub facet: &'static str,
    /// The group's key in addresses; empty for whole lists.
    pub key: String,
    /// The group's name: words, or a mark that the labels say.
    pub name: GroupName,
    /// Its entries in the order of the alphabet; items of past terms behind those of present ones.
    pub entries: Vec<usize>,
    /// How many entries come before those of past terms; all of them where the list does not mix the two.
    pub present: usize,
    /// The addresses of its parts.
    pub parts: Vec<OutputPath>,
}

/// The name of a group.
#[derive(Debug, Clone, Hash, Serialize)]
#[serde(untagged)]
pub enum GroupName {
    /// Finished words: of a field, a term, a unit, a topic.
    Words(String),
    /// A state, said by the labels.
    Mark(Mark),
    /// A whole list.
    None,
}

/// What the lists of an excerpt are confined to.
#[derive(Debug)]
pub struct Scope {
    /// The term of the items.
    pub term: usize,
    /// The documents.
    pub documents: Vec<usize>,
}

/// Every list of the site, or of a scope.
pub fn lists(site: &Site, plan: &Plan, collation: &Collation, scope: Option<&Scope>) -> Vec<List> {
    let of_kind = |(kind, _)| {
        let mut lists = Vec::new();
        items(site, plan, collation, (kind, scope), &mut lists);
        lists
    };
    let mut lists: Vec<List> = KINDS.into_par_iter().flat_map_iter(of_kind).collect();
    documents(site, plan, collation, scope, &mut lists);
    lists
}

/// Collects groups in an order of their own.
struct Grouper<'a> {
    site: &'a Site,
    plan: &'a Plan,
    subject: Subject,
    folder: &'a str,
    lists: &'a mut Vec<List>,
}

impl Grouper<'_> {
    /// The list of everything; it exists even when it is empty, since the navigation leads to it.
    fn all(&mut self, entries: Vec<usize>) {
        self.push("all", String::new(), GroupName::None, entries);
    }

    fn push(&mut self, facet: &'static str, key: String, name: GroupName, mut entries: Vec<usize>) {
        let words = self.plan.words;
        let parts = (0..entries.len().div_ceil(PART).max(1)).map(|part| {
            let suffix = words.page(part + 1);
            match (facet, key.is_empty(), part) {
                ("all", _, 0) => OutputPath::new([self.folder, "index.html"]),
                ("all", _, _) => OutputPath::new([self.folder, &format!("{suffix}.html")]),
                (_, true, 0) => OutputPath::new([self.folder, &format!("{}.html", words.facet(facet))]),
                (_, true, _) => {
                    OutputPath::new([self.folder, &format!("{}-{suffix}.html", words.facet(facet))])
                }
                (_, false, 0) => OutputPath::new([self.folder, words.facet(facet), &format!("{key}.html")]),
                (_, false, _) => {
                    OutputPath::new([self.folder, words.facet(facet), &format!("{key}-{suffix}.html")])
                }
            }
        });
        let parts = parts.collect();
        let present = self.part_present(&mut entries);
        self.lists.push(List { subject: self.subject, facet, key, name, entries, present, parts });
    }

    /// Puts items of past terms behind those of present ones, each in the order they have.
    fn part_present(&self, entries: &mut [usize]) -> usize {
        if self.subject == Subject::Documents {
            return entries.len();
        }
        entries.sort_by_key(|item| self.site.graph.is_past_item(*item));
        match entries.iter().position(|item| self.site.graph.is_past_item(*item)) {
            None | Some(0) => entries.len(),
            Some(present) => present,
        }
    }

    /// Groups in the order given; empty ones are left out.
    fn groups(&mut self, facet: &'static str, groups: Vec<(String, GroupName, Vec<usize>)>) {
        for (key, name, entries) in groups {
            if !entries.is_empty() {
                self.push(facet, key, name, entries);
            }
        }
    }
}

fn items(
    site: &Site,
    plan: &Plan,
    collation: &Collation,
    (kind, scope): (ItemKind, Option<&Scope>),
    lists: &mut Vec<List>,
) {
    let (library, graph) = (&site.library, &site.graph);
    let is_within = |i: &usize| scope.is_none_or(|scope| graph.items[*i].term == scope.term);
    let is_listed = |i: &usize| graph.items[*i].key.kind == kind && is_within(i);
    let mut all: Vec<usize> = (0..graph.items.len()).filter(is_listed).collect();
    all.sort_by_cached_key(|i| plan.ranks[*i]);
    let heading = |i: &usize| graph.items[*i].heading(library);
    let mut grouper =
        Grouper { site, plan, subject: Subject::Items(kind), folder: plan.words.kind(kind), lists };
    let fields = site.config.fields.iter().flatten();
    let by_field = fields.map(|f| {
        let of_field = |i: &&usize| heading(i).field.as_ref().is_some_and(|own| own.value == f.id);
        (f.id.to_string(), GroupName::Words(f.label.clone()), all.iter().filter(of_field).copied().collect())
    });
    let by_field = by_field.collect();
    let topics = by_words(collation, &all, |i| topics(heading(i)));
    let solution_groups = by_words(collation, &all, |i| solution_group(heading(i)));
    let special = special(site, kind, &all);
    let terms = by_term(site, &all, |i| vec![graph.items[*i].term]);
    let units = by_unit(site, plan, &all, |i| unit_number(site, &graph.items[*i].key.unit));
    let states = states(plan.words, &all, kind, &heading);
    grouper.all(all);
    grouper.groups("field", by_field);
    if scope.is_none() {
        grouper.groups("term", terms);
        grouper.groups("unit", units);
    }
    for (facet, groups) in states {
        grouper.groups(facet, groups);
    }
    grouper.groups("topic", topics);
    grouper.groups("group", solution_groups);
    if let Some((facet, entries)) = special {
        grouper.push(facet, String::new(), GroupName::None, entries);
    }
}

type Groups = Vec<(String, GroupName, Vec<usize>)>;

/// The list of its own that a kind has: it exists even when it is empty, which is good news.
fn special(site: &Site, kind: ItemKind, all: &[usize]) -> Option<(&'static str, Vec<usize>)> {
    let graph = &site.graph;
    let pick = |keep: &dyn Fn(usize) -> bool| all.iter().copied().filter(|i| keep(*i)).collect();
    match kind {
        ItemKind::Lesson => Some(("unapplied", pick(&|i| !item::is_applied(site, i)))),
        ItemKind::Limitation => Some(("persisting", pick(&|i| chain::depth(graph, i) >= 2))),
        ItemKind::Task => Some(("lacking", pick(&|i| is_lacking(graph.items[i].heading(&site.library))))),
        ItemKind::Target | ItemKind::Achievement => None,
    }
}

fn is_lacking(statement: &Statement) -> bool {
    matches!(&statement.detail, Detail::Task(t) if !clears::lacking(t, statement.title.is_some()).is_empty())
}

fn topics(statement: &Statement) -> Vec<String> {
    match &statement.detail {
        Detail::Lesson(l) => {
            l.topics.iter().map(|t| markdown::plain(&t.raw, Flavour::Line, &Unlinked)).collect()
        }
        _ => Vec::new(),
    }
}

fn solution_group(statement: &Statement) -> Vec<String> {
    match &statement.detail {
        Detail::Task(t) => {
            t.group.iter().map(|t| markdown::plain(&t.raw, Flavour::Line, &Unlinked)).collect()
        }
        _ => Vec::new(),
    }
}

fn by_state<T: Word>(
    words: Words,
    all: &[usize],
    set: &'static str,
    state: &dyn Fn(usize) -> Option<T>,
) -> Groups {
    let group = |(member, ..): &(T, &'static str, &'static str)| {
        let entries = all.iter().copied().filter(|i| state(*i) == Some(*member)).collect();
        (words.word(*member).to_owned(), GroupName::Mark(Mark { set, name: member.name() }), entries)
    };
    T::ALL.iter().map(group).collect()
}

/// What a kind has in the way of states: result and outlook of targets, states of limitations and tasks.
fn states<'a>(
    words: Words,
    all: &[usize],
    kind: ItemKind,
    heading: &dyn Fn(&usize) -> &'a Statement,
) -> Vec<(&'static str, Groups)> {
    let target = |i: usize| match &heading(&i).detail {
        Detail::Target(t) => Some(t),
        _ => None,
    };
    match kind {
        ItemKind::Target => {
            let result = |i| target(i)?.result.as_ref().map(|r| r.value);
            let outlook = |i| target(i).filter(|t| t.result.is_none())?.outlook.as_ref().map(|o| o.value);
            vec![
                ("result", by_state::<Outcome>(words, all, "result", &result)),
                ("outlook", by_state::<Outlook>(words, all, "outlook", &outlook)),
            ]
        }
        ItemKind::Limitation => {
            let state = |i: usize| match &heading(&i).detail {
                Detail::Limitation(l) => l.state.as_ref().map(|s| s.value),
                _ => None,
            };
            vec![("state", by_state::<LimitationState>(words, all, "limitation", &state))]
        }
        ItemKind::Task => {
            let state = |i: usize| match &heading(&i).detail {
                Detail::Task(t) => t.state.as_ref().map(|s| s.value),
                _ => None,
            };
            vec![("state", by_state::<TaskState>(words, all, "task", &state))]
        }
        ItemKind::Achievement | ItemKind::Lesson => Vec::new(),
    }
}

fn by_words(collation: &Collation, all: &[usize], words: impl Fn(&usize) -> Vec<String>) -> Groups {
    let mut groups: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for i in all {
        for word in words(i) {
            let group = groups.entry(slug::slug(&word)).or_insert_with(|| (word, Vec::new()));
            if group.1.last() != Some(i) {
                group.1.push(*i);
            }
        }
    }
    let mut sorted: Groups =
        groups.into_iter().map(|(key, (word, items))| (key, GroupName::Words(word), items)).collect();
    sorted.sort_by_cached_key(|(_, name, _)| match name {
        GroupName::Words(word) => collation.key(word),
        _ => collation.key(""),
    });
    sorted
}

/// By the id of the term, whatever the unit: those of present terms first, then those that are over everywhere; the latest
/// first in each.
fn by_term(site: &Site, all: &[usize], terms: impl Fn(&usize) -> Vec<usize>) -> Groups {
    let mut groups: BTreeMap<&str, (bool, Date, String, Vec<usize>)> = BTreeMap::new();
    for i in all {
        for term in terms(i) {
            let node = &site.graph.terms[term];
            let words = || term_words(node, site.config.language);
            let group =
                groups.entry(node.id.as_str()).or_insert_with(|| (true, node.from, words(), Vec::new()));
            group.0 &= site.graph.is_past_term(term);
            group.1 = group.1.min(node.from);
            if group.3.last() != Some(i) {
                group.3.push(*i);
            }
        }
    }
    let mut sorted: Vec<_> = groups.into_iter().collect();
    sorted.sort_by(|(a, (a_past, a_from, ..)), (b, (b_past, b_from, ..))| {
        (a_past, b_from, a).cmp(&(b_past, a_from, b))
    });
    sorted
        .into_iter()
        .map(|(id, (_, _, words, items))| (id.to_owned(), GroupName::Words(words), items))
        .collect()
}

fn unit_number(site: &Site, id: &UnitId) -> Vec<usize> {
    site.library.units.find_by(|u| u.id.cmp(id)).into_iter().collect()
}

fn by_unit(site: &Site, plan: &Plan, all: &[usize], units: impl Fn(&usize) -> Vec<usize>) -> Groups {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in all {
        for unit in units(i) {
            let group = groups.entry(unit).or_default();
            if group.last() != Some(i) {
                group.push(*i);
            }
        }
    }
    let mut sorted: Vec<_> = groups.into_iter().collect();
    sorted.sort_by_key(|(unit, _)| {
        (site.graph.lineage().ended.contains_key(&site.library.units[*unit].id), plan.unit_rank(*unit))
    });
    let name = |unit: usize| GroupName::Words(plan.unit_name(unit).to_owned());
    sorted
        .into_iter()
        .map(|(unit, items)| (site.library.units[unit].id.to_string(), name(unit), items))
        .collect()
}

fn documents(site: &Site, plan: &Plan, collation: &Collation, scope: Option<&Scope>, lists: &mut Vec<List>) {
    let entries = &site.graph.register().entries;
    let mut all: Vec<usize> =
        scope.map_or_else(|| (0..entries.len()).collect(), |scope| scope.documents.clone());
    all.sort_by_cached_key(|d| (collation.key(&entries[*d].key.number), *d));
    let types = by_words(collation, &all, |d| document::type_words(site, *d).into_iter().collect());
    let terms = by_term(site, &all, |d| document::listed_terms(site, *d));
    let units = by_unit(site, plan, &all, |d| document::listed_units(site, *d));
    let mut grouper =
        Grouper { site, plan, subject: Subject::Documents, folder: plan.words.documents(), lists };
    grouper.all(all);
    // A folder of its own, since a document's page lies in the register's.
    grouper.groups("type", types);
    if scope.is_none() {
        grouper.groups("term", terms);
        grouper.groups("unit", units);
    }
}

impl Plan {
    /// The list of a group, as seen from a page; the whole index where there is no such list.
    pub fn list_href(&self, here: &OutputPath, kind: ItemKind, facet: &'static str, key: &str) -> String {
        let found = self.list_numbers.get(&(kind, facet)).and_then(|keys| keys.get(key));
        found
            .map_or_else(|| self.index_of(kind), |number| &self.lists.key_of(*number).parts[0])
            .href_from(here)
    }
}

/// The numbers of the lists of items, by kind, facet and key.
pub type ListNumbers = BTreeMap<(ItemKind, &'static str), BTreeMap<String, usize>>;

/// Numbers the lists, so that the pages of thousands of items find theirs at once.
pub fn numbers(lists: &Arena<List, { kind::LIST }>) -> ListNumbers {
    let mut numbers = ListNumbers::new();
    for (number, list) in lists.iter().enumerate() {
        if let Subject::Items(kind) = list.subject {
            numbers.entry((kind, list.facet)).or_default().insert(list.key.clone(), number);
        }
    }
    numbers
}

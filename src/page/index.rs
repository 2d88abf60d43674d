//! Indexes: all items of a kind and all documents, by field, term, unit, and state or topic; in the order of the alphabet.
//!
//! Every list is made when the site is planned, so that its parts have addresses; a part is filled like any other page. Lists
//! of their own: lessons that nothing applies, limitations that persist over two terms or more, tasks that lack a clear.

use std::collections::BTreeMap;

use serde::Serialize;

use super::address::Words;
use super::card::{self, ItemCard};
use super::document::{self, DocumentCard};
use super::frame::{Frame, KINDS, Sign, plural};
use super::link::{Link, Mark};
use super::plan::{Plan, count};
use crate::audit::clears;
use crate::graph::{Site, chain};
use crate::markdown::{self, Flavour, Unlinked};
use crate::model::item::{Detail, ItemKind, Statement};
use crate::model::word::{LimitationState, Outcome, Outlook, TaskState, Word};
use crate::path::OutputPath;
use crate::vietnamese::collate::Collation;
use crate::vietnamese::slug;

/// Entries on one page of a list.
const PART: usize = 100;

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
    /// Its entries, in the order of the alphabet.
    pub entries: Vec<usize>,
    /// The addresses of its parts.
    pub parts: Vec<OutputPath>,
}

/// The name of a group.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum GroupName {
    /// Finished words: of a field, a term, a unit, a topic.
    Words(String),
    /// A state, said by the labels.
    Mark(Mark),
    /// A whole list.
    None,
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct IndexView {
    /// Its frame.
    pub page: Frame,
    /// `targets` … `documents`.
    pub subject: &'static str,
    /// How it is grouped; `all` for the whole index.
    pub facet: &'static str,
    /// The group in words, where it has some.
    pub words: Option<String>,
    /// The group as a mark, where the labels say it.
    pub mark: Option<Mark>,
    /// How many entries the list has.
    pub count: String,
    /// The other lists of the subject, by how they are grouped; only on the whole index.
    pub facets: Vec<FacetView>,
    /// The whole index, seen from a group.
    pub all: Option<Link>,
    /// The items of this part under their letters.
    pub letters: Vec<Letter>,
    /// The documents of this part.
    pub documents: Vec<DocumentCard>,
    /// Where this part stands among the others; absent where there is only one.
    pub parts: Option<Parts>,
}

/// The groups of one kind.
#[derive(Debug, Serialize)]
pub struct FacetView {
    /// `field` …
    pub name: &'static str,
    /// The groups.
    pub groups: Vec<GroupView>,
}

/// A group and how many it holds.
#[derive(Debug, Serialize)]
pub struct GroupView {
    /// Its list.
    pub href: String,
    /// Its words.
    pub words: Option<String>,
    /// Its mark.
    pub mark: Option<Mark>,
    /// How many.
    pub count: String,
}

/// Items under one letter.
#[derive(Debug, Serialize)]
pub struct Letter {
    /// The letter.
    pub initial: String,
    /// The items.
    pub cards: Vec<ItemCard>,
}

/// The parts of a long list.
#[derive(Debug, Serialize)]
pub struct Parts {
    /// This part, from 1.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// The part before.
    pub previous: Option<String>,
    /// The part after.
    pub next: Option<String>,
    /// Parts to jump to, by number: the first, the last, those nearby.
    pub links: Vec<PartLink>,
}

/// A part to jump to.
#[derive(Debug, Serialize)]
pub struct PartLink {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: usize,
    /// Whether it is this one.
    pub is_current: bool,
    /// Whether parts are left out before it.
    pub is_gap: bool,
}

/// Every list of the site.
pub fn lists(site: &Site, plan: &Plan, collation: &Collation) -> Vec<List> {
    let mut lists = Vec::new();
    for (kind, _) in KINDS {
        items(site, plan, collation, kind, &mut lists);
    }
    documents(site, plan, collation, &mut lists);
    lists
}

/// Collects groups in an order of their own.
struct Grouper<'a> {
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

    fn push(&mut self, facet: &'static str, key: String, name: GroupName, entries: Vec<usize>) {
        let words = self.plan.words;
        let parts = (0..entries.len().div_ceil(PART).max(1)).map(|part| {
            let suffix = words.page(part + 1);
            match (facet, key.is_empty(), part) {
                ("all", _, 0) => OutputPath::new([self.folder, "index.html"]),
                ("all", _, _) => OutputPath::new([self.folder, &format!("{suffix}.html")]),
                (_, true, 0) => OutputPath::new([self.folder, &format!("{}.html", words.facet(facet))]),
                (_, true, _) => OutputPath::new([self.folder, &format!("{}-{suffix}.html", words.facet(facet))]),
                (_, false, 0) => OutputPath::new([self.folder, words.facet(facet), &format!("{key}.html")]),
                (_, false, _) => OutputPath::new([self.folder, words.facet(facet), &format!("{key}-{suffix}.html")]),
            }
        });
        let parts = parts.collect();
        self.lists.push(List { subject: self.subject, facet, key, name, entries, parts });
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

fn items(site: &Site, plan: &Plan, collation: &Collation, kind: ItemKind, lists: &mut Vec<List>) {
    let (library, graph) = (&site.library, &site.graph);
    let mut all: Vec<usize> = (0..graph.items.len()).filter(|i| graph.items[*i].key.kind == kind).collect();
    all.sort_by_key(|i| plan.ranks[*i]);
    let heading = |i: &usize| graph.items[*i].heading(library);
    let mut grouper = Grouper { plan, subject: Subject::Items(kind), folder: plan.words.kind(kind), lists };
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
    grouper.groups("term", terms);
    grouper.groups("unit", units);
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
        ItemKind::Lesson => Some(("unapplied", pick(&|i| !super::item::is_applied(site, i)))),
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
        Detail::Lesson(l) => l.topics.iter().map(|t| markdown::plain(&t.raw, Flavour::Line, &Unlinked)).collect(),
        _ => Vec::new(),
    }
}

fn solution_group(statement: &Statement) -> Vec<String> {
    match &statement.detail {
        Detail::Task(t) => t.group.iter().map(|t| markdown::plain(&t.raw, Flavour::Line, &Unlinked)).collect(),
        _ => Vec::new(),
    }
}

fn by_state<T: Word>(words: Words, all: &[usize], set: &'static str, state: &dyn Fn(usize) -> Option<T>) -> Groups {
    let group = |(member, ..): &(T, &'static str, &'static str)| {
        let entries = all.iter().copied().filter(|i| state(*i) == Some(*member)).collect();
        (words.word(*member).to_owned(), GroupName::Mark(Mark { set, name: member.name() }), entries)
    };
    T::ALL.iter().map(group).collect()
}

/// What a kind has in the way of states: result and outlook of targets, states of limitations and tasks.
fn states<'a>(words: Words, all: &[usize], kind: ItemKind, heading: &dyn Fn(&usize) -> &'a Statement) -> Vec<(&'static str, Groups)> {
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
    let mut sorted: Groups = groups.into_iter().map(|(key, (word, items))| (key, GroupName::Words(word), items)).collect();
    sorted.sort_by_key(|(_, name, _)| match name {
        GroupName::Words(word) => collation.key(word),
        _ => collation.key(""),
    });
    sorted
}

/// By the id of the term, whatever the unit; the latest first.
fn by_term(site: &Site, all: &[usize], terms: impl Fn(&usize) -> Vec<usize>) -> Groups {
    let mut groups: BTreeMap<&str, (crate::vietnamese::date::Date, String, Vec<usize>)> = BTreeMap::new();
    for i in all {
        for term in terms(i) {
            let node = &site.graph.terms[term];
            let words = || super::plan::term_words(node, site.config.language);
            let group = groups.entry(node.id.as_str()).or_insert_with(|| (node.from, words(), Vec::new()));
            group.0 = group.0.min(node.from);
            if group.2.last() != Some(i) {
                group.2.push(*i);
            }
        }
    }
    let mut sorted: Vec<_> = groups.into_iter().collect();
    sorted.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
    sorted.into_iter().map(|(id, (_, words, items))| (id.to_owned(), GroupName::Words(words), items)).collect()
}

fn unit_number(site: &Site, id: &crate::model::id::UnitId) -> Vec<usize> {
    site.library.units.binary_search_by(|u| u.id.cmp(id)).into_iter().collect()
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
    sorted.sort_by_key(|(unit, _)| (site.graph.lineage.ended.contains_key(&site.library.units[*unit].id), plan.unit_rank(*unit)));
    let name = |unit: usize| GroupName::Words(plan.unit_name(unit).to_owned());
    sorted.into_iter().map(|(unit, items)| (site.library.units[unit].id.to_string(), name(unit), items)).collect()
}

fn documents(site: &Site, plan: &Plan, collation: &Collation, lists: &mut Vec<List>) {
    let entries = &site.graph.register.entries;
    let mut all: Vec<usize> = (0..entries.len()).collect();
    all.sort_by_key(|d| (collation.key(&entries[*d].key.number), *d));
    let types = by_words(collation, &all, |d| document::type_words(site, *d).into_iter().collect());
    let terms = by_term(site, &all, |d| document::listed_terms(site, *d));
    let units = by_unit(site, plan, &all, |d| document::listed_units(site, *d));
    let mut grouper = Grouper { plan, subject: Subject::Documents, folder: plan.words.documents(), lists };
    grouper.all(all);
    // A folder of its own, since a document's page lies in the register's.
    grouper.groups("type", types);
    grouper.groups("term", terms);
    grouper.groups("unit", units);
}

impl Plan {
    /// The list of a group, as seen from a page; the whole index where there is no such list.
    pub fn list_href(&self, here: &OutputPath, kind: ItemKind, facet: &str, key: &str) -> String {
        let found = self.lists.iter().find(|l| l.subject == Subject::Items(kind) && l.facet == facet && l.key == key);
        found.map_or_else(|| self.index_of(kind), |l| &l.parts[0]).href_from(here)
    }
}

/// Fills a part of a list.
pub fn fill(site: &Site, plan: &Plan, here: &OutputPath, list: usize, part: usize) -> IndexView {
    let list = &plan.lists[list];
    let subject = match list.subject {
        Subject::Items(kind) => plural(kind),
        Subject::Documents => "documents",
    };
    let whole = match list.subject {
        Subject::Items(kind) => plan.index_of(kind),
        Subject::Documents => &plan.documents,
    };
    let is_all = list.facet == "all";
    let entries = &list.entries[(part * PART).min(list.entries.len())..((part + 1) * PART).min(list.entries.len())];
    let sign = Sign { kind: "index", title: String::new(), nav: subject, crumbs: Vec::new(), unit: None };
    let (words, mark) = words_and_mark(&list.name);
    IndexView {
        page: Frame::new(site, plan, here, sign),
        subject,
        facet: list.facet,
        words,
        mark,
        count: count(site, list.entries.len()),
        facets: if is_all && part == 0 { facets(site, plan, here, list) } else { Vec::new() },
        all: (!is_all).then(|| Link { href: whole.href_from(here), words: String::new() }),
        letters: match list.subject {
            Subject::Items(_) => letters(site, plan, here, entries),
            Subject::Documents => Vec::new(),
        },
        documents: match list.subject {
            Subject::Items(_) => Vec::new(),
            Subject::Documents => entries.iter().map(|d| document::card(site, plan, here, *d)).collect(),
        },
        parts: (list.parts.len() > 1).then(|| parts(here, list, part)),
    }
}

fn words_and_mark(name: &GroupName) -> (Option<String>, Option<Mark>) {
    match name {
        GroupName::Words(words) => (Some(words.clone()), None),
        GroupName::Mark(mark) => (None, Some(*mark)),
        GroupName::None => (None, None),
    }
}

fn facets(site: &Site, plan: &Plan, here: &OutputPath, whole: &List) -> Vec<FacetView> {
    let mut facets: Vec<FacetView> = Vec::new();
    for list in plan.lists.iter().filter(|l| l.subject == whole.subject && l.facet != "all") {
        let (words, mark) = words_and_mark(&list.name);
        let group = GroupView { href: list.parts[0].href_from(here), words, mark, count: count(site, list.entries.len()) };
        match facets.iter_mut().find(|f| f.name == list.facet) {
            Some(facet) => facet.groups.push(group),
            None => facets.push(FacetView { name: list.facet, groups: vec![group] }),
        }
    }
    facets
}

fn letters(site: &Site, plan: &Plan, here: &OutputPath, entries: &[usize]) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for at in entries {
        let initial = plan.initial(*at);
        let card = card::item(site, plan, here, *at);
        match letters.last_mut() {
            Some(letter) if letter.initial == initial => letter.cards.push(card),
            _ => letters.push(Letter { initial: initial.to_owned(), cards: vec![card] }),
        }
    }
    letters
}

/// Parts near this one that can be jumped to on each side.
const NEARBY: usize = 3;

fn parts(here: &OutputPath, list: &List, part: usize) -> Parts {
    let total = list.parts.len();
    let near = |p: &usize| *p == 0 || *p + 1 == total || p.abs_diff(part) <= NEARBY;
    let mut links: Vec<PartLink> = Vec::new();
    for p in (0..total).filter(near) {
        let is_gap = links.last().is_some_and(|l| l.number != p);
        links.push(PartLink { href: list.parts[p].href_from(here), number: p + 1, is_current: p == part, is_gap });
    }
    Parts {
        number: part + 1,
        total,
        previous: part.checked_sub(1).map(|p| list.parts[p].href_from(here)),
        next: list.parts.get(part + 1).map(|p| p.href_from(here)),
        links,
    }
}

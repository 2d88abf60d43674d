//! The lists of the site: made when it is planned, so that each part has its address.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::listed::{self, Listed};
use crate::config::Field;
use crate::graph::{Site, TermNode, chain, listing};
use crate::model::item::ItemKind;
use crate::page::artifact::Spec;
use crate::page::brief;
use crate::page::link::{KINDS, Mark};
use crate::page::names::{Names, term_words};
use crate::path::OutputPath;
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
#[derive(Debug, Clone)]
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

/// Every list of the site.
#[derive(Debug)]
pub struct Lists {
    /// The lists.
    pub all: Vec<List>,
    /// The numbers of the lists of items, by kind, facet and key: the pages of thousands of items find theirs at once.
    numbers: BTreeMap<(ItemKind, &'static str), BTreeMap<String, usize>>,
}

impl Lists {
    /// Every list of the site; or those of a scope that hold something, with the whole lists that they are groups of.
    pub fn of(site: &Site, names: &Names, collation: &Collation, scope: Option<&Scope>) -> Self {
        let mut all = lists(site, names, collation, scope);
        if scope.is_some() {
            let filled: Vec<Subject> = all
                .iter()
                .filter(|list| list.facet == "all" && !list.entries.is_empty())
                .map(|list| list.subject)
                .collect();
            all.retain(|list| {
                filled.contains(&list.subject) && !(list.facet != "all" && list.entries.is_empty())
            });
        }
        let mut numbers: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for (number, list) in all.iter().enumerate() {
            if let Subject::Items(kind) = list.subject {
                numbers.entry((kind, list.facet)).or_default().insert(list.key.clone(), number);
            }
        }
        Self { all, numbers }
    }

    /// The list of a group, as seen from a page; the whole index where there is no such list.
    pub fn href(
        &self,
        names: &Names,
        here: &OutputPath,
        (kind, facet, key): (ItemKind, &'static str, &str),
    ) -> String {
        let found = self.numbers.get(&(kind, facet)).and_then(|keys| keys.get(key));
        found.map_or_else(|| names.index_of(kind), |number| &self.all[*number].parts[0]).href_from(here)
    }

    /// The pages of all lists, in their order.
    pub fn pages(&self) -> impl Iterator<Item = (&OutputPath, Spec)> {
        self.all.iter().enumerate().flat_map(|(at, list)| {
            list.parts.iter().enumerate().map(move |(part, path)| (path, Spec::Index(at, part)))
        })
    }
}

/// Every list of the site, or of a scope.
fn lists(site: &Site, names: &Names, collation: &Collation, scope: Option<&Scope>) -> Vec<List> {
    let of_kind = |(kind, _)| {
        let mut lists = Vec::new();
        items(site, names, collation, (kind, scope), &mut lists);
        lists
    };
    let mut lists: Vec<List> = KINDS.into_par_iter().flat_map_iter(of_kind).collect();
    documents(site, names, collation, scope, &mut lists);
    lists
}

/// Collects groups in an order of their own.
struct Grouper<'a> {
    site: &'a Site,
    names: &'a Names,
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
        let words = self.names.words;
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
    fn part_present(&self, entries: &mut Vec<usize>) -> usize {
        if self.subject == Subject::Documents {
            return entries.len();
        }
        let (present, past): (Vec<usize>, Vec<usize>) =
            entries.iter().partition(|item| !self.site.graph.is_past_term(self.names.briefs[**item].term));
        let count = if past.is_empty() || present.is_empty() { entries.len() } else { present.len() };
        *entries = [present, past].concat();
        count
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
    names: &Names,
    collation: &Collation,
    (kind, scope): (ItemKind, Option<&Scope>),
    lists: &mut Vec<List>,
) {
    let listed = listed::of_kind(names, kind, scope);
    let all: Vec<usize> = listed.iter().map(|l| l.item).collect();
    let fields: Vec<&Field> = site.config.fields.iter().flatten().collect();
    let by_field = listed::parted(fields.len(), listed.iter().filter_map(|l| Some((l.brief.field?, l.item))));
    let by_field = fields.iter().zip(by_field);
    let by_field =
        by_field.map(|(f, items)| (f.id.to_string(), GroupName::Words(f.label.clone()), items)).collect();
    let topics = by_words(collation, listed::words_of(site, &listed, (ItemKind::Lesson, listed::topics)));
    let solution_groups =
        by_words(collation, listed::words_of(site, &listed, (ItemKind::Task, listed::solution_group)));
    let special = special(site, kind, &listed);
    let terms = by_term(site, listed.iter().map(|l| (l.item, l.brief.term)));
    let units =
        by_unit(site, names, listed.iter().filter_map(|l| Some((l.item, names.unit_number(l.brief.term)?))));
    let states = listed::states(names, kind, &listed);
    let mut grouper =
        Grouper { site, names, subject: Subject::Items(kind), folder: names.words.kind(kind), lists };
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

/// Groups in the order in which they are shown: key, name, entries.
pub(super) type Groups = Vec<(String, GroupName, Vec<usize>)>;

/// The list of its own that a kind has: it exists even when it is empty, which is good news.
fn special(site: &Site, kind: ItemKind, all: &[Listed<'_>]) -> Option<(&'static str, Vec<usize>)> {
    let pick = |keep: &dyn Fn(&Listed<'_>) -> bool| all.iter().filter(|l| keep(l)).map(|l| l.item).collect();
    match kind {
        ItemKind::Lesson => Some(("unapplied", pick(&|l| !brief::is_applied(site, l.item)))),
        ItemKind::Limitation => Some(("persisting", pick(&|l| chain::depth(&site.graph, l.item) >= 2))),
        ItemKind::Task => Some(("lacking", pick(&|l| !l.brief.lacking.is_empty()))),
        ItemKind::Target | ItemKind::Achievement => None,
    }
}

/// By words: entries come with each of theirs.
fn by_words(collation: &Collation, entries: impl Iterator<Item = (usize, String)>) -> Groups {
    let mut groups: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for (entry, word) in entries {
        let group = groups.entry(slug::slug(&word)).or_insert_with(|| (word, Vec::new()));
        if group.1.last() != Some(&entry) {
            group.1.push(entry);
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
fn by_term(site: &Site, entries: impl Iterator<Item = (usize, usize)>) -> Groups {
    let terms = &site.graph.terms;
    let mut groups: Vec<OfTerm<'_>> = Vec::new();
    let mut of_id: BTreeMap<&str, usize> = BTreeMap::new();
    // Units share ids of terms: the group of each term is looked for once.
    let mut of_term: Vec<Option<usize>> = vec![None; terms.len()];
    for (entry, term) in entries {
        let group = *of_term[term].get_or_insert_with(|| {
            let node = &terms[term];
            let at = *of_id.entry(node.id.as_str()).or_insert(groups.len());
            if at == groups.len() {
                groups.push(OfTerm { node, is_past: true, from: node.from, entries: Vec::new() });
            }
            groups[at].is_past &= site.graph.is_past_term(term);
            groups[at].from = groups[at].from.min(node.from);
            at
        });
        let entries = &mut groups[group].entries;
        if entries.last() != Some(&entry) {
            entries.push(entry);
        }
    }
    groups.sort_by(|a, b| (a.is_past, b.from, &a.node.id).cmp(&(b.is_past, a.from, &b.node.id)));
    let words = |node: &TermNode| GroupName::Words(term_words(node, site.config.language));
    groups.into_iter().map(|of| (of.node.id.to_string(), words(of.node), of.entries)).collect()
}

/// Entries of the terms of one id; the first of them that was met says it in words.
struct OfTerm<'a> {
    node: &'a TermNode,
    is_past: bool,
    from: Date,
    entries: Vec<usize>,
}

/// By unit: entries come with the number of each of theirs.
fn by_unit(site: &Site, names: &Names, entries: impl Iterator<Item = (usize, usize)>) -> Groups {
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); site.library.units.len()];
    for (entry, unit) in entries {
        if groups[unit].last() != Some(&entry) {
            groups[unit].push(entry);
        }
    }
    let mut sorted: Vec<(usize, Vec<usize>)> =
        groups.into_iter().enumerate().filter(|(_, entries)| !entries.is_empty()).collect();
    sorted.sort_by_key(|(unit, _)| {
        (site.graph.lineage().ended.contains_key(&site.library.units[*unit].id), names.unit_rank(*unit))
    });
    let name = |unit: usize| GroupName::Words(names.unit_name(unit).to_owned());
    sorted
        .into_iter()
        .map(|(unit, items)| (site.library.units[unit].id.to_string(), name(unit), items))
        .collect()
}

fn documents(
    site: &Site,
    names: &Names,
    collation: &Collation,
    scope: Option<&Scope>,
    lists: &mut Vec<List>,
) {
    let entries = &site.graph.register().entries;
    let mut all: Vec<usize> =
        scope.map_or_else(|| (0..entries.len()).collect(), |scope| scope.documents.clone());
    all.sort_by_cached_key(|d| (collation.key(&entries[*d].key.number), *d));
    let with_all = |of: fn(&Site, usize) -> Vec<usize>| {
        all.iter().flat_map(move |d| of(site, *d).into_iter().map(|group| (*d, group)))
    };
    let types = all.iter().filter_map(|d| Some((*d, listing::type_words(site, *d)?)));
    let types = by_words(collation, types);
    let terms = by_term(site, with_all(listing::listed_terms));
    let units = by_unit(site, names, with_all(listing::listed_units));
    let mut grouper =
        Grouper { site, names, subject: Subject::Documents, folder: names.words.documents(), lists };
    grouper.all(all);
    // A folder of its own, since a document's page lies in the register's.
    grouper.groups("type", types);
    if scope.is_none() {
        grouper.groups("term", terms);
        grouper.groups("unit", units);
    }
}

//! The register of documents: every document that a unit, term or report lists, each once, and how prose finds it
//! (content format 3.9).

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Graph, Node};
use crate::model::document::{self, Document};
use crate::model::id::{TermId, UnitId};
use crate::model::library::Library;
use crate::model::text::Party;
use crate::problem::{Finding, Problems};
use crate::vietnamese::fold;

/// What makes a document one: issuer, type, number and term.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey {
    /// The number, so that the register is in its order.
    pub number: String,
    /// The type, folded.
    pub kind: String,
    /// The issuer: a unit's id after `/`, or words folded.
    pub issuer: String,
    /// The issuer's term; `None` for papers of the State, whose numbers do not restart with terms.
    pub term: Option<TermId>,
}

/// A document with all that list it.
#[derive(Debug)]
pub struct Entry {
    /// What makes it one.
    pub key: DocumentKey,
    /// Every listing: who lists it, and how.
    pub listed: Vec<(Node, Document)>,
}

/// All documents, and the numbers that each scope knows.
#[derive(Debug, Default)]
pub struct Register {
    /// All documents, by key.
    pub entries: Vec<Entry>,
    /// The numbers of each unit, term and report that lists documents; `None` where a number means two there.
    scopes: BTreeMap<Node, BTreeMap<String, Option<usize>>>,
}

/// The numbers known at one place, with the documents they mean: those of the nearest scope win.
pub type Numbers = BTreeMap<String, Option<usize>>;

impl Register {
    /// The numbers that prose of a page may use.
    pub fn numbers(&self, library: &Library, graph: &Graph, node: Node) -> Numbers {
        let mut numbers = Numbers::new();
        if self.scopes.is_empty() {
            return numbers;
        }
        for scope in scopes_of(library, graph, node).into_iter().rev() {
            numbers.extend(self.scopes.get(&scope).into_iter().flatten().map(|(n, d)| (n.clone(), *d)));
        }
        numbers
    }
}

/// The scopes around a page, nearest first.
fn scopes_of(library: &Library, graph: &Graph, node: Node) -> Vec<Node> {
    let unit = |id: &UnitId| library.units.binary_search_by(|u| u.id.cmp(id)).ok().map(Node::Unit);
    match node {
        Node::Report(at) => {
            let report = &library.reports[at];
            let term = graph.term(&report.unit, &report.term).map(Node::Term);
            [Some(node), term, unit(&report.unit)].into_iter().flatten().collect()
        }
        Node::Term(at) => [Some(node), unit(&graph.terms[at].unit)].into_iter().flatten().collect(),
        other => vec![other],
    }
}

/// Where the numbers stand in a text: ranges in order, with the document of each. A number is found only where no letter,
/// digit or joining sign stands beside it, and the longest wins.
pub fn find(text: &str, numbers: &Numbers) -> Vec<(Range<usize>, usize)> {
    let mut found: Vec<(Range<usize>, Option<usize>)> = Vec::new();
    for (number, document) in numbers {
        for (at, _) in text.match_indices(number.as_str()) {
            let range = at..at + number.len();
            if stands_alone(text, &range) {
                found.push((range, *document));
            }
        }
    }
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|(range, _)| {
        range.start >= end && {
            end = range.end;
            true
        }
    });
    found.into_iter().filter_map(|(range, document)| Some((range, document?))).collect()
}

fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '/' || c == '-';
    let before = text[..range.start].chars().next_back();
    let mut after = text[range.end..].chars();
    let next = after.next();
    let ends = match next {
        // A dash may end a number before a space: `04-NQ/HU - ngày …`.
        Some('-') => !after.next().is_some_and(char::is_alphanumeric),
        Some(c) => !joins(c),
        None => true,
    };
    !before.is_some_and(joins) && ends
}

/// Gathers the documents of all shown lists.
pub(super) fn collect(library: &Library, graph: &Graph, shown: &[bool], problems: &mut Problems) -> Register {
    let mut by_key: BTreeMap<DocumentKey, Vec<(Node, Document)>> = BTreeMap::new();
    let mut lists: Vec<(Node, &UnitId, Option<&TermId>, &[Document])> = Vec::new();
    for (at, unit) in library.units.iter().enumerate() {
        lists.push((Node::Unit(at), &unit.id, None, &unit.documents));
    }
    for (at, term) in graph.terms.iter().enumerate() {
        if let Some(own) = term.library.map(|t| &library.terms[t]) {
            lists.push((Node::Term(at), &own.unit, Some(&own.id), &own.documents));
        }
    }
    for (at, report) in library.reports.iter().enumerate().filter(|(at, _)| shown[*at]) {
        lists.push((Node::Report(at), &report.unit, Some(&report.term), &report.documents));
    }
    let mut scopes: BTreeMap<Node, BTreeMap<String, Option<DocumentKey>>> = BTreeMap::new();
    for (node, unit, term, documents) in lists {
        for document in documents {
            let key = key_of(document, unit, term);
            let known = scopes.entry(node).or_default();
            if known.contains_key(&key.number) {
                problems.add(Finding::DoubledDocument { number: key.number.clone() }, document.number.span);
                known.insert(key.number.clone(), None);
            } else {
                known.insert(key.number.clone(), Some(key.clone()));
            }
            by_key.entry(key).or_default().push((node, document.clone()));
        }
    }
    let entries: Vec<Entry> = by_key.into_iter().map(|(key, listed)| Entry { key, listed }).collect();
    let number_of = |key: &DocumentKey| entries.binary_search_by(|e| e.key.cmp(key)).ok();
    let numbered = |numbers: BTreeMap<String, Option<DocumentKey>>| {
        numbers.into_iter().map(|(n, key)| (n, key.as_ref().and_then(number_of))).collect()
    };
    let scopes = scopes.into_iter().map(|(node, numbers)| (node, numbered(numbers))).collect();
    Register { entries, scopes }
}

/// The identity of a document. The number of a State paper holds its year or is kept by one agency: its term does not count.
/// The issuer of a Party paper that names none is known only within its unit.
fn key_of(document: &Document, unit: &UnitId, term: Option<&TermId>) -> DocumentKey {
    let number = document.number.value.clone();
    let is_party = is_party_number(&number);
    let kind = document.kind.as_ref().map(|k| k.raw.to_string());
    let kind = kind.or_else(|| document::type_name(&number).map(str::to_owned)).unwrap_or_default();
    let issuer = match &document.issuer {
        Some(Party::Unit(id)) => format!("/{}", id.value),
        Some(Party::Words(words)) if is_party => fold::key(&words.raw),
        None if is_party => format!("/{unit}?"),
        _ => String::new(),
    };
    let term = if is_party { document.term.as_ref().map(|t| &t.value).or(term) } else { None };
    DocumentKey { number, kind: fold::key(&kind), issuer, term: term.cloned() }
}

/// Whether a number has the form of the Party: `04-NQ/HU`.
fn is_party_number(number: &str) -> bool {
    number
        .split_once('-')
        .is_some_and(|(n, rest)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) && rest.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_only_where_they_stand_alone() {
        let numbers: Numbers = [("04-NQ/HU".to_owned(), Some(1)), ("4-NQ/HU".to_owned(), Some(2))].into();
        let at = |text: &str| {
            find(text, &numbers).into_iter().map(|(r, d)| (text[r].to_owned(), d)).collect::<Vec<_>>()
        };
        assert_eq!(at("theo 04-NQ/HU, 104-NQ/HU và 4-NQ/HU-x"), [("04-NQ/HU".to_owned(), 1)]);
        assert_eq!(at("(4-NQ/HU)"), [("4-NQ/HU".to_owned(), 2)]);
    }
}

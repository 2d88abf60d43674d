//! Who lists and cites a document, and what its listings say of it: the first that says something counts.

use std::collections::BTreeSet;

use super::register::Entry;
use super::{Node, Site};
use crate::model::document::{self, Document};

/// The first listing that says something.
pub fn said<'a, T>(entry: &'a Entry, get: impl Fn(&'a Document) -> Option<T>) -> Option<(Node, T)> {
    entry.listed.iter().find_map(|(node, document)| Some((*node, get(document)?)))
}

/// The type of a document in words: as listed, else as its number tells.
pub fn type_words(site: &Site, at: usize) -> Option<String> {
    let entry = &site.graph.register().entries[at];
    let own = said(entry, |d| d.kind.as_ref()).map(|(_, text)| text.raw.to_string());
    own.map(|own| capitalised(&own)).or_else(|| document::type_name(&entry.key.number).map(str::to_owned))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The documents that a page cites or lists, by number; a term's also those of its reports.
pub fn cited_by(site: &Site, node: Node) -> Vec<usize> {
    let reports: &[usize] = match node {
        Node::Term(at) => &site.graph.terms[at].reports,
        _ => &[],
    };
    let is_here = |by: Node| by == node || matches!(by, Node::Report(r) if reports.contains(&r));
    let cites = |at: &usize| {
        let listed = site.graph.register().entries[*at].listed.iter().any(|(by, _)| is_here(*by));
        listed || site.graph.mentions.get(&Node::Document(*at)).into_iter().flatten().any(|m| is_here(m.by))
    };
    (0..site.graph.register().entries.len()).filter(cites).collect()
}

/// The terms in which a document is listed.
pub fn listed_terms(site: &Site, at: usize) -> Vec<usize> {
    let term = |node: &Node| match node {
        Node::Term(term) => Some(*term),
        Node::Report(report) => {
            let report = &site.library.reports[*report];
            site.graph.term(&report.unit, &report.term)
        }
        _ => None,
    };
    let terms: BTreeSet<usize> =
        site.graph.register().entries[at].listed.iter().filter_map(|(n, _)| term(n)).collect();
    terms.into_iter().collect()
}

/// The units that list a document.
pub fn listed_units(site: &Site, at: usize) -> Vec<usize> {
    let unit = |node: &Node| {
        let id = match node {
            Node::Unit(unit) => return Some(*unit),
            Node::Term(term) => &site.graph.terms[*term].unit,
            Node::Report(report) => &site.library.reports[*report].unit,
            _ => return None,
        };
        site.library.units.binary_search_by(|u| u.id.cmp(id)).ok()
    };
    let units: BTreeSet<usize> =
        site.graph.register().entries[at].listed.iter().filter_map(|(n, _)| unit(n)).collect();
    units.into_iter().collect()
}

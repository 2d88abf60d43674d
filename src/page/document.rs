//! The page of a document: its form, issuer, number, date, abstract and file, and who cites it.
//!
//! These are the particulars that Decree 42/2022/NĐ-CP asks of each document on a portal.

use std::collections::BTreeSet;

use serde::Serialize;

use super::frame::{Frame, Sign};
use super::item::{self, MentionView};
use super::link::{Dated, Html, Link, MaybeLink};
use super::plan::Plan;
use super::writer::Writer;
use crate::graph::register::Entry;
use crate::graph::{Node, Site};
use crate::model::document::{self, Document};
use crate::path::OutputPath;

/// The page of a document.
#[derive(Debug, Serialize)]
pub struct DocumentView {
    /// Its frame.
    pub page: Frame,
    /// Its particulars.
    pub document: DocumentCard,
    /// Words about it, HTML.
    pub notes: Vec<Html>,
    /// The units, terms and reports that list it.
    pub listed: Vec<Link>,
    /// Where prose cites it, each with its sentence.
    pub mentions: Vec<MentionView>,
}

/// A document in a list.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentCard {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: String,
    /// Its type.
    pub kind: Option<String>,
    /// Its abstract, plain.
    pub title: Option<String>,
    /// Who issued it.
    pub issuer: Option<MaybeLink>,
    /// The issuer's term, for papers of the Party.
    pub term: Option<String>,
    /// When.
    pub date: Option<Dated>,
    /// Where it can be read: another site.
    pub url: Option<String>,
    /// Its file.
    pub file: Option<String>,
}

/// The writer of a listing: the page that lists the document decides what its texts mean.
fn writer<'a>(site: &'a Site, plan: &'a Plan, here: &'a OutputPath, node: Node) -> Writer<'a> {
    Writer::new(site, plan, here, node, None)
}

/// The first listing that says something.
fn said<'a, T>(entry: &'a Entry, get: impl Fn(&'a Document) -> Option<T>) -> Option<(Node, T)> {
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

/// The card of a document.
pub fn card(site: &Site, plan: &Plan, here: &OutputPath, at: usize) -> DocumentCard {
    let entry = &site.graph.register().entries[at];
    let plain = |(node, text): (Node, &crate::model::text::Text)| writer(site, plan, here, node).plain(text);
    let issuer = said(entry, |d| d.issuer.as_ref());
    let (url, file) = (said(entry, |d| d.url.as_ref()), said(entry, |d| d.file.as_ref()));
    DocumentCard {
        href: plan.addresses.get(Node::Document(at)).href_from(here),
        number: entry.key.number.clone(),
        kind: type_words(site, at),
        title: said(entry, |d| d.title.as_ref()).map(plain),
        issuer: issuer.map(|(node, party)| writer(site, plan, here, node).party(party)),
        term: entry
            .key
            .term
            .as_ref()
            .map(|t| t.years().map_or_else(|| t.to_string(), |(a, b)| format!("{a}–{b}"))),
        date: said(entry, |d| d.date.as_ref()).map(|(_, d)| Dated::partial(d.value, site.config.language)),
        url: url.and_then(|(node, u)| writer(site, plan, here, node).url(&u.value)),
        file: file.and_then(|(node, u)| writer(site, plan, here, node).url(&u.value)),
    }
}

/// The documents that a page cites or lists; a term's also those of its reports.
pub fn cited(site: &Site, plan: &Plan, here: &OutputPath, node: Node) -> Vec<DocumentCard> {
    cited_by(site, node).into_iter().map(|at| card(site, plan, here, at)).collect()
}

/// Their numbers.
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

/// Fills the page of a document.
pub fn fill(site: &Site, plan: &Plan, here: &OutputPath, at: usize) -> DocumentView {
    let entry = &site.graph.register().entries[at];
    let document = card(site, plan, here, at);
    let title = match &document.kind {
        Some(kind) => format!("{kind} {}", document.number),
        None => document.number.clone(),
    };
    let sign = Sign { kind: "document", title, nav: "documents", crumbs: Vec::new(), unit: None, term: None };
    let mut notes: Vec<Html> = entry
        .listed
        .iter()
        .filter_map(|(node, d)| writer(site, plan, here, *node).opt(d.note.as_ref()))
        .collect();
    notes.dedup();
    let link =
        |node: Node| Link { href: plan.addresses.get(node).href_from(here), words: plan.name(site, node) };
    DocumentView {
        page: Frame::new(site, plan, here, sign),
        notes,
        listed: entry.listed.iter().map(|(node, _)| link(*node)).collect(),
        mentions: item::mentions(site, plan, here, Node::Document(at)),
        document,
    }
}

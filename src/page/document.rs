//! The page of a document: its form, issuer, number, date, abstract and file, and who cites it.
//!
//! These are the particulars that Decree 42/2022/NĐ-CP asks of each document on a portal.

use serde::Serialize;

use super::frame::{Frame, Sign};
use super::item::{self, MentionView};
use super::link::{Dated, Html, Link, MaybeLink};
use super::names::Names;
use super::writer::Writer;
use crate::graph::listing::{self, said};
use crate::graph::{Node, Site};
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
fn writer<'a>(site: &'a Site, names: &'a Names, here: &'a OutputPath, node: Node) -> Writer<'a> {
    Writer::new(site, names, here, node, None)
}

/// The card of a document.
pub fn card(site: &Site, names: &Names, here: &OutputPath, at: usize) -> DocumentCard {
    let entry = &site.graph.register().entries[at];
    let plain = |(node, text): (Node, &crate::model::text::Text)| writer(site, names, here, node).plain(text);
    let issuer = said(entry, |d| d.issuer.as_ref());
    let (url, file) = (said(entry, |d| d.url.as_ref()), said(entry, |d| d.file.as_ref()));
    DocumentCard {
        href: names.addresses.get(Node::Document(at)).href_from(here),
        number: entry.key.number.clone(),
        kind: listing::type_words(site, at),
        title: said(entry, |d| d.title.as_ref()).map(plain),
        issuer: issuer.map(|(node, party)| writer(site, names, here, node).party(party)),
        term: entry
            .key
            .term
            .as_ref()
            .map(|t| t.years().map_or_else(|| t.to_string(), |(a, b)| format!("{a}–{b}"))),
        date: said(entry, |d| d.date.as_ref()).map(|(_, d)| Dated::partial(d.value, site.config.language)),
        url: url.and_then(|(node, u)| writer(site, names, here, node).url(&u.value)),
        file: file.and_then(|(node, u)| writer(site, names, here, node).url(&u.value)),
    }
}

/// The documents that a page cites or lists; a term's also those of its reports.
pub fn cited(site: &Site, names: &Names, here: &OutputPath, node: Node) -> Vec<DocumentCard> {
    listing::cited_by(site, node).into_iter().map(|at| card(site, names, here, at)).collect()
}

/// Fills the page of a document.
pub fn fill(site: &Site, names: &Names, here: &OutputPath, at: usize) -> DocumentView {
    let entry = &site.graph.register().entries[at];
    let document = card(site, names, here, at);
    let title = match &document.kind {
        Some(kind) => format!("{kind} {}", document.number),
        None => document.number.clone(),
    };
    let sign = Sign { kind: "document", title, nav: "documents", crumbs: Vec::new(), unit: None, term: None };
    let mut notes: Vec<Html> = entry
        .listed
        .iter()
        .filter_map(|(node, d)| writer(site, names, here, *node).opt(d.note.as_ref()))
        .collect();
    notes.dedup();
    let link =
        |node: Node| Link { href: names.addresses.get(node).href_from(here), words: names.name(site, node) };
    DocumentView {
        page: Frame::new(site, names, here, sign),
        notes,
        listed: entry.listed.iter().map(|(node, _)| link(*node)).collect(),
        mentions: item::mentions(site, names, here, Node::Document(at)),
        document,
    }
}

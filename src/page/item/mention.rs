//! Where prose speaks of something, each place with its sentence.

use serde::Serialize;

use super::Link;
use crate::graph::prose::{Mention, MentionText};
use crate::graph::{ItemIx, Node, Site};
use crate::markdown::Flavour;
use crate::model::word::Word;
use crate::page::names::Names;
use crate::page::writer::Writer;
use crate::path::OutputPath;

/// A place in prose.
#[derive(Debug, Serialize)]
pub struct MentionView {
    /// The page that speaks.
    pub page: Link,
    /// `report`, `unit`, `term`, `home`, or the kind of item whose statement it is.
    pub kind: &'static str,
    /// The sentence.
    pub sentence: String,
}

/// Where prose speaks of something, each with its sentence; the page itself is left out.
pub fn mentions(site: &Site, names: &Names, here: &OutputPath, node: Node) -> Vec<MentionView> {
    let all = site.graph.mentions.get(&node).into_iter().flatten();
    let mut views: Vec<MentionView> = Vec::new();
    for mention in all.filter(|m| m.by != node && stated(site, m).map(Node::Item) != Some(node)) {
        let view = mention_view(site, names, here, mention);
        if !views.iter().any(|v| v.page.href == view.page.href && v.sentence == view.sentence) {
            views.push(view);
        }
    }
    views
}

/// The item whose statement speaks.
fn stated(site: &Site, mention: &Mention) -> Option<ItemIx> {
    match (mention.by, mention.statement) {
        (Node::Report(report), Some(statement)) => {
            site.graph.stated.get(&report)?.get(statement).copied().flatten()
        }
        _ => None,
    }
}

fn mention_view(site: &Site, names: &Names, here: &OutputPath, mention: &Mention) -> MentionView {
    let library = &site.library;
    let item = stated(site, mention);
    let writer = Writer::new(site, names, here, mention.by, item);
    let (passages, body) = match mention.by {
        Node::Unit(at) => (&library.units[at].passages[..], library.units[at].body.as_ref()),
        Node::Report(at) => (&library.reports[at].passages[..], Some(&library.reports[at].body)),
        Node::Term(at) => match site.graph.terms[at].library {
            Some(term) => (&library.terms[term].passages[..], library.terms[term].body.as_ref()),
            None => (&[][..], None),
        },
        _ => library.home.as_ref().map_or((&[][..], None), |h| (&h.passages[..], Some(&h.body))),
    };
    let sentence = match mention.text {
        MentionText::Passage(number) => {
            passages.get(number).map(|p| writer.sentence(&p.text.raw, p.text.flavour, &mention.range))
        }
        MentionText::Body => body.map(|b| writer.sentence(b.text(), Flavour::Document, &mention.range)),
    };
    let page = item.map_or(mention.by, Node::Item);
    let kind = match page {
        Node::Home => "home",
        Node::Unit(_) => "unit",
        Node::Term(_) => "term",
        Node::Report(_) | Node::Document(_) => "report",
        Node::Item(at) => site.graph.items[at].key.kind.name(),
    };
    let words = names.name(site, page);
    MentionView {
        page: Link { href: names.addresses.get(page).href_from(here), words },
        kind,
        sentence: sentence.unwrap_or_default(),
    }
}

//! Pages at old addresses: of renamed units, terms, reports and items (content format, sections 2 and 3, `aliases`).

use serde::Serialize;

use super::card;
use super::frame::{Frame, Sign};
use super::link::Link;
use super::plan::{Plan, old_item_path};
use crate::graph::{Node, Site};
use crate::model::id::UnitId;
use crate::path::OutputPath;
use crate::source::{Span, Spanned};

/// An old address and what stands at the new one.
#[derive(Debug)]
pub struct Redirect {
    /// The old address.
    pub from: OutputPath,
    /// What it was the address of.
    pub to: Node,
    /// Where the alias is given.
    pub span: Span,
}

/// A page at an old address.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// Its frame; the canonical address is that of the new page.
    pub page: Frame,
    /// The new page.
    pub to: Link,
    /// The kind of what moved: `unit`, `term`, `report`, `item`.
    pub kind: &'static str,
}

/// Every redirect of the site.
pub fn all(site: &Site, plan: &Plan) -> Vec<Redirect> {
    let (library, graph) = (&site.library, &site.graph);
    let mut all = Vec::new();
    let mut note = |aliases: &[Spanned<String>], to: Node| {
        all.extend(aliases.iter().map(|a| Redirect {
            from: OutputPath::verbatim(&a.value),
            to,
            span: a.span,
        }));
    };
    library.units.iter().enumerate().for_each(|(at, unit)| note(&unit.aliases, Node::Unit(at)));
    for (at, term) in graph.terms.iter().enumerate() {
        note(term.library.map_or(&[][..], |t| &library.terms[t].aliases), Node::Term(at));
    }
    graph.stated.keys().for_each(|at| note(&library.reports[*at].aliases, Node::Report(*at)));
    for (key, at) in &graph.old_ids {
        let item = &graph.items[*at];
        let aliases = item.history.iter().flat_map(|said| &said.own(library).aliases);
        let span = aliases.filter(|a| a.value == key.id).map(|a| a.span).next();
        if let Some(span) = span {
            all.push(Redirect { from: old_item_path(plan, key), to: Node::Item(*at), span });
        }
    }
    all
}

/// Fills a redirect.
pub fn fill(site: &Site, plan: &Plan, here: &OutputPath, at: usize) -> RedirectView {
    let redirect = &plan.redirects[at];
    let to = plan.addresses.get(redirect.to);
    let words = plan.name(site, redirect.to);
    let unit = unit_of(site, redirect.to);
    let crumbs = unit.map(|id| card::unit_link(site, plan, here, id)).into_iter().collect();
    let sign = Sign { kind: "redirect", title: words.clone(), nav: "", crumbs, unit: None };
    let mut page = Frame::new(site, plan, here, sign);
    page.path = to.to_string();
    RedirectView {
        page,
        to: Link { href: to.href_from(here), words },
        kind: match redirect.to {
            Node::Unit(_) => "unit",
            Node::Term(_) => "term",
            Node::Report(_) => "report",
            _ => "item",
        },
    }
}

/// The unit that something belongs to.
fn unit_of(site: &Site, node: Node) -> Option<&UnitId> {
    match node {
        Node::Unit(at) => Some(&site.library.units[at].id),
        Node::Term(at) => Some(&site.graph.terms[at].unit),
        Node::Report(at) => Some(&site.library.reports[at].unit),
        Node::Item(at) => Some(&site.graph.items[at].key.unit),
        Node::Home | Node::Document(_) => None,
    }
}

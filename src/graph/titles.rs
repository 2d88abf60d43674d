//! Plain titles: references in a text said by the raw titles of what they mean, where there are no pages yet to lead to.

use super::edge::scope_of;
use super::resolve::Scope;
use super::{Node, Site};
use crate::markdown::{self, Flavour, Resolve, Resolved, Unlinked};
use crate::source::Span;

/// Says references by the raw titles of what they mean.
pub struct Titles<'a> {
    site: &'a Site,
    scope: Scope<'a>,
}

impl<'a> Titles<'a> {
    /// For the words of something, which decides what a bare id means.
    pub fn new(site: &'a Site, node: Node) -> Self {
        let (library, graph) = (&site.library, &site.graph);
        let none = Scope { unit: None, term: None, report: None };
        let scope = match node {
            Node::Unit(at) => Scope { unit: Some(&library.units[at].id), ..none },
            Node::Report(at) => scope_of(graph, &library.reports[at], None),
            Node::Item(at) => {
                let key = &graph.items[at].key;
                Scope { unit: Some(&key.unit), term: Some(&key.term), report: None }
            }
            _ => none,
        };
        Self { site, scope }
    }
}

impl Resolve for Titles<'_> {
    fn reference(&self, target: &str, _: Option<&str>) -> Resolved {
        let (library, graph) = (&self.site.library, &self.site.graph);
        // Only what a problem would point at, and none is kept.
        let Some(span) = graph.by_file.keys().next().copied().map(Span::start_of) else {
            return Resolved::default();
        };
        let raw = match graph.prose(library, self.scope, target, span).map(|m| m.node()) {
            Ok(Node::Item(at)) => graph.items[at].title(library),
            Ok(Node::Unit(at)) => &library.units[at].name.raw,
            Ok(Node::Report(at)) => &library.reports[at].title.raw,
            Ok(Node::Term(at)) => graph.terms[at].id.as_str(),
            _ => return Resolved::default(),
        };
        Resolved { words: Some(markdown::plain(raw, Flavour::Line, &Unlinked)), ..Resolved::default() }
    }
}

//! Authors' texts as HTML: references and links become relative addresses of the page they are shown on.
//!
//! A text may be shown on another page than its own (a limitation's text on the page of the limitation), so a [`Writer`]
//! knows both: whose words they are, which decides what a bare id means, and where they are shown.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use super::address::file_path;
use super::errata;
use super::names::Names;
use crate::graph::edge::scope_of;
use crate::graph::link::LinkTo;
use crate::graph::register::{self, Numbers};
use crate::graph::resolve::Scope;
use crate::graph::{ItemIx, Node, Site};
use crate::markdown::{self, Flavour, HeadingNote, RenderOptions, Rendered, Resolve, Resolved};
use crate::model::report::Body;
use crate::model::text::{Party, Text};
use crate::path::{OutputPath, Url};
use crate::source::{FileId, Span};
use crate::vietnamese::Language;

use super::link::{Html, MaybeLink};

/// Writes the texts of one file, as shown on one page.
pub struct Writer<'a> {
    pub(super) site: &'a Site,
    pub(super) names: &'a Names,
    /// The page they are shown on.
    pub here: &'a OutputPath,
    node: Node,
    file: Option<FileId>,
    scope: Scope<'a>,
    /// Gathered when a text with a digit asks for them: most writers write one short text without any.
    numbers: OnceCell<Numbers>,
}

impl<'a> Writer<'a> {
    /// For the words of a page's own file; `item` is the item of the statement they belong to.
    pub fn new(
        site: &'a Site,
        names: &'a Names,
        here: &'a OutputPath,
        node: Node,
        item: Option<ItemIx>,
    ) -> Self {
        let (library, graph) = (&site.library, &site.graph);
        let none = Scope { unit: None, term: None, report: None };
        let (file, scope) = match node {
            Node::Unit(at) => {
                (Some(library.units[at].file), Scope { unit: Some(&library.units[at].id), ..none })
            }
            Node::Term(at) => {
                let term = &graph.terms[at];
                let file = term.library.and_then(|t| library.terms[t].file);
                (file, Scope { unit: Some(&term.unit), term: Some(&term.id), report: None })
            }
            Node::Report(at) => {
                let report = &library.reports[at];
                (Some(report.file), scope_of(graph, report, item))
            }
            Node::Home | Node::Item(_) | Node::Document(_) => (library.home.as_ref().map(|h| h.file), none),
        };
        Self { site, names, here, node, file, scope, numbers: OnceCell::new() }
    }

    /// What the labels say under a key of a table.
    pub fn say(&self, table: &str, key: &str) -> Arc<str> {
        self.names.say(table, key)
    }

    fn href(&self, node: Node) -> String {
        self.names.addresses.get(node).href_from(self.here)
    }

    /// A text as HTML: inline for one line, paragraphs for prose; corrections stand where they belong.
    pub fn html(&self, text: &Text) -> Html {
        let corrections = errata::of_text(self.site, self.names, self.here, text.span);
        let options = RenderOptions { corrections: &corrections, ..self.options("") };
        let rendered = markdown::render(&text.raw, text.flavour, self, &options);
        Html(rendered.map_or_else(|_| markdown::escape_text(&text.raw).into_owned(), |r| r.html))
    }

    /// The HTML of an optional text.
    pub fn opt(&self, text: Option<&Text>) -> Option<Html> {
        text.map(|t| self.html(t))
    }

    /// The HTML of several texts.
    pub fn all(&self, texts: &[Text]) -> Vec<Html> {
        texts.iter().map(|t| self.html(t)).collect()
    }

    /// A text without markup, on one line.
    pub fn plain(&self, text: &Text) -> String {
        markdown::plain(&text.raw, text.flavour, self)
    }

    /// A text as HTML without links, for places that are links themselves.
    pub fn unlinked(&self, text: &Text) -> Html {
        Html(markdown::escape_text(&self.plain(text)).into_owned())
    }

    /// A whole body with its contents list.
    pub fn body(&self, body: &Body) -> Rendered {
        let corrections = errata::of_text(self.site, self.names, self.here, body.span);
        let options = RenderOptions { corrections: &corrections, ..self.options("") };
        let parsed = markdown::parsed(body.text(), body.scan());
        parsed.and_then(|parsed| parsed.render(self, &options)).unwrap_or_else(|_| as_typed(body.text()))
    }

    /// The sections of a body under some of its headings, each with its heading's number; `prefix` keeps their ids apart on
    /// one page.
    pub fn sections(&self, body: &Body, headings: &[usize], prefix: &str) -> Vec<(usize, Html)> {
        let Ok(parsed) = markdown::parsed(body.text(), body.scan()) else {
            return Vec::new();
        };
        let corrections = errata::of_text(self.site, self.names, self.here, body.span);
        let section = |(number, heading): (usize, &usize)| {
            let (prefix, section) = (format!("{prefix}{number}"), Some(*heading));
            let options = self.options(&prefix);
            let options = RenderOptions { section, heading_shift: 3, corrections: &corrections, ..options };
            parsed.render(self, &options).ok().map(|r| (*heading, Html(r.html)))
        };
        headings.iter().enumerate().filter_map(section).collect()
    }

    /// The sentence of a text around a range.
    pub fn sentence(&self, text: &str, flavour: Flavour, range: &Range<usize>) -> String {
        let shown = |target: &str, words: Option<&str>| {
            words
                .map(str::to_owned)
                .or_else(|| self.reference(target, None).words)
                .unwrap_or_else(|| target.to_owned())
        };
        markdown::sentence_around(text, flavour, range, &shown)
    }

    /// A unit of the site or words.
    pub fn party(&self, party: &Party) -> MaybeLink {
        let unit = |at: usize| {
            let html = Html(markdown::escape_text(self.names.unit_name(at)).into_owned());
            MaybeLink { href: Some(self.href(Node::Unit(at))), html }
        };
        match party {
            Party::Unit(id) => match self.site.library.units.binary_search_by(|u| u.id.cmp(&id.value)) {
                Ok(at) => unit(at),
                Err(_) => {
                    let html = markdown::escape_text(id.value.as_str()).into_owned();
                    MaybeLink { href: None, html: Html(html) }
                }
            },
            Party::Words(words) => MaybeLink { href: None, html: self.html(words) },
        }
    }

    /// Where an address of the front matter leads, as seen from this page.
    pub fn url(&self, url: &Url) -> Option<String> {
        let file = self.file?;
        let to = self.site.graph.url_to(&self.site.library, file, url, Span::start_of(file)).ok()?;
        self.link_href(to)
    }

    fn link_href(&self, to: LinkTo) -> Option<String> {
        match to {
            LinkTo::Away(url) => Some(url),
            LinkTo::Page(node, fragment) => Some(with_fragment(self.href(node), fragment.as_deref())),
            LinkTo::File(path) => Some(file_path(&path).href_from(self.here)),
            LinkTo::Here(anchor) => Some(with_fragment(self.own_page(), Some(&anchor))),
        }
    }

    /// The page whose words these are, as seen from here; empty where they are shown at home.
    fn own_page(&self) -> String {
        let own = self.names.addresses.get(self.node);
        if own == self.here { String::new() } else { own.href_from(self.here) }
    }

    fn options<'b>(&self, prefix: &'b str) -> RenderOptions<'b> {
        let is_vi = self.site.config.language == Language::Vi;
        RenderOptions {
            heading_shift: 1,
            prefix,
            section: None,
            footnotes_label: if is_vi { "Chú thích" } else { "Footnotes" },
            footnote_label: if is_vi { "Chú thích" } else { "Footnote" },
            back_label: if is_vi { "Về vị trí chú thích" } else { "Back to the text" },
            table_label: if is_vi { "Bảng" } else { "Table" },
            corrections: &[],
        }
    }
}

fn with_fragment(mut href: String, fragment: Option<&str>) -> String {
    if let Some(fragment) = fragment {
        href.push('#');
        href.push_str(fragment);
    }
    href
}

fn as_typed(text: &str) -> Rendered {
    Rendered {
        html: format!("<pre tabindex=\"0\">{}</pre>", markdown::escape_text(text)),
        contents: Vec::new(),
    }
}

impl Resolve for Writer<'_> {
    fn reference(&self, target: &str, _: Option<&str>) -> Resolved {
        let span = self.file.map(Span::start_of);
        let Some(span) = span else {
            return Resolved::default();
        };
        match self.site.graph.prose(&self.site.library, self.scope, target, span) {
            Ok(meaning) => {
                let node = meaning.node();
                let words = Some(self.names.name(self.site, node));
                Resolved { href: Some(self.href(node)), words, class: Some("ref"), title: None }
            }
            Err(_) => Resolved::default(),
        }
    }

    fn link(&self, dest: &str, _: bool) -> Resolved {
        let Some(file) = self.file else {
            return Resolved::default();
        };
        let to = self.site.graph.link_to(&self.site.library, file, dest, Span::start_of(file)).ok();
        Resolved { href: to.and_then(|to| self.link_href(to)), ..Resolved::default() }
    }

    fn numbers(&self, text: &str) -> Vec<(Range<usize>, String)> {
        let graph = &self.site.graph;
        let numbers =
            self.numbers.get_or_init(|| graph.register().numbers(&self.site.library, graph, self.node));
        if numbers.is_empty() {
            return Vec::new();
        }
        let found = register::find(text, numbers).into_iter();
        found.map(|(range, document)| (range, self.href(Node::Document(document)))).collect()
    }

    fn heading(&self, number: usize, id: &str) -> Option<HeadingNote> {
        let Node::Report(at) = self.node else { return None };
        let about = self.site.graph.headings.get(&at)?;
        let item = about.iter().find(|(heading, _)| *heading == number)?.1;
        let label = self.names.item_title(item).to_owned();
        Some(HeadingNote { id: id.to_owned(), href: Some(self.href(Node::Item(item))), label })
    }
}

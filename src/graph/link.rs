//! Links in Markdown: from an address in a file to the page, file or heading it leads to (content format, section 2).

use super::{Graph, Node};
use crate::content::why_not;
use crate::model::library::Library;
use crate::path::{ContentPath, Url};
use crate::problem::{Finding, Problem};
use crate::source::{FileId, Span};
use crate::vietnamese::nearest;

/// What a link in a text leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTo {
    /// Another site, or a mail address.
    Away(String),
    /// A page, and a heading of it.
    Page(Node, Option<String>),
    /// A file that is copied.
    File(ContentPath),
    /// A heading of the same page.
    Here(String),
}

/// What a link comes to; the error is a problem, or `None` where it is silent (a gap).
pub type LinkResolution = Result<LinkTo, Option<Box<Problem>>>;

fn fail(finding: Finding, place: Span, near: Vec<String>) -> LinkResolution {
    Err(Some(Box::new(Problem::new(finding, place).with_nearest(near))))
}

impl Graph {
    /// What a link written in a file leads to (content format, section 2).
    pub fn link_to(&self, library: &Library, file: FileId, dest: &str, place: Span) -> LinkResolution {
        match Url::parse(dest) {
            Ok(url) => self.url_to(library, file, &url, place),
            Err(error) => {
                let finding = Finding::BadUrl { url: dest.to_owned(), why: why_not(error) };
                Err(Some(Box::new(Problem::new(finding, place))))
            }
        }
    }

    /// The same for an address that is known to be safe.
    pub fn url_to(&self, library: &Library, file: FileId, url: &Url, place: Span) -> LinkResolution {
        let (path, fragment) = match url {
            Url::Absolute(away) => return Ok(LinkTo::Away(away.clone())),
            Url::Relative { path, fragment } => (path, fragment.as_deref()),
        };
        let Some(here) = self.paths.get(&file) else {
            return Err(None);
        };
        if path.is_empty() {
            return match (fragment, self.by_file.get(&file)) {
                (None, _) => self.no_file(here, path, place),
                (Some(anchor), Some(node)) if !self.has_anchor(library, *node, anchor) => {
                    self.no_anchor(library, *node, anchor, place)
                }
                (Some(anchor), _) => Ok(LinkTo::Here(anchor.to_owned())),
            };
        }
        let Some(target) = here.join(path) else {
            return self.no_file(here, path, place);
        };
        if let Some(node) = self.files.get(&target) {
            return match fragment {
                Some(anchor) if !self.has_anchor(library, *node, anchor) => {
                    self.no_anchor(library, *node, anchor, place)
                }
                _ => Ok(LinkTo::Page(*node, fragment.map(str::to_owned))),
            };
        }
        if self.assets.contains(&target) {
            return Ok(LinkTo::File(target));
        }
        if library.reports.iter().any(|r| self.paths.get(&r.file) == Some(&target)) {
            return fail(Finding::HiddenTarget { id: path.clone() }, place, Vec::new());
        }
        // A file that is there but could not be read is reported itself.
        let is_there =
            self.refused.contains(target.as_str()) || self.paths.values().any(|path| *path == target);
        if is_there { Err(None) } else { self.no_file(here, path, place) }
    }

    fn no_file(&self, here: &ContentPath, path: &str, place: Span) -> LinkResolution {
        let folder = here.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = |p: &str| p.strip_prefix(folder).and_then(|p| p.strip_prefix('/')).map(str::to_owned);
        let names: Vec<String> =
            self.files.keys().chain(&self.assets).filter_map(|p| beside(p.as_str())).collect();
        let near = nearest::nearest(path, names.iter().map(String::as_str)).into_iter().map(str::to_owned);
        fail(Finding::NoSuchFile { link: path.to_owned() }, place, near.collect())
    }

    /// The ids of a page's headings.
    fn anchors<'a>(&self, library: &'a Library, node: Node) -> Vec<&'a str> {
        let body = match node {
            Node::Home => library.home.as_ref().map(|h| &h.body),
            Node::Unit(at) => library.units[at].body.as_ref(),
            Node::Term(at) => self.terms[at].library.and_then(|t| library.terms[t].body.as_ref()),
            Node::Report(at) => Some(&library.reports[at].body),
            Node::Item(_) | Node::Document(_) => None,
        };
        body.iter()
            .flat_map(|b| &b.scan().headings)
            .filter_map(|h| h.id.as_ref().map(|(id, _)| id.as_str()))
            .collect()
    }

    fn has_anchor(&self, library: &Library, node: Node, anchor: &str) -> bool {
        self.anchors(library, node).contains(&anchor)
    }

    fn no_anchor(&self, library: &Library, node: Node, anchor: &str, place: Span) -> LinkResolution {
        let near = nearest::nearest(anchor, self.anchors(library, node).into_iter());
        let finding = Finding::NoSuchAnchor { anchor: anchor.to_owned() };
        Err(Some(Box::new(Problem::new(finding, place).with_nearest(near))))
    }
}

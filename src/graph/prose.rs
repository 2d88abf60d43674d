//! Prose: references, links and document numbers in texts and bodies; who mentions what, and in which sentence.

use std::ops::Range;

use super::edge::{self, scope_of};
use super::register::{self, Numbers};
use super::resolve::Scope;
use super::{Graph, ItemIx, Node};
use crate::markdown::{self, Scan};
use crate::model::id::ItemId;
use crate::model::library::Library;
use crate::model::reference;
use crate::model::report::{Body, Report};
use crate::model::text::Passage;
use crate::path::{ContentPath, Url};
use crate::problem::{Finding, Problem, Problems};
use crate::source::{FileId, Span};
use crate::vietnamese::nearest;

/// A place in prose that speaks of something.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The page whose file says it.
    pub by: Node,
    /// The statement that says it, by number; `None` for the page's own texts and the body.
    pub statement: Option<usize>,
    /// The text.
    pub text: Said,
    /// The reference within the text.
    pub range: Range<usize>,
}

/// The text that a mention stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// A passage of the page's file, by number.
    Passage(usize),
    /// Its body.
    Body,
}

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

/// The prose of one file.
struct Prose<'a> {
    node: Node,
    file: FileId,
    body: Option<&'a Body>,
    passages: &'a [Passage],
    report: Option<(usize, &'a Report)>,
    unit: Option<&'a crate::model::id::UnitId>,
    term: Option<&'a crate::model::id::TermId>,
}

/// Reads all prose that is shown.
pub(super) fn read(library: &Library, shown: &[bool], graph: &mut Graph, problems: &mut Problems) {
    let mut reader = Reader { library, graph, problems, mentions: Vec::new(), used: Vec::new(), headings: Vec::new() };
    if let Some(home) = &library.home {
        let prose = Prose { node: Node::Home, file: home.file, body: Some(&home.body), passages: &home.passages, report: None, unit: None, term: None };
        reader.prose(&prose);
    }
    for (at, unit) in library.units.iter().enumerate() {
        let prose = Prose { node: Node::Unit(at), file: unit.file, body: unit.body.as_ref(), passages: &unit.passages, report: None, unit: Some(&unit.id), term: None };
        reader.prose(&prose);
    }
    for (at, node) in graph.terms.iter().enumerate() {
        let Some(term) = node.library.map(|t| &library.terms[t]) else { continue };
        let Some(file) = term.file else { continue };
        let prose = Prose { node: Node::Term(at), file, body: term.body.as_ref(), passages: &term.passages, report: None, unit: Some(&term.unit), term: Some(&term.id) };
        reader.prose(&prose);
    }
    for (at, report) in library.reports.iter().enumerate().filter(|(at, _)| shown[*at]) {
        let prose = Prose { node: Node::Report(at), file: report.file, body: Some(&report.body), passages: &report.passages, report: Some((at, report)), unit: Some(&report.unit), term: Some(&report.term) };
        reader.prose(&prose);
        reader.headings(at, report);
    }
    let Reader { mentions, used, headings, .. } = reader;
    for (node, mention) in mentions {
        graph.mentions.entry(node).or_default().push(mention);
    }
    for (report, heading, item) in headings {
        graph.headings.entry(report).or_default().push((heading, item));
    }
    graph.used.extend(used);
}

struct Reader<'a> {
    library: &'a Library,
    graph: &'a Graph,
    problems: &'a mut Problems,
    mentions: Vec<(Node, Mention)>,
    used: Vec<ContentPath>,
    headings: Vec<(usize, usize, ItemIx)>,
}

impl Reader<'_> {
    fn prose(&mut self, prose: &Prose<'_>) {
        let numbers = self.graph.register.numbers(self.library, self.graph, prose.node);
        for (number, passage) in prose.passages.iter().enumerate() {
            let text = &passage.text;
            let is_plain = !text.raw.contains(['[', '<']);
            if is_plain && numbers.is_empty() {
                continue;
            }
            if let Ok(scan) = markdown::scan(&text.raw, text.flavour) {
                self.text(prose, passage.statement, Said::Passage(number), &scan, &text.raw, text.span, &numbers);
            }
        }
        if let Some(body) = prose.body {
            self.text(prose, None, Said::Body, &body.scan, &body.text, body.span, &numbers);
        }
        self.files_of_documents(prose);
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one text, taken apart once")]
    fn text(&mut self, prose: &Prose<'_>, statement: Option<usize>, said: Said, scan: &Scan, text: &str, span: Span, numbers: &Numbers) {
        let item = statement.zip(prose.report).and_then(|(s, (at, _))| self.graph.stated[&at][s]);
        let scope = match prose.report {
            Some((_, report)) => scope_of(self.graph, report, item),
            None => Scope { unit: prose.unit, term: prose.term, report: None },
        };
        let mention = |range: &Range<usize>| Mention { by: prose.node, statement, text: said, range: range.clone() };
        for found in &scan.references {
            let place = span.part(found.range.start, found.range.end);
            let meaning = self.graph.prose(self.library, scope, &found.target, place);
            if let Ok(meaning) = &meaning {
                self.mentions.push((meaning.node(), mention(&found.range)));
            }
            edge::note(self.graph, meaning, &found.target, place, self.problems);
        }
        for link in &scan.links {
            let place = span.part(link.range.start, link.range.end);
            match self.graph.link_to(self.library, prose.file, &link.dest, place) {
                Ok(LinkTo::Page(node, _)) => self.mentions.push((node, mention(&link.range))),
                Ok(LinkTo::File(path)) => self.used.push(path),
                Ok(LinkTo::Away(_) | LinkTo::Here(_)) | Err(None) => {}
                Err(Some(problem)) => self.problems.push(*problem),
            }
        }
        for run in scan.words.iter().filter(|_| !numbers.is_empty()) {
            for (range, document) in register::find(&text[run.clone()], numbers) {
                let range = run.start + range.start..run.start + range.end;
                self.mentions.push((Node::Document(document), mention(&range)));
            }
        }
    }

    /// The files that the documents of a list name.
    fn files_of_documents(&mut self, prose: &Prose<'_>) {
        let documents = match prose.node {
            Node::Unit(at) => &self.library.units[at].documents,
            Node::Term(at) => match self.graph.terms[at].library {
                Some(term) => &self.library.terms[term].documents,
                None => return,
            },
            Node::Report(at) => &self.library.reports[at].documents,
            _ => return,
        };
        for file in documents.iter().filter_map(|d| d.file.as_ref()) {
            match self.graph.url_to(self.library, prose.file, &file.value, file.span) {
                Ok(LinkTo::File(path)) => self.used.push(path),
                Ok(_) | Err(None) => {}
                Err(Some(problem)) => self.problems.push(*problem),
            }
        }
    }

    /// Which heading is about which item; near misses are noted.
    fn headings(&mut self, at: usize, report: &Report) {
        let stated = &self.graph.stated[&at];
        for (number, heading) in report.body.scan.headings.iter().enumerate() {
            let Some((id, range)) = &heading.id else { continue };
            let Some((kind, item)) = reference::kind_and_id(id) else { continue };
            let fits = |i: &&ItemIx| {
                let key = &self.graph.items[**i].key;
                key.id == item && kind.is_none_or(|k| k == key.kind)
            };
            let mut found: Vec<ItemIx> = stated.iter().flatten().filter(fits).copied().collect();
            found.sort_unstable();
            found.dedup();
            let place = report.body.place(range);
            match found[..] {
                [item] => self.headings.push((at, number, item)),
                [] => self.near_miss(report, &item, id, place),
                _ => {
                    let name = |i: &ItemIx| format!("{}:{item}", crate::model::word::Word::name(self.graph.items[*i].key.kind));
                    let meanings: Vec<String> = found.iter().map(name).collect();
                    let finding = Finding::Ambiguous { id: id.clone(), meanings: meanings.join(", ") };
                    self.problems.push(Problem::new(finding, place).with_nearest(meanings));
                }
            }
        }
    }

    fn near_miss(&mut self, report: &Report, item: &ItemId, id: &str, place: Span) {
        let stated = report.statements.iter().map(|s| s.id.value.as_str());
        if let Some(near) = nearest::near_miss(item.as_str(), stated) {
            let finding = Finding::NearMissHeading { id: id.to_owned(), near: near.to_owned() };
            self.problems.push(Problem::new(finding, place).with_nearest([near]));
        }
    }
}

/// What a link comes to; the error is a problem, or `None` where it is silent (a gap).
pub type LinkResolution = Result<LinkTo, Option<Box<Problem>>>;

impl Graph {
    /// What a link written in a file leads to (content format, section 2).
    pub fn link_to(&self, library: &Library, file: FileId, dest: &str, place: Span) -> LinkResolution {
        match Url::parse(dest) {
            Ok(url) => self.url_to(library, file, &url, place),
            Err(error) => {
                let finding = Finding::BadUrl { url: dest.to_owned(), why: crate::content::why_not(error) };
                Err(Some(Box::new(Problem::new(finding, place))))
            }
        }
    }

    /// The same for an address that is known to be safe.
    pub fn url_to(&self, library: &Library, file: FileId, url: &Url, place: Span) -> LinkResolution {
        let (path, fragment) = match url {
            Url::Absolute(away) => return Ok(LinkTo::Away(away.clone())),
            Url::Relative { path, fragment } => (path, fragment),
        };
        let fail = |finding: Finding, near: Vec<String>| Err(Some(Box::new(Problem::new(finding, place).with_nearest(near))));
        if path.is_empty() {
            let Some(anchor) = fragment else { return fail(Finding::NoSuchFile { link: String::new() }, Vec::new()) };
            return match self.by_file.get(&file) {
                Some(node) if !self.has_anchor(library, *node, anchor) => self.no_anchor(library, *node, anchor, place),
                _ => Ok(LinkTo::Here(anchor.clone())),
            };
        }
        let Some(here) = self.paths.get(&file) else { return Err(None) };
        let target = here.join(path);
        if let Some(target) = &target {
            if let Some(node) = self.files.get(target) {
                return match fragment {
                    Some(anchor) if !self.has_anchor(library, *node, anchor) => self.no_anchor(library, *node, anchor, place),
                    _ => Ok(LinkTo::Page(*node, fragment.clone())),
                };
            }
            if self.assets.contains(target) {
                return Ok(LinkTo::File(target.clone()));
            }
            if self.paths.values().any(|path| path == target) {
                let hidden = library.reports.iter().any(|r| self.paths.get(&r.file) == Some(target));
                return if hidden { fail(Finding::HiddenTarget { id: path.clone() }, Vec::new()) } else { Err(None) };
            }
        }
        let folder = here.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = |p: &str| p.strip_prefix(folder).and_then(|p| p.strip_prefix('/')).map(str::to_owned);
        let files = self.files.keys().chain(&self.assets).filter_map(|p| beside(p.as_str()));
        let names: Vec<String> = files.collect();
        let near = nearest::nearest(path, names.iter().map(String::as_str)).into_iter().map(str::to_owned).collect();
        fail(Finding::NoSuchFile { link: path.clone() }, near)
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
        body.iter().flat_map(|b| &b.scan.headings).filter_map(|h| h.id.as_ref().map(|(id, _)| id.as_str())).collect()
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

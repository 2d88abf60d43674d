//! Prose: references, links and document numbers in texts and bodies; who mentions what, and in which sentence.

use std::ops::Range;

use rayon::prelude::*;

use super::edge::{self, scope_of};
use super::link::LinkTo;
use super::register::{self, Numbers};
use super::resolve::Scope;
use super::{Graph, ItemIx, Node};
use crate::markdown::{self, Scan};
use crate::model::id::ItemId;
use crate::model::library::Library;
use crate::model::reference;
use crate::model::report::{Body, Report};
use crate::model::text::Passage;
use crate::path::ContentPath;
use crate::problem::{Finding, Problem, Problems};
use crate::source::{FileId, Span};
use crate::vietnamese::nearest;

/// A place in prose that speaks of something.
#[derive(Debug, Clone, Hash)]
pub struct Mention {
    /// The page whose file says it.
    pub by: Node,
    /// The statement that says it, by number; `None` for the page's own texts and the body.
    pub statement: Option<usize>,
    /// The text.
    pub text: MentionText,
    /// The reference within the text.
    pub range: Range<usize>,
}

/// The text that a mention stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MentionText {
    /// A passage of the page's file, by number.
    Passage(usize),
    /// Its body.
    Body,
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
    let one = |prose: &Prose<'_>| {
        let mut reader = ProseReader { library, graph, found: ProseFound::default() };
        reader.prose(prose);
        if let Some((at, report)) = prose.report {
            reader.headings(at, report);
        }
        reader.found
    };
    let found: Vec<ProseFound> = texts(library, shown, graph).par_iter().map(one).collect();
    for ProseFound { problems: of_file, mentions, used, headings } in found {
        problems.extend(of_file);
        for (node, mention) in mentions {
            graph.mentions.entry(node).or_default().push(mention);
        }
        for (report, heading, item) in headings {
            graph.headings.entry(report).or_default().push((heading, item));
        }
        graph.used.extend(used);
    }
}

/// The prose of all files: home, units, terms, shown reports.
fn texts<'a>(library: &'a Library, shown: &[bool], graph: &Graph) -> Vec<Prose<'a>> {
    fn prose<'a>(node: Node, file: FileId, body: Option<&'a Body>, passages: &'a [Passage]) -> Prose<'a> {
        Prose { node, file, body, passages, report: None, unit: None, term: None }
    }
    let mut all = Vec::new();
    if let Some(home) = &library.home {
        all.push(prose(Node::Home, home.file, Some(&home.body), &home.passages));
    }
    for (at, unit) in library.units.iter().enumerate() {
        let own = prose(Node::Unit(at), unit.file, unit.body.as_ref(), &unit.passages);
        all.push(Prose { unit: Some(&unit.id), ..own });
    }
    for (at, node) in graph.terms.iter().enumerate() {
        let Some(term) = node.library.map(|t| &library.terms[t]) else {
            continue;
        };
        let Some(file) = term.file else { continue };
        let own = prose(Node::Term(at), file, term.body.as_ref(), &term.passages);
        all.push(Prose { unit: Some(&term.unit), term: Some(&term.id), ..own });
    }
    for (at, report) in library.reports.iter().enumerate().filter(|(at, _)| shown[*at]) {
        let own = prose(Node::Report(at), report.file, Some(&report.body), &report.passages);
        all.push(Prose {
            report: Some((at, report)),
            unit: Some(&report.unit),
            term: Some(&report.term),
            ..own
        });
    }
    all
}

struct ProseReader<'a> {
    library: &'a Library,
    graph: &'a Graph,
    found: ProseFound,
}

/// What the prose of one file came to.
#[derive(Default)]
struct ProseFound {
    problems: Problems,
    /// What is mentioned, and where.
    mentions: Vec<(Node, Mention)>,
    /// Attachments.
    used: Vec<ContentPath>,
    /// The report, the number of its heading, and the item that this is about.
    headings: Vec<(usize, usize, ItemIx)>,
}

impl ProseReader<'_> {
    fn prose(&mut self, prose: &Prose<'_>) {
        let numbers = self.graph.register().numbers(self.library, self.graph, prose.node);
        for (number, passage) in prose.passages.iter().enumerate() {
            let text = &passage.text;
            let is_plain = !text.raw.contains(['[', '<']);
            if is_plain && numbers.is_empty() {
                continue;
            }
            if let Ok(scan) = markdown::scan(&text.raw, text.flavour) {
                self.text(
                    prose,
                    passage.statement,
                    MentionText::Passage(number),
                    &scan,
                    &text.raw,
                    text.span,
                    &numbers,
                );
            }
        }
        if let Some(body) = prose.body {
            self.text(prose, None, MentionText::Body, body.scan(), body.text(), body.span, &numbers);
        }
        self.files_of_documents(prose);
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one text, taken apart once")]
    fn text(
        &mut self,
        prose: &Prose<'_>,
        statement: Option<usize>,
        said: MentionText,
        scan: &Scan,
        text: &str,
        span: Span,
        numbers: &Numbers,
    ) {
        let item = statement.zip(prose.report).and_then(|(s, (at, _))| self.graph.stated[&at][s]);
        let scope = match prose.report {
            Some((_, report)) => scope_of(self.graph, report, item),
            None => Scope { unit: prose.unit, term: prose.term, report: None },
        };
        let mention =
            |range: &Range<usize>| Mention { by: prose.node, statement, text: said, range: range.clone() };
        for found in &scan.references {
            let place = span.part(found.range.start, found.range.end);
            let meaning = self.graph.prose(self.library, scope, &found.target, place);
            if let Ok(meaning) = &meaning {
                self.found.mentions.push((meaning.node(), mention(&found.range)));
            }
            edge::note(self.graph, meaning, &found.target, place, &mut self.found.problems);
        }
        for link in &scan.links {
            let place = span.part(link.range.start, link.range.end);
            match self.graph.link_to(self.library, prose.file, &link.dest, place) {
                Ok(LinkTo::Page(node, _)) => self.found.mentions.push((node, mention(&link.range))),
                Ok(LinkTo::File(path)) => self.found.used.push(path),
                Ok(LinkTo::Away(_) | LinkTo::Here(_)) | Err(None) => {}
                Err(Some(problem)) => self.found.problems.push(*problem),
            }
        }
        for run in scan.words.iter().filter(|_| !numbers.is_empty()) {
            for (range, document) in register::find(&text[run.clone()], numbers) {
                let range = run.start + range.start..run.start + range.end;
                self.found.mentions.push((Node::Document(document), mention(&range)));
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
                Ok(LinkTo::File(path)) => self.found.used.push(path),
                Ok(_) | Err(None) => {}
                Err(Some(problem)) => self.found.problems.push(*problem),
            }
        }
    }

    /// Which heading is about which item; near misses are noted.
    fn headings(&mut self, at: usize, report: &Report) {
        let stated = &self.graph.stated[&at];
        for (number, heading) in report.body.scan().headings.iter().enumerate() {
            let Some((id, range)) = &heading.id else { continue };
            let Some((kind, item)) = reference::kind_and_id(id) else {
                continue;
            };
            let fits = |i: &&ItemIx| {
                let key = &self.graph.items[**i].key;
                key.id == item && kind.is_none_or(|k| k == key.kind)
            };
            let mut found: Vec<ItemIx> = stated.iter().flatten().filter(fits).copied().collect();
            found.sort_unstable();
            found.dedup();
            // A report that states an item for two terms speaks of its own term's under the bare id.
            let is_own = |i: &ItemIx| {
                let key = &self.graph.items[*i].key;
                (&key.unit, &key.term) == (&report.unit, &report.term)
            };
            if found.len() > 1 && found.iter().any(is_own) {
                found.retain(is_own);
            }
            let place = report.body.place(range);
            match found[..] {
                [item] => self.found.headings.push((at, number, item)),
                [] => self.near_miss(report, &item, id, place),
                _ => {
                    let name = |i: &ItemIx| {
                        format!("{}:{item}", crate::model::word::Word::name(self.graph.items[*i].key.kind))
                    };
                    let meanings: Vec<String> = found.iter().map(name).collect();
                    let example = meanings.first().cloned().unwrap_or_default();
                    let finding =
                        Finding::Ambiguous { id: id.clone(), meanings: meanings.join(", "), example };
                    self.found.problems.push(Problem::new(finding, place).with_nearest(meanings));
                }
            }
        }
    }

    fn near_miss(&mut self, report: &Report, item: &ItemId, id: &str, place: Span) {
        let stated = report.statements.iter().map(|s| s.id.value.as_str());
        if let Some(near) = nearest::near_miss(item.as_str(), stated) {
            let finding = Finding::NearMissHeading { id: id.to_owned(), near: near.to_owned() };
            self.found.problems.push(Problem::new(finding, place).with_nearest([near]));
        }
    }
}

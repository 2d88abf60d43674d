//! From places to lines and columns: where a problem is, as a person and an editor find it.
//!
//! Lines count from 1, columns in characters from 1, of the text in NFC (content format, section 7). A file is walked once for
//! all its problems, its front matter and each scalar too: their number is bounded by the text alone.

use std::collections::BTreeMap;
use std::ops::Range;

use super::line::Lines;
use super::{At, Finding, Problem, Problems};
use crate::source::{FileId, Place, Sources, Span};
use crate::yaml::escape::escape;
use crate::yaml::front;
use crate::yaml::place::{self, Placed};

/// A problem with its place in terms of people.
#[derive(Debug, Clone)]
pub struct Located<'a> {
    /// The problem.
    pub problem: &'a Problem,
    /// The file, relative to the root, with `/`.
    pub path: String,
    /// Line from 1; 1 where the file has no text.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
    /// The whole text and the bytes in question, where there is a text.
    pub excerpt: Option<(&'a str, Range<usize>)>,
}

/// All problems with their places, ordered by path and place, each said once.
pub fn locate<'a>(problems: &'a Problems, sources: &'a Sources) -> Vec<Located<'a>> {
    let mut files = BTreeMap::new();
    let mut located: Vec<Located<'a>> = problems.iter().map(|p| one(p, sources, &mut files)).collect();
    located.sort_by(|a, b| key(a).cmp(&key(b)));
    located.dedup_by(|a, b| key(a) == key(b) && a.problem == b.problem);
    located
}

/// What problems are ordered by; the finding and its words last, so that the order never depends on who found them first.
fn key<'a>(l: &'a Located<'_>) -> (&'a str, usize, usize, &'static str, &'a Finding) {
    (&l.path, l.line, l.column, l.problem.finding.code(), &l.problem.finding)
}

fn one<'a>(
    problem: &'a Problem,
    sources: &'a Sources,
    files: &mut BTreeMap<FileId, Walked<'a>>,
) -> Located<'a> {
    match &problem.at {
        At::Path(path) => Located { problem, path: path.clone(), line: 1, column: 1, excerpt: None },
        At::Text(span) => {
            let source = sources.get(span.file);
            let file = files.entry(span.file).or_insert_with(|| Walked::new(&source.text));
            let bytes = file.bytes(*span);
            let (line, column) = file.lines.place(bytes.start);
            let (path, excerpt) = (source.path.to_string(), Some((source.text.as_str(), bytes)));
            Located { problem, path, line, column, excerpt }
        }
    }
}

/// A file with problems, and what is worked out once for all of them.
struct Walked<'a> {
    text: &'a str,
    lines: Lines<'a>,
    /// Where the front matter stands.
    yaml: Range<usize>,
    /// The nodes of the front matter, where one is asked for.
    nodes: Option<Vec<Placed>>,
    /// The scalars into whose values problems point.
    scalars: BTreeMap<u32, Scalar>,
}

impl<'a> Walked<'a> {
    fn new(text: &'a str) -> Self {
        let yaml = front::split(text).map_or(0..0, |split| split.yaml);
        Self { text, lines: Lines::new(text), yaml, nodes: None, scalars: BTreeMap::new() }
    }

    /// The bytes that a span covers.
    fn bytes(&mut self, span: Span) -> Range<usize> {
        let found = match span.place {
            Place::Bytes { start, end } => start as usize..end as usize,
            Place::Node(number) => self.node(number).map_or(0..0, |(range, _)| range),
            Place::Within { node, start, end } => {
                self.scalar(node).map_or(0..0, |scalar| scalar.part(start as usize, end as usize))
            }
        };
        fit(self.text, found)
    }

    fn scalar(&mut self, node: u32) -> Option<&Scalar> {
        if !self.scalars.contains_key(&node) {
            let text = self.text;
            let made = self.node(node).map(|(range, value)| Scalar::new(text, range, value))?;
            self.scalars.insert(node, made);
        }
        self.scalars.get(&node)
    }

    /// Where a node stands, and the value of a scalar.
    fn node(&mut self, number: u32) -> Option<(Range<usize>, &str)> {
        let (text, yaml) = (self.text, self.yaml.clone());
        let nodes = self.nodes.get_or_insert_with(|| place::places(&text[yaml]));
        let placed = nodes.get(number as usize)?;
        let start = self.yaml.start;
        Some((placed.range.start + start..placed.range.end + start, &placed.value))
    }
}

/// How the value of a scalar stands in the text.
enum Scalar {
    /// As it is, from a byte on, so many bytes long; and all of the scalar.
    Same { at: usize, length: usize, all: Range<usize> },
    /// Escapes and folding move offsets. But for white space, the characters of the value stand in the raw text in turn: where
    /// each begins in the value, and what each is in the text.
    Moved { begins: Vec<usize>, stands: Vec<Range<usize>>, all: Range<usize> },
}

impl Scalar {
    fn new(text: &str, all: Range<usize>, value: &str) -> Self {
        let (raw, value) = (text.get(all.clone()).unwrap_or_default(), value.trim());
        if let Some(at) = raw.find(value).filter(|_| !value.is_empty()) {
            return Self::Same { at: all.start + at, length: value.len(), all };
        }
        let begins = value.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at).collect();
        let stands = solid(raw).map(|range| all.start + range.start..all.start + range.end).collect();
        Self::Moved { begins, stands, all }
    }

    /// Where a part of the value stands.
    fn part(&self, start: usize, end: usize) -> Range<usize> {
        match self {
            Self::Same { at, length, .. } if end <= *length => at + start..at + end,
            Self::Same { all, .. } => all.clone(),
            Self::Moved { begins, stands, all } => {
                let index = |at: usize| begins.partition_point(|begin| *begin < at);
                let (first, end) = (index(start), index(end).max(index(start) + 1).min(stands.len()));
                stands
                    .get(first..end)
                    .and_then(|part| Some(part.first()?.start..part.last()?.end))
                    .unwrap_or(all.clone())
            }
        }
    }
}

/// Where each character of a scalar's value stands in its raw text, white space left out: an escape counts as the one
/// character it makes.
fn solid(raw: &str) -> impl Iterator<Item = Range<usize>> {
    let quote = raw.chars().next().filter(|c| ['"', '\''].contains(c));
    let mut at = usize::from(quote.is_some());
    std::iter::from_fn(move || {
        loop {
            let rest = &raw[at..];
            let c = rest.chars().next()?;
            let (length, is_white) = match (quote, c) {
                (Some('\''), '\'') if rest.starts_with("''") => (2, false),
                (Some('"'), '\\') => {
                    // An escaped line end makes nothing, which is no more to be found than white space.
                    escape(rest).map(|(length, made)| (length, made.is_none_or(char::is_whitespace)))?
                }
                _ => (c.len_utf8(), c.is_whitespace()),
            };
            let found = at..(at + length).min(raw.len());
            at = found.end;
            if !is_white {
                return Some(found);
            }
        }
    })
}

/// `range` made to lie on characters of `text`.
fn fit(text: &str, range: Range<usize>) -> Range<usize> {
    let start = (0..=range.start.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let end = (range.end.clamp(start, text.len())..=text.len())
        .find(|&i| text.is_char_boundary(i))
        .unwrap_or(start);
    start..end
}

//! From places to lines and columns: where a problem is, as a person and an editor find it.
//!
//! Lines count from 1, columns in characters from 1, of the text in NFC (content format, section 7). The front matter of a
//! file is walked once for all its problems.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{At, Problem, Problems};
use crate::source::{FileId, Place, Sources, Span};
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
    let mut nodes = BTreeMap::new();
    let mut located: Vec<Located<'a>> = problems.iter().map(|p| one(p, sources, &mut nodes)).collect();
    located.sort_by(|a, b| key(a).cmp(&key(b)));
    located.dedup_by(|a, b| key(a) == key(b) && a.problem == b.problem);
    located
}

/// What problems are ordered by; the code and the words last, so that the order never depends on who found them first.
fn key<'a>(l: &'a Located<'_>) -> (&'a str, usize, usize, &'static str, String) {
    (&l.path, l.line, l.column, l.problem.finding.code(), format!("{:?}", l.problem.finding))
}

type Nodes = BTreeMap<FileId, Vec<Placed>>;

fn one<'a>(problem: &'a Problem, sources: &'a Sources, nodes: &mut Nodes) -> Located<'a> {
    match &problem.at {
        At::Path(path) => Located { problem, path: path.clone(), line: 1, column: 1, excerpt: None },
        At::Text(span) => {
            let source = sources.get(span.file);
            let bytes = bytes(*span, &source.text, nodes);
            let (line, column) = line_and_column(&source.text, bytes.start);
            Located {
                problem,
                path: source.path.to_string(),
                line,
                column,
                excerpt: Some((&source.text, bytes)),
            }
        }
    }
}

/// The bytes of the file that a span covers.
fn bytes(span: Span, text: &str, nodes: &mut Nodes) -> Range<usize> {
    let split = front::split(text).ok();
    let offset = split.as_ref().map_or(0, |s| s.yaml.start);
    let mut node = |number: u32| {
        let places = nodes.entry(span.file).or_insert_with(|| {
            let yaml = split.clone().map_or("", |s| &text[s.yaml]);
            place::places(yaml)
        });
        let found = places.get(number as usize).cloned();
        found.map(|p| Placed { range: p.range.start + offset..p.range.end + offset, value: p.value })
    };
    let found = match span.place {
        Place::Bytes { start, end } => start as usize..end as usize,
        Place::Node(number) => node(number).map_or(0..0, |p| p.range),
        Place::Within { node: number, start, end } => {
            node(number).map_or(0..0, |p| within(text, &p, start as usize, end as usize))
        }
    };
    fit(text, found)
}

/// The part `start..end` of a scalar's value. Escapes and folding move offsets: where the raw text holds the value as it is
/// the place is exact; else every character but white space is found in the raw text in turn.
fn within(text: &str, placed: &Placed, start: usize, end: usize) -> Range<usize> {
    let (raw, value) = (&placed.range, placed.value.trim());
    let slice = text.get(raw.clone()).unwrap_or_default();
    if let Some(at) = slice.find(value).filter(|_| !value.is_empty())
        && end <= value.len()
    {
        return raw.start + at + start..raw.start + at + end;
    }
    let dense = |s: Option<&str>| s.map_or(0, |s| s.chars().filter(|c| !c.is_whitespace()).count());
    let (skip, take) = (dense(value.get(..start)), dense(value.get(start..end)).max(1));
    let mut solid = solid(slice).skip(skip).take(take);
    let Some(first) = solid.next() else { return raw.clone() };
    let last = solid.last().unwrap_or_else(|| first.clone());
    raw.start + first.start..raw.start + last.end
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
            let length = match (quote, c) {
                (Some('\''), '\'') if rest.starts_with("''") => 2,
                (Some('"'), '\\') => match rest[1..].chars().next()? {
                    'x' => 4,
                    'u' => 6,
                    'U' => 10,
                    // An escaped line end makes nothing.
                    '\n' => {
                        at += 2;
                        continue;
                    }
                    escaped => 1 + escaped.len_utf8(),
                },
                _ => c.len_utf8(),
            };
            let found = at..(at + length).min(raw.len());
            at = found.end;
            if length > 1 && c == '\\' || !c.is_whitespace() {
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

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

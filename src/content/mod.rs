//! From sources to a [`Library`]: every file of the content read on its own, all cores at once.
//!
//! A file that cannot be read is left out and reported; where something was left out, [`Library::gaps`] says so, and the
//! next stages keep silent about references into the gap: one mistake gives one problem. Checks across files are theirs.

pub mod attachment;
mod body;
mod document;
mod fields;
pub mod frozen;
pub mod item;
pub(crate) mod keys;
pub mod memory;
mod report;
mod suspicious;
mod tally;
mod term;
mod tree;
mod unit;
mod value;
mod why;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

pub use term::{date_finding as term_finding, default_dates};
pub use value::{FULL_FORMS, ITEM_FORMS};
pub use why::why_not;

use crate::config::Config;
use crate::model::library::{Gap, Home, Library};
use crate::model::report::Report;
use crate::model::term::Term;
use crate::model::unit::Unit;
use crate::problem::{Finding, Problem, Problems, Severity, control, say::Both};
use crate::source::{FileId, Source, Sources, Span};
use crate::vietnamese::fold;
use crate::yaml::{self, YamlError, front};
use fields::Reader;
use memory::Memory;
use tree::Role;

/// Files that a core takes at once; reports differ in length.
const AT_ONCE: usize = 8;

/// Reads all of `content/`. What `memory` knows of a file that is the same is taken from there; afterwards it knows these files.
pub fn parse(sources: &Sources, config: &Config, mut memory: Option<&mut Memory>) -> (Library, Problems) {
    let (roles, gaps, mut problems) = tree::roles(sources);
    problems.extend(attachment::check(sources));
    if let Some(memory) = &mut memory {
        memory.begin(config);
    }
    let one = |(file, role): &(FileId, Role)| {
        let known = memory.as_ref().and_then(|memory| memory.recall(*file, sources.shared(*file)));
        known.unwrap_or_else(|| read(sources, *file, role, config))
    };
    let read: Vec<(Read, Problems)> = roles.par_iter().with_max_len(AT_ONCE).map(one).collect();
    if let Some(memory) = &mut memory {
        let files = roles.iter().zip(&read);
        memory.note(files.map(|((file, _), (read, found))| (*file, sources.shared(*file), read, found)));
    }
    let mut library = Library { gaps, ..Library::default() };
    for ((_, role), (item, found)) in roles.iter().zip(read) {
        problems.extend(found);
        match item {
            Read::Home(home) => library.home = Some(*home),
            Read::Unit(unit) => library.units.push(*unit),
            Read::Term(term) => library.terms.push(*term),
            Read::Report(report) => library.reports.push(report),
            Read::Nothing => {}
        }
        if let Some(gap) = role.gap().filter(|_| matches!(item_state(&library, role), State::Absent)) {
            library.gaps.insert(gap);
        }
    }
    let frozen = of_frozen(&library, &roles);
    problems.spare(|file| frozen.contains(&file));
    library.gaps.extend(
        library.reports.iter().filter(|r| r.has_gaps).map(|r| Gap::Term(r.unit.clone(), r.term.clone())),
    );
    tree::bare_terms(sources, &roles, &mut library, &mut problems);
    library.units.sort_by(|a, b| a.id.cmp(&b.id));
    library.terms.sort_by(|a, b| (&a.unit, &a.id).cmp(&(&b.unit, &b.id)));
    library.reports.sort_by(|a, b| (&a.unit, &a.term, &a.id).cmp(&(&b.unit, &b.term, &b.id)));
    (library, problems)
}

/// The files of frozen terms.
fn of_frozen(library: &Library, roles: &[(FileId, Role)]) -> BTreeSet<FileId> {
    let terms = library.terms.iter().filter(|t| t.frozen.is_some());
    let terms: BTreeSet<Gap> = terms.map(|t| Gap::Term(t.unit.clone(), t.id.clone())).collect();
    let files = roles.iter().filter(|(_, role)| role.gap().is_some_and(|term| terms.contains(&term)));
    files.map(|(file, _)| *file).collect()
}

/// What one file became.
#[derive(Debug, Clone)]
enum Read {
    Home(Box<Home>),
    Unit(Box<Unit>),
    Term(Box<Term>),
    /// Shared with the memory: reports are nearly all there is.
    Report(Arc<Report>),
    Nothing,
}

/// Whether the file just read is in the library.
enum State {
    Present,
    Absent,
}

fn item_state(library: &Library, role: &Role) -> State {
    let present = match role {
        Role::Home => library.home.is_some(),
        Role::Unit(id) => library.units.iter().last().is_some_and(|u| u.id == *id),
        Role::Term(unit, id) => library.terms.iter().last().is_some_and(|t| (&t.unit, &t.id) == (unit, id)),
        Role::Report(at) => library
            .reports
            .iter()
            .last()
            .is_some_and(|r| (&r.unit, &r.term, &r.id) == (&at.unit, &at.term, &at.id)),
    };
    if present { State::Present } else { State::Absent }
}

fn read(sources: &Sources, file: FileId, role: &Role, config: &Config) -> (Read, Problems) {
    let source = sources.shared(file);
    let mut reader = Reader {
        file,
        language: config.language,
        fields: config.fields.as_deref(),
        problems: Problems::default(),
        passages: Vec::new(),
        keeps_all: false,
        statement: None,
    };
    control::typed(file, &source.text, &mut reader.problems);
    suspicious::check(file, &source.text, &mut reader.problems);
    let made = make(&mut reader, source, role);
    (made, reader.problems)
}

fn make(reader: &mut Reader<'_>, source: &Arc<Source>, role: &Role) -> Read {
    let split = match front::split(&source.text) {
        Ok(split) => split,
        // The home page may be words alone (content format, section 1: an optional title).
        Err(front::SplitError::Absent) if matches!(role, Role::Home) => {
            let body = body::parse(reader.file, source, 0, &mut reader.problems);
            return Read::Home(Box::new(reader.home(None, body)));
        }
        Err(error) => {
            let finding = match error {
                front::SplitError::Absent => Finding::NoFrontMatter {},
                front::SplitError::Unclosed => Finding::Unclosed {},
            };
            reader.problems.add(
                finding,
                Span::bytes(reader.file, 0, source.text.find('\n').unwrap_or(source.text.len())),
            );
            return Read::Nothing;
        }
    };
    let body = body::parse(reader.file, source, split.body.start, &mut reader.problems);
    let yaml = &source.text[split.yaml.clone()];
    if let Some((at, value)) = swallowed_operator(yaml) {
        let start = split.yaml.start + at;
        reader.problems.add(
            Finding::UnquotedOperator { value: value.clone() },
            Span::bytes(reader.file, start, start + value.len()),
        );
        return Read::Nothing;
    }
    if yaml.contains('\\') {
        for range in yaml::place::double_quoted(yaml) {
            let at = split.yaml.start + range.start;
            control::escaped(reader.file, &yaml[range], at, &mut reader.problems);
        }
    }
    let node = match yaml::tree::parse(yaml) {
        Ok(node) => node,
        Err(error) => {
            if let Some((finding, at)) = yaml_finding(&error, yaml) {
                let at = split.yaml.start + at;
                reader.problems.add(finding, Span::bytes(reader.file, at, at + 1));
            }
            return Read::Nothing;
        }
    };
    let words = (!body.text().trim().is_empty()).then(|| body.clone());
    let made = match role {
        Role::Home => Some(Read::Home(Box::new(reader.home(Some(&node), body)))),
        Role::Unit(id) => reader.unit(id, &node, words).map(|u| Read::Unit(Box::new(u))),
        Role::Term(unit, id) => reader.term(unit, id, &node, words).map(|t| Read::Term(Box::new(t))),
        Role::Report(at) => reader.report(at.clone(), &node, body).map(|report| {
            // What it counts cannot be held against what it claims; a control character keeps nothing from being counted.
            let is_error = |p: &Problem| {
                p.severity() == Severity::Error && !matches!(p.finding, Finding::Control { .. })
            };
            let has_errors = reader.problems.iter().any(is_error);
            Read::Report(Arc::new(Report { has_errors, ..report }))
        }),
    };
    made.unwrap_or(Read::Nothing)
}

/// What is wrong with front matter and where, in bytes of it; `None` where it is noted already.
fn yaml_finding(error: &YamlError, yaml: &str) -> Option<(Finding, usize)> {
    let found = match error {
        YamlError::TooLong(_) => {
            (Finding::OverBound { what: Both { vi: "dài hơn 256 kB", en: "longer than 256 kB" } }, 0)
        }
        YamlError::TooDeep(at) => {
            (Finding::OverBound { what: Both { vi: "sâu hơn 32 tầng", en: "deeper than 32 levels" } }, *at)
        }
        YamlError::Anchor(at) => (Finding::Anchor {}, *at),
        YamlError::Control(_) => return None,
        // U+0085 ends a line for YAML.
        YamlError::Syntax(..) if yaml.contains(control::is_control) => return None,
        YamlError::Syntax(at, why) => match unquoted_operator(yaml, *at) {
            Some((start, value)) => (Finding::UnquotedOperator { value }, start),
            None => (Finding::Syntax { why: syntax_words(why) }, *at),
        },
    };
    Some(found)
}

/// What the parser says of wrong syntax, in words of ours.
fn syntax_words(why: &str) -> Both {
    const WORDS: [(&str, Both); 8] = [
        ("',' or '}'", Both { vi: "thiếu dấu phẩy hoặc dấu } đóng ngoặc", en: "a comma or } is missing" }),
        ("',' or ']'", Both { vi: "thiếu dấu phẩy hoặc dấu ] đóng ngoặc", en: "a comma or ] is missing" }),
        (
            "mapping values are not allowed",
            Both {
                vi: "dấu “: ” đứng ở chỗ không được phép", en: "“: ” stands where it may not"
            },
        ),
        (
            "tab character",
            Both {
                vi: "thụt lề bằng phím Tab; hãy dùng dấu cách", en: "a tab indents; use spaces"
            },
        ),
        (
            "cannot start any token",
            Both {
                vi: "giá trị mở đầu bằng dấu đặc biệt hoặc phím Tab",
                en: "a value begins with a special sign or a tab",
            },
        ),
        ("expected key", Both { vi: "thụt lề không đều", en: "the indents do not agree" }),
        ("expected ':'", Both { vi: "thiếu dấu hai chấm sau khoá", en: "a colon is missing after a key" }),
        ("end of stream", Both { vi: "dấu ngoặc kép không được đóng", en: "a quotation mark is not closed" }),
    ];
    let known = WORDS.iter().find(|(part, _)| why.contains(part)).map(|(_, words)| *words);
    known.unwrap_or(Both { vi: "không đọc được từ chỗ này", en: "it cannot be read from here" })
}

/// A goal or result like `>5`: YAML takes it for the head of a folded text of that indent and would say nothing.
fn swallowed_operator(yaml: &str) -> Option<(usize, String)> {
    const KEYS: [&str; 8] = ["goal", "actual", "of", "value", "muc", "thuc_hien", "tren_tong", "gia_tri"];
    if !yaml.contains(": >") {
        return None;
    }
    let mut start = 0;
    for line in yaml.split_inclusive('\n') {
        let content = line.split(" #").next().unwrap_or(line).trim_end();
        if let Some((key, value)) = content.split_once(": >")
            && let [digit] = value.as_bytes()
            && digit.is_ascii_digit()
            && KEYS.contains(&fold::key(key.trim_start_matches(['-', ' '])).as_str())
        {
            return Some((start + key.len() + 2, format!(">{value}")));
        }
        start += line.len();
    }
    None
}

/// A value that begins with `>`, as goals do (`goal: >= 45`), on the line of the error or the one before: YAML takes the sign
/// for the head of a folded text.
fn unquoted_operator(yaml: &str, at: usize) -> Option<(usize, String)> {
    let line_start = yaml.get(..at)?.rfind('\n').map_or(0, |i| i + 1);
    let previous = yaml[..line_start.saturating_sub(1)].rfind('\n').map_or(0, |i| i + 1);
    [line_start, previous].into_iter().find_map(|start| {
        let line = yaml[start..].lines().next()?;
        let sign = line.find(": >").map(|i| i + 2)?;
        let value = line[sign..].trim_end_matches(['}', ']', ' ']).split(", ").next()?;
        let figure = value.trim_start_matches(['>', '=', ' ']);
        figure.starts_with(|c: char| c.is_ascii_digit()).then(|| (start + sign, value.to_owned()))
    })
}

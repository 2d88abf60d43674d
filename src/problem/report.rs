//! Problems as people and machines read them: with the line and a caret, as JSON, as annotations of a forge.
//!
//! The one place where annotate-snippets is used. Everything becomes text here and is printed elsewhere; words from outside are
//! made harmless here, by [`harmless`], wherever else they go to a terminal.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::Severity;
use super::locate::Located;
use crate::vietnamese::Language;

/// How a severity is called.
pub fn severity_word(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Vi) => "lỗi",
        (Severity::Warning, Language::Vi) => "cảnh báo",
        (Severity::Error, Language::En) => "error",
        (Severity::Warning, Language::En) => "warning",
    }
}

/// A problem for a person: code, message, place, the line with a caret, the nearest words and what to do.
pub fn human(located: &Located<'_>, language: Language, strict: bool, styled: bool) -> String {
    let finding = &located.problem.finding;
    let told = told(located, language);
    let severity = effective(located.problem.severity(), strict);
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title =
        level.with_name(severity_word(severity, language)).primary_title(&told.message).id(finding.code());
    let line = located.excerpt.as_ref().map(|(text, range)| line_of(text, range.clone()));
    let mut group = Group::with_title(title);
    if let Some((line, range)) = &line {
        let snippet = Snippet::source(line.as_str()).path(&told.path).line_start(located.line);
        group = group.element(snippet.annotation(AnnotationKind::Primary.span(range.clone())));
    } else {
        group = group.element(annotate_snippets::Origin::path(&told.path));
    }
    let (help_word, nearest_word) = match language {
        Language::Vi => ("cách sửa", "gần nhất"),
        Language::En => ("help", "nearest"),
    };
    let nearest = told.nearest_quoted();
    if let Some(words) = &nearest {
        group = group.element(Level::NOTE.with_name(nearest_word).message(words.as_str()));
    }
    group = group.element(Level::HELP.with_name(help_word).message(told.help.as_str()));
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let text = renderer.render(&[group]);
    match &line {
        Some((line, range)) => {
            with_column(text, &told.path, located, line[..range.start].chars().count() + 1)
        }
        None => text,
    }
}

/// The renderer counts columns in the line that it shows, of which the beginning may be cut off or written as escapes.
fn with_column(text: String, path: &str, located: &Located<'_>, shown: usize) -> String {
    if shown == located.column {
        return text;
    }
    let place = |column: usize| format!("{path}:{}:{column}", located.line);
    let (title, rest) = text.split_once('\n').unwrap_or((&text, ""));
    format!("{title}\n{}", rest.replacen(&place(shown), &place(located.column), 1))
}

/// Problems shown to people at most: nobody reads more at once, and the first lines must not scroll away.
pub const MOST: usize = 200;

/// The first [`MOST`] problems, in their order, and how many are left; no error is left for a warning.
pub fn first<'a, 'b>(located: &'b [Located<'a>], strict: bool) -> (Vec<&'b Located<'a>>, usize) {
    let is_error = |l: &Located<'_>| effective(l.problem.severity(), strict) == Severity::Error;
    let mut errors = located.iter().filter(|l| is_error(l)).count().min(MOST);
    let mut warnings = MOST - errors;
    let mut take = |l: &&Located<'_>| {
        let room = if is_error(l) { &mut errors } else { &mut warnings };
        let has_room = *room > 0;
        *room -= usize::from(has_room);
        has_room
    };
    let first: Vec<&Located<'a>> = located.iter().filter(|l| take(l)).collect();
    let left = located.len() - first.len();
    (first, left)
}

/// What is told of a problem to people, every word harmless for a terminal: a path holds whatever a name of a file may hold, and
/// messages quote authors.
#[derive(Debug)]
pub struct Told {
    /// The file.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The nearest right words.
    pub nearest: Vec<String>,
}

/// The words of a problem.
pub fn told(located: &Located<'_>, language: Language) -> Told {
    let finding = &located.problem.finding;
    Told {
        path: harmless(&located.path),
        message: harmless(&finding.message(language)),
        help: harmless(&finding.help(language)),
        nearest: located.problem.nearest.iter().map(|word| harmless(word)).collect(),
    }
}

impl Told {
    /// The nearest right words in quotation marks; `None` where there are none.
    fn nearest_quoted(&self) -> Option<String> {
        let words: Vec<String> = self.nearest.iter().map(|word| format!("“{word}”")).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

fn effective(severity: Severity, strict: bool) -> Severity {
    if strict { Severity::Error } else { severity }
}

/// Characters of a line that are shown before a place, and from it on: more than a terminal has columns, and lines may have
/// megabytes.
const AROUND: usize = 200;

/// The line at the beginning of `range`, made harmless for a terminal, and the range within it. Of a long line there is what
/// stands around the range, with `…` for the rest.
pub fn line_of(text: &str, range: Range<usize>) -> (String, Range<usize>) {
    let before = text[..range.start].char_indices().rev().take_while(|(_, c)| *c != '\n');
    let start = before.take(AROUND).last().map_or(range.start, |(at, _)| at);
    let after = text[range.start..].char_indices().take_while(|(_, c)| *c != '\n');
    let end = after.take(AROUND).last().map_or(range.start, |(at, c)| range.start + at + c.len_utf8());
    let within_end = range.end.clamp(range.start, end);
    let ends_line = |c: Option<char>| c.is_none_or(|c| c == '\n');
    let cut = |is_whole: bool| if is_whole { "" } else { "…" };
    let head =
        cut(ends_line(text[..start].chars().next_back())).to_owned() + &harmless(&text[start..range.start]);
    let within = harmless(&text[range.start..within_end]);
    let line = format!(
        "{head}{within}{}{}",
        harmless(&text[within_end..end]),
        cut(ends_line(text[end..].chars().next()))
    );
    (line, head.len()..head.len() + within.len())
}

/// Whether a character could steer a terminal or end a line: controls but for the tab, marks that turn the direction of
/// writing, and the line ends of Unicode.
pub fn is_harmful(c: char) -> bool {
    (c.is_control() && c != '\t') || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` with harmful characters shown as escapes. What is harmless already stays as it is.
pub fn harmless(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if is_harmful(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
        out
    })
}

/// All problems as a JSON array of objects with `severity code path line column message help`, and `nearest`.
pub fn json(located: &[Located<'_>], language: Language, strict: bool) -> serde_json::Value {
    located
        .iter()
        .map(|l| {
            let finding = &l.problem.finding;
            serde_json::json!({
                "severity": severity_word(effective(l.problem.severity(), strict), Language::En),
                "code": finding.code(),
                "path": l.path,
                "line": l.line,
                "column": l.column,
                "message": finding.message(language),
                "help": finding.help(language),
                "nearest": l.problem.nearest,
            })
        })
        .collect()
}

/// A problem as a workflow command of GitHub, which shows it beside the line.
pub fn github(located: &Located<'_>, language: Language, strict: bool) -> String {
    let finding = &located.problem.finding;
    let word = severity_word(effective(located.problem.severity(), strict), Language::En);
    let told = told(located, language);
    let near = told.nearest_quoted().map_or_else(String::new, |near| format!(" ({near})"));
    let message = format!("{}{near}\n{}", told.message, told.help);
    let (path, title) = (property(&told.path), property(finding.code()));
    format!(
        "::{word} file={path},line={},col={},title={title}::{}",
        located.line,
        located.column,
        data(&message)
    )
}

/// Escapes the message of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Finding, Problem};

    #[test]
    fn a_long_line_is_cut_around_its_place_and_the_column_is_the_authors() {
        for before in ["", "a\u{1b}", &"ả".repeat(9_999)] {
            let text = format!("một\n{before}<b>{}\n", "c".repeat(9_999));
            let (at, column) = ("một\n".len() + before.len(), before.chars().count() + 1);
            let problem = Problem::at_path(Finding::RawHtml {}, "p.md");
            let path = "p.md".to_owned();
            let located =
                Located { problem: &problem, path, line: 2, column, excerpt: Some((&text, at..at + 3)) };
            let shown = human(&located, Language::En, false, false);
            assert!(shown.contains(&format!(" p.md:2:{column}\n")), "{shown}");
            assert!(shown.contains("<b>c") && shown.contains("^^^\n") && shown.len() < 1_000, "{shown}");
            let (line, range) = line_of(&text, at..at + 3);
            assert_eq!((&line[range], line.contains('…'), line.contains('\u{1b}')), ("<b>", true, false));
        }
    }

    #[test]
    fn no_error_is_left_for_a_warning() {
        let error = Problem::at_path(Finding::NoConfig {}, "b");
        let warning = Problem::at_path(Finding::RawHtml {}, "a");
        let all: Vec<Located<'_>> = std::iter::repeat_n(&warning, MOST + 5)
            .chain([&error])
            .map(|problem| Located { problem, path: String::new(), line: 1, column: 1, excerpt: None })
            .collect();
        let (shown, left) = first(&all, false);
        assert_eq!((shown.len(), left, &shown[MOST - 1].problem.finding), (MOST, 6, &error.finding));
        assert_eq!(
            first(&all, true).0.last().map(|l| &l.problem.finding),
            Some(&warning.finding),
            "all are errors"
        );
        assert_eq!(first(&all[..MOST], false).1, 0);
    }
}

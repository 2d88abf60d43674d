//! Problems as people and machines read them: with the line and a caret, as JSON, as annotations of a forge.
//!
//! The one place where annotate-snippets is used. Everything becomes text here and is printed elsewhere.

use std::fmt::Write as _;

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
    let severity = effective(finding.severity(), strict);
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = harmless(&finding.message(language));
    let title = level.with_name(severity_word(severity, language)).primary_title(&message).id(finding.code());
    let line = located.excerpt.as_ref().map(|(text, range)| line_of(text, range.clone()));
    let mut group = Group::with_title(title);
    if let Some((line, range)) = &line {
        let snippet = Snippet::source(line.as_str()).path(&located.path).line_start(located.line);
        group = group.element(snippet.annotation(AnnotationKind::Primary.span(range.clone())));
    } else {
        group = group.element(annotate_snippets::Origin::path(&located.path));
    }
    let (help_word, nearest_word) = match language {
        Language::Vi => ("cách sửa", "gần nhất"),
        Language::En => ("help", "nearest"),
    };
    let nearest = nearest(located, language);
    if let Some(words) = &nearest {
        group = group.element(Level::NOTE.with_name(nearest_word).message(words.as_str()));
    }
    let help = harmless(&finding.help(language));
    group = group.element(Level::HELP.with_name(help_word).message(help.as_str()));
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

fn effective(severity: Severity, strict: bool) -> Severity {
    if strict { Severity::Error } else { severity }
}

/// The nearest right words in quotation marks; `None` where there are none.
fn nearest(located: &Located<'_>, _: Language) -> Option<String> {
    let words: Vec<String> = located.problem.nearest.iter().map(|w| format!("“{}”", harmless(w))).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The line at the beginning of `range`, made harmless for a terminal, and the range within it.
pub fn line_of(text: &str, range: std::ops::Range<usize>) -> (String, std::ops::Range<usize>) {
    let start = text[..range.start].rfind('\n').map_or(0, |i| i + 1);
    let end = text[range.start..].find('\n').map_or(text.len(), |i| range.start + i);
    let (before, within) = (&text[start..range.start], &text[range.start..range.end.clamp(range.start, end)]);
    let (before, within) = (harmless(before), harmless(within));
    let line = format!("{before}{within}{}", harmless(&text[range.end.clamp(range.start, end)..end]));
    let shown = before.len()..before.len() + within.len();
    (line, shown)
}

/// `text` with control characters, which could steer a terminal, shown as escapes.
pub fn harmless(text: &str) -> String {
    let bidi = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if (c.is_control() && c != '\t') || bidi(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
        out
    })
}

/// The same for text of several lines.
pub fn harmless_lines(text: &str) -> String {
    text.split('\n').map(harmless).collect::<Vec<_>>().join("\n")
}

/// All problems as a JSON array of objects with `severity code path line column message help`, and `nearest`.
pub fn json(located: &[Located<'_>], language: Language, strict: bool) -> String {
    let objects: Vec<serde_json::Value> = located
        .iter()
        .map(|l| {
            let finding = &l.problem.finding;
            serde_json::json!({
                "severity": severity_word(effective(finding.severity(), strict), Language::En),
                "code": finding.code(),
                "path": l.path,
                "line": l.line,
                "column": l.column,
                "message": finding.message(language),
                "help": finding.help(language),
                "nearest": l.problem.nearest,
            })
        })
        .collect();
    serde_json::to_string_pretty(&objects).unwrap_or_else(|_| "[]".to_owned()) + "\n"
}

/// A problem as a workflow command of GitHub, which shows it beside the line.
pub fn github(located: &Located<'_>, language: Language, strict: bool) -> String {
    let finding = &located.problem.finding;
    let word = severity_word(effective(finding.severity(), strict), Language::En);
    let mut message = finding.message(language);
    if let Some(near) = nearest(located, language) {
        let _ = write!(message, " ({near})");
    }
    let _ = write!(message, "\n{}", finding.help(language));
    let (path, title) = (property(&located.path), property(finding.code()));
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

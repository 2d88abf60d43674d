//! What a terminal is given: our own words, and between them words from outside that were made harmless.
//!
//! A path, a text of an author, an argument may hold escapes that steer a terminal and line feeds that forge a line of ours.
//! [`super::say::Voice`] prints nothing but a [`Shown`], and none can be made of words from outside but as parts of a line,
//! which go through [`harmless`], as JSON, or as problems, which [`report`] tells.

use std::fmt::Write as _;
use std::ops::AddAssign;

use anstyle::Style;
use clap::builder::StyledStr;

use super::words::{self, fill};
use crate::problem::locate::Located;
use crate::problem::report::{self, harmless};
use crate::vietnamese::{Language, number};

/// A text that is harmless for a terminal.
#[derive(Debug, Default)]
pub struct Shown(String);

impl Shown {
    /// A line of our words, each `{}` of which is filled with a part.
    pub fn line(words: &'static str, parts: &[&str]) -> Self {
        Self(fill(words, parts) + "\n")
    }

    /// A line that begins with a word of ours that stands out.
    pub fn marked(word: &'static str, style: Style, rest: &str) -> Self {
        Self(format!("{style}{word}{style:#}: {}\n", harmless(rest)))
    }

    /// What the parser of arguments says of itself.
    pub fn help(text: &StyledStr) -> Self {
        Self(text.ansi().to_string())
    }

    /// JSON over several lines.
    pub fn json(value: &serde_json::Value) -> Self {
        Self(steerless(&format!("{value:#}\n")))
    }

    /// JSON on one line.
    pub fn json_line(value: &serde_json::Value) -> Self {
        Self(steerless(&format!("{value}\n")))
    }

    /// Problems for people, each with its line, and how many more there are.
    pub fn problems(located: &[Located<'_>], language: Language, strict: bool) -> Self {
        let (first, left) = report::first(located, strict);
        let mut text = String::new();
        for problem in first {
            text.push_str(&report::human(problem, language, strict, true));
            text.push_str("\n\n");
        }
        if left > 0 {
            text.push_str(&more(left, language));
            text.push('\n');
        }
        Self(text)
    }

    /// Problems as workflow commands of GitHub, which shows ten errors and ten warnings of a step beside their lines, and the
    /// others in its log alone.
    pub fn github(located: &[Located<'_>], language: Language, strict: bool) -> Self {
        let (first, left) = report::first(located, strict);
        let commands = first.into_iter().map(|problem| report::github(problem, language, strict) + "\n");
        let mut text: String = commands.collect();
        if left > 0 {
            text.push_str(&format!("::notice::{}\n", more(left, language)));
        }
        Self(text)
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AddAssign for Shown {
    fn add_assign(&mut self, other: Self) {
        self.0.push_str(&other.0);
    }
}

/// How many problems are not shown, and where all are.
fn more(left: usize, language: Language) -> String {
    fill(words::MORE_PROBLEMS.get(language), &[&number::group(left as u64, language)])
}

/// JSON whose characters cannot steer a terminal: those that JSON allows as they are become escapes of the same meaning. Line
/// feeds stand between its values alone.
fn steerless(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && report::is_harmful(c) {
            // JSON counts in UTF-16; none of these characters needs two of its numbers.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "a\u{1b}[31m\nerror[NK999]: x\u{202e}\u{9b}\u{2028}";

    #[test]
    fn words_from_outside_forge_no_line_and_steer_no_terminal() {
        let all = [
            Shown::line("b {} c", &[HOSTILE]),
            Shown::marked("b", Style::new(), HOSTILE),
            Shown::json_line(&serde_json::json!({ HOSTILE: HOSTILE })),
        ];
        for shown in all {
            let line = shown.as_str().strip_suffix('\n').expect("it is a line");
            assert!(!line.contains(report::is_harmful), "{line:?}");
        }
    }

    #[test]
    fn json_means_the_same() {
        let value = serde_json::json!([HOSTILE]);
        assert_eq!(serde_json::from_str::<serde_json::Value>(Shown::json(&value).as_str()).ok(), Some(value));
    }
}

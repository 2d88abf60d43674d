//! How the program speaks: to which stream, in which language, with or without colours.

use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use clap::ColorChoice;

use super::shown::Shown;
use super::words;
use crate::problem::Severity;
use crate::problem::locate::Located;
use crate::vietnamese::{Language, number};

/// A way of speaking.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    color: anstream::ColorChoice,
    /// The language of messages.
    pub language: Language,
}

impl Voice {
    /// Speaks a language, with colours or without.
    pub fn new(color: ColorChoice, language: Language) -> Self {
        let color = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Self { color, language }
    }

    /// Prints to the output stream. A reader who has left is no error.
    pub fn out(&self, text: &Shown) {
        let mut stream = anstream::AutoStream::new(std::io::stdout().lock(), self.color);
        let _ = stream.write_all(text.as_str().as_bytes()).and_then(|()| stream.flush());
    }

    /// Prints to the error stream.
    pub fn err(&self, text: &Shown) {
        let mut stream = anstream::AutoStream::new(std::io::stderr().lock(), self.color);
        let _ = stream.write_all(text.as_str().as_bytes()).and_then(|()| stream.flush());
    }

    /// Says that the machine failed.
    pub fn failure(&self, message: &str) {
        let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        self.err(&Shown::marked(words::ERROR.get(self.language), style, message));
    }

    /// Says something worth knowing.
    pub fn note(&self, message: &str) {
        self.err(&Shown::marked(words::NOTE.get(self.language), Style::new().bold(), message));
    }

    /// Shows problems to a person, each with its line.
    pub fn problems(&self, located: &[Located<'_>], strict: bool) {
        self.err(&Shown::problems(located, self.language, strict));
    }

    /// How many errors and warnings there are, in words: `2 lỗi, 1 cảnh báo`.
    pub fn tally(&self, located: &[Located<'_>], strict: bool) -> String {
        let is_error = |l: &&Located<'_>| strict || l.problem.severity() == Severity::Error;
        let errors = located.iter().filter(is_error).count();
        let warnings = located.len() - errors;
        let count = |n: usize| number::group(n as u64, self.language);
        let plural = |n: usize, word: &str| {
            if n == 1 { format!("1 {word}") } else { format!("{} {word}s", count(n)) }
        };
        match self.language {
            Language::Vi => format!("{} lỗi, {} cảnh báo", count(errors), count(warnings)),
            Language::En => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
        }
    }

    /// A length in bytes as people read it: `4,1 MB`.
    pub fn bytes(&self, bytes: u64) -> String {
        let (unit, size) = match bytes {
            0..1_000 => ("B", 1),
            1_000..1_000_000 => ("kB", 1_000),
            1_000_000..1_000_000_000 => ("MB", 1_000_000),
            _ => ("GB", 1_000_000_000),
        };
        format!("{} {unit}", self.tenths(bytes, size))
    }

    /// A stretch of time in seconds, in hundredths below ten.
    pub fn seconds(&self, ms: u64) -> String {
        if ms >= 10_000 {
            return self.tenths(ms, 1_000);
        }
        let sign = if self.language == Language::Vi { ',' } else { '.' };
        format!("{}{sign}{:02}", ms / 1_000, ms % 1_000 / 10)
    }

    /// `value / unit` with one decimal at most, in the sign of the language.
    fn tenths(&self, value: u64, unit: u64) -> String {
        number::display(number::Decimal::from(value) / number::Decimal::from(unit.max(1)), self.language)
    }
}

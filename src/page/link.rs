//! The small values that many views share: links, dates, marks.

use std::sync::Arc;

use serde::Serialize;

use crate::graph::Site;
use crate::model::item::ItemKind;
use crate::model::word::Word;
use crate::theme::label::{self, Labels};
use crate::vietnamese::date::{Date, PartialDate};
use crate::vietnamese::{Language, number};

/// A link and its plain words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Link {
    /// Relative, naming the file.
    pub href: String,
    /// Plain words.
    pub words: String,
}

/// Plain words that may be a link: a party that is a unit of the site, or words.
#[derive(Debug, Clone, Serialize)]
pub struct MaybeLink {
    /// Where it leads, if anywhere.
    pub href: Option<String>,
    /// HTML of the words, without a link around them.
    pub html: Html,
}

/// A date for people and machines.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Dated {
    /// As HTML's `time` has it: `2025-07-20`, `2020-05`, `1961`.
    pub iso: String,
    /// As people read it: `20/07/2025`.
    pub words: String,
}

impl Dated {
    /// A whole date.
    pub fn day(date: Date, language: Language) -> Self {
        Self { iso: date.iso(), words: date.short(language) }
    }

    /// A date, month or year.
    pub fn partial(date: PartialDate, language: Language) -> Self {
        Self { iso: date.iso(), words: date.short(language) }
    }
}

/// HTML of authors' texts; templates show it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Html(pub String);

impl Html {
    /// What its serialisation is called.
    pub const NAME: &str = "Html";
}

/// A state that is shown by a shape and a word: which set it belongs to and which member it is, and the word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// `result`, `outlook`, `limitation`, `task`, `step_state`: the table of the labels that says it.
    pub set: &'static str,
    /// The member's English name.
    pub name: &'static str,
    /// What the labels say.
    pub words: Arc<str>,
}

impl Mark {
    /// A member of a set, as the labels say it.
    pub fn new(labels: &Labels, set: &'static str, name: &'static str) -> Self {
        Self { set, name, words: label::say(labels, set, name) }
    }
}

/// A count in the site's language.
pub fn count(site: &Site, number: usize) -> String {
    number::group(number as u64, site.config.language)
}

/// How many of something.
#[derive(Debug, Clone, Serialize)]
pub struct Count {
    /// What is counted, as a mark.
    pub mark: Mark,
    /// How many, written in the site's language.
    pub count: String,
}

/// The kinds with the plural names that labels and navigation use.
pub const KINDS: [(ItemKind, &str); 5] = [
    (ItemKind::Target, "targets"),
    (ItemKind::Achievement, "achievements"),
    (ItemKind::Limitation, "limitations"),
    (ItemKind::Lesson, "lessons"),
    (ItemKind::Task, "tasks"),
];

/// The plural name of a kind.
pub fn plural(kind: ItemKind) -> &'static str {
    KINDS.iter().find(|(k, _)| *k == kind).map_or(kind.name(), |(_, name)| name)
}

//! The small values that many views share: links, dates, marks.

use serde::{Serialize, Serializer};

use crate::graph::Site;
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

/// A state that is shown by a shape and a word: which set it belongs to and which member it is. A template sees `set`, `name`
/// and the `words` of the labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// `result`, `outlook`, `limitation`, `task`, `step_state`: the table of the labels that says it.
    pub set: &'static str,
    /// The member's English name.
    pub name: &'static str,
}

impl Mark {
    /// The number of the variant as which it is serialised, of an enum that is named like its set.
    pub const VARIANT: u32 = u32::MAX;
}

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_unit_variant(self.set, Self::VARIANT, self.name)
    }
}

/// Words of the labels by table and key: a template sees the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Said {
    /// A table of the labels.
    pub table: &'static str,
    /// The key in it.
    pub key: &'static str,
}

impl Said {
    /// The number of the variant as which it is serialised, of an enum that is named like its table.
    pub const VARIANT: u32 = u32::MAX - 1;
}

impl Serialize for Said {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_unit_variant(self.table, Self::VARIANT, self.key)
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

//! A term of a unit (content format 3.2).

use crate::model::document::Document;
use crate::model::id::{TermId, UnitId};
use crate::model::report::Body;
use crate::model::text::{Passage, Text};
use crate::model::word::{CongressForm, TermKind};
use crate::source::{FileId, Spanned};
use crate::vietnamese::date::Date;

/// A term as its folder and `_index.md` give it.
#[derive(Debug, Clone)]
pub struct Term {
    /// Whose term it is.
    pub unit: UnitId,
    /// Its id.
    pub id: TermId,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// How the committee came into office.
    pub kind: TermKind,
    /// The congress that opened it.
    pub congress: Option<Congress>,
    /// Breakthroughs (khâu đột phá).
    pub breakthroughs: Vec<Heading>,
    /// Key tasks (nhiệm vụ trọng tâm).
    pub key_tasks: Vec<Heading>,
    /// Documents that every report of the term may cite.
    pub documents: Vec<Document>,
    /// Old addresses.
    pub aliases: Vec<Spanned<String>>,
    /// Texts to look through for references.
    pub passages: Vec<Passage>,
    /// The words of its page.
    pub body: Option<Body>,
    /// Its `_index.md`, where it has one that says anything of the term.
    pub file: Option<FileId>,
    /// That it was archived and may no longer change.
    pub frozen: Option<Frozen>,
}

/// What `nhiemky archive` noted of a term when it sealed it.
#[derive(Debug, Clone)]
pub struct Frozen {
    /// The date of the archive.
    pub date: Date,
    /// The seal, as `sha256:…`: the digest of the archive's last tag manifest.
    pub seal: String,
    /// The digest of the list of files.
    pub digest: Spanned<String>,
    /// The files below the term's folder, each with its digest.
    pub files: Vec<FrozenFile>,
    /// Earlier seals, oldest first.
    pub earlier: Vec<Seal>,
}

/// A file that may no longer change.
#[derive(Debug, Clone)]
pub struct FrozenFile {
    /// Its path from the term's folder.
    pub name: Spanned<String>,
    /// Its digest.
    pub digest: String,
}

/// A seal and its date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The date of the archive.
    pub date: Date,
    /// `sha256:…`
    pub seal: String,
}

/// A congress.
#[derive(Debug, Clone)]
pub struct Congress {
    /// Which one, from 1.
    pub ordinal: Option<u32>,
    /// Of delegates or of all members.
    pub form: Option<CongressForm>,
    /// First day.
    pub opened: Option<Spanned<Date>>,
    /// Last day.
    pub closed: Option<Spanned<Date>>,
    /// How many delegates.
    pub delegates: Option<u64>,
    /// Its theme (chủ đề).
    pub theme: Option<Text>,
    /// Its motto (phương châm).
    pub motto: Option<Text>,
}

/// A breakthrough or key task: words, or a title with a text.
#[derive(Debug, Clone)]
pub struct Heading {
    /// What it is.
    pub title: Text,
    /// What is said of it.
    pub text: Option<Text>,
}

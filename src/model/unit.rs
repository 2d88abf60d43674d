//! A unit: an organisation that writes reports (content format 3.1).

use crate::model::document::Document;
use crate::model::id::UnitId;
use crate::model::report::Body;
use crate::model::text::{Party, Passage, Text};
use crate::model::word::{EventKind, Extent, Level};
use crate::source::{FileId, Span, Spanned};
use crate::vietnamese::date::PartialDate;

/// A unit as its `_index.md` gives it.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// As printed.
    pub name: Text,
    /// For menus.
    pub short_name: Option<Text>,
    /// Its level.
    pub level: Level,
    /// The unit above it.
    pub parent: Option<Party>,
    /// Earlier names.
    pub names: Vec<FormerName>,
    /// What made or changed it.
    pub events: Vec<Event>,
    /// Area, people, members …
    pub figures: Vec<Figure>,
    /// Documents that all its reports may cite.
    pub documents: Vec<Document>,
    /// Old addresses.
    pub aliases: Vec<Spanned<String>>,
    /// Texts to look through for references.
    pub passages: Vec<Passage>,
    /// The words of its page.
    pub body: Option<Body>,
    /// Its `_index.md`.
    pub file: FileId,
}

/// A name a unit once bore.
#[derive(Debug, Clone)]
pub struct FormerName {
    /// The name.
    pub name: Text,
    /// Since when.
    pub from: Option<Spanned<PartialDate>>,
    /// Until when.
    pub until: Option<Spanned<PartialDate>>,
}

/// An event of the lineage as one unit notes it.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub date: Spanned<PartialDate>,
    /// What happened.
    pub kind: EventKind,
    /// Out of what.
    pub from: Vec<EventParty>,
    /// Into what; this unit where the author names none.
    pub to: Vec<EventParty>,
    /// The document it rests on.
    pub basis: Option<Text>,
    /// Words about it.
    pub note: Option<Text>,
    /// Where it stands.
    pub span: Span,
}

/// A party to an event and how much of it took part.
#[derive(Debug, Clone)]
pub struct EventParty {
    /// Who.
    pub party: Party,
    /// How much.
    pub extent: Extent,
}

/// A figure of a unit.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What is counted.
    pub name: Text,
    /// The figure, as written.
    pub value: Text,
    /// Unit of measure.
    pub unit: Option<Text>,
    /// At which date.
    pub as_of: Option<Spanned<PartialDate>>,
}

//! A report (content format 3.3).

use std::sync::Arc;

use crate::markdown::Scan;
use crate::model::document::Document;
use crate::model::id::{ReportId, TermId, UnitId};
use crate::model::item::{Cause, Statement};
use crate::model::quantity::NamedFigure;
use crate::model::reference::{ItemRef, ReportRef};
use crate::model::tally::Tally;
use crate::model::text::{Party, Passage, Text};
use crate::model::word::{Access, ReportKind, Status};
use crate::path::Url;
use crate::source::{FileId, Source, Span, Spanned};
use crate::vietnamese::date::{Date, PartialDate};

/// A report as its file gives it.
#[derive(Debug, Clone)]
pub struct Report {
    /// The unit in whose folder it lies.
    pub unit: UnitId,
    /// The term in whose folder it lies.
    pub term: TermId,
    /// Its id.
    pub id: ReportId,
    /// Its title.
    pub title: Text,
    /// Its kind.
    pub kind: ReportKind,
    /// When it was presented or published.
    pub date: Spanned<Date>,
    /// The date of its figures.
    pub as_of: Spanned<Date>,
    /// Who presented it, where not the folder's unit.
    pub presented_by: Option<Party>,
    /// To whom, where not the folder's unit.
    pub presented_to: Option<Party>,
    /// How far it has come.
    pub status: Status,
    /// Who may read it.
    pub access: Access,
    /// One paragraph.
    pub summary: Option<Text>,
    /// What it retells.
    pub source: Option<Origin>,
    /// Other reports made from the same source.
    pub retells: Vec<Spanned<ReportRef>>,
    /// What it claims in sum.
    pub tally: Tally,
    /// What it states of items, by kind and in the author's order.
    pub statements: Vec<Statement>,
    /// Causes given for several limitations at once.
    pub causes: Vec<SharedCause>,
    /// Documents it cites.
    pub documents: Vec<Document>,
    /// Old addresses.
    pub aliases: Vec<Spanned<String>>,
    /// Corrections of a frozen report.
    pub errata: Vec<Erratum>,
    /// Texts to look through for references; all texts where it has errata.
    pub passages: Vec<Passage>,
    /// Its text.
    pub body: Body,
    /// Its file.
    pub file: FileId,
    /// Whether its front matter has errors, so that its lists cannot be held against its claims.
    pub has_errors: bool,
    /// Whether a statement had to be left out.
    pub has_gaps: bool,
}

/// The source that a report retells.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Its title.
    pub title: Option<Text>,
    /// Who published it.
    pub publisher: Option<Text>,
    /// When.
    pub date: Option<Spanned<PartialDate>>,
    /// Where it can be read.
    pub url: Option<Spanned<Url>>,
}

/// A cause of several limitations.
#[derive(Debug, Clone)]
pub struct SharedCause {
    /// The cause.
    pub cause: Cause,
    /// The limitations; empty for all that the report states.
    pub limitations: Vec<ItemRef>,
}

/// A correction of a frozen report.
#[derive(Debug, Clone)]
pub struct Erratum {
    /// When it was made.
    pub date: Spanned<Date>,
    /// What stood there.
    pub was: Text,
    /// What is right.
    pub now: Text,
    /// Why.
    pub why: Option<Text>,
    /// The item that it is about, where it is about one.
    pub item: Option<ItemRef>,
    /// What stood there as figures; see [`crate::model::quantity::named`].
    pub was_figures: Vec<NamedFigure>,
    /// What is right as figures.
    pub now_figures: Vec<NamedFigure>,
}

/// The Markdown of a file after its front matter.
#[derive(Debug, Clone)]
pub struct Body {
    /// The file, of which it is what stands from `start` on.
    source: Arc<Source>,
    start: u32,
    /// Where it begins in its file, as an empty span.
    pub span: Span,
    scan: Arc<Scan>,
}

impl Body {
    /// The body of a file from a byte of its text on, with what was found in it.
    pub fn new(source: &Arc<Source>, file: FileId, start: usize, scan: Arc<Scan>) -> Self {
        let span = Span::bytes(file, start, start);
        Self { source: Arc::clone(source), start: u32::try_from(start).unwrap_or(u32::MAX), span, scan }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.source.text.get(self.start as usize..).unwrap_or_default()
    }

    /// Its headings, references and links; offsets are of the text.
    pub fn scan(&self) -> &Scan {
        &self.scan
    }

    /// The place of a range of its text.
    pub fn place(&self, range: &std::ops::Range<usize>) -> Span {
        self.span.part(range.start, range.end)
    }
}

impl Report {
    /// Whether it belongs to what is published: public and past draft.
    pub fn is_published(&self) -> bool {
        self.access == Access::Public && self.status != Status::Draft
    }

    /// Whether `--drafts` may show it: public, though a draft.
    pub fn is_showable(&self) -> bool {
        self.access == Access::Public
    }
}

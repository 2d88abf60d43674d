//! Words that an author wrote, and parties that are either a unit of the site or words.

use std::sync::Arc;

use crate::markdown::Flavour;
use crate::model::id::UnitId;
use crate::source::{Span, Spanned};

/// Words with their place. Markdown links and references work in every text (content format, section 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// As written, in NFC, never blank.
    pub raw: Arc<str>,
    /// Where.
    pub span: Span,
    /// How much Markdown it may hold.
    pub flavour: Flavour,
}

/// A text and the statement of its file that it belongs to, if any: what is looked through for references.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The number of the statement in its report.
    pub statement: Option<usize>,
    /// The text.
    pub text: Text,
}

/// Somebody or some body: a unit of the site, or words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// What has the form of an id.
    Unit(Spanned<UnitId>),
    /// Anything else.
    Words(Text),
}

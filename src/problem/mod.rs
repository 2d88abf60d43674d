//! Problems: everything we say about an author's files.
//!
//! A problem carries data and a place; its words sit in [`catalogue`] in both languages. [`locate`] turns places into
//! lines and columns, [`report`] shows problems to people and machines. Nothing here prints.

#[macro_use]
mod closed;
pub mod catalogue;
pub mod control;
mod line;
pub mod locate;
pub mod report;
pub mod say;

pub use catalogue::Finding;

use crate::source::{FileId, Span};

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Worth mending; the site is written all the same.
    Warning,
}

/// Where a problem is: in a text that was read, or at a path that has none (a missing, refused or binary file).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// In a text.
    Text(Span),
    /// At a path.
    Path(String),
}

/// Something to mend in an author's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub finding: Finding,
    /// Where.
    pub at: At,
    /// The nearest right words, best first.
    pub nearest: Vec<String>,
    /// Whether it stands where an error of its kind is only a warning.
    pub is_spared: bool,
}

impl Problem {
    /// A finding at a place of a text.
    pub fn new(finding: Finding, span: Span) -> Self {
        Self { finding, at: At::Text(span), nearest: Vec::new(), is_spared: false }
    }

    /// A finding about a file as a whole.
    pub fn at_path(finding: Finding, path: impl Into<String>) -> Self {
        Self { finding, at: At::Path(path.into()), nearest: Vec::new(), is_spared: false }
    }

    /// How bad it is here.
    pub fn severity(&self) -> Severity {
        if self.is_spared { Severity::Warning } else { self.finding.severity() }
    }

    /// The same with the nearest right words.
    pub fn with_nearest<S: Into<String>>(mut self, nearest: impl IntoIterator<Item = S>) -> Self {
        self.nearest = nearest.into_iter().map(Into::into).collect();
        self
    }
}

/// The problems of a stage, in the order they were found; they are sorted when they are shown.
#[derive(Debug, Clone, Default)]
pub struct Problems(Vec<Problem>);

impl FromIterator<Self> for Problems {
    fn from_iter<I: IntoIterator<Item = Self>>(all: I) -> Self {
        Self(all.into_iter().flat_map(|problems| problems.0).collect())
    }
}

impl Problems {
    /// Adds a finding at a place of a text.
    pub fn add(&mut self, finding: Finding, span: Span) {
        self.0.push(Problem::new(finding, span));
    }

    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Adds all problems of another stage.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Makes warnings of those findings in frozen terms whose rule may be younger than the seal: what was published stays
    /// readable (content format, section 7).
    pub fn spare(&mut self, is_frozen: impl Fn(FileId) -> bool) {
        for problem in &mut self.0 {
            problem.is_spared |= matches!(problem.finding, Finding::Control { .. })
                && matches!(problem.at, At::Text(span) if is_frozen(span.file));
        }
    }

    /// Keeps what `keep` accepts.
    pub fn retain(&mut self, keep: impl FnMut(&Problem) -> bool) {
        self.0.retain(keep);
    }

    /// The problems found so far.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// Whether any of them is an error; with `strict` a warning is one too.
    pub fn any_error(&self, strict: bool) -> bool {
        self.0.iter().any(|p| strict || p.severity() == Severity::Error)
    }
}

//! The library: everything that authors wrote, typed and in order, before it is linked.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::id::{TermId, UnitId};
use crate::model::report::{Body, Report};
use crate::model::term::Term;
use crate::model::text::{Passage, Text};
use crate::model::unit::Unit;
use crate::source::FileId;

/// All units, terms and reports of a site, each list in the order of its ids.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The home page's words, where there are some.
    pub home: Option<Home>,
    /// Units by id.
    pub units: Vec<Unit>,
    /// Terms that a folder or `_index.md` makes, by unit and id.
    pub terms: Vec<Term>,
    /// Reports by unit, term and id.
    pub reports: Vec<Arc<Report>>,
    /// Where something had to be left out: a reference into a gap is no mistake of its own.
    pub gaps: BTreeSet<Gap>,
}

/// A part of the content of which something is missing because of an error reported elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// A unit.
    Unit(UnitId),
    /// A term: its own file, a report of it, or an item.
    Term(UnitId, TermId),
}

/// The words of the home page.
#[derive(Debug, Clone)]
pub struct Home {
    /// A title of its own.
    pub title: Option<Text>,
    /// Its words.
    pub body: Body,
    /// Texts to look through for references.
    pub passages: Vec<Passage>,
    /// Its file.
    pub file: FileId,
}

impl Library {
    /// The unit with an id.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.binary_search_by(|u| u.id.cmp(id)).ok().map(|at| &self.units[at])
    }

    /// The numbers of the reports in a unit's folder.
    pub fn of_unit(&self, unit: &UnitId) -> std::ops::Range<usize> {
        self.reports.partition_point(|r| r.unit < *unit)..self.reports.partition_point(|r| r.unit <= *unit)
    }

    /// The term with an id.
    pub fn term(&self, unit: &UnitId, id: &TermId) -> Option<&Term> {
        self.terms.binary_search_by(|t| (&t.unit, &t.id).cmp(&(unit, id))).ok().map(|at| &self.terms[at])
    }
}

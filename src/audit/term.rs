//! Whether a term is over for a report, and what may be said before and after (content format 3.3, 3.4 and 7).
//!
//! A term is over or not by the dates that reports carry, never by today's: the same sources give the same answer in ten
//! years. The term in question is the item's, so that a report may close the term before its own and open the next.

use super::Stated;
use crate::graph::{Graph, TermNode};
use crate::model::item::Target;
use crate::model::report::Report;
use crate::model::word::{Outcome, ReportKind};
use crate::problem::{Finding, Problems};
use crate::vietnamese::Language;
use crate::vietnamese::date::Date;

/// Whether `term` is over for `report` (content format 3.3): it is `political` or `review` and has its figures from the
/// term's last calendar year or later, or it is of any kind and has them from the term's last day or later.
pub fn is_over(report: &Report, term: &TermNode) -> bool {
    let as_of = report.as_of.value;
    let judges = matches!(report.kind, ReportKind::Political | ReportKind::Review);
    as_of >= term.until || judges && as_of.year() >= term.until.year()
}

/// `missed` only after the term, `outlook` only before its end, and only where the report itself says so: what an item
/// inherits was right when it was said.
pub(super) fn check(stated: &Stated<'_>, own: &Target, problems: &mut Problems) {
    let is_over = is_over(stated.report, stated.term);
    let missed = own.result.as_ref().filter(|r| r.value == Outcome::Missed);
    if let Some(result) = missed.filter(|_| !is_over) {
        problems.add(Finding::MissedTooEarly {}, result.span);
    }
    if let Some(outlook) = own.outlook.as_ref().filter(|_| is_over) {
        problems.add(Finding::OutlookTooLate {}, outlook.span);
    }
}

/// The order of a report's own dates, and its place in the term of its folder (content format, section 7).
pub(super) fn check_dates(report: &Report, graph: &Graph, language: Language, problems: &mut Problems) {
    let (as_of, date) = (report.as_of.value, report.date.value);
    // Where `as_of` is left out it is `date` itself, so a later one was written by the author and has its own place.
    if as_of > date {
        let finding = Finding::AsOfLater { as_of: as_of.short(language), date: date.short(language) };
        problems.add(finding, report.as_of.span);
    }
    let Some(term) = graph.term(&report.unit, &report.term).map(|ix| &graph.terms[ix]) else {
        return;
    };
    if as_of < term.from || is_over_a_year_after(as_of, term.until) {
        let finding = Finding::OutsideTerm { as_of: as_of.short(language), term: term.id.to_string() };
        problems.add(finding, report.as_of.span);
    }
}

/// A report that looks back on a term is often written in the months after it: final figures of the last year come in
/// spring, a congress may be put off. One year separates that from a report in the wrong folder, whose own term would
/// then be a year old. Before a term's first day nothing can be looked back on, so there is no tolerance there.
fn is_over_a_year_after(as_of: Date, until: Date) -> bool {
    (as_of.year(), as_of.month(), as_of.day()) > (until.year() + 1, until.month(), until.day())
}

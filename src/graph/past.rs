//! Which terms are over, when each ended, and which term of the same unit follows it.
//!
//! Decided from the content alone, never by the clock, so that a site built in ten years is the site built today: a term is
//! over where its unit has a later one, where its unit is past, or where the unit's newest report or newest term lies after
//! its last day. Relies on reports that are shown, so that a hidden one betrays nothing.

use super::Graph;
use crate::content::default_dates;
use crate::model::library::Library;
use crate::vietnamese::date::{Date, PartialDate};

/// That a term is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct End {
    /// When: the term's last day, only its year where nobody gave the day, or the day on which its unit ended before that.
    pub date: PartialDate,
    /// The unit's next term.
    pub next: Option<usize>,
}

/// The end of every term that is over, by the term's number.
pub(super) fn ends(library: &Library, graph: &Graph) -> Vec<Option<End>> {
    (0..graph.terms.len()).map(|at| end(library, graph, at)).collect()
}

fn end(library: &Library, graph: &Graph, at: usize) -> Option<End> {
    let term = &graph.terms[at];
    let all = graph.terms_of(&term.unit);
    let next = all.iter().copied().find(|other| graph.terms[*other].from > term.from);
    let unit_ended = graph.lineage().ended.get(&term.unit).map(|(date, _)| *date);
    let reports = all.iter().flat_map(|term| &graph.terms[*term].reports).map(|at| &library.reports[*at]);
    let newest = reports.map(|report| report.as_of.value.max(report.date.value)).max();
    let is_over = next.is_some() || unit_ended.is_some() || newest.is_some_and(|date| date > term.until);
    let last = match default_dates(&term.id) {
        // Nobody gave the day: 31 December of a term's last year is a convention, and congresses are held in summer.
        Some((_, until)) if until == term.until => year_of(until),
        _ => PartialDate::from(term.until),
    };
    let date = unit_ended.filter(|date| date.start() < term.until).unwrap_or(last);
    is_over.then_some(End { date, next })
}

fn year_of(date: Date) -> PartialDate {
    PartialDate::new(date.year(), None, None).unwrap_or_else(|_| PartialDate::from(date))
}

impl Graph {
    /// Whether a term is over.
    pub fn is_past_term(&self, at: usize) -> bool {
        self.ends[at].is_some()
    }

    /// Whether an item belongs to a term that is over.
    pub fn is_past_item(&self, item: super::ItemIx) -> bool {
        self.is_past_term(self.items[item].term)
    }
}

//! The judgement rules: what a report says held against its dates, its figures and its own list.
//!
//! Authors need to hear of a slip of the pen in the arithmetic before their readers do; pages need the same rules to say
//! what a task lacks or what a list counts. So each rule stands once, here, and nothing is mended or changed. Statements
//! come from [`Graph::stated`] and are judged by what they say themselves; what they leave out is filled from
//! earlier ones by the graph.

pub mod clears;
mod errata;
mod figure;
mod frozen;
mod parts;
pub mod tally;
pub mod term;
mod word;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::config::Config;
use crate::graph::item::Item;
use crate::graph::{Graph, TermNode};
use crate::model::item::{Detail, Statement, Target};
use crate::model::library::Library;
use crate::model::report::Report;
use crate::model::word::LimitationState;
use crate::problem::Problems;
use crate::source::Sources;
use crate::vietnamese::Language;

/// Judges every report that the graph shows (content format, sections 3.3, 3.4, 4 and 7).
pub fn audit(library: &Library, graph: &Graph, config: &Config) -> Problems {
    let reports: Vec<usize> = graph.stated.keys().copied().collect();
    let found: Vec<Problems> =
        reports.par_iter().map(|at| of_report(library, graph, *at, config.language)).collect();
    found.into_iter().collect()
}

fn of_report(library: &Library, graph: &Graph, at: usize, language: Language) -> Problems {
    let mut problems = Problems::default();
    term::check_dates(&library.reports[at], graph, language, &mut problems);
    for stated in statements(library, graph, at) {
        let Some((own, effective)) = stated.targets() else {
            continue;
        };
        term::check(&stated, own, &mut problems);
        figure::check(own, effective, language, &mut problems);
        parts::check(own, effective, language, &mut problems);
    }
    tally::check(library, graph, at, language, &mut problems);
    problems
}

/// Judges what was sealed: files of frozen terms that have changed, and corrections that correct nothing (content format,
/// sections 3.2, 3.3 and 7).
pub fn sealed(library: &Library, graph: &Graph, sources: &Sources) -> Problems {
    let mut problems = frozen::check(library, graph, sources);
    problems.extend(errata::check(library, graph));
    problems
}

/// Whether a limitation still waits: everything but mended and handed over (content format 3.6). One of which no state
/// is said still waits, for nobody has claimed that it is mended.
pub fn unresolved(state: Option<LimitationState>) -> bool {
    !matches!(state, Some(LimitationState::Mended | LimitationState::HandedOver))
}

/// What one report says of one item, and where that stands in the item's history.
struct Stated<'a> {
    report: &'a Report,
    term: &'a TermNode,
    item: &'a Item,
    /// The place in [`Item::history`].
    at: usize,
    own: &'a Statement,
    effective: &'a Statement,
}

impl<'a> Stated<'a> {
    /// As a target: what the report itself says, and what then holds.
    fn targets(&self) -> Option<(&'a Target, &'a Target)> {
        target(self.own).zip(target(self.effective))
    }
}

fn target(statement: &Statement) -> Option<&Target> {
    match &statement.detail {
        Detail::Target(target) => Some(target),
        _ => None,
    }
}

/// The statements of a report that made it into an item. The others (a doubled id, a term that does not exist) are
/// reported by the graph, and one mistake gives one problem.
fn statements<'a>(library: &'a Library, graph: &'a Graph, report: usize) -> impl Iterator<Item = Stated<'a>> {
    let stated = graph.stated.get(&report).into_iter().flatten();
    stated.enumerate().filter_map(move |(number, ix)| {
        let item = &graph.items[(*ix)?];
        let at = item.history.iter().position(|s| (s.report, s.statement) == (report, number))?;
        let said = &item.history[at];
        Some(Stated {
            report: &library.reports[report],
            term: &graph.terms[item.term],
            item,
            at,
            own: said.own(library),
            effective: said.effective(library),
        })
    })
}

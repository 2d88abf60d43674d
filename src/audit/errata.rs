//! Corrections that correct nothing, or that nobody can tell what they correct (content format 3.3). What each one corrects
//! is the graph's answer; pages show the same.

use crate::graph::correction::Fate;
use crate::graph::{Graph, ItemIx};
use crate::markdown::{self, Unlinked};
use crate::model::library::Library;
use crate::model::text::Text;
use crate::problem::{Finding, Problems};

/// Judges the corrections of every report that is shown.
pub(super) fn check(library: &Library, graph: &Graph) -> Problems {
    let mut problems = Problems::default();
    let id = |item: &ItemIx| graph.items[*item].key.id.to_string();
    let plain = |text: &Text| markdown::plain(&text.raw, text.flavour, &Unlinked);
    // What could not be read may hold what a correction is of.
    let read = graph.corrections.fates.iter().filter(|(at, _)| !library.reports[**at].has_errors);
    for (at, fates) in read {
        for (erratum, fate) in library.reports[*at].errata.iter().zip(fates) {
            let was = plain(&erratum.was);
            let finding = match fate {
                Fate::Words { is_found: false, .. } => Finding::ErratumMisses { was },
                Fate::OfMany(items) => {
                    let items = items.iter().map(id).collect::<Vec<_>>().join(", ");
                    Finding::ErratumOfMany { was, items }
                }
                Fate::Twice(item) => Finding::ErratumTwice { was, item: id(item) },
                Fate::NoFigure(item) => Finding::ErratumNoFigure { now: plain(&erratum.now), item: id(item) },
                Fate::Words { is_found: true, .. } | Fate::Figure(_) | Fate::Unknown => continue,
            };
            let place = if matches!(fate, Fate::NoFigure(_)) { erratum.now.span } else { erratum.was.span };
            problems.add(finding, place);
        }
    }
    problems
}

//! Whether a correction corrects anything: the words it calls wrong must stand in the report (content format 3.3).

use crate::content::frozen;
use crate::graph::Graph;
use crate::markdown::{self, Flavour, Unlinked};
use crate::model::library::Library;
use crate::problem::{Finding, Problems};
use crate::source::Sources;

/// Judges the corrections of every report that is shown.
pub(super) fn check(library: &Library, graph: &Graph, sources: &Sources) -> Problems {
    let mut problems = Problems::default();
    for &at in graph.stated.keys() {
        let report = &library.reports[at];
        if report.errata.is_empty() {
            continue;
        }
        let Some((words, body)) = frozen::words_of_report(&sources.get(report.file).text) else {
            continue;
        };
        let plain = |text: &str, flavour| spaced(&markdown::plain(text, flavour, &Unlinked));
        let mut said: Vec<String> = vec![spaced(body), plain(body, Flavour::Document)];
        said.extend(words.iter().flat_map(|word| [spaced(word), plain(word, Flavour::Prose)]));
        for erratum in &report.errata {
            let was = [spaced(&erratum.was.raw), plain(&erratum.was.raw, Flavour::Prose)];
            if !said.iter().any(|said| was.iter().any(|was| said.contains(was.as_str()))) {
                let finding = Finding::ErratumMisses { was: was[1].clone() };
                problems.add(finding, erratum.was.span);
            }
        }
    }
    problems
}

/// A text with one space between its words.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! What a report claims in sum against what it lists (content format, section 4).
//!
//! [`counted`] is the list's side, [`compared`] puts the parts of a claim beside it; pages show both columns, and the
//! warning speaks of the same figures. An item counts for the term that it is stated for, so that one with another
//! `term` does not enter.

use super::{Stated, statements, target, term, word};
use crate::graph::Graph;
use crate::model::item::ItemKind;
use crate::model::library::Library;
use crate::model::tally::{Claim, ClaimPart};
use crate::model::word::{Outcome, Outlook};
use crate::problem::{Finding, Problems};
use crate::source::Span;
use crate::vietnamese::Language;

/// What a report's list holds of one kind, in the order of the list.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    assessed: Vec<Assessment>,
}

/// What holds of one listed item at its report; of other kinds than targets, nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Assessment {
    result: Option<Outcome>,
    outlook: Option<Outlook>,
}

/// A part of a claim, or several that claim the same in different words, beside the count of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The numbers of the parts in [`Claim::parts`].
    pub parts: Vec<usize>,
    /// The result that they claim.
    pub result: Option<Outcome>,
    /// The outlook that they claim.
    pub outlook: Option<Outlook>,
    /// How many they claim together.
    pub claimed: u64,
    /// How many the list holds.
    pub counted: u64,
    /// The place of the first count.
    pub span: Span,
}

/// Counts the items of one kind that a report lists for its own unit and term (content format, section 4).
///
/// An item that the report merely names keeps the result and outlook of the report before (content format, section 2),
/// but an outlook ends with a later result or with the term: a target that came out as missed must not be counted
/// among those that were likely in the middle of the term.
pub fn counted(library: &Library, graph: &Graph, report: usize, kind: ItemKind) -> Counted {
    let listed = statements(library, graph, report).filter(|s| s.item.key.kind == kind && is_own(s));
    Counted { assessed: listed.map(|s| assessment(library, &s)).collect() }
}

/// The parts of a claim about targets beside the list, in the order of the claim.
///
/// Left out is what cannot be counted: parts in words alone, cumulative ones, and a result of which any part has a `band`,
/// since bands are not said of items. `met-or-exceeded` takes in `met` and `exceeded`, except where the claim
/// has a part of its own for them.
pub fn compared(claim: &Claim, counted: &Counted) -> Vec<Compared> {
    let mut groups: Vec<Compared> = Vec::new();
    let countable = |p: &&ClaimPart| !p.is_cumulative && (p.result.is_some() || p.outlook.is_some());
    let own: Vec<&ClaimPart> = claim.parts.iter().filter(countable).collect();
    for (at, part) in claim.parts.iter().enumerate().filter(|(_, p)| countable(p)) {
        if claim.kind != ItemKind::Target || own.iter().any(|p| p.band.is_some() && says_same(p, part)) {
            continue;
        }
        let count = part.count.value;
        match groups.iter_mut().find(|g| (g.result, g.outlook) == (part.result, part.outlook)) {
            Some(group) => {
                group.parts.push(at);
                group.claimed = group.claimed.saturating_add(count);
            }
            None => groups.push(Compared {
                parts: vec![at],
                result: part.result,
                outlook: part.outlook,
                claimed: count,
                counted: counted.matching(part, &own),
                span: part.count.span,
            }),
        }
    }
    groups
}

/// Warns of claims that the report's own list does not bear out, unless the list is a selection, or has errors, or there
/// is none. Parts are held against it only where it seems complete: a list that falls short falls short in its parts too.
pub(super) fn check(
    library: &Library,
    graph: &Graph,
    report: usize,
    language: Language,
    problems: &mut Problems,
) {
    let source = &library.reports[report];
    let stated = graph.stated.get(&report).into_iter().flatten();
    // A doubled id is an error of its own; the list that comes of it is not the one that the author means.
    let is_doubled = statements(library, graph, report).count() < stated.flatten().count();
    if source.has_errors || is_doubled {
        return;
    }
    for claim in source.tally.claims.iter().filter(|c| !c.is_partial) {
        let counted = counted(library, graph, report, claim.kind);
        if counted.total() == 0 {
            continue;
        }
        let mut compare = |claimed: u64, counted: u64, result, outlook, span| {
            if claimed != counted {
                let what = word::counted(claim.kind, result, outlook, language);
                problems.add(Finding::ClaimDiffers { what, claimed, counted }, span);
            }
        };
        match &claim.total {
            Some(total) if total.value != counted.total() => {
                compare(total.value, counted.total(), None, None, total.span);
            }
            _ => {
                for c in compared(claim, &counted) {
                    compare(c.claimed, c.counted, c.result, c.outlook, c.span);
                }
            }
        }
    }
}

impl Counted {
    /// How many items there are.
    pub fn total(&self) -> u64 {
        self.count(|_| true)
    }

    /// How many have each result, in the order of the format, without those that none has.
    pub fn results(&self) -> Vec<(Outcome, u64)> {
        tallied(self.assessed.iter().filter_map(|a| a.result))
    }

    /// How many have each outlook, in the order of the format, without those that none has.
    pub fn outlooks(&self) -> Vec<(Outlook, u64)> {
        tallied(self.assessed.iter().filter_map(|a| a.outlook))
    }

    /// How many have what a part claims; `own` are all parts that are counted for themselves.
    fn matching(&self, part: &ClaimPart, own: &[&ClaimPart]) -> u64 {
        let is_apart = |result| own.iter().any(|p| p.result == Some(result) && p.outlook == part.outlook);
        let has_result = |found: Option<Outcome>| match (part.result, found) {
            (None, _) => true,
            (Some(Outcome::MetOrExceeded), Some(found @ (Outcome::Met | Outcome::Exceeded))) => {
                !is_apart(found)
            }
            (claimed, found) => claimed == found,
        };
        self.count(|a| has_result(a.result) && (part.outlook.is_none() || part.outlook == a.outlook))
    }

    fn count(&self, is_meant: impl Fn(&Assessment) -> bool) -> u64 {
        self.assessed.iter().map(|a| u64::from(is_meant(a))).sum()
    }
}

fn is_own(stated: &Stated<'_>) -> bool {
    let (key, report) = (&stated.item.key, stated.report);
    (&key.unit, &key.term) == (&report.unit, &report.term)
}

fn says_same(a: &ClaimPart, b: &ClaimPart) -> bool {
    (a.result, a.outlook) == (b.result, b.outlook)
}

fn assessment(library: &Library, stated: &Stated<'_>) -> Assessment {
    let Some((_, effective)) = stated.targets() else {
        return Assessment::default();
    };
    let until_now = stated.item.history[..=stated.at].iter().rev();
    let latest = until_now
        .filter_map(|said| target(said.own(library)))
        .find(|t| t.result.is_some() || t.outlook.is_some())
        .filter(|_| !term::is_over(stated.report, stated.term));
    Assessment {
        result: effective.result.as_ref().map(|r| r.value),
        outlook: latest.and_then(|t| t.outlook.as_ref()).map(|o| o.value),
    }
}

/// How often each word occurs, in their order.
fn tallied<W: Copy + Ord>(words: impl Iterator<Item = W>) -> Vec<(W, u64)> {
    let mut words: Vec<W> = words.collect();
    words.sort();
    words.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u64)).collect()
}

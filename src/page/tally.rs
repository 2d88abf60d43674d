//! The tally of a report: what it claims beside what its lists hold (content format, section 4).

use serde::Serialize;

use super::link::plural;
use super::link::{Dated, Html, Link};
use super::names::Names;
use super::writer::Writer;
use crate::audit::tally::{compared, counted};
use crate::graph::{Node, Site};
use crate::model::item::ItemKind;
use crate::model::tally::Claim;
use crate::model::word::Word;
use crate::path::OutputPath;
use crate::vietnamese::number;

/// The tally of a report.
#[derive(Debug, Clone, Serialize)]
pub struct TallyView {
    /// Claims and counts, by kind.
    pub claims: Vec<ClaimView>,
    /// Solution groups by name.
    pub solution_groups: Vec<SolutionView>,
    /// How many solution groups there are in all, where the report says so or names them.
    pub solution_total: Option<String>,
}

/// Claim and count of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimView {
    /// The plural name of the kind.
    pub name: &'static str,
    /// What the report claims.
    pub claimed: Option<String>,
    /// What its list holds; absent where it lists none.
    pub counted: Option<String>,
    /// Whether the list is a selection.
    pub is_partial: bool,
    /// How the claim divides.
    pub parts: Vec<PartView>,
    /// What the parts leave of the total unsaid.
    pub remainder: Option<String>,
}

/// A part of a claim.
#[derive(Debug, Clone, Serialize)]
pub struct PartView {
    /// With which result.
    pub result: Option<&'static str>,
    /// With which outlook.
    pub outlook: Option<&'static str>,
    /// In the report's own words, HTML.
    pub wording: Option<Html>,
    /// A band, HTML.
    pub band: Option<Html>,
    /// Whether it includes the parts before it.
    pub is_cumulative: bool,
    /// How many the report claims.
    pub claimed: String,
    /// The share of the total, `90,5%`; absent without a total.
    pub share: Option<String>,
    /// The length of its bar, 0 to 100.
    pub bar: u32,
    /// How many its list holds.
    pub counted: Option<String>,
}

/// A solution group.
#[derive(Debug, Clone, Serialize)]
pub struct SolutionView {
    /// Its name, HTML.
    pub name: Option<Html>,
    /// How many it holds.
    pub count: String,
}

/// What a report claims of its term, for the pages of the term and of the site.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimGlance {
    /// The report.
    pub report: Link,
    /// Its kind.
    pub kind: &'static str,
    /// The date of its figures.
    pub as_of: Dated,
    /// Its tally.
    pub tally: TallyView,
}

/// The tally of a report; `None` where it claims nothing: what it lists is counted beside its lists.
pub fn view(site: &Site, names: &Names, here: &OutputPath, report: usize) -> Option<TallyView> {
    if !has_claims(site, report) {
        return None;
    }
    let writer = Writer::new(site, names, here, Node::Report(report), None);
    let tally = &site.library.reports[report].tally;
    let claims: Vec<ClaimView> = super::link::KINDS
        .into_iter()
        .filter_map(|(kind, _)| {
            let claim = tally.claims.iter().find(|c| c.kind == kind);
            claim_view(site, &writer, report, kind, claim)
        })
        .collect();
    let group = |g: &crate::model::tally::SolutionGroup| SolutionView {
        name: writer.opt(g.name.as_ref()),
        count: number::group(g.count.value, site.config.language),
    };
    let groups: Vec<SolutionView> = tally.solution_groups.iter().map(group).collect();
    let sum: u64 = tally.solution_groups.iter().map(|g| g.count.value).fold(0, u64::saturating_add);
    let total = tally.solution_total.as_ref().map(|t| t.value).or((!groups.is_empty()).then_some(sum));
    let view = TallyView {
        claims,
        solution_groups: groups,
        solution_total: total.map(|t| number::group(t, site.config.language)),
    };
    (!view.claims.is_empty() || view.solution_total.is_some()).then_some(view)
}

/// Whether a report claims anything in sum.
pub fn has_claims(site: &Site, report: usize) -> bool {
    let tally = &site.library.reports[report].tally;
    !tally.claims.is_empty() || !tally.solution_groups.is_empty() || tally.solution_total.is_some()
}

/// What a report claims, with the report itself.
pub fn glance(site: &Site, names: &Names, here: &OutputPath, report: usize) -> Option<ClaimGlance> {
    let written = &site.library.reports[report];
    let href = names.addresses.get(Node::Report(report)).href_from(here);
    Some(ClaimGlance {
        report: Link { href: format!("{href}#_tally"), words: names.report_title(report).to_owned() },
        kind: written.kind.name(),
        as_of: Dated::day(written.as_of.value, site.config.language),
        tally: view(site, names, here, report)?,
    })
}

fn claim_view(
    site: &Site,
    writer: &Writer<'_>,
    report: usize,
    kind: ItemKind,
    claim: Option<&Claim>,
) -> Option<ClaimView> {
    let written = &site.library.reports[report];
    let held = counted(&site.library, &site.graph, report, kind);
    let group = |n: u64| number::group(n, site.config.language);
    let listed = (held.total() > 0).then(|| group(held.total()));
    let Some(claim) = claim else {
        return listed.map(|counted| ClaimView {
            name: plural(kind),
            claimed: None,
            counted: Some(counted),
            is_partial: false,
            parts: Vec::new(),
            remainder: None,
        });
    };
    let total = claim.total.as_ref().map(|t| t.value);
    // One count may answer several parts of one result in different words; it is shown at the first of them.
    let counts = if held.total() > 0 && !written.has_errors { compared(claim, &held) } else { Vec::new() };
    let count_of = |at: usize| counts.iter().find(|c| c.parts.first() == Some(&at)).map(|c| group(c.counted));
    let part = |(at, p): (usize, &crate::model::tally::ClaimPart)| PartView {
        result: p.result.map(Word::name),
        outlook: p.outlook.map(Word::name),
        wording: writer.opt(p.wording.as_ref()),
        band: writer.opt(p.band.as_ref()),
        is_cumulative: p.is_cumulative,
        claimed: group(p.count.value),
        share: total.and_then(|t| share(p.count.value, t)).map(|s| number::percent(s, site.config.language)),
        bar: total
            .and_then(|t| share(p.count.value, t))
            .and_then(|s| u32::try_from(s.round()).ok())
            .unwrap_or(0)
            .min(100),
        counted: count_of(at),
    };
    Some(ClaimView {
        name: plural(kind),
        claimed: total.map(group),
        counted: listed,
        is_partial: claim.is_partial,
        parts: claim.parts.iter().enumerate().map(part).collect(),
        remainder: claim.remainder().map(group),
    })
}

/// A part of a whole in per cent.
fn share(part: u64, whole: u64) -> Option<number::Decimal> {
    let (part, whole) = (number::Decimal::from(part), number::Decimal::from(whole));
    part.checked_mul(number::Decimal::ONE_HUNDRED)?.checked_div(whole)
}

//! The history of an item: what each report says of it, and the long texts that their bodies give it.

use serde::Serialize;

use super::{Dated, Link};
use crate::graph::{ItemIx, Node, Site};
use crate::model::item::{Detail, ItemKind, Statement};
use crate::model::word::Word;
use crate::page::card;
use crate::page::link::Mark;
use crate::page::plan::Plan;
use crate::page::target::{self, Figures};
use crate::page::writer::Writer;
use crate::path::OutputPath;

/// What one report says of the item.
#[derive(Debug, Serialize)]
pub struct StatementView {
    /// The report.
    pub report: Link,
    /// Its unit in words, where it is not the item's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its kind.
    pub kind: &'static str,
    /// The date of its figures.
    pub as_of: Dated,
    /// Figures of a target, as they hold after the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figures: Option<Figures>,
    /// What the report itself says of result, outlook or state.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// The title the report gives, where it differs from the latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The report's own words of assessment, HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
    /// What it says at length, HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether it is a draft.
    pub is_draft: bool,
}

/// A long text of the item from a report's body.
#[derive(Debug, Serialize)]
pub struct LongText {
    /// The report, at the heading.
    pub report: Link,
    /// The date of its figures.
    pub as_of: Dated,
    /// HTML.
    pub html: String,
}

pub(super) fn statement(
    site: &Site,
    plan: &Plan,
    here: &OutputPath,
    at: ItemIx,
    report: usize,
) -> StatementView {
    let library = &site.library;
    let item = &site.graph.items[at];
    let writer = Writer::new(site, plan, here, Node::Report(report), Some(at));
    let (own, effective) = match item.said_by(report) {
        Some(said) => (said.own(library), said.effective(library)),
        None => (item.heading(library), item.heading(library)),
    };
    let written = &library.reports[report];
    let (figures, wording) = match (&effective.detail, &own.detail) {
        (Detail::Target(t), Detail::Target(own)) => {
            (Some(target::figures(&site.config, &writer, t)), writer.opt(own.wording.as_ref()))
        }
        _ => (None, None),
    };
    let title =
        own.title.as_ref().filter(|t| Some(&t.raw) != item.heading(library).title.as_ref().map(|h| &h.raw));
    StatementView {
        report: Link {
            href: format!(
                "{}#{}",
                plan.addresses.get(Node::Report(report)).href_from(here),
                anchor(item.key.kind, item.key.id.as_str())
            ),
            words: plan.report_title(report).to_owned(),
        },
        unit: (written.unit != item.key.unit)
            .then(|| card::unit_link(site, plan, here, &written.unit).words)
            .filter(|words| words != plan.unit_of(site, item.term)),
        kind: written.kind.name(),
        as_of: Dated::day(written.as_of.value, site.config.language),
        figures,
        marks: marks_of(own),
        title: title.map(|t| writer.plain(t)),
        wording,
        text: writer.opt(own.text.as_ref()),
        is_draft: !written.is_published(),
    }
}

/// Result and outlook apart, both where both are said.
fn marks_of(own: &Statement) -> Vec<Mark> {
    match &own.detail {
        Detail::Target(t) => {
            let result = t.result.as_ref().map(|r| Mark { set: "result", name: r.value.name() });
            let outlook = t.outlook.as_ref().map(|o| Mark { set: "outlook", name: o.value.name() });
            result.into_iter().chain(outlook).collect()
        }
        _ => card::mark(own).into_iter().collect(),
    }
}

/// The id under which a report's page lists a statement; authors' heading ids never hold `_`.
pub fn anchor(kind: ItemKind, id: &str) -> String {
    format!("{}_{id}", kind.name())
}

pub(super) fn long_texts(site: &Site, plan: &Plan, here: &OutputPath, at: ItemIx) -> Vec<LongText> {
    let mut texts = Vec::new();
    for said in site.graph.items[at].history.iter().rev() {
        let headings: Vec<usize> = site
            .graph
            .headings
            .get(&said.report)
            .into_iter()
            .flatten()
            .filter(|(_, i)| *i == at)
            .map(|(h, _)| *h)
            .collect();
        if headings.is_empty() {
            continue;
        }
        let report = &site.library.reports[said.report];
        let writer = Writer::new(site, plan, here, Node::Report(said.report), Some(at));
        let id = report.body.scan().headings[headings[0]]
            .id
            .as_ref()
            .map(|(id, _)| id.as_str())
            .unwrap_or_default();
        let prefix = format!("{}-{}-", report.term, report.id);
        for html in writer.sections(&report.body, &headings, &prefix) {
            texts.push(LongText {
                report: Link {
                    href: format!("{}#{id}", plan.addresses.get(Node::Report(said.report)).href_from(here)),
                    words: plan.report_title(said.report).to_owned(),
                },
                as_of: Dated::day(report.as_of.value, site.config.language),
                html,
            });
        }
    }
    texts
}

//! The history of an item: what each report says of it, and the long texts that their bodies give it.

use std::sync::Arc;

use serde::Serialize;

use super::{Dated, Html, Link};
use crate::graph::item;
use crate::graph::{ItemIx, Node, Site};
use crate::model::item::{Detail, Statement};
use crate::model::word::Word;
use crate::page::brief;
use crate::page::card;
use crate::page::link::Mark;
use crate::page::names::Names;
use crate::page::target::{self, Figures};
use crate::page::writer::Writer;
use crate::path::OutputPath;

/// What one report says of the item. A field that says nothing is left out.
#[derive(Debug, Serialize)]
pub struct StatementView<'a> {
    /// The report's page, at the statement.
    pub href: String,
    /// The report's title.
    pub report: &'a str,
    /// Its unit in words, where it is not the item's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its kind.
    pub kind: Arc<str>,
    /// The date of its figures, for machines.
    pub iso: String,
    /// The date of its figures.
    pub as_of: String,
    /// The figures of a target that hold after the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figures: Option<Figures>,
    /// What the report itself says of result or state, else of the outlook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// The outlook that it says beside a result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlook: Option<Mark>,
    /// The title the report gives, where it differs from the latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The report's own words of assessment, HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<Html>,
    /// What it says at length, HTML; what the newest says stands above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Html>,
    /// Whether it is a draft.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
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
    pub html: Html,
}

/// What the reports say of an item, newest first; `now` are the figures of a target as they hold now.
pub(super) fn statements<'a>(
    site: &'a Site,
    names: &'a Names,
    here: &OutputPath,
    at: ItemIx,
    now: Option<&Figures>,
) -> Vec<StatementView<'a>> {
    let history = &site.graph.items[at].history;
    let view = |(number, said): (usize, &item::Said)| {
        statement(site, names, here, at, said.report, number == 0, now)
    };
    history.iter().rev().enumerate().map(view).collect()
}

fn statement<'a>(
    site: &'a Site,
    names: &'a Names,
    here: &OutputPath,
    at: ItemIx,
    report: usize,
    is_newest: bool,
    now: Option<&Figures>,
) -> StatementView<'a> {
    let library = &site.library;
    let item = &site.graph.items[at];
    let heading = item.heading(library);
    let writer = Writer::new(site, names, here, Node::Report(report), Some(at));
    let (own, effective) = match item.said_by(report) {
        Some(said) => (said.own(library), said.effective(library)),
        None => (heading, heading),
    };
    let written = &library.reports[report];
    let (figures, wording) = match (&effective.detail, &own.detail) {
        (Detail::Target(t), Detail::Target(own)) => {
            // Most targets are stated once: what holds after that holds now.
            let known = now.filter(|_| is_newest && std::ptr::eq(effective, heading)).cloned();
            let figures = known.unwrap_or_else(|| target::figures(&site.config, &writer, t));
            (Some(figures), writer.opt(own.wording.as_ref()))
        }
        _ => (None, None),
    };
    let title = own.title.as_ref().filter(|t| Some(&t.raw) != heading.title.as_ref().map(|h| &h.raw));
    let (mark, outlook) = marks_of(names, own);
    let as_of = Dated::day(written.as_of.value, site.config.language);
    let mut href = names.addresses.get(Node::Report(report)).href_from(here);
    href.push('#');
    site.graph.push_anchor(&mut href, report, at);
    StatementView {
        href,
        report: names.report_title(report),
        unit: (written.unit != item.key.unit)
            .then(|| card::unit_link(site, names, here, &written.unit).words)
            .filter(|words| words != names.unit_of(site, item.term)),
        kind: names.say("report_kind", written.kind.name()),
        iso: as_of.iso,
        as_of: as_of.words,
        figures,
        mark,
        outlook,
        title: title.map(|t| writer.plain(t)),
        wording,
        text: writer.opt(own.text.as_ref().filter(|_| !is_newest)),
        is_draft: !written.is_published(),
    }
}

/// Result and outlook apart, both where both are said.
fn marks_of(names: &Names, own: &Statement) -> (Option<Mark>, Option<Mark>) {
    match &own.detail {
        Detail::Target(t) => {
            let result = t.result.as_ref().map(|r| names.mark("result", r.value.name()));
            let outlook = t.outlook.as_ref().map(|o| names.mark("outlook", o.value.name()));
            if result.is_some() { (result, outlook) } else { (outlook, None) }
        }
        _ => (brief::mark(&names.labels, own), None),
    }
}

pub(super) fn long_texts(site: &Site, names: &Names, here: &OutputPath, at: ItemIx) -> Vec<LongText> {
    let mut texts = Vec::new();
    for said in site.graph.items[at].history.iter().rev() {
        let about = site.graph.headings.get(&said.report).into_iter().flatten();
        let headings: Vec<usize> = about.filter(|(_, item)| *item == at).map(|(number, _)| *number).collect();
        if headings.is_empty() {
            continue;
        }
        let report = &site.library.reports[said.report];
        let writer = Writer::new(site, names, here, Node::Report(said.report), Some(at));
        let mut prefix = format!("{}-{}-", report.term, report.id);
        if report.unit != site.graph.items[at].key.unit {
            // Two units' reports of one name may both state an item of the unit before them.
            prefix = format!("{}_{prefix}", report.unit);
        }
        for (heading, html) in writer.sections(&report.body, &headings, &prefix) {
            let id = report.body.scan().headings[heading].id.as_ref().map(|(id, _)| id.as_str());
            let page = names.addresses.get(Node::Report(said.report)).href_from(here);
            texts.push(LongText {
                report: Link {
                    href: format!("{page}#{}", id.unwrap_or_default()),
                    words: names.report_title(said.report).to_owned(),
                },
                as_of: Dated::day(report.as_of.value, site.config.language),
                html,
            });
        }
    }
    texts
}

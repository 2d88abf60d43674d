//! The scoreboard: the targets of a term with result and outlook apart, and how many of each.

use serde::Serialize;

use super::link::count;
use super::link::{Count, Html, Mark};
use super::names::Names;
use super::target::{self, Figures};
use super::writer::Writer;
use crate::graph::{ItemIx, Node, Site, anchor};
use crate::model::item::{Detail, ItemKind, Statement};
use crate::model::word::{Outcome, Outlook, Word};
use crate::path::OutputPath;

/// The targets of a term or report.
#[derive(Debug, Clone, Serialize)]
pub struct Scoreboard<'a> {
    /// How many targets are listed.
    pub total: String,
    /// How many have each result, in the order of the format; only results that occur.
    pub results: Vec<Count>,
    /// How many have each outlook.
    pub outlooks: Vec<Count>,
    /// The targets.
    pub rows: Vec<Row<'a>>,
}

/// A target in the table.
#[derive(Debug, Clone, Serialize)]
pub struct Row<'a> {
    /// Its id on the page.
    pub anchor: String,
    /// Its page.
    pub href: String,
    /// Its name in plain words.
    pub title: &'a str,
    /// Its field's label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'a str>,
    /// Its figures.
    pub figures: Figures,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Mark>,
    /// What was last foreseen of it, even where a result has overtaken that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlook: Option<Mark>,
    /// The report's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<Html>,
}

/// A target with the report whose words it is shown in, what holds of it, and what was last foreseen of it.
type Shown<'a> = (ItemIx, usize, &'a Statement, Option<Outlook>);

/// The scoreboard of some targets as they hold now.
pub fn of_items<'a>(
    site: &'a Site,
    names: &'a Names,
    here: &OutputPath,
    items: &[ItemIx],
) -> Option<Scoreboard<'a>> {
    let library = &site.library;
    let statements = items.iter().filter(|i| site.graph.items[**i].key.kind == ItemKind::Target).map(|i| {
        let item = &site.graph.items[*i];
        let foreseen = item.history.iter().rev().find_map(|said| outlook(said.own(library)));
        (*i, item.history[item.history.len() - 1].report, item.heading(library), foreseen)
    });
    build(site, names, here, statements.collect())
}

/// The scoreboard of the targets that a report states of its own term, as they hold after it.
pub fn of_report<'a>(
    site: &'a Site,
    names: &'a Names,
    here: &OutputPath,
    report: usize,
) -> Option<Scoreboard<'a>> {
    let library = &site.library;
    let folder = site.graph.term(&library.reports[report].unit, &library.reports[report].term);
    let targets = site.graph.stated.get(&report)?.iter().flatten().filter_map(|i| {
        let item = &site.graph.items[*i];
        let said = item.said_by(report)?;
        let effective = said.effective(library);
        let is_own = item.key.kind == ItemKind::Target && Some(item.term) == folder;
        is_own.then(|| (*i, report, effective, outlook(effective)))
    });
    build(site, names, here, targets.collect())
}

/// What a statement foresees.
fn outlook(statement: &Statement) -> Option<Outlook> {
    match &statement.detail {
        Detail::Target(target) => target.outlook.as_ref().map(|o| o.value),
        _ => None,
    }
}

fn build<'a>(
    site: &'a Site,
    names: &'a Names,
    here: &OutputPath,
    targets: Vec<Shown<'a>>,
) -> Option<Scoreboard<'a>> {
    if targets.is_empty() {
        return None;
    }
    let rows: Vec<Row<'a>> = targets.iter().filter_map(|shown| row(site, names, here, shown)).collect();
    Some(Scoreboard {
        total: count(site, rows.len()),
        results: counts::<Outcome>(site, names, "result", |name| {
            rows.iter().filter(|r| r.result.as_ref().is_some_and(|mark| mark.name == name)).count()
        }),
        outlooks: counts::<Outlook>(site, names, "outlook", |name| {
            rows.iter().filter(|r| r.outlook.as_ref().is_some_and(|mark| mark.name == name)).count()
        }),
        rows,
    })
}

/// How many there are of each member of a closed set, in its order; members without any are left out.
pub fn counts<T: Word>(
    site: &Site,
    names: &Names,
    set: &'static str,
    number: impl Fn(&'static str) -> usize,
) -> Vec<Count> {
    let all = T::ALL.iter().map(|(member, ..)| member.name()).map(|name| (name, number(name)));
    all.filter(|(_, n)| *n > 0)
        .map(|(name, n)| Count { mark: names.mark(set, name), count: count(site, n) })
        .collect()
}

fn row<'a>(site: &'a Site, names: &'a Names, here: &OutputPath, shown: &Shown<'a>) -> Option<Row<'a>> {
    let (at, report, statement, foreseen) = *shown;
    let Detail::Target(target) = &statement.detail else {
        return None;
    };
    let writer = Writer::new(site, names, here, Node::Report(report), Some(at));
    let item = &site.graph.items[at];
    // A term's own targets have the bare anchor on its page and on those of its reports.
    let mut anchor = String::with_capacity(32);
    anchor::push_bare(&mut anchor, ItemKind::Target, &item.key.id);
    Some(Row {
        anchor,
        href: names.addresses.get(Node::Item(at)).href_from(here),
        title: names.item_title(at),
        field: statement.field.as_ref().map(|f| site.config.field_label(&f.value)),
        figures: target::figures(&site.config, &writer, target),
        result: target.result.as_ref().map(|r| names.mark("result", r.value.name())),
        outlook: foreseen.map(|o| names.mark("outlook", o.name())),
        wording: writer.opt(target.wording.as_ref()),
    })
}

//! The page of a report: its text with contents, what it claims and states, what it cites, where it comes from.

use serde::Serialize;

use super::card::{self, ItemCard, ReportCard};
use super::document::{self, DocumentCard};
use super::errata;
use super::frame::{Frame, Sign};
use super::item::{self, CauseView, MentionView};
use super::link::count;
use super::link::{Dated, Html, KINDS, Link, MaybeLink};
use super::names::Names;
use super::scoreboard::{self, Scoreboard};
use super::tally::{self, TallyView};
use super::writer::Writer;
use crate::graph::{ItemIx, Node, Site};
use crate::markdown::ContentsEntry;
use crate::model::item::ItemKind;
use crate::model::report::Report;
use crate::model::word::Word;
use crate::path::OutputPath;

/// The page of a report.
#[derive(Debug, Serialize)]
pub struct ReportView<'a> {
    /// Its frame.
    pub page: Frame,
    /// Its title, HTML.
    pub title: Html,
    /// Its kind.
    pub kind: &'static str,
    /// `submitted` or `adopted`; `draft` only with `--drafts`.
    pub status: &'static str,
    /// Its unit.
    pub unit: Link,
    /// Its term.
    pub term: Link,
    /// When it was presented or published.
    pub date: Dated,
    /// The date of its figures, where it differs.
    pub as_of: Option<Dated>,
    /// Who presented it.
    pub presented_by: Option<MaybeLink>,
    /// To whom.
    pub presented_to: Option<MaybeLink>,
    /// Its summary, HTML.
    pub summary: Option<Html>,
    /// What it retells.
    pub source: Option<SourceView>,
    /// Other reports made from the same source.
    pub retold: Vec<ReportCard>,
    /// What it claims and what its lists hold.
    pub tally: Option<TallyView>,
    /// Its targets.
    pub scoreboard: Option<Scoreboard<'a>>,
    /// The items it states, by kind; targets of its own term stand in the scoreboard instead.
    pub groups: Vec<StatedGroup<'a>>,
    /// Causes it gives for several limitations at once.
    pub causes: Vec<SharedCauseView>,
    /// The headings of its text.
    pub contents: Vec<Heading>,
    /// Its text, HTML.
    pub body: Html,
    /// The documents it cites or lists.
    pub documents: Vec<DocumentCard>,
    /// Corrections.
    pub errata: Vec<ErratumView>,
    /// Where other pages speak of it.
    pub mentions: Vec<MentionView>,
    /// The unit's report before it.
    pub previous: Option<Link>,
    /// The unit's report after it.
    pub next: Option<Link>,
}

/// What a report retells.
#[derive(Debug, Serialize)]
pub struct SourceView {
    /// Its title, HTML.
    pub title: Option<Html>,
    /// Who published it, HTML.
    pub publisher: Option<Html>,
    /// When.
    pub date: Option<Dated>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// The items of one kind that a report states.
#[derive(Debug, Serialize)]
pub struct StatedGroup<'a> {
    /// The plural name of the kind.
    pub name: &'static str,
    /// How many.
    pub count: String,
    /// The items.
    pub entries: Vec<Stated<'a>>,
}

/// An item as a report states it.
#[derive(Debug, Serialize)]
pub struct Stated<'a> {
    /// Its id on the page.
    pub anchor: String,
    /// Its card.
    pub card: ItemCard<'a>,
    /// What the report says of it at length, HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Html>,
    /// The term it is stated for, where that is not the report's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<OtherTerm>,
}

/// A term that is not the report's own.
#[derive(Debug, Serialize)]
pub struct OtherTerm {
    /// The term.
    pub term: Link,
    /// Its unit in words.
    pub unit: String,
}

/// A cause of several limitations.
#[derive(Debug, Serialize)]
pub struct SharedCauseView {
    /// The cause.
    pub cause: CauseView,
    /// The limitations; empty for all.
    pub limitations: Vec<Link>,
}

/// A heading of the contents list.
#[derive(Debug, Serialize)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// Plain words.
    pub text: String,
}

/// A correction.
#[derive(Debug, Serialize)]
pub struct ErratumView {
    /// Its id on the page.
    pub anchor: String,
    /// When it was made.
    pub date: Dated,
    /// What stood there, HTML.
    pub was: Html,
    /// What is right, HTML.
    pub now: Html,
    /// Why, HTML.
    pub why: Option<Html>,
}

impl From<ContentsEntry> for Heading {
    fn from(entry: ContentsEntry) -> Self {
        Self { level: entry.level, id: entry.id, text: entry.text }
    }
}

/// Fills the page of a report.
pub fn fill<'a>(site: &'a Site, names: &'a Names, here: &'a OutputPath, at: usize) -> ReportView<'a> {
    let report = &site.library.reports[at];
    let writer = Writer::new(site, names, here, Node::Report(at), None);
    let language = site.config.language;
    let own_term = site.graph.term(&report.unit, &report.term);
    let term = card::term_link(names, here, own_term.unwrap_or_default());
    let unit = card::unit_link(site, names, here, &report.unit);
    let sign = Sign {
        kind: "report",
        title: names.report_title(at).to_owned(),
        nav: "",
        crumbs: vec![unit.clone(), term.clone()],
        unit: Some(&report.unit),
        term: own_term,
    };
    let body = writer.body(&report.body);
    let (previous, next) = neighbours(site, names, here, at);
    let scoreboard = scoreboard::of_report(site, names, here, at);
    let groups = groups(site, names, here, at, scoreboard.is_some());
    ReportView {
        page: Frame::new(site, names, here, sign),
        title: writer.html(&report.title),
        kind: report.kind.name(),
        status: report.status.name(),
        unit,
        term,
        date: Dated::day(report.date.value, language),
        as_of: (report.as_of.value != report.date.value).then(|| Dated::day(report.as_of.value, language)),
        presented_by: report.presented_by.as_ref().map(|p| writer.party(p)),
        presented_to: report.presented_to.as_ref().map(|p| writer.party(p)),
        summary: writer.opt(report.summary.as_ref()),
        source: report.source.as_ref().map(|s| source(site, &writer, s)),
        retold: site
            .graph
            .retold
            .get(&at)
            .into_iter()
            .flatten()
            .map(|r| card::report(site, names, here, *r))
            .collect(),
        tally: tally::view(site, names, here, at),
        scoreboard,
        groups,
        causes: causes(site, names, &writer, report),
        contents: body.contents.into_iter().map(Heading::from).collect(),
        body: Html(body.html),
        documents: document::cited(site, names, here, Node::Report(at)),
        errata: report.errata.iter().enumerate().map(|(n, e)| erratum(site, &writer, n, e)).collect(),
        mentions: item::mentions(site, names, here, Node::Report(at)),
        previous,
        next,
    }
}

fn source(site: &Site, writer: &Writer<'_>, origin: &crate::model::report::Origin) -> SourceView {
    SourceView {
        title: origin.title.as_ref().map(|t| writer.unlinked(t)),
        publisher: writer.opt(origin.publisher.as_ref()),
        date: origin.date.as_ref().map(|d| Dated::partial(d.value, site.config.language)),
        url: origin.url.as_ref().and_then(|u| writer.url(&u.value)),
    }
}

fn erratum(
    site: &Site,
    writer: &Writer<'_>,
    number: usize,
    erratum: &crate::model::report::Erratum,
) -> ErratumView {
    ErratumView {
        anchor: errata::anchor(number),
        date: Dated::day(erratum.date.value, site.config.language),
        was: writer.html(&erratum.was),
        now: writer.html(&erratum.now),
        why: writer.opt(erratum.why.as_ref()),
    }
}

fn causes(site: &Site, names: &Names, writer: &Writer<'_>, report: &Report) -> Vec<SharedCauseView> {
    let scope = crate::graph::edge::scope_of(&site.graph, report, None);
    let limitation = |r: &crate::model::reference::ItemRef| {
        let meaning = site.graph.item_ref(&site.library, scope, r, &[ItemKind::Limitation]).ok()?;
        let node = meaning.node();
        Some(Link { href: names.addresses.get(node).href_from(writer.here), words: names.name(site, node) })
    };
    let view = |shared: &crate::model::report::SharedCause| SharedCauseView {
        cause: CauseView {
            kind: shared.cause.kind.as_ref().map(|k| names.say("cause", k.value.name())),
            text: writer.html(&shared.cause.text),
            shared_by: None,
        },
        limitations: shared.limitations.iter().filter_map(limitation).collect(),
    };
    report.causes.iter().map(view).collect()
}

/// The items a report states; `has_board` where a scoreboard shows the targets of its own term.
fn groups<'a>(
    site: &'a Site,
    names: &'a Names,
    here: &OutputPath,
    at: usize,
    has_board: bool,
) -> Vec<StatedGroup<'a>> {
    let stated = site.graph.stated.get(&at).map(Vec::as_slice).unwrap_or_default();
    let group = |(kind, name)| {
        let items = stated.iter().enumerate().filter_map(|(number, item)| Some((number, (*item)?)));
        let entries: Vec<Stated<'a>> = items
            .filter(|(_, item)| site.graph.items[*item].key.kind == kind)
            .filter_map(|(number, item)| entry(site, names, here, (at, number), item, has_board))
            .collect();
        StatedGroup { name, count: count(site, entries.len()), entries }
    };
    KINDS.into_iter().map(group).filter(|g: &StatedGroup<'_>| !g.entries.is_empty()).collect()
}

/// An item as the statement, named by report and number, has it; `None` where the scoreboard shows it.
fn entry<'a>(
    site: &'a Site,
    names: &'a Names,
    here: &OutputPath,
    (report, number): (usize, usize),
    item: ItemIx,
    has_board: bool,
) -> Option<Stated<'a>> {
    let written = &site.library.reports[report];
    let own = &site.graph.items[item];
    let is_other = (&own.key.unit, &own.key.term) != (&written.unit, &written.term);
    let is_beside_board = has_board && own.key.kind == ItemKind::Target;
    if is_beside_board && !is_other {
        return None;
    }
    let writer = Writer::new(site, names, here, Node::Report(report), Some(item));
    let mut card = card::item_of_term(site, names, here, item);
    if is_beside_board {
        card.term = Some(names.term_words(own.term));
    }
    Some(Stated {
        anchor: site.graph.anchor(report, item),
        card,
        text: writer.opt(written.statements[number].text.as_ref()),
        other: is_other.then(|| OtherTerm {
            term: card::term_link(names, here, own.term),
            unit: names.unit_of(site, own.term).to_owned(),
        }),
    })
}

/// The reports of the same unit before and after this one, by time.
fn neighbours(site: &Site, names: &Names, here: &OutputPath, at: usize) -> (Option<Link>, Option<Link>) {
    let library = &site.library;
    let unit = &library.reports[at].unit;
    let mut all: Vec<usize> =
        library.of_unit(unit).filter(|report| site.graph.stated.contains_key(report)).collect();
    all.sort_by(|&a, &b| crate::graph::item::time_order(&library.reports[a], &library.reports[b]));
    let position = all.iter().position(|r| *r == at).unwrap_or_default();
    let link = |r: &usize| Link {
        href: names.addresses.get(Node::Report(*r)).href_from(here),
        words: names.report_title(*r).to_owned(),
    };
    let previous = position.checked_sub(1).and_then(|p| all.get(p)).map(link);
    (previous, all.get(position + 1).map(link))
}

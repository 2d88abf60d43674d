//! The page of a term: congress, breakthroughs and key tasks, scoreboard, reports, items.

use serde::Serialize;

use super::archive::{self, SealView};
use super::card::{self, Group, ReportCard};
use super::document::{self, DocumentCard};
use super::frame::{Frame, Sign};
use super::item::{self, MentionView};
use super::link::{Dated, Html, Link};
use super::names::{Names, term_words};
use super::report::Heading;
use super::scoreboard::{self, Scoreboard};
use super::tally::{self, ClaimGlance};
use super::writer::Writer;
use crate::graph::{Node, Site, TermNode};
use crate::model::term::Term;
use crate::model::word::Word;
use crate::path::OutputPath;
use crate::vietnamese::{Language, number, ordinal};

/// The page of a term.
#[derive(Debug, Serialize)]
pub struct TermView<'a> {
    /// Its frame.
    pub page: Frame,
    /// `2020–2025`
    pub years: String,
    /// Its unit.
    pub unit: Link,
    /// First day.
    pub from: Dated,
    /// Last day.
    pub until: Dated,
    /// How the committee came into office; absent where no file says.
    pub kind: Option<&'static str>,
    /// The congress that opened it.
    pub congress: Option<CongressView>,
    /// Breakthroughs.
    pub breakthroughs: Vec<HeadingView>,
    /// Key tasks.
    pub key_tasks: Vec<HeadingView>,
    /// The words of its own file, HTML.
    pub body: Option<Html>,
    /// The headings of those words.
    pub contents: Vec<Heading>,
    /// What its reports claim, newest first.
    pub claims: Vec<ClaimGlance>,
    /// Its targets.
    pub scoreboard: Option<Scoreboard<'a>>,
    /// Its reports, by time.
    pub reports: Vec<ReportCard>,
    /// Its items by kind, without the targets of the scoreboard.
    pub groups: Vec<Group<'a>>,
    /// Its documents and those that its reports cite.
    pub documents: Vec<DocumentCard>,
    /// Its seal, where it was archived.
    pub seal: Option<SealView>,
    /// The unit's term before it.
    pub previous: Option<Link>,
    /// The unit's term after it.
    pub next: Option<Link>,
    /// Where other pages speak of it.
    pub mentions: Vec<MentionView>,
}

/// A congress.
#[derive(Debug, Serialize)]
pub struct CongressView {
    /// `IX` or `9th`.
    pub ordinal: Option<String>,
    /// `delegates` or `members`.
    pub form: Option<&'static str>,
    /// First day.
    pub opened: Option<Dated>,
    /// Last day.
    pub closed: Option<Dated>,
    /// How many delegates.
    pub delegates: Option<String>,
    /// Its theme, HTML.
    pub theme: Option<Html>,
    /// Its motto, HTML.
    pub motto: Option<Html>,
}

/// A breakthrough or key task.
#[derive(Debug, Serialize)]
pub struct HeadingView {
    /// HTML.
    pub title: Html,
    /// HTML.
    pub text: Option<Html>,
}

/// Fills the page of a term.
pub fn fill<'a>(site: &'a Site, names: &'a Names, here: &'a OutputPath, at: usize) -> TermView<'a> {
    let (library, graph) = (&site.library, &site.graph);
    let node = &graph.terms[at];
    let own = node.library.map(|t| &library.terms[t]);
    let writer = Writer::new(site, names, here, Node::Term(at), None);
    let language = site.config.language;
    let (unit, years) = (card::unit_link(site, names, here, &node.unit), term_words(node, language));
    let sign = Sign {
        kind: "term",
        title: names.name(site, Node::Term(at)),
        nav: "",
        crumbs: vec![unit.clone()],
        unit: Some(&node.unit),
        term: Some(at),
    };
    let body = own.and_then(|t| t.body.as_ref()).map(|b| writer.body(b));
    let (html, contents) = body.map_or((None, Vec::new()), |b| (Some(Html(b.html)), b.contents));
    let items = card::by_author(site, &node.items);
    let others: Vec<usize> = items
        .iter()
        .copied()
        .filter(|i| graph.items[*i].key.kind != crate::model::item::ItemKind::Target)
        .collect();
    let (previous, next) = neighbours(site, names, here, at, node);
    TermView {
        page: Frame::new(site, names, here, sign),
        years,
        unit,
        from: Dated::day(node.from, language),
        until: Dated::day(node.until, language),
        kind: own.filter(|t| t.file.is_some()).map(|t| t.kind.name()),
        congress: own.and_then(|t| congress(&writer, t, language)),
        breakthroughs: own.map(|t| headings(&writer, &t.breakthroughs)).unwrap_or_default(),
        key_tasks: own.map(|t| headings(&writer, &t.key_tasks)).unwrap_or_default(),
        body: html,
        contents: contents.into_iter().map(Heading::from).collect(),
        claims: node.reports.iter().rev().filter_map(|r| tally::glance(site, names, here, *r)).collect(),
        scoreboard: scoreboard::of_items(site, names, here, &items),
        reports: node.reports.iter().map(|r| card::report(site, names, here, *r)).collect(),
        groups: card::groups(site, names, here, &others),
        documents: document::cited(site, names, here, Node::Term(at)),
        seal: own.and_then(|t| archive::seal(t, language)),
        previous,
        next,
        mentions: item::mentions(site, names, here, Node::Term(at)),
    }
}

fn congress(writer: &Writer<'_>, term: &Term, language: Language) -> Option<CongressView> {
    let congress = term.congress.as_ref()?;
    Some(CongressView {
        ordinal: congress.ordinal.map(|n| ordinal_words(n, language)),
        form: congress.form.map(Word::name),
        opened: congress.opened.as_ref().map(|d| Dated::day(d.value, language)),
        closed: congress.closed.as_ref().map(|d| Dated::day(d.value, language)),
        delegates: congress.delegates.map(|n| number::group(n, language)),
        theme: writer.opt(congress.theme.as_ref()),
        motto: writer.opt(congress.motto.as_ref()),
    })
}

/// The ordinal of a congress: Roman under `vi` (content format 3.2).
pub fn ordinal_words(ordinal: u32, language: Language) -> String {
    match language {
        Language::Vi => ordinal::roman(ordinal),
        Language::En => ordinal::english(ordinal),
    }
}

fn headings(writer: &Writer<'_>, headings: &[crate::model::term::Heading]) -> Vec<HeadingView> {
    headings
        .iter()
        .map(|h| HeadingView { title: writer.html(&h.title), text: writer.opt(h.text.as_ref()) })
        .collect()
}

fn neighbours(
    site: &Site,
    names: &Names,
    here: &OutputPath,
    at: usize,
    node: &TermNode,
) -> (Option<Link>, Option<Link>) {
    let all = site.graph.terms_of(&node.unit);
    let position = all.iter().position(|t| *t == at).unwrap_or_default();
    let previous = position.checked_sub(1).and_then(|p| all.get(p)).map(|t| card::term_link(names, here, *t));
    (previous, all.get(position + 1).map(|t| card::term_link(names, here, *t)))
}

//! The page of an item: its text, its history over the reports that state it, its chain, and what leads to it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::card::{self, ItemCard};
use super::chain::{self, Step};
use super::frame::{Frame, Sign, plural};
use super::link::{Dated, Link, Mark};
use super::plan::{Plan, count};
use super::target::{self, Figures, TargetView};
use super::writer::Writer;
use crate::audit::clears;
use crate::graph::edge::{Edge, Role};
use crate::graph::prose::{Mention, Said};
use crate::graph::{ItemIx, Node, Site};
use crate::markdown::Flavour;
use crate::model::item::{Achievement, Cause, Detail, Due, ItemKind, Lesson, Limitation, STEPS, Statement, Task};
use crate::model::word::Word;
use crate::path::OutputPath;

/// The page of an item.
#[derive(Debug, Serialize)]
pub struct ItemView {
    /// Its frame.
    pub page: Frame,
    /// Its kind: `lesson` …
    pub kind: &'static str,
    /// Its title, HTML.
    pub title: String,
    /// Its unit.
    pub unit: Link,
    /// Its term.
    pub term: Link,
    /// Its field and the index of it.
    pub field: Option<Link>,
    /// Result, outlook or state.
    pub marks: Vec<Mark>,
    /// What its latest statement says at length, HTML.
    pub text: Option<String>,
    /// What only its kind has.
    #[serde(flatten)]
    pub detail: DetailView,
    /// What each report says of it, newest first.
    pub history: Vec<StatementView>,
    /// Long texts from the bodies of reports, newest first.
    pub long_texts: Vec<LongText>,
    /// Its chain over terms and units, oldest first.
    pub chain: Vec<Step>,
    /// What it leads to, by role.
    pub links: Vec<LinkGroup>,
    /// What leads to it, by role.
    pub backlinks: Vec<LinkGroup>,
    /// Where prose speaks of it.
    pub mentions: Vec<MentionView>,
    /// Old ids.
    pub old_ids: Vec<String>,
    /// Whether only drafts state it.
    pub is_draft: bool,
}

/// What only one kind of item has, under a key of that kind's name.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DetailView {
    /// Of a target.
    Target(Box<TargetView>),
    /// Of an achievement.
    Achievement(AchievementView),
    /// Of a limitation.
    Limitation(Box<LimitationView>),
    /// Of a lesson.
    Lesson(LessonView),
    /// Of a task.
    Task(Box<TaskView>),
}

/// What only the page of an achievement shows.
#[derive(Debug, Serialize)]
pub struct AchievementView {
    /// Figures, HTML.
    pub figures: Vec<String>,
    /// Evidence, HTML.
    pub evidence: Vec<String>,
}

/// What only the page of a limitation shows.
#[derive(Debug, Serialize)]
pub struct LimitationView {
    /// Causes of its own, then those that reports give for several.
    pub causes: Vec<CauseView>,
    /// The five steps, each with what is said of it; empty where nothing is said at all.
    pub remedy: Vec<StepView>,
    /// Over how many terms it has run.
    pub terms: usize,
}

/// A cause.
#[derive(Debug, Serialize)]
pub struct CauseView {
    /// `subjective`, `objective`, or not said.
    pub kind: Option<&'static str>,
    /// HTML.
    pub text: String,
    /// The report that gives it for several limitations at once.
    pub shared_by: Option<Link>,
}

/// A step of a remedy.
#[derive(Debug, Serialize)]
pub struct StepView {
    /// `assessed` …
    pub name: &'static str,
    /// `todo`, `doing`, `done`, or not said.
    pub state: Option<&'static str>,
    /// When.
    pub date: Option<Dated>,
    /// The document, HTML.
    pub document: Option<String>,
    /// What was done, HTML.
    pub note: Option<String>,
}

/// What only the page of a lesson shows.
#[derive(Debug, Serialize)]
pub struct LessonView {
    /// Its topics with their lists.
    pub topics: Vec<Link>,
    /// Documents that put it into practice, HTML.
    pub documents: Vec<String>,
    /// Whether anything puts it into practice.
    pub is_applied: bool,
}

/// What only the page of a task shows.
#[derive(Debug, Serialize)]
pub struct TaskView {
    /// The five clears; the first is the title itself.
    pub clears: Vec<Clear>,
    /// Which of them are lacking.
    pub lacking: Vec<&'static str>,
    /// Its solution group and its list.
    pub group: Option<Link>,
}

/// One of the five clears.
#[derive(Debug, Serialize)]
pub struct Clear {
    /// `title`, `who`, `responsible`, `due`, `outcome`.
    pub name: &'static str,
    /// HTML; absent where it is lacking.
    pub text: Option<String>,
}

/// What one report says of the item.
#[derive(Debug, Serialize)]
pub struct StatementView {
    /// The report.
    pub report: Link,
    /// Its unit.
    pub unit: Link,
    /// Its kind.
    pub kind: &'static str,
    /// The date of its figures.
    pub as_of: Dated,
    /// Figures of a target, as they hold after the report.
    pub figures: Option<Figures>,
    /// What the report itself says of result, outlook or state.
    pub marks: Vec<Mark>,
    /// The title the report gives, where it differs from the latest.
    pub title: Option<String>,
    /// The report's own words of assessment, HTML.
    pub wording: Option<String>,
    /// What it says at length, HTML.
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

/// Links of one role.
#[derive(Debug, Serialize)]
pub struct LinkGroup {
    /// The role: `carried_from` …
    pub role: &'static str,
    /// How many.
    pub count: String,
    /// What is at the other end.
    pub cards: Vec<ItemCard>,
}

/// A place in prose.
#[derive(Debug, Serialize)]
pub struct MentionView {
    /// The page that speaks.
    pub page: Link,
    /// `report`, `unit`, `term`, `home`, or the kind of item whose statement it is.
    pub kind: &'static str,
    /// The sentence.
    pub sentence: String,
}

impl ItemView {
    /// The template of the kind.
    pub fn template(&self) -> &'static str {
        match self.detail {
            DetailView::Target(_) => "target.html",
            DetailView::Achievement(_) => "achievement.html",
            DetailView::Limitation(_) => "limitation.html",
            DetailView::Lesson(_) => "lesson.html",
            DetailView::Task(_) => "task.html",
        }
    }
}

/// Fills the page of an item.
pub fn fill(site: &Site, plan: &Plan, here: &OutputPath, at: ItemIx) -> ItemView {
    let (library, graph) = (&site.library, &site.graph);
    let item = &graph.items[at];
    let heading = item.heading(library);
    let newest = item.history[item.history.len() - 1].report;
    let writer = Writer::new(site, plan, here, Node::Report(newest), Some(at));
    let (unit, term) = (card::unit_link(site, plan, here, &item.key.unit), card::term_link(site, plan, here, item.term));
    let sign = Sign {
        kind: item.key.kind.name(),
        title: plan.item_title(at).to_owned(),
        nav: plural(item.key.kind),
        crumbs: vec![unit.clone(), term.clone()],
        unit: Some(&item.key.unit),
    };
    ItemView {
        page: Frame::new(site, plan, here, sign),
        kind: item.key.kind.name(),
        title: heading.title.as_ref().map_or_else(|| item.key.id.to_string(), |t| writer.html(t)),
        unit,
        term,
        field: heading.field.as_ref().map(|f| {
            let words = site.config.field_label(&f.value).to_owned();
            let href = plan.list_href(here, item.key.kind, "field", f.value.as_str());
            Link { href, words }
        }),
        marks: card::marks(heading),
        text: writer.opt(heading.text.as_ref()),
        detail: detail(site, plan, &writer, at, heading),
        history: item.history.iter().rev().map(|said| statement(site, plan, here, at, said.report)).collect(),
        long_texts: long_texts(site, plan, here, at),
        chain: chain::steps(site, plan, here, at),
        links: link_groups(site, plan, here, graph.out[at].iter().filter(|e| !e.role.is_chain()), |e| e.to),
        backlinks: link_groups(site, plan, here, graph.back[at].iter().filter(|e| !e.role.is_chain()), |e| e.from),
        mentions: mentions(site, plan, here, Node::Item(at)),
        old_ids: graph.old_ids.iter().filter(|(_, i)| **i == at).map(|(key, _)| key.id.to_string()).collect(),
        is_draft: card::is_draft(site, at),
    }
}

fn detail(site: &Site, plan: &Plan, writer: &Writer<'_>, at: ItemIx, heading: &Statement) -> DetailView {
    match &heading.detail {
        Detail::Target(t) => DetailView::Target(Box::new(target::view(&site.config, writer, t))),
        Detail::Achievement(a) => DetailView::Achievement(achievement(writer, a)),
        Detail::Limitation(l) => DetailView::Limitation(Box::new(limitation(site, plan, writer, at, l))),
        Detail::Lesson(l) => DetailView::Lesson(lesson(site, plan, writer, at, l)),
        Detail::Task(t) => DetailView::Task(Box::new(task(site, plan, writer, heading, t))),
    }
}

fn achievement(writer: &Writer<'_>, achievement: &Achievement) -> AchievementView {
    AchievementView { figures: writer.all(&achievement.figures), evidence: writer.all(&achievement.evidence) }
}

fn limitation(site: &Site, plan: &Plan, writer: &Writer<'_>, at: ItemIx, limitation: &Limitation) -> LimitationView {
    let own = limitation.causes.iter().map(|c| cause(writer, c, None));
    let step = |(name, step): (&'static str, &Option<crate::model::item::Step>)| {
        let said = step.as_ref();
        let date = said.and_then(|s| s.date.as_ref());
        StepView {
            name,
            state: said.and_then(|s| s.state.as_ref()).map(|s| s.value.name()),
            date: date.map(|d| Dated::partial(d.value, site.config.language)),
            document: writer.opt(said.and_then(|s| s.document.as_ref())),
            note: writer.opt(said.and_then(|s| s.note.as_ref())),
        }
    };
    LimitationView {
        causes: own.chain(shared_causes(site, plan, writer.here, at)).collect(),
        remedy: limitation.remedy.iter().flat_map(|all| STEPS.into_iter().zip(all).map(step)).collect(),
        terms: crate::graph::chain::depth(&site.graph, at),
    }
}

fn cause(writer: &Writer<'_>, cause: &Cause, shared_by: Option<Link>) -> CauseView {
    CauseView { kind: cause.kind.as_ref().map(|k| k.value.name()), text: writer.html(&cause.text), shared_by }
}

/// Causes that reports give for several limitations, this one among them.
fn shared_causes(site: &Site, plan: &Plan, here: &OutputPath, at: ItemIx) -> Vec<CauseView> {
    let (library, graph) = (&site.library, &site.graph);
    let mut causes = Vec::new();
    for said in &graph.items[at].history {
        let report = &library.reports[said.report];
        let scope = crate::graph::edge::scope_of(graph, report, None);
        let writer = Writer::new(site, plan, here, Node::Report(said.report), None);
        for shared in &report.causes {
            let means = |r| graph.item_ref(library, scope, r, &[ItemKind::Limitation]).is_ok_and(|m| m.node() == Node::Item(at));
            if shared.limitations.is_empty() || shared.limitations.iter().any(means) {
                let href = plan.addresses.get(Node::Report(said.report)).href_from(here);
                let link = Link { href, words: plan.report_title(said.report).to_owned() };
                causes.push(cause(&writer, &shared.cause, Some(link)));
            }
        }
    }
    causes
}

fn lesson(site: &Site, plan: &Plan, writer: &Writer<'_>, at: ItemIx, lesson: &Lesson) -> LessonView {
    let topic = |text| {
        let words = writer.plain(text);
        let key = crate::vietnamese::slug::slug(&words);
        Link { href: plan.list_href(writer.here, ItemKind::Lesson, "topic", &key), words }
    };
    LessonView {
        topics: lesson.topics.iter().map(topic).collect(),
        documents: writer.all(&lesson.applied_documents),
        is_applied: is_applied(site, at),
    }
}

/// Whether anything puts a lesson into practice: a task or target it names, a document, or a task that applies it.
pub fn is_applied(site: &Site, at: ItemIx) -> bool {
    let named = site.graph.out[at].iter().any(|e| e.role == Role::AppliedIn);
    let by_task = site.graph.back[at].iter().any(|e| e.role == Role::Applies);
    let heading = site.graph.items[at].heading(&site.library);
    named || by_task || matches!(&heading.detail, Detail::Lesson(l) if !l.applied_documents.is_empty())
}

fn task(site: &Site, plan: &Plan, writer: &Writer<'_>, heading: &Statement, task: &Task) -> TaskView {
    let due = task.due.map(|due| due_words(due, site.config.language));
    let clear = |name, text: Option<String>| Clear { name, text };
    TaskView {
        clears: vec![
            clear("title", writer.opt(heading.title.as_ref())),
            clear("who", writer.opt(task.who.as_ref())),
            clear("responsible", writer.opt(task.responsible.as_ref())),
            clear("due", due),
            clear("outcome", writer.opt(task.outcome.as_ref())),
        ],
        lacking: clears::lacking(task, heading.title.is_some()),
        group: task.group.as_ref().map(|group| {
            let words = writer.plain(group);
            let key = crate::vietnamese::slug::slug(&words);
            Link { href: plan.list_href(writer.here, ItemKind::Task, "group", &key), words }
        }),
    }
}

/// When a task is due, as people read it.
fn due_words(due: Due, language: crate::vietnamese::Language) -> String {
    let short = |d: Option<crate::vietnamese::date::PartialDate>| d.map(|d| d.short(language)).unwrap_or_default();
    match due.from {
        Some(_) => format!("{} – {}", short(due.from), short(due.until)),
        None => short(due.until),
    }
}

fn statement(site: &Site, plan: &Plan, here: &OutputPath, at: ItemIx, report: usize) -> StatementView {
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
    let title = own.title.as_ref().filter(|t| Some(&t.raw) != item.heading(library).title.as_ref().map(|h| &h.raw));
    StatementView {
        report: Link {
            href: format!("{}#{}", plan.addresses.get(Node::Report(report)).href_from(here), anchor(item.key.kind, item.key.id.as_str())),
            words: plan.report_title(report).to_owned(),
        },
        unit: card::unit_link(site, plan, here, &written.unit),
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
        _ => card::marks(own),
    }
}

/// The id under which a report's page lists a statement; authors' heading ids never hold `_`.
pub fn anchor(kind: ItemKind, id: &str) -> String {
    format!("{}_{id}", kind.name())
}

fn long_texts(site: &Site, plan: &Plan, here: &OutputPath, at: ItemIx) -> Vec<LongText> {
    let mut texts = Vec::new();
    for said in site.graph.items[at].history.iter().rev() {
        let headings: Vec<usize> =
            site.graph.headings.get(&said.report).into_iter().flatten().filter(|(_, i)| *i == at).map(|(h, _)| *h).collect();
        if headings.is_empty() {
            continue;
        }
        let report = &site.library.reports[said.report];
        let writer = Writer::new(site, plan, here, Node::Report(said.report), Some(at));
        let id = report.body.scan.headings[headings[0]].id.as_ref().map(|(id, _)| id.as_str()).unwrap_or_default();
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

fn link_groups<'a>(
    site: &Site,
    plan: &Plan,
    here: &OutputPath,
    edges: impl Iterator<Item = &'a Edge>,
    end: fn(&Edge) -> ItemIx,
) -> Vec<LinkGroup> {
    let mut by_role: BTreeMap<Role, Vec<ItemIx>> = BTreeMap::new();
    for edge in edges {
        by_role.entry(edge.role).or_default().push(end(edge));
    }
    let group = |(role, items): (Role, Vec<ItemIx>)| LinkGroup {
        role: role.name(),
        count: count(site, items.len()),
        cards: items.into_iter().map(|i| card::item(site, plan, here, i)).collect(),
    };
    by_role.into_iter().map(group).collect()
}

/// Where prose speaks of something, each with its sentence; the page itself is left out.
pub fn mentions(site: &Site, plan: &Plan, here: &OutputPath, node: Node) -> Vec<MentionView> {
    let all = site.graph.mentions.get(&node).into_iter().flatten();
    let mut views: Vec<MentionView> = Vec::new();
    for mention in all.filter(|m| m.by != node && stated(site, m).map(Node::Item) != Some(node)) {
        let view = mention_view(site, plan, here, mention);
        if !views.iter().any(|v| v.page.href == view.page.href && v.sentence == view.sentence) {
            views.push(view);
        }
    }
    views
}

/// The item whose statement speaks.
fn stated(site: &Site, mention: &Mention) -> Option<ItemIx> {
    match (mention.by, mention.statement) {
        (Node::Report(report), Some(statement)) => site.graph.stated.get(&report)?.get(statement).copied().flatten(),
        _ => None,
    }
}

fn mention_view(site: &Site, plan: &Plan, here: &OutputPath, mention: &Mention) -> MentionView {
    let library = &site.library;
    let item = stated(site, mention);
    let writer = Writer::new(site, plan, here, mention.by, item);
    let (passages, body) = match mention.by {
        Node::Unit(at) => (&library.units[at].passages[..], library.units[at].body.as_ref()),
        Node::Report(at) => (&library.reports[at].passages[..], Some(&library.reports[at].body)),
        Node::Term(at) => match site.graph.terms[at].library {
            Some(term) => (&library.terms[term].passages[..], library.terms[term].body.as_ref()),
            None => (&[][..], None),
        },
        _ => library.home.as_ref().map_or((&[][..], None), |h| (&h.passages[..], Some(&h.body))),
    };
    let sentence = match mention.text {
        Said::Passage(number) => passages.get(number).map(|p| writer.sentence(&p.text.raw, p.text.flavour, &mention.range)),
        Said::Body => body.map(|b| writer.sentence(&b.text, Flavour::Document, &mention.range)),
    };
    let page = item.map_or(mention.by, Node::Item);
    let kind = match page {
        Node::Home => "home",
        Node::Unit(_) => "unit",
        Node::Term(_) => "term",
        Node::Report(_) | Node::Document(_) => "report",
        Node::Item(at) => site.graph.items[at].key.kind.name(),
    };
    let words = plan.name(site, page);
    MentionView { page: Link { href: plan.addresses.get(page).href_from(here), words }, kind, sentence: sentence.unwrap_or_default() }
}

//! What only one kind of item has, as its page shows it: causes and remedy of a limitation, the five clears of a task …

use std::sync::Arc;

use serde::Serialize;

use super::{Dated, Html, Link};
use crate::audit::clears;
use crate::graph::{ItemIx, Node, Site};
use crate::model::item::{
    Achievement, Cause, Detail, Due, ItemKind, Lesson, Limitation, STEPS, Statement, Step, Task,
};
use crate::model::word::Word;
use crate::page::brief;
use crate::page::index::list::Lists;
use crate::page::link::Mark;
use crate::page::names::Names;
use crate::page::target::{self, Figures, TargetView};
use crate::page::writer::Writer;
use crate::path::OutputPath;
use crate::vietnamese::{Language, slug};

/// What only one kind of item has: the template of the kind knows which it is.
#[derive(Debug, Serialize)]
#[serde(untagged)]
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Html>,
    /// Evidence, HTML.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Html>,
}

/// What only the page of a limitation shows.
#[derive(Debug, Serialize)]
pub struct LimitationView {
    /// Causes of its own, then those that reports give for several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<CauseView>,
    /// The five steps, each with what is said of it; empty where nothing is said at all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remedy: Vec<StepView>,
    /// Over how many terms it has run.
    pub terms: usize,
}

/// A cause.
#[derive(Debug, Serialize)]
pub struct CauseView {
    /// Whether it is subjective or objective, or not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Arc<str>>,
    /// HTML.
    pub text: Html,
    /// The report that gives it for several limitations at once.
    pub shared_by: Option<Link>,
}

/// A step of a remedy.
#[derive(Debug, Serialize)]
pub struct StepView {
    /// Its name.
    pub name: Arc<str>,
    /// `todo`, `doing`, `done`, or not said.
    pub state: Option<Mark>,
    /// When.
    pub date: Option<Dated>,
    /// The document, HTML.
    pub document: Option<Html>,
    /// What was done, HTML.
    pub note: Option<Html>,
}

/// What only the page of a lesson shows.
#[derive(Debug, Serialize)]
pub struct LessonView {
    /// Its topics with their lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Link>,
    /// Documents that put it into practice, HTML.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Html>,
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
    pub text: Option<Html>,
}

pub(super) fn detail(
    site: &Site,
    names: &Names,
    lists: &Lists,
    writer: &Writer<'_>,
    at: ItemIx,
    heading: &Statement,
    figures: Option<Figures>,
) -> DetailView {
    match &heading.detail {
        Detail::Target(t) => {
            DetailView::Target(Box::new(target::view(&site.config, writer, t, figures.unwrap_or_default())))
        }
        Detail::Achievement(a) => DetailView::Achievement(achievement(writer, a)),
        Detail::Limitation(l) => DetailView::Limitation(Box::new(limitation(site, names, writer, at, l))),
        Detail::Lesson(l) => DetailView::Lesson(lesson(site, names, lists, writer, (at, l))),
        Detail::Task(t) => DetailView::Task(Box::new(task(site, names, lists, writer, (heading, t)))),
    }
}

fn achievement(writer: &Writer<'_>, achievement: &Achievement) -> AchievementView {
    AchievementView { figures: writer.all(&achievement.figures), evidence: writer.all(&achievement.evidence) }
}

fn limitation(
    site: &Site,
    names: &Names,
    writer: &Writer<'_>,
    at: ItemIx,
    limitation: &Limitation,
) -> LimitationView {
    let own = limitation.causes.iter().map(|c| cause(writer, c, None));
    let step = |(name, step): (&'static str, &Option<Step>)| {
        let said = step.as_ref();
        let date = said.and_then(|s| s.date.as_ref());
        StepView {
            name: names.say("step", name),
            state: said.and_then(|s| s.state.as_ref()).map(|s| names.mark("step_state", s.value.name())),
            date: date.map(|d| Dated::partial(d.value, site.config.language)),
            document: writer.opt(said.and_then(|s| s.document.as_ref())),
            note: writer.opt(said.and_then(|s| s.note.as_ref())),
        }
    };
    LimitationView {
        causes: own.chain(shared_causes(site, names, writer.here, at)).collect(),
        remedy: limitation
            .remedy
            .iter()
            .flat_map(|all| STEPS.into_iter().zip(all.iter()).map(step))
            .collect(),
        terms: crate::graph::chain::depth(&site.graph, at),
    }
}

fn cause(writer: &Writer<'_>, cause: &Cause, shared_by: Option<Link>) -> CauseView {
    let kind = cause.kind.as_ref().map(|k| writer.say("cause", k.value.name()));
    CauseView { kind, text: writer.html(&cause.text), shared_by }
}

/// Causes that reports give for several limitations, this one among them.
fn shared_causes(site: &Site, names: &Names, here: &OutputPath, at: ItemIx) -> Vec<CauseView> {
    let (library, graph) = (&site.library, &site.graph);
    let mut causes = Vec::new();
    for said in &graph.items[at].history {
        let report = &library.reports[said.report];
        let scope = crate::graph::edge::scope_of(graph, report, None);
        let writer = Writer::new(site, names, here, Node::Report(said.report), None);
        for shared in &report.causes {
            let means = |r| {
                graph
                    .item_ref(library, scope, r, &[ItemKind::Limitation])
                    .is_ok_and(|m| m.node() == Node::Item(at))
            };
            if shared.limitations.is_empty() || shared.limitations.iter().any(means) {
                let href = names.addresses.get(Node::Report(said.report)).href_from(here);
                let link = Link { href, words: names.report_title(said.report).to_owned() };
                causes.push(cause(&writer, &shared.cause, Some(link)));
            }
        }
    }
    causes
}

fn lesson(
    site: &Site,
    names: &Names,
    lists: &Lists,
    writer: &Writer<'_>,
    (at, lesson): (ItemIx, &Lesson),
) -> LessonView {
    let topic = |text| {
        let words = writer.plain(text);
        let key = slug::slug(&words);
        Link { href: lists.href(names, writer.here, (ItemKind::Lesson, "topic", &key)), words }
    };
    LessonView {
        topics: lesson.topics.iter().map(topic).collect(),
        documents: writer.all(&lesson.applied_documents),
        is_applied: brief::is_applied(site, at),
    }
}

fn task(
    site: &Site,
    names: &Names,
    lists: &Lists,
    writer: &Writer<'_>,
    (heading, task): (&Statement, &Task),
) -> TaskView {
    let due = task.due.map(|due| due_words(due, site.config.language));
    let clear = |name, text: Option<Html>| Clear { name, text };
    TaskView {
        clears: vec![
            clear("title", writer.opt(heading.title.as_ref())),
            clear("who", writer.opt(task.who.as_ref())),
            clear("responsible", writer.opt(task.responsible.as_ref())),
            clear("due", due.map(Html)),
            clear("outcome", writer.opt(task.outcome.as_ref())),
        ],
        lacking: clears::lacking(task, heading.title.is_some()),
        group: task.group.as_ref().map(|group| {
            let words = writer.plain(group);
            let key = slug::slug(&words);
            Link { href: lists.href(names, writer.here, (ItemKind::Task, "group", &key)), words }
        }),
    }
}

/// When a task is due, as people read it.
fn due_words(due: Due, language: Language) -> String {
    let short =
        |d: Option<crate::vietnamese::date::PartialDate>| d.map(|d| d.short(language)).unwrap_or_default();
    match due.from {
        Some(_) => format!("{} – {}", short(due.from), short(due.until)),
        None => short(due.until),
    }
}

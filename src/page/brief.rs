//! What lists say of an item beside its title, gathered once for all of them in the order of the items: an item, its report and
//! what that says lie far apart, and each item is in eight lists.

use std::sync::Arc;

use rayon::prelude::*;

use super::link::Mark;
use crate::audit::clears;
use crate::graph::edge::Role;
use crate::graph::item::Item;
use crate::graph::{ItemIx, Site};
use crate::model::item::{Detail, ItemKind, Statement};
use crate::model::word::Word;
use crate::theme::label::{self, Labels};

/// What lists say of an item.
#[derive(Debug)]
pub struct Brief {
    /// Its kind.
    pub kind: ItemKind,
    /// The number of its term.
    pub term: usize,
    /// Its field, by its number among those of the site.
    pub field: Option<usize>,
    /// See [`mark`].
    pub mark: Option<Mark>,
    /// Which of the five clears a task lacks.
    pub lacking: Vec<Arc<str>>,
    /// Whether what it says now comes from a draft.
    pub is_draft: bool,
}

/// What lists say of every item.
pub fn all(site: &Site, labels: &Labels) -> Vec<Brief> {
    let fields = || site.config.fields.iter().flatten();
    let brief = |item: &Item| {
        let heading = item.heading(&site.library);
        let lacking = |clear| label::say(labels, "lack", clear);
        let lacking = match &heading.detail {
            Detail::Task(task) => {
                clears::lacking(task, heading.title.is_some()).into_iter().map(lacking).collect()
            }
            _ => Vec::new(),
        };
        let of = heading.field.as_ref();
        Brief {
            kind: item.key.kind,
            term: item.term,
            field: of.and_then(|of| fields().position(|field| field.id == of.value)),
            mark: mark(labels, heading),
            lacking,
            is_draft: item
                .history
                .last()
                .is_some_and(|said| !site.library.reports[said.report].is_published()),
        }
    };
    site.graph.items.par_iter().map(brief).collect()
}

/// What is said of an item's state: of a target its result, else its outlook.
pub fn mark(labels: &Labels, statement: &Statement) -> Option<Mark> {
    let mark = |set, name| Mark::new(labels, set, name);
    match &statement.detail {
        Detail::Target(t) => {
            let result = t.result.as_ref().map(|r| mark("result", r.value.name()));
            let outlook = t.outlook.as_ref().map(|o| mark("outlook", o.value.name()));
            // An outlook that a result has overtaken stays in the history.
            result.or(outlook)
        }
        Detail::Limitation(l) => l.state.as_ref().map(|s| mark("limitation", s.value.name())),
        Detail::Task(t) => t.state.as_ref().map(|s| mark("task", s.value.name())),
        Detail::Achievement(_) | Detail::Lesson(_) => None,
    }
}

/// Whether anything puts a lesson into practice: a task or target it names, a document, or a task that applies it.
pub fn is_applied(site: &Site, at: ItemIx) -> bool {
    let named = site.graph.out[at].iter().any(|e| e.role == Role::AppliedIn);
    let by_task = site.graph.back[at].iter().any(|e| e.role == Role::Applies);
    let heading = site.graph.items[at].heading(&site.library);
    named || by_task || matches!(&heading.detail, Detail::Lesson(l) if !l.applied_documents.is_empty())
}

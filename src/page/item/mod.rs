//! The page of an item: its text, its history over the reports that state it, its chain, and what leads to it.

pub mod detail;
pub mod history;
pub mod mention;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::card::{self, ItemCard};
use super::chain::{self, Step};
use super::frame::{Frame, SharedVicinity};
use super::index::list::Lists;
use super::link::count;
use super::link::{Dated, Html, Link, Mark};
use super::names::Names;
use super::target;
use super::writer::Writer;
use crate::graph::edge::{Edge, Role};
use crate::graph::{ItemIx, Node, Site};
use crate::model::id::FieldId;
use crate::model::item::{Detail, ItemKind};
use crate::model::word::Word;
use crate::path::OutputPath;

pub use detail::{CauseView, DetailView};
pub use history::{LongText, StatementView};
pub use mention::{MentionView, mentions};

/// The page of an item; unit and term are the last of the pages above it. A field that says nothing is left out.
#[derive(Debug, Serialize)]
pub struct ItemView<'a> {
    /// Its frame.
    pub page: Frame,
    /// Its kind in words; its name is the kind of the page.
    pub kind: Arc<str>,
    /// Its title, HTML.
    pub title: Html,
    /// Its field and the index of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Link>,
    /// Result, outlook or state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// What its latest statement says at length, HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Html>,
    /// What only its kind has.
    pub detail: DetailView,
    /// What each report says of it, newest first.
    pub history: Vec<StatementView<'a>>,
    /// Long texts from the bodies of reports, newest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub long_texts: Vec<LongText>,
    /// Its chain over terms and units, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<Step>,
    /// What it leads to, by role.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkGroup<'a>>,
    /// What leads to it, by role.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub backlinks: Vec<LinkGroup<'a>>,
    /// Where prose speaks of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<MentionView>,
    /// Old ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub old_ids: Vec<String>,
    /// Whether only drafts state it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_draft: bool,
}

/// Links of one role.
#[derive(Debug, Serialize)]
pub struct LinkGroup<'a> {
    /// The role: `carried_from` …
    pub role: &'static str,
    /// How many.
    pub count: String,
    /// What is at the other end.
    pub cards: Vec<ItemCard<'a>>,
}

impl ItemView<'_> {
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

/// Fills the page of an item; `vicinity` is what stands around the pages of its term's items.
pub fn fill<'a>(
    site: &'a Site,
    names: &'a Names,
    lists: &Lists,
    vicinity: &SharedVicinity,
    here: &'a OutputPath,
    at: ItemIx,
) -> ItemView<'a> {
    let (library, graph) = (&site.library, &site.graph);
    let item = &graph.items[at];
    let heading = item.heading(library);
    let newest = item.history[item.history.len() - 1].report;
    let writer = Writer::new(site, names, here, Node::Report(newest), Some(at));
    let figures = match &heading.detail {
        Detail::Target(target) => Some(target::figures(&site.config, &writer, target)),
        _ => None,
    };
    ItemView {
        page: Frame::of_item(names, here, (item.key.kind, at), vicinity.clone()),
        kind: names.say("kind", item.key.kind.name()),
        title: heading.title.as_ref().map_or_else(|| Html(item.key.id.to_string()), |t| writer.html(t)),
        field: heading.field.as_ref().map(|f| field(site, names, lists, here, (item.key.kind, &f.value))),
        mark: names.briefs[at].mark.clone(),
        text: writer.opt(heading.text.as_ref()),
        detail: detail::detail(site, names, lists, &writer, at, heading, figures.clone()),
        history: history::statements(site, names, here, at, figures.as_ref()),
        long_texts: history::long_texts(site, names, here, at),
        chain: chain::steps(site, names, here, at),
        links: link_groups(site, names, here, graph.out[at].iter().filter(|e| !e.role.is_chain()), |e| e.to),
        backlinks: link_groups(site, names, here, arriving(site, at), |e| e.from),
        mentions: mentions(site, names, here, Node::Item(at)),
        old_ids: item.old_ids.iter().map(ToString::to_string).collect(),
        is_draft: names.briefs[at].is_draft,
    }
}

/// The links that lead to an item, but for chains and for those that it says itself the other way round: a lesson names the
/// task that applies it, and the task names the lesson.
fn arriving(site: &Site, at: ItemIx) -> impl Iterator<Item = &Edge> {
    let inverse = |role: Role| match role {
        Role::AppliedIn => Some(Role::Applies),
        Role::Applies => Some(Role::AppliedIn),
        _ => None,
    };
    let own = &site.graph.out[at];
    let is_said = move |e: &&Edge| own.iter().any(|o| o.to == e.from && Some(o.role) == inverse(e.role));
    site.graph.back[at].iter().filter(move |e| !e.role.is_chain() && !is_said(e))
}

/// A field, leading to the list of it.
fn field(
    site: &Site,
    names: &Names,
    lists: &Lists,
    here: &OutputPath,
    (kind, field): (ItemKind, &FieldId),
) -> Link {
    let words = site.config.field_label(field).to_owned();
    Link { href: lists.href(names, here, (kind, "field", field.as_str())), words }
}

fn link_groups<'a>(
    site: &'a Site,
    names: &'a Names,
    here: &OutputPath,
    edges: impl Iterator<Item = &'a Edge>,
    end: fn(&Edge) -> ItemIx,
) -> Vec<LinkGroup<'a>> {
    let mut by_role: BTreeMap<Role, Vec<ItemIx>> = BTreeMap::new();
    for edge in edges {
        by_role.entry(edge.role).or_default().push(end(edge));
    }
    let group = |(role, items): (Role, Vec<ItemIx>)| LinkGroup {
        role: role.name(),
        count: count(site, items.len()),
        cards: items.into_iter().map(|i| card::item(site, names, here, i)).collect(),
    };
    by_role.into_iter().map(group).collect()
}

//! Indexes: all items of a kind and all documents, by field, term, unit, and state or topic; in the order of the alphabet.
//!
//! The lists themselves are made by [`list`]; here a part of one is filled like any other page. Lists of their own: lessons
//! that nothing applies, limitations that persist over two terms or more, tasks that lack a clear.

pub mod list;
mod listed;

use serde::Serialize;

use super::card::{self, ItemCard};
use super::document::{self, DocumentCard};
use super::frame::{Frame, Sign};
use super::link::count;
use super::link::{Link, Mark, plural};
use super::names::Names;
use crate::graph::Site;
use crate::path::OutputPath;
use list::PART;

pub use list::{GroupName, List, Lists, Scope, Subject};

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct IndexView<'a> {
    /// Its frame.
    pub page: Frame,
    /// `targets` … `documents`.
    pub subject: &'static str,
    /// How it is grouped; `all` for the whole index.
    pub facet: &'static str,
    /// The group in words, where it has some.
    pub words: Option<String>,
    /// The group as a mark, where the labels say it.
    pub mark: Option<Mark>,
    /// How many entries the list has.
    pub count: String,
    /// The other lists of the subject, by how they are grouped; only on the whole index.
    pub facets: Vec<FacetView>,
    /// The whole index, seen from a group.
    pub all: Option<Link>,
    /// The items of this part under their letters.
    pub letters: Vec<Letter<'a>>,
    /// Items of past terms among them, where the list mixes past and present.
    pub past: Vec<Letter<'a>>,
    /// The documents of this part.
    pub documents: Vec<DocumentCard>,
    /// Where this part stands among the others; absent where there is only one.
    pub parts: Option<Parts>,
}

/// The groups of one kind.
#[derive(Debug, Serialize)]
pub struct FacetView {
    /// `field` …
    pub name: &'static str,
    /// The groups.
    pub groups: Vec<GroupView>,
}

/// A group and how many it holds.
#[derive(Debug, Serialize)]
pub struct GroupView {
    /// Its list.
    pub href: String,
    /// Its words.
    pub words: Option<String>,
    /// Its mark.
    pub mark: Option<Mark>,
    /// How many.
    pub count: String,
}

/// Items under one letter.
#[derive(Debug, Serialize)]
pub struct Letter<'a> {
    /// The letter.
    pub initial: &'a str,
    /// The items.
    pub cards: Vec<ItemCard<'a>>,
}

/// The parts of a long list.
#[derive(Debug, Serialize)]
pub struct Parts {
    /// This part, from 1.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// The part before.
    pub previous: Option<String>,
    /// The part after.
    pub next: Option<String>,
    /// Parts to jump to, by number: the first, the last, those nearby.
    pub links: Vec<PartLink>,
}

/// A part to jump to.
#[derive(Debug, Serialize)]
pub struct PartLink {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: usize,
    /// Whether it is this one.
    pub is_current: bool,
    /// Whether parts are left out before it.
    pub is_gap: bool,
}

/// Fills a part of a list.
pub fn fill<'a>(
    site: &'a Site,
    names: &'a Names,
    lists: &'a Lists,
    here: &'a OutputPath,
    (list, part): (usize, usize),
) -> IndexView<'a> {
    let list = &lists.all[list];
    let subject = match list.subject {
        Subject::Items(kind) => plural(kind),
        Subject::Documents => "documents",
    };
    let whole = match list.subject {
        Subject::Items(kind) => names.index_of(kind),
        Subject::Documents => &names.documents,
    };
    let is_all = list.facet == "all";
    let start = (part * PART).min(list.entries.len());
    let entries = &list.entries[start..(start + PART).min(list.entries.len())];
    let (present, past) = entries.split_at(list.present.saturating_sub(start).min(entries.len()));
    let sign = Sign {
        kind: "index",
        title: String::new(),
        nav: subject,
        crumbs: Vec::new(),
        unit: None,
        term: None,
    };
    let (words, mark) = words_and_mark(&list.name);
    IndexView {
        page: Frame::new(site, names, here, sign),
        subject,
        facet: list.facet,
        words,
        mark,
        count: count(site, list.entries.len()),
        facets: if is_all && part == 0 { facets(site, lists, here, list) } else { Vec::new() },
        all: (!is_all).then(|| Link { href: whole.href_from(here), words: String::new() }),
        letters: match list.subject {
            Subject::Items(_) => letters(site, names, here, present),
            Subject::Documents => Vec::new(),
        },
        past: match list.subject {
            Subject::Items(_) => letters(site, names, here, past),
            Subject::Documents => Vec::new(),
        },
        documents: match list.subject {
            Subject::Items(_) => Vec::new(),
            Subject::Documents => entries.iter().map(|d| document::card(site, names, here, *d)).collect(),
        },
        parts: (list.parts.len() > 1).then(|| parts(here, list, part)),
    }
}

fn words_and_mark(name: &GroupName) -> (Option<String>, Option<Mark>) {
    match name {
        GroupName::Words(words) => (Some(words.clone()), None),
        GroupName::Mark(mark) => (None, Some(mark.clone())),
        GroupName::None => (None, None),
    }
}

fn facets(site: &Site, lists: &Lists, here: &OutputPath, whole: &List) -> Vec<FacetView> {
    let mut facets: Vec<FacetView> = Vec::new();
    for list in lists.all.iter().filter(|l| l.subject == whole.subject && l.facet != "all") {
        let (words, mark) = words_and_mark(&list.name);
        let group = GroupView {
            href: list.parts[0].href_from(here),
            words,
            mark,
            count: count(site, list.entries.len()),
        };
        match facets.iter_mut().find(|f| f.name == list.facet) {
            Some(facet) => facet.groups.push(group),
            None => facets.push(FacetView { name: list.facet, groups: vec![group] }),
        }
    }
    facets
}

fn letters<'a>(site: &'a Site, names: &'a Names, here: &OutputPath, entries: &[usize]) -> Vec<Letter<'a>> {
    let mut letters: Vec<Letter<'a>> = Vec::new();
    for at in entries {
        let initial = names.initial(*at);
        let card = card::item(site, names, here, *at);
        match letters.last_mut() {
            Some(letter) if letter.initial == initial => letter.cards.push(card),
            _ => letters.push(Letter { initial, cards: vec![card] }),
        }
    }
    letters
}

/// Parts near this one that can be jumped to on each side.
const NEARBY: usize = 3;

fn parts(here: &OutputPath, list: &List, part: usize) -> Parts {
    let total = list.parts.len();
    let near = |p: &usize| *p == 0 || *p + 1 == total || p.abs_diff(part) <= NEARBY;
    let mut links: Vec<PartLink> = Vec::new();
    for p in (0..total).filter(near) {
        let is_gap = links.last().is_some_and(|l| l.number != p);
        links.push(PartLink {
            href: list.parts[p].href_from(here),
            number: p + 1,
            is_current: p == part,
            is_gap,
        });
    }
    Parts {
        number: part + 1,
        total,
        previous: part.checked_sub(1).map(|p| list.parts[p].href_from(here)),
        next: list.parts.get(part + 1).map(|p| p.href_from(here)),
        links,
    }
}

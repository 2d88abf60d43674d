//! The items of lists, each with all that it is grouped by.

use super::list::{GroupName, Groups, Scope};
use crate::graph::Site;
use crate::markdown::{self, Flavour, Unlinked};
use crate::model::item::{Detail, ItemKind, Statement};
use crate::model::text::Text;
use crate::model::word::{LimitationState, Outcome, Outlook, TaskState, Word};
use crate::page::brief::Brief;
use crate::page::link::Mark;
use crate::page::names::Names;

/// An item of a list.
pub(super) struct Listed<'a> {
    /// Its number.
    pub(super) item: usize,
    /// What it is grouped by, for the most part.
    pub(super) brief: &'a Brief,
}

/// The items of a kind, of a scope if there is one, in the order of the alphabet.
pub(super) fn of_kind<'a>(names: &'a Names, kind: ItemKind, scope: Option<&Scope>) -> Vec<Listed<'a>> {
    let is_within = |brief: &Brief| scope.is_none_or(|scope| brief.term == scope.term);
    let all = names.briefs.iter().enumerate().filter(|(_, brief)| brief.kind == kind && is_within(brief));
    let mut all: Vec<(usize, usize)> = all.map(|(at, _)| (names.ranks[at], at)).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, item)| Listed { item, brief: &names.briefs[item] }).collect()
}

/// Entries by the number of their group, in the order they have.
pub(super) fn parted(groups: usize, entries: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut parted = vec![Vec::new(); groups];
    entries.for_each(|(group, entry)| parted[group].push(entry));
    parted
}

/// The topics of a lesson.
pub(super) fn topics(statement: &Statement) -> &[Text] {
    match &statement.detail {
        Detail::Lesson(l) => &l.topics,
        _ => &[],
    }
}

/// The solution group of a task.
pub(super) fn solution_group(statement: &Statement) -> &[Text] {
    match &statement.detail {
        Detail::Task(t) => t.group.as_slice(),
        _ => &[],
    }
}

/// Items and the plain words of them that `of` picks; none where it picks nothing from the `kind`.
pub(super) fn words_of<'a>(
    site: &'a Site,
    all: &'a [Listed<'_>],
    (kind, of): (ItemKind, fn(&Statement) -> &[Text]),
) -> impl Iterator<Item = (usize, String)> {
    let of_kind = all.iter().filter(move |l| l.brief.kind == kind);
    of_kind.flat_map(move |l| {
        of(site.graph.items[l.item].heading(&site.library))
            .iter()
            .map(|text| (l.item, markdown::plain(&text.raw, Flavour::Line, &Unlinked)))
    })
}

/// A facet of states: its name, and for each member its key in addresses and its mark.
type Facet = (&'static str, Vec<(String, Mark)>);

fn facet<T: Word>(names: &Names, name: &'static str, set: &'static str) -> Facet {
    let members = T::ALL.iter().map(|(member, ..)| {
        let mark = names.mark(set, member.name());
        (names.words.word(*member).to_owned(), mark)
    });
    (name, members.collect())
}

/// What a kind has in the way of states: result and outlook of targets, states of limitations and tasks.
fn facets(names: &Names, kind: ItemKind) -> Vec<Facet> {
    match kind {
        ItemKind::Target => {
            vec![facet::<Outcome>(names, "result", "result"), facet::<Outlook>(names, "outlook", "outlook")]
        }
        ItemKind::Limitation => vec![facet::<LimitationState>(names, "state", "limitation")],
        ItemKind::Task => vec![facet::<TaskState>(names, "state", "task")],
        ItemKind::Achievement | ItemKind::Lesson => Vec::new(),
    }
}

/// The groups of each facet of states, in the order of the format; some hold nothing.
pub(super) fn states(names: &Names, kind: ItemKind, all: &[Listed<'_>]) -> Vec<(&'static str, Groups)> {
    let one = |(name, members): Facet| {
        let of_facet = all.iter().filter_map(|l| {
            let mark = l.brief.mark.as_ref()?;
            Some((members.iter().position(|(_, member)| member == mark)?, l.item))
        });
        let groups = parted(members.len(), of_facet);
        let group = |((key, mark), items)| (key, GroupName::Mark(mark), items);
        (name, members.into_iter().zip(groups).map(group).collect())
    };
    facets(names, kind).into_iter().map(one).collect()
}

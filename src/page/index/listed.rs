//! The items of lists, each with all that it is grouped by.

use std::collections::BTreeMap;

use super::list::{GroupName, Groups, Scope};
use crate::audit::clears;
use crate::graph::Site;
use crate::graph::item::Item;
use crate::markdown::{self, Flavour, Unlinked};
use crate::model::id::FieldId;
use crate::model::item::{Detail, ItemKind, Statement};
use crate::model::text::Text;
use crate::model::word::{LimitationState, Outcome, Outlook, TaskState, Word};
use crate::page::address::Words;
use crate::page::link::Mark;
use crate::page::plan::Plan;
use crate::source::Spanned;

/// An item of a list with all that it is grouped by: items and what is said of them lie far apart, so each is looked at once.
pub(super) struct Listed<'a> {
    /// Its number.
    pub(super) item: usize,
    /// What holds of it now.
    pub(super) heading: &'a Statement,
    /// The number of its field among those of the site.
    pub(super) field: Option<usize>,
    /// The number of its term.
    pub(super) term: usize,
    /// Its state: which of the kind's facets of states says it, and the member's number.
    state: Option<(usize, usize)>,
}

/// The items of a kind, of a scope if there is one, in the order of the alphabet.
pub(super) fn of_kind<'a>(
    site: &'a Site,
    plan: &Plan,
    kind: ItemKind,
    scope: Option<&Scope>,
) -> Vec<Listed<'a>> {
    let (library, graph) = (&site.library, &site.graph);
    let fields = site.config.fields.iter().flatten().enumerate().map(|(at, field)| (&field.id, at));
    let fields: BTreeMap<&FieldId, usize> = fields.collect();
    let of_kind = graph.items.iter().enumerate().filter(|(_, item)| item.key.kind == kind);
    let within = of_kind.filter(|(_, item)| scope.is_none_or(|scope| item.term == scope.term));
    let one = |(at, item): (usize, &'a Item)| {
        let heading = item.heading(library);
        let field = heading.field.as_ref().and_then(|own| fields.get(&own.value).copied());
        let listed = Listed { item: at, heading, field, term: item.term, state: state_of(heading) };
        (plan.ranks[at], listed)
    };
    let mut all: Vec<(usize, Listed<'a>)> = within.map(one).collect();
    all.sort_unstable_by_key(|(rank, _)| *rank);
    all.into_iter().map(|(_, listed)| listed).collect()
}

/// Entries by the number of their group, in the order they have.
pub(super) fn parted(groups: usize, entries: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut parted = vec![Vec::new(); groups];
    entries.for_each(|(group, entry)| parted[group].push(entry));
    parted
}

/// Whether a task lacks a clear.
pub(super) fn is_lacking(statement: &Statement) -> bool {
    matches!(&statement.detail, Detail::Task(t) if !clears::lacking(t, statement.title.is_some()).is_empty())
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

/// Items and the plain words of them that `of` picks.
pub(super) fn words_of(
    all: &[Listed<'_>],
    of: impl Fn(&Statement) -> &[Text],
) -> impl Iterator<Item = (usize, String)> {
    all.iter().flat_map(move |l| {
        of(l.heading).iter().map(|text| (l.item, markdown::plain(&text.raw, Flavour::Line, &Unlinked)))
    })
}

/// A facet of states: its name, and for each member its key in addresses and its mark.
type Facet = (&'static str, Vec<(String, Mark)>);

fn facet<T: Word>(words: Words, name: &'static str, set: &'static str) -> Facet {
    let members = T::ALL.iter().map(|(member, ..)| {
        let mark = Mark { set, name: member.name() };
        (words.word(*member).to_owned(), mark)
    });
    (name, members.collect())
}

/// What a kind has in the way of states: result and outlook of targets, states of limitations and tasks.
fn facets(words: Words, kind: ItemKind) -> Vec<Facet> {
    match kind {
        ItemKind::Target => {
            vec![facet::<Outcome>(words, "result", "result"), facet::<Outlook>(words, "outlook", "outlook")]
        }
        ItemKind::Limitation => vec![facet::<LimitationState>(words, "state", "limitation")],
        ItemKind::Task => vec![facet::<TaskState>(words, "state", "task")],
        ItemKind::Achievement | ItemKind::Lesson => Vec::new(),
    }
}

/// The number of the facet that says the state of a statement, and of the member; an outlook that a result has overtaken
/// counts no more.
fn state_of(statement: &Statement) -> Option<(usize, usize)> {
    fn member<T: Word>(of: &Spanned<T>) -> Option<usize> {
        T::ALL.iter().position(|(member, ..)| *member == of.value)
    }
    match &statement.detail {
        Detail::Target(t) => match (&t.result, &t.outlook) {
            (Some(result), _) => Some((0, member(result)?)),
            (None, outlook) => Some((1, member(outlook.as_ref()?)?)),
        },
        Detail::Limitation(l) => Some((0, member(l.state.as_ref()?)?)),
        Detail::Task(t) => Some((0, member(t.state.as_ref()?)?)),
        Detail::Achievement(_) | Detail::Lesson(_) => None,
    }
}

/// The groups of each facet of states, in the order of the format; some hold nothing.
pub(super) fn states(words: Words, kind: ItemKind, all: &[Listed<'_>]) -> Vec<(&'static str, Groups)> {
    let one = |(number, (name, members)): (usize, Facet)| {
        let of_facet = all.iter().filter_map(|l| {
            let (_, member) = l.state.filter(|(facet, _)| *facet == number)?;
            Some((member, l.item))
        });
        let groups = parted(members.len(), of_facet);
        let group = |((key, mark), items)| (key, GroupName::Mark(mark), items);
        (name, members.into_iter().zip(groups).map(group).collect())
    };
    facets(words, kind).into_iter().enumerate().map(one).collect()
}

//! References resolved: from a name and the place it stands in to what it means (content format, section 2).

use super::item::ItemKey;
use super::{Graph, ItemIx, Node};
use crate::content::item::kind_name;
use crate::model::id::{TermId, UnitId};
use crate::model::item::ItemKind;
use crate::model::library::{Gap, Library};
use crate::model::reference::{self, ItemRef, Name};
use crate::model::word::Word;
use crate::problem::{Finding, Problem};
use crate::source::Span;
use crate::vietnamese::nearest;

/// Where a reference stands: its unit and term, and for a statement of another term also the report's own.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The unit.
    pub unit: Option<&'a UnitId>,
    /// The term.
    pub term: Option<&'a TermId>,
    /// The unit and term of the report, where an item is stated for another: tried second.
    pub report: Option<(&'a UnitId, &'a TermId)>,
}

/// What a reference means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A page.
    Node(Node),
    /// An item, named by an old id.
    Old(ItemIx),
}

impl Meaning {
    /// The page, however it was named.
    pub fn node(self) -> Node {
        match self {
            Self::Node(node) => node,
            Self::Old(item) => Node::Item(item),
        }
    }
}

/// All kinds: what prose may refer to.
pub const ANY: [ItemKind; 5] =
    [ItemKind::Target, ItemKind::Achievement, ItemKind::Limitation, ItemKind::Lesson, ItemKind::Task];

/// What resolving a reference can come to; the error is a problem, or `None` where it is silent (a gap).
pub type Resolution = Result<Meaning, Option<Box<Problem>>>;

impl Graph {
    /// The meaning of the text of a reference in prose.
    pub fn prose(&self, library: &Library, scope: Scope<'_>, text: &str, span: Span) -> Resolution {
        match reference::parse(text, span) {
            Some(Name::Item(item)) => self.item_ref(library, scope, &item, &ANY),
            Some(Name::Unit(id)) => self.unit_ref(library, &id, span),
            Some(Name::Term(unit, id)) => self.term_ref(library, &unit, &id, span),
            Some(Name::Report(unit, term, id)) => self.report_ref(library, &unit, &term, id.as_str(), span),
            None => {
                let expected = crate::content::ITEM_FORMS;
                fail(Finding::BadReference { text: text.to_owned(), expected }, span, Vec::new())
            }
        }
    }

    /// The meaning of a reference to an item of one of the `allowed` kinds.
    pub fn item_ref(
        &self,
        library: &Library,
        scope: Scope<'_>,
        item: &ItemRef,
        allowed: &[ItemKind],
    ) -> Resolution {
        let Some(unit) = item.unit.as_ref().or(scope.unit) else {
            return no_scope(item);
        };
        let Some(term) = item.term.as_ref().or(scope.term) else {
            return no_scope(item);
        };
        if library.unit(unit).is_none() {
            return self.unit_ref(library, unit, item.span);
        }
        let first = self.in_term(library, unit, term, item, allowed);
        match (first, scope.report) {
            (Err(_), Some((unit, term))) if item.unit.is_none() && item.term.is_none() => {
                self.in_term(library, unit, term, item, allowed)
            }
            (first, _) => first,
        }
    }

    fn in_term(
        &self,
        library: &Library,
        unit: &UnitId,
        term: &TermId,
        item: &ItemRef,
        allowed: &[ItemKind],
    ) -> Resolution {
        let at = self.term(unit, term);
        let old = |kind| {
            let key = ItemKey { unit: unit.clone(), term: term.clone(), kind, id: item.id.clone() };
            self.old_ids.get(&key).map(|item| Meaning::Old(*item))
        };
        let find = |kind| {
            let now = at.and_then(|at| self.item_of_term(at, kind, &item.id));
            now.map(|item| Meaning::Node(Node::Item(item))).or_else(|| old(kind))
        };
        let with = |kinds: &[ItemKind]| -> Vec<(ItemKind, Meaning)> {
            let wanted = |k: &&ItemKind| item.kind.is_none_or(|kind| kind == **k);
            kinds.iter().filter(wanted).filter_map(|k| Some((*k, find(*k)?))).collect()
        };
        match with(allowed)[..] {
            [(_, meaning)] => Ok(meaning),
            [] => {
                let others = with(&ANY);
                match others.first() {
                    Some((kind, _)) => wrong_kind(item, *kind, allowed),
                    None => self.no_such_item(library, unit, term, item, allowed),
                }
            }
            ref several => {
                let meanings: Vec<String> = several
                    .iter()
                    .map(|(kind, _)| format!("{}{}:{}", prefix(item), kind.name(), item.id))
                    .collect();
                let example = meanings.first().cloned().unwrap_or_default();
                let finding =
                    Finding::Ambiguous { id: item.id.to_string(), meanings: meanings.join(", "), example };
                fail(finding, item.span, meanings)
            }
        }
    }

    fn no_such_item(
        &self,
        library: &Library,
        unit: &UnitId,
        term: &TermId,
        item: &ItemRef,
        allowed: &[ItemKind],
    ) -> Resolution {
        if library.gaps.contains(&Gap::Term(unit.clone(), term.clone())) {
            return Err(None);
        }
        if hidden_states(library, self, unit, term, item) {
            return fail(Finding::HiddenTarget { id: item.id.to_string() }, item.span, Vec::new());
        }
        let Some(at) = self.term(unit, term) else {
            return self.term_ref(library, unit, term, item.span);
        };
        let ids = self.terms[at].items.iter().map(|i| &self.items[*i].key);
        let ids: Vec<&ItemKey> = ids.filter(|k| allowed.contains(&k.kind)).collect();
        let id = item.id.as_str();
        let mut near: Vec<String> = match item.kind {
            // The id is right and the kind is wrong.
            Some(_) if ids.iter().any(|k| k.id == item.id) => {
                let same = ids.iter().filter(|k| k.id == item.id);
                same.map(|k| format!("{}{}:{id}", prefix(item), k.kind.name())).collect()
            }
            _ => nearest::nearest(id, ids.iter().map(|k| k.id.as_str()))
                .into_iter()
                .map(str::to_owned)
                .collect(),
        };
        if near.is_empty() && item.term.is_none() {
            // The item may be one of another term of the same unit.
            let same = self.items.iter().map(|i| &i.key);
            let same = same.filter(|k| k.unit == *unit && k.id == item.id && allowed.contains(&k.kind));
            near.extend(same.map(|k| format!("{}#{id}", k.term)).take(3));
        }
        let kind = item.kind.map_or_else(String::new, |k| format!("{}:", k.name()));
        let finding = Finding::NoSuchItem { id: format!("{kind}{id}"), scope: format!("{unit}/{term}") };
        fail(finding, item.span, near)
    }

    /// The page of a unit.
    pub fn unit_ref(&self, library: &Library, id: &UnitId, span: Span) -> Resolution {
        match library.units.binary_search_by(|u| u.id.cmp(id)) {
            Ok(at) => Ok(Meaning::Node(Node::Unit(at))),
            Err(_) if library.gaps.contains(&Gap::Unit(id.clone())) => Err(None),
            Err(_) => {
                let near = nearest::nearest(id.as_str(), library.units.iter().map(|u| u.id.as_str()));
                fail(
                    Finding::NoSuchUnit { id: id.to_string() },
                    span,
                    near.into_iter().map(str::to_owned).collect(),
                )
            }
        }
    }

    /// The page of a term.
    pub fn term_ref(&self, library: &Library, unit: &UnitId, id: &TermId, span: Span) -> Resolution {
        if library.unit(unit).is_none() {
            return self.unit_ref(library, unit, span);
        }
        match self.term(unit, id) {
            Some(at) => Ok(Meaning::Node(Node::Term(at))),
            None if library.gaps.contains(&Gap::Term(unit.clone(), id.clone())) => Err(None),
            None => {
                let known = self.terms.iter().filter(|t| t.unit == *unit).map(|t| t.id.as_str());
                let near = nearest::nearest(id.as_str(), known).into_iter().map(str::to_owned).collect();
                fail(Finding::NoSuchTerm { unit: unit.to_string(), term: id.to_string() }, span, near)
            }
        }
    }

    /// The page of a report.
    pub fn report_ref(
        &self,
        library: &Library,
        unit: &UnitId,
        term: &TermId,
        id: &str,
        span: Span,
    ) -> Resolution {
        let at = match self.term_ref(library, unit, term, span)? {
            Meaning::Node(Node::Term(at)) => at,
            other => return Ok(other),
        };
        let shown = &self.terms[at].reports;
        if let Some(found) = shown.iter().find(|r| library.reports[**r].id.as_str() == id) {
            return Ok(Meaning::Node(Node::Report(*found)));
        }
        if library.gaps.contains(&Gap::Term(unit.clone(), term.clone())) {
            return Err(None);
        }
        let name = format!("{unit}/{term}/{id}");
        let hidden =
            library.reports.iter().any(|r| r.unit == *unit && r.term == *term && r.id.as_str() == id);
        if hidden {
            return fail(Finding::HiddenTarget { id: name }, span, Vec::new());
        }
        let near = nearest::nearest(id, shown.iter().map(|r| library.reports[*r].id.as_str()));
        let near = near.into_iter().map(|id| format!("{unit}/{term}/{id}")).collect();
        fail(Finding::NoSuchReport { report: name }, span, near)
    }
}

/// Whether a report that is not shown states the item.
fn hidden_states(library: &Library, graph: &Graph, unit: &UnitId, term: &TermId, item: &ItemRef) -> bool {
    library.reports.iter().enumerate().filter(|(at, _)| !graph.stated.contains_key(at)).any(|(_, report)| {
        report.statements.iter().any(|s| {
            let named = s.term.as_ref().map(|t| &t.value);
            let of_unit = named.and_then(|t| t.unit.as_ref()).unwrap_or(&report.unit);
            let of_term = named.map_or(&report.term, |t| &t.term);
            of_unit == unit
                && of_term == term
                && s.id.value == item.id
                && item.kind.is_none_or(|k| k == s.kind())
        })
    })
}

/// What stands before the id of a reference: its unit and term, as far as the author wrote them.
fn prefix(item: &ItemRef) -> String {
    let unit = item.unit.as_ref().map_or_else(String::new, |u| format!("{u}/"));
    item.term.as_ref().map_or_else(String::new, |t| format!("{unit}{t}#"))
}

fn fail(finding: Finding, span: Span, near: Vec<String>) -> Resolution {
    Err(Some(Box::new(Problem::new(finding, span).with_nearest(near))))
}

/// A bare id where there is no term to look in: on the home page, on a unit's page.
fn no_scope(item: &ItemRef) -> Resolution {
    let expected = crate::content::FULL_FORMS;
    fail(Finding::BadReference { text: item.id.to_string(), expected }, item.span, Vec::new())
}

fn wrong_kind(item: &ItemRef, found: ItemKind, allowed: &[ItemKind]) -> Resolution {
    let expected = allowed.iter().map(|k| k.name()).collect::<Vec<_>>().join(", ");
    let finding = Finding::WrongKind { id: item.id.to_string(), found: kind_name(found), expected };
    fail(finding, item.span, Vec::new())
}

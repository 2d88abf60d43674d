//! Lineage: the dated many-to-many graph of what made and changed the units (content format 3.1).
//!
//! An event of equal date, kind and parties noted on two units is one. Descent goes from every party an event takes
//! from to every party it makes; a partial split counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::id::UnitId;
use crate::model::library::{Gap, Library};
use crate::model::text::{Party, Text};
use crate::model::unit::{Event, EventParty};
use crate::model::word::{EventKind, Extent};
use crate::problem::{Finding, Problem, Problems};
use crate::vietnamese::date::PartialDate;
use crate::vietnamese::nearest;

/// All events, by date, and what follows from them.
#[derive(Debug, Default)]
pub struct Lineage {
    /// Every event once.
    pub events: Vec<Happened>,
    /// The events each unit is party to or notes, by date.
    pub of_unit: BTreeMap<UnitId, Vec<usize>>,
    /// When a past unit ended, and by which event.
    pub ended: BTreeMap<UnitId, (PartialDate, usize)>,
    /// All units that each unit descends from, near or far.
    ancestors: BTreeMap<UnitId, BTreeSet<UnitId>>,
}

/// An event, joined from all units that note it.
#[derive(Debug)]
pub struct Happened {
    /// When.
    pub date: PartialDate,
    /// What happened.
    pub kind: EventKind,
    /// Out of what.
    pub from: Vec<EventParty>,
    /// Into what.
    pub to: Vec<EventParty>,
    /// The units that note it, and what they say about its basis and it.
    pub noted: Vec<(UnitId, Option<Text>, Option<Text>)>,
}

impl Lineage {
    /// Whether `unit` descends from `other`.
    pub fn descends(&self, unit: &UnitId, other: &UnitId) -> bool {
        self.ancestors.get(unit).is_some_and(|all| all.contains(other))
    }

    /// Whether two units are the same or one descends from the other.
    pub fn is_in_line(&self, a: &UnitId, b: &UnitId) -> bool {
        a == b || self.descends(a, b) || self.descends(b, a)
    }
}

/// Joins the events of all units and follows them.
pub(super) fn trace(library: &Library, problems: &mut Problems) -> Lineage {
    check_units(library, problems);
    let mut joined: BTreeMap<(PartialDate, EventKind, Vec<String>, Vec<String>), Happened> = BTreeMap::new();
    for unit in &library.units {
        for event in &unit.events {
            let from = implied_from(event, &unit.id);
            let key = (event.date.value, event.kind, names(&from), names(&event.to));
            let happened = joined.entry(key).or_insert_with(|| Happened {
                date: event.date.value,
                kind: event.kind,
                from,
                to: event.to.clone(),
                noted: Vec::new(),
            });
            happened.noted.push((unit.id.clone(), event.basis.clone(), event.note.clone()));
        }
    }
    let mut lineage = Lineage { events: joined.into_values().collect(), ..Lineage::default() };
    for at in 0..lineage.events.len() {
        note_event(&mut lineage, at);
    }
    descend(&mut lineage);
    lineage
}

/// A dissolution without parties is of the unit that notes it.
fn implied_from(event: &Event, unit: &UnitId) -> Vec<EventParty> {
    if event.from.is_empty() && event.kind == EventKind::Dissolved {
        let party = Party::Unit(crate::source::Spanned::new(unit.clone(), event.span));
        return vec![EventParty { party, extent: Extent::Whole }];
    }
    event.from.clone()
}

fn names(parties: &[EventParty]) -> Vec<String> {
    let mut names: Vec<String> = parties
        .iter()
        .map(|p| match &p.party {
            Party::Unit(id) => format!("/{} {:?}", id.value, p.extent),
            Party::Words(text) => format!("{} {:?}", text.raw, p.extent),
        })
        .collect();
    names.sort();
    names
}

/// The units among some parties.
pub fn ids(parties: &[EventParty]) -> impl Iterator<Item = (&UnitId, Extent)> {
    parties.iter().filter_map(|p| match &p.party {
        Party::Unit(id) => Some((&id.value, p.extent)),
        Party::Words(_) => None,
    })
}

fn note_event(lineage: &mut Lineage, at: usize) {
    let event = &lineage.events[at];
    let parties = ids(&event.from).chain(ids(&event.to)).map(|(id, _)| id.clone());
    let all: BTreeSet<UnitId> = parties.chain(event.noted.iter().map(|(id, ..)| id.clone())).collect();
    for unit in all {
        lineage.of_unit.entry(unit).or_default().push(at);
    }
    let event = &lineage.events[at];
    let goes_on: BTreeSet<&UnitId> = ids(&event.to).map(|(id, _)| id).collect();
    let ends = |id: &UnitId, extent: Extent| {
        let elsewhere = event.kind == EventKind::Dissolved || !event.to.is_empty();
        extent == Extent::Whole && elsewhere && !goes_on.contains(id)
    };
    let ended: Vec<UnitId> =
        ids(&event.from).filter(|(id, extent)| ends(id, *extent)).map(|(id, _)| id.clone()).collect();
    let date = event.date;
    for unit in ended {
        lineage.ended.entry(unit).or_insert((date, at));
    }
}

/// The ancestors of every unit, by following parents until nothing new is found.
fn descend(lineage: &mut Lineage) {
    let mut parents: BTreeMap<&UnitId, BTreeSet<&UnitId>> = BTreeMap::new();
    for event in &lineage.events {
        for (child, _) in ids(&event.to) {
            let others = ids(&event.from).map(|(id, _)| id).filter(|id| *id != child);
            parents.entry(child).or_default().extend(others);
        }
    }
    let mut ancestors = BTreeMap::new();
    for unit in parents.keys() {
        let (mut found, mut todo) = (BTreeSet::new(), vec![*unit]);
        while let Some(next) = todo.pop() {
            for parent in parents.get(next).into_iter().flatten() {
                if found.insert((*parent).clone()) {
                    todo.push(parent);
                }
            }
        }
        ancestors.insert((*unit).clone(), found);
    }
    lineage.ancestors = ancestors;
}

/// What looks like an id and is no unit of the site is an error with the nearest.
fn check_units(library: &Library, problems: &mut Problems) {
    for unit in &library.units {
        let parties = unit.events.iter().flat_map(|e| e.from.iter().chain(&e.to)).map(|p| &p.party);
        let issuers = unit.documents.iter().filter_map(|d| d.issuer.as_ref());
        parties.chain(&unit.parent).chain(issuers).for_each(|party| check_party(library, party, problems));
    }
    for term in &library.terms {
        term.documents
            .iter()
            .filter_map(|d| d.issuer.as_ref())
            .for_each(|p| check_party(library, p, problems));
    }
}

/// The same for one party.
pub(super) fn check_party(library: &Library, party: &Party, problems: &mut Problems) {
    let Party::Unit(id) = party else { return };
    if library.unit(&id.value).is_some() || library.gaps.contains(&Gap::Unit(id.value.clone())) {
        return;
    }
    let near = nearest::nearest(id.value.as_str(), library.units.iter().map(|u| u.id.as_str()));
    problems.push(Problem::new(Finding::NoSuchUnit { id: id.value.to_string() }, id.span).with_nearest(near));
}

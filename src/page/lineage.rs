//! The lineage of a unit as its page shows it: what it came from, what it went into, what happened to it.

use serde::Serialize;

use super::link::{Dated, Html, MaybeLink};
use super::names::Names;
use super::writer::Writer;
use crate::graph::lineage::{Happened, ids};
use crate::graph::{Node, Site};
use crate::model::id::UnitId;
use crate::model::text::Party;
use crate::model::unit::EventParty;
use crate::model::word::{Extent, Word};
use crate::path::OutputPath;

/// A unit before or after, and the event that joins the two.
#[derive(Debug, Serialize)]
pub struct Relation {
    /// The unit.
    pub unit: MaybeLink,
    /// When.
    pub date: Dated,
    /// What happened.
    pub kind: &'static str,
    /// `whole` or `partial`.
    pub extent: &'static str,
}

/// An event.
#[derive(Debug, Serialize)]
pub struct EventView {
    /// When.
    pub date: Dated,
    /// What happened.
    pub kind: &'static str,
    /// Out of what.
    pub from: Vec<PartyView>,
    /// Into what.
    pub to: Vec<PartyView>,
    /// The documents it rests on, HTML.
    pub basis: Vec<Html>,
    /// Words about it, HTML.
    pub notes: Vec<Html>,
}

/// A party to an event.
#[derive(Debug, Serialize)]
pub struct PartyView {
    /// Who.
    pub unit: MaybeLink,
    /// `whole` or `partial`.
    pub extent: &'static str,
}

/// The events that a unit is party to or notes, by date.
pub fn events_of<'a>(site: &'a Site, id: &UnitId) -> impl Iterator<Item = &'a Happened> {
    site.graph.lineage().of_unit.get(id).into_iter().flatten().map(|e| &site.graph.lineage().events[*e])
}

/// The unit whose words name a party: any that notes the event.
fn party(site: &Site, names: &Names, here: &OutputPath, event: &Happened, party: &EventParty) -> PartyView {
    let noted =
        event.noted.first().and_then(|(id, ..)| site.library.units.binary_search_by(|u| u.id.cmp(id)).ok());
    let writer = Writer::new(site, names, here, noted.map_or(Node::Home, Node::Unit), None);
    PartyView { unit: writer.party(&party.party), extent: party.extent.name() }
}

/// What a unit came from, and what it went into.
pub fn relations(
    site: &Site,
    names: &Names,
    here: &OutputPath,
    id: &UnitId,
) -> (Vec<Relation>, Vec<Relation>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let is_own = |p: &EventParty| matches!(&p.party, Party::Unit(unit) if unit.value == *id);
    for event in events_of(site, id) {
        let takes = event.from.iter().find(|p| is_own(p));
        let relation = |other: &EventParty, extent: Extent| Relation {
            unit: party(site, names, here, event, other).unit,
            date: Dated::partial(event.date, site.config.language),
            kind: event.kind.name(),
            extent: extent.name(),
        };
        if ids(&event.to).any(|(to, _)| to == id) {
            before.extend(event.from.iter().filter(|p| !is_own(p)).map(|p| relation(p, p.extent)));
        }
        if let Some(own) = takes {
            after.extend(event.to.iter().filter(|p| !is_own(p)).map(|p| relation(p, own.extent)));
        }
    }
    (before, after)
}

/// All events of a unit, by date.
pub fn events(site: &Site, names: &Names, here: &OutputPath, id: &UnitId) -> Vec<EventView> {
    let view = |event: &Happened| {
        let (mut basis, mut notes): (Vec<Html>, Vec<Html>) = (Vec::new(), Vec::new());
        for (unit, own_basis, own_note) in &event.noted {
            let Ok(at) = site.library.units.binary_search_by(|u| u.id.cmp(unit)) else {
                continue;
            };
            let writer = Writer::new(site, names, here, Node::Unit(at), None);
            basis.extend(writer.opt(own_basis.as_ref()));
            notes.extend(writer.opt(own_note.as_ref()));
        }
        basis.dedup();
        notes.dedup();
        let parties = |all: &[EventParty]| all.iter().map(|p| party(site, names, here, event, p)).collect();
        EventView {
            date: Dated::partial(event.date, site.config.language),
            kind: event.kind.name(),
            from: parties(&event.from),
            to: parties(&event.to),
            basis,
            notes,
        }
    };
    events_of(site, id).map(view).collect()
}

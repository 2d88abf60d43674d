//! The quiet banner of what is past: which term this was and when it ended, that its unit is no more, and what follows.
//!
//! One banner for both, on the pages of the term, its reports and items, and of the unit. What is past follows from the
//! content ([`crate::graph::past`] and the lineage), never from the clock.

use serde::Serialize;

use super::card;
use super::link::{Dated, Link};
use super::names::Names;
use crate::graph::lineage::ids;
use crate::graph::{Node, Site};
use crate::model::id::UnitId;
use crate::model::text::Party;
use crate::path::OutputPath;
use crate::vietnamese::Language;
use crate::vietnamese::date::PartialDate;

/// That something is past.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Past {
    /// The term, where it is over.
    pub term: Option<PastTerm>,
    /// The unit, where it has ended.
    pub unit: Option<PastUnit>,
}

/// That a term is over, and what follows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PastTerm {
    /// `2020–2025`
    pub words: String,
    /// When it ended.
    pub ended: Ended,
    /// The unit's next term.
    pub next: Option<Link>,
}

/// That a unit has ended, and what follows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PastUnit {
    /// When it ended.
    pub ended: Ended,
    /// The units that follow it.
    pub successors: Vec<Successor>,
}

/// When something ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Ended {
    /// The day, month or year.
    pub date: Dated,
    /// How much of the date is known: `day`, `month` or `year`.
    pub precision: &'static str,
}

/// A unit that follows a past one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Successor {
    /// Its page, where it has one.
    pub href: Option<String>,
    /// Its name.
    pub words: String,
}

impl Ended {
    /// A date as an end.
    pub fn new(date: PartialDate, language: Language) -> Self {
        let precision = match (date.month(), date.day()) {
            (_, Some(_)) => "day",
            (Some(_), None) => "month",
            (None, None) => "year",
        };
        Self { date: Dated::partial(date, language), precision }
    }
}

/// What is past of a page that belongs to a unit and a term; `None` where nothing is.
pub fn of(
    site: &Site,
    names: &Names,
    here: &OutputPath,
    unit: Option<&UnitId>,
    term: Option<usize>,
) -> Option<Past> {
    let term = term.and_then(|at| past_term(site, names, here, at));
    let unit = unit.and_then(|unit| past_unit(site, names, here, unit));
    (term.is_some() || unit.is_some()).then_some(Past { term, unit })
}

fn past_term(site: &Site, names: &Names, here: &OutputPath, at: usize) -> Option<PastTerm> {
    let end = site.graph.ends[at]?;
    Some(PastTerm {
        words: names.term_words(at).to_owned(),
        ended: Ended::new(end.date, site.config.language),
        next: end.next.map(|next| card::term_link(names, here, next)),
    })
}

/// That a unit is past; `None` for a present one.
pub fn past_unit(site: &Site, names: &Names, here: &OutputPath, unit: &UnitId) -> Option<PastUnit> {
    let (date, _) = site.graph.lineage().ended.get(unit)?;
    let ended = Ended::new(*date, site.config.language);
    Some(PastUnit { ended, successors: successors(site, names, here, unit) })
}

/// The units that take over from a unit, in the order of the events.
fn successors(site: &Site, names: &Names, here: &OutputPath, unit: &UnitId) -> Vec<Successor> {
    let mut found: Vec<Successor> = Vec::new();
    let lineage = site.graph.lineage();
    let events = lineage.of_unit.get(unit).into_iter().flatten().map(|e| &lineage.events[*e]);
    for event in events.filter(|event| ids(&event.from).any(|(id, _)| id == unit)) {
        for to in &event.to {
            let successor = match &to.party {
                Party::Unit(id) if id.value == *unit => continue,
                Party::Unit(id) => match site.library.units.binary_search_by(|u| u.id.cmp(&id.value)) {
                    Ok(at) => {
                        let href = names.addresses.get(Node::Unit(at)).href_from(here);
                        Successor { href: Some(href), words: names.unit_name(at).to_owned() }
                    }
                    Err(_) => continue,
                },
                Party::Words(words) => Successor { href: None, words: words.raw.to_string() },
            };
            if !found.iter().any(|s| s.words == successor.words) {
                found.push(successor);
            }
        }
    }
    found
}

//! What a record says in one column: typed, with a form for a cell and one for JSON.
//!
//! A cell has room for one line, so what has parts is written there as people read it, and several values stand behind each
//! other. JSON keeps them apart: only from there can everything be taken back as it was said.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::graph::item::ItemKey;
use crate::model::id::{ReportId, TermId, UnitId};
use crate::model::quantity::Quantity;
use crate::model::word::Word as _;
use crate::vietnamese::date::{Date, PartialDate};

/// What parts several values in a cell. Words that hold it stand as they are: no author's word is ever another in the data.
const BETWEEN: &str = "; ";

/// What is said in one column. Its keys in JSON are permanent, as those of columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Datum {
    /// Words of an author without markup, or the label of an id.
    Words(String),
    /// An id.
    Id(String),
    /// A word of a closed set, by its English name.
    Name(&'static str),
    /// A goal or a result.
    Figure(Amount),
    /// A day.
    #[serde(serialize_with = "day")]
    Day(Date),
    /// A report.
    Report(ReportKey),
    /// What a target is measured against.
    Base {
        /// The figure.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<Amount>,
        /// Its year, as written.
        #[serde(skip_serializing_if = "Option::is_none")]
        year: Option<String>,
    },
    /// A part of a target.
    Part {
        /// Its name.
        name: String,
        /// Its goal.
        #[serde(skip_serializing_if = "Option::is_none")]
        goal: Option<Amount>,
        /// What was reached of it.
        #[serde(skip_serializing_if = "Option::is_none")]
        actual: Option<Amount>,
    },
    /// A cause of a limitation.
    Cause {
        /// Whether it lay with the committee.
        #[serde(skip_serializing_if = "Option::is_none")]
        kind: Option<&'static str>,
        /// What it was.
        text: String,
    },
    /// A step of a remedy.
    Step {
        /// Which of the five.
        step: &'static str,
        /// How far it is.
        #[serde(skip_serializing_if = "Option::is_none")]
        state: Option<&'static str>,
    },
    /// When a task is due.
    Due {
        /// When it begins, for a stretch of time.
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "some_time")]
        from: Option<PartialDate>,
        /// When it is due.
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "some_time")]
        until: Option<PartialDate>,
    },
    /// A link to another item.
    Link {
        /// What it means: the name of the role.
        role: &'static str,
        /// How an earlier lesson is taken up.
        #[serde(skip_serializing_if = "Option::is_none")]
        how: Option<&'static str>,
        /// Where it leads.
        #[serde(serialize_with = "reference")]
        item: ItemKey,
    },
    /// Several, in the author's order or that of time.
    List(Vec<Datum>),
}

/// A figure of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// What it is, for those who compute.
    pub quantity: Quantity,
    /// As pages show it: the digits of the report.
    pub shown: String,
}

/// What makes a report one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportKey {
    /// In whose folder it lies.
    pub unit: UnitId,
    /// The term in whose folder it lies.
    pub term: TermId,
    /// Its id.
    pub id: ReportId,
}

impl fmt::Display for ReportKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.unit, self.term, self.id)
    }
}

impl Datum {
    /// On one line, for a cell of a table; empty where nothing is said.
    pub fn cell(&self) -> String {
        let figure = |amount: &Option<Amount>| amount.as_ref().map(|a| a.shown.clone()).unwrap_or_default();
        match self {
            Self::Words(words) | Self::Id(words) => words.clone(),
            Self::Name(name) => (*name).to_owned(),
            Self::Figure(amount) => amount.shown.clone(),
            Self::Day(day) => day.iso(),
            Self::Report(key) => key.to_string(),
            Self::Base { value, year } => {
                let year = year.as_ref().map(|year| format!(" ({year})")).unwrap_or_default();
                figure(value) + &year
            }
            Self::Part { name, goal, actual } => format!("{name}: {} / {}", figure(goal), figure(actual)),
            Self::Cause { kind: Some(kind), text } => format!("{kind}: {text}"),
            Self::Cause { kind: None, text } => text.clone(),
            Self::Step { step, state } => format!("{step}: {}", state.unwrap_or_default()),
            Self::Due { from, until } => {
                let ends = [from, until].into_iter().flatten().map(|time| time.iso());
                ends.collect::<Vec<_>>().join("/")
            }
            Self::Link { role, item, .. } => format!("{role}: {}", full_reference(item)),
            Self::List(all) => all.iter().map(Self::cell).collect::<Vec<_>>().join(BETWEEN),
        }
    }
}

/// The reference to an item that means the same everywhere (content format, section 2).
fn full_reference(key: &ItemKey) -> String {
    format!("{}/{}#{}:{}", key.unit, key.term, key.kind.name(), key.id)
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.shown)
    }
}

impl Serialize for ReportKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

fn day<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&day.iso())
}

fn some_time<S: Serializer>(time: &Option<PartialDate>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&time.map(PartialDate::iso).unwrap_or_default())
}

fn reference<S: Serializer>(key: &ItemKey, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&full_reference(key))
}

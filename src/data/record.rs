//! A record: what holds of an item now, and what each report says of it, by columns.
//!
//! The structs of the model are taken apart field by field, so that a new key of the content format does not compile before
//! somebody has said here what the data say of it.

use std::collections::BTreeMap;

use super::column::Column;
use super::datum::{Amount, Datum, ReportKey};
use crate::graph::edge::{Edge, Role};
use crate::graph::item::ItemKey;
use crate::graph::titles::Titles;
use crate::graph::{ItemIx, Node, Site};
use crate::markdown::{self, Flavour};
use crate::model::item::{
    Achievement, Base, Cause, Detail, Due, Lesson, Limitation, Part, STEPS, Statement, Step, Target, Task,
};
use crate::model::quantity::Quantity;
use crate::model::text::Text;
use crate::model::word::Word;
use crate::source::Spanned;
use crate::vietnamese::date::Date;

/// What is said, by columns; nothing for a column of which nothing is said.
pub type Values = BTreeMap<Column, Datum>;

/// An item as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number in the graph, by which whoever gives data away knows its page.
    pub item: ItemIx,
    /// What makes it one.
    pub key: ItemKey,
    /// What holds now.
    pub now: Values,
    /// What each report says, by time.
    pub history: Vec<Saying>,
}

/// What one report says of an item, and no other before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// The report.
    pub report: ReportKey,
    /// The date of its figures.
    pub as_of: Date,
    /// What it says.
    pub values: Values,
}

/// The record of an item.
pub fn of(site: &Site, item: ItemIx) -> Record {
    let (library, node) = (&site.library, &site.graph.items[item]);
    let taker = Taker { site, titles: Titles::new(site, Node::Item(item)) };
    let history = node.history.iter().map(|said| {
        let report = &library.reports[said.report];
        let (unit, term, id) = (report.unit.clone(), report.term.clone(), report.id.clone());
        let values = taker.values(said.own(library));
        Saying { report: ReportKey { unit, term, id }, as_of: report.as_of.value, values }
    });
    let history: Vec<Saying> = history.collect();
    let mut now = taker.values(node.heading(library));
    put(&mut now, Column::Kind, Some(Datum::Name(node.key.kind.name())));
    put(&mut now, Column::Id, Some(Datum::Id(node.key.id.to_string())));
    let title = markdown::plain(node.title(library), Flavour::Line, &taker.titles);
    put(&mut now, Column::Title, Some(Datum::Words(title)));
    put(&mut now, Column::Links, list(&site.graph.out[item], |edge| taker.link(edge)));
    put(&mut now, Column::AsOf, history.last().map(|saying| Datum::Day(saying.as_of)));
    put(&mut now, Column::Reports, list(&history, |saying| Datum::Report(saying.report.clone())));
    Record { item, key: node.key.clone(), now, history }
}

/// Puts what is said, if it says anything.
fn put(values: &mut Values, column: Column, datum: Option<Datum>) {
    if let Some(datum) = datum.filter(|datum| !datum.cell().is_empty()) {
        values.insert(column, datum);
    }
}

fn list<T>(all: &[T], datum: impl Fn(&T) -> Datum) -> Option<Datum> {
    (!all.is_empty()).then(|| Datum::List(all.iter().map(datum).collect()))
}

fn name<T: Word>(word: &Option<Spanned<T>>) -> Option<Datum> {
    word.as_ref().map(|word| Datum::Name(word.value.name()))
}

/// Takes values out of the statements of one item.
struct Taker<'a> {
    site: &'a Site,
    titles: Titles<'a>,
}

impl Taker<'_> {
    fn values(&self, said: &Statement) -> Values {
        let Statement { id: _, term: _, aliases, title, field, text, detail, span: _, has_unknown_keys: _ } =
            said;
        let mut values = Values::new();
        let field = field.as_ref().map(|field| &field.value);
        let label = field.map(|field| self.site.config.field_label(field).to_owned());
        put(&mut values, Column::Title, self.words(title));
        put(&mut values, Column::Field, field.map(|field| Datum::Id(field.to_string())));
        put(&mut values, Column::FieldLabel, label.map(Datum::Words));
        put(&mut values, Column::Text, self.words(text));
        put(&mut values, Column::OldIds, list(aliases, |old| Datum::Id(old.value.to_string())));
        match detail {
            Detail::Target(target) => self.target(target, &mut values),
            Detail::Achievement(achievement) => self.achievement(achievement, &mut values),
            Detail::Limitation(limitation) => self.limitation(limitation, &mut values),
            Detail::Lesson(lesson) => self.lesson(lesson, &mut values),
            Detail::Task(task) => self.task(task, &mut values),
        }
        values
    }

    fn target(&self, target: &Target, values: &mut Values) {
        let Target {
            unit,
            goal,
            actual,
            of,
            direction,
            basis,
            base,
            parts,
            parts_sum: _,
            result,
            outlook,
            wording,
            continues: _,
            evidence,
        } = target;
        put(values, Column::Unit, self.words(unit));
        put(values, Column::Goal, self.figure(goal.as_ref()).map(Datum::Figure));
        put(values, Column::Actual, self.figure(actual.as_ref()).map(Datum::Figure));
        put(values, Column::Of, self.figure(of.as_deref()).map(Datum::Figure));
        put(values, Column::Direction, name(direction));
        put(values, Column::Basis, name(basis));
        put(values, Column::Base, base.as_deref().map(|base| self.base(base)));
        put(values, Column::Parts, list(parts, |part| self.part(part)));
        put(values, Column::Result, name(result));
        put(values, Column::Outlook, name(outlook));
        put(values, Column::Wording, self.words(wording));
        put(values, Column::Evidence, self.each(evidence));
    }

    fn base(&self, Base { value, year }: &Base) -> Datum {
        Datum::Base { value: self.figure(value.as_ref()), year: year.as_ref().map(|year| self.plain(year)) }
    }

    fn part(&self, Part { name, goal, actual }: &Part) -> Datum {
        let (goal, actual) = (self.figure(goal.as_ref()), self.figure(actual.as_ref()));
        Datum::Part { name: self.plain(name), goal, actual }
    }

    fn achievement(&self, achievement: &Achievement, values: &mut Values) {
        let Achievement { figures, targets: _, evidence, mends: _ } = achievement;
        put(values, Column::Figures, self.each(figures));
        put(values, Column::Evidence, self.each(evidence));
    }

    fn limitation(&self, limitation: &Limitation, values: &mut Values) {
        let Limitation { causes, targets: _, carried_from: _, state, remedy } = limitation;
        let step = |(name, step): (&'static str, &Option<Step>)| {
            let Step { state, date: _, document: _, note: _ } = step.as_ref()?;
            Some(Datum::Step { step: name, state: state.as_ref().map(|state| state.value.name()) })
        };
        let steps = STEPS.into_iter().zip(remedy.iter().flat_map(|steps| steps.iter()));
        put(values, Column::State, name(state));
        put(values, Column::Causes, list(causes, |cause| self.cause(cause)));
        put(values, Column::Remedy, Some(Datum::List(steps.filter_map(step).collect())));
    }

    fn cause(&self, Cause { kind, text }: &Cause) -> Datum {
        Datum::Cause { kind: kind.as_ref().map(|kind| kind.value.name()), text: self.plain(text) }
    }

    fn lesson(&self, lesson: &Lesson, values: &mut Values) {
        let Lesson { learned_from: _, inherits: _, applied_in: _, applied_documents: _, topics } = lesson;
        put(values, Column::Topics, self.each(topics));
    }

    fn task(&self, task: &Task, values: &mut Values) {
        let Task { who, responsible, due, outcome, group, state, mends: _, applies: _, serves: _ } = task;
        put(values, Column::State, name(state));
        put(values, Column::Who, self.words(who));
        put(values, Column::Responsible, self.words(responsible));
        put(values, Column::Due, due.map(|Due { from, until }| Datum::Due { from, until }));
        put(values, Column::Outcome, self.words(outcome));
        put(values, Column::Group, self.words(group));
    }

    fn link(&self, edge: &Edge) -> Datum {
        let how = match edge.role {
            Role::Inherits(how) => Some(how.name()),
            _ => None,
        };
        Datum::Link { role: edge.role.name(), how, item: self.site.graph.items[edge.to].key.clone() }
    }

    /// A figure as the report has it. Every figure of a record is taken here and nowhere else; its span names the report whose
    /// figure it is, also where a later statement has taken it over.
    fn figure(&self, said: Option<&Spanned<Quantity>>) -> Option<Amount> {
        let quantity = said?.value.clone();
        let shown = quantity.display(self.site.config.language);
        Some(Amount { quantity, shown })
    }

    fn words(&self, text: &Option<Text>) -> Option<Datum> {
        text.as_ref().map(|text| Datum::Words(self.plain(text)))
    }

    fn each(&self, texts: &[Text]) -> Option<Datum> {
        list(texts, |text| Datum::Words(self.plain(text)))
    }

    fn plain(&self, text: &Text) -> String {
        markdown::plain(&text.raw, text.flavour, &self.titles)
    }
}

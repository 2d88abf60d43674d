//! The data dictionary: what each column means in Vietnamese and English and which words it may have, to lie beside the data.

use super::column::{Column, Pages};
use super::csv;
use crate::model::item::ItemKind;
use crate::model::quantity::Direction;
use crate::model::word::{
    Basis, CauseKind, Inheritance, LimitationState, Outcome, Outlook, StepState, TaskState, Word,
};

/// The label of a word, by the table and the key that themes know.
pub type Label<'a> = &'a dyn Fn(&str, &str) -> Option<String>;

/// The dictionary as a table.
pub fn table(label: Label<'_>, pages: &Pages<'_>) -> String {
    let row = |column: &Column| {
        let [kinds, vi, en] = column.meaning().map(str::to_owned);
        let from = if *column == Column::Page { format!(" {}", pages.from) } else { String::new() };
        vec![column.name().to_owned(), kinds, vi + &from, en + &from, words_of(*column, label)]
    };
    csv::table(&["field", "kinds", "tieng_viet", "english", "values"], Column::ALL.iter().map(row))
}

/// The words that a column may have, each as the pages say it.
fn words_of(column: Column, label: Label<'_>) -> String {
    match column {
        Column::Kind => words::<ItemKind>(label, "kind"),
        Column::Direction => words::<Direction>(label, "direction"),
        Column::Basis => words::<Basis>(label, "basis"),
        Column::Result => words::<Outcome>(label, "result"),
        Column::Outlook => words::<Outlook>(label, "outlook"),
        Column::State => {
            let limitation = words::<LimitationState>(label, "limitation");
            format!("limitation: {limitation}; task: {}", words::<TaskState>(label, "task"))
        }
        Column::Causes => words::<CauseKind>(label, "cause"),
        Column::Remedy => words::<StepState>(label, "step_state"),
        Column::Links => format!("inherits: {}", words::<Inheritance>(label, "inheritance")),
        _ => String::new(),
    }
}

/// The words of a set by the labels of a table; one without a label by its word in addresses.
fn words<T: Word>(label: Label<'_>, table: &str) -> String {
    let said = |(_, en, vi): &(T, &'static str, &'static str)| {
        format!("{en} = {}", label(table, en).unwrap_or_else(|| (*vi).to_owned()))
    };
    T::ALL.iter().map(said).collect::<Vec<_>>().join(", ")
}

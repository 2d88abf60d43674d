//! The five clears of a task ("năm rõ"): which of them an author has not made clear.
//!
//! That is a finding on the task's page, never a problem (content format 3.8), so only names come from here; the words for
//! them are the theme's.

use crate::model::item::Task;

/// Which of the five clears a task lacks, by their keys in the order of the format: `title` `who` `responsible` `due`
/// `outcome`. `has_title` says whether the statement names the work, since a title belongs to every kind of item. A `due`
/// without any date makes nothing clear.
pub fn lacking(task: &Task, has_title: bool) -> Vec<&'static str> {
    let is_dated = task.due.is_some_and(|due| due.from.is_some() || due.until.is_some());
    let clears = [
        ("title", has_title),
        ("who", task.who.is_some()),
        ("responsible", task.responsible.is_some()),
        ("due", is_dated),
        ("outcome", task.outcome.is_some()),
    ];
    clears.into_iter().filter(|(_, is_clear)| !is_clear).map(|(name, _)| name).collect()
}

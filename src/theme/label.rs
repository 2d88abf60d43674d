//! Labels: the words of the interface, in tables by what they speak of (`[result]`, `[nav]` …), one catalogue a language.
//!
//! A site's theme may put its own words over the built-in ones, key by key; a key that the program does not know is a
//! mistake with the nearest one.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::config;
use crate::problem::{Finding, Problem, Problems, control, say::Both};
use crate::source::{FileId, Span};
use crate::vietnamese::nearest;

/// Words by table and key.
pub type Labels = BTreeMap<String, BTreeMap<String, Arc<str>>>;

/// What the labels say under a key of a table; a key that no catalogue has says itself.
pub fn say(labels: &Labels, table: &str, key: &str) -> Arc<str> {
    let words = labels.get(table).and_then(|table| table.get(key));
    words.map_or_else(|| Arc::from(key), Arc::clone)
}

/// The labels of a catalogue that is built in; a test holds that both languages have the same keys.
pub fn built_in(text: &str) -> Labels {
    let table = DeTable::parse(text).map(toml::Spanned::into_inner).unwrap_or_default();
    let words = |value: &DeValue<'_>| value.as_str().map(Arc::from);
    let entries = |table: &DeTable<'_>| {
        table.iter().filter_map(|(k, v)| Some((k.get_ref().to_string(), words(v.get_ref())?))).collect()
    };
    let tables =
        table.iter().filter_map(|(k, v)| Some((k.get_ref().to_string(), entries(v.get_ref().as_table()?))));
    tables.collect()
}

/// Puts a site's words over `labels`.
pub fn put_over(labels: &mut Labels, file: FileId, text: &str, problems: &mut Problems) {
    let (table, errors) = DeTable::parse_recoverable(text);
    config::controls(file, text, table.get_ref(), problems);
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        problems.add(
            Finding::Labels { why: error.message().to_owned() },
            Span::bytes(file, range.start, range.end),
        );
    }
    for (name, entries) in table.get_ref().iter() {
        let place = Span::bytes(file, name.span().start, name.span().end);
        let key: &str = name.get_ref();
        match (labels.get_mut(key), entries.get_ref().as_table()) {
            (Some(known), Some(entries)) => put_table(known, file, entries, problems),
            _ => unknown(key, place, labels.keys().map(String::as_str), problems),
        }
    }
}

fn put_table(
    known: &mut BTreeMap<String, Arc<str>>,
    file: FileId,
    entries: &DeTable<'_>,
    problems: &mut Problems,
) {
    for (name, value) in entries.iter() {
        let key: &str = name.get_ref();
        let place = Span::bytes(file, name.span().start, name.span().end);
        match (known.get_mut(key), value.get_ref().as_str()) {
            (Some(words), Some(own)) => *words = own.into(),
            (Some(_), None) => {
                let expected = Both { vi: "chuỗi trong ngoặc kép", en: "a string in quotes" };
                problems.add(Finding::WrongType { key: key.to_owned(), expected }, place);
            }
            (None, _) => unknown(key, place, known.keys().map(String::as_str), problems),
        }
    }
}

fn unknown<'a>(key: &str, place: Span, known: impl Iterator<Item = &'a str>, problems: &mut Problems) {
    // What is wrong with the key is said already.
    if key.contains(control::is_control) {
        return;
    }
    let table = Both { vi: "tệp nhãn", en: "the labels" };
    let near = nearest::nearest(key, known);
    problems.push(Problem::new(Finding::UnknownKey { key: key.to_owned(), table }, place).with_nearest(near));
}

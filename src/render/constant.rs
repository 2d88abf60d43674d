//! Constants of a site set into its templates: `{{ labels.board.goal }}` becomes the words before the template is parsed.
//!
//! A page asks for forty words, a site has tens of thousands of pages, and on all of them the words are the same: looking
//! them up took a tenth of the rendering. Only plain `{{ table.key }}` is replaced; a word inside an expression, or one
//! chosen by a value, stays for the engine, which knows the same tables.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::label::Labels;
use crate::page::frame::Common;

/// Escaped words by what a template calls them: `labels.board.goal`, `site.title`.
pub type Constants = BTreeMap<String, String>;

/// The words of a theme and of what stands on every page alike.
pub fn constants(labels: &Labels, common: &Common) -> Constants {
    let words = labels.iter().flat_map(|(table, words)| {
        words.iter().map(move |(key, words)| (format!("labels.{table}.{key}"), words.as_str()))
    });
    let shared = [
        ("site.archive", common.archive.as_str()),
        ("site.title", common.title.as_str()),
        ("site.language", common.language),
        ("site.base_url", &common.base_url),
        ("site.map", &common.map),
    ];
    let shared = shared.into_iter().map(|(name, words)| (name.to_owned(), words));
    let sound = |(_, words): &(String, &str)| is_plain(words);
    let escaped = |(name, words): (String, &str)| {
        let mut escaped = Vec::with_capacity(words.len() + 16);
        // By the engine's own hand, so that the bytes are those that it would write.
        tera::escape_html(words, &mut escaped).ok()?;
        Some((name, String::from_utf8(escaped).ok()?))
    };
    words.chain(shared).filter(sound).filter_map(escaped).collect()
}

/// Whether words can stand in a template: nothing in them means anything to the engine, and no space at their ends could be
/// trimmed.
fn is_plain(words: &str) -> bool {
    words.trim() == words && !words.is_empty() && !words.contains('{') && !words.contains('}')
}

/// A template with the constants set in. One that shows such text raw, or gives these names to values of its own, stays as it
/// is.
pub fn set_in<'a>(name: &str, text: &'a str, constants: &Constants) -> Cow<'a, str> {
    const DOUBTS: [&str; 5] = ["raw", "set labels", "set site", "for labels", "for site"];
    if !name.ends_with(".html") || DOUBTS.iter().any(|doubt| text.contains(doubt)) {
        return Cow::Borrowed(text);
    }
    let mut set = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{ ") {
        set.push_str(before);
        let constant = after.split_once(" }}").and_then(|(path, after)| Some((constants.get(path)?, after)));
        match constant {
            Some((words, after)) => {
                set.push_str(words);
                rest = after;
            }
            None => {
                set.push_str("{{ ");
                rest = after;
            }
        }
    }
    set.push_str(rest);
    Cow::Owned(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_are_set_in() {
        let constants = Constants::from([("labels.a.b".to_owned(), "A &amp; B".to_owned())]);
        let cases = [
            ("<p>{{ labels.a.b }}: {{ x }}</p>", "<p>A &amp; B: {{ x }}</p>"),
            ("{{ labels.a.b }}{{ labels.a.b }}", "A &amp; BA &amp; B"),
            ("{{- labels.a.b }} {{ labels.a.b | upper }}", "{{- labels.a.b }} {{ labels.a.b | upper }}"),
            ("{{ labels.a.c }} {{ labels.a[x] }} {{ ", "{{ labels.a.c }} {{ labels.a[x] }} {{ "),
            ("{% for labels in x %}{{ labels.a.b }}", "{% for labels in x %}{{ labels.a.b }}"),
        ];
        for (text, expected) in cases {
            assert_eq!(set_in("x.html", text, &constants), expected);
        }
        assert_eq!(set_in("x.xml", cases[0].0, &constants), cases[0].0);
    }

    #[test]
    fn words_that_mean_something_to_the_engine_stay_out() {
        assert!(is_plain("Kết quả & hạn chế"));
        assert!(["", " x", "{{ y }}", "{% if %}"].iter().all(|words| !is_plain(words)));
    }
}

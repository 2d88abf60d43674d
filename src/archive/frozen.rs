//! The note of an archive in a term's `_index.md`: `frozen`, its lines and nothing else of the file, which [`write`] sees to.

use std::collections::BTreeMap;

use crate::content::frozen as sealed;
use crate::content::keys::{self, TERM};
use crate::model::term::Seal;
use crate::vietnamese::Language;
use crate::vietnamese::date::Date;
use crate::yaml::write;

/// What is noted of an archive.
#[derive(Debug)]
pub struct SealNote<'a> {
    /// Its date.
    pub date: Date,
    /// Its seal, `sha256:…`.
    pub seal: &'a str,
    /// Every file that may not change, with its digest.
    pub files: &'a BTreeMap<String, String>,
    /// Earlier seals, oldest first.
    pub earlier: &'a [Seal],
}

/// A text without the lines of `frozen`.
pub fn without(text: &str) -> String {
    write::without(text, is_frozen)
}

/// A text with the note in the place of the old one, or as the last key of the front matter; a new file where there is no
/// text. `None` where the front matter is written in braces, between which no lines can be put.
pub fn with(text: Option<&str>, note: &SealNote<'_>, language: Language) -> Option<String> {
    let Some(text) = text else {
        return Some(write::alone(&lines(note, language == Language::Vi)));
    };
    let keys = write::keys(text);
    let is_vietnamese = match keys.is_empty() {
        true => language == Language::Vi,
        false => keys.iter().any(|key| TERM.find(key).is_some_and(|en| en != key)),
    };
    write::with(text, is_frozen, &lines(note, is_vietnamese))
}

fn is_frozen(key: &str) -> bool {
    TERM.find(key) == Some("frozen")
}

/// The lines of the note.
fn lines(note: &SealNote<'_>, is_vietnamese: bool) -> Vec<String> {
    let key = |key: &'static str| keys::vietnamese(key).filter(|_| is_vietnamese).unwrap_or(key);
    let list = note.files.iter().map(|(name, digest)| (name.as_str(), digest.as_str()));
    let mut lines = vec![
        format!("{}: # nhiemky archive", key("frozen")),
        format!("  {}: {}", key("date"), note.date.iso()),
        format!("  {}: \"{}\"", key("seal"), note.seal),
        format!("  {}: \"{}\"", key("digest"), sealed::of_list(list)),
        format!("  {}:", key("files")),
    ];
    lines
        .extend(note.files.iter().map(|(name, digest)| format!("    {}: \"{digest}\"", write::scalar(name))));
    if !note.earlier.is_empty() {
        lines.push(format!("  {}:", key("earlier")));
        let seal = |s: &Seal| {
            format!("    - {{{}: {}, {}: \"{}\"}}", key("date"), s.date.iso(), key("seal"), s.seal)
        };
        lines.extend(note.earlier.iter().map(seal));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note<'a>(files: &'a BTreeMap<String, String>, earlier: &'a [Seal]) -> SealNote<'a> {
        let date = crate::vietnamese::date::parse("2025-07-31").expect("a date");
        SealNote { date, seal: "sha256:ab", files, earlier }
    }

    #[test]
    fn a_text_keeps_everything_but_the_note() {
        let files = BTreeMap::from([("a b.md".to_owned(), "01".to_owned())]);
        for text in [
            "---\nfrom: 2020-01-01 # x\n\n# y\n---\nbody\n",
            "\u{feff}---\r\ntừ: 1/1/2020\r\n---\r\nbody",
            "---\n---\n",
            "---\nkey_tasks:\n- a\n- b\n---",
        ] {
            let sealed = with(Some(text), &note(&files, &[]), Language::Vi).expect("it has front matter");
            assert_eq!(without(&sealed), text, "{sealed}");
            assert_eq!(sealed.contains("dong_bang"), !text.contains("from") && !text.contains("key_tasks"));
            assert!(!text.contains('\r') || !sealed.replace("\r\n", "").contains('\n'));
            let again = with(Some(&sealed), &note(&files, &[]), Language::Vi);
            assert_eq!(again.as_deref(), Some(sealed.as_str()));
        }
        let in_braces = with(Some("---\n{from: 2020-01-01}\n---\n"), &note(&files, &[]), Language::Vi);
        assert!(in_braces.is_some_and(|text| text.starts_with("---\nfrom: 2020-01-01\nfrozen:")));
    }

    #[test]
    fn a_note_between_other_keys_is_replaced_where_it_stands() {
        let files = BTreeMap::new();
        let text = "---\na: 1\nfrozen: {date: x,\n  seal: y}\n\n# of b\nb: 2\n---\n";
        assert_eq!(without(text), "---\na: 1\n\n# of b\nb: 2\n---\n");
        let now = with(Some(text), &note(&files, &[]), Language::Vi).expect("it has front matter");
        assert!(now.starts_with("---\na: 1\nfrozen: #") && now.ends_with("\n\n# of b\nb: 2\n---\n"), "{now}");
    }
}

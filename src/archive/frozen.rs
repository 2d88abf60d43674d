//! Writing `frozen` into a term's `_index.md`: its lines, and nothing else of the file.
//!
//! The text is taken as it lies on the disk, with its byte-order mark, its line ends and its comments. A key of the front
//! matter begins at the margin and its value does not; so the lines of one key can be told without any reader of YAML, and
//! whoever takes them out gets the file back that was there before.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::content::frozen as sealed;
use crate::model::term::Seal;
use crate::vietnamese::Language;
use crate::vietnamese::date::Date;

/// The line that begins and ends front matter.
const FENCE: &str = "---";

/// What is noted of an archive.
#[derive(Debug)]
pub struct Note<'a> {
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
    match front(text).and_then(|front| lines_of_key(text, &front)) {
        Some(lines) => format!("{}{}", &text[..lines.start], &text[lines.end..]),
        None => text.to_owned(),
    }
}

/// A text with the note in the place of the old one, or as the last key of the front matter; a new file where there is no
/// text. `None` where the front matter is written in braces, between which no lines can be put.
pub fn with(text: Option<&str>, note: &Note<'_>, language: Language) -> Option<String> {
    let Some(text) = text else {
        return Some(format!("{FENCE}\n{}{FENCE}\n", lines(note, language == Language::Vi, "\n")));
    };
    let front = front(text)?;
    if text[front.clone()].trim_start().starts_with('{') {
        return None;
    }
    let place = lines_of_key(text, &front).unwrap_or(front.end..front.end);
    let is_vietnamese = match text[front.clone()].lines().find(|line| is_key(line)) {
        Some(_) => text[front].lines().any(|line| is_key(line) && sealed::is_vietnamese_key(line)),
        None => language == Language::Vi,
    };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Some(format!("{}{}{}", &text[..place.start], lines(note, is_vietnamese, end), &text[place.end..]))
}

/// The bytes between the two fences.
fn front(text: &str) -> Option<Range<usize>> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let split = crate::yaml::front::split(&text[start..]).ok()?;
    Some(start + split.yaml.start..start + split.yaml.end)
}

/// The lines of `frozen` in the front matter.
fn lines_of_key(text: &str, front: &Range<usize>) -> Option<Range<usize>> {
    let (mut at, mut start, mut end) = (front.start, None, front.end);
    // Blank lines and comments after the value belong to the next key.
    let mut last = None;
    for line in text[front.clone()].split_inclusive('\n') {
        match start {
            None if is_key(line) && sealed::is_frozen_key(line) => {
                start = Some(at);
                last = Some(at + line.len());
            }
            Some(_) if is_key(line) => {
                end = last.unwrap_or(at);
                break;
            }
            Some(_) if line.starts_with([' ', '\t']) && !line.trim().is_empty() => {
                last = Some(at + line.len())
            }
            _ => {}
        }
        at += line.len();
        end = last.unwrap_or(front.end);
    }
    start.map(|start| start..end)
}

/// Whether a line begins a key of the front matter itself.
fn is_key(line: &str) -> bool {
    !line.starts_with([' ', '\t', '#', '-', ']', '}', '\r', '\n']) && line.contains(':')
}

/// The lines of the note.
fn lines(note: &Note<'_>, is_vietnamese: bool, end: &str) -> String {
    let key = |key: &'static str| if is_vietnamese { sealed::vietnamese(key) } else { key };
    let list = note.files.iter().map(|(name, digest)| (name.as_str(), digest.as_str()));
    let mut lines = vec![
        format!("{}: # nhiemky archive", key("frozen")),
        format!("  {}: {}", key("date"), note.date.iso()),
        format!("  {}: \"{}\"", key("seal"), note.seal),
        format!("  {}: \"{}\"", key("digest"), sealed::of_list(list)),
        format!("  {}:", key("files")),
    ];
    lines.extend(note.files.iter().map(|(name, digest)| format!("    {}: \"{digest}\"", quoted(name))));
    if !note.earlier.is_empty() {
        lines.push(format!("  {}:", key("earlier")));
        let seal = |s: &Seal| {
            format!("    - {{{}: {}, {}: \"{}\"}}", key("date"), s.date.iso(), key("seal"), s.seal)
        };
        lines.extend(note.earlier.iter().map(seal));
    }
    lines.into_iter().map(|line| line + end).collect()
}

/// A name as a YAML scalar.
fn quoted(name: &str) -> String {
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-/".contains(&b));
    if is_plain {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note<'a>(files: &'a BTreeMap<String, String>, earlier: &'a [Seal]) -> Note<'a> {
        let date = crate::vietnamese::date::parse("2025-07-31").expect("a date");
        Note { date, seal: "sha256:ab", files, earlier }
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
        assert_eq!(with(Some("---\n{from: 2020-01-01}\n---\n"), &note(&files, &[]), Language::Vi), None);
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

//! Writing into front matter that an author wrote: the lines of one key, and nothing else of the file.
//!
//! The text is taken as it lies on the disk, with its byte-order mark, its line ends and its comments. Whole lines are put in
//! and taken out, so that whoever takes out what was put in has the file back that was there before. Which lines are those
//! of a key the parsers say ([`super::tree`], [`super::place`]), not the margin: keys may be quoted or indented, and values
//! may stand at the margin.

use std::borrow::Cow;
use std::ops::Range;

use super::{Kind, Node, front, place, tree};
use crate::vietnamese::nfc::nfc;

/// The line that begins and ends front matter.
const FENCE: &str = "---";

/// Words that other readers of YAML take for something else than a text, in lower case.
const NO_TEXTS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

/// The keys of the front matter itself, in their order; none where there is no front matter or it cannot be read.
pub fn keys(text: &str) -> Vec<String> {
    let front = Written::read(text);
    front.into_iter().flat_map(|front| front.keys).map(|(name, _)| name).collect()
}

/// The text without the lines of the key that `is_it` knows, its value and the comments between them; blank lines and
/// comments at the margin behind them stay, as they belong to what follows.
pub fn without(text: &str, is_it: impl Fn(&str) -> bool) -> String {
    match Written::read(text).and_then(|front| front.lines_of(text, is_it)) {
        Some(lines) => format!("{}{}", &text[..lines.start], &text[lines.end..]),
        None => text.to_owned(),
    }
}

/// The text with `lines` in the place of the key that `is_it` knows, or as the last key; they get the indent of the other
/// keys and the line ends of the file. A mapping in braces gets a line for each key first. `None` where no lines can be put:
/// without front matter, and where it cannot be read.
pub fn with(text: &str, is_it: impl Fn(&str) -> bool, lines: &[String]) -> Option<String> {
    let text = &*opened(text)?;
    let front = Written::read(text)?;
    let at = front.lines_of(text, is_it).unwrap_or(front.yaml.end..front.yaml.end);
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: String = lines.iter().map(|line| format!("{}{line}{end}", front.indent)).collect();
    Some(format!("{}{lines}{}", &text[..at.start], &text[at.end..]))
}

/// The text with the keys of its front matter on lines of their own: not in braces, and without a word for nothing (`~`).
fn opened(text: &str) -> Option<Cow<'_, str>> {
    let front = Written::read(text)?;
    let yaml = &text[front.yaml.clone()];
    let is_word = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    if front.keys.is_empty() && yaml.lines().any(is_word) {
        let rest: String = yaml.split_inclusive('\n').filter(|line| !is_word(line)).collect();
        return Some(Cow::Owned([&text[..front.yaml.start], &rest, &text[front.yaml.end..]].concat()));
    }
    if !front.is_in_braces {
        return Some(Cow::Borrowed(text));
    }
    let clean = yaml.replace("\r\n", "\n");
    let (tree, places) = (tree::parse(&clean).ok()?, place::places(&clean));
    let Kind::Map(pairs) = &tree.kind else { return None };
    let start = |node: u32| Some(places.get(node as usize)?.range.start);
    let (open, close) = (start(tree.number)?, clean.rfind('}')?);
    let mut starts = pairs.iter().map(|(key, _)| start(key.number)).collect::<Option<Vec<_>>>()?;
    starts.push(close);
    let pair =
        |from: usize, to: usize| clean[from..to].trim().trim_end_matches(',').replace('\n', " ") + "\n";
    let pairs: String = starts.windows(2).map(|ends| pair(ends[0], ends[1])).collect();
    let yaml = [&clean[..open], &pairs, clean[close + 1..].trim_start_matches([' ', '\n'])].concat();
    // Only where it says the very same: a remark within the braces would swallow what follows it.
    let is_same = tree::parse(&yaml).is_ok_and(|opened| opened == tree);
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let yaml = yaml.replace('\n', end);
    is_same.then(|| Cow::Owned([&text[..front.yaml.start], &yaml, &text[front.yaml.end..]].concat()))
}

/// A new file that has nothing but these lines of front matter.
pub fn alone(lines: &[String]) -> String {
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    format!("{FENCE}\n{lines}{FENCE}\n")
}

/// A text as a scalar on one line: as it is where it is a plain name for every reader of YAML, else in double quotes.
pub fn scalar(text: &str) -> Cow<'_, str> {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-/".contains(&b))
        && !NO_TEXTS.contains(&text.to_ascii_lowercase().as_str());
    if is_plain {
        return Cow::Borrowed(text);
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // What ends a line for some readers, and what none may hold as it is.
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)))
            }
            c if c.is_control() => quoted.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    Cow::Owned(quoted)
}

/// The front matter of a file as it is written.
struct Written {
    /// The bytes between the two fences.
    yaml: Range<usize>,
    /// Its keys, each with the byte where its first line begins.
    keys: Vec<(String, usize)>,
    /// What stands before each key on its line.
    indent: String,
    /// Whether it is one mapping in braces, between which lines cannot be put.
    is_in_braces: bool,
}

impl Written {
    fn read(text: &str) -> Option<Self> {
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let split = front::split(&text[mark..]).ok()?;
        let yaml = mark + split.yaml.start..mark + split.yaml.end;
        // The parsers know one line end; lines have the same numbers with it.
        let clean = text[yaml.clone()].replace("\r\n", "\n");
        let Node { number, kind: Kind::Map(pairs) } = tree::parse(&clean).ok()? else { return None };
        let places = place::places(&clean);
        let start = |node: u32| places.get(node as usize).map(|placed| placed.range.start);
        let starts: Vec<usize> = lines(&text[yaml.clone()]).map(|line| yaml.start + line.start).collect();
        let mut keys = Vec::with_capacity(pairs.len());
        for (key, _) in pairs {
            let at = start(key.number)?;
            let line = clean[..at].matches('\n').count();
            let Kind::Scalar(name) = key.kind else { return None };
            keys.push((nfc(&name).into_owned(), *starts.get(line)?));
        }
        let is_in_braces = start(number).is_some_and(|at| clean[at..].starts_with('{'));
        let first = keys.first().map_or("", |(_, at)| &text[*at..yaml.end]);
        let indent = first[..first.len() - first.trim_start_matches(' ').len()].to_owned();
        Some(Self { yaml, keys, indent, is_in_braces })
    }

    /// The lines of a key with its value.
    fn lines_of(&self, text: &str, is_it: impl Fn(&str) -> bool) -> Option<Range<usize>> {
        let at = self.keys.iter().position(|(name, _)| is_it(name)).filter(|_| !self.is_in_braces)?;
        let start = self.keys[at].1;
        let end = self.keys.get(at + 1).map_or(self.yaml.end, |(_, next)| *next);
        let is_of_next = |line: &str| line.trim().is_empty() || line.starts_with('#');
        let own: Vec<Range<usize>> = lines(&text[start..end]).collect();
        let last = own.iter().rev().find(|line| !is_of_next(&text[start..end][(*line).clone()]));
        Some(start..last.map_or(end, |line| start + line.end))
    }
}

/// The lines of a text as ranges of bytes, each with what ends it.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut end = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = end;
        end += line.len();
        start..end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: [&str; 2] = ["note: # by hand", "  x: \"1\""];

    fn put(text: &str) -> Option<String> {
        with(text, |key| key == "note", &NOTE.map(str::to_owned))
    }

    fn taken(text: &str) -> String {
        without(text, |key| key == "note")
    }

    #[test]
    fn what_is_put_in_can_be_taken_out_again() {
        for text in [
            "---\nfrom: 2020-01-01 # x\n\n# y\n---\nbody\n",
            "\u{feff}---\r\ntừ: 1/1/2020\r\n---\r\nbody",
            "---\n---\n",
            "---\n# nothing\n---\n",
            "---\nlist:\n- a\n- b\n---",
            "---\na: |\n  b\n\n  # no comment\nc: \"d\n\n  e: f\"\n---\n",
            "---\n  a: 1\n  b: 2\n---\n",
            "---\n\"a\": [1,\n2\n]\n? b\n: 3\n---\n",
        ] {
            let now = put(text).expect("lines can be put in");
            assert_eq!(taken(&now), text, "{now}");
            assert_eq!(put(&now).as_deref(), Some(&*now), "it is put in once");
            assert!(!text.contains('\r') || !now.replace("\r\n", "").contains('\n'), "{now:?}");
            let split = front::split(now.trim_start_matches('\u{feff}')).expect("it has front matter");
            let yaml = now.trim_start_matches('\u{feff}')[split.yaml].replace("\r\n", "\n");
            assert!(tree::parse(&yaml).is_ok(), "{now}");
        }
    }

    #[test]
    fn a_key_is_replaced_where_it_stands_however_it_is_written() {
        for old in [
            "note: {date: x,\n  seal: y}\n",
            "\"note\": x\n",
            "note:\n- a\n# of note\n- b\n",
            "note: |\n  a\n\n  b\n",
            "note: [\n1,\n2\n]\n",
            "'note':\n",
        ] {
            let text = format!("---\na: 1\n{old}\n# of b\nb: 2\n---\nnote: no key\n");
            let rest = "---\na: 1\n\n# of b\nb: 2\n---\nnote: no key\n";
            assert_eq!(taken(&text), rest, "{old}");
            assert_eq!(
                put(&text),
                Some(rest.replacen("1\n", "1\nnote: # by hand\n  x: \"1\"\n", 1)),
                "{old}"
            );
        }
    }

    #[test]
    fn the_indent_of_the_other_keys_is_kept() {
        assert_eq!(
            put("---\n  a: 1\n---\n").as_deref(),
            Some("---\n  a: 1\n  note: # by hand\n    x: \"1\"\n---\n")
        );
    }

    #[test]
    fn lines_are_put_only_where_they_can_stand() {
        for text in [
            "",
            "no front matter",
            "---\na: 1\n",
            "---\n{a: 1, # x\n b: 2}\n---\n",
            "---\n- a\n---\n",
            "---\na: [\n---\n",
        ] {
            assert_eq!(put(text), None, "{text}");
            assert_eq!(taken(text), text);
        }
    }

    #[test]
    fn a_mapping_in_braces_and_a_word_for_nothing_make_room() {
        let note = NOTE.map(|line| format!("{line}\n")).concat();
        for (text, now) in [
            ("---\n{a: 1}\n---\nx", "---\na: 1\nNOTE---\nx"),
            (
                "---\n# x\n{note: 1,\n \"b\": [1, {c: }],}  # y\n---\n",
                "---\n# x\nNOTE\"b\": [1, {c: }]\n# y\n---\n",
            ),
            ("---\n{}\n---\n", "---\nNOTE---\n"),
            ("---\n# x\n~\n---\n", "---\n# x\nNOTE---\n"),
            ("---\nnull # y\n---\n", "---\nNOTE---\n"),
        ] {
            assert_eq!(put(text), Some(now.replace("NOTE", &note)), "{text}");
        }
    }

    #[test]
    fn keys_are_named_in_their_order_and_in_nfc() {
        assert_eq!(keys("---\nb: {c: 1}\n\"đo\u{301}ng băng\":\n  d: 2\n---\n"), ["b", "đóng băng"]);
        assert_eq!(keys("x"), [""; 0]);
    }

    #[test]
    fn a_scalar_is_read_back_as_it_was() {
        for text in [
            "a.md",
            "../b/_c-1.pdf",
            "a b.md",
            "Đề án (1).pdf",
            "null",
            "No",
            "1.5",
            "-",
            "a: b",
            "a #b",
            "\"\\\"",
            "",
            " ",
            "a\n\tb",
            "{",
            "x\u{2028}y",
            "~",
            "- a",
            "'",
            "%",
            "a\u{85}b",
        ] {
            let Kind::Map(pairs) =
                tree::parse(&format!("{}: {}\n", scalar(text), scalar(text))).expect(text).kind
            else {
                panic!("a mapping is expected for {text:?}");
            };
            for node in [&pairs[0].0, &pairs[0].1] {
                assert_eq!(node.kind, Kind::Scalar(text.to_owned()), "{text:?}");
            }
        }
        assert_eq!(
            (&*scalar("so-ket.md"), &*scalar("No"), &*scalar("a\\\"")),
            ("so-ket.md", "\"No\"", "\"a\\\\\\\"\"")
        );
    }
}

//! Reading mappings: known keys by table, unknown and doubled ones as problems, values by what they should be.
//!
//! A [`Reader`] walks one file. Every conversion returns an option: a value that cannot be read becomes a problem and is left
//! out, so that one run finds all mistakes of a file. A key with an empty value counts as absent.

use std::sync::Arc;

use super::keys::{self, Table};
use crate::markdown::{self, Flavour};
use crate::model::text::{Passage, Text};
use crate::model::word::Word;
use crate::problem::{Finding, Problem, Problems, control, say::Both};
use crate::source::{FileId, Span, Spanned};
use crate::vietnamese::Language;
use crate::vietnamese::nearest;
use crate::yaml::{Kind, Node};

/// What is needed to read the mappings of one file, and what reading them brings to light.
#[derive(Debug)]
pub struct Reader<'s> {
    /// The file.
    pub file: FileId,
    /// The language of numbers.
    pub language: Language,
    /// Fields that items may name; `None` where they are not known.
    pub fields: Option<&'s [crate::config::Field]>,
    /// What was wrong.
    pub problems: Problems,
    /// Texts read that may refer to something.
    pub passages: Vec<Passage>,
    /// Whether all texts are kept there: in a report with corrections any may have to be corrected.
    pub keeps_all: bool,
    /// The statement that is being read.
    pub statement: Option<usize>,
}

/// The known keys of one mapping with their values.
#[derive(Debug)]
pub struct Fields<'n> {
    table: &'static Table,
    entries: Vec<(&'static str, &'n Node, &'n Node)>,
    /// Known keys that an unknown one was probably meant to be.
    meant: Vec<&'static str>,
    /// Whether there was an unknown key at all.
    pub has_unknown: bool,
    /// Where the mapping begins.
    pub span: Span,
}

impl<'n> Fields<'n> {
    /// The value of a key; `None` where it is absent or empty.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        debug_assert!(
            self.table.keys.iter().any(|(k, _)| *k == key),
            "{key} is no key of {}",
            self.table.name.en
        );
        let (.., value) = self.entries.iter().find(|(known, ..)| *known == key)?;
        (!is_empty(value)).then_some(*value)
    }

    /// Whether the key was given, even without a value.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(known, ..)| *known == key)
    }

    /// Whether this key is given, and no other.
    pub fn is_only(&self, key: &str) -> bool {
        !self.has_unknown && self.has(key) && self.entries.len() == 1
    }

    /// The key as written, for pointing at it.
    pub fn key(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(known, ..)| *known == key).map(|(_, k, _)| *k)
    }
}

fn is_empty(node: &Node) -> bool {
    matches!(&node.kind, Kind::Scalar(text) if text.trim().is_empty())
}

/// Whether a character may belong to a reference, a link or a document number. The letters of Vietnamese, which are asked
/// about most, do not go through the tables of Unicode.
fn may_refer(c: char) -> bool {
    match c {
        '[' | '<' | '0'..='9' => true,
        '\0'..='\x7f' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => false,
        _ => c.is_numeric(),
    }
}

impl Reader<'_> {
    /// The place of a node.
    pub fn span(&self, node: &Node) -> Span {
        Span::node(self.file, node.number)
    }

    /// Notes a finding at a node.
    pub fn add(&mut self, finding: Finding, node: &Node) {
        self.problems.add(finding, self.span(node));
    }

    /// The whole front matter of the file as a mapping of `table`; missing keys are noted at its first line.
    pub fn root<'n>(&mut self, node: &'n Node, table: &'static Table) -> Option<Fields<'n>> {
        let fields = self.mapping(node, table, "front matter")?;
        Some(Fields { span: Span::bytes(self.file, 0, "---".len()), ..fields })
    }

    /// `node` as a mapping of `table`, the value of `key`; unknown and doubled keys are noted.
    pub fn mapping<'n>(&mut self, node: &'n Node, table: &'static Table, key: &str) -> Option<Fields<'n>> {
        let Kind::Map(pairs) = &node.kind else {
            let expected = Both { vi: "một nhóm khoá: giá trị", en: "a mapping of keys to values" };
            self.wrong_type(node, key, expected);
            return None;
        };
        let mut fields = Fields {
            table,
            entries: Vec::with_capacity(pairs.len()),
            meant: Vec::new(),
            has_unknown: false,
            span: self.span(node),
        };
        for (written, value) in pairs {
            self.entry(&mut fields, written, value);
        }
        Some(fields)
    }

    fn entry<'n>(&mut self, fields: &mut Fields<'n>, written: &'n Node, value: &'n Node) {
        let Kind::Scalar(text) = &written.kind else {
            let expected = Both { vi: "một từ", en: "a word" };
            return self.wrong_type(written, "", expected);
        };
        match fields.table.find(text) {
            Some(known) => match fields.entries.iter().find(|(key, ..)| *key == known) {
                Some((_, first, _)) => {
                    let other = if let Kind::Scalar(s) = &first.kind { s.clone() } else { known.to_owned() };
                    self.add(Finding::DoubledKey { key: text.clone(), other }, written);
                }
                None => fields.entries.push((known, written, value)),
            },
            None if is_empty(value) && text.chars().all(|c| c.is_ascii_digit() || "%‰., ".contains(c)) => {
                self.add(Finding::NumberKey { key: text.clone() }, written);
                // The value before it is only the first half of the number.
                fields.meant.extend(fields.entries.pop().map(|(key, ..)| key));
            }
            // What is wrong with the key is said already.
            None if text.contains(control::is_control) => fields.has_unknown = true,
            None => {
                let finding = Finding::UnknownKey { key: text.clone(), table: fields.table.name };
                fields.has_unknown = true;
                let near = nearest::nearest(text, fields.table.spellings());
                fields.meant.extend(near.iter().filter_map(|word| fields.table.find(word)));
                self.problems.push(Problem::new(finding, self.span(written)).with_nearest(near));
            }
        }
    }

    /// The value of a required key; its absence is noted where the mapping begins.
    pub fn required<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n Node> {
        let value = fields.get(key);
        // A misspelt key is one mistake, not a missing key besides.
        if value.is_none() && !fields.meant.contains(&key) {
            let vietnamese = keys::vietnamese(key).unwrap_or(key).to_owned();
            let finding = Finding::MissingKey { key: key.to_owned(), vietnamese, table: fields.table.name };
            self.problems.add(finding, fields.span);
        }
        value
    }

    /// Notes that a value is of the wrong kind.
    pub fn wrong_type(&mut self, node: &Node, key: &str, expected: Both) {
        self.add(Finding::WrongType { key: key.to_owned(), expected }, node);
    }

    /// `node` as a list: a single value is a list of one (content format, section 1). Entries that say nothing are noted.
    pub fn list<'n>(&mut self, node: Option<&'n Node>) -> Vec<&'n Node> {
        let items = match node.map(|n| (n, &n.kind)) {
            Some((_, Kind::List(items))) => items,
            Some((single, _)) => return vec![single],
            None => return Vec::new(),
        };
        let (empty, told): (Vec<&Node>, _) = items.iter().partition(|n| is_empty(n));
        empty.into_iter().for_each(|n| self.add(Finding::EmptyEntry {}, n));
        told
    }

    /// The text of a scalar; something else is noted as no text.
    pub fn scalar<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n str> {
        if let Kind::Scalar(text) = &node.kind {
            return Some(text.trim());
        }
        let mut expected = Both {
            vi: "một giá trị đơn, không phải danh sách hay nhóm khoá",
            en: "a single value",
        };
        if matches!(&node.kind, Kind::Map(_)) {
            // `title: Kết quả: tốt` is a mapping for YAML; say so, since no clerk would guess it.
            expected = Both {
                vi: "một giá trị đơn; nếu có dấu “: ” hãy đặt cả câu trong ngoặc kép",
                en: "a single value; quote it where it holds “: ”",
            };
        }
        self.wrong_type(node, key, expected);
        None
    }

    /// A text of one paragraph.
    pub fn line(&mut self, node: &Node, key: &str) -> Option<Text> {
        self.text(node, key, Flavour::Line)
    }

    /// A text that may hold paragraphs.
    pub fn prose(&mut self, node: &Node, key: &str) -> Option<Text> {
        self.text(node, key, Flavour::Prose)
    }

    fn text(&mut self, node: &Node, key: &str, flavour: Flavour) -> Option<Text> {
        let raw: Arc<str> = self.scalar(node, key)?.into();
        let text = Text { raw, span: self.span(node), flavour };
        self.note_marks(&text);
        // References and links need a bracket, document numbers a digit: most titles have neither, and are not looked through.
        if self.keeps_all || text.raw.contains(may_refer) {
            self.passages.push(Passage { statement: self.statement, text: text.clone() });
        }
        Some(text)
    }

    /// Notes HTML, which is shown as text, and references to control characters.
    fn note_marks(&mut self, text: &Text) {
        if !text.raw.contains('<') && !text.raw.contains("&#") {
            return;
        }
        let scan = markdown::scan(&text.raw, text.flavour).unwrap_or_default();
        for range in scan.html.into_iter().filter(|r| !text.raw[r.clone()].starts_with("</")) {
            self.problems.add(Finding::RawHtml {}, text.span.part(range.start, range.end));
        }
        for (range, c) in scan.numbered.into_iter().filter(|(_, c)| control::is_control(*c)) {
            self.problems.add(control::finding(c), text.span.part(range.start, range.end));
        }
    }

    /// The text of a key of one line.
    pub fn line_of(&mut self, fields: &Fields<'_>, key: &str) -> Option<Text> {
        fields.get(key).and_then(|node| self.line(node, key))
    }

    /// The text of a key that may hold paragraphs.
    pub fn prose_of(&mut self, fields: &Fields<'_>, key: &str) -> Option<Text> {
        fields.get(key).and_then(|node| self.prose(node, key))
    }

    /// The texts of a key that holds a list.
    pub fn lines_of(&mut self, fields: &Fields<'_>, key: &str) -> Vec<Text> {
        self.list(fields.get(key)).into_iter().filter_map(|node| self.line(node, key)).collect()
    }

    /// A word of a closed set.
    pub fn word<T: Word>(&mut self, node: &Node, key: &str) -> Option<Spanned<T>> {
        let text = self.scalar(node, key)?;
        if let Some(word) = T::parse(text) {
            return Some(Spanned::new(word, self.span(node)));
        }
        let both = |(_, en, vi): &(T, &str, &str)| match self.language {
            Language::Vi => format!("{vi} ({en})"),
            Language::En => (*en).to_owned(),
        };
        let allowed: Vec<String> = T::ALL.iter().map(both).collect();
        let near = nearest::nearest(text, T::ALL.iter().flat_map(|(_, en, vi)| [*en, *vi]));
        let finding =
            Finding::UnknownWord { key: key.to_owned(), word: text.to_owned(), allowed: allowed.join(", ") };
        self.problems.push(Problem::new(finding, self.span(node)).with_nearest(near));
        None
    }

    /// The word of a key.
    pub fn word_of<T: Word>(&mut self, fields: &Fields<'_>, key: &str) -> Option<Spanned<T>> {
        fields.get(key).and_then(|node| self.word(node, key))
    }
}

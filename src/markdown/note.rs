//! Footnotes of a rendered text: numbered in the order in which they are first called, listed at its end.
//!
//! Bodies are rendered one after the other from a queue, never inside each other, since a note may call notes, itself
//! too. Notes that nothing calls stand last in a whole document: what an author wrote is not dropped in silence.

use super::Fault;
use super::escape::push_attribute;
use super::event::Parsed;
use super::inline::push_label;
use super::parse::fold_label;
use super::render::RenderOptions;
use super::writer::Writer;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The notes called so far.
pub(super) struct Notes {
    /// Definitions by label; of two equal ones the first counts.
    by_label: BTreeMap<String, usize>,
    numbers: BTreeMap<usize, usize>,
    /// In the order of their numbers.
    pub called: Vec<Footnote>,
}

/// One note: its definition, how often it is called, its body once rendered.
pub(super) struct Footnote {
    pub definition: usize,
    pub calls: usize,
    pub body: String,
}

impl Notes {
    /// All definitions of a text, none called.
    pub fn of(parsed: &Parsed<'_>) -> Self {
        let by_label =
            parsed.notes.iter().enumerate().rev().map(|(index, note)| (note.label.clone(), index)).collect();
        Notes { by_label, numbers: BTreeMap::new(), called: Vec::new() }
    }

    /// Notes a call and writes its mark; false where the label has no definition.
    pub fn call(&mut self, out: &mut String, label: &str, options: &RenderOptions<'_>) -> bool {
        let Some(definition) = self.by_label.get(&fold_label(label)) else {
            return false;
        };
        let number = self.number(*definition);
        let Some(note) = self.called.get_mut(number - 1) else {
            return false;
        };
        note.calls += 1;
        let calls = note.calls;
        out.push_str("<sup class=\"footnote-ref\"><a href=\"#");
        push_id(out, "fn", options.prefix, number, 1);
        out.push_str("\" id=\"");
        push_id(out, "fnref", options.prefix, number, calls);
        out.push_str("\" role=\"doc-noteref\"");
        push_numbered(out, options.footnote_label, number);
        // Writing to a string cannot fail.
        let _ = write!(out, ">{number}</a></sup>");
        true
    }

    /// Adds a definition that nothing calls, unless it is there.
    pub fn add(&mut self, definition: usize) {
        self.number(definition);
    }

    fn number(&mut self, definition: usize) -> usize {
        let called = &mut self.called;
        *self.numbers.entry(definition).or_insert_with(|| {
            called.push(Footnote { definition, calls: 0, body: String::new() });
            called.len()
        })
    }
}

impl Writer<'_> {
    /// Renders the bodies of the notes called, which may call others, then lists them.
    pub fn write_notes(&mut self) -> Result<(), Fault> {
        self.in_note = true;
        let mut next = 0;
        loop {
            while let Some(definition) = self.notes.called.get(next).map(|note| note.definition) {
                let text = std::mem::take(&mut self.out);
                self.write(self.parsed.notes[definition].body.clone())?;
                let body = std::mem::replace(&mut self.out, text);
                self.limit = self.limit.saturating_sub(body.len());
                self.notes.called[next].body = body;
                next += 1;
            }
            let uncalled = (0..self.parsed.notes.len()).filter(|_| self.options.section.is_none());
            uncalled.for_each(|definition| self.notes.add(definition));
            if next == self.notes.called.len() {
                break;
            }
        }
        let links_back: usize = self.notes.called.iter().map(|note| note.calls).sum();
        // What a way back takes, at least; each is counted before any is written.
        if self.out.len() + 64 * links_back > self.limit {
            return Err(Fault::TooLarge);
        }
        push_list(&mut self.out, &self.notes.called, self.options);
        Ok(())
    }
}

/// The list of notes, each with a way back to every call.
fn push_list(out: &mut String, notes: &[Footnote], options: &RenderOptions<'_>) {
    if notes.is_empty() {
        return;
    }
    out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\"");
    push_label(out, options.footnotes_label);
    out.push_str(">\n<ol>\n");
    for (index, note) in notes.iter().enumerate() {
        out.push_str("<li id=\"");
        push_id(out, "fn", options.prefix, index + 1, 1);
        out.push_str("\">");
        let (body, tail) = match note.body.trim_end().strip_suffix("</p>") {
            Some(body) => (body, "</p>"),
            None => (note.body.as_str(), ""),
        };
        out.push_str(body);
        for call in 1..=note.calls {
            push_way_back(out, index + 1, call, options);
        }
        out.push_str(tail);
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n</section>\n");
}

fn push_way_back(out: &mut String, number: usize, call: usize, options: &RenderOptions<'_>) {
    out.push_str(" <a class=\"footnote-back\" href=\"#");
    push_id(out, "fnref", options.prefix, number, call);
    out.push_str("\" role=\"doc-backlink\"");
    push_numbered(out, options.back_label, number);
    out.push_str(">↩");
    if call > 1 {
        let _ = write!(out, "<sup>{call}</sup>");
    }
    out.push_str("</a>");
}

/// `fn_<prefix>_1`, and `fnref_<prefix>_1_2` for the second call.
fn push_id(out: &mut String, kind: &str, prefix: &str, number: usize, call: usize) {
    out.push_str(kind);
    if !prefix.is_empty() {
        out.push('_');
        push_attribute(out, prefix);
    }
    let _ = write!(out, "_{number}");
    if call > 1 {
        let _ = write!(out, "_{call}");
    }
}

/// `aria-label="Chú thích 3"`, nothing without words.
fn push_numbered(out: &mut String, label: &str, number: usize) {
    if !label.is_empty() {
        push_label(out, &format!("{label} {number}"));
    }
}

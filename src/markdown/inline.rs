//! Links, references, images, runs of words: whatever holds an address.
//!
//! Addresses come from [`Resolve`] and are only escaped here. No link ever stands inside another.

use super::scan::has_digit;
use super::writer::Writer;
use super::{Resolve, Resolved, Unlinked, push_attribute, push_text};
use std::ops::Range;

/// A line without any special character.
pub(super) fn bare_line(text: &str, resolve: &dyn Resolve) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push_part(&mut out, text, 0..text.len(), &numbers(text, Some(resolve)));
    out
}

impl Writer<'_> {
    /// Writes an image, and answers which event comes after it.
    pub fn image(&mut self, open: usize, index: usize) -> usize {
        let close = self.parsed.image_end(open);
        let alt = self.parsed.plain_of(open..close, &Unlinked);
        let link = &self.parsed.links[index];
        let resolved = self.resolve.link(&link.dest, true);
        match &resolved.href {
            None => push_text(&mut self.out, &alt),
            // A page asks no other host for anything: what lies elsewhere can be gone to, not shown.
            Some(src) if src.contains("://") => {
                self.out.push_str("<a");
                push_pair_always(&mut self.out, "href", src);
                self.out.push('>');
                push_text(&mut self.out, if alt.is_empty() { src } else { &alt });
                self.out.push_str("</a>");
            }
            Some(src) => {
                self.out.push_str("<img");
                push_pair_always(&mut self.out, "src", src);
                push_pair_always(&mut self.out, "alt", &alt);
                self.push_class_and_title(&resolved, &link.title);
                self.out.push_str(" loading=\"lazy\">");
            }
        }
        self.unseen(open..close);
        close + 1
    }

    /// Begins a link, or only its words where it leads nowhere.
    pub fn open_link(&mut self, index: usize) {
        let link = &self.parsed.links[index];
        // CommonMark lets `<https://…>` stand inside another link; HTML does not.
        let resolved =
            if self.links.is_empty() { self.resolve.link(&link.dest, false) } else { Resolved::default() };
        let is_written = self.open_anchor(&resolved, &link.title);
        self.links.push((self.out.len(), is_written));
        self.hold();
    }

    /// Ends a link; one without words shows its address.
    pub fn close_link(&mut self, index: usize) {
        let Some((start, is_written)) = self.links.pop() else {
            return;
        };
        if self.out.len() == start {
            push_text(&mut self.out, &self.parsed.links[index].dest);
        }
        if is_written {
            self.out.push_str("</a>");
        }
        self.release();
    }

    /// `[[…]]` whole.
    pub fn reference(&mut self, at: usize) {
        let (target, words) = self.parsed.reference(&self.parsed.events[at]);
        let target = &self.parsed.text[target];
        let mut resolved = self.resolve.reference(target, words.as_deref());
        if !self.links.is_empty() {
            resolved.href = None;
        }
        let anchor = |writer: &mut Self, words: &dyn Fn(&mut Self)| {
            let is_written = writer.open_anchor(&resolved, "");
            writer.hold();
            words(writer);
            writer.out.push_str(if is_written { "</a>" } else { "" });
            writer.release();
        };
        match &words {
            Some(words) => anchor(self, &|writer| writer.words(at, words, None)),
            None => {
                let words = resolved.words.as_deref().unwrap_or(target);
                self.whole(at, |writer| anchor(writer, &|writer| push_text(&mut writer.out, words)));
            }
        }
    }

    fn open_anchor(&mut self, resolved: &Resolved, title: &str) -> bool {
        let Some(href) = &resolved.href else { return false };
        self.out.push_str("<a");
        push_pair_always(&mut self.out, "href", href);
        self.push_class_and_title(resolved, title);
        self.out.push('>');
        true
    }

    fn push_class_and_title(&mut self, resolved: &Resolved, title: &str) {
        let title = if title.is_empty() { resolved.title.as_deref().unwrap_or_default() } else { title };
        push_pair(&mut self.out, "class", resolved.class.unwrap_or_default());
        push_pair(&mut self.out, "title", title);
    }
}

/// Document numbers in plain words, with where they lead.
pub(super) fn numbers(text: &str, resolve: Option<&dyn Resolve>) -> Vec<(Range<usize>, String)> {
    resolve.filter(|_| has_digit(text)).map(|resolve| resolve.numbers(text)).unwrap_or_default()
}

/// A part of plain words, the document numbers in it linked. What a resolver says of places that are none is left out.
pub(super) fn push_part(
    out: &mut String,
    text: &str,
    part: Range<usize>,
    numbers: &[(Range<usize>, String)],
) {
    let mut written = part.start;
    for (range, href) in numbers.iter().filter(|(range, _)| range.end <= part.end) {
        let (Some(before), Some(number)) = (text.get(written..range.start), text.get(range.clone())) else {
            continue;
        };
        push_text(out, before);
        out.push_str("<a");
        push_pair_always(out, "href", href);
        out.push('>');
        push_text(out, number);
        out.push_str("</a>");
        written = range.end;
    }
    push_text(out, text.get(written..part.end).unwrap_or_default());
}

/// An attribute, nothing without a value.
pub(super) fn push_pair(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        push_pair_always(out, name, value);
    }
}

fn push_pair_always(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_attribute(out, value);
    out.push('"');
}

/// An attribute `aria-label`, nothing without words.
pub(super) fn push_label(out: &mut String, label: &str) {
    push_pair(out, "aria-label", label);
}

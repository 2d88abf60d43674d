//! The outline of a rendered text: levels without gaps and ids without collisions.
//!
//! Authors begin with `###` or jump from `##` to `####`; a page's outline may not, since screen readers read by it.
//! Ids that we make hold an underscore, which no id of an author does, so the two kinds never meet.

use super::event::HeadingPlace;
use super::inline::push_pair;
use super::render::ContentsEntry;
use super::writer::Writer;
use super::{Flavour, HeadingNote, push_text};
use crate::vietnamese::slug::slug;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

impl Writer<'_> {
    /// Begins a heading; in prose and in notes a bold paragraph.
    pub fn open_heading(&mut self, index: usize) {
        let heading = &self.parsed.headings[index];
        self.heading = OpenHeading::default();
        if self.parsed.flavour != Flavour::Document || self.in_note {
            if !heading.words.is_empty() {
                self.out.push_str("<p><strong>");
                self.heading.end = "</strong></p>\n".to_owned();
            }
            return;
        }
        let author = self.parsed.heading_id(heading);
        let mut text = self.parsed.plain_of(heading.words.clone(), self.resolve);
        let note = author.and_then(|id| self.resolve.heading(index, id));
        if heading.words.is_empty() && author.is_none() {
            return;
        }
        let id = self.heading_id(author, note.as_ref(), &text);
        let level = self.outline.next(heading.level, self.options.heading_shift);
        // Writing to a string cannot fail.
        let _ = write!(self.out, "<h{level}");
        push_pair(&mut self.out, "id", &id);
        self.out.push('>');
        if heading.words.is_empty() {
            // Nothing but an id: it stands for the words, since an empty heading is none.
            text = author.unwrap_or_default().to_owned();
            push_text(&mut self.out, &text);
        }
        self.heading = OpenHeading { end: format!("</h{level}>\n"), note };
        self.add_to_contents(heading, level, id, text);
    }

    /// Ends a heading, with the way to its item's page below.
    pub fn close_heading(&mut self) {
        let heading = std::mem::take(&mut self.heading);
        self.out.push_str(&heading.end);
        let Some(note) = heading.note.filter(|note| !note.label.is_empty()) else {
            return;
        };
        self.out.push_str("<p class=\"to-item\">");
        if let Some(href) = &note.href {
            self.out.push_str("<a");
            push_pair(&mut self.out, "href", href);
            self.out.push('>');
        }
        push_text(&mut self.out, &note.label);
        self.out.push_str(if note.href.is_some() { "</a></p>\n" } else { "</p>\n" });
    }

    /// The author's id as it is; on an item's page, and where there is none, one of ours.
    fn heading_id(&mut self, author: Option<&str>, note: Option<&HeadingNote>, text: &str) -> String {
        let id = note.map(|note| note.id.as_str()).or(author);
        match id {
            Some(id) if self.options.section.is_some() => self.ids.unique(own_id(self.options.prefix, id)),
            Some(id) if self.ids.claim(id) => id.to_owned(),
            Some(_) => String::new(),
            None => self.ids.make(self.options.prefix, text),
        }
    }

    fn add_to_contents(&mut self, heading: &HeadingPlace, level: u8, id: String, text: String) {
        if heading.depth == 0 && !text.is_empty() {
            self.contents.push(ContentsEntry { level, id, text });
        }
    }
}

/// What to write when the heading ends; nothing for an empty one.
#[derive(Default)]
pub(super) struct OpenHeading {
    end: String,
    note: Option<HeadingNote>,
}

/// The headings that are open around the next one, by the levels their author gave.
#[derive(Default)]
pub(super) struct Outline {
    open: Vec<u8>,
}

impl Outline {
    /// The level to print for a heading of `level`, `shift` levels below the page's top; never above 6.
    pub fn next(&mut self, level: u8, shift: u8) -> u8 {
        while self.open.last().is_some_and(|open| *open >= level) {
            self.open.pop();
        }
        self.open.push(level);
        // At most six are open, since their levels rise from 1 to 6.
        (self.open.len() as u8).saturating_add(shift).clamp(1, 6)
    }
}

/// The ids given out in one text.
#[derive(Default)]
pub(super) struct Ids {
    /// Authors' ids already printed.
    authors: BTreeSet<String>,
    /// Our own ids, and those that an author took against the rule.
    taken: BTreeSet<String>,
    /// The next number to try for a base, so that ten thousand equal headings stay cheap.
    next: BTreeMap<String, usize>,
}

/// Characters of a heading that its id is made of; longer ones only make addresses nobody can read.
const ID_CHARS: usize = 60;

impl Ids {
    /// Keeps ours away from an author's id that looks like one of ours.
    pub fn reserve(&mut self, id: &str) {
        if id.contains('_') {
            self.taken.insert(id.to_owned());
        }
    }

    /// Takes an author's id; false where it is doubled, and would make the page invalid.
    pub fn claim(&mut self, id: &str) -> bool {
        !id.is_empty() && self.authors.insert(id.to_owned())
    }

    /// An id of our own from the words of a heading: `s_khai-quat-chung`.
    pub fn make(&mut self, prefix: &str, words: &str) -> String {
        let start = words.char_indices().nth(ID_CHARS).map_or(words, |(at, _)| &words[..at]);
        self.unique(own_id(prefix, &slug(start)))
    }

    /// `base`, with `-2`, `-3` where that is taken.
    pub fn unique(&mut self, base: String) -> String {
        if self.taken.insert(base.clone()) {
            return base;
        }
        let number = self.next.entry(base.clone()).or_insert(2);
        loop {
            let id = format!("{base}-{number}");
            *number += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// An id that no author can have written.
pub(super) fn own_id(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { format!("s_{name}") } else { format!("s_{prefix}_{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_never_skip() {
        let levels = |typed: &[u8]| {
            let mut outline = Outline::default();
            typed.iter().map(|level| outline.next(*level, 1)).collect::<Vec<_>>()
        };
        assert_eq!(levels(&[1, 2, 3]), [2, 3, 4]);
        assert_eq!(levels(&[3, 3, 5, 4, 2, 3]), [2, 2, 3, 3, 2, 3]);
        assert_eq!(levels(&[1, 2, 3, 4, 5, 6]), [2, 3, 4, 5, 6, 6]);
    }

    #[test]
    fn ids_are_unique_and_ours_hold_an_underscore() {
        let mut ids = Ids::default();
        assert!(ids.claim("results") && !ids.claim("results"));
        assert_eq!(ids.make("", "Kết quả"), "s_ket-qua");
        assert_eq!(ids.make("", "Kết quả"), "s_ket-qua-2");
        assert_eq!(ids.make("", "Kết quả 2"), "s_ket-qua-2-2");
        assert!(ids.make("x", "Kết quả").starts_with("s_x_"));
    }
}

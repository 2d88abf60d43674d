//! Headings while a text is parsed: their ids and the sections that they begin.
//!
//! An id is a block of braces that holds `#id` and nothing else. The parser also takes `## Mục tiêu {dự thảo}` for
//! attributes and drops the words; here they are given back. Rule: `content-format.md` 3.3, the body.

use super::Flavour;
use super::event::{HeadingPlace, Kind, Tag};
use super::parse::Builder;
use std::ops::Range;

impl Builder<'_, '_> {
    /// Begins a heading, and so its section.
    pub fn start_heading(&mut self, level: u8, id: Option<&str>, place: &Range<usize>) -> Tag {
        self.end_sections(place.start, |heading, depth| heading.depth == depth && heading.level >= level);
        let id = id.and_then(|id| {
            let (inside, _) = self.braces(place)?;
            let source = self.parsed.text.get(inside.clone())?;
            let lead = source.len() - source.trim_start().len() + 1;
            let is_alone = source.trim().strip_prefix('#')? == self.restored(id);
            is_alone.then(|| inside.start + lead..inside.start + lead + id.len())
        });
        let start = self.parsed.events.len() + 1;
        let (range, depth) = (place.clone(), self.open.len());
        self.parsed.headings.push(HeadingPlace {
            level,
            id,
            range,
            words: start..start,
            section_end: 0,
            section_end_byte: 0,
            depth,
        });
        self.sections.push(self.parsed.headings.len() - 1);
        Tag::Heading(self.parsed.headings.len() - 1)
    }

    /// What stands between the last braces of a heading, and the same with the braces and the space before.
    fn braces(&self, place: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
        let source = self.parsed.text.get(place.clone())?;
        let close = source.rfind('}')?;
        let open = source.get(..close)?.rfind('{')?;
        let before = source.get(..open)?.trim_end_matches([' ', '\t']).len();
        Some((place.start + open + 1..place.start + close, place.start + before..place.start + close + 1))
    }

    /// Braces that were no id belong to the words, wherever the parser dropped them.
    pub fn end_heading(&mut self, index: usize, place: &Range<usize>) {
        let has_id = self.parsed.headings.get(index).is_some_and(|heading| heading.id.is_some());
        if self.parsed.flavour == Flavour::Document
            && !has_id
            && let Some((inside, whole)) = self.braces(place)
            && let Some(last) = self.parsed.events.last()
            && (matches!(last.kind, Kind::Open(_)) || last.range.end < inside.start)
        {
            self.push_text(whole);
        }
        let end = self.parsed.events.len();
        if let Some(heading) = self.parsed.headings.get_mut(index) {
            heading.words.end = end;
        }
    }

    /// Ends the sections for which `is_over` holds; they are the last ones, since inner sections end first.
    pub fn end_sections(&mut self, byte: usize, is_over: impl Fn(&HeadingPlace, usize) -> bool) {
        let (depth, event) = (self.open.len(), self.parsed.events.len());
        while let Some(heading) = self.sections.last().and_then(|index| self.parsed.headings.get_mut(*index))
        {
            if !is_over(heading, depth) {
                return;
            }
            (heading.section_end, heading.section_end_byte) = (event, byte);
            self.sections.pop();
        }
    }
}

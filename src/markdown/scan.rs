//! What a text points to and holds, with places: references, links, raw HTML, headings, runs of words.
//!
//! The checks and the graph read this; nothing is resolved here. All ranges are byte ranges of the scanned text and
//! lie on character borders.

use super::Unlinked;
use super::escape::{Markup, decoded, floor};
use super::event::{Event, Kept, Kind, Parsed, Tag};
use std::ops::Range;

/// All findings, each list in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// `[[…]]`, none in code and none in an image's alternative text.
    pub references: Vec<Found>,
    /// Links, images and `<https://…>`.
    pub links: Vec<FoundLink>,
    /// Raw HTML, which is shown as text: blocks, and tags inside lines.
    pub html: Vec<Range<usize>>,
    /// Numeric references, and the characters that they mean.
    pub numbered: Vec<(Range<usize>, char)>,
    /// Headings of a document; other flavours have none.
    pub headings: Vec<Heading>,
    /// Runs of plain text that hold a digit, outside code, links and images: where document numbers stand. A
    /// backslash ends a run, so `04\-NQ/HU` is the author's way to keep a number unlinked.
    pub words: Vec<Range<usize>>,
    /// Of a document, what it was made from, for [`super::parsed`].
    pub(super) kept: Option<Kept>,
}

/// A reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The target's place, without brackets and words.
    pub range: Range<usize>,
    /// As typed, trimmed, never empty: `2015-2020#lesson:id`, `unit/`.
    pub target: String,
    /// The words after `|`, plain.
    pub words: Option<String>,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLink {
    /// The destination's place where it stands in the link as typed, else the whole link.
    pub range: Range<usize>,
    /// Entities and escapes decoded; `mailto:` in front of a bare address.
    pub dest: String,
    /// `![…](…)`.
    pub is_image: bool,
    /// An image without alternative text; false for links.
    pub lacks_alt: bool,
}

/// A heading; its index in [`Scan::headings`] is what [`super::RenderOptions::section`] takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6 as typed.
    pub level: u8,
    /// `{#id}`, the id without `#`, and its place.
    pub id: Option<(String, Range<usize>)>,
    /// The whole heading.
    pub range: Range<usize>,
    /// Plain words; a reference without words as typed.
    pub text: String,
    /// From the heading's start to the next heading of the same or a higher level, or the end of the list or
    /// quotation it stands in.
    pub section: Range<usize>,
}

impl Scan {
    /// The findings of a line without any special character.
    pub(super) fn of_bare_line(text: &str) -> Scan {
        let mut scan = Scan::default();
        if has_digit(text) {
            let start = text.len() - text.trim_start().len();
            scan.words.push(start..start + text.trim().len());
        }
        scan
    }
}

/// No document number is without a digit: asked first, since most runs hold none.
pub(super) fn has_digit(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | byte.is_ascii_digit())
}

impl Parsed<'_> {
    /// Everything found in the text.
    pub fn scan(&self) -> Scan {
        let mut scan = Scan {
            headings: self.headings.iter().map(|heading| self.found_heading(heading)).collect(),
            ..Scan::default()
        };
        let (mut links, mut in_code) = (0_usize, false);
        // Images that are open: their place in `scan.links`.
        let mut images: Vec<usize> = Vec::new();
        for event in &self.events {
            if matches!(event.kind, Kind::Literal(_)) {
                scan.numbered.extend(self.numbered(event));
            }
            match event.kind {
                Kind::Open(Tag::Link(index)) => {
                    links += 1;
                    scan.links.push(self.found_link(event, index, false));
                }
                Kind::Close(Tag::Link(_)) => links -= 1,
                Kind::Open(Tag::Image(index)) => {
                    images.push(scan.links.len());
                    scan.links.push(self.found_link(event, index, true));
                }
                Kind::Close(Tag::Image(_)) => {
                    let inner = images.pop();
                    if inner.is_some_and(|inner| !scan.links[inner].lacks_alt) {
                        has_words(&mut scan.links, &images);
                    }
                }
                Kind::Open(Tag::CodeBlock) => in_code = true,
                Kind::Close(Tag::CodeBlock) => in_code = false,
                Kind::Open(Tag::HtmlBlock) => scan.html.push(event.range.clone()),
                Kind::Html => scan.html.push(event.range.clone()),
                Kind::Text if !images.is_empty() && self.source(event).trim().is_empty() => {}
                Kind::Reference | Kind::Text | Kind::Literal(_) | Kind::Code(_) if !images.is_empty() => {
                    has_words(&mut scan.links, &images);
                }
                Kind::Reference if links == 0 => scan.references.push(self.found_reference(event)),
                Kind::Text if links == 0 && !in_code && has_digit(self.source(event)) => {
                    scan.words.push(event.range.clone())
                }
                _ => {}
            }
        }
        scan
    }

    fn numbered(&self, event: &Event) -> Option<(Range<usize>, char)> {
        let source = Some(self.source(event)).filter(|source| source.starts_with("&#"))?;
        Some((event.range.clone(), decoded(source, Markup::Html).0.chars().next()?))
    }

    fn found_reference(&self, event: &Event) -> Found {
        let (range, words) = self.reference(event);
        Found {
            target: self.text[range.clone()].to_owned(),
            range,
            words: words.map(|words| words.into_owned()),
        }
    }

    /// Looks for the destination near the link's end only: a link can hold images, each with a link's whole length.
    fn found_link(&self, event: &Event, index: usize, is_image: bool) -> FoundLink {
        let dest = self.links[index].dest.clone();
        let bare =
            if self.source(event).starts_with('<') { dest.trim_start_matches("mailto:") } else { &dest };
        let title = self.links[index].title.len();
        let source = self.source(event);
        let tail = floor(source, source.len().saturating_sub(bare.len() + 2 * title + 64));
        let range = match source[tail..].rfind(bare) {
            Some(at) if !bare.is_empty() => {
                event.range.start + tail + at..event.range.start + tail + at + bare.len()
            }
            _ => event.range.clone(),
        };
        FoundLink { range, dest, is_image, lacks_alt: is_image }
    }

    fn found_heading(&self, heading: &super::event::HeadingPlace) -> Heading {
        Heading {
            level: heading.level,
            id: heading.id.clone().map(|range| (self.text[range.clone()].to_owned(), range)),
            range: heading.range.clone(),
            text: self.plain_of(heading.words.clone(), &Unlinked),
            section: heading.range.start..heading.section_end_byte,
        }
    }
}

/// The innermost open image has an alternative text.
fn has_words(links: &mut [FoundLink], images: &[usize]) {
    if let Some(link) = images.last().and_then(|image| links.get_mut(*image)) {
        link.lacks_alt = false;
    }
}

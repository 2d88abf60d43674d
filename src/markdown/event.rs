//! Our own events: a parsed text as a flat list whose entries point back into what the author typed.
//!
//! Flat and not a tree, so that no nesting an author can write ever becomes recursion. Pointing back, so that a run of
//! words is the author's own bytes (no copy, exact places), and no placeholder of the preparation can be seen anywhere.
//! Only `parse` builds these; all other files of the room read them.

use super::Flavour;
use std::borrow::Cow;
use std::ops::Range;

/// A parsed text: parse once, then scan, render, and render its sections, as often as needed and on any thread.
#[derive(Debug)]
pub struct Parsed<'a> {
    pub(super) text: &'a str,
    pub(super) flavour: Flavour,
    /// In the order of the text: starts of ranges do not decrease, except where the parser repeats words of a malformed
    /// nest such as `[[![[a](b)]]`. Only a sentence may then be cut wrongly.
    pub(super) events: Vec<Event>,
    pub(super) headings: Vec<HeadingPlace>,
    pub(super) links: Vec<Destination>,
    pub(super) notes: Vec<NotePlace>,
    /// Words that are not the author's bytes: decoded entities, trimmed code, note labels.
    pub(super) strings: Vec<String>,
}

/// A parsed text without the text: what a [`super::Scan`] of a document keeps, so that showing it needs no second parsing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    flavour: Flavour,
    events: Box<[Event]>,
    headings: Box<[HeadingPlace]>,
    links: Box<[Destination]>,
    notes: Box<[NotePlace]>,
    strings: Box<[String]>,
}

/// One event with its place in the text. A `Close` stands at the end of what it closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    pub kind: Kind,
    pub range: Range<usize>,
}

/// What happens. `Open` and `Close` are balanced; the numbers are places in the lists of [`Parsed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open(Tag),
    Close(Tag),
    /// The author's own bytes; neighbouring ones are one event, so `04-NQ/HU` is never cut.
    Text,
    /// Words from `strings`.
    Literal(usize),
    /// Inline code, from `strings`.
    Code(usize),
    /// A raw tag inside a line.
    Html,
    /// A line of a raw block, inside `Tag::HtmlBlock`.
    HtmlLine,
    /// `[[…]]`; the range holds the brackets.
    Reference,
    /// `[^label]` whose label is in `strings`.
    NoteMark(usize),
    SoftBreak,
    HardBreak,
    Rule,
}

/// What can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Paragraph,
    Heading(usize),
    Quote,
    Bullets,
    Numbered(u64),
    Item,
    CodeBlock,
    HtmlBlock,
    Note(usize),
    Table,
    Head,
    Row,
    Cell {
        align: Align,
        is_head: bool,
    },
    Emphasis,
    Strong,
    Link(usize),
    Image(usize),
    /// What our options never let the parser make.
    Unknown,
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Start,
    Center,
    Right,
}

/// Where a link or image leads, entities and escapes decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Destination {
    pub dest: String,
    pub title: String,
}

/// A heading: its source and its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeadingPlace {
    pub level: u8,
    /// Where the id stands, without `#`.
    pub id: Option<Range<usize>>,
    pub range: Range<usize>,
    /// The events between its `Open` and its `Close`.
    pub words: Range<usize>,
    /// The event that ends its section, and the place in the text.
    pub section_end: usize,
    pub section_end_byte: usize,
    /// How many things are open around it: 0 stands in no quotation, list or note.
    pub depth: usize,
}

/// A footnote's definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NotePlace {
    /// Folded, for comparing with a mark's label.
    pub label: String,
    /// The events between its `Open` and its `Close`.
    pub body: Range<usize>,
}

impl Tag {
    /// Stands inside a line; every other tag is a border of sentences.
    pub fn is_inline(self) -> bool {
        matches!(self, Tag::Emphasis | Tag::Strong | Tag::Link(_) | Tag::Image(_))
    }
}

impl<'a> Parsed<'a> {
    /// What was parsed, without the text.
    pub(super) fn keep(self) -> Kept {
        Kept {
            flavour: self.flavour,
            events: self.events.into(),
            headings: self.headings.into(),
            links: self.links.into(),
            notes: self.notes.into(),
            strings: self.strings.into(),
        }
    }

    /// What was kept of `text`, which must be the text it was kept of.
    pub(super) fn again(text: &'a str, kept: &Kept) -> Self {
        Parsed {
            text,
            flavour: kept.flavour,
            events: kept.events.to_vec(),
            headings: kept.headings.to_vec(),
            links: kept.links.to_vec(),
            notes: kept.notes.to_vec(),
            strings: kept.strings.to_vec(),
        }
    }
}

impl Parsed<'_> {
    /// The author's bytes of an event.
    pub(super) fn source(&self, event: &Event) -> &str {
        self.text.get(event.range.clone()).unwrap_or_default()
    }

    /// The words of an event, as far as it has any: those of a reference as typed.
    pub(super) fn said(&self, at: usize) -> Cow<'_, str> {
        let event = &self.events[at];
        match event.kind {
            Kind::Text | Kind::Html | Kind::HtmlLine => Cow::Borrowed(self.source(event)),
            Kind::Literal(words) | Kind::Code(words) => Cow::Borrowed(&self.strings[words]),
            Kind::Reference => {
                let (target, words) = self.reference(event);
                words.unwrap_or_else(|| Cow::Borrowed(&self.text[target]))
            }
            _ => Cow::Borrowed(""),
        }
    }

    /// The place of a reference's target, and the words the author gave it. Words are shown as typed, without
    /// Markdown inside; empty ones count as none.
    pub(super) fn reference(&self, event: &Event) -> (Range<usize>, Option<Cow<'_, str>>) {
        let start = event.range.start + 2;
        let inside = self.text.get(start..event.range.end.saturating_sub(2)).unwrap_or_default();
        let (target, words) =
            inside.split_once('|').map_or((inside, None), |(target, words)| (target, Some(words)));
        let lead = target.len() - target.trim_start().len();
        // Some editors write `\|` in tables.
        let target = target.trim().trim_end_matches('\\').trim_end();
        let range = start + lead..start + lead + target.len();
        (range, words.map(str::trim).filter(|words| !words.is_empty()).map(on_one_line))
    }

    /// The author's id of a heading.
    pub(super) fn heading_id(&self, heading: &HeadingPlace) -> Option<&str> {
        self.text.get(heading.id.clone()?)
    }
}

/// A reference may run over a line's end, in a quotation too, whose `>` is then no part of the words.
fn on_one_line(words: &str) -> Cow<'_, str> {
    if !words.contains(['\n', '\r']) {
        return Cow::Borrowed(words);
    }
    let lines = words.lines().map(|line| line.trim_start_matches([' ', '\t', '>']).trim_end());
    Cow::Owned(lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
}

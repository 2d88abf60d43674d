//! From pulldown-cmark's events to ours. The only file of the program that names the crate.
//!
//! Here references are told from links and neighbouring text is joined; `section` adds what belongs to headings.

use super::event::{Align, Destination, Event, Kind, NotePlace, Parsed, Tag};
use super::prepare::{Prepared, prepare};
use super::{Fault, Flavour, guarded};
use pulldown_cmark as cmark;
use std::ops::Range;

/// Parses `text` once; the result can be scanned and rendered many times.
///
/// # Errors
/// [`Fault::Parser`] when the parser panicked: one text's problem, not the program's end.
pub fn parse(text: &str, flavour: Flavour) -> Result<Parsed<'_>, Fault> {
    guarded(|| {
        let prepared = prepare(text, flavour);
        let parser = cmark::Parser::new_ext(&prepared.text, options(flavour));
        let mut builder = Builder::new(text, flavour, &prepared);
        for (event, range) in parser.into_offset_iter() {
            builder.take(event, range);
        }
        Ok(builder.finish())
    })
}

/// Named one by one and never `all()`: the metadata options take 30 s on a hostile 480 kB.
fn options(flavour: Flavour) -> cmark::Options {
    let line = cmark::Options::ENABLE_WIKILINKS;
    let prose = line | cmark::Options::ENABLE_TABLES;
    match flavour {
        Flavour::Line => line,
        Flavour::Prose => prose,
        Flavour::Document => {
            prose | cmark::Options::ENABLE_FOOTNOTES | cmark::Options::ENABLE_HEADING_ATTRIBUTES
        }
    }
}

/// The form in which footnote labels are compared.
pub(super) fn fold_label(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The events so far, and what is open.
pub(super) struct Builder<'a, 'p> {
    pub parsed: Parsed<'a>,
    prepared: &'p Prepared<'a>,
    pub open: Vec<Tag>,
    /// Depth inside a reference, whose inner events are not wanted: its words are taken as typed.
    in_reference: usize,
    /// Headings whose section is not yet over.
    pub sections: Vec<usize>,
    aligns: Vec<cmark::Alignment>,
    column: usize,
}

impl<'a, 'p> Builder<'a, 'p> {
    fn new(text: &'a str, flavour: Flavour, prepared: &'p Prepared<'a>) -> Self {
        let events = Vec::with_capacity(text.len() / 32 + 8);
        let (headings, links, notes, strings) = Default::default();
        let parsed = Parsed { text, flavour, events, headings, links, notes, strings };
        Builder {
            parsed,
            prepared,
            open: Vec::new(),
            in_reference: 0,
            sections: Vec::new(),
            aligns: Vec::new(),
            column: 0,
        }
    }

    fn take(&mut self, event: cmark::Event<'_>, range: Range<usize>) {
        if self.in_reference > 0 {
            match event {
                cmark::Event::Start(_) => self.in_reference += 1,
                cmark::Event::End(_) => self.in_reference -= 1,
                _ => {}
            }
            return;
        }
        let place = self.place(&range);
        match event {
            cmark::Event::Start(tag) => self.start(tag, place),
            cmark::Event::End(_) => self.end(place),
            cmark::Event::Text(words) => self.words(&words, range),
            cmark::Event::Code(words) => {
                let words = self.keep(&words);
                self.push(Kind::Code(words), place);
            }
            cmark::Event::Html(_) => self.push(Kind::HtmlLine, place),
            cmark::Event::InlineHtml(_) => self.push(Kind::Html, place),
            cmark::Event::FootnoteReference(label) => {
                let label = self.keep(&label);
                self.push(Kind::NoteMark(label), place);
            }
            cmark::Event::SoftBreak => self.push(Kind::SoftBreak, place),
            cmark::Event::HardBreak => self.push(Kind::HardBreak, place),
            cmark::Event::Rule => self.push(Kind::Rule, place),
            cmark::Event::InlineMath(_) | cmark::Event::DisplayMath(_) | cmark::Event::TaskListMarker(_) => {}
        }
    }

    /// From a place in the prepared text to one in the author's.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let Prepared { added, skipped, .. } = *self.prepared;
        range.start.max(added) - added + skipped..range.end.max(added) - added + skipped
    }

    /// Adds an event. The parser ends some things a few bytes late (a note before a list) or early (`![[[a]…][a]`);
    /// ends give way, so that places never run backwards.
    fn push(&mut self, kind: Kind, mut range: Range<usize>) {
        if let (Kind::Close(_), Some(last)) = (kind, self.parsed.events.last()) {
            let end = range.end.max(last.range.start);
            range = end..end;
        }
        for last in self.parsed.events.iter_mut().rev() {
            if last.range.start <= range.start || !matches!(last.kind, Kind::Close(_)) {
                break;
            }
            last.range = range.start..range.start;
        }
        self.parsed.events.push(Event { kind, range });
    }

    /// Adds words to `strings`, the placeholder for `|` undone.
    fn keep(&mut self, words: &str) -> usize {
        let words = self.restored(words);
        self.parsed.strings.push(words);
        self.parsed.strings.len() - 1
    }

    /// Words of the prepared text as the author typed them.
    pub fn restored(&self, words: &str) -> String {
        self.prepared.mark.map_or_else(|| words.to_owned(), |mark| words.replace(mark, "|"))
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        let place = self.place(&range);
        let added = self.prepared.added;
        let words =
            if range.start < added { words.get(added - range.start..).unwrap_or_default() } else { words };
        if self.prepared.text.get(range.start.max(added)..range.end) == Some(words) {
            self.push_text(place);
        } else {
            let words = self.keep(words);
            self.push(Kind::Literal(words), place);
        }
    }

    /// The parser cuts text at every bracket and dash; joined again here.
    pub fn push_text(&mut self, place: Range<usize>) {
        match self.parsed.events.last_mut() {
            Some(last) if last.kind == Kind::Text && last.range.end == place.start => {
                last.range.end = place.end
            }
            _ if place.is_empty() => {}
            _ => self.push(Kind::Text, place),
        }
    }

    fn start(&mut self, tag: cmark::Tag<'_>, place: Range<usize>) {
        let tag = match tag {
            cmark::Tag::Link { link_type: cmark::LinkType::WikiLink { .. }, .. } => {
                return self.start_reference(place);
            }
            cmark::Tag::Image { link_type: cmark::LinkType::WikiLink { .. }, .. } => {
                // "Thật đáng mừng![[lesson]]": the mark is the author's, we have no embedding.
                self.push_text(place.start..place.start + 1);
                return self.start_reference(place.start + 1..place.end);
            }
            cmark::Tag::Link { link_type, dest_url, title, .. } => {
                let is_mail = link_type == cmark::LinkType::Email;
                Tag::Link(self.destination(if is_mail { "mailto:" } else { "" }, &dest_url, &title))
            }
            cmark::Tag::Image { dest_url, title, .. } => Tag::Image(self.destination("", &dest_url, &title)),
            cmark::Tag::Heading { level, id, .. } => self.start_heading(level as u8, id.as_deref(), &place),
            cmark::Tag::FootnoteDefinition(label) => {
                let label = fold_label(&self.restored(&label));
                let start = self.parsed.events.len() + 1;
                self.parsed.notes.push(NotePlace { label, body: start..start });
                Tag::Note(self.parsed.notes.len() - 1)
            }
            cmark::Tag::Table(aligns) => {
                self.aligns = aligns;
                Tag::Table
            }
            other => self.simple_tag(&other),
        };
        self.open.push(tag);
        if self.is_kept(tag) {
            self.push(Kind::Open(tag), place);
        }
    }

    fn simple_tag(&mut self, tag: &cmark::Tag<'_>) -> Tag {
        match tag {
            cmark::Tag::Paragraph => Tag::Paragraph,
            cmark::Tag::BlockQuote(_) => Tag::Quote,
            cmark::Tag::List(None) => Tag::Bullets,
            cmark::Tag::List(Some(first)) => Tag::Numbered(*first),
            cmark::Tag::Item => Tag::Item,
            cmark::Tag::CodeBlock(_) => Tag::CodeBlock,
            cmark::Tag::HtmlBlock => Tag::HtmlBlock,
            cmark::Tag::TableHead | cmark::Tag::TableRow => {
                self.column = 0;
                if matches!(tag, cmark::Tag::TableHead) { Tag::Head } else { Tag::Row }
            }
            cmark::Tag::TableCell => {
                let align = match self.aligns.get(self.column) {
                    Some(cmark::Alignment::Center) => Align::Center,
                    Some(cmark::Alignment::Right) => Align::Right,
                    _ => Align::Start,
                };
                self.column += 1;
                Tag::Cell { align, is_head: self.open.last() == Some(&Tag::Head) }
            }
            cmark::Tag::Emphasis => Tag::Emphasis,
            cmark::Tag::Strong => Tag::Strong,
            _ => Tag::Unknown,
        }
    }

    /// A line keeps no block, not even the paragraph that the parser sees.
    fn is_kept(&self, tag: Tag) -> bool {
        self.parsed.flavour != Flavour::Line || tag.is_inline()
    }

    fn end(&mut self, place: Range<usize>) {
        let Some(tag) = self.open.pop() else { return };
        match tag {
            Tag::Heading(index) => self.end_heading(index, &place),
            Tag::Note(index) => {
                let end = self.parsed.events.len();
                if let Some(note) = self.parsed.notes.get_mut(index) {
                    note.body.end = end;
                }
            }
            _ => {}
        }
        self.end_sections(place.end, |heading, depth| heading.depth > depth);
        if self.is_kept(tag) {
            self.push(Kind::Close(tag), place.end..place.end);
        }
    }

    fn start_reference(&mut self, place: Range<usize>) {
        self.in_reference = 1;
        let event = Event { kind: Kind::Reference, range: place };
        if self.parsed.reference(&event).0.is_empty() {
            self.push_text(event.range);
        } else {
            self.parsed.events.push(event);
        }
    }

    fn destination(&mut self, scheme: &str, dest: &str, title: &str) -> usize {
        let mut dest = self.restored(dest);
        dest.insert_str(0, scheme);
        let title = self.restored(title);
        self.parsed.links.push(Destination { dest, title });
        self.parsed.links.len() - 1
    }

    fn finish(mut self) -> Parsed<'a> {
        self.end_sections(self.parsed.text.len(), |_, _| true);
        self.parsed
    }
}

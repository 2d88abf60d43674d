//! The walk over the events: one loop, one output, blocks and the plain parts of a line.
//!
//! Images, code and footnotes, which need what comes later, jump. Every word is escaped on its way out, and no
//! markup of the author's survives but what is named here.

use super::correct::{Strikes, room};
use super::event::{Align, Kind, Parsed, Tag};
use super::heading::{Ids, OpenHeading, Outline};
use super::inline::{push_label, push_pair};
use super::note::Notes;
use super::render::{ContentsEntry, RenderOptions, bound};
use super::{Fault, Resolve, push_text};
use std::fmt::Write;
use std::ops::Range;

/// What is known between two events.
pub(super) struct Writer<'p> {
    pub parsed: &'p Parsed<'p>,
    pub resolve: &'p dyn Resolve,
    pub options: &'p RenderOptions<'p>,
    pub out: String,
    pub limit: usize,
    /// Open links: where their words begin, and whether an `<a>` was written.
    pub links: Vec<(usize, bool)>,
    pub notes: Notes,
    /// Notes are set without headings, like prose.
    pub in_note: bool,
    pub outline: Outline,
    pub ids: Ids,
    pub contents: Vec<ContentsEntry>,
    pub tables: usize,
    pub heading: OpenHeading,
    pub strikes: Strikes<'p>,
}

impl<'p> Writer<'p> {
    pub fn new(
        parsed: &'p Parsed<'p>,
        resolve: &'p dyn Resolve,
        options: &'p RenderOptions<'p>,
        events: usize,
    ) -> Self {
        let mut ids = Ids::default();
        if options.section.is_none() {
            // Whatever an author calls a heading, ours give way, also those that stand before.
            for id in parsed.headings.iter().filter_map(|heading| parsed.heading_id(heading)) {
                ids.reserve(id);
            }
        }
        let capacity = if events == parsed.events.len() { parsed.text.len() * 3 / 2 } else { 32 * events };
        let limit = bound(parsed.text.len()).saturating_add(room(options.corrections));
        let (out, strikes) = (String::with_capacity(capacity), Strikes::of(options.corrections));
        let (links, contents, outline, heading) = Default::default();
        let (notes, in_note, tables) = (Notes::of(parsed), false, 0);
        Writer {
            parsed,
            resolve,
            options,
            out,
            limit,
            links,
            notes,
            in_note,
            outline,
            ids,
            contents,
            tables,
            heading,
            strikes,
        }
    }

    pub fn write(&mut self, events: Range<usize>) -> Result<(), Fault> {
        let mut at = events.start;
        while at < events.end {
            at = self.event(at);
            if self.out.len() > self.limit {
                return Err(Fault::TooLarge);
            }
        }
        Ok(())
    }

    /// Writes one event, and answers which comes next.
    fn event(&mut self, at: usize) -> usize {
        let parsed = self.parsed;
        let event = &parsed.events[at];
        match event.kind {
            Kind::Open(Tag::CodeBlock) => return self.code_block(at),
            Kind::Open(Tag::Image(index)) => return self.image(at, index),
            Kind::Open(Tag::Note(index)) => return parsed.notes[index].body.end + 1,
            Kind::Open(tag) => self.open(tag, at),
            Kind::Close(tag) => self.close(tag, at),
            Kind::Text => {
                let resolve = self.links.is_empty().then_some(self.resolve);
                self.words(at, parsed.source(event), resolve);
            }
            Kind::Literal(_) | Kind::Html | Kind::HtmlLine => self.words(at, &parsed.said(at), None),
            Kind::Code(_) => {
                self.out.push_str("<code>");
                self.hold();
                self.words(at, &parsed.said(at), None);
                self.out.push_str("</code>");
                self.release();
            }
            Kind::Reference => self.reference(at),
            Kind::NoteMark(label) => {
                let is_known = self.links.is_empty()
                    && self.notes.call(&mut self.out, &parsed.strings[label], self.options);
                if !is_known {
                    push_text(&mut self.out, parsed.source(event));
                }
            }
            Kind::SoftBreak => self.out.push('\n'),
            Kind::HardBreak => self.out.push_str("<br>\n"),
            Kind::Rule => self.out.push_str("<hr>\n"),
        }
        at + 1
    }

    fn open(&mut self, tag: Tag, at: usize) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.out.push_str("<p>"),
            Tag::Heading(index) => self.open_heading(index),
            Tag::Quote => self.out.push_str("<blockquote>\n"),
            Tag::Bullets => self.out.push_str("<ul>\n"),
            Tag::Numbered(1) => self.out.push_str("<ol>\n"),
            Tag::Numbered(first) => {
                // Writing to a string cannot fail.
                let _ = writeln!(self.out, "<ol start=\"{first}\">");
            }
            Tag::Item => self.out.push_str("<li>"),
            Tag::Table => self.open_table(),
            Tag::Head => self.out.push_str("<thead>\n<tr>"),
            Tag::Row => {
                let is_first = matches!(self.kind(at.wrapping_sub(1)), Some(Kind::Close(Tag::Head)));
                self.out.push_str(if is_first { "<tbody>\n<tr>" } else { "<tr>" });
            }
            Tag::Cell { align, is_head } => {
                // A heading cell without words names nothing, and checkers say so.
                let is_empty = matches!(self.kind(at + 1), Some(Kind::Close(_)));
                self.out.push_str(if is_head && !is_empty { "<th scope=\"col\"" } else { "<td" });
                self.out.push_str(match align {
                    Align::Start => ">",
                    Align::Center => " class=\"center\">",
                    Align::Right => " class=\"right\">",
                });
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Link(index) => self.open_link(index),
            // Images, code and notes never come here.
            Tag::Image(_) | Tag::CodeBlock | Tag::Note(_) | Tag::Unknown => {}
        }
    }

    fn close(&mut self, tag: Tag, at: usize) {
        match tag {
            Tag::Paragraph => self.out.push_str("</p>\n"),
            Tag::HtmlBlock => {
                self.out.truncate(self.out.trim_end().len());
                self.out.push_str("</p>\n");
            }
            Tag::Heading(_) => self.close_heading(),
            Tag::Quote => self.out.push_str("</blockquote>\n"),
            Tag::Bullets => self.out.push_str("</ul>\n"),
            Tag::Numbered(_) => self.out.push_str("</ol>\n"),
            Tag::Item => self.out.push_str("</li>\n"),
            Tag::Table => {
                let has_rows = matches!(self.kind(at.wrapping_sub(1)), Some(Kind::Close(Tag::Row)));
                self.out.push_str(if has_rows { "</tbody>\n</table></div>\n" } else { "</table></div>\n" });
            }
            Tag::Head => self.out.push_str("</tr>\n</thead>\n"),
            Tag::Row => self.out.push_str("</tr>\n"),
            Tag::Cell { is_head, .. } => {
                let is_empty = matches!(self.kind(at.wrapping_sub(1)), Some(Kind::Open(_)));
                self.out.push_str(if is_head && !is_empty { "</th>" } else { "</td>" });
            }
            Tag::Emphasis => self.out.push_str("</em>"),
            Tag::Strong => self.out.push_str("</strong>"),
            Tag::Link(index) => self.close_link(index),
            Tag::Image(_) | Tag::CodeBlock | Tag::Note(_) | Tag::Unknown => {}
        }
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.parsed.events.get(at).map(|event| event.kind)
    }

    fn open_table(&mut self) {
        self.tables += 1;
        self.out.push_str("<div class=\"scroll\" tabindex=\"0\"");
        if !self.options.table_label.is_empty() {
            // Numbered: two regions of one name cannot be told apart by ear.
            let label = format!("{} {}", self.options.table_label, self.tables);
            push_pair(&mut self.out, "role", "region");
            push_label(&mut self.out, &label);
        }
        self.out.push_str("><table>\n");
    }

    fn code_block(&mut self, open: usize) -> usize {
        // A long line scrolls, and must do so without a mouse.
        self.out.push_str("<pre tabindex=\"0\"><code>");
        let mut at = open + 1;
        while let Some(event) = self.parsed.events.get(at) {
            match event.kind {
                Kind::Text | Kind::Literal(_) => self.words(at, &self.parsed.said(at), None),
                _ => break,
            }
            at += 1;
        }
        self.out.push_str("</code></pre>\n");
        at + 1
    }
}

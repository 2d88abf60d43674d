//! A parsed text as HTML: the whole of it, or one heading's section.
//!
//! Here stand the options, the result and the bound; `writer` walks the blocks, `inline` writes links, references and
//! images, `heading` the outline, `note` the footnotes. The output is bounded, since an author's few bytes can call
//! for many: footnotes, empty cells, references to long titles.

use super::event::Parsed;
use super::writer::Writer;
use super::{Correction, Fault, Resolve};

/// How a text is set on its page. Words are plain, in the site's language; empty ones leave their attribute out.
#[derive(Clone, Copy, Debug, Default)]
pub struct RenderOptions<'a> {
    /// The level of the heading that the text stands under: 1 makes its highest headings `h2`.
    pub heading_shift: u8,
    /// Parts the ids of several texts of one page: `fn_<prefix>_1`, `s_<prefix>_…`. Letters, digits, `-`, `_`.
    pub prefix: &'a str,
    /// Only the section of this heading (its index in [`super::Scan::headings`]), without the heading itself, with the
    /// footnotes it calls. Author's ids of inner headings become `s_<prefix>_<id>`: their home is the report's page.
    pub section: Option<usize>,
    /// Names the list of footnotes: "Chú thích".
    pub footnotes_label: &'a str,
    /// Before the number of a footnote's mark: "Chú thích".
    pub footnote_label: &'a str,
    /// Before the number of a way back: "Về chỗ gọi chú thích".
    pub back_label: &'a str,
    /// Before the number of a table, for those who cannot see that it scrolls: "Bảng".
    pub table_label: &'a str,
    /// Corrections of the text's words.
    pub corrections: &'a [Correction<'a>],
}

/// A rendered text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// For a line inline HTML, else blocks, each ending with a line end.
    pub html: String,
    /// The headings that stand in no list or quotation.
    pub contents: Vec<ContentsEntry>,
}

/// A line of a table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentsEntry {
    /// As printed, 1 to 6.
    pub level: u8,
    /// The id to link to; empty where the author's is doubled.
    pub id: String,
    /// Plain words.
    pub text: String,
}

impl Parsed<'_> {
    /// The text as HTML; a section that does not exist is empty.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] when the output grows beyond 16 times the text and 64 kB.
    pub fn render(&self, resolve: &dyn Resolve, options: &RenderOptions<'_>) -> Result<Rendered, Fault> {
        let events = match options.section {
            None => 0..self.events.len(),
            Some(section) => {
                self.headings.get(section).map_or(0..0, |heading| heading.words.end + 1..heading.section_end)
            }
        };
        let mut writer = Writer::new(self, resolve, options, events.len());
        writer.write(events)?;
        writer.write_notes()?;
        Ok(Rendered { html: writer.out, contents: writer.contents })
    }
}

/// The bytes that a text of `length` bytes may become.
pub(super) fn bound(length: usize) -> usize {
    length.saturating_mul(16).saturating_add(64 * 1024)
}

//! Markdown: what authors write, turned into safe HTML, plain words and lists of what a text points to.
//!
//! This room is the one home of pulldown-cmark. `parse` turns a text into our own small events once; everything else
//! (`Parsed::scan`, `render`, `plain`, `sentence`) walks those, so a report with five hundred items is parsed once and
//! not five hundred times. Sources of the rules: `content-format.md` sections 1 (Markdown), 2 (References) and
//! 3.3 (the body).
//!
//! Relied on: `vietnamese::slug` for heading ids. Addresses are judged elsewhere: every destination goes through
//! [`Resolve`], and what comes back is escaped here and nowhere changed.

mod correct;
mod escape;
mod event;
mod heading;
mod inline;
mod note;
mod parse;
mod plain;
mod prepare;
mod render;
mod scan;
mod section;
mod seek;
mod sentence;
mod writer;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use correct::{Correction, corrected};
pub use escape::{Markup, decoded, escape_attribute, escape_text, push_attribute, push_text};
pub use event::Parsed;
pub use parse::parse;
pub use plain::excerpt;
pub use render::{ContentsEntry, RenderOptions, Rendered};
pub use scan::{Found, FoundLink, Heading, Scan};
pub use seek::{Sought, Struck};

/// The two kinds of text in front matter, and the body of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// A title, a note: one paragraph of inline Markdown. No block ever arises from it: `1. Phát triển` stays as typed.
    Line,
    /// `summary`, `text`: blocks too, without footnotes; headings become bold paragraphs, since the page owns the outline.
    Prose,
    /// A body: CommonMark with tables, footnotes and heading ids.
    Document,
}

/// Why a text was not rendered. Both are one file's problem, never the build's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The output would grow beyond 16 times the text and 64 kB: footnotes or references multiplied without measure.
    TooLarge,
    /// The parser itself gave up; its own words.
    Parser(String),
}

/// What the site knows about the things a text points to. Words and addresses it returns are not yet escaped.
pub trait Resolve {
    /// `[[target]]` or `[[target|words]]`. Without `href` in the answer only the words are shown.
    fn reference(&self, target: &str, words: Option<&str>) -> Resolved;

    /// The destination of a Markdown link or image, entities already decoded; without `href` in the answer the
    /// link's words, or the image's alternative text, stand alone.
    fn link(&self, dest: &str, is_image: bool) -> Resolved {
        let _ = (dest, is_image);
        Resolved::default()
    }

    /// Document numbers in a run of plain text: byte ranges, ascending, with the address for each. Asked only for
    /// runs that hold a digit; the same runs as [`Scan::words`].
    fn numbers(&self, text: &str) -> Vec<(Range<usize>, String)> {
        let _ = text;
        Vec::new()
    }

    /// What to say at a heading that carries the author's `id`; `number` is its place in [`Scan::headings`].
    fn heading(&self, number: usize, id: &str) -> Option<HeadingNote> {
        let _ = (number, id);
        None
    }
}

/// The answer to a question of [`Resolve`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// A finished, safe address.
    pub href: Option<String>,
    /// Plain words to show where the author gave none.
    pub words: Option<String>,
    /// A class for the theme.
    pub class: Option<&'static str>,
    /// Shown by browsers on hover; an author's own title wins.
    pub title: Option<String>,
}

/// The way from a heading of the body to the page of its item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadingNote {
    /// The id to print on the heading, mostly the author's own.
    pub id: String,
    /// The item's page.
    pub href: Option<String>,
    /// The words of that link; none, no line below the heading.
    pub label: String,
}

/// Knows nothing: references and links show their words. For titles inside an `<a>`, where no second link may stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unlinked;

impl Resolve for Unlinked {
    fn reference(&self, _target: &str, _words: Option<&str>) -> Resolved {
        Resolved::default()
    }
}

/// All that `text` points to and holds, with byte ranges relative to it.
///
/// # Errors
/// [`Fault::Parser`] when the parser gave up.
pub fn scan(text: &str, flavour: Flavour) -> Result<Scan, Fault> {
    let is_bare = match flavour {
        Flavour::Line => prepare::is_bare(text),
        Flavour::Prose => prepare::is_bare_paragraph(text),
        Flavour::Document => false,
    };
    if is_bare {
        return Ok(Scan::of_bare_line(text));
    }
    let parsed = parse(text, flavour)?;
    let mut scan = parsed.scan();
    if flavour == Flavour::Document {
        scan.kept = Some(parsed.keep());
    }
    Ok(scan)
}

/// `text`, a document, parsed, from its `scan` where that is whole: a body is parsed once for what it points to and shown
/// on several pages.
///
/// # Errors
/// [`Fault::Parser`] when the parser gave up.
pub fn parsed<'a>(text: &'a str, scan: &Scan) -> Result<Parsed<'a>, Fault> {
    scan.kept.as_ref().map_or_else(|| parse(text, Flavour::Document), |kept| Ok(Parsed::again(text, kept)))
}

/// `text` as HTML. Many sections of one text: [`parse`] once, then [`Parsed::render`].
///
/// # Errors
/// [`Fault::TooLarge`] beyond the bound, [`Fault::Parser`] when the parser gave up.
pub fn render(
    text: &str,
    flavour: Flavour,
    resolve: &dyn Resolve,
    options: &RenderOptions<'_>,
) -> Result<Rendered, Fault> {
    if !options.corrections.is_empty() {
        return parse(text, flavour)?.render(resolve, options);
    }
    if flavour == Flavour::Line && prepare::is_bare(text) {
        return Ok(Rendered { html: inline::bare_line(text.trim(), resolve), contents: Vec::new() });
    }
    if flavour == Flavour::Prose && prepare::is_bare_paragraph(text) {
        let html = String::from("<p>") + &inline::bare_line(text.trim(), resolve) + "</p>\n";
        return Ok(Rendered { html, contents: Vec::new() });
    }
    parse(text, flavour)?.render(resolve, options)
}

/// `text` without markup on one line, for `<title>`, cards and sort keys; as typed where the parser gave up.
pub fn plain(text: &str, flavour: Flavour, resolve: &dyn Resolve) -> String {
    if flavour == Flavour::Line && prepare::is_bare(text) {
        return text.trim().to_owned();
    }
    parse(text, flavour).map_or_else(|_| text.trim().to_owned(), |parsed| parsed.plain(resolve))
}

/// Whether a text of one line is its own plain words.
pub fn is_plain(text: &str) -> bool {
    prepare::is_bare(text) && text.trim().len() == text.len()
}

/// The sentence of `text` that holds `range`; see [`Parsed::sentence`].
pub fn sentence_around(
    text: &str,
    flavour: Flavour,
    range: &Range<usize>,
    shown: &dyn Fn(&str, Option<&str>) -> String,
) -> String {
    parse(text, flavour).map_or_else(|_| String::new(), |parsed| parsed.sentence(range, shown))
}

/// Runs `work`; a panic inside becomes [`Fault::Parser`] with its words.
///
/// # Errors
/// What `work` returns, or the panic.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|cause| {
        let words = cause.downcast_ref::<&str>().map(|words| (*words).to_owned());
        let words = words.or_else(|| cause.downcast_ref::<String>().cloned());
        Err(Fault::Parser(words.unwrap_or_default()))
    })
}

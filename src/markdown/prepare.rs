//! What is done to a text before the parser sees it, so that the parser's rules become ours.
//!
//! Two things. A `Line` gets a no-break space in front and loses its line ends: no block can begin then, while
//! emphasis still sees white space before its first mark (a letter or a control there would stop `_x_`). In the
//! other flavours a `|` inside `[[ ]]` is replaced by a control of the same length, because the parser cuts table
//! cells before it looks for references. Nothing has to be undone: events point into the author's text.

use super::Flavour;
use std::borrow::Cow;

/// A text for the parser, and how its places map back.
pub(super) struct Prepared<'a> {
    pub text: Cow<'a, str>,
    /// Bytes put in front.
    pub added: usize,
    /// Bytes of the author's text left out in front.
    pub skipped: usize,
    /// What stands for `|`.
    pub mark: Option<char>,
}

/// No character of `text` can mean anything inside a line: it needs no parser.
pub(super) fn is_bare(text: &str) -> bool {
    let is_special = |byte| matches!(byte, b'\\' | b'`' | b'*' | b'_' | b'[' | b'<' | b'&' | b'\n' | b'\r');
    // No early end: most texts have none, and so many bytes are compared at once.
    !text.bytes().fold(false, |found, byte| found | is_special(byte))
}

/// `text` is one line of prose that can only be a paragraph: the commonest prose of all needs no parser. A letter in front
/// begins no block; spaces in front could begin code.
pub(super) fn is_bare_paragraph(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && is_bare(text.trim_end_matches('\n'))
}

/// `text` as the parser shall see it.
pub(super) fn prepare(text: &str, flavour: Flavour) -> Prepared<'_> {
    match flavour {
        Flavour::Line => prepare_line(text),
        Flavour::Prose | Flavour::Document => protect_pipes(text),
    }
}

/// White space for the emphasis rules, no white space for the block rules.
const SENTINEL: char = '\u{a0}';

fn prepare_line(text: &str) -> Prepared<'_> {
    let skipped = text.len() - text.trim_start().len();
    let body = text.trim();
    let mut line = String::with_capacity(SENTINEL.len_utf8() + body.len());
    line.push(SENTINEL);
    line.extend(body.chars().map(|letter| if matches!(letter, '\n' | '\r') { ' ' } else { letter }));
    Prepared { text: Cow::Owned(line), added: SENTINEL.len_utf8(), skipped, mark: None }
}

fn protect_pipes(text: &str) -> Prepared<'_> {
    let untouched = Prepared { text: Cow::Borrowed(text), added: 0, skipped: 0, mark: None };
    let pipes = pipes_in_references(text);
    // Any control that the text does not hold; a text that holds them all gets no protection and no worse.
    let Some(mark) = (1..=31)
        .rev()
        .find(|code| !pipes.is_empty() && !matches!(code, 9..=13) && !text.as_bytes().contains(code))
    else {
        return untouched;
    };
    let mut protected = String::with_capacity(text.len());
    let mut copied = 0;
    for at in pipes {
        protected.push_str(&text[copied..at]);
        protected.push(char::from(mark));
        copied = at + 1;
    }
    protected.push_str(&text[copied..]);
    Prepared { text: Cow::Owned(protected), mark: Some(char::from(mark)), ..untouched }
}

/// Where a `|` stands between `[[` and `]]` of one line. Over a line's end there is no table to protect.
fn pipes_in_references(text: &str) -> Vec<usize> {
    let mut pipes = Vec::new();
    let Some(first) = text.find("[[") else {
        return pipes;
    };
    let bytes = text.as_bytes();
    // Pipes since the last `[[`, kept from this length on until `]]` confirms them.
    let mut open = None;
    let mut at = first;
    while at < bytes.len() {
        let doubled = bytes.get(at + 1) == Some(&bytes[at]);
        match (bytes[at], open) {
            (b'\n', Some(kept)) => {
                pipes.truncate(kept);
                open = None;
            }
            (b'[', _) if doubled => {
                pipes.truncate(open.unwrap_or(pipes.len()));
                open = Some(pipes.len());
                at += 1;
            }
            (b']', Some(_)) if doubled => {
                open = None;
                at += 1;
            }
            (b'|', Some(_)) => pipes.push(at),
            _ => {}
        }
        at += 1;
    }
    pipes.truncate(open.unwrap_or(pipes.len()));
    pipes
}

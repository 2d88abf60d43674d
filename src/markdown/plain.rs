//! The words of a text without its markup, on one line, and the start of such words.
//!
//! Used for titles, cards, search, alternative texts and heading ids. Blocks, cells and line ends become one space.
//! Marks of footnotes vanish; the notes themselves stay where they stand, so that search finds them.

use super::event::{Kind, Parsed, Tag};
use super::{Resolve, render};
use std::ops::Range;

impl Parsed<'_> {
    /// The text without markup. References show the author's words, else the site's, else what was typed.
    /// Stops at the bound of [`super::Fault::TooLarge`], so that long titles cannot multiply.
    pub fn plain(&self, resolve: &dyn Resolve) -> String {
        self.plain_of(0..self.events.len(), resolve)
    }

    /// The same for some of the events.
    pub(super) fn plain_of(&self, events: Range<usize>, resolve: &dyn Resolve) -> String {
        let mut out = String::new();
        let limit = render::bound(self.text.len());
        for event in self.events.get(events).unwrap_or_default() {
            if out.len() > limit {
                break;
            }
            match event.kind {
                Kind::Text | Kind::Html | Kind::HtmlLine => push_words(&mut out, self.source(event)),
                Kind::Literal(words) | Kind::Code(words) => push_words(&mut out, &self.strings[words]),
                Kind::Reference => {
                    let (target, words) = self.reference(event);
                    let target = &self.text[target];
                    match words {
                        Some(words) => push_words(&mut out, &words),
                        None => push_words(
                            &mut out,
                            resolve.reference(target, None).words.as_deref().unwrap_or(target),
                        ),
                    }
                }
                Kind::Open(tag) | Kind::Close(tag) if tag.is_inline() => {}
                Kind::Open(_) | Kind::Close(_) | Kind::SoftBreak | Kind::HardBreak | Kind::Rule => {
                    push_words(&mut out, " ")
                }
                Kind::NoteMark(_) => {}
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// The event that closes the image opened at `open`.
    pub(super) fn image_end(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (at, event) in self.events.iter().enumerate().skip(open) {
            match event.kind {
                Kind::Open(Tag::Image(_)) => depth += 1,
                Kind::Close(Tag::Image(_)) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return at;
            }
        }
        self.events.len()
    }
}

/// Appends `text`, its white space and a space already there folded into one. No-break spaces stay.
pub(super) fn push_words(out: &mut String, text: &str) {
    for (at, word) in text.split(|letter: char| letter.is_ascii_whitespace()).enumerate() {
        if at > 0 && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// The start of `plain`, at most `max_chars` characters with the `…` that marks a cut; cut between words where one
/// ends in the second half of that length.
pub fn excerpt(plain: &str, max_chars: usize) -> String {
    let plain = plain.trim();
    if plain.len() <= max_chars || plain.chars().nth(max_chars).is_none() {
        return plain.to_owned();
    }
    let end = plain.char_indices().nth(max_chars.saturating_sub(1)).map_or(plain.len(), |(at, _)| at);
    let head = &plain[..end];
    let is_between_words = plain[end..].starts_with(char::is_whitespace);
    let cut = head.rfind(char::is_whitespace).filter(|at| !is_between_words && *at >= end / 2).unwrap_or(end);
    format!(
        "{}…",
        head[..cut].trim_end_matches(|letter: char| letter.is_whitespace() || ",;:–-".contains(letter))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_ends_between_words() {
        assert_eq!(excerpt("Giữ vững ổn định", 40), "Giữ vững ổn định");
        assert_eq!(excerpt("Giữ vững ổn định", 16), "Giữ vững ổn định");
        assert_eq!(excerpt("Giữ vững ổn định chính trị", 13), "Giữ vững ổn…");
        assert_eq!(excerpt("Giữ vững, ổn định", 11), "Giữ vững…");
        assert_eq!(excerpt("Nghiêngngả", 4), "Ngh…");
        assert_eq!(excerpt("ệệ", 0), "…");
    }
}

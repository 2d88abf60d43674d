//! The sentence that makes a link: what a backlink shows of the page it comes from.
//!
//! Only a window around the place is read, never the whole paragraph: a report may hold ten thousand references in one.
//! Sentences end at `. ! ? ; …` before white space, and at the borders of paragraphs, items and cells; not in
//! `15.000`, not after `TP.`, `Đ/c.` or a single letter, not inside the words of a reference, and not before a lower-case letter.

use super::escape::floor;
use super::event::{Kind, Parsed};
use super::plain::{excerpt, push_words};
use std::ops::Range;

/// Characters of a sentence that a backlink has room for.
const MAX_CHARS: usize = 240;
/// Characters kept before the place when a sentence is longer than that.
const LEAD_CHARS: usize = 100;
/// Bytes read on each side: what `MAX_CHARS` Vietnamese letters can take, with room for markup.
const WINDOW: usize = 800;
/// Words whose full stop ends no sentence, besides single letters and short capitals such as `TP.` `PGS.` `TW.`
const ABBREVIATIONS: [&str; 12] =
    ["ThS", "Th.S", "BSCK", "Đ/c", "đ/c", "Nxb", "tr", "St", "Mr", "Mrs", "Dr", "No"];

/// Plain words around a place.
#[derive(Default)]
struct Window {
    words: String,
    /// The place itself.
    focus: Range<usize>,
    /// What is no part of the author's sentences: words of references, code.
    opaque: Vec<Range<usize>>,
    /// The first run begins before the window.
    is_cut: bool,
}

impl Parsed<'_> {
    /// The sentence that holds `range` in plain words, at most 240 characters, cut between words with `…`. `shown`
    /// gives the words of a reference from its target and the author's own words. Empty where there is no text.
    pub fn sentence(&self, range: &Range<usize>, shown: &dyn Fn(&str, Option<&str>) -> String) -> String {
        let after = self.events.partition_point(|event| event.range.start <= range.start);
        let Some(here) = after.checked_sub(1) else {
            return String::new();
        };
        let window = self.window(here, range, shown);
        window.fit(window.sentence())
    }

    /// The events around `here`, up to a border or the window's size.
    fn window(
        &self,
        here: usize,
        range: &Range<usize>,
        shown: &dyn Fn(&str, Option<&str>) -> String,
    ) -> Window {
        let is_near = |at: usize| {
            let event = &self.events[at];
            let distance = if at < here {
                range.start.saturating_sub(event.range.end)
            } else {
                event.range.start.saturating_sub(range.end)
            };
            distance <= WINDOW && here.abs_diff(at) <= WINDOW && !is_border(event.kind)
        };
        let start = (0..here).rev().take_while(|at| is_near(*at)).last().unwrap_or(here);
        let end = (here + 1..self.events.len()).take_while(|at| is_near(*at)).last().unwrap_or(here) + 1;
        let mut window = Window::default();
        for event in &self.events[start..end] {
            let before = window.words.len();
            match event.kind {
                Kind::Text | Kind::Html | Kind::HtmlLine => {
                    let near = self.near(&event.range, range);
                    window.is_cut |= near.start > event.range.start && before == 0;
                    let focus = range.start.clamp(near.start, near.end);
                    push_words(&mut window.words, &self.text[near.start..floor(self.text, focus)]);
                    let at = window.words.len();
                    push_words(&mut window.words, &self.text[floor(self.text, focus)..near.end]);
                    if event.range.contains(&range.start) {
                        window.focus = at..(at + range.len()).min(window.words.len());
                    }
                    continue;
                }
                Kind::Literal(words) | Kind::Code(words) => {
                    push_words(&mut window.words, &self.strings[words])
                }
                Kind::Reference => {
                    let (target, words) = self.reference(event);
                    push_words(&mut window.words, &shown(&self.text[target], words.as_deref()));
                }
                Kind::SoftBreak | Kind::HardBreak => push_words(&mut window.words, " "),
                _ => continue,
            }
            let pushed = before..window.words.len();
            if event.range.contains(&range.start) {
                window.focus = pushed.clone();
            }
            window.opaque.push(pushed);
        }
        window
    }

    /// The part of a long run that lies within the window.
    fn near(&self, run: &Range<usize>, range: &Range<usize>) -> Range<usize> {
        let start = floor(self.text, range.start.saturating_sub(WINDOW).clamp(run.start, run.end));
        let end = floor(self.text, (range.end + WINDOW).clamp(run.start, run.end));
        start..end.max(start)
    }
}

fn is_border(kind: Kind) -> bool {
    match kind {
        Kind::Open(tag) | Kind::Close(tag) => !tag.is_inline(),
        Kind::Rule => true,
        _ => false,
    }
}

impl Window {
    /// Where the sentence around the focus stands.
    fn sentence(&self) -> Range<usize> {
        let focus = floor(&self.words, self.focus.start)..floor(&self.words, self.focus.end);
        let ends = |part: Range<usize>| {
            let marks = self.words[part.clone()]
                .char_indices()
                .filter(|(_, letter)| matches!(letter, '.' | '!' | '?' | ';' | '…'));
            marks.map(move |(at, letter)| (part.start + at, part.start + at + letter.len_utf8()))
        };
        let is_end = |(at, after): (usize, usize)| {
            let is_own = !self.opaque.iter().any(|words| words.contains(&at));
            // What stands before a mark is an abbreviation only if the author typed it.
            let is_typed = !self.opaque.iter().any(|words| words.end == at && !words.is_empty());
            (is_own && ends_sentence(&self.words, at, after, is_typed))
                .then(|| after + closers(&self.words[after..]))
        };
        let start = ends(0..focus.start).filter_map(is_end).rfind(|end| *end <= focus.start).unwrap_or(0);
        let end =
            ends(focus.end.max(focus.start)..self.words.len()).find_map(is_end).unwrap_or(self.words.len());
        start..end
    }
}

/// Bytes of quotes and brackets that close after a mark.
fn closers(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches(['"', '\'', '”', '’', ')', ']', '»']).len()
}

/// Whether the mark at `at..after` ends a sentence.
fn ends_sentence(words: &str, at: usize, after: usize, is_typed: bool) -> bool {
    let rest = &words[after + closers(&words[after..])..];
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let mark = &words[at..after];
    if mark == "." || mark == "…" {
        let next = rest.trim_start().chars().next();
        let is_shortened = mark == "." && is_typed && is_abbreviation(&words[..at]);
        return !is_shortened && !next.is_some_and(char::is_lowercase);
    }
    true
}

/// `before` ends with a word that is often shortened, or with the number of a list's entry.
fn is_abbreviation(before: &str) -> bool {
    let start =
        before.rfind(|letter: char| letter.is_whitespace() || letter == '(').map_or(0, |space| space + 1);
    let word = before.get(start..).unwrap_or_default();
    let is_entry = start == 0 && word.bytes().all(|byte| byte.is_ascii_digit());
    let letters = word.chars().count();
    let is_short = letters <= 1 || letters <= 3 && word.chars().all(char::is_uppercase);
    is_entry || is_short && !word.chars().all(char::is_numeric) || ABBREVIATIONS.contains(&word)
}

impl Window {
    /// The sentence, or about `MAX_CHARS` of it: from its start if the focus is then still shown, else from a little
    /// before the focus. Cut between words where there are any.
    fn fit(&self, sentence: Range<usize>) -> String {
        let words = &self.words;
        let before =
            words[sentence.start..self.focus.start.clamp(sentence.start, sentence.end)].chars().count();
        let focus = words.get(self.focus.clone()).map_or(0, |focus| focus.chars().count());
        let skip =
            if before + focus.min(LEAD_CHARS) < MAX_CHARS { 0 } else { before - LEAD_CHARS.min(before) };
        let part = &words[sentence.clone()];
        let from = part.char_indices().nth(skip).map_or(part.len(), |(at, _)| at);
        // A word cut at its front goes; but never more than half the lead, for words without end.
        let lead = part[from..].char_indices().nth(LEAD_CHARS / 2).map_or(part.len(), |(at, _)| from + at);
        let from =
            if skip == 0 { from } else { part[from..lead].find(' ').map_or(from, |space| from + space) };
        let is_cut = skip > 0 || self.is_cut && sentence.start == 0;
        let mark = if is_cut { "…" } else { "" };
        format!("{mark}{}", excerpt(&part[from..], MAX_CHARS - usize::from(is_cut)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Flavour, sentence_around};

    #[test]
    fn a_sentence_is_cut_from_its_surroundings() {
        let sentence = |text: &str, flavour| {
            let at = text.find("[[").unwrap() + 2;
            sentence_around(text, flavour, &(at..at + 1), &|target, words| words.unwrap_or(target).to_owned())
        };
        for (text, shown) in [
            (
                "Một. Thu 15.000 đồng tại TP. Thảo Nguyên theo [[a|bài. Học]] này! Ba.",
                "Thu 15.000 đồng tại TP. Thảo Nguyên theo bài. Học này!",
            ),
            ("# Tựa\n\nA; b *theo [[x]]* “rồi.” Sau", "b theo x “rồi.”"),
            ("1\\. Phát triển [[x]]. Sau", "1. Phát triển x."),
            ("| a | b [[x]] |\n|---|---|\n", "b x"),
            ("- một\n- hai\n  [[x]]\n", "hai x"),
            ("Xem v.v. và [[x]]… rồi nghỉ. Sau", "Xem v.v. và x… rồi nghỉ."),
        ] {
            assert_eq!(sentence(text, Flavour::Document), shown, "{text}");
        }
        let long = format!("{}[[x|ĐÂY]] {}", "chữ ".repeat(3000), "nữa ".repeat(3000));
        let shown = sentence(&long, Flavour::Line);
        assert!(
            shown.chars().count() <= 240
                && shown.contains("ĐÂY")
                && shown.starts_with("…chữ")
                && shown.ends_with("nữa…"),
            "{shown}"
        );
        let wall = format!("{}[[x]]{}", "ệ".repeat(5000), "ệ".repeat(5000));
        let shown = sentence(&wall, Flavour::Prose);
        assert!(shown.chars().count() <= 240 && shown.contains('x'), "{shown}");
        assert_eq!(sentence_around("", Flavour::Prose, &(0..0), &|_, _| String::new()), "");
        sentence_around("đ [[a]]", Flavour::Prose, &(1..900), &|_, _| String::new());
    }
}

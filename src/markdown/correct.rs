//! Corrections where they belong in a text: the words that were wrong are struck, the right ones stand beside them, and a
//! link leads to where the correction is explained.
//!
//! They are written while the events are walked, so that every tag closes what it opened: a correction over several events
//! is struck in each of them. Within a link the right words stand in it too, and the link to the correction comes after
//! it, since no link may stand in another. Words of an alternative text cannot be struck where they are; the struck ones
//! stand behind the image.

use super::inline::{numbers, push_pair, push_part};
use super::seek::{Run, Struck};
use super::writer::Writer;
use super::{Resolve, push_text};
use std::ops::Range;

/// A correction of words of a text. Its own words are plain, not yet escaped.
#[derive(Clone, Debug)]
pub struct Correction<'a> {
    /// The words that are wrong.
    pub struck: &'a Struck,
    /// What is right.
    pub now: String,
    /// Where it is explained.
    pub href: String,
    /// What the link there is called.
    pub label: String,
}

/// The parts of a text that are struck, in the order of the text, each with its correction.
pub(super) struct Strikes<'p> {
    runs: Vec<(&'p Run, &'p Correction<'p>)>,
    /// Corrections whose link waits for the end of a link or code.
    waiting: Vec<&'p Correction<'p>>,
    /// How many links and pieces of code are open.
    held: usize,
}

impl<'p> Strikes<'p> {
    pub fn of(corrections: &'p [Correction<'p>]) -> Self {
        let runs_of = |c: &'p Correction<'p>| c.struck.runs.iter().map(move |run| (run, c));
        let mut runs: Vec<(&Run, &Correction<'_>)> = corrections.iter().flat_map(runs_of).collect();
        runs.sort_by_key(|(run, _)| (run.event, run.bytes.start));
        Self { runs, waiting: Vec::new(), held: 0 }
    }

    /// Those of some events.
    fn within(&self, events: Range<usize>) -> Range<usize> {
        let start = self.runs.partition_point(|(run, _)| run.event < events.start);
        let length = self.runs[start..].partition_point(|(run, _)| run.event < events.end);
        start..start + length
    }
}

/// The bytes that corrections may add to the output, at most.
pub(super) fn room(corrections: &[Correction<'_>]) -> usize {
    let words = |c: &Correction<'_>| 6 * (c.now.len() + c.href.len() + c.label.len());
    corrections.iter().map(|c| 64 + 16 * c.struck.runs.len() + words(c)).sum()
}

impl<'p> Writer<'p> {
    /// Writes the words of an event, with those struck that are wrong; with `resolve`, document numbers are linked. A number
    /// that is struck leads nowhere: it is the wrong one.
    pub fn words(&mut self, at: usize, words: &str, resolve: Option<&dyn Resolve>) {
        let runs = self.strikes.within(at..at + 1);
        let numbers = numbers(words, resolve);
        let mut written = 0;
        for (run, correction) in runs.map(|index| self.strikes.runs[index]).collect::<Vec<_>>() {
            push_part(&mut self.out, words, written..run.bytes.start, &numbers);
            self.strike(words.get(run.bytes.clone()).unwrap_or_default());
            written = run.bytes.end;
            self.right(run, correction);
        }
        push_part(&mut self.out, words, written..words.len(), &numbers);
    }

    /// Writes what `write` writes of an event as one piece, struck if it is wrong.
    pub fn whole(&mut self, at: usize, write: impl FnOnce(&mut Self)) {
        let Some(index) = self.strikes.within(at..at + 1).next() else {
            return write(self);
        };
        let (run, correction) = self.strikes.runs[index];
        self.out.push_str("<del>");
        write(self);
        self.out.push_str("</del>");
        self.right(run, correction);
    }

    /// Writes the corrections of words that the output has in an attribute.
    pub fn unseen(&mut self, events: Range<usize>) {
        for index in self.strikes.within(events) {
            let (run, correction) = self.strikes.runs[index];
            self.out.push(' ');
            let words = self.parsed.said(run.event);
            self.strike(words.get(run.bytes.clone()).unwrap_or_default());
            self.right(run, correction);
        }
    }

    fn strike(&mut self, words: &str) {
        self.out.push_str("<del>");
        push_text(&mut self.out, words);
        self.out.push_str("</del>");
    }

    /// Writes what is right, behind the last part of what is wrong.
    fn right(&mut self, run: &Run, correction: &'p Correction<'p>) {
        if correction.struck.runs.last() != Some(run) {
            return;
        }
        let Struck { sign, .. } = correction.struck;
        self.out.push_str(" <ins>");
        push_text(&mut self.out, &correction.now);
        self.out.push_str(if correction.now.ends_with(sign) { "" } else { sign });
        self.out.push_str("</ins>");
        self.strikes.waiting.push(correction);
        self.lead_on();
    }

    /// Begins a link or code, within which no link may stand.
    pub fn hold(&mut self) {
        self.strikes.held += 1;
    }

    /// Ends it.
    pub fn release(&mut self) {
        self.strikes.held -= 1;
        self.lead_on();
    }

    /// Writes the links that wait, where links may stand.
    fn lead_on(&mut self) {
        if self.strikes.held > 0 {
            return;
        }
        for correction in std::mem::take(&mut self.strikes.waiting) {
            push_link(&mut self.out, &correction.href, &correction.label);
        }
    }
}

/// What is wrong and what is right, both finished HTML, as they stand in a text.
pub fn corrected(was: &str, now: &str, href: &str, label: &str) -> String {
    let mut html = format!("<del>{was}</del> <ins>{now}</ins>");
    push_link(&mut html, href, label);
    html
}

fn push_link(out: &mut String, href: &str, label: &str) {
    out.push_str(" <a class=\"erratum\"");
    push_pair(out, "href", href);
    out.push('>');
    push_text(out, label);
    out.push_str("</a>");
}

#[cfg(test)]
mod tests {
    use super::super::tests::{OPTIONS, Site};
    use super::super::{Flavour, RenderOptions, Sought, parse, render};
    use super::*;

    /// The struck words of a text.
    fn found(text: &str, flavour: Flavour, wordings: &[&str]) -> Vec<Struck> {
        let mut struck = Vec::new();
        let parsed = parse(text, flavour).expect("the text parses");
        Sought::new(wordings.iter().copied().enumerate()).find(&parsed, None, &mut struck);
        struck
    }

    /// A text with corrections, each `was` and `now`; their links as `→1`.
    fn marked(text: &str, flavour: Flavour, errata: &[(&str, &str)]) -> String {
        let wordings: Vec<&str> = errata.iter().map(|(was, _)| *was).collect();
        let struck = found(text, flavour, &wordings);
        let mut corrections: Vec<Correction<'_>> = Vec::new();
        for struck in &struck {
            let (now, label) = (errata[struck.of].1.to_owned(), format!("E{}", struck.of + 1));
            corrections.push(Correction { struck, now, href: "#e".to_owned(), label });
        }
        let options = RenderOptions { corrections: &corrections, ..OPTIONS };
        let html = render(text, flavour, &Site, &options).expect("the text renders").html;
        html.replace("<a class=\"erratum\" href=\"#e\">E", "→").trim_end().to_owned()
    }

    fn document(text: &str, errata: &[(&str, &str)]) -> String {
        marked(text, Flavour::Document, errata)
    }

    #[test]
    fn words_are_struck_where_they_stand() {
        assert_eq!(
            document("Là 45&nbsp;&amp; **4**6.\n\nLà", &[("& 46", "<7>")]),
            "<p>Là 45\u{a0}<del>&amp;</del> <strong><del>4</del></strong><del>6</del> <ins>&lt;7&gt;</ins> →1</a>.</p>\n<p>Là</p>"
        );
        let line = marked("Một hai", Flavour::Line, &[("hai", "ba")]);
        assert_eq!(line, "Một <del>hai</del> <ins>ba</ins> →1</a>");
        assert_eq!(
            marked("a *b\nc* d", Flavour::Prose, &[("b c  d", "x")]),
            "<p>a <em><del>b</del>\n<del>c</del></em> <del>d</del> <ins>x</ins> →1</a></p>"
        );
    }

    #[test]
    fn corrections_of_a_link_stand_in_it_and_their_links_behind_it() {
        assert_eq!(
            document("[một hai ba](https://x.vn/)", &[("một", "1"), ("ba", "3")]),
            "<p><a href=\"https://x.vn/\"><del>một</del> <ins>1</ins> hai <del>ba</del> <ins>3</ins></a> →1</a> →2</a></p>"
        );
        assert_eq!(
            document("một [hai ba](x) bốn", &[("một hai", "1"), ("ba bốn", "2")]),
            "<p><del>một</del> <a href=\"x\"><del>hai</del> <ins>1</ins> <del>ba</del></a> →1</a> <del>bốn</del> <ins>2</ins> →2</a></p>"
        );
        assert_eq!(
            document("[[x|một hai]] [[y]]", &[("hai", "2"), ("[[y]]", "z")]),
            "<p><a href=\"../x.html\">một <del>hai</del> <ins>2</ins></a> →1</a> <del><a href=\"../y.html\">Tên y</a></del> <ins>z</ins> →2</a></p>"
        );
        assert_eq!(document("Theo [[y]]", &[("y", "z"), ("Tên y", "z")]), document("Theo [[y]]", &[]));
        assert_eq!(
            document("`a b` 04-NQ/HU, 04-NQ/HU", &[("a", "x"), ("04-NQ/HU", "05-NQ/HU")]),
            "<p><code><del>a</del> <ins>x</ins> b</code> →1</a> <del>04-NQ/HU</del> <ins>05-NQ/HU</ins> →2</a>, <a href=\"#d\">04-NQ/HU</a></p>"
        );
    }

    #[test]
    fn headings_cells_notes_and_code_hold_corrections_each_for_itself() {
        let text =
            "## A b {#i}\n\n| a | b |\n|---|---|\n| a | b |\n\nc[^1] d\n\n[^1]: a b\n\n```\na b\n```\n";
        let html = document(text, &[("A b", "1"), ("c d", "2"), ("a b", "3"), ("a b", "4"), ("a b", "5")]);
        for part in [
            "<h2 id=\"i\"><del>A b</del> <ins>1</ins> →1</a></h2>",
            "<td>a</td><td>b</td>",
            "<p><del>c</del><sup class=\"footnote-ref\"><a href=\"#fn_1\" id=\"fnref_1\" role=\"doc-noteref\" aria-label=\"Chú thích 1\">1</a></sup> <del>d</del> <ins>2</ins> →2</a></p>",
            "<p><del>a b</del> <ins>3</ins> →3</a> <a class=\"footnote-back\"",
            "<code><del>a b</del> <ins>4</ins> →4</a>",
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
        assert!(!html.contains("→5"), "a third place there is none: {html}");
    }

    #[test]
    fn words_of_an_image_are_struck_behind_it() {
        assert_eq!(
            document("a ![b c](d.png) e", &[("c", "x"), ("b c", "y"), ("a b", "z")]),
            "<p>a <img src=\"d.png\" alt=\"b c\" loading=\"lazy\"> <del>b c</del> <ins>y</ins> →2</a> e</p>"
        );
    }

    #[test]
    fn the_longest_wins_and_equal_ones_take_turns() {
        let errata = [("b", "1"), ("b c", "2"), ("b", "3"), ("b", "4"), ("c d", "5")];
        assert_eq!(
            document("b c d b b c d", &errata).replace("</a>", ""),
            "<p><del>b c</del> <ins>2</ins> →2 d <del>b</del> <ins>1</ins> →1 <del>b</del> <ins>3</ins> →3 <del>c d</del> <ins>5</ins> →5</p>"
        );
        let many = vec![("b", "c"); 3000];
        let html = document(&"b ".repeat(5000), &many);
        assert_eq!((html.matches("<del>").count(), html.matches("→").count()), (3000, 3000));
        assert!(html.find("→2</a>") < html.find("→3</a>"));
    }

    #[test]
    fn a_wording_never_ends_within_a_word_or_number() {
        let errata = [("45", "54"), ("một", "1")];
        for text in ["1.450 mộtx", "1.45", "45,5 xmột", "45.000", "0,45"] {
            assert_eq!(document(text, &errata), format!("<p>{text}</p>"));
        }
        for text in ["là 45.", "(45)", "45, 5", "≥45", "45-50", "tăng 45"] {
            assert!(document(text, &errata).contains("<del>45</del> <ins>54</ins>"), "{text}");
        }
        assert_eq!(document("đạt 45%;", &errata), "<p>đạt <del>45%</del> <ins>54%</ins> →1</a>;</p>");
        let with_sign = document("đạt 45 %, 46%", &[("45%", "54%"), ("46", "47%")]);
        assert_eq!(
            with_sign,
            "<p>đạt <del>45 %</del> <ins>54%</ins> →1</a>, <del>46%</del> <ins>47%</ins> →2</a></p>"
        );
    }

    #[test]
    fn what_is_struck_already_is_left_alone() {
        let parsed = parse("# a b {#x}\n\na b\n\n# c\n\na b", Flavour::Document).expect("the text parses");
        let (mut struck, sought) = (Vec::new(), Sought::new([(7, "b")]));
        sought.find(&parsed, Some(1), &mut struck);
        assert_eq!(struck.len(), 1, "the section holds one");
        let second = struck[0].runs[0].event;
        struck.clear();
        sought.find(&parsed, Some(0), &mut struck);
        Sought::new([(8, "a b"), (9, "b")]).find(&parsed, None, &mut struck);
        let events: Vec<(usize, usize)> = struck.iter().map(|s| (s.of, s.runs[0].event)).collect();
        assert_eq!(events[0], (7, 1), "the heading belongs to its section");
        assert_eq!(events[2], (9, second), "{events:?}");
    }
}

//! Corrections at their place: in finished HTML the words that were wrong are struck, with the right ones and a link beside.
//!
//! What a correction calls wrong is found in the words as people read them, whatever tags stand between; it may begin in
//! plain text and end in bold, but not leave its paragraph. Each text shows a correction once, where its words come first.

use std::ops::Range;

use crate::markdown::{escape_attribute, escape_text};

/// A correction in plain words.
#[derive(Debug)]
pub struct Correction {
    /// What stood there.
    pub was: String,
    /// What is right.
    pub now: String,
    /// Where the correction is explained.
    pub href: String,
    /// What the link to it is called.
    pub label: String,
}

/// Tags that a run of words may cross.
const INLINE: [&str; 12] =
    ["a", "abbr", "b", "code", "del", "em", "i", "ins", "small", "span", "strong", "sup"];

/// A letter as people read it, and where it stands in the HTML.
struct Letter {
    range: Range<usize>,
    /// Where something may be put after it: behind the link that it stands in.
    after: usize,
}

/// The text with the corrections of what it says.
pub fn mark(html: &str, corrections: &[Correction]) -> String {
    let (text, letters) = read(html);
    let mut found: Vec<(Range<usize>, &Correction)> = Vec::new();
    for correction in corrections {
        let was = correction.was.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_free = |range: &Range<usize>| {
            found.iter().all(|(other, _)| other.end <= range.start || range.end <= other.start)
        };
        let places = text.match_indices(&was).map(|(at, _)| {
            let start = text[..at].chars().count();
            start..start + was.chars().count()
        });
        let place = places.filter(|range| !range.is_empty()).find(is_free);
        found.extend(place.map(|range| (range, correction)));
    }
    found.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut marked = html.to_owned();
    for (range, correction) in found {
        put(&mut marked, &letters[range], correction);
    }
    marked
}

/// Strikes letters and puts the correction behind them; what stands before them stays where it is.
fn put(html: &mut String, letters: &[Letter], correction: &Correction) {
    let Some(last) = letters.last() else { return };
    let note = format!(
        " <ins>{}</ins> <a class=\"erratum\" href=\"{}\">{}</a>",
        escape_text(&correction.now),
        escape_attribute(&correction.href),
        escape_text(&correction.label)
    );
    html.insert_str(last.after, &note);
    let mut runs: Vec<Range<usize>> = Vec::new();
    for letter in letters {
        match runs.last_mut() {
            Some(run) if run.end == letter.range.start => run.end = letter.range.end,
            _ => runs.push(letter.range.clone()),
        }
    }
    for run in runs.into_iter().rev() {
        html.insert_str(run.end, "</del>");
        html.insert_str(run.start, "<del>");
    }
}

/// The words of HTML as one text, and its letters; a sign that no words hold stands where a paragraph ends.
fn read(html: &str) -> (String, Vec<Letter>) {
    let (mut text, mut letters): (String, Vec<Letter>) = (String::new(), Vec::new());
    let (mut at, mut link) = (0, None);
    while let Some(c) = html[at..].chars().next() {
        if c == '<' {
            let end = html[at..].find('>').map_or(html.len(), |end| at + end + 1);
            let name = html[at + 1..end].trim_start_matches('/');
            let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            if name == "a" {
                let is_open = !html[at..].starts_with("</");
                let close = html[end..].find("</a>").map_or(html.len(), |close| end + close + 4);
                link = is_open.then_some(close);
            }
            if !INLINE.contains(&name) {
                text.push('\u{0}');
                letters.push(Letter { range: at..at, after: at });
            }
            at = end;
            continue;
        }
        let (letter, length) = entity(&html[at..]).unwrap_or((c, c.len_utf8()));
        let range = at..at + length;
        at += length;
        match letters.last_mut() {
            Some(last) if letter.is_whitespace() && text.ends_with(' ') => {
                last.range.end = range.end;
                last.after = link.unwrap_or(range.end);
            }
            _ => {
                text.push(if letter.is_whitespace() { ' ' } else { letter });
                letters.push(Letter { after: link.unwrap_or(range.end), range });
            }
        }
    }
    (text, letters)
}

/// The letter that an entity at the beginning of a text means, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    const ENTITIES: [(&str, char); 6] =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&#x27;", '\'')];
    ENTITIES.iter().find(|(entity, _)| text.starts_with(entity)).map(|(entity, c)| (*c, entity.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correction(was: &str, now: &str) -> Correction {
        Correction { was: was.to_owned(), now: now.to_owned(), href: "#e".to_owned(), label: "E".to_owned() }
    }

    #[test]
    fn words_are_struck_where_they_stand() {
        let note = |now: &str| format!(" <ins>{now}</ins> <a class=\"erratum\" href=\"#e\">E</a>");
        let marked =
            mark("<p>It was 45&nbsp;&amp; <b>4</b>6.</p><p>It was</p>", &[correction("& 46", "<7>")]);
        assert_eq!(
            marked,
            format!(
                "<p>It was 45&nbsp;<del>&amp; </del><b><del>4</del></b><del>6</del>{}.</p><p>It was</p>",
                note("&lt;7&gt;")
            )
        );
        let in_link = mark("<p><a href=\"x\">a b c</a> d</p>", &[correction("b", "B"), correction("d", "D")]);
        let expected =
            format!("<p><a href=\"x\">a <del>b</del> c</a>{} <del>d</del>{}</p>", note("B"), note("D"));
        assert_eq!(in_link, expected);
        assert_eq!(mark("<p>a</p><p>b</p>", &[correction("a b", "x")]), "<p>a</p><p>b</p>");
    }
}

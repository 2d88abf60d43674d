//! Suspicious text: what conversions and pasting leave behind (content format, section 7).
//!
//! Looked for in the whole file, front matter and body alike. Each rule is narrow: a warning on sound text would teach
//! authors to overlook warnings.

use std::ops::Range;

use crate::problem::{Finding, Problems};
use crate::source::{FileId, Span};

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// Adds a warning for every suspicious place of a text.
pub fn check(file: FileId, text: &str, problems: &mut Problems) {
    let (bytes, mut seen) = (text.as_bytes(), 0);
    // Few bytes need a second look; nearly every text has no such place.
    for start in (0..bytes.len()).step_by(BLOCK) {
        let end = bytes.len().min(start + BLOCK);
        if has_suspect(bytes, start, end) {
            let suspects = (start..end).filter(|at| is_suspect(bytes, *at));
            suspects.for_each(|at| look_at(file, text, at, &mut seen, problems));
        }
    }
}

/// Looks at a byte at which something suspicious may begin; `seen` is the end of the last word that was looked at.
fn look_at(file: FileId, text: &str, at: usize, seen: &mut usize, problems: &mut Problems) {
    let rest = &text[at..];
    if rest.starts_with('\u{fffd}') {
        let end = at + '\u{fffd}'.len_utf8();
        problems.add(Finding::ReplacementCharacter {}, Span::bytes(file, at, end));
    } else if rest.starts_with('%') {
        percent_zero(file, text, at..at + "%0".len(), problems);
    } else if at >= *seen {
        let start = text[..at].rfind(char::is_whitespace).map_or(0, |i| i + next_char(text, i));
        let end = rest.find(char::is_whitespace).map_or(text.len(), |i| at + i);
        check_word(file, &text[start..end], start, problems);
        *seen = end;
    }
}

fn next_char(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

/// Whether any byte of a block is one at which something suspicious may begin.
fn has_suspect(bytes: &[u8], start: usize, end: usize) -> bool {
    // The first byte of a text has none before it, the last none behind it.
    let (inner, last) = (start.max(1), end.min(bytes.len() - 1));
    let mut is_any = is_suspect(bytes, start) | is_suspect(bytes, end - 1);
    if inner < last {
        let (before, own, next) =
            (&bytes[inner - 1..last - 1], &bytes[inner..last], &bytes[inner + 1..=last]);
        for ((before, own), next) in before.iter().zip(own).zip(next) {
            is_any |= may_begin(*before, *own, *next);
        }
    }
    is_any
}

/// Whether something suspicious may begin at a byte of a text.
fn is_suspect(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).map_or(0, |i| bytes[i]);
    may_begin(before, bytes[at], bytes.get(at + 1).copied().unwrap_or(0))
        && (bytes[at] != 0xef || bytes[at..].starts_with("\u{fffd}".as_bytes()))
}

/// Whether something suspicious may begin at a byte between two others: at a replacement character, at `%0`, at a slash after a
/// digit, at a letter of Latin-1 that Vietnamese lacks or that follows another letter in capitals, at `ƣ`. Without a branch, so
/// that the compiler takes many bytes at a time.
fn may_begin(before: u8, own: u8, next: u8) -> bool {
    let is_any = |all: &[u8]| all.iter().fold(false, |is, byte| is | (next == *byte));
    // À to Ý and ß after a small letter, Ñ and ñ, ä å ï ø û: never in Vietnamese, or never there.
    let is_foreign =
        is_any(&[0x91, 0xb1, 0xa4, 0xa5, 0xaf, 0xb8, 0xbb]) | ((next <= 0x9f) & before.is_ascii_lowercase());
    ((own == b'/') & before.is_ascii_digit())
        | ((own == b'%') & (next == b'0'))
        | ((own == 0xc2) & (next >= 0xa7))
        | ((own == 0xc3) & is_foreign)
        | ((own == 0xc6) & is_any(&[0xa2, 0xa3]))
        | ((own == 0xef) & (next == 0xbf))
}

/// `0,30%0` for `0,30‰`; in an address `%0A` is an escape.
fn percent_zero(file: FileId, text: &str, range: Range<usize>, problems: &mut Problems) {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    if !before.is_some_and(|c| c.is_ascii_digit()) || after.is_some_and(char::is_alphanumeric) {
        return;
    }
    let digits = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    let start = text[..range.start]
        .rfind(|c| !digits(c))
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let finding = Finding::PercentZero { text: text[start..range.end].to_owned() };
    problems.add(finding, Span::bytes(file, start, range.end));
}

fn check_word(file: FileId, word: &str, start: usize, problems: &mut Problems) {
    let span = |range: &Range<usize>| Span::bytes(file, start + range.start, start + range.end);
    if !word.is_ascii()
        && let Some(font) = old_encoding(word)
    {
        let clean = word.trim_matches(|c: char| !c.is_alphabetic() && !"§®".contains(c));
        let from = word.find(clean).unwrap_or(0);
        let finding = Finding::OldEncoding { word: clean.to_owned(), font: font.to_owned() };
        problems.add(finding, span(&(from..from + clean.len())));
    }
    if word.contains('/')
        && let Some((range, right)) = state_form(word)
    {
        let finding = Finding::StateForm { number: word[range.clone()].to_owned(), right };
        problems.add(finding, span(&range));
    }
}

/// Letters of TCVN3 that stand after a small letter in no Unicode Vietnamese word: `quyÕt`, `NghÞ`, `lµ`.
const TCVN3_AFTER: &str = "µ¸¶¨¬®§ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖØÙÜÞß";
/// Letters of VNI that follow a vowel as its mark: `boä`, `aûng`, `naêm` is left out because `aê` may be a slip.
const VNI_AFTER: &str = "øûïäåñ";

/// The encoding that a word seems to be left over from.
fn old_encoding(word: &str) -> Option<&'static str> {
    if word.contains(['ƣ', 'Ƣ']) {
        return Some("(ƣ thay cho ư)");
    }
    let pairs = || word.chars().zip(word.chars().skip(1));
    if pairs().any(|(a, b)| {
        a.is_ascii_lowercase() && TCVN3_AFTER.contains(b)
            || "§®".contains(a) && (b.is_alphabetic() || "µ¸¶·¹".contains(b))
    }) {
        return Some("TCVN3");
    }
    let vni = |a: char, b: char| {
        "aeouyAEOUY".contains(a) && VNI_AFTER.contains(b) || "Ññ".contains(a) && "aeiouôöAEIOU".contains(b)
    };
    pairs().any(|(a, b)| vni(a, b)).then_some("VNI")
}

/// Types and issuers of Party papers (domain, "Papers").
const PARTY_TYPES: [&str; 10] = ["NQ", "CT", "KL", "KH", "QĐ", "BC", "TB", "HD", "CTr", "QC"];
const PARTY_ISSUERS: [&str; 7] = ["TW", "TU", "HU", "QU", "ThU", "ĐU", "TWĐ"];

/// A Party number in State form within a word, and its right form: `60/NQ-TW` is `60-NQ/TW`.
fn state_form(word: &str) -> Option<(Range<usize>, String)> {
    let (before, after) = word.split_once('/')?;
    let (kind, issuer) = after.split_once('-')?;
    let issuer: &str = &issuer[..issuer.find(|c: char| !c.is_alphabetic()).unwrap_or(issuer.len())];
    let digits = before.trim_start_matches(|c: char| !c.is_ascii_digit());
    let is_number = !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number || !PARTY_TYPES.contains(&kind) || !PARTY_ISSUERS.contains(&issuer) {
        return None;
    }
    let start = before.len() - digits.len();
    let end = before.len() + 1 + kind.len() + 1 + issuer.len();
    Some((start..end, format!("{digits}-{kind}/{issuer}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::ContentPath;
    use crate::source::Sources;

    #[test]
    fn nothing_is_missed_wherever_it_stands() {
        let sources = Sources::new(ContentPath::new(["site.toml"]).map(|path| (path, String::new())));
        let file = sources.iter().map(|(file, _)| file).next().expect("there is a text");
        for what in ["\u{fffd}", "5%0", "60/NQ-TW", "lµ", "NghÞ", "Nhµ", "naøy", "tƣ"] {
            for before in 0..3 * BLOCK {
                for behind in ["", " còn lại"] {
                    let text = format!("{} {what}{behind}", "a".repeat(before));
                    let mut problems = Problems::default();
                    check(file, &text, &mut problems);
                    assert_eq!(problems.iter().count(), 1, "{text}");
                }
            }
        }
    }

    #[test]
    fn old_encodings_are_told_from_sound_words() {
        assert_eq!(old_encoding("NghÞ"), Some("TCVN3"));
        assert_eq!(old_encoding("quyÕt"), Some("TCVN3"));
        assert_eq!(old_encoding("§¶ng"), Some("TCVN3"));
        assert_eq!(old_encoding("Ñaûng"), Some("VNI"));
        assert_eq!(old_encoding("boä"), Some("VNI"));
        assert_eq!(old_encoding("nƣớc"), Some("(ƣ thay cho ư)"));
        for sound in ["Đảng", "bộ", "ĐẢNG", "Õng", "“quyết”", "µg/m³", "QĐ-TTg", "25°C", "ủy", "ngoèo"]
        {
            assert_eq!(old_encoding(sound), None, "{sound}");
        }
    }

    #[test]
    fn party_numbers_in_state_form_get_their_right_form() {
        assert_eq!(state_form("(60/NQ-TW)"), Some((1..9, "60-NQ/TW".to_owned())));
        for sound in ["04-NQ/HU", "42/2022/NĐ-CP", "1280/NQ-UBTVQH15", "202/2025/QH15", "5/KH-UBND"] {
            assert_eq!(state_form(sound), None, "{sound}");
        }
    }
}

//! Escaping for the two landing places of this room, text between tags and a double-quoted attribute; and the way back, for
//! every room that reads pages or sitemaps.
//!
//! Code points that HTML forbids (controls other than tab and line ends, U+007F to U+009F, non-characters) become
//! U+FFFD: CommonMark asks it for U+0000, the Nu checker calls the others errors, and an author sees that
//! something stands there.

use std::borrow::Cow;

/// `text` for a place between tags.
pub fn escape_text(text: &str) -> Cow<'_, str> {
    escaped(text, push_text)
}

/// `text` for a double-quoted attribute.
pub fn escape_attribute(text: &str) -> Cow<'_, str> {
    escaped(text, push_attribute)
}

/// Appends `text` for a place between tags: `&`, `<`, `>` as entities. Quotes stay as typed.
pub fn push_text(out: &mut String, text: &str) {
    push(out, text, false);
}

/// Appends `text` for a double-quoted attribute: the quotes are entities too.
pub fn push_attribute(out: &mut String, text: &str) {
    push(out, text, true);
}

/// Whose character references a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Those of HTML, as templates write them.
    Html,
    /// Those of XML, where the sign of hexadecimal digits has no capital.
    Xml,
}

/// `text` with its character references decoded: the five names that XML has, and numbers. What is none stays as it is; the second
/// value is the text from the first such `&` on.
pub fn decoded(text: &str, markup: Markup) -> (Cow<'_, str>, Option<&str>) {
    let Some(first) = text.find('&') else { return (Cow::Borrowed(text), None) };
    let (mut out, mut unknown, mut at) = (String::with_capacity(text.len()), None, first);
    out.push_str(&text[..first]);
    for part in text[first + 1..].split('&') {
        let reference = part.split_once(';').and_then(|(name, after)| Some((referred(name, markup)?, after)));
        if let Some((letter, after)) = reference {
            out.push(letter);
            out.push_str(after);
        } else {
            unknown = unknown.or(Some(&text[at..]));
            out.push('&');
            out.push_str(part);
        }
        at += 1 + part.len();
    }
    (Cow::Owned(out), unknown)
}

/// The character that a reference means by its name or number.
fn referred(name: &str, markup: Markup) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#')?,
    };
    let hexadecimal =
        number.strip_prefix('x').or_else(|| number.strip_prefix('X').filter(|_| markup == Markup::Html));
    let (digits, radix) = hexadecimal.map_or((number, 10), |digits| (digits, 16));
    // A sign, which the parser of numbers would take, is none of them.
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    char::from_u32(u32::from_str_radix(digits, radix).ok().filter(|_| is_number)?)
}

/// The character border at or before `at`: places counted in bytes may fall inside a Vietnamese letter.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn escaped(text: &str, push: fn(&mut String, &str)) -> Cow<'_, str> {
    if !holds_suspects(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    push(&mut out, text);
    Cow::Owned(out)
}

/// How many bytes are looked at together.
const STRETCH: usize = 64;

/// Copies stretches between the bytes that may need a change; Vietnamese letters are never among them.
fn push(out: &mut String, text: &str, quotes: bool) {
    let mut copied = 0;
    for (number, stretch) in text.as_bytes().chunks(STRETCH).enumerate() {
        if !holds_suspects(stretch) {
            continue;
        }
        for (place, byte) in stretch.iter().enumerate().filter(|(_, byte)| is_suspect(**byte)) {
            let at = number * STRETCH + place;
            let (length, instead) = match byte {
                b'&' => (1, "&amp;"),
                b'<' => (1, "&lt;"),
                b'>' => (1, "&gt;"),
                b'"' if quotes => (1, "&quot;"),
                b'\'' if quotes => (1, "&#39;"),
                b'"' | b'\'' => continue,
                _ => match text[at..].chars().next() {
                    Some(letter) if is_forbidden(letter) => (letter.len_utf8(), "\u{fffd}"),
                    _ => continue,
                },
            };
            out.push_str(&text[copied..at]);
            out.push_str(instead);
            copied = at + length;
        }
    }
    out.push_str(&text[copied..]);
}

/// Whether a byte needs a closer look: markup, controls, and the first bytes of forbidden code points. Comparisons without an
/// early end, so that many are made at once.
fn is_suspect(byte: u8) -> bool {
    let is_control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n');
    let is_markup = (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"') | (byte == b'\'');
    is_control | is_markup | (byte == 0x7f) | (byte == 0xc2) | (byte >= 0xef)
}

/// Whether any of the bytes needs a closer look.
fn holds_suspects(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |found, byte| found | is_suspect(*byte))
}

/// Code points that are parse errors in HTML; a carriage return is one of them in its effect.
fn is_forbidden(letter: char) -> bool {
    let code = u32::from(letter);
    matches!(code, 0..=8 | 0xb..=0x1f | 0x7f..=0x9f | 0xfdd0..=0xfdef) && letter != '\r'
        || code & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_its_escapes() {
        assert_eq!(escape_text("a < b & c > \"d\""), "a &lt; b &amp; c &gt; \"d\"");
        assert_eq!(escape_attribute("\"x\" onload='y'"), "&quot;x&quot; onload=&#39;y&#39;");
        assert!(matches!(escape_text("Đảng bộ phường Thảo Nguyên"), Cow::Borrowed(_)));
    }

    #[test]
    fn references_are_decoded_and_others_stay() {
        let html = |text| decoded(text, Markup::Html);
        assert_eq!(html("A &amp;lt; &#39;B&#x27;&#X2F; &quot;&apos;").0, "A &lt; 'B'/ \"'");
        assert!(matches!(html("Đảng bộ"), (Cow::Borrowed("Đảng bộ"), None)));
        let left = "A & B &x; &#+39; &#x110000; &#; &amp";
        assert_eq!(html(left), (Cow::Borrowed(left), Some(&left[2..])));
        assert_eq!(decoded("&lt;&#X27;", Markup::Xml), (Cow::Borrowed("<&#X27;"), Some("&#X27;")));
    }

    #[test]
    fn no_suspect_is_overlooked() {
        // Above 0xf4 there are no bytes of texts.
        for byte in 0..=0xf4 {
            let expected = match byte {
                b'&' | b'<' | b'>' | b'"' | b'\'' | 0x7f | 0xc2 | 0xef | 0xf0..=0xf4 => true,
                b'\t' | b'\n' => false,
                other => other < 0x20,
            };
            assert_eq!(holds_suspects(&[b'a', byte]), expected, "{byte:#x}");
        }
        let long = "ả".repeat(40) + "<\u{85}" + &"ẫ".repeat(21) + "\u{85}&";
        let expected = "ả".repeat(40) + "&lt;\u{fffd}" + &"ẫ".repeat(21) + "\u{fffd}&amp;";
        assert_eq!(escape_text(&long), expected);
    }

    #[test]
    fn forbidden_code_points_are_shown_as_replacement() {
        assert_eq!(
            escape_text("a\0b\u{85}c\u{fffe}d\u{1ffff}e\u{1b}"),
            "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e\u{fffd}"
        );
        assert_eq!(escape_text("a\u{a0}b\tc\nd § 😀 \u{feff}"), "a\u{a0}b\tc\nd § 😀 \u{feff}");
    }
}

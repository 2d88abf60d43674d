//! Escapes in double quotes, as YAML has them and TOML among them.

/// The bytes of the escape that `rest` begins with, from its backslash on, and the character that it makes; `None` in place of
/// it for an escaped line end, which makes nothing, and for what is no escape.
pub fn escape(rest: &str) -> Option<(usize, Option<char>)> {
    let letter = rest.strip_prefix('\\')?.chars().next()?;
    let made = match letter {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        ' ' | '"' | '/' | '\\' => letter,
        'x' => return Some(numbered(rest, 2)),
        'u' => return Some(numbered(rest, 4)),
        'U' => return Some(numbered(rest, 8)),
        _ => return Some((1 + letter.len_utf8(), None)),
    };
    Some((1 + letter.len_utf8(), Some(made)))
}

/// An escape of so many hexadecimal digits.
fn numbered(rest: &str, digits: usize) -> (usize, Option<char>) {
    let number = rest.get(2..2 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    (2 + digits, number.and_then(char::from_u32))
}

/// The escapes in a text that stands in double quotes: where each stands in it, and what it makes.
pub fn escapes(quoted: &str) -> impl Iterator<Item = (std::ops::Range<usize>, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += quoted.get(at..)?.find('\\')?;
            let (length, made) = escape(&quoted[at..])?;
            let range = at..(at + length).min(quoted.len());
            at = range.end;
            if let Some(made) = made {
                return Some((range, made));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_found_with_what_they_make() {
        let text = r#""a\0b\\x07\x07\u0085é\U0000001B\t\/"#;
        let found: Vec<(&str, char)> = escapes(text).map(|(range, c)| (&text[range], c)).collect();
        let expected = [
            (r"\0", '\0'),
            (r"\\", '\\'),
            (r"\x07", '\u{7}'),
            (r"\u0085", '\u{85}'),
            (r"\U0000001B", '\u{1b}'),
            (r"\t", '\t'),
            (r"\/", '/'),
        ];
        assert_eq!(found, expected);
        for broken in ["\\", "\\x", "\\xé", "\\é", "\\U0000", "\\q\\"] {
            assert_eq!(escapes(broken).count(), 0, "{broken}");
        }
    }
}

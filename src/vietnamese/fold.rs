//! Words without case and marks, so that `Tiêu đề`, `TIEU DE` and `tieu-de` can be one word.
//!
//! Authors write keys and values with or without marks (content format, introduction and section 6), and readers
//! search without them. Relies on [`crate::vietnamese::nfc`], so decomposed input gives the same answer.

use std::sync::LazyLock;

use crate::vietnamese::nfc;

/// The text in lower case, marks stripped, `đ` as `d`. For comparing, never for showing.
///
/// `Ð` (eth) and `Ɖ` look like `Đ` and are typed for it by old keyboards; they become `d` too.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(letter).collect::<Option<String>>().unwrap_or_else(|| folded(text))
}

/// What a character folds to where that is one other and follows from it alone: the letters that Vietnamese is written in.
fn letter(character: char) -> Option<char> {
    static LETTERS: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
        let letter = |character: char| {
            let folded = folded(character.encode_utf8(&mut [0; 4]));
            let mut letters = folded.chars();
            letters.next().filter(|_| letters.next().is_none())
        };
        ('\u{c0}'..'\u{250}').chain('\u{1e00}'..'\u{1f00}').map(letter).collect()
    });
    let (first, before) = match character {
        '\0'..='\x7f' => return Some(character.to_ascii_lowercase()),
        '\u{c0}'..'\u{250}' => ('\u{c0}', 0),
        '\u{1e00}'..'\u{1f00}' => ('\u{1e00}', 0x250 - 0xc0),
        // Combining marks are among the others: several of them may have to be put in order.
        _ => return None,
    };
    let at = u32::from(character) - u32::from(first);
    *LETTERS.get(before + at as usize)?
}

fn folded(text: &str) -> String {
    nfc::nfd(text)
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|character| !is_mark(*character))
        .map(|character| match character {
            'đ' | 'ð' | 'ɖ' => 'd',
            other => other,
        })
        .collect()
}

/// The form in which keys and words for values are compared (content format, introduction): folded, and each run of
/// `_`, `-` and spaces between words a single `_`. Spaces around the text are dropped; other signs stay, so that
/// `_index` or `a.b` are not taken for a known key.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for character in fold(text.trim()).chars() {
        let joins = matches!(character, '_' | '-') || character.is_whitespace();
        match joins {
            true if key.ends_with('_') => {}
            true => key.push('_'),
            false => key.push(character),
        }
    }
    key
}

/// Whether the text is this word, in any case, with all its marks or with none. `word` is in lower case and NFC.
///
/// Stricter than comparing folded forms: `cơ` is not `có`, though both fold to `co`.
pub fn is_word(text: &str, word: &str) -> bool {
    // Every figure is asked whether it is yes or no: no word begins with a digit or sign.
    if !text.starts_with(char::is_alphabetic) {
        return false;
    }
    let lower = nfc::nfc(text).to_lowercase();
    lower == word || (lower.is_ascii() && lower == fold(word))
}

/// The blocks of combining marks. Vietnamese needs only the first; the others keep odd input from leaving remains.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_do_not_count() {
        assert_eq!(fold("Đảng bộ Phường ƯƠNG"), "dang bo phuong uong");
        assert_eq!(fold("Ðại hội"), "dai hoi", "eth typed for Đ");
        assert_eq!(fold("Ma tu\u{301}y"), fold("ma túy"));
    }

    #[test]
    fn each_letter_folds_as_it_does_among_others() {
        let letters: String = ('\u{80}'..='\u{2100}').collect();
        for letter in letters.chars() {
            let text = letter.to_string();
            assert_eq!(fold(&text), folded(&text), "{text}");
        }
        assert_eq!(fold(&letters), folded(&letters));
    }

    #[test]
    fn one_key_for_all_spellings() {
        for spelling in ["Tiêu đề", "tieu-de", "TIEU_DE", " tiêu\u{a0} đề ", "Tie\u{302}u đe\u{302}\u{300}"]
        {
            assert_eq!(key(spelling), "tieu_de", "{spelling}");
        }
        assert_eq!(key("_index"), "_index");
        assert_eq!(key(""), "");
    }

    #[test]
    fn a_word_has_all_its_marks_or_none() {
        for yes in ["có", "CÓ", "Co", "co\u{301}"] {
            assert!(is_word(yes, "có"), "{yes}");
        }
        assert!(!is_word("cơ", "có"));
        assert!(!is_word("cọ", "có"));
    }
}

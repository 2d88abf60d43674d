//! Names that are safe in every address and on every disk: `a`–`z`, `0`–`9` and `-`.
//!
//! Ids are permanent addresses (content format 1), so what makes one and what judges one stand together. Reserved
//! names and collisions are the business of output paths, not of this room. Relies on [`crate::vietnamese::fold`].

use crate::vietnamese::fold;

/// Most bytes of a slug or id: long enough for a sentence, short enough for every file system with prefixes and `.html`.
pub const MAX_BYTES: usize = 80;

/// The slug of a text without any letter or digit we can write in ASCII; "mục" is an entry of a list.
const NAMELESS: &str = "muc";

/// The text as an id: folded, everything else a single `-` between words, at most [`MAX_BYTES`] bytes, cut behind a word
/// where there is one to cut behind. Never empty; always an id in the sense of [`is_id`].
pub fn slug(text: &str) -> String {
    // Parts of addresses are mostly ids, and folding them costs ten times as much as looking at them.
    if is_own(text) {
        return text.to_owned();
    }
    let mut slug = String::with_capacity(text.len().min(2 * MAX_BYTES));
    for character in fold::fold(text).chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    shorten(&mut slug);
    if slug.is_empty() { NAMELESS.to_owned() } else { slug }
}

/// Whether a text is its own slug.
pub fn is_own(text: &str) -> bool {
    is_id(text) && !text.starts_with('-') && !text.ends_with('-') && !has_double_dash(text.as_bytes())
}

/// Whether a text can be an id of a unit, term, report or item, or a name of their files (content format 1): lower-case
/// ASCII letters, digits and `-`, at least one and at most [`MAX_BYTES`].
pub fn is_id(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() | byte.is_ascii_digit() | (byte == b'-');
    // Without a way out of the loop, which makes it several times as fast; so is the next.
    (1..=MAX_BYTES).contains(&text.len()) && text.bytes().fold(true, |all, byte| all & is_allowed(byte))
}

fn has_double_dash(bytes: &[u8]) -> bool {
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(false, |any, (a, b)| any | ((*a == b'-') & (*b == b'-')))
}

/// Cuts an ASCII slug to its bound, behind a whole word if it has one, and drops a last `-`.
fn shorten(slug: &mut String) {
    if slug.len() > MAX_BYTES {
        // A `-` at the bound itself means that the words before it fit exactly.
        let end = slug.as_bytes()[..=MAX_BYTES].iter().rposition(|byte| *byte == b'-');
        slug.truncate(end.unwrap_or(MAX_BYTES));
    }
    if slug.ends_with('-') {
        slug.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_a_slug() {
        assert_eq!(slug("Ma tuý & tệ nạn – năm 2025"), "ma-tuy-te-nan-nam-2025");
        assert_eq!(slug("  Đảng bộ_phường  "), "dang-bo-phuong");
        assert_eq!(slug("04-NQ/HU"), "04-nq-hu");
    }

    #[test]
    fn a_slug_is_its_own() {
        for text in ["a", "a-b", "le1", "2020-2025"] {
            assert!(is_own(text) && slug(text) == text, "{text}");
        }
        for text in ["", "-", "-a", "a-", "a--b", "A", "ă", "a b", &"a".repeat(81)] {
            assert!(!is_own(text) && slug(text) != text, "{text}");
        }
    }

    #[test]
    fn a_text_without_letters_has_a_name_all_the_same() {
        for text in ["", "–", "***", "日本"] {
            assert_eq!(slug(text), "muc", "{text}");
        }
    }

    #[test]
    fn long_texts_are_cut_behind_a_word() {
        let words = "phat-trien ".repeat(20);
        let cut = slug(&words);
        assert!(cut.len() <= MAX_BYTES && cut.ends_with("trien"), "{cut}");
        assert_eq!(slug(&"a".repeat(200)).len(), MAX_BYTES);
        let exact = "b".repeat(MAX_BYTES);
        assert_eq!(slug(&format!("{exact} c")), exact);
    }

    #[test]
    fn ids_are_lower_case_ascii() {
        assert!(is_id("2020-2025") && is_id("thao-nguyen"));
        for wrong in ["", "Thao", "thảo", "a_b", "a b", "a/b", "..", &"a".repeat(81)] {
            assert!(!is_id(wrong), "{wrong}");
        }
    }
}

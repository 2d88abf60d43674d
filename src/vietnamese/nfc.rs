//! The two Unicode forms of a text: composed for everything we keep, decomposed where marks are looked at.
//!
//! macOS and some keyboards write `ế` as three characters; two spellings of one word would be two ids, two keys, two
//! files. All texts are therefore composed when they enter (content format 1). This is the home of `icu_normalizer`.

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// The text in NFC (content format 1). Checks first and allocates only where something changes.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if is_plainly_composed(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// Whether a text holds nothing but characters that stand for themselves in NFC and join none before them (UAX #15, 9):
/// U+0000–02FF, U+1E00–1EFF, U+2002–20BF. That is every Vietnamese letter, and nearly every text of ours; what else there may
/// be is for the library. Without a branch, so that the compiler takes many bytes at a time.
fn is_plainly_composed(bytes: &[u8]) -> bool {
    let whole = bytes.len().saturating_sub(2);
    let behind = |by: usize| bytes.get(by..).unwrap_or_default();
    let mut is_plain = true;
    for ((first, second), third) in bytes[..whole].iter().zip(behind(1)).zip(behind(2)) {
        is_plain &= begins_plainly(*first, *second, *third);
    }
    // Whoever begins a character that is not plain has another byte behind it; that of a plain one of three bytes has two.
    let [.., before, last] = bytes else { return bytes.iter().all(u8::is_ascii) };
    is_plain & begins_plainly(*before, *last, 0) & (*last < 0xcc)
}

/// Whether a byte with the two behind it begins a plain character, or none. Below 0xCC begin characters up to U+02FF or none.
fn begins_plainly(first: u8, second: u8, third: u8) -> bool {
    let is_letter = (first == 0xe1) & (0xb8..=0xbb).contains(&second);
    let is_sign = (second == 0x81) | (second == 0x82) | ((second == 0x80) & (third >= 0x82));
    (first < 0xcc) | is_letter | ((first == 0xe2) & is_sign)
}

/// The text in NFD: each mark a character of its own behind its letter, for those who strip or inspect marks.
pub fn nfd(text: &str) -> Cow<'_, str> {
    DecomposingNormalizerBorrowed::new_nfd().normalize(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_text_is_borrowed() {
        assert!(matches!(nfc("Đảng bộ phường"), Cow::Borrowed(_)));
        assert!(matches!(nfc(""), Cow::Borrowed(_)));
    }

    #[test]
    fn the_short_way_agrees_with_the_library() {
        let library = ComposingNormalizerBorrowed::new_nfc();
        let plain = |c: &char| is_plainly_composed(c.to_string().as_bytes());
        let all: Vec<char> = ('\0'..=char::MAX).filter(plain).collect();
        assert!(all.len() > 0x300 + 0x100 + 0xb0, "{}", all.len());
        // Yes in the quick check means: nothing changes behind any character. Letters with most compositions stand for all.
        for c in all {
            for before in ['a', 'o', 'u', 'ê', 'ơ', 'K', '<', '\u{1100}'] {
                let text = format!("{before}{c}{c}");
                assert!(library.is_normalized(&text), "U+{:04X}", u32::from(c));
            }
        }
        for text in ["e\u{302}", "\u{212b}", "\u{2000}", "\u{340}", "각\u{11a8}", "\u{1100}\u{1161}"] {
            assert!(!is_plainly_composed(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn decomposed_text_is_composed() {
        assert_eq!(nfc("Tie\u{302}\u{301}ng Vie\u{302}\u{323}t"), "Tiếng Việt");
        assert_eq!(nfc("Vie\u{323}\u{302}t"), "Việt", "marks may stand in either order");
        assert_eq!(nfd("ế"), "e\u{302}\u{301}");
    }
}

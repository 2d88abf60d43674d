//! The numbers of congresses: `9`, `IX`, `chín`, "lần thứ nhất".
//!
//! Titles print Roman numerals, announcements write words, and "nhất" is not "một"; all of them name one congress
//! (content format 3.2). Only ordinals of congresses are read, so 1 to 99 is enough. Relies on [`crate::vietnamese::fold`].

use crate::vietnamese::fold;

/// The highest ordinal that is read; a congress every five years reaches it in five centuries.
const MAX: u32 = 99;

/// The ordinal that a text states (content format 3.2), 1–99: digits, a Roman numeral in its one correct form, Vietnamese
/// words with or without "lần", "thứ" and with all marks or none, or an English word from `first` to `twentieth`; in any
/// case. Everything else is none.
pub fn parse(text: &str) -> Option<u32> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = skip(skip(&words, "lần"), "thứ");
    match words {
        [word] => digits(word)
            .or_else(|| from_roman(word))
            .or_else(|| vietnamese(words))
            .or_else(|| english_word(word)),
        _ => vietnamese(words),
    }
}

/// The Roman numeral, as congresses are printed under `vi` (content format 3.2). Beyond 1–3999, which have one, the digits.
pub fn roman(ordinal: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&ordinal) {
        return ordinal.to_string();
    }
    let mut rest = ordinal;
    let mut text = String::new();
    for (value, numeral) in NUMERALS {
        while rest >= value {
            text.push_str(numeral);
            rest -= value;
        }
    }
    text
}

/// The English ordinal: `1st`, `2nd`, `3rd`, `11th`.
pub fn english(ordinal: u32) -> String {
    let suffix = match (ordinal % 10, ordinal % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{ordinal}{suffix}")
}

/// The words without this one at their head.
fn skip<'a, 'b>(words: &'a [&'b str], head: &str) -> &'a [&'b str] {
    match words {
        [first, rest @ ..] if fold::is_word(first, head) => rest,
        _ => words,
    }
}

/// One or two ASCII digits; `09` is 9.
fn digits(word: &str) -> Option<u32> {
    let plain = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten().filter(|ordinal| (1..=MAX).contains(ordinal))
}

/// A Roman numeral in the form that [`roman`] writes: `IIII` and `IC` are none.
fn from_roman(word: &str) -> Option<u32> {
    let upper = word.to_ascii_uppercase();
    (1..=MAX).find(|ordinal| roman(*ordinal) == upper)
}

/// The words of the digits where they stand alone or behind "mươi" and "mười"; the position decides which forms are right.
const DIGITS: [(u32, &[&str]); 9] = [
    (1, &["một"]),
    (2, &["hai"]),
    (3, &["ba"]),
    (4, &["bốn", "tư"]),
    (5, &["năm"]),
    (6, &["sáu"]),
    (7, &["bảy", "bẩy"]),
    (8, &["tám"]),
    (9, &["chín"]),
];

/// Vietnamese words: "chín", "nhất", "mười lăm", "hai mươi", "hai mươi mốt".
fn vietnamese(words: &[&str]) -> Option<u32> {
    match words {
        [one] if fold::is_word(one, "nhất") => Some(1),
        [one] if fold::is_word(one, "nhì") => Some(2),
        [one] if fold::is_word(one, "mười") => Some(10),
        [one] => digit(one),
        [ten, unit] if fold::is_word(ten, "mười") => Some(10 + unit_after_ten(unit)?),
        [tens, ten] if fold::is_word(ten, "mươi") => tens_digit(tens),
        [tens, ten, unit] if fold::is_word(ten, "mươi") => {
            let unit = if fold::is_word(unit, "mốt") { 1 } else { unit_after_ten(unit)? };
            Some(tens_digit(tens)? + unit)
        }
        _ => None,
    }
}

/// The value of a digit's word.
fn digit(word: &str) -> Option<u32> {
    let spelt = |names: &[&str]| names.iter().any(|name| fold::is_word(word, name));
    DIGITS.iter().find(|(_, names)| spelt(names)).map(|(value, _)| *value)
}

/// The unit behind tens: five is "lăm" (or "nhăm") there; "mười năm" means ten years.
fn unit_after_ten(word: &str) -> Option<u32> {
    if fold::is_word(word, "lăm") || fold::is_word(word, "nhăm") {
        return Some(5);
    }
    digit(word).filter(|unit| *unit != 5)
}

/// The tens before "mươi": from "hai" on, and four is "bốn" there.
fn tens_digit(word: &str) -> Option<u32> {
    digit(word).filter(|tens| *tens >= 2 && !fold::is_word(word, "tư")).map(|tens| 10 * tens)
}

/// English words from `first` to `twentieth`.
fn english_word(word: &str) -> Option<u32> {
    const WORDS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    let place = WORDS.iter().position(|known| known.eq_ignore_ascii_case(word))?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_congress_many_spellings() {
        for text in
            ["9", "09", "IX", "ix", "chín", "CHÍN", "chin", "chi\u{301}n", "lần thứ IX", "thứ chín", "ninth"]
        {
            assert_eq!(parse(text), Some(9), "{text}");
        }
        for text in
            ["1", "I", "nhất", "thứ nhất", "lần thứ nhất", "Lan thu nhat", "LẦN THỨ NHẤT", "một", "First"]
        {
            assert_eq!(parse(text), Some(1), "{text}");
        }
    }

    #[test]
    fn words_of_every_shape() {
        let cases = [
            ("nhì", 2),
            ("tư", 4),
            ("thứ tư", 4),
            ("mười", 10),
            ("mười một", 11),
            ("mười bốn", 14),
            ("mười lăm", 15),
            ("muoi lam", 15),
            ("hai mươi", 20),
            ("hai mươi mốt", 21),
            ("hai muoi mot", 21),
            ("Hai Mươi Tư", 24),
            ("hai mươi lăm", 25),
            ("hai mươi nhăm", 25),
            ("năm mươi bảy", 57),
            ("chín mươi chín", 99),
        ];
        for (text, ordinal) in cases {
            assert_eq!(parse(text), Some(ordinal), "{text}");
        }
    }

    #[test]
    fn what_names_no_ordinal() {
        let texts = [
            "",
            "0",
            "00",
            "100",
            "-1",
            "+1",
            "IIII",
            "IC",
            "C",
            "VX",
            "mười năm",
            "hai mươi năm",
            "một mươi",
            "mươi",
            "mốt",
            "lăm",
            "tư mươi",
            "mười nhất",
            "bà",
            "lần",
            "thứ",
            "thứ lần nhất",
            "chín mươi chín chín",
            "9.",
            "１",
        ];
        for text in texts {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn printed_forms() {
        let romans = [
            (1, "I"),
            (4, "IV"),
            (9, "IX"),
            (13, "XIII"),
            (44, "XLIV"),
            (99, "XCIX"),
            (2025, "MMXXV"),
            (0, "0"),
        ];
        for (ordinal, text) in romans {
            assert_eq!(roman(ordinal), text);
        }
        let ordinals = [
            (1, "1st"),
            (2, "2nd"),
            (3, "3rd"),
            (4, "4th"),
            (11, "11th"),
            (12, "12th"),
            (23, "23rd"),
            (113, "113th"),
        ];
        for (ordinal, text) in ordinals {
            assert_eq!(english(ordinal), text);
        }
    }
}

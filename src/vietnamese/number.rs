//! Figures as officials write them, `1.809,5`, and figures as we print what we computed.
//!
//! Reading `1.500` as one and a half turns a result upside down, so every text either has exactly one meaning or is
//! refused with the reason (content format 3.4). Values are exact decimals; no binary fraction is ever made. This is
//! the home of `rust_decimal`.

pub use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy;

use crate::vietnamese::Language;

/// Most digits of a figure, leading zeros aside. Ten thousand billion đồng has fourteen; with eighteen, a percentage of
/// two figures is still exact where its rounding to one decimal is decided (a decimal holds twenty-eight).
const MAX_DIGITS: usize = 18;

/// A figure: its exact value, and its digits as the author typed them, which is how it is shown (content format 3.4).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number {
    value: Decimal,
    digits: Box<str>,
}

impl Number {
    /// The exact value.
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// The figure as typed, without spaces around it; a leading minus is part of it.
    pub fn digits(&self) -> &str {
        &self.digits
    }
}

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberError {
    /// Nothing but spaces.
    Empty,
    /// A character that no figure has.
    Character(char),
    /// A sign without a digit on both sides: `.5`, `5,`, a lone `-`.
    LoneSign,
    /// Thousands not parted in threes from a first digit other than 0 (`12.34.567`, `1.5,3`, `12 34`), or parted by two
    /// kinds of sign.
    Grouping,
    /// Two decimal signs: `1,5,3`.
    TwoDecimals,
    /// A thousands sign behind the decimal sign: `1,234.5` under `vi`. The author may have used the other language's signs.
    Swapped,
    /// More than eighteen digits.
    TooLong,
}

/// The number that a text states, by the rules of content format 3.4.
///
/// Under `vi`: dots are thousands where the whole matches `[1-9]\d{0,2}(\.\d{3})+`, else one dot is a decimal point; a
/// comma is the decimal sign; single spaces (also no-break and thin ones) may part thousands, then the decimal sign is the
/// comma only; a leading `-` or `−` is allowed. Under `en` the signs change places. Spaces around the number are dropped.
///
/// # Errors
/// [`NumberError`], for every text that has no meaning or more than one.
pub fn parse(text: &str, language: Language) -> Result<Number, NumberError> {
    let typed = text.trim();
    if typed.is_empty() {
        return Err(NumberError::Empty);
    }
    let (negative, body) = match typed.strip_prefix(['-', '\u{2212}']) {
        Some(body) => (true, body),
        None => (false, typed),
    };
    let foreign = |character: &char| !(character.is_ascii_digit() || is_sign(*character));
    if let Some(character) = body.chars().find(foreign) {
        return Err(NumberError::Character(character));
    }
    let (whole, fraction) = split(body, signs(language))?;
    let mut value = exact(&whole, fraction)?;
    value.set_sign_negative(negative && !value.is_zero());
    Ok(Number { value, digits: typed.into() })
}

/// A computed figure: at most one decimal, thousands parted (content format 3.4). `1809.46` is `1.809,5` under `vi`.
///
/// Half up means away from zero: 0.05 is `0,1` and −0.05 is `−0,1`, so that a decrease of some size reads like an increase of
/// that size. What rounds to zero has no sign. The minus is `−` (U+2212), which [`parse`] reads.
pub fn display(value: Decimal, language: Language) -> String {
    print(value, Some(signs(language).0), language)
}

/// A computed percentage, already in hundredths: 95.652… is `95,7%` under `vi`. Rounded as by [`display`]; thousands are
/// not parted: `2412,7%` is the example of content format 3.4.
pub fn percent(value: Decimal, language: Language) -> String {
    print(value, None, language) + "%"
}

/// A count with its thousands parted: 14803 is `14.803` under `vi`, `14,803` under `en`.
pub fn group(count: u64, language: Language) -> String {
    part_thousands(&count.to_string(), signs(language).0)
}

/// The sign between thousands and the decimal sign.
fn signs(language: Language) -> (char, char) {
    match language {
        Language::Vi => ('.', ','),
        Language::En => (',', '.'),
    }
}

/// What may stand between digits: the two signs, and the spaces that part thousands.
fn is_sign(character: char) -> bool {
    matches!(character, '.' | ',') || is_space(character)
}

/// A space, no-break space, thin space, figure space or narrow no-break space.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

/// The digits before and behind the decimal sign, thousands joined. `body` holds digits and signs only.
fn split(body: &str, (thousands, decimal): (char, char)) -> Result<(String, &str), NumberError> {
    if body.split(is_sign).any(str::is_empty) {
        return Err(NumberError::LoneSign);
    }
    let (whole, fraction) = body.split_once(decimal).unwrap_or((body, ""));
    if fraction.contains(decimal) {
        return Err(NumberError::TwoDecimals);
    }
    if fraction.contains(is_sign) {
        return Err(NumberError::Swapped);
    }
    let one_kind = !(whole.contains(thousands) && whole.contains(is_space));
    if one_kind && is_grouped(whole) {
        return Ok((whole.replace(is_sign, ""), fraction));
    }
    match whole.split_once(thousands) {
        Some((before, after))
            if fraction.is_empty() && !after.contains(is_sign) && !before.contains(is_sign) =>
        {
            Ok((before.to_owned(), after))
        }
        _ => Err(NumberError::Grouping),
    }
}

/// Digits alone, or `[1-9]\d{0,2}` followed by groups of three.
fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(is_sign);
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    rest.peek().is_none()
        || ((1..=3).contains(&first.len()) && !first.starts_with('0') && rest.all(|group| group.len() == 3))
}

/// The value of two runs of digits.
fn exact(whole: &str, fraction: &str) -> Result<Decimal, NumberError> {
    let whole = whole.trim_start_matches('0');
    if whole.len() + fraction.len() > MAX_DIGITS {
        return Err(NumberError::TooLong);
    }
    let plain = format!("0{whole}.{fraction}0");
    Decimal::from_str_exact(&plain).map(|value| value.normalize()).map_err(|_| NumberError::TooLong)
}

/// At most one decimal, half up, thousands parted by a sign or not.
fn print(value: Decimal, thousands: Option<char>, language: Language) -> String {
    let rounded = value.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero).normalize();
    let plain = rounded.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + 8);
    if rounded < Decimal::ZERO {
        text.push('\u{2212}');
    }
    match thousands {
        Some(sign) => text.push_str(&part_thousands(whole, sign)),
        None => text.push_str(whole),
    }
    if !fraction.is_empty() {
        text.push(signs(language).1);
        text.push_str(fraction);
    }
    text
}

/// Digits with a sign before each group of three from the right.
fn part_thousands(digits: &str, thousands: char) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value as plain digits, or the error, for tables of cases.
    fn read(text: &str, language: Language) -> Result<String, NumberError> {
        parse(text, language).map(|number| number.value().to_string())
    }

    #[test]
    fn vietnamese_figures() {
        let cases = [
            ("1.809,5", "1809.5"),
            ("1.500", "1500"),
            ("2.5", "2.5"),
            ("03", "3"),
            ("0", "0"),
            ("-0", "0"),
            ("0,123", "0.123"),
            ("0.123", "0.123"),
            ("0,30", "0.3"),
            ("1.234.567,8", "1234567.8"),
            ("1234.567", "1234.567"),
            ("1.2345", "1.2345"),
            ("012.345", "12.345"),
            ("45 799", "45799"),
            ("45\u{a0}799,5", "45799.5"),
            ("1\u{202f}234\u{2009}567", "1234567"),
            (" 7 ", "7"),
            ("-5", "-5"),
            ("\u{2212}1.500,25", "-1500.25"),
            ("999.999.999.999.999.999", "999999999999999999"),
        ];
        for (text, value) in cases {
            assert_eq!(read(text, Language::Vi).as_deref(), Ok(value), "{text}");
        }
    }

    #[test]
    fn figures_without_one_meaning() {
        use NumberError::{Character, Empty, Grouping, LoneSign, Swapped, TooLong, TwoDecimals};
        let cases = [
            ("", Empty),
            (" \u{a0}", Empty),
            ("12.34.567", Grouping),
            ("1.5,3", Grouping),
            ("0.500,5", Grouping),
            ("1234.567,8", Grouping),
            ("0.500.000", Grouping),
            ("12 34", Grouping),
            ("0 500", Grouping),
            ("1 234.567", Grouping),
            ("1 234.5", Grouping),
            ("1.234 567", Grouping),
            ("1,5,3", TwoDecimals),
            ("1,234,567", TwoDecimals),
            ("1,234.5", Swapped),
            ("1,234 5", Swapped),
            (".5", LoneSign),
            (",5", LoneSign),
            ("5,", LoneSign),
            ("5.", LoneSign),
            ("1..5", LoneSign),
            ("1.,5", LoneSign),
            ("1  234", LoneSign),
            ("-", LoneSign),
            ("- 5", LoneSign),
            ("--5", Character('-')),
            ("+5", Character('+')),
            ("5%", Character('%')),
            ("1e5", Character('e')),
            ("１", Character('１')),
            ("1\t234", Character('\t')),
            ("1234567890123456789", TooLong),
            ("0,0000000000000000001", TooLong),
        ];
        for (text, error) in cases {
            assert_eq!(read(text, Language::Vi), Err(error), "{text}");
        }
    }

    #[test]
    fn english_changes_the_signs() {
        let cases = [
            ("1,809.5", "1809.5"),
            ("1,500", "1500"),
            ("2,5", "2.5"),
            ("1.500", "1.5"),
            ("1 234.5", "1234.5"),
        ];
        for (text, value) in cases {
            assert_eq!(read(text, Language::En).as_deref(), Ok(value), "{text}");
        }
        assert_eq!(read("1.809,5", Language::En), Err(NumberError::Swapped));
        assert_eq!(parse(" 1,500 ", Language::En).as_ref().map(Number::digits), Ok("1,500"));
    }

    #[test]
    fn computed_figures() {
        let cases = [
            ("0.05", "0,1"),
            ("-0.05", "\u{2212}0,1"),
            ("-0.04", "0"),
            ("95.652173", "95,7"),
            ("100.00", "100"),
            ("2412.66", "2.412,7"),
            ("99.95", "100"),
            ("-1234567.25", "\u{2212}1.234.567,3"),
        ];
        for (value, text) in cases {
            assert_eq!(value.parse().map(|value| display(value, Language::Vi)), Ok(text.to_owned()));
        }
        assert_eq!(percent(Decimal::new(95_652_173, 6), Language::Vi), "95,7%");
        assert_eq!(percent(Decimal::new(24127, 1), Language::En), "2412.7%");
    }

    #[test]
    fn counts() {
        let counts = [(0, "0"), (999, "999"), (1000, "1.000"), (14_803, "14.803"), (1_234_567, "1.234.567")];
        for (count, text) in counts {
            assert_eq!(group(count, Language::Vi), text);
        }
        assert_eq!(group(u64::MAX, Language::En), "18,446,744,073,709,551,615");
    }
}

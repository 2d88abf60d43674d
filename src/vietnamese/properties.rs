//! What holds for every text, number and date, tried on random ones.
//!
//! The tables in the files show the cases we thought of; these look for the others. They stand apart because each speaks
//! of several files of this room.

use proptest::prelude::*;

use crate::vietnamese::collate::Collation;
use crate::vietnamese::date::{self, Date, PartialDate};
use crate::vietnamese::number::{self, Decimal};
use crate::vietnamese::{Language, fold, nearest, nfc, ordinal, slug};

/// Either language.
fn language() -> impl Strategy<Value = Language> {
    prop_oneof![Just(Language::Vi), Just(Language::En)]
}

/// Texts of Vietnamese letters and the signs around them, half of them decomposed.
fn vietnamese_text() -> impl Strategy<Value = String> {
    ("[a-zA-ZàảãáạăằẳẵắặâầẩẫấậđĐêềểễếệôồổỗốộơờởỡớợưừửữứựýỳỷỹỵ0-9 _,.–-]{0,60}", any::<bool>()).prop_map(
        |(text, decomposed)| {
            if decomposed { nfc::nfd(&text).into_owned() } else { text }
        },
    )
}

/// Any text, with Vietnamese ones in front.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![3 => vietnamese_text(), 1 => any::<String>()]
}

/// Texts that come near to figures.
fn figure() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "-?[0-9]{0,4}([., \u{a0}][0-9]{0,3}){0,4}"]
}

/// Days of the years that a report may name.
fn day() -> impl Strategy<Value = Date> {
    (1000u16..=2999, 1u8..=12, 1u8..=31)
        .prop_filter_map("a day of the calendar", |(year, month, day)| Date::new(year, month, day).ok())
}

/// The rule of content format 3.4 in its own words, as slow as it likes: the value as plain digits, or nothing.
fn plain_reading(text: &str, language: Language) -> Option<String> {
    let swap = |character| match character {
        '.' => ',',
        ',' => '.',
        other => other,
    };
    let text = text.trim().replace('\u{a0}', " ");
    let text: String = if language == Language::En { text.chars().map(swap).collect() } else { text };
    let (minus, body) = text.strip_prefix('-').map_or(("", text.as_str()), |body| ("-", body));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parted = |whole: &str, sign: char| {
        let groups: Vec<&str> = whole.split(sign).collect();
        let head = groups[0];
        let threes = groups[1..].iter().all(|group| group.len() == 3 && is_digits(group));
        groups.len() > 1 && is_digits(head) && head.len() <= 3 && !head.starts_with('0') && threes
    };
    let (whole, fraction) = match body.split_once(',') {
        Some((whole, fraction)) if is_digits(fraction) => (whole, Some(fraction)),
        Some(_) => return None,
        None => (body, None),
    };
    let joined = if is_digits(whole) {
        whole.to_owned()
    } else if parted(whole, '.') || parted(whole, ' ') {
        whole.replace(['.', ' '], "")
    } else {
        let (before, after) = whole.split_once('.')?;
        let decimal_point = fraction.is_none() && is_digits(before) && is_digits(after);
        return decimal_point.then(|| format!("{minus}{before}.{after}"));
    };
    Some(format!("{minus}{joined}.{}", fraction.unwrap_or("0")))
}

proptest! {
    #[test]
    fn normal_forms_are_stable(text in text()) {
        let composed = nfc::nfc(&text).into_owned();
        prop_assert!(matches!(nfc::nfc(&composed), std::borrow::Cow::Borrowed(_)));
        let decomposed = nfc::nfd(&text);
        prop_assert_eq!(nfc::nfc(&decomposed), composed.as_str());
    }

    #[test]
    fn folding_forgets_form_and_case_and_is_done_once(text in text()) {
        let folded = fold::fold(&text);
        prop_assert_eq!(&fold::fold(&nfc::nfd(&text)), &folded);
        prop_assert_eq!(&fold::fold(&nfc::nfc(&text)), &folded);
        prop_assert_eq!(&fold::fold(&folded), &folded);
        prop_assert_eq!(fold::key(&fold::key(&text)), fold::key(&text));
    }

    #[test]
    fn vietnamese_folds_to_ascii(text in vietnamese_text()) {
        let folded = fold::fold(&text.replace('–', "-"));
        prop_assert!(folded.is_ascii(), "{}", folded);
        prop_assert_eq!(fold::fold(&text.to_uppercase()), fold::fold(&text));
    }

    #[test]
    fn slugs_are_ids_and_stay(text in text()) {
        let slug = slug::slug(&text);
        prop_assert!(slug::is_id(&slug), "{}", slug);
        prop_assert_eq!(slug::slug(&slug), slug);
    }

    #[test]
    fn collation_is_one_order_of_texts(a in text(), b in text(), language in language()) {
        let collation = Collation::new(language);
        let same_text = nfc::nfd(&a) == nfc::nfd(&b);
        prop_assert_eq!(collation.key(&a) == collation.key(&b), same_text);
        prop_assert_eq!(collation.key(&a), collation.key(&nfc::nfd(&a)));
        prop_assert!(collation.initial(&a).chars().count() == 1);
    }

    #[test]
    fn numbers_follow_the_rule_in_its_own_words(text in figure(), language in language()) {
        let read = number::parse(&text, language);
        let expected = plain_reading(&text, language).map(|plain| plain.parse::<Decimal>());
        match (read, expected) {
            (Ok(read), Some(Ok(expected))) => prop_assert_eq!(read.value(), expected),
            (Err(_), None) => {}
            (read, expected) => prop_assert!(false, "{read:?} {expected:?}"),
        }
    }

    #[test]
    fn any_text_is_a_number_or_an_error(text in any::<String>(), language in language()) {
        if let Ok(number) = number::parse(&text, language) {
            prop_assert_eq!(number.digits(), text.trim());
        }
    }

    #[test]
    fn computed_figures_are_read_back(mantissa in -1_000_000_000_000i64..1_000_000_000_000, language in language()) {
        // Four decimals; the shown figure differs by at most half of its last place.
        let value = Decimal::new(mantissa, 4);
        let shown = number::display(value, language);
        let read = number::parse(&shown, language);
        prop_assert!(read.is_ok(), "{}", shown);
        prop_assert!(read.is_ok_and(|read| (read.value() - value).abs() <= Decimal::new(5, 2)));
    }

    #[test]
    fn counts_are_read_back(count in 0u64..1_000_000_000_000_000, language in language()) {
        let read = number::parse(&number::group(count, language), language).map(|number| number.value());
        prop_assert_eq!(read, Ok(Decimal::from(count)));
    }

    #[test]
    fn dates_are_read_back(day in day()) {
        prop_assert_eq!(date::parse(&day.iso()), Ok(day));
        prop_assert_eq!(date::parse(&day.short(Language::Vi)), Ok(day));
        for (month, date) in [(None, None), (Some(day.month()), None), (Some(day.month()), Some(day.day()))] {
            let Ok(partial) = PartialDate::new(day.year(), month, date) else {
                return Err(TestCaseError::fail("a part of a day is a date"));
            };
            prop_assert_eq!(date::parse_partial(&partial.iso()), Ok(partial));
            prop_assert_eq!(date::parse_partial(&partial.short(Language::Vi)), Ok(partial));
            prop_assert!(partial.start() <= day && day <= partial.end());
        }
    }

    #[test]
    fn partial_dates_sort_by_their_start(a in day(), b in day(), lengths in (0u8..3, 0u8..3)) {
        let cut = |day: Date, length| {
            PartialDate::new(day.year(), (length > 0).then(|| day.month()), (length > 1).then(|| day.day()))
        };
        let (a, b) = (cut(a, lengths.0), cut(b, lengths.1));
        if let (Ok(a), Ok(b)) = (a, b) && a.start() != b.start() {
            prop_assert_eq!(a.cmp(&b), a.start().cmp(&b.start()));
        }
    }

    #[test]
    fn texts_are_dates_ordinals_or_nothing(text in any::<String>()) {
        if let Ok(date) = date::parse_partial(&text) {
            prop_assert_eq!(date::parse_partial(&date.iso()), Ok(date));
        }
        prop_assert!(ordinal::parse(&text).is_none_or(|ordinal| (1..=99).contains(&ordinal)));
    }

    #[test]
    fn ordinals_are_read_back(value in 1u32..=99) {
        prop_assert_eq!(ordinal::parse(&ordinal::roman(value)), Some(value));
        prop_assert_eq!(ordinal::parse(&value.to_string()), Some(value));
    }

    #[test]
    fn nearest_words_are_known_and_in_one_order(
        wanted in "[a-c-]{0,6}",
        known in prop::collection::vec("[a-c-]{0,6}", 0..8),
    ) {
        let found = nearest::nearest(&wanted, known.iter().map(String::as_str));
        prop_assert!(found.len() <= 3);
        prop_assert!(found.iter().all(|word| known.iter().any(|known| known == word)));
        let reversed = nearest::nearest(&wanted, known.iter().rev().map(String::as_str));
        prop_assert_eq!(&found, &reversed);
        if !fold::key(&wanted).is_empty() && known.contains(&wanted) {
            prop_assert!(found.iter().any(|word| fold::key(word) == fold::key(&wanted)));
        }
    }
}

//! Days, and the months and years that stand for a day nobody wrote down.
//!
//! Reports write `2025-07-20` or `20/7/2025`; names, events and documents also `2020-05`, `5/2020` or `1961` (content
//! format 1). Anything else is refused: `27/32023` must not become some day. Forms for readers follow Decree 30/2020/NĐ-CP.
//! This is the home of `jiff`, which knows the calendar; nothing here asks for today.

use jiff::civil;

use crate::vietnamese::Language;

/// The years a date may have: beyond them stands a slip of the keyboard, not an event that a report tells of.
const YEARS: std::ops::RangeInclusive<i16> = 1000..=2999;

/// One day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// A day, a month or a year. Sorts at its start: `2020` stands before `2020-01`, that before `2020-01-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    start: Date,
    precision: Precision,
}

/// How much of a partial date was written. The order is that of [`PartialDate`]s with one start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Precision {
    Year,
    Month,
    Day,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateError {
    /// None of the forms of content format 1.
    Form,
    /// The year is not in 1000–2999.
    Year(u16),
    /// There is no such month.
    Month(u8),
    /// The month has no such day.
    Day(u8),
    /// A month or a year where a whole date is asked for.
    Incomplete,
}

/// The day that a text states: `2025-07-20`, `20/7/2025` or `20/07/2025` (content format 1).
///
/// # Errors
/// [`DateError`] for another form, a day that does not exist, or [`DateError::Incomplete`] for a month or a year.
pub fn parse(text: &str) -> Result<Date, DateError> {
    let partial = parse_partial(text)?;
    match partial.precision {
        Precision::Day => Ok(partial.start),
        Precision::Month | Precision::Year => Err(DateError::Incomplete),
    }
}

/// The day, month or year that a text states: as [`parse`], and `2020-05`, `5/2020`, `05/2020`, `1961` (content format 1).
///
/// # Errors
/// [`DateError`] for another form, or a day, month or year that does not exist.
pub fn parse_partial(text: &str) -> Result<PartialDate, DateError> {
    let text = text.trim();
    let (year, month, day) = match text.contains('/') {
        true => {
            let mut parts = text.rsplitn(3, '/');
            let year = parts.next().map(|part| digits(part, 4..=4)).transpose()?;
            let month = parts.next().map(|part| digits(part, 1..=2)).transpose()?;
            (year, month, parts.next().map(|part| digits(part, 1..=2)).transpose()?)
        }
        false => {
            let mut parts = text.splitn(3, '-');
            let year = parts.next().map(|part| digits(part, 4..=4)).transpose()?;
            let month = parts.next().map(|part| digits(part, 2..=2)).transpose()?;
            (year, month, parts.next().map(|part| digits(part, 2..=2)).transpose()?)
        }
    };
    let narrow = |part: u16| u8::try_from(part).map_err(|_| DateError::Form);
    let year = year.ok_or(DateError::Form)?;
    PartialDate::new(year, month.map(narrow).transpose()?, day.map(narrow).transpose()?)
}

impl Date {
    /// The day with these numbers.
    ///
    /// # Errors
    /// [`DateError::Year`], [`DateError::Month`] or [`DateError::Day`]: the first part, from the year down, that cannot be.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Date, DateError> {
        let narrow =
            i16::try_from(year).ok().filter(|year| YEARS.contains(year)).ok_or(DateError::Year(year))?;
        if !(1..=12).contains(&month) {
            return Err(DateError::Month(month));
        }
        let date = i8::try_from(month).ok().zip(i8::try_from(day).ok());
        let date = date.and_then(|(month, day)| civil::Date::new(narrow, month, day).ok());
        date.map(Date).ok_or(DateError::Day(day))
    }

    /// The year, 1000–2999.
    pub fn year(self) -> u16 {
        self.0.year().unsigned_abs()
    }

    /// The month, 1–12.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// `2025-07-20`.
    pub fn iso(self) -> String {
        let mut text = String::with_capacity(10);
        push_year(&mut text, self.year());
        text.push('-');
        push_two(&mut text, self.month());
        text.push('-');
        push_two(&mut text, self.day());
        text
    }

    /// The short form for readers: `20/07/2025` under `vi`, `20 July 2025` under `en`.
    pub fn short(self, language: Language) -> String {
        match language {
            Language::Vi => {
                let mut text = String::with_capacity(10);
                push_two(&mut text, self.day());
                text.push('/');
                push_two(&mut text, self.month());
                text.push('/');
                push_year(&mut text, self.year());
                text
            }
            Language::En => format!("{} {} {:04}", self.day(), month_name(self), self.year()),
        }
    }

    /// The official form, `ngày 05 tháng 6 năm 2025`: days below 10 and the months 1 and 2 have a 0 before them (Decree
    /// 30/2020/NĐ-CP, appendix I, part II, 4).
    pub fn long_vi(self) -> String {
        format!("ngày {:02} {}", self.day(), long_month(self))
    }
}

/// Two digits of a number below 100. Pages show tens of thousands of dates: the formatter takes ten times as long.
fn push_two(text: &mut String, number: u8) {
    text.push(char::from(b'0' + number / 10 % 10));
    text.push(char::from(b'0' + number % 10));
}

/// The four digits of a year.
fn push_year(text: &mut String, year: u16) {
    for place in [1000, 100, 10, 1] {
        text.push(char::from_digit(u32::from(year / place % 10), 10).unwrap_or('0'));
    }
}

impl PartialDate {
    /// The day, month or year with these numbers. A day needs its month.
    ///
    /// # Errors
    /// As [`Date::new`]; [`DateError::Form`] for a day without a month.
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Result<PartialDate, DateError> {
        let precision = match (month, day) {
            (_, None) if month.is_none() => Precision::Year,
            (_, None) => Precision::Month,
            (Some(_), Some(_)) => Precision::Day,
            (None, Some(_)) => return Err(DateError::Form),
        };
        let start = Date::new(year, month.unwrap_or(1), day.unwrap_or(1))?;
        Ok(PartialDate { start, precision })
    }

    /// The year, 1000–2999.
    pub fn year(self) -> u16 {
        self.start.year()
    }

    /// The month, 1–12, where it is known.
    pub fn month(self) -> Option<u8> {
        (self.precision >= Precision::Month).then(|| self.start.month())
    }

    /// The day of the month, 1–31, where it is known.
    pub fn day(self) -> Option<u8> {
        (self.precision == Precision::Day).then(|| self.start.day())
    }

    /// The first day that it can mean.
    pub fn start(self) -> Date {
        self.start
    }

    /// The last day that it can mean.
    pub fn end(self) -> Date {
        match self.precision {
            Precision::Year => Date(self.start.0.last_of_year()),
            Precision::Month => Date(self.start.0.last_of_month()),
            Precision::Day => self.start,
        }
    }

    /// `2025-07-20`, `2020-05` or `1961`.
    pub fn iso(self) -> String {
        match self.precision {
            Precision::Year => format!("{:04}", self.year()),
            Precision::Month => format!("{:04}-{:02}", self.year(), self.start.month()),
            Precision::Day => self.start.iso(),
        }
    }

    /// The short form for readers: `20/07/2025`, `05/2020`, `1961` under `vi`; `20 July 2025`, `May 2020`, `1961` under `en`.
    pub fn short(self, language: Language) -> String {
        match (self.precision, language) {
            (Precision::Year, _) => format!("{:04}", self.year()),
            (Precision::Month, Language::Vi) => format!("{:02}/{:04}", self.start.month(), self.year()),
            (Precision::Month, Language::En) => format!("{} {:04}", month_name(self.start), self.year()),
            (Precision::Day, _) => self.start.short(language),
        }
    }

    /// The official form as far as it is known: `ngày 05 tháng 6 năm 2025`, `tháng 6 năm 2025`, `năm 1961`.
    pub fn long_vi(self) -> String {
        match self.precision {
            Precision::Year => format!("năm {:04}", self.year()),
            Precision::Month => long_month(self.start),
            Precision::Day => self.start.long_vi(),
        }
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> PartialDate {
        PartialDate { start: date, precision: Precision::Day }
    }
}

/// A run of ASCII digits of one of these lengths, as a number.
fn digits(part: &str, lengths: std::ops::RangeInclusive<usize>) -> Result<u16, DateError> {
    if !lengths.contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DateError::Form);
    }
    part.parse().map_err(|_| DateError::Form)
}

/// `tháng 02 năm 2025`, `tháng 6 năm 2025`: only the months 1 and 2 could be made 11 or 12 by a pen stroke.
fn long_month(date: Date) -> String {
    match date.month() {
        month @ 1..=2 => format!("tháng {month:02} năm {:04}", date.year()),
        month => format!("tháng {month} năm {:04}", date.year()),
    }
}

/// The English name of a date's month.
fn month_name(date: Date) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(usize::from(date.month()).saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_dates() {
        for text in ["2025-07-20", "20/7/2025", "20/07/2025", " 20/07/2025 "] {
            assert_eq!(parse(text).map(Date::iso), Ok("2025-07-20".to_owned()), "{text}");
        }
        assert!(parse("29/2/2024").is_ok());
    }

    #[test]
    fn what_is_no_date_says_why() {
        use DateError::{Day, Form, Incomplete, Month, Year};
        let cases = [
            ("29/2/2025", Day(29)),
            ("2025-04-31", Day(31)),
            ("00/01/2025", Day(0)),
            ("20/13/2025", Month(13)),
            ("2025-00-01", Month(0)),
            ("20/7/0999", Year(999)),
            ("3000-01-01", Year(3000)),
            ("2020-05", Incomplete),
            ("1961", Incomplete),
            ("27/32023", Form),
            ("2025-7-20", Form),
            ("20/7/25", Form),
            ("2025/07/20", Form),
            ("20-7-2025", Form),
            ("1/20/7/2025", Form),
            ("2025-07-20T00:00", Form),
            ("+2025-07-20", Form),
            ("", Form),
            ("２０２５", Form),
        ];
        for (text, error) in cases {
            assert_eq!(parse(text), Err(error), "{text}");
        }
        assert_eq!(parse_partial("27/32023"), Err(Form));
        assert_eq!(parse_partial("13/2020"), Err(Month(13)));
    }

    #[test]
    fn partial_dates_have_a_start_and_an_end() {
        let cases = [
            ("2020-05", "2020-05-01", "2020-05-31"),
            ("2/2024", "2024-02-01", "2024-02-29"),
            ("1961", "1961-01-01", "1961-12-31"),
            ("20/7/2025", "2025-07-20", "2025-07-20"),
        ];
        for (text, start, end) in cases {
            let range = parse_partial(text).map(|date| (date.start().iso(), date.end().iso()));
            assert_eq!(range, Ok((start.to_owned(), end.to_owned())), "{text}");
        }
    }

    #[test]
    fn partial_dates_sort_at_their_start() {
        let texts = ["31/12/2019", "2020", "2020-01", "2020-01-01", "2020-01-02", "2/2020", "2021"];
        let dates: Vec<_> = texts.iter().map(|text| parse_partial(text)).collect();
        assert!(dates.iter().all(Result::is_ok));
        assert!(dates.windows(2).all(|pair| pair[0].ok() < pair[1].ok()));
    }

    #[test]
    fn forms_for_readers() {
        let cases = [
            ("5/6/2025", "05/06/2025", "5 June 2025", "ngày 05 tháng 6 năm 2025"),
            ("12/2/2025", "12/02/2025", "12 February 2025", "ngày 12 tháng 02 năm 2025"),
            ("20/11/2025", "20/11/2025", "20 November 2025", "ngày 20 tháng 11 năm 2025"),
            ("5/2020", "05/2020", "May 2020", "tháng 5 năm 2020"),
            ("1961", "1961", "1961", "năm 1961"),
        ];
        for (text, vi, en, long) in cases {
            let forms = parse_partial(text)
                .map(|date| (date.short(Language::Vi), date.short(Language::En), date.long_vi()));
            assert_eq!(forms, Ok((vi.to_owned(), en.to_owned(), long.to_owned())), "{text}");
        }
    }
}

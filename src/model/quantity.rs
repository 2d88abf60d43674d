//! Goals and results of targets as authors write them: `>= 45`, `10..12`, `yes`, `~49`, `45.799/36.875`.
//!
//! Every text has one meaning or is refused with the reason (content format 3.4). The arithmetic between a result and
//! its goal stands in `comparison`; numbers are read by [`crate::vietnamese::number`].

mod comparison;
mod correction;

pub use comparison::{Comparison, Direction, compare, ratio_percent};
pub use correction::{Corrected, FigureValue, NamedFigure, named};

use crate::vietnamese::number::{self, Number, NumberError};
use crate::vietnamese::{Language, fold};

/// A goal or a result of a target (content format 3.4). A `Range` is never reversed; only numbers carry a mark or `about`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// What kind of statement it is.
    pub shape: Shape,
    /// The trailing sign of a share.
    pub mark: Mark,
    /// Whether `~` stands before it.
    pub about: bool,
    /// The whole text as typed, without spaces around it.
    pub text: Box<str>,
    /// What stood in the report, where this is what a correction made of it.
    pub corrected: Option<Box<Corrected>>,
}

/// The kinds of goals and results (content format 3.4).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shape {
    /// `45`
    Exact(Number),
    /// `>= 45`
    AtLeast(Number),
    /// `> 20`
    MoreThan(Number),
    /// `< 0,5`
    LessThan(Number),
    /// `<= 3`
    AtMost(Number),
    /// `= 100`
    Equal(Number),
    /// `10..12`, both ends within
    Range(Box<(Number, Number)>),
    /// `yes`, `có`
    Yes,
    /// `no`, `không`
    No,
    /// A sentence, the goal of a title to be earned.
    Words,
}

/// The sign behind a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// None: a plain figure.
    None,
    /// `%`
    Percent,
    /// `‰`
    PerMille,
}

impl Mark {
    fn sign(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Percent => "%",
            Self::PerMille => "‰",
        }
    }
}

/// Why a text is no goal or result.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum QuantityError {
    /// Nothing but spaces.
    Empty,
    /// A sentence, which is a goal only with `basis: title`.
    Words,
    /// This part of it is no number.
    Number {
        /// The part, as typed.
        text: String,
        /// What is wrong with it.
        error: NumberError,
    },
    /// The lower end of the range stands last.
    ReversedRange,
    /// A range with a dash, `10-12`, instead of `10..12`.
    Dash,
    /// An operator before a range.
    OperatorOnRange,
    /// `~` in a goal, or before an operator, a word or another `~`.
    About,
    /// `value` needs one `/` between result and goal.
    Slash,
}

/// A `goal`: a number, an operator with a number, a range, or yes or no (content format 3.4).
///
/// # Errors
/// [`QuantityError`]. With `basis: title` whatever fails here may be taken as [`Quantity::words`].
pub fn parse_goal(text: &str, language: Language) -> Result<Quantity, QuantityError> {
    match text.trim().starts_with('~') {
        true => Err(QuantityError::About),
        false => parse(text.trim(), language),
    }
}

/// An `actual`: as [`parse_goal`], and a number or range with `~` before it (content format 3.4).
///
/// # Errors
/// [`QuantityError`], as [`parse_goal`]; [`QuantityError::About`] for `~` before anything else.
pub fn parse_actual(text: &str, language: Language) -> Result<Quantity, QuantityError> {
    let Some(rest) = text.trim().strip_prefix('~') else {
        return parse(text.trim(), language);
    };
    let quantity = parse_goal(rest, language)?;
    match quantity.shape {
        Shape::Exact(_) | Shape::Range(..) => {
            Ok(Quantity { about: true, text: text.trim().into(), ..quantity })
        }
        _ => Err(QuantityError::About),
    }
}

/// A `value`, "45.799/36.875": the result and then the goal, as officials write (content format 3.4).
///
/// # Errors
/// [`QuantityError::Slash`] unless there is one `/`, and the errors of both halves.
pub fn parse_value(text: &str, language: Language) -> Result<(Quantity, Quantity), QuantityError> {
    match text.split_once('/') {
        Some((actual, goal)) if !goal.contains('/') => {
            Ok((parse_actual(actual, language)?, parse_goal(goal, language)?))
        }
        _ => Err(QuantityError::Slash),
    }
}

impl Quantity {
    /// A sentence as a goal, for targets with `basis: title`.
    pub fn words(text: &str) -> Quantity {
        let text = text.trim().into();
        Quantity { shape: Shape::Words, mark: Mark::None, about: false, text, corrected: None }
    }

    /// Its one number, operators and `~` passed over; none for ranges, yes or no and words.
    pub fn number(&self) -> Option<&Number> {
        use Shape::{AtLeast, AtMost, Equal, Exact, LessThan, MoreThan, No, Range, Words, Yes};
        match &self.shape {
            Exact(number) | AtLeast(number) | MoreThan(number) | LessThan(number) | AtMost(number)
            | Equal(number) => Some(number),
            Range(..) | Yes | No | Words => None,
        }
    }

    /// The quantity for readers, digits as typed (content format 3.4): `≥ 45`, `10–12%`, `khoảng 49`, `có`.
    pub fn display(&self, language: Language) -> String {
        let word = |vi, en| if language == Language::Vi { vi } else { en };
        let figure = match &self.shape {
            Shape::Exact(number) => number.digits().to_owned(),
            Shape::AtLeast(number) => format!("≥ {}", number.digits()),
            Shape::MoreThan(number) => format!("> {}", number.digits()),
            Shape::LessThan(number) => format!("< {}", number.digits()),
            Shape::AtMost(number) => format!("≤ {}", number.digits()),
            Shape::Equal(number) => format!("= {}", number.digits()),
            Shape::Range(ends) => format!("{}–{}", ends.0.digits(), ends.1.digits()),
            Shape::Yes => word("có", "yes").to_owned(),
            Shape::No => word("không", "no").to_owned(),
            Shape::Words => self.text.to_string(),
        };
        let about = if self.about { word("khoảng ", "about ") } else { "" };
        // Tens of thousands of figures are shown: the formatter takes several times as long.
        [about, &figure, self.mark.sign()].concat()
    }
}

/// How a shape is made from its number.
type Operator = fn(Number) -> Shape;

/// Operators as typed; a longer one before its own beginning.
const OPERATORS: [(&str, Operator); 7] = [
    (">=", Shape::AtLeast),
    ("≥", Shape::AtLeast),
    ("<=", Shape::AtMost),
    ("≤", Shape::AtMost),
    (">", Shape::MoreThan),
    ("<", Shape::LessThan),
    ("=", Shape::Equal),
];

/// A trimmed text without `~`.
fn parse(text: &str, language: Language) -> Result<Quantity, QuantityError> {
    let quantity = |shape, mark| Quantity { shape, mark, about: false, text: text.into(), corrected: None };
    match text {
        "" => return Err(QuantityError::Empty),
        yes if fold::is_word(yes, "yes") || fold::is_word(yes, "có") => {
            return Ok(quantity(Shape::Yes, Mark::None));
        }
        no if fold::is_word(no, "no") || fold::is_word(no, "không") => {
            return Ok(quantity(Shape::No, Mark::None));
        }
        words if words.starts_with(char::is_alphabetic) => return Err(QuantityError::Words),
        _ => {}
    }
    let found = OPERATORS.iter().find_map(|(sign, operator)| Some((*operator, text.strip_prefix(sign)?)));
    let (operator, rest) = found.unwrap_or((Shape::Exact, text));
    let (figure, mark) = match (rest.strip_suffix('%'), rest.strip_suffix('‰')) {
        (Some(figure), _) => (figure, Mark::Percent),
        (_, Some(figure)) => (figure, Mark::PerMille),
        _ => (rest, Mark::None),
    };
    match figure.split_once("..") {
        Some(_) if found.is_some() => Err(QuantityError::OperatorOnRange),
        Some((low, high)) => Ok(quantity(range(low, high, language)?, mark)),
        None => Ok(quantity(operator(parse_number(figure, language)?), mark)),
    }
}

/// The two ends of a range, in their order.
fn range(low: &str, high: &str, language: Language) -> Result<Shape, QuantityError> {
    let (low, high) = (parse_number(low, language)?, parse_number(high, language)?);
    match low.value() <= high.value() {
        true => Ok(Shape::Range(Box::new((low, high)))),
        false => Err(QuantityError::ReversedRange),
    }
}

/// A number, or why it is none; a dash between digits is most likely a range.
fn parse_number(text: &str, language: Language) -> Result<Number, QuantityError> {
    let text = text.trim();
    let reads = |part: &str| number::parse(part, language).is_ok();
    number::parse(text, language).map_err(|error| match text.split_once(['-', '–', '—']) {
        Some((low, high)) if reads(low) && reads(high) => QuantityError::Dash,
        _ => QuantityError::Number { text: text.to_owned(), error },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goal(text: &str) -> Quantity {
        parse_goal(text, Language::Vi).expect("the goals of these tests are well written")
    }

    fn actual(text: &str) -> Quantity {
        parse_actual(text, Language::Vi).expect("the results of these tests are well written")
    }

    #[test]
    fn quantities_are_shown_as_typed() {
        let cases = [
            ("45", "45", "45"),
            (">=45", "≥ 45", "≥ 45"),
            ("≤ 3", "≤ 3", "≤ 3"),
            ("> 20 %", "> 20%", "> 20%"),
            ("< 0,5‰", "< 0,5‰", "< 0,5‰"),
            ("= 100", "= 100", "= 100"),
            ("10 .. 12%", "10–12%", "10–12%"),
            ("~1.809,5", "khoảng 1.809,5", "about 1.809,5"),
            ("~ 10..12", "khoảng 10–12", "about 10–12"),
            ("KHONG", "không", "no"),
            ("Yes", "có", "yes"),
        ];
        for (text, vi, en) in cases {
            assert_eq!(actual(text).display(Language::Vi), vi, "{text}");
            assert_eq!(actual(text).display(Language::En), en, "{text}");
            assert_eq!(&*actual(text).text, text);
        }
        assert_eq!(Quantity::words(" Đạt chuẩn ").display(Language::En), "Đạt chuẩn");
    }

    #[test]
    fn what_is_no_quantity_says_why() {
        use QuantityError::{About, Dash, Empty, Number, OperatorOnRange, ReversedRange, Words};
        let number = |text: &str, error| Number { text: text.to_owned(), error };
        let cases = [
            (" ", Empty),
            ("~", Empty),
            ("Đạt chuẩn năm 2025", Words),
            ("12..10", ReversedRange),
            ("10-12%", Dash),
            ("10–12", Dash),
            (">= 10..12", OperatorOnRange),
            ("~>= 5", About),
            ("~~5", About),
            ("~có", About),
            (">=", number("", NumberError::Empty)),
            ("> = 45", number("= 45", NumberError::Character('='))),
            ("0,30%0", number("0,30%0", NumberError::Character('%'))),
            ("10%..12%", number("10%", NumberError::Character('%'))),
            ("10...12", number(".12", NumberError::LoneSign)),
            ("1.5,3..2", number("1.5,3", NumberError::Grouping)),
            ("3 xã", number("3 xã", NumberError::Character('x'))),
        ];
        for (text, error) in cases {
            assert_eq!(parse_actual(text, Language::Vi), Err(error), "{text}");
        }
        assert_eq!(parse_goal("~49", Language::Vi), Err(About));
    }

    #[test]
    fn values_state_result_and_goal() {
        let read = parse_value("83,2% / >= 50%", Language::Vi);
        assert_eq!(read, Ok((actual("83,2%"), goal(">= 50%"))));
        for text in ["45", "1/2/3", ""] {
            assert_eq!(parse_value(text, Language::Vi), Err(QuantityError::Slash), "{text}");
        }
    }
}

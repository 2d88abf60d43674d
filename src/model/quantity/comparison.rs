//! The arithmetic between a result and its goal: better, met or worse, and by what percentage.
//!
//! What a report claims of a target is held against this (content format 3.4), so where the texts leave the answer open,
//! the answer is none, never a guess. A quantity is taken as the stretch of the number line that it can mean.

use crate::model::quantity::{Mark, Quantity, Shape};
use crate::vietnamese::number::{Decimal, Number};

/// The percentage that a result is of its goal, unrounded (content format 3.4): actual/goal, under `down` goal/actual.
///
/// None under `exact` and `within`, for ranges, yes or no and words, and where the divisor is zero; nor where it is
/// negative, for then a better result has the lower percentage. Operators and `~` are passed over. `%` against `‰` is
/// converted; a mark on one side only is taken to hold for both.
pub fn ratio_percent(actual: &Quantity, goal: &Quantity, direction: Direction) -> Option<Decimal> {
    let (result, wanted) =
        (actual.in_unit_of(goal, actual.number()?)?, goal.in_unit_of(actual, goal.number()?)?);
    let (part, whole) = match direction {
        Direction::Up => (result, wanted),
        Direction::Down => (wanted, result),
        Direction::Exact | Direction::Within => return None,
    };
    if whole <= Decimal::ZERO {
        return None;
    }
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// How a result stands to its goal; none where the texts do not settle it.
///
/// Under `up` and `down` the goal's number or range is met at itself, surpassed beyond it; `> 20` is not met at 20. Under
/// `exact` and `within` the goal is a set of numbers, met inside it and never surpassed. A result that is itself a range
/// or has an operator is judged only where all its numbers agree: `> 90` is better than 85, `>= 80` against 90 is open.
/// `~49` counts as 49. Open, too, is a goal whose operator [runs against](Quantity::runs_against) `up` or `down`, and what
/// cannot be compared, such as a number with yes.
pub fn compare(actual: &Quantity, goal: &Quantity, direction: Direction) -> Option<Comparison> {
    match (&actual.shape, &goal.shape) {
        (Shape::Yes, Shape::Yes) | (Shape::No, Shape::No) => return Some(Comparison::Equal),
        (Shape::Yes, Shape::No) | (Shape::No, Shape::Yes) => return Some(Comparison::Worse),
        _ => {}
    }
    let result = actual.span(goal)?;
    let wanted = goal.span(actual)?;
    match direction {
        Direction::Up => result.grade(wanted.met_upward()?),
        Direction::Down => result.grade(wanted.met_downward()?).map(Comparison::reverse),
        Direction::Exact | Direction::Within => result.belongs(wanted),
    }
}

/// Which way a target improves (content format 3.4, `direction`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// More is better; the default.
    #[default]
    Up,
    /// Less is better.
    Down,
    /// Only the goal itself meets it.
    Exact,
    /// What lies in the goal's range meets it.
    Within,
}

/// How a result stands to its goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// The goal is not reached.
    Worse,
    /// The goal is met, and no more.
    Equal,
    /// The goal is surpassed.
    Better,
}

impl Quantity {
    /// Whether a goal's operator contradicts the direction (content format 3.4): `< 0,5` where more is better, or any
    /// inequality where only the goal itself meets it.
    pub fn runs_against(&self, direction: Direction) -> bool {
        let asks_more = matches!(self.shape, Shape::AtLeast(_) | Shape::MoreThan(_));
        let asks_less = matches!(self.shape, Shape::AtMost(_) | Shape::LessThan(_));
        match direction {
            Direction::Up => asks_less,
            Direction::Down => asks_more,
            Direction::Exact => asks_less || asks_more,
            Direction::Within => false,
        }
    }

    /// A number of this quantity in the unit in which it meets the other: per mille becomes per cent beside per cent.
    fn in_unit_of(&self, other: &Quantity, number: &Number) -> Option<Decimal> {
        match (self.mark, other.mark) {
            (Mark::PerMille, Mark::Percent) => number.value().checked_mul(Decimal::new(1, 1)),
            _ => Some(number.value()),
        }
    }

    /// All numbers that the quantity can mean, in the unit in which it meets the other; none for what is no number.
    fn span(&self, other: &Quantity) -> Option<Span> {
        let edge = |number, side| Some(Edge::At(self.in_unit_of(other, number)?, side));
        let (low, high) = match &self.shape {
            Shape::Exact(number) | Shape::Equal(number) => (edge(number, Side::On)?, edge(number, Side::On)?),
            Shape::AtLeast(number) => (edge(number, Side::On)?, Edge::Top),
            Shape::MoreThan(number) => (edge(number, Side::After)?, Edge::Top),
            Shape::AtMost(number) => (Edge::Bottom, edge(number, Side::On)?),
            Shape::LessThan(number) => (Edge::Bottom, edge(number, Side::Before)?),
            Shape::Range(ends) => (edge(&ends.0, Side::On)?, edge(&ends.1, Side::On)?),
            Shape::Yes | Shape::No | Shape::Words => return None,
        };
        Some(Span { low, high })
    }
}

/// A stretch of the number line, both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    low: Edge,
    high: Edge,
}

/// An end of a stretch, in the order of the number line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Bottom,
    At(Decimal, Side),
    Top,
}

/// At a number, or as near to it as one likes: `> 20` begins after 20, before every larger number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Before,
    On,
    After,
}

impl Span {
    /// The stretch that meets a goal without surpassing it, where more is better; none if the goal has no lower end.
    fn met_upward(self) -> Option<Span> {
        match self {
            Span { low: Edge::Bottom, .. } => None,
            Span { low, high: Edge::Top } => Some(Span { low, high: low }),
            both_ends => Some(both_ends),
        }
    }

    /// The same where less is better.
    fn met_downward(self) -> Option<Span> {
        match self {
            Span { high: Edge::Top, .. } => None,
            Span { low: Edge::Bottom, high } => Some(Span { low: high, high }),
            both_ends => Some(both_ends),
        }
    }

    /// Below, in or above the stretch that meets the goal; none if parts lie differently. Between two ends that lie
    /// alike everything lies alike.
    fn grade(self, met: Span) -> Option<Comparison> {
        let place = |edge| match edge {
            below if below < met.low => Comparison::Worse,
            above if above > met.high => Comparison::Better,
            _ => Comparison::Equal,
        };
        Some(place(self.low)).filter(|low| *low == place(self.high))
    }

    /// Wholly inside is met, wholly outside is not, and anything else is open.
    fn belongs(self, wanted: Span) -> Option<Comparison> {
        if wanted.low <= self.low && self.high <= wanted.high {
            return Some(Comparison::Equal);
        }
        (self.high < wanted.low || wanted.high < self.low).then_some(Comparison::Worse)
    }
}

impl Comparison {
    /// The comparison seen from the other direction.
    fn reverse(self) -> Comparison {
        match self {
            Comparison::Worse => Comparison::Better,
            Comparison::Equal => Comparison::Equal,
            Comparison::Better => Comparison::Worse,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quantity::{parse_actual, parse_goal};
    use crate::vietnamese::{Language, number};

    fn goal(text: &str) -> Quantity {
        parse_goal(text, Language::Vi).expect("the goals of these tests are well written")
    }

    fn actual(text: &str) -> Quantity {
        parse_actual(text, Language::Vi).expect("the results of these tests are well written")
    }

    #[test]
    fn percentages() {
        use Direction::{Down, Exact, Up, Within};
        let cases = [
            ("1.809,5", "75", Up, Some("2412,7%")),
            ("83,2%", "50%", Up, Some("166,4%")),
            ("~9", "> 10", Up, Some("90%")),
            ("0,4", "< 0,5", Down, Some("125%")),
            ("8‰", "1%", Up, Some("80%")),
            ("1%", "8‰", Up, Some("125%")),
            ("8", "10‰", Up, Some("80%")),
            ("-2", "5", Up, Some("\u{2212}40%")),
            ("3", "0", Up, None),
            ("-3", "-5", Up, None),
            ("0", "3", Down, None),
            ("11", "10..12", Up, None),
            ("5", "5", Exact, None),
            ("5", "5", Within, None),
            ("có", "có", Up, None),
        ];
        for (result, wanted, direction, shown) in cases {
            let percent = ratio_percent(&actual(result), &goal(wanted), direction);
            let percent = percent.map(|value| number::percent(value, Language::Vi));
            assert_eq!(percent.as_deref(), shown, "{result} / {wanted} {direction:?}");
        }
    }

    /// `+` better, `=` equal, `-` worse, `?` open.
    fn sign(result: &str, wanted: &str, direction: Direction) -> char {
        match compare(&actual(result), &goal(wanted), direction) {
            Some(Comparison::Better) => '+',
            Some(Comparison::Equal) => '=',
            Some(Comparison::Worse) => '-',
            None => '?',
        }
    }

    #[test]
    fn comparisons() {
        use Direction::{Down, Exact, Up, Within};
        let cases = [
            ("46 45 44", ">= 45", Up, "+=-"),
            ("21 20 19", "> 20", Up, "+--"),
            ("0,4 0,5 0,6", "< 0,5", Down, "+--"),
            ("2 3 ~4", "3", Down, "+=-"),
            ("13 10..12 9", "10..12", Up, "+=-"),
            ("9 12 13", "10..12", Down, "+=-"),
            ("10 12,0 12,1", "10..12", Within, "==-"),
            ("45 46 44", ">= 45", Within, "==-"),
            ("100 100,0 99", "= 100", Exact, "==-"),
            (">90 >=90 <90 >=80", "90", Up, "+?-?"),
            ("11..13 5..9 >12", "10..12", Within, "?--"),
            ("10‰ 1 2%", "1%", Up, "==+"),
            ("có không 5", "yes", Up, "=-?"),
            ("có không 0", "no", Down, "-=?"),
            ("1 2 3", "<= 2", Up, "???"),
        ];
        for (results, wanted, direction, expected) in cases {
            let signs: String = results.split(' ').map(|result| sign(result, wanted, direction)).collect();
            assert_eq!(signs, expected, "{results} {wanted} {direction:?}");
        }
        assert_eq!(compare(&actual("1"), &Quantity::words("đạt"), Up), None);
        assert!(
            goal("<= 2").runs_against(Up)
                && goal("> 2").runs_against(Down)
                && goal(">= 2").runs_against(Exact)
        );
        assert!(!goal("= 2").runs_against(Exact) && !goal("<= 2").runs_against(Within));
    }
}

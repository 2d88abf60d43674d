//! Parts that must add up to their whole: shares of a composition, and other parts where the author says so (content
//! format 3.4, `parts` and `parts_sum`).
//!
//! A share that was forgotten or mistyped shows in the sum. Nothing is said where the sum is not certain: a part without
//! the figure, with an operator, a range or "about", or with another sign than its neighbours.

use crate::model::item::Target;
use crate::model::quantity::{Mark, Quantity, Shape};
use crate::model::word::Basis;
use crate::problem::say::Both;
use crate::problem::{Finding, Problems};
use crate::source::{Span, Spanned};
use crate::vietnamese::Language;
use crate::vietnamese::number::{self, Decimal};

/// How far a sum may lie from its whole: the format's 0,1, which rounded shares of one decimal stay within.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// Holds the parts that `own` gives against the whole that holds at that report. The problem stands at the first part's
/// figure: none of the parts alone is wrong.
pub(super) fn check(own: &Target, effective: &Target, language: Language, problems: &mut Problems) {
    let is_composition = effective.basis.as_ref().is_some_and(|b| b.value == Basis::Composition);
    if !is_composition && effective.parts_sum != Some(true) {
        return;
    }
    let is_share = is_composition || effective.unit.as_ref().is_some_and(|u| &*u.raw == "%");
    let (goal, actual) = (whole(effective.goal.as_ref()), whole(effective.actual.as_ref()));
    let goals: Option<Vec<_>> = own.parts.iter().map(|p| p.goal.as_ref()).collect();
    let actuals: Option<Vec<_>> = own.parts.iter().map(|p| p.actual.as_ref()).collect();
    let what = [
        (goals, vec![goal], Both { vi: "mục tiêu", en: "goals" }),
        (actuals, vec![actual, goal], Both { vi: "số thực hiện", en: "results" }),
    ];
    for (figures, wholes, what) in what {
        let Some(sum) = figures.and_then(|figures| add(&figures)) else {
            continue;
        };
        let wholes = wholes.into_iter().flatten().filter(|whole| sum.is_of_kind(whole)).collect();
        let whole = Whole { wholes, is_share: is_share || sum.mark == Mark::Percent };
        if !whole.is_met_by(sum.value) {
            let sign = sign(sum.mark);
            let expected = whole.words(sign, language);
            let text = number::display(sum.value, language) + sign;
            problems.add(Finding::PartsSum { what, sum: text, expected }, sum.span);
        }
    }
}

/// The quantity, where a sum can be held against it.
fn whole(figure: Option<&Spanned<Quantity>>) -> Option<&Quantity> {
    let quantity = figure.map(|f| &f.value)?;
    (!matches!(quantity.shape, Shape::Yes | Shape::No | Shape::Words)).then_some(quantity)
}

fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::None => "",
        Mark::Percent => "%",
        Mark::PerMille => "‰",
    }
}

/// The sum of the same figure of all parts.
struct Sum {
    value: Decimal,
    mark: Mark,
    span: Span,
}

impl Sum {
    /// A sign on one side only holds for both, as in [`crate::model::quantity::compare`]; two signs are two things.
    fn is_of_kind(&self, whole: &Quantity) -> bool {
        self.mark == whole.mark || self.mark == Mark::None || whole.mark == Mark::None
    }
}

/// The sum, where every figure is a plain number and all have one sign.
fn add(figures: &[&Spanned<Quantity>]) -> Option<Sum> {
    let first = figures.first()?;
    let mut value = Decimal::ZERO;
    for figure in figures.iter().map(|f| &f.value) {
        let (Shape::Exact(number) | Shape::Equal(number)) = &figure.shape else {
            return None;
        };
        if figure.about || figure.mark != first.value.mark {
            return None;
        }
        value = value.checked_add(number.value())?;
    }
    Some(Sum { value, mark: first.value.mark, span: first.span })
}

/// What parts may add up to: any of some quantities, and 100 where they are shares.
struct Whole<'a> {
    wholes: Vec<&'a Quantity>,
    is_share: bool,
}

impl Whole<'_> {
    /// Whether a sum is one of the wholes, or there is no whole to miss.
    fn is_met_by(&self, sum: Decimal) -> bool {
        let is_hundred = self.is_share && is_near(sum, Decimal::ONE_HUNDRED);
        let is_free = !self.is_share && self.wholes.is_empty();
        is_free || is_hundred || self.wholes.iter().any(|whole| agrees(sum, whole))
    }

    /// All that would have been right, each once.
    fn words(&self, sign: &str, language: Language) -> String {
        let names_hundred = |q: &&Quantity| q.number().is_some_and(|n| n.value() == Decimal::ONE_HUNDRED);
        let hundred = (self.is_share && !self.wholes.iter().any(names_hundred)).then(|| format!("100{sign}"));
        let mut choices: Vec<String> =
            self.wholes.iter().map(|q| q.display(language)).chain(hundred).collect();
        choices.dedup();
        choices.join(match language {
            Language::Vi => " hoặc ",
            Language::En => " or ",
        })
    }
}

/// Whether a sum is the whole, or among the numbers that a whole with an operator or a range allows.
fn agrees(sum: Decimal, whole: &Quantity) -> bool {
    let is_least = |n: &number::Number| sum >= n.value() - TOLERANCE;
    let is_most = |n: &number::Number| sum <= n.value() + TOLERANCE;
    match &whole.shape {
        Shape::Exact(n) | Shape::Equal(n) => is_near(sum, n.value()),
        Shape::AtLeast(n) | Shape::MoreThan(n) => is_least(n),
        Shape::AtMost(n) | Shape::LessThan(n) => is_most(n),
        Shape::Range(ends) => is_least(&ends.0) && is_most(&ends.1),
        Shape::Yes | Shape::No | Shape::Words => false,
    }
}

fn is_near(sum: Decimal, whole: Decimal) -> bool {
    (sum - whole).abs() <= TOLERANCE
}

//! The figures of one target: a result that they contradict, an operator against the direction, a sentence where a figure
//! belongs (content format 3.4).
//!
//! Only what a report says itself is judged. A goal, direction or basis may come from an earlier report, an actual may
//! not: last year's figure says nothing against this year's words. How a result stands to its goal is
//! [`quantity::compare`]'s answer; where that is open, so is the judgement.

use super::word;
use crate::model::item::Target;
use crate::model::quantity::{self, Comparison, Direction, Quantity, Shape};
use crate::model::word::{Basis, Outcome};
use crate::problem::{Finding, Problems};
use crate::source::Spanned;
use crate::vietnamese::{Language, number};

/// Judges the figures that `own` gives; `effective` is the same with what it leaves out.
pub(super) fn check(own: &Target, effective: &Target, language: Language, problems: &mut Problems) {
    sentences(own, effective, problems);
    operator(own, effective, language, problems);
    if let (Some(result), Some(actual)) = (&own.result, &own.actual) {
        contradiction(result, &actual.value, effective, language, problems);
    }
}

/// A sentence is a goal only of a title to be earned.
fn sentences(own: &Target, effective: &Target, problems: &mut Problems) {
    if effective.basis.as_ref().is_some_and(|b| b.value == Basis::Title) {
        return;
    }
    for figure in [&own.goal, &own.actual].into_iter().flatten() {
        if figure.value.shape == Shape::Words {
            problems.add(Finding::SentenceGoal { text: figure.value.text.to_string() }, figure.span);
        }
    }
}

/// An operator against the direction, where the report gives one of the two; at the goal, which most often is the slip.
fn operator(own: &Target, effective: &Target, language: Language, problems: &mut Problems) {
    let given = own.goal.as_ref().map(|g| g.span).or(own.direction.as_ref().map(|d| d.span));
    let (Some(span), Some(goal)) = (given, &effective.goal) else {
        return;
    };
    let direction = direction(effective);
    if goal.value.runs_against(direction) {
        let direction = word::direction(direction, language).to_owned();
        problems.add(Finding::OperatorAgainst { goal: goal.value.display(language), direction }, span);
    }
}

fn contradiction(
    result: &Spanned<Outcome>,
    actual: &Quantity,
    effective: &Target,
    language: Language,
    problems: &mut Problems,
) {
    let claimed = word::result(result.value, language).to_owned();
    if matches!(result.value, Outcome::NoData | Outcome::AssessedLater) {
        let actual = actual.display(language);
        problems.add(Finding::FiguresWithoutNeed { word: claimed, actual }, result.span);
        return;
    }
    let Some(goal) = effective.goal.as_ref().map(|g| &g.value) else {
        return;
    };
    let direction = direction(effective);
    let Some(found) = quantity::compare(actual, goal, direction) else {
        return;
    };
    if !is_borne_out(result.value, found) {
        let arithmetic = arithmetic(actual, goal, direction, found, language);
        problems.add(Finding::Contradiction { word: claimed, arithmetic }, result.span);
    }
}

fn direction(target: &Target) -> Direction {
    target.direction.as_ref().map_or(Direction::default(), |d| d.value)
}

/// Whether a result may be said of figures that stand so to each other (content format 3.4, contradiction).
fn is_borne_out(result: Outcome, found: Comparison) -> bool {
    match result {
        Outcome::Exceeded => found == Comparison::Better,
        Outcome::Met | Outcome::MetOrExceeded => found != Comparison::Worse,
        Outcome::BasicallyMet | Outcome::NearlyMet | Outcome::NotYetMet | Outcome::Missed => {
            found == Comparison::Worse
        }
        Outcome::AssessedLater | Outcome::NoData | Outcome::NoLongerApplies => true,
    }
}

/// The comparison written out: "thực hiện 40 so với mục tiêu 45 là chưa đạt (88,9%)".
fn arithmetic(
    actual: &Quantity,
    goal: &Quantity,
    direction: Direction,
    found: Comparison,
    language: Language,
) -> String {
    let percent = quantity::ratio_percent(actual, goal, direction).map(|p| number::percent(p, language));
    // "Falls short (100%)" of 44,99 for 45, or of 20 for > 20, would make the reader doubt the sentence.
    let percent = percent.filter(|p| found == Comparison::Equal || p != "100%");
    let percent = percent.map_or_else(String::new, |p| format!(" ({p})"));
    let (actual, goal) = (actual.display(language), goal.display(language));
    let verdict = word::verdict(found, language);
    match language {
        Language::Vi => format!("thực hiện {actual} so với mục tiêu {goal} là {verdict}{percent}"),
        Language::En => format!("{actual} against the goal {goal} {verdict}{percent}"),
    }
}

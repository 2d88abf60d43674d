//! The figures of a target as people read them: goal, result, percentage and bar (content format 3.4).

use std::sync::Arc;

use serde::Serialize;

use super::link::Html;
use super::writer::Writer;
use crate::config::Config;
use crate::model::item::Target;
use crate::model::quantity::{Direction, Quantity, ratio_percent};
use crate::model::word::Word;
use crate::vietnamese::number::{self, Decimal};

/// The figures of a target as they are read: the unit of measure stands behind them. They are part of other views, so that a
/// template finds them there at once.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// The goal, with the digits as typed; with its unit, unless a whole follows.
    pub goal: Option<Html>,
    /// The result, likewise.
    pub actual: Option<Html>,
    /// The whole of which both are a part, with its unit.
    pub of: Option<Html>,
    /// How far the goal is reached: `95,7%`.
    pub rate: Option<String>,
    /// Length of the bar in per cent of the goal: 0 to 150, whole; only with a rate.
    pub bar: Option<u32>,
}

/// Where bars stop; beyond it the number tells (content format 3.4).
const BAR_MAX: u32 = 150;

/// The figures of a target. `writer` writes those that are sentences.
pub fn figures(config: &Config, writer: &Writer<'_>, target: &Target) -> Figures {
    let show = |q: &Option<crate::source::Spanned<Quantity>>| {
        q.as_ref().map(|q| quantity(config, writer, &q.value, q.span))
    };
    let unit = writer.opt(target.unit.as_ref());
    let with_unit = |figure: Option<Html>| match (figure, &unit) {
        (Some(Html(figure)), Some(Html(unit))) => Some(Html(figure + " " + unit)),
        (figure, _) => figure,
    };
    let of = target.of.as_ref().map(|q| quantity(config, writer, &q.value, q.span));
    let (goal, actual) = (show(&target.goal), show(&target.actual));
    let (goal, actual) = if of.is_some() { (goal, actual) } else { (with_unit(goal), with_unit(actual)) };
    let (rate, bar) = ratio(config, target).unzip();
    Figures { goal, actual, of: with_unit(of), rate, bar }
}

/// A figure as HTML: digits as typed, a sentence with its references.
pub fn quantity(
    config: &Config,
    writer: &Writer<'_>,
    quantity: &Quantity,
    span: crate::source::Span,
) -> Html {
    use crate::model::quantity::Shape;
    if quantity.shape == Shape::Words {
        let text = crate::model::text::Text {
            raw: (&*quantity.text).into(),
            span,
            flavour: crate::markdown::Flavour::Line,
        };
        return writer.html(&text);
    }
    Html(crate::markdown::escape_text(&quantity.display(config.language)).into_owned())
}

/// The direction that holds for a target.
pub fn direction(target: &Target) -> Direction {
    target.direction.as_ref().map_or(Direction::Up, |d| d.value)
}

/// How far the goal is reached, in words and as a bar; none where the format knows none.
fn ratio(config: &Config, target: &Target) -> Option<(String, u32)> {
    if target.basis.as_ref().is_some_and(|b| b.value == crate::model::word::Basis::Title) {
        return None;
    }
    let percent =
        ratio_percent(&target.actual.as_ref()?.value, &target.goal.as_ref()?.value, direction(target))?;
    let whole = percent.round().max(Decimal::ZERO).min(Decimal::from(BAR_MAX));
    Some((number::percent(percent, config.language), u32::try_from(whole).unwrap_or(BAR_MAX)))
}

/// What only the page of a target shows.
#[derive(Debug, Serialize)]
pub struct TargetView {
    /// The goal as it holds now; see [`Figures`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<Html>,
    /// The result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<Html>,
    /// The whole of which both are a part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Html>,
    /// How far the goal is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<String>,
    /// The length of its bar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bar: Option<u32>,
    /// Which way is better; absent where no way is, of a title or a composition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Arc<str>>,
    /// What the figures mean.
    pub basis: Arc<str>,
    /// What it is measured against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<BaseView>,
    /// Its parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartView>,
    /// The report's own words, HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<Html>,
    /// Evidence, HTML.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Html>,
}

/// What a target is measured against.
#[derive(Debug, Serialize)]
pub struct BaseView {
    /// The figure.
    pub value: Option<Html>,
    /// Its year.
    pub year: Option<Html>,
}

/// A part of a target.
#[derive(Debug, Serialize)]
pub struct PartView {
    /// Its name, HTML.
    pub name: Html,
    /// Its goal.
    pub goal: Option<Html>,
    /// What was reached of it.
    pub actual: Option<Html>,
}

/// What only the page of a target shows.
pub fn view(config: &Config, writer: &Writer<'_>, target: &Target, figures: Figures) -> TargetView {
    use crate::model::word::Basis;
    let show = |q: &Option<crate::source::Spanned<Quantity>>| {
        q.as_ref().map(|q| quantity(config, writer, &q.value, q.span))
    };
    let basis = target.basis.as_ref().map_or(Basis::EndOfTerm, |b| b.value);
    let has_direction = !matches!(basis, Basis::Title | Basis::Composition);
    let Figures { goal, actual, of, rate, bar } = figures;
    TargetView {
        goal,
        actual,
        of,
        rate,
        bar,
        direction: has_direction.then(|| writer.say("direction", direction(target).name())),
        basis: writer.say("basis", basis.name()),
        base: target
            .base
            .as_ref()
            .map(|b| BaseView { value: show(&b.value), year: writer.opt(b.year.as_ref()) }),
        parts: target
            .parts
            .iter()
            .map(|p| PartView { name: writer.html(&p.name), goal: show(&p.goal), actual: show(&p.actual) })
            .collect(),
        wording: writer.opt(target.wording.as_ref()),
        evidence: writer.all(&target.evidence),
    }
}

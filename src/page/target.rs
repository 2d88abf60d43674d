//! The figures of a target as people read them: goal, result, percentage and bar (content format 3.4).

use serde::Serialize;

use super::writer::Writer;
use crate::config::Config;
use crate::model::item::Target;
use crate::model::quantity::{Direction, Quantity, ratio_percent};
use crate::model::word::Word;
use crate::vietnamese::number::{self, Decimal};

/// The figures of a target.
#[derive(Debug, Clone, Serialize)]
pub struct Figures {
    /// Unit of measure, HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The goal, with the digits as typed; HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    /// The result; HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
    /// The whole of which both are a part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// How far the goal is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio: Option<Ratio>,
}

/// A percentage and its bar.
#[derive(Debug, Clone, Serialize)]
pub struct Ratio {
    /// `95,7%`
    pub words: String,
    /// Length of the bar in per cent of the goal: 0 to 150, whole.
    pub bar: u32,
}

/// Where bars stop; beyond it the number tells (content format 3.4).
const BAR_MAX: u32 = 150;

/// The figures of a target. `writer` writes those that are sentences.
pub fn figures(config: &Config, writer: &Writer<'_>, target: &Target) -> Figures {
    let show = |q: &Option<crate::source::Spanned<Quantity>>| {
        q.as_ref().map(|q| quantity(config, writer, &q.value, q.span))
    };
    Figures {
        unit: writer.opt(target.unit.as_ref()),
        goal: show(&target.goal),
        actual: show(&target.actual),
        of: target.of.as_ref().map(|q| quantity(config, writer, &q.value, q.span)),
        ratio: ratio(config, target),
    }
}

/// A figure as HTML: digits as typed, a sentence with its references.
pub fn quantity(
    config: &Config,
    writer: &Writer<'_>,
    quantity: &Quantity,
    span: crate::source::Span,
) -> String {
    use crate::model::quantity::Shape;
    if quantity.shape == Shape::Words {
        let text = crate::model::text::Text {
            raw: (&*quantity.text).into(),
            span,
            flavour: crate::markdown::Flavour::Line,
        };
        return writer.html(&text);
    }
    crate::markdown::escape_text(&quantity.display(config.language)).into_owned()
}

/// The direction that holds for a target.
pub fn direction(target: &Target) -> Direction {
    target.direction.as_ref().map_or(Direction::Up, |d| d.value)
}

/// How far the goal is reached; none where the format knows none.
pub fn ratio(config: &Config, target: &Target) -> Option<Ratio> {
    if target.basis.as_ref().is_some_and(|b| b.value == crate::model::word::Basis::Title) {
        return None;
    }
    let percent =
        ratio_percent(&target.actual.as_ref()?.value, &target.goal.as_ref()?.value, direction(target))?;
    let whole = percent.round().max(Decimal::ZERO).min(Decimal::from(BAR_MAX));
    Some(Ratio {
        words: number::percent(percent, config.language),
        bar: u32::try_from(whole).unwrap_or(BAR_MAX),
    })
}

/// What only the page of a target shows.
#[derive(Debug, Serialize)]
pub struct TargetView {
    /// Its figures as they hold now.
    pub figures: Figures,
    /// Which way is better: `up` …
    pub direction: &'static str,
    /// What the figures mean: `per-year` …
    pub basis: &'static str,
    /// What it is measured against.
    pub base: Option<BaseView>,
    /// Its parts.
    pub parts: Vec<PartView>,
    /// The report's own words, HTML.
    pub wording: Option<String>,
    /// Evidence, HTML.
    pub evidence: Vec<String>,
}

/// What a target is measured against.
#[derive(Debug, Serialize)]
pub struct BaseView {
    /// The figure.
    pub value: Option<String>,
    /// Its year.
    pub year: Option<String>,
}

/// A part of a target.
#[derive(Debug, Serialize)]
pub struct PartView {
    /// Its name, HTML.
    pub name: String,
    /// Its goal.
    pub goal: Option<String>,
    /// What was reached of it.
    pub actual: Option<String>,
}

/// What only the page of a target shows.
pub fn view(config: &Config, writer: &Writer<'_>, target: &Target) -> TargetView {
    use crate::model::word::Basis;
    let show = |q: &Option<crate::source::Spanned<Quantity>>| {
        q.as_ref().map(|q| quantity(config, writer, &q.value, q.span))
    };
    TargetView {
        figures: figures(config, writer, target),
        direction: direction(target).name(),
        basis: target.basis.as_ref().map_or(Basis::EndOfTerm, |b| b.value).name(),
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

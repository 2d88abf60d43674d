//! The figures of a target as people read them: goal, result, percentage and bar (content format 3.4).

use std::sync::Arc;

use serde::Serialize;

use super::errata;
use super::link::Html;
use super::writer::Writer;
use crate::config::Config;
use crate::markdown::Flavour;
use crate::model::item::Target;
use crate::model::quantity::{Direction, Quantity, Shape, ratio_percent};
use crate::model::text::Text;
use crate::model::word::Word;
use crate::source::{Span, Spanned};
use crate::vietnamese::number::{self, Decimal};

/// The figures of a target as they are read: the unit of measure stands behind them. What there is not is left out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Figures {
    /// The goal, with the digits as typed; with its unit, unless a whole follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<Html>,
    /// The result, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<Html>,
    /// The whole of which both are a part, with its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Html>,
    /// How far the goal is reached: `95,7%`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<String>,
    /// Length of the bar in per cent of the goal: 0 to 150, whole; only with a rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bar: Option<u32>,
}

/// Where bars stop; beyond it the number tells (content format 3.4).
const BAR_MAX: u32 = 150;

/// The figures of a target. `writer` writes those that are sentences.
pub fn figures(config: &Config, writer: &Writer<'_>, target: &Target) -> Figures {
    let unit = writer.opt(target.unit.as_ref());
    let whole = target.of.as_deref();
    // The unit stands behind the whole, where there is one.
    let own_unit = unit.as_ref().filter(|_| whole.is_none());
    let show =
        |figure: Option<&Spanned<Quantity>>, unit| figure.map(|f| figure_with(config, writer, f, unit));
    let (rate, bar) = ratio(config, target).unzip();
    Figures {
        goal: show(target.goal.as_ref(), own_unit),
        actual: show(target.actual.as_ref(), own_unit),
        of: show(whole, unit.as_ref()),
        rate,
        bar,
    }
}

/// A figure as HTML with its unit, and beside what stood there where a correction changed it.
fn figure_with(
    config: &Config,
    writer: &Writer<'_>,
    figure: &Spanned<Quantity>,
    unit: Option<&Html>,
) -> Html {
    let shown = |quantity: &Quantity| {
        let Html(figure) = quantity_html(config, writer, quantity, figure.span);
        unit.map_or_else(|| figure.clone(), |Html(unit)| [&figure, " ", unit].concat())
    };
    let now = shown(&figure.value);
    match &figure.value.corrected {
        Some(corrected) => {
            errata::of_figure(writer, figure.span.file, (&shown(&corrected.was), &now), corrected)
        }
        None => Html(now),
    }
}

/// A quantity as HTML: digits as typed, a sentence with its references.
fn quantity_html(config: &Config, writer: &Writer<'_>, quantity: &Quantity, span: Span) -> Html {
    if quantity.shape == Shape::Words {
        let text = Text { raw: (&*quantity.text).into(), span, flavour: Flavour::Line };
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
    /// The figures as they hold now.
    pub figures: Figures,
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
    let show = |q: &Option<Spanned<Quantity>>| q.as_ref().map(|q| figure_with(config, writer, q, None));
    let basis = target.basis.as_ref().map_or(Basis::EndOfTerm, |b| b.value);
    let has_direction = !matches!(basis, Basis::Title | Basis::Composition);
    TargetView {
        figures,
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

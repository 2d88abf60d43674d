//! Figures that a correction speaks of: which figure is meant, and what holds instead (content format 3.3, `errata`).
//!
//! A figure is meant as it is written or by its value: `1.500` is 1500, and a sign, an operator or a unit that the
//! correction leaves out may stand in the report. What it leaves out of the wrong figure it leaves out of the right one
//! too, and that stays as it was.

use super::{Mark, Quantity, QuantityError, Shape, parse_actual};
use crate::vietnamese::number::{Decimal, Number};
use crate::vietnamese::{Language, fold};

/// What stood in a report before a correction.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Corrected {
    /// The figure as the report has it.
    pub was: Quantity,
    /// The number of the correction among those of the report.
    pub erratum: usize,
}

/// A figure in the words of a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFigure {
    /// The figure.
    quantity: Quantity,
    /// The words behind it: its unit of measure, folded.
    unit: Box<str>,
}

/// What figures are found by: all that may be meant by the same words have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureValue {
    /// A number, with whatever sign and operator.
    Number(Decimal),
    /// A range.
    Range(Decimal, Decimal),
    /// Yes or no.
    Answer(bool),
}

/// The figures that the words of a correction are: one, or a result and its goal as in `value`; none where they are words.
pub fn named(text: &str, language: Language) -> Vec<NamedFigure> {
    let one = |text: &str| NamedFigure::read(text.trim(), language);
    let both = text.split_once('/').and_then(|(actual, goal)| Some(vec![one(actual)?, one(goal)?]));
    both.or_else(|| Some(vec![one(text)?])).unwrap_or_default()
}

impl NamedFigure {
    /// A figure with or without its unit, as an author types it or as a page shows it.
    fn read(text: &str, language: Language) -> Option<Self> {
        let about = ["khoảng ", "about "].into_iter().find_map(|word| text.strip_prefix(word));
        let text = about.map_or_else(|| text.to_owned(), |figure| format!("~{figure}"));
        let parse = |figure: &str| match parse_actual(figure, language) {
            Err(QuantityError::Dash) => parse_actual(&figure.replace(['–', '—', '-'], ".."), language),
            parsed => parsed,
        };
        let named = |quantity, unit: &str| Self { quantity, unit: fold::key(unit).into() };
        if let Ok(quantity) = parse(&text) {
            return Some(named(quantity, ""));
        }
        let letters = text.find(char::is_alphabetic)?;
        let end = text[..letters].rfind(|c: char| c.is_ascii_digit() || "%‰".contains(c))?;
        let end = end + text[end..].chars().next().map_or(0, char::len_utf8);
        Some(named(parse(&text[..end]).ok()?, &text[end..]))
    }

    /// What the figures that it may mean are found by.
    pub fn value(&self) -> Option<FigureValue> {
        self.quantity.value()
    }

    /// Whether it means a figure with this unit of measure, folded by [`fold::key`].
    pub fn means(&self, figure: &Quantity, unit: &str) -> bool {
        let Some(mark) = self.mark_beside(figure, unit) else { return false };
        let (named, value) = (&self.quantity, self.value());
        let is_bare = matches!(named.shape, Shape::Exact(_) | Shape::Range(..));
        value.is_some()
            && value == figure.value()
            && (mark == Mark::None || mark == figure.mark)
            && (!named.about || figure.about)
            && (is_bare || std::mem::discriminant(&named.shape) == std::mem::discriminant(&figure.shape))
    }

    /// Whether it is written as the figure is.
    pub fn is_as_written(&self, figure: &Quantity) -> bool {
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        bare(&self.quantity.text) == bare(&figure.text)
    }

    /// The figure that holds where `self`, which means `figure`, was wrong and `now` is right; `None` where `now` is in
    /// another unit.
    pub fn corrected(&self, now: &Self, figure: &Quantity, unit: &str, erratum: usize) -> Option<Quantity> {
        let (named, right) = (self.mark_beside(figure, unit)?, now.mark_beside(figure, unit)?);
        let shape = match (&self.quantity.shape, &now.quantity.shape) {
            (Shape::Exact(_), Shape::Exact(number)) => figure.with_number(number.clone()),
            (_, shape) => shape.clone(),
        };
        let may_be_about = matches!(shape, Shape::Exact(_) | Shape::Range(..));
        Some(Quantity {
            mark: if named == Mark::None && right == Mark::None { figure.mark } else { right },
            about: now.quantity.about || !self.quantity.about && figure.about && may_be_about,
            shape,
            text: now.quantity.text.clone(),
            corrected: Some(Box::new(Corrected { was: figure.clone(), erratum })),
        })
    }

    /// Its sign beside a figure with this unit: none where that is the beginning of the unit, and the figure goes without;
    /// `None` where the words have another unit.
    fn mark_beside(&self, figure: &Quantity, unit: &str) -> Option<Mark> {
        let mark = self.quantity.mark;
        let rest = unit.strip_prefix(mark.sign()).filter(|_| mark != Mark::None);
        let rest = rest.map(|rest| rest.trim_start_matches('_'));
        let is_unit = self.unit.is_empty() || *self.unit == *unit || rest == Some(&*self.unit);
        is_unit.then_some(if rest.is_some() && figure.mark == Mark::None { Mark::None } else { mark })
    }
}

impl Quantity {
    /// What a correction finds it by; none for words.
    pub fn value(&self) -> Option<FigureValue> {
        match &self.shape {
            Shape::Range(ends) => Some(FigureValue::Range(ends.0.value(), ends.1.value())),
            Shape::Yes => Some(FigureValue::Answer(true)),
            Shape::No => Some(FigureValue::Answer(false)),
            _ => self.number().map(|number| FigureValue::Number(number.value())),
        }
    }

    /// Its shape with another number.
    fn with_number(&self, number: Number) -> Shape {
        match &self.shape {
            Shape::AtLeast(_) => Shape::AtLeast(number),
            Shape::MoreThan(_) => Shape::MoreThan(number),
            Shape::LessThan(_) => Shape::LessThan(number),
            Shape::AtMost(_) => Shape::AtMost(number),
            Shape::Equal(_) => Shape::Equal(number),
            Shape::Exact(_) | Shape::Range(_) | Shape::Yes | Shape::No | Shape::Words => Shape::Exact(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quantity::parse_goal;

    /// What a figure becomes, as pages show it; a reason where it stays.
    fn after(figure: &str, unit: &str, was: &str, now: &str) -> String {
        let figure = parse_actual(figure, Language::Vi).expect("the figures of these tests are well written");
        let (was, now) = (named(was, Language::Vi), named(now, Language::Vi));
        let unit = fold::key(unit);
        match (&was[..], &now[..]) {
            ([was], [now]) if was.means(&figure, &unit) => was
                .corrected(now, &figure, &unit, 0)
                .map_or_else(|| "no figure".to_owned(), |new| new.display(Language::Vi)),
            ([_], [_]) => "not meant".to_owned(),
            _ => "no figures".to_owned(),
        }
    }

    #[test]
    fn a_figure_is_meant_by_its_value_and_keeps_what_is_not_named() {
        for (figure, unit, was, now, shown) in [
            ("1.500", "", "1500", "1.600", "1.600"),
            ("45", "triệu đồng", "45 triệu  đồng", "54", "54"),
            ("45", "triệu đồng", "45 Triệu đồng", "54 triệu đồng", "54"),
            ("45", "triệu đồng", "45 tỷ đồng", "54", "not meant"),
            ("45", "triệu đồng", "45", "54 tỷ đồng", "no figure"),
            ("45%", "", "45", "54", "54%"),
            ("45%", "", "45,0", "54 %", "54%"),
            ("45%", "", "45%", "54", "54"),
            ("45", "", "45%", "54%", "not meant"),
            ("45", "%", "45%", "54%", "54"),
            ("45", "%", "45", "54%", "54"),
            ("45", "%/năm", "45%/năm", "54%/năm", "54"),
            ("45%", "%", "45%", "54%", "54%"),
            (">= 45", "", "45", "50", "≥ 50"),
            (">= 45", "", "≥ 45", "50", "50"),
            (">= 45", "", "> 45", "50", "not meant"),
            (">= 45", "", "45", "> 50", "> 50"),
            ("45", "", ">= 45", "50", "not meant"),
            ("~49", "", "khoảng 49", "50", "50"),
            ("~49", "", "49", "50", "khoảng 50"),
            ("10..12", "", "10–12", "11–13", "11–13"),
            ("10..12", "", "10..12", "11", "11"),
            ("có", "", "có", "không", "không"),
            ("45", "", "45", "không rõ", "no figures"),
            ("45", "", "45/50", "46/50", "no figures"),
        ] {
            assert_eq!(after(figure, unit, was, now), shown, "{figure} {unit}: {was} → {now}");
        }
        let both = named("45.799/36.875 hộ", Language::Vi);
        let goal = parse_goal("36.875", Language::Vi).expect("a goal");
        assert!(both.len() == 2 && both[1].means(&goal, &fold::key("hộ")) && !both[0].means(&goal, ""));
    }
}

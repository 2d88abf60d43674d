//! Words for what a judgement speaks of, to stand inside the sentences of the catalogue.
//!
//! The catalogue takes them as data because one sentence serves many words. They are said in the site's language, as
//! figures are; labels of pages are the theme's and may differ.

use crate::model::item::ItemKind;
use crate::model::quantity::{Comparison, Direction};
use crate::model::word::{Outcome, Outlook};
use crate::vietnamese::Language;

/// Items of a kind that have a result and an outlook, as one counts them: "chỉ tiêu đạt và vượt".
pub fn counted(
    kind: ItemKind,
    result: Option<Outcome>,
    outlook: Option<Outlook>,
    language: Language,
) -> String {
    let assessed = [
        result.map(|r| self::result(r, language).to_owned()),
        outlook.map(|o| match language {
            Language::Vi => format!("dự báo {}", self::outlook(o, language)),
            Language::En => format!("with the outlook “{}”", self::outlook(o, language)),
        }),
    ];
    let assessed: Vec<String> = assessed.into_iter().flatten().collect();
    format!("{} {}", items(kind, language), assessed.join(", ")).trim_end().to_owned()
}

/// Items of a kind, more than one.
fn items(kind: ItemKind, language: Language) -> &'static str {
    let (vi, en) = match kind {
        ItemKind::Target => ("chỉ tiêu", "targets"),
        ItemKind::Achievement => ("kết quả", "achievements"),
        ItemKind::Limitation => ("hạn chế", "limitations"),
        ItemKind::Lesson => ("bài học", "lessons"),
        ItemKind::Task => ("nhiệm vụ", "tasks"),
    };
    pick(vi, en, language)
}

/// A result as an adjective of a target.
pub fn result(result: Outcome, language: Language) -> &'static str {
    let (vi, en) = match result {
        Outcome::Exceeded => ("vượt", "exceeded"),
        Outcome::Met => ("đạt", "met"),
        Outcome::MetOrExceeded => ("đạt và vượt", "met or exceeded"),
        Outcome::BasicallyMet => ("cơ bản đạt", "basically met"),
        Outcome::NearlyMet => ("xấp xỉ đạt", "nearly met"),
        Outcome::NotYetMet => ("chưa đạt", "not yet met"),
        Outcome::Missed => ("không đạt", "missed"),
        Outcome::AssessedLater => ("cuối nhiệm kỳ mới đánh giá", "assessed later"),
        Outcome::NoData => ("không có số liệu", "without data"),
        Outcome::NoLongerApplies => ("không còn phù hợp", "no longer applicable"),
    };
    pick(vi, en, language)
}

fn outlook(outlook: Outlook, language: Language) -> &'static str {
    let (vi, en) = match outlook {
        Outlook::WillBeMet => ("sẽ đạt", "will be met"),
        Outlook::Likely => ("có khả năng đạt", "likely"),
        Outlook::OnTrack => ("đúng lộ trình", "on track"),
        Outlook::Hard => ("khó đạt", "hard"),
        Outlook::Unlikely => ("khả năng không đạt", "unlikely"),
        Outlook::Unknown => ("chưa rõ", "unknown"),
    };
    pick(vi, en, language)
}

/// Which way is better.
pub fn direction(direction: Direction, language: Language) -> &'static str {
    let (vi, en) = match direction {
        Direction::Up => ("tăng", "up"),
        Direction::Down => ("giảm", "down"),
        Direction::Exact => ("đúng", "exact"),
        Direction::Within => ("trong khoảng", "within"),
    };
    pick(vi, en, language)
}

/// What a comparison shows, as the end of a sentence.
pub fn verdict(found: Comparison, language: Language) -> &'static str {
    let (vi, en) = match found {
        Comparison::Worse => ("chưa đạt", "falls short"),
        Comparison::Equal => ("vừa đạt", "just meets it"),
        Comparison::Better => ("vượt", "surpasses it"),
    };
    pick(vi, en, language)
}

fn pick(vi: &'static str, en: &'static str, language: Language) -> &'static str {
    match language {
        Language::Vi => vi,
        Language::En => en,
    }
}

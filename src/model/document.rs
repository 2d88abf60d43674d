//! A document: what a committee or an agency issued under a number (content format 3.9).

use crate::model::id::TermId;
use crate::model::text::{Party, Text};
use crate::path::Url;
use crate::source::{Span, Spanned};
use crate::vietnamese::date::PartialDate;

/// A document as one list names it. Its identity is issuer, type, number and term.
#[derive(Debug, Clone)]
pub struct Document {
    /// `04-NQ/HU`, `42/2022/NĐ-CP`.
    pub number: Spanned<String>,
    /// Type in words; where absent it is told from the number.
    pub kind: Option<Text>,
    /// Who issued it.
    pub issuer: Option<Party>,
    /// The issuer's term; where absent the folder's.
    pub term: Option<Spanned<TermId>>,
    /// When.
    pub date: Option<Spanned<PartialDate>>,
    /// Its abstract.
    pub title: Option<Text>,
    /// Where it can be read.
    pub url: Option<Spanned<Url>>,
    /// The file of it in the content.
    pub file: Option<Spanned<Url>>,
    /// Words about it.
    pub note: Option<Text>,
    /// Where its entry begins.
    pub span: Span,
}

/// The types of papers by the letters of their numbers, with their Vietnamese names (domain, "Papers").
const TYPES: &[(&str, &str)] = &[
    ("NQ", "Nghị quyết"),
    ("CT", "Chỉ thị"),
    ("KL", "Kết luận"),
    ("KH", "Kế hoạch"),
    ("QĐ", "Quyết định"),
    ("BC", "Báo cáo"),
    ("TB", "Thông báo"),
    ("HD", "Hướng dẫn"),
    ("CTr", "Chương trình"),
    ("NĐ", "Nghị định"),
    ("TT", "Thông tư"),
    ("CV", "Công văn"),
];

/// The type letters of a number: `NQ` of `04-NQ/HU`, `NĐ` of `42/2022/NĐ-CP`, `NQ` of `1280/NQ-UBTVQH15`.
pub fn type_letters(number: &str) -> Option<&str> {
    let letters = |part: &str| part.chars().next().is_some_and(char::is_alphabetic);
    number.split(['/', '-']).map(str::trim).find(|part| letters(part))
}

/// The Vietnamese name of the type that a number's letters tell; `None` where they are unknown.
pub fn type_name(number: &str) -> Option<&'static str> {
    let letters = type_letters(number)?;
    TYPES.iter().find(|(short, _)| *short == letters).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_from_numbers() {
        let names = ["04-NQ/HU", "42/2022/NĐ-CP", "1280/NQ-UBTVQH15", "12-BC/ĐU", "5/X"].map(type_name);
        assert_eq!(names, [Some("Nghị quyết"), Some("Nghị định"), Some("Nghị quyết"), Some("Báo cáo"), None]);
    }
}

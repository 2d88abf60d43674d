//! References: how one text names an item, a unit, a term or a report (content format, section 2).

use crate::model::id::{ItemId, ReportId, TermId, UnitId};
use crate::model::item::ItemKind;
use crate::model::word::Word as _;
use crate::source::Span;

/// The name of an item: `id`, `2015-2020#id`, `unit/2015-2020#id`, each also with a kind before the id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRef {
    /// The unit; where absent the referring one.
    pub unit: Option<UnitId>,
    /// The term; where absent the referring item's.
    pub term: Option<TermId>,
    /// The kind, where an id is used by two.
    pub kind: Option<ItemKind>,
    /// The id.
    pub id: ItemId,
    /// Where it stands.
    pub span: Span,
}

/// A term of this unit or another: `2015-2020`, `unit/2015-2020`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermRef {
    /// The unit; where absent the referring one.
    pub unit: Option<UnitId>,
    /// The term.
    pub term: TermId,
}

/// The name of a report. A bare id means the same term; with a term, the same unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRef {
    /// The unit; where absent the referring one.
    pub unit: Option<UnitId>,
    /// The term; where absent the referring one.
    pub term: Option<TermId>,
    /// The report.
    pub id: ReportId,
}

/// What `[[…]]` may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// An item.
    Item(ItemRef),
    /// `unit/`
    Unit(UnitId),
    /// `unit/2015-2020`
    Term(UnitId, TermId),
    /// `unit/2015-2020/report`
    Report(UnitId, TermId, ReportId),
}

/// The name that `text` is, standing at `span`; `None` where it has none of the forms.
pub fn parse(text: &str, span: Span) -> Option<Name> {
    if let Some((before, item)) = text.split_once('#') {
        let (unit, term) = match before.split_once('/') {
            Some((unit, term)) => (Some(UnitId::parse(unit)?), TermId::parse(term)?),
            None => (None, TermId::parse(before)?),
        };
        let (kind, id) = kind_and_id(item)?;
        return Some(Name::Item(ItemRef { unit, term: Some(term), kind, id, span }));
    }
    let parts: Vec<&str> = text.split('/').collect();
    match parts[..] {
        [item] => {
            kind_and_id(item).map(|(kind, id)| Name::Item(ItemRef { unit: None, term: None, kind, id, span }))
        }
        [unit, ""] => Some(Name::Unit(UnitId::parse(unit)?)),
        [unit, term] => Some(Name::Term(UnitId::parse(unit)?, TermId::parse(term)?)),
        [unit, term, report] => {
            Some(Name::Report(UnitId::parse(unit)?, TermId::parse(term)?, ReportId::parse(report)?))
        }
        _ => None,
    }
}

/// `lesson:id` or `id`, as references and heading ids have it.
pub fn kind_and_id(text: &str) -> Option<(Option<ItemKind>, ItemId)> {
    match text.split_once(':') {
        Some((kind, id)) => Some((Some(ItemKind::parse(kind)?), ItemId::parse(id)?)),
        None => Some((None, ItemId::parse(text)?)),
    }
}

/// The term that `text` names, as an item's `term` has it.
pub fn parse_term(text: &str) -> Option<TermRef> {
    match text.split_once('/') {
        Some((unit, term)) => Some(TermRef { unit: Some(UnitId::parse(unit)?), term: TermId::parse(term)? }),
        None => Some(TermRef { unit: None, term: TermId::parse(text)? }),
    }
}

/// The report that `text` names, as `retells` has it.
pub fn parse_report(text: &str) -> Option<ReportRef> {
    let parts: Vec<&str> = text.split('/').collect();
    match parts[..] {
        [id] => Some(ReportRef { unit: None, term: None, id: ReportId::parse(id)? }),
        [term, id] => {
            Some(ReportRef { unit: None, term: Some(TermId::parse(term)?), id: ReportId::parse(id)? })
        }
        [unit, term, id] => Some(ReportRef {
            unit: Some(UnitId::parse(unit)?),
            term: Some(TermId::parse(term)?),
            id: ReportId::parse(id)?,
        }),
        _ => None,
    }
}

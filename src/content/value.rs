//! Values with a form of their own: dates, numbers, quantities, ids, addresses, references, parties.
//!
//! Each is read by the room that knows its form; here a failure becomes a problem in words an author understands.

use super::fields::{Fields, Reader};
use super::why::{why, why_not};
use crate::model::id::{FieldId, ItemId, TermId, UnitId};
use crate::model::quantity::{self, Quantity, QuantityError};
use crate::model::reference::{self, ItemRef, Name, ReportRef, TermRef};
use crate::model::text::Party;
use crate::path::Url;
use crate::problem::{Finding, Problem, say::Both};
use crate::source::Spanned;
use crate::vietnamese::date::{self, Date, PartialDate};
use crate::vietnamese::{fold, nearest, ordinal, slug};
use crate::yaml::Node;

/// What a reference to an item looks like, in words.
pub const ITEM_FORMS: Both = Both {
    vi: "mã, 2015-2020#mã, đơn-vị/2015-2020#mã, hoặc kèm loại: lesson:mã",
    en: "id, 2015-2020#id, unit/2015-2020#id, or with the kind: lesson:id",
};

/// The same where there is no term around it.
pub const FULL_FORMS: Both = Both { vi: "đơn-vị/2015-2020#mã", en: "unit/2015-2020#id" };

impl Reader<'_> {
    /// A whole date.
    pub fn date(&mut self, node: &Node, key: &str) -> Option<Spanned<Date>> {
        let text = self.scalar(node, key)?;
        match date::parse(text) {
            Ok(date) => Some(Spanned::new(date, self.span(node))),
            Err(_) => {
                let expected =
                    Both { vi: "dạng 2025-07-20 hoặc 20/7/2025", en: "2025-07-20 or 20/7/2025" };
                self.add(Finding::BadDate { text: text.to_owned(), expected }, node);
                None
            }
        }
    }

    /// A date, month or year.
    pub fn partial_date(&mut self, node: &Node, key: &str) -> Option<Spanned<PartialDate>> {
        let text = self.scalar(node, key)?;
        match date::parse_partial(text) {
            Ok(date) => Some(Spanned::new(date, self.span(node))),
            Err(_) => {
                let expected = Both {
                    vi: "dạng 2025-07-20, 20/7/2025, 2020-05 hoặc 1961",
                    en: "2025-07-20, 20/7/2025, 2020-05 or 1961",
                };
                self.add(Finding::BadDate { text: text.to_owned(), expected }, node);
                None
            }
        }
    }

    /// The date of a key.
    pub fn date_of(&mut self, fields: &Fields<'_>, key: &str) -> Option<Spanned<Date>> {
        fields.get(key).and_then(|node| self.date(node, key))
    }

    /// The date, month or year of a key.
    pub fn partial_date_of(&mut self, fields: &Fields<'_>, key: &str) -> Option<Spanned<PartialDate>> {
        fields.get(key).and_then(|node| self.partial_date(node, key))
    }

    /// Yes or no.
    pub fn flag(&mut self, node: &Node, key: &str) -> Option<bool> {
        let text = self.scalar(node, key)?;
        match () {
            () if ["yes", "true"].contains(&text) || fold::is_word(text, "có") => Some(true),
            () if ["no", "false"].contains(&text) || fold::is_word(text, "không") => Some(false),
            () => {
                self.wrong_type(node, key, Both { vi: "yes hoặc no (có, không)", en: "yes or no" });
                None
            }
        }
    }

    /// A count: a whole number, thousands parted or not.
    pub fn count(&mut self, node: &Node, key: &str) -> Option<Spanned<u64>> {
        let text = self.scalar(node, key)?;
        let whole = crate::vietnamese::number::parse(text, self.language).ok().and_then(|n| whole(&n));
        match whole {
            Some(count) => Some(Spanned::new(count, self.span(node))),
            None => {
                self.wrong_type(node, key, Both { vi: "số nguyên không âm", en: "a whole number" });
                None
            }
        }
    }

    /// The ordinal of a congress.
    pub fn ordinal(&mut self, node: &Node, key: &str) -> Option<u32> {
        let text = self.scalar(node, key)?;
        let ordinal = ordinal::parse(text);
        if ordinal.is_none() {
            self.add(Finding::BadOrdinal { text: text.to_owned() }, node);
        }
        ordinal
    }

    /// A goal, or with `actual` a result.
    pub fn quantity(&mut self, node: &Node, key: &str, is_actual: bool) -> Option<Spanned<Quantity>> {
        let text = self.scalar(node, key)?;
        let parse = if is_actual { quantity::parse_actual } else { quantity::parse_goal };
        match parse(text, self.language) {
            Ok(quantity) => Some(Spanned::new(quantity, self.span(node))),
            Err(error) => {
                self.bad_quantity(text, &error, node);
                None
            }
        }
    }

    /// Notes that a figure cannot be read.
    pub fn bad_quantity(&mut self, text: &str, error: &QuantityError, node: &Node) {
        self.add(Finding::BadNumber { text: text.to_owned(), why: why(error) }, node);
    }

    /// The quantity of a key.
    pub fn quantity_of(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        is_actual: bool,
    ) -> Option<Spanned<Quantity>> {
        fields.get(key).and_then(|node| self.quantity(node, key, is_actual))
    }

    /// An item's id.
    pub fn item_id(&mut self, node: &Node, key: &str) -> Option<Spanned<ItemId>> {
        let text = self.scalar(node, key)?;
        let id = ItemId::parse(text);
        if id.is_none() {
            self.add(Finding::BadId { text: text.to_owned(), right: slug::slug(text) }, node);
        }
        id.map(|id| Spanned::new(id, self.span(node)))
    }

    /// A term's id.
    pub fn term_id(&mut self, node: &Node, key: &str) -> Option<Spanned<TermId>> {
        let text = self.scalar(node, key)?;
        let id = TermId::parse(text);
        if id.is_none() {
            self.add(Finding::BadId { text: text.to_owned(), right: slug::slug(text) }, node);
        }
        id.map(|id| Spanned::new(id, self.span(node)))
    }

    /// A declared field.
    pub fn field(&mut self, node: &Node, key: &str) -> Option<Spanned<FieldId>> {
        let text = self.scalar(node, key)?;
        let known = |f: &crate::config::Field| f.id.as_str() == text;
        if let (Some(id), true) =
            (FieldId::parse(text), self.fields.is_none_or(|fields| fields.iter().any(known)))
        {
            return Some(Spanned::new(id, self.span(node)));
        }
        let near = nearest::nearest(text, self.fields.iter().flat_map(|f| f.iter()).map(|f| f.id.as_str()));
        let finding = Finding::UndeclaredField { field: text.to_owned() };
        self.problems.push(Problem::new(finding, self.span(node)).with_nearest(near));
        None
    }

    /// An address by scheme.
    pub fn url(&mut self, node: &Node, key: &str) -> Option<Spanned<Url>> {
        let text = self.scalar(node, key)?;
        match Url::parse(text) {
            Ok(url) => Some(Spanned::new(url, self.span(node))),
            Err(error) => {
                self.add(Finding::BadUrl { url: text.to_owned(), why: why_not(error) }, node);
                None
            }
        }
    }

    /// A unit of the site or words.
    pub fn party(&mut self, node: &Node, key: &str) -> Option<Party> {
        let text = self.scalar(node, key)?;
        match UnitId::parse(text) {
            Some(id) => Some(Party::Unit(Spanned::new(id, self.span(node)))),
            None => self.line(node, key).map(Party::Words),
        }
    }

    /// The party of a key.
    pub fn party_of(&mut self, fields: &Fields<'_>, key: &str) -> Option<Party> {
        fields.get(key).and_then(|node| self.party(node, key))
    }

    /// A reference to an item.
    pub fn item_ref(&mut self, node: &Node, key: &str) -> Option<ItemRef> {
        let text = self.scalar(node, key)?;
        // Authors copy the brackets of prose into keys; they mean the same.
        let bare = text.strip_prefix("[[").and_then(|t| t.strip_suffix("]]")).unwrap_or(text);
        match reference::parse(bare, self.span(node)) {
            Some(Name::Item(item)) if bare == text => Some(item),
            _ => {
                self.add(Finding::BadReference { text: text.to_owned(), expected: ITEM_FORMS }, node);
                None
            }
        }
    }

    /// The references of a key.
    pub fn item_refs(&mut self, fields: &Fields<'_>, key: &str) -> Vec<ItemRef> {
        self.list(fields.get(key)).into_iter().filter_map(|node| self.item_ref(node, key)).collect()
    }

    /// The term an item is stated for.
    pub fn term_ref(&mut self, node: &Node, key: &str) -> Option<Spanned<TermRef>> {
        let text = self.scalar(node, key)?;
        let term = reference::parse_term(text);
        if term.is_none() {
            let expected =
                Both { vi: "2015-2020 hoặc đơn-vị/2015-2020", en: "2015-2020 or unit/2015-2020" };
            self.add(Finding::BadReference { text: text.to_owned(), expected }, node);
        }
        term.map(|term| Spanned::new(term, self.span(node)))
    }

    /// A reference to a report.
    pub fn report_ref(&mut self, node: &Node, key: &str) -> Option<Spanned<ReportRef>> {
        let text = self.scalar(node, key)?;
        let report = reference::parse_report(text);
        if report.is_none() {
            let expected = Both { vi: "đơn-vị/2015-2020/báo-cáo", en: "unit/2015-2020/report" };
            self.add(Finding::BadReference { text: text.to_owned(), expected }, node);
        }
        report.map(|report| Spanned::new(report, self.span(node)))
    }
}

/// A number that is whole and not negative.
fn whole(number: &crate::vietnamese::number::Number) -> Option<u64> {
    let value = number.value();
    value.is_integer().then(|| u64::try_from(value).ok()).flatten()
}

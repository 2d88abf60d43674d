//! The tally: what a report claims in sum (content format, section 4).

use crate::model::item::ItemKind;
use crate::model::text::Text;
use crate::model::word::{Outcome, Outlook};
use crate::source::{Span, Spanned};

/// What a report claims, by kind of item.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Claims about items, in the order of the kinds; at most one of a kind.
    pub claims: Vec<Claim>,
    /// Solution groups by name.
    pub solution_groups: Vec<SolutionGroup>,
    /// The total of solution groups, where only that is given.
    pub solution_total: Option<Spanned<u64>>,
}

/// What a report claims about one kind of item.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The kind.
    pub kind: ItemKind,
    /// How many there are.
    pub total: Option<Spanned<u64>>,
    /// How they divide.
    pub parts: Vec<ClaimPart>,
    /// Whether the items that the report lists are a selection.
    pub is_partial: bool,
    /// Where the claim stands.
    pub span: Span,
}

/// A part of a claim.
#[derive(Debug, Clone)]
pub struct ClaimPart {
    /// How many.
    pub count: Spanned<u64>,
    /// With which result.
    pub result: Option<Outcome>,
    /// With which outlook.
    pub outlook: Option<Outlook>,
    /// In the report's own words.
    pub wording: Option<Text>,
    /// A band of accomplishment, in words.
    pub band: Option<Text>,
    /// Whether the count includes the parts before it.
    pub is_cumulative: bool,
}

/// A group of solutions and how many it holds.
#[derive(Debug, Clone)]
pub struct SolutionGroup {
    /// Its name.
    pub name: Option<Text>,
    /// How many.
    pub count: Spanned<u64>,
}

impl Claim {
    /// The sum of the parts that count for themselves.
    pub fn sum(&self) -> u64 {
        self.parts.iter().filter(|p| !p.is_cumulative).map(|p| p.count.value).fold(0, u64::saturating_add)
    }

    /// What the parts leave of the total without saying; `None` without parts or total, or where nothing is left.
    pub fn remainder(&self) -> Option<u64> {
        let total = self.total.as_ref()?.value;
        let left = total.checked_sub(self.sum())?;
        (left > 0 && !self.parts.is_empty()).then_some(left)
    }
}

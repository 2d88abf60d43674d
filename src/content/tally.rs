//! Tallies (content format, section 4).

use super::fields::{Fields, Reader};
use super::item::LISTS;
use super::keys;
use crate::model::item::ItemKind;
use crate::model::tally::{Claim, ClaimPart, SolutionGroup, Tally};
use crate::problem::Finding;
use crate::source::Spanned;
use crate::yaml::{Kind, Node};

impl Reader<'_> {
    /// The tally of a report.
    pub fn tally(&mut self, report: &Fields<'_>) -> Tally {
        let Some(fields) = report.get("tally").and_then(|n| self.mapping(n, &keys::TALLY, "tally")) else {
            return Tally::default();
        };
        let mut tally = Tally::default();
        for (key, kind, _) in LISTS {
            tally.claims.extend(fields.get(key).and_then(|n| self.claim(n, kind, key)));
        }
        if let Some(node) = fields.get("solution_groups") {
            self.solution_groups(node, &mut tally);
        }
        tally
    }

    fn claim(&mut self, node: &Node, kind: ItemKind, key: &str) -> Option<Claim> {
        let span = self.span(node);
        if matches!(node.kind, Kind::Scalar(_)) {
            let total = self.count(node, key)?;
            return Some(Claim { kind, total: Some(total), parts: Vec::new(), is_partial: false, span });
        }
        let fields = self.mapping(node, &keys::CLAIM, key)?;
        let claim = Claim {
            kind,
            total: fields.get("total").and_then(|n| self.count(n, "total")),
            parts: self.list(fields.get("parts")).into_iter().filter_map(|n| self.claim_part(n)).collect(),
            is_partial: fields.get("partial").and_then(|n| self.flag(n, "partial")).unwrap_or(false),
            span,
        };
        self.check_sum(&claim);
        Some(claim)
    }

    /// Parts beyond the total are an error (content format, section 4).
    fn check_sum(&mut self, claim: &Claim) {
        let Some(total) = &claim.total else { return };
        let cumulative =
            claim.parts.iter().filter(|p| p.is_cumulative).map(|p| p.count.value).max().unwrap_or(0);
        let sum = claim.sum().max(cumulative);
        if sum > total.value {
            self.problems.add(Finding::PartsBeyondTotal { sum, total: total.value }, total.span);
        }
    }

    fn claim_part(&mut self, node: &Node) -> Option<ClaimPart> {
        let fields = self.mapping(node, &keys::CLAIM_PART, "parts")?;
        let count = self.required(&fields, "count").and_then(|n| self.count(n, "count"));
        if ["result", "outlook", "wording"].iter().all(|key| fields.get(key).is_none()) {
            self.problems.add(Finding::EmptyPart {}, fields.span);
        }
        let part = ClaimPart {
            result: self.word_of(&fields, "result").map(|r| r.value),
            outlook: self.word_of(&fields, "outlook").map(|o| o.value),
            wording: self.line_of(&fields, "wording"),
            band: self.line_of(&fields, "band"),
            is_cumulative: fields.get("cumulative").and_then(|n| self.flag(n, "cumulative")).unwrap_or(false),
            count: count?,
        };
        Some(part)
    }

    /// Groups by name; or only how many there are, as a number or as `{total: 5}`.
    fn solution_groups(&mut self, node: &Node, tally: &mut Tally) {
        if matches!(node.kind, Kind::Scalar(_)) {
            tally.solution_total = self.count(node, "solution_groups");
            return;
        }
        if let Kind::Map(pairs) = &node.kind
            && pairs.iter().any(
                |(key, _)| matches!(&key.kind, Kind::Scalar(k) if keys::SOLUTION_TOTAL.find(k).is_some()),
            )
        {
            let fields = self.mapping(node, &keys::SOLUTION_TOTAL, "solution_groups");
            tally.solution_total = fields.and_then(|f| f.get("total")).and_then(|n| self.count(n, "total"));
            return;
        }
        tally.solution_groups =
            self.list(Some(node)).into_iter().filter_map(|n| self.solution_group(n)).collect();
    }

    fn solution_group(&mut self, node: &Node) -> Option<SolutionGroup> {
        let fields = self.mapping(node, &keys::SOLUTION_GROUP, "solution_groups")?;
        let count: Option<Spanned<u64>> =
            self.required(&fields, "count").and_then(|n| self.count(n, "count"));
        let name = self.line_of(&fields, "name");
        Some(SolutionGroup { name, count: count? })
    }
}

//! Under which id a report's page lists each item that it states.
//!
//! A report may state one id for two terms, and its page shows both: the bare anchor, `target_x`, is that of the report's own
//! term, else that of the item stated first; every other one names its term too. Decided here once, so that what leads to
//! an item's place and the place itself cannot differ. Ids hold no `_`, so that no two anchors are alike, nor is any an
//! author's heading id.

use std::collections::BTreeMap;

use super::{Graph, ItemIx};
use crate::model::id::ItemId;
use crate::model::item::ItemKind;
use crate::model::library::Library;
use crate::model::word::Word;

/// Anchors that are not bare, by report and item.
pub type Anchors = BTreeMap<(usize, ItemIx), String>;

/// Appends the anchor of an item that no other item of the page shares its kind and id with.
pub fn push_bare(to: &mut String, kind: ItemKind, id: &ItemId) {
    to.push_str(kind.name());
    to.push('_');
    to.push_str(id.as_str());
}

impl Graph {
    /// The id under which the page of a report lists an item that it states.
    pub fn anchor(&self, report: usize, item: ItemIx) -> String {
        let mut anchor = String::with_capacity(32);
        self.push_anchor(&mut anchor, report, item);
        anchor
    }

    /// Appends the same.
    pub fn push_anchor(&self, to: &mut String, report: usize, item: ItemIx) {
        match self.anchors.get(&(report, item)) {
            Some(anchor) => to.push_str(anchor),
            None => push_bare(to, self.items[item].key.kind, &self.items[item].key.id),
        }
    }
}

/// The anchors that must say more than kind and id, in all reports that are shown.
pub(super) fn name(library: &Library, graph: &Graph) -> Anchors {
    let mut anchors = Anchors::new();
    for &report in graph.stated.keys() {
        let written = &library.reports[report];
        if written.statements.iter().all(|statement| statement.term.is_none()) {
            continue;
        }
        let is_own = |item: &ItemIx| {
            let key = &graph.items[*item].key;
            (&key.unit, &key.term) == (&written.unit, &written.term)
        };
        let mut alike: BTreeMap<(ItemKind, &ItemId), Vec<ItemIx>> = BTreeMap::new();
        for item in graph.stated[&report].iter().flatten() {
            let key = &graph.items[*item].key;
            let items = alike.entry((key.kind, &key.id)).or_default();
            if !items.contains(item) {
                items.push(*item);
            }
        }
        for items in alike.into_values() {
            let bare = items.iter().find(|item| is_own(item)).or(items.first()).copied();
            for item in items.into_iter().filter(|item| Some(*item) != bare) {
                let key = &graph.items[item].key;
                let mut anchor = String::new();
                push_bare(&mut anchor, key.kind, &key.id);
                if key.unit != written.unit {
                    anchor.push('_');
                    anchor.push_str(key.unit.as_str());
                }
                anchor.push('_');
                anchor.push_str(key.term.as_str());
                anchors.insert((report, item), anchor);
            }
        }
    }
    anchors
}

//! Items gathered from the statements of all shown reports (content format, section 2).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::lineage::Lineage;
use super::{Graph, ItemIx, TermNode};
use crate::content::item::kind_name;
use crate::model::id::{ItemId, TermId, UnitId};
use crate::model::item::{ItemKind, Statement};
use crate::model::library::{Gap, Library};
use crate::model::report::Report;
use crate::model::term::Term;
use crate::problem::{Finding, Problem, Problems};
use crate::source::Spanned;
use crate::vietnamese::nearest;

/// What makes an item one: its unit, term, kind and id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey {
    /// Its unit.
    pub unit: UnitId,
    /// Its term.
    pub term: TermId,
    /// Its kind.
    pub kind: ItemKind,
    /// Its id.
    pub id: ItemId,
}

/// An item with its history.
#[derive(Debug)]
pub struct Item {
    /// What makes it one.
    pub key: ItemKey,
    /// The number of its term.
    pub term: usize,
    /// Its statements, earliest first.
    pub history: Vec<Said>,
    /// Old ids that lead to it, in order.
    pub old_ids: Vec<ItemId>,
}

/// One statement of an item in its history.
#[derive(Debug)]
pub struct Said {
    /// The report.
    pub report: usize,
    /// The statement's number in it.
    pub statement: usize,
    /// The statement with its figures corrected, where the report has corrections of them.
    corrected: Option<Box<Statement>>,
    /// The statement with what it leaves out taken from the earlier ones; `None` where it leaves out nothing.
    merged: Option<Box<Statement>>,
}

impl Said {
    /// What the report itself says, with figures as they are right.
    pub fn own<'a>(&'a self, library: &'a Library) -> &'a Statement {
        let written = || &library.reports[self.report].statements[self.statement];
        self.corrected.as_deref().unwrap_or_else(written)
    }

    /// What holds after it: its own words over those of the earlier statements.
    pub fn effective<'a>(&'a self, library: &'a Library) -> &'a Statement {
        self.merged.as_deref().unwrap_or_else(|| self.own(library))
    }
}

impl Item {
    /// What holds now: the latest statement over the earlier ones.
    pub fn heading<'a>(&'a self, library: &'a Library) -> &'a Statement {
        self.history[self.history.len() - 1].effective(library)
    }

    /// Its title or name as typed; its id where the first statement fails to give one.
    pub fn title<'a>(&'a self, library: &'a Library) -> &'a str {
        self.heading(library).title.as_ref().map_or(self.key.id.as_str(), |t| &t.raw)
    }

    /// What the report said of it, if it did.
    pub fn said_by(&self, report: usize) -> Option<&Said> {
        self.history.iter().find(|s| s.report == report)
    }
}

/// What reports are ordered by: the date of their figures, their own date, their file (content format, section 2).
pub fn time_order(a: &Report, b: &Report) -> std::cmp::Ordering {
    (a.as_of.value, a.date.value, &a.unit, &a.term, &a.id).cmp(&(
        b.as_of.value,
        b.date.value,
        &b.unit,
        &b.term,
        &b.id,
    ))
}

/// Terms of folders and files, and terms that only items name.
pub(super) fn gather_terms(library: &Library, shown: &[bool], graph: &mut Graph) {
    let mut terms: BTreeMap<(UnitId, TermId), TermNode> = BTreeMap::new();
    let has_shown =
        |term: &Term| library.of_unit(&term.unit).any(|at| shown[at] && library.reports[at].term == term.id);
    for (at, term) in library.terms.iter().enumerate() {
        // A folder of hidden reports alone makes no term: its name would betray them.
        if term.file.is_none() && !has_shown(term) {
            continue;
        }
        let (from, until) = (term.from, term.until);
        let node = TermNode {
            unit: term.unit.clone(),
            id: term.id.clone(),
            from,
            until,
            library: Some(at),
            reports: Vec::new(),
            items: Vec::new(),
        };
        terms.insert((term.unit.clone(), term.id.clone()), node);
    }
    for report in library.reports.iter().zip(shown).filter(|(_, shown)| **shown).map(|(r, _)| r) {
        for named in report.statements.iter().filter_map(|s| s.term.as_ref()) {
            let unit = named.value.unit.as_ref().unwrap_or(&report.unit);
            let key = (unit.clone(), named.value.term.clone());
            if !terms.contains_key(&key)
                && library.unit(unit).is_some()
                && let Some((from, until)) = dates_of(&key.1)
            {
                let (unit, id) = key.clone();
                let node =
                    TermNode { unit, id, from, until, library: None, reports: Vec::new(), items: Vec::new() };
                terms.insert(key, node);
            }
        }
    }
    graph.terms = terms.into_values().collect();
    for (at, report) in library.reports.iter().enumerate().filter(|(at, _)| shown[*at]) {
        if let Some(term) = graph.term(&report.unit, &report.term) {
            graph.terms[term].reports.push(at);
        }
    }
    for term in &mut graph.terms {
        term.reports.sort_by(|&a, &b| time_order(&library.reports[a], &library.reports[b]));
    }
}

fn dates_of(id: &TermId) -> Option<(crate::vietnamese::date::Date, crate::vietnamese::date::Date)> {
    crate::content::default_dates(id)
}

/// A key with its term as a number: numbers of terms follow the order of units and terms, so places follow that of keys, and
/// comparing them costs a fifth.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct TermKey {
    term: usize,
    kind: ItemKind,
    id: ItemId,
}

/// All items with their histories; what statements leave out is still to be filled, by [`merge`].
pub(super) fn gather(library: &Library, shown: &[bool], graph: &mut Graph, problems: &mut Problems) {
    let shown: Vec<usize> = (0..library.reports.len()).filter(|at| shown[*at]).collect();
    let of_reports: Vec<(Vec<Placed>, Problems)> =
        shown.par_iter().map(|at| places_of(library, graph, *at)).collect();
    let mut all: Vec<Placed> = Vec::with_capacity(of_reports.iter().map(|(placed, _)| placed.len()).sum());
    for (placed, found) in of_reports {
        all.extend(placed);
        problems.extend(found);
    }
    // Those of one place stay in the order of reports and statements.
    all.par_sort_by(|a, b| a.place.cmp(&b.place));
    let none = |report: &Arc<Report>| vec![None; report.statements.len()];
    let mut stated: Vec<Vec<Option<ItemIx>>> = library.reports.iter().map(none).collect();
    let mut found: Vec<(TermKey, Vec<Said>)> = Vec::new();
    for Placed { place, report, statement, is_doubled } in all {
        if found.last().is_none_or(|(last, _)| *last != place) {
            found.push((place, Vec::with_capacity(2)));
        }
        let item = found.len() - 1;
        stated[report][statement] = Some(item);
        if !is_doubled {
            found[item].1.push(Said { report, statement, corrected: None, merged: None });
        }
    }
    found.par_iter_mut().for_each(|(_, history)| {
        history.sort_by(|a, b| time_order(&library.reports[a.report], &library.reports[b.report]));
    });
    for (place, history) in found {
        let term = &mut graph.terms[place.term];
        let key = ItemKey { unit: term.unit.clone(), term: term.id.clone(), kind: place.kind, id: place.id };
        check_title(library, &graph.lineage, &key, &history, problems);
        term.items.push(graph.items.len());
        graph.items.push(Item { key, term: place.term, history, old_ids: Vec::new() });
    }
    let of_shown = shown.iter().map(|at| (*at, std::mem::take(&mut stated[*at])));
    graph.stated.extend(of_shown);
    old_ids(library, graph, problems);
    let count = graph.items.len();
    graph.out.resize_with(count, Vec::new);
    graph.back.resize_with(count, Vec::new);
}

/// A statement and the item that it is of.
struct Placed {
    place: TermKey,
    report: usize,
    statement: usize,
    /// Whether an earlier one of the same report is of the same item.
    is_doubled: bool,
}

/// The statements of a report that are of an item.
fn places_of(library: &Library, graph: &Graph, at: usize) -> (Vec<Placed>, Problems) {
    let (report, mut problems) = (&library.reports[at], Problems::default());
    let folder = graph.term(&report.unit, &report.term);
    let mut seen = BTreeSet::new();
    let mut placed = Vec::with_capacity(report.statements.len());
    for (statement, s) in report.statements.iter().enumerate() {
        let Some(term) = term_of(library, graph, report, folder, s, &mut problems) else { continue };
        let place = TermKey { term, kind: s.kind(), id: s.id.value.clone() };
        let is_doubled = !seen.insert((term, place.kind, &s.id.value));
        if is_doubled {
            let finding = Finding::DoubledId { id: place.id.to_string(), kind: kind_name(place.kind) };
            problems.add(finding, s.id.span);
        }
        placed.push(Placed { place, report: at, statement, is_doubled });
    }
    (placed, problems)
}

/// Puts corrected statements, by item and report, in the place of what was written.
pub(super) fn correct(graph: &mut Graph, corrected: Vec<(ItemIx, usize, Statement)>) {
    for (item, report, statement) in corrected {
        if let Some(said) = graph.items[item].history.iter_mut().find(|said| said.report == report) {
            said.corrected = Some(Box::new(statement));
        }
    }
}

/// Fills what statements leave out from those before.
pub(super) fn merge(library: &Library, graph: &mut Graph) {
    graph.items.par_iter_mut().for_each(|item| {
        let history = &mut item.history;
        for at in 1..history.len() {
            let merged = history[at].own(library).over(history[at - 1].effective(library));
            history[at].merged = merged.map(Box::new);
        }
    });
}

/// The number of the term that a statement is for: that of the report's folder, or the one it names.
fn term_of(
    library: &Library,
    graph: &Graph,
    report: &Report,
    folder: Option<usize>,
    s: &Statement,
    problems: &mut Problems,
) -> Option<usize> {
    let Some(named) = &s.term else {
        return folder;
    };
    let unit = named.value.unit.as_ref().unwrap_or(&report.unit);
    let place = named.span;
    if library.unit(unit).is_none() {
        if !library.gaps.contains(&Gap::Unit(unit.clone())) {
            let near = nearest::nearest(unit.as_str(), library.units.iter().map(|u| u.id.as_str()));
            let finding = Finding::NoSuchUnit { id: unit.to_string() };
            problems.push(Problem::new(finding, place).with_nearest(near));
        }
        return None;
    }
    if !graph.lineage().is_in_line(&report.unit, unit) {
        problems.add(Finding::ForeignTerm { unit: unit.to_string() }, place);
        return None;
    }
    let term = graph.term(unit, &named.value.term);
    if term.is_none() && !library.gaps.contains(&Gap::Term(unit.clone(), named.value.term.clone())) {
        problems.add(crate::content::term_finding(&named.value.term), place);
    }
    term
}

/// The first statement must name its item, unless an earlier one may stand in a report that could not be read: of any term of
/// the unit's line, since reports set goals of the next term and tell what became of the last.
fn check_title(
    library: &Library,
    lineage: &Lineage,
    key: &ItemKey,
    history: &[Said],
    problems: &mut Problems,
) {
    let first = history[0].own(library);
    let may_state = |gap: &Gap| match gap {
        Gap::Unit(unit) | Gap::Term(unit, _) => lineage.is_in_line(unit, &key.unit),
    };
    if first.title.is_none() && !first.has_unknown_keys && !library.gaps.iter().any(may_state) {
        let name = if key.kind == ItemKind::Target { "name" } else { "title" };
        let finding =
            Finding::MissingTitle { id: key.id.to_string(), key: name.to_owned(), kind: kind_name(key.kind) };
        problems.add(finding, first.span);
    }
}

/// Old ids lead to their items, where no living item bears them.
fn old_ids(library: &Library, graph: &mut Graph, problems: &mut Problems) {
    let mut claims: Vec<(ItemKey, ItemIx, Spanned<ItemId>)> = Vec::new();
    for (at, item) in graph.items.iter().enumerate() {
        for alias in item.history.iter().flat_map(|said| &said.own(library).aliases) {
            claims.push((ItemKey { id: alias.value.clone(), ..item.key.clone() }, at, alias.clone()));
        }
    }
    for (key, item, alias) in claims {
        let other = graph.old_ids.get(&key).is_some_and(|known| *known != item);
        if other || graph.item(&key).is_some() {
            problems.add(Finding::DoubledOldId { id: alias.value.to_string() }, alias.span);
        } else {
            graph.old_ids.insert(key, item);
        }
    }
    for (key, item) in &graph.old_ids {
        graph.items[*item].old_ids.push(key.id.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::item::Detail;
    use crate::path::ContentPath;
    use crate::source::Sources;
    use crate::{config, content, graph};

    /// A unit's two reports of one term, linked.
    fn linked(first: &str, second: &str) -> (Library, Graph) {
        let path = |p: &str| ContentPath::new(p.split('/')).expect("the paths of this test are sound");
        let report =
            |date: &str, items: &str| format!("---\ntitle: T\nkind: midterm\ndate: {date}\n{items}\n---\n");
        let sources = Sources::new([
            (
                path("site.toml"),
                "title = \"T\"\nbase_url = \"https://x.vn/\"\nlanguage = \"vi\"\nunit = \"u\"\n".to_owned(),
            ),
            (path("content/u/_index.md"), "---\nname: U\nlevel: ward\n---\n".to_owned()),
            (path("content/u/2020-2025/a.md"), report("2022-06-01", first)),
            (path("content/u/2020-2025/b.md"), report("2023-06-01", second)),
        ]);
        let config = config::parse(&sources).0.expect("the configuration of this test is sound");
        let library = content::parse(&sources, &config, None).0;
        let graph = graph::link(&library, &sources, Report::is_published).0;
        (library, graph)
    }

    /// What two reports say of items: results and outlooks of targets as they hold in the end, and which of their later
    /// statements leave nothing out.
    fn after(first: &str, second: &str) -> Vec<(String, Option<String>, Option<String>, bool)> {
        let (library, graph) = linked(first, second);
        let one = |item: &Item| {
            let said = item.history.last().expect("an item has a history");
            let Detail::Target(target) = &item.heading(&library).detail else { panic!("all are targets") };
            (
                item.key.id.to_string(),
                target.result.as_ref().map(|r| format!("{:?}", r.value)),
                target.outlook.as_ref().map(|o| format!("{:?}", o.value)),
                std::ptr::eq(said.own(&library), said.effective(&library)),
            )
        };
        graph.items.iter().map(one).collect()
    }

    #[test]
    fn what_a_statement_leaves_out_comes_from_the_one_before() {
        let first = "targets:\n- {id: a, name: A, outlook: likely}\n- {id: b, name: B, outlook: likely}\n\
            - {id: c, name: C, goal: 3, outlook: hard}\n- {id: d, name: D, result: met}";
        let second = "targets:\n- {id: a, name: A, result: met}\n- {id: b, name: B, outlook: hard}\n\
            - {id: c}\n- {id: d, name: D, outlook: likely}";
        let some = |word: &str| Some(word.to_owned());
        assert_eq!(
            after(first, second),
            [
                ("a".to_owned(), some("Met"), None, true),
                ("b".to_owned(), None, some("Hard"), true),
                ("c".to_owned(), None, some("Hard"), false),
                ("d".to_owned(), some("Met"), some("Likely"), false),
            ]
        );
    }

    #[test]
    fn an_item_knows_its_old_ids() {
        let first = "targets:\n- {id: a, name: A, aliases: [z, y]}\n- {id: b, name: B}";
        let (_, graph) = linked(first, "targets:\n- {id: b, aliases: x}\n- {id: a, aliases: [b, w]}");
        let of = |item: &Item| item.old_ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        // `b` is another item's own.
        assert_eq!(graph.items.iter().map(of).collect::<Vec<_>>(), ["w y z", "x"]);
    }
}

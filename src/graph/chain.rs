//! Chains over terms: what carries on what, judged and drawn in order (content format, section 3, "Chains").

use std::collections::{BTreeMap, BTreeSet};

use super::edge::Edge;
use super::{Graph, ItemIx};
use crate::model::library::Library;
use crate::problem::{Finding, Problems};

/// Judges every chain link: it leads to a term that begins earlier, of the same unit or one it descends from; no chain comes
/// back to where it began.
pub(super) fn check(library: &Library, graph: &Graph, problems: &mut Problems) {
    let links: Vec<&Edge> = graph.out.iter().flatten().filter(|e| e.role.is_chain()).collect();
    let in_cycles = cycles(library, graph, &links, problems);
    for link in &links {
        let (from, to) = (graph.term_of(link.from), graph.term_of(link.to));
        let key = &graph.items[link.to].key;
        if to.from >= from.from && !in_cycles.contains(&(link.from, link.to)) {
            let id = format!("{}/{}#{}", key.unit, key.term, key.id);
            problems.add(Finding::NotEarlier { id }, link.span);
        }
        let is_cyclic = in_cycles.contains(&(link.from, link.to));
        if from.unit != to.unit && !is_cyclic && !graph.lineage().descends(&from.unit, &to.unit) {
            let (id, unit) = (key.id.to_string(), key.unit.to_string());
            problems.add(Finding::Unrelated { id, unit }, link.span);
        }
    }
}

/// Reports each cycle once, at its youngest link; returns all links that lie on one.
fn cycles(
    library: &Library,
    graph: &Graph,
    links: &[&Edge],
    problems: &mut Problems,
) -> BTreeSet<(ItemIx, ItemIx)> {
    let mut next: BTreeMap<ItemIx, Vec<ItemIx>> = BTreeMap::new();
    for link in links {
        next.entry(link.from).or_default().push(link.to);
    }
    let groups = knots(&next);
    let mut by_group: BTreeMap<usize, Vec<&Edge>> = BTreeMap::new();
    for link in links {
        if let (Some(a), Some(b)) = (groups.get(&link.from), groups.get(&link.to))
            && a == b
        {
            by_group.entry(*a).or_default().push(link);
        }
    }
    let mut on_cycle = BTreeSet::new();
    for group in by_group.values() {
        on_cycle.extend(group.iter().map(|e| (e.from, e.to)));
        let age = |e: &&&Edge| {
            (library.reports[e.report].as_of.value, library.reports[e.report].date.value, e.span)
        };
        if let Some(youngest) = group.iter().max_by_key(age) {
            let names: Vec<String> = circle(group, youngest).into_iter().map(|i| name(graph, i)).collect();
            problems.add(Finding::Cycle { chain: names.join(" → ") }, youngest.span);
        }
    }
    on_cycle
}

/// The shortest way from the end of a link back to its beginning, and over the link again.
fn circle(group: &[&Edge], link: &Edge) -> Vec<ItemIx> {
    let mut came_from = BTreeMap::from([(link.to, link.from)]);
    let mut todo = std::collections::VecDeque::from([link.to]);
    while let Some(at) = todo.pop_front().filter(|at| *at != link.from) {
        for next in group.iter().filter(|e| e.from == at).map(|e| e.to) {
            if let std::collections::btree_map::Entry::Vacant(new) = came_from.entry(next) {
                new.insert(at);
                todo.push_back(next);
            }
        }
    }
    let mut way = vec![link.from];
    let mut at = link.from;
    while at != link.to {
        let Some(before) = came_from.get(&at) else { break };
        at = *before;
        way.push(at);
    }
    way.push(link.from);
    way.reverse();
    way
}

fn name(graph: &Graph, item: ItemIx) -> String {
    let key = &graph.items[item].key;
    format!("{}/{}#{}", key.unit, key.term, key.id)
}

/// The knot of every item that can come back to itself. Items that lead nowhere new are peeled off from both ends first, so
/// that only cycles and what lies between them are left; what reaches each other among those is one knot.
fn knots(next: &BTreeMap<ItemIx, Vec<ItemIx>>) -> BTreeMap<ItemIx, usize> {
    let mut alive: BTreeSet<(ItemIx, ItemIx)> =
        next.iter().flat_map(|(a, all)| all.iter().map(|b| (*a, *b))).collect();
    loop {
        let (starts, ends): (BTreeSet<_>, BTreeSet<_>) =
            (alive.iter().map(|l| l.0).collect(), alive.iter().map(|l| l.1).collect());
        let before = alive.len();
        alive.retain(|(a, b)| ends.contains(a) && starts.contains(b));
        if alive.len() == before {
            break;
        }
    }
    let items: BTreeSet<ItemIx> = alive.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let reach = |from: ItemIx| {
        let (mut seen, mut todo) = (BTreeSet::new(), vec![from]);
        while let Some(at) = todo.pop() {
            todo.extend(alive.range((at, 0)..=(at, ItemIx::MAX)).map(|l| l.1).filter(|b| seen.insert(*b)));
        }
        seen
    };
    let reached: BTreeMap<ItemIx, BTreeSet<ItemIx>> = items.iter().map(|i| (*i, reach(*i))).collect();
    let on_cycle = |i: &&ItemIx| reached[*i].contains(*i);
    items
        .iter()
        .filter(on_cycle)
        .map(|i| {
            let knot = reached[i].iter().find(|other| reached[*other].contains(i)).copied().unwrap_or(*i);
            (*i, knot)
        })
        .collect()
}

/// The whole chain of an item: everything it came from and everything that came of it, in the order of the terms. Only the
/// item itself where nothing is carried on.
pub fn whole(graph: &Graph, item: ItemIx) -> Vec<ItemIx> {
    let follow = |step: &dyn Fn(ItemIx) -> Vec<ItemIx>| {
        let (mut seen, mut todo) = (BTreeSet::from([item]), vec![item]);
        while let Some(at) = todo.pop() {
            todo.extend(step(at).into_iter().filter(|next| seen.insert(*next)));
        }
        seen
    };
    let older = follow(&|at| graph.out[at].iter().filter(|e| e.role.is_chain()).map(|e| e.to).collect());
    let newer = follow(&|at| graph.back[at].iter().filter(|e| e.role.is_chain()).map(|e| e.from).collect());
    let mut all: Vec<ItemIx> = older.union(&newer).copied().collect();
    all.sort_by(|&a, &b| {
        (graph.term_of(a).from, &graph.items[a].key).cmp(&(graph.term_of(b).from, &graph.items[b].key))
    });
    all
}

/// How many terms a chain runs over up to an item: the item's own and those of what it came from.
pub fn depth(graph: &Graph, item: ItemIx) -> usize {
    let (mut seen, mut todo) = (BTreeSet::from([item]), vec![item]);
    while let Some(at) = todo.pop() {
        let older = graph.out[at].iter().filter(|e| e.role.is_chain()).map(|e| e.to);
        todo.extend(older.filter(|next| seen.insert(*next)));
    }
    seen.iter().map(|i| graph.term_of(*i).from).collect::<BTreeSet<_>>().len()
}

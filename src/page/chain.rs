//! Chains drawn: where a thing came from and what became of it, over terms and units, in order.

use serde::Serialize;

use super::card;
use super::link::{Link, Mark};
use super::names::Names;
use crate::graph::edge::Role;
use crate::graph::{ItemIx, Node, Site, chain};
use crate::model::word::Word;
use crate::path::OutputPath;

/// One link of a chain, oldest first.
#[derive(Debug, Serialize)]
pub struct Step {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Its unit.
    pub unit: Link,
    /// Its term.
    pub term: Link,
    /// What came of it.
    pub mark: Option<Mark>,
    /// Whether it is the item of this page.
    pub is_current: bool,
    /// How it goes on from earlier links: `kept`, `extended`, `replaced`; of limitations and targets nothing is said.
    pub how: Option<&'static str>,
    /// The titles of the earlier links it comes from, where it comes from several or not from the one before.
    pub from: Vec<Link>,
}

/// The chain of an item; empty where it stands alone.
pub fn steps(site: &Site, names: &Names, here: &OutputPath, at: ItemIx) -> Vec<Step> {
    let whole = chain::whole(&site.graph, at);
    if whole.len() < 2 {
        return Vec::new();
    }
    whole
        .iter()
        .enumerate()
        .map(|(number, item)| step(site, names, here, at, &whole[..number], *item))
        .collect()
}

fn step(
    site: &Site,
    names: &Names,
    here: &OutputPath,
    current: ItemIx,
    before: &[ItemIx],
    item: ItemIx,
) -> Step {
    let graph = &site.graph;
    let links: Vec<_> =
        graph.out[item].iter().filter(|e| e.role.is_chain() && before.contains(&e.to)).collect();
    let how = links.iter().find_map(|e| match e.role {
        Role::Inherits(how) => Some(how.name()),
        _ => None,
    });
    let follows_previous = links.len() == 1 && before.last() == Some(&links[0].to);
    let name = |at: ItemIx| Link {
        href: names.addresses.get(Node::Item(at)).href_from(here),
        words: format!("{} ({})", names.item_title(at), names.term_words(graph.items[at].term)),
    };
    let own = &graph.items[item];
    Step {
        href: names.addresses.get(Node::Item(item)).href_from(here),
        title: names.item_title(item).to_owned(),
        unit: card::unit_link(site, names, here, &own.key.unit),
        term: card::term_link(names, here, own.term),
        mark: names.briefs[item].mark.clone(),
        is_current: item == current,
        how,
        from: if follows_previous { Vec::new() } else { links.iter().map(|e| name(e.to)).collect() },
    }
}

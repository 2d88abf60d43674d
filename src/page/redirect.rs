//! Pages at old addresses: of renamed units, terms, reports and items (content format, sections 2 and 3, `aliases`).

use serde::Serialize;

use super::address::item_path;
use super::card;
use super::frame::{Frame, Sign};
use super::lineage;
use super::link::Link;
use super::names::Names;
use super::past::Ended;
use crate::graph::item::ItemKey;
use crate::graph::lineage::ids;
use crate::graph::{Node, Site};
use crate::markdown::{self, Flavour, Unlinked};
use crate::model::id::UnitId;
use crate::model::text::{Party, Text};
use crate::model::word::{EventKind, Word};
use crate::path::OutputPath;
use crate::source::{Span, Spanned};
use crate::vietnamese::date::PartialDate;
use crate::vietnamese::slug;

/// An old address and what stands at the new one.
#[derive(Debug)]
pub struct Redirect {
    /// The old address.
    pub from: OutputPath,
    /// What it was the address of.
    pub to: Node,
    /// Where the alias is given.
    pub span: Span,
}

/// A page at an old address.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// Its frame; the canonical address is that of the new page.
    pub page: Frame,
    /// The new page.
    pub to: Link,
    /// Why: `renamed`, `merged`, `split` … where an event of its unit tells, else that an id has changed: `unit`, `term`,
    /// `report`, `item`.
    pub reason: &'static str,
    /// The name of the unit that is meant in the old address.
    pub was: Option<String>,
    /// When that happened, where it is known.
    pub date: Option<Ended>,
}

/// Why an address is an old one.
struct Why {
    reason: &'static str,
    was: Option<String>,
    date: Option<PartialDate>,
}

/// Every redirect of the site.
pub fn all(site: &Site, names: &Names) -> Vec<Redirect> {
    let (library, graph) = (&site.library, &site.graph);
    let mut all = Vec::new();
    let mut note = |aliases: &[Spanned<String>], to: Node| {
        all.extend(aliases.iter().map(|a| Redirect {
            from: OutputPath::verbatim(&a.value),
            to,
            span: a.span,
        }));
    };
    library.units.iter().enumerate().for_each(|(at, unit)| note(&unit.aliases, Node::Unit(at)));
    for (at, term) in graph.terms.iter().enumerate() {
        note(term.library.map_or(&[][..], |t| &library.terms[t].aliases), Node::Term(at));
    }
    graph.stated.keys().for_each(|at| note(&library.reports[*at].aliases, Node::Report(*at)));
    for (key, at) in &graph.old_ids {
        let item = &graph.items[*at];
        let aliases = item.history.iter().flat_map(|said| &said.own(library).aliases);
        let span = aliases.filter(|a| a.value == key.id).map(|a| a.span).next();
        if let Some(span) = span {
            all.push(Redirect { from: old_path(names, key), to: Node::Item(*at), span });
        }
    }
    all
}

/// The address that an item had under an old id.
fn old_path(names: &Names, key: &ItemKey) -> OutputPath {
    item_path(names.words, key.unit.as_str(), key.term.as_str(), key.kind, key.id.as_str())
}

/// Fills a redirect.
pub fn fill(site: &Site, names: &Names, here: &OutputPath, redirect: &Redirect) -> RedirectView {
    let to = names.addresses.get(redirect.to);
    let words = names.name(site, redirect.to);
    let unit = unit_of(site, redirect.to);
    let crumbs = unit.map(|id| card::unit_link(site, names, here, id)).into_iter().collect();
    let sign = Sign { kind: "redirect", title: words.clone(), nav: "", crumbs, unit: None, term: None };
    let mut page = Frame::new(site, names, here, sign);
    page.path = to.to_string();
    let changed_id = || {
        let reason = match redirect.to {
            Node::Unit(_) => "unit",
            Node::Term(_) => "term",
            Node::Report(_) => "report",
            _ => "item",
        };
        Why { reason, was: None, date: None }
    };
    let why = unit.and_then(|unit| changed_unit(site, unit, here)).unwrap_or_else(changed_id);
    RedirectView {
        page,
        to: Link { href: to.href_from(here), words },
        reason: why.reason,
        was: why.was,
        date: why.date.map(|date| Ended::new(date, site.config.language)),
    }
}

/// What happened to the unit that an old address names by its first folder: the present one was once called so, or that unit
/// went into the present one. `None` where the address begins with the unit's present id, or nothing on file fits.
fn changed_unit(site: &Site, unit: &UnitId, old: &OutputPath) -> Option<Why> {
    let first = old.as_str().split('/').next().filter(|first| *first != unit.as_str())?;
    let first = slug::slug(first.trim_end_matches(".html"));
    let own = site.library.unit(unit)?;
    let plain = |text: &Text| markdown::plain(&text.raw, Flavour::Line, &Unlinked);
    let renamed = own.names.iter().find(|name| is_named(&first, &plain(&name.name)));
    if let Some(name) = renamed {
        let date = name.until.as_ref().map(|d| d.value);
        return Some(Why { reason: EventKind::Renamed.name(), was: Some(plain(&name.name)), date });
    }
    for event in lineage::events_of(site, unit).filter(|e| ids(&e.to).any(|(to, _)| to == unit)) {
        let names = event.from.iter().filter_map(|from| match &from.party {
            Party::Unit(id) if id.value == *unit => None,
            Party::Unit(id) => {
                let name = site.library.unit(&id.value).map(|u| plain(&u.name)).unwrap_or_default();
                (id.value.as_str() == first || is_named(&first, &name)).then_some(name)
            }
            Party::Words(words) => Some(plain(words)).filter(|name| is_named(&first, name)),
        });
        if let Some(name) = names.into_iter().next() {
            return Some(Why { reason: event.kind.name(), was: Some(name), date: Some(event.date) });
        }
    }
    None
}

/// Whether the id of a folder is made of a name or of the end of it: `cho-cu` of “Đảng bộ xã Chợ Cũ”.
fn is_named(id: &str, name: &str) -> bool {
    let name = slug::slug(name);
    name == id || name.strip_suffix(id).is_some_and(|before| before.ends_with('-'))
}

/// The unit that something belongs to.
pub(super) fn unit_of(site: &Site, node: Node) -> Option<&UnitId> {
    match node {
        Node::Unit(at) => Some(&site.library.units[at].id),
        Node::Term(at) => Some(&site.graph.terms[at].unit),
        Node::Report(at) => Some(&site.library.reports[at].unit),
        Node::Item(at) => Some(&site.graph.items[at].key.unit),
        Node::Home | Node::Document(_) => None,
    }
}

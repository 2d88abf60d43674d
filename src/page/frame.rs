//! The frame of every page: what stands around its own content.

use serde::Serialize;

use super::link::Link;
use super::past::{self, Past};
use super::plan::Plan;
use crate::graph::Site;
use crate::model::id::UnitId;
use crate::model::item::ItemKind;
use crate::model::word::Word;
use crate::path::OutputPath;

/// What stands around the content of a page, as far as it differs from page to page.
#[derive(Debug, Serialize)]
pub struct Frame {
    /// The kind of page, for the theme and for tests.
    pub kind: &'static str,
    /// The page's own title in plain words; empty where the template says it with labels.
    pub title: String,
    /// The address of this page from the site's root; of a redirect that of the new page.
    pub path: String,
    /// What pages that lie side by side share; templates see its fields beside these.
    pub place: Place,
}

/// What stands around the content of all pages that lie side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The way to the root of the site: empty, `../`, `../../` …
    pub root: String,
    /// The entry of the navigation that the page belongs to; empty for none.
    pub nav: &'static str,
    /// The pages above this one, from the home page down.
    pub crumbs: Vec<Link>,
    /// Says that the term is over or the unit past, and what follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub past: Option<Past>,
}

/// What stands on every page of a site alike.
#[derive(Debug, Clone, Serialize)]
pub struct Common {
    /// The title of the site.
    pub title: String,
    /// `vi` or `en`.
    pub language: &'static str,
    /// Where the site will stand; only for whole addresses.
    pub base_url: String,
    /// The main navigation, the map of the site last.
    pub nav: Vec<NavLink>,
    /// The map of the site, from its root.
    pub map: String,
    /// The page of past terms, from the root; empty in an excerpt.
    pub archive: String,
    /// Whether the site shows drafts.
    pub has_drafts: bool,
    /// Whether this is what an archive holds of a site.
    pub is_excerpt: bool,
}

/// An entry of the main navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavLink {
    /// Its name among the labels.
    pub name: &'static str,
    /// Where it leads, from the site's root.
    pub path: String,
}

/// What all pages of a site share.
pub fn common(site: &Site, plan: &Plan) -> Common {
    let entry = |name, path: &OutputPath| NavLink { name, path: path.to_string() };
    let mut nav = vec![entry("home", &plan.addresses.home)];
    nav.extend(KINDS.into_iter().map(|(kind, name)| entry(name, plan.index_of(kind))));
    nav.extend([entry("documents", &plan.documents), entry("map", &plan.map)]);
    Common {
        title: site.config.title.clone(),
        language: site.config.language.code(),
        base_url: site.config.base_url.clone(),
        nav,
        map: plan.map.to_string(),
        archive: plan.archive.to_string(),
        has_drafts: plan.has_drafts,
        is_excerpt: false,
    }
}

/// What a page says of itself to its frame.
pub struct Sign<'a> {
    /// The kind of page.
    pub kind: &'static str,
    /// Its title in plain words.
    pub title: String,
    /// The entry of the navigation it belongs to.
    pub nav: &'static str,
    /// The pages above it, below the home page.
    pub crumbs: Vec<Link>,
    /// The unit it belongs to, if any.
    pub unit: Option<&'a UnitId>,
    /// The term it belongs to, by its number in the graph.
    pub term: Option<usize>,
}

impl Frame {
    /// The frame of the page at `here`.
    pub fn new(site: &Site, plan: &Plan, here: &OutputPath, sign: Sign<'_>) -> Self {
        let mut crumbs = Vec::new();
        if sign.kind != "home" && sign.kind != "cover" {
            crumbs.push(Link { href: plan.addresses.home.href_from(here), words: site.config.title.clone() });
            crumbs.extend(sign.crumbs);
        }
        Self {
            kind: sign.kind,
            title: sign.title,
            path: here.to_string(),
            place: Place {
                root: "../".repeat(here.as_str().matches('/').count()),
                nav: sign.nav,
                crumbs,
                past: past::of(site, plan, here, sign.unit, sign.term),
            },
        }
    }
}

/// The kinds with the plural names that labels and navigation use.
pub const KINDS: [(ItemKind, &str); 5] = [
    (ItemKind::Target, "targets"),
    (ItemKind::Achievement, "achievements"),
    (ItemKind::Limitation, "limitations"),
    (ItemKind::Lesson, "lessons"),
    (ItemKind::Task, "tasks"),
];

/// The plural name of a kind.
pub fn plural(kind: ItemKind) -> &'static str {
    KINDS.iter().find(|(k, _)| *k == kind).map_or(kind.name(), |(_, name)| name)
}

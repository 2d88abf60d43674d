//! The frame of every page: what stands around its own content.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::address::item_path;
use super::card;
use super::link::{KINDS, Link, plural};
use super::names::Names;
use super::past::{self, Past};
use crate::digest;
use crate::graph::{ItemIx, Site, TermNode};
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
    /// The entry of the navigation that the page belongs to; empty for none.
    pub nav: &'static str,
    /// What pages that lie side by side share; templates see its fields beside these.
    pub vicinity: SharedVicinity,
}

/// What stands around the content of all pages that lie side by side.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Vicinity {
    /// The way to the root of the site: empty, `../`, `../../` …
    pub root: String,
    /// The pages above this one, from the home page down.
    pub crumbs: Vec<Link>,
    /// Says that the term is over or the unit past, and what follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub past: Option<Past>,
}

/// A vicinity as pages share it: it is serialised as its digest, which a term's two hundred items need not take anew.
#[derive(Debug, Clone)]
pub struct SharedVicinity {
    vicinity: Arc<Vicinity>,
    digest: u64,
}

impl SharedVicinity {
    fn new(vicinity: Vicinity) -> Self {
        Self { digest: digest::short_of(&vicinity), vicinity: Arc::new(vicinity) }
    }
}

impl Deref for SharedVicinity {
    type Target = Vicinity;

    fn deref(&self) -> &Vicinity {
        &self.vicinity
    }
}

impl PartialEq for SharedVicinity {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.vicinity, &other.vicinity)
            || self.digest == other.digest && self.vicinity == other.vicinity
    }
}

impl Serialize for SharedVicinity {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(self.digest)
    }
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
pub fn common(site: &Site, names: &Names) -> Common {
    let entry = |name, path: &OutputPath| NavLink { name, path: path.to_string() };
    let mut nav = vec![entry("home", &names.addresses.home)];
    nav.extend(KINDS.into_iter().map(|(kind, name)| entry(name, names.index_of(kind))));
    nav.extend([entry("documents", &names.documents), entry("map", &names.map)]);
    Common {
        title: site.config.title.clone(),
        language: site.config.language.code(),
        base_url: site.config.base_url.clone(),
        nav,
        map: names.map.to_string(),
        archive: names.archive.to_string(),
        has_drafts: shows_drafts(site),
        is_excerpt: false,
    }
}

fn shows_drafts(site: &Site) -> bool {
    let mut reports = site.library.reports.iter().enumerate();
    reports.any(|(at, report)| !report.is_published() && site.graph.stated.contains_key(&at))
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
    pub fn new(site: &Site, names: &Names, here: &OutputPath, sign: Sign<'_>) -> Self {
        let mut crumbs = Vec::new();
        if sign.kind != "home" && sign.kind != "cover" {
            crumbs
                .push(Link { href: names.addresses.home.href_from(here), words: site.config.title.clone() });
            crumbs.extend(sign.crumbs);
        }
        let vicinity = SharedVicinity::new(Vicinity {
            root: "../".repeat(here.as_str().matches('/').count()),
            crumbs,
            past: past::of(site, names, here, sign.unit, sign.term),
        });
        Self { kind: sign.kind, title: sign.title, path: here.to_string(), nav: sign.nav, vicinity }
    }

    /// The frame of the page of an item, whose term has the vicinity of all its items ready.
    pub fn of_item(
        names: &Names,
        here: &OutputPath,
        (kind, at): (ItemKind, ItemIx),
        vicinity: SharedVicinity,
    ) -> Self {
        Self {
            kind: kind.name(),
            title: names.item_title(at).to_owned(),
            path: here.to_string(),
            nav: plural(kind),
            vicinity,
        }
    }
}

/// What stands around the pages of the items of each term: they all lie in folders of it, so that its way to everything is the
/// same.
pub(super) fn of_items(site: &Site, names: &Names) -> Vec<SharedVicinity> {
    let of_term = |(at, term): (usize, &TermNode)| {
        let here = item_path(names.words, term.unit.as_str(), term.id.as_str(), ItemKind::Target, "-");
        let crumbs = vec![card::unit_link(site, names, &here, &term.unit), card::term_link(names, &here, at)];
        let sign =
            Sign { kind: "", title: String::new(), nav: "", crumbs, unit: Some(&term.unit), term: Some(at) };
        Frame::new(site, names, &here, sign).vicinity
    };
    site.graph.terms.iter().enumerate().map(of_term).collect()
}

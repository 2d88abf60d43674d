//! Pages: one file for each kind, with the struct its template sees and how the site fills it.
//!
//! A template sees one view and nothing else, so the view is the list of what the page reads. Views hold finished values:
//! relative addresses, formatted dates and numbers, HTML of authors' texts. Words that belong to the interface stay names
//! (`met`, `being-mended`); the theme's labels say them.

pub mod address;
pub mod archive;
pub mod artifact;
pub mod brief;
pub mod card;
pub mod chain;
pub mod claim;
pub mod cover;
pub mod document;
pub mod errata;
pub mod excerpt;
pub mod frame;
pub mod home;
pub mod index;
pub mod item;
pub mod lineage;
pub mod link;
pub mod map;
pub mod names;
pub mod past;
pub mod plan;
pub mod redirect;
pub mod report;
pub mod scoreboard;
pub mod sitemap;
pub mod target;
pub mod tally;
pub mod term;
pub mod unit;
pub mod writer;

use serde::Serialize;

use crate::graph::{Node, Site};
use crate::path::OutputPath;
use crate::record::Fingerprint;
use artifact::{Maker, Spec};
use frame::Frame;
use plan::Plan;

/// What a template sees.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum View<'a> {
    /// The home page.
    Home(Box<home::HomeView<'a>>),
    /// A unit.
    Unit(Box<unit::UnitView>),
    /// A term.
    Term(Box<term::TermView<'a>>),
    /// A report.
    Report(Box<report::ReportView<'a>>),
    /// An item of any kind.
    Item(Box<item::ItemView<'a>>),
    /// A list of items or documents.
    Index(Box<index::IndexView<'a>>),
    /// A document.
    Document(Box<document::DocumentView>),
    /// The map of the site.
    Map(Box<map::MapView>),
    /// All past terms.
    Archive(Box<archive::ArchiveView>),
    /// The page that a server shows for an unknown address.
    NotFound(Box<map::NotFoundView>),
    /// A page at an old address.
    Redirect(Box<redirect::RedirectView>),
    /// The cover of an excerpt.
    Cover(Box<cover::CoverView>),
}

impl View<'_> {
    /// What stands around its content.
    pub fn frame(&self) -> &Frame {
        match self {
            Self::Home(view) => &view.page,
            Self::Unit(view) => &view.page,
            Self::Term(view) => &view.page,
            Self::Report(view) => &view.page,
            Self::Item(view) => &view.page,
            Self::Index(view) => &view.page,
            Self::Document(view) => &view.page,
            Self::Map(view) => &view.page,
            Self::Archive(view) => &view.page,
            Self::NotFound(view) => &view.page,
            Self::Redirect(view) => &view.page,
            Self::Cover(view) => &view.page,
        }
    }

    /// The template that shows it.
    pub fn template(&self) -> &'static str {
        match self {
            Self::Home(_) => "home.html",
            Self::Unit(_) => "unit.html",
            Self::Term(_) => "term.html",
            Self::Report(_) => "report.html",
            Self::Item(view) => view.template(),
            Self::Index(_) => "index.html",
            Self::Document(_) => "document.html",
            Self::Map(_) => "map.html",
            Self::Archive(_) => "archive.html",
            Self::NotFound(_) => "404.html",
            Self::Redirect(_) => "redirect.html",
            Self::Cover(_) => "cover.html",
        }
    }
}

/// Fills the view of a page.
pub fn fill<'a>(site: &'a Site, plan: &'a Plan, here: &'a OutputPath, spec: Spec) -> View<'a> {
    let (names, lists) = (&plan.names, &plan.lists);
    match spec {
        Spec::Node(Node::Home) => View::Home(Box::new(home::fill(site, names, here))),
        Spec::Node(Node::Unit(at)) => View::Unit(Box::new(unit::fill(site, names, here, at))),
        Spec::Node(Node::Term(at)) => View::Term(Box::new(term::fill(site, names, here, at))),
        Spec::Node(Node::Report(at)) => View::Report(Box::new(report::fill(site, names, here, at))),
        Spec::Node(Node::Item(at)) => {
            let vicinity = &plan.vicinities[site.graph.items[at].term];
            View::Item(Box::new(item::fill(site, names, lists, vicinity, here, at)))
        }
        Spec::Node(Node::Document(at)) => View::Document(Box::new(document::fill(site, names, here, at))),
        Spec::Index(list, part) => View::Index(Box::new(index::fill(site, names, lists, here, (list, part)))),
        Spec::Map => View::Map(Box::new(map::fill(site, names, lists, here))),
        Spec::Archive => View::Archive(Box::new(archive::fill(site, names, here))),
        Spec::NotFound => View::NotFound(Box::new(map::not_found(site, names, here))),
        Spec::Redirect(at) => {
            View::Redirect(Box::new(redirect::fill(site, names, here, &plan.redirects[at])))
        }
        Spec::Cover(term) => View::Cover(Box::new(cover::fill(site, names, lists, here, term))),
    }
}

/// What a file that is no page is made of; `bytes` are for whoever must make it.
pub struct Material<'a> {
    /// The digests of what it is made of, by name.
    pub fingerprint: Fingerprint,
    /// Makes it.
    pub bytes: Box<dyn Fn() -> Vec<u8> + 'a>,
}

/// What a file that is no page is made of.
pub fn material(plan: &Plan, maker: Maker) -> Material<'_> {
    match maker {
        Maker::Sitemap(number) => Material {
            fingerprint: vec![("addresses", plan.sitemap.digest(number))],
            bytes: Box::new(move || plan.sitemap.file(number).into_bytes()),
        },
    }
}

/// Every template that a theme must have.
pub const TEMPLATES: [&str; 21] = [
    "404.html",
    "achievement.html",
    "archive.html",
    "belongs.html",
    "bottom.html",
    "cover.html",
    "document.html",
    "header.html",
    "home.html",
    "index.html",
    "lesson.html",
    "limitation.html",
    "map.html",
    "notices.html",
    "redirect.html",
    "report.html",
    "target.html",
    "task.html",
    "term.html",
    "top.html",
    "unit.html",
];

//! The cover of what an archive holds of a term: which term this is, whose, and what lies behind it.
//!
//! It stands where a site has its home page, so that who opens the folder in fifty years begins here. It speaks only of what is
//! in the excerpt ([`super::excerpt`]).

use serde::Serialize;

use super::card::{self, ReportCard};
use super::frame::{Frame, Sign};
use super::index::{Lists, Subject};
use super::link::count;
use super::link::{Dated, Link, plural};
use super::names::Names;
use crate::graph::{Node, Site};
use crate::path::OutputPath;

/// The cover.
#[derive(Debug, Serialize)]
pub struct CoverView {
    /// Its frame.
    pub page: Frame,
    /// The term's page.
    pub term: Link,
    /// The unit's name.
    pub unit: String,
    /// First day.
    pub from: Dated,
    /// Last day.
    pub until: Dated,
    /// The reports, by time.
    pub reports: Vec<ReportCard>,
    /// The lists that are not empty.
    pub lists: Vec<ListLink>,
}

/// A list.
#[derive(Debug, Serialize)]
pub struct ListLink {
    /// `targets` … `documents`.
    pub name: &'static str,
    /// Its first page.
    pub href: String,
    /// How many it holds.
    pub count: String,
}

/// Fills the cover of a term.
pub fn fill(site: &Site, names: &Names, lists: &Lists, here: &OutputPath, term: usize) -> CoverView {
    let node = &site.graph.terms[term];
    let sign = Sign {
        kind: "cover",
        title: names.name(site, Node::Term(term)),
        nav: "home",
        crumbs: Vec::new(),
        unit: Some(&node.unit),
        term: None,
    };
    let whole = lists.all.iter().filter(|list| list.facet == "all");
    let list = |list: &super::index::List| ListLink {
        name: match list.subject {
            Subject::Items(kind) => plural(kind),
            Subject::Documents => "documents",
        },
        href: list.parts[0].href_from(here),
        count: count(site, list.entries.len()),
    };
    CoverView {
        page: Frame::new(site, names, here, sign),
        term: card::term_link(names, here, term),
        unit: names.unit_of(site, term).to_owned(),
        from: Dated::day(node.from, site.config.language),
        until: Dated::day(node.until, site.config.language),
        reports: node.reports.iter().map(|r| card::report(site, names, here, *r)).collect(),
        lists: whole.map(list).collect(),
    }
}

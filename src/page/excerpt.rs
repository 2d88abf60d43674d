//! The excerpt of a site that an archive holds: one term with its reports, items and documents, their lists, and a cover.
//!
//! Every page keeps the address that it has on the site, so that links between them stay as they are. Links to pages that are
//! left out are taken care of by whoever writes the excerpt. Lists are those of the site confined to the term.

use std::collections::BTreeMap;

use super::address::{file_path, static_path};
use super::artifact::{Artifact, Spec};
use super::frame::{self, Common};
use super::index::{Lists, Scope};
use super::names::Names;
use super::plan::Plan;
use super::sitemap::Sitemap;
use crate::graph::{Node, Site, listing};
use crate::path::OutputPath;
use crate::theme::Theme;
use crate::vietnamese::collate::Collation;

/// The plan of the excerpt of a term. All attachments of the site are in it: which of them its pages use shows in their
/// links.
pub fn plan(site: &Site, theme: &Theme, term: usize) -> Plan {
    let collation = Collation::new(site.config.language);
    let names = Names::of(site, &theme.labels, &collation);
    let scope = Scope { term, documents: listing::cited_by(site, Node::Term(term)) };
    let lists = Lists::of(site, &names, &collation, Some(&scope));
    Plan {
        artifacts: artifacts(site, theme, &names, &lists, &scope),
        vicinities: frame::of_items(site, &names),
        names,
        lists,
        redirects: Vec::new(),
        sitemap: Sitemap::default(),
    }
}

fn artifacts(
    site: &Site,
    theme: &Theme,
    names: &Names,
    lists: &Lists,
    scope: &Scope,
) -> BTreeMap<OutputPath, Artifact> {
    let node = &site.graph.terms[scope.term];
    let mut artifacts = BTreeMap::new();
    for file in theme.statics.keys() {
        artifacts.insert(static_path(file), Artifact::Static(file.clone()));
    }
    for path in &site.graph.used {
        artifacts.insert(file_path(path), Artifact::Copy(path.clone()));
    }
    for (path, spec) in lists.pages() {
        artifacts.insert(path.clone(), Artifact::Page(spec));
    }
    let nodes = [Node::Term(scope.term)].into_iter();
    let nodes = nodes.chain(node.reports.iter().map(|r| Node::Report(*r)));
    let nodes = nodes.chain(node.items.iter().map(|i| Node::Item(*i)));
    for node in nodes.chain(scope.documents.iter().map(|d| Node::Document(*d))) {
        artifacts.insert(names.addresses.get(node).clone(), Artifact::Page(Spec::Node(node)));
    }
    artifacts.insert(names.addresses.home.clone(), Artifact::Page(Spec::Cover(scope.term)));
    artifacts
}

/// What all pages of an excerpt share: a navigation that leads to nothing but its own pages.
pub fn common(site: &Site, plan: &Plan) -> Common {
    let mut common = frame::common(site, &plan.names);
    let is_there = |path: &str| plan.artifacts.keys().any(|own| own.as_str() == path);
    common.nav.retain(|link| is_there(&link.path));
    common.map.clear();
    common.archive.clear();
    common.is_excerpt = true;
    common
}

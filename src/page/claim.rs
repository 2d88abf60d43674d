//! Who gets which address: one registry gives each to the first claimant and names both to the second.

use std::collections::BTreeMap;

use super::plan::{Artifact, Plan, Spec, static_path};
use super::sitemap::Sitemap;
use crate::graph::{Node, Site};
use crate::path::OutputPath;
use crate::problem::{Finding, Problem, Problems};
use crate::source::{FileId, Span};
use crate::vietnamese::Language;

/// Where the claimant of an address is to be found.
enum Claimant {
    File(FileId),
    Place(Span),
    Path(String),
    Nobody,
}

struct Registry<'a> {
    by_fold: BTreeMap<String, String>,
    artifacts: &'a mut BTreeMap<OutputPath, Artifact>,
    problems: Problems,
}

impl Registry<'_> {
    /// Gives an address to `name`, or reports who has it already. Addresses that differ in case alone are one on Windows.
    fn claim(&mut self, path: &OutputPath, artifact: Artifact, name: String, who: Claimant) {
        let folded = path.as_str().to_lowercase();
        if let Some(other) = self.by_fold.get(&folded) {
            let finding = Finding::AddressTaken { address: path.to_string(), other: other.clone() };
            match who {
                Claimant::File(file) => self.problems.add(finding, Span::start_of(file)),
                Claimant::Place(span) => self.problems.add(finding, span),
                Claimant::Path(at) => self.problems.push(Problem::at_path(finding, at)),
                Claimant::Nobody => {}
            }
            return;
        }
        self.by_fold.insert(folded, name);
        self.artifacts.insert(path.clone(), artifact);
    }
}

/// Gives every file of the site its address; the second claimant of one is a problem.
pub fn claim_all(site: &Site, statics: &[String], plan: &mut Plan) -> Problems {
    let mut artifacts = BTreeMap::new();
    let mut registry =
        Registry { by_fold: BTreeMap::new(), artifacts: &mut artifacts, problems: Problems::default() };
    let page = |spec| Artifact::Page(spec);
    let own = if site.config.language == Language::Vi {
        "trang chung của website"
    } else {
        "a page of the site itself"
    };
    let not_found = OutputPath::new(["404.html"]);
    let home = page(Spec::Node(Node::Home));
    for (path, artifact) in [
        (&plan.addresses.home, home),
        (&plan.map, page(Spec::Map)),
        (&plan.archive, page(Spec::Archive)),
        (&not_found, page(Spec::NotFound)),
    ] {
        registry.claim(path, artifact, own.to_owned(), Claimant::Nobody);
    }
    for file in statics {
        let path = static_path(file);
        registry.claim(&path, Artifact::Static(file.clone()), format!("themes/{file}"), Claimant::Nobody);
    }
    for (at, list) in plan.lists.iter().enumerate() {
        for (part, path) in list.parts.iter().enumerate() {
            registry.claim(path, page(Spec::Index(at, part)), own.to_owned(), Claimant::Nobody);
        }
    }
    claim_nodes(site, plan, &mut registry);
    claim_files(site, plan, &mut registry);
    let sitemap = Sitemap::of(site, registry.artifacts);
    for (number, path) in sitemap.paths().into_iter().enumerate() {
        registry.claim(&path, Artifact::Sitemap(number), own.to_owned(), Claimant::Nobody);
    }
    let problems = registry.problems;
    plan.artifacts = artifacts;
    plan.sitemap = sitemap;
    problems
}

/// Attachments and pages at old addresses: they come last, so that a page is never displaced by an old address.
fn claim_files(site: &Site, plan: &Plan, registry: &mut Registry<'_>) {
    for path in &site.graph.used {
        let address = OutputPath::new(path.parts().skip(1));
        registry.claim(
            &address,
            Artifact::Copy(path.clone()),
            path.to_string(),
            Claimant::Path(path.to_string()),
        );
    }
    for (at, redirect) in plan.redirects.iter().enumerate() {
        registry.claim(
            &redirect.from,
            Artifact::Page(Spec::Redirect(at)),
            site.graph.paths.get(&redirect.span.file).map(ToString::to_string).unwrap_or_default(),
            Claimant::Place(redirect.span),
        );
    }
}

fn claim_nodes(site: &Site, plan: &Plan, registry: &mut Registry<'_>) {
    let (library, graph) = (&site.library, &site.graph);
    let path_of = |file: FileId| graph.paths.get(&file).map(ToString::to_string).unwrap_or_default();
    let mut claim = |node: Node, name: String, who: Claimant| {
        registry.claim(plan.addresses.get(node), Artifact::Page(Spec::Node(node)), name, who);
    };
    for (at, unit) in library.units.iter().enumerate() {
        claim(Node::Unit(at), path_of(unit.file), Claimant::File(unit.file));
    }
    for (at, term) in graph.terms.iter().enumerate() {
        let name = format!("{}/{}", term.unit, term.id);
        let who = Claimant::Path(format!("content/{name}"));
        claim(Node::Term(at), name, who);
    }
    for at in graph.stated.keys() {
        let file = library.reports[*at].file;
        claim(Node::Report(*at), path_of(file), Claimant::File(file));
    }
    for (at, item) in graph.items.iter().enumerate() {
        let name = format!("{}/{}#{}", item.key.unit, item.key.term, item.key.id);
        claim(Node::Item(at), name, Claimant::Place(item.history[0].own(library).id.span));
    }
    for (at, entry) in graph.register().entries.iter().enumerate() {
        claim(Node::Document(at), entry.key.number.clone(), Claimant::Place(entry.listed[0].1.number.span));
    }
}

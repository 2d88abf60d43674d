//! Who gets which address: one registry gives each to the first claimant and names both to the second.

use super::frame::KINDS;
use super::plan::{Artifact, Plan, Spec, file_path, static_path};
use super::sitemap::Sitemap;
use crate::graph::{ItemIx, Node, Site};
use crate::path::{ContentPath, OutputPath};
use crate::problem::{Finding, Problem, Problems};
use crate::source::{FileId, Span};
use crate::vietnamese::Language;

/// Gives every file of the site its address; the second claimant of one is a problem.
pub fn claim_all(site: &Site, statics: &[String], plan: &mut Plan) -> Problems {
    let mut sorted = claims(site, statics, plan);
    let own = if site.config.language == Language::Vi {
        "trang chung của website"
    } else {
        "a page of the site itself"
    };
    // Addresses that differ in case alone are one on Windows; of equal ones the first claimed stays first.
    sorted.sort_by(|a, b| a.folded().cmp(b.folded()));
    let mut problems = Problems::default();
    let mut given: Vec<Claim> = Vec::with_capacity(sorted.len());
    let mut refuse = |site: &Site, plan: &Plan, path: &OutputPath, other: &Artifact, artifact: &Artifact| {
        let (other, address) = (name_of(site, plan, other, own), path.to_string());
        tell(site, plan, artifact, Finding::AddressTaken { address, other }, &mut problems);
    };
    for claim in sorted {
        match given.last().filter(|before| before.folded() == claim.folded()) {
            Some(other) => refuse(site, plan, &claim.path, &other.artifact, &claim.artifact),
            None => given.push(claim),
        }
    }
    let sitemap = Sitemap::of(site, given.iter().map(|claim| (&claim.path, &claim.artifact)));
    let mut of_sitemap = Vec::new();
    for (number, path) in sitemap.paths().into_iter().enumerate() {
        let claim = Claim::new(path, Artifact::Sitemap(number));
        match given.binary_search_by(|before| before.folded().cmp(claim.folded())) {
            Ok(at) => refuse(site, plan, &claim.path, &given[at].artifact, &claim.artifact),
            Err(_) => of_sitemap.push(claim),
        }
    }
    let artifacts = given.into_iter().chain(of_sitemap).map(|claim| (claim.path, claim.artifact));
    plan.artifacts = artifacts.collect();
    plan.sitemap = sitemap;
    problems
}

/// A file of the site and the address that it claims.
struct Claim {
    path: OutputPath,
    /// The address as systems see it that do not tell capitals apart, where that differs.
    folded: Option<Box<str>>,
    artifact: Artifact,
}

impl Claim {
    fn new(path: OutputPath, artifact: Artifact) -> Self {
        let has_capitals = path.as_str().bytes().fold(false, |any, b| any | b.is_ascii_uppercase());
        let is_other = has_capitals || !path.as_str().is_ascii();
        let folded = is_other.then(|| path.as_str().to_lowercase().into());
        Self { path, folded, artifact }
    }

    fn folded(&self) -> &str {
        self.folded.as_deref().unwrap_or(self.path.as_str())
    }
}

/// Every file with the address that it claims. Attachments and pages at old addresses come last, so that a page is never
/// displaced by an old address.
fn claims(site: &Site, statics: &[String], plan: &Plan) -> Vec<Claim> {
    let (library, graph) = (&site.library, &site.graph);
    let page = |path: &OutputPath, spec| Claim::new(path.clone(), Artifact::Page(spec));
    let mut claims = vec![
        page(&plan.addresses.home, Spec::Node(Node::Home)),
        page(&plan.map, Spec::Map),
        page(&plan.archive, Spec::Archive),
        page(&OutputPath::new(["404.html"]), Spec::NotFound),
    ];
    claims.extend(statics.iter().map(|file| Claim::new(static_path(file), Artifact::Static(file.clone()))));
    for (at, list) in plan.lists.iter().enumerate() {
        let parts = list.parts.iter().enumerate();
        claims.extend(parts.map(|(part, path)| page(path, Spec::Index(at, part))));
    }
    let nodes = (0..library.units.len()).map(Node::Unit);
    let nodes = nodes.chain((0..graph.terms.len()).map(Node::Term));
    let nodes = nodes.chain(graph.stated.keys().map(|at| Node::Report(*at)));
    let nodes = nodes.chain(items(site, plan).map(Node::Item));
    let nodes = nodes.chain((0..graph.register().entries.len()).map(Node::Document));
    claims.extend(nodes.map(|node| page(plan.addresses.get(node), Spec::Node(node))));
    let copy = |path: &ContentPath| Claim::new(file_path(path), Artifact::Copy(path.clone()));
    claims.extend(graph.used.iter().map(copy));
    let redirects = plan.redirects.iter().enumerate();
    claims.extend(redirects.map(|(at, redirect)| page(&redirect.from, Spec::Redirect(at))));
    claims
}

/// The items in the order of their addresses, but for ids of which one begins with the other: the sort finds them sorted.
fn items<'a>(site: &'a Site, plan: &'a Plan) -> impl Iterator<Item = ItemIx> + 'a {
    let mut kinds = KINDS.map(|(kind, _)| kind);
    kinds.sort_by_key(|kind| plan.words.kind(*kind));
    site.graph.terms.iter().flat_map(move |term| {
        let of_kind = move |kind| term.items.iter().copied().filter(move |at| plan.briefs[*at].kind == kind);
        kinds.into_iter().flat_map(of_kind)
    })
}

fn path_of(site: &Site, file: FileId) -> String {
    site.graph.paths.get(&file).map(ToString::to_string).unwrap_or_default()
}

/// What claims an address, in words.
fn name_of(site: &Site, plan: &Plan, artifact: &Artifact, own: &str) -> String {
    let (library, graph) = (&site.library, &site.graph);
    match artifact {
        Artifact::Static(file) => format!("themes/{file}"),
        Artifact::Copy(path) => path.to_string(),
        Artifact::Page(Spec::Redirect(at)) => path_of(site, plan.redirects[*at].span.file),
        Artifact::Page(Spec::Node(node)) => match *node {
            Node::Home => own.to_owned(),
            Node::Unit(at) => path_of(site, library.units[at].file),
            Node::Term(at) => format!("{}/{}", graph.terms[at].unit, graph.terms[at].id),
            Node::Report(at) => path_of(site, library.reports[at].file),
            Node::Item(at) => {
                let key = &graph.items[at].key;
                format!("{}/{}#{}", key.unit, key.term, key.id)
            }
            Node::Document(at) => graph.register().entries[at].key.number.clone(),
        },
        Artifact::Page(_) | Artifact::Sitemap(_) => own.to_owned(),
    }
}

/// Reports a finding where what claims an address stands; pages of the site itself stand nowhere.
fn tell(site: &Site, plan: &Plan, artifact: &Artifact, finding: Finding, problems: &mut Problems) {
    let (library, graph) = (&site.library, &site.graph);
    match artifact {
        Artifact::Copy(path) => problems.push(Problem::at_path(finding, path.to_string())),
        Artifact::Page(Spec::Redirect(at)) => problems.add(finding, plan.redirects[*at].span),
        Artifact::Page(Spec::Node(node)) => match *node {
            Node::Home => {}
            Node::Unit(at) => problems.add(finding, Span::start_of(library.units[at].file)),
            Node::Term(at) => {
                let term = &graph.terms[at];
                problems.push(Problem::at_path(finding, format!("content/{}/{}", term.unit, term.id)));
            }
            Node::Report(at) => problems.add(finding, Span::start_of(library.reports[at].file)),
            Node::Item(at) => problems.add(finding, graph.items[at].history[0].own(library).id.span),
            Node::Document(at) => {
                problems.add(finding, graph.register().entries[at].listed[0].1.number.span);
            }
        },
        Artifact::Page(_) | Artifact::Static(_) | Artifact::Sitemap(_) => {}
    }
}

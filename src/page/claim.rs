//! Who gets which address: one registry gives each to the first claimant and names both to the second.

mod length;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use super::address::{file_path, static_path};
use super::artifact::{Artifact, Maker, Spec};
use super::index::Lists;
use super::link::KINDS;
use super::names::Names;
use super::redirect::Redirect;
use super::sitemap::Sitemap;
use crate::graph::{ItemIx, Node, Site};
use crate::path::{ContentPath, OutputPath};
use crate::problem::{Finding, Problem, Problems};
use crate::source::{FileId, Span};
use crate::theme::Static;
use crate::vietnamese::Language;

/// Every file of the site at its address.
#[derive(Debug)]
pub struct Claimed {
    /// The files by their addresses.
    pub artifacts: BTreeMap<OutputPath, Artifact>,
    /// The addresses of the site for machines.
    pub sitemap: Sitemap,
}

/// Who may claim an address.
struct Claimants<'a> {
    site: &'a Site,
    names: &'a Names,
    lists: &'a Lists,
    redirects: &'a [Redirect],
}

/// Gives every file of the site its address; the second claimant of one is a problem. `statics` are the files of the theme.
pub fn claim_all(
    site: &Site,
    statics: &BTreeMap<String, Static>,
    names: &Names,
    lists: &Lists,
    redirects: &[Redirect],
) -> (Claimed, Problems) {
    let claimants = Claimants { site, names, lists, redirects };
    let mut sorted = claimants.claims(statics);
    // Addresses that differ in case alone are one on Windows; of equal ones the first claimed stays first.
    sorted.sort_by(|a, b| a.folded().cmp(b.folded()));
    let mut problems = Problems::default();
    let mut given: Vec<Claim> = Vec::with_capacity(sorted.len());
    for claim in sorted {
        match given.last().filter(|before| before.folded() == claim.folded()) {
            Some(other) => claimants.refuse(&claim, claim.path.as_str(), other, &mut problems),
            None => given.push(claim),
        }
    }
    let sitemap = Sitemap::of(site, given.iter().map(|claim| (&claim.path, &claim.artifact)));
    let mut made = Vec::new();
    for (number, path) in sitemap.paths().into_iter().enumerate() {
        let claim = Claim::new(path, Artifact::Made(Maker::Sitemap(number)));
        match given.binary_search_by(|before| before.folded().cmp(claim.folded())) {
            Ok(at) => claimants.refuse(&claim, claim.path.as_str(), &given[at], &mut problems),
            Err(_) => made.push(claim),
        }
    }
    given.extend(made);
    given.sort_by(|a, b| a.folded().cmp(b.folded()));
    for (lost, address, kept) in misplaced(&given) {
        claimants.refuse(lost, &address, kept, &mut problems);
    }
    claimants.judge_lengths(&given, &mut problems);
    let artifacts = given.into_iter().map(|claim| (claim.path, claim.artifact)).collect();
    (Claimed { artifacts, sitemap }, problems)
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

    /// Who gives way where one's file is another's folder: old addresses, then attachments, never a page.
    fn rank(&self) -> u8 {
        match self.artifact {
            Artifact::Page(Spec::Redirect(_)) => 2,
            Artifact::Copy(_) => 1,
            Artifact::Page(_) | Artifact::Static(_) | Artifact::Made(_) => 0,
        }
    }
}

/// What cannot lie where it wants to because of another file, the address that both need, one as a file and one as a folder,
/// and that file. Each is named once.
fn misplaced(sorted: &[Claim]) -> Vec<(&Claim, String, &Claim)> {
    let mut told = BTreeSet::new();
    let judge = |nested: tree::Nested| {
        let (file, inner) = (&sorted[nested.file], &sorted[nested.inner]);
        let (lost, found) = match file.rank() > inner.rank() {
            true => (nested.file, (file, format!("{}/", file.path), inner)),
            false => (nested.inner, (inner, file.path.to_string(), file)),
        };
        told.insert(lost).then_some(found)
    };
    tree::nested(sorted.iter().map(Claim::folded)).into_iter().filter_map(judge).collect()
}

impl Claimants<'_> {
    /// Every file with the address that it claims. Attachments and pages at old addresses come last, so that a page is never
    /// displaced by an old address.
    fn claims(&self, statics: &BTreeMap<String, Static>) -> Vec<Claim> {
        let (library, graph) = (&self.site.library, &self.site.graph);
        let page = |path: &OutputPath, spec| Claim::new(path.clone(), Artifact::Page(spec));
        let mut claims = vec![
            page(&self.names.addresses.home, Spec::Node(Node::Home)),
            page(&self.names.map, Spec::Map),
            page(&self.names.archive, Spec::Archive),
            page(&OutputPath::new(["404.html"]), Spec::NotFound),
        ];
        let of_theme = |file: &String| Claim::new(static_path(file), Artifact::Static(file.clone()));
        claims.extend(statics.keys().map(of_theme));
        claims.extend(self.lists.pages().map(|(path, spec)| page(path, spec)));
        let nodes = (0..library.units.len()).map(Node::Unit);
        let nodes = nodes.chain((0..graph.terms.len()).map(Node::Term));
        let nodes = nodes.chain(graph.stated.keys().map(|at| Node::Report(*at)));
        let nodes = nodes.chain(self.items().map(Node::Item));
        let nodes = nodes.chain((0..graph.register().entries.len()).map(Node::Document));
        claims.extend(nodes.map(|node| page(self.names.addresses.get(node), Spec::Node(node))));
        let copy = |path: &ContentPath| Claim::new(file_path(path), Artifact::Copy(path.clone()));
        claims.extend(graph.used.iter().map(copy));
        let redirects = self.redirects.iter().enumerate();
        claims.extend(redirects.map(|(at, redirect)| page(&redirect.from, Spec::Redirect(at))));
        claims
    }

    /// The items in the order of their addresses, but for ids of which one begins with the other: the sort finds them sorted.
    fn items(&self) -> impl Iterator<Item = ItemIx> + '_ {
        let mut kinds = KINDS.map(|(kind, _)| kind);
        kinds.sort_by_key(|kind| self.names.words.kind(*kind));
        self.site.graph.terms.iter().flat_map(move |term| {
            let of_kind =
                move |kind| term.items.iter().copied().filter(move |at| self.names.briefs[*at].kind == kind);
            kinds.into_iter().flat_map(of_kind)
        })
    }

    /// Tells the second claimant of an address of the first.
    fn refuse(&self, claim: &Claim, address: &str, other: &Claim, problems: &mut Problems) {
        let finding =
            Finding::AddressTaken { address: address.to_owned(), other: self.name_of(&other.artifact) };
        self.tell(&claim.artifact, finding, problems);
    }

    fn path_of(&self, file: FileId) -> String {
        self.site.graph.paths.get(&file).map(ToString::to_string).unwrap_or_default()
    }

    /// What claims an address, in words.
    fn name_of(&self, artifact: &Artifact) -> String {
        let (library, graph) = (&self.site.library, &self.site.graph);
        let own = || match self.site.config.language {
            Language::Vi => "trang chung của website".to_owned(),
            Language::En => "a page of the site itself".to_owned(),
        };
        match artifact {
            Artifact::Static(file) => self.static_source(file),
            Artifact::Copy(path) => path.to_string(),
            Artifact::Page(Spec::Redirect(at)) => self.path_of(self.redirects[*at].span.file),
            Artifact::Page(Spec::Node(node)) => match *node {
                Node::Home => own(),
                Node::Unit(at) => self.path_of(library.units[at].file),
                Node::Term(at) => format!("{}/{}", graph.terms[at].unit, graph.terms[at].id),
                Node::Report(at) => self.path_of(library.reports[at].file),
                Node::Item(at) => {
                    let key = &graph.items[at].key;
                    format!("{}/{}#{}", key.unit, key.term, key.id)
                }
                Node::Document(at) => graph.register().entries[at].key.number.clone(),
            },
            Artifact::Page(_) | Artifact::Made(_) => own(),
        }
    }

    /// Reports a finding where what claims an address stands; pages of the site itself stand nowhere.
    fn tell(&self, artifact: &Artifact, finding: Finding, problems: &mut Problems) {
        let (library, graph) = (&self.site.library, &self.site.graph);
        match artifact {
            Artifact::Copy(path) => problems.push(Problem::at_path(finding, path.to_string())),
            Artifact::Page(Spec::Redirect(at)) => problems.add(finding, self.redirects[*at].span),
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
            Artifact::Static(file) => problems.push(Problem::at_path(finding, self.static_source(file))),
            Artifact::Page(_) | Artifact::Made(_) => {}
        }
    }

    /// Where a file of the theme lies in the project.
    fn static_source(&self, file: &str) -> String {
        format!("themes/{}/static/{file}", self.site.config.theme.value)
    }
}

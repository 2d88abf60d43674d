//! What pages can read, each part with a digest, and the outline by which parts are found.
//!
//! [`crate::trace`] says which parts a page read. Here each part gets the digest of what it came from: front matter and bodies
//! those of their bytes, what was linked and planned that of its numbers together with the front matter behind it. A digest
//! that changes without need costs the filling of a page; one that stays although its part changed would show an old page, so
//! each is taken of everything that its part is made of.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;

use super::plan::Plan;
use crate::digest;
use crate::graph::item::Item;
use crate::graph::{Graph, Node, Site};
use crate::model::library::Library;
use crate::model::term::Term;
use crate::source::{FileId, Source, Sources};
use crate::trace::{Inputs, Numbered, kind};
use crate::vietnamese::date::Date;
use crate::yaml::front;

/// The digests of both parts of every text, by the file's number.
struct Texts {
    fronts: Vec<u64>,
    bodies: Vec<u64>,
}

/// Every part of a site that pages may read.
pub fn of(sources: &Sources, site: &Site, plan: &Plan) -> Inputs {
    let texts = texts(sources);
    let mut parts = vec![Vec::new(); usize::from(kind::COUNT)];
    let mut put = |kind: u8, digests: Vec<u64>| parts[usize::from(kind)] = digests;
    let (library, graph) = (&site.library, &site.graph);
    put(kind::UNIT, library.units.keys(|u| texts.front(u.file)).collect());
    put(kind::TERM, library.terms.keys(|t| one(&(t.file.map_or(0, |f| texts.front(f)), seals(t)))).collect());
    put(kind::REPORT, library.reports.keys(|r| texts.front(r.file)).collect());
    put(kind::LINEAGE, vec![all_of(library.units.keys(|u| texts.front(u.file)))]);
    put(kind::REGISTER, vec![register(library, graph, &texts)]);
    let item = |item: &Item| {
        let said = item.history.iter().map(|s| {
            let report = library.reports.key_of(s.report).file;
            (s.report, s.statement, texts.front(report))
        });
        of_all(said)
    };
    // What takes longest, side by side.
    let items = || graph.items.par_iter().map(item).collect();
    let (outline, ((items, of_graph), of_plan)) = rayon::join(
        || outline(site, plan, &texts),
        || rayon::join(|| rayon::join(items, || linked(graph)), || plan.parts()),
    );
    put(kind::ITEM, items);
    of_graph.into_iter().chain(of_plan).for_each(|(kind, digests)| put(kind, digests));
    put(kind::BODY, texts.bodies.clone());
    let everything = parts.iter().map(|digests| all_of(digests.iter().copied())).collect();
    Inputs { outline, parts, everything }
}

/// The seals of a term. They are parts of their own: a file that says nothing but them is none of the term's.
fn seals(term: &Term) -> Vec<(Date, &str)> {
    let all = term.frozen.iter().flat_map(|f| {
        std::iter::once((f.date, f.seal.as_str())).chain(f.earlier.iter().map(|s| (s.date, s.seal.as_str())))
    });
    all.collect()
}

/// The digest of anything that can be hashed. It need not outlive this version of the program.
pub(super) fn one(value: &(impl Hash + ?Sized)) -> u64 {
    of_all(std::iter::once(value))
}

fn of_all(values: impl Iterator<Item = impl Hash>) -> u64 {
    let mut bytes = Gathered::default();
    values.for_each(|value| value.hash(&mut bytes));
    bytes.finish()
}

/// Gathers what a value hashes, in order, and takes the digest of the whole.
#[derive(Default)]
struct Gathered(Vec<u8>);

/// Bytes that are gathered before they give way to their digest: an outline is megabytes, each of which the system would have
/// to clear first.
const GATHERED_BYTES: usize = 1 << 15;

impl Hasher for Gathered {
    fn write(&mut self, bytes: &[u8]) {
        if self.0.len() >= GATHERED_BYTES {
            let so_far = self.finish();
            self.0.clear();
            self.0.extend_from_slice(&so_far.to_le_bytes());
        }
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        digest::short(&self.0)
    }
}

fn all_of(digests: impl Iterator<Item = u64>) -> u64 {
    of_all(digests)
}

impl Texts {
    fn front(&self, file: FileId) -> u64 {
        self.fronts[file.number()]
    }
}

/// The digests of all texts.
fn texts(sources: &Sources) -> Texts {
    let all: Vec<&Source> = sources.iter().map(|(_, source)| source).collect();
    let (fronts, bodies) = all.par_iter().map(|source| source.digests(front::digests)).unzip();
    Texts { fronts, bodies }
}

/// All documents: their keys, who lists them, and the front matter that says how.
fn register(library: &Library, graph: &Graph, texts: &Texts) -> u64 {
    let front = |node: Node| match node {
        Node::Unit(at) => texts.front(library.units.key_of(at).file),
        Node::Report(at) => texts.front(library.reports.key_of(at).file),
        Node::Term(at) => {
            let file = graph.terms.key_of(at).library.and_then(|t| library.terms.key_of(t).file);
            file.map_or(0, |f| texts.front(f))
        }
        Node::Home | Node::Item(_) | Node::Document(_) => 0,
    };
    let entries = &graph.register().entries;
    of_all(entries.iter().flat_map(|e| e.listed.iter().map(move |(node, _)| (&e.key, *node, front(*node)))))
}

/// What the linking made: by numbers alone, since what they lead to is read there.
fn linked(graph: &Graph) -> Vec<(u8, Vec<u64>)> {
    let term = |t: &crate::graph::TermNode| one(&(t.from, t.until, t.library, &t.reports, &t.items));
    let mut parts = vec![
        (kind::TERM_NODE, graph.terms.keys(term).collect()),
        (kind::END, graph.ends.keys(one).collect()),
        (kind::OUT, graph.out.keys(one).collect()),
        (kind::BACK, graph.back.keys(one).collect()),
        (kind::HEADINGS, dense(graph.headings.all().map(|(at, v)| (*at, one(v))))),
        (kind::STATED, dense(graph.stated.all().map(|(at, v)| (*at, one(v))))),
        (kind::RETOLD, dense(graph.retold.all().map(|(at, v)| (*at, one(v))))),
    ];
    for behind in 0..6 {
        let of_kind = graph.mentions.all().filter_map(|(node, mentions)| {
            let (kind, place) = node.number();
            (kind == behind).then(|| (place, one(mentions)))
        });
        parts.push((kind::MENTIONS + behind, dense(of_kind)));
    }
    parts
}

/// Digests by place, zero where there is nothing.
fn dense(found: impl Iterator<Item = (usize, u64)>) -> Vec<u64> {
    let mut all = Vec::new();
    for (place, digest) in found {
        if all.len() <= place {
            all.resize(place + 1, 0);
        }
        all[place] = digest;
    }
    all
}

/// Everything by which parts are found: what is configured, all keys and addresses, what lies in the folders.
fn outline(site: &Site, plan: &Plan, texts: &Texts) -> u64 {
    let (library, graph) = (&site.library, &site.graph);
    let mut hasher = Gathered::default();
    format!("{:?}", site.config).hash(&mut hasher);
    library.home.as_ref().map(|home| (home.file, texts.front(home.file))).hash(&mut hasher);
    library.units.keys(|u| (&u.id, u.file)).for_each(|key| key.hash(&mut hasher));
    library.terms.keys(|t| (&t.unit, &t.id, t.file)).for_each(|key| key.hash(&mut hasher));
    library.reports.keys(|r| (&r.unit, &r.term, &r.id, r.file)).for_each(|key| key.hash(&mut hasher));
    graph.terms.keys(|t| (&t.unit, &t.id)).for_each(|key| key.hash(&mut hasher));
    graph.items.keys(|i| (i.term, i.key.kind, &i.key.id)).for_each(|key| key.hash(&mut hasher));
    graph.stated.keys().for_each(|key| key.hash(&mut hasher));
    graph.register().entries.iter().for_each(|e| e.key.hash(&mut hasher));
    (&graph.old_ids, &graph.files, &graph.paths, &graph.assets, &graph.refused, &graph.used)
        .hash(&mut hasher);
    plan.redirects.iter().for_each(|r| (&r.from, r.to).hash(&mut hasher));
    plan.outline(&mut hasher);
    hasher.finish()
}

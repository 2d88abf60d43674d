//! Archives: a past term as a BagIt bag that opens, checks and explains itself without this program, sealed.
//!
//! [`archive`] makes the site by the pipeline, takes the excerpt of the term ([`site`]), adds the sources ([`sources`]) and the
//! items as data ([`items`]), and lays a bag ([`bag`], [`info`]) in a folder that nobody looks at ([`stage`], `work`). It is read back
//! ([`recheck`]) before it gets its name; then the term's `_index.md` notes what was sealed ([`frozen`]), from where on every build
//! watches it. The same content gives the same bytes: no clock, no path of the machine. An archive is whole or absent.
//! [`verify`] checks a bag, a zip of one or a WACZ, whoever made it.

pub mod bag;
pub mod frozen;
pub mod info;
pub mod items;
pub mod link;
pub mod recheck;
pub mod site;
pub mod sources;
pub mod stage;
pub mod verify;
pub mod wacz;
pub mod warc;
mod work;
pub mod zip;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::fs::lock::{Lock, Patience};
use crate::fs::site::read_site;
use crate::fs::{Action, Failure};
use crate::graph::Graph;
use crate::model::id::{TermId, UnitId};
use crate::model::library::Library;
use crate::model::term::{Frozen, Seal};
use crate::output::place::{self, Refusal};
use crate::path::ContentPath;
use crate::pipeline::{self, Ready};
use crate::problem::Problems;
use crate::source::Sources;
use crate::vietnamese::Language;
use crate::vietnamese::date::Date;

use work::Work;

/// What is to be archived, and how.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// The project's folder.
    pub root: &'a Path,
    /// `unit/term`
    pub term: &'a str,
    /// The folder of the bag, where it is named.
    pub output: Option<&'a Path>,
    /// The date of the archive, where it is named.
    pub date: Option<Date>,
    /// Whom to ask about it.
    pub contact: Option<&'a str>,
    /// Whether a sealed term is sealed anew.
    pub is_again: bool,
    /// Whether to make a zip of the bag.
    pub with_zip: bool,
    /// Whether to make a WACZ of its pages.
    pub with_wacz: bool,
    /// Set by whoever wants to stop.
    pub stop: &'a AtomicBool,
}

/// Why there is no archive.
#[derive(Debug)]
pub enum Trouble {
    /// The content has errors; its sources, to show where.
    Content(Box<(Problems, Sources)>),
    /// The disk failed.
    Disk(Failure),
    /// The place is refused.
    Place(Refusal),
    /// There is no such term; those that there are.
    NoTerm(Vec<String>),
    /// No report of the term is published.
    NoReport,
    /// Something else stands there.
    Taken(PathBuf),
    /// The term was sealed on this day, and its archive would now be another one.
    Sealed(Date),
    /// The front matter of this file is written in braces.
    Braces(ContentPath),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Disk(failure)
    }
}

/// An archive that stands.
#[derive(Debug)]
pub struct Done {
    /// Warnings of the content, and its sources.
    pub problems: Problems,
    /// What was read.
    pub sources: Sources,
    /// The folder of the bag.
    pub folder: PathBuf,
    /// How many files it has.
    pub files: usize,
    /// Bytes of all of them.
    pub bytes: u64,
    /// The SHA-256 of its last tag manifest, in 64 hexadecimal digits.
    pub seal: String,
    /// Files beside it: zip, WACZ.
    pub beside: Vec<PathBuf>,
    /// Whether the very same bag stood there already.
    pub is_same: bool,
    /// Where the bag before it was put.
    pub moved: Option<PathBuf>,
    /// Whether none of its reports looks back on the whole term.
    pub is_early: bool,
    /// The file that now notes the seal, where it was written.
    pub noted: Option<ContentPath>,
}

/// Makes an archive. When it returns, everything is on the disk and was read back.
///
/// # Errors
/// Says why there is none; nothing was changed then, but for what a failing disk left half done in the names.
pub fn archive(order: &Order<'_>) -> Result<Done, Trouble> {
    let lock_place = order.root.join(place::STATE);
    crate::fs::site::expect_root(order.root)?;
    let _lock = Lock::take(&lock_place, &mut Patience::new(order.stop))?;
    let sources = read_site(order.root)?;
    let (ready, problems) = pipeline::prepare(&sources, false, None);
    let Some(ready) = ready.filter(|_| !problems.any_error(false)) else {
        return Err(Trouble::Content(Box::new((problems, sources))));
    };
    let term = find(&ready.site.graph, order.term)?;
    let before = frozen_of(&ready, term);
    let node = &ready.site.graph.terms[term];
    if node.reports.is_empty() {
        return Err(Trouble::NoReport);
    }
    let folder = format!("content/{}/{}/", node.unit, node.id);
    let output = output(order, &ready, term)?;
    let date = order.date.or(before.as_ref().filter(|_| !order.is_again).map(|f| f.date));
    let date = date.unwrap_or_else(|| latest(&ready.site.library, &ready.site.graph, term));
    let earlier = earlier(before.as_ref(), order.is_again);
    let (excerpt, found) = ready.excerpt(term);
    let made = match excerpt.filter(|_| !found.any_error(false)) {
        Some(ready) => site::make(&ready, &sources, order.root, &folder).map(|pages| (ready, pages)),
        None => Err(found),
    };
    let (ready, pages) = match made {
        Ok(made) => made,
        Err(found) => return Err(Trouble::Content(Box::new((found, sources)))),
    };
    let own = sources::gather(&ready.site, &sources, order.root, term, &pages.attachments)?;
    let work = Work { order, ready: &ready, sources: &sources, pages, own, term, date, earlier, output };
    let done = work.lay(before.as_ref())?;
    Ok(Done { problems, sources, ..done })
}

/// The number of the term that is named.
fn find(graph: &Graph, name: &str) -> Result<usize, Trouble> {
    let ids = name.trim_end_matches('/').split_once('/');
    let ids = ids.and_then(|(unit, term)| Some((UnitId::parse(unit)?, TermId::parse(term)?)));
    ids.and_then(|(unit, term)| graph.term(&unit, &term))
        .ok_or_else(|| Trouble::NoTerm(graph.terms.iter().map(|t| format!("{}/{}", t.unit, t.id)).collect()))
}

fn frozen_of(ready: &Ready, term: usize) -> Option<Frozen> {
    let at = ready.site.graph.terms[term].library?;
    ready.site.library.terms[at].frozen.clone()
}

/// Where the bag goes: named, or `luu-tru/<unit>-<term>` in the project's folder.
fn output(order: &Order<'_>, ready: &Ready, term: usize) -> Result<PathBuf, Trouble> {
    let node = &ready.site.graph.terms[term];
    let above = if ready.site.config.language == Language::Vi { "luu-tru" } else { "archive" };
    let output = order
        .output
        .map_or_else(|| order.root.join(above).join(format!("{}-{}", node.unit, node.id)), Path::to_owned);
    place::check_place(order.root, &output, &place::homes()).map_err(Trouble::Place)?;
    Ok(place::plain(&output).map_err(Failure::of(Action::Examine, &output))?)
}

/// The latest day that the term's own files name.
fn latest(library: &Library, graph: &Graph, term: usize) -> Date {
    let node = &graph.terms[term];
    let reports = node.reports.iter().map(|at| &library.reports[*at]);
    let days = reports.flat_map(|report| {
        let errata = report.errata.iter().map(|e| e.date.value);
        [report.date.value, report.as_of.value].into_iter().chain(errata)
    });
    days.max().unwrap_or(node.until)
}

/// The seals before the one that is made.
fn earlier(before: Option<&Frozen>, is_again: bool) -> Vec<Seal> {
    let mut earlier = before.map(|f| f.earlier.clone()).unwrap_or_default();
    if let Some(last) = before.filter(|_| is_again) {
        earlier.push(Seal { date: last.date, seal: last.seal.clone() });
    }
    earlier
}

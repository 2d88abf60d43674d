//! Archives: a past term as a BagIt bag that opens, checks and explains itself without this program, sealed.
//!
//! [`archive`] makes the site by the pipeline, takes the excerpt of the term ([`site`]), adds the sources ([`sources`]) and the
//! data ([`data`]), and lays a bag ([`bag`], [`info`]) in a folder that nobody looks at ([`stage`]). It is read back
//! ([`recheck`]) before it gets its name; then the term's `_index.md` notes what was sealed ([`frozen`]), from where on every build
//! watches it. The same content gives the same bytes: no clock, no path of the machine. An archive is whole or absent.

pub mod bag;
pub mod csv;
pub mod data;
pub mod dictionary;
pub mod frozen;
pub mod info;
pub mod link;
pub mod recheck;
pub mod site;
pub mod sources;
pub mod stage;
pub mod wacz;
pub mod warc;
pub mod zip;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::fs::lock::{Lock, Patience};
use crate::fs::site::read_site;
use crate::fs::walk::{self, Kind};
use crate::fs::{Action, Cause, Failure, file};
use crate::graph::{Graph, Node};
use crate::model::id::{TermId, UnitId};
use crate::model::library::Library;
use crate::model::term::{Frozen, Seal};
use crate::output::place::{self, Refusal};
use crate::path::{ContentPath, OutputPath};
use crate::pipeline::{self, Ready};
use crate::problem::Problems;
use crate::source::Sources;
use crate::vietnamese::Language;
use crate::vietnamese::date::Date;

use bag::{Content, Laid};
use info::About;
use stage::Stage;

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

/// Everything that an archive is made of.
struct Work<'a> {
    order: &'a Order<'a>,
    ready: &'a Ready,
    sources: &'a Sources,
    pages: site::Pages,
    own: sources::Own,
    term: usize,
    date: Date,
    earlier: Vec<Seal>,
    output: PathBuf,
}

/// What is to be done with a name that something may bear already.
#[derive(PartialEq, Eq)]
enum Step {
    /// Nothing bears it.
    Place,
    /// The very same bears it.
    Keep,
    /// An older one bears it, which makes room.
    MakeRoom,
}

impl Work<'_> {
    /// Lays, reads back, compares, gives the names, notes the seal.
    fn lay(&self, before: Option<&Frozen>) -> Result<Done, Trouble> {
        let stage = Stage::begin(&self.output, self.order.stop)?;
        let payload = self.payload();
        let laid = bag::lay(&stage.bag(), &payload, &info::lines(&self.about()), self.order.stop)?;
        let name = self.output.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let mut endings = vec![""];
        if self.order.with_zip {
            let files = laid.files.iter().map(|(path, sums)| (path.as_str(), sums.bytes));
            zip::pack(&stage.bag(), files, &name, self.date, &stage.file("zip"))?;
            endings.push("zip");
        }
        if self.order.with_wacz {
            wacz::pack(&self.web(&laid, &stage.bag().join("data/site")), &stage.file("wacz"))?;
            endings.push("wacz");
        }
        stage.sync()?;
        if recheck::recheck(&stage.bag())? != laid.seal {
            return Err(Failure::new(Action::Examine, stage.bag(), Cause::NotAsRecorded).into());
        }
        let seal = format!("sha256:{}", laid.seal);
        if let Some(last) = before.filter(|last| !self.order.is_again && last.seal != seal) {
            return Err(Trouble::Sealed(last.date));
        }
        let note = self.note(&seal, before)?;
        let steps = endings.iter().map(|e| self.step(&stage, e, &laid)).collect::<Result<Vec<_>, _>>()?;
        let moved = self.make_room(&endings, &steps)?;
        for (ending, step) in endings.iter().zip(&steps) {
            if *step != Step::Keep {
                let from = if ending.is_empty() { stage.bag() } else { stage.file(ending) };
                stage::place(&from, &stage::beside(&self.output, ending))?;
            }
        }
        let noted = match note {
            Some((path, text)) => {
                file::replace(&self.order.root.join(path.as_str()), text.as_bytes(), true)?;
                Some(path)
            }
            None => None,
        };
        Ok(Done {
            problems: Problems::default(),
            sources: Sources::default(),
            folder: self.output.clone(),
            files: laid.files.len(),
            bytes: laid.bytes(),
            seal: laid.seal,
            beside: endings[1..].iter().map(|ending| stage::beside(&self.output, ending)).collect(),
            is_same: steps[0] == Step::Keep,
            moved,
            noted,
        })
    }

    fn about(&self) -> About<'_> {
        About {
            site: &self.ready.site,
            plan: &self.ready.plan,
            labels: &self.ready.theme.labels,
            term: self.term,
            date: self.date,
            contact: self.order.contact,
            attachments: &self.pages.attachments,
            earlier: &self.earlier,
        }
    }

    /// Everything below `data/`.
    fn payload(&self) -> BTreeMap<String, Content> {
        let mut payload = self.own.files.clone();
        for (path, content) in &self.pages.files {
            payload.insert(bag::path_in("site", path.as_str()), content.clone());
        }
        for (name, text) in data::files(&self.ready.site, &self.ready.plan, self.term) {
            payload.insert(format!("items/{name}"), Content::Bytes(text.into_bytes()));
        }
        payload
    }

    fn web<'a>(&'a self, laid: &'a Laid, folder: &'a Path) -> wacz::Web<'a> {
        let title = |path: &str| self.pages.titles.get(&OutputPath::verbatim(path)).map(String::as_str);
        let files = laid.files.iter().filter_map(|(path, sums)| {
            let path = path.strip_prefix("data/site/")?;
            Some((path, sums, title(path)))
        });
        wacz::Web {
            folder,
            files: files.collect(),
            base_url: &self.ready.site.config.base_url,
            main: self.ready.plan.addresses.get(Node::Term(self.term)).as_str(),
            title: &self.ready.site.config.title,
            date: self.date,
            software: info::SOFTWARE,
        }
    }

    /// The term's `_index.md` with its note; `None` where it has it already.
    fn note(&self, seal: &str, before: Option<&Frozen>) -> Result<Option<(ContentPath, String)>, Trouble> {
        let node = &self.ready.site.graph.terms[self.term];
        let path = ContentPath::new(["content", node.unit.as_str(), node.id.as_str(), "_index.md"]);
        let Some(path) = path.filter(|_| before.is_none_or(|last| last.seal != seal)) else {
            return Ok(None);
        };
        let text = match self.sources.find(&path) {
            Some(_) => Some(sources::raw(self.sources, self.order.root, &path)?),
            None => None,
        };
        let note = frozen::Note { date: self.date, seal, files: &self.own.sealed, earlier: &self.earlier };
        match frozen::with(text.as_deref(), &note, self.ready.site.config.language) {
            Some(text) => Ok(Some((path, text))),
            None => Err(Trouble::Braces(path)),
        }
    }

    /// What is to be done with the name of the bag, or of a file beside it. A bag of ours makes room only for one that seals
    /// its term anew, and only where it is still what it was.
    fn step(&self, stage: &Stage, ending: &str, laid: &Laid) -> Result<Step, Trouble> {
        let path = stage::beside(&self.output, ending);
        let kind = walk::kind(&path)?;
        let is_same = match (kind, ending) {
            (None, _) => return Ok(Step::Place),
            (Some(Kind::Folder), "") => match recheck::recheck(&path) {
                Ok(seal) if seal == laid.seal => true,
                Ok(_) => false,
                Err(_) => return Err(Trouble::Taken(path)),
            },
            (Some(Kind::File), ending) if !ending.is_empty() => {
                bag::sums(&path)? == bag::sums(&stage.file(ending))?
            }
            _ => return Err(Trouble::Taken(path)),
        };
        match (is_same, self.order.is_again) {
            (true, _) => Ok(Step::Keep),
            (false, true) => Ok(Step::MakeRoom),
            (false, false) => Err(Trouble::Taken(path)),
        }
    }

    /// Gives what makes room a number, the same for the bag and the files beside it.
    fn make_room(&self, endings: &[&str], steps: &[Step]) -> Result<Option<PathBuf>, Failure> {
        if !steps.contains(&Step::MakeRoom) {
            return Ok(None);
        }
        let number = stage::free_number(&self.output, &["", "zip", "wacz"])?;
        for (ending, _) in endings.iter().zip(steps).filter(|(_, step)| **step == Step::MakeRoom) {
            let to = stage::numbered(&self.output, number, ending);
            file::move_to(&stage::beside(&self.output, ending), &to)?;
        }
        Ok(Some(stage::numbered(&self.output, number, "")))
    }
}

//! From what an archive is made of to its names: laid, packed, read back, compared with what is there, placed, noted.
//!
//! Nothing that has a name is touched before everything is on the disk and found right. The bag and the files beside it make room and
//! take their places together; the note in the term's `_index.md` comes last, so that a run that was cut short can simply be
//! run again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::bag::{self, Content, Laid};
use super::info::{self, About};
use super::stage::{self, Stage};
use super::{Done, Order, Trouble, frozen, items, recheck, site, sources, wacz, zip};
use crate::audit::term::is_over;
use crate::fs::walk::{self, Kind};
use crate::fs::{Action, Cause, Failure, file};
use crate::graph::Node;
use crate::model::term::{Frozen, Seal};
use crate::path::{ContentPath, OutputPath};
use crate::pipeline::Ready;
use crate::problem::Problems;
use crate::source::Sources;
use crate::vietnamese::date::Date;

/// Everything that an archive is made of.
pub struct Work<'a> {
    /// What was asked for.
    pub order: &'a Order<'a>,
    /// The excerpt.
    pub ready: &'a Ready,
    /// What was read.
    pub sources: &'a Sources,
    /// Its pages.
    pub pages: site::Pages,
    /// The term's sources.
    pub own: sources::Own,
    /// The term, by its number in the graph.
    pub term: usize,
    /// The date of the archive.
    pub date: Date,
    /// Seals before the one that is made.
    pub earlier: Vec<Seal>,
    /// Where the bag is to stand, as an absolute path.
    pub output: PathBuf,
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
    ///
    /// # Errors
    /// Says why there is no archive.
    pub fn lay(&self, before: Option<&Frozen>) -> Result<Done, Trouble> {
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
        if self.order.stop.load(Ordering::Relaxed) {
            return Err(Failure::new(Action::Write, &self.output, Cause::Interrupted).into());
        }
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
            is_early: self.is_early(),
            noted,
        })
    }

    /// Whether the term is not over for any of its reports.
    fn is_early(&self) -> bool {
        let (library, node) = (&self.ready.site.library, &self.ready.site.graph.terms[self.term]);
        !node.reports.iter().any(|at| is_over(&library.reports[*at], node))
    }

    fn about(&self) -> About<'_> {
        About {
            site: &self.ready.site,
            names: &self.ready.plan.names,
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
            // Links lead to them as they are.
            payload.insert(format!("site/{path}"), content.clone());
        }
        let (site, names, labels) = (&self.ready.site, &self.ready.plan.names, &self.ready.theme.labels);
        for (name, text) in items::files(site, names, labels, self.term) {
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
            main: self.ready.plan.names.addresses.get(Node::Term(self.term)).as_str(),
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
        let note =
            frozen::SealNote { date: self.date, seal, files: &self.own.sealed, earlier: &self.earlier };
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

//! The builder: from the newest sources to the next snapshot, in memory and with everything remembered.
//!
//! It runs the same pipeline as `build`. Two things make it quick: files that are the same are not parsed again, and pages whose
//! views are the same are kept. Where the sources have errors the last good pages stay.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::snapshot::{File, Files, Mistake, Snapshot, Trouble};
use crate::content::attachment;
use crate::content::memory::Memory;
use crate::digest::{self, Digest};
use crate::fs::{Action, Cause, Failure, file};
use crate::path::{ContentPath, OutputPath};
use crate::pipeline::{self, Kept, Sink};
use crate::problem::locate::{Located, locate};
use crate::problem::{Problems, Severity, report};
use crate::record::Records;
use crate::source::{Asset, Sources};
use crate::vietnamese::{Language, number};

/// Longest attachment that is kept in memory to be shown; tests need not fill theirs.
const ATTACHMENT_BYTES: u64 = if cfg!(test) { 1 << 10 } else { attachment::MAX_BYTES };

/// What the preview shows and knows.
#[derive(Debug)]
pub struct Builder {
    root: PathBuf,
    with_drafts: bool,
    /// The language of messages, where it was asked for.
    language: Option<Language>,
    /// What files became.
    parsed: Memory,
    /// What the shown pages were made of.
    records: Records,
    shown: Arc<Files>,
    generation: u64,
}

/// What a round came to.
#[derive(Debug)]
pub struct Round {
    /// What is shown from now on.
    pub snapshot: Snapshot,
    /// Everything that is wrong.
    pub problems: Problems,
    /// How many pages were made anew; `None` where errors leave the last good ones.
    pub made: Option<usize>,
    /// How many pages there are.
    pub pages: usize,
}

impl Builder {
    /// A builder for the project in `root`, which has shown nothing yet.
    pub fn new(root: &Path, with_drafts: bool, language: Option<Language>) -> Self {
        Self {
            root: root.to_owned(),
            with_drafts,
            language,
            parsed: Memory::default(),
            records: Records::default(),
            shown: Arc::default(),
            generation: 0,
        }
    }

    /// The next snapshot, of sources in which these files are new, changed or gone.
    ///
    /// # Errors
    /// Where an attachment cannot be read.
    pub fn round(&mut self, sources: &Sources, changed: &[ContentPath]) -> Result<Round, Failure> {
        let language = self.language.unwrap_or_else(|| crate::config::language_of(sources));
        let (ready, mut problems) =
            pipeline::prepare_with(sources, self.with_drafts, None, Some(&mut self.parsed));
        let mut made = None;
        let mut edited = Vec::new();
        let mut files = Arc::clone(&self.shown);
        self.generation += 1;
        if let Some(ready) = ready.filter(|_| !problems.any_error(false)) {
            let sink = InMemory {
                root: &self.root,
                shown: &self.shown,
                since: self.generation,
                new: Mutex::default(),
            };
            let site = ready.make(sources, &self.records, &sink)?;
            if site.problems.any_error(false) {
                problems.extend(site.problems);
            } else {
                self.records = site.records();
                made = Some(site.files.iter().filter(|file| file.is_page() && file.reason.is_some()).count());
                files = Arc::new(sink.merged(&ready));
                edited = ready.addresses_of(changed);
            }
        }
        self.shown = Arc::clone(&files);
        let pages = self.records.pages();
        let trouble =
            problems.any_error(false).then(|| Arc::new(trouble(&locate(&problems, sources), language)));
        let snapshot = Snapshot { generation: self.generation, language, files, trouble, edited };
        Ok(Round { snapshot, problems, made, pages })
    }

    /// What is shown after the machine failed: the last good pages, and what failed.
    pub fn failed(&mut self, failure: &Failure, language: Language) -> Snapshot {
        self.generation += 1;
        let trouble = Trouble {
            tally: String::new(),
            problems: Vec::new(),
            failure: Some(report::harmless(&failure.message(language))),
        };
        Snapshot {
            generation: self.generation,
            language,
            files: Arc::clone(&self.shown),
            trouble: Some(Arc::new(trouble)),
            edited: Vec::new(),
        }
    }
}

/// The problems as the overlay shows them.
fn trouble(located: &[Located<'_>], language: Language) -> Trouble {
    let is_error = |l: &&Located<'_>| l.problem.severity() == Severity::Error;
    let errors = located.iter().filter(is_error).count();
    let warnings = located.len() - errors;
    let mut order: Vec<&Located<'_>> = located.iter().collect();
    order.sort_by_key(|l| l.problem.severity());
    let count = |n: usize| number::group(n as u64, language);
    let tally = match language {
        Language::Vi => format!("{} lỗi, {} cảnh báo", count(errors), count(warnings)),
        Language::En => format!("errors: {}, warnings: {}", count(errors), count(warnings)),
    };
    let problems = order.into_iter().take(Trouble::MOST).map(|l| mistake(l, language)).collect();
    Trouble { tally, problems, failure: None }
}

fn mistake(located: &Located<'_>, language: Language) -> Mistake {
    let (finding, told) = (&located.problem.finding, report::told(located, language));
    let line = located.excerpt.as_ref().map(|(text, range)| report::line_of(text, range.clone()));
    let (text, within) = line.unwrap_or_default();
    let is_placed = located.excerpt.is_some();
    let characters = |part: &str| part.chars().count();
    Mistake {
        severity: report::severity_word(located.problem.severity(), Language::En),
        code: finding.code().to_owned(),
        path: told.path,
        line: if is_placed { located.line } else { 0 },
        column: if is_placed { characters(&text[..within.start]) + 1 } else { 0 },
        width: characters(&text[within]).max(1),
        text,
        message: told.message,
        help: told.help,
        nearest: told.nearest,
    }
}

/// A sink that keeps everything in memory.
struct InMemory<'a> {
    root: &'a Path,
    shown: &'a Files,
    since: u64,
    /// What is new or differs.
    new: Mutex<Vec<(Arc<str>, File)>>,
}

impl InMemory<'_> {
    /// What is shown, with what is new and without what is no longer planned.
    fn merged(self, ready: &pipeline::Ready) -> Files {
        let mut files = self.shown.clone();
        files.extend(self.new.into_inner().unwrap_or_else(PoisonError::into_inner));
        if files.len() != ready.plan.artifacts.len() {
            let planned: std::collections::BTreeSet<&str> =
                ready.plan.artifacts.keys().map(OutputPath::as_str).collect();
            files.retain(|path, _| planned.contains(&**path));
        }
        files
    }

    fn lay(&self, path: &OutputPath, bytes: Vec<u8>, digest: Digest) {
        let file = File { bytes: bytes.into(), digest, since: self.since };
        self.new.lock().unwrap_or_else(PoisonError::into_inner).push((path.shared(), file));
    }

    fn has(&self, path: &OutputPath, digest: &Digest) -> bool {
        self.shown.get(path.as_str()).is_some_and(|file| file.digest == *digest)
    }
}

impl Sink for InMemory<'_> {
    type Error = Failure;

    fn keep(&self, path: &OutputPath, digest: &Digest) -> Result<Kept, Failure> {
        Ok(if self.has(path, digest) { Kept::Intact } else { Kept::Missing })
    }

    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Digest, Failure> {
        let digest = digest::of_file(bytes);
        if !self.has(path, &digest) {
            self.lay(path, bytes.to_vec(), digest);
        }
        Ok(digest)
    }

    fn copy(&self, path: &OutputPath, _: &ContentPath, asset: &Asset) -> Result<(), Failure> {
        if self.has(path, &asset.digest) {
            return Ok(());
        }
        let from = asset.real.in_root(self.root);
        let bytes = file::read_bounded(&from, ATTACHMENT_BYTES + 1)?;
        if bytes.len() as u64 > ATTACHMENT_BYTES {
            return Err(Failure::of(Action::Read, &from)(ErrorKind::FileTooLarge.into()));
        }
        if digest::of_file(&bytes) != asset.digest {
            return Err(Failure::new(Action::Read, from, Cause::Altered));
        }
        self.lay(path, bytes, asset.digest);
        Ok(())
    }
}

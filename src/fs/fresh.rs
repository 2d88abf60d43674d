//! Reading a project again: only what somebody touched is opened, the rest is taken over from the last reading.
//!
//! The preview reads after every keystroke that is saved. A walk that looks at each file costs some microseconds a file;
//! opening them costs ten times that, and parsing what is the same a hundred times. The result is always what
//! [`site::read_site`] would give. A file counts as untouched if its mark is the remembered one and was sure when its bytes were
//! read (see `stamp`): either the clock of its file system had passed it, or it had been seen before for longer than any tick.
//! Where others are at work in the project, a file may be locked or gone for a moment; that is no failure of a preview, so
//! it is tried again and then the last known content stays.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use rayon::prelude::*;

use super::Failure;
use super::site::{self, Content, Found};
use super::stamp::{Clocks, Mark};
use crate::path::ContentPath;
use crate::source::{Refused, Source, Sources};

/// How often a file that refuses is tried again, and how long is waited before each, in milliseconds (together 200): virus
/// scanners and offices hold files for some tens of them.
const RETRIES_MS: [u64; 5] = [10, 20, 40, 60, 70];

/// No clock of a file system ticks more slowly: FAT notes times in steps of two seconds.
const TICK: Duration = Duration::from_secs(2);

/// Remembers what it read of a project, and reads it again.
#[derive(Debug)]
pub struct FreshReader {
    root: PathBuf,
    known: BTreeMap<ContentPath, Known>,
    last: Sources,
    clocks: Clocks,
    /// What refused at the last reading; the wait is not repeated for it.
    held: BTreeSet<PathBuf>,
    #[cfg(test)]
    pretence: tests::Pretence,
}

/// A project as it was read now.
#[derive(Debug)]
pub struct Reading {
    /// What [`site::read_site`] gives, but for what is `held`; texts that are the same are shared with the last reading.
    pub sources: Sources,
    /// What differs from the last reading: added, changed, removed, refused for another reason.
    pub changed: Vec<ContentPath>,
    /// Whether anything differs; also where only a name was refused that no path may hold.
    pub is_changed: bool,
    /// Files that could not be read. They are here as they were before, or not at all if they are new. The caller looks
    /// again soon, and if that lasts, tells.
    pub held: Vec<Failure>,
    /// Files, below the root, that have just become empty: an editor may be between cutting off and writing. Named once.
    pub emptied: Vec<PathBuf>,
    /// Files, below the root, that have just gone: an editor may be between two renames. Named once.
    pub gone: Vec<PathBuf>,
    /// How long it took to look at all files without opening them.
    pub looked: Duration,
}

/// What is remembered of a file.
#[derive(Debug)]
struct Known {
    below: PathBuf,
    /// `None` if it must be read in any case.
    mark: Option<Mark>,
    /// Since when it has had this mark, as far as we know.
    since: Instant,
    is_sure: bool,
    bytes: u64,
    content: Content,
}

/// What one attempt brought, besides what is known now.
#[derive(Debug, Default)]
struct Round {
    refused: BTreeMap<String, Refused>,
    held: BTreeMap<PathBuf, Failure>,
    looked: Duration,
}

/// What happened to files in the attempts of one reading.
#[derive(Debug, Default)]
struct Losses {
    emptied: BTreeSet<ContentPath>,
    gone: BTreeMap<ContentPath, PathBuf>,
}

impl FreshReader {
    /// A reader of the project in the folder `root` that knows nothing yet.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            known: BTreeMap::new(),
            last: Sources::default(),
            clocks: Clocks::default(),
            held: BTreeSet::new(),
            #[cfg(test)]
            pretence: tests::Pretence::default(),
        }
    }

    /// Reads the project; what is `doubted`, paths below the root as events name them, is opened in any case. Waits up to
    /// 200 ms for what refuses. A failure is about folders; what was known stays known.
    pub fn read(&mut self, doubted: &BTreeSet<PathBuf>) -> Result<Reading, Failure> {
        let mut losses = Losses::default();
        let mut round = self.round(doubted, &mut losses);
        for wait_ms in RETRIES_MS {
            match &round {
                Ok(round) if round.held.keys().all(|path| self.held.contains(path)) => break,
                Err(failure) if self.held.contains(&failure.path) => break,
                _ => thread::sleep(Duration::from_millis(wait_ms)),
            }
            round = self.round(doubted, &mut losses);
        }
        let round = round.inspect_err(|failure| self.held = BTreeSet::from([failure.path.clone()]))?;
        self.held = round.held.keys().cloned().collect();
        let sources = self.sources(round.refused);
        let changed = sources.differences(&self.last);
        let is_changed = !changed.is_empty() || sources.refused != self.last.refused;
        self.last = sources.clone();
        let is_empty = |path| self.known.get(path).filter(|known: &&Known| known.bytes == 0);
        let emptied = losses.emptied.iter().filter_map(is_empty).map(|known| known.below.clone()).collect();
        let is_gone = |(path, below)| (!self.known.contains_key(&path)).then_some(below);
        let gone = losses.gone.into_iter().filter_map(is_gone).collect();
        let held = round.held.into_values().collect();
        Ok(Reading { sources, changed, is_changed, held, emptied, gone, looked: round.looked })
    }

    /// Lists the project once, looks at every file and opens those that may have changed.
    fn round(&mut self, doubted: &BTreeSet<PathBuf>, losses: &mut Losses) -> Result<Round, Failure> {
        let began = now();
        let Found { files, refused } = site::look(&self.root)?;
        let marks: Vec<Option<Mark>> = files.par_iter().map(|(below, _)| self.mark(below)).collect();
        let looked = began.elapsed();
        let today = today();
        marks.iter().flatten().for_each(|mark| self.clocks.note(mark, today));
        self.forget_all_but(&files, losses);
        let is_stale =
            |((below, path), mark): &((PathBuf, _), Option<Mark>)| !self.is_fresh(below, path, mark, doubted);
        let stale: Vec<_> = files.into_iter().zip(marks).filter(is_stale).map(|(file, _)| file).collect();
        let began = now();
        let read: Vec<_> = stale.par_iter().map(|(below, path)| self.read_one(below, path)).collect();
        let mut held = BTreeMap::new();
        for ((below, path), read) in stale.into_iter().zip(read) {
            match read {
                Ok((mark, content)) => {
                    if self.learn(path.clone(), below, mark, content, began) {
                        losses.emptied.insert(path);
                    }
                }
                Err(failure) => {
                    self.known.entry(path).and_modify(|known| known.mark = None);
                    held.insert(failure.path.clone(), failure);
                }
            }
        }
        Ok(Round { refused, held, looked })
    }

    fn mark(&self, below: &Path) -> Option<Mark> {
        let mark = Mark::of(&std::fs::symlink_metadata(self.root.join(below)).ok()?).ok()?;
        #[cfg(test)]
        let mark = self.pretence.mark(mark);
        Some(mark)
    }

    fn forget_all_but(&mut self, files: &[(PathBuf, ContentPath)], losses: &mut Losses) {
        let mut listed: Vec<&ContentPath> = files.iter().map(|(_, path)| path).collect();
        listed.sort();
        let is_listed = |path: &&ContentPath| listed.binary_search(path).is_ok();
        let gone: Vec<ContentPath> = self.known.keys().filter(|path| !is_listed(path)).cloned().collect();
        for path in gone {
            let below = self.known.remove(&path).map(|known| known.below);
            losses.gone.extend(Some(path).zip(below));
        }
    }

    /// Whether a file need not be opened.
    fn is_fresh(
        &self,
        below: &Path,
        path: &ContentPath,
        mark: &Option<Mark>,
        doubted: &BTreeSet<PathBuf>,
    ) -> bool {
        let known = self.known.get(path).filter(|known| known.is_sure && known.below == below);
        let is_same = known.is_some_and(|known| known.mark.is_some() && known.mark == *mark);
        // A folder that was moved brings other files under the same names, and only a stamp would show that.
        let is_doubted = match mark {
            _ if doubted.is_empty() => false,
            Some(Mark::Sure(_)) => doubted.contains(below),
            _ => below.ancestors().any(|folder| doubted.contains(folder)),
        };
        is_same && !is_doubted
    }

    fn read_one(&self, below: &Path, path: &ContentPath) -> Result<(Mark, Content), Failure> {
        #[cfg(test)]
        self.pretence.refuse(&self.root.join(below))?;
        let (mark, content) = site::read(&self.root, below, path)?;
        #[cfg(test)]
        let mark = self.pretence.mark(mark);
        Ok((mark, content))
    }

    /// Remembers a file that was read after `began`; says whether it has become empty.
    fn learn(
        &mut self,
        path: ContentPath,
        below: PathBuf,
        mark: Mark,
        content: Content,
        began: Instant,
    ) -> bool {
        let before = self.known.get(&path);
        let since = before.filter(|known| known.mark == Some(mark)).map_or_else(now, |known| known.since);
        let is_sure = self.clocks.have_passed(&mark) || began.saturating_duration_since(since) >= TICK;
        let is_emptied = before.is_some_and(|known| known.bytes > 0) && mark.bytes() == 0;
        let content = match content {
            Content::Text(source) => Content::Text(self.shared(source)),
            other => other,
        };
        let known = Known { below, mark: Some(mark), since, is_sure, bytes: mark.bytes(), content };
        self.known.insert(path, known);
        is_emptied
    }

    /// The text of the last reading if it is the same, also in the disk's spelling of its name.
    fn shared(&self, source: Arc<Source>) -> Arc<Source> {
        let last = self.last.find(&source.path).and_then(|file| self.last.share(file));
        last.filter(|last| last.text == source.text && last.real == source.real).unwrap_or(source)
    }

    fn sources(&self, refused: BTreeMap<String, Refused>) -> Sources {
        site::sources(self.known.iter().map(|(path, known)| (path.clone(), known.content.clone())), refused)
    }
}

#[expect(clippy::disallowed_methods, reason = "the preview measures; no page depends on it")]
fn now() -> Instant {
    Instant::now()
}

#[expect(clippy::disallowed_methods, reason = "tells marks that cannot be trusted; no page depends on it")]
fn today() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests;

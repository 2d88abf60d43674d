//! Publishing: the folder that readers see is wholly the old site or wholly the new one.
//!
//! A [`Publication`] takes files from many threads. What the published folder has already is verified and not written;
//! the rest goes to a work folder beside it (`work`). [`Publication::finish`] adds hard links to what is unchanged and
//! to strangers' files (`stranger`), syncs, and exchanges the two folders (`generation`), or, where a folder cannot
//! be exchanged, replaces file by file under a journal (`replace`). A publication that is dropped has changed nothing.
//! What is ours stands in the [`manifest`]; [`place`] refuses folders where publishing could do harm.

mod generation;
pub mod manifest;
pub mod place;
mod replace;
mod stranger;
#[cfg(test)]
mod tests;
mod work;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::fs::lock::{self, Lock};
use crate::fs::{Action, Cause, Digest, Failure, digest, file, system, walk};
use crate::path::OutputPath;
use crate::vietnamese::Language;

use manifest::{Manifest, Record};
use work::Work;

/// How to publish.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Whether the new site must survive a power cut once it is published; throw-away builds need not.
    pub is_synced: bool,
    /// Whether every file is written again, unchanged ones too.
    pub is_clean: bool,
    /// Set by whoever wants the build to stop, for instance on Ctrl-C; looked at before every file.
    pub stop: &'a AtomicBool,
}

/// How the new site came into its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Nothing differed and nothing was touched.
    Unchanged,
    /// There was no folder before.
    First,
    /// In one step.
    Exchanged,
    /// By two renames: the system has no exchange.
    Renamed,
    /// File by file, because of an obstacle.
    FileByFile(Obstacle),
}

/// Why the published folder could not be exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Something is mounted at it or in it.
    Mount,
    /// The folder above it may not be written to.
    Above,
    /// The system does not let it be moved: another program uses it.
    Held,
    /// A stranger's file cannot be taken along.
    Stranger,
}

impl How {
    /// What the user must be told about it, if anything, without a full stop.
    pub fn note(self, language: Language) -> Option<&'static str> {
        let Self::FileByFile(obstacle) = self else {
            return None;
        };
        let (vi, en) = match obstacle {
            Obstacle::Mount => (
                "đã thay từng tệp một vì thư mục đích là điểm gắn ổ đĩa, không đổi trọn thư mục được",
                "files were replaced one by one: a drive is mounted at the output folder, so that it cannot be exchanged whole",
            ),
            Obstacle::Above => (
                "đã thay từng tệp một vì không có quyền ghi vào thư mục chứa thư mục đích",
                "files were replaced one by one: the folder above the output folder may not be written to",
            ),
            Obstacle::Held => (
                "đã thay từng tệp một vì chương trình khác đang mở thư mục đích",
                "files were replaced one by one: another program holds the output folder open",
            ),
            Obstacle::Stranger => (
                "đã thay từng tệp một vì trong thư mục đích có tệp của chương trình khác không mang theo được",
                "files were replaced one by one: the output folder has a file of someone else that cannot be taken along",
            ),
        };
        Some(match language {
            Language::Vi => vi,
            Language::En => en,
        })
    }
}

/// What a publication did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new or differ.
    pub written: usize,
    /// Files that were there already.
    pub kept: usize,
    /// Files of ours that are no longer planned.
    pub removed: usize,
    /// Bytes of the written files.
    pub bytes: u64,
    /// Bytes of all files.
    pub total_bytes: u64,
    /// How they came there.
    pub how: How,
    /// The digest of the manifest of what is published now.
    pub manifest: Digest,
}

/// A site on its way into the published folder.
#[derive(Debug)]
pub struct Publication<'a> {
    options: Options<'a>,
    output: PathBuf,
    /// What the published folder says of itself.
    before: Manifest,
    is_first: bool,
    planned: Mutex<BTreeMap<OutputPath, Planned>>,
    // The order of these two is that in which they are given back.
    work: Work,
    _lock: Lock,
}

#[derive(Debug, Clone, Copy)]
struct Planned {
    record: Record,
    is_written: bool,
}

impl<'a> Publication<'a> {
    /// Begins to publish into the folder `output`, which [`place::check_place`] allowed. `state` is the folder for the
    /// program's memory; its lock keeps a second build of the project waiting for ten seconds. What a killed build
    /// left is finished or taken back here.
    pub fn begin(output: &Path, state: &Path, options: Options<'a>) -> Result<Self, Failure> {
        let output = place::plain(output).map_err(Failure::of(Action::Examine, output))?;
        let lock = Lock::take(state, lock::PATIENT)?;
        output.parent().map_or(Ok(()), file::create_folders)?;
        let work = Work::begin(&output, options.is_synced)?;
        let before = Manifest::read(&output)?;
        let is_first = walk::kind(&output)?.is_none();
        Ok(Self { options, output, before, is_first, planned: Mutex::default(), work, _lock: lock })
    }

    /// Plans a file with these bytes and writes it, unless it is there already. Returns its digest.
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Digest, Failure> {
        let record = Record { bytes: bytes.len() as u64, digest: digest::digest(bytes) };
        let is_kept = self.may_have(path, &record.digest) && file::has_bytes(&self.published(path), bytes);
        self.plan(path, Planned { record, is_written: !is_kept })?;
        if !is_kept {
            file::write_new(&self.laid(path), bytes, self.syncs_each())?;
        }
        Ok(record.digest)
    }

    /// Plans a copy of the file `from`, whose bytes must have this digest, unless it is there already.
    pub fn copy(&self, path: &OutputPath, from: &Path, digest: &Digest) -> Result<(), Failure> {
        if self.keep(path, digest)? {
            return Ok(());
        }
        let bytes = file::copy_new(from, &self.laid(path), digest, self.syncs_each())?;
        self.plan(path, Planned { record: Record { bytes, digest: *digest }, is_written: true })
    }

    /// Plans the file as it lies in the published folder, if its bytes have this digest. If not, says `false` and plans
    /// nothing: the file must be made anew.
    pub fn keep(&self, path: &OutputPath, digest: &Digest) -> Result<bool, Failure> {
        let has_it = || file::has_digest(&self.published(path), digest);
        let Some(bytes) = self.may_have(path, digest).then(has_it).flatten() else {
            return Ok(false);
        };
        self.plan(path, Planned { record: Record { bytes, digest: *digest }, is_written: false })?;
        Ok(true)
    }

    /// The digest of the manifest of the folder as it is published now.
    pub fn manifest_before(&self) -> Digest {
        digest::digest(self.before.to_text().as_bytes())
    }

    /// Plans every file of the folder as it lies there; says `false` where one is not as the manifest has it.
    pub fn keep_all(&self) -> Result<bool, Failure> {
        let one = |(path, record): (&String, &Record)| self.keep(&OutputPath::verbatim(path), &record.digest);
        let kept: Vec<bool> = self.before.0.par_iter().map(one).collect::<Result<_, Failure>>()?;
        Ok(!self.is_first && kept.into_iter().all(|kept| kept))
    }

    /// Whether nothing lies at a path of the published folder.
    pub fn is_missing(&self, path: &OutputPath) -> bool {
        !matches!(walk::kind(&self.published(path)), Ok(Some(_)))
    }

    /// Publishes what was planned, and removes what earlier builds wrote and this one did not plan. When it returns,
    /// the site is in its place and, if synced, durable. When it fails, the published folder is as it was; only if the
    /// very last sync fails, it is the new site, of which the disk would not promise that it stays.
    pub fn finish(self) -> Result<Summary, Failure> {
        let planned = std::mem::take(&mut *self.planned.lock().unwrap_or_else(PoisonError::into_inner));
        let after = Manifest(planned.iter().map(|(path, p)| (path.as_str().to_owned(), p.record)).collect());
        let of = |is_written: bool| -> Vec<&str> {
            planned
                .iter()
                .filter(|(_, p)| p.is_written == is_written)
                .map(|(path, _)| path.as_str())
                .collect()
        };
        let change = Change { written: of(true), kept: of(false), removed: self.before.missing_in(&after) };
        let written = planned.values().filter(|p| p.is_written);
        let mut summary = Summary {
            written: change.written.len(),
            kept: change.kept.len(),
            removed: change.removed.len(),
            bytes: written.map(|p| p.record.bytes).sum(),
            manifest: digest::digest(after.to_text().as_bytes()),
            total_bytes: planned.values().map(|p| p.record.bytes).sum(),
            how: How::Unchanged,
        };
        if self.is_first || !change.written.is_empty() || after != self.before {
            summary.how = self.change(&change, &after)?;
        }
        // The site is in its place: an old generation that cannot be removed now is the next build's to remove.
        let _ = self.work.close();
        Ok(summary)
    }

    fn change(&self, change: &Change, after: &Manifest) -> Result<How, Failure> {
        let is_planned = |path: &str| change.kept.binary_search(&path).is_ok();
        let strangers = stranger::find(&self.output, is_planned, &self.before)?;
        stranger::refuse_collisions(&strangers, after.0.keys().map(String::as_str), &self.output)?;
        let new = self.work.new_generation();
        file::write_new(&new.join(manifest::NAME), after.to_text().as_bytes(), self.syncs_each())?;
        let obstacle = match self.work.obstacle {
            None => generation::complete(&self.work, &change.kept, &strangers, &self.options)?,
            Some(obstacle) => Some(obstacle),
        };
        self.go_on()?;
        self.work.promote()?;
        let published = match obstacle {
            None => generation::publish(&self.work, &strangers)?,
            Some(_) => None,
        };
        match published {
            Some(how) => Ok(how),
            None => {
                replace::run(&self.work, &change.written, &change.removed)?;
                Ok(How::FileByFile(obstacle.unwrap_or(Obstacle::Held)))
            }
        }
    }

    /// Whether it is worth looking if the published folder has a file of this digest. A file that the manifest does not
    /// name may be ours all the same, if it has exactly our bytes: so a site survives the loss of its manifest.
    fn may_have(&self, path: &OutputPath, digest: &Digest) -> bool {
        !self.is_first
            && !self.options.is_clean
            && self.before.0.get(path.as_str()).is_none_or(|record| record.digest == *digest)
    }

    fn plan(&self, path: &OutputPath, planned: Planned) -> Result<(), Failure> {
        self.go_on()?;
        let mut all = self.planned.lock().unwrap_or_else(PoisonError::into_inner);
        match all.insert(path.clone(), planned) {
            None => Ok(()),
            Some(_) => Err(Failure::new(Action::Write, self.published(path), Cause::ClaimedTwice)),
        }
    }

    fn go_on(&self) -> Result<(), Failure> {
        if self.options.stop.load(Ordering::Relaxed) {
            return Err(Failure::new(Action::Write, &self.output, Cause::Interrupted));
        }
        Ok(())
    }

    fn published(&self, path: &OutputPath) -> PathBuf {
        self.output.join(path.as_str())
    }

    fn laid(&self, path: &OutputPath) -> PathBuf {
        self.work.new_generation().join(path.as_str())
    }

    fn syncs_each(&self) -> bool {
        self.options.is_synced && !system::SYNCS_WHOLE_TREES
    }
}

/// How a site differs from the published one; paths are sorted.
struct Change<'a> {
    written: Vec<&'a str>,
    kept: Vec<&'a str>,
    removed: Vec<&'a str>,
}

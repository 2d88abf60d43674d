//! Publishing: the folder that readers see is wholly the old site or wholly the new one.
//!
//! A [`Publication`] takes files from many threads. What the published folder has already is verified and not written;
//! the rest goes to a work folder beside it (`work`). [`Publication::finish`] adds hard links to what is unchanged and
//! to strangers' files (`stranger`), syncs, and exchanges the two folders (`generation`), or, where a folder cannot
//! be exchanged, replaces file by file under a journal (`replace`). A publication that is dropped has changed nothing;
//! what a killed one leaves is settled by the next (`recovery`). What is ours stands in the [`manifest`]; [`place`] refuses folders where publishing could do harm.

mod change;
mod finish;
mod generation;
mod how;
mod laying;
pub mod manifest;
pub mod place;
mod recovery;
mod replace;
mod seen;
mod stranger;
#[cfg(test)]
mod tests;
mod work;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::fs::file::Held;
use crate::fs::lock::{Lock, Patience};
use crate::fs::stamp::Stamp;
use crate::fs::{Action, Cause, Digest, Failure, digest, file, system, walk};
use crate::path::OutputPath;

pub use how::{How, Obstacle};

use change::Planned;
use laying::Laying;
use manifest::{Imprint, Manifest};
use seen::Stamps;
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
    /// What the published folder says of itself, and the digest of that.
    before: Manifest,
    before_digest: Digest,
    is_first: bool,
    /// The memory of stamps, and those in it that the files still have.
    memory: PathBuf,
    intact: Stamps,
    /// Which files of the manifest before stay as they are, by their numbers there.
    kept: Vec<AtomicBool>,
    /// What else is planned.
    planned: Mutex<BTreeMap<OutputPath, Planned>>,
    laying: Laying,
    // The order of these two is that in which they are given back.
    work: Work,
    lock: Lock,
}

impl<'a> Publication<'a> {
    /// Begins to publish into the folder `output`, which [`place::check_place`] allowed. `state` is the folder for the
    /// program's memory; its lock keeps a second build of the project waiting, for ten seconds or until it is stopped. What
    /// a killed build left is finished or taken back here.
    pub fn begin(output: &Path, state: &Path, options: Options<'a>) -> Result<Self, Failure> {
        let output = place::plain(output).map_err(Failure::of(Action::Examine, output))?;
        let mut patience = Patience::new(options.stop);
        let lock = Lock::take(state, &mut patience)?;
        recovery::sweep(state)?;
        output.parent().map_or(Ok(()), file::create_folders)?;
        let work = recovery::begin(&output, options.is_synced, &mut patience)?;
        let (before, before_digest) = Manifest::read_with_digest(&output)?;
        let is_first = walk::kind(&output)?.is_none();
        let (memory, intact) = (place::memory(state, &output, "seen"), vec![None; before.len()]);
        let (kept, planned) = ((0..before.len()).map(|_| AtomicBool::new(false)).collect(), Mutex::default());
        let syncs_each = options.is_synced && !system::SYNCS_WHOLE_TREES;
        let laying = Laying::new(work.new_generation(), syncs_each);
        Ok(Self {
            options,
            output,
            before,
            before_digest,
            is_first,
            memory,
            intact,
            kept,
            planned,
            laying,
            work,
            lock,
        })
    }

    /// Looks which published files are as an earlier build left them, so that they need not be read. To be called when
    /// they are about to be asked for.
    pub fn look(&mut self) {
        if self.options.is_clean || self.is_first {
            return;
        }
        let remembered = seen::read(&self.memory, &self.before_digest, self.before.len());
        if remembered.iter().any(Option::is_some) {
            let paths: Vec<&str> = self.before.paths().collect();
            let now = seen::look(&self.output, &paths);
            self.intact =
                remembered.into_iter().zip(now).map(|(then, now)| then.filter(|_| then == now)).collect();
        }
    }

    /// Plans a file with these bytes and writes it, unless it is there already. Returns its digest.
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Digest, Failure> {
        let digest = digest::of_file(bytes);
        self.bring(path, &digest, || self.laying.write(path.as_str(), bytes)).map(|()| digest)
    }

    /// Plans a copy of the file `from`, whose bytes must have this digest, unless it is there already.
    pub fn copy(&self, path: &OutputPath, from: &Path, digest: &Digest) -> Result<(), Failure> {
        self.bring(path, digest, || self.laying.copy(path.as_str(), from, digest))
    }

    /// Plans the file as it lies in the published folder, or else as it is laid.
    fn bring(
        &self,
        path: &OutputPath,
        digest: &Digest,
        lay: impl FnOnce() -> Result<Held, Failure>,
    ) -> Result<(), Failure> {
        if self.keep(path, digest)? {
            return Ok(());
        }
        let held = lay().map_err(|failure| self.or_claimed_twice(failure, path))?;
        let imprint = Imprint { bytes: held.bytes, digest: *digest };
        self.plan(path, Planned { imprint, is_written: true, stamp: held.stamp })
    }

    /// Plans the file as it lies in the published folder, if its bytes have this digest. If not, says `false` and plans
    /// nothing: the file must be made anew.
    pub fn keep(&self, path: &OutputPath, digest: &Digest) -> Result<bool, Failure> {
        self.go_on()?;
        let at = self.place(path);
        if !self.may_be(at, digest) {
            return Ok(false);
        }
        if let Some(at) = at.filter(|at| self.intact[*at].is_some()) {
            return self.stay(path, at).map(|()| true);
        }
        let Some(held) = file::has_digest(&self.published(path), digest) else { return Ok(false) };
        let imprint = Imprint { bytes: held.bytes, digest: *digest };
        self.plan(path, Planned { imprint, is_written: false, stamp: self.lasting(held) }).map(|()| true)
    }

    /// The digest of the manifest of the folder as it is published now.
    pub fn manifest_before(&self) -> Digest {
        self.before_digest
    }

    /// The summary of a build with nothing to do, if every file of the folder is as the manifest has it. The files are
    /// durable then, too, even if the build that wrote them did not wait for the disk.
    pub fn confirm(&mut self) -> Result<Option<Summary>, Failure> {
        if self.is_first || self.options.is_clean {
            return Ok(None);
        }
        self.look();
        let confirm = |(at, intact): (usize, &Option<Stamp>)| {
            self.go_on()?;
            if intact.is_some() {
                return Ok(Some(*intact));
            }
            let named = self.before.path(at).zip(self.before.imprint(at));
            let held =
                named.and_then(|(path, imprint)| file::has_digest(&self.output.join(path), &imprint.digest));
            Ok(held.map(|held| self.lasting(held)))
        };
        let confirmed: Vec<Option<Option<Stamp>>> =
            self.intact.par_iter().enumerate().map(confirm).collect::<Result<_, Failure>>()?;
        let Some(stamps) = confirmed.into_iter().collect::<Option<Stamps>>() else { return Ok(None) };
        if stamps != self.intact && self.options.is_synced {
            self.work.sync(&self.output)?;
            seen::write(&self.memory, &self.before_digest, &stamps);
        }
        Ok(Some(Summary {
            written: 0,
            kept: stamps.len(),
            removed: 0,
            bytes: 0,
            total_bytes: self.before.total_bytes(),
            how: How::Unchanged,
            manifest: self.before_digest,
        }))
    }

    /// Whether nothing lies at a path of the published folder.
    pub fn is_missing(&self, path: &OutputPath) -> bool {
        !matches!(walk::kind(&self.published(path)), Ok(Some(_)))
    }

    /// Whether it is worth looking if the published folder has a file of this digest. A file that the manifest does not
    /// name may be ours all the same, if it has exactly our bytes: so a site survives the loss of its manifest.
    fn may_be(&self, at: Option<usize>, digest: &Digest) -> bool {
        let is_its = |at| self.before.imprint(at).is_some_and(|imprint| imprint.digest == *digest);
        let is_likely = at.is_none_or(is_its);
        !self.is_first && !self.options.is_clean && is_likely
    }

    /// The number of a file in the manifest before. Files mostly come in the order of their paths.
    fn place(&self, path: &OutputPath) -> Option<usize> {
        thread_local! { static NEXT: Cell<usize> = const { Cell::new(0) }; }
        let next = NEXT.get();
        let is_next = self.before.path(next) == Some(path.as_str());
        let found = if is_next { Some(next) } else { self.before.position(path.as_str()) };
        found.inspect(|at| NEXT.set(at + 1))
    }

    /// Plans a file of the manifest before as it is.
    fn stay(&self, path: &OutputPath, at: usize) -> Result<(), Failure> {
        match self.kept[at].swap(true, Ordering::Relaxed) {
            true => Err(self.claimed_twice(path)),
            false => Ok(()),
        }
    }

    fn plan(&self, path: &OutputPath, planned: Planned) -> Result<(), Failure> {
        let mut all = self.planned.lock().unwrap_or_else(PoisonError::into_inner);
        match all.insert(path.clone(), planned) {
            None => Ok(()),
            Some(_) => Err(self.claimed_twice(path)),
        }
    }

    fn claimed_twice(&self, path: &OutputPath) -> Failure {
        Failure::new(Action::Write, self.published(path), Cause::ClaimedTwice)
    }

    /// What is in the way of a new file in the work folder, which was empty, can only be another one of this site.
    fn or_claimed_twice(&self, failure: Failure, path: &OutputPath) -> Failure {
        match failure.kind() {
            Some(ErrorKind::AlreadyExists) => self.claimed_twice(path),
            _ => failure,
        }
    }

    /// The stamp by which a file that was just read may be recognised from now on: it was last changed before this build
    /// began, so that whatever changed it after that shows.
    fn lasting(&self, held: Held) -> Option<Stamp> {
        held.stamp
            .zip(self.lock.since)
            .filter(|(stamp, since)| stamp.is_before(since))
            .map(|(stamp, _)| stamp)
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
}

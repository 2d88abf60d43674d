//! The twin of a first generation: a second name for each file, given while it is written, so that the site has a spare
//! (see [`super::spare`]) from its first build on.
//!
//! Without it the edit after a first build would have to lay all names anew, which costs it as much again as all else, and it is
//! the edit whose author waits to see the site change. A file's stamp is taken after it has both names.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::work::Work;
use crate::fs::folder::{self, Folder};
use crate::fs::system;

/// A twin that is being laid in the work folder. Where something is in its way there is none, which costs time only.
#[derive(Debug)]
pub(super) struct Twin {
    folder: PathBuf,
    is_whole: AtomicBool,
}

impl Twin {
    /// The twin of what is laid in a work folder, where it may become the spare in the folder `state`: the system tells one
    /// start from another, and both lie on the same mount.
    pub(super) fn of(work: &Work, state: &Path) -> Option<Self> {
        let is_near = || system::is_same_mount(state, work.output().parent()?).ok();
        (work.obstacle.is_none() && system::boot().is_some() && is_near() == Some(true))
            .then(|| Self { folder: work.twin(), is_whole: AtomicBool::new(true) })
    }

    /// The folder of its own below it that files are to be linked into, made where it is missing; `None` where that fails.
    pub(super) fn folder(&self, below: &str) -> Option<Folder> {
        let folder = self.is_whole().then(|| Folder::made(folder::below(&self.folder, below)))?;
        folder.map_err(|error| self.note(Err(error))).ok()
    }

    /// Notes what came of giving a file its second name.
    pub(super) fn note(&self, linked: io::Result<()>) {
        if linked.is_err() {
            self.is_whole.store(false, Ordering::Relaxed);
        }
    }

    /// Whether every file has got its second name.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole.load(Ordering::Relaxed)
    }
}

//! Laying new files where nobody sees them yet: in the new generation, and under a second name in its twin, if it has one.
//!
//! Files come in the order of their paths, some ten to a folder. So the folders of the last file stay open for the next, a pair
//! for each core that lays files, and its whole path, looked up once more for each name, is not asked for again.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::twin::Twin;
use crate::fs::file::{self, Held};
use crate::fs::folder::{self, Folder};
use crate::fs::stamp::Stamp;
use crate::fs::{Action, Digest, Failure};

/// Where new files are laid.
#[derive(Debug)]
pub(super) struct Laying {
    root: PathBuf,
    twin: Option<Twin>,
    syncs_each: bool,
    /// The folders that are open.
    open: Mutex<Vec<Open>>,
}

/// A folder of the new generation and that of its twin.
#[derive(Debug)]
struct Open {
    below: String,
    new: Folder,
    twin: Option<Folder>,
}

impl Laying {
    /// Lays files below `root` and in the `twin`.
    pub(super) fn new(root: PathBuf, twin: Option<Twin>, syncs_each: bool) -> Self {
        Self { root, twin, syncs_each, open: Mutex::default() }
    }

    /// The twin, where there is no site yet.
    pub(super) fn twin(&self) -> Option<&Twin> {
        self.twin.as_ref()
    }

    /// Writes a file that must not exist yet; returns its stamp.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<Option<Stamp>, Failure> {
        let write = |file: &mut File| file.write_all(bytes).map_err(|error| self.failed(path, error));
        self.lay(path, write).map(|((), stamp)| stamp)
    }

    /// Copies the file `from`, whose bytes must have this digest.
    pub(super) fn copy(&self, path: &str, from: &Path, digest: &Digest) -> Result<Held, Failure> {
        let copy = |file: &mut File| file::copy_into(from, file, &self.root.join(path), digest);
        self.lay(path, copy).map(|(bytes, stamp)| Held { bytes, stamp })
    }

    /// Makes a file that must not exist yet, has it filled, and gives it its second name; returns its stamp.
    fn lay<T>(
        &self,
        path: &str,
        fill: impl FnOnce(&mut File) -> Result<T, Failure>,
    ) -> Result<(T, Option<Stamp>), Failure> {
        let (below, name) = folder::split(path);
        let failed = |error| self.failed(path, error);
        let open = self.take(below).map_or_else(|| self.open(below), Ok).map_err(failed)?;
        let lay = || {
            let mut file = open.new.create_new(name).map_err(failed)?;
            let filled = fill(&mut file)?;
            if self.syncs_each {
                file.sync_all().map_err(failed)?;
            }
            if let Some((twin, folder)) = self.twin.as_ref().zip(open.twin.as_ref()) {
                twin.note(open.new.link(name, folder));
            }
            Ok((filled, Stamp::of(&file.metadata().map_err(failed)?)))
        };
        let laid = lay();
        self.open.lock().unwrap_or_else(PoisonError::into_inner).push(open);
        laid
    }

    /// The folder of that name, if it is open and nobody has it; else one that has been used up is closed.
    fn take(&self, below: &str) -> Option<Open> {
        let mut all = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = all.iter().position(|open| open.below == below) {
            return Some(all.swap_remove(at));
        }
        let used_up = (all.len() >= rayon::current_num_threads()).then(|| all.remove(0));
        drop(all);
        drop(used_up);
        None
    }

    fn open(&self, below: &str) -> io::Result<Open> {
        let new = Folder::made(folder::below(&self.root, below))?;
        let twin = self.twin.as_ref().and_then(|twin| twin.folder(below));
        Ok(Open { below: below.to_owned(), new, twin })
    }

    fn failed(&self, path: &str, error: io::Error) -> Failure {
        Failure::of(Action::Write, &self.root.join(path))(error)
    }
}

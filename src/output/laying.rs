//! Laying new files where nobody sees them yet: in the new generation.
//!
//! Files come in the order of their paths, some ten to a folder. So the folder of the last file stays open for the next, one
//! for each core that lays files, and its whole path, looked up once more for each name, is not asked for again.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::fs::file::{self, Held};
use crate::fs::folder::{self, Folder};
use crate::fs::stamp::Stamp;
use crate::fs::{Action, Digest, Failure};

/// Where new files are laid.
#[derive(Debug)]
pub(super) struct Laying {
    root: PathBuf,
    syncs_each: bool,
    /// The folders that are open.
    open: Mutex<Vec<Open>>,
}

/// A folder of the new generation.
#[derive(Debug)]
struct Open {
    below: String,
    folder: Folder,
}

impl Laying {
    /// Lays files below `root`.
    pub(super) fn new(root: PathBuf, syncs_each: bool) -> Self {
        Self { root, syncs_each, open: Mutex::default() }
    }

    /// Writes a file that must not exist yet.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<Held, Failure> {
        self.lay(path, |file| {
            file.write_all(bytes).map_err(|error| self.failed(path, error))?;
            Ok(bytes.len() as u64)
        })
    }

    /// Copies the file `from`, whose bytes must have this digest, to where none is.
    pub(super) fn copy(&self, path: &str, from: &Path, digest: &Digest) -> Result<Held, Failure> {
        self.lay(path, |file| file::copy_into(from, file, &self.root.join(path), digest))
    }

    /// Makes a file that must not exist yet and has it filled with so many bytes.
    fn lay(&self, path: &str, fill: impl FnOnce(&mut File) -> Result<u64, Failure>) -> Result<Held, Failure> {
        let (below, name) = folder::split(path);
        let failed = |error| self.failed(path, error);
        let open = self.take(below).map_or_else(|| self.open(below), Ok).map_err(failed)?;
        let lay = || {
            let mut file = open.folder.create_new(name).map_err(failed)?;
            let bytes = fill(&mut file)?;
            if self.syncs_each {
                file.sync_all().map_err(failed)?;
            }
            Ok(Held { bytes, stamp: Stamp::of(&file.metadata().map_err(failed)?) })
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
        Ok(Open { below: below.to_owned(), folder: Folder::made(folder::below(&self.root, below))? })
    }

    fn failed(&self, path: &str, error: io::Error) -> Failure {
        Failure::of(Action::Write, &self.root.join(path))(error)
    }
}

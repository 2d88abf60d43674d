//! The folder beside the archive where a new one is laid, so that an archive is whole or absent.
//!
//! Its lock file is the mark that it is ours: what a killed run left is cleared away by the next, and a stranger's folder
//! of that name is left alone. What was laid in it gets its name by one rename.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::fs::lock::{self, Lock, Patience};
use crate::fs::walk::{self, Kind};
use crate::fs::{Action, Cause, Failure, file, system};

/// A folder in which an archive is laid; it takes itself away.
#[derive(Debug)]
pub struct Stage {
    folder: PathBuf,
    lock: Option<Lock>,
}

impl Stage {
    /// Makes the folder for an archive that is to stand at `output`, an absolute path.
    ///
    /// # Errors
    /// Where something else has its name, or the disk fails.
    pub fn begin(output: &Path, stop: &AtomicBool) -> Result<Self, Failure> {
        let above = output.parent().unwrap_or(output);
        file::create_folders(above)?;
        let mut name = std::ffi::OsString::from(".");
        name.push(output.file_name().unwrap_or_default());
        name.push(".nhiemky-archive");
        let folder = above.join(name);
        let is_ours = match walk::kind(&folder)? {
            None => true,
            Some(Kind::Folder) => {
                let is_marked = walk::kind(&folder.join(lock::NAME))? == Some(Kind::File);
                is_marked || walk::walk(&folder, |_| false)?.len() == 1
            }
            Some(_) => false,
        };
        if !is_ours {
            return Err(Failure::new(Action::CreateFolder, folder, Cause::Stranger));
        }
        let lock = Lock::take(&folder, &mut Patience::new(stop))?;
        let stage = Self { folder, lock: Some(lock) };
        stage.clear()?;
        Ok(stage)
    }

    /// Where the bag is laid.
    pub fn bag(&self) -> PathBuf {
        self.folder.join("bag")
    }

    /// Where a file beside the bag is laid.
    pub fn file(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("bag.{ending}"))
    }

    /// Brings everything in it to the disk.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn sync(&self) -> Result<(), Failure> {
        system::sync_tree(&self.folder).map_err(Failure::of(Action::Sync, &self.folder))
    }

    fn clear(&self) -> Result<(), Failure> {
        file::remove_tree(&self.bag())?;
        ["zip", "wacz"].iter().try_for_each(|ending| file::remove(&self.file(ending)))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What cannot be cleared now stays, marked, for the next run.
        if self.clear().is_ok()
            && let Some(lock) = self.lock.take()
            && lock.remove().is_ok()
        {
            _ = file::remove_folder(&self.folder);
        }
    }
}

/// Gives what was laid at `from` its name, durably. Nothing may bear that name.
///
/// # Errors
/// Where something bears it, or the disk fails.
pub fn place(from: &Path, to: &Path) -> Result<(), Failure> {
    if walk::kind(to)?.is_some() {
        return Err(Failure::new(Action::Move, to, Cause::Stranger));
    }
    file::move_to(from, to)?;
    let above = to.parent().unwrap_or(to);
    system::sync_folder(above).map_err(Failure::of(Action::Sync, above))
}

/// The first name `…-1`, `…-2` that nothing bears, for what makes room for a newer one; `endings` are those of all files
/// that go with it, `""` for the folder.
///
/// # Errors
/// Where the disk fails.
pub fn free_number(output: &Path, endings: &[&str]) -> Result<usize, Failure> {
    let mut number = 1;
    loop {
        let mut is_free = true;
        for ending in endings {
            is_free &= walk::kind(&numbered(output, number, ending))?.is_none();
        }
        if is_free {
            return Ok(number);
        }
        number += 1;
    }
}

/// The name of the folder or file with a number.
pub fn numbered(output: &Path, number: usize, ending: &str) -> PathBuf {
    let mut name = output.file_name().unwrap_or_default().to_owned();
    name.push(format!("-{number}"));
    beside(&output.with_file_name(name), ending)
}

/// The file beside the folder with an ending; the folder itself for none.
pub fn beside(output: &Path, ending: &str) -> PathBuf {
    if ending.is_empty() {
        return output.to_owned();
    }
    let mut name = output.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{ending}"));
    output.with_file_name(name)
}

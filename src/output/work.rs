//! The work folder: where a new generation is laid.
//!
//! It lies beside the output folder, `.public.nhiemky-work` for `public`, so that a rename can exchange the two; where
//! that is impossible, inside it. Its lock file is the mark that it is ours. The names in it say how far a build had
//! come, so that no journal is needed for the exchange; [`super::recovery`] reads them:
//!
//! | name | what it is |
//! |---|---|
//! | `new` | a generation being laid; ours alone, worth nothing |
//! | `next` | a whole, synced generation; after the exchange, the old site |
//! | `old` | the old site between two renames; backups during a replacement file by file |
//! | `finish`, `undo` | the journal of a replacement file by file (see [`super::replace`]) |

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::fs::lock::{self, Lock, Patience};
use crate::fs::walk::{self, Kind};
use crate::fs::{Action, Cause, Failure, file, system};

use super::how::Obstacle;

/// The work folder's name where it lies inside the output folder; the dot keeps it apart from every page.
pub const INSIDE: &str = ".nhiemky-work";

/// A work folder that we hold; [`super::recovery`] opens it, and takes it away when it is dropped.
#[derive(Debug)]
pub struct Work {
    folder: PathBuf,
    output: PathBuf,
    lock: Option<Lock>,
    /// Why the folder cannot lie beside the output folder, where it does not.
    pub obstacle: Option<Obstacle>,
    is_synced: bool,
}

/// How often a work folder is looked at before it is called a stranger's, and the pause between: half a second in all.
const LOOKS: usize = 25;
const LOOK_PAUSE_MS: u64 = 20;

/// Whether a folder is missing, empty or marked by our lock file; whatever cannot be told is not ours.
fn is_ours(folder: &Path) -> bool {
    match walk::kind(folder) {
        Ok(None) => true,
        Ok(Some(Kind::Folder)) => {
            let is_marked = matches!(walk::kind(&folder.join(lock::NAME)), Ok(Some(Kind::File)));
            is_marked || walk::walk(folder, |_| false).is_ok_and(|entries| entries.len() == 1)
        }
        _ => false,
    }
}

impl Work {
    /// The places of the work folder of `output`: beside it, and inside.
    pub fn places(output: &Path) -> [PathBuf; 2] {
        let mut name = std::ffi::OsString::from(".");
        name.push(output.file_name().unwrap_or_default());
        name.push(".nhiemky-work");
        [output.parent().unwrap_or(output).join(name), output.join(INSIDE)]
    }

    /// Takes a work folder, made if it is missing; refuses one that is not ours.
    pub fn open(
        folder: &Path,
        output: &Path,
        is_synced: bool,
        patience: &mut Patience,
    ) -> Result<Self, Failure> {
        // Another build may be making or clearing the folder at this moment: only what stays strange is a stranger's.
        let mut looks = 0;
        while !is_ours(folder) {
            looks += 1;
            if looks == LOOKS {
                return Err(Failure::new(Action::CreateFolder, folder, Cause::Stranger));
            }
            std::thread::sleep(Duration::from_millis(LOOK_PAUSE_MS));
        }
        let lock = Some(Lock::take(folder, patience)?);
        Ok(Self { folder: folder.to_owned(), output: output.to_owned(), lock, obstacle: None, is_synced })
    }

    /// The same, which lies inside the published folder because of an obstacle.
    pub fn because(mut self, obstacle: Obstacle) -> Self {
        self.obstacle = Some(obstacle);
        self
    }

    /// A generation that is being laid.
    pub fn new_generation(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// A whole generation, or the old one after the exchange.
    pub fn next(&self) -> PathBuf {
        self.folder.join("next")
    }

    /// The old site on its way out, or what is left of it.
    pub fn old(&self) -> PathBuf {
        self.folder.join("old")
    }

    /// The journal of a replacement under way.
    pub fn finish_journal(&self) -> PathBuf {
        self.folder.join("finish")
    }

    /// The journal of a replacement that is taken back.
    pub fn undo_journal(&self) -> PathBuf {
        self.folder.join("undo")
    }

    /// The published folder.
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// A name in the folder that this version gives to nothing.
    pub fn outdated(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Whether the folder is still ours to take away.
    pub fn is_held(&self) -> bool {
        self.lock.is_some()
    }

    /// Whether the folder must survive a power cut.
    pub fn is_synced(&self) -> bool {
        self.is_synced
    }

    /// Calls the generation whole. Everything in it is on the disk before, so that `next` is never a torso.
    pub fn promote(&self) -> Result<(), Failure> {
        self.sync(&self.new_generation())?;
        file::move_to(&self.new_generation(), &self.next())
    }

    /// Makes a folder and all in it durable, unless nobody asked for it.
    pub fn sync(&self, folder: &Path) -> Result<(), Failure> {
        if self.is_synced {
            system::sync_tree(folder).map_err(Failure::of(Action::Sync, folder))
        } else {
            Ok(())
        }
    }

    /// Makes the names of the published folder and of the work folder durable, unless nobody asked for it.
    pub fn sync_names(&self) -> Result<(), Failure> {
        let folders = [self.output.parent().unwrap_or(&self.output), &self.folder];
        for folder in folders.into_iter().filter(|_| self.is_synced) {
            system::sync_folder(folder).map_err(Failure::of(Action::Sync, folder))?;
        }
        Ok(())
    }

    /// Takes the folder away, which holds nothing any more.
    pub fn vanish(&mut self) -> Result<(), Failure> {
        if let Some(lock) = self.lock.take() {
            lock.remove()?;
            file::remove_folder(&self.folder)?;
        }
        Ok(())
    }

    /// What remains when the process is killed here: everything but the lock.
    #[cfg(test)]
    pub fn kill(mut self) {
        self.lock = None;
    }
}

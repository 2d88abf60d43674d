//! A lock that keeps two builds apart, even when its folder is deleted while one of them waits.
//!
//! The standard library's file locks are enough (no fs4): the system drops them when the holder ends, however it ends.
//! The holder's process id stands in a file beside, because Windows lets nobody read a locked one.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::file;
use super::{Action, Cause, Failure, system};

/// The name of the file that is locked; in a folder for temporary files it is the mark that the folder is ours.
pub const NAME: &str = "nhiemky.lock";
/// The name of the file with the holder's process id.
pub const HOLDER: &str = "nhiemky.pid";

/// Time between two attempts.
const PAUSE_MS: u64 = 100;
/// Attempts of someone who is ready to wait: ten seconds, in which a build of 10,000 pages ends.
pub const PATIENT: usize = 100;

/// Held until it is dropped or its process ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
    folder: PathBuf,
}

impl Lock {
    /// Locks `folder`, which is made where it is missing; waits for another holder `pauses` times 100 ms.
    pub fn take(folder: &Path, pauses: usize) -> Result<Self, Failure> {
        let path = folder.join(NAME);
        for attempt in 0..=pauses {
            // Within the loop: a holder may take its folder away when it is done.
            file::create_folders(folder)?;
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
            let file = match file {
                // The holder took the folder away between the two steps.
                Err(e) if e.kind() == ErrorKind::NotFound && attempt < pauses => continue,
                file => file.map_err(Failure::of(Action::Lock, folder))?,
            };
            match file.try_lock() {
                // Who waited may hold the lock of a file that was removed meanwhile: then another can hold the new one.
                Ok(()) if !system::is_named(&file, &path) => continue,
                Ok(()) => {
                    return Self { file, folder: folder.to_owned() }.signed();
                }
                Err(TryLockError::WouldBlock) if attempt < pauses => {
                    std::thread::sleep(Duration::from_millis(PAUSE_MS))
                }
                Err(TryLockError::WouldBlock) => break,
                // A network drive without locks: better a build without one than none.
                Err(TryLockError::Error(e)) if e.kind() == ErrorKind::Unsupported => {
                    return Self { file, folder: folder.to_owned() }.signed();
                }
                Err(TryLockError::Error(e)) => return Err(Failure::of(Action::Lock, folder)(e)),
            }
        }
        let holder = file::read_bounded(&folder.join(HOLDER), 16).ok();
        let pid = holder.and_then(|text| String::from_utf8_lossy(&text).trim().parse().ok());
        Err(Failure::new(Action::Lock, folder, Cause::Busy(pid)))
    }

    fn signed(self) -> Result<Self, Failure> {
        let holder = self.folder.join(HOLDER);
        std::fs::write(&holder, std::process::id().to_string())
            .map_err(Failure::of(Action::Write, &holder))?;
        Ok(self)
    }

    /// Gives the lock back and removes its files from the folder.
    pub fn remove(self) -> Result<(), Failure> {
        file::remove(&self.folder.join(HOLDER))?;
        file::remove(&self.folder.join(NAME))?;
        drop(self.file);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_waits_and_then_names_the_holder() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let first = Lock::take(folder.path(), 0).expect("free");
        let failure = Lock::take(folder.path(), 1).expect_err("held");
        assert!(matches!(failure.cause, Cause::Busy(Some(pid)) if pid == std::process::id()));
        let waiting = std::thread::spawn({
            let folder = folder.path().to_owned();
            move || Lock::take(&folder, PATIENT).is_ok()
        });
        std::thread::sleep(Duration::from_millis(PAUSE_MS));
        drop(first);
        assert!(waiting.join().expect("no panic"));
    }

    #[test]
    fn a_lock_survives_its_folder() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let first = Lock::take(folder.path(), 0).expect("free");
        first.remove().expect("removed");
        assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 0);
        Lock::take(folder.path(), 0).expect("free again");
    }
}

//! A lock that keeps two builds apart, even when its folder is deleted while one of them waits.
//!
//! The standard library's file locks are enough (no fs4): the system drops them when the holder ends, however it ends.
//! The holder's process id stands in a file beside, because Windows lets nobody read a locked one.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::file;
use super::stamp::Stamp;
use super::{Action, Cause, Failure, system};

/// The name of the file that is locked; in a folder for temporary files it is the mark that the folder is ours.
pub const NAME: &str = "nhiemky.lock";
/// The name of the file with the holder's process id.
pub const HOLDER: &str = "nhiemky.pid";

/// Time between two attempts.
const PAUSE_MS: u64 = 100;
/// Pauses of someone who is ready to wait: ten seconds, in which a build of 10,000 pages ends.
const PAUSES: usize = 100;

/// How long someone is ready to wait, for all the locks that are wanted together.
#[derive(Debug)]
pub struct Patience<'a> {
    pauses: usize,
    stop: &'a AtomicBool,
}

impl<'a> Patience<'a> {
    /// Ten seconds, unless `stop` is set meanwhile.
    pub fn new(stop: &'a AtomicBool) -> Self {
        Self { pauses: PAUSES, stop }
    }

    /// Waits a little; says `false` where there is no patience left.
    fn pause(&mut self, folder: &Path) -> Result<bool, Failure> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Failure::new(Action::Lock, folder, Cause::Interrupted));
        }
        let Some(left) = self.pauses.checked_sub(1) else { return Ok(false) };
        self.pauses = left;
        std::thread::sleep(Duration::from_millis(PAUSE_MS));
        Ok(true)
    }
}

/// Held until it is dropped or its process ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
    folder: PathBuf,
    /// The stamp of something written when the lock was taken.
    pub since: Option<Stamp>,
}

impl Lock {
    /// Locks `folder`, which is made where it is missing; waits for another holder.
    pub fn take(folder: &Path, patience: &mut Patience) -> Result<Self, Failure> {
        let path = folder.join(NAME);
        loop {
            // Within the loop: a holder may take its folder away when it is done.
            file::create_folders(folder)?;
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
            let file = match file {
                // The holder took the folder away between the two steps.
                Err(e) if e.kind() == ErrorKind::NotFound && patience.pause(folder)? => continue,
                file => file.map_err(Failure::of(Action::Lock, folder))?,
            };
            match file.try_lock() {
                // Who waited may hold the lock of a file that was removed meanwhile: then another can hold the new one.
                Ok(()) if !system::is_named(&file, &path) => continue,
                Ok(()) => {
                    return Self { file, folder: folder.to_owned(), since: None }.signed();
                }
                Err(TryLockError::WouldBlock) if patience.pause(folder)? => {}
                Err(TryLockError::WouldBlock) => break,
                // A network drive without locks: better a build without one than none.
                Err(TryLockError::Error(e)) if e.kind() == ErrorKind::Unsupported => {
                    return Self { file, folder: folder.to_owned(), since: None }.signed();
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
        let write = || {
            let mut file = File::create(&holder)?;
            file.write_all(std::process::id().to_string().as_bytes())?;
            file.metadata()
        };
        let since = write().map(|data| Stamp::of(&data)).map_err(Failure::of(Action::Write, &holder))?;
        Ok(Self { since, ..self })
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

    static GO: AtomicBool = AtomicBool::new(false);

    fn take(folder: &Path, pauses: usize) -> Result<Lock, Failure> {
        Lock::take(folder, &mut Patience { pauses, stop: &GO })
    }

    #[test]
    fn the_second_waits_and_then_names_the_holder() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let first = take(folder.path(), 0).expect("free");
        let failure = take(folder.path(), 1).expect_err("held");
        assert!(matches!(failure.cause, Cause::Busy(Some(pid)) if pid == std::process::id()));
        let waiting = std::thread::spawn({
            let folder = folder.path().to_owned();
            move || Lock::take(&folder, &mut Patience::new(&GO)).is_ok()
        });
        std::thread::sleep(Duration::from_millis(PAUSE_MS));
        drop(first);
        assert!(waiting.join().expect("no panic"));
    }

    #[test]
    fn patience_is_one_for_all_locks_and_ends_when_the_build_is_stopped() {
        let folders = [(); 2].map(|()| tempfile::tempdir().expect("a temporary folder"));
        let _held = folders.each_ref().map(|folder| take(folder.path(), 0).expect("free"));
        let stop = AtomicBool::new(false);
        let mut patience = Patience { pauses: 1, stop: &stop };
        for folder in &folders {
            let failure = Lock::take(folder.path(), &mut patience).expect_err("held");
            assert!(matches!(failure.cause, Cause::Busy(_)));
            assert_eq!(patience.pauses, 0);
        }
        stop.store(true, Ordering::Relaxed);
        let failure = Lock::take(folders[0].path(), &mut Patience::new(&stop)).expect_err("stopped");
        assert!(matches!(failure.cause, Cause::Interrupted));
    }

    #[test]
    fn a_lock_survives_its_folder() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let first = take(folder.path(), 0).expect("free");
        first.remove().expect("removed");
        assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 0);
        take(folder.path(), 0).expect("free again");
    }
}

//! A new generation of the site: laid whole beside the old one, then put in its place in one step.
//!
//! Unchanged files become hard links, so that a changed page costs a page and not a site. At every instant the published
//! name leads to the whole old site or the whole new one; only where the system cannot exchange two folders it leads
//! nowhere between two renames, and the next start ends that.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use crate::fs::folder::{self, Folder};
use crate::fs::walk::{self, Entry};
use crate::fs::{Action, Cause, Failure, file, system};

use super::work::Work;
use super::{How, Obstacle, Options, stranger};

/// Completes the new generation: `kept` files and `strangers` come from the published folder. Says what stands in the
/// way where they cannot be taken along.
pub fn complete(
    work: &Work,
    kept: &[&str],
    strangers: &[Entry],
    options: &Options,
) -> Result<Option<Obstacle>, Failure> {
    let (output, new) = (work.output(), work.new_generation());
    let linked = folder::runs(kept).into_par_iter().try_for_each(|(below, run)| {
        if options.stop.load(Ordering::Relaxed) {
            return Err(Failure::new(Action::Write, output, Cause::Interrupted));
        }
        link(&folder::below(output, below), &folder::below(&new, below), &kept[run])
    });
    match linked {
        Err(failure) if failure.kind() == Some(ErrorKind::CrossesDevices) => {
            return Ok(Some(Obstacle::Mount));
        }
        linked => linked?,
    }
    match stranger::carry(strangers, output, &new) {
        Ok(()) => Ok(None),
        Err(failure) if failure.kind() == Some(ErrorKind::CrossesDevices) => Ok(Some(Obstacle::Mount)),
        Err(failure) if is_full(&failure) => Err(failure),
        // A name that differs only in case, on a disk where that is no difference.
        Err(failure) if failure.kind() == Some(ErrorKind::AlreadyExists) => {
            Err(Failure::new(Action::Write, failure.path, Cause::Stranger))
        }
        Err(_) => Ok(Some(Obstacle::Stranger)),
    }
}

/// Gives the files of one folder a second name each in another folder, which may be missing.
fn link(from: &Path, to: &Path, paths: &[&str]) -> Result<(), Failure> {
    let old = Folder::open(from.to_owned()).map_err(Failure::of(Action::Copy, from))?;
    let new = Folder::made(to.to_owned()).map_err(Failure::of(Action::CreateFolder, to))?;
    paths.iter().try_for_each(|path| {
        let name = folder::split(path).1;
        // What a plain link cannot do, the slower way does or explains.
        old.link(name, &new).or_else(|_| file::link_or_copy(&old.at(name), &new.at(name)))
    })
}

fn is_full(failure: &Failure) -> bool {
    matches!(failure.kind(), Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded))
}

/// Puts the whole generation `next` in the place of the published folder, durably. `None` where the system does not
/// let that folder be moved; then nothing has changed.
pub fn publish(work: &Work, strangers: &[Entry]) -> Result<Option<How>, Failure> {
    let how = swap(work, strangers)?;
    if how.is_some() {
        work.sync_names()?;
    }
    Ok(how)
}

fn swap(work: &Work, strangers: &[Entry]) -> Result<Option<How>, Failure> {
    let (output, next) = (work.output(), work.next());
    if walk::kind(output)?.is_none() {
        file::move_to(&next, output)?;
        return Ok(Some(How::First));
    }
    stranger::dress(strangers, output, &next)?;
    match system::exchange(&next, output) {
        Ok(()) => Ok(Some(How::Exchanged)),
        Err(error) if error.kind() == ErrorKind::Unsupported => rename_twice(&next, output, &work.old()),
        Err(error) if is_held(error.kind()) => Ok(None),
        Err(error) => Err(Failure::of(Action::Exchange, output)(error)),
    }
}

/// For systems without an exchange: the old folder out, the new one in. If the second fails, the first is taken back.
pub fn rename_twice(next: &Path, output: &Path, old: &Path) -> Result<Option<How>, Failure> {
    match file::move_to(output, old) {
        Err(failure) if failure.kind().is_some_and(is_held) || is_open_elsewhere(&failure) => {
            return Ok(None);
        }
        moved => moved?,
    }
    file::move_to(next, output).map(|()| Some(How::Renamed)).or_else(|failure| {
        file::move_to(old, output)?;
        Err(failure)
    })
}

/// Whether an error says that this folder cannot be moved, while its files perhaps can.
fn is_held(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ResourceBusy | ErrorKind::CrossesDevices | ErrorKind::PermissionDenied)
}

/// Windows' error 32: a program holds a file of the folder open.
fn is_open_elsewhere(failure: &Failure) -> bool {
    let Cause::System(error) = &failure.cause else {
        return false;
    };
    cfg!(windows) && error.raw_os_error() == Some(32)
}

//! Replacement file by file, for a published folder that cannot be exchanged: a mount point, a folder in use on Windows.
//!
//! The site is mixed while this lasts, which the program says. All new files lie synced in the work folder before the
//! first one moves, and the journal, synced too, lists every step: a start after a kill or a power cut finishes. A step
//! that fails is answered by taking back those before it. Each direction can be begun again at any point:
//! the journal's *name* is its direction, so that turning round is a single rename, which also a full disk allows.

use std::path::Path;

use crate::fs::walk::{self, Kind};
use crate::fs::{Action, Cause, Failure, file};

use super::manifest;
use super::stranger::folders_of;
use super::work::Work;

/// First line of a journal; the number changes when the form does.
const HEADER: &str = "nhiemky journal 1";

/// Longest journal that is read; see the manifest's.
const MAX_BYTES: u64 = 1 << 30;

/// One step of a replacement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// A file of ours goes.
    Remove,
    /// A file comes where none was.
    Add,
    /// A file takes the place of another.
    Put,
}

/// Steps with their paths; removals first, because a file may give way to a folder of its name, the manifest last.
type Journal = Vec<(Step, String)>;

/// Brings the `changed` files and the manifest from `next` into the published folder and removes the `removed` ones.
pub fn run(work: &Work, changed: &[&str], removed: &[&str]) -> Result<(), Failure> {
    let mut journal: Journal = removed.iter().map(|path| (Step::Remove, (*path).to_owned())).collect();
    for path in changed.iter().copied().chain([manifest::NAME]) {
        let is_there = walk::kind(&work.output().join(path))?.is_some();
        journal.push((if is_there { Step::Put } else { Step::Add }, path.to_owned()));
    }
    file::replace(&work.finish_journal(), to_text(&journal).as_bytes(), work.is_synced())?;
    finish_or_undo(work, &journal)
}

/// Finishes or takes back the replacement that an earlier build began, if one did.
pub fn resume(work: &Work) -> Result<(), Failure> {
    if let Some(journal) = read(&work.undo_journal())? {
        return undo(work, &journal);
    }
    match read(&work.finish_journal())? {
        Some(journal) => finish_or_undo(work, &journal),
        None => Ok(()),
    }
}

fn finish_or_undo(work: &Work, journal: &Journal) -> Result<(), Failure> {
    finish(work, journal).or_else(|failure| {
        file::move_to(&work.finish_journal(), &work.undo_journal())?;
        undo(work, journal)?;
        Err(failure)
    })
}

fn finish(work: &Work, journal: &Journal) -> Result<(), Failure> {
    let (next, old) = (work.next(), work.old());
    for (step, path) in journal {
        let place = work.output().join(path);
        match step {
            Step::Remove => {
                shift(&place, &old.join(path))?;
                prune(work.output(), path);
            }
            Step::Add | Step::Put if walk::kind(&next.join(path))?.is_some() => {
                back_up(&place, &old.join(path))?;
                shift(&next.join(path), &place)?;
            }
            Step::Add | Step::Put => {}
        }
    }
    work.sync(work.output())?;
    file::remove(&work.finish_journal())?;
    work.sync_names()
}

fn undo(work: &Work, journal: &Journal) -> Result<(), Failure> {
    let (next, old) = (work.next(), work.old());
    for (step, path) in journal.iter().rev() {
        let place = work.output().join(path);
        match step {
            Step::Remove | Step::Put => shift(&old.join(path), &place)?,
            Step::Add if walk::kind(&next.join(path))?.is_none() => {
                file::remove(&place)?;
                prune(work.output(), path);
            }
            Step::Add => {}
        }
    }
    work.sync(work.output())?;
    file::remove(&work.undo_journal())?;
    work.sync_names()
}

/// Keeps what lies at `place` as `backup`, unless that was done: as a second name, or by moving it.
fn back_up(place: &Path, backup: &Path) -> Result<(), Failure> {
    match walk::kind(place)? {
        Some(Kind::Folder) => return Err(Failure::new(Action::Write, place, Cause::Stranger)),
        Some(_) if walk::kind(backup)?.is_none() => {}
        Some(_) | None => return Ok(()),
    }
    backup.parent().map_or(Ok(()), file::create_folders)?;
    std::fs::hard_link(place, backup)
        .or_else(|_| std::fs::rename(place, backup))
        .map_err(Failure::of(Action::Move, place))
}

/// Moves a file into a folder that may be missing; done already where there is no such file.
fn shift(from: &Path, to: &Path) -> Result<(), Failure> {
    if walk::kind(from)?.is_none() {
        return Ok(());
    }
    to.parent().map_or(Ok(()), file::create_folders)?;
    file::move_to(from, to)
}

/// Removes the folders above a file that have become empty.
fn prune(output: &Path, path: &str) {
    let _ = folders_of(path).try_for_each(|folder| file::remove_folder(&output.join(folder)));
}

fn to_text(journal: &Journal) -> String {
    let word = |step: Step| match step {
        Step::Remove => "remove",
        Step::Add => "add",
        Step::Put => "put",
    };
    let lines: String = journal.iter().map(|(step, path)| format!("{} {path}\n", word(*step))).collect();
    format!("{HEADER}\n{lines}")
}

/// The journal at `path`, if there is one. It came there whole, so that any fault in it is none of ours.
fn read(path: &Path) -> Result<Option<Journal>, Failure> {
    if walk::kind(path)?.is_none() {
        return Ok(None);
    }
    let bytes = file::read_bounded(path, MAX_BYTES)?;
    let journal = String::from_utf8(bytes).ok().and_then(|text| parse(&text));
    journal.map(Some).ok_or_else(|| Failure::new(Action::Read, path, Cause::NotAsRecorded))
}

fn parse(text: &str) -> Option<Journal> {
    let line = |line: &str| {
        let (step, path) = line.split_once(' ')?;
        let step = match step {
            "remove" => Step::Remove,
            "add" => Step::Add,
            "put" => Step::Put,
            _ => return None,
        };
        (path == manifest::NAME || manifest::is_ours(path)).then(|| (step, path.to_owned()))
    };
    let mut lines = text.lines();
    lines.next().filter(|header| *header == HEADER)?;
    lines.map(line).collect()
}

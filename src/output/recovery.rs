//! Recovery: whatever builds that were killed and earlier versions of the program left behind, the published folder is one whole
//! site, and nothing else stays.
//!
//! A publication begins with it ([`begin`], [`sweep`]) and ends with it ([`close`]): a build that comes to its end leaves what one
//! leaves that is killed after the exchange, so that there is one way to clear up. What may hold a stranger's file is taken
//! down with care (`stranger`), and a replacement file by file goes on in the direction of its journal (`replace`).

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::how::Obstacle;
use super::manifest::Manifest;
use super::work::Work;
use super::{replace, stranger};
use crate::fs::lock::Patience;
use crate::fs::walk::{self, Kind};
use crate::fs::{Action, Failure, file, system};

/// What earlier versions kept in the program's memory, by how its names begin: the generation before the published one, a note
/// of its folders, and what files were once they were parsed.
const OUTDATED_MEMORY: [&str; 3] = ["spare-", "folders-", "parsed"];

/// What killed builds of earlier versions left in the work folder beside a new generation.
const OUTDATED_WORK: [&str; 2] = ["fresh", "twin"];

/// Settles what earlier builds left and makes a work folder for `output`, an absolute path.
pub fn begin(output: &Path, is_synced: bool, patience: &mut Patience) -> Result<Work, Failure> {
    let above = output.parent().unwrap_or(output);
    let places @ [beside, inside] = &Work::places(output);
    for folder in places {
        if walk::kind(folder)?.is_some() {
            close(&mut Work::open(folder, output, is_synced, patience)?, &[])?;
        }
    }
    let is_there = walk::kind(output)?.is_some();
    if is_there && !system::is_same_mount(above, output).map_err(Failure::of(Action::Examine, output))? {
        return Ok(Work::open(inside, output, is_synced, patience)?.because(Obstacle::Mount));
    }
    match Work::open(beside, output, is_synced, patience) {
        Err(failure) if is_there && is_forbidden(&failure) => {
            Ok(Work::open(inside, output, is_synced, patience)?.because(Obstacle::Above))
        }
        opened => opened,
    }
}

/// Removes from the program's memory what no build reads any more: what earlier versions kept, and drafts of killed builds. Reports
/// that were withdrawn since may stand in it, and others may have written there: so nothing of it is looked at.
pub fn sweep(state: &Path) -> Result<(), Failure> {
    let names = fs::read_dir(state).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    for entry in names.map_err(Failure::of(Action::List, state))? {
        let name = entry.file_name();
        let is_outdated = |name: &str| OUTDATED_MEMORY.iter().any(|start| name.starts_with(start));
        let is_gone = name.to_str().is_some_and(|name| is_outdated(name) || file::is_draft(name));
        match walk::kind(&entry.path())? {
            // This version keeps no folder there; one in the place of a file would stop every build.
            Some(Kind::Folder) => file::remove_tree(&entry.path())?,
            _ if is_gone => file::remove(&entry.path())?,
            _ => {}
        }
    }
    Ok(())
}

/// Brings the published folder to a whole state, whatever the state of the work folder, and takes that away. The manifests
/// of the old and the new site probably are among those `known`.
pub fn close(work: &mut Work, known: &[&Manifest]) -> Result<(), Failure> {
    settle(work, known)?;
    work.vanish()
}

/// Finishes or takes back what was begun.
fn settle(work: &Work, known: &[&Manifest]) -> Result<(), Failure> {
    replace::resume(work)?;
    file::remove(&file::draft_of(&work.finish_journal()))?;
    file::remove_tree(&work.new_generation())?;
    OUTDATED_WORK.iter().try_for_each(|name| file::remove_tree(&work.outdated(name)))?;
    if walk::kind(work.output())?.is_none() && walk::kind(&work.old())?.is_some() {
        // Killed between two renames: the new site is whole; if it is not there, the old one is.
        let next = work.next();
        let whole = if walk::kind(&next)?.is_some() { next } else { work.old() };
        file::move_to(&whole, work.output())?;
        work.sync_names()?;
    }
    stranger::clear(&work.next(), work.output(), known)?;
    stranger::clear(&work.old(), work.output(), known)
}

impl Drop for Work {
    fn drop(&mut self) {
        // What cannot be settled now stays, marked, for the next build, which reports it.
        if self.is_held() && settle(self, &[]).is_ok() {
            let _ = self.vanish();
        }
    }
}

/// Whether a folder may not be written to.
fn is_forbidden(failure: &Failure) -> bool {
    matches!(failure.kind(), Some(ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem))
}

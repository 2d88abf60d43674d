//! Recovery: what builds that were killed, and earlier versions of the program, have left behind.

use std::fs;
use std::path::Path;

use crate::fs::walk::{self, Kind};
use crate::fs::{Action, Failure, file};

/// What the names of things in the program's memory begin with that earlier versions kept there: the generation before the
/// published one, and a note of its folders.
const OUTDATED: [&str; 2] = ["spare-", "folders-"];

/// Removes from the program's memory what no build reads any more: what earlier versions kept, and drafts of killed builds. Reports
/// that were withdrawn since may stand in it, and others may have written there: so nothing of it is looked at.
pub fn sweep(state: &Path) -> Result<(), Failure> {
    let names = fs::read_dir(state).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    for entry in names.map_err(Failure::of(Action::List, state))? {
        let name = entry.file_name();
        let is_outdated = |name: &str| OUTDATED.iter().any(|start| name.starts_with(start));
        if name.to_str().is_some_and(|name| is_outdated(name) || file::is_draft(name)) {
            match walk::kind(&entry.path())? {
                Some(Kind::Folder) => file::remove_tree(&entry.path())?,
                _ => file::remove(&entry.path())?,
            }
        }
    }
    Ok(())
}

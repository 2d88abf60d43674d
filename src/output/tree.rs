//! A published folder or its spare as names and stamps of folders: what tells whether anything came, went or was replaced in it.
//!
//! A folder's times are set whenever a name in it is made, removed or given to another file, and nothing sets its ctime back
//! (see [`Stamp`]); what happens within files shows in their own stamps. The uppermost folder is moved by an exchange, which
//! sets its times as well: it is listed instead.

use std::path::Path;

use rayon::prelude::*;

use super::manifest::{self, Manifest};
use crate::fs::folder::{self, Folder};
use crate::fs::stamp::Stamp;

/// What a tree of folders is recognised by.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tree {
    /// The names in the uppermost folder, sorted.
    pub(super) top: Vec<String>,
    /// All other folders, sorted by path.
    pub(super) folders: Vec<(String, Stamp)>,
}

impl Tree {
    /// The tree at `root`, if it holds what the manifest names and nothing else, and later changes show because they come
    /// after `probe`. Folders that are in `before` and not among the sorted ones in which something `changed` since are taken
    /// over: if somebody touched one meanwhile, its stamp tells the next build. Of the others those that have the stamp of
    /// `before` are as they were then; with the tree come those that have another, sorted.
    pub(super) fn of(
        root: &Path,
        manifest: &Manifest,
        (before, changed): (&Self, &[&str]),
        probe: &Stamp,
    ) -> Option<(Self, Vec<String>)> {
        let open = Folder::open(root.to_owned()).ok()?;
        let are_right = |folder: &str| names_of(root, folder, manifest);
        let one = |folder: &&str| {
            let known = before.folders.binary_search_by(|(known, _)| known.as_str().cmp(folder));
            let known = known.ok().map(|at| &before.folders[at]);
            if let Some(known) = known.filter(|_| changed.binary_search(folder).is_err()) {
                return Some((known.clone(), true));
            }
            let stamp = open.stamp_of_folder(folder).filter(|stamp| stamp.is_before(probe))?;
            let is_known = known.is_some_and(|(_, known)| *known == stamp);
            let is_right = is_known || are_right(folder).is_some();
            is_right.then(|| (((*folder).to_owned(), stamp), is_known))
        };
        let folders = folders_of_all(manifest.paths());
        let found: Vec<((String, Stamp), bool)> = folders.par_iter().map(one).collect::<Option<_>>()?;
        let touched = found.iter().filter(|(_, is_known)| !is_known).map(|((folder, _), _)| folder.clone());
        let touched = touched.collect();
        let folders = found.into_iter().map(|(folder, _)| folder).collect();
        Some((Self { top: are_right("")?, folders }, touched))
    }

    /// Whether no name was made, removed or given to another file below `root`, but for files at its top, which may be others.
    pub(super) fn is_untouched(&self, root: &Path) -> bool {
        let Ok(open) = Folder::open(root.to_owned()) else { return false };
        let is_same = |(folder, stamp): &(String, Stamp)| open.stamp_of_folder(folder) == Some(*stamp);
        folder::names(root).is_ok_and(|top| top == self.top) && self.folders.par_iter().all(is_same)
    }

    /// Whether the files at the top of two trees are the same files, but for those that `may_differ`.
    pub(super) fn has_same_files(&self, one: &Path, other: &Path, may_differ: impl Fn(&str) -> bool) -> bool {
        let open = |path: &Path| Folder::open(path.to_owned());
        let (Ok(one), Ok(other)) = (open(one), open(other)) else { return false };
        let is_folder = |name: &str| self.folders.binary_search_by(|(f, _)| f.as_str().cmp(name)).is_ok();
        self.top.iter().filter(|name| *name != manifest::NAME && !may_differ(name)).all(|name| {
            let same = |(a, b): (Stamp, Stamp)| a == b;
            is_folder(name) || one.stamp(name).zip(other.stamp(name)).is_some_and(same)
        })
    }
}

/// The names in a folder below `root`, sorted, if they are those that the manifest has there and no others.
fn names_of(root: &Path, folder: &str, manifest: &Manifest) -> Option<Vec<String>> {
    let within = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut known: Vec<String> = Vec::new();
    let mut next = within.clone();
    while let Some(rest) = manifest.paths_from(&next).next().and_then(|path| path.strip_prefix(&within)) {
        let name = rest.split('/').next().unwrap_or_default();
        // The first path that does not lead into the folder of that name: `0` is the sign after the slash.
        let behind = if name.len() < rest.len() { "0" } else { "\0" };
        next = [&within, name, behind].concat();
        known.push(name.to_owned());
    }
    if folder.is_empty() {
        known.push(manifest::NAME.to_owned());
    }
    known.sort_unstable();
    known.dedup();
    folder::names(&folder::below(root, folder)).ok().filter(|found| *found == known)
}

/// All folders that lead to some sorted paths, sorted; not the uppermost one.
pub(super) fn folders_of_all<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let (mut all, mut last) = (Vec::new(), "");
    for path in paths {
        let mut folder = folder::split(path).0;
        // Those above one that was seen were seen with it.
        while !folder.is_empty() && folder != last && !is_above(folder, last) {
            all.push(folder);
            folder = folder::split(folder).0;
        }
        last = folder::split(path).0;
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn is_above(folder: &str, below: &str) -> bool {
    below.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_is_found_once() {
        let paths =
            ["a.html", "b/c.html", "b/d/e/f.html", "b/d/g.html", "b/h.html", "bb/i.html", "c/d/j.html"];
        assert_eq!(folders_of_all(paths.into_iter()), ["b", "b/d", "b/d/e", "bb", "c", "c/d"]);
    }
}

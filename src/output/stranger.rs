//! Strangers: what lies in the published folder and was not written by us.
//!
//! A university's `.well-known`, a scanned decision put there by hand, a `CNAME`: they are kept, carried into every new
//! generation, and never overwritten. A stranger where a page belongs stops the build and is named.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::fs::folder::{self, Folder};
use crate::fs::walk::{self, Entry, Kind};
use crate::fs::{Action, Cause, Failure, file, system};

use super::manifest::{self, Manifest};
use super::work;

/// What is not ours in a published folder, in the order of a walk.
pub fn find(output: &Path, ours: impl Fn(&str) -> bool, manifest: &Manifest) -> Result<Vec<Entry>, Failure> {
    if walk::kind(output)?.is_none() {
        return Ok(Vec::new());
    }
    let folders: BTreeSet<&str> = manifest.paths().flat_map(folders_of).collect();
    let mut entries = walk::walk(output, |name| name == work::INSIDE)?;
    entries.retain(|entry| {
        let path = to_text(&entry.path);
        let is_ours = match entry.kind {
            Kind::Folder => path.is_empty() || folders.contains(path.as_str()),
            Kind::File | Kind::Link | Kind::Special => manifest.names(&path) || ours(&path),
        };
        !is_ours
    });
    Ok(entries)
}

/// Refuses a stranger that stands where one of the `planned` files belongs, or a folder of one.
pub fn refuse_collisions<'a>(
    strangers: &[Entry],
    planned: impl Iterator<Item = &'a str>,
    output: &Path,
) -> Result<(), Failure> {
    if strangers.is_empty() {
        return Ok(());
    }
    let strangers: BTreeMap<String, Kind> = strangers.iter().map(|e| (to_text(&e.path), e.kind)).collect();
    for path in planned {
        let in_the_way = |folder: &&str| strangers.get(*folder).is_some_and(|kind| *kind != Kind::Folder);
        let stranger =
            strangers.contains_key(path).then_some(path).or_else(|| folders_of(path).find(in_the_way));
        if let Some(stranger) = stranger {
            return Err(Failure::new(Action::Write, output.join(stranger), Cause::Stranger));
        }
    }
    Ok(())
}

/// Gives the strangers of `output` a place in the generation `new` too: as hard links, where that is possible.
/// `CrossesDevices` where something is mounted in the folder, which no generation can take along.
pub fn carry(strangers: &[Entry], output: &Path, new: &Path) -> Result<(), Failure> {
    for stranger in strangers {
        let (from, to) = (output.join(&stranger.path), new.join(&stranger.path));
        match stranger.kind {
            Kind::Folder
                if system::is_same_mount(&from, output).map_err(Failure::of(Action::Examine, &from))? =>
            {
                file::create_folders(&to)?;
            }
            Kind::Folder => return Err(Failure::of(Action::Copy, &from)(ErrorKind::CrossesDevices.into())),
            Kind::File | Kind::Link | Kind::Special => file::link_or_copy(&from, &to)?,
        }
    }
    Ok(())
}

/// Gives the folder of a generation, and those of strangers in it, the permissions that they have in `output`. Last,
/// because nothing can be laid into a folder that is not writable any more.
pub fn dress(strangers: &[Entry], output: &Path, generation: &Path) -> Result<(), Failure> {
    let folders =
        strangers.iter().filter(|entry| entry.kind == Kind::Folder).map(|entry| entry.path.as_path());
    for folder in folders.chain([Path::new("")]) {
        let (from, to) = (output.join(folder), generation.join(folder));
        let permissions = fs::metadata(&from).map_err(Failure::of(Action::Examine, &from))?.permissions();
        fs::set_permissions(&to, permissions).map_err(Failure::of(Action::CreateFolder, &to))?;
    }
    Ok(())
}

/// Takes down an old generation: what its manifest names is removed, and what was carried along. A stranger that came
/// while the new generation was laid is moved into `output`. The manifests of both probably are among those `known`; where none
/// is, a build was killed, and of what it left only a whole manifest tells strangers from old pages: without one all of it goes,
/// since a withdrawn page must never come back (strangers that were there before were carried along).
pub fn clear(generation: &Path, output: &Path, known: &[&Manifest]) -> Result<(), Failure> {
    use rayon::prelude::*;
    if walk::kind(generation)?.is_none() {
        return Ok(());
    }
    let (ours, published) = (Manifest::read_known(generation, known)?, Manifest::read_known(output, known)?);
    if known.is_empty() && ours.is_empty() {
        return file::remove_tree(generation);
    }
    remove_at_once(generation, &ours);
    let entries = walk::walk(generation, |_| false)?;
    let (folders, mut files): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|e| e.kind == Kind::Folder);
    // The manifest goes last: killed without it, the next start could not tell what is left from a late stranger.
    files.retain(|entry| entry.path != Path::new(manifest::NAME));
    folders.iter().for_each(|folder| open_up(&generation.join(&folder.path)));
    files.par_iter().try_for_each(|entry| {
        let path = to_text(&entry.path);
        let (old, new) = (generation.join(&entry.path), output.join(&entry.path));
        let is_safe = match published.get(&path) {
            _ if ours.names(&path) => true,
            Some(imprint) => file::has_digest(&old, &imprint.digest).is_some(),
            None => walk::kind(&new)?.is_some(),
        };
        if is_safe { file::remove(&old) } else { rescue(&old, new) }
    })?;
    file::remove(&generation.join(manifest::NAME))?;
    // What each folder holds comes behind it.
    folders.iter().rev().try_for_each(|folder| file::remove_folder(&generation.join(&folder.path)))
}

/// Removes what a manifest names, as far as that goes without a question: not through a link. The rest is for the walk.
fn remove_at_once(generation: &Path, ours: &Manifest) {
    use rayon::prelude::*;
    let Ok(root) = Folder::open(generation.to_owned()) else { return };
    let paths: Vec<&str> = ours.paths().collect();
    folder::runs(&paths).into_par_iter().for_each(|(below, run)| {
        let Ok(folder) = root.below(below) else { return };
        paths[run].iter().for_each(|path| _ = folder.remove(folder::split(path).1));
    });
}

/// Makes a folder that is about to go writable, if it was not; if that fails, the removal will say so.
fn open_up(folder: &Path) {
    #[cfg(unix)]
    if fs::metadata(folder).is_ok_and(|data| data.permissions().readonly()) {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// Moves a late stranger into the published folder, under another name if a page stands at its own.
fn rescue(from: &Path, mut to: PathBuf) -> Result<(), Failure> {
    while walk::kind(&to)?.is_some() {
        to.as_mut_os_string().push(".kept");
    }
    to.parent().map_or(Ok(()), file::create_folders)?;
    file::move_to(from, &to)
}

/// A path as the manifest writes it. What is not UTF-8 becomes something that no manifest can name.
pub fn to_text(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// The folders above a file, nearest first.
pub fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(above, _)| above), |p| {
        p.rsplit_once('/').map(|(above, _)| above)
    })
}

//! The memory of which published files are intact: their stamps as they were when their bytes were last known.
//!
//! Reading and digesting a whole site only to learn that nobody touched it cost three quarters of a build with nothing to do.
//! A file whose stamp is still the remembered one was not touched, because any change sets its ctime, which nothing can
//! set back (see [`Stamp`]). This is a cache about files of this machine and never a ground for what stands on a page:
//! it is bound to one manifest by its digest, may be deleted at any time, and any doubt means that files are read.
//!
//! Clocks tick slowly, so a stamp is remembered only if a *probe* written before the stamp was taken is later than it: then
//! whatever happens after the stamp was taken sets another ctime. Builds that do not wait for the disk remember nothing.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rayon::prelude::*;

use crate::fs::folder::{self, Folder};
use crate::fs::stamp::Stamp;
use crate::fs::{Digest, file};
use crate::stored::{self, Form};

/// The form of the bytes; another form is no memory.
const FORM: &Form = b"nhiemky stamps 3";

/// Longest memory that is read: ten million files.
const MAX_BYTES: u64 = 1 << 30;

/// How often it is looked whether the clock of the file system has ticked, a millisecond apart: coarse ones need ten.
const LOOKS: usize = 50;

/// The stamps of the files of a manifest, in its order; `None` for those that must be read.
pub type Stamps = Vec<Option<Stamp>>;

/// The remembered stamps in `memory`, if they belong to this manifest of `count` files; otherwise none at all.
pub fn read(memory: &Path, manifest: &Digest, count: usize) -> Stamps {
    let bytes = file::read_bounded(memory, MAX_BYTES).unwrap_or_default();
    let remembered = stored::from_bytes::<(Digest, Stamps)>(FORM, &bytes);
    let remembered = remembered.filter(|(of, stamps)| of == manifest && stamps.len() == count);
    remembered.map_or_else(|| vec![None; count], |(_, stamps)| stamps)
}

/// Remembers stamps; forgets all if there is none. A memory that cannot be written is none, which costs time only.
pub fn write(memory: &Path, manifest: &Digest, stamps: &[Option<Stamp>]) {
    if stamps.iter().all(Option::is_none) {
        return forget(memory);
    }
    if file::replace(memory, &stored::to_bytes(FORM, &(manifest, stamps)), false).is_err() {
        forget(memory);
    }
}

/// Forgets all stamps.
pub fn forget(memory: &Path) {
    let _ = file::remove(memory);
    let _ = file::remove(&file::draft_of(memory));
}

/// The stamps of files below `root`, whose paths are sorted, as they are now.
pub fn look(root: &Path, paths: &[&str]) -> Stamps {
    let look = |(below, run): &(&str, std::ops::Range<usize>)| -> Stamps {
        let open = Folder::open(folder::below(root, below));
        let stamp = |path: &&str| open.as_ref().ok()?.stamp(folder::split(path).1);
        paths[run.clone()].iter().map(stamp).collect()
    };
    let runs: Vec<Stamps> = folder::runs(paths).par_iter().map(look).collect();
    runs.concat()
}

/// The stamps to remember of files that were just published, and had the stamps `known` when their bytes were read or
/// written; hard links have changed their ctimes since. All happened before `probe` was written.
pub fn settle(root: &Path, paths: &[&str], known: &[Option<Stamp>], probe: &Stamp) -> Stamps {
    let settled = |(known, now): (&Option<Stamp>, Option<Stamp>)| {
        let (known, now) = known.zip(now)?;
        (now.is_same_but_for_names(&known) && now.is_before(probe)).then_some(now)
    };
    known.iter().zip(look(root, paths)).map(settled).collect()
}

/// The stamp of a file written one tick later than everything before: waits for the tick.
pub fn probe(memory: &Path) -> Option<Stamp> {
    let draft: PathBuf = file::draft_of(memory);
    let write = || {
        let mut file = File::create(&draft).ok()?;
        file.write_all(b"?").ok()?;
        Stamp::of(&file.metadata().ok()?)
    };
    let first = write()?;
    (0..LOOKS).find_map(|_| {
        std::thread::sleep(Duration::from_millis(1));
        write().filter(|later| first.is_before(later))
    })
}

//! The spare: the generation before the published one, kept in the program's memory to become the next.
//!
//! Laying a new generation of a large site by links and taking the old one down again is 50,000 calls to the system for one
//! changed page. The spare differs from the published folder in what the last build changed, and shares all other files with
//! it as hard links. So only those files are brought up to date, and the two are exchanged as ever. While that is done the
//! spare lies in the work folder, where nobody reads it.
//!
//! It is valid only if its note, which is removed first and written last, belongs to the published manifest and to this start
//! of the machine (what a power cut leaves is no spare), and no folder of both trees was touched since: by stamps, whose rule
//! is that of [`super::seen`]; by names in the two uppermost folders, whose times an exchange sets. Strangers, or any doubt, and
//! there is no spare: it is taken down as any old generation is.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::change::Change;
use super::manifest::{self, Manifest};
use super::tree::{self, Tree};
use super::work::Work;
use super::{place, seen, stranger};
use crate::fs::folder::{below, split};
use crate::fs::stamp::Stamp;
use crate::fs::{Action, Digest, Failure, file, system, walk};
use crate::stored::{self, Form, Stored};

/// The form of the note; another form is none.
const FORM: &Form = b"nhiemky spare  1";

/// Longest note that is read.
const MAX_BYTES: u64 = 1 << 28;

/// Where the spare of an output folder lies, and its note.
#[derive(Debug)]
pub(super) struct Spare {
    folder: PathBuf,
    note: PathBuf,
}

/// What is noted of a spare.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Note {
    published: Tree,
    spare: Tree,
    /// The files that only one of the two has, or that differ; sorted.
    stale: Vec<String>,
}

/// What the bytes of a note begin with: the start of the machine, the manifest, the stale files, and of each tree what lies at its top and its folders.
#[derive(Serialize, Deserialize)]
struct Head {
    boot: Option<String>,
    manifest: Digest,
    stale: Vec<String>,
    tops: [Vec<String>; 2],
    folders: [Vec<String>; 2],
}

impl Spare {
    /// The place of the spare of `output` in the program's memory.
    pub(super) fn of(state: &Path, output: &Path) -> Self {
        let at = |what: &str| place::memory(state, output, what);
        Self { folder: at("spare"), note: at("folders") }
    }

    /// What is noted of it, if that belongs to this manifest of the published folder and nothing in that was touched since.
    pub(super) fn read(&self, manifest: &Digest, output: &Path) -> Option<Note> {
        let note = Note::from_bytes(file::read_bounded(&self.note, MAX_BYTES).ok()?, manifest)?;
        note.published.is_untouched(output).then_some(note)
    }

    /// Makes the spare the new generation, with the files that were laid for it and those of the published folder that
    /// differ in it. `false` where it cannot be used; then nothing has changed.
    pub(super) fn renew(&self, note: &Note, work: &Work, change: &Change<'_>) -> Result<bool, Failure> {
        let (new, fresh, output) = (work.new_generation(), work.fresh(), work.output());
        let is_same = note.spare.is_untouched(&self.folder)
            && note.spare.has_same_files(&self.folder, output, |path| !note.leaves(path));
        if !is_same {
            return Ok(false);
        }
        file::remove(&self.note)?;
        file::move_to(&new, &fresh)?;
        if file::move_to(&self.folder, &new).is_err() {
            file::move_to(&fresh, &new)?;
            return Ok(false);
        }
        let gone = note.stale.iter().map(String::as_str).chain(change.removed.iter().copied());
        gone.clone().try_for_each(|path| file::remove(&new.join(path)))?;
        let folders = tree::folders_of_all(change.after.paths());
        let is_needless = |folder: &&String| folders.binary_search(&folder.as_str()).is_err();
        // What a folder holds comes behind it.
        let needless = note.spare.folders.iter().map(|(folder, _)| folder).filter(is_needless);
        needless.rev().try_for_each(|folder| file::remove_folder(&new.join(folder)))?;
        let back = note.stale.iter().map(String::as_str).filter(|path| change.is_kept(path));
        let make_room = |path: &str| match below(&new, split(path).0) {
            folder if folder.is_dir() => Ok(()),
            folder => file::create_folders(&folder),
        };
        for path in back {
            make_room(path)?;
            let from = output.join(path);
            fs::hard_link(&from, new.join(path)).map_err(Failure::of(Action::Copy, &from))?;
        }
        for path in change.written.iter().copied().chain([manifest::NAME]) {
            make_room(path)?;
            file::move_to(&fresh.join(path), &new.join(path))?;
        }
        file::remove_tree(&fresh)?;
        Ok(true)
    }

    /// Takes the spare down; what came into it and is not ours goes into the published folder.
    pub(super) fn discard(&self, output: &Path, known: &[&Manifest]) -> Result<(), Failure> {
        file::remove(&self.note)?;
        stranger::clear(&self.folder, output, known)
    }

    /// Keeps the old generation, which is on its way out, as the spare, if it has nothing but our files and the published one
    /// has nothing but those of `change`. `before` is what was noted of both before they were exchanged. Later changes show,
    /// if they come after `probe`.
    pub(super) fn keep(
        &self,
        work: &Work,
        (old, change): (&Manifest, &Change<'_>),
        before: Option<Note>,
        probe: &Stamp,
    ) -> Option<Note> {
        let is_near = || system::is_same_mount(self.folder.parent()?, work.output()).ok();
        if !change.is_small() || is_near() != Some(true) {
            return None;
        }
        let before = before.unwrap_or_default();
        let mut brought: Vec<&str> = before.stale.iter().map(String::as_str).collect();
        brought.extend(change.written.iter().chain(&change.removed));
        brought.sort_unstable();
        let changed = tree::folders_of_all(brought.into_iter());
        // The one that was published is out of the way now, and the other way round.
        let (out, touched) = Tree::of(&work.next(), old, (&before.published, &changed), probe)?;
        let (published, others) = Tree::of(work.output(), &change.after, (&before.spare, &changed), probe)?;
        // In folders that were touched, somebody may have put another file in the place of one.
        let is_touched = |path: &&&str| {
            let folder = split(path).0;
            let is_among = |all: &[String]| all.binary_search_by(|own| own.as_str().cmp(folder)).is_ok();
            folder.is_empty() || is_among(&touched) || is_among(&others)
        };
        let doubtful: Vec<&str> = change.kept.iter().filter(is_touched).copied().collect();
        let (ones, others) = (seen::look(&work.next(), &doubtful), seen::look(work.output(), &doubtful));
        if ones != others || ones.contains(&None) {
            return None;
        }
        file::move_to(&work.next(), &self.folder).ok()?;
        let stale = change.written.iter().chain(&change.removed).map(|path| (*path).to_owned());
        let mut stale: Vec<String> = stale.collect();
        stale.sort_unstable();
        Some(Note { published, spare: out, stale })
    }

    /// Writes what is noted of the spare; without a note it is none.
    pub(super) fn write(&self, note: &Note, manifest: &Digest) {
        if file::replace_with(&self.note, &note.stored(manifest).pieces(), false).is_err() {
            let _ = file::remove(&self.note);
        }
    }

    /// Whether there may be one.
    pub(super) fn is_there(&self) -> bool {
        !matches!((walk::kind(&self.folder), walk::kind(&self.note)), (Ok(None), Ok(None)))
    }
}

impl Note {
    /// Whether a renewal left a file of the published folder alone.
    pub(super) fn leaves(&self, path: &str) -> bool {
        self.stale.binary_search_by(|stale| stale.as_str().cmp(path)).is_err()
    }

    /// The files that were linked or replaced by a renewal; sorted.
    pub(super) fn stale_files(&self) -> Vec<String> {
        self.stale.clone()
    }

    fn stored(&self, manifest: &Digest) -> Stored<'static> {
        let trees = [&self.published, &self.spare];
        let folders = |tree: &Tree| tree.folders.iter().map(|(folder, _)| folder.clone()).collect();
        let head = Head {
            boot: system::boot(),
            manifest: *manifest,
            stale: self.stale.clone(),
            tops: trees.map(|tree| tree.top.clone()),
            folders: trees.map(folders),
        };
        let stamps = trees.iter().flat_map(|tree| &tree.folders);
        let rows: Vec<u8> = stamps.flat_map(|(_, stamp)| stamp.to_bytes()).collect();
        Stored::new(FORM, &head, &rows, Vec::new())
    }

    fn from_bytes(bytes: Vec<u8>, manifest: &Digest) -> Option<Self> {
        let (head, start) = stored::from_bytes::<Head>(FORM, &bytes)?;
        let (rows, rest) = bytes.get(start..)?.as_chunks();
        let count = head.folders.iter().map(Vec::len).sum::<usize>();
        let is_now = head.boot.is_some() && head.boot == system::boot();
        if !is_now || head.manifest != *manifest || !rest.is_empty() || rows.len() != count {
            return None;
        }
        let mut stamps = rows.iter().map(Stamp::from_bytes);
        let mut tree = |(top, folders): (Vec<String>, Vec<String>)| Tree {
            top,
            folders: folders.into_iter().zip(stamps.by_ref()).collect(),
        };
        let ([one, other], [ones, others]) = (head.tops, head.folders);
        Some(Self { published: tree((one, ones)), spare: tree((other, others)), stale: head.stale })
    }
}

//! The files of an archive by their paths, whether they lie in a folder or in a zip.
//!
//! A path gets in here only if it cannot leave the archive; what may not be read is named and left out, or kept as a file
//! that fails when it is read, so that it is not reported as missing too.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::fault;
use super::finding::{Finding, Findings, kinds};
use super::hash::{self, Algorithm};
use super::limit::{self, ENTRIES};
use super::name;
use super::unzip::Unzip;
use super::zip::{self, Zip};
use super::zip_member::ZipMember;
use crate::fs::inside::Inside;
use crate::fs::walk::Kind;
use crate::fs::{Action, Cause, Failure, system};

/// The files of an archive.
#[derive(Debug)]
pub struct Tree {
    /// Sorted by path.
    pub entries: Vec<Entry>,
    /// Names of folders, sorted.
    pub folders: Vec<String>,
    /// What is strange but allowed: an error in an archive of ours.
    pub oddities: Vec<Finding>,
    /// Each entry's name as careless systems compare it, sorted.
    keys: Vec<(Box<str>, usize)>,
    /// Bytes on the disk.
    pub stored: u64,
    store: Store,
    path: PathBuf,
}

/// A file.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its path below the archive's root.
    pub path: Box<str>,
    /// Its length.
    pub bytes: u64,
    /// Its number in the store.
    number: usize,
}

#[derive(Debug)]
enum Store {
    Folder(Inside),
    Zip(Zip),
}

/// The length and the digests of a file.
pub type Digests = (u64, Vec<Box<[u8]>>);

/// Opens the folder or zip at `path`, whose name is `shown`; `None` where so much is wrong with it that its files mean
/// nothing, which `findings` then say.
///
/// # Errors
/// Where the machine fails, or nothing at `path` could be an archive.
pub fn open(path: &Path, shown: &str, findings: &mut Findings) -> Result<Option<Tree>, Failure> {
    // The path itself is the caller's word, so that a link there is followed; nothing behind it is.
    let real = std::fs::canonicalize(path).map_err(Failure::of(Action::Read, path))?;
    let data = std::fs::symlink_metadata(&real).map_err(Failure::of(Action::Read, path))?;
    if data.is_dir() {
        return of_folder(&real, shown, findings);
    }
    let no_archive = || Failure::new(Action::Verify, path, Cause::NoArchive);
    if !data.is_file() {
        return Err(no_archive());
    }
    let mut file = system::open(&real).map_err(Failure::of(Action::Read, path))?;
    if !zip::is_zip(&mut file).map_err(Failure::of(Action::Read, path))? {
        return Err(no_archive());
    }
    let zip = zip::open(file, path, shown, findings)?;
    Ok(zip.map(|zip| of_zip(zip, path, shown, findings)))
}

fn of_folder(path: &Path, shown: &str, findings: &mut Findings) -> Result<Option<Tree>, Failure> {
    let inside = Inside::open(path)?;
    let walk = inside.walk(ENTRIES, limit::DIRECTORY_BYTES)?;
    if walk.is_cut {
        findings.push(Finding::error(shown, &kinds::TOO_MANY, &[&ENTRIES.to_string()]));
        return Ok(None);
    }
    let (mut entries, mut folders) = (Vec::new(), Vec::new());
    let (mut bytes, mut allocated) = (0_u64, 0_u64);
    for (number, found) in walk.found.into_iter().enumerate() {
        match found.kind {
            _ if !found.is_text => findings.push(Finding::error(&found.path, &kinds::NO_TEXT_NAME, &[])),
            _ if found.is_deep => findings.push(Finding::error(&found.path, &kinds::LONG_NAME, &[])),
            Kind::Link => findings.push(Finding::error(&found.path, &kinds::LINK, &[])),
            Kind::Special => findings.push(Finding::error(&found.path, &kinds::SPECIAL, &[])),
            Kind::Folder => folders.push(found.path),
            Kind::File => {
                bytes = bytes.saturating_add(found.bytes);
                allocated = allocated.saturating_add(found.allocated);
                entries.push(Entry { path: found.path.into(), bytes: found.bytes, number });
            }
        }
    }
    // Some network file systems do not say what a file takes on the disk.
    let allocated = if allocated == 0 { bytes } else { allocated };
    let most = limit::allowance(allocated);
    if bytes > most {
        let largest = entries.iter().max_by_key(|e| e.bytes).map_or("", |e| &e.path);
        findings.push(Finding::error(largest, &kinds::TOO_LARGE, &[&bytes.to_string(), &most.to_string()]));
        return Ok(None);
    }
    let store = Store::Folder(inside);
    let tree = Tree::new(entries, folders, store, path, shown, findings);
    Ok(Some(Tree { stored: allocated, ..tree }))
}

fn of_zip(mut zip: Zip, path: &Path, shown: &str, findings: &mut Findings) -> Tree {
    let (folders, oddities) = (std::mem::take(&mut zip.folders), std::mem::take(&mut zip.oddities));
    let entry = |(number, member): (usize, &ZipMember)| Entry {
        path: member.name.clone(),
        bytes: member.bytes,
        number,
    };
    let entries: Vec<Entry> = zip.members.iter().enumerate().map(entry).collect();
    let stored = zip.source.bytes;
    Tree { oddities, stored, ..Tree::new(entries, folders, Store::Zip(zip), path, shown, findings) }
}

impl Tree {
    fn new(
        mut entries: Vec<Entry>,
        mut folders: Vec<String>,
        store: Store,
        path: &Path,
        shown: &str,
        findings: &mut Findings,
    ) -> Self {
        entries.sort_by(|a, b| (&a.path, a.number).cmp(&(&b.path, b.number)));
        folders.sort();
        for pair in entries.windows(2).filter(|pair| pair[0].path == pair[1].path) {
            findings.push(Finding::error(&pair[0].path, &kinds::TWICE, &[shown]));
        }
        entries.dedup_by(|later, earlier| later.path == earlier.path);
        let mut is_fit = |path: &str| {
            let fault = name::fault(path);
            fault.inspect(|kind| findings.push(Finding::error(path, kind, &[shown]))).is_none()
        };
        entries.retain(|entry| is_fit(&entry.path));
        folders.retain(|folder| is_fit(folder));
        let mut tree = Self {
            entries,
            folders,
            oddities: Vec::new(),
            keys: Vec::new(),
            stored: 0,
            store,
            path: path.to_owned(),
        };
        tree.index();
        tree
    }

    fn index(&mut self) {
        self.keys = self.entries.iter().enumerate().map(|(at, e)| (name::key(&e.path).into(), at)).collect();
        self.keys.sort();
    }

    /// Whether the files lie in a zip.
    pub fn is_zip(&self) -> bool {
        matches!(self.store, Store::Zip(_))
    }

    /// Takes the folder `top` for the root; what lies beside it becomes a finding.
    pub fn enter(&mut self, top: &str, findings: &mut Findings) {
        let inner = format!("{top}/");
        let mut kept = Vec::new();
        for entry in std::mem::take(&mut self.entries) {
            match entry.path.strip_prefix(&inner) {
                Some(rest) => kept.push(Entry { path: rest.into(), ..entry }),
                None => findings.push(Finding::error(&entry.path, &kinds::STRAY, &[])),
            }
        }
        self.entries = kept;
        let folders = std::mem::take(&mut self.folders);
        self.folders = folders.iter().filter_map(|f| f.strip_prefix(&inner)).map(str::to_owned).collect();
        self.index();
    }

    /// The number of the entry at `path`.
    pub fn find(&self, path: &str) -> Option<usize> {
        self.entries.binary_search_by(|entry| (*entry.path).cmp(path)).ok()
    }

    /// The number of the one entry whose path differs from `path` only in the form of its marks.
    pub fn find_alike(&self, path: &str) -> Option<usize> {
        if path.is_ascii() {
            return None;
        }
        let key = name::key(path);
        let from = self.keys.partition_point(|(other, _)| **other < *key);
        let alike = self.keys[from..].iter().take_while(|(other, _)| **other == *key);
        let mut alike = alike.filter(|(_, at)| name::is_same_text(&self.entries[*at].path, path));
        alike.next().map(|(_, at)| *at).filter(|_| alike.next().is_none())
    }

    /// Names that some systems take for one name, and files that stand where another path needs a folder.
    pub fn clashes(&self) -> Vec<(&str, &str)> {
        let path = |key: &(Box<str>, usize)| &*self.entries[key.1].path;
        let is_below =
            |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|r| r.starts_with('\0'));
        let pairs = self.keys.windows(2);
        let clash = pairs.filter(|pair| pair[0].0 == pair[1].0 || is_below(&pair[1].0, &pair[0].0));
        clash.map(|pair| (path(&pair[1]), path(&pair[0]))).collect()
    }

    /// Whether there is a folder of that name, with or without files.
    pub fn has_folder(&self, name: &str) -> bool {
        let inner = format!("{name}/");
        let from = self.entries.partition_point(|entry| *entry.path < *inner);
        let holds = self.entries.get(from).is_some_and(|entry| entry.path.starts_with(&inner));
        holds || self.folders.binary_search_by(|folder| (**folder).cmp(name)).is_ok()
    }

    /// A reader of an entry. Its errors are for [`Self::blame`].
    pub fn read(&self, at: usize) -> io::Result<Box<dyn Read + '_>> {
        let entry = &self.entries[at];
        match &self.store {
            Store::Folder(inside) => {
                let file = inside.file(&entry.path).map_err(|failure| match failure.cause {
                    Cause::System(error) => error,
                    _ => io::ErrorKind::InvalidInput.into(),
                })?;
                // A file that grows while it is read has no end: one byte too many is enough to see it.
                Ok(Box::new(file.take(entry.bytes.saturating_add(1))))
            }
            Store::Zip(zip) => Ok(Box::new(Unzip::new(&zip.source, &zip.members[entry.number])?)),
        }
    }

    /// The bytes of an entry of at most `most`; what is wrong with it otherwise.
    pub fn bytes(&self, at: usize, most: u64) -> Result<Result<Vec<u8>, Finding>, Failure> {
        let entry = &self.entries[at];
        if entry.bytes > most {
            let details = [entry.bytes.to_string(), most.to_string()];
            let details: Vec<&str> = details.iter().map(String::as_str).collect();
            return Ok(Err(Finding::error(&entry.path, &kinds::TOO_LONG, &details)));
        }
        let mut bytes = Vec::new();
        match self.read(at).and_then(|mut from| from.read_to_end(&mut bytes)) {
            Ok(_) => Ok(Ok(bytes)),
            Err(error) => self.blame(error, at).map(Err),
        }
    }

    /// The length and digests of an entry.
    pub fn digests(&self, at: usize, algorithms: &[Algorithm]) -> Result<Result<Digests, Finding>, Failure> {
        match self.read(at).and_then(|mut from| hash::digests(&mut *from, algorithms)) {
            Ok(found) => Ok(Ok(found)),
            Err(error) => self.blame(error, at).map(Err),
        }
    }

    /// Whose fault an error of reading is.
    pub fn blame(&self, error: io::Error, at: usize) -> Result<Finding, Failure> {
        let entry = &self.entries[at];
        if let (Store::Folder(_), None) = (&self.store, error.get_ref()) {
            return Err(Failure::of(Action::Read, &self.path.join(&*entry.path))(error));
        }
        fault::blame(error, &entry.path, &self.path)
    }
}

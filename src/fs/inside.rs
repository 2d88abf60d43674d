//! A folder of somebody else's: what lies below it, and its files opened without ever leaving it.
//!
//! Links are named, never followed, not even one that takes the place of a folder while we look: on Linux every path is
//! opened by `openat2` below the open root, which refuses links in all parts. Elsewhere, and where a sandbox forbids that
//! call, each part is looked at before the last one is opened without following.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::walk::Kind;
use super::{Action, Failure, system};

/// Levels of folders that are entered: more than any archive has, and few enough for a path that systems accept.
const LEVELS: usize = 64;

/// Bytes of a path below the root; systems take 4,096 with the root's own.
const PATH_BYTES: usize = 3_000;

/// What lies below the root, as far as it was looked at.
#[derive(Debug, Default)]
pub struct Walk {
    /// In no order; folders too.
    pub found: Vec<Found>,
    /// Whether there is more than was asked for.
    pub is_cut: bool,
}

/// Something below the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its path below the root with `/`; bytes that are no UTF-8 stand as `\xNN`.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// Whether its name is UTF-8.
    pub is_text: bool,
    /// Whether it is a folder that was not entered because it lies too deep.
    pub is_deep: bool,
    /// The length of a file.
    pub bytes: u64,
    /// What the file takes on the disk, where the system says; a file of holes takes nothing.
    pub allocated: u64,
}

/// An open folder below which things are looked at.
#[derive(Debug)]
pub struct Inside {
    root: PathBuf,
    #[cfg(target_os = "linux")]
    open: Option<rustix::fd::OwnedFd>,
}

impl Inside {
    /// Opens the folder.
    pub fn open(root: &Path) -> Result<Self, Failure> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{CWD, Mode, OFlags, openat};
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            let open = openat(CWD, root, flags, Mode::empty())
                .map_err(|e| Failure::of(Action::List, root)(e.into()))?;
            let inside = Self { root: root.to_owned(), open: Some(open) };
            let is_allowed = matches!(inside.at(".", OFlags::DIRECTORY), Some(Ok(_)));
            Ok(if is_allowed { inside } else { Self { open: None, ..inside } })
        }
        #[cfg(not(target_os = "linux"))]
        Ok(Self { root: root.to_owned() })
    }

    /// Everything below the root, at most `most` things with paths of together `most_bytes`.
    pub fn walk(&self, most: usize, most_bytes: u64) -> Result<Walk, Failure> {
        let mut walk = Walk::default();
        let (mut folders, mut bytes) = (vec![String::new()], 0);
        while let Some(folder) = folders.pop() {
            let room = most.saturating_sub(walk.found.len());
            let listed =
                self.list(&folder, room + 1).map_err(Failure::of(Action::List, &self.root.join(&folder)))?;
            walk.is_cut |= listed.len() > room;
            for mut found in listed.into_iter().take(room) {
                if found.kind == Kind::Folder && found.is_text {
                    found.is_deep =
                        found.path.len() > PATH_BYTES || found.path.matches('/').count() >= LEVELS;
                    if !found.is_deep {
                        folders.push(found.path.clone());
                    }
                }
                bytes += found.path.len() as u64;
                walk.found.push(found);
            }
            walk.is_cut |= bytes > most_bytes;
            if walk.is_cut {
                break;
            }
        }
        Ok(walk)
    }

    /// Opens the regular file at `path`, which [`Self::walk`] gave.
    pub fn file(&self, path: &str) -> Result<File, Failure> {
        let failed = |error| Failure::of(Action::Read, &self.root.join(path))(error);
        let file = self.open_file(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.is_file() {
            return Ok(file);
        }
        Err(failed(io::ErrorKind::InvalidInput.into()))
    }

    fn open_file(&self, path: &str) -> io::Result<File> {
        #[cfg(target_os = "linux")]
        if let Some(opened) = self.at(path, rustix::fs::OFlags::NONBLOCK) {
            return opened.map(File::from);
        }
        let mut part = self.root.clone();
        for name in path.split('/') {
            part.push(name);
            if std::fs::symlink_metadata(&part)?.file_type().is_symlink() {
                return Err(io::ErrorKind::InvalidInput.into());
            }
        }
        system::open(&part)
    }

    /// Opens what lies at `path` for reading; `None` where the system has no way to stay below the root.
    #[cfg(target_os = "linux")]
    fn at(&self, path: &str, flags: rustix::fs::OFlags) -> Option<io::Result<rustix::fd::OwnedFd>> {
        use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
        let flags = flags | OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
        let open = self.open.as_ref()?;
        Some(openat2(open, path, flags, Mode::empty(), resolve).map_err(Into::into))
    }

    fn list(&self, folder: &str, most: usize) -> io::Result<Vec<Found>> {
        #[cfg(target_os = "linux")]
        {
            let path = if folder.is_empty() { "." } else { folder };
            if let Some(opened) = self.at(path, rustix::fs::OFlags::DIRECTORY) {
                return list_open(&opened?, folder, most);
            }
        }
        let mut found = Vec::new();
        for entry in std::fs::read_dir(self.root.join(folder))?.take(most) {
            let entry = entry?;
            let (data, name) = (entry.path().symlink_metadata()?, entry.file_name());
            let is_text = name.to_str().is_some();
            let path = below(folder, &shown(name.as_encoded_bytes()));
            let (kind, bytes) = (Kind::from(data.file_type()), data.len());
            found.push(Found { path, kind, is_text, is_deep: false, bytes, allocated: allocated(&data) });
        }
        Ok(found)
    }
}

/// The folder's things by its open descriptor, so that no other folder can take its name meanwhile.
#[cfg(target_os = "linux")]
fn list_open(open: &rustix::fd::OwnedFd, folder: &str, most: usize) -> io::Result<Vec<Found>> {
    use rustix::fs::{AtFlags, Dir, FileType, statat};
    let mut found = Vec::new();
    for entry in Dir::read_from(open)? {
        let entry = entry?;
        let name = entry.file_name().to_bytes();
        if matches!(name, b"." | b"..") {
            continue;
        }
        if found.len() == most {
            break;
        }
        let stat = statat(open, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW)?;
        let kind = match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => Kind::File,
            FileType::Directory => Kind::Folder,
            FileType::Symlink => Kind::Link,
            _ => Kind::Special,
        };
        found.push(Found {
            path: below(folder, &shown(name)),
            kind,
            is_text: std::str::from_utf8(name).is_ok(),
            is_deep: false,
            bytes: u64::try_from(stat.st_size).unwrap_or_default(),
            allocated: u64::try_from(stat.st_blocks).unwrap_or_default().saturating_mul(512),
        });
    }
    Ok(found)
}

/// What the file takes on the disk.
fn allocated(data: &std::fs::Metadata) -> u64 {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::blocks(data).saturating_mul(512);
    #[cfg(not(unix))]
    data.len()
}

/// Bytes as text, with those that are no UTF-8 as `\xNN`.
pub fn shown(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02x}")));
    }
    text
}

fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn links_are_named_and_never_followed() {
        let (folder, other) =
            (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        std::fs::create_dir(folder.path().join("a")).expect("a folder");
        std::fs::write(folder.path().join("a/b"), "x").expect("a file");
        std::fs::write(other.path().join("c"), "y").expect("a file");
        std::os::unix::fs::symlink(other.path(), folder.path().join("l")).expect("a link");
        let inside = Inside::open(folder.path()).expect("it can be opened");
        let mut found = inside.walk(9, 999).expect("it can be listed").found;
        found.sort_by(|a, b| a.path.cmp(&b.path));
        let kinds: Vec<(&str, Kind)> = found.iter().map(|f| (f.path.as_str(), f.kind)).collect();
        assert_eq!(kinds, [("a", Kind::Folder), ("a/b", Kind::File), ("l", Kind::Link)]);
        assert!(inside.file("a/b").is_ok());
        assert!(inside.file("l/c").is_err() && inside.file("../a").is_err() && inside.file("a").is_err());
        let by_path = Inside {
            root: folder.path().to_owned(),
            #[cfg(target_os = "linux")]
            open: None,
        };
        assert!(by_path.file("a/b").is_ok() && by_path.file("l/c").is_err());
        assert_eq!(by_path.walk(9, 999).expect("it can be listed").found.len(), 3);
        assert!(inside.walk(2, 999).expect("it can be listed").is_cut);
    }
}

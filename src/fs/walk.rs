//! Walking a folder: sorted, without following links, and with every error an error.
//!
//! The home of walkdir. A walk that skips what it cannot read publishes fewer pages in silence.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Action, Cause, Failure};

/// What lies at a path; links are not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, or a junction of Windows.
    Link,
    /// A device, a pipe, a socket.
    Special,
}

impl From<std::fs::FileType> for Kind {
    fn from(kind: std::fs::FileType) -> Self {
        match kind {
            kind if kind.is_symlink() => Self::Link,
            kind if kind.is_dir() => Self::Folder,
            kind if kind.is_file() => Self::File,
            _ => Self::Special,
        }
    }
}

/// Something that a walk found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its path below the folder that was walked; empty for that folder itself.
    pub path: PathBuf,
    /// What it is.
    pub kind: Kind,
}

/// Everything in `folder` and the folder itself, sorted by name within each folder and each folder before what it
/// holds. Names that `is_skipped` are left out with all that lies below them.
pub fn walk(folder: &Path, is_skipped: impl Fn(&OsStr) -> bool) -> Result<Vec<Entry>, Failure> {
    let walk = WalkDir::new(folder).follow_links(false).follow_root_links(false).sort_by_file_name();
    let mut entries = Vec::new();
    for entry in walk.into_iter().filter_entry(|e| e.depth() == 0 || !is_skipped(e.file_name())) {
        let entry = entry.map_err(|error| failure(error, folder))?;
        let path = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_owned();
        entries.push(Entry { path, kind: entry.file_type().into() });
    }
    Ok(entries)
}

/// What lies at `path`, without following a link; `None` where there is nothing.
pub fn kind(path: &Path) -> Result<Option<Kind>, Failure> {
    match std::fs::symlink_metadata(path) {
        Ok(data) => Ok(Some(data.file_type().into())),
        Err(e) if is_absent(&e) => Ok(None),
        Err(e) => Err(Failure::of(Action::Examine, path)(e)),
    }
}

/// Whether an error says that there is nothing at the path; a file in the place of one of its folders says so too.
pub fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

fn failure(error: walkdir::Error, folder: &Path) -> Failure {
    let path = error.path().unwrap_or(folder).to_owned();
    let cause = match error.into_io_error() {
        Some(error) => Cause::System(error),
        None => Cause::System(std::io::Error::from(std::io::ErrorKind::InvalidData)),
    };
    Failure { action: Action::List, path, cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_is_sorted_and_follows_no_link() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("b/d")).expect("a folder");
        std::fs::write(at("b/d/e"), "").expect("a file");
        std::fs::write(at("a"), "").expect("a file");
        std::fs::write(at("c~"), "").expect("a file");
        #[cfg(unix)]
        std::os::unix::fs::symlink(at("b"), at("z")).expect("a link");
        let found = walk(folder.path(), |name| name == "c~").expect("a readable folder");
        let found: Vec<(String, Kind)> =
            found.iter().map(|e| (e.path.display().to_string().replace('\\', "/"), e.kind)).collect();
        let expected = [("", Kind::Folder), ("a", Kind::File), ("b", Kind::Folder), ("b/d", Kind::Folder)];
        let mut expected: Vec<_> = expected.map(|(p, k)| (p.to_owned(), k)).into();
        expected.push(("b/d/e".to_owned(), Kind::File));
        #[cfg(unix)]
        expected.push(("z".to_owned(), Kind::Link));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_failure() {
        let failure = walk(Path::new("/no/such/folder"), |_| false).expect_err("nothing to list");
        assert_eq!(failure.action, Action::List);
    }
}

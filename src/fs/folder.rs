//! An open folder, in which files are looked at, linked and removed by their bare names.
//!
//! A site has some ten files per folder, and a build may touch every one: on Linux the path is looked up once for all of
//! them. Elsewhere the same steps go by the whole path.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::stamp::Stamp;

/// A folder in which several files are to be touched.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    #[cfg(target_os = "linux")]
    open: rustix::fd::OwnedFd,
}

impl Folder {
    /// Opens the folder at `path`.
    pub fn open(path: PathBuf) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{CWD, Mode, OFlags, openat};
            let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
            let open = openat(CWD, &path, flags, Mode::empty())?;
            Ok(Self { path, open })
        }
        #[cfg(not(target_os = "linux"))]
        Ok(Self { path })
    }

    /// Opens a folder below this one without following a link anywhere on the way; an error where the system cannot.
    pub fn below(&self, folder: &str) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
            let (flags, folder) = (
                OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC,
                if folder.is_empty() { "." } else { folder },
            );
            let open = openat2(
                &self.open,
                folder,
                flags,
                Mode::empty(),
                ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS,
            )?;
            Ok(Self { path: self.path.join(folder), open })
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = folder;
            Err(io::ErrorKind::Unsupported.into())
        }
    }

    /// Opens the folder at `path`, which is made with those above it where it is missing.
    pub fn made(path: PathBuf) -> io::Result<Self> {
        if cfg!(target_os = "linux") {
            match Self::open(path.clone()) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                opened => return opened,
            }
        }
        std::fs::create_dir_all(&path)?;
        Self::open(path)
    }

    /// A new file of that name for writing, which must not exist yet.
    pub fn create_new(&self, name: &str) -> io::Result<File> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{Mode, OFlags, openat};
            let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
            // As std makes files: the mask of the process takes away what others may not do.
            Ok(File::from(openat(&self.open, name, flags, Mode::from_raw_mode(0o666))?))
        }
        #[cfg(not(target_os = "linux"))]
        File::create_new(self.at(name))
    }

    /// The path of a file in it.
    pub fn at(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The stamp of the regular file of that name, if there is one.
    pub fn stamp(&self, name: &str) -> Option<Stamp> {
        #[cfg(target_os = "linux")]
        {
            let stat = rustix::fs::statat(&self.open, name, rustix::fs::AtFlags::SYMLINK_NOFOLLOW).ok()?;
            Stamp::of_stat(&stat)
        }
        #[cfg(not(target_os = "linux"))]
        Stamp::of(&std::fs::symlink_metadata(self.at(name)).ok()?)
    }

    /// Gives the file a second name, the same one in another folder.
    pub fn link(&self, name: &str, to: &Self) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        return Ok(rustix::fs::linkat(&self.open, name, &to.open, name, rustix::fs::AtFlags::empty())?);
        #[cfg(not(target_os = "linux"))]
        std::fs::hard_link(self.at(name), to.at(name))
    }

    /// Removes the file of that name.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        return Ok(rustix::fs::unlinkat(&self.open, name, rustix::fs::AtFlags::empty())?);
        #[cfg(not(target_os = "linux"))]
        std::fs::remove_file(self.at(name))
    }
}

/// Sorted paths in runs that lie in one folder: the folder, `""` for the root, and where its run begins and ends. A folder
/// whose files surround those of another has two runs.
pub fn runs<'a>(paths: &[&'a str]) -> Vec<(&'a str, std::ops::Range<usize>)> {
    let mut runs: Vec<(&str, std::ops::Range<usize>)> = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let folder = split(path).0;
        match runs.last_mut() {
            Some((last, run)) if *last == folder => run.end = at + 1,
            _ => runs.push((folder, at..at + 1)),
        }
    }
    runs
}

/// A path as its folder and its name.
pub fn split(path: &str) -> (&str, &str) {
    // Names are short: looking at byte after byte is faster than what searches long texts.
    let slash = path.bytes().rposition(|byte| byte == b'/');
    slash.map_or(("", path), |at| (&path[..at], &path[at + 1..]))
}

/// The place of a folder of [`runs`] below `root`.
pub fn below(root: &Path, folder: &str) -> PathBuf {
    if folder.is_empty() { root.to_owned() } else { root.join(folder) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_keep_the_order_of_the_paths() {
        let paths = ["a.html", "b/c.html", "b/d.html", "b/e/f.html", "b/g.html"];
        assert_eq!(runs(&paths), [("", 0..1), ("b", 1..3), ("b/e", 3..4), ("b", 4..5)]);
    }
}

//! Single steps with files: read, write, copy, move, remove; each failure names action and path.
//!
//! A source is read settled ([`read_settled`]), a file of ours is compared without trust ([`has_digest`]), and what is
//! made here is new: nothing but [`move_to`] and [`replace`] ever takes the place of a file.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::digest::{self, Digest};
use super::stamp::Stamp;
use super::walk::is_absent;
use super::{Action, Cause, Failure, system};

/// How often a source is read that changes meanwhile: an office program saves in tens of milliseconds, so that three
/// readings see an end of it; a file that changes for longer is still being made.
const READINGS: usize = 3;

/// What `read` makes of the file at `path`, from a reading during which the file did not change. `read` gets the open
/// file and what the system said of it.
pub fn read_settled<T>(
    path: &Path,
    read: impl Fn(&mut File, &Metadata) -> io::Result<T>,
) -> Result<T, Failure> {
    let reading = || {
        let mut file = system::open(path)?;
        let before = file.metadata()?;
        let value = read(&mut file, &before)?;
        Ok((stamp(&before)? == stamp(&file.metadata()?)?).then_some(value))
    };
    for _ in 0..READINGS {
        if let Some(value) = reading().map_err(Failure::of(Action::Read, path))? {
            return Ok(value);
        }
    }
    Err(Failure::new(Action::Read, path, Cause::KeepsChanging))
}

/// What differs after a file was written to: its length and time, on Unix also the time that no program can set back.
fn stamp(data: &Metadata) -> io::Result<impl PartialEq + use<>> {
    #[cfg(unix)]
    let changed =
        (std::os::unix::fs::MetadataExt::ctime(data), std::os::unix::fs::MetadataExt::ctime_nsec(data));
    #[cfg(not(unix))]
    let changed = ();
    Ok((data.len(), data.modified()?, changed))
}

/// The bytes of a file, at most `most`; the error is `NotFound` where there is none.
pub fn read_bounded(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let read = || {
        let file = system::open(path)?;
        // A buffer that grows takes twice the memory of a large file.
        let length = file.metadata()?.len().min(most);
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default().saturating_add(1));
        file.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(Failure::of(Action::Read, path))
}

/// What is known of a file whose bytes were compared or written: its length, and its stamp from *before* they were
/// compared, so that no later change hides behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Its length.
    pub bytes: u64,
    /// Its stamp, where the system has any.
    pub stamp: Option<Stamp>,
}

/// Files up to this length are digested whole; longer ones (videos) by pieces, so that they do not fill the memory.
const WHOLE_BYTES: u64 = 1 << 20;

/// The regular file at `path` if its bytes have this digest; a file that cannot be read has not.
pub fn has_digest(path: &Path, expected: &Digest) -> Option<Held> {
    let mut file = system::open(path).ok()?;
    let data = file.metadata().ok().filter(Metadata::is_file)?;
    let mut whole = Vec::with_capacity(usize::try_from(data.len().min(WHOLE_BYTES)).ok()? + 1);
    Read::by_ref(&mut file).take(WHOLE_BYTES).read_to_end(&mut whole).ok()?;
    let (bytes, found) = if (whole.len() as u64) < WHOLE_BYTES {
        (whole.len() as u64, digest::of_file(&whole))
    } else {
        digest::of_file_read(&mut whole.as_slice().chain(file), |_| Ok(())).ok()?
    };
    (found == *expected).then(|| Held { bytes, stamp: Stamp::of(&data) })
}

/// Writes a file that must not exist yet, and makes the folders above it that do not.
pub fn write_new(path: &Path, bytes: &[u8], is_synced: bool) -> Result<(), Failure> {
    let mut file = create_new(path)?;
    let mut write = || {
        file.write_all(bytes)?;
        if is_synced { file.sync_all() } else { Ok(()) }
    };
    write().map_err(Failure::of(Action::Write, path))
}

/// Copies a file, whose bytes must have this digest, to a place where none is.
pub fn copy_new(from: &Path, to: &Path, expected: &Digest, is_synced: bool) -> Result<(), Failure> {
    let mut file = create_new(to)?;
    copy_into(from, &mut file, to, expected)?;
    if is_synced { file.sync_all().map_err(Failure::of(Action::Write, to)) } else { Ok(()) }
}

/// Copies a file, whose bytes must have this digest, into the new file at `to`; returns its length.
pub fn copy_into(from: &Path, file: &mut File, to: &Path, expected: &Digest) -> Result<u64, Failure> {
    let mut source = system::open(from).map_err(Failure::of(Action::Read, from))?;
    let mut fault = None;
    let copied = digest::of_file_read(&mut source, |piece| {
        file.write_all(piece).map_err(|error| {
            fault = Some(Failure::of(Action::Write, to)(error));
            ErrorKind::Other.into()
        })
    });
    let (bytes, found) =
        copied.map_err(|error| fault.unwrap_or_else(|| Failure::of(Action::Read, from)(error)))?;
    if found != *expected {
        return Err(Failure::new(Action::Copy, from, Cause::Altered));
    }
    Ok(bytes)
}

/// A new file, which must not exist yet; its folder is made only when it turns out to be missing, which spares a call per file.
pub fn create_new(path: &Path) -> Result<File, Failure> {
    let create = || OpenOptions::new().write(true).create_new(true).open(path);
    let file = create().or_else(|error| match (error.kind(), path.parent()) {
        (ErrorKind::NotFound, Some(folder)) => fs::create_dir_all(folder).and_then(|()| create()),
        _ => Err(error),
    });
    file.map_err(Failure::of(Action::Write, path))
}

/// Answers to a link that a copy would not change, or must not.
const NO_COPY: [ErrorKind; 4] =
    [ErrorKind::NotFound, ErrorKind::AlreadyExists, ErrorKind::StorageFull, ErrorKind::CrossesDevices];

/// Gives the file a second name, and makes the folders above it that are missing.
fn link_new(from: &Path, to: &Path) -> io::Result<()> {
    let link = || fs::hard_link(from, to);
    link().or_else(|error| match (error.kind(), to.parent()) {
        (ErrorKind::NotFound, Some(folder)) => fs::create_dir_all(folder).and_then(|()| link()),
        _ => Err(error),
    })
}

/// Gives the file a second name, or makes a copy with its time and permissions where the file system has one name per
/// file. The folders above the new name are made.
pub fn link_or_copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let Err(error) = link_new(from, to) else { return Ok(()) };
    // Across a mount nothing may be copied in silence: what is mounted would stay behind with the old folder.
    if NO_COPY.contains(&error.kind()) {
        return Err(Failure::of(Action::Copy, from)(error));
    }
    copy_whole(from, to).map_err(Failure::of(Action::Copy, from))
}

fn copy_whole(from: &Path, to: &Path) -> io::Result<()> {
    let data = fs::symlink_metadata(from)?;
    if !data.is_file() {
        return Err(ErrorKind::Unsupported.into());
    }
    fs::copy(from, to)?;
    let copy = OpenOptions::new().append(true).open(to)?;
    copy.set_modified(data.modified()?)?;
    copy.sync_all()
}

/// Puts `bytes` in the place of the file at `path` in one step, durably if `is_synced`: whoever reads it, even after a
/// power cut, sees the old file or the new one. For state of the program; two writers at once are kept apart by a lock.
pub fn replace(path: &Path, bytes: &[u8], is_synced: bool) -> Result<(), Failure> {
    let draft = draft_of(path);
    remove(&draft)?;
    let placed = write_new(&draft, bytes, is_synced).and_then(|()| move_to(&draft, path));
    placed.inspect_err(|_| _ = remove(&draft))?;
    match path.parent() {
        Some(folder) if is_synced => system::sync_folder(folder).map_err(Failure::of(Action::Sync, folder)),
        _ => Ok(()),
    }
}

/// Where [`replace`] writes what will take the place of `path`; killed, it leaves it there.
pub fn draft_of(path: &Path) -> PathBuf {
    let mut draft = path.to_owned();
    draft.as_mut_os_string().push(DRAFT);
    draft
}

/// Whether a file of that name is such a draft.
pub fn is_draft(name: &str) -> bool {
    name.ends_with(DRAFT)
}

/// What the name of a draft ends with.
const DRAFT: &str = ".new";

/// How often Windows is asked again, and how long it is waited for before each, in milliseconds: virus scanners and
/// indexers hold new files open for some tens of them (together 200).
const RETRIES_MS: [u64; 5] = [10, 20, 40, 60, 70];

/// Renames a file or folder; what has the new name is replaced. On Windows, a name held by another program (errors 5
/// and 32) is tried again for about 200 ms.
pub fn move_to(from: &Path, to: &Path) -> Result<(), Failure> {
    let is_held = |e: &io::Error| cfg!(windows) && matches!(e.raw_os_error(), Some(5 | 32));
    for wait_ms in RETRIES_MS {
        match fs::rename(from, to) {
            Err(error) if is_held(&error) => std::thread::sleep(Duration::from_millis(wait_ms)),
            done => return done.map_err(Failure::of(Action::Move, from)),
        }
    }
    fs::rename(from, to).map_err(Failure::of(Action::Move, from))
}

/// Makes a folder and those above it.
pub fn create_folders(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(Failure::of(Action::CreateFolder, path))
}

/// Removes a file; fine where there is none.
pub fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if !is_absent(&error) => Err(Failure::of(Action::Remove, path)(error)),
        _ => Ok(()),
    }
}

/// Removes a folder with all that it holds; fine where there is none. Only for folders that are ours alone.
pub fn remove_tree(path: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(path) {
        Err(error) if !is_absent(&error) => Err(Failure::of(Action::Remove, path)(error)),
        _ => Ok(()),
    }
}

/// Removes an empty folder; fine where there is none, a failure where it holds something.
pub fn remove_folder(path: &Path) -> Result<(), Failure> {
    match fs::remove_dir(path) {
        Err(error) if !is_absent(&error) => Err(Failure::of(Action::Remove, path)(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// Reads a file that grows during its first `changes` readings.
    fn read_growing(changes: usize) -> (Result<Vec<u8>, Failure>, usize) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("báo cáo.md");
        fs::write(&path, "a").expect("a file");
        let readings = Cell::new(0);
        let read = read_settled(&path, |file, _| {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            readings.set(readings.get() + 1);
            if readings.get() <= changes {
                OpenOptions::new().append(true).open(&path)?.write_all(b"b")?;
            }
            Ok(bytes)
        });
        (read, readings.get())
    }

    #[test]
    fn a_source_that_changes_is_read_again_up_to_three_times() {
        let settled = |changes| read_growing(changes).0.expect("it settles");
        assert_eq!(settled(0), b"a");
        assert_eq!(settled(1), b"ab");
        assert_eq!(settled(2), b"abb");
        let (failed, readings) = read_growing(3);
        assert!(matches!(failed, Err(Failure { cause: Cause::KeepsChanging, .. })));
        assert_eq!(readings, 3);
    }

    #[test]
    fn new_files_replace_nothing_and_make_their_folders() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a/b/c.html");
        write_new(&path, b"x", true).expect("written");
        let has = |path: &Path, bytes: &[u8]| has_digest(path, &digest::of_file(bytes)).is_some();
        assert!(has(&path, b"x") && !has(&path, b"y") && !has(folder.path(), b""));
        let failure = write_new(&path, b"y", false).expect_err("it exists");
        assert_eq!(failure.kind(), Some(ErrorKind::AlreadyExists));
        replace(&path, b"yz", true).expect("replaced");
        assert_eq!(has_digest(&path, &digest::of_file(b"yz")).expect("it is").bytes, 2);
        let copy = folder.path().join("copy/c.html");
        let altered = copy_new(&path, &copy, &digest::of_file(b"x"), false).expect_err("another digest");
        assert!(matches!(altered.cause, Cause::Altered));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_link_is_not_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (file, link) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&file, "x").expect("a file");
        std::os::unix::fs::symlink(&file, &link).expect("a link");
        assert_eq!(has_digest(&link, &digest::of_file(b"x")), None);
        assert!(read_bounded(&link, 9).is_err());
    }
}

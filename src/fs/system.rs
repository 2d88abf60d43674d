//! What systems do differently: the exchange of two folders, the sync of a whole file system, mounts, links at opening.
//!
//! The home of rustix, which is used on Linux only. Elsewhere the same functions do less, or say that they cannot, and
//! their callers have another way; Windows has neither an exchange nor a sync of folders.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// Whether [`sync_tree`] brings the bytes of all files to the disk; if not, each file is synced where it is written.
/// One `syncfs` for 11,000 files costs less than a hundred single syncs.
pub const SYNCS_WHOLE_TREES: bool = cfg!(target_os = "linux");

/// Opens a file for reading, without following a link in its last part and without waiting for a pipe's other end.
pub fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}

/// Makes everything below `folder` durable, and what else waits on its file system.
pub fn sync_tree(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    return Ok(rustix::fs::syncfs(&File::open(folder)?)?);
    #[cfg(not(target_os = "linux"))]
    {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                sync_tree(&entry.path())?;
            }
        }
        sync_folder(folder)
    }
}

/// Makes the names in `folder` durable. Windows cannot be asked to: its file system logs names by itself.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Exchanges two folders in one step, so that at no time one of the names is missing. `Unsupported` where the system
/// or the file system has no such step.
pub fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|errno| match errno {
            rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS => io::ErrorKind::Unsupported.into(),
            errno => errno.into(),
        })
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (one, other);
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Whether a folder lies in the same mount as another, so that files can be moved and linked between them. `true`
/// where the system does not tell: the attempt will.
pub fn is_same_mount(one: &Path, other: &Path) -> io::Result<bool> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{AtFlags, CWD, StatxFlags, statx};
        let mount = |path: &Path| {
            let found = statx(CWD, path, AtFlags::empty(), StatxFlags::MNT_ID)?;
            // Before Linux 5.8 a mount has no number: the device stands in for it.
            let number = if found.stx_mask & StatxFlags::MNT_ID.bits() == 0 { 0 } else { found.stx_mnt_id };
            Ok::<_, io::Error>((number, found.stx_dev_major, found.stx_dev_minor))
        };
        Ok(mount(one)? == mount(other)?)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (one, other);
        Ok(true)
    }
}

/// Whether an open file is the one that now has the name `path`.
pub fn is_named(file: &File, path: &Path) -> bool {
    let (Ok(ours), Ok(theirs)) = (file.metadata(), std::fs::symlink_metadata(path)) else {
        return false;
    };
    is_same_file(&ours, &theirs)
}

#[cfg(unix)]
fn is_same_file(one: &std::fs::Metadata, other: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Windows gives no name to another file while this one is open, so that it is enough that the name is there.
#[cfg(not(unix))]
fn is_same_file(_: &std::fs::Metadata, _: &std::fs::Metadata) -> bool {
    true
}

/// By what it is told whether another folder has come to a place. A number may be given again at once after its folder
/// was removed, hence the time of birth where there is one; Windows has nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity(u64, u64, Option<SystemTime>);

/// What stands at `path`, following links; `None` where there is nothing.
pub fn identity(path: &Path) -> Option<Identity> {
    let data = std::fs::metadata(path).ok()?;
    #[cfg(unix)]
    let (device, number) =
        (std::os::unix::fs::MetadataExt::dev(&data), std::os::unix::fs::MetadataExt::ino(&data));
    #[cfg(not(unix))]
    let (device, number) = (0, 0);
    Some(Identity(device, number, data.created().ok()))
}

/// The signals that the caller had the program ignore, a bit for each from the first one up. Only Linux says; elsewhere a
/// lost terminal (signal 1) counts as ignored, so that it is left to the system, which ends the program or does not.
#[cfg(unix)]
pub fn ignored_signals() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let bits = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    bits.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or(1)
}

//! Stamps: what the system says of a file without opening it, by which a file that nobody touched is recognised.
//!
//! Every change of a file, of its names or of its times sets its ctime, and no program can set a ctime back. So a file whose
//! stamp is the same has the same bytes, if the stamp was taken late enough: clocks of file systems tick every 4 to 10 ms, and
//! two changes within one tick look alike. [`Stamp::is_before`] is how to be sure. Windows has no such time, hence no stamps.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// Device, number, length and times of a regular file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    device: u64,
    inode: u64,
    bytes: u64,
    modified_ns: i64,
    changed_ns: i64,
}

impl Stamp {
    /// The stamp of a file; `None` where it is not a regular one, or the system has none.
    pub fn of(data: &Metadata) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            Some(Self {
                device: data.dev(),
                inode: data.ino(),
                bytes: data.len(),
                modified_ns: nanoseconds(data.mtime(), data.mtime_nsec())?,
                changed_ns: nanoseconds(data.ctime(), data.ctime_nsec())?,
            })
            .filter(|_| data.is_file())
        }
        #[cfg(not(unix))]
        {
            let _ = data;
            None
        }
    }

    /// The same from a call that names the file by its folder.
    #[cfg(target_os = "linux")]
    #[allow(
        clippy::useless_conversion,
        clippy::unnecessary_fallible_conversions,
        reason = "the fields have other widths on other processors"
    )]
    pub(super) fn of_stat(stat: &rustix::fs::Stat) -> Option<Self> {
        let kind = rustix::fs::FileType::from_raw_mode(stat.st_mode);
        Some(Self {
            device: stat.st_dev.try_into().ok()?,
            inode: stat.st_ino.try_into().ok()?,
            bytes: stat.st_size.try_into().ok()?,
            modified_ns: nanoseconds(stat.st_mtime.try_into().ok()?, stat.st_mtime_nsec.try_into().ok()?)?,
            changed_ns: nanoseconds(stat.st_ctime.try_into().ok()?, stat.st_ctime_nsec.try_into().ok()?)?,
        })
        .filter(|_| kind.is_file())
    }

    /// Whether the file was last changed in an earlier tick of the same clock than the file `probe`, so that every change
    /// after `probe` shows in the stamp: only what is looked at *after* `probe` was written may rely on that.
    pub fn is_before(&self, probe: &Self) -> bool {
        self.device == probe.device && self.changed_ns.max(self.modified_ns) < probe.changed_ns
    }

    /// Whether it is the same file with the same length and time of writing, while its names may have changed.
    pub fn is_same_but_for_names(&self, other: &Self) -> bool {
        Self { changed_ns: 0, ..*self } == Self { changed_ns: 0, ..*other }
    }
}

/// By what a file is recognised within one run: its stamp, or what else the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Nobody can change the file and leave this as it is.
    Sure(Stamp),
    /// Length and time of writing, which a program can set back.
    Loose(u64, SystemTime),
}

impl Mark {
    /// The mark of a file.
    pub fn of(data: &Metadata) -> io::Result<Self> {
        match Stamp::of(data) {
            Some(stamp) => Ok(Self::Sure(stamp)),
            None => Ok(Self::Loose(data.len(), data.modified()?)),
        }
    }

    /// The length of the file.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Sure(stamp) => stamp.bytes,
            Self::Loose(bytes, _) => *bytes,
        }
    }

    /// What a system without stamps would say.
    #[cfg(all(test, unix))]
    pub(super) fn loosely(self) -> Self {
        match self {
            Self::Sure(stamp) => {
                let since = std::time::Duration::from_nanos(stamp.modified_ns.cast_unsigned());
                Self::Loose(stamp.bytes, SystemTime::UNIX_EPOCH + since)
            }
            loose @ Self::Loose(..) => loose,
        }
    }
}

/// The latest change that was seen on each file system: its clock has come so far.
#[derive(Debug, Default)]
pub struct Clocks(BTreeMap<u64, i64>);

impl Clocks {
    /// Takes note of a file's mark. What lies in the future of this machine's clock (it was wrong once) says nothing.
    pub fn note(&mut self, mark: &Mark, now: SystemTime) {
        let Mark::Sure(stamp) = mark else { return };
        let now_ns = now.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        if i128::from(stamp.changed_ns) <= now_ns.cast_signed() {
            let latest = self.0.entry(stamp.device).or_insert(stamp.changed_ns);
            *latest = stamp.changed_ns.max(*latest);
        }
    }

    /// Whether the file was changed in an earlier tick than something else that was seen, so that whatever is done to it from
    /// now on shows in its mark (the same rule as [`Stamp::is_before`]).
    pub fn have_passed(&self, mark: &Mark) -> bool {
        let Mark::Sure(stamp) = mark else { return false };
        self.0.get(&stamp.device).is_some_and(|latest| stamp.changed_ns.max(stamp.modified_ns) < *latest)
    }
}

/// A time as one number; `None` beyond the year 2262.
#[cfg(unix)]
fn nanoseconds(seconds: i64, nanoseconds: i64) -> Option<i64> {
    seconds.checked_mul(1_000_000_000)?.checked_add(nanoseconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(device: u64, modified_ns: i64, changed_ns: i64) -> Stamp {
        Stamp { device, inode: 7, bytes: 3, modified_ns, changed_ns }
    }

    #[test]
    fn only_an_earlier_tick_of_the_same_clock_is_before() {
        let probe = stamp(1, 10, 10);
        assert!(stamp(1, 9, 9).is_before(&probe));
        assert!(!stamp(1, 9, 10).is_before(&probe), "changed in the same tick");
        assert!(!stamp(1, 11, 9).is_before(&probe), "a time in the future");
        assert!(!stamp(2, 9, 9).is_before(&probe), "another clock");
    }

    #[test]
    fn clocks_are_told_apart_and_the_future_says_nothing() {
        let mark = |device, changed_ns| Mark::Sure(stamp(device, 1, changed_ns));
        let (mut clocks, now) =
            (Clocks::default(), SystemTime::UNIX_EPOCH + std::time::Duration::from_nanos(20));
        [mark(1, 10), mark(1, 8), mark(2, 5), mark(1, 21)].iter().for_each(|mark| clocks.note(mark, now));
        assert!(clocks.have_passed(&mark(1, 9)) && !clocks.have_passed(&mark(1, 10)));
        assert!(!clocks.have_passed(&mark(2, 9)) && !clocks.have_passed(&mark(3, 1)));
    }
}

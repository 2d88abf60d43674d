//! Events of the system, sifted as they come and gathered into bursts.
//!
//! The system's thread calls [`Gather::hear`], also while a build runs; a set of paths is all that is kept, so that ten thousand
//! writes to one file cost no more memory than one. Events are hints: here it is only decided whether they can concern a
//! source at all.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{MetadataKind, ModifyKind};
use notify::{Error, ErrorKind, Event, EventKind};

use super::{Turn, now};
use crate::fs::site::{CONFIG, FOLDERS, is_litter};
use crate::fs::walk::{self, Kind};

/// What came since the last hint.
#[derive(Debug, Default)]
pub(super) struct Burst {
    /// Files and folders, below the root.
    pub paths: BTreeSet<PathBuf>,
    /// Folders among them that were made or moved here.
    pub made: BTreeSet<PathBuf>,
    /// When the first and the last event came.
    pub span: Option<(Instant, Instant)>,
}

/// What came that concerns the watching itself.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    /// A watched folder has come or gone, or events were lost: all must be watched anew.
    pub is_doubtful: bool,
    /// The watching is at its end.
    pub fault: Option<Turn>,
}

/// The events of a project.
#[derive(Debug)]
pub(super) struct Gather {
    /// The root as events may spell it.
    roots: Vec<PathBuf>,
    state: Mutex<(Burst, Doubts)>,
    heard: Condvar,
}

impl Gather {
    pub(super) fn new(root: &Path) -> Self {
        let mut roots = vec![root.to_owned()];
        // Systems that follow links before they report (macOS: /tmp is one) name the root so.
        roots.extend(root.canonicalize().ok().filter(|real| real != root));
        Self { roots, state: Mutex::default(), heard: Condvar::new() }
    }

    /// Takes in what the system says.
    pub(super) fn hear(&self, said: Result<Event, Error>) {
        let event = match said {
            Ok(event) => event,
            Err(error) => return self.falter(&error),
        };
        if event.need_rescan() {
            self.doubt(None);
        }
        if !is_change(&event.kind) {
            return;
        }
        let is_moved = is_moved(&event.kind);
        for path in &event.paths {
            let Some(below) = self.roots.iter().find_map(|root| path.strip_prefix(root).ok()) else {
                continue;
            };
            let is_top = below.components().count() < 2 && below != Path::new(CONFIG);
            if !is_source(below) {
                if is_top && is_moved && below.as_os_str().is_empty() {
                    self.doubt(None);
                }
                continue;
            }
            let is_folder = walk::kind(path).is_ok_and(|kind| kind == Some(Kind::Folder));
            self.note(|burst, doubts| {
                doubts.is_doubtful |= is_top && is_moved;
                if is_folder && is_moved {
                    burst.made.insert(below.to_owned());
                }
                // A folder in which something was written (Windows says so) makes no other file in it doubtful.
                if !is_folder || is_moved {
                    burst.paths.insert(below.to_owned());
                }
            });
        }
    }

    /// Counts as an event, so that a hint comes.
    pub(super) fn stir(&self) {
        self.note(|_, _| {});
    }

    /// Takes what concerns the watching.
    pub(super) fn doubts(&self) -> Doubts {
        std::mem::take(&mut self.lock().1)
    }

    /// When the burst that is gathered may be taken, if there is one.
    pub(super) fn due(&self, quiet: Duration, most: Duration) -> Option<Instant> {
        self.lock().0.span.map(|(first, last)| (last + quiet).min(first + most))
    }

    /// Takes the burst.
    pub(super) fn take(&self) -> Burst {
        std::mem::take(&mut self.lock().0)
    }

    /// Waits until something is heard, or for as long.
    pub(super) fn wait(&self, most: Duration) {
        let state = self.lock();
        let is_silent = |(burst, doubts): &mut (Burst, Doubts)| {
            burst.span.is_none() && !doubts.is_doubtful && doubts.fault.is_none()
        };
        drop(self.heard.wait_timeout_while(state, most, is_silent));
    }

    fn falter(&self, error: &Error) {
        self.doubt(fault(error).filter(|fault| *fault == Turn::Exhausted));
    }

    /// Lost events count as none: the look comes with the new watches, which are paced. Looking at very many folders is heard
    /// too, can fill the system's queue again, and must not bring the next look at once.
    fn doubt(&self, fault: Option<Turn>) {
        let doubts = &mut self.lock().1;
        doubts.is_doubtful = true;
        doubts.fault = doubts.fault.take().or(fault);
        self.heard.notify_all();
    }

    fn note(&self, change: impl FnOnce(&mut Burst, &mut Doubts)) {
        let mut state = self.lock();
        let (burst, doubts) = &mut *state;
        change(burst, doubts);
        let now = now();
        burst.span = Some((burst.span.map_or(now, |(first, _)| first), now));
        drop(state);
        self.heard.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, (Burst, Doubts)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is to be told of an error; nothing where only a path was missing.
pub(super) fn fault(error: &Error) -> Option<Turn> {
    /// Linux: no more watchers for this user, no more descriptors for this program or the system, no more watches.
    const EXHAUSTED: [i32; 3] = [24, 23, 28];
    match &error.kind {
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => None,
        ErrorKind::MaxFilesWatch => Some(Turn::Exhausted),
        ErrorKind::Io(error) if walk::is_absent(error) => None,
        ErrorKind::Io(error)
            if cfg!(unix) && error.raw_os_error().is_some_and(|n| EXHAUSTED.contains(&n)) =>
        {
            Some(Turn::Exhausted)
        }
        _ => Some(Turn::Unavailable(error.to_string())),
    }
}

/// Our own reading is heard too, as access.
fn is_change(kind: &EventKind) -> bool {
    let is_reading = |kind: &EventKind| {
        matches!(
            kind,
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime))
        )
    };
    !is_reading(kind)
}

/// Whether a name came or went, or may have.
fn is_moved(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
}

/// Whether a path below the root can be a source; `is_litter` and foreign folders are not. Some file systems do not tell
/// capitals from small letters, and events spell names as they were given.
fn is_source(below: &Path) -> bool {
    let mut parts = below.iter();
    let Some(first) = parts.next() else { return false };
    let is = |name: &str| first.eq_ignore_ascii_case(OsStr::new(name));
    let is_below = FOLDERS.iter().any(|folder| is(folder)) && !parts.clone().any(is_litter);
    is_below || is(CONFIG) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn litter_and_foreign_folders_are_no_sources() {
        let is = |below: &str| is_source(Path::new(below));
        for below in
            ["site.toml", "content", "Content/x", "themes/a/b.css", "content/tệp 1.md", "content/4913"]
        {
            assert!(is(below), "{below}");
        }
        for below in ["", "public", "public/content/a.md", ".nhiemky/x", "content/.git/x", "content/~$a.docx"]
        {
            assert!(!is(below), "{below}");
        }
        for below in ["content/a.md~", "content/.a.md.swp", "content/.~lock.a.md#", "site.toml.tmp", "x.md"] {
            assert!(!is(below), "{below}");
        }
    }
}

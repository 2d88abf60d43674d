//! Hearing that sources may have changed; the home of notify.
//!
//! Events are hints: they come too often, too early, for nothing, or not at all, so that a [`Hint`] says no more than
//! "look again" and names paths to be distrusted. It is given once it has been quiet for a moment. Whoever gets it compares files
//! (`fs::fresh`). Because events can be lost without anybody being told (network drives, full queues, folders made while
//! their watch was being set), a look is also due every few seconds, and where the system's watches are exhausted,
//! looking is all there is: never silent and stale.

mod gather;
mod turn;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::fs::site::FOLDERS;
use crate::fs::system::{Identity, identity};
use crate::fs::walk::{self, Kind};
use gather::{Burst, Gather, fault};
pub use turn::Turn;

/// So long nothing must have come before a burst counts as over: programs save in steps of a few milliseconds.
const QUIET: Duration = Duration::from_millis(75);
/// So long after its first event a burst is cut off, so that steady writing cannot starve the rebuild.
const MOST: Duration = Duration::from_millis(500);
/// So long after a folder came another look is taken: files may have been written before its watch stood.
const SETTLED: Duration = Duration::from_millis(400);
/// How often it is seen whether the caller wants an end, and whether the watched folders are still the same ones.
const TICK: Duration = Duration::from_millis(100);
/// Shortest pause between safety looks, and how many times longer than a look it is: a hundredth of one core.
const SAFETY: (Duration, u32) = (Duration::from_secs(2), 100);
/// The same where there are no events: a twentieth of one core.
const POLL: (Duration, u32) = (Duration::from_millis(500), 20);
/// The same for watching everything anew.
const ANEW: (Duration, u32) = (Duration::from_millis(100), 20);
/// How often it is tried whether the system has watches again.
const RETRY: Duration = Duration::from_secs(30);

/// How changes are heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// By events of the system, or by looking if it has none.
    Events,
    /// By looking only: network drives, machines in machines.
    Poll,
}

/// Something may have changed.
#[derive(Debug, Clone)]
pub struct Hint {
    /// Files and folders, below the root, that events named; there may be none.
    pub paths: BTreeSet<PathBuf>,
    /// When the first event came; now where there was none.
    pub first: Instant,
    /// What the user should be told.
    pub turn: Option<Turn>,
}

/// What a system's watcher is asked to do.
trait Backend: Send {
    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()>;
}

impl Backend for RecommendedWatcher {
    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        Watcher::watch(self, path, mode)
    }
}

type Hear = Box<dyn Fn(notify::Result<Event>) + Send>;
type Opener = Box<dyn Fn(Hear) -> notify::Result<Box<dyn Backend>> + Send>;

/// Which folders stand at the watched places: the root, then [`FOLDERS`].
type Tops = Vec<Option<Identity>>;

/// A project that is watched.
pub struct Watch {
    root: PathBuf,
    mode: Mode,
    open: Opener,
    /// `None` where there are no events.
    backend: Option<Box<dyn Backend>>,
    tops: Tops,
    gather: Arc<Gather>,
    turn: Option<Turn>,
    is_doubtful: bool,
    /// When everything may be watched anew.
    anew_at: Instant,
    checked_at: Instant,
    looked_at: Instant,
    look_cost: Duration,
    /// Looks that are due at a certain time: after a folder came, and the caller's.
    later: Option<Instant>,
    again: Option<Instant>,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("root", &self.root).field("mode", &self.mode).finish_non_exhaustive()
    }
}

impl Watch {
    /// Watches the project in the folder `root`, which may be missing for now. Never fails: where the system gives no events
    /// it looks, and the first hint says so.
    pub fn begin(root: &Path, mode: Mode) -> Self {
        let open = |hear: Hear| {
            // A link is no source, and one to the whole disk would use up all watches.
            let config = notify::Config::default().with_follow_symlinks(false);
            let watcher: Box<dyn Backend> = Box::new(RecommendedWatcher::new(hear, config)?);
            Ok(watcher)
        };
        Self::begin_with(root, mode, Box::new(open))
    }

    fn begin_with(root: &Path, mode: Mode, open: Opener) -> Self {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let now = now();
        let mut watch = Self {
            gather: Arc::new(Gather::new(&root)),
            tops: Tops::new(),
            backend: None,
            turn: None,
            is_doubtful: false,
            anew_at: now,
            checked_at: now,
            looked_at: now,
            look_cost: Duration::ZERO,
            later: None,
            again: None,
            root,
            mode,
            open,
        };
        if mode == Mode::Events {
            watch.start();
        }
        watch
    }

    /// Blocks until something may have changed and it has been quiet for 75 ms (500 ms after the first event at most), or
    /// until a look is due in any case; `None` once `stop` is set, within 100 ms. To be called when the last hint was
    /// followed: the pause before the next look begins now.
    pub fn next(&mut self, stop: &AtomicBool) -> Option<Hint> {
        self.looked_at = now();
        loop {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            self.keep();
            let now = now();
            let burst = self.gather.due(QUIET, MOST);
            let due = burst.unwrap_or_else(|| self.look_due());
            let Some(left) = due.checked_duration_since(now).filter(|left| !left.is_zero()) else {
                return Some(self.hint(now));
            };
            match burst {
                Some(_) => std::thread::sleep(left.min(TICK)),
                None => self.gather.wait(left.min(TICK)),
            }
        }
    }

    /// The caller wants another hint after `wait` at the latest: a file was locked, or empty as between two steps of saving.
    pub fn look_again_in(&mut self, wait: Duration) {
        let at = now() + wait;
        self.again = Some(self.again.map_or(at, |other| other.min(at)));
    }

    /// The caller says how long its last look at all files took, by which the pauses between looks are chosen.
    pub fn looked(&mut self, cost: Duration) {
        self.look_cost = cost;
    }

    /// Whether the system reports changes; if not, they are looked for.
    pub fn has_events(&self) -> bool {
        self.backend.is_some()
    }

    fn look_due(&self) -> Instant {
        if self.turn.is_some() {
            return self.looked_at;
        }
        let pause = if self.has_events() { SAFETY } else { POLL };
        let regular = self.looked_at + paced(pause, self.look_cost);
        [self.later, self.again].into_iter().flatten().fold(regular, Instant::min)
    }

    fn hint(&mut self, now: Instant) -> Hint {
        let Burst { paths, made, span } = self.gather.take();
        // Every hint makes the caller look at everything: what was due by now is done.
        self.later = self.later.filter(|at| *at > now);
        self.again = self.again.filter(|at| *at > now);
        if !made.is_empty() {
            self.later.get_or_insert(now + SETTLED);
            self.watch_made(&made);
        }
        Hint { paths, first: span.map_or(now, |(first, _)| first), turn: self.turn.take() }
    }

    /// Watches folders that came, before their files are looked at: the system's watcher does so too, but gives up on a
    /// folder when one in it goes away meanwhile, and misses what came first.
    fn watch_made(&mut self, made: &BTreeSet<PathBuf>) {
        let Some(backend) = &mut self.backend else { return };
        let is_topmost = |path: &&PathBuf| !path.ancestors().skip(1).any(|above| made.contains(above));
        let mut faults = made.iter().filter(is_topmost).filter_map(|below| {
            let path = self.root.join(below);
            let is_folder = walk::kind(&path).is_ok_and(|kind| kind == Some(Kind::Folder));
            let watched = if is_folder { backend.watch(&path, RecursiveMode::Recursive) } else { Ok(()) };
            watched.err()
        });
        let fault = faults.find_map(|error| fault(&error));
        drop(faults);
        if let Some(fault) = fault {
            self.fall_back(fault);
        }
    }

    /// Sees to it that what stands at the watched places is what is watched.
    fn keep(&mut self) {
        let doubts = self.gather.doubts();
        self.is_doubtful |= doubts.is_doubtful;
        // What an old watcher says after its end is no news.
        if let Some(fault) = doubts.fault.filter(|_| self.has_events()) {
            self.fall_back(fault);
        }
        let now = now();
        if self.mode == Mode::Poll || now < self.anew_at {
            return;
        }
        if self.backend.is_none() {
            self.start();
        } else if self.is_doubtful || now >= self.checked_at + TICK && self.tops != self.tops_now() {
            self.start();
            self.gather.stir();
            self.later.get_or_insert(now + SETTLED);
        } else if now >= self.checked_at + TICK {
            self.checked_at = now;
        }
    }

    /// Watches everything anew.
    fn start(&mut self) {
        let began = now();
        // The old watches go first, so that they do not count against the new ones.
        let had_events = self.backend.take().is_some();
        let was_begun = !self.tops.is_empty();
        self.tops = self.tops_now();
        self.is_doubtful = false;
        match self.opened() {
            Ok(backend) => {
                self.backend = Some(backend);
                if was_begun && !had_events {
                    self.turn = Some(Turn::Again);
                }
            }
            Err(fault) if was_begun && !had_events => _ = fault,
            Err(fault) => self.fall_back(fault),
        }
        self.checked_at = now();
        let pause = if self.has_events() { paced(ANEW, began.elapsed()) } else { RETRY };
        self.anew_at = self.checked_at + pause;
    }

    fn opened(&self) -> Result<Box<dyn Backend>, Turn> {
        let gather = Arc::clone(&self.gather);
        let told = |error: notify::Error| fault(&error);
        let unavailable = || Turn::Unavailable(String::new());
        let mut backend = (self.open)(Box::new(move |said| gather.hear(said)))
            .map_err(|error| told(error).unwrap_or_else(unavailable))?;
        let modes = [RecursiveMode::NonRecursive, RecursiveMode::Recursive, RecursiveMode::Recursive];
        for ((path, top), mode) in self.places().into_iter().zip(&self.tops).zip(modes) {
            let watched = if top.is_some() { backend.watch(&path, mode) } else { Ok(()) };
            // What has just gone is watched when it is back.
            watched.map_err(told).or_else(|fault| fault.map_or(Ok(()), Err))?;
        }
        Ok(backend)
    }

    fn fall_back(&mut self, fault: Turn) {
        self.backend = None;
        self.turn = Some(fault);
        self.anew_at = now() + RETRY;
    }

    fn places(&self) -> Vec<PathBuf> {
        std::iter::once(self.root.clone())
            .chain(FOLDERS.iter().map(|folder| self.root.join(folder)))
            .collect()
    }

    fn tops_now(&self) -> Tops {
        let places = self.places();
        let below = places[1..].iter().map(|path| {
            let is_folder = walk::kind(path).is_ok_and(|kind| kind == Some(Kind::Folder));
            identity(path).filter(|_| is_folder)
        });
        std::iter::once(identity(&self.root)).chain(below).collect()
    }
}

/// A pause that is at least so long, and so many times longer than what it follows.
fn paced((least, times): (Duration, u32), cost: Duration) -> Duration {
    least.max(cost * times)
}

#[expect(clippy::disallowed_methods, reason = "the preview waits for quiet; no page depends on it")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests;

//! The preview: builds into memory, serves from memory, watches the sources and reloads the browser.
//!
//! [`watch`] hears that something may have changed, [`crate::fs::fresh`] reads what has, the [`builder`] makes the next
//! [`snapshot`], [`http`] shows it. It never touches the published folder or the records of `build`. Watching and building
//! happen on the caller's thread, answering on one of its own, so that no page waits for a round.

pub mod builder;
pub mod http;
mod refusal;
mod reload;
pub mod snapshot;
pub mod watch;

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::fs::Failure;
use crate::fs::fresh::{FreshReader, Reading};
use crate::path::ContentPath;
use crate::source::Sources;
use crate::vietnamese::Language;
use builder::{Builder, Round};
use http::{Server, Serving};
use refusal::Refusal;
use snapshot::Snapshot;
use watch::{Mode, Turn, Watch};

/// What is previewed, and how.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The project's folder.
    pub root: PathBuf,
    /// Whether drafts are shown.
    pub with_drafts: bool,
    /// The language of messages; the site's where none is named.
    pub language: Option<Language>,
    /// The address of this machine to listen at.
    pub host: IpAddr,
    /// The port to try first.
    pub port: u16,
    /// Whether browsers go to the page that was edited.
    pub follows: bool,
    /// How changes are heard of.
    pub mode: Mode,
}

/// Who is told what happens; the command line prints it.
pub trait Herald {
    /// The server answers at this address. `port` is the one that was got.
    fn serves(&self, url: &str, port: u16);
    /// A round was made of these sources, in so many milliseconds.
    fn made(&self, round: &Round, sources: &Sources, took_ms: u64);
    /// The machine fails, and that has lasted; it is tried on.
    fn failed(&self, failure: &Failure);
    /// The machine fails no longer; the round that shows it is told of next.
    fn recovers(&self);
    /// The way of watching has changed.
    fn turns(&self, turn: Turn);
}

/// How long a file may be empty or gone before it is judged: an editor may be between two steps of saving.
const UNFINISHED: Duration = Duration::from_millis(300);
/// How often it is looked for the rest in that time.
const UNFINISHED_LOOK: Duration = Duration::from_millis(60);
/// How soon it is looked again after a refusal.
const REFUSED_LOOK: Duration = Duration::from_millis(200);
/// How many times longer than the attempt that failed the pause after it is, once that is told: a twentieth of the time.
/// Whatever is heard or seen to change brings the next attempt at once.
const REFUSED_PAUSE: u32 = 20;

/// Previews until `stop` is set.
///
/// # Errors
/// Where no port can be had, or the project's folder cannot be listed at the beginning.
pub fn serve(preview: &Preview, stop: &AtomicBool, herald: &impl Herald) -> Result<(), Failure> {
    let serving = Serving { host: preview.host, port: preview.port, follow: preview.follows };
    let server = Server::bind(serving)?;
    let (url, port) = (server.url(), server.address().port());
    let mut session = Session::begin(preview)?;
    let (send, receive) = tokio::sync::watch::channel(Arc::new(session.waiting()));
    let (ends, ended) = oneshot::channel::<()>();
    thread::scope(|scope| {
        let answering = scope.spawn(move || {
            server.run(receive, async {
                let _ = ended.await;
            })
        });
        herald.serves(&url, port);
        session.follow(stop, herald, &|| answering.is_finished(), &|snapshot| {
            send.send_replace(Arc::new(snapshot));
        });
        let _ = ends.send(());
        answering.join().unwrap_or(Ok(()))
    })
}

/// What is known between rounds.
struct Session {
    reader: FreshReader,
    builder: Builder,
    watch: Watch,
    /// What events have named since the last round.
    doubted: BTreeSet<PathBuf>,
    /// What has changed since the last round.
    changed: Vec<ContentPath>,
    /// Whether the newest sources have not been shown yet.
    is_due: bool,
    /// Since when a file has been empty or gone.
    unfinished: Option<Instant>,
    refusal: Refusal,
    /// Until when the round that failed is not tried again.
    pausing: Option<Instant>,
    language: Language,
}

impl Session {
    fn begin(preview: &Preview) -> Result<Self, Failure> {
        let root = preview.root.clone();
        crate::fs::site::expect_root(&root)?;
        let sources = crate::fs::site::read_config(&root);
        Ok(Self {
            reader: FreshReader::new(&root),
            builder: Builder::new(&root, preview.with_drafts, preview.language),
            // Watched before it is read, so that no change falls between the two.
            watch: Watch::begin(&root, preview.mode),
            doubted: BTreeSet::new(),
            changed: Vec::new(),
            is_due: true,
            unfinished: None,
            refusal: Refusal::default(),
            pausing: None,
            language: preview.language.unwrap_or_else(|| crate::config::language_of(&sources)),
        })
    }

    /// What is shown before the first round.
    fn waiting(&self) -> Snapshot {
        Snapshot {
            generation: 0,
            language: self.language,
            files: Arc::default(),
            trouble: None,
            edited: Vec::new(),
        }
    }

    /// Makes a round now and whenever something has changed.
    fn follow(
        &mut self,
        stop: &AtomicBool,
        herald: &impl Herald,
        is_over: &impl Fn() -> bool,
        show: &impl Fn(Snapshot),
    ) {
        self.look(herald, show);
        while !stop.load(Ordering::Relaxed) && !is_over() {
            let Some(hint) = self.watch.next(stop) else { break };
            if let Some(turn) = hint.turn {
                herald.turns(turn);
            }
            self.doubted.extend(hint.paths);
            self.look(herald, show);
        }
    }

    /// Reads what may have changed and makes a round of it, unless somebody is in the middle of saving.
    fn look(&mut self, herald: &impl Herald, show: &impl Fn(Snapshot)) {
        let began = now();
        let reading = match self.reader.read(&self.doubted) {
            Ok(reading) => reading,
            Err(failure) => {
                self.refuse(&failure, began, herald, show);
                return;
            }
        };
        let is_named = !std::mem::take(&mut self.doubted).is_empty();
        if is_named || reading.is_changed {
            self.pausing = None;
        }
        self.watch.looked(reading.looked);
        let held = reading.held.first();
        if let Some(failure) = held {
            self.refuse(failure, began, herald, show);
        }
        // What was told is to be taken back.
        self.is_due |= reading.is_changed || held.is_none() && self.refusal.is_told();
        self.changed.extend(reading.changed.iter().cloned());
        if self.is_unfinished(&reading) {
            self.watch.look_again_in(UNFINISHED_LOOK);
        } else if self.is_due {
            let is_pausing = self.pausing.is_some_and(|until| until > began);
            if !is_pausing && (held.is_none() || !self.refusal.is_told()) {
                self.round(&reading, began, herald, show);
            }
        } else if held.is_none() {
            self.refusal.end();
        }
    }

    /// Whether a file has just become empty or gone, and the rest may still come.
    fn is_unfinished(&mut self, reading: &Reading) -> bool {
        if !reading.emptied.is_empty() || !reading.gone.is_empty() {
            self.unfinished.get_or_insert_with(now);
        } else if reading.is_changed {
            self.unfinished = None;
        }
        let is_waiting = self.unfinished.is_some_and(|since| since.elapsed() < UNFINISHED);
        if !is_waiting {
            self.unfinished = None;
        }
        is_waiting
    }

    /// Tells of a refusal once it has lasted, and tries again after the pause that is returned.
    fn refuse(
        &mut self,
        failure: &Failure,
        began: Instant,
        herald: &impl Herald,
        show: &impl Fn(Snapshot),
    ) -> Duration {
        if self.refusal.goes_on(&failure.path, now()) {
            herald.failed(failure);
            show(self.builder.failed(failure, self.language));
        }
        let cost = if self.refusal.is_told() { began.elapsed() } else { Duration::ZERO };
        let pause = REFUSED_LOOK.max(cost * REFUSED_PAUSE);
        self.watch.look_again_in(pause);
        pause
    }

    fn round(&mut self, reading: &Reading, began: Instant, herald: &impl Herald, show: &impl Fn(Snapshot)) {
        match self.builder.round(&reading.sources, &self.changed) {
            Ok(round) => {
                self.is_due = false;
                self.pausing = None;
                self.changed.clear();
                self.language = round.snapshot.language;
                show(round.snapshot.clone());
                if reading.held.is_empty() && self.refusal.end() {
                    herald.recovers();
                }
                let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
                herald.made(&round, &reading.sources, took_ms);
            }
            // An attachment changed or went away meanwhile, and the next look sees that; or it stays so, which is told.
            Err(failure) => {
                let pause = self.refuse(&failure, began, herald, show);
                self.pausing = Some(now() + pause);
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long a file stays empty or refused is a matter of time; no page depends on it"
)]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests;

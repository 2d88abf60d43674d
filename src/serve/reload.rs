//! What an open page hears of a change: whether itself changed, whether only its style did, which others did, what is wrong.
//!
//! A page knows from which generation it was made, by the address of its script, and says so when it begins to listen. So
//! nothing is missed between the two, nor while a machine slept. A page of another run of the server is always old.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::body::Bytes;
use serde::Serialize;
use tokio::sync::watch;
use tokio::time::timeout;

use super::http::address::{self, Meaning};
use super::http::page::{self, Have};
use super::snapshot::Snapshot;

/// How often a stream without news says that it lives; proxies and sleeping machines drop what is silent for long.
const HEARTBEAT_SECONDS: u64 = 15;

/// How many other pages a note names.
const NAMED: usize = 5;

/// Images and scripts that are looked for in a page; where more changed, every page counts as changed.
const LOOKED_FOR: usize = 4;

/// How many starting points a state remembers the changes from: pages are mostly as new as one another.
const REMEMBERED: usize = 64;

/// A state of the site, with what the messages about it have in common.
#[derive(Debug)]
pub struct Showing {
    /// The state.
    pub snapshot: Arc<Snapshot>,
    /// The troubles as JSON, or `null`.
    trouble: Bytes,
    /// What changed since a generation.
    changes: Mutex<BTreeMap<u64, Arc<Changes>>>,
}

/// What changed between a generation and the one that is shown.
#[derive(Debug, Default)]
struct Changes {
    /// Whether a style sheet did.
    style: bool,
    /// Names of other files that pages show, at most one more than are looked for.
    assets: Vec<String>,
    /// How many pages did.
    count: usize,
    /// The first of them by their keys: those that were edited, then the others; one more than a note names.
    pages: Vec<(String, Named)>,
}

/// A page in a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Named {
    href: String,
    title: String,
}

/// The other pages of a note.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
struct Others {
    count: usize,
    pages: Vec<Named>,
}

/// A message to one page; the troubles follow it.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct News {
    generation: u64,
    /// Whether there is a site at all.
    ready: bool,
    /// Whether the page itself is another.
    own: bool,
    /// Whether it is no more.
    gone: bool,
    /// Whether a style sheet is another.
    style: bool,
    others: Others,
    /// Where those who follow go.
    go: Option<String>,
}

/// An open page that wants news.
#[derive(Debug)]
pub struct Listener {
    /// Its address as the browser has it.
    pub page: String,
    /// The generation it was made from, or was told of last.
    pub since: u64,
    /// What it was.
    pub have: Have,
    /// Whether it was made by this run of the server.
    pub is_same_run: bool,
    /// Whether it goes where the author edits.
    pub follow: bool,
    /// Whether it has had its first message.
    pub was_told: bool,
    /// Where states come from.
    pub shown: watch::Receiver<Arc<Showing>>,
}

impl Showing {
    /// A state about to be shown.
    pub fn new(snapshot: Arc<Snapshot>) -> Self {
        let trouble = serde_json::to_vec(&snapshot.trouble).unwrap_or_else(|_| b"null".to_vec());
        Self { snapshot, trouble: Bytes::from(trouble), changes: Mutex::default() }
    }

    fn changes(&self, since: u64) -> Arc<Changes> {
        let mut known = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(changes) = known.get(&since) {
            return Arc::clone(changes);
        }
        let changes = Arc::new(Changes::between(since, &self.snapshot));
        if known.len() < REMEMBERED {
            known.insert(since, Arc::clone(&changes));
        }
        changes
    }
}

impl Changes {
    fn between(since: u64, snapshot: &Snapshot) -> Self {
        let mut changes = Self::default();
        let (mut edited, mut others) = (Vec::new(), Vec::new());
        for (key, _) in snapshot.files.iter().filter(|(_, file)| file.since > since) {
            match key.rsplit_once('.').map_or("", |(_, ending)| ending) {
                "html" | "htm" if **key == *"404.html" => {}
                "html" | "htm" => {
                    changes.count += 1;
                    let list = if snapshot.edited.iter().any(|edited| **edited == **key) {
                        &mut edited
                    } else {
                        &mut others
                    };
                    if list.len() <= NAMED {
                        list.push(key);
                    }
                }
                "css" => changes.style = true,
                "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "avif" | "js" | "woff" | "woff2"
                | "ttf"
                    if changes.assets.len() <= LOOKED_FOR =>
                {
                    changes.assets.push(key.rsplit('/').next().unwrap_or(key).to_owned());
                }
                _ => {}
            }
        }
        let first = edited.into_iter().chain(others).take(NAMED + 1);
        changes.pages = first.map(|key| (key.to_string(), named(key, snapshot))).collect();
        changes
    }

    /// Whether a page shows one of the files that are neither pages nor styles.
    fn touch(&self, page: &[u8]) -> bool {
        let holds = |name: &String| page.windows(name.len()).any(|part| part == name.as_bytes());
        self.assets.len() > LOOKED_FOR || self.assets.iter().any(holds)
    }
}

fn named(key: &str, snapshot: &Snapshot) -> Named {
    let href = address::href(key);
    let title = snapshot.files.get(key).and_then(|file| page::title(&file.bytes));
    Named { title: title.unwrap_or_else(|| href.clone()), href }
}

impl Listener {
    /// Waits for the next message, or for the time to show that the stream lives.
    pub async fn hear(mut self) -> (Self, Vec<Bytes>) {
        if self.was_told {
            let wait = timeout(Duration::from_secs(HEARTBEAT_SECONDS), self.shown.changed());
            match wait.await {
                Ok(Ok(())) => {}
                // Nothing more will come: the server is about to end.
                Ok(Err(_)) => std::future::pending().await,
                Err(_) => return (self, vec![Bytes::from_static(b":\n\n")]),
            }
        }
        let shown = self.shown.borrow_and_update().clone();
        let news = self.news(&shown);
        self.was_told = true;
        if !news.own && news.ready {
            self.since = shown.snapshot.generation;
        }
        let Ok(json) = serde_json::to_string(&news) else { return (self, Vec::new()) };
        let open = json.strip_suffix('}').unwrap_or(&json);
        let head = format!("data: {open},\"trouble\":");
        (self, vec![Bytes::from(head), shown.trouble.clone(), Bytes::from_static(b"}\n\n")])
    }

    fn news(&self, shown: &Showing) -> News {
        let snapshot = &*shown.snapshot;
        let ready = !snapshot.files.is_empty();
        let found = match address::find(&snapshot.files, &self.page) {
            Meaning::File(key, file) => Some((key, file)),
            Meaning::Folder(key) => snapshot.files.get(key).map(|file| (key, file)),
            Meaning::Missing => None,
        };
        let is_newer = |key: &str| snapshot.files.get(key).is_some_and(|file| file.since > self.since);
        let mut news = News {
            generation: snapshot.generation,
            ready,
            own: ready && (!self.is_same_run || self.have == Have::Waiting),
            gone: ready && self.have == Have::Page && found.is_none(),
            style: false,
            others: Others::default(),
            go: None,
        };
        if !ready || news.own {
            return news;
        }
        let changes = shown.changes(self.since.min(snapshot.generation));
        news.own = match (self.have, found) {
            (Have::Nothing, None) => is_newer("404.html"),
            (Have::Nothing, Some(_)) => true,
            (_, Some((_, file))) => file.since > self.since || changes.touch(&file.bytes),
            (_, None) => false,
        };
        news.style = changes.style;
        let own_key = found.map_or("", |(key, _)| key);
        let other = changes.pages.iter().filter(|(key, _)| key != own_key).take(NAMED);
        news.others = Others {
            count: changes.count - usize::from(is_newer(own_key)).min(changes.count),
            pages: other.map(|(_, named)| named.clone()).collect(),
        };
        let edited = snapshot.edited.iter().filter(|key| is_newer(key)).map(String::as_str);
        let edited: Vec<&str> = if self.follow { edited.collect() } else { Vec::new() };
        if !edited.contains(&own_key) {
            news.go = edited.first().map(|key| address::href(key));
        }
        news
    }
}

/// A name for this run of the server that no other run on this machine has.
#[expect(
    clippy::disallowed_methods,
    reason = "the name is never part of a page as built: it tells runs of the preview apart"
)]
pub fn session() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    format!("{:x}-{:x}", now.map_or(0, |since| since.as_nanos()), std::process::id())
}

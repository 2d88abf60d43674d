//! What is served at one moment: every file of the site in memory, and what is wrong with the newest state of the sources.
//!
//! A snapshot never changes; the builder makes the next one and hands it over. No request opens a file.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::digest::Digest;
use crate::vietnamese::Language;

/// A site in memory, with the troubles of its newest sources.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Counts the states that were shown, from 1.
    pub generation: u64,
    /// The language of the preview's own words.
    pub language: Language,
    /// Every file by its address, as `thao-nguyen/index.html`; the last good state, empty before there was one.
    pub files: Arc<Files>,
    /// Where the sources have errors now.
    pub trouble: Option<Arc<Trouble>>,
    /// Addresses of pages whose own file was edited last, for those who follow.
    pub edited: Vec<String>,
}

/// Files by their addresses.
pub type Files = BTreeMap<Arc<str>, File>;

/// A file of the site.
#[derive(Debug, Clone)]
pub struct File {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// The digest of its bytes.
    pub digest: Digest,
    /// The generation in which it became what it is.
    pub since: u64,
}

/// Why the newest sources are not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// How many errors and warnings, in words.
    pub tally: String,
    /// The problems, errors first; at most [`Trouble::MOST`].
    pub problems: Vec<Mistake>,
    /// A failure of the machine instead of problems, in words.
    pub failure: Option<String>,
}

impl Trouble {
    /// How many problems an overlay lists: nobody reads more at once.
    pub const MOST: usize = 50;
}

/// A problem as the overlay shows it: plain words, to be escaped wherever they land.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// `NK301`
    pub code: String,
    /// The file from the root, with `/`.
    pub path: String,
    /// From 1; 0 where the problem is about a file as a whole.
    pub line: usize,
    /// In characters from 1; 0 as above.
    pub column: usize,
    /// How many characters of the line are meant, at least 1.
    pub width: usize,
    /// The line itself; empty as above.
    pub text: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The nearest right words.
    pub nearest: Vec<String>,
}

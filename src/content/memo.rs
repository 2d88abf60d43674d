//! What is remembered of files between runs: what each became, by the digest of its text, so that only changed files are read
//! as YAML and Markdown again.
//!
//! Only files without any problem are remembered, since problems are not, and no report that is not published. Places in a remembered file do not name it
//! ([`crate::source::remembering`]), and its body's text is taken from the file. Deleting the memo changes nothing but time.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Read;
use crate::config::Config;
use crate::digest::{self, Digest};
use crate::source::{FileId, Source, Sources, remembering};
use crate::stored::{self, Form};

/// The form of the bytes; another form is no memo.
const FORM: &Form = b"nhiemky parsed 2";

/// What files became, by path.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Memo {
    /// The program and the configuration that read them.
    context: Digest,
    files: BTreeMap<String, Entry>,
}

/// What one file became.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Entry {
    text: Digest,
    #[serde(with = "stored::whole")]
    made: Arc<[u8]>,
}

impl Memo {
    /// A memo of nothing yet, for what this program reads under this configuration.
    pub(super) fn of(config: &Config) -> Self {
        let read_by = format!("{} {:?} {:?}", env!("NHIEMKY_ENGINE"), config.language, config.fields);
        Self { context: digest::digest(read_by.as_bytes()), files: BTreeMap::new() }
    }

    /// Whether it remembers nothing.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether two memos remember the same.
    pub fn is_same(&self, other: &Self) -> bool {
        let same =
            |((a, one), (b, two)): ((&String, &Entry), (&String, &Entry))| a == b && one.text == two.text;
        self.context == other.context
            && self.files.len() == other.files.len()
            && self.files.iter().zip(&other.files).all(same)
    }

    /// What a file became the last time, if its text and what reads it are the same.
    pub(super) fn recall(&self, now: &Self, file: FileId, source: &Arc<Source>) -> Option<Read> {
        let entry = self.files.get(source.path.as_str()).filter(|_| self.context == now.context)?;
        let is_same = entry.text == digest::digest(source.text.as_bytes());
        let read = is_same.then(|| remembering(file, || stored::decode(&entry.made)))??;
        Some(with_source(read, source))
    }

    /// Remembers every file that `made` is about: what it was read as if nothing was wrong with it, or else what `before`
    /// remembers of it, where it was recalled.
    pub(super) fn note(&mut self, before: &Self, sources: &Sources, files: &[Noted<'_>]) {
        let entry = |noted: &Noted<'_>| {
            let source = sources.get(noted.file);
            let path = source.path.as_str();
            let entry = match noted.read {
                // The memo lies on the disk: what is not published leaves no trace there.
                Some(Read::Report(report)) if !report.is_published() => return None,
                Some(read) => {
                    let text = digest::digest(source.text.as_bytes());
                    Entry { text, made: stored::encode(read).into() }
                }
                None => before.files.get(path)?.clone(),
            };
            Some((path.to_owned(), entry))
        };
        self.files = files.par_iter().filter_map(entry).collect();
    }

    /// The memo as bytes: form, digest, contents.
    pub fn to_bytes(&self) -> Vec<u8> {
        stored::to_bytes(FORM, self)
    }

    /// The memo that bytes are; an empty one where there is any doubt.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        stored::from_bytes(FORM, bytes).unwrap_or_default()
    }
}

/// A file to remember.
pub(super) struct Noted<'a> {
    /// The file.
    pub(super) file: FileId,
    /// What it was read as; `None` where it was recalled.
    pub(super) read: Option<&'a Read>,
}

/// Gives bodies their text again, which is not remembered.
fn with_source(mut read: Read, source: &Arc<Source>) -> Read {
    let body = match &mut read {
        Read::Home(home) => Some(&mut home.body),
        Read::Unit(unit) => unit.body.as_mut(),
        Read::Term(term) => term.body.as_mut(),
        Read::Report(report) => Some(&mut report.body),
        Read::Nothing => None,
    };
    if let Some(body) = body {
        body.with_source(source);
    }
    read
}

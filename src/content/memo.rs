//! What is remembered of files between runs: what each became, by the digest of its text, so that only changed files are read
//! as YAML and Markdown again; and the orders of the alphabet that titles were put in.
//!
//! Only files without any problem are remembered, since problems are not, and no report that is not published. Places in a remembered file do not name it
//! ([`crate::source::remembering`]), and its body's text is taken from the file. Deleting the memo changes nothing but time.
//! What unchanged files became is never taken apart but to be read: its bytes go from the old memo into the new one.

use std::sync::Arc;

use rayon::prelude::*;

use super::Read;
use crate::config::Config;
use crate::digest::{self, Digest};
use crate::source::{FileId, Source, Sources, remembering};
use crate::stored::{self, Form, Piece, Stored};
use crate::yaml::front;

/// The form of the bytes; another form is no memo.
const FORM: &Form = b"nhiemky parsed 5";

/// What files became, by path, and what follows from all of them but takes long to work out.
#[derive(Debug, Clone, Default)]
pub struct Memo {
    /// The program and the configuration that read them.
    context: Digest,
    /// Sorted by path.
    files: Vec<Entry>,
    /// Texts in the order of the alphabet.
    pub orders: Orders,
}

/// What one file became.
#[derive(Debug, Clone)]
struct Entry {
    path: Box<str>,
    text: Digest,
    /// The digests of the text's two parts, which need not be looked for again.
    parts: (u64, u64),
    made: Piece,
}

/// What a memo's bytes begin with: the program, path, digests and length of what each file became, and the orders.
type Head<S> = (Digest, Vec<(S, Digest, (u64, u64), u32)>, Vec<Order>);

/// The digest of some texts, and the place of each in the alphabet.
type Order = (Digest, Arc<[u32]>);

/// The orders that lists of texts were put in, by digests of the lists: the keys of sorting are a tenth of a build after a
/// body was edited, and titles seldom change.
#[derive(Debug, Clone, Default)]
pub struct Orders {
    /// Those of the last run.
    known: Vec<Order>,
    /// Those that this run asked for.
    asked: Vec<Order>,
}

impl Orders {
    /// The place of each of some texts, which have this digest: as remembered, or as `sort` says.
    pub fn of(&mut self, texts: Digest, count: usize, sort: impl FnOnce() -> Vec<u32>) -> Arc<[u32]> {
        let known = self.known.iter().find(|(digest, order)| *digest == texts && order.len() == count);
        let order = known.map_or_else(|| sort().into(), |(_, order)| Arc::clone(order));
        self.asked.push((texts, Arc::clone(&order)));
        order
    }

    /// What the next run may know.
    fn latest(&self) -> &[Order] {
        if self.asked.is_empty() { &self.known } else { &self.asked }
    }
}

impl Memo {
    /// A memo of nothing yet, for what this program reads under this configuration.
    pub(super) fn of(config: &Config) -> Self {
        let read_by = format!("{} {:?} {:?}", env!("NHIEMKY_ENGINE"), config.language, config.fields);
        Self { context: digest::digest(read_by.as_bytes()), ..Self::default() }
    }

    /// Whether it remembers nothing.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether two memos remember the same.
    pub fn is_same(&self, other: &Self) -> bool {
        let mut both = self.files.iter().zip(&other.files);
        let orders = |memo: &Self| memo.orders.latest().iter().map(|(texts, _)| *texts).collect::<Vec<_>>();
        self.context == other.context
            && self.files.len() == other.files.len()
            && both.all(|(one, another)| one.path == another.path && one.text == another.text)
            && orders(self) == orders(other)
    }

    fn find(&self, path: &str) -> Option<&Entry> {
        self.files.binary_search_by(|entry| (*entry.path).cmp(path)).ok().map(|at| &self.files[at])
    }

    /// What a file became the last time, if its text and what reads it are the same.
    pub(super) fn recall(&self, now: &Self, file: FileId, source: &Arc<Source>) -> Option<Read> {
        let entry = self.find(source.path.as_str()).filter(|_| self.context == now.context)?;
        let is_same = entry.text == source.digest;
        let read = is_same.then(|| remembering(file, || stored::decode(entry.made.as_slice())))??;
        source.digests(|_| entry.parts);
        Some(with_source(read, source))
    }

    /// Remembers every file that `made` is about: what it was read as if nothing was wrong with it, or else what `before`
    /// remembers of it, where it was recalled. The files are in the order of their paths.
    pub(super) fn note(&mut self, before: &mut Self, sources: &Sources, files: &[Noted<'_>]) {
        let entry = |noted: &Noted<'_>| {
            let source = sources.get(noted.file);
            match noted.read {
                // The memo lies on the disk: what is not published leaves no trace there.
                Some(Read::Report(report)) if !report.is_published() => None,
                Some(read) => {
                    let (path, text) = (source.path.as_str().into(), source.digest);
                    let parts = source.digests(front::digests);
                    Some(Entry { path, text, parts, made: Piece::shared(stored::encode(read)) })
                }
                None => before.find(source.path.as_str()).cloned(),
            }
        };
        self.files = files.par_iter().filter_map(entry).collect();
        if self.context == before.context {
            let Orders { known, asked } = std::mem::take(&mut before.orders);
            self.orders.known = if asked.is_empty() { known } else { asked };
        }
    }

    /// What files became, in as few pieces as there are: unchanged files mostly stand behind each other.
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for entry in &self.files {
            match pieces.last_mut().and_then(|last| last.with_next(&entry.made).map(|both| (last, both))) {
                Some((last, both)) => *last = both,
                None => pieces.push(entry.made.clone()),
            }
        }
        pieces
    }

    /// Gives the memo as bytes to `write`: form, sum, contents.
    pub fn store<T>(&self, write: impl FnOnce(&Stored<'_>) -> T) -> T {
        let length = |entry: &Entry| u32::try_from(entry.made.as_slice().len()).unwrap_or_default();
        let files =
            self.files.iter().map(|entry| (&*entry.path, entry.text, entry.parts, length(entry))).collect();
        let head: Head<&str> = (self.context, files, self.orders.latest().to_vec());
        let pieces = self.pieces();
        write(&Stored::new(FORM, &head, &[], pieces.iter().map(Piece::as_slice).collect()))
    }

    /// The memo as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.store(|stored| stored.to_bytes())
    }

    /// The memo that bytes are; an empty one where there is any doubt.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        let bytes = Arc::new(bytes);
        let Some(((context, files, known), mut end)) = stored::from_bytes::<Head<Box<str>>>(FORM, &bytes)
        else {
            return Self::default();
        };
        let entry = |(path, text, parts, length): (Box<str>, Digest, (u64, u64), u32)| Entry {
            path,
            text,
            parts,
            made: Piece::next(&bytes, &mut end, length as usize),
        };
        let files = files.into_iter().map(entry).collect();
        Self { context, files, orders: Orders { known, asked: Vec::new() } }
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

//! The texts of a site as immutable values, and places in them.
//!
//! Everything after the reader works on [`Sources`]; nothing after it knows the disk. A [`Span`] is three words long and
//! `Copy`, so that every value can carry one: a place in front matter is kept as the number of its YAML node and becomes
//! lines and columns only when a problem is shown, because most runs show none.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::digest::{self, Digest};
use crate::path::{ContentPath, RealPath};
use crate::vietnamese::nfc;

/// The number of a text in [`Sources`]; texts are numbered in the order of their paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The number itself.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// Where in a text something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A range of bytes of the text.
    Bytes {
        /// First byte.
        start: u32,
        /// The byte after the last.
        end: u32,
    },
    /// A node of the front matter, numbered from 0 in the order of the text, keys counted too.
    Node(u32),
    /// A range of bytes of the value of a scalar of the front matter.
    Within {
        /// The scalar.
        node: u32,
        /// First byte of its value.
        start: u32,
        /// The byte after the last.
        end: u32,
    },
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The place in it.
    pub place: Place,
}

impl Span {
    /// The very beginning of a file.
    pub fn start_of(file: FileId) -> Self {
        Self::bytes(file, 0, 0)
    }

    /// A range of bytes of a file's text.
    pub fn bytes(file: FileId, start: usize, end: usize) -> Self {
        Self { file, place: Place::Bytes { start: narrow(start), end: narrow(end) } }
    }

    /// A node of a file's front matter.
    pub fn node(file: FileId, node: u32) -> Self {
        Self { file, place: Place::Node(node) }
    }

    /// The part `start..end` (bytes of the value) of what this span covers.
    pub fn part(self, start: usize, end: usize) -> Self {
        let (start, end) = (narrow(start), narrow(end));
        let place = match self.place {
            Place::Bytes { start: base, .. } => Place::Bytes { start: base + start, end: base + end },
            Place::Node(node) => Place::Within { node, start, end },
            Place::Within { node, start: base, .. } => {
                Place::Within { node, start: base + start, end: base + end }
            }
        };
        Self { file: self.file, place }
    }
}

/// Texts are bounded far below 4 GB where they are read, so that an offset fits.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A value with the place that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What is said.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, said at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// One text: in NFC, with `\n` line ends and without a byte-order mark.
#[derive(Debug)]
pub struct Source {
    /// Where it lies below the project's root.
    pub path: ContentPath,
    /// The same as the disk spells it.
    pub real: RealPath,
    /// The text.
    pub text: String,
    /// The digest of the text.
    pub digest: Digest,
}

impl Source {
    /// The text of the file `path` as read from disk.
    pub fn new(path: ContentPath, text: String) -> Self {
        Self::at(RealPath::from(&path), path, text)
    }

    /// The same for a file that the disk may spell in its own way.
    pub fn at(real: RealPath, path: ContentPath, text: String) -> Self {
        let text = clean(text);
        Self { path, real, digest: digest::digest(text.as_bytes()), text }
    }
}

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Where it lies below the project's root, as the disk spells it.
    pub real: RealPath,
    /// Length in bytes.
    pub bytes: u64,
    /// Digest of its bytes, checked again when it is copied.
    pub digest: [u8; 32],
    /// Its first bytes, by which its type is told.
    pub head: Vec<u8>,
}

/// What the walk found but the reader would not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// A symbolic link.
    Link,
    /// A device, a pipe, a socket.
    Special,
    /// A text that is not UTF-8; the byte where it breaks.
    NotUtf8(usize),
    /// Larger than a text may be.
    TooLarge(u64),
    /// A name that is not UTF-8 (shown with replacement characters) or that no path may hold.
    Name,
    /// Another file of the same folder has the same name once both are in NFC.
    Twice,
}

/// Everything a build reads: texts, assets, folders, refusals. Ordered by path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    texts: Vec<Arc<Source>>,
    /// Files to copy, by path.
    pub assets: BTreeMap<ContentPath, Asset>,
    /// What was refused, by path (as text: the name may be no path).
    pub refused: BTreeMap<String, Refused>,
}

impl Sources {
    /// The sources made of `(path, text)`; paths in any order, texts as read from disk.
    pub fn new(texts: impl IntoIterator<Item = (ContentPath, String)>) -> Self {
        Self::sharing(texts.into_iter().map(|(path, text)| Arc::new(Source::new(path, text))).collect())
    }

    /// The sources made of texts that others hold too, in any order.
    pub fn sharing(mut texts: Vec<Arc<Source>>) -> Self {
        texts.sort_by(|a, b| a.path.cmp(&b.path));
        Self { texts, ..Self::default() }
    }

    /// The paths that `other` has differently or not at all, or has alone, in order. Names that no path may hold, which can
    /// only be refused, are left out.
    pub fn differences(&self, other: &Self) -> Vec<ContentPath> {
        let mut found = BTreeSet::new();
        let (mut ours, mut theirs) = (self.texts.iter().peekable(), other.texts.iter().peekable());
        loop {
            let order = match (ours.peek(), theirs.peek()) {
                (Some(a), Some(b)) => a.path.cmp(&b.path),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            let a = if order.is_le() { ours.next() } else { None };
            let b = if order.is_ge() { theirs.next() } else { None };
            let is_same = a.zip(b).is_some_and(|(a, b)| Arc::ptr_eq(a, b) || a.text == b.text);
            found.extend(a.or(b).filter(|_| !is_same).map(|source| source.path.clone()));
        }
        for (one, another) in [(self, other), (other, self)] {
            let assets = one.assets.iter().filter(|(path, asset)| another.assets.get(path) != Some(asset));
            found.extend(assets.map(|(path, _)| path.clone()));
            let refused = one.refused.iter().filter(|(path, why)| another.refused.get(*path) != Some(why));
            found.extend(refused.filter_map(|(path, _)| ContentPath::new(path.split('/'))));
        }
        found.into_iter().collect()
    }

    /// A digest of everything: paths, texts, assets, refusals.
    pub fn digest(&self) -> Digest {
        let texts = self.texts.iter().map(|source| (b't', &source.path, &source.digest));
        let assets = self.assets.iter().map(|(path, asset)| (b'a', path, &asset.digest));
        let mut all = Vec::new();
        for (kind, path, digest) in texts.chain(assets) {
            all.push(kind);
            all.extend_from_slice(path.as_str().as_bytes());
            // No path holds a zero, and a digest is of one length.
            all.push(0);
            all.extend_from_slice(digest);
        }
        all.extend(format!("{:?}", self.refused).into_bytes());
        digest::digest(&all)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Whether a text is the very one that `other` has under the same number, or equal to it.
    pub fn is_same_text(&self, other: &Self, file: FileId) -> bool {
        let both = self.texts.get(file.number()).zip(other.texts.get(file.number()));
        both.is_some_and(|(a, b)| Arc::ptr_eq(a, b) || (a.path == b.path && a.text == b.text))
    }

    /// The text of a file.
    pub fn get(&self, id: FileId) -> &Source {
        &self.texts[id.0 as usize]
    }

    /// The text of a file, to be held on to.
    pub fn shared(&self, id: FileId) -> &Arc<Source> {
        &self.texts[id.0 as usize]
    }

    /// The text of a file, to be held by others too.
    pub fn share(&self, id: FileId) -> Option<Arc<Source>> {
        self.texts.get(id.number()).cloned()
    }

    /// The file at `path`.
    pub fn find(&self, path: &ContentPath) -> Option<FileId> {
        let at = self.texts.binary_search_by(|s| s.path.cmp(path)).ok()?;
        u32::try_from(at).ok().map(FileId)
    }

    /// All texts in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0u32..).map(FileId).zip(self.texts.iter().map(Arc::as_ref))
    }
}

/// The text as the rest of the program sees it: no byte-order mark, `\n` for `\r\n`, NFC (content format, section 1).
fn clean(text: String) -> String {
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let text = if text.contains('\r') { text.replace("\r\n", "\n") } else { text };
    match nfc::nfc(&text) {
        std::borrow::Cow::Owned(normal) => normal,
        std::borrow::Cow::Borrowed(_) => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cleaned_and_ordered() {
        let path = |s: &str| ContentPath::new(s.split('/')).expect("the parts are sound");
        let sources = Sources::new([
            (path("b.md"), "x".to_owned()),
            (path("a.md"), "\u{feff}bài\r\nho\u{323}c".to_owned()),
        ]);
        let texts: Vec<&str> = sources.iter().map(|(_, s)| s.text.as_str()).collect();
        assert_eq!(texts, ["bài\nhọc", "x"]);
        assert_eq!(sources.find(&path("b.md")), Some(FileId(1)));
    }

    #[test]
    fn a_digest_is_that_of_the_text_and_not_of_what_was_read() {
        let path = || ContentPath::new(["a.md"]).expect("the part is sound");
        // Marks in another order: as long as before.
        for text in ["x", "\u{feff}x", "x\r\ny", "ho\u{323}c", "q\u{301}\u{323}"] {
            let source = Source::new(path(), text.to_owned());
            assert_eq!(source.digest, digest::digest(source.text.as_bytes()), "{text}");
        }
    }
}

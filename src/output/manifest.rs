//! The manifest: what of the published folder is ours.
//!
//! It lies in the published folder itself, so that deleting `.nhiemky/` is safe and a copied site stays attributable, and
//! it is exchanged together with the files that it names. Its bytes follow from the site alone: sorted paths with
//! digest and length, no time, no path of a machine. The leading dot keeps its name apart from every output path,
//! whose parts are slugs. Whatever it does not name is a stranger's; a manifest that is damaged names nothing.

use std::borrow::Cow;
use std::fmt::Write;
use std::io::ErrorKind;
use std::path::Path;

use crate::fs::{Digest, Failure, digest, file};
use crate::path::name;

/// The manifest's name in the published folder.
pub const NAME: &str = ".nhiemky-manifest";

/// First line; the number changes when the form does.
const HEADER: &str = "nhiemky manifest 1";

/// Longest manifest that is read: ten million files.
const MAX_BYTES: u64 = 1 << 30;

/// What a file of ours is recognised by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imprint {
    /// Its length.
    pub bytes: u64,
    /// The digest of its bytes.
    pub digest: Digest,
}

/// Our files, sorted by path; `/` stands between its parts. It is kept as its text, of which each build copies most lines
/// into the next.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    text: String,
    files: Vec<Line>,
}

/// Where in the text a file stands: digest, length, path.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: usize,
    path: usize,
    /// After the path.
    end: usize,
    bytes: u64,
}

/// Digits of a digest.
const HEX: usize = 2 * size_of::<Digest>();

/// Two manifests are the same where they name the same files.
impl PartialEq for Manifest {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text || (self.files.is_empty() && other.files.is_empty())
    }
}

impl Manifest {
    /// The manifest of a published folder; empty where there is none, or one that cannot be trusted.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        Ok(Self::parse(Self::bytes(folder)?).unwrap_or_default())
    }

    /// The same with the digest of its bytes.
    pub fn read_with_digest(folder: &Path) -> Result<(Self, Digest), Failure> {
        let bytes = Self::bytes(folder)?;
        let digest = digest::digest(&bytes);
        Ok((Self::parse(bytes).unwrap_or_default(), digest))
    }

    /// As [`Self::read`], where it probably is one of `known`.
    pub fn read_known<'a>(folder: &Path, known: &[&'a Self]) -> Result<Cow<'a, Self>, Failure> {
        let bytes = Self::bytes(folder)?;
        let found = known.iter().find(|known| !bytes.is_empty() && known.text.as_bytes() == bytes);
        Ok(found.map_or_else(
            || Cow::Owned(Self::parse(bytes).unwrap_or_default()),
            |known| Cow::Borrowed(*known),
        ))
    }

    fn bytes(folder: &Path) -> Result<Vec<u8>, Failure> {
        match file::read_bounded(&folder.join(NAME), MAX_BYTES) {
            Err(failure)
                if matches!(failure.kind(), Some(ErrorKind::NotFound | ErrorKind::NotADirectory)) =>
            {
                Ok(Vec::new())
            }
            bytes => bytes,
        }
    }

    /// A manifest without files yet, with room for a text as long as that of another; [`Self::end`] makes it whole.
    pub fn begin(like: &Self) -> Self {
        let mut text = String::with_capacity(like.text.len() + (1 << 12));
        text.push_str(HEADER);
        text.push('\n');
        Self { text, files: Vec::with_capacity(like.files.len() + 16) }
    }

    /// Adds a file, behind all others in the order of paths.
    pub fn add(&mut self, path: &str, imprint: &Imprint) {
        let start = self.text.len();
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{} {} ", digest::to_hex(&imprint.digest), imprint.bytes);
        let at = self.text.len();
        self.text.push_str(path);
        self.files.push(Line { start, path: at, end: self.text.len(), bytes: imprint.bytes });
        self.text.push('\n');
    }

    /// Adds a file as another manifest has it.
    pub fn carry(&mut self, from: &Self, at: usize) {
        let Some(line) = from.files.get(at) else { return };
        let start = self.text.len();
        self.text.push_str(&from.text[line.start..line.end]);
        self.text.push('\n');
        let moved = |place: usize| start + (place - line.start);
        self.files.push(Line { start, path: moved(line.path), end: moved(line.end), bytes: line.bytes });
    }

    /// The last line says how many files there are, so that a cut text is recognised.
    pub fn end(&mut self) {
        let _ = writeln!(self.text, "end {}", self.files.len());
    }

    /// The text of the manifest.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether it names no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    fn path_of(&self, line: &Line) -> &str {
        &self.text[line.path..line.end]
    }

    /// The path of the file of a number.
    pub fn path(&self, at: usize) -> Option<&str> {
        self.files.get(at).map(|line| self.path_of(line))
    }

    /// Where a file stands.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|line| self.path_of(line).cmp(path)).ok()
    }

    /// What is known of the file of a number.
    pub fn imprint(&self, at: usize) -> Option<Imprint> {
        let line = self.files.get(at)?;
        let digest = digest::from_hex(&self.text[line.start..line.start + HEX])?;
        Some(Imprint { bytes: line.bytes, digest })
    }

    /// What is known of a file.
    pub fn get(&self, path: &str) -> Option<Imprint> {
        self.imprint(self.position(path)?)
    }

    /// All paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|line| self.path_of(line))
    }

    /// All paths that are not before another, in order.
    pub fn paths_from<'a>(&'a self, first: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let start = self.files.partition_point(|line| self.path_of(line) < first);
        self.files[start..].iter().map(|line| self.path_of(line))
    }

    /// The bytes of all files together.
    pub fn total_bytes(&self) -> u64 {
        self.files.iter().map(|line| line.bytes).sum()
    }

    /// Whether the manifest names the file, or is it.
    pub fn names(&self, path: &str) -> bool {
        path == NAME || self.position(path).is_some()
    }

    fn parse(bytes: Vec<u8>) -> Option<Self> {
        let text = String::from_utf8(bytes).ok()?;
        let body = text.strip_prefix(HEADER)?.strip_prefix('\n')?;
        let last = body.strip_suffix('\n')?.rfind('\n').map_or(0, |at| at + 1);
        let count: usize = body[last..].strip_prefix("end ")?.trim_end_matches('\n').parse().ok()?;
        let mut start = text.len() - body.len();
        let end = start + last;
        // A line has more bytes than a digest: a count that lies does not fill the memory.
        let mut files: Vec<Line> = Vec::with_capacity(count.min(text.len() / HEX));
        while start < end {
            let line = parse_line(&text[start..end], start)?;
            let path = &text[line.path..line.end];
            if files.last().is_some_and(|before| text[before.path..before.end] >= *path) {
                return None;
            }
            files.push(line);
            start = line.end + 1;
        }
        (files.len() == count).then_some(Self { text, files })
    }
}

/// The line that a text begins with, which stands at `start` of the whole one.
fn parse_line(text: &str, start: usize) -> Option<Line> {
    let (hex, rest) = text.split_at_checked(HEX)?;
    let is_hex = hex.bytes().fold(true, |all, b| all & (b.is_ascii_digit() | matches!(b, b'a'..=b'f')));
    let (number, rest) = rest.strip_prefix(' ')?.split_once(' ')?;
    let path = &rest[..rest.find('\n')?];
    if !is_hex || !is_ours(path) {
        return None;
    }
    let at = start + HEX + 1 + number.len() + 1;
    Some(Line { start, path: at, end: at + path.len(), bytes: number.parse().ok()? })
}

/// Whether we could have written a file of this path: a manifest in a foreign folder must not lead anywhere else.
pub fn is_ours(path: &str) -> bool {
    // Without a way out of the loops, which makes them ten times as fast.
    let is_sound = path.bytes().fold(true, |all, b| all & name::is_published(b));
    let bytes = path.as_bytes();
    let begins = |b: u8| b != b'/' && b != b'.';
    let ends_well = bytes.last().is_some_and(|b| *b != b'/');
    let joints = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    is_sound
        && ends_well
        && bytes.first().is_some_and(|b| begins(*b))
        && joints.fold(true, |all, (a, b)| all & (*a != b'/' || begins(*b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let mut manifest = Manifest::begin(&Manifest::default());
        for path in ["a/b.html", "index.html"] {
            manifest
                .add(path, &Imprint { bytes: path.len() as u64, digest: digest::digest(path.as_bytes()) });
        }
        manifest.end();
        manifest
    }

    fn parse(text: &str) -> Option<Manifest> {
        Manifest::parse(text.as_bytes().to_vec())
    }

    #[test]
    fn a_manifest_comes_back() {
        let (made, read) = (manifest(), parse(manifest().text()).expect("whole"));
        assert_eq!((&read, read.imprint(0), read.imprint(1)), (&made, made.imprint(0), made.imprint(1)));
        assert_eq!(made.get("index.html").map(|imprint| imprint.bytes), Some(10));
        let mut carried = Manifest::begin(&made);
        (0..2).for_each(|at| carried.carry(&made, at));
        carried.end();
        assert_eq!((carried.text(), carried.path(1)), (made.text(), Some("index.html")));
        let mut none = Manifest::begin(&Manifest::default());
        none.end();
        assert_eq!(parse(none.text()), Some(Manifest::default()));
    }

    #[test]
    fn a_damaged_manifest_names_nothing() {
        let text = manifest().text().to_owned();
        for cut in 0..text.len() {
            assert_eq!(parse(&text[..cut]), None, "cut at {cut}");
        }
        let turned = |text: &str| text.replace("a/b.html", "z/b.html");
        assert_eq!(parse(&turned(&text)), None, "not sorted");
        assert_eq!(parse(&text.replace("a/b", "index")), None, "a name twice");
        assert_eq!(parse(&text.replace("end 2", "end 3")), None, "another count");
        for path in ["../secret", "/etc/passwd", "C:/x", "a//b", ".", "a\\b", "a/.b", "a/", "", "a\nb", "ä"]
        {
            assert_eq!(parse(&text.replace("a/b.html", path)), None, "{path}");
        }
    }
}

//! The manifest: what of the published folder is ours.
//!
//! It lies in the published folder itself, so that deleting `.nhiemky/` is safe and a copied site stays attributable, and
//! it is exchanged together with the files that it names. Its bytes follow from the site alone: sorted paths with
//! digest and length, no time, no path of a machine. The leading dot keeps its name apart from every output path,
//! whose parts are slugs. Whatever it does not name is a stranger's; a manifest that is damaged names nothing.

use std::fmt::Write;
use std::io::ErrorKind;
use std::path::Path;

use crate::fs::{Digest, Failure, digest, file};

/// The manifest's name in the published folder.
pub const NAME: &str = ".nhiemky-manifest";

/// First line; the number changes when the form does.
const HEADER: &str = "nhiemky manifest 1";

/// Longest manifest that is read: ten million files.
const MAX_BYTES: u64 = 1 << 30;

/// What is known of a file of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Its length.
    pub bytes: u64,
    /// The digest of its bytes.
    pub digest: Digest,
}

/// Our files, sorted by path; `/` stands between its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest(pub Vec<(String, Record)>);

impl Manifest {
    /// The manifest of a published folder with the digest of its bytes; empty where there is none, or one that cannot be
    /// trusted.
    pub fn read(folder: &Path) -> Result<(Self, Digest), Failure> {
        let bytes = match file::read_bounded(&folder.join(NAME), MAX_BYTES) {
            Err(failure)
                if matches!(failure.kind(), Some(ErrorKind::NotFound | ErrorKind::NotADirectory)) =>
            {
                Vec::new()
            }
            bytes => bytes?,
        };
        let digest = digest::digest(&bytes);
        let manifest = String::from_utf8(bytes).ok().and_then(|text| Self::parse(&text));
        Ok((manifest.unwrap_or_default(), digest))
    }

    /// Where a file stands.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.0.binary_search_by(|(own, _)| own.as_str().cmp(path)).ok()
    }

    /// What is known of a file.
    pub fn get(&self, path: &str) -> Option<&Record> {
        self.position(path).map(|at| &self.0[at].1)
    }

    /// All paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(path, _)| path.as_str())
    }

    /// Whether the manifest names the file, or is it.
    pub fn names(&self, path: &str) -> bool {
        path == NAME || self.position(path).is_some()
    }

    /// The files that another manifest does not name.
    pub fn missing_in(&self, other: &Self) -> Vec<&str> {
        self.paths().filter(|path| other.position(path).is_none()).collect()
    }

    /// The text of the manifest. The last line says how many files there are, so that a cut one is recognised.
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (path, record) in &self.0 {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{} {} {path}", digest::to_hex(&record.digest), record.bytes);
        }
        text + &format!("end {}\n", self.0.len())
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != HEADER {
            return None;
        }
        let count: usize = lines.next_back()?.strip_prefix("end ")?.parse().ok()?;
        let files: Vec<(String, Record)> = lines.map(parse_line).collect::<Option<_>>()?;
        (files.len() == count && files.is_sorted_by(|a, b| a.0 < b.0)).then_some(Self(files))
    }
}

fn parse_line(line: &str) -> Option<(String, Record)> {
    let (digest, rest) = line.split_once(' ')?;
    let (bytes, path) = rest.split_once(' ')?;
    let record = Record { bytes: bytes.parse().ok()?, digest: digest::from_hex(digest)? };
    is_ours(path).then(|| (path.to_owned(), record))
}

/// Whether we could have written a file of this path: a manifest in a foreign folder must not lead anywhere else.
pub fn is_ours(path: &str) -> bool {
    let byte = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.bytes().all(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let record =
            |text: &str| Record { bytes: text.len() as u64, digest: digest::digest(text.as_bytes()) };
        Manifest(["a/b.html", "index.html"].map(|path| (path.to_owned(), record(path))).into())
    }

    #[test]
    fn a_manifest_comes_back() {
        assert_eq!(Manifest::parse(&manifest().to_text()), Some(manifest()));
        assert_eq!(Manifest::parse(&Manifest::default().to_text()), Some(Manifest::default()));
    }

    #[test]
    fn a_damaged_manifest_names_nothing() {
        let text = manifest().to_text();
        for cut in 0..text.len() {
            assert_eq!(Manifest::parse(&text[..cut]), None, "cut at {cut}");
        }
        let turned = |text: &str| text.replace("a/b.html", "z/b.html");
        assert_eq!(Manifest::parse(&turned(&text)), None, "not sorted");
        for path in ["../secret", "/etc/passwd", "C:/x", "a//b", ".", "a\\b"] {
            assert_eq!(Manifest::parse(&text.replace("a/b.html", path)), None, "{path}");
        }
    }
}

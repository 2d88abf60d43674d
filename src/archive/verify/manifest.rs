//! Manifests: which digest each file is said to have (RFC 8493, 2.1.3 and 2.2.1).
//!
//! A manifest is read line by line onto the files that are there, so that a long one costs no more memory than a digest
//! for each of them; a line about a file that is not there is a finding at once.

use super::bag_rules::BagRules;
use super::finding::{Finding, Findings, kinds};
use super::hash::{self, Algorithm};
use super::limit::{ENTRIES, LINE_BYTES, MANIFEST_BYTES};
use super::line::{End, Lines};
use super::name;
use super::tree::Tree;
use crate::fs::Failure;

/// What a manifest says of each file.
#[derive(Debug)]
pub struct Manifest {
    /// Its file's name.
    pub name: String,
    /// Its algorithm.
    pub algorithm: Algorithm,
    /// Whether it lists tag files.
    pub is_tag: bool,
    digests: Vec<u8>,
    listed: Vec<Listed>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listed {
    No,
    Exactly,
    /// With another form of the marks in its name.
    Alike,
}

/// The name of a manifest: whether of tag files, and its algorithm.
pub fn role(name: &str) -> Option<(bool, &str)> {
    let (is_tag, rest) = match name.strip_prefix("tagmanifest-") {
        Some(rest) => (true, rest),
        None => (false, name.strip_prefix("manifest-")?),
    };
    let algorithm = rest.strip_suffix(".txt")?;
    (!algorithm.is_empty() && !algorithm.contains('/')).then_some((is_tag, algorithm))
}

/// Whether a path is that of a tag manifest.
pub fn is_tag_manifest(path: &str) -> bool {
    role(path).is_some_and(|(is_tag, _)| is_tag)
}

impl Manifest {
    /// The digest that entry number `at` is said to have.
    pub fn digest(&self, at: usize) -> Option<&[u8]> {
        let bytes = self.algorithm.bytes();
        (*self.listed.get(at)? != Listed::No).then(|| self.digests.get(at * bytes..(at + 1) * bytes))?
    }

    /// Whether it lists entry number `at`.
    pub fn lists(&self, at: usize) -> bool {
        self.listed.get(at).is_some_and(|listed| *listed != Listed::No)
    }

    /// Reads the manifest that is entry number `at`.
    pub fn read(
        tree: &Tree,
        at: usize,
        (is_tag, algorithm): (bool, Algorithm),
        rules: BagRules,
        findings: &mut Findings,
    ) -> Result<Self, Failure> {
        let (entry, entries) = (&tree.entries[at], tree.entries.len());
        let name = entry.path.to_string();
        let (digests, listed) = (vec![0; entries * algorithm.bytes()], vec![Listed::No; entries]);
        let mut manifest = Self { name, algorithm, is_tag, digests, listed };
        if entry.bytes > MANIFEST_BYTES {
            let details = [entry.bytes.to_string(), MANIFEST_BYTES.to_string()];
            findings.push(Finding::error(&entry.path, &kinds::TOO_LONG, &[&details[0], &details[1]]));
            return Ok(manifest);
        }
        let mut lines = match tree.read(at) {
            Ok(from) => Lines::new(from, LINE_BYTES),
            Err(error) => {
                findings.push(tree.blame(error, at)?);
                return Ok(manifest);
            }
        };
        let mut line = Vec::new();
        loop {
            match lines.next(&mut line) {
                Ok(Some(_)) if lines.number > ENTRIES as u64 => {
                    findings.push(Finding::error(&entry.path, &kinds::MANY_LINES, &[&ENTRIES.to_string()]));
                    return Ok(manifest);
                }
                Ok(Some(end)) => manifest.take(tree, (&line, lines.number, end), rules, findings),
                Ok(None) => return Ok(manifest),
                Err(error) => {
                    findings.push(tree.blame(error, at)?);
                    return Ok(manifest);
                }
            }
        }
    }

    /// Takes a line.
    fn take(&mut self, tree: &Tree, line: (&[u8], u64, End), rules: BagRules, findings: &mut Findings) {
        let (mut text, number, end) = line;
        let at_line = number.to_string();
        if let (1, Some(rest)) = (number, text.strip_prefix(b"\xef\xbb\xbf")) {
            findings.push(Finding::error(&self.name, &kinds::BOM, &[]));
            text = rest;
        }
        if text.is_empty() {
            findings.push(Finding::error_if(rules.is_ours, &self.name, &kinds::LINE, &[&at_line]));
            return;
        }
        let Some((digest, written)) = parts(text, self.algorithm) else {
            findings.push(Finding::error(&self.name, &kinds::LINE, &[&at_line]));
            return;
        };
        let Ok(written) = std::str::from_utf8(written) else {
            findings.push(Finding::error(&self.name, &kinds::ENCODING, &[&at_line]));
            return;
        };
        let path = decoded(written, rules.is_old);
        let own = format!("{}  {}", hash::to_hex(&digest), encoded(&path));
        if rules.is_ours && (own.as_bytes() != text || end != End::Lf) {
            findings.push(Finding::error(&self.name, &kinds::LINE, &[&at_line]));
        }
        let path = match path.strip_prefix("./") {
            Some(rest) => {
                findings.push(Finding::error_if(rules.is_ours, rest, &kinds::DOT_SLASH, &[&self.name]));
                rest
            }
            None => &path,
        };
        if let Some(kind) = name::fault(path) {
            findings.push(Finding::error(path, kind, &[&self.name]));
        } else if path.starts_with("data/") == self.is_tag || (self.is_tag && is_tag_manifest(path)) {
            findings.push(Finding::error(path, &kinds::SCOPE, &[&self.name]));
        } else {
            self.set(tree, path, &digest, findings);
        }
    }

    fn set(&mut self, tree: &Tree, path: &str, digest: &[u8], findings: &mut Findings) {
        let exact = tree.find(path).map(|at| (at, Listed::Exactly));
        let alike = || tree.find_alike(path).map(|at| (at, Listed::Alike));
        let Some((at, how)) = exact.or_else(alike) else {
            findings.push(Finding::error(path, &kinds::MISSING, &[&self.name]));
            return;
        };
        if how == Listed::Alike {
            // Some disks spell every name in their own way: neither a forger nor a fault has touched the file.
            findings.push(Finding::note(path, &kinds::OTHER_FORM, &[&self.name]));
        }
        let is_again = self.digest(at).is_some_and(|earlier| self.listed[at] == how || earlier != digest);
        if is_again {
            findings.push(Finding::error(path, &kinds::TWICE, &[&self.name]));
            return;
        }
        let bytes = self.algorithm.bytes();
        if let Some(place) = self.digests.get_mut(at * bytes..(at + 1) * bytes) {
            place.copy_from_slice(digest);
            self.listed[at] = how;
        }
    }
}

/// A line's digest and path: digits, one or more spaces or tabs, perhaps the asterisk by which `sha512sum` marks binary
/// reading, the path.
fn parts(line: &[u8], algorithm: Algorithm) -> Option<(Vec<u8>, &[u8])> {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let (digits, rest) = line.split_at(line.iter().position(is_blank)?);
    let digest = hash::from_hex(digits).filter(|digest| digest.len() == algorithm.bytes())?;
    let path = &rest[rest.iter().position(|byte| !is_blank(byte))?..];
    let path = path.strip_prefix(b"*").unwrap_or(path);
    (!path.is_empty()).then_some((digest, path))
}

/// A path as it is on the disk: `%0A`, `%0D` and, since version 1.0, `%25` stand for characters of names.
fn decoded(path: &str, is_old: bool) -> String {
    let mut pieces = path.split('%');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let sign = match piece.get(..2) {
            Some("0A" | "0a") => '\n',
            Some("0D" | "0d") => '\r',
            Some("25") if !is_old => '%',
            _ => {
                out.push('%');
                out.push_str(piece);
                continue;
            }
        };
        out.push(sign);
        out.push_str(&piece[2..]);
    }
    out
}

/// The same the other way, as version 1.0 writes it.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_tools_write_them() {
        let md5 = "900150983cd24fb0d6963f7d28e17f72";
        let path = |line: &str| {
            parts(line.as_bytes(), Algorithm::Md5).map(|(_, path)| String::from_utf8_lossy(path).into_owned())
        };
        for line in ["  data/a", " data/a", " *data/a", "\t data/a", "     data/a"] {
            assert_eq!(path(&format!("{md5}{line}")).as_deref(), Some("data/a"), "{line:?}");
        }
        for line in ["", " ", "data/a", "0  data/a", "g  data/a", " *"] {
            assert_eq!(path(&format!("{md5}{line}")), None, "{line:?}");
        }
        assert_eq!(path(" data/a"), None);
    }

    #[test]
    fn three_signs_are_escaped_in_paths() {
        assert_eq!(decoded("data/a%0Ab%0d%25%2e%", false), "data/a\nb\r%%2e%");
        assert_eq!(decoded("data/%25%0a", true), "data/%25\n");
        assert_eq!(encoded("a%\n\r"), "a%25%0A%0D");
        assert_eq!(decoded("%đ", false), "%đ");
    }

    #[test]
    fn manifests_are_known_by_their_names() {
        assert_eq!(role("manifest-sha512.txt"), Some((false, "sha512")));
        assert_eq!(role("tagmanifest-md5.txt"), Some((true, "md5")));
        assert_eq!(
            (role("manifest-.txt"), role("a/manifest-md5.txt"), role("manifest-md5")),
            (None, None, None)
        );
    }
}

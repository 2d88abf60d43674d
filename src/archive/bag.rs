//! A bag by RFC 8493: the payload below `data/`, what describes it, and the digests of every file by two algorithms.
//!
//! The folder is laid where nobody looks and read back before it gets its name. Digests are taken from the written files,
//! not from memory, so that what was sealed is what the disk holds.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest as _, Sha256, Sha512};

use super::verify::name::is_unfit;
use crate::digest::Digest;
use crate::fs::{Action, Cause, Failure, file, system};
use crate::path::name::is_device;

/// The name of the file whose digest is the seal: through it every byte of the bag counts.
pub const SEALED: &str = "tagmanifest-sha256.txt";

/// The algorithms of the manifests, as RFC 8493 writes them.
pub const ALGORITHMS: [&str; 2] = ["sha256", "sha512"];

/// Characters a path in the bag may have, so that it can be unpacked below a folder of Windows.
const PATH_CHARS: usize = 200;

/// Where the bytes of a file come from.
#[derive(Debug, Clone)]
pub enum Content {
    /// They are here.
    Bytes(Vec<u8>),
    /// A file of the project that had this digest when it was read.
    File(PathBuf, Digest),
}

/// Length and digests of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    /// Its length.
    pub bytes: u64,
    /// SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// SHA-512, in hexadecimal digits.
    pub sha512: String,
}

impl Sums {
    /// The digest by the algorithm of a manifest.
    pub fn get(&self, algorithm: &str) -> &str {
        if algorithm == "sha512" { &self.sha512 } else { &self.sha256 }
    }
}

/// A bag that was laid.
#[derive(Debug)]
pub struct Laid {
    /// Every file by its path in the bag, with what it came to.
    pub files: BTreeMap<String, Sums>,
    /// The SHA-256 of [`SEALED`].
    pub seal: String,
}

impl Laid {
    /// Bytes of all files.
    pub fn bytes(&self) -> u64 {
        self.files.values().map(|sums| sums.bytes).sum()
    }
}

/// Lays a bag into the folder, which does not exist yet; `payload` by paths below `data/`, `info` as lines of
/// `bag-info.txt` but for the size of the payload, which stands last.
///
/// # Errors
/// Where the disk fails, a source changed meanwhile, or `stop` was set.
pub fn lay(
    folder: &Path,
    payload: &BTreeMap<String, Content>,
    info: &[(String, String)],
    stop: &AtomicBool,
) -> Result<Laid, Failure> {
    let mut files = BTreeMap::new();
    for (path, content) in payload {
        if stop.load(Ordering::Relaxed) {
            return Err(Failure::new(Action::Write, folder, Cause::Interrupted));
        }
        let path = format!("data/{path}");
        let to = folder.join(&path);
        match content {
            Content::Bytes(bytes) => file::write_new(&to, bytes, false)?,
            Content::File(from, digest) => file::copy_new(from, &to, digest, false)?,
        }
        files.insert(path, sums(&to)?);
    }
    let size: u64 = files.values().map(|sums| sums.bytes).sum();
    let oxum = [("Payload-Oxum".to_owned(), format!("{size}.{}", files.len()))];
    let info: String = info.iter().chain(&oxum).map(|(label, value)| line(label, value)).collect();
    let mut tags = vec![
        ("bagit.txt".to_owned(), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned()),
        ("bag-info.txt".to_owned(), info),
    ];
    tags.extend(ALGORITHMS.map(|a| (format!("manifest-{a}.txt"), manifest(&files, a))));
    let mut described = BTreeMap::new();
    for (name, text) in tags {
        file::write_new(&folder.join(&name), text.as_bytes(), false)?;
        described.insert(name.clone(), sums(&folder.join(&name))?);
    }
    for algorithm in ALGORITHMS {
        let name = format!("tagmanifest-{algorithm}.txt");
        file::write_new(&folder.join(&name), manifest(&described, algorithm).as_bytes(), false)?;
        files.insert(name.clone(), sums(&folder.join(&name))?);
    }
    files.extend(described);
    let seal = files.get(SEALED).map(|sums| sums.sha256.clone()).unwrap_or_default();
    Ok(Laid { files, seal })
}

/// The lines of a manifest, in the order of the paths.
fn manifest(files: &BTreeMap<String, Sums>, algorithm: &str) -> String {
    files.iter().map(|(path, sums)| format!("{}  {}\n", sums.get(algorithm), encoded(path))).collect()
}

/// A path as a manifest has it (RFC 8493, section 2.1.3).
pub fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The path that a manifest means.
pub fn decoded(path: &str) -> String {
    let lines = [("%0D", "\r"), ("%0d", "\r"), ("%0A", "\n"), ("%0a", "\n"), ("%25", "%")];
    lines.iter().fold(path.to_owned(), |path, (escape, sign)| path.replace(escape, sign))
}

/// A line of `bag-info.txt`: values stay on one line, which every reader takes.
fn line(label: &str, value: &str) -> String {
    let value: Vec<&str> = value.split_whitespace().collect();
    format!("{label}: {}\n", value.join(" "))
}

/// Length and digests of a file on the disk.
///
/// # Errors
/// Where it cannot be read.
pub fn sums(path: &Path) -> Result<Sums, Failure> {
    let mut file = system::open(path).map_err(Failure::of(Action::Read, path))?;
    let (mut short, mut long, mut bytes) = (Sha256::new(), Sha512::new(), 0);
    let mut buffer = vec![0; 128 * 1024];
    loop {
        let read = file.read(&mut buffer).map_err(Failure::of(Action::Read, path))?;
        if read == 0 {
            let (sha256, sha512) = (hex(&short.finalize()), hex(&long.finalize()));
            return Ok(Sums { bytes, sha256, sha512 });
        }
        short.update(&buffer[..read]);
        long.update(&buffer[..read]);
        bytes += read as u64;
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// SHA-256 of bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A path below `data/` as it stands in the bag: names are such that every system takes them, and where the last one makes the
/// path too long, it is cut and gets a part of its digest.
pub fn path_in(folder: &str, path: &str) -> String {
    let whole = format!("{folder}/{}", path.split('/').map(fit).collect::<Vec<_>>().join("/"));
    let over = ("data/".len() + whole.chars().count()).saturating_sub(PATH_CHARS);
    if over == 0 {
        return whole;
    }
    let (above, last) = whole.rsplit_once('/').unwrap_or(("", &whole));
    let ending = ending_of(last);
    let room = last.chars().count().saturating_sub(over + ending.len() + 9);
    let stem: String = last.chars().take(room).collect();
    format!("{above}/{stem}-{}{ending}", &sha256(whole.as_bytes())[..8])
}

/// A name that every system takes: one that Windows keeps for a device gets a suffix; another that some system does not take
/// loses what it stumbles over and gets a part of its digest, so that two names stay two.
fn fit(name: &str) -> Cow<'_, str> {
    let is_sound = !name.contains(is_unfit) && !name.ends_with(['.', ' ']);
    match (is_device(name), is_sound) {
        (false, true) => name.into(),
        (true, true) => {
            let (stem, rest) = name.split_at(name.find('.').unwrap_or(name.len()));
            format!("{stem}-x{rest}").into()
        }
        (_, false) => {
            let ending = ending_of(name);
            let stem = name[..name.len() - ending.len()].replace(is_unfit, "-");
            format!("{}-{}{ending}", stem.trim_end(), &sha256(name.as_bytes())[..8]).into()
        }
    }
}

/// The ending of a name by which its type is known; empty where there is none.
fn ending_of(name: &str) -> &str {
    let is_ending = |e: &str| (1..9).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric());
    let at = name.rfind('.').filter(|at| is_ending(&name[at + 1..]));
    at.map_or("", |at| &name[at..])
}

#[cfg(test)]
mod tests {
    use super::super::verify::name::{fault, is_unportable};
    use super::*;

    #[test]
    fn names_are_such_that_every_system_takes_them() {
        for (name, start, end) in [
            ("báo cáo (1).pdf", "báo cáo (1)", ".pdf"),
            ("com1.x.pdf", "com1-x.x", ".pdf"),
            ("aux .pdf", "aux -x", ".pdf"),
            ("Số 1.", "Số 1.-", ""),
            ("a: b?.pdf", "a- b--", ".pdf"),
            ("x\u{202e}fdp.pdf", "x-fdp-", ".pdf"),
            ("con?.pdf", "con--", ".pdf"),
        ] {
            let fit = fit(name);
            assert!(fit.starts_with(start) && fit.ends_with(end), "{name}: {fit}");
            assert!(fault(&fit).is_none() && !is_unportable(&fit), "{name}: {fit}");
        }
        assert_ne!(fit("a?.pdf"), fit("a*.pdf"));
    }

    #[test]
    fn paths_fit_and_come_back() {
        assert_eq!(path_in("sources", "content/a/con.pdf"), "sources/content/a/con-x.pdf");
        let long = path_in("sources", &format!("content/{}.pdf", "ô".repeat(240)));
        assert!(long.chars().count() + 5 <= PATH_CHARS && long.ends_with(".pdf"), "{long}");
        assert_eq!(decoded(&encoded("a%0Ab\nc")), "a%0Ab\nc");
        assert_eq!(line("A", "b\n  c"), "A: b c\n");
    }
}

//! A bag that a test can make, break, and put into a folder or a zip.
//!
//! It is a map from paths to bytes. Manifests are written when the test says so, so that what is changed afterwards is
//! not covered by them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use nhiemky::archive::verify::hash::{self, Algorithm};
use nhiemky::archive::verify::{self, Verdict};

use super::zip::{Entry, Zip};

/// The files of a bag.
#[derive(Debug, Clone, Default)]
pub struct Bag {
    pub files: BTreeMap<String, Vec<u8>>,
}

/// The digest of bytes in hexadecimal digits.
pub fn hex(algorithm: Algorithm, bytes: &[u8]) -> String {
    let (_, digests) = hash::digests(&mut &bytes[..], &[algorithm]).expect("memory can be read");
    hash::to_hex(&digests[0])
}

impl Bag {
    /// A bag of a version with manifests of some algorithms over some payload.
    pub fn new(version: &str, algorithms: &[Algorithm], payload: &[(&str, &str)]) -> Self {
        let mut bag = Self::default();
        bag.put("bagit.txt", format!("BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n"));
        for (path, text) in payload {
            bag.put(path, *text);
        }
        bag.list(algorithms);
        bag
    }

    /// A bag as this program makes it.
    pub fn ours() -> Self {
        let mut bag = Self::default();
        bag.put("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        bag.put("data/báo cáo.md", "Đại hội lần thứ nhất");
        bag.put("data/site/index.html", "<p>trang</p>");
        bag.put("data/100%.txt", "x".repeat(500));

        let bytes: usize =
            bag.files.iter().filter(|(p, _)| p.starts_with("data/")).map(|(_, b)| b.len()).sum();
        let info = format!("Bag-Software-Agent: nhiemky 0.1.0\nPayload-Oxum: {bytes}.3\n");
        bag.put("bag-info.txt", info);
        bag.list(&[Algorithm::Sha256, Algorithm::Sha512]);
        bag
    }

    /// Adds or replaces a file.
    pub fn put(&mut self, path: &str, bytes: impl Into<Vec<u8>>) -> &mut Self {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) -> &mut Self {
        assert!(self.files.remove(path).is_some(), "there is {path}");
        self
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.files[path].clone()).expect("it is a text")
    }

    /// Replaces the one place of a file where `was` stands.
    pub fn edit(&mut self, path: &str, was: &str, now: &str) -> &mut Self {
        let text = self.text(path);
        assert_eq!(text.matches(was).count(), 1, "“{was}” stands once in {path}");
        self.put(path, text.replace(was, now))
    }

    /// Writes all manifests.
    pub fn list(&mut self, algorithms: &[Algorithm]) -> &mut Self {
        for algorithm in algorithms {
            let lines = self.lines(*algorithm, |path| path.starts_with("data/"));
            self.put(&format!("manifest-{}.txt", algorithm.name()), lines);
        }
        self.list_tags(algorithms)
    }

    /// Writes the tag manifests alone.
    pub fn list_tags(&mut self, algorithms: &[Algorithm]) -> &mut Self {
        for algorithm in algorithms {
            let is_tag = |path: &str| !path.starts_with("data/") && !path.starts_with("tagmanifest-");
            let lines = self.lines(*algorithm, is_tag);
            self.put(&format!("tagmanifest-{}.txt", algorithm.name()), lines);
        }
        self
    }

    fn lines(&self, algorithm: Algorithm, is_listed: impl Fn(&str) -> bool) -> String {
        let files = self.files.iter().filter(|(path, _)| is_listed(path));
        files
            .map(|(path, bytes)| format!("{}  {}\n", hex(algorithm, bytes), path.replace('%', "%25")))
            .collect()
    }

    /// The seal as `archive` prints it.
    pub fn seal(&self) -> String {
        hex(Algorithm::Sha256, &self.files["tagmanifest-sha256.txt"])
    }

    /// Puts all files below a folder.
    pub fn write_to(&self, folder: &Path) {
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder can be made");
            fs::write(path, bytes).expect("a file can be written");
        }
    }

    /// A zip with all files below a folder `top`.
    pub fn zip(&self, top: &str) -> Zip {
        let entry = |(path, bytes): (&String, &Vec<u8>)| Entry::deflated(&format!("{top}{path}"), bytes);
        Zip { entries: self.files.iter().map(entry).collect(), ..Zip::default() }
    }

    /// What a check of the bag in a folder finds.
    pub fn check(&self) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        self.write_to(folder.path());
        told(&verify::folder(folder.path(), None).expect("there is a bag"))
    }
}

/// What a check of bytes in a file of that name finds.
pub fn check_file(name: &str, bytes: &[u8]) -> Verdict {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file can be written");
    verify::archive(&path, None).expect("there is an archive")
}

/// The findings as `error path code`, in order.
pub fn told(verdict: &Verdict) -> Vec<String> {
    let told = verdict.findings.iter().map(|finding| {
        let word = if finding.is_note { "note" } else { "error" };
        format!("{word} {} {}", finding.path, finding.code())
    });
    told.collect()
}

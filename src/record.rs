//! Records: what each page of the last build, and each other file made of the site, was made of, and why one is made again.
//!
//! Pure values and their bytes; the command line reads and writes them in `.nhiemky/`. Any doubt about the bytes means no
//! records, and so a full build: deleting them is always safe. They hold no time and no path of the machine.

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::path::OutputPath;
use crate::stored::{self, Form};

/// The form of the bytes; another form is no records.
const FORM: &Form = b"nhiemky record 8";

/// The name under which the first field of a fingerprint holds the page's template.
pub const TEMPLATE: &str = "template";

/// What all pages of a build share.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// The program, by its sources.
    pub engine: u128,
    /// Templates and labels.
    pub theme: u64,
    /// What stands on every page alike: title, language, navigation, base address.
    pub site: u64,
}

/// The digest of each field of a view by the field's name.
pub type Fingerprint = Vec<(&'static str, u64)>;

/// The records of a build.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Records {
    /// What all pages share.
    pub shared: Shared,
    /// Everything that the build read and was told, where it had no problem to show; a build of the same has nothing to do.
    pub inputs: Option<Digest>,
    /// The manifest of what it published.
    pub manifest: Digest,
    /// The names of the fields of each kind of page.
    names: Vec<Vec<String>>,
    /// Every file, sorted by path.
    files: Vec<Record>,
}

/// What a page was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    path: Box<str>,
    /// The number of the names of its fields.
    names: usize,
    /// The digests of its fields.
    digests: Box<[u64]>,
    /// The digest of its bytes.
    output: Digest,
}

/// Why a page is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is no record of it.
    New,
    /// These fields of its view have changed.
    Fields(Vec<String>),
    /// The theme has changed.
    Theme,
    /// What stands on every page has changed.
    Site,
    /// The program has changed.
    Engine,
    /// Its file is not there.
    Missing,
    /// Its file is not what was written.
    Altered,
}

impl Records {
    /// The records of a build that made or kept these files, in the order of their paths: fingerprint and digest of the bytes
    /// of each.
    pub fn new<'a>(
        shared: Shared,
        files: impl IntoIterator<Item = (&'a OutputPath, &'a Fingerprint, Digest)>,
    ) -> Self {
        let mut records = Self { shared, ..Self::default() };
        for (path, fingerprint, output) in files {
            let names = records.named(fingerprint);
            let digests = fingerprint.iter().map(|(_, digest)| *digest).collect();
            records.files.push(Record { path: path.as_str().into(), names, digests, output });
        }
        records
    }

    /// The number of the names of some fields.
    fn named(&mut self, fingerprint: &Fingerprint) -> usize {
        let is_same = |known: &Vec<String>| known.iter().eq(fingerprint.iter().map(|(name, _)| name));
        // Pages of one kind mostly follow each other, and there are a dozen kinds.
        self.names.iter().rposition(is_same).unwrap_or_else(|| {
            self.names.push(fingerprint.iter().map(|(name, _)| (*name).to_owned()).collect());
            self.names.len() - 1
        })
    }

    /// Why a page with this fingerprint must be made; or the digest of the file that is still right.
    pub fn judge(
        &self,
        shared: &Shared,
        path: &OutputPath,
        fingerprint: &[(&'static str, u64)],
    ) -> Result<Digest, Reason> {
        let record = self.find(shared, path)?;
        if self.shared.theme != shared.theme {
            return Err(Reason::Theme);
        }
        if self.shared.site != shared.site {
            return Err(Reason::Site);
        }
        self.compare(record, fingerprint)
    }

    /// As [`Self::judge`], for a file that is no page: theme and navigation are nothing to it.
    pub fn judge_made(
        &self,
        shared: &Shared,
        path: &OutputPath,
        fingerprint: &[(&'static str, u64)],
    ) -> Result<Digest, Reason> {
        self.compare(self.find(shared, path)?, fingerprint)
    }

    /// The record of a file that the same program made.
    fn find(&self, shared: &Shared, path: &OutputPath) -> Result<&Record, Reason> {
        let found = self.files.binary_search_by(|file| (*file.path).cmp(path.as_str()));
        let record = found.ok().map(|at| &self.files[at]).ok_or(Reason::New)?;
        if self.shared.engine == shared.engine { Ok(record) } else { Err(Reason::Engine) }
    }

    fn compare(&self, record: &Record, fingerprint: &[(&'static str, u64)]) -> Result<Digest, Reason> {
        let names = self.names.get(record.names).into_iter().flatten().map(String::as_str);
        let known = || names.clone().zip(record.digests.iter().copied());
        if known().eq(fingerprint.iter().copied()) {
            return Ok(record.output);
        }
        let digest_of = |name: &str| known().find(|(n, _)| *n == name).map(|(_, digest)| digest);
        let changed =
            |(name, digest): &(&'static str, u64)| (digest_of(name) != Some(*digest)).then_some(*name);
        // A page of another kind has other fields throughout; its template says it all.
        if let Some(TEMPLATE) = fingerprint.first().and_then(changed) {
            return Err(Reason::Fields(vec![TEMPLATE.to_owned()]));
        }
        let gone = known().map(|(name, _)| name).filter(|name| !fingerprint.iter().any(|(n, _)| n == name));
        Err(Reason::Fields(fingerprint.iter().filter_map(changed).chain(gone).map(str::to_owned).collect()))
    }

    /// How many pages there were.
    pub fn pages(&self) -> usize {
        let is_page = |names: &Vec<String>| names.first().is_some_and(|name| name == TEMPLATE);
        let are_pages: Vec<bool> = self.names.iter().map(is_page).collect();
        self.files.iter().filter(|file| are_pages.get(file.names) == Some(&true)).count()
    }

    /// How many files there were.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there were none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The records as bytes: form, sum, contents.
    pub fn to_bytes(&self) -> Vec<u8> {
        stored::to_bytes(FORM, self)
    }

    /// The records that bytes are; none where there is any doubt.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        stored::from_bytes(FORM, bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_one(fields: &Fingerprint) -> Records {
        Records::new(Shared::default(), [(&OutputPath::new(["a.html"]), fields, [7; 32])])
    }

    fn fields(digests: &[u64]) -> Fingerprint {
        ["f0", "f1", "f2"].into_iter().zip(digests.iter().copied()).collect()
    }

    #[test]
    fn a_page_is_made_again_for_a_reason() {
        let path = OutputPath::new(["a.html"]);
        let records = of_one(&fields(&[1, 2]));
        let judge = |shared: Shared, f: &[u64]| records.judge(&shared, &path, &fields(f));
        assert_eq!(judge(Shared::default(), &[1, 2]), Ok([7; 32]));
        assert_eq!(judge(Shared::default(), &[1, 3]), Err(Reason::Fields(vec!["f1".to_owned()])));
        assert_eq!(judge(Shared::default(), &[1]), Err(Reason::Fields(vec!["f1".to_owned()])));
        assert_eq!(judge(Shared { theme: 1, ..Shared::default() }, &[1, 2]), Err(Reason::Theme));
        assert_eq!(
            judge(Shared::default(), &[4, 2, 6]),
            Err(Reason::Fields(vec!["f0".to_owned(), "f2".to_owned()]))
        );
        assert_eq!(records.judge(&Shared::default(), &OutputPath::new(["b.html"]), &[]), Err(Reason::New));
    }

    #[test]
    fn a_page_of_another_kind_is_made_for_its_template() {
        let of = |template: u64, other: &'static str| vec![(TEMPLATE, template), (other, 1)];
        let judged = of_one(&of(1, "x")).judge(&Shared::default(), &OutputPath::new(["a.html"]), &of(2, "y"));
        assert_eq!(judged, Err(Reason::Fields(vec![TEMPLATE.to_owned()])));
    }

    #[test]
    fn doubtful_bytes_are_no_records() {
        let records = of_one(&fields(&[1]));
        let bytes = records.to_bytes();
        assert_eq!(Records::from_bytes(&bytes), records);
        assert_eq!(Records::from_bytes(&bytes[..bytes.len() / 2]), Records::default());
        assert_eq!(Records::from_bytes(b"nhiemky record 0"), Records::default());
    }
}

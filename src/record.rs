//! Records: what each page of the last build was made of, and why a page is made again.
//!
//! Pure values and their bytes; the command line reads and writes them in `.nhiemky/`. Any doubt about the bytes means no
//! records, and so a full build: deleting them is always safe. They hold no time and no path of the machine.

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::path::OutputPath;
use crate::stored::{self, Form};
use crate::trace::{Inputs, Read};

/// The form of the bytes; another form is no records.
const FORM: &Form = b"nhiemky record 4";

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

/// What one page was made of and became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    path: String,
    /// The number of the list of names of its fields; pages of one kind have the same.
    names: u32,
    /// Where the digests of its fields begin in [`Records::digests`], by eight bytes each.
    start: u32,
    /// Where the parts of the site that it read begin in [`Records::reads`], and how many they are.
    reads: (u32, u32),
    /// The digest of its bytes.
    output: Digest,
}

/// The records of a build. A site has tens of thousands of pages, so they are few long lists instead of many short ones.
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
    /// Sorted by path.
    pages: Vec<Record>,
    /// Digests of fields, eight bytes each, one page after the other.
    #[serde(with = "stored::whole")]
    digests: Vec<u8>,
    /// Parts that pages read, each as its distance from the one before, one page after the other.
    reads: Vec<Read>,
    /// Everything that pages could read.
    parts: Inputs,
}

/// What is known of a page once it was made or kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// It was filled.
    Filled {
        /// The digests of the fields of its view, by name.
        fields: Vec<(&'static str, u64)>,
        /// The parts of the site that it read, in order.
        reads: Vec<Read>,
        /// The digest of its bytes.
        output: Digest,
    },
    /// No part that it read has changed since the last build, where its record has this number.
    Untouched(usize),
}

/// Numbers in order as distances, which take a byte or two instead of four.
fn apart(reads: &[Read]) -> impl Iterator<Item = Read> {
    let before = std::iter::once(0).chain(reads.iter().copied());
    reads.iter().zip(before).map(|(read, before)| read.wrapping_sub(before))
}

/// Numbers from their distances.
fn summed(distances: &[Read]) -> impl Iterator<Item = Read> {
    let add = |sum: &mut Read, distance: &Read| {
        *sum = sum.wrapping_add(*distance);
        Some(*sum)
    };
    distances.iter().scan(0, add)
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
    /// Why a page with this fingerprint must be made; or the digest of the file that is still right.
    pub fn judge(
        &self,
        shared: &Shared,
        path: &OutputPath,
        fields: &[(&'static str, u64)],
    ) -> Result<Digest, Reason> {
        let Some(record) = self.find(path).map(|at| &self.pages[at]) else { return Err(Reason::New) };
        if self.shared.engine != shared.engine {
            return Err(Reason::Engine);
        }
        if self.shared.theme != shared.theme {
            return Err(Reason::Theme);
        }
        if self.shared.site != shared.site {
            return Err(Reason::Site);
        }
        if self.fields(record).eq(fields.iter().copied()) {
            return Ok(record.output);
        }
        let known = |name: &str| self.fields(record).find(|(n, _)| *n == name).map(|(_, digest)| digest);
        // A page of another kind has other fields throughout; its template says it all.
        if fields.first().is_some_and(|(name, digest)| *name == TEMPLATE && known(TEMPLATE) != Some(*digest))
        {
            return Err(Reason::Fields(vec![TEMPLATE.to_owned()]));
        }
        let changed = fields.iter().filter(|(name, digest)| known(name) != Some(*digest)).map(|(n, _)| *n);
        let gone = self.fields(record).map(|(name, _)| name);
        let gone = gone.filter(|name| !fields.iter().any(|(n, _)| n == name));
        Err(Reason::Fields(changed.chain(gone).map(str::to_owned).collect()))
    }

    /// The names and digests of a page's fields.
    fn fields<'a>(&'a self, record: &Record) -> impl Iterator<Item = (&'a str, u64)> {
        let names = self.names.get(record.names as usize).map(Vec::as_slice).unwrap_or_default();
        let digests = self.digests.get(record.start as usize * 8..).unwrap_or_default();
        let digests = digests.as_chunks().0.iter().map(|digest| u64::from_le_bytes(*digest));
        names.iter().map(String::as_str).zip(digests)
    }

    fn find(&self, path: &OutputPath) -> Option<usize> {
        self.pages.binary_search_by(|page| page.path.as_str().cmp(path.as_str())).ok()
    }

    /// The number of the record of a page of which no part that it read has changed, and the digest of its file: it is what
    /// it was, without being filled.
    pub fn untouched(&self, shared: &Shared, parts: &Inputs, path: &OutputPath) -> Option<(usize, Digest)> {
        let at = self.find(path).filter(|_| self.shared == *shared)?;
        let record = &self.pages[at];
        self.parts.agree(parts, summed(self.reads_of(record))).then_some((at, record.output))
    }

    fn reads_of(&self, record: &Record) -> &[Read] {
        let (start, count) = (record.reads.0 as usize, record.reads.1 as usize);
        self.reads.get(start..start + count).unwrap_or_default()
    }

    /// The fingerprint that a record has.
    pub fn fingerprint(&self, at: usize) -> Vec<(&str, u64)> {
        self.pages.get(at).into_iter().flat_map(|record| self.fields(record)).collect()
    }

    /// The records of a build that made or kept these pages, in the order of their paths; `before` are those of the last.
    pub fn new<'a>(
        shared: Shared,
        parts: Inputs,
        before: &Self,
        pages: impl IntoIterator<Item = (Known, &'a str)>,
    ) -> Self {
        let mut records = Self { shared, parts, ..Self::default() };
        for (known, path) in pages {
            match known {
                Known::Filled { fields, reads, output } => {
                    records.push(path, &fields, apart(&reads), output);
                }
                Known::Untouched(at) => {
                    let record = &before.pages[at];
                    let fields: Vec<(&str, u64)> = before.fields(record).collect();
                    records.push(path, &fields, before.reads_of(record).iter().copied(), record.output);
                }
            }
        }
        records
    }

    fn push(
        &mut self,
        path: &str,
        fields: &[(&str, u64)],
        distances: impl Iterator<Item = Read>,
        output: Digest,
    ) {
        let is_same = |names: &Vec<String>| names.iter().eq(fields.iter().map(|(name, _)| name));
        // Pages of one kind mostly follow each other, and there are a dozen kinds.
        let known = self.names.iter().rposition(is_same);
        let names = known.unwrap_or(self.names.len());
        if known.is_none() {
            self.names.push(fields.iter().map(|(name, _)| (*name).to_owned()).collect());
        }
        let (start, first) = (self.digests.len() / 8, self.reads.len());
        self.digests.extend(fields.iter().flat_map(|(_, digest)| digest.to_le_bytes()));
        self.reads.extend(distances);
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let reads = (number(first), number(self.reads.len() - first));
        let (names, start) = (number(names), number(start));
        self.pages.push(Record { path: path.to_owned(), names, start, reads, output });
    }

    /// How many pages there were.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// The records as bytes: form, digest, contents.
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

    fn of_one(fields: Vec<(&'static str, u64)>) -> Records {
        let known = Known::Filled { fields, reads: vec![3, 70_000, 70_001], output: [7; 32] };
        let parts = Inputs { outline: 1, parts: vec![vec![2; 9]], everything: vec![5] };
        Records::new(Shared::default(), parts, &Records::default(), [(known, "a.html")])
    }

    #[test]
    fn a_page_is_untouched_while_all_it_read_is_the_same() {
        let records = of_one(fields(&[1, 2]));
        let (shared, path) = (Shared::default(), OutputPath::new(["a.html"]));
        let parts = records.parts.clone();
        assert_eq!(records.untouched(&shared, &parts, &path), Some((0, [7; 32])));
        assert_eq!(records.fingerprint(0), fields(&[1, 2]));
        let with = |change: fn(&mut Inputs)| {
            let mut parts = parts.clone();
            change(&mut parts);
            records.untouched(&shared, &parts, &path)
        };
        assert_eq!(with(|p| p.parts[0][3] = 9), None, "a part that it read");
        assert_eq!(with(|p| p.outline = 9), None, "the outline");
        assert!(with(|p| p.parts[0][4] = 9).is_some(), "a part that it did not read");
        let other = Shared { theme: 9, ..shared };
        assert_eq!(records.untouched(&other, &parts, &path), None, "another theme");
        let again = Records::new(shared, parts, &records, [(Known::Untouched(0), "a.html")]);
        assert_eq!(again, records, "what is known of an untouched page is handed on");
    }

    fn fields(digests: &[u64]) -> Vec<(&'static str, u64)> {
        ["f0", "f1", "f2"].into_iter().zip(digests.iter().copied()).collect()
    }

    #[test]
    fn a_page_is_made_again_for_a_reason() {
        let path = OutputPath::new(["a.html"]);
        let records = of_one(fields(&[1, 2]));
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
    fn doubtful_bytes_are_no_records() {
        let records = of_one(fields(&[1]));
        let bytes = records.to_bytes();
        assert_eq!(Records::from_bytes(&bytes), records);
        assert_eq!(Records::from_bytes(&bytes[..bytes.len() / 2]), Records::default());
        assert_eq!(Records::from_bytes(b"nhiemky record 0"), Records::default());
    }
}

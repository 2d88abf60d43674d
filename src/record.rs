//! Records: what each page of the last build was made of, and why a page is made again.
//!
//! Pure values and their bytes; the command line reads and writes them in `.nhiemky/`. Any doubt about the bytes means no
//! records, and so a full build: deleting them is always safe. They hold no time and no path of the machine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::path::OutputPath;
use crate::stored::{self, Form};
use crate::trace::{Inputs, Read};

/// The form of the bytes; another form is no records.
const FORM: &Form = b"nhiemky record 3";

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
pub struct Record {
    /// Digests of the fields of its view, each with the number of the field's name.
    fields: Vec<(u16, u64)>,
    /// The parts of the site that it read, each as its distance from the one before.
    reads: Vec<Read>,
    /// The digest of its bytes.
    pub output: Digest,
}

/// What is known of a page once it was made or kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Digests of the fields of its view, by name.
    pub fields: Vec<(String, u64)>,
    /// The parts of the site that it read, in order.
    pub reads: Vec<Read>,
    /// The digest of its bytes.
    pub output: Digest,
}

/// Numbers in order as distances, which take a byte or two instead of four.
fn apart(reads: &[Read]) -> Vec<Read> {
    let before = std::iter::once(0).chain(reads.iter().copied());
    reads.iter().zip(before).map(|(read, before)| read.wrapping_sub(before)).collect()
}

/// Numbers from their distances.
fn summed(distances: &[Read]) -> Vec<Read> {
    let add = |sum: &mut Read, distance: &Read| {
        *sum = sum.wrapping_add(*distance);
        Some(*sum)
    };
    distances.iter().scan(0, add).collect()
}

/// The records of a build.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Records {
    /// What all pages share.
    pub shared: Shared,
    /// Everything that the build read and was told, where it had no problem to show; a build of the same has nothing to do.
    pub inputs: Option<Digest>,
    /// The manifest of what it published.
    pub manifest: Digest,
    /// Everything that pages could read.
    parts: Inputs,
    names: Vec<String>,
    pages: BTreeMap<String, Record>,
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
        fields: &[(String, u64)],
    ) -> Result<Digest, Reason> {
        let Some(record) = self.pages.get(path.as_str()) else { return Err(Reason::New) };
        if self.shared.engine != shared.engine {
            return Err(Reason::Engine);
        }
        if self.shared.theme != shared.theme {
            return Err(Reason::Theme);
        }
        if self.shared.site != shared.site {
            return Err(Reason::Site);
        }
        let known: BTreeMap<&str, u64> = record
            .fields
            .iter()
            .filter_map(|(name, digest)| Some((self.names.get(usize::from(*name))?.as_str(), *digest)))
            .collect();
        // A page of another kind has other fields throughout; its template says it all.
        if fields
            .first()
            .is_some_and(|(name, digest)| name == TEMPLATE && known.get(TEMPLATE) != Some(digest))
        {
            return Err(Reason::Fields(vec![TEMPLATE.to_owned()]));
        }
        let mut changed: Vec<String> = fields
            .iter()
            .filter(|(name, digest)| known.get(name.as_str()) != Some(digest))
            .map(|(n, _)| n.clone())
            .collect();
        let gone = known.keys().filter(|name| !fields.iter().any(|(n, _)| n == **name));
        changed.extend(gone.map(|name| (*name).to_owned()));
        if changed.is_empty() { Ok(record.output) } else { Err(Reason::Fields(changed)) }
    }

    /// What is known of a page of which no part that it read has changed: its fingerprint, its reads and the digest of its
    /// file. It is what it was, without being filled.
    pub fn untouched(&self, shared: &Shared, parts: &Inputs, path: &OutputPath) -> Option<Known> {
        let record = self.pages.get(path.as_str()).filter(|_| self.shared == *shared)?;
        let reads = summed(&record.reads);
        let name = |(name, digest): &(u16, u64)| Some((self.names.get(usize::from(*name))?.clone(), *digest));
        let fields = || record.fields.iter().map(name).collect::<Option<Vec<_>>>();
        let is_same = self.parts.agree(parts, &reads);
        is_same.then(fields).flatten().map(|fields| Known { fields, reads, output: record.output })
    }

    /// The records of a build that made or kept these pages.
    pub fn new(shared: Shared, parts: Inputs, pages: impl IntoIterator<Item = (String, Known)>) -> Self {
        let mut records = Self { shared, parts, ..Self::default() };
        let mut numbers: BTreeMap<String, u16> = BTreeMap::new();
        for (path, known) in pages {
            let fields = known.fields.into_iter().filter_map(|(name, digest)| {
                let next = u16::try_from(numbers.len()).ok()?;
                let number = *numbers.entry(name).or_insert(next);
                Some((number, digest))
            });
            let record =
                Record { fields: fields.collect(), reads: apart(&known.reads), output: known.output };
            records.pages.insert(path, record);
        }
        let mut names: Vec<(u16, String)> =
            numbers.into_iter().map(|(name, number)| (number, name)).collect();
        names.sort_unstable();
        records.names = names.into_iter().map(|(_, name)| name).collect();
        records
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

    fn of_one(fields: Vec<(String, u64)>) -> Records {
        let known = Known { fields, reads: vec![3, 70_000, 70_001], output: [7; 32] };
        let parts = Inputs { outline: 1, parts: vec![vec![2; 9]], everything: vec![5] };
        Records::new(Shared::default(), parts, [("a.html".to_owned(), known)])
    }

    #[test]
    fn a_page_is_untouched_while_all_it_read_is_the_same() {
        let records = of_one(fields(&[1, 2]));
        let (shared, path) = (Shared::default(), OutputPath::new(["a.html"]));
        let parts = records.parts.clone();
        let known = records.untouched(&shared, &parts, &path).expect("nothing has changed");
        assert_eq!((known.fields, known.reads), (fields(&[1, 2]), vec![3, 70_000, 70_001]));
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
    }

    fn fields(digests: &[u64]) -> Vec<(String, u64)> {
        digests.iter().enumerate().map(|(at, digest)| (format!("f{at}"), *digest)).collect()
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

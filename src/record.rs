//! Records: what each page of the last build was made of, and why a page is made again.
//!
//! Pure values and their bytes; the command line reads and writes them in `.nhiemky/`. Any doubt about the bytes means no
//! records, and so a full build: deleting them is always safe. They hold no time and no path of the machine.

use serde::{Deserialize, Serialize};

use crate::digest::{self, Digest};
use crate::path::OutputPath;

/// The form of the bytes; another form is no records.
const FORM: &[u8; 16] = b"nhiemky record 3";

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
    #[serde(with = "whole")]
    digests: Vec<u8>,
}

/// Bytes written and read in one piece; serde takes a list of bytes for one of numbers.
mod whole {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        <&[u8]>::deserialize(deserializer).map(<[u8]>::to_vec)
    }
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
        let at = self.pages.binary_search_by(|page| page.path.as_str().cmp(path.as_str()));
        let Some(record) = at.ok().and_then(|at| self.pages.get(at)) else { return Err(Reason::New) };
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

    /// The records of a build that made or kept these pages.
    pub fn new(
        shared: Shared,
        pages: impl IntoIterator<Item = (String, Vec<(&'static str, u64)>, Digest)>,
    ) -> Self {
        let mut records = Self { shared, ..Self::default() };
        for (path, fields, output) in pages {
            let is_same = |names: &&Vec<String>| names.iter().eq(fields.iter().map(|(name, _)| name));
            // Pages of one kind mostly follow each other, and there are a dozen kinds.
            let known = records.names.iter().rev().position(|names| is_same(&names));
            let names = known.map_or(records.names.len(), |back| records.names.len() - 1 - back);
            if known.is_none() {
                records.names.push(fields.iter().map(|(name, _)| (*name).to_owned()).collect());
            }
            let (names, start) = (names as u32, (records.digests.len() / 8) as u32);
            records.digests.extend(fields.iter().flat_map(|(_, digest)| digest.to_le_bytes()));
            records.pages.push(Record { path, names, start, output });
        }
        records.pages.sort_by(|a, b| a.path.cmp(&b.path));
        records
    }

    /// How many pages there were.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// The records as bytes: form, digest, contents.
    pub fn to_bytes(&self) -> Vec<u8> {
        let body = postcard::to_stdvec(self).unwrap_or_default();
        [FORM.as_slice(), &digest::digest(&body), &body].concat()
    }

    /// The records that bytes are; none where there is any doubt.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let body = bytes.strip_prefix(FORM).and_then(|rest| rest.split_at_checked(size_of::<Digest>()));
        let sound = body.filter(|(sum, body)| digest::digest(body) == **sum);
        sound.and_then(|(_, body)| postcard::from_bytes(body).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(digests: &[u64]) -> Vec<(&'static str, u64)> {
        ["f0", "f1", "f2"].into_iter().zip(digests.iter().copied()).collect()
    }

    #[test]
    fn a_page_is_made_again_for_a_reason() {
        let path = OutputPath::new(["a.html"]);
        let records = Records::new(Shared::default(), [("a.html".to_owned(), fields(&[1, 2]), [7; 32])]);
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
        let records = Records::new(Shared::default(), [("a.html".to_owned(), fields(&[1]), [7; 32])]);
        let bytes = records.to_bytes();
        assert_eq!(Records::from_bytes(&bytes), records);
        assert_eq!(Records::from_bytes(&bytes[..bytes.len() / 2]), Records::default());
        assert_eq!(Records::from_bytes(b"nhiemky record 0"), Records::default());
    }
}

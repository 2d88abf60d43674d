//! Records: what each page of the last build was made of, and why a page is made again.
//!
//! Pure values and their bytes; the command line reads and writes them in `.nhiemky/`. Any doubt about the bytes means no
//! records, and so a full build: deleting them is always safe. They hold no time and no path of the machine.

mod table;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::path::OutputPath;
use crate::stored::{self, Form, Grown, Piece, Stored};
use crate::trace::{Alike, Inputs, Read};
use table::Table;

/// The form of the bytes; another form is no records.
const FORM: &Form = b"nhiemky record 7";

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

/// The records of a build.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// What all pages share.
    pub shared: Shared,
    /// Everything that the build read and was told, where it had no problem to show; a build of the same has nothing to do.
    pub inputs: Option<Digest>,
    /// The manifest of what it published.
    pub manifest: Digest,
    pages: Table,
    /// Everything that pages could read.
    parts: Inputs,
    /// How many pages have left fields and reads behind in the table.
    waste: u64,
}

/// What the bytes of records begin with; the digests of all parts and the pieces of the table follow.
#[derive(Serialize, Deserialize)]
struct Head {
    shared: Shared,
    inputs: Option<Digest>,
    manifest: Digest,
    names: Vec<Vec<String>>,
    /// Bytes of the pieces of the table.
    lengths: [u64; 4],
    waste: u64,
    outline: u64,
    everything: Vec<u64>,
    /// How many parts there are of each kind.
    counts: Vec<u64>,
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
        let Some(at) = self.pages.find(path.as_str()) else { return Err(Reason::New) };
        if self.shared.engine != shared.engine {
            return Err(Reason::Engine);
        }
        if self.shared.theme != shared.theme {
            return Err(Reason::Theme);
        }
        if self.shared.site != shared.site {
            return Err(Reason::Site);
        }
        if self.pages.fields(at).eq(fields.iter().copied()) {
            return self.pages.output(at).ok_or(Reason::New);
        }
        let known = |name: &str| self.pages.fields(at).find(|(n, _)| *n == name).map(|(_, digest)| digest);
        // A page of another kind has other fields throughout; its template says it all.
        if fields.first().is_some_and(|(name, digest)| *name == TEMPLATE && known(TEMPLATE) != Some(*digest))
        {
            return Err(Reason::Fields(vec![TEMPLATE.to_owned()]));
        }
        let changed = fields.iter().filter(|(name, digest)| known(name) != Some(*digest)).map(|(n, _)| *n);
        let gone = self.pages.fields(at).map(|(name, _)| name);
        let gone = gone.filter(|name| !fields.iter().any(|(n, _)| n == name));
        Err(Reason::Fields(changed.chain(gone).map(str::to_owned).collect()))
    }

    /// Which parts are the same now, where pages can be what they were without being filled: with the same program, theme,
    /// common parts and outline.
    pub fn compare(&self, shared: &Shared, parts: &Inputs) -> Option<Alike> {
        self.parts.compare(parts).filter(|_| self.shared == *shared)
    }

    /// The number of the record of a page of which no part that it read has changed, and the digest of its file: it is what
    /// it was, without being filled. `hint` is where the record probably is: that of the page of this number.
    pub fn untouched(
        &self,
        (parts, alike): (&Inputs, &Alike),
        path: &OutputPath,
        hint: usize,
    ) -> Option<(usize, Digest)> {
        let is_there = self.pages.has(hint, path.as_str());
        let at = if is_there { hint } else { self.pages.find(path.as_str())? };
        let is_same = self.parts.agree(parts, alike, self.pages.reads(at)?);
        is_same.then(|| self.pages.output(at)).flatten().map(|output| (at, output))
    }

    /// The fingerprint that a record has.
    pub fn fingerprint(&self, at: usize) -> Vec<(&str, u64)> {
        self.pages.fields(at).collect()
    }

    /// The records of a build that made or kept these pages, in the order of their paths; `before` are those of the last.
    pub fn new<'a>(
        shared: Shared,
        parts: Inputs,
        before: &Self,
        pages: impl IntoIterator<Item = (Known, &'a str)>,
    ) -> Self {
        let mut records = Self { shared, parts, ..Self::default() };
        records.pages.reserve(&before.pages);
        let mut numbers = vec![None; before.pages.names.len()];
        for (known, path) in pages {
            match known {
                Known::Filled { fields, reads, output } => {
                    records.pages.put(None, path, &fields, &reads, output);
                }
                Known::Untouched(at) => records.pages.carry(path, &before.pages, at, &mut numbers),
            }
        }
        records
    }

    /// Whether these pages, in the order of their paths, are those of the records and few of them were filled, so that
    /// [`Self::renewed`] gives the records of the build that made or kept them.
    pub fn may_be_renewed<'a>(&self, pages: impl Iterator<Item = (&'a Known, &'a str)>) -> bool {
        let (mut count, mut filled) = (0, 0);
        for (known, path) in pages {
            let is_in_place = match known {
                Known::Untouched(at) => *at == count,
                Known::Filled { .. } => self.pages.has(count, path),
            };
            if !is_in_place {
                return false;
            }
            count += 1;
            filled += u64::from(matches!(known, Known::Filled { .. }));
        }
        count == self.pages.len() && (self.waste + filled) * 4 < count as u64
    }

    /// As [`Self::new`], with nothing but the filled pages put in the places of what they were before.
    pub fn renewed<'a>(
        mut self,
        shared: Shared,
        parts: Inputs,
        pages: impl Iterator<Item = (Known, &'a str)>,
    ) -> Self {
        for (number, (known, path)) in pages.enumerate() {
            if let Known::Filled { fields, reads, output } = known {
                self.pages.put(Some(number), path, &fields, &reads, output);
                self.waste += 1;
            }
        }
        Self { shared, parts, inputs: None, manifest: Digest::default(), ..self }
    }

    /// What [`Self::new`] and [`Self::renewed`] need of these, which shares its bytes with them.
    pub fn pages_alone(&self) -> Self {
        Self { pages: self.pages.clone(), waste: self.waste, ..Self::default() }
    }

    /// How many pages there were.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// The records as bytes, ready to be written: form, sum, contents.
    pub fn stored(&self) -> Stored<'_> {
        let (pages, parts) = (&self.pages, &self.parts);
        let grown = [&pages.paths, &pages.digests, &pages.reads];
        let lengths = [pages.rows.as_slice().len(), grown[0].length(), grown[1].length(), grown[2].length()];
        let rows = std::iter::once(pages.rows.as_slice());
        let mut digests = Vec::with_capacity(8 * parts.parts.iter().map(Vec::len).sum::<usize>());
        parts.parts.iter().flatten().for_each(|digest| digests.extend_from_slice(&digest.to_le_bytes()));
        let head = Head {
            shared: self.shared,
            inputs: self.inputs,
            manifest: self.manifest,
            names: pages.names.clone(),
            lengths: lengths.map(|length| length as u64),
            waste: self.waste,
            outline: parts.outline,
            everything: parts.everything.clone(),
            counts: parts.parts.iter().map(|of_kind| of_kind.len() as u64).collect(),
        };
        Stored::new(FORM, &head, &digests, rows.chain(grown.iter().flat_map(|g| g.pieces())).collect())
    }

    /// The records as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.stored().to_bytes()
    }

    /// The records that bytes are; none where there is any doubt.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        let bytes = Arc::new(bytes);
        let Some((head, mut start)) = stored::from_bytes::<Head>(FORM, &bytes) else {
            return Self::default();
        };
        let mut next =
            |length: u64| Piece::next(&bytes, &mut start, usize::try_from(length).unwrap_or(usize::MAX));
        let mut of_kind = |count: &u64| {
            let piece = next(count.saturating_mul(8));
            piece.as_slice().as_chunks().0.iter().map(|digest| u64::from_le_bytes(*digest)).collect()
        };
        let parts = head.counts.iter().map(&mut of_kind).collect();
        let [rows, paths, digests, reads] = head.lengths.map(&mut next);
        Self {
            shared: head.shared,
            inputs: head.inputs,
            manifest: head.manifest,
            pages: Table {
                names: head.names,
                rows,
                paths: Grown::new(paths),
                digests: Grown::new(digests),
                reads: Grown::new(reads),
            },
            parts: Inputs { outline: head.outline, parts, everything: head.everything },
            waste: head.waste,
        }
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
        let untouched = |shared: &Shared, parts: &Inputs, hint: usize| {
            let alike = records.compare(shared, parts)?;
            records.untouched((parts, &alike), &path, hint)
        };
        assert_eq!(untouched(&shared, &parts, 0), Some((0, [7; 32])));
        assert_eq!(records.fingerprint(0), fields(&[1, 2]));
        let with = |change: fn(&mut Inputs)| {
            let mut parts = parts.clone();
            change(&mut parts);
            untouched(&shared, &parts, 0)
        };
        assert_eq!(with(|p| p.parts[0][3] = 9), None, "a part that it read");
        assert_eq!(with(|p| p.outline = 9), None, "the outline");
        assert!(with(|p| p.parts[0][4] = 9).is_some(), "a part that it did not read");
        let other = Shared { theme: 9, ..shared };
        assert_eq!(untouched(&other, &parts, 7), None, "another theme");
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
        assert_eq!(Records::from_bytes(bytes.clone()), records);
        assert_eq!(Records::from_bytes(bytes[..bytes.len() / 2].to_vec()), Records::default());
        assert_eq!(Records::from_bytes(b"nhiemky record 0".to_vec()), Records::default());
    }
}

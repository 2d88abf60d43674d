//! What pages were made of, as rows of bytes: a site has tens of thousands of pages, and a build after one edit reads them all
//! and writes nearly all of them again.
//!
//! So nothing is taken apart that is not asked for, and the rows of pages that stay go from one build to the next as they are.
//! Bytes that are not what they should be give no page, or one without a digest that anything has.

use crate::digest::Digest;
use crate::stored::{Grown, Piece};
use crate::trace::Read;

/// Bytes of a row: six numbers of four bytes, and the digest of the page.
const ROW: usize = 6 * 4 + size_of::<Digest>();

/// The pages of a build, sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// The names of the fields of each kind of page.
    pub(super) names: Vec<Vec<String>>,
    /// A row for each page.
    pub(super) rows: Piece,
    /// Their paths.
    pub(super) paths: Grown,
    /// Digests of fields, eight bytes each.
    pub(super) digests: Grown,
    /// Parts that pages read, each as its distance from the one before, seven bits to a byte.
    pub(super) reads: Grown,
}

/// A row: where in the pieces of a table the parts of a page's record stand, as start and length in bytes.
struct Row {
    path: (u32, u32),
    /// The number of the list of names of its fields; pages of one kind have the same.
    names: u32,
    /// The first of the digests of its fields, by eight bytes each.
    digests: u32,
    reads: (u32, u32),
    output: Digest,
}

impl Row {
    fn to_bytes(&self) -> [u8; ROW] {
        let numbers = [self.path.0, self.path.1, self.names, self.digests, self.reads.0, self.reads.1];
        let mut bytes = [0; ROW];
        for (place, number) in bytes.chunks_exact_mut(4).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        bytes[24..].copy_from_slice(&self.output);
        bytes
    }

    fn from_bytes(bytes: &[u8; ROW]) -> Self {
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let mut output = Digest::default();
        output.copy_from_slice(&bytes[24..]);
        Self {
            path: (number(0), number(4)),
            names: number(8),
            digests: number(12),
            reads: (number(16), number(20)),
            output,
        }
    }
}

/// A number that no piece reaches stands for what cannot be said.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn part(piece: &Grown, (start, length): (u32, u32)) -> Option<&[u8]> {
    piece.get(start as usize, length as usize)
}

/// Parts in order as bytes of their distances.
pub(super) fn packed(reads: &[Read]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(2 * reads.len());
    let mut before = 0;
    for read in reads {
        let mut distance = read.wrapping_sub(before);
        before = *read;
        while distance > 0x7f {
            bytes.push((distance & 0x7f) as u8 | 0x80);
            distance >>= 7;
        }
        bytes.push(distance as u8);
    }
    bytes
}

/// Parts from the bytes of their distances.
fn unpacked(mut bytes: &[u8]) -> impl Iterator<Item = Read> {
    let mut sum: Read = 0;
    std::iter::from_fn(move || {
        let (mut distance, mut shift) = (0, 0);
        while let Some((byte, rest)) = bytes.split_first() {
            bytes = rest;
            distance |= Read::from(byte & 0x7f).unbounded_shl(shift);
            shift += 7;
            if byte & 0x80 == 0 {
                sum = sum.wrapping_add(distance);
                return Some(sum);
            }
        }
        None
    })
}

impl Table {
    /// How many pages there are.
    pub(super) fn len(&self) -> usize {
        self.rows.as_slice().len() / ROW
    }

    fn row(&self, at: usize) -> Option<Row> {
        self.rows.as_slice().as_chunks().0.get(at).map(Row::from_bytes)
    }

    fn path(&self, at: usize) -> Option<&[u8]> {
        part(&self.paths, self.row(at)?.path)
    }

    /// Whether the page of a number has this path.
    pub(super) fn has(&self, at: usize, path: &str) -> bool {
        self.path(at) == Some(path.as_bytes())
    }

    /// The number of the page of a path.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        let rows: &[[u8; ROW]] = self.rows.as_slice().as_chunks().0;
        let of = |row| part(&self.paths, Row::from_bytes(row).path).unwrap_or_default();
        rows.binary_search_by(|row| of(row).cmp(path.as_bytes())).ok()
    }

    /// The names and digests of a page's fields.
    pub(super) fn fields(&self, at: usize) -> impl Iterator<Item = (&str, u64)> {
        let row = self.row(at);
        let names = row.as_ref().and_then(|row| self.names.get(row.names as usize));
        let count = names.map_or(0, Vec::len);
        let digests = row.and_then(|row| self.digests.get(row.digests as usize * 8, count * 8));
        let digests = digests.unwrap_or_default().as_chunks().0;
        let digests = digests.iter().map(|digest| u64::from_le_bytes(*digest));
        names.into_iter().flatten().map(String::as_str).zip(digests)
    }

    /// The parts that a page read.
    pub(super) fn reads(&self, at: usize) -> Option<impl Iterator<Item = Read>> {
        part(&self.reads, self.row(at)?.reads).map(unpacked)
    }

    /// The digest of a page.
    pub(super) fn output(&self, at: usize) -> Option<Digest> {
        self.row(at).map(|row| row.output)
    }

    /// Makes room for as much as another table holds.
    pub(super) fn reserve(&mut self, other: &Self) {
        const MORE: usize = 1 << 12;
        self.rows.own().reserve(other.rows.as_slice().len() + MORE);
        self.paths.reserve(other.paths.length() + MORE);
        self.digests.reserve(other.digests.length() + MORE);
        self.reads.reserve(other.reads.length() + MORE);
    }

    /// The number of a list of names.
    pub(super) fn named<'a>(&mut self, names: impl Iterator<Item = &'a str> + Clone) -> u32 {
        // Pages of one kind mostly follow each other, and there are a dozen kinds.
        let known = self.names.iter().rposition(|known| known.iter().map(String::as_str).eq(names.clone()));
        narrow(known.unwrap_or_else(|| {
            self.names.push(names.map(str::to_owned).collect());
            self.names.len() - 1
        }))
    }

    /// A row for a page, with all that it leads to; the row itself is the caller's to place.
    fn made(&mut self, path: &str, names: u32, fields: &[u8], reads: &[u8], output: Digest) -> Row {
        let add = |piece: &mut Grown, bytes: &[u8]| (narrow(piece.add(bytes)), narrow(bytes.len()));
        let (path, reads) = (add(&mut self.paths, path.as_bytes()), add(&mut self.reads, reads));
        let digests = add(&mut self.digests, fields).0 / 8;
        Row { path, names, digests, reads, output }
    }

    /// Adds a page that was filled, or puts it in the place of the one with a number.
    pub(super) fn put(
        &mut self,
        place: Option<usize>,
        path: &str,
        fields: &[(&str, u64)],
        reads: &[Read],
        output: Digest,
    ) {
        let names = self.named(fields.iter().map(|(name, _)| *name));
        let digests: Vec<u8> = fields.iter().flat_map(|(_, digest)| digest.to_le_bytes()).collect();
        let row = self.made(path, names, &digests, &packed(reads), output).to_bytes();
        let rows = self.rows.own();
        match place.and_then(|at| rows.as_chunks_mut().0.get_mut(at)) {
            Some(old) => *old = row,
            None => rows.extend(row),
        }
    }

    /// Adds the page that has a number in the table of the last build; `numbers` are those that its lists of names have here.
    pub(super) fn carry(&mut self, path: &str, before: &Self, at: usize, numbers: &mut [Option<u32>]) {
        let Some(row) = before.row(at) else { return };
        let kind = row.names as usize;
        let (Some(fields), Some(number)) = (before.names.get(kind), numbers.get_mut(kind)) else { return };
        let names = *number.get_or_insert_with(|| self.named(fields.iter().map(String::as_str)));
        let digests = before.digests.get(row.digests as usize * 8, fields.len() * 8).unwrap_or_default();
        let reads = part(&before.reads, row.reads).unwrap_or_default();
        let row = self.made(path, names, digests, reads, row.output);
        self.rows.own().extend(row.to_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_comes_back() {
        for reads in [&[][..], &[0], &[7, 7, 8], &[3, 70_000, 70_001, u32::MAX], &[127, 128, 16_511, 16_512]]
        {
            assert_eq!(unpacked(&packed(reads)).collect::<Vec<_>>(), reads);
        }
        assert_eq!(unpacked(&[0xff; 9]).count(), 0, "a number without an end");
    }

    #[test]
    fn rows_are_what_was_put() {
        let mut table = Table::default();
        table.put(None, "a", &[("x", 1), ("y", 2)], &[5], [1; 32]);
        table.put(None, "b", &[("x", 3)], &[], [2; 32]);
        table.put(Some(0), "a", &[("x", 4), ("y", 5)], &[6, 9], [3; 32]);
        let of = |table: &Table, path: &str| {
            let at = table.find(path)?;
            let fields = table.fields(at).map(|(name, digest)| (name.to_owned(), digest)).collect::<Vec<_>>();
            Some((fields, table.reads(at)?.collect::<Vec<_>>(), table.output(at)?))
        };
        let a = (vec![("x".to_owned(), 4), ("y".to_owned(), 5)], vec![6, 9], [3; 32]);
        assert_eq!((of(&table, "a"), of(&table, "c"), table.len()), (Some(a.clone()), None, 2));
        let mut next = Table::default();
        let mut numbers = vec![None; table.names.len()];
        for (path, at) in [("a", 0), ("b", 1), ("c", 2)] {
            next.carry(path, &table, at, &mut numbers);
        }
        assert_eq!((of(&next, "a"), of(&next, "b")), (Some(a), of(&table, "b")));
        assert_eq!(next.len(), 2, "nothing is carried from nowhere");
    }
}

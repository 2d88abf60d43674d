//! What a computation reads: noted by the containers that hold what is read, so that nobody can forget to declare it.
//!
//! Each part of a site (a report's front matter, a body, the links of an item …) has a [`Read`], a number made of its kind and
//! its place. An [`Arena`] or a [`Shelf`] notes it whenever a part is taken out while [`noting`] is on for the thread. A page
//! of which no part that it read has another digest than before is what it was, without being filled again.
//! Keys, by which parts are found, are not noted: they belong to the outline of the site, and with another outline nothing
//! that was noted counts.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// A part that was read: its kind in the upper six bits, its place in the lower ones.
pub type Read = u32;

/// How many bits of a [`Read`] are the place.
const PLACE_BITS: u32 = 26;

/// The place that stands for every part of a kind.
pub const ALL: usize = (1 << PLACE_BITS) - 1;

/// The kinds of parts.
pub mod kind {
    /// A unit's front matter, by its number.
    pub const UNIT: u8 = 0;
    /// The front matter of a term's own file, by the term's number in the library.
    pub const TERM: u8 = 1;
    /// A report's front matter, by its number.
    pub const REPORT: u8 = 2;
    /// The text after a file's front matter, by the file's number.
    pub const BODY: u8 = 3;
    /// A term in the graph, with its reports and items.
    pub const TERM_NODE: u8 = 4;
    /// An item with its history.
    pub const ITEM: u8 = 5;
    /// What leads from an item to others.
    pub const OUT: u8 = 6;
    /// What leads to an item.
    pub const BACK: u8 = 7;
    /// The items that a report's headings are about.
    pub const HEADINGS: u8 = 8;
    /// The items that a report states.
    pub const STATED: u8 = 9;
    /// The reports made from the same source as a report.
    pub const RETOLD: u8 = 10;
    /// What made and changed the units, as a whole.
    pub const LINEAGE: u8 = 11;
    /// The register of documents, as a whole.
    pub const REGISTER: u8 = 12;
    /// A unit's name without markup.
    pub const UNIT_NAME: u8 = 13;
    /// A report's title without markup.
    pub const REPORT_TITLE: u8 = 14;
    /// An item's title without markup.
    pub const ITEM_TITLE: u8 = 15;
    /// A term in words.
    pub const TERM_WORDS: u8 = 16;
    /// An item's place in the alphabet.
    pub const RANK: u8 = 17;
    /// A unit's place in the alphabet.
    pub const UNIT_RANK: u8 = 18;
    /// The letter that an item stands under.
    pub const INITIAL: u8 = 19;
    /// A list of the site.
    pub const LIST: u8 = 20;
    /// Mentions of the home page; those of the other kinds of pages follow it.
    pub const MENTIONS: u8 = 21;
    /// That a term is over, by its number in the graph.
    pub const END: u8 = 27;
    /// What lists say of an item beside its title.
    pub const BRIEF: u8 = 28;
    /// What stands around the pages of a term's items.
    pub const PLACE: u8 = 29;
    /// How many kinds there are.
    pub const COUNT: u8 = 30;
}

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
    static NOTED: RefCell<Vec<Read>> = const { RefCell::new(Vec::new()) };
}

/// The number of a part.
#[inline]
pub fn part(kind: u8, place: usize) -> Read {
    let place = u32::try_from(place.min(ALL)).unwrap_or(ALL as u32);
    u32::from(kind) << PLACE_BITS | place
}

/// The kind and the place of a part.
pub fn parts_of(read: Read) -> (u8, usize) {
    let kind = u8::try_from(read >> PLACE_BITS).unwrap_or(u8::MAX);
    (kind, (read & (ALL as u32)) as usize)
}

/// Notes that a part was read.
#[inline]
pub fn note(kind: u8, place: usize) {
    if IS_ON.get() {
        NOTED.with_borrow_mut(|noted| {
            let read = part(kind, place);
            if noted.last() != Some(&read) {
                noted.push(read);
            }
        });
    }
}

/// Does `work` and says which parts it read on this thread, sorted, each once. Does not nest, and sees nothing of what
/// other threads read for it.
pub fn noting<T>(work: impl FnOnce() -> T) -> (T, Vec<Read>) {
    /// Puts the switch back even when the work panics, so that the thread's next work starts afresh.
    struct Off;
    impl Drop for Off {
        fn drop(&mut self) {
            IS_ON.set(false);
        }
    }
    NOTED.with_borrow_mut(Vec::clear);
    IS_ON.set(true);
    let off = Off;
    let made = work();
    drop(off);
    let reads = NOTED.with_borrow_mut(|noted| {
        noted.sort_unstable();
        noted.dedup();
        noted.clone()
    });
    (made, reads)
}

/// The digests of everything that could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// Everything by which parts are found.
    pub outline: u64,
    /// The digests of the parts of each kind, by place; what lies beyond the end is not there.
    pub parts: Vec<Vec<u64>>,
    /// The digest of all parts of each kind together.
    pub everything: Vec<u64>,
}

impl Inputs {
    /// Which kinds of parts are the same in `other` as a whole, with the same outline; none of it counts with another one.
    pub fn compare(&self, other: &Self) -> Option<Alike> {
        let kinds = self.parts.len().max(other.parts.len());
        let is_alike = |kind: usize| {
            self.parts.get(kind) == other.parts.get(kind)
                && self.everything.get(kind) == other.everything.get(kind)
        };
        (self.outline == other.outline).then(|| Alike((0..kinds).map(is_alike).collect()))
    }

    /// Whether all that was read is the same in `other`, of which `alike` says what it is.
    pub fn agree(&self, other: &Self, alike: &Alike, mut reads: impl Iterator<Item = Read>) -> bool {
        let is_alike =
            |read: Read| alike.0.get(usize::from(parts_of(read).0)).is_some_and(|is_alike| *is_alike);
        reads.all(|read| is_alike(read) || self.digest(read) == other.digest(read))
    }

    fn digest(&self, read: Read) -> u64 {
        let (kind, place) = parts_of(read);
        let (kind, is_all) = (usize::from(kind), place == ALL);
        let of_kind =
            if is_all { self.everything.get(kind) } else { self.parts.get(kind).and_then(|p| p.get(place)) };
        of_kind.copied().unwrap_or_default()
    }
}

/// Of which kinds no part differs: after an edit that is most of them, and pages read hundreds of parts.
#[derive(Debug)]
pub struct Alike(Vec<bool>);

/// Parts of one kind, by number.
#[derive(Debug, Clone)]
pub struct Arena<T, const KIND: u8>(Vec<T>);

impl<T, const KIND: u8> Default for Arena<T, KIND> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const KIND: u8> Index<usize> for Arena<T, KIND> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        note(KIND, at);
        &self.0[at]
    }
}

impl<T, const KIND: u8> IndexMut<usize> for Arena<T, KIND> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        &mut self.0[at]
    }
}

impl<T, const KIND: u8> FromIterator<T> for Arena<T, KIND> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

impl<'a, T, const KIND: u8> IntoIterator for &'a Arena<T, KIND> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T, const KIND: u8> From<Vec<T>> for Arena<T, KIND> {
    fn from(all: Vec<T>) -> Self {
        Self(all)
    }
}

impl<T, const KIND: u8> Arena<T, KIND> {
    /// All parts; whoever asks has read them all.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        note(KIND, ALL);
        self.0.iter()
    }

    /// All parts, for all cores; whoever asks has read them all.
    pub fn par_iter(&self) -> rayon::slice::Iter<'_, T>
    where
        T: Sync,
    {
        note(KIND, ALL);
        self.0.par_iter()
    }

    /// How many there are; that belongs to the outline and is not noted.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The part at a place, for its key alone: it is not noted.
    pub fn key_of(&self, at: usize) -> &T {
        &self.0[at]
    }

    /// The keys of all parts, in order: not noted, so that `key` must not look at anything else.
    pub fn keys<'a, K>(&'a self, key: impl Fn(&'a T) -> K) -> impl Iterator<Item = K> {
        self.0.iter().map(key)
    }

    /// Finds a part by its key, by which the parts are in order; not noted.
    ///
    /// # Errors
    /// The place where it would stand.
    pub fn find_by(&self, order: impl FnMut(&T) -> std::cmp::Ordering) -> Result<usize, usize> {
        self.0.binary_search_by(order)
    }

    /// The first place whose key is not before something, as for slices; not noted.
    pub fn first_not(&self, from: usize, is_before: impl FnMut(&T) -> bool) -> usize {
        from + self.0[from..].partition_point(is_before)
    }

    /// All parts to be changed or put in order, while they are gathered.
    pub fn all_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

/// The number of a key of a [`Shelf`].
pub trait Numbered {
    /// How far its kind lies behind the first of the shelf, and its place.
    fn number(&self) -> (u8, usize);
}

impl Numbered for usize {
    fn number(&self) -> (u8, usize) {
        (0, *self)
    }
}

/// Parts that only some keys have.
#[derive(Debug)]
pub struct Shelf<K, T, const KIND: u8>(BTreeMap<K, T>);

impl<K, T, const KIND: u8> Default for Shelf<K, T, KIND> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Numbered, T, const KIND: u8> Index<&K> for Shelf<K, T, KIND> {
    type Output = T;

    fn index(&self, key: &K) -> &T {
        let (behind, place) = key.number();
        note(KIND + behind, place);
        &self.0[key]
    }
}

impl<K, T, const KIND: u8> From<BTreeMap<K, T>> for Shelf<K, T, KIND> {
    fn from(all: BTreeMap<K, T>) -> Self {
        Self(all)
    }
}

impl<K: Ord + Numbered, T, const KIND: u8> Shelf<K, T, KIND> {
    /// The part of a key; that there is none is read as well.
    pub fn get(&self, key: &K) -> Option<&T> {
        let (behind, place) = key.number();
        note(KIND + behind, place);
        self.0.get(key)
    }

    /// Which keys have a part; belongs to the outline where a shelf says so, and is not noted.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.keys()
    }

    /// Whether a key has a part; as [`Self::keys`].
    pub fn contains_key(&self, key: &K) -> bool {
        self.0.contains_key(key)
    }

    /// How many keys have a part; as [`Self::keys`].
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no key has a part; as [`Self::keys`].
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All parts with their keys; not noted, for whoever takes their digests.
    pub fn all(&self) -> impl Iterator<Item = (&K, &T)> {
        self.0.iter()
    }

    /// All parts to be changed, while they are gathered.
    pub fn all_mut(&mut self) -> &mut BTreeMap<K, T> {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_out_is_noted_once_and_only_while_noting() {
        let arena: Arena<char, 5> = ['a', 'b', 'c'].into_iter().collect();
        let mut shelf: Shelf<usize, char, 9> = Shelf::default();
        shelf.all_mut().insert(4, 'x');
        let _ = arena[0];
        let (found, reads) = noting(|| {
            let found = (arena[2], arena[1], arena[2], shelf.get(&4).copied(), shelf.get(&7).copied());
            assert_eq!(arena.find_by(|c| c.cmp(&'b')), Ok(1), "keys are free");
            found
        });
        assert_eq!(found, ('c', 'b', 'c', Some('x'), None));
        assert_eq!(reads, [part(5, 1), part(5, 2), part(9, 4), part(9, 7)]);
        let _ = arena[0];
        let ((), reads) = noting(|| assert_eq!(arena.iter().count(), 3));
        assert_eq!(reads.iter().map(|r| parts_of(*r)).collect::<Vec<_>>(), [(5, ALL)]);
        let panicked = std::panic::catch_unwind(|| noting(|| arena[9]));
        assert!(panicked.is_err() && !IS_ON.get(), "a panic leaves the switch off");
    }
}

//! Values as bytes for the program's own memory between runs: form, sum, contents; the home of postcard.
//!
//! Whoever reads them back gets the very value or nothing: any doubt (another form, a byte that differs, a cut end) is nothing,
//! and the work is done anew.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{self, DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::digest;
use crate::vietnamese::utf8;

/// What tells one kind of bytes, and one version of it, from all others.
pub type Form = [u8; 16];

/// What tells whether bytes are whole.
type Sum = [u8; 16];

/// Bytes of form and sum before the contents.
const HEAD_BYTES: usize = size_of::<Form>() + size_of::<Sum>();

/// Bytes of a form, ready to be written: what is remembered of a large site is megabytes, most of which are there already.
#[derive(Debug)]
pub struct Stored<'a> {
    head: Vec<u8>,
    pieces: Vec<&'a [u8]>,
}

impl<'a> Stored<'a> {
    /// A value, bytes of its own, and behind them pieces as they are.
    pub fn new(form: &Form, value: &impl Serialize, own: &[u8], pieces: Vec<&'a [u8]>) -> Self {
        let mut head = [form.as_slice(), &Sum::default(), &encode(value), own].concat();
        let sum = digest::sum(std::iter::once(&head[HEAD_BYTES..]).chain(pieces.iter().copied()));
        head[size_of::<Form>()..HEAD_BYTES].copy_from_slice(&sum);
        Self { head, pieces }
    }

    /// All bytes, in pieces.
    pub fn pieces(&self) -> Vec<&[u8]> {
        std::iter::once(&*self.head).chain(self.pieces.iter().copied()).collect()
    }

    /// All bytes in one piece.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.pieces().concat()
    }
}

/// The value that bytes of a form begin with, and where what stands behind it begins.
pub fn from_bytes<'a, T: Deserialize<'a>>(form: &Form, bytes: &'a [u8]) -> Option<(T, usize)> {
    let (sum, body) = bytes.strip_prefix(form)?.split_at_checked(size_of::<Sum>())?;
    let whole = (digest::sum([body]) == *sum).then_some(body)?;
    let (value, rest) = postcard::take_from_bytes(whole).ok()?;
    Some((value, bytes.len() - rest.len()))
}

/// A value as bare bytes, for a part of something that has a form and a digest.
pub fn encode(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).unwrap_or_default()
}

/// The value that bare bytes are.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// Reads a text back without a copy on the way, to whatever holds it; for `serde(deserialize_with)`.
///
/// # Errors
/// Where there is no text.
pub fn text<'de, D: Deserializer<'de>, T: for<'a> From<&'a str>>(from: D) -> Result<T, D::Error> {
    struct Bytes<T>(PhantomData<T>);
    impl<T: for<'a> From<&'a str>> Visitor<'_> for Bytes<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }

        fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<T, E> {
            utf8::utf8(bytes).map(T::from).map_err(|at| E::custom(format!("no text from byte {at} on")))
        }
    }
    from.deserialize_bytes(Bytes(PhantomData))
}

/// Bytes that stand within others, as they were read, or on their own.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// Bytes that are shared, and the part of them.
    within: Option<(Arc<Vec<u8>>, Range<usize>)>,
    /// The bytes, where they are its own.
    own: Vec<u8>,
}

impl Piece {
    /// Bytes that can be shared.
    pub fn shared(mut bytes: Vec<u8>) -> Self {
        bytes.shrink_to_fit();
        let range = 0..bytes.len();
        Self { within: Some((Arc::new(bytes), range)), own: Vec::new() }
    }

    /// The next `length` bytes from `start` on, which moves behind them.
    pub fn next(within: &Arc<Vec<u8>>, start: &mut usize, length: usize) -> Self {
        let range = *start..start.saturating_add(length);
        *start = range.end;
        Self { within: Some((Arc::clone(within), range)), own: Vec::new() }
    }

    /// The bytes; none where they would reach beyond those that they are part of.
    pub fn as_slice(&self) -> &[u8] {
        match &self.within {
            Some((all, range)) => all.get(range.clone()).unwrap_or_default(),
            None => &self.own,
        }
    }

    /// The bytes of this piece and of another that stands behind it in the same bytes.
    pub fn with_next(&self, next: &Self) -> Option<Self> {
        let ((all, range), (others, behind)) = (self.within.as_ref()?, next.within.as_ref()?);
        let is_next = Arc::ptr_eq(all, others) && range.end == behind.start;
        is_next.then(|| Self { within: Some((Arc::clone(all), range.start..behind.end)), own: Vec::new() })
    }

    /// The bytes to be added to or changed; they are its own from then on.
    pub fn own(&mut self) -> &mut Vec<u8> {
        if let Some((all, range)) = self.within.take() {
            self.own = all.get(range).unwrap_or_default().to_vec();
        }
        &mut self.own
    }
}

impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        let is_one = match (&self.within, &other.within) {
            (Some((all, range)), Some((others, other))) => Arc::ptr_eq(all, others) && range == other,
            _ => false,
        };
        is_one || self.as_slice() == other.as_slice()
    }
}

impl Eq for Piece {}

/// A piece to which bytes are only ever added: what it began with is not copied for them.
#[derive(Debug, Clone, Default)]
pub struct Grown {
    first: Piece,
    added: Vec<u8>,
}

impl Grown {
    /// Nothing but this piece.
    pub fn new(first: Piece) -> Self {
        Self { first, added: Vec::new() }
    }

    /// All bytes, in pieces.
    pub fn pieces(&self) -> [&[u8]; 2] {
        [self.first.as_slice(), &self.added]
    }

    /// How many bytes there are.
    pub fn length(&self) -> usize {
        self.pieces().map(<[u8]>::len).iter().sum()
    }

    /// Bytes that were added in one go, or lay side by side from the beginning.
    pub fn get(&self, start: usize, length: usize) -> Option<&[u8]> {
        let first = self.first.as_slice();
        match start.checked_sub(first.len()) {
            None => first.get(start..)?.get(..length),
            Some(behind) => self.added.get(behind..)?.get(..length),
        }
    }

    /// Adds bytes and says where they begin.
    pub fn add(&mut self, bytes: &[u8]) -> usize {
        let start = self.length();
        self.added.extend_from_slice(bytes);
        start
    }

    /// Makes room for bytes to come.
    pub fn reserve(&mut self, bytes: usize) {
        self.added.reserve(bytes);
    }
}

impl PartialEq for Grown {
    fn eq(&self, other: &Self) -> bool {
        let is_alike = self.first == other.first && self.added == other.added;
        is_alike || self.length() == other.length() && self.pieces().concat() == other.pieces().concat()
    }
}

impl Eq for Grown {}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Form = *b"nhiemky test   1";

    #[test]
    fn what_is_added_stands_behind_the_rest() {
        let mut grown = Grown::new(Piece::shared(b"abc".to_vec()));
        assert_eq!((grown.add(b"de"), grown.add(b"f"), grown.length()), (3, 5, 6));
        let parts = [(0, 3), (1, 1), (3, 2), (5, 1), (6, 0)].map(|(start, length)| grown.get(start, length));
        assert_eq!(parts, [&b"abc"[..], b"b", b"de", b"f", b""].map(Some));
        assert_eq!([(2, 2), (6, 1), (9, 0)].map(|(start, length)| grown.get(start, length)), [None; 3]);
        assert_eq!(grown, Grown::new(Piece::shared(b"abcdef".to_vec())));
        assert_ne!(grown, Grown::new(Piece::shared(b"abcdeg".to_vec())));
    }

    #[test]
    fn bytes_are_the_value_or_nothing() {
        let value = ("chỉ tiêu".to_owned(), vec![1_u64, 1 << 40]);
        let bytes = Stored::new(&FORM, &value, b"own", vec![b"one", b"two"]).to_bytes();
        assert!(bytes.ends_with(b"ownonetwo"));
        let read = |bytes: &[u8]| from_bytes::<(String, Vec<u64>)>(&FORM, bytes);
        assert_eq!(read(&bytes), Some((value, bytes.len() - 9)));
        assert_eq!(from_bytes::<(String, Vec<u64>)>(b"nhiemky test   2", &bytes), None);
        for at in 0..bytes.len() {
            assert_eq!(read(&bytes[..at]), None, "cut at {at}");
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert_eq!(read(&other), None, "another byte at {at}");
        }
    }
}

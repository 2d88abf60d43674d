//! Values as bytes for the program's own memory between runs: form, digest, contents; the home of postcard.
//!
//! Whoever reads them back gets the very value or nothing: any doubt (another form, a byte that differs, a cut end) is nothing,
//! and the work is done anew.

use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::digest::{self, Digest};

/// What tells one kind of bytes, and one version of it, from all others.
pub type Form = [u8; 16];

/// Bytes of form and digest before the contents.
pub const HEAD_BYTES: usize = size_of::<Form>() + size_of::<Digest>();

/// Bytes of a form: a value, and behind it `pieces` as they are. They are written into one buffer of the right length, because
/// what is remembered of a large site is megabytes.
pub fn to_bytes<'a>(
    form: &Form,
    value: &impl Serialize,
    pieces: impl Iterator<Item = &'a [u8]> + Clone,
) -> Vec<u8> {
    let head = encode(value);
    let length = HEAD_BYTES + head.len() + pieces.clone().map(<[u8]>::len).sum::<usize>();
    let mut bytes = Vec::with_capacity(length);
    bytes.extend_from_slice(form);
    bytes.extend_from_slice(&Digest::default());
    bytes.extend_from_slice(&head);
    pieces.for_each(|piece| bytes.extend_from_slice(piece));
    let sum = digest::digest(&bytes[HEAD_BYTES..]);
    bytes[size_of::<Form>()..HEAD_BYTES].copy_from_slice(&sum);
    bytes
}

/// The value that bytes of a form begin with, and where what stands behind it begins.
pub fn from_bytes<'a, T: Deserialize<'a>>(form: &Form, bytes: &'a [u8]) -> Option<(T, usize)> {
    let (sum, body) = bytes.strip_prefix(form)?.split_at_checked(size_of::<Digest>())?;
    let whole = (digest::digest(body) == *sum).then_some(body)?;
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
        self.as_slice() == other.as_slice()
    }
}

impl Eq for Piece {}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Form = *b"nhiemky test   1";

    #[test]
    fn bytes_are_the_value_or_nothing() {
        let value = ("chỉ tiêu".to_owned(), vec![1_u64, 1 << 40]);
        let pieces: [&[u8]; 2] = [b"one", b"two"];
        let bytes = to_bytes(&FORM, &value, pieces.into_iter());
        assert_eq!(bytes.capacity(), bytes.len(), "no byte too many");
        let read = |bytes: &[u8]| from_bytes::<(String, Vec<u64>)>(&FORM, bytes);
        assert_eq!(read(&bytes), Some((value, bytes.len() - 6)));
        assert_eq!(from_bytes::<(String, Vec<u64>)>(b"nhiemky test   2", &bytes), None);
        for at in 0..bytes.len() {
            assert_eq!(read(&bytes[..at]), None, "cut at {at}");
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert_eq!(read(&other), None, "another byte at {at}");
        }
    }
}

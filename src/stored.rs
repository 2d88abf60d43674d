//! Values as bytes for the program's own memory between runs: form, sum, contents; the home of postcard.
//!
//! Whoever reads them back gets the very value or nothing: any doubt (another form, a byte that differs, a cut end) is nothing,
//! and the work is done anew.

use serde::{Deserialize, Serialize};

use crate::digest;

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
        let mut head =
            [form.as_slice(), &Sum::default(), &postcard::to_stdvec(value).unwrap_or_default(), own].concat();
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

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Form = *b"nhiemky test   1";

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

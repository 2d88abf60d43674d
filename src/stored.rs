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

/// A value as bytes of a form.
pub fn to_bytes(form: &Form, value: &impl Serialize) -> Vec<u8> {
    // No value of ours is one that postcard cannot write; what would be empty is read as nothing.
    let contents = postcard::to_stdvec(value).unwrap_or_default();
    [form.as_slice(), &digest::sum(&contents), &contents].concat()
}

/// The value that bytes of a form are.
pub fn from_bytes<'a, T: Deserialize<'a>>(form: &Form, bytes: &'a [u8]) -> Option<T> {
    let (sum, contents) = bytes.strip_prefix(form)?.split_at_checked(size_of::<Sum>())?;
    let whole = (digest::sum(contents) == *sum).then_some(contents)?;
    let (value, rest) = postcard::take_from_bytes(whole).ok()?;
    rest.is_empty().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Form = *b"nhiemky test   1";

    #[test]
    fn bytes_are_the_value_or_nothing() {
        let value = ("chỉ tiêu".to_owned(), vec![1_u64, 1 << 40]);
        let bytes = to_bytes(&FORM, &value);
        let read = |bytes: &[u8]| from_bytes::<(String, Vec<u64>)>(&FORM, bytes);
        assert_eq!(read(&bytes), Some(value));
        assert_eq!(from_bytes::<(String, Vec<u64>)>(b"nhiemky test   2", &bytes), None);
        assert_eq!(from_bytes::<String>(&FORM, &bytes), None, "there is more");
        for at in 0..bytes.len() {
            assert_eq!(read(&bytes[..at]), None, "cut at {at}");
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert_eq!(read(&other), None, "another byte at {at}");
        }
    }
}

//! Values as bytes for the program's own memory between runs: form, digest, contents; the home of postcard.
//!
//! Whoever reads them back gets the very value or nothing: any doubt (another form, a byte that differs, a cut end) is nothing,
//! and the work is done anew.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::digest::{self, Digest};

/// What tells one kind of bytes, and one version of it, from all others.
pub type Form = [u8; 16];

/// A value as bytes of a form; none where it cannot be written, which is remembered as nothing.
pub fn to_bytes(form: &Form, value: &impl Serialize) -> Vec<u8> {
    let body = encode(value);
    [form.as_slice(), &digest::digest(&body), &body].concat()
}

/// The value that bytes of a form are.
pub fn from_bytes<T: DeserializeOwned>(form: &Form, bytes: &[u8]) -> Option<T> {
    let (sum, body) = bytes.strip_prefix(form)?.split_at_checked(size_of::<Digest>())?;
    (digest::digest(body) == *sum).then(|| decode(body)).flatten()
}

/// A value as bare bytes, for a part of something that has a form and a digest.
pub fn encode(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).unwrap_or_default()
}

/// The value that bare bytes are.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// Bytes written and read in one piece; serde takes a list of bytes for one of numbers.
pub mod whole {
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes bytes.
    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    /// Reads them again.
    pub fn deserialize<'de, D: Deserializer<'de>, T: From<&'de [u8]>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        <&[u8]>::deserialize(deserializer).map(T::from)
    }
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
        for at in 0..bytes.len() {
            assert_eq!(read(&bytes[..at]), None, "cut at {at}");
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert_eq!(read(&other), None, "another byte at {at}");
        }
    }
}

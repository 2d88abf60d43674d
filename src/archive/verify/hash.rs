//! The digests by which archives are checked: several algorithms over the same bytes in one reading.
//!
//! The home of sha2, and of sha1 and md5, which prove nothing against a forger: bags of others still carry them.

use std::io::{self, Read};

use sha2::digest::DynDigest;

use super::limit::PIECE_BYTES;

/// An algorithm that a manifest may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// MD5
    Md5,
    /// SHA-1
    Sha1,
    /// SHA-224
    Sha224,
    /// SHA-256
    Sha256,
    /// SHA-384
    Sha384,
    /// SHA-512
    Sha512,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Md5, Self::Sha1, Self::Sha224, Self::Sha256, Self::Sha384, Self::Sha512];

    /// Its name as names of manifests write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha224 => "sha224",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    /// The algorithm of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// Bytes of a digest.
    pub fn bytes(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Begins a digest.
    pub fn begin(self) -> Box<dyn DynDigest + Send> {
        match self {
            Self::Md5 => Box::new(md5::Md5::default()),
            Self::Sha1 => Box::new(sha1::Sha1::default()),
            Self::Sha224 => Box::new(sha2::Sha224::default()),
            Self::Sha256 => Box::new(sha2::Sha256::default()),
            Self::Sha384 => Box::new(sha2::Sha384::default()),
            Self::Sha512 => Box::new(sha2::Sha512::default()),
        }
    }
}

/// Reads to the end; returns the number of bytes and the digests in the order of `algorithms`.
pub fn digests(from: &mut dyn Read, algorithms: &[Algorithm]) -> io::Result<(u64, Vec<Box<[u8]>>)> {
    let mut hashers: Vec<_> = algorithms.iter().map(|a| a.begin()).collect();
    let (mut bytes, mut buffer) = (0, vec![0; PIECE_BYTES]);
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok((bytes, hashers.into_iter().map(|h| h.finalize()).collect())),
            Ok(read) => {
                hashers.iter_mut().for_each(|hasher| hasher.update(&buffer[..read]));
                bytes += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Bytes in lower-case hexadecimal digits.
pub fn to_hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes that hexadecimal digits of any case mean.
pub fn from_hex(hex: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let (pairs, rest) = hex.as_chunks::<2>();
    rest.is_empty().then_some(())?;
    pairs.iter().map(|[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect()
}

/// The bytes that base32 (RFC 4648) means, as WARC writes digests.
pub fn from_base32(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte.to_ascii_uppercase() {
            letter @ b'A'..=b'Z' => letter - b'A',
            digit @ b'2'..=b'7' => digit - b'2' + 26,
            _ => return None,
        };
        held = (held << 5 | u32::from(value)) & 0xfff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_of_the_standards() {
        let (bytes, found) = digests(&mut &b"abc"[..], &Algorithm::ALL).expect("memory can be read");
        let hex: Vec<String> = found.iter().map(|d| to_hex(d)).collect();
        assert_eq!(bytes, 3);
        assert_eq!(hex[0], "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(hex[1], "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(hex[3], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        for (algorithm, digest) in Algorithm::ALL.iter().zip(&found) {
            assert_eq!(algorithm.bytes(), digest.len());
            assert_eq!(Algorithm::parse(algorithm.name()), Some(*algorithm));
        }
    }

    #[test]
    fn digits_are_read_as_they_are_written() {
        assert_eq!(from_hex(b"00ffA1"), Some(vec![0, 255, 0xa1]));
        assert_eq!((from_hex(b"0"), from_hex(b"0g"), from_hex(b"+1")), (None, None, None));
        assert_eq!(from_base32("MZXW6YTBOI======"), Some(b"foobar".to_vec()));
        assert_eq!(from_base32("M1"), None);
    }
}

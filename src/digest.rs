//! Digests of bytes, by which they are recognised; the home of blake3 and XXH3.
//!
//! What authors write is told apart by BLAKE3, since two texts of one digest could be sought and found with anything weaker.
//! What the program writes itself is only to be known again, by the program that wrote it: there XXH3 does, which takes a fifth
//! of the time on pages and a tenth on the fields of views.

use std::hash::{Hash, Hasher};
use std::io::{self, Read};

use xxhash_rust::xxh3::{Xxh3, Xxh3Builder, xxh3_64, xxh3_128_with_seed};

/// 32 bytes by which other bytes are recognised.
pub type Digest = [u8; 32];

/// Bytes read at a time where a file is not held whole: large files (videos) must not fill the memory.
const CHUNK_BYTES: usize = 128 * 1024;

/// The BLAKE3 digest of `bytes`.
pub fn digest(bytes: &[u8]) -> Digest {
    *blake3::hash(bytes).as_bytes()
}

/// The digest of a published file: XXH3 of 128 bits for each of [`SEEDS`]. No protection against somebody who looks for two
/// files of one digest, but whoever may write where the site lies needs none.
pub fn of_file(bytes: &[u8]) -> Digest {
    joined(SEEDS.map(|seed| xxh3_128_with_seed(bytes, seed)))
}

/// What parts the two halves of the digest of a file.
const SEEDS: [u64; 2] = [0, 1];

fn joined([high, low]: [u128; 2]) -> Digest {
    let mut digest = Digest::default();
    let (first, second) = digest.split_at_mut(16);
    first.copy_from_slice(&high.to_be_bytes());
    second.copy_from_slice(&low.to_be_bytes());
    digest
}

/// Eight bytes by which a value is recognised: two values that differ have the same with a chance of one in 10^19. No
/// protection against somebody who looks for such a pair; the same on every machine.
pub fn short(bytes: &[u8]) -> u64 {
    xxh3_64(bytes)
}

/// As [`short`], of all that a value hashes.
pub fn short_of(value: &impl Hash) -> u64 {
    let mut hasher = Xxh3::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Sixteen bytes by which it is seen that bytes are not damaged; ten times as fast as a [`digest`], and no protection either.
pub fn sum(bytes: &[u8]) -> [u8; 16] {
    xxhash_rust::xxh3::xxh3_128(bytes).to_le_bytes()
}

/// Reads a file to the end and gives each piece to `piece`; returns the number of bytes and their digest, as [`of_file`] has it.
pub fn of_file_read(
    from: &mut impl Read,
    mut piece: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<(u64, Digest)> {
    let mut halves = SEEDS.map(|seed| Xxh3Builder::new().with_seed(seed).build());
    let mut bytes = 0;
    let mut buffer = vec![0; CHUNK_BYTES];
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => return Ok((bytes, joined(halves.map(|half| half.digest128())))),
            Ok(read) => read,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        halves.iter_mut().for_each(|half| half.update(&buffer[..read]));
        piece(&buffer[..read])?;
        bytes += read as u64;
    }
}

/// The digest in 64 lower-case hexadecimal digits.
pub fn to_hex(digest: &Digest) -> String {
    blake3::Hash::from_bytes(*digest).to_hex().to_string()
}

/// The digest that 64 lower-case hexadecimal digits mean.
pub fn from_hex(hex: &str) -> Option<Digest> {
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    let mut digest = Digest::default();
    if !rest.is_empty() || pairs.len() != digest.len() {
        return None;
    }
    let mut all = 0;
    for (byte, [high, low]) in digest.iter_mut().zip(pairs) {
        let (high, low) = (DIGITS[usize::from(*high)], DIGITS[usize::from(*low)]);
        all |= high | low;
        *byte = high << 4 | (low & 0xf);
    }
    (all & NO_DIGIT == 0).then_some(digest)
}

/// Marks what is no digit.
const NO_DIGIT: u8 = 0x80;

/// What each byte is worth as a lower-case hexadecimal digit: a manifest has one for each half byte of each file's digest.
const DIGITS: [u8; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut worth = 0;
    while worth < 16 {
        digits[b"0123456789abcdef"[worth as usize] as usize] = worth;
        worth += 1;
    }
    digits
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_the_digest_of_the_whole() {
        let bytes = vec![7; 3 * CHUNK_BYTES + 5];
        let mut seen = 0;
        let count = |piece: &[u8]| {
            seen += piece.len();
            Ok(())
        };
        let whole = of_file_read(&mut bytes.as_slice(), count).expect("reading a slice cannot fail");
        assert_eq!(whole, (bytes.len() as u64, of_file(&bytes)));
        assert_eq!(seen, bytes.len());
    }

    #[test]
    fn hexadecimal_digits_come_back() {
        let made = digest("bài học".as_bytes());
        assert_eq!(from_hex(&to_hex(&made)), Some(made));
        assert_eq!(from_hex(&to_hex(&made).to_uppercase()), None);
        assert_eq!(from_hex("abc"), None);
    }
}

//! The local header of an entry of a zip, and the descriptor after its data, against what the directory says.

use std::io;

use super::fault::Fault;
use super::finding::kinds;
use super::zip_directory::{u16_at, u32_at, u64_at, widen};
use super::zip_member::ZipMember;
use super::zip_source::ZipSource;

/// Flags of which both headers must agree: encryption, descriptor, patched data, UTF-8.
const FLAGS: u16 = 1 | 1 << 3 | 1 << 5 | 1 << 6 | 1 << 11 | 1 << 13;

/// Bytes of a local header without its texts.
const HEADER_BYTES: u64 = 30;

/// Checks the entry whose local header lies at its offset, sets the offset to where its data begin and returns where the
/// entry ends, at most at `most`, where the directory begins.
pub fn check(source: &ZipSource, member: &mut ZipMember, most: u64) -> io::Result<u64> {
    let start = member.offset;
    let mut header = [0; HEADER_BYTES as usize];
    let names = start.checked_add(HEADER_BYTES).filter(|at| *at <= most).ok_or_else(|| lie("PK34"))?;
    source.exact(start, &mut header)?;
    let (name_bytes, extra_bytes) = (usize::from(u16_at(&header, 26)), usize::from(u16_at(&header, 28)));
    let data = names + (name_bytes + extra_bytes) as u64;
    let stop = data.checked_add(member.packed).filter(|stop| *stop <= most).ok_or_else(|| lie("PK34"))?;
    let mut texts = vec![0; name_bytes + extra_bytes];
    source.exact(names, &mut texts)?;
    let (name, extra) = texts.split_at(name_bytes);
    let has_descriptor = member.flags & 1 << 3 != 0;
    let agree = |what: &str, is_same: bool| if is_same { Ok(()) } else { Err(lie(what)) };
    agree("PK34", header.starts_with(b"PK\x03\x04"))?;
    agree("name", !member.is_sound || name == member.name.as_bytes())?;
    agree("flags", u16_at(&header, 6) & FLAGS == member.flags & FLAGS)?;
    agree("method", u16_at(&header, 8) == member.method)?;
    let (mut packed, mut bytes) = (u64::from(u32_at(&header, 18)), u64::from(u32_at(&header, 22)));
    let crc = u32_at(&header, 14);
    let (first, second) = (bytes == 0xffff_ffff, packed == 0xffff_ffff);
    widen(extra, [first.then_some(&mut bytes), second.then_some(&mut packed), None])
        .ok_or_else(|| lie("zip64"))?;
    // Before a descriptor the sizes are unknown, which is written as zeros.
    let is_same = |local: u64, central: u64| local == central || (has_descriptor && local == 0);
    agree("crc", is_same(u64::from(crc), u64::from(member.crc)))?;
    agree("size", is_same(packed, member.packed) && is_same(bytes, member.bytes))?;
    member.offset = data;
    if has_descriptor { Ok(stop + descriptor(source, member, stop, most)?) } else { Ok(stop) }
}

/// The length of the descriptor at `at`, which may have a signature and sizes of 32 or 64 bits, as long as it repeats the
/// directory.
fn descriptor(source: &ZipSource, member: &ZipMember, at: u64, most: u64) -> io::Result<u64> {
    let mut bytes = [0; 24];
    let length = usize::try_from(most.saturating_sub(at).min(24)).unwrap_or_default();
    source.exact(at, &mut bytes[..length])?;
    for signed in [4, 0] {
        if signed == 4 && !bytes.starts_with(b"PK\x07\x08") {
            continue;
        }
        let rest = &bytes[signed..length.max(signed)];
        let crc = u32_at(rest, 0) == member.crc;
        let large = (u64_at(rest, 4), u64_at(rest, 12)) == (member.packed, member.bytes);
        let small = (u64::from(u32_at(rest, 4)), u64::from(u32_at(rest, 8))) == (member.packed, member.bytes);
        if crc && large && rest.len() >= 20 {
            return Ok(signed as u64 + 20);
        }
        if crc && small && rest.len() >= 12 {
            return Ok(signed as u64 + 12);
        }
    }
    Err(lie("PK78"))
}

fn lie(what: &str) -> io::Error {
    Fault::error(&kinds::HEADERS, &[what])
}

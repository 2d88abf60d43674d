//! The central directory of a zip and the records that lead to it (APPNOTE 4.3.12 to 4.3.16).

use std::io::{self, BufReader, Read};
use std::ops::Range;

use super::finding::{Finding, Findings, Kind, kinds};
use super::limit::{ENTRIES, PIECE_BYTES};
use super::zip_member::ZipMember;
use super::zip_source::{ZipSource, broken};
use crate::fs::inside::shown;

/// Bytes of the last record without its comment, which has at most 65,535.
const END_BYTES: usize = 22;

/// Bytes of a header in the directory without its texts.
const HEADER_BYTES: usize = 46;

/// Longest name that is read; longer ones no system takes.
const NAME_BYTES: usize = 8_192;

/// Where the directory lies.
#[derive(Debug)]
pub struct End {
    /// Entries that it is said to have.
    pub entries: u64,
    /// Its bytes.
    pub directory: Range<u64>,
    /// Bytes of the comment of the zip.
    pub comment: usize,
}

impl End {
    /// Finds the last record. The directory must end where this record begins: whatever lies between, or after, is
    /// seen by some programs and not by others.
    pub fn find(source: &ZipSource) -> io::Result<Self> {
        let length = source.bytes.min(END_BYTES as u64 + 65_535);
        let mut tail = vec![0; usize::try_from(length).unwrap_or_default()];
        let base = source.bytes - length;
        source.exact(base, &mut tail)?;
        let fits = |at: usize| {
            tail[at..].starts_with(b"PK\x05\x06")
                && at + END_BYTES + usize::from(u16_at(&tail, at + 20)) == tail.len()
        };
        let last = tail.len().checked_sub(END_BYTES).ok_or_else(|| broken("PK56"))?;
        let mut found = (0..=last).rev().filter(|at| fits(*at));
        let at = found.next().ok_or_else(|| broken("PK56"))?;
        if found.next().is_some() {
            return Err(broken("PK56 × 2"));
        }
        let record = &tail[at..];
        let (disk, first, here, all) =
            (u16_at(record, 4), u16_at(record, 6), u16_at(record, 8), u16_at(record, 10));
        let (bytes, start) = (u32_at(record, 12), u32_at(record, 16));
        let comment = tail.len() - at - END_BYTES;
        let small = [u64::from(all), u64::from(bytes), u64::from(start)];
        let stop = base + at as u64;
        let (stop, [entries, bytes, start]) = match end64(source, stop)? {
            Some((begin, large)) => {
                let is_same = |(small, large): (u64, u64), most: u64| small == most || small == large;
                let agree = is_same((small[0], large[0]), 0xffff)
                    && is_same((small[1], large[1]), 0xffff_ffff)
                    && is_same((small[2], large[2]), 0xffff_ffff);
                if !agree {
                    return Err(broken("zip64"));
                }
                (begin, large)
            }
            None if disk != 0 || first != 0 || here != all => {
                return Err(super::fault::Fault::error(&kinds::DISKS, &[]));
            }
            None => (stop, small),
        };
        if start.checked_add(bytes) != Some(stop) {
            return Err(broken("PK12"));
        }
        Ok(Self { entries, directory: start..stop, comment })
    }
}

/// The 64-bit record, where there is a locator for it right before the last record: where it begins, and its entries,
/// bytes and start of the directory.
fn end64(source: &ZipSource, end: u64) -> io::Result<Option<(u64, [u64; 3])>> {
    let Some(at) = end.checked_sub(20) else { return Ok(None) };
    let mut locator = [0; 20];
    source.exact(at, &mut locator)?;
    if !locator.starts_with(b"PK\x06\x07") {
        return Ok(None);
    }
    let begin = u64_at(&locator, 8);
    if u32_at(&locator, 4) != 0 || u32_at(&locator, 16) > 1 {
        return Err(super::fault::Fault::error(&kinds::DISKS, &[]));
    }
    let mut record = [0; 56];
    if begin.checked_add(56).is_none_or(|stop| stop > at) {
        return Err(broken("zip64"));
    }
    source.exact(begin, &mut record)?;
    let stop = u64_at(&record, 4).checked_add(12).and_then(|length| length.checked_add(begin));
    if !record.starts_with(b"PK\x06\x06") || stop != Some(at) {
        return Err(broken("zip64"));
    }
    let (disk, first) = (u32_at(&record, 16), u32_at(&record, 20));
    let (here, all) = (u64_at(&record, 24), u64_at(&record, 32));
    if disk != 0 || first != 0 || here != all {
        return Err(super::fault::Fault::error(&kinds::DISKS, &[]));
    }
    Ok(Some((begin, [all, u64_at(&record, 40), u64_at(&record, 48)])))
}

/// Reads the directory: the zip's members, its folders among them, and the names of its folders.
///
/// # Errors
/// Where it is not what it should be, or the machine fails.
pub fn read(
    source: &ZipSource,
    end: &End,
    findings: &mut Findings,
) -> io::Result<(Vec<ZipMember>, Vec<String>)> {
    let (mut members, mut folders) = (Vec::new(), Vec::new());
    let part = source.part(end.directory.start, end.directory.end);
    let (mut from, mut at) = (BufReader::with_capacity(PIECE_BYTES, part), end.directory.start);
    while at < end.directory.end {
        if members.len() >= ENTRIES {
            return Err(super::fault::Fault::error(&kinds::TOO_MANY, &[&ENTRIES.to_string()]));
        }
        let mut header = [0; HEADER_BYTES];
        from.read_exact(&mut header).map_err(cut)?;
        let lengths = [28, 30, 32].map(|at| usize::from(u16_at(&header, at)));
        if !header.starts_with(b"PK\x01\x02") || lengths[0] > NAME_BYTES {
            return Err(broken("PK12"));
        }
        let mut texts = vec![0; lengths.iter().sum()];
        from.read_exact(&mut texts).map_err(cut)?;
        at += (HEADER_BYTES + texts.len()) as u64;
        let (name, rest) = texts.split_at(lengths[0]);
        let extra = &rest[..lengths[1]];
        let (member, wrong) = member(&header, name, extra);
        findings.extend(wrong);
        if member.name.ends_with('/') {
            folders.push(member.name.trim_end_matches('/').to_owned());
        }
        members.push(member);
    }
    if members.len() as u64 != end.entries {
        return Err(broken("PK12 ≠ PK56"));
    }
    Ok((members, folders))
}

fn cut(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::UnexpectedEof { broken("PK12") } else { error }
}

/// An entry, with what is wrong with its header alone.
fn member(header: &[u8; HEADER_BYTES], name: &[u8], extra: &[u8]) -> (ZipMember, Vec<Finding>) {
    let text = shown(name);
    let mut wrong = Vec::new();
    let mut fault = |kind: &'static Kind, details: &[&str]| wrong.push(Finding::error(&text, kind, details));
    let (flags, method) = (u16_at(header, 8), u16_at(header, 10));
    let (mut packed, mut bytes) = (u64::from(u32_at(header, 20)), u64::from(u32_at(header, 24)));
    let mut offset = u64::from(u32_at(header, 42));
    let wide = [&mut bytes, &mut packed, &mut offset].map(|v| (*v == 0xffff_ffff).then_some(v));
    if widen(extra, wide).is_none() {
        fault(&kinds::HEADERS, &["zip64"]);
    }
    // Names in an unknown code page cannot be compared with a manifest; Unicode in an extra field is a second name.
    if std::str::from_utf8(name).is_err() || field(extra, 0x7075).is_some() {
        fault(&kinds::NO_TEXT_NAME, &[]);
    }
    if flags & (1 | 1 << 6 | 1 << 13) != 0 {
        fault(&kinds::ENCRYPTED, &[]);
    }
    if !matches!(method, 0 | 8) {
        fault(&kinds::METHOD, &[&method.to_string()]);
    }
    if u16_at(header, 34) != 0 {
        fault(&kinds::DISKS, &[]);
    }
    let is_folder = name.ends_with(b"/");
    if (method == 0 && packed != bytes) || (is_folder && bytes != 0) {
        fault(&kinds::SIZE, &[&bytes.to_string(), &packed.to_string()]);
    }
    // Made by Unix (3) or macOS (19): the upper half of the attributes is a mode.
    if matches!(header[5], 3 | 19) {
        match (u32_at(header, 38) >> 28, is_folder) {
            (0 | 0o10, false) | (0 | 0o4, true) => {}
            (0o12, _) => fault(&kinds::LINK, &[]),
            _ => fault(&kinds::SPECIAL, &[]),
        }
    }
    // Bit 10 of the attributes of Windows marks a reparse point: a link or a junction.
    if matches!(header[5], 0 | 10 | 11 | 14) && u32_at(header, 38) & 0x400 != 0 {
        fault(&kinds::LINK, &[]);
    }
    let crc = u32_at(header, 16);
    let is_sound = wrong.is_empty();
    (ZipMember { name: text.into(), bytes, packed, crc, offset, flags, method, is_sound }, wrong)
}

/// Replaces values that did not fit in 32 bits by those of the zip64 field; `None` where it lacks one, or stands twice.
pub fn widen(extra: &[u8], values: [Option<&mut u64>; 3]) -> Option<()> {
    let known = fields(extra)?;
    let mut wide = known.iter().filter(|(id, _)| *id == 1);
    let mut data = wide.next().map_or(&[][..], |(_, data)| data);
    for value in values.into_iter().flatten() {
        let (first, rest) = data.split_first_chunk::<8>()?;
        (*value, data) = (u64::from_le_bytes(*first), rest);
    }
    wide.next().is_none().then_some(())
}

fn field(extra: &[u8], wanted: u16) -> Option<&[u8]> {
    fields(extra)?.into_iter().find(|(id, _)| *id == wanted).map(|(_, data)| data)
}

/// The fields of the extra data; a remainder of less than four bytes is padding.
fn fields(mut extra: &[u8]) -> Option<Vec<(u16, &[u8])>> {
    let mut found = Vec::new();
    while extra.len() >= 4 {
        let (id, length) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let data = extra.get(4..4 + length)?;
        found.push((id, data));
        extra = &extra[4 + length..];
    }
    Some(found)
}

/// Two bytes as a number; 0 where there are none.
pub fn u16_at(bytes: &[u8], at: usize) -> u16 {
    let two = bytes.get(at..at + 2).and_then(|b| b.try_into().ok());
    u16::from_le_bytes(two.unwrap_or_default())
}

/// Four bytes as a number; 0 where there are none.
pub fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
    u32::from_le_bytes(four.unwrap_or_default())
}

/// Eight bytes as a number; 0 where there are none.
pub fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let eight = bytes.get(at..at + 8).and_then(|b| b.try_into().ok());
    u64::from_le_bytes(eight.unwrap_or_default())
}

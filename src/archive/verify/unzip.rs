//! The bytes of an entry of a zip, unpacked piece by piece and judged at their end.
//!
//! Never more than the directory promised comes out, and the end is an error unless size, CRC and packed length are as
//! promised: what was read before must not be believed if this reader fails later.

use std::io::{self, BufReader, Read};

use flate2::{Crc, bufread::DeflateDecoder};

use super::fault::Fault;
use super::finding::kinds;
use super::limit::PIECE_BYTES;
use super::zip_member::ZipMember;
use super::zip_source::{ZipPart, ZipSource};

/// A reader of an entry.
pub struct Unzip<'a> {
    from: From<'a>,
    crc: Crc,
    left: u64,
    member: &'a ZipMember,
}

enum From<'a> {
    Stored(ZipPart<'a>),
    Deflated(Box<DeflateDecoder<BufReader<ZipPart<'a>>>>),
}

impl<'a> Unzip<'a> {
    /// Begins to read an entry.
    pub fn new(source: &'a ZipSource, member: &'a ZipMember) -> io::Result<Self> {
        if !member.is_sound {
            return Err(Fault::error(&kinds::DATA, &[]));
        }
        let part = source.part(member.offset, member.offset.saturating_add(member.packed));
        let from = match member.method {
            0 => From::Stored(part),
            _ => From::Deflated(Box::new(DeflateDecoder::new(BufReader::with_capacity(PIECE_BYTES, part)))),
        };
        Ok(Self { from, crc: Crc::new(), left: member.bytes, member })
    }

    fn end(&mut self) -> io::Result<usize> {
        let packed = match &self.from {
            From::Stored(_) => self.member.packed,
            From::Deflated(decoder) => decoder.total_in(),
        };
        let is_right = self.left == 0 && self.crc.sum() == self.member.crc && packed == self.member.packed;
        if is_right { Ok(0) } else { Err(Fault::error(&kinds::DATA, &[])) }
    }
}

impl Read for Unzip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let read = match &mut self.from {
            From::Stored(part) => part.read(buffer)?,
            From::Deflated(decoder) => decoder.read(buffer)?,
        };
        if read == 0 {
            return self.end();
        }
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| Fault::error(&kinds::DATA, &[]))?;
        self.crc.update(&buffer[..read]);
        Ok(read)
    }
}

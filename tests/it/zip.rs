//! A zip written byte by byte, so that a test can make it lie.

use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// An entry with all that its headers say.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// The name in the directory.
    pub name: Vec<u8>,
    /// The name in the local header.
    pub local_name: Vec<u8>,
    /// The data as they lie in the zip.
    pub packed: Vec<u8>,
    /// The length they are said to have unpacked.
    pub bytes: u32,
    /// The length they are said to have in the zip.
    pub packed_bytes: u32,
    pub crc: u32,
    pub flags: u16,
    pub method: u16,
    /// The upper half of the attributes: a mode of Unix.
    pub mode: u16,
    /// Where the directory says that it lies, if elsewhere.
    pub offset: Option<u32>,
    /// What follows the data.
    pub after: Vec<u8>,
}

/// A zip.
#[derive(Debug, Clone, Default)]
pub struct Zip {
    pub entries: Vec<Entry>,
    pub comment: Vec<u8>,
    /// The number of the disk.
    pub disk: u16,
    /// Entries that are said to be there beyond those that are.
    pub more: u16,
}

impl Entry {
    /// An entry that is stored.
    pub fn stored(name: &str, bytes: &[u8]) -> Self {
        let mut crc = Crc::new();
        crc.update(bytes);
        let length = u32::try_from(bytes.len()).expect("tests are small");
        Self {
            name: name.into(),
            local_name: name.into(),
            packed: bytes.to_owned(),
            bytes: length,
            packed_bytes: length,
            crc: crc.sum(),
            flags: 1 << 11,
            mode: 0o100_644,
            ..Self::default()
        }
    }

    /// An entry that is packed.
    pub fn deflated(name: &str, bytes: &[u8]) -> Self {
        let packed = deflate(bytes);
        let packed_bytes = u32::try_from(packed.len()).expect("tests are small");
        Self { packed, packed_bytes, method: 8, ..Self::stored(name, bytes) }
    }

    /// An entry with sizes and CRC behind its data, as programs write that do not know them before.
    pub fn streamed(name: &str, bytes: &[u8], is_signed: bool) -> Self {
        let mut entry = Self::deflated(name, bytes);
        entry.flags |= 1 << 3;
        if is_signed {
            entry.after.extend(b"PK\x07\x08");
        }
        for value in [entry.crc, entry.packed_bytes, entry.bytes] {
            entry.after.extend(value.to_le_bytes());
        }
        entry
    }

    /// The flags, method, time and sizes as both headers have them.
    fn shared(&self, is_local: bool) -> Vec<u8> {
        let is_later = is_local && self.flags & 1 << 3 != 0;
        let mut out = Vec::new();
        let (time, date) = (0_u16, 0x21_u16);
        for value in [self.flags, self.method, time, date] {
            out.extend(value.to_le_bytes());
        }
        for value in [self.crc, self.packed_bytes, self.bytes] {
            out.extend(if is_later { 0 } else { value }.to_le_bytes());
        }
        out
    }
}

impl Zip {
    /// A zip of some entries.
    pub fn of(entries: Vec<Entry>) -> Self {
        Self { entries, ..Self::default() }
    }

    /// The entry of that name.
    pub fn entry(&mut self, name: &str) -> &mut Entry {
        let found = self.entries.iter_mut().find(|entry| entry.name == name.as_bytes());
        found.unwrap_or_else(|| panic!("there is {name}"))
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        for entry in &self.entries {
            let offset = u32::try_from(out.len()).expect("tests are small");
            out.extend(b"PK\x03\x04\x14\x00");
            out.extend(entry.shared(true));
            out.extend(length(&entry.local_name).to_le_bytes());
            out.extend([0; 2]);
            out.extend(&entry.local_name);
            out.extend(&entry.packed);
            out.extend(&entry.after);
            directory.extend(b"PK\x01\x02\x14\x03\x14\x00");
            directory.extend(entry.shared(false));
            directory.extend(length(&entry.name).to_le_bytes());
            directory.extend([0; 10]);
            directory.extend(u16::to_le_bytes(entry.mode));
            directory.extend(entry.offset.unwrap_or(offset).to_le_bytes());
            directory.extend(&entry.name);
        }
        let start = u32::try_from(out.len()).expect("tests are small");
        let count = u16::try_from(self.entries.len()).expect("tests are small").wrapping_add(self.more);
        out.extend(&directory);
        out.extend(b"PK\x05\x06");
        for value in [self.disk, 0, count, count] {
            out.extend(value.to_le_bytes());
        }
        out.extend(u32::try_from(directory.len()).expect("tests are small").to_le_bytes());
        out.extend(start.to_le_bytes());
        out.extend(length(&self.comment).to_le_bytes());
        out.extend(&self.comment);
        out
    }
}

fn length(bytes: &[u8]) -> u16 {
    u16::try_from(bytes.len()).expect("names of tests are short")
}

/// The bytes packed.
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory can be written")
}

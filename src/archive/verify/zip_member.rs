//! What the directory of a zip says of an entry, until its local header was compared and its data are read.
//!
//! The directory makes it, the header moves it to where its data begin, the reader of the data believes it: so it stands
//! below all three.

/// An entry of the zip.
#[derive(Debug, Clone)]
pub struct ZipMember {
    /// Its name as the directory writes it.
    pub name: Box<str>,
    /// Its length unpacked, as both headers say.
    pub bytes: u64,
    /// Its length in the zip.
    pub packed: u64,
    /// The CRC of its bytes.
    pub crc: u32,
    /// Where its local header lies; once that was read, where its data begin.
    pub offset: u64,
    /// The general purpose flags.
    pub flags: u16,
    /// 0 stored, 8 deflated.
    pub method: u16,
    /// Whether its data may be read.
    pub is_sound: bool,
}

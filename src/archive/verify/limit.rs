//! How much an archive of a stranger may cost: bounds on what is read, kept and unpacked.
//!
//! Nothing here is a clock: the same archive gets the same verdict on every machine. Work is bounded by what lies on the
//! disk, so that an honest archive of any size is read to its end, while a small one that claims to be large is refused
//! before it is unpacked. With all bounds reached at once a check stays below 20 s and 512 MB on two cores.

/// Findings that are listed; more are counted.
pub const LISTED: usize = 1_000;

/// Characters of a path or detail that are kept for showing.
pub const SHOWN_CHARS: usize = 300;

/// Files and folders of an archive. The largest term known has some 10,000; each costs some 300 bytes of memory.
pub const ENTRIES: usize = 250_000;

/// Bytes of a line of a manifest or of bag-info.txt: four times the longest path that systems have.
pub const LINE_BYTES: usize = 16 * 1024;

/// Bytes of a line of JSON, where pages may carry their whole text.
pub const JSON_LINE_BYTES: usize = 4 << 20;

/// Bytes of a manifest.
pub const MANIFEST_BYTES: u64 = 256 << 20;

/// Bytes of bag-info.txt.
pub const INFO_BYTES: u64 = 1 << 20;

/// Bytes of a JSON file that is read whole.
pub const JSON_BYTES: u64 = 64 << 20;

/// Bytes of the directory of a zip, and of all paths of a folder: 250 for each entry, which is kept three times.
pub const DIRECTORY_BYTES: u64 = 64 << 20;

/// Bytes of the headers of a record of a WARC.
pub const HEADER_BYTES: usize = 64 * 1024;

/// Bytes read at a time.
pub const PIECE_BYTES: usize = 64 * 1024;

/// What every archive may unpack to, however small it is on the disk.
const UNPACKED_BYTES: u64 = 512 << 20;

/// How many bytes each byte on the disk may stand for beyond that. Deflate packs texts to a tenth and data to a
/// thirtieth at best; only bombs reach its thousandth. Files with holes are measured by the same rule.
const RATIO: u64 = 20;

/// The bytes that an archive of `stored` bytes on the disk may unpack to.
pub fn allowance(stored: u64) -> u64 {
    UNPACKED_BYTES.saturating_add(stored.saturating_mul(RATIO))
}

/// The bytes that may be digested, where each algorithm counts: two for each byte, as our own bags need. Six algorithms
/// over a bomb would take 14 s for a gigabyte.
pub fn work(stored: u64) -> u64 {
    allowance(stored).saturating_mul(2)
}

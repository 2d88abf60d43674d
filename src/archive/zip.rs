//! A bag as one file: a zip with equal bytes for equal bags.
//!
//! Names are sorted, times are those of the archive's date, permissions are fixed, and one folder stands at the top. The home
//! of the zip crate.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::fs::{Action, Failure, file, system};
use crate::vietnamese::date::Date;

/// From this length on an entry needs the long form of its sizes.
const LARGE_BYTES: u64 = 0xf000_0000;

/// The compression of entries: zlib's own middle way.
const LEVEL: i64 = 6;

/// A zip that is being written.
pub struct Packer {
    zip: ZipWriter<File>,
    time: DateTime,
}

impl Packer {
    /// Begins a zip at a path where there is none.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn begin(path: &Path, date: Date) -> Result<Self, Failure> {
        let zip = ZipWriter::new(file::create_new(path)?);
        // The form knows no year before 1980.
        let time = DateTime::from_date_and_time(date.year(), date.month(), date.day(), 0, 0, 0);
        Ok(Self { zip, time: time.unwrap_or(DateTime::DEFAULT) })
    }

    /// Begins an entry, of which the length is about `bytes`; what is written afterwards is its content.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn entry(&mut self, name: &str, bytes: u64, is_packed: bool) -> io::Result<()> {
        let method = if is_packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level(is_packed.then_some(LEVEL))
            .last_modified_time(self.time)
            .unix_permissions(0o644)
            .large_file(bytes >= LARGE_BYTES);
        self.zip.start_file(name, options).map_err(io::Error::other)
    }

    /// Ends the zip.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn finish(self) -> io::Result<()> {
        self.zip.finish().map_err(io::Error::other)?.sync_all()
    }
}

impl Write for Packer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.zip.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}

/// Packs the files of a bag, named with their lengths, below the folder `top`.
///
/// # Errors
/// Where the disk fails.
pub fn pack<'a>(
    bag: &Path,
    files: impl Iterator<Item = (&'a str, u64)>,
    top: &str,
    date: Date,
    to: &Path,
) -> Result<(), Failure> {
    let mut packer = Packer::begin(to, date)?;
    for (path, bytes) in files {
        let from = bag.join(path);
        let mut file = system::open(&from).map_err(Failure::of(Action::Read, &from))?;
        packer
            .entry(&format!("{top}/{path}"), bytes, true)
            .and_then(|()| io::copy(&mut file, &mut packer))
            .map_err(Failure::of(Action::Write, to))?;
    }
    packer.finish().map_err(Failure::of(Action::Write, to))
}

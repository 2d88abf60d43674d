//! The open file of a zip, read at many places by many threads, never past its end.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Mutex, PoisonError};

use super::fault::Fault;
use super::finding::kinds;

/// A file that is read at many places.
#[derive(Debug)]
pub struct ZipSource {
    file: Mutex<File>,
    /// Its length.
    pub bytes: u64,
}

impl ZipSource {
    /// The bytes of an open file.
    pub fn new(file: File, bytes: u64) -> Self {
        Self { file: Mutex::new(file), bytes }
    }

    /// The bytes from `offset` on; an error where the file ends before `buffer` is full.
    pub fn exact(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        file.read_exact(buffer)
    }

    /// A reader of the bytes from `from` to `until`.
    pub fn part(&self, from: u64, until: u64) -> ZipPart<'_> {
        ZipPart { source: self, at: from, until }
    }
}

/// Some bytes of a [`ZipSource`].
#[derive(Debug)]
pub struct ZipPart<'a> {
    source: &'a ZipSource,
    at: u64,
    until: u64,
}

impl Read for ZipPart<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.until.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = left.min(buffer.len());
        if wanted == 0 {
            return Ok(0);
        }
        let mut file = self.source.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(&mut buffer[..wanted])?;
        self.at += read as u64;
        if read == 0 { Err(broken("…")) } else { Ok(read) }
    }
}

/// An error that says what is broken.
pub fn broken(what: &str) -> io::Error {
    Fault::error(&kinds::ZIP, &[what])
}

//! A zip of a stranger: its directory, checked against every local header before anything is unpacked.
//!
//! A zip says everything twice, and programs differ in which of the two they believe. So the two must agree: name, method,
//! flags, sizes, sums; no two entries share a byte; nothing lies between them in secret. The reader is our own, because
//! libraries quietly take the last of two entries of one name and trust what headers say. [`super::unzip`] reads the data.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::fault::{self, Fault};
use super::finding::{Finding, Findings, kinds};
use super::limit::{self, ENTRIES};
use super::zip_directory::{self, End};
use super::zip_header;
use crate::fs::{Action, Failure};

/// A zip whose directory was read.
#[derive(Debug)]
pub struct Zip {
    /// The open file.
    pub source: Source,
    /// Its files, in no order.
    pub members: Vec<Member>,
    /// Names of its folders.
    pub folders: Vec<String>,
    /// What is strange but allowed: an error in an archive of ours.
    pub oddities: Vec<Finding>,
}

/// An entry of the zip.
#[derive(Debug, Clone)]
pub struct Member {
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

/// A file that is read at many places.
#[derive(Debug)]
pub struct Source {
    file: Mutex<File>,
    /// Its length.
    pub bytes: u64,
}

impl Source {
    /// The bytes from `offset` on; an error where the file ends before `buffer` is full.
    pub fn exact(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        file.read_exact(buffer)
    }

    /// A reader of the bytes from `from` to `until`.
    pub fn part(&self, from: u64, until: u64) -> Part<'_> {
        Part { source: self, at: from, until }
    }
}

/// Some bytes of a [`Source`].
#[derive(Debug)]
pub struct Part<'a> {
    source: &'a Source,
    at: u64,
    until: u64,
}

impl Read for Part<'_> {
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

/// The zip in `file`; `None` where so much is wrong with it that its entries mean nothing, which `findings` then say.
///
/// # Errors
/// [`crate::fs::Cause::NoArchive`] where the file is no zip at all.
pub fn open(file: File, path: &Path, name: &str, findings: &mut Findings) -> Result<Option<Zip>, Failure> {
    let failed = Failure::of(Action::Read, path);
    let bytes = match file.metadata() {
        Ok(data) => data.len(),
        Err(error) => return Err(failed(error)),
    };
    let source = Source { file: Mutex::new(file), bytes };
    match directory(source, name, findings) {
        Ok(zip) => Ok(zip),
        Err(error) => {
            findings.push(fault::blame(error, name, path)?);
            Ok(None)
        }
    }
}

/// Whether the bytes look like a zip: it begins with an entry, or with its end where it has none.
pub fn is_zip(file: &mut File) -> io::Result<bool> {
    let mut head = [0; 4];
    let read = file.read_exact(&mut head);
    let begins = read.is_ok() && matches!(&head, b"PK\x03\x04" | b"PK\x05\x06");
    let length = file.seek(SeekFrom::End(0))?;
    let mut tail = vec![0; usize::try_from(length.min(22)).unwrap_or_default()];
    file.seek(SeekFrom::Start(length - tail.len() as u64))?;
    file.read_exact(&mut tail)?;
    Ok(begins || tail.starts_with(b"PK\x05\x06"))
}

fn directory(source: Source, name: &str, findings: &mut Findings) -> io::Result<Option<Zip>> {
    let end = End::find(&source)?;
    if end.entries > ENTRIES as u64 {
        findings.push(Finding::error(name, &kinds::TOO_MANY, &[&ENTRIES.to_string()]));
        return Ok(None);
    }
    if end.directory.end - end.directory.start > limit::DIRECTORY_BYTES {
        let (found, most) = (end.directory.end - end.directory.start, limit::DIRECTORY_BYTES);
        findings.push(Finding::error(name, &kinds::TOO_LONG, &[&found.to_string(), &most.to_string()]));
        return Ok(None);
    }
    let mut zip = Zip { source, members: Vec::new(), folders: Vec::new(), oddities: Vec::new() };
    if end.comment > 0 {
        zip.oddities.push(Finding::note(name, &kinds::COMMENT, &[&end.comment.to_string()]));
    }
    zip_directory::read(&mut zip, &end, findings)?;
    let unpacked = zip.members.iter().fold(0_u64, |sum, member| sum.saturating_add(member.bytes));
    let most = limit::allowance(zip.source.bytes);
    if unpacked > most {
        let largest = zip.members.iter().max_by_key(|m| m.bytes).map_or("", |m| &m.name);
        findings.push(Finding::error(
            largest,
            &kinds::TOO_LARGE,
            &[&unpacked.to_string(), &most.to_string()],
        ));
        return Ok(None);
    }
    check_headers(&mut zip, &end, name, findings)?;
    Ok(Some(zip))
}

/// Reads all local headers in the order in which they lie, and sees that no two entries share a byte.
fn check_headers(zip: &mut Zip, end: &End, name: &str, findings: &mut Findings) -> io::Result<()> {
    zip.members.sort_by(|a, b| (a.offset, &a.name).cmp(&(b.offset, &b.name)));
    let (mut until, mut hidden, mut last) = (0, 0, String::new());
    for member in &mut zip.members {
        let start = member.offset;
        if start < until {
            findings.push(Finding::error(&member.name, &kinds::OVERLAP, &[&last]));
            member.is_sound = false;
        } else {
            hidden += start - until;
        }
        let stop = match zip_header::check(&zip.source, member, end.directory.start) {
            Ok(stop) => stop,
            Err(error) => {
                match fault::finding(&error, &member.name) {
                    Some(finding) => findings.push(finding),
                    None => return Err(error),
                }
                member.is_sound = false;
                start
            }
        };
        if stop > until {
            (until, last) = (stop, member.name.to_string());
        }
    }
    hidden += end.directory.start.saturating_sub(until);
    if hidden > 0 {
        zip.oddities.push(Finding::note(name, &kinds::GAP, &[&hidden.to_string()]));
    }
    // Folders are not read, but are checked like files.
    zip.members.retain(|member| !member.name.ends_with('/'));
    Ok(())
}

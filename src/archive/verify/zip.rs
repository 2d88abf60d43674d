//! A zip of a stranger: its directory, checked against every local header before anything is unpacked.
//!
//! A zip says everything twice, and programs differ in which of the two they believe. So the two must agree: name, method,
//! flags, sizes, sums; no two entries share a byte; nothing lies between them in secret. The reader is our own, because
//! libraries quietly take the last of two entries of one name and trust what headers say. [`super::unzip`] reads the data.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::fault;
use super::finding::{Finding, Findings, kinds};
use super::limit::{self, ENTRIES};
use super::zip_directory::{self, End};
use super::zip_header;
use super::zip_member::ZipMember;
use super::zip_source::ZipSource;
use crate::fs::{Action, Failure};

/// A zip whose directory was read.
#[derive(Debug)]
pub struct Zip {
    /// The open file.
    pub source: ZipSource,
    /// Its files, in no order.
    pub members: Vec<ZipMember>,
    /// Names of its folders.
    pub folders: Vec<String>,
    /// What is strange but allowed: an error in an archive of ours.
    pub oddities: Vec<Finding>,
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
    let source = ZipSource::new(file, bytes);
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

fn directory(source: ZipSource, name: &str, findings: &mut Findings) -> io::Result<Option<Zip>> {
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
    let (members, folders) = zip_directory::read(&source, &end, findings)?;
    let mut zip = Zip { source, members, folders, oddities: Vec::new() };
    if end.comment > 0 {
        zip.oddities.push(Finding::note(name, &kinds::COMMENT, &[&end.comment.to_string()]));
    }
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

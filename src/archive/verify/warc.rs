//! A WARC of a stranger (ISO 28500), read record by record: lengths, digests, one gzip member for each.
//!
//! Replay jumps to the offset that an index names and unpacks one member there, so that members must hold one record each.
//! Of a record only what an index can say of it is kept, and of its address only a digest.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use super::fault;
use super::finding::{Finding, Findings, kinds};
use super::limit::{ENTRIES, PIECE_BYTES};
use super::warc_record::{self, WarcRecord, Wrong};

/// Bytes that may still be unpacked.
#[derive(Debug)]
pub struct Budget {
    left: u64,
    most: u64,
}

impl Budget {
    /// At most `most` bytes.
    pub fn new(most: u64) -> Self {
        Self { left: most, most }
    }

    /// A reader that fails where the budget is used up.
    pub fn limit<R: Read>(&mut self, from: R) -> Limited<'_, R> {
        Limited { from, budget: self }
    }
}

/// A reader within a [`Budget`].
pub struct Limited<'a, R> {
    from: R,
    budget: &'a mut Budget,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        match self.budget.left.checked_sub(read as u64) {
            Some(left) => self.budget.left = left,
            None => {
                let most = self.budget.most.to_string();
                return Err(fault::Fault::error(&kinds::TOO_LARGE, &[&format!("> {most}"), &most]));
            }
        }
        Ok(read)
    }
}

/// A reader that knows how far it is.
struct Counted<R> {
    from: BufReader<R>,
    at: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.from.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.at += bytes as u64;
        self.from.consume(bytes);
    }
}

/// Reads the records of the WARC `name`, until one is so wrong that the next cannot be found.
///
/// # Errors
/// Only the machine's: what the file is to blame for is in `findings`.
pub fn read(
    from: impl Read,
    name: &str,
    budget: &mut Budget,
    findings: &mut Findings,
) -> io::Result<Vec<WarcRecord>> {
    let is_packed = name.ends_with(".gz");
    let mut from = Counted { from: BufReader::with_capacity(PIECE_BYTES, from), at: 0 };
    let mut records = Vec::new();
    loop {
        let offset = from.at;
        match from.fill_buf() {
            Ok([]) => return Ok(records),
            Ok(_) if records.len() >= ENTRIES => {
                findings.push(Finding::error(name, &kinds::TOO_MANY, &[&ENTRIES.to_string()]));
                return Ok(records);
            }
            Ok(_) => {}
            Err(error) => return told(error, offset, name, findings).map(|()| records),
        }
        let read = if is_packed { member(&mut from, budget) } else { plain(&mut from, budget) };
        let mut wrong = |what: &str| {
            findings.push(Finding::error(name, &kinds::RECORD, &[&offset.to_string(), what]));
        };
        match read {
            Ok((record, faults)) => {
                faults.iter().for_each(|fault| wrong(fault));
                records.push(WarcRecord { offset, length: from.at - offset, ..record });
            }
            Err(Wrong::Here(what)) => {
                wrong(&what);
                return Ok(records);
            }
            Err(Wrong::Reading(error)) => return told(error, offset, name, findings).map(|()| records),
        }
    }
}

fn told(error: io::Error, offset: u64, name: &str, findings: &mut Findings) -> io::Result<()> {
    match fault::finding(&error, name) {
        Some(finding) if error.get_ref().is_some_and(|e| e.is::<fault::Fault>()) => findings.push(finding),
        Some(_) => findings.push(Finding::error(name, &kinds::RECORD, &[&offset.to_string(), "gzip"])),
        None => return Err(error),
    }
    Ok(())
}

/// A record that is a gzip member of its own.
fn member<R: Read>(from: &mut Counted<R>, budget: &mut Budget) -> Result<(WarcRecord, Vec<String>), Wrong> {
    let unpacked = budget.limit(GzDecoder::new(from));
    let mut unpacked = BufReader::with_capacity(PIECE_BYTES, unpacked);
    let (record, mut faults) = warc_record::read(&mut unpacked)?;
    // The member ends with its record; reading on to the end also has its CRC checked.
    let rest = io::copy(&mut unpacked, &mut io::sink()).map_err(Wrong::Reading)?;
    if rest > 0 {
        faults.push("gzip: 1 member ≠ 1 record".to_owned());
    }
    Ok((record, faults))
}

fn plain<R: Read>(from: &mut Counted<R>, budget: &mut Budget) -> Result<(WarcRecord, Vec<String>), Wrong> {
    let start = from.at;
    let read = warc_record::read(from)?;
    budget.left = budget.left.saturating_sub(from.at - start);
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_is_cut_where_the_budget_ends() {
        let mut budget = Budget::new(1_000);
        let mut limited = budget.limit(io::repeat(0));
        let error = io::copy(&mut limited, &mut io::sink()).expect_err("it has no end");
        let finding = fault::finding(&error, "a.warc.gz").expect("the file is to blame");
        assert_eq!(finding.code(), "too-large");
    }

    #[test]
    fn a_member_of_zeros_is_no_record() {
        let mut findings = Findings::default();
        let records =
            read(&b"\x1f\x8b\x08\0\0\0\0\0\0\0garbage"[..], "a.warc.gz", &mut Budget::new(99), &mut findings);
        assert_eq!(records.expect("memory can be read").len(), 0);
        assert_eq!(findings.into_list()[0].code(), "record");
    }
}

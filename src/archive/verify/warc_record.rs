//! One record of a WARC: its version, named fields, block and the two line breaks after it.

use std::io::{self, BufRead};

use super::hash::{self, Algorithm};
use super::limit::{HEADER_BYTES, PIECE_BYTES};
use crate::digest::{Digest, digest};

/// What an index may say of a record.
#[derive(Debug, Clone)]
pub struct WarcRecord {
    /// Where it begins in the file.
    pub offset: u64,
    /// Its length in the file.
    pub length: u64,
    /// The digest of its address.
    pub address: Digest,
    /// Its date in 14 digits.
    pub date: String,
    /// The digest of its payload without the algorithm's name, in lower case.
    pub payload: Option<String>,
    /// Whether replay looks for it: a response, a resource, a revisit.
    pub is_page: bool,
}

/// Why no further record can be read.
#[derive(Debug)]
pub enum Wrong {
    /// The record's own fault, named by the field or sign that is wrong.
    Here(String),
    /// What lies below failed.
    Reading(io::Error),
}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        Self::Reading(error)
    }
}

/// Fields that are read; each may stand once.
const FIELDS: [&str; 8] = [
    "warc-type",
    "warc-record-id",
    "warc-date",
    "content-length",
    "warc-target-uri",
    "warc-block-digest",
    "warc-payload-digest",
    "content-type",
];

#[derive(Debug, Default)]
struct Fields([Option<String>; FIELDS.len()]);

impl Fields {
    fn get(&self, name: &str) -> Option<&str> {
        let at = FIELDS.iter().position(|field| *field == name)?;
        self.0[at].as_deref()
    }
}

/// Reads a record to its end; returns it without its place, and what is wrong with it though the next one can be found.
pub fn read(from: &mut impl BufRead) -> Result<(WarcRecord, Vec<String>), Wrong> {
    let fields = fields(from)?;
    let mut faults = Vec::new();
    for name in ["warc-type", "warc-record-id", "warc-date"] {
        if fields.get(name).is_none_or(str::is_empty) {
            faults.push(name.to_owned());
        }
    }
    let length = fields.get("content-length").filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
    let length: u64 = length.and_then(|d| d.parse().ok()).ok_or_else(|| here("content-length"))?;
    block(from, length, &fields, &mut faults)?;
    let mut end = [0; 4];
    from.read_exact(&mut end).map_err(|e| short(e, "content-length"))?;
    if end != *b"\r\n\r\n" {
        return Err(here("content-length"));
    }
    let address = fields.get("warc-target-uri").unwrap_or_default();
    let address = address.strip_prefix('<').and_then(|a| a.strip_suffix('>')).unwrap_or(address);
    let date = fields.get("warc-date").unwrap_or_default();
    let payload = fields.get("warc-payload-digest").map(|d| bare(d).to_ascii_lowercase());
    let is_page = matches!(fields.get("warc-type"), Some("response" | "resource" | "revisit"));
    let date = date.chars().filter(char::is_ascii_digit).take(14).collect();
    let address = digest(address.as_bytes());
    Ok((WarcRecord { offset: 0, length: 0, address, date, payload, is_page }, faults))
}

/// A digest without the name of its algorithm.
pub fn bare(digest: &str) -> &str {
    digest.rsplit(':').next().unwrap_or(digest)
}

fn here(what: &str) -> Wrong {
    Wrong::Here(what.to_owned())
}

/// An end that comes too early is the fault of what was promised.
fn short(error: io::Error, what: &str) -> Wrong {
    if error.kind() == io::ErrorKind::UnexpectedEof
        && error.get_ref().is_none_or(|e| e.to_string().contains("fill whole"))
    {
        return here(what);
    }
    Wrong::Reading(error)
}

fn fields(from: &mut impl BufRead) -> Result<Fields, Wrong> {
    let (mut fields, mut left) = (Fields::default(), HEADER_BYTES);
    let version = line(from, &mut left)?;
    if !matches!(version.as_str(), "WARC/1.0" | "WARC/1.1") {
        return Err(here("WARC/1.1"));
    }
    let mut last = None;
    loop {
        let line = line(from, &mut left)?;
        if line.is_empty() {
            return Ok(fields);
        }
        if line.starts_with([' ', '\t']) {
            if let Some(value) = last.and_then(|at: usize| fields.0[at].as_mut()) {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| here("header"))?;
        let name = name.to_ascii_lowercase();
        last = FIELDS.iter().position(|field| *field == name);
        if let Some(at) = last
            && fields.0[at].replace(value.trim().to_owned()).is_some()
        {
            return Err(here(&format!("{name} × 2")));
        }
    }
}

/// A line that CRLF ends, of what is `left` for the header.
fn line(from: &mut impl BufRead, left: &mut usize) -> Result<String, Wrong> {
    let mut line = Vec::new();
    loop {
        let piece = from.fill_buf()?;
        let end = piece.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(piece.len(), |at| at + 1);
        if taken == 0 || taken > *left {
            return Err(here("header"));
        }
        line.extend_from_slice(&piece[..taken]);
        *left -= taken;
        from.consume(taken);
        if end.is_some() {
            let line = line.strip_suffix(b"\r\n").ok_or_else(|| here("header"))?;
            return String::from_utf8(line.to_vec()).map_err(|_| here("header: UTF-8"));
        }
    }
}

/// Reads the block and compares its digests.
fn block(
    from: &mut impl BufRead,
    length: u64,
    fields: &Fields,
    faults: &mut Vec<String>,
) -> Result<(), Wrong> {
    let mut said = |name: &str| {
        let written = fields.get(name)?;
        let parsed = parse(written);
        if parsed.is_none() && is_known(written) {
            faults.push(name.to_owned());
        }
        parsed
    };
    let (whole, payload) = (said("warc-block-digest"), said("warc-payload-digest"));
    let is_http = fields.get("content-type").is_some_and(|kind| kind.starts_with("application/http"));
    // The payload of a revisit stands elsewhere; what it is for other types is for nobody to check.
    let payload =
        payload.filter(|_| matches!(fields.get("warc-type"), Some("response" | "resource" | "request")));
    let mut whole = whole.map(|(algorithm, said)| (algorithm.begin(), said));
    let mut payload = payload.map(|(algorithm, said)| (algorithm.begin(), said));
    let (mut head, mut in_head) = (Head::default(), is_http);
    let (mut left, mut buffer) = (length, vec![0; PIECE_BYTES]);
    while left > 0 {
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let read = from.read(&mut buffer[..wanted])?;
        if read == 0 {
            return Err(here("content-length"));
        }
        left -= read as u64;
        let mut piece = &buffer[..read];
        if let Some((hasher, _)) = &mut whole {
            hasher.update(piece);
        }
        if in_head {
            let taken = head.take(piece);
            in_head = taken == piece.len() && !head.is_over;
            piece = &piece[taken..];
        }
        if let Some((hasher, _)) = &mut payload {
            hasher.update(piece);
        }
    }
    if let Some((hasher, said)) = whole
        && *hasher.finalize() != *said
    {
        faults.push("WARC-Block-Digest".to_owned());
    }
    // Some write the digest of what a chunked transfer carries, some of the chunks.
    if let Some((hasher, said)) = payload
        && *hasher.finalize() != *said
        && !head.is_chunked()
    {
        faults.push("WARC-Payload-Digest".to_owned());
    }
    Ok(())
}

/// The head of an HTTP message, up to its empty line.
#[derive(Debug, Default)]
struct Head {
    text: Vec<u8>,
    line: usize,
    is_over: bool,
}

impl Head {
    /// Takes what of `piece` belongs to the head; returns how much that is.
    fn take(&mut self, piece: &[u8]) -> usize {
        for (at, byte) in piece.iter().enumerate() {
            if self.text.len() < HEADER_BYTES {
                self.text.push(byte.to_ascii_lowercase());
            }
            match byte {
                b'\n' if self.line == 0 => {
                    self.is_over = true;
                    return at + 1;
                }
                b'\n' => self.line = 0,
                b'\r' => {}
                _ => self.line += 1,
            }
        }
        piece.len()
    }

    fn is_chunked(&self) -> bool {
        let text = String::from_utf8_lossy(&self.text);
        text.lines().any(|line| line.starts_with("transfer-encoding:") && line.contains("chunked"))
    }
}

fn algorithm(digest: &str) -> Option<Algorithm> {
    Algorithm::parse(&digest.split_once(':')?.0.to_ascii_lowercase().replace('-', ""))
}

fn is_known(digest: &str) -> bool {
    algorithm(digest).is_some() || !digest.contains(':')
}

/// A digest as WARC writes it: the algorithm, then base32 or hexadecimal digits.
fn parse(digest: &str) -> Option<(Algorithm, Vec<u8>)> {
    let algorithm = algorithm(digest)?;
    let digits = bare(digest);
    let hex = hash::from_hex(digits.as_bytes()).filter(|bytes| bytes.len() == algorithm.bytes());
    let bytes = hex.or_else(|| hash::from_base32(digits))?;
    (bytes.len() == algorithm.bytes()).then_some((algorithm, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_read_in_both_writings() {
        let bytes = |text: &str| parse(text).map(|(algorithm, bytes)| (algorithm, bytes.len()));
        assert_eq!(bytes("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"), Some((Algorithm::Sha1, 20)));
        assert_eq!(bytes(&format!("sha-256:{}", "0".repeat(64))), Some((Algorithm::Sha256, 32)));
        assert_eq!((bytes("sha1:3I42"), bytes("x:00")), (None, None));
    }

    #[test]
    fn a_record_is_as_long_as_it_says() {
        let record = |length: &str| {
            let text = format!(
                "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x>\r\nWARC-Date: 2026-01-02T03:04:05Z\r\nContent-Length: {length}\r\n\r\nabc\r\n\r\n"
            );
            read(&mut text.as_bytes())
        };
        let (good, faults) = record("3").expect("it is as long as it says");
        assert_eq!((good.date.as_str(), faults.len()), ("20260102030405", 0));
        for length in ["2", "4", "7", "8", "18446744073709551616", "-1", "", "+3"] {
            assert!(matches!(record(length), Err(Wrong::Here(what)) if what == "content-length"), "{length}");
        }
    }
}

//! Indexes and page lists of a WACZ: each line names a record that is there, in order.

use std::collections::BTreeSet;
use std::io::{self, Read};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::finding::{Finding, Findings, kinds};
use super::limit::JSON_LINE_BYTES;
use super::line::Lines;
use super::warc_record::{WarcRecord, bare};
use crate::digest::digest;

/// The records of a WARC, by the name that indexes use.
#[derive(Debug)]
pub struct Warc {
    /// Its path.
    pub path: String,
    /// Sorted by offset.
    pub records: Vec<WarcRecord>,
}

/// A number, which some write as text.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Number {
    Bare(u64),
    Text(String),
}

impl Number {
    fn value(&self) -> Option<u64> {
        match self {
            Self::Bare(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
        }
    }
}

/// What the JSON of a CDXJ line says of the record that was captured.
#[derive(Debug, Deserialize)]
struct Capture {
    url: String,
    filename: String,
    offset: Number,
    length: Number,
    digest: Option<String>,
}

/// Which records some index names.
pub type Indexed = BTreeSet<(usize, usize)>;

/// Reads the index `name` and compares its lines with the records.
///
/// # Errors
/// The reader's, whoever is to blame.
pub fn read(
    from: impl Read,
    name: &str,
    warcs: &[Warc],
    indexed: &mut Indexed,
    findings: &mut Findings,
) -> io::Result<()> {
    let (mut lines, mut line, mut last) = (Lines::new(from, JSON_LINE_BYTES), Vec::new(), Vec::new());
    while lines.next(&mut line)?.is_some() {
        if line.is_empty() || line.starts_with(b"!") {
            continue;
        }
        let number = lines.number.to_string();
        if line < last {
            findings.push(Finding::error(name, &kinds::UNSORTED, &[&number]));
        }
        match capture(&line).and_then(|(date, capture)| find(&capture, date, warcs)) {
            Ok(found) => _ = indexed.insert(found),
            Err(what) => findings.push(Finding::error(name, &kinds::INDEX, &[&number, &what])),
        }
        std::mem::swap(&mut line, &mut last);
    }
    Ok(())
}

fn capture(line: &[u8]) -> Result<(&str, Capture), String> {
    let text = std::str::from_utf8(line).map_err(|_| "UTF-8".to_owned())?;
    let mut parts = text.splitn(3, ' ');
    let (_, date, json) = (parts.next(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    serde_json::from_str(json).map(|capture| (date, capture)).map_err(|error| error.to_string())
}

/// The record that a line means: the number of its WARC and its own.
fn find(capture: &Capture, date: &str, warcs: &[Warc]) -> Result<(usize, usize), String> {
    let is_named = |warc: &Warc| {
        warc.path == capture.filename || warc.path.strip_prefix("archive/") == Some(capture.filename.as_str())
    };
    let file = warcs.iter().position(is_named).ok_or_else(|| format!("filename {}", capture.filename))?;
    let records = &warcs[file].records;
    let (Some(offset), Some(length)) = (capture.offset.value(), capture.length.value()) else {
        return Err("offset".to_owned());
    };
    let at = records.binary_search_by_key(&offset, |record| record.offset);
    let at = at.map_err(|_| format!("offset {offset}"))?;
    let record = &records[at];
    let agree = |what: &str, is_same: bool| if is_same { Ok(()) } else { Err(what.to_owned()) };
    agree(&format!("length {length} ≠ {}", record.length), record.length == length)?;
    // What was sent in a form is written into the address of the index, not into that of the record.
    let is_posted = capture.url.contains("__wb_method=");
    agree(&format!("url {}", capture.url), is_posted || record.address == digest(capture.url.as_bytes()))?;
    agree(&format!("date {date}"), date.len() == 14 && record.date == date)?;
    let said = capture.digest.as_deref().map(|d| bare(d).to_ascii_lowercase());
    let is_same = said.is_none() || record.payload.is_none() || said == record.payload;
    agree("digest", is_same)?;
    Ok((file, at))
}

/// A line of a list of pages; the first one has no address.
#[derive(Debug, Deserialize)]
struct Page {
    url: Option<String>,
    format: Option<IgnoredAny>,
}

/// Reads the list of pages `name`.
///
/// # Errors
/// The reader's, whoever is to blame.
pub fn read_pages(from: impl Read, name: &str, findings: &mut Findings) -> io::Result<()> {
    let (mut lines, mut line) = (Lines::new(from, JSON_LINE_BYTES), Vec::new());
    while lines.next(&mut line)?.is_some() {
        if line.is_empty() {
            continue;
        }
        let is_first = lines.number == 1;
        let page = serde_json::from_slice::<Page>(&line);
        let is_right =
            page.is_ok_and(|page| if is_first { page.format.is_some() } else { page.url.is_some() });
        if !is_right {
            findings.push(Finding::error(name, &kinds::LINE, &[&lines.number.to_string()]));
        }
    }
    Ok(())
}

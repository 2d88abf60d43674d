//! What a bag says of itself: `bagit.txt` (RFC 8493, 2.1.1) and `bag-info.txt` (2.2.2).

use super::finding::{Finding, Findings, kinds};
use super::limit::{INFO_BYTES, LINE_BYTES};
use super::line::Lines;
use super::tree::Tree;
use crate::fs::Failure;

/// Bytes of a bag declaration: two short lines.
const DECLARATION_BYTES: u64 = 1_024;

/// The program that makes our bags, as they name it.
const AGENT: &str = "nhiemky";

/// What was read of a bag's description.
#[derive(Debug, Default)]
pub struct Info {
    /// Whether this program made the bag.
    pub is_ours: bool,
    /// Bytes and number of the files of the payload, as written.
    pub oxum: Option<(u64, u64)>,
}

/// Checks the declaration; returns whether the bag is of version 0.97.
pub fn check_declaration(tree: &Tree, findings: &mut Findings) -> Result<bool, Failure> {
    const NAME: &str = "bagit.txt";
    let Some(at) = tree.find(NAME) else {
        findings.push(Finding::error(NAME, &kinds::ABSENT, &[]));
        return Ok(false);
    };
    let bytes = match tree.bytes(at, DECLARATION_BYTES)? {
        Ok(bytes) => bytes,
        Err(finding) => {
            findings.push(finding);
            return Ok(false);
        }
    };
    if bytes.starts_with(b"\xef\xbb\xbf") || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
    {
        findings.push(Finding::error(NAME, &kinds::BOM, &[]));
        return Ok(false);
    }
    let Some((version, charset)) = declared(&bytes) else {
        findings.push(Finding::error(NAME, &kinds::DECLARATION, &[]));
        return Ok(false);
    };
    if !matches!(version.as_str(), "0.97" | "1.0") {
        findings.push(Finding::error(NAME, &kinds::VERSION, &[&version]));
    }
    if !charset.eq_ignore_ascii_case("utf-8") {
        findings.push(Finding::error(NAME, &kinds::CHARSET, &[&charset]));
    }
    Ok(version == "0.97")
}

/// Version and encoding, from exactly two lines.
fn declared(bytes: &[u8]) -> Option<(String, String)> {
    let text = std::str::from_utf8(bytes).ok()?.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = text.strip_suffix('\n').unwrap_or(&text).split('\n');
    let version = lines.next()?.strip_prefix("BagIt-Version: ")?;
    let charset = lines.next()?.strip_prefix("Tag-File-Character-Encoding: ")?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (major, minor) = version.split_once('.')?;
    let is_word = !charset.is_empty() && charset.bytes().all(|b| b.is_ascii_graphic());
    let is_exact = lines.next().is_none() && is_number(major) && is_number(minor) && is_word;
    is_exact.then(|| (version.to_owned(), charset.to_owned()))
}

/// Reads the description, which a bag need not have.
pub fn read_info(tree: &Tree, is_old: bool, findings: &mut Findings) -> Result<Info, Failure> {
    const NAME: &str = "bag-info.txt";
    let mut info = Info::default();
    let Some(at) = tree.find(NAME) else { return Ok(info) };
    let bytes = match tree.bytes(at, INFO_BYTES)? {
        Ok(bytes) => bytes,
        Err(finding) => {
            findings.push(finding);
            return Ok(info);
        }
    };
    let text = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => {
            findings.push(Finding::error(NAME, &kinds::BOM, &[]));
            rest
        }
        None => &bytes,
    };
    let (mut lines, mut line) = (Lines::new(text, LINE_BYTES), Vec::new());
    let (mut last, mut oxums): (Option<(String, String)>, Vec<String>) = (None, Vec::new());
    loop {
        match lines.next(&mut line) {
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(error) => {
                findings.push(tree.blame(error, at)?);
                break;
            }
        }
        let number = lines.number.to_string();
        let Ok(text) = std::str::from_utf8(&line) else {
            findings.push(Finding::error(NAME, &kinds::ENCODING, &[&number]));
            continue;
        };
        match (text.starts_with([' ', '\t']), &mut last) {
            (true, Some((_, value))) if value.len() < LINE_BYTES => value.push_str(text),
            (true, Some(_)) => {}
            // Nothing in an empty line can be lost; some tools end the file with one.
            (false, _) if text.is_empty() => {}
            (true, None) => findings.push(Finding::error(NAME, &kinds::LINE, &[&number])),
            (false, _) => {
                settle(last.take(), &mut info, &mut oxums);
                last = element(text, is_old);
                if last.is_none() {
                    findings.push(Finding::error(NAME, &kinds::LINE, &[&number]));
                }
            }
        }
    }
    settle(last, &mut info, &mut oxums);
    if oxums.len() > 1 {
        findings.push(Finding::error(NAME, &kinds::REPEATED, &["Payload-Oxum"]));
    }
    info.oxum = oxums.first().and_then(|oxum| parse_oxum(oxum));
    if let (Some(oxum), None) = (oxums.first(), info.oxum) {
        findings.push(Finding::error(NAME, &kinds::OXUM, &[oxum, "byte.count"]));
    }
    Ok(info)
}

/// A label and its value. Before 1.0 blanks were allowed around the colon.
fn element(line: &str, is_old: bool) -> Option<(String, String)> {
    let (label, value) = line.split_once(':')?;
    let label = if is_old { label.trim_end_matches([' ', '\t']) } else { label };
    let is_label = !label.is_empty() && !label.ends_with([' ', '\t']);
    is_label.then(|| (label.to_ascii_lowercase(), value.to_owned()))
}

fn settle(element: Option<(String, String)>, info: &mut Info, oxums: &mut Vec<String>) {
    let Some((label, value)) = element else { return };
    match label.as_str() {
        "payload-oxum" => oxums.push(value.trim().to_owned()),
        "bag-software-agent" => {
            let agent = value.trim_start();
            let rest = agent.strip_prefix(AGENT);
            info.is_ours |= rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
        }
        _ => {}
    }
}

fn parse_oxum(text: &str) -> Option<(u64, u64)> {
    let number =
        |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
    let (bytes, count) = text.split_once('.')?;
    Some((number(bytes)?, number(count)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_is_two_exact_lines() {
        let version = |text: &str| declared(text.as_bytes()).map(|(version, _)| version);
        let good = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
        for text in [good, &good.replace('\n', "\r\n"), &good.replace('\n', "\r"), good.trim_end()] {
            assert_eq!(version(text).as_deref(), Some("1.0"), "{text:?}");
        }
        let bad = [
            "",
            "BagIt-Version: 1.0\n",
            "BagIt-Version:1.0\nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version: one\nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n",
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n\n",
        ];
        for text in bad {
            assert_eq!(version(text), None, "{text:?}");
        }
    }

    #[test]
    fn labels_and_sums() {
        assert!(element("A : b", true).is_some() && element("A : b", false).is_none());
        assert!(element("A:b", false).is_some() && element(": b", true).is_none());
        assert_eq!(parse_oxum("12.3"), Some((12, 3)));
        assert_eq!((parse_oxum("12"), parse_oxum("+1.2"), parse_oxum("1.2.3")), (None, None, None));
    }
}

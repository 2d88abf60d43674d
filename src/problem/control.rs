//! Control characters, which no text may hold (content format, section 7): typed, or written as an escape in double quotes.
//!
//! Most come from pasting; `"C:\bao-cao"` makes one in YAML and TOML, where `\b` is a backspace. The tab and the line feed are none.

use super::{Finding, Problems};
use crate::source::{FileId, Span};
use crate::yaml::escape;

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// Adds a problem for every run of control characters that is typed in a text.
pub fn typed(file: FileId, text: &str, problems: &mut Problems) {
    let (bytes, mut seen) = (text.as_bytes(), 0);
    for (number, block) in bytes.chunks(BLOCK).enumerate() {
        // Nearly no text has one.
        if !block.iter().fold(false, |is_any, byte| is_any | may_begin(*byte)) {
            continue;
        }
        for at in (number * BLOCK..number * BLOCK + block.len()).filter(|at| may_begin(bytes[*at])) {
            let run = text[at..].chars().take_while(|c| is_control(*c));
            let length: usize = if at < seen { 0 } else { run.map(char::len_utf8).sum() };
            if let Some(first) = text[at..].chars().next().filter(|_| length > 0) {
                seen = at + length;
                problems.add(finding(first), Span::bytes(file, at, seen));
            }
        }
    }
}

/// Adds a problem for every escape that makes a control character in a text in double quotes, which stands in the file from the
/// byte `at` on.
pub fn escaped(file: FileId, quoted: &str, at: usize, problems: &mut Problems) {
    for (range, made) in escape::escapes(quoted).filter(|(_, made)| is_control(*made)) {
        problems.add(finding(made), Span::bytes(file, at + range.start, at + range.end));
    }
}

/// Whether no text may hold a character.
pub fn is_control(c: char) -> bool {
    c.is_control() && c != '\t' && c != '\n'
}

/// What is said of a control character.
pub fn finding(c: char) -> Finding {
    Finding::Control { code: format!("U+{:04X}", u32::from(c)) }
}

/// Whether a control character may begin with a byte: those of ASCII, and the first byte of U+0080 to U+009F.
fn may_begin(byte: u8) -> bool {
    ((byte < 0x20) & (byte != b'\t') & (byte != b'\n')) | (byte == 0x7f) | (byte == 0xc2)
}

//! Names that strangers give to files: which are refused, which are only worth a note, which are one name on some system.

use super::finding::{Kind, kinds};
use crate::path::name::is_device;
use crate::vietnamese::nfc;

/// Bytes of a path, and of one of its parts.
const PATH_BYTES: usize = 4_096;
const PART_BYTES: usize = 255;

/// Levels of folders.
const LEVELS: usize = 64;

/// Why a path may not be in an archive; `None` where it may. It is to be relative, parted by `/`.
pub fn fault(path: &str) -> Option<&'static Kind> {
    let is_drive =
        path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    if path.is_empty() || path.starts_with(['/', '\\', '~']) || is_drive {
        return Some(&kinds::TRAVERSAL);
    }
    if path.split(['/', '\\']).any(|part| matches!(part, "" | "." | "..")) {
        return Some(&kinds::TRAVERSAL);
    }
    if path.contains(|c: char| c == '\\' || is_steering(c)) {
        return Some(&kinds::NAME);
    }
    if path.len() > PATH_BYTES
        || path.matches('/').count() > LEVELS
        || path.split('/').any(|part| part.len() > PART_BYTES)
    {
        return Some(&kinds::LONG_NAME);
    }
    let is_reserved = |part: &str| part.ends_with(['.', ' ']) || is_device(part);
    path.split('/').any(is_reserved).then_some(&kinds::RESERVED)
}

/// Whether a path that may be in an archive cannot be written by some systems. A line break in a name is allowed by the
/// RFC, which has an escape for it; it is shown as one.
pub fn is_unportable(path: &str) -> bool {
    path.contains(|c: char| matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') || c.is_control())
}

/// Characters that may not stand in the name of a file on every system, or on any terminal.
pub fn is_unfit(c: char) -> bool {
    is_steering(c) || c == '\\' || is_unportable(c.encode_utf8(&mut [0; 4]))
}

/// Characters that steer a terminal or turn the direction of writing; line breaks are judged elsewhere.
fn is_steering(c: char) -> bool {
    (c.is_control() && !matches!(c, '\r' | '\n'))
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The form in which two paths are one on some system: composed and in lower case. A zero byte stands for `/`, so that what
/// lies in a folder follows right after its name when keys are sorted.
pub fn key(path: &str) -> String {
    let folded = match path.is_ascii() {
        true => path.to_ascii_lowercase(),
        false => nfc::nfc(&nfc::nfc(path).to_lowercase()).into_owned(),
    };
    folded.replace('/', "\0")
}

/// Whether two paths differ only in the form of their marks.
pub fn is_same_text(one: &str, other: &str) -> bool {
    nfc::nfc(one) == nfc::nfc(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_bag_steers_or_is_reserved_is_refused() {
        let code = |path: &str| fault(path).map(|kind| kind.code);
        for path in [
            "",
            "/a",
            "../a",
            "data/../a",
            "data//a",
            "data/./a",
            "C:/a",
            "c:a",
            "\\\\h\\a",
            "data\\..\\a",
            "~/a",
            "data/",
        ] {
            assert_eq!(code(path), Some("unsafe-path"), "{path}");
        }
        for path in ["data/a\\b", "data/\u{1b}[2J", "data/a\0", "data/\u{202e}gpj.exe", "data/\u{85}"] {
            assert_eq!(code(path), Some("unsafe-name"), "{path:?}");
        }
        for path in [
            "data/CON",
            "data/aux.txt",
            "data/Lpt1.tar.gz",
            "data/COM¹",
            "data/a.",
            "data/b /c",
            "data/nul .x",
        ] {
            assert_eq!(code(path), Some("reserved-name"), "{path}");
        }
        assert_eq!(code(&"x".repeat(256)), Some("long-name"));
        for path in [
            "data/báo cáo.pdf",
            "data/console",
            "data/com10",
            "data/a..b",
            "data/a\nb",
            "data/10:30",
            "data/.x",
        ] {
            assert_eq!(code(path), None, "{path}");
        }
        assert!(is_unportable("data/a\nb") && is_unportable("data/10:30") && !is_unportable("data/đ"));
    }

    #[test]
    fn case_and_form_of_marks_do_not_part_names() {
        assert_eq!(key("data/BÁO"), key("data/ba\u{301}o"));
        assert!(is_same_text("data/á", "data/a\u{301}") && !is_same_text("data/á", "data/Á"));
    }
}

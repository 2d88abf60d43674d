//! Attachments: files that a page may link to, known by their first bytes as well as their name (content format, section 1).

use crate::problem::{Finding, Problem, Problems};
use crate::source::{Asset, Sources};

/// Every type that is taken: its extension and how its bytes begin.
const TYPES: &[(&str, Magic)] = &[
    ("png", Magic::At(0, &[b"\x89PNG\r\n\x1a\n"])),
    ("jpg", Magic::At(0, &[b"\xff\xd8\xff"])),
    ("jpeg", Magic::At(0, &[b"\xff\xd8\xff"])),
    ("webp", Magic::At(8, &[b"WEBP"])),
    ("gif", Magic::At(0, &[b"GIF87a", b"GIF89a"])),
    ("avif", Magic::At(4, &[b"ftypavif", b"ftypavis", b"ftypmif1"])),
    ("pdf", Magic::At(0, &[b"%PDF-"])),
    ("csv", Magic::Text),
    ("txt", Magic::Text),
    ("xlsx", Magic::At(0, &[b"PK\x03\x04"])),
    ("docx", Magic::At(0, &[b"PK\x03\x04"])),
    ("pptx", Magic::At(0, &[b"PK\x03\x04"])),
    ("odt", Magic::At(0, &[b"PK\x03\x04"])),
    ("ods", Magic::At(0, &[b"PK\x03\x04"])),
    ("mp3", Magic::At(0, &[b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"])),
    ("m4a", Magic::At(4, &[b"ftyp"])),
    ("mp4", Magic::At(4, &[b"ftyp"])),
];

/// Longest attachment: the preview holds each in memory, and no portal takes a larger one.
pub const MAX_BYTES: u64 = 1 << 30;

/// How the bytes of a type begin.
#[derive(Clone, Copy)]
enum Magic {
    /// With one of these, from an offset.
    At(usize, &'static [&'static [u8]]),
    /// With text: no zero byte.
    Text,
}

/// Reports every file of the content that is too long, of no taken type, or not what its name says.
pub fn check(sources: &Sources) -> Problems {
    let mut problems = Problems::default();
    for (path, asset) in sources.assets.iter().filter(|(path, _)| path.as_str().starts_with("content/")) {
        let name = path.name().to_owned();
        let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
        if asset.bytes > MAX_BYTES {
            problems.push(Problem::at_path(Finding::TooLarge { name, bytes: asset.bytes }, path.as_str()));
            continue;
        }
        let finding = match TYPES.iter().find(|(known, _)| *known == extension) {
            None => Finding::AttachmentType { name },
            Some((_, magic)) if !fits(asset, *magic) => Finding::AttachmentBytes { name },
            Some(_) => continue,
        };
        problems.push(Problem::at_path(finding, path.as_str()));
    }
    problems
}

fn fits(asset: &Asset, magic: Magic) -> bool {
    match magic {
        Magic::At(offset, starts) => {
            asset.head.get(offset..).is_some_and(|head| starts.iter().any(|start| head.starts_with(start)))
        }
        // UTF-16 has a byte-order mark and zero bytes; spreadsheets save it.
        Magic::Text => asset.head.starts_with(&[0xff, 0xfe]) || !asset.head.contains(&0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::ContentPath;

    #[test]
    fn what_the_preview_could_not_hold_is_an_error_of_the_check() {
        let found = |bytes: u64| {
            let mut sources = Sources::default();
            let path = ContentPath::new(["content", "a", "x.mp4"]).expect("the parts are sound");
            let (real, head) = ((&path).into(), b"0000ftyp".to_vec());
            let asset = Asset { real, bytes, digest: [0; 32], head };
            sources.assets.insert(path, asset);
            check(&sources).iter().map(|problem| problem.finding.code()).collect::<Vec<_>>()
        };
        assert_eq!((found(MAX_BYTES), found(MAX_BYTES + 1)), (vec![], vec!["NK109"]));
    }
}

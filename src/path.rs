//! Paths of the content, paths of the output, and addresses: the three kinds of place, none of which can leave its root.
//!
//! A path that is a bare string can hold `..`, a drive letter or an address that runs a script. Each kind here is
//! checked where it is made and trusted afterwards. Slugs come from the `vietnamese` room.

pub mod name;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::vietnamese::{nfc, slug};

/// A file below the project's root, as the author sees it: relative, parted by `/`, in NFC. Two spellings of one name are one
/// path; whoever opens the file needs its [`RealPath`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentPath(Box<str>);

impl ContentPath {
    /// The path made of `parts` in any normal form; `None` where a part is empty, `.` or `..`, or holds a separator or a control
    /// character: no name has one but by mischance or malice, and manifests, front matter and terminals give it a meaning.
    pub fn new<'a>(parts: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let parts: Vec<&str> = parts.into_iter().collect();
        let sign = |c: char| matches!(c, '/' | '\\') || c.is_control();
        let sound = |p: &&str| !p.is_empty() && *p != "." && *p != ".." && !p.contains(sign);
        (!parts.is_empty() && parts.iter().all(sound)).then(|| Self(nfc::nfc(&parts.join("/")).into()))
    }

    /// The whole path with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts from the root down.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// The last part.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The file that `link`, a relative address without query or fragment, means when it stands in this file.
    /// `None` where it would leave the root.
    pub fn join(&self, link: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self.parts().collect();
        parts.pop();
        for part in link.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Self::new(parts)
    }
}

impl fmt::Display for ContentPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file below the project's root as the disk spells it, letter for letter. Only the reader of the project learns it (or what
/// makes files under names of its own), and it goes wherever the file goes: a disk that keeps both normal forms of `ế` apart
/// finds a file by its own spelling alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RealPath(Box<Path>);

impl RealPath {
    /// The file at this path below the root.
    pub fn new(below: &Path) -> Self {
        Self(below.into())
    }

    /// Where to open the file of the project in the folder `root`.
    pub fn in_root(&self, root: &Path) -> PathBuf {
        root.join(&self.0)
    }
}

impl From<&ContentPath> for RealPath {
    /// For a file that is spelled as we do.
    fn from(path: &ContentPath) -> Self {
        Self::new(Path::new(path.as_str()))
    }
}

/// A file of the site as written: relative, ASCII, each part at most [`PART_BYTES`] long and no reserved name. Shared: plan,
/// records and publication hold tens of thousands of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

/// Bytes a part of an output path may have: with a few levels it stays far below the 260 characters of Windows.
const PART_BYTES: usize = 100;

/// As many steps up as pages take.
const UP: &str = "../../../../../../../../";

impl OutputPath {
    /// The one maker of output paths. Each part is slugged on its own, a dot before a known extension is kept, and
    /// names that Windows reserves get a suffix.
    pub fn new<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut path = String::with_capacity(PART_BYTES);
        for part in parts {
            if !path.is_empty() {
                path.push('/');
            }
            add_part(&mut path, part);
        }
        Self(path.into())
    }

    /// A file in this folder: what [`Self::new`] makes of the folder's parts and this one.
    pub fn join(&self, part: &str) -> Self {
        let mut path = String::with_capacity(self.0.len() + PART_BYTES);
        path.push_str(&self.0);
        path.push('/');
        add_part(&mut path, part);
        Self(path.into())
    }

    /// An old address as an author gives it, checked where it was read: of names without a [`name::Fault`], made of bytes that
    /// are [`name::is_published`], ending in `.html`.
    pub fn verbatim(address: &str) -> Self {
        Self(address.into())
    }

    /// The path with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same, to be held by others.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }

    /// A link from the page `from` to this file: relative, naming the file.
    pub fn href_from(&self, from: &OutputPath) -> String {
        let (here, there) = (from.0.as_bytes(), self.0.as_bytes());
        // The folders that both lie in: up to the last slash before the first byte that differs.
        let same = here.iter().zip(there).take_while(|(a, b)| a == b).count();
        let shared = there[..same].iter().rposition(|b| *b == b'/').map_or(0, |i| i + 1);
        let up = here[shared..].iter().filter(|b| **b == b'/').count();
        let mut href = String::with_capacity(3 * up + self.0.len() - shared);
        match UP.get(..3 * up) {
            Some(all) => href.push_str(all),
            None => (0..up).for_each(|_| href.push_str("../")),
        }
        href.push_str(&self.0[shared..]);
        href
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Adds one part to an output path: the stem slugged, the extension (ASCII letters and digits) kept in lower case. A part is
/// never empty.
fn add_part(path: &mut String, text: &str) {
    let known = |e: &str| (1..=8).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric());
    let dot = text.bytes().rposition(|byte| byte == b'.');
    let (stem, extension) = match dot.map(|at| (&text[..at], &text[at + 1..])) {
        Some((stem, e)) if !stem.is_empty() && known(e) => (stem, Some(e)),
        _ => (text, None),
    };
    let start = path.len();
    // Parts are mostly ids, of which tens of thousands are put together.
    if slug::is_own(stem) {
        path.push_str(stem)
    } else {
        path.push_str(&slug::slug(stem))
    }
    path.truncate(start + PART_BYTES - extension.map_or(0, |e| e.len() + 1));
    if name::is_device(&path[start..]) {
        path.push_str("-x");
    }
    if let Some(extension) = extension {
        path.push('.');
        path.extend(extension.chars().map(|c| c.to_ascii_lowercase()));
    }
}

/// An address as it may stand in `href` or `src`: an allowed scheme or relative, percent-encoded, without controls.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Url {
    /// `http`, `https`, `mailto` or `tel`.
    Absolute(String),
    /// Relative to the file it stands in; the path is decoded, the fragment is without `#`.
    Relative {
        /// The path as written, percent-decoded; empty for a bare fragment.
        path: String,
        /// The fragment, if any.
        fragment: Option<String>,
    },
}

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlError {
    /// A scheme that is not allowed (`javascript:`, `data:`, `file:` …).
    Scheme,
    /// `//host/…`: it names another host without saying how to reach it, and breaks under `file:`.
    NoScheme,
    /// A path from the root of a host: the site may stand under any sub-path.
    Rooted,
    /// Nothing at all.
    Empty,
}

/// Bytes that may not stand in an address as they are.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'\\')
    .add(b'^')
    .add(b'{')
    .add(b'|')
    .add(b'}');

impl Url {
    /// The one maker of addresses. `text` has its entities decoded already; controls are dropped, the scheme is
    /// looked at, then everything unsafe is percent-encoded.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let clean: String = text.chars().filter(|c| !c.is_control()).collect();
        let clean = clean.trim();
        match (scheme(clean), clean) {
            (_, "") => Err(UrlError::Empty),
            (Some(s), _) if ["http", "https", "mailto", "tel"].contains(&s.to_ascii_lowercase().as_str()) => {
                Ok(Self::Absolute(utf8_percent_encode(clean, UNSAFE).to_string()))
            }
            (Some(_), _) => Err(UrlError::Scheme),
            (None, c) if c.starts_with("//") || c.starts_with("\\\\") || c.starts_with("/\\") => {
                Err(UrlError::NoScheme)
            }
            (None, c) if c.starts_with(['/', '\\']) => Err(UrlError::Rooted),
            (None, c) => {
                let (path, fragment) = c.split_once('#').map_or((c, None), |(p, f)| (p, Some(decode(f))));
                Ok(Self::Relative { path: decode(path), fragment })
            }
        }
    }
}

/// `text` with its percent-escapes decoded, where that gives UTF-8.
fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Into::into)
}

/// The scheme of an address by RFC 3986, section 3.1; `None` for a relative one.
fn scheme(text: &str) -> Option<&str> {
    let end = text.find([':', '/', '?', '#']).filter(|&i| text.as_bytes()[i] == b':')?;
    let scheme = &text[..end];
    let letters = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    (letters && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_and_name_the_file() {
        let path = |s: &str| OutputPath::new(s.split('/'));
        let href = |from: &str, to: &str| path(to).href_from(&path(from));
        assert_eq!(href("index.html", "bai-hoc/index.html"), "bai-hoc/index.html");
        assert_eq!(href("a/b/c.html", "a/d.html"), "../d.html");
        assert_eq!(href("a/b.html", "a/b.html"), "b.html");
        assert_eq!(href("a/index.html", "index.html"), "../index.html");
    }

    #[test]
    fn output_paths_are_ascii_and_never_reserved() {
        assert_eq!(OutputPath::new(["Số liệu 2020.XLSX"]).as_str(), "so-lieu-2020.xlsx");
        assert_eq!(OutputPath::new(["con", "..", "com1.pdf"]).as_str(), "con-x/muc/com1-x.pdf");
        assert_eq!(OutputPath::new(["con", ".."]).join("com1.pdf").as_str(), "con-x/muc/com1-x.pdf");
    }

    #[test]
    fn addresses_that_could_harm_are_refused() {
        assert_eq!(Url::parse("java\u{0}script:alert(1)"), Err(UrlError::Scheme));
        assert_eq!(Url::parse(" data:text/html,x"), Err(UrlError::Scheme));
        assert_eq!(Url::parse("//host/x"), Err(UrlError::NoScheme));
        assert_eq!(Url::parse("/x"), Err(UrlError::Rooted));
        assert_eq!(Url::parse("https://a.vn/\"x"), Ok(Url::Absolute("https://a.vn/%22x".into())));
        let relative = Url::Relative { path: "a b.md".into(), fragment: Some("x".into()) };
        assert_eq!(Url::parse("a%20b.md#x"), Ok(relative));
    }

    #[test]
    fn content_paths_cannot_leave_their_root() {
        let here = ContentPath::new(["content", "a", "b.md"]).expect("the parts are sound");
        assert_eq!(here.join("../c/d.md").expect("stays inside").as_str(), "content/c/d.md");
        assert_eq!(here.join("../../../x"), None);
        for wrong in ["..", ".", "", "b/c", "b\\c", "b\0", "b\n", "b\u{1b}[31m", "b\u{85}"] {
            assert_eq!(ContentPath::new(["a", wrong]), None, "{wrong:?}");
        }
    }

    #[test]
    fn both_forms_of_a_name_are_one_content_path() {
        let here = ContentPath::new(["content", "a.md"]).expect("the parts are sound");
        let decomposed = "\u{111}e\u{302}\u{300}-a\u{301}n.pdf";
        assert_eq!(here.join("đề-án.pdf"), here.join(decomposed));
        let Ok(Url::Relative { path, .. }) = Url::parse("%C4%91e%CC%82%CC%80-a%CC%81n.pdf") else {
            panic!("a relative address");
        };
        assert_eq!(here.join(&path).expect("stays inside").as_str(), "content/đề-án.pdf");
    }
}

//! Reading a project: `site.toml`, `content/**` and `themes/**` become [`Sources`] (content format, section 1).
//!
//! Regular files only; links, special files, broken names and broken texts are refused by name, so that the author hears
//! of them, while what the disk refuses is a [`Failure`]: never fewer pages in silence. Files are read on all cores; the
//! result does not show in which order.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::stamp::Mark;
use super::walk::{self, Entry, Kind};
use super::{Action, Failure, digest, file};
use crate::path::{ContentPath, RealPath};
use crate::source::{Asset, Refused, Source, Sources};
use crate::vietnamese::utf8;

/// The folders of a project whose files are read.
pub const FOLDERS: [&str; 2] = ["content", "themes"];

/// The file that makes a folder a project.
pub const CONFIG: &str = "site.toml";

/// Names that begin so are litter: hidden files (`.git`, `.DS_Store`), and `~$`, which Office puts beside an open document.
pub const LITTER_PREFIXES: [&str; 2] = [".", "~$"];
/// Names that end so, in any case, are litter: safety copies and half-written files of editors and browsers.
pub const LITTER_SUFFIXES: [&str; 4] = ["~", ".tmp", ".bak", ".swp"];
/// Names that are litter, in any case: what Windows notes about a folder.
pub const LITTER_NAMES: [&str; 2] = ["thumbs.db", "desktop.ini"];

/// Largest text: a body of 4 MB, front matter of 256 kB (content format, section 1) and the lines around it.
pub const TEXT_BYTES: u64 = 4 * 1024 * 1024 + 256 * 1024 + 64;

/// Endings of the texts of a theme; everything else in it is copied as it is.
const THEME_TEXTS: [&str; 6] = ["html", "css", "toml", "js", "svg", "txt"];

/// Bytes of an asset by which its type is told; the longest mark of the types we know ends at byte 60 (`mimetype` in ODF).
const HEAD_BYTES: u64 = 64;

/// Reads the project in the folder `root`. Missing folders are empty; a missing root is a failure.
pub fn read_site(root: &Path) -> Result<Sources, Failure> {
    let found = look(root)?;
    let read = found.files.par_iter().map(|(below, path)| {
        let (_, content) = read(root, below, path)?;
        Ok::<_, Failure>((path.clone(), content))
    });
    // Collected before the first failure is looked for, so that it is the same one in every run.
    let read: Vec<_> = read.collect();
    let files = read.into_iter().collect::<Result<Vec<_>, Failure>>()?;
    Ok(sources(files, found.refused))
}

/// The sources that files became, besides what was `refused` unread.
pub(super) fn sources(
    files: impl IntoIterator<Item = (ContentPath, Content)>,
    mut refused: BTreeMap<String, Refused>,
) -> Sources {
    let (mut texts, mut assets) = (Vec::new(), BTreeMap::new());
    for (path, content) in files {
        match content {
            Content::Text(source) => texts.push(source),
            Content::Asset(asset) => _ = assets.insert(path, asset),
            Content::Refused(why) => _ = refused.insert(path.as_str().to_owned(), why),
        }
    }
    let mut sources = Sources::sharing(texts);
    (sources.assets, sources.refused) = (assets, refused);
    sources
}

/// Lists the files of the project in the folder `root`, without opening them.
pub(super) fn look(root: &Path) -> Result<Found, Failure> {
    expect_root(root)?;
    let mut found = Found::default();
    let config = root.join(CONFIG);
    match walk::kind(&config)? {
        Some(Kind::Link) => _ = found.refused.insert(CONFIG.to_owned(), Refused::Link),
        Some(Kind::File) => {
            found.files.extend(ContentPath::new([CONFIG]).map(|path| (PathBuf::from(CONFIG), path)));
        }
        Some(Kind::Folder | Kind::Special) => _ = found.refused.insert(CONFIG.to_owned(), Refused::Special),
        None => {}
    }
    for folder in FOLDERS {
        let path = root.join(folder);
        if walk::kind(&path)?.is_some() {
            found.add(folder, walk::walk(&path, is_litter)?);
        }
    }
    Ok(found)
}

/// Fails where there is no folder `root` that can be listed.
pub fn expect_root(root: &Path) -> Result<(), Failure> {
    std::fs::read_dir(root).map(|_| ()).map_err(Failure::of(Action::List, root))
}

/// The text of `site.toml` alone, as far as it can be read: to speak the site's language before the rest is read.
pub fn read_config(root: &Path) -> Sources {
    let text =
        file::read_bounded(&root.join(CONFIG), TEXT_BYTES).ok().and_then(|b| String::from_utf8(b).ok());
    Sources::new(ContentPath::new([CONFIG]).zip(text))
}

/// Whether a file or folder of this name is left behind by some program and none of the author's.
pub fn is_litter(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    LITTER_PREFIXES.iter().any(|p| name.starts_with(p))
        || LITTER_SUFFIXES.iter().any(|s| name.ends_with(s))
        || LITTER_NAMES.contains(&name.as_str())
}

/// What the walk brought home.
#[derive(Default)]
pub(super) struct Found {
    /// Files to read: where they lie below the root as the disk spells it, and how we spell it.
    pub(super) files: Vec<(PathBuf, ContentPath)>,
    pub(super) refused: BTreeMap<String, Refused>,
}

impl Found {
    /// Sorts the entries of one folder into files and refusals. What lies below a refused folder is not looked at.
    fn add(&mut self, folder: &str, entries: Vec<Entry>) {
        let below = |path: &Path| {
            let folder = Path::new(folder);
            if path.as_os_str().is_empty() { folder.to_owned() } else { folder.join(path) }
        };
        let spell = |entry: Entry| {
            let below = below(&entry.path);
            (content_path(&below), below, entry.kind)
        };
        let entries: Vec<(Option<ContentPath>, PathBuf, Kind)> = entries.into_iter().map(spell).collect();
        let twice = twice(entries.iter().filter_map(|(path, ..)| path.as_ref()).collect());
        let mut left_out: Option<PathBuf> = None;
        for (path, below, kind) in entries {
            if left_out.as_ref().is_some_and(|folder| below.starts_with(folder)) {
                continue;
            }
            let refused = match (&path, kind) {
                (None, _) => Some(Refused::Name),
                (Some(path), _) if twice.contains(path) => Some(Refused::Twice),
                (_, Kind::Link) => Some(Refused::Link),
                (_, Kind::Special) => Some(Refused::Special),
                (Some(path), Kind::File) if path.as_str() == folder => Some(Refused::Special),
                (_, Kind::File | Kind::Folder) => None,
            };
            match refused {
                Some(why) => {
                    self.refused.insert(shown(&below, path.as_ref()), why);
                    left_out = Some(below);
                }
                None if kind == Kind::File => self.files.extend(path.map(|path| (below, path))),
                None => {}
            }
        }
    }
}

/// The paths that stand there more than once.
fn twice(mut paths: Vec<&ContentPath>) -> BTreeSet<ContentPath> {
    // They come nearly sorted, which the sort makes use of.
    paths.sort();
    paths.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect()
}

/// The path as we spell it; `None` where a part is not UTF-8 or cannot be a part of one.
fn content_path(below: &Path) -> Option<ContentPath> {
    let parts: Option<Vec<&str>> = below.iter().map(OsStr::to_str).collect();
    ContentPath::new(parts?)
}

/// The path as a problem names it.
fn shown(below: &Path, path: Option<&ContentPath>) -> String {
    let lossy = || below.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/");
    path.map_or_else(lossy, |path| path.as_str().to_owned())
}

/// What a file became.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Text(Arc<Source>),
    Asset(Asset),
    Refused(Refused),
}

thread_local! {
    /// What a text is read into before it is known to be one: the system clears no new memory for the next.
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// The longest buffer that is kept: nearly every report is shorter, and a long one need not be held for them.
const KEPT_BYTES: usize = 1 << 18;

/// Reads a file that the disk spells `below` and we `path`, and says by what it is recognised as long as nobody touches it.
pub(super) fn read(root: &Path, below: &Path, path: &ContentPath) -> Result<(Mark, Content), Failure> {
    let (is_text, real) = (is_text(path), RealPath::new(below));
    file::read_settled(&real.in_root(root), |file, data| {
        let mark = Mark::of(data)?;
        if !is_text {
            return Ok((mark, Content::Asset(asset(file, real.clone())?)));
        }
        if data.len() > TEXT_BYTES {
            return Ok((mark, Content::Refused(Refused::TooLarge(data.len()))));
        }
        let mut bytes = BUFFER.take();
        bytes.clear();
        bytes.reserve(usize::try_from(data.len()).unwrap_or(0));
        file.take(TEXT_BYTES).read_to_end(&mut bytes)?;
        let content = match utf8::utf8(&bytes) {
            Ok(text) => Content::Text(Arc::new(Source::at(real.clone(), path.clone(), text.to_owned()))),
            Err(at) => Content::Refused(Refused::NotUtf8(at)),
        };
        if bytes.capacity() <= KEPT_BYTES {
            BUFFER.set(bytes);
        }
        Ok((mark, content))
    })
}

/// Whether a file is read as a text: Markdown below `content`, the texts of themes, and `site.toml`.
fn is_text(path: &ContentPath) -> bool {
    let ending = path.name().rsplit_once('.').map_or("", |(_, ending)| ending);
    match path.parts().next() {
        Some("content") => ending == "md",
        Some("themes") => THEME_TEXTS.contains(&ending),
        _ => true,
    }
}

fn asset(file: &mut File, real: RealPath) -> io::Result<Asset> {
    let mut head = Vec::new();
    file.take(HEAD_BYTES).read_to_end(&mut head)?;
    let (bytes, digest) = digest::of_file_read(&mut head.as_slice().chain(file), |_| Ok(()))?;
    Ok(Asset { real, bytes, digest, head })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn project(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a temporary folder");
        for (path, bytes) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
        root
    }

    fn texts(sources: &Sources) -> Vec<&str> {
        sources.iter().map(|(_, source)| source.path.as_str()).collect()
    }

    #[test]
    fn texts_assets_and_litter_are_told_apart() {
        let root = project(&[
            ("site.toml", b"title = 'x'"),
            ("content/b/_index.md", "Đảng bộ".as_bytes()),
            ("content/b/ảnh 1.png", &[137; 100]),
            ("content/b/note.txt", b"an attachment"),
            ("themes/x/static/a.css", b"a{}"),
            ("themes/x/static/a.woff2", b"font"),
            ("content/.git/config", b""),
            ("content/b/~$bao-cao.docx", b""),
            ("content/b/_index.md~", b""),
            ("content/b/Thumbs.db", b""),
            ("content/b/a.BAK", b""),
            ("public/index.html", b"not a source"),
        ]);
        let sources = read_site(root.path()).expect("readable");
        assert_eq!(texts(&sources), ["content/b/_index.md", "site.toml", "themes/x/static/a.css"]);
        let assets: Vec<&str> = sources.assets.keys().map(ContentPath::as_str).collect();
        assert_eq!(assets, ["content/b/note.txt", "content/b/ảnh 1.png", "themes/x/static/a.woff2"]);
        let image = sources.assets.values().nth(1).expect("three assets");
        assert_eq!((image.bytes, image.digest, image.head.len()), (100, digest::of_file(&[137; 100]), 64));
        assert!(sources.refused.is_empty());
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        let long = vec![b'a'; usize::try_from(TEXT_BYTES).expect("fits") + 1];
        let root =
            project(&[("content/a.md", b"a\xff"), ("content/b.md", &long), ("content/c.md", &long[1..])]);
        let sources = read_site(root.path()).expect("readable");
        let refused: Vec<_> = sources.refused.into_iter().collect();
        let expected =
            [("content/a.md", Refused::NotUtf8(1)), ("content/b.md", Refused::TooLarge(TEXT_BYTES + 1))];
        assert_eq!(refused, expected.map(|(path, why)| (path.to_owned(), why)));
    }

    #[test]
    fn names_are_composed_and_doubles_are_refused() {
        let root = project(&[
            ("content/ho\u{323}c.md", b"decomposed alone"),
            ("content/x/ế.md", b"composed"),
            ("content/x/e\u{302}\u{301}.md", b"decomposed"),
            ("content/ệ/a.md", b"in a folder"),
            ("content/e\u{323}\u{302}/b.md", b"in its double"),
        ]);
        let sources = read_site(root.path()).expect("readable");
        assert_eq!(texts(&sources), ["content/học.md"]);
        let expected = ["content/x/ế.md", "content/ệ"].map(|path| (path.to_owned(), Refused::Twice));
        assert_eq!(sources.refused, expected.into());
    }

    #[test]
    fn a_missing_root_is_a_failure_and_missing_folders_are_empty() {
        let root = project(&[]);
        assert_eq!(read_site(root.path()).expect("readable").iter().count(), 0);
        let failure = read_site(&root.path().join("none")).expect_err("no such folder");
        assert_eq!(failure.action, Action::List);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn links_special_files_and_broken_names_are_refused() {
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;
        let root = project(&[("outside/secret.md", b"secret"), ("content/a.md", b"a")]);
        let at = |name: &str| root.path().join(name);
        symlink(at("outside/secret.md"), at("content/b.md")).expect("a link");
        symlink(at("outside"), at("content/c")).expect("a link");
        symlink(at("outside"), at("themes")).expect("a link");
        symlink("/no/such/file", at("site.toml")).expect("a link");
        fs::write(at("content").join(OsStr::from_bytes(b"d\xff.md")), "").expect("a file");
        fs::write(at("content/f\n.pdf"), "").expect("a file");
        let _socket = std::os::unix::net::UnixListener::bind(at("content/e")).expect("a socket");
        let sources = read_site(root.path()).expect("readable");
        assert_eq!(texts(&sources), ["content/a.md"]);
        let expected = [
            ("content/b.md", Refused::Link),
            ("content/c", Refused::Link),
            ("content/d\u{fffd}.md", Refused::Name),
            ("content/e", Refused::Special),
            ("content/f\n.pdf", Refused::Name),
            ("site.toml", Refused::Link),
            ("themes", Refused::Link),
        ];
        assert_eq!(sources.refused, expected.map(|(path, why)| (path.to_owned(), why)).into());
    }
}

//! The reader against `read_site` after random edits, and what it opens, holds and names.

use std::cell::RefCell;
use std::fs;
use std::io::{self, ErrorKind};

use proptest::prelude::*;

use super::*;
use crate::fs::Action;

/// What a test pretends of the disk.
#[derive(Debug, Default)]
pub(super) struct Pretence {
    is_loose: bool,
    /// Paths that refuse, and how often yet.
    refuses: std::sync::Mutex<BTreeMap<PathBuf, usize>>,
    /// Paths that were opened.
    opened: std::sync::Mutex<Vec<PathBuf>>,
}

impl Pretence {
    pub(super) fn mark(&self, mark: Mark) -> Mark {
        #[cfg(unix)]
        if self.is_loose {
            return mark.loosely();
        }
        mark
    }

    pub(super) fn refuse(&self, path: &Path) -> Result<(), Failure> {
        self.opened.lock().expect("sound").push(path.to_owned());
        let mut refuses = self.refuses.lock().expect("sound");
        let Some(left) = refuses.get_mut(path).filter(|left| **left > 0) else { return Ok(()) };
        *left -= 1;
        Err(Failure::of(Action::Read, path)(io::Error::from(ErrorKind::PermissionDenied)))
    }
}

impl FreshReader {
    fn refuse(&mut self, below: &str, times: usize) {
        self.pretence.refuses.lock().expect("sound").insert(self.root.join(below), times);
    }

    fn opened(&self) -> Vec<String> {
        let opened = std::mem::take(&mut *self.pretence.opened.lock().expect("sound"));
        let mut names: Vec<String> = opened
            .iter()
            .map(|path| path.strip_prefix(&self.root).expect("below").to_string_lossy().replace('\\', "/"))
            .collect();
        names.sort();
        names.dedup();
        names
    }
}

fn write(root: &Path, below: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(below);
    fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

fn paths(changed: &[ContentPath]) -> Vec<&str> {
    changed.iter().map(ContentPath::as_str).collect()
}

fn doubts(below: &[&str]) -> BTreeSet<PathBuf> {
    below.iter().map(PathBuf::from).collect()
}

fn nothing() -> BTreeSet<PathBuf> {
    BTreeSet::new()
}

/// Reads and demands what `read_site` gives.
fn read(reader: &mut FreshReader, doubted: &BTreeSet<PathBuf>) -> Reading {
    let reading = reader.read(doubted).expect("readable");
    same(&reading.sources, &site::read_site(&reader.root).expect("readable"));
    reading
}

fn same(ours: &Sources, theirs: &Sources) {
    let texts = |sources: &Sources| -> Vec<(ContentPath, String)> {
        sources.iter().map(|(_, source)| (source.path.clone(), source.text.clone())).collect()
    };
    assert_eq!(texts(ours), texts(theirs));
    assert_eq!(ours.assets, theirs.assets);
    assert_eq!(ours.refused, theirs.refused);
}

/// A project whose files were written one tick before the newest.
fn project() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    for (below, text) in [
        ("site.toml", "title = 'x'"),
        ("content/a.md", "bài học"),
        ("content/b/c.md", "c"),
        ("content/b/d.pdf", "d"),
    ] {
        write(root.path(), below, text);
    }
    thread::sleep(Duration::from_millis(30));
    write(root.path(), "content/z.md", "z");
    root
}

#[test]
fn only_what_was_touched_is_opened_and_the_rest_is_shared() {
    let root = project();
    let mut reader = FreshReader::new(root.path());
    let first = read(&mut reader, &nothing());
    assert_eq!(
        paths(&first.changed),
        ["content/a.md", "content/b/c.md", "content/b/d.pdf", "content/z.md", "site.toml"]
    );
    assert_eq!(reader.opened().len(), 5);
    let second = read(&mut reader, &nothing());
    if cfg!(unix) {
        assert_eq!(reader.opened(), ["content/z.md"], "nothing is later than that one");
    }
    assert!(!second.is_changed && second.changed.is_empty());
    write(root.path(), "content/b/c.md", "C");
    fs::remove_file(root.path().join("content/a.md")).expect("removed");
    let third = read(&mut reader, &nothing());
    assert_eq!(paths(&third.changed), ["content/a.md", "content/b/c.md"]);
    assert_eq!(third.gone, [PathBuf::from("content/a.md")]);
    for (file, source) in third.sources.iter() {
        let before = second.sources.find(&source.path).and_then(|file| second.sources.share(file));
        let is_shared =
            before.is_some_and(|before| Arc::ptr_eq(&before, &third.sources.share(file).expect("there")));
        assert_eq!(is_shared, source.path.as_str() != "content/b/c.md", "{}", source.path);
    }
    thread::sleep(Duration::from_millis(30));
    write(root.path(), "content/new.md", "n");
    read(&mut reader, &nothing());
    reader.opened();
    read(&mut reader, &doubts(&["content/b/d.pdf", "content/b"]));
    if cfg!(unix) {
        assert_eq!(reader.opened(), ["content/b/d.pdf", "content/new.md"]);
    }
}

#[cfg(unix)]
#[test]
fn a_change_that_keeps_length_and_time_is_seen() {
    let root = project();
    let path = root.path().join("content/a.md");
    let mut reader = FreshReader::new(root.path());
    read(&mut reader, &nothing());
    for text in ["bai học", "bái hoc"] {
        let time = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
        let text = format!("{text:-<9}");
        fs::write(&path, &text).expect("written");
        fs::File::options().append(true).open(&path).and_then(|f| f.set_modified(time)).expect("set back");
        read(&mut reader, &nothing());
    }
}

#[cfg(unix)]
#[test]
fn without_stamps_what_is_doubted_is_read() {
    let root = project();
    let mut reader = FreshReader::new(root.path());
    reader.pretence.is_loose = true;
    read(&mut reader, &nothing());
    reader.known.values_mut().for_each(|known| known.is_sure = true);
    reader.opened();
    let path = root.path().join("content/b/c.md");
    let time = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
    fs::write(&path, "D").expect("written");
    fs::File::options().append(true).open(&path).and_then(|f| f.set_modified(time)).expect("set back");
    let blind = reader.read(&nothing()).expect("readable");
    assert!(!blind.is_changed && reader.opened().is_empty(), "only an event can tell");
    assert_eq!(paths(&read(&mut reader, &doubts(&["content/b"])).changed), ["content/b/c.md"]);
    assert_eq!(reader.opened(), ["content/b/c.md", "content/b/d.pdf"]);
}

#[test]
fn what_refuses_is_tried_again_then_kept_as_it_was() {
    let root = project();
    let mut reader = FreshReader::new(root.path());
    read(&mut reader, &nothing());
    write(root.path(), "content/a.md", "mới");
    reader.refuse("content/a.md", 2);
    let mended = read(&mut reader, &nothing());
    assert!(mended.held.is_empty() && paths(&mended.changed) == ["content/a.md"]);

    write(root.path(), "content/a.md", "mới hơn");
    write(root.path(), "content/new.md", "new");
    reader.refuse("content/a.md", 8);
    reader.refuse("content/new.md", 6);
    let held = reader.read(&nothing()).expect("readable");
    assert_eq!(
        held.held.iter().map(|f| f.path.clone()).collect::<Vec<_>>(),
        [root.path().join("content/a.md"), root.path().join("content/new.md")]
    );
    assert!(!held.is_changed, "old content, and the new one is not there yet");
    let again = reader.read(&nothing()).expect("readable");
    assert_eq!((again.held.len(), paths(&again.changed)), (1, vec!["content/new.md"]), "tried once");
    let again = reader.read(&nothing()).expect("readable");
    assert_eq!((again.held.len(), again.is_changed), (1, false));
    assert_eq!(paths(&read(&mut reader, &nothing()).changed), ["content/a.md"]);
}

#[test]
fn emptied_and_gone_files_are_named_once() {
    let root = project();
    let mut reader = FreshReader::new(root.path());
    read(&mut reader, &nothing());
    write(root.path(), "content/a.md", "");
    write(root.path(), "content/b/c.md", "");
    fs::remove_file(root.path().join("content/z.md")).expect("removed");
    let reading = read(&mut reader, &nothing());
    assert_eq!(reading.emptied, ["content/a.md", "content/b/c.md"].map(PathBuf::from));
    assert_eq!(reading.gone, [PathBuf::from("content/z.md")]);
    let reading = read(&mut reader, &nothing());
    assert!(reading.emptied.is_empty() && reading.gone.is_empty() && !reading.is_changed);
}

#[test]
fn a_missing_root_is_a_failure_and_what_was_known_stays() {
    let root = project();
    let mut reader = FreshReader::new(root.path());
    read(&mut reader, &nothing());
    let away = root.path().with_extension("away");
    fs::rename(root.path(), &away).expect("moved");
    assert_eq!(reader.read(&nothing()).expect_err("gone").action, Action::List);
    fs::rename(&away, root.path()).expect("moved back");
    assert!(!read(&mut reader, &nothing()).is_changed);
}

/// Names that meet: composed and decomposed, litter, texts, attachments, folders, one that is no project file.
const NAMES: [&str; 12] = [
    "site.toml",
    "content/a.md",
    "content/ế.md",
    "content/e\u{302}\u{301}.md",
    "content/x/b.md",
    "content/x/y/ảnh.png",
    "content/x/y/c.md",
    "content/ệ/d.md",
    "content/e\u{323}\u{302}/d.md",
    "content/~$a.md",
    "themes/t/a.css",
    "public/a.md",
];

/// Does one edit; edits that cannot be done (a file where a folder should be) do nothing.
fn edit(root: &Path, what: u8, one: usize, other: usize, length: usize) {
    let (a, b) = (root.join(NAMES[one]), root.join(NAMES[other]));
    _ = a.parent().map(fs::create_dir_all);
    _ = b.parent().map(fs::create_dir_all);
    _ = match what {
        0..=4 => fs::write(&a, "b".repeat(length)),
        5 => fs::write(&a, b"a\xff"),
        6 => fs::write(&a, "x\r\ny"),
        7 => fs::remove_file(&a),
        8 => fs::rename(&a, &b),
        9 => a.parent().zip(b.parent()).map_or(Ok(()), |(a, b)| fs::rename(a, b)),
        10 => a.parent().filter(|folder| *folder != root).map_or(Ok(()), fs::remove_dir_all),
        11 => link(&a, &b),
        12 => fs::write(&a, vec![b'a'; usize::try_from(site::TEXT_BYTES).expect("fits") + length]),
        13 => fs::create_dir(&a),
        14 => fs::remove_dir(&a),
        _ => fs::metadata(&a).and_then(|data| {
            let time = data.modified()?;
            fs::write(&a, "c".repeat(usize::try_from(data.len().min(9)).expect("fits")))?;
            fs::File::options().append(true).open(&a)?.set_modified(time)
        }),
    };
}

#[cfg(unix)]
fn link(at: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_the_result_is_that_of_a_first_reading(
        edits in prop::collection::vec((0..16u8, 0..NAMES.len(), 0..NAMES.len(), 0..3usize, any::<bool>()), 1..60)
    ) {
        let root = tempfile::tempdir().expect("a temporary folder");
        let mut reader = FreshReader::new(root.path());
        let last = RefCell::new(Sources::default());
        for (what, one, other, length, is_read) in edits {
            edit(root.path(), what, one, other, length);
            if is_read {
                let reading = read(&mut reader, &nothing());
                prop_assert_eq!(&reading.changed, &reading.sources.differences(&last.borrow()));
                last.replace(reading.sources);
            }
        }
        read(&mut reader, &nothing());
    }
}

//! Publishing as readers and strangers see it: the tree before and after, whatever happened between.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::vietnamese::Language;

mod killed;
mod memory;
mod seen;
mod turns;

static GO: AtomicBool = AtomicBool::new(false);
const OPTIONS: Options<'static> = Options { is_synced: false, is_clean: false, stop: &GO };

/// A folder with `public` and `.nhiemky` in it.
struct Land(tempfile::TempDir);

impl Land {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn begin(&self) -> Publication<'static> {
        Publication::begin(&self.at("public"), &self.at(".nhiemky"), OPTIONS).expect("begun")
    }

    fn plan(&self, files: &[(&str, &str)]) -> Publication<'static> {
        let publication = self.begin();
        for (path, text) in files {
            publication.put(&output_path(path), text.as_bytes()).expect("laid");
        }
        publication
    }

    fn publish(&self, files: &[(&str, &str)]) -> Summary {
        self.plan(files).finish(|_| Ok(())).expect("published")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("below the land")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// The texts of all files in `public` but the manifest; folders end with `/`.
    fn tree(&self) -> BTreeMap<String, String> {
        let entries = walk::walk(&self.at("public"), |name| name == manifest::NAME).expect("readable");
        let shown = |entry: &walk::Entry| {
            let path = stranger::to_text(&entry.path);
            match entry.kind {
                walk::Kind::Folder => (path + "/", String::new()),
                _ => (path, fs::read_to_string(self.at("public").join(&entry.path)).expect("a text")),
            }
        };
        entries.iter().skip(1).map(shown).collect()
    }

    /// What lies beside `public` and `.nhiemky`.
    fn litter(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.path()).expect("readable");
        let names = names.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned());
        names.filter(|name| name != "public" && name != ".nhiemky").collect()
    }
}

fn output_path(path: &str) -> OutputPath {
    OutputPath::new(path.split('/'))
}

fn tree(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

const OLD: [(&str, &str); 3] = [("a/x.html", "x old"), ("b.html", "b"), ("gone/y.html", "y")];
const NEW: [(&str, &str); 3] = [("a/x.html", "x new"), ("b.html", "b"), ("c/z.html", "z")];
const NEW_TREE: [(&str, &str); 5] =
    [("a/", ""), ("a/x.html", "x new"), ("b.html", "b"), ("c/", ""), ("c/z.html", "z")];
const OLD_TREE: [(&str, &str); 5] =
    [("a/", ""), ("a/x.html", "x old"), ("b.html", "b"), ("gone/", ""), ("gone/y.html", "y")];

#[test]
fn a_site_is_published_changed_and_left_alone() {
    let land = Land::new();
    let first = land.publish(&OLD);
    assert_eq!((first.written, first.bytes, first.how), (3, 7, How::First));
    assert_eq!(land.tree(), tree(&OLD_TREE));
    let second = land.publish(&NEW);
    assert_eq!((second.written, second.kept, second.removed), (2, 1, 1));
    assert_eq!(land.tree(), tree(&NEW_TREE), "what became empty is gone");
    let bytes = fs::read(land.at("public/.nhiemky-manifest")).expect("a manifest");
    let third = land.publish(&NEW);
    assert_eq!((third.written, third.kept, third.how), (0, 3, How::Unchanged));
    assert_eq!(land.litter(), [""; 0]);
    let clean = Land::new();
    clean.publish(&NEW);
    assert_eq!(
        fs::read(clean.at("public/.nhiemky-manifest")).expect("a manifest"),
        bytes,
        "no trace of the past"
    );
}

#[cfg(unix)]
#[test]
fn unchanged_files_stay_the_same_files() {
    use std::os::unix::fs::MetadataExt;
    let land = Land::new();
    land.publish(&OLD);
    let number = |path: &str| fs::metadata(land.at(path)).expect("there").ino();
    let before = (number("public/b.html"), number("public"));
    land.publish(&NEW);
    assert_eq!(number("public/b.html"), before.0);
    assert_ne!(number("public"), before.1);
}

#[test]
fn what_was_altered_by_hand_is_restored() {
    let land = Land::new();
    land.publish(&NEW);
    land.write("public/b.html", "B");
    fs::remove_file(land.at("public/c/z.html")).expect("removed");
    assert!(!land.begin().keep(&output_path("b.html"), &digest::of_file(b"b")).expect("looked"));
    assert_eq!(land.publish(&NEW).written, 2);
    assert_eq!(land.tree(), tree(&NEW_TREE));
}

#[test]
fn kept_and_copied_files_are_checked() {
    let land = Land::new();
    land.write("content/a.pdf", "%PDF");
    let (path, digest) = (output_path("a.pdf"), digest::of_file(b"%PDF"));
    let publication = land.begin();
    assert!(!publication.keep(&path, &digest).expect("looked"));
    publication.copy(&path, &land.at("content/a.pdf"), &digest).expect("copied");
    assert_eq!(publication.finish(|_| Ok(())).expect("published").written, 1);
    let publication = land.begin();
    publication.copy(&path, &land.at("content/a.pdf"), &digest).expect("not read: it is there");
    let altered = publication.copy(&output_path("b.pdf"), &land.at("content/a.pdf"), &[0; 32]);
    assert!(matches!(altered, Err(Failure { cause: Cause::Altered, .. })));
    let twice = publication.put(&path, b"x");
    assert!(matches!(twice, Err(Failure { cause: Cause::ClaimedTwice, .. })));
    let other = output_path("c.pdf");
    publication.put(&other, b"c").expect("laid");
    let twice = publication.copy(&other, &land.at("content/a.pdf"), &digest);
    assert!(matches!(twice, Err(Failure { cause: Cause::ClaimedTwice, .. })));
    drop(publication);
    assert_eq!(land.tree(), tree(&[("a.pdf", "%PDF")]));
    assert_eq!(land.litter(), ["content"]);
}

#[test]
fn strangers_are_kept_and_never_overwritten() {
    let land = Land::new();
    land.write("public/CNAME", "example.vn");
    land.publish(&OLD);
    land.write("public/gone/own.txt", "mine");
    land.write("public/own/b.txt", "mine");
    fs::create_dir(land.at("public/empty")).expect("a folder");
    let strangers = [
        ("CNAME", "example.vn"),
        ("empty/", ""),
        ("gone/", ""),
        ("gone/own.txt", "mine"),
        ("own/", ""),
        ("own/b.txt", "mine"),
    ];
    let how = land.publish(&NEW).how;
    assert!(matches!(how, How::Exchanged | How::Renamed), "{how:?}");
    let expected: BTreeMap<_, _> = tree(&NEW_TREE).into_iter().chain(tree(&strangers)).collect();
    assert_eq!(land.tree(), expected);
    for path in ["own/b.txt", "own/b.txt/c.html", "empty"] {
        let failure = land
            .plan(&[("a/x.html", "other"), (path, "page")])
            .finish(|_| Ok(()))
            .expect_err("a stranger is there");
        assert!(matches!(failure.cause, Cause::Stranger), "{failure}");
        assert_eq!(land.tree(), expected);
    }
    assert_eq!(land.litter(), [""; 0]);
}

#[test]
fn a_site_survives_the_loss_of_its_manifest_and_state() {
    let land = Land::new();
    land.publish(&OLD);
    fs::remove_dir_all(land.at(".nhiemky")).expect("removed");
    assert_eq!(land.publish(&OLD).how, How::Unchanged);
    fs::remove_file(land.at("public/.nhiemky-manifest")).expect("removed");
    assert_eq!(land.publish(&OLD).written, 0, "the same bytes are ours");
    assert_eq!(land.publish(&NEW).removed, 1);
    assert_eq!(land.tree(), tree(&NEW_TREE));
    fs::write(land.at("public/.nhiemky-manifest"), "nonsense").expect("written");
    let failure = land.plan(&OLD).finish(|_| Ok(())).expect_err("whose is it?");
    assert!(failure.path.ends_with("a/x.html") && matches!(failure.cause, Cause::Stranger));
}

#[test]
fn a_folder_that_cannot_be_exchanged_is_replaced_file_by_file() {
    let land = Land::new();
    land.publish(&OLD);
    land.write("public/gone/own.txt", "mine");
    let mut publication = land.begin();
    publication.work.obstacle = Some(Obstacle::Above);
    for (path, text) in NEW {
        publication.put(&output_path(path), text.as_bytes()).expect("laid");
    }
    let summary = publication.finish(|_| Ok(())).expect("published");
    assert_eq!((summary.written, summary.how), (2, How::FileByFile(Obstacle::Above)));
    let strangers = tree(&[("gone/", ""), ("gone/own.txt", "mine")]);
    assert_eq!(land.tree(), tree(&NEW_TREE).into_iter().chain(strangers).collect());
    assert!(summary.how.note(Language::Vi).is_some());
    assert_eq!(land.publish(&NEW).how, How::Unchanged);
}

#[test]
fn a_folder_of_our_name_that_is_not_ours_is_left_alone() {
    let land = Land::new();
    land.write(".public.nhiemky-work/thesis.docx", "mine");
    let failure =
        Publication::begin(&land.at("public"), &land.at(".nhiemky"), OPTIONS).expect_err("not ours");
    assert!(matches!(failure.cause, Cause::Stranger));
    assert!(land.at(".public.nhiemky-work/thesis.docx").exists());
}

#[test]
fn a_stopped_build_changes_nothing() {
    let land = Land::new();
    land.publish(&OLD);
    let stop = AtomicBool::new(false);
    let options = Options { is_synced: true, is_clean: false, stop: &stop };
    let publication = Publication::begin(&land.at("public"), &land.at(".nhiemky"), options).expect("begun");
    publication.put(&output_path("new.html"), b"new").expect("laid");
    stop.store(true, Ordering::Relaxed);
    let failure = publication.finish(|_| Ok(())).expect_err("stopped");
    assert!(matches!(failure.cause, Cause::Interrupted));
    assert_eq!(land.tree(), tree(&OLD_TREE));
    assert_eq!(land.litter(), [""; 0]);
}

#[test]
fn a_second_build_waits_for_the_first() {
    let land = Land::new();
    let first = land.plan(&OLD);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| land.publish(&NEW));
        std::thread::sleep(std::time::Duration::from_millis(150));
        first.finish(|_| Ok(())).expect("published");
        assert_eq!(second.join().expect("no panic").removed, 1);
    });
    assert_eq!(land.tree(), tree(&NEW_TREE));
}

#[test]
fn paths_through_a_file_fail_and_name_it() {
    let land = Land::new();
    land.write("file", "");
    let output: &Path = &land.at("file/public");
    let failure = Publication::begin(output, &land.at(".nhiemky"), OPTIONS).expect_err("no folder");
    assert_eq!((failure.action, failure.path), (Action::CreateFolder, land.at("file")));
}

//! A session on a real folder: what is told when the machine refuses every round, and when it no longer does.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::Path;

use super::*;

/// Ends a test that hangs; nothing is judged by it.
const PATIENCE: Duration = Duration::from_secs(120);

/// Notes what is told, and stops once a round was made.
#[derive(Default)]
struct Ear {
    told: RefCell<Vec<String>>,
    stop: AtomicBool,
}

impl Herald for Ear {
    fn serves(&self, _: &str, _: u16) {}

    fn made(&self, round: &Round, _: &Sources, _: u64) {
        self.told.borrow_mut().push(match round.made {
            Some(_) => "made".to_owned(),
            None => format!("not made: {:?}", round.problems),
        });
        self.stop.store(true, Ordering::Relaxed);
    }

    fn failed(&self, failure: &Failure) {
        self.told.borrow_mut().push(failure.message(Language::En));
    }

    fn recovers(&self) {
        self.told.borrow_mut().push("over".to_owned());
    }

    fn turns(&self, _: Turn) {}
}

fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    let always = [
        (
            "site.toml",
            "title = 'x'\nbase_url = 'https://a.vn/'\nlanguage = 'en'\nunit = 'a'\ntheme = 'default'\n",
        ),
        ("content/a/_index.md", "---\nname: A\nlevel: ward\n---\n[Biểu](bieu.csv)\n"),
    ];
    for (path, text) in always.iter().chain(files) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    root
}

fn session(root: &Path) -> Session {
    let root = root.to_owned();
    let host = IpAddr::from([127, 0, 0, 1]);
    let preview =
        Preview { root, with_drafts: false, language: None, host, port: 0, follows: false, mode: Mode::Poll };
    Session::begin(&preview).expect("a folder")
}

#[test]
fn a_failure_of_every_round_is_told_after_two_seconds_and_so_is_its_end() {
    // Longer than the preview holds in a test, so that no round can succeed.
    let root = project(&[("content/a/bieu.csv", &"x".repeat(2_000))]);
    let table = root.path().join("content/a/bieu.csv");
    let (ear, began, told_after) = (Ear::default(), now(), Cell::new(Duration::ZERO));
    let shown = RefCell::new(Vec::new());
    let show = |snapshot: Snapshot| {
        let failure = snapshot.trouble.as_ref().and_then(|trouble| trouble.failure.clone());
        if failure.is_some() {
            told_after.set(began.elapsed());
            fs::write(&table, "x").expect("a file");
        }
        shown.borrow_mut().push((snapshot.files.is_empty(), failure));
    };
    session(root.path()).follow(&ear.stop, &ear, &|| began.elapsed() > PATIENCE, &show);
    let message = format!("cannot read {}: larger than a file may be", table.display());
    assert_eq!(*ear.told.borrow(), [&*message, "over", "made"]);
    assert_eq!(*shown.borrow(), [(true, Some(message)), (false, None)], "in the browser, in its language");
    assert!(told_after.get() >= refusal::LASTING, "what passes is not told: {:?}", told_after.get());
}

#[test]
fn a_refusal_that_passes_is_not_told() {
    let root = project(&[("content/a/bieu.csv", &"x".repeat(2_000))]);
    let mut session = session(root.path());
    let (ear, shown) = (Ear::default(), Cell::new(0));
    let show = |_: Snapshot| shown.set(shown.get() + 1);
    session.look(&ear, &show);
    assert_eq!((shown.get(), session.changed.len()), (0, 3));
    fs::write(root.path().join("content/a/bieu.csv"), "x").expect("a file");
    session.look(&ear, &show);
    assert_eq!((&**ear.told.borrow(), shown.get()), (&["made".to_owned()][..], 1));
    assert!(session.changed.is_empty(), "what changed before the refusal was not forgotten");
}

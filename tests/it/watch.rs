//! Hearing of changes as editors, offices and people make them: after each dance the preview's reading is that of a build.
//!
//! Safety looks are switched off where events are tested, so that only events can bring the news; every dance is danced
//! for polling as well. A test waits for a state, never for a time.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
#[cfg(target_os = "linux")]
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::dance::{Dance, FOLDERS, SAVES, pause, remove, write};
use super::pace::{PATIENCE, now};
use nhiemky::fs::fresh::{FreshReader, Reading};
use nhiemky::fs::site::read_site;
use nhiemky::path::ContentPath;
#[cfg(target_os = "linux")]
use nhiemky::serve::watch::Turn;
use nhiemky::serve::watch::{Mode, Watch};
use nhiemky::source::Sources;

/// A project that is watched and read.
struct Scene {
    folder: tempfile::TempDir,
    watch: Watch,
    reader: FreshReader,
    named: BTreeSet<PathBuf>,
}

impl Scene {
    fn begin(mode: Mode) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("dự án");
        for (below, text) in [
            ("site.toml", "title = 'x'"),
            ("content/a.md", "một"),
            ("content/b/c.md", "c"),
            ("content/b/d/e.md", "e"),
        ] {
            write(&root.join(below), text);
        }
        // A link stands there from the beginning: what it leads to is nobody's source and not watched.
        write(&folder.path().join("ngoài/x.md"), "x");
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path().join("ngoài"), root.join("content/link")).expect("a link");
        let mut watch = Watch::begin(&root, mode);
        if mode == Mode::Events {
            watch.looked(Duration::from_secs(3600));
        }
        let mut reader = FreshReader::new(&root);
        reader.read(&BTreeSet::new()).expect("readable");
        Self { folder, watch, reader, named: BTreeSet::new() }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("dự án")
    }

    /// Follows hints until the sources are as expected: texts by path, or none.
    fn expect(&mut self, dance: &str, expected: &[(&str, Option<&str>)]) {
        let stop = Arc::new(AtomicBool::new(false));
        let is_over = Arc::clone(&stop);
        let watchdog = thread::spawn(move || {
            let began = now();
            while began.elapsed() < PATIENCE && !is_over.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(20));
            }
            is_over.store(true, Ordering::Relaxed);
        });
        let mut last = None;
        while let Some(hint) = self.watch.next(&stop) {
            self.named.extend(hint.paths.iter().cloned());
            last = Some(self.reader.read(&hint.paths));
            let Some(Ok(Reading { sources, held, .. })) = &last else { continue };
            if held.is_empty() && expected.iter().all(|(path, text)| text_of(sources, path) == *text) {
                stop.store(true, Ordering::Relaxed);
                same(dance, sources, &read_site(&self.root()).expect("readable"));
                return watchdog.join().expect("no panic");
            }
        }
        panic!("{dance}: {expected:?} did not come in {PATIENCE:?}; named {:?}, last {last:?}", self.named);
    }
}

fn text_of<'a>(sources: &'a Sources, path: &str) -> Option<&'a str> {
    let path = ContentPath::new(path.split('/')).expect("sound");
    sources.find(&path).map(|file| sources.get(file).text.as_str())
}

fn same(dance: &str, ours: &Sources, theirs: &Sources) {
    let texts = |sources: &Sources| -> Vec<(ContentPath, String)> {
        sources.iter().map(|(_, source)| (source.path.clone(), source.text.clone())).collect()
    };
    assert_eq!(texts(ours), texts(theirs), "{dance}");
    assert_eq!((&ours.assets, &ours.refused), (&theirs.assets, &theirs.refused), "{dance}");
}

/// Dances, each in a project of its own, and afterwards edits one more file at the same place: the watches must still
/// stand.
fn dance(mode: Mode, dances: &[Dance]) {
    let one = |(name, steps, expected): &Dance| {
        let mut scene = Scene::begin(mode);
        steps(&scene.root());
        scene.expect(name, expected);
        let is_there = |path: &&str| expected.iter().any(|(other, text)| other == path && text.is_some());
        let mut plain = expected.iter().map(|(path, _)| *path).filter(|path| path.is_ascii());
        let path = plain.find(is_there).unwrap_or("content/a.md");
        write(&scene.root().join(path), "afterwards");
        scene.expect(name, &[(path, Some("afterwards"))]);
    };
    thread::scope(|scope| dances.iter().for_each(|dance| _ = scope.spawn(|| one(dance))));
}

#[test]
fn saves_are_heard() {
    dance(Mode::Events, SAVES);
}

#[test]
fn folders_that_come_and_go_are_heard() {
    dance(Mode::Events, FOLDERS);
}

#[test]
fn saves_are_found_by_polling() {
    dance(Mode::Poll, SAVES);
}

#[test]
fn folders_that_come_and_go_are_found_by_polling() {
    dance(Mode::Poll, FOLDERS);
}

#[test]
fn events_name_files_and_neither_litter_nor_output() {
    let mut scene = Scene::begin(Mode::Events);
    for below in
        ["public/index.html", ".nhiemky/x", "content/.a.md.swp", "content/~$a.md", "x.md", "../ngoài/x.md"]
    {
        write(&scene.root().join(below), "noise");
    }
    write(&scene.root().join("content/a.md"), "hai");
    scene.expect("noise", &[("content/a.md", Some("hai"))]);
    assert_eq!(scene.named, BTreeSet::from([PathBuf::from("content/a.md")]));
}

#[test]
fn steady_writing_does_not_starve_the_hints() {
    let mut scene = Scene::begin(Mode::Events);
    let path = scene.root().join("content/a.md");
    let is_over = AtomicBool::new(false);
    let hints = thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0..150 {
                fs::write(&path, format!("{n}")).expect("written");
                pause(20);
            }
            is_over.store(true, Ordering::Relaxed);
        });
        let mut hints = 0;
        while let Some(hint) = scene.watch.next(&is_over) {
            hints += 1;
            scene.reader.read(&hint.paths).expect("readable");
        }
        hints
    });
    // Six cut-offs fit into three seconds; two are enough to show that nobody waits for the end.
    assert!(hints >= 2, "{hints} hints");
    fs::write(&path, "Hết").expect("written");
    scene.expect("steady writing", &[("content/a.md", Some("Hết"))]);
}

#[cfg(unix)]
#[test]
fn a_link_that_appears_is_refused() {
    let mut scene = Scene::begin(Mode::Events);
    remove(&scene.root().join("content/a.md"));
    std::os::unix::fs::symlink("/etc/passwd", scene.root().join("content/a.md")).expect("a link");
    scene.expect("a link", &[("content/a.md", None)]);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_for_a_moment_comes_when_it_may() {
    use std::os::unix::fs::PermissionsExt;
    let mut scene = Scene::begin(Mode::Events);
    let path = scene.root().join("content/a.md");
    let set = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("set");
    fs::write(&path, "hai").expect("written");
    // Root reads it all the same; what refuses is pretended in the unit tests.
    set(0o000);
    pause(300);
    set(0o644);
    scene.expect("chmod", &[("content/a.md", Some("hai"))]);
}

#[test]
fn a_root_that_comes_later_is_watched() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("dự án");
    let watch = Watch::begin(&root, Mode::Events);
    let mut scene = Scene { folder, watch, reader: FreshReader::new(&root), named: BTreeSet::new() };
    scene.watch.looked(Duration::from_secs(3600));
    write(&root.join("content/a.md"), "đầu");
    scene.expect("later", &[("content/a.md", Some("đầu"))]);
    write(&root.join("content/a.md"), "sau");
    scene.expect("later", &[("content/a.md", Some("sau"))]);
}

/// Run by the next test in a world of its own; nothing elsewhere.
#[cfg(target_os = "linux")]
#[test]
fn inside_a_small_world() {
    let limit = |name: &str| -> u64 {
        let text = fs::read_to_string(format!("/proc/sys/user/max_inotify_{name}")).unwrap_or_default();
        text.trim().parse().unwrap_or(u64::MAX)
    };
    if limit("watches") > 5 && limit("instances") > 0 {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(&folder.path().join("content/a/b.md"), "một");
    let mut watch = Watch::begin(folder.path(), Mode::Events);
    let stop = AtomicBool::new(false);
    let mut turns = Vec::new();
    for n in 0..5 {
        write(&folder.path().join(format!("content/x{n}/y.md")), "y");
        turns.extend(watch.next(&stop).and_then(|hint| hint.turn));
    }
    assert_eq!(turns, [Turn::Exhausted]);
    assert!(!watch.has_events());
}

/// The system itself says that it has no more watches: at the start, later, and no watcher at all. Needs a user namespace.
#[cfg(target_os = "linux")]
#[test]
fn exhausted_watches_are_told_and_polled() {
    let limits = ["max_inotify_watches 2", "max_inotify_watches 5", "max_inotify_instances 0"];
    thread::scope(|scope| limits.iter().for_each(|limit| _ = scope.spawn(|| enter_a_small_world(limit))));
}

#[cfg(target_os = "linux")]
fn enter_a_small_world(limit: &str) {
    let (name, most) = limit.split_once(' ').expect("two words");
    let limited = |program: &[&str]| {
        let script = format!("echo {most} > /proc/sys/user/{name} && exec \"$@\"");
        let world = ["--user", "--map-root-user", "sh", "-c", &script, "sh"];
        Command::new("unshare").args(world).args(program).output()
    };
    if limited(&["true"]).is_ok_and(|done| done.status.success()) {
        let own = std::env::current_exe().expect("this program");
        let own = own.to_str().expect("a path that is a text");
        let done = limited(&[own, "--exact", "watch::inside_a_small_world"]).expect("run");
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success() && said.contains("1 passed"), "{limit}: {said}");
    }
}

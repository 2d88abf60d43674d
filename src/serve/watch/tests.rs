//! Watching where the system refuses, by a watcher that a test directs; the real one is tried in `tests/it/watch.rs`.

use std::sync::Mutex;

use notify::event::{CreateKind, Flag};
use notify::{Error, ErrorKind, EventKind};

use super::*;

/// What the directed watcher does, and what was asked of it.
#[derive(Default)]
struct Stage {
    /// Error for whoever opens a watcher.
    no_open: NoOpen,
    /// How many watches there are.
    watches: usize,
    opened: usize,
    hear: Option<Hear>,
}

type NoOpen = Option<fn() -> Error>;

struct Directed(Arc<Mutex<Stage>>);

impl Backend for Directed {
    fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
        let mut stage = self.0.lock().expect("sound");
        let left = stage.watches.checked_sub(1).ok_or_else(|| Error::new(ErrorKind::MaxFilesWatch))?;
        stage.watches = left;
        Ok(())
    }
}

fn begin(root: &Path, no_open: NoOpen, watches: usize) -> (Watch, Arc<Mutex<Stage>>) {
    let stage = Arc::new(Mutex::new(Stage { no_open, watches, ..Stage::default() }));
    let shared = Arc::clone(&stage);
    let open = move |hear: Hear| {
        let mut stage = shared.lock().expect("sound");
        stage.opened += 1;
        if let Some(error) = stage.no_open {
            return Err(error());
        }
        stage.hear = Some(hear);
        let backend: Box<dyn Backend> = Box::new(Directed(Arc::clone(&shared)));
        Ok(backend)
    };
    (Watch::begin_with(root, Mode::Events, Box::new(open)), stage)
}

fn project() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(root.path().join("content")).expect("a folder");
    root
}

fn say(stage: &Arc<Mutex<Stage>>, said: notify::Result<Event>) {
    stage.lock().expect("sound").hear.as_ref().expect("opened")(said);
}

fn next(watch: &mut Watch) -> Hint {
    watch.next(&AtomicBool::new(false)).expect("not stopped")
}

#[test]
fn without_watches_at_the_start_it_says_so_and_polls() {
    let no_watchers = || Error::io(std::io::Error::from_raw_os_error(if cfg!(unix) { 24 } else { 8 }));
    let unknown = || Error::generic("no such call");
    let root = project();
    let cases: [(NoOpen, usize, bool); 3] =
        [(None, 1, true), (Some(no_watchers), 9, cfg!(unix)), (Some(unknown), 9, false)];
    for (no_open, watches, is_exhausted) in cases {
        let (mut watch, _) = begin(root.path(), no_open, watches);
        assert!(!watch.has_events());
        let turn = next(&mut watch).turn.expect("the first hint says so");
        assert_eq!(turn == Turn::Exhausted, is_exhausted, "{turn:?}");
        for _ in 0..2 {
            let began = now();
            let hint = next(&mut watch);
            assert!(hint.paths.is_empty() && hint.turn.is_none(), "told once");
            assert!(began.elapsed() >= POLL.0);
        }
    }
}

#[test]
fn watches_that_run_out_later_are_told_and_tried_again() {
    let root = project();
    let (mut watch, stage) = begin(root.path(), None, 9);
    assert!(watch.has_events());
    say(&stage, Err(Error::new(ErrorKind::MaxFilesWatch)));
    assert_eq!(next(&mut watch).turn, Some(Turn::Exhausted));
    assert!(!watch.has_events());
    stage.lock().expect("sound").watches = 0;
    watch.anew_at = now();
    assert_eq!(next(&mut watch).turn, None, "still none, which was told");
    stage.lock().expect("sound").watches = 9;
    watch.anew_at = now();
    assert_eq!(next(&mut watch).turn, Some(Turn::Again));
    assert!(watch.has_events());
}

#[test]
fn a_new_folder_that_cannot_be_watched_ends_the_watching() {
    let root = project();
    let (mut watch, stage) = begin(root.path(), None, 2);
    let path = root.path().join("content/mới");
    std::fs::create_dir(&path).expect("a folder");
    say(&stage, Ok(Event::new(EventKind::Create(CreateKind::Folder)).add_path(path)));
    let hint = next(&mut watch);
    assert_eq!(hint.paths, BTreeSet::from([PathBuf::from("content/mới")]));
    assert_eq!((hint.turn, watch.has_events()), (Some(Turn::Exhausted), false));
}

#[test]
fn lost_events_bring_a_whole_look_and_new_watches() {
    let root = project();
    let (mut watch, stage) = begin(root.path(), None, 99);
    watch.looked(Duration::from_secs(3600));
    let began = now();
    assert_eq!(stage.lock().expect("sound").opened, 1);
    say(&stage, Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)));
    let hint = next(&mut watch);
    assert!(hint.paths.is_empty() && hint.turn.is_none());
    // The new watches come with a look of their own, and one more is due when they have settled.
    while stage.lock().expect("sound").opened < 2 || watch.later.is_some() {
        next(&mut watch);
    }
    assert!(began.elapsed() >= SETTLED);
}

#[test]
fn looks_are_due_without_events_at_a_hundredth_of_a_core() {
    let root = project();
    let (mut watch, _) = begin(root.path(), None, 99);
    let began = now();
    next(&mut watch);
    assert!(began.elapsed() >= SAFETY.0);
    watch.looked(Duration::from_millis(80));
    assert_eq!(watch.look_due(), watch.looked_at + Duration::from_secs(8));
    watch.look_again_in(Duration::from_millis(50));
    watch.look_again_in(Duration::from_secs(5));
    let began = now();
    next(&mut watch);
    assert!(began.elapsed() >= Duration::from_millis(50) && watch.again.is_none());
}

#[test]
fn a_stop_ends_the_waiting() {
    let root = project();
    let mut watch = Watch::begin(root.path(), Mode::Poll);
    assert!(watch.next(&AtomicBool::new(true)).is_none());
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        watch.looked(Duration::from_secs(3600));
        let waiting = scope.spawn(|| watch.next(&stop));
        stop.store(true, Ordering::Relaxed);
        assert!(waiting.join().expect("no panic").is_none());
    });
}

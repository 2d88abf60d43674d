//! Publishing under bad conditions: builds that are killed, interrupted, started twice or read by others while they run.
//!
//! The promise is that the published folder is wholly the old site or wholly the new one, for whoever looks and whenever a build
//! ends. The old and the new site here differ on every page, and each has files that the other lacks. Power cuts are simulated
//! in `tests/power-cut`.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::pace::{assert_soon, now};
use super::project::{run, tree};

#[path = "../../benches/corpus/mod.rs"]
mod corpus;

use corpus::{Chance, Files, corpus};

/// Builds that are killed: few enough for every run of the tests. `NHIEMKY_KILLS=200 cargo test` compiles more in.
const KILLS: usize = number(option_env!("NHIEMKY_KILLS"), 20);

/// Readings at least; `NHIEMKY_READS=100000 cargo test` compiles more in.
const READS: usize = number(option_env!("NHIEMKY_READS"), 10_000);

/// Rebuilds while others read.
const REBUILDS: usize = 10;

/// Reports of the site: they make more than 300 pages.
const REPORTS: usize = 32;

/// How soon a build must end when it is asked to.
const PROMPT: Duration = Duration::from_secs(2);

const fn number(digits: Option<&str>, default: usize) -> usize {
    let Some(digits) = digits else { return default };
    match usize::from_str_radix(digits, 10) {
        Ok(number) => number,
        Err(_) => panic!("a number"),
    }
}

/// The old site or the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// As the corpus is.
    Old,
    /// With other words.
    New,
}

impl Site {
    fn other(self) -> Self {
        if self == Self::Old { Self::New } else { Self::Old }
    }

    /// Its files: other words on every page, a report that the other site lacks, and other bytes of an attachment.
    fn files(self) -> Files {
        let (title, id, bytes) = match self {
            Self::Old => ("Trang cũ", "cu", "%PDF-1.4 cũ"),
            Self::New => ("Trang mới hơn", "moi", "%PDF-1.4 mới hơn"),
        };
        let mut files = corpus(REPORTS, title);
        let report = format!("---\ntitle: {title}\nkind: annual\ndate: 2021-01-02\n---\n[Biểu](bieu.pdf)\n");
        files.insert(format!("content/phuong-000/2020-2025/{id}.md"), report.into_bytes());
        files.insert("content/phuong-000/2020-2025/bieu.pdf".to_owned(), bytes.as_bytes().to_vec());
        files
    }

    /// What a build in an untouched folder makes of it.
    fn published(self) -> &'static Files {
        static PUBLISHED: [OnceLock<Files>; 2] = [OnceLock::new(), OnceLock::new()];
        PUBLISHED[self as usize].get_or_init(|| {
            let land = Land::new();
            land.build(self);
            let files = land.published();
            assert!(files.keys().filter(|path| path.ends_with(".html")).count() >= 300, "300 pages at least");
            files
        })
    }
}

/// A project on the disk.
pub struct Land(tempfile::TempDir);

impl Land {
    /// An empty one.
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A place in it.
    pub fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// Makes the sources those of a site.
    pub fn turn_to(&self, site: Site) {
        let (was, now) = (site.other().files(), site.files());
        let gone = was.keys().filter(|path| !now.contains_key(*path)).map(|path| self.at(path));
        gone.filter(|path| path.exists()).for_each(|path| fs::remove_file(path).expect("removed"));
        for (path, bytes) in now {
            let path = self.at(&path);
            if fs::read(&path).ok().as_ref() != Some(&bytes) {
                fs::create_dir_all(path.parent().expect("below the project")).expect("a folder");
                fs::write(path, bytes).expect("written");
            }
        }
    }

    /// A build; it does not wait for the disk, because a kill loses nothing that was written, and the wait would fill the
    /// time from which the instants are taken.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nhiemky"));
        command.args(["build", "--no-sync", "--lang", "en"]).current_dir(self.0.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// A build at work.
    pub fn start(&self) -> Child {
        self.command().spawn().expect("the program starts")
    }

    /// Kills a build after a while. An exchange is over so soon that few instants would meet it: where one `is_aimed`,
    /// the while begins when the new generation is whole, and is a fortieth as long. Whether the build was still running.
    fn kill(&self, after: Duration, is_aimed: bool) -> bool {
        let mut build = self.start();
        let next = self.at(".public.nhiemky-work/next");
        let is_running = |build: &mut Child| build.try_wait().expect("its state is known").is_none();
        while is_aimed && !next.exists() && is_running(&mut build) {
            thread::sleep(Duration::from_micros(100));
        }
        thread::sleep(if is_aimed { after / 40 } else { after });
        let was_running = is_running(&mut build);
        build.kill().expect("killed");
        build.wait().expect("it has ended");
        was_running
    }

    /// Builds a site to its end, which is good.
    pub fn build(&self, site: Site) -> Duration {
        self.turn_to(site);
        let began = now();
        let output = self.command().output().expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{}", words(&output));
        began.elapsed()
    }

    fn published(&self) -> Files {
        tree(&self.at("public"))
    }

    /// Which site is published; `None` for a mixture.
    pub fn shown(&self) -> Option<Site> {
        let published = self.published();
        [Site::Old, Site::New].into_iter().find(|site| *site.published() == published)
    }

    /// What differs from a site, for the message of a test that failed.
    pub fn differences(&self, site: Site) -> Vec<String> {
        let (is, should) = (self.published(), site.published());
        let paths: BTreeSet<&String> = is.keys().chain(should.keys()).collect();
        paths.into_iter().filter(|path| is.get(*path) != should.get(*path)).take(10).cloned().collect()
    }

    /// What lies in the project beside the sources, the published folder and the program's memory.
    pub fn litter(&self) -> Vec<String> {
        let known = ["site.toml", "content", "public", ".nhiemky"];
        let entries = fs::read_dir(self.0.path()).expect("the project can be listed");
        let names = entries.map(|e| e.expect("listed").file_name().to_string_lossy().into_owned());
        names.filter(|name| !known.contains(&name.as_str())).collect()
    }
}

/// How a build ended, and what it said.
pub fn words(output: &Output) -> String {
    format!("{:?} {}", output.status, String::from_utf8_lossy(&output.stderr))
}

#[expect(clippy::print_stdout, reason = "figures for those who ask for them with --nocapture")]
fn say(figures: &str) {
    println!("{figures}");
}

/// Part of a stretch of time, evenly by chance.
fn part_of(chance: &mut Chance, whole: Duration) -> Duration {
    Duration::from_micros(chance.below(u64::try_from(whole.as_micros()).expect("builds are short")))
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one_and_the_next_build_the_clean_one() {
    let (land, mut chance) = (Land::new(), Chance(11));
    let mut shown = Site::Old;
    land.build(Site::New);
    let mut whole = land.build(shown);
    let (mut before, mut after, mut round) = (0, 0, 0);
    // Most builds must still be running when they are killed; where the machine has become quicker meanwhile, they are not.
    while round < KILLS || before + after <= KILLS / 2 {
        round += 1;
        assert!(round < 10 * KILLS, "builds end before they are killed: {before} and {after}");
        // One in four is killed again while it mends what the kill before has left.
        for _ in 0..=usize::from(chance.below(4) == 0) {
            let target = shown.other();
            land.turn_to(target);
            let was_running = land.kill(part_of(&mut chance, whole), round % 2 == 1);
            let left = land.shown();
            assert!(left.is_some(), "round {round}: mixed: {:?}", land.differences(target));
            before += usize::from(was_running && left == Some(shown));
            after += usize::from(was_running && left == Some(target));
            shown = left.unwrap_or(shown);
        }
        // Back or on: both must work.
        let next = if chance.below(2) == 0 { Site::Old } else { Site::New };
        let took = land.build(next);
        // How long a build takes now; one that has nothing to change says nothing of that.
        whole = if next == shown { whole } else { took };
        assert_eq!(land.shown(), Some(next), "round {round}: {:?}", land.differences(next));
        assert_eq!(land.litter(), [""; 0], "round {round}");
        shown = next;
    }
    say(&format!("{round} rounds: {before} builds killed before the new site stood, {after} after"));
}

#[test]
fn readers_find_every_file_whole_while_the_site_is_rebuilt() {
    let (land, read, is_over) = (Land::new(), AtomicUsize::new(0), AtomicBool::new(false));
    land.build(Site::Old);
    // The files that both sites have: of these none may ever be missing.
    let new = Site::New.published();
    let both: Vec<(&String, [&Vec<u8>; 2])> = Site::Old
        .published()
        .iter()
        .filter_map(|(path, old)| new.get(path).map(|new| (path, [old, new])))
        .collect();
    let reader = |seed: u64| {
        let (mut chance, mut faults) = (Chance(seed), Vec::new());
        while !is_over.load(Ordering::Relaxed) {
            let (path, whole) = &both[usize::try_from(chance.below(both.len() as u64)).expect("small")];
            match fs::read(land.at("public").join(path)) {
                Ok(bytes) if whole.contains(&&bytes) => {}
                Ok(_) => faults.push(format!("torn: {path}")),
                Err(error) => faults.push(format!("{error}: {path}")),
            }
            read.fetch_add(1, Ordering::Relaxed);
            // The builds need the processor too.
            thread::sleep(Duration::from_micros(20));
        }
        faults
    };
    let faults: Vec<String> = thread::scope(|scope| {
        let readers: Vec<_> = [1, 2].map(|seed| scope.spawn(move || reader(seed))).into();
        for at in 0..REBUILDS {
            land.build(if at % 2 == 0 { Site::New } else { Site::Old });
        }
        while read.load(Ordering::Relaxed) < READS {
            land.build(if land.shown() == Some(Site::Old) { Site::New } else { Site::Old });
        }
        is_over.store(true, Ordering::Relaxed);
        readers.into_iter().flat_map(|reader| reader.join().expect("a reader does not panic")).collect()
    });
    let read = read.into_inner();
    say(&format!("{read} readings"));
    assert!(read >= READS && faults.is_empty(), "{} faults in {read} readings: {faults:?}", faults.len());
}

#[test]
fn an_interrupted_build_ends_soon_with_the_old_site_or_the_new_one() {
    let (land, mut chance) = (Land::new(), Chance(5));
    let mut shown = Site::New;
    land.build(Site::Old);
    let whole = land.build(shown);
    for signal in ["INT", "TERM", "INT", "TERM", "INT", "TERM"] {
        let target = shown.other();
        land.turn_to(target);
        let mut build = interruptible(&land).spawn().expect("the program starts");
        thread::sleep(part_of(&mut chance, whole));
        let sent = now();
        // Where the build has ended meanwhile, there is nobody to be told.
        _ = Command::new("kill").args([&format!("-{signal}"), &build.id().to_string()]).output();
        build.wait().expect("it has ended");
        assert_soon(signal, sent.elapsed(), PROMPT, || drop(run(land.0.path(), &["--help"])));
        shown = land.shown().unwrap_or_else(|| panic!("{signal}: mixed: {:?}", land.differences(target)));
    }
    land.build(shown.other());
    assert_eq!(land.shown(), Some(shown.other()));
    assert_eq!(land.litter(), [""; 0]);
}

/// A build that hears signals even where the tests run in the background of a shell, whose jobs are deaf to Ctrl-C.
fn interruptible(land: &Land) -> Command {
    let mut command = Command::new("env");
    command.args(["--default-signal=INT,TERM", env!("CARGO_BIN_EXE_nhiemky"), "build", "--no-sync"]);
    command.current_dir(land.0.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn a_reader_who_leaves_is_no_crash() {
    let land = Land::new();
    land.build(Site::Old);
    // More than a pipe holds (64 kB), so that a write must fail: one warning per line, some hundred bytes each.
    let warnings = "Một <b>đậm.\n\n".repeat(1_000);
    let report = format!("---\ntitle: Nhiều cảnh báo\nkind: annual\ndate: 2021-01-02\n---\n{warnings}");
    fs::write(land.at("content/phuong-000/2020-2025/cu.md"), report).expect("written");
    for arguments in [
        &["check"][..],
        &["check", "--format", "json"],
        &["check", "--format", "github"],
        &["build", "--no-sync"],
        &["build", "--help"],
        &["frob"],
    ] {
        let expected = Some(if arguments == ["frob"] { 2 } else { 0 });
        let program = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_nhiemky"));
            command.args(arguments).current_dir(land.0.path()).stdin(Stdio::null());
            command
        };
        let mut left = program().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started");
        drop((left.stdout.take(), left.stderr.take()));
        assert_eq!(left.wait().expect("it has ended").code(), expected, "{arguments:?}: nobody reads");

        let full = || File::options().write(true).open("/dev/full").expect("there is a full device");
        let output = program().stdout(full()).stderr(full()).status().expect("started");
        assert_eq!(output.code(), expected, "{arguments:?}: the disk of a log is full");
    }
    let mut shell = Command::new("sh");
    shell.args(["-c", "exec \"$0\" check <&- >&- 2>&-", env!("CARGO_BIN_EXE_nhiemky")]);
    assert_eq!(
        shell.current_dir(land.0.path()).status().expect("started").code(),
        Some(0),
        "without any stream"
    );
}

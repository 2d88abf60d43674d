//! Builds that are told to stop while they wait, and those that are told in vain.
//!
//! The tests hold the lock of a project, so that the build stands still for as long as they like.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::fixture;
use super::pace::{assert_soon, now, until};
use super::project::run;

const REPORT: &str = "content/a/2020-2025/r.md";

/// How long a build that was told to stop may take.
const PROMPT: Duration = Duration::from_secs(2);

fn report(body: &str) -> String {
    format!("---\ntitle: Báo cáo\nkind: annual\ndate: 2021-07-01\n---\n{body}\n")
}

/// A project that was built once.
fn land() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut project = fixture::parse("").project;
    project.put(REPORT, report("Trước."));
    project.write_to(folder.path());
    assert!(run(folder.path(), &["build", "--no-sync"]).status.success());
    folder
}

/// The lock of a project, in our hands.
fn hold(land: &tempfile::TempDir) -> File {
    let lock =
        File::options().write(true).open(land.path().join(".nhiemky/nhiemky.lock")).expect("there is one");
    lock.try_lock().expect("nobody holds it");
    lock
}

/// A build that waits. `how` tells `env` which signals it ignores or hears, as the tests themselves may run under `nohup`.
fn start(land: &tempfile::TempDir, how: &str) -> Child {
    let mut command = Command::new("env");
    command.args([how, env!("CARGO_BIN_EXE_nhiemky"), "build", "--no-sync"]).current_dir(land.path());
    let build = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let build = build.expect("the program starts");
    until_it_waits(&build);
    build
}

/// Waits until a build waits for the lock: it holds the lock's file open then, and has heard of signals before.
pub fn until_it_waits(build: &Child) {
    let is_lock = |link: PathBuf| link.file_name().is_some_and(|name| name == "nhiemky.lock");
    let descriptors = format!("/proc/{}/fd", build.id());
    until("the build waits for the lock", || {
        let open = fs::read_dir(&descriptors).into_iter().flatten().flatten();
        open.filter_map(|entry| fs::read_link(entry.path()).ok()).any(is_lock)
    });
}

fn send(signal: &str, build: &Child) {
    let sent = Command::new("kill").args([&format!("-{signal}"), &build.id().to_string()]).status();
    assert!(sent.expect("there is kill").success(), "the build still waits");
}

#[test]
fn the_exit_code_names_the_signal() {
    let land = land();
    let _lock = hold(&land);
    for (signal, code) in [("HUP", 129), ("INT", 130), ("TERM", 143)] {
        let mut build = start(&land, "--default-signal=HUP,INT,TERM");
        let told = now();
        send(signal, &build);
        let ended = build.wait().expect("it has ended");
        assert_soon(signal, told.elapsed(), PROMPT, || drop(run(land.path(), &["--help"])));
        assert_eq!(ended.code(), Some(code), "{signal}");
    }
}

#[test]
fn what_the_caller_had_ignored_stops_nothing() {
    let land = land();
    let lock = hold(&land);
    let mut build = start(&land, "--ignore-signal=HUP,INT");
    send("HUP", &build);
    send("INT", &build);
    thread::sleep(Duration::from_millis(1_000));
    assert_eq!(build.try_wait().expect("its state is known"), None, "it goes on");
    drop(lock);
    assert_eq!(build.wait().expect("it has ended").code(), Some(0));
}

#[test]
fn a_build_that_waited_has_the_sources_of_the_moment_it_begins() {
    let land = land();
    let lock = hold(&land);
    let mut build = start(&land, "--default-signal=INT");
    fs::write(land.path().join(REPORT), report("Sau khi chờ.")).expect("written");
    drop(lock);
    assert_eq!(build.wait().expect("it has ended").code(), Some(0));
    let pages: Vec<String> = super::project::tree(&land.path().join("public"))
        .into_values()
        .filter_map(|bytes| String::from_utf8(bytes).ok())
        .filter(|page| page.contains("Sau khi chờ."))
        .collect();
    assert!(!pages.is_empty(), "the later sources are published");
}

//! Builds that meet: the later waits for the earlier, and whoever waits in vain is told for whom.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::process::Command;
use std::thread;
use std::time::Duration;

use super::pace::{PATIENCE, now};
use super::publish::{Land, Site, words};
use super::stop::until_it_waits;

/// How long a build waits for another one before it gives up.
const WAIT: Duration = Duration::from_secs(10);

/// Builds that are started at the same time, each to its end, which is good. On a busy machine the last may wait in vain for
/// those before it: it must have waited as long as it may, and is started again.
fn take_turns<const N: usize>(builds: [Command; N]) {
    let to_its_end = |mut build: Command| {
        let started = now();
        while started.elapsed() < PATIENCE {
            let began = now();
            let output = build.output().expect("the program starts");
            let said = words(&output);
            if output.status.code() == Some(0) {
                return;
            }
            assert!(output.status.code() == Some(2) && said.contains("another build (process"), "{said}");
            assert!(began.elapsed() >= WAIT, "gave up after {:?}: {said}", began.elapsed());
        }
        panic!("its turn did not come in {PATIENCE:?}");
    };
    thread::scope(|scope| builds.into_iter().for_each(|build| _ = scope.spawn(move || to_its_end(build))));
}

#[test]
fn a_second_build_waits_for_the_first() {
    let land = Land::new();
    for site in [Site::Old, Site::New, Site::Old] {
        land.turn_to(site);
        take_turns([(); 3].map(|()| land.command()));
        assert_eq!(land.shown(), Some(site));
        assert_eq!(land.litter(), [""; 0]);
    }
}

#[test]
fn who_waits_in_vain_is_told_who_holds_the_lock() {
    let land = Land::new();
    land.build(Site::Old);
    land.turn_to(Site::New);
    // The tests themselves are the other build: their process holds what a build would hold.
    let held = File::options().write(true).open(land.at(".nhiemky/nhiemky.lock")).expect("there is a lock");
    held.try_lock().expect("nobody holds it");
    let own = std::process::id().to_string();
    fs::write(land.at(".nhiemky/nhiemky.pid"), &own).expect("written");

    let began = now();
    let output = land.start().wait_with_output().expect("it has ended");
    assert!(began.elapsed() >= WAIT, "it gave up after {:?}", began.elapsed());
    let said = words(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("another build (process {own}) is at work")), "{said}");
    assert_eq!(land.shown(), Some(Site::Old));

    let late = land.start();
    until_it_waits(&late);
    drop(held);
    let output = late.wait_with_output().expect("it has ended");
    assert_eq!(output.status.code(), Some(0), "who waits long enough is served: {}", words(&output));
    assert_eq!(land.shown(), Some(Site::New));
}

#[test]
fn two_projects_that_share_an_output_folder_take_turns() {
    let (one, two) = (Land::new(), Land::new());
    let output = one.at("public");
    two.turn_to(Site::New);
    for _ in 0..5 {
        one.turn_to(Site::Old);
        take_turns([&one, &two].map(|land| {
            let mut build = land.command();
            build.arg("--output").arg(&output);
            build
        }));
        assert!(one.shown().is_some(), "mixed: {:?}", one.differences(Site::Old));
        assert_eq!(one.litter(), [""; 0]);
    }
}

//! Files that are recognised without reading them: nobody touched them, and whoever touches one is noticed.
#![cfg(target_os = "linux")]

use std::fs::File;

use super::*;
use crate::output::seen as memory_of;

const SYNCED: Options<'static> = Options { is_synced: true, ..OPTIONS };

/// Rounds of what depends on ticks of the clock: each round takes some milliseconds, a tick four to ten.
const ROUNDS: usize = 40;

/// A land in memory, where syncing costs nothing.
pub(super) fn land() -> Land {
    Land(tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a temporary folder"))
}

pub(super) fn begin(land: &Land) -> Publication<'static> {
    Publication::begin(&land.at("public"), &land.at(".nhiemky"), SYNCED).expect("begun")
}

pub(super) fn publish(land: &Land, files: &[(&str, &str)]) -> How {
    let mut publication = begin(land);
    publication.look();
    for (path, text) in files {
        publication.put(&output_path(path), text.as_bytes()).expect("laid");
    }
    publication.finish(|_| Ok(())).expect("published").how
}

/// How many files are recognised, and whether the site is confirmed to be what was published.
fn confirmed(land: &Land) -> (usize, bool) {
    let mut publication = begin(land);
    let is_right = publication.confirm().expect("looked").is_some();
    (publication.intact.iter().flatten().count(), is_right)
}

/// Writes into a file and sets its time back, as `touch -r` does.
pub(super) fn forge(path: &Path, text: &str) {
    let time = fs::metadata(path).expect("there").modified().expect("a time");
    fs::write(path, text).expect("written");
    File::options().append(true).open(path).expect("there").set_modified(time).expect("set");
}

#[test]
fn what_was_published_or_read_is_recognised_by_the_next_build() {
    let land = land();
    assert_eq!(publish(&land, &OLD), How::First);
    assert_eq!(confirmed(&land), (3, true), "at once");
    publish(&land, &NEW);
    assert_eq!(confirmed(&land), (3, true), "linked files too");
    fs::remove_dir_all(land.at(".nhiemky")).expect("removed");
    assert_eq!(confirmed(&land), (0, true), "all were read");
    assert_eq!(confirmed(&land), (3, true), "and are known now");
    // A stamp differs, the bytes do not.
    fs::set_permissions(
        land.at("public/b.html"),
        fs::metadata(land.at("public")).expect("there").permissions(),
    )
    .expect("set");
    assert_eq!(confirmed(&land), (2, true));
}

#[test]
fn every_edit_by_hand_is_noticed() {
    type Edit = fn(&Path);
    let edits: [(&str, Edit); 5] = [
        ("same length, time set back", |path| forge(path, "X new")),
        ("cut", |path| File::options().write(true).open(path).expect("there").set_len(2).expect("cut")),
        ("another length, time set back", |path| forge(path, "x newer")),
        ("another file of its length and time", |path| {
            let (other, time) = (path.with_extension("y"), fs::metadata(path).expect("there").modified());
            fs::write(&other, "y new").expect("written");
            let file = File::options().append(true).open(&other).expect("there");
            file.set_modified(time.expect("a time")).expect("set");
            fs::rename(&other, path).expect("renamed");
        }),
        ("removed", |path| fs::remove_file(path).expect("removed")),
    ];
    for (name, edit) in edits {
        let land = land();
        publish(&land, &NEW);
        assert_eq!(confirmed(&land), (3, true), "{name}");
        edit(&land.at("public/a/x.html"));
        let mut publication = begin(&land);
        publication.look();
        let kept = publication.keep(&output_path("a/x.html"), &digest::of_file(b"x new")).expect("looked");
        assert!(!kept, "{name}");
        drop(publication);
        assert!(!confirmed(&land).1, "{name}");
        publish(&land, &NEW);
        assert_eq!((land.tree(), confirmed(&land)), (tree(&NEW_TREE), (3, true)), "{name}");
    }
}

#[test]
fn edits_within_a_tick_of_the_clock_are_noticed() {
    let land = land();
    let path = land.at("public/a/x.html");
    publish(&land, &OLD);
    for round in 0..ROUNDS {
        publish(&land, if round % 2 == 0 { &NEW } else { &OLD });
        let right = fs::read_to_string(&path).expect("there");
        forge(&path, &right.to_uppercase());
        assert!(!confirmed(&land).1, "round {round}: altered as soon as it was published");
        // Mended by hand, confirmed by reading, and altered again, as fast as it goes.
        forge(&path, &right);
        assert!(confirmed(&land).1, "round {round}: mended");
        forge(&path, &right.to_uppercase());
        assert!(!confirmed(&land).1, "round {round}: altered as soon as it was read");
    }
}

#[test]
fn stamps_of_the_present_tick_or_of_the_future_are_not_remembered() {
    let land = land();
    publish(&land, &OLD);
    let path = land.at("public/b.html");
    // Newer kernels tell apart what happens within a tick, so that only the rule itself can be seen here.
    let mut publication = begin(&land);
    forge(&path, "b");
    assert!(publication.confirm().expect("looked").is_some());
    drop(publication);
    let (memory, paths) = (land.at(".nhiemky/seen"), ["a/x.html", "b.html", "gone/y.html"]);
    // Two builds may begin within a tick: the next must begin in a later one than the change.
    memory_of::probe(&memory).expect("a clock that ticks");
    assert_eq!(confirmed(&land), (2, true), "changed after the build began: read once more");
    assert_eq!(confirmed(&land), (3, true));

    let settled = || {
        let known = memory_of::look(&land.at("public"), &paths);
        let probe = memory_of::probe(&memory).expect("a clock that ticks");
        memory_of::settle(&land.at("public"), &paths, &known, &probe)
    };
    assert_eq!(settled().iter().flatten().count(), 3);
    let future = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(7_000_000_000);
    File::options().append(true).open(&path).expect("there").set_modified(future).expect("set");
    assert_eq!(settled().iter().flatten().count(), 2);
}

#[test]
fn a_build_that_does_not_wait_for_the_disk_remembers_nothing() {
    let land = land();
    publish(&land, &OLD);
    land.publish(&NEW);
    assert_eq!(confirmed(&land), (0, true));
    assert_eq!(confirmed(&land), (3, true), "synced by the build before");
}

#[test]
fn a_doubtful_memory_is_none() {
    let land = land();
    publish(&land, &OLD);
    let memory = begin(&land).memory.clone();
    let bytes = fs::read(&memory).expect("there");
    let (_, manifest) = Manifest::read_with_digest(&land.at("public")).expect("there");
    let known = |bytes: &[u8], manifest: &Digest, count: usize| {
        fs::write(&memory, bytes).expect("written");
        memory_of::read(&memory, manifest, count).iter().flatten().count()
    };
    assert_eq!(known(&bytes, &manifest, 3), 3);
    assert_eq!(known(&bytes, &[0; 32], 3), 0, "of another site");
    assert_eq!(known(&bytes, &manifest, 4), 0, "of another number of files");
    for at in 0..bytes.len() {
        let mut other = bytes.clone();
        other[at] ^= 1;
        assert_eq!(known(&other, &manifest, 3) + known(&bytes[..at], &manifest, 3), 0, "damaged at {at}");
    }
}

//! Sites in turn, as an author's edits make them: each is what a first build would leave, whatever was done to the published
//! folder between two of them or while a build ends.
#![cfg(target_os = "linux")]

use std::os::unix::fs::MetadataExt;

use super::seen::{begin, forge, land, publish};
use super::*;

/// A site whose pages follow from a number: most stay from one to the next, some change, come and go, with their folders.
fn site(state: usize) -> Vec<(String, String)> {
    let page = |n: usize| match n % 8 {
        7 if state % 2 == 1 => None,
        6 => Some((format!("f{}/deep/p{n}.html", n % 3), format!("{n} {}", (state + n / 8) / 3))),
        _ => Some((format!("f{}/p{n}.html", n % 3), format!("{n}"))),
    };
    let turned = (format!("turn{}/a.html", state % 3), "turned".to_owned());
    let odd = if state.is_multiple_of(3) { "odd" } else { "even" };
    let top = [("index.html", "top"), ("odd.html", odd), ("still/a.html", "still")];
    let top = top.map(|(path, text)| (path.to_owned(), text.to_owned()));
    (0..64).filter_map(page).chain([turned]).chain(top).collect()
}

fn go(land: &Land, state: usize) -> How {
    let files = site(state);
    publish(land, &files.iter().map(|(path, text)| (&**path, &**text)).collect::<Vec<_>>())
}

/// Asserts that what is published is the site of a state, with these files of strangers.
fn assert_is(land: &Land, state: usize, strangers: &[&str], why: &str) {
    let (folders, files): (BTreeMap<_, _>, BTreeMap<_, _>) =
        land.tree().into_iter().partition(|(path, _)| path.ends_with('/'));
    let mine = strangers.iter().map(|path| ((*path).to_owned(), "mine".to_owned()));
    assert_eq!(files, site(state).into_iter().chain(mine).collect(), "{why}");
    assert_eq!(land.litter(), [""; 0], "{why}");
    let is_empty = |folder: &&String| !files.keys().any(|path| path.starts_with(folder.as_str()));
    assert_eq!(folders.keys().find(is_empty), None, "{why}");
}

#[test]
fn whatever_is_done_to_the_published_folder_the_next_site_is_right() {
    type Deed = (&'static str, fn(&Land), &'static [&'static str]);
    let deeds: [Deed; 8] = [
        ("nothing", |_| (), &[]),
        ("a file altered", |land| forge(&land.at("public/f0/p0.html"), "X"), &[]),
        ("a file at the top altered", |land| forge(&land.at("public/index.html"), "XXX"), &[]),
        ("a file removed", |land| fs::remove_file(land.at("public/f1/p1.html")).expect("removed"), &[]),
        ("a folder removed", |land| fs::remove_dir_all(land.at("public/f1")).expect("removed"), &[]),
        (
            "a file given another name",
            |land| fs::rename(land.at("public/f1/p1.html"), land.at("public/f1/p10.html")).expect("renamed"),
            &[],
        ),
        ("a stranger", |land| land.write("public/f1/own.txt", "mine"), &["f1/own.txt"]),
        ("a stranger at the top", |land| land.write("public/CNAME", "mine"), &["CNAME"]),
    ];
    for (name, deed, strangers) in deeds {
        let land = land();
        assert_eq!(go(&land, 0), How::First);
        for state in 1..6 {
            if state == 3 {
                deed(&land);
            }
            assert_eq!(go(&land, state), How::Exchanged);
            assert_is(&land, state, if state < 3 { &[] } else { strangers }, name);
            assert_eq!(go(&land, state), How::Unchanged);
        }
    }
}

#[test]
fn what_is_done_while_a_build_ends_is_mended_by_the_next() {
    let (land, mut state) = (land(), 0);
    go(&land, state);
    for file in ["still/a.html", "f0/p0.html"].repeat(4) {
        let mut publication = begin(&land);
        publication.look();
        for (path, text) in site(state + 1) {
            publication.put(&output_path(&path), text.as_bytes()).expect("laid");
        }
        std::thread::scope(|scope| {
            scope.spawn(|| {
                fs::write(land.at("x"), "X").expect("written");
                // Where the folder is just being exchanged nothing is done.
                let _ = fs::rename(land.at("x"), land.at("public").join(file));
            });
            publication.finish(|_| Ok(())).expect("published");
        });
        let _ = fs::remove_file(land.at("x"));
        state += 2;
        go(&land, state);
        assert_is(&land, state, &[], file);
    }
}

#[test]
fn no_file_of_the_published_folder_has_a_second_name() {
    let land = land();
    (0..3).for_each(|state| _ = go(&land, state));
    for (path, _) in site(2) {
        let names = fs::metadata(land.at("public").join(&path)).expect("there").nlink();
        assert_eq!(names, 1, "{path}: whoever writes into one of two would write into both");
    }
}

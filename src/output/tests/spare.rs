//! The spare: a build that uses it leaves what one without it leaves, whatever was done to either folder between.
#![cfg(target_os = "linux")]

use std::os::unix::fs::MetadataExt;

use super::seen::{begin, forge, land, publish};
use super::*;
use crate::output::change::Change;

/// A site whose pages follow from a number: most stay from one to the next, some change, come and go.
fn site(state: usize) -> Vec<(String, String)> {
    let page = |n: usize| match n % 8 {
        7 if n < 64 && state % 2 == 1 => None,
        6 if n < 64 => Some((format!("f{}/deep/p{n}.html", n % 3), format!("{n} {}", (state + n / 8) / 3))),
        _ => Some((format!("f{}/p{n}.html", n % 3), format!("{n}"))),
    };
    let turned = (format!("turn{}/a.html", state % 3), "turned".to_owned());
    let odd = if state.is_multiple_of(3) { "odd" } else { "even" };
    let top = [("index.html", "top"), ("odd.html", odd), ("still/a.html", "still")];
    let top = top.map(|(path, text)| (path.to_owned(), text.to_owned()));
    (0..256).filter_map(page).chain([turned]).chain(top).collect()
}

fn go(land: &Land, state: usize) -> How {
    let files = site(state);
    publish(land, &files.iter().map(|(path, text)| (&**path, &**text)).collect::<Vec<_>>())
}

/// Asserts that what is published is the site of a state, with these files of strangers.
fn assert_is(land: &Land, state: usize, strangers: &[&str], why: &str) {
    let found: BTreeMap<String, String> =
        land.tree().into_iter().filter(|(path, _)| !path.ends_with('/')).collect();
    let mine = strangers.iter().map(|path| ((*path).to_owned(), "mine".to_owned()));
    assert_eq!(found, site(state).into_iter().chain(mine).collect(), "{why}");
    assert_eq!(land.litter(), [""; 0], "{why}");
    let empty = land.tree().keys().filter(|path| path.ends_with('/')).cloned().collect::<Vec<_>>();
    for folder in empty {
        assert!(
            land.tree().keys().any(|path| path.starts_with(&folder) && *path != folder),
            "{folder}: {why}"
        );
    }
}

fn spare(land: &Land) -> Spare {
    Spare::of(&land.at(".nhiemky"), &land.at("public"))
}

/// Whether the next build would find a spare that it may use.
fn is_ready(land: &Land) -> bool {
    let output = land.at("public");
    let (_, digest) = Manifest::read_with_digest(&output).expect("readable");
    spare(land).read(&digest, &output).is_some()
}

/// A land with a spare, at the state that is returned.
fn ready() -> (Land, usize) {
    let land = land();
    (0..3).for_each(|state| _ = go(&land, state));
    assert!(is_ready(&land), "there is a spare");
    (land, 2)
}

#[test]
fn a_generation_is_made_of_the_one_before_the_last() {
    let land = land();
    let number = || fs::metadata(land.at("public")).expect("there").ino();
    assert_eq!(go(&land, 0), How::First);
    let mut numbers = vec![number()];
    for state in 1..12 {
        assert_eq!(go(&land, state), How::Exchanged);
        assert_is(&land, state, &[], "in turn");
        assert!(is_ready(&land), "state {state}");
        numbers.push(number());
        assert_eq!(go(&land, state), How::Unchanged);
    }
    let two: std::collections::BTreeSet<u64> = numbers.iter().copied().collect();
    assert_eq!(two.len(), 2, "two folders take turns: {numbers:?}");
    let file = || fs::metadata(land.at("public/f0/p0.html")).expect("there");
    assert_eq!(file().nlink(), 2, "its files are those of the published folder");
    fs::remove_dir_all(land.at(".nhiemky")).expect("removed");
    assert_eq!(file().nlink(), 1);
    assert_eq!(go(&land, 12), How::Exchanged);
    assert_is(&land, 12, &[], "without the memory");
}

#[test]
fn whatever_is_done_to_either_folder_the_site_is_right() {
    type Deed = (&'static str, fn(&Land, &Path), &'static [&'static str]);
    let deeds: [Deed; 12] = [
        ("nothing", |_, _| (), &[]),
        ("a file of both altered", |land, _| forge(&land.at("public/f0/p0.html"), "X"), &[]),
        ("a file at the top altered", |land, _| forge(&land.at("public/index.html"), "XXX"), &[]),
        (
            "altered in both, then another file with the right bytes in one",
            |land, _| {
                for (file, text) in [("public/f0/p0.html", "0"), ("public/index.html", "top")] {
                    forge(&land.at(file), &"X".repeat(text.len()));
                    fs::write(land.at("public/other"), text).expect("written");
                    fs::rename(land.at("public/other"), land.at(file)).expect("renamed");
                }
            },
            &[],
        ),
        ("a file removed", |land, _| fs::remove_file(land.at("public/f1/p1.html")).expect("removed"), &[]),
        ("a folder removed", |land, _| fs::remove_dir_all(land.at("public/f1")).expect("removed"), &[]),
        ("a stranger", |land, _| land.write("public/f1/own.txt", "mine"), &["f1/own.txt"]),
        ("a stranger at the top", |land, _| land.write("public/CNAME", "mine"), &["CNAME"]),
        (
            "a file of the spare replaced",
            |land, spare| {
                fs::write(land.at("x"), "X").expect("written");
                fs::rename(land.at("x"), spare.join("f0/p0.html")).expect("renamed");
            },
            &[],
        ),
        (
            "a file at its top replaced",
            |land, spare| {
                fs::write(land.at("x"), "XXX").expect("written");
                fs::rename(land.at("x"), spare.join("index.html")).expect("renamed");
            },
            &[],
        ),
        ("a file of it removed", |_, spare| fs::remove_file(spare.join("f2/p2.html")).expect("removed"), &[]),
        ("it removed", |_, spare| fs::remove_dir_all(spare).expect("removed"), &[]),
    ];
    for (name, deed, strangers) in deeds {
        for step in [1, 2] {
            let (land, state) = ready();
            let folder = place::memory(&land.at(".nhiemky"), &land.at("public"), "spare");
            deed(&land, &folder);
            for next in [state + step, state + step + 1, state + step + 2] {
                go(&land, next);
                assert_is(&land, next, strangers, name);
            }
            assert_eq!(is_ready(&land), strangers.is_empty(), "{name}: made anew where nobody has files");
        }
    }
}

#[test]
fn what_is_done_while_a_build_ends_is_mended_by_the_next() {
    let (land, mut state) = ready();
    let spare = place::memory(&land.at(".nhiemky"), &land.at("public"), "spare");
    for root in [land.at("public"), spare] {
        for file in ["still/a.html", "f0/p0.html"] {
            let mut publication = begin(&land);
            publication.look();
            for (path, text) in site(state + 1) {
                publication.put(&output_path(&path), text.as_bytes()).expect("laid");
            }
            let deed = || {
                fs::write(land.at("x"), "X").expect("written");
                // Where the folder is just being exchanged nothing is done.
                let _ = fs::rename(land.at("x"), root.join(file));
            };
            publication.finish_beside(deed, |(), _| Ok(())).expect("published");
            let _ = fs::remove_file(land.at("x"));
            for next in [state + 2, state + 3] {
                go(&land, next);
                assert_is(&land, next, &[], file);
            }
            assert!(is_ready(&land), "{file}");
            state += 3;
        }
    }
}

#[test]
fn what_came_into_the_spare_is_not_lost() {
    let (land, state) = ready();
    let folder = place::memory(&land.at(".nhiemky"), &land.at("public"), "spare");
    fs::write(folder.join("f0/late.txt"), "mine").expect("written");
    go(&land, state + 1);
    assert_is(&land, state + 1, &["f0/late.txt"], "from a shell that stood there");
}

#[test]
fn a_note_that_is_damaged_or_of_another_site_is_none() {
    let (land, state) = ready();
    let note = place::memory(&land.at(".nhiemky"), &land.at("public"), "folders");
    let bytes = fs::read(&note).expect("there");
    for at in (0..bytes.len()).step_by(7) {
        let mut other = bytes.clone();
        other[at] ^= 1;
        fs::write(&note, &other).expect("written");
        assert!(!is_ready(&land), "damaged at {at}");
    }
    fs::write(&note, &bytes).expect("written");
    assert!(is_ready(&land));
    assert!(spare(&land).read(&[0; 32], &land.at("public")).is_none(), "another site");
    // A build that does not wait for the disk uses none and leaves none.
    let files = site(state + 1);
    land.publish(&files.iter().map(|(path, text)| (&**path, &**text)).collect::<Vec<_>>());
    assert!(!spare(&land).is_there());
    assert_is(&land, state + 1, &[], "unsynced");
}

#[test]
fn a_build_killed_while_it_renews_leaves_the_old_site() {
    for is_promoted in [false, true] {
        let (land, state) = ready();
        let mut publication = begin(&land);
        publication.look();
        for (path, text) in site(state + 1) {
            publication.put(&output_path(&path), text.as_bytes()).expect("laid");
        }
        let planned = publication.planned.lock().expect("whole").clone();
        let change = Change::of(&publication.before, &publication.kept, &publication.intact, &planned);
        let (change, work) = (change.expect("each once"), &publication.work);
        file::write_new(&work.new_generation().join(manifest::NAME), change.after.text().as_bytes(), false)
            .expect("written");
        let note = publication.spare.read(&publication.before_digest, &publication.output).expect("valid");
        assert!(publication.spare.renew(&note, work, &change).expect("renewed"));
        if is_promoted {
            work.promote().expect("renamed");
        }
        assert!(!publication.spare.is_there(), "it is in the work folder");
        drop(change);
        let Publication { work, lock, .. } = publication;
        work.kill();
        drop(lock);
        drop(begin(&land));
        assert_is(&land, state, &[], "killed");
        for next in state + 1..state + 4 {
            go(&land, next);
            assert_is(&land, next, &[], "after that");
        }
        assert!(is_ready(&land));
    }
}

//! The program's memory: nothing that lies in it reaches the published folder, and nothing that nobody reads stays in it.
#![cfg(target_os = "linux")]

use std::process::Command;

use super::seen::{begin, land, publish};
use super::*;

/// Where earlier versions kept the generation before the published one, and what they noted of it.
fn spare(land: &Land) -> [PathBuf; 2] {
    ["spare", "folders"].map(|what| place::memory(&land.at(".nhiemky"), &land.at("public"), what))
}

#[test]
fn foreign_bytes_in_the_memory_never_reach_the_published_folder() {
    let replaced: [(&str, &[&str]); 4] = [
        ("every file by others", &["a/x.html", "b.html", "gone/y.html", manifest::NAME]),
        ("its manifest", &[manifest::NAME]),
        ("a page", &["b.html"]),
        ("none, but there is another", &["late.txt"]),
    ];
    for (name, files) in replaced {
        let land = land();
        publish(&land, &OLD);
        let [folder, note] = spare(&land);
        let copied = Command::new("cp").arg("-r").args([&land.at("public"), &folder]).status();
        assert!(copied.expect("cp is there").success());
        fs::write(note, "foreign").expect("written");
        files.iter().for_each(|file| fs::write(folder.join(file), "foreign").expect("written"));
        publish(&land, &NEW);
        assert_eq!(land.tree(), tree(&NEW_TREE), "{name}");
        assert_eq!(publish(&land, &NEW), How::Unchanged, "{name}");
    }
}

#[test]
fn what_nobody_reads_any_more_is_gone_from_the_memory_whatever_a_build_does() {
    let land = land();
    publish(&land, &OLD);
    let names = || {
        let entries = fs::read_dir(land.at(".nhiemky")).expect("there");
        let mut names: Vec<_> = entries.map(|entry| entry.expect("listed").file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    let [folder, note] = spare(&land);
    fs::create_dir_all(folder.join("a")).expect("a folder");
    fs::write(folder.join("a/x.html"), "x older").expect("written");
    fs::write(note, "a").expect("written");
    fs::write(land.at(".nhiemky/parsed"), "a title").expect("written");
    fs::write(land.at(".nhiemky/build-1234.new"), "of a killed build").expect("written");
    drop(begin(&land));
    assert_eq!(names(), before);
}

#[test]
fn a_folder_in_the_place_of_a_file_of_the_memory_stops_no_build() {
    let land = land();
    publish(&land, &OLD);
    let seen = place::memory(&land.at(".nhiemky"), &land.at("public"), "seen");
    fs::remove_file(&seen).expect("it was there");
    fs::create_dir_all(seen.join("a")).expect("a folder");
    publish(&land, &NEW);
    assert!(seen.is_file() && land.tree() == tree(&NEW_TREE));
}

#[test]
fn what_a_killed_build_left_without_its_manifest_never_comes_back() {
    for (left, is_cut) in [("next", false), ("old", false), ("next", true)] {
        let land = land();
        publish(&land, &OLD);
        let copied = Command::new("cp").arg("-r").args([&land.at("public"), &land.at("older")]).status();
        assert!(copied.expect("cp is there").success());
        publish(&land, &NEW);
        let work = land.at(".public.nhiemky-work");
        fs::create_dir(&work).expect("a folder");
        fs::write(work.join(crate::fs::lock::NAME), "").expect("written");
        fs::rename(land.at("older"), work.join(left)).expect("moved");
        let named = work.join(left).join(manifest::NAME);
        match is_cut {
            true => fs::write(&named, &fs::read(&named).expect("read")[..100]).expect("cut"),
            false => fs::remove_file(named).expect("it was there"),
        }
        publish(&land, &NEW);
        assert_eq!(land.tree(), tree(&NEW_TREE), "{left}");
        assert!(!work.exists());
    }
}

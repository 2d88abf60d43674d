//! The dances of programs and people with the files of a project, as data for `watch.rs`.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// Writes a file and makes its folders.
pub fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
    fs::write(path, text).expect("written");
}

fn rename(from: &Path, to: &Path) {
    fs::rename(from, to).expect("renamed");
}

/// Removes a file.
pub fn remove(path: &Path) {
    fs::remove_file(path).expect("removed");
}

/// Waits.
pub fn pause(ms: u64) {
    thread::sleep(Duration::from_millis(ms));
}

/// A name, what is done in the root, what must then be read.
pub type Dance = (&'static str, fn(&Path), &'static [(&'static str, Option<&'static str>)]);

/// How one file is saved.
pub const SAVES: &[Dance] = &[
    (
        "truncate and write",
        |root| fs::write(root.join("content/a.md"), "hai").expect("written"),
        &[("content/a.md", Some("hai"))],
    ),
    (
        "truncate, write late",
        |root| {
            let path = root.join("content/a.md");
            fs::write(&path, "").expect("written");
            pause(120);
            fs::write(&path, "hai").expect("written");
        },
        &[("content/a.md", Some("hai"))],
    ),
    (
        "write beside, rename over",
        |root| {
            write(&root.join("content/a.md.tmp"), "hai");
            rename(&root.join("content/a.md.tmp"), &root.join("content/a.md"));
        },
        &[("content/a.md", Some("hai")), ("content/a.md.tmp", None)],
    ),
    (
        "vim",
        |root| {
            let at = |name: &str| root.join("content/b").join(name);
            write(&at("4913"), "");
            remove(&at("4913"));
            write(&at(".c.md.swp"), "b0VIM");
            rename(&at("c.md"), &at("c.md~"));
            write(&at("c.md"), "vim");
            remove(&at("c.md~"));
            remove(&at(".c.md.swp"));
        },
        &[("content/b/c.md", Some("vim"))],
    ),
    (
        "Word",
        |root| {
            let at = |name: &str| root.join("content/b").join(name);
            write(&at("~$c.md"), "lock");
            write(&at("~WRD0001.tmp"), "word");
            rename(&at("c.md"), &at("~WRL0002.tmp"));
            pause(30);
            rename(&at("~WRD0001.tmp"), &at("c.md"));
            remove(&at("~WRL0002.tmp"));
            remove(&at("~$c.md"));
        },
        &[("content/b/c.md", Some("word"))],
    ),
    (
        "LibreOffice",
        |root| {
            let at = |name: &str| root.join("content/b").join(name);
            write(&at(".~lock.c.md#"), ",clerk,");
            write(&at("lu12.tmp"), "libre");
            fs::copy(at("lu12.tmp"), at("c.md")).expect("copied");
            remove(&at("lu12.tmp"));
            remove(&at(".~lock.c.md#"));
        },
        &[("content/b/c.md", Some("libre"))],
    ),
    (
        "same length, same time",
        |root| {
            let path = root.join("content/b/c.md");
            let time = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
            fs::write(&path, "C").expect("written");
            fs::File::options()
                .append(true)
                .open(&path)
                .and_then(|f| f.set_modified(time))
                .expect("set back");
        },
        &[("content/b/c.md", Some("C"))],
    ),
    (
        "site.toml",
        |root| write(&root.join("site.toml"), "title = 'y'"),
        &[("site.toml", Some("title = 'y'"))],
    ),
    (
        "composed, then decomposed",
        |root| {
            write(&root.join("content/ế.md"), "x");
            rename(&root.join("content/ế.md"), &root.join("content/e\u{302}\u{301}.md"));
            write(&root.join("content/ho\u{323}c.md"), "y");
        },
        &[("content/ế.md", Some("x")), ("content/học.md", Some("y"))],
    ),
];

/// What is done with folders and many files.
pub const FOLDERS: &[Dance] = &[
    (
        "folders made with files in one go",
        |root| (0..20).for_each(|n| write(&root.join(format!("content/x/{n}/y/z.md")), "z")),
        &[("content/x/0/y/z.md", Some("z")), ("content/x/19/y/z.md", Some("z"))],
    ),
    (
        "a checkout",
        |root| {
            (0..300).for_each(|n| write(&root.join(format!("content/k{}/r{n}.md", n % 7)), "r"));
            (0..300)
                .filter(|n| n % 3 == 0)
                .for_each(|n| remove(&root.join(format!("content/k{}/r{n}.md", n % 7))));
            write(&root.join("content/last.md"), "last");
        },
        &[("content/last.md", Some("last")), ("content/k4/r298.md", Some("r")), ("content/k3/r297.md", None)],
    ),
    (
        "moved in from outside",
        |root| {
            let outside = root.with_extension("outside");
            write(&outside.join("deep/in.md"), "in");
            rename(&outside, &root.join("content/in"));
        },
        &[("content/in/deep/in.md", Some("in"))],
    ),
    (
        "moved out",
        |root| rename(&root.join("content/b"), &root.with_extension("out")),
        &[("content/b/c.md", None)],
    ),
    (
        "renamed",
        |root| rename(&root.join("content/b"), &root.join("content/mới")),
        &[("content/b/c.md", None), ("content/mới/d/e.md", Some("e"))],
    ),
    (
        "removed and back",
        |root| {
            fs::remove_dir_all(root.join("content/b")).expect("removed");
            write(&root.join("content/b/c.md"), "back");
        },
        &[("content/b/c.md", Some("back")), ("content/b/d/e.md", None)],
    ),
    (
        "content removed",
        |root| fs::remove_dir_all(root.join("content")).expect("removed"),
        &[("content/a.md", None)],
    ),
    (
        "content removed and made again",
        |root| {
            fs::remove_dir_all(root.join("content")).expect("removed");
            write(&root.join("content/n/a.md"), "new");
        },
        &[("content/n/a.md", Some("new")), ("content/a.md", None)],
    ),
    (
        "content exchanged",
        |root| {
            write(&root.join("next/a.md"), "next");
            rename(&root.join("content"), &root.join("old"));
            rename(&root.join("next"), &root.join("content"));
        },
        &[("content/a.md", Some("next")), ("content/b/c.md", None)],
    ),
    (
        "the project exchanged",
        |root| {
            let next = root.with_extension("next");
            write(&next.join("content/a.md"), "next");
            rename(root, &root.with_extension("old"));
            rename(&next, root);
        },
        &[("content/a.md", Some("next")), ("site.toml", None)],
    ),
    (
        "a theme comes",
        |root| write(&root.join("themes/t/static/a.css"), "a{}"),
        &[("themes/t/static/a.css", Some("a{}"))],
    ),
];

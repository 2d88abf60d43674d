//! Rebuilds: after every edit the folder equals a clean build, and what was made again is exactly what had to be.
//!
//! Scripted edits run the program in a folder and compare its own explanation with `tests/incremental/expected.txt`
//! (`UPDATE_EXPECTED=1` rewrites it). Random ones run the pipeline in memory, where two hundred sequences take seconds, and the
//! program with all that publishing remembers.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use nhiemky::content::memory::Memory as Parsed;
use nhiemky::digest::{self, Digest};
use nhiemky::path::{ContentPath, OutputPath};
use nhiemky::pipeline::{self, Kept, Sink};
use nhiemky::record::Records;
use nhiemky::source::{Asset, Sources};

use super::edits::{
    Dice, LABELS, STYLE, TEMPLATE, edit_a_body, edit_at_random, meddle_at_random, with_attachments,
    with_hidden_reports,
};
use super::project::{Project, root, run, tree};
use super::sites::{site, updates};

const REVIEW: &str = "content/a/2020-2025/chinh-tri.md";
const MIDTERM: &str = "content/a/2020-2025/so-ket.md";
const OLD: &str = "content/a/2015-2020/kiem-diem.md";
const UNIT: &str = "content/a/_index.md";

/// An edit of the sources, or of what lies on the disk.
enum Edit {
    Put(&'static str, &'static str, &'static str),
    New(&'static str, &'static str),
    Remove(&'static str),
    Disk(fn(&Path)),
}

/// The state files of a folder.
fn states(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder.join(".nhiemky")).expect("there is a state folder");
    let paths = entries.map(|e| e.expect("an entry").path());
    paths.filter(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("build-"))).collect()
}

fn halve_state(folder: &Path) {
    for state in states(folder) {
        let bytes = fs::read(&state).expect("a state");
        fs::write(&state, &bytes[..bytes.len() / 2]).expect("half a state");
    }
}

fn other_state(folder: &Path) {
    for state in states(folder) {
        let mut bytes = fs::read(&state).expect("a state");
        bytes[..16].copy_from_slice(b"nhiemky record 0");
        fs::write(&state, bytes).expect("a state of another version");
    }
}

/// Every edit with its name, one after the other on the same folder.
fn script() -> Vec<(&'static str, Edit)> {
    use Edit::{Disk, New, Put, Remove};
    vec![
        ("nothing", Disk(|_| {})),
        ("a word in a body", Put(REVIEW, "Kết thúc nhiệm kỳ.", "Kết thúc trọn nhiệm kỳ.")),
        (
            "the title of a report",
            Put(REVIEW, "Báo cáo chính trị 2020–2025", "Báo cáo chính trị nhiệm kỳ 2020–2025"),
        ),
        ("the title of an item", Put(MIDTERM, "title: Năm rõ", "title: Giao việc năm rõ")),
        ("a new link", Put(REVIEW, "trọn nhiệm kỳ.", "trọn nhiệm kỳ, xem [[nam-ro]].")),
        (
            "an id renamed, the old one kept",
            Put(MIDTERM, "{id: khao-sat,", "{id: khao-sat-moi, aliases: khao-sat,"),
        ),
        (
            "a unit merged",
            Put(
                UNIT,
                "level: ward\n",
                "level: ward\nevents: {date: 2025-07-01, kind: merged, from: a, to: phường B}\n",
            ),
        ),
        ("a report removed", Remove(OLD)),
        (
            "a new report",
            New(
                "content/a/2020-2025/thuong-nien.md",
                "---\ntitle: Năm 2021\nkind: annual\ndate: 2021-12-30\n---\nTốt.\n",
            ),
        ),
        (
            "a new term",
            New(
                "content/a/2025-2030/nghi-quyet.md",
                "---\ntitle: Nghị quyết\nkind: resolution\ndate: 2025-08-01\n---\n",
            ),
        ),
        ("a label", New(LABELS, "[nav]\nhome = \"Đầu trang\"\n")),
        ("a style sheet", New(STYLE, "body { color: black }\n")),
        (
            "a template",
            New(
                TEMPLATE,
                "{% extends \"base.html\" %}\n{% block main %}<h1>Không có</h1>{% endblock main %}\n",
            ),
        ),
        ("the title of the site", Put("site.toml", "title = \"", "title = \"Trang ")),
        ("a page cut short", Disk(|f| fs::write(f.join("public/index.html"), "<!doc").expect("a page"))),
        ("a page edited by hand", Disk(|f| fs::write(f.join("public/so-do.html"), "tay").expect("a page"))),
        ("a page removed", Disk(|f| fs::remove_file(f.join("public/404.html")).expect("a page"))),
        ("a stranger's file", Disk(|f| fs::write(f.join("public/robots.txt"), "x").expect("a file"))),
        ("the state cut in half", Disk(halve_state)),
        ("the state of another version", Disk(other_state)),
        ("the state removed", Disk(|f| fs::remove_dir_all(f.join(".nhiemky")).expect("a state"))),
    ]
}

/// A theme of its own for the broken chain: the old report is gone, and nothing may refer to it.
fn unchained() -> Project {
    let mut project = site("two-terms-chain");
    project.edit(MIDTERM, ", continues: 2015-2020#ho-ngheo", "");
    project.edit(MIDTERM, ", continues: 2015-2020#thu-nhap", "");
    project.edit(MIDTERM, "    carried_from: 2015-2020#xay-dung\n", "");
    project.edit(MIDTERM, " inherits: {from: 2015-2020#ro-nguoi, how: extended},", "");
    project.edit(MIDTERM, " và [[2015-2020#xay-dung|hạn chế cũ]]", "");
    project
}

#[test]
fn after_every_edit_the_folder_is_that_of_a_clean_build_and_the_explanation_is_right() {
    follow_the_script(&["--no-sync"]);
}

#[test]
fn so_it_is_with_all_that_publishing_remembers() {
    follow_the_script(&[]);
}

/// Goes through all edits with builds of these arguments.
fn follow_the_script(arguments: &[&str]) {
    let (mut project, folder) = (unchained(), in_memory());
    let build = |others: &[&str]| run(folder.path(), &[&["build", "--quiet"], arguments, others].concat());
    project.write_to(folder.path());
    build(&[]);
    let mut told = String::new();
    for (name, edit) in script() {
        match edit {
            Edit::Put(path, was, now) => _ = project.edit(path, was, now),
            Edit::New(path, text) => _ = project.put(path, text),
            Edit::Remove(path) => {
                project.remove(path);
                fs::remove_file(folder.path().join(path)).expect("it was there");
            }
            Edit::Disk(edit) => edit(folder.path()),
        }
        project.write_to(folder.path());
        let output = build(&["--explain", "--lang", "en"]);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let _ = write!(told, "== {name}\n{}\n", String::from_utf8_lossy(&output.stdout));
        let mut there = published(folder.path());
        there.remove("robots.txt");
        assert_same(&there, &project.render(false), name);
    }
    assert!(folder.path().join("public/robots.txt").is_file(), "a stranger's file is kept");
    let expected = root().join("tests/incremental/expected.txt");
    if updates() {
        fs::create_dir_all(expected.parent().expect("a folder")).expect("a folder");
        fs::write(&expected, &told).expect("the expected text");
    }
    let expected = fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n");
    assert!(told == expected, "run with UPDATE_EXPECTED=1 and read the difference:\n{told}");
}

/// A folder in memory where there is one: waiting for the disk costs nothing there.
fn in_memory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a temporary folder")
}

/// What is published in a project, but for the manifest.
fn published(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = tree(&folder.join("public"));
    files.remove(".nhiemky-manifest");
    files
}

fn assert_same(there: &BTreeMap<String, Vec<u8>>, clean: &BTreeMap<String, Vec<u8>>, name: &str) {
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(there), names(clean), "{name}: the files");
    for (path, bytes) in clean {
        assert!(there[path] == *bytes, "{name}: {path} differs from a clean build");
    }
}

/// A folder in memory: what earlier builds put there stays until it is no longer planned.
struct Memory<'a> {
    project: &'a Project,
    before: &'a BTreeMap<String, Vec<u8>>,
    now: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Memory<'_> {
    fn lay(&self, path: &OutputPath, bytes: &[u8]) {
        self.now.lock().expect("no test thread panicked here").insert(path.to_string(), bytes.to_vec());
    }
}

impl Sink for Memory<'_> {
    type Error = Infallible;

    fn keep(&self, path: &OutputPath, digest: &Digest) -> Result<Kept, Infallible> {
        let Some(bytes) = self.before.get(path.as_str()) else { return Ok(Kept::Missing) };
        if digest::digest(bytes) != *digest {
            return Ok(Kept::Altered);
        }
        self.lay(path, bytes);
        Ok(Kept::Intact)
    }

    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Digest, Infallible> {
        self.lay(path, bytes);
        Ok(digest::digest(bytes))
    }

    fn copy(&self, path: &OutputPath, from: &ContentPath, _: &Asset) -> Result<(), Infallible> {
        self.lay(path, &self.project.bytes(from.as_str()));
        Ok(())
    }
}

#[test]
fn two_hundred_random_sequences_of_edits_end_as_clean_builds_do() {
    let (mut dice, mut compared) = (Dice(20_251_122), 0);
    for name in ["two-terms-chain", "merger"] {
        let original = with_attachments(name);
        for _ in 0..100 {
            let mut project = original.clone();
            let (mut folder, mut records, mut parsed) =
                (BTreeMap::new(), Records::default(), Parsed::default());
            for _ in 0..3 {
                edit_at_random(&mut project, &original, &mut dice);
                let sources = project.sources();
                let (ready, problems) = pipeline::prepare_with(&sources, false, None, Some(&mut parsed));
                // A build with errors changes nothing.
                let Some(ready) = ready.filter(|_| !problems.any_error(false)) else { continue };
                let memory = Memory { project: &project, before: &folder, now: Mutex::default() };
                let Ok(made) = ready.make(&sources, &records, &memory);
                folder = memory.now.into_inner().expect("no test thread panicked here");
                records = Records::from_bytes(&made.records().to_bytes());
                assert_same(&folder, &project.render(false), "random edits");
                compared += 1;
            }
        }
    }
    assert!(compared > 300, "most edits leave a site that can be built: {compared}");
}

#[test]
fn random_edits_of_sources_and_of_what_is_published_end_as_clean_builds_do() {
    let (mut dice, mut compared) = (Dice(20_260_114), 0);
    for name in ["two-terms-chain", "merger"] {
        let original = with_attachments(name);
        for _ in 0..4 {
            let (mut project, folder) = (original.clone(), in_memory());
            for _ in 0..8 {
                project.mirror_to(folder.path());
                let before = published(folder.path());
                let output = run(folder.path(), &["build", "--quiet"]);
                match output.status.code() {
                    Some(0) => {
                        assert_same(&published(folder.path()), &project.render(false), "random edits");
                        compared += 1;
                    }
                    Some(1) => assert_same(&published(folder.path()), &before, "a build with errors"),
                    _ => panic!("{}", String::from_utf8_lossy(&output.stderr)),
                }
                (0..dice.below(3)).for_each(|_| edit_at_random(&mut project, &original, &mut dice));
                meddle_at_random(&folder.path().join("public"), &mut dice);
            }
        }
    }
    assert!(compared > 40, "most edits leave a site that can be built: {compared}");
}

#[test]
fn what_the_preview_remembers_of_files_gives_what_a_clean_reading_gives() {
    let (mut dice, mut sound) = (Dice(7), 0);
    let sites = ["two-terms-chain", "merger"].map(site).into_iter().chain([with_hidden_reports()]);
    for original in sites {
        for _ in 0..15 {
            let (mut project, mut parsed) = (original.clone(), Parsed::default());
            for _ in 0..8 {
                match dice.below(3) {
                    0 => edit_at_random(&mut project, &original, &mut dice),
                    _ => edit_a_body(&mut project, &mut dice),
                }
                let sources = project.sources();
                let (ready, problems) = pipeline::prepare_with(&sources, false, None, Some(&mut parsed));
                let (_, expected) = pipeline::prepare(&sources, false, None);
                assert!(problems.iter().eq(expected.iter()), "the same problems");
                if let Some(ready) = ready.filter(|_| !problems.any_error(false)) {
                    assert_same(
                        &rendered(&project, &ready, &sources),
                        &project.render(false),
                        "remembered files",
                    );
                    sound += 1;
                }
            }
        }
    }
    assert!(sound > 100, "most edits leave a site that can be built: {sound}");
}

fn rendered(project: &Project, ready: &pipeline::Ready, sources: &Sources) -> BTreeMap<String, Vec<u8>> {
    let empty = BTreeMap::new();
    let memory = Memory { project, before: &empty, now: Mutex::default() };
    let Ok(_) = ready.make(sources, &Records::default(), &memory);
    memory.now.into_inner().expect("no test thread panicked here")
}

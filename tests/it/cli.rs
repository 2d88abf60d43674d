//! The program from outside: exit codes, streams, formats, and that nothing is lost when a build stops.
//!
//! Exit codes are 0 for a clean site or warnings only, 1 for errors in the content, 2 where the machine or the command line
//! failed. Times and sizes in the last line are not compared.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use super::fixture;
use super::project::{Project, run, tree};
use super::sites::site as site_of;

const REPORT: &str = "content/a/2020-2025/r.md";

/// The fixtures' site with one report, whose body is `body`.
fn site(body: &str) -> Project {
    let mut project = fixture::parse("").project;
    project.put(REPORT, format!("---\ntitle: Báo cáo\nkind: annual\ndate: 2021-07-01\n---\n{body}"));
    project
}

/// A folder with that site.
fn folder(body: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    site(body).write_to(folder.path());
    folder
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it speaks UTF-8")
}

const ERROR: &str = "Xem [[khong-co]].\n";
const WARNING: &str = "Một <b>đậm.\n";

#[test]
fn exit_codes_tell_clean_warned_broken_and_failed() {
    for (body, checks, strict) in [("Sạch.\n", 0, 0), (WARNING, 0, 1), (ERROR, 1, 1)] {
        let folder = folder(body);
        assert_eq!(code(&run(folder.path(), &["check"])), checks, "check {body}");
        assert_eq!(code(&run(folder.path(), &["check", "--strict"])), strict, "check --strict {body}");
        assert_eq!(code(&run(folder.path(), &["build"])), checks, "build {body}");
        assert_eq!(code(&run(folder.path(), &["build", "--strict"])), strict, "build --strict {body}");
    }
    let empty = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(code(&run(empty.path(), &["check", "--root", "khong-co"])), 2);
    assert_eq!(code(&run(empty.path(), &["build", "--root", "khong-co"])), 2);
}

#[test]
fn a_folder_without_a_site_is_told_so() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    let output = run(empty.path(), &["check"]);
    assert_eq!(code(&output), 1);
    assert!(text(&output.stderr).contains("NK602"), "{}", text(&output.stderr));
    assert_eq!(tree(empty.path()).len(), 0, "nothing is written");
}

#[test]
fn usage_errors_are_not_the_contents_fault() {
    let folder = folder("");
    for wrong in [
        &["frob"][..],
        &["check", "--nope"],
        &["build", "--lang", "fr"],
        &["check", "--format", "xml"],
        &["build", "x"],
        &[],
    ] {
        let output = run(folder.path(), wrong);
        assert_eq!(code(&output), 2, "{wrong:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{wrong:?}");
    }
    for right in [&["--help"][..], &["--version"], &["build", "--help"], &["check", "-h"]] {
        let output = run(folder.path(), right);
        assert_eq!((code(&output), output.stderr.len()), (0, 0), "{right:?}");
        assert!(!output.stdout.is_empty(), "{right:?}");
    }
    assert!(text(&run(folder.path(), &["--lang", "en", "frob"]).stderr).starts_with("error: "));
    assert!(text(&run(folder.path(), &["frob"]).stderr).starts_with("lỗi: "));
}

#[test]
fn problems_are_said_to_people_with_the_line_and_a_caret() {
    let output = run(folder(ERROR).path(), &["check", "--color", "never"]);
    let said = text(&output.stderr);
    assert!(said.contains("lỗi[NK301]: không có mục “khong-co” trong a/2020-2025"), "{said}");
    assert!(said.contains("--> content/a/2020-2025/r.md:6:7"), "{said}");
    assert!(said.contains("6 | Xem [[khong-co]].\n  |       ^^^^^^^^"), "{said}");
    assert!(
        text(&run(folder(WARNING).path(), &["check", "--lang", "en"]).stderr)
            .contains("warning[NK501]: HTML is shown as text")
    );
    assert!(
        text(&run(folder(WARNING).path(), &["check", "--lang", "en", "--strict"]).stderr)
            .contains("error[NK501]")
    );
}

#[test]
fn json_says_everything_and_nothing_else() {
    let output =
        run(folder("Xem [[khong-co]] <b>.\n").path(), &["check", "--format", "json", "--lang", "en"]);
    let expected = serde_json::json!([
        {
            "severity": "error", "code": "NK301", "path": REPORT, "line": 6, "column": 7,
            "message": "there is no item “khong-co” in a/2020-2025",
            "help": "mend the id, or add the item to a report of that term", "nearest": [],
        },
        {
            "severity": "warning", "code": "NK501", "path": REPORT, "line": 6, "column": 18,
            "message": "HTML is shown as text", "help": "use Markdown instead", "nearest": [],
        },
    ]);
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(said, expected);
    assert_eq!((code(&output), text(&output.stderr).as_str()), (1, ""));
    let clean = run(folder("").path(), &["check", "--format", "json"]);
    assert_eq!((code(&clean), text(&clean.stdout).as_str(), text(&clean.stderr).as_str()), (0, "[]\n", ""));
}

#[test]
fn github_shows_problems_beside_their_lines() {
    let output = run(folder("100% [[khong-co]]\n").path(), &["check", "--format", "github", "--lang", "en"]);
    let expected = "::error file=content/a/2020-2025/r.md,line=6,col=8,title=NK301::there is no item “khong-co” in a/2020-2025\
        %0Amend the id, or add the item to a report of that term\n";
    assert_eq!(text(&output.stdout), expected);
    let strict = run(folder(WARNING).path(), &["check", "--format", "github", "--strict", "--lang", "en"]);
    assert!(text(&strict.stdout).starts_with("::error file="), "{}", text(&strict.stdout));
    let annotation = run(folder(WARNING).path(), &["check", "--format", "github", "--lang", "en"]);
    assert!(text(&annotation.stdout).starts_with("::warning file="), "{}", text(&annotation.stdout));
}

#[test]
fn checking_writes_nothing() {
    for body in ["", WARNING, ERROR] {
        let folder = folder(body);
        let before = tree(folder.path());
        run(folder.path(), &["check"]);
        assert_eq!(tree(folder.path()), before, "{body}");
    }
}

#[test]
fn a_build_writes_what_the_pipeline_renders() {
    let folder = folder("Sạch.\n");
    assert_eq!(code(&run(folder.path(), &["build"])), 0);
    let mut written = tree(&folder.path().join("public"));
    written.retain(|path, _| !path.starts_with('.'));
    let rendered = site("Sạch.\n").render(false);
    assert_eq!(written.keys().collect::<Vec<_>>(), rendered.keys().collect::<Vec<_>>());
    assert!(written == rendered, "some page differs from what the pipeline renders");
}

#[test]
fn an_error_leaves_the_old_site_untouched_and_a_warning_does_not() {
    let folder = folder("Sạch.\n");
    assert_eq!(code(&run(folder.path(), &["build"])), 0);
    let public = folder.path().join("public");
    let old = tree(&public);
    site(ERROR).write_to(folder.path());
    let output = run(folder.path(), &["build", "--lang", "en"]);
    assert_eq!(code(&output), 1);
    assert!(text(&output.stderr).contains("Nothing was written"), "{}", text(&output.stderr));
    assert!(tree(&public) == old, "an error leaves the site as it was");
    site(WARNING).write_to(folder.path());
    assert_eq!(code(&run(folder.path(), &["build", "--strict"])), 1);
    assert!(tree(&public) == old, "so does a warning under --strict");
    assert_eq!(code(&run(folder.path(), &["build"])), 0);
    assert!(tree(&public) != old, "a warning alone does not stop a build");
}

#[test]
fn what_is_no_longer_planned_goes_and_strangers_stay() {
    let folder = folder("Sạch.\n");
    let public = folder.path().join("public");
    let mut second = site("Sạch.\n");
    second.put("content/a/2020-2025/s.md", "---\ntitle: Hai\nkind: annual\ndate: 2021-08-01\n---\n");
    second.write_to(folder.path());
    assert_eq!(code(&run(folder.path(), &["build"])), 0);
    assert!(public.join("a/2020-2025/s.html").exists());
    fs::write(public.join("CNAME"), "a.vn").expect("a stranger's file");
    fs::create_dir_all(public.join("khac")).expect("a stranger's folder");
    fs::write(public.join("khac/anh.png"), [1, 2, 3]).expect("a stranger's file");
    fs::remove_file(folder.path().join("content/a/2020-2025/s.md")).expect("the author drops a report");
    assert_eq!(code(&run(folder.path(), &["build"])), 0);
    assert!(!public.join("a/2020-2025/s.html").exists(), "what is no longer planned goes");
    assert_eq!(fs::read(public.join("CNAME")).expect("it is there"), b"a.vn");
    assert_eq!(fs::read(public.join("khac/anh.png")).expect("it is there"), [1, 2, 3]);
}

#[test]
fn a_second_build_changes_nothing() {
    let folder = folder("Sạch.\n");
    assert_eq!(code(&run(folder.path(), &["build"])), 0);
    let before = settled(folder.path());
    let output = run(folder.path(), &["build", "--lang", "en"]);
    assert!(text(&output.stdout).starts_with("Nothing has changed"), "{}", text(&output.stdout));
    assert!(settled(folder.path()) == before, "neither pages nor state change");
}

/// All files but the note of who builds at this moment.
fn settled(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = tree(folder);
    files.retain(|path, _| !path.ends_with(".pid") && !path.ends_with(".lock"));
    files
}

#[test]
fn hidden_reports_leave_no_trace_on_the_disk() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    site_of("drafts").write_to(folder.path());
    assert_eq!(code(&run(folder.path(), &["build"])), 0);
    for (path, bytes) in tree(folder.path()).iter().filter(|(path, _)| !path.starts_with("content/")) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        let traces = ["dấu vết", "dau-vet", "draft-report", "noi-bo-1", "mat-1"];
        assert!(
            !traces.iter().any(|trace| text.contains(trace) || path.contains(trace)),
            "{path} betrays a hidden report"
        );
    }
}

#[test]
fn quiet_prints_problems_and_errors_only() {
    let clean = folder("Sạch.\n");
    for command in ["check", "build"] {
        let output = run(clean.path(), &[command, "--quiet"]);
        assert_eq!(
            (code(&output), text(&output.stdout), text(&output.stderr)),
            (0, String::new(), String::new()),
            "{command}"
        );
    }
    let warned = folder(WARNING);
    let output = run(warned.path(), &["build", "--quiet"]);
    assert_eq!((code(&output), output.stdout.len()), (0, 0));
    assert!(text(&output.stderr).contains("NK501"), "{}", text(&output.stderr));
}

#[test]
fn root_and_output_may_lie_elsewhere() {
    let (site, elsewhere) = (folder("Sạch.\n"), tempfile::tempdir().expect("a temporary folder"));
    let (root, output) = (path(site.path()), path(&elsewhere.path().join("ra đây")));
    let result = run(elsewhere.path(), &["build", "--root", &root, "--output", &output]);
    assert_eq!(code(&result), 0, "{}", text(&result.stderr));
    assert!(elsewhere.path().join("ra đây/index.html").exists());
    assert!(!site.path().join("public").exists());
    let refused = run(site.path(), &["build", "--output", "content"]);
    assert_eq!(code(&refused), 2, "the content is no place for a site");
    assert!(site.path().join(REPORT).exists());
}

#[test]
fn another_base_address_changes_whole_addresses_only() {
    let folder = folder("Sạch.\n");
    assert_eq!(code(&run(folder.path(), &["build", "--base-url", "https://b.vn/x"])), 0);
    let page = fs::read_to_string(folder.path().join("public/index.html")).expect("the page is there");
    assert!(page.contains("https://b.vn/x/") && !page.contains("https://a.vn/"), "{page}");
    assert_eq!(code(&run(folder.path(), &["build", "--base-url", "b.vn"])), 2);
}

#[test]
fn drafts_are_shown_on_demand() {
    let folder = folder("Sạch.\n");
    let draft = "---\ntitle: Dự thảo\nkind: annual\ndate: 2021-08-01\nstatus: draft\n---\n";
    fs::write(folder.path().join("content/a/2020-2025/d.md"), draft).expect("a draft");
    let page = folder.path().join("public/a/2020-2025/d.html");
    assert_eq!(code(&run(folder.path(), &["build"])), 0);
    assert!(!page.exists());
    assert_eq!(code(&run(folder.path(), &["build", "--drafts"])), 0);
    assert!(page.exists());
    assert_eq!(code(&run(folder.path(), &["build"])), 0);
    assert!(!page.exists(), "and go again");
}

fn path(path: &Path) -> String {
    path.to_str().expect("temporary folders have sound names").to_owned()
}

//! Withdrawn reports: from the next build on, nothing of one lies anywhere but in its sources.
//!
//! Looked for in every file of the project, its memory included, by names, by words of the text and by bytes of attachments.
//! The builds wait for the disk, because that decides what they remember.

use std::fs;
use std::path::Path;

use super::project::{run, tree};
use super::sites::site;

/// A report of which every name and every word is its own.
const REPORT: &str = "content/a/2020-2025/rut-lai.md";
const ATTACHMENT: &str = "content/a/2020-2025/phu-luc-rieng.pdf";
const TEXT: &str = "---\ntitle: Báo cáo Zzrutlai\nkind: annual\ndate: 2023-12-30\naliases: cu/dia-chi-zzcu.html\nlessons:\n  \
    - {id: zzbai-hoc, title: Bài học zzmuc, text: Lời zzloi}\n---\n## Phần zzphan\n\nChữ zzchu, xem \
    [phụ lục](phu-luc-rieng.pdf) và [[nam-ro]].\n";

/// What tells of it, in names and in bytes.
const TRACES: [&str; 10] = [
    "rut-lai",
    "Zzrutlai",
    "zzbai-hoc",
    "zzmuc",
    "zzloi",
    "zzphan",
    "zzchu",
    "phu-luc-rieng",
    "%PDF-zz",
    "zzcu",
];

/// The files below a folder that tell of the report, but for the sources.
fn traces(folder: &Path) -> Vec<String> {
    let tells = |bytes: &[u8]| TRACES.iter().any(|t| bytes.windows(t.len()).any(|w| w == t.as_bytes()));
    let files = tree(folder).into_iter().filter(|(path, _)| !path.starts_with("content/"));
    files.filter(|(path, bytes)| tells(path.as_bytes()) || tells(bytes)).map(|(path, _)| path).collect()
}

fn build(folder: &Path) {
    let output = run(folder, &["build", "--quiet"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The project with the report, published after something else was.
fn published() -> tempfile::TempDir {
    let (mut project, folder) = (site("two-terms-chain"), tempfile::tempdir().expect("a temporary folder"));
    // Pages that stay, so that the report is a small part of the site.
    for number in 0..40 {
        let report = format!("---\ntitle: Năm thứ {number}\nkind: annual\ndate: 2016-02-03\n---\n");
        project.put(&format!("content/a/2015-2020/nam-{number}.md"), report);
    }
    project.write_to(folder.path());
    build(folder.path());
    project.put(ATTACHMENT, "%PDF-zz").put(REPORT, TEXT).write_to(folder.path());
    build(folder.path());
    assert!(traces(folder.path()).iter().any(|path| path.starts_with("public/")), "it was published");
    folder
}

#[test]
fn a_withdrawn_report_lies_nowhere_but_in_its_sources() {
    let with = |key: &str| Some(TEXT.replace("kind: annual\n", &format!("kind: annual\n{key}\n")));
    let deeds =
        [("internal", with("access: internal")), ("a draft", with("status: draft")), ("removed", None)];
    for (name, text) in deeds {
        let folder = published();
        let path = folder.path().join(REPORT);
        match text {
            Some(text) => fs::write(path, text).expect("a file can be written"),
            None => fs::remove_file(path).expect("it was there"),
        }
        build(folder.path());
        assert_eq!(traces(folder.path()), [""; 0], "{name}");
    }
}

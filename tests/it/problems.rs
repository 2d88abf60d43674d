//! What is said of an author's mistakes: every fixture of `tests/problems` gives exactly the problems it shows, where it shows
//! them.
//!
//! `UPDATE_EXPECTED=1` writes the carets as they now are; the diff is to be read, not believed. Bounds too large for a fixture
//! are tested below in code.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use nhiemky::content::frozen;
use nhiemky::problem::{Finding, Severity};
use nhiemky::vietnamese::Language;

use super::fixture::{self, Fixture, Place};
use super::project::{Found, Project, root, run};
use super::sites::updates;

/// All fixtures by name.
fn fixtures() -> BTreeMap<String, (PathBuf, Fixture)> {
    let folder = fs::read_dir(root().join("tests/problems")).expect("there are fixtures");
    let paths = folder.map(|entry| entry.expect("the folder can be read").path());
    let sites = paths.filter(|path| path.extension().is_some_and(|e| e == "site"));
    let named = sites.map(|path| {
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        (
            path.file_stem().expect("it has a name").to_string_lossy().into_owned(),
            (path, fixture::parse(&text)),
        )
    });
    named.collect()
}

#[test]
fn every_fixture_gives_its_problems_and_no_others() {
    let mut wrong = String::new();
    for (name, (path, fixture)) in fixtures() {
        let found = fixture.project.problems();
        let mut said: Vec<Place> = found.iter().map(|p| place(p, &fixture)).collect();
        said.sort();
        if said == fixture.expected {
            continue;
        }
        if updates() {
            fs::write(&path, fixture.with(&found)).expect("the fixture can be written");
        }
        let more: Vec<String> = found
            .iter()
            .filter(|p| !fixture.expected.contains(&place(p, &fixture)))
            .map(Found::to_string)
            .collect();
        let less: Vec<&Place> = fixture.expected.iter().filter(|p| !said.contains(p)).collect();
        wrong += &format!("{name}: found in addition {more:#?}\n{name}: not found {less:#?}\n");
    }
    assert!(wrong.is_empty() || updates(), "{wrong}");
}

/// A range of several lines cannot be drawn: there as many carets are right as are shown.
fn place(p: &Found, fixture: &Fixture) -> Place {
    let shown =
        || fixture.expected.iter().find(|e| (&*e.0, e.1, e.2, &*e.3) == (&*p.path, p.line, p.column, p.code));
    let length = p.length.or_else(|| shown().map(|e| e.4)).unwrap_or(1);
    (p.path.clone(), p.line, p.column, p.code.to_owned(), if p.has_text { length } else { 0 })
}

#[test]
fn every_code_occurs_in_a_fixture_with_its_severity() {
    let found: Vec<Found> = fixtures().into_values().flat_map(|(_, f)| f.project.problems()).collect();
    for (code, severity) in Finding::CODES {
        let of_code: Vec<&Found> = found.iter().filter(|p| p.code == *code).collect();
        assert!(!of_code.is_empty(), "{code} occurs in no fixture");
        assert!(
            of_code.iter().all(|p| p.is_error == (*severity == Severity::Error)),
            "{code} is {severity:?}"
        );
    }
}

#[test]
fn codes_are_unique_and_in_order() {
    let codes: Vec<&str> = Finding::CODES.iter().map(|(code, _)| *code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
}

#[test]
fn every_finding_speaks_both_languages() {
    for (name, (_, fixture)) in fixtures() {
        let sources = fixture.project.sources();
        let problems = fixture.project.raw_problems(&sources);
        for finding in problems.iter().map(|p| &p.finding) {
            for says in [Finding::message, Finding::help] {
                let (vi, en) = (says(finding, Language::Vi), says(finding, Language::En));
                let code = finding.code();
                assert!(!vi.trim().is_empty() && !en.trim().is_empty(), "{name}: {code} says nothing");
                assert_ne!(vi, en, "{name}: {code} says the same in both languages");
                assert!(
                    !has_placeholder(&vi) && !has_placeholder(&en),
                    "{name}: {code} leaves a brace: {vi} / {en}"
                );
                assert!(
                    !vi.ends_with('.') && !en.ends_with('.'),
                    "{name}: {code} ends with a full stop: {vi} / {en}"
                );
            }
        }
    }
}

/// Whether a text holds `{field}`, which the catalogue should have filled.
fn has_placeholder(text: &str) -> bool {
    let is_name = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    text.split('{').skip(1).any(|rest| rest.split_once('}').is_some_and(|(word, _)| is_name(word)))
}

/// A report of the fixtures' unit.
fn with_report(front: &str, body: &str) -> Project {
    let report = format!("---\ntitle: Báo cáo\nkind: annual\ndate: 2021-07-01\n{front}---\n{body}");
    let mut project = fixture::parse("").project;
    project.put("content/a/2020-2025/r.md", report);
    project
}

fn codes(project: &Project) -> Vec<&'static str> {
    project.problems().iter().map(|p| p.code).collect()
}

#[test]
fn a_control_character_in_a_frozen_term_is_only_a_warning() {
    let report =
        "---\ntitle: \"Một\\0\"\nkind: review\ndate: 2020-03-01\nsummary: \"a\u{85}b\"\n---\nHai\u{1}.\n";
    let path = "content/a/2015-2020/r.md";
    let mut project = fixture::parse("").project;
    project.put(path, report);
    let found = |project: &Project| -> Vec<(&str, usize, bool)> {
        project.problems().iter().map(|p| (p.code, p.line, p.is_error)).collect()
    };
    assert_eq!(found(&project), [("NK206", 2, true), ("NK206", 5, true), ("NK206", 7, true)]);
    let digest = frozen::of_report(report).expect("it can be read");
    let list = frozen::of_list([("r.md", digest.as_str())].into_iter());
    let index = format!(
        "---\nfrozen:\n  date: 2021-01-01\n  seal: \"sha256:{}\"\n  digest: \"{list}\"\n  files:\n    r.md: \"{digest}\"\n---\n",
        "0".repeat(64)
    );
    project.put("content/a/2015-2020/_index.md", index);
    assert_eq!(found(&project), [("NK206", 2, false), ("NK206", 5, false), ("NK206", 7, false)]);
    let folder = tempfile::tempdir().expect("a temporary folder");
    project.write_to(folder.path());
    for arguments in [&["build"][..], &["archive", "a/2015-2020", "--again"]] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_body_has_at_most_4_mb() {
    let bound = 4 * 1024 * 1024;
    let line = format!("{}\n", "a ".repeat(511)) + "\n";
    let body = |bytes: usize| line.repeat(bytes / line.len() + 1)[..bytes].to_owned();
    assert_eq!(codes(&with_report("", &body(bound))), Vec::<&str>::new());
    assert_eq!(codes(&with_report("", &body(bound + 1))), ["NK109"]);
}

#[test]
fn front_matter_has_at_most_256_kb() {
    let front = |bytes: usize| {
        let rest = "title: Báo cáo\nkind: annual\ndate: 2021-07-01\nsummary: \n".len();
        format!("summary: {}\n", "a".repeat(bytes - rest))
    };
    assert_eq!(codes(&with_report(&front(256 * 1024), "")), Vec::<&str>::new());
    assert_eq!(codes(&with_report(&front(256 * 1024 + 1), "")), ["NK204"]);
}

#[test]
fn front_matter_has_at_most_32_levels() {
    // The report is the first level, each bracket one more; what the value should be is another matter (NK215).
    let front = |levels: usize| format!("summary: {}{}\n", "[".repeat(levels - 1), "]".repeat(levels - 1));
    assert_eq!(codes(&with_report(&front(32), "")), ["NK215"]);
    assert_eq!(codes(&with_report(&front(33), "")), ["NK204"]);
}

//! What reaches a terminal: nothing from outside that steers it or forges a line.

use super::fixture;
use super::project::{Project, run};

/// The fixtures' site with one report, whose body is `body`.
fn site(body: &str) -> Project {
    let mut project = fixture::parse("").project;
    let front = "---\ntitle: Báo cáo\nkind: annual\ndate: 2021-07-01\n---\n";
    project.put("content/a/2020-2025/r.md", format!("{front}{body}"));
    project
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it speaks UTF-8")
}

/// Hides the cursor, rings the bell, begins lines, turns the direction of writing.
const HOSTILE: &str = "x\u{1b}[?25l\u{7}\u{9b}2J\nerror[NK999]: forged\r\n::error::forged\u{202e}\u{2028}.md";

/// Fails where `HOSTILE` comes through; colours of our own are no matter.
fn expect_harmless(what: &str, said: &str) {
    assert!(said.contains("forged"), "{what} names it: {said}");
    for sign in ["\u{1b}[?25l", "\u{7}", "\u{9b}", "\r", "\u{202e}", "\u{2028}"] {
        assert!(!said.contains(sign), "{what} says {sign:?}: {said:?}");
    }
    for line in said.lines() {
        let line = line.trim_start_matches(|c: char| c == '\u{1b}' || "[0123456789;m".contains(c));
        assert!(!line.starts_with("error[NK999]") && !line.starts_with("::error::"), "{what}: {said:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_name_of_a_file_forges_no_line_and_steers_no_terminal() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut project = site("");
    project.put(&format!("content/a/2020-2025/{HOSTILE}"), "---\ntitle: Một\n---\n");
    project.write_to(folder.path());
    for command in [
        &["check"][..],
        &["check", "--format", "github"],
        &["check", "--format", "json"],
        &["build"],
        &["archive", "a/2020-2025"],
    ] {
        let output = run(folder.path(), &[command, &["--color", "always"]].concat());
        expect_harmless(&command.join(" "), &(text(&output.stdout) + &text(&output.stderr)));
    }
}

#[cfg(unix)]
#[test]
fn an_argument_forges_no_line_and_steers_no_terminal() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    site("").write_to(folder.path());
    for arguments in [
        &["check", "--root", HOSTILE][..],
        &["build", "--output", HOSTILE, "--root", HOSTILE],
        &["archive", HOSTILE],
        &["check", "--against", HOSTILE],
        &["verify", HOSTILE],
        &["serve", "--root", HOSTILE],
        &[HOSTILE],
        &["check", "--format", HOSTILE],
    ] {
        let output = run(folder.path(), &[arguments, &["--color", "always"]].concat());
        expect_harmless(&format!("{arguments:?}"), &(text(&output.stdout) + &text(&output.stderr)));
    }
}

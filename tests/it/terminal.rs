//! What reaches a terminal: nothing from outside that steers it or forges a line, and no more problems than a person reads.

use std::time::{Duration, Instant};

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

#[test]
fn after_two_hundred_problems_the_terminal_says_how_many_are_left() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    site(&("1%0\n".repeat(300) + "[[khong-co]]\n")).write_to(folder.path());
    let checked = run(folder.path(), &["check", "--lang", "vi"]);
    let said = text(&checked.stderr);
    assert_eq!(said.matches("[NK504]").count(), 199, "warnings, in their order");
    assert_eq!(said.matches("[NK301]").count(), 1, "an error, though 300 warnings stand before it");
    let left = "… và 101 vấn đề nữa không in ra đây; xem tất cả bằng lệnh: nhiemky check --format json\n";
    assert!(said.ends_with(left), "{said}");
    assert!(text(&checked.stdout).contains("1 lỗi, 300 cảnh báo"), "{}", text(&checked.stdout));
    let built = run(folder.path(), &["build", "--lang", "en"]);
    let said = text(&built.stderr);
    assert!(
        said.contains(
            "… and 101 more problems that are not shown; to see all of them: nhiemky check --format json\n"
        ),
        "{said}"
    );
    let listed = run(folder.path(), &["check", "--format", "json"]);
    let listed: Vec<serde_json::Value> = serde_json::from_slice(&listed.stdout).expect("it is JSON");
    assert_eq!(listed.len(), 301, "JSON has all");
    let commands = text(&run(folder.path(), &["check", "--format", "github", "--lang", "en"]).stdout);
    assert_eq!((commands.matches("::warning ").count(), commands.matches("::error ").count()), (199, 1));
    assert!(commands.ends_with("::notice::… and 101 more problems that are not shown; to see all of them: nhiemky check --format json\n"));
}

#[test]
fn a_hundred_thousand_problems_are_told_in_linear_time() {
    // Before, each walked the text from its beginning; in this build that would take some minutes each.
    let bound = Duration::from_secs(90);
    let front = format!("summary: \"{}\"\n", "[[x]] ".repeat(40_000));
    for (what, body, front) in
        [("lines", "1%0\n", ""), ("one line", "1%0 ", ""), ("one value", "", front.as_str())]
    {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut project = site(&body.repeat(100_000));
        if !front.is_empty() {
            project.edit("content/a/2020-2025/r.md", "kind: annual\n", &format!("kind: annual\n{front}"));
        }
        project.write_to(folder.path());
        #[expect(clippy::disallowed_methods, reason = "a test of time, with room for a busy machine")]
        let began = Instant::now();
        let output = run(folder.path(), &["check", "--lang", "en"]);
        let took = began.elapsed();
        assert!(took < bound, "{what}: {took:?}");
        assert!(text(&output.stderr).contains("more problems that are not shown"), "{what}");
    }
}

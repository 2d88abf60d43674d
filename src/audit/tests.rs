//! One small site for each rule, on both sides of its border.
//!
//! A case is a few reports of the unit `u`; what comes back are the findings with the words they stand at, so that code and
//! place are held in one line. Everything before the audit must be free of errors.

mod figure;
mod tally;

use super::*;
use crate::model::item::{Due, Task};
use crate::model::word::Word as _;
use crate::path::ContentPath;
use crate::problem::locate::locate;
use crate::source::Sources;
use crate::vietnamese::{Language, date};
use crate::{config, content, graph};

/// A site with reports at `2020-2025/a` and so on: name, kind, date, the rest of the front matter.
struct Case {
    sources: Sources,
    library: Library,
    graph: Graph,
    problems: Problems,
}

fn case(reports: &[(&str, &str, &str, &str)]) -> Case {
    case_in("vi", reports)
}

fn case_in(language: &str, reports: &[(&str, &str, &str, &str)]) -> Case {
    let (case, found) = linked(language, reports);
    assert!(!found.any_error(true), "{found:?}");
    case
}

/// A site, and what was found before the audit.
fn linked(language: &str, reports: &[(&str, &str, &str, &str)]) -> (Case, Problems) {
    let path = |p: &str| ContentPath::new(p.split('/')).expect("the paths of these tests are sound");
    let toml = format!(
        "title = \"T\"\nbase_url = \"https://x.vn/\"\nlanguage = \"{language}\"\nunit = \"u\"\n[fields]\n"
    );
    let mut files = vec![
        (path("site.toml"), toml),
        (path("content/u/_index.md"), "---\nname: U\nlevel: ward\n---\n".to_owned()),
    ];
    for (name, kind, date, rest) in reports {
        let text = format!("---\ntitle: T\nkind: {kind}\ndate: {date}\n{rest}\n---\n");
        files.push((path(&format!("content/u/{name}.md")), text));
    }
    let sources = Sources::new(files);
    let (config, mut found) = config::parse(&sources);
    let config = config.expect("the configuration of these tests is there");
    let (library, more) = content::parse(&sources, &config, None);
    found.extend(more);
    let (graph, more) = graph::link(&library, &sources, Report::is_published);
    found.extend(more);
    let problems = audit(&library, &graph, &config);
    (Case { sources, library, graph, problems }, found)
}

impl Case {
    /// Each finding as its code and the words at its place.
    fn found(&self) -> Vec<String> {
        let located = locate(&self.problems, &self.sources);
        let show = |l: &crate::problem::locate::Located<'_>| {
            let words = l.excerpt.as_ref().map_or("", |(text, range)| &text[range.clone()]);
            format!("{} {words}", l.problem.finding.code())
        };
        located.iter().map(show).collect()
    }

    fn messages(&self, language: Language) -> Vec<String> {
        locate(&self.problems, &self.sources).iter().map(|l| l.problem.finding.message(language)).collect()
    }
}

/// One review of 2025-07-20, with `rest` in its front matter.
fn review(rest: &str) -> Case {
    case(&[("2020-2025/a", "review", "2025-07-20", rest)])
}

/// One target of a review.
fn target(keys: &str) -> Case {
    review(&format!("targets: [{{id: x, name: X, {keys}}}]"))
}

const NONE: [&str; 0] = [];

#[test]
fn missed_and_outlook_by_the_end_of_the_term() {
    let both = "targets: [{id: x, name: X, result: missed, outlook: hard}]";
    let (early, over) = (["NK402 missed"], ["NK403 hard"]);
    let cases = [
        ("review", "2024-12-31", early),
        ("review", "2025-01-01", over),
        ("political", "2025-01-01", over),
        ("midterm", "2025-12-30", early),
        ("annual", "2025-12-31", over),
        ("press", "2026-06-01", over),
    ];
    for (kind, date, expected) in cases {
        assert_eq!(case(&[("2020-2025/a", kind, date, both)]).found(), expected, "{kind} {date}");
    }
}

#[test]
fn the_figures_date_decides_and_not_the_report_s() {
    let rest = "as_of: 2024-12-31\ntargets: [{id: x, name: X, outlook: hard}]";
    assert_eq!(review(rest).found(), NONE);
}

#[test]
fn an_item_is_judged_by_its_own_term() {
    let rest = "targets: [{id: x, name: X, term: 2015-2020, result: missed, outlook: hard},
        {id: y, name: Y, term: 2025-2030, result: missed, outlook: hard}]";
    let found = case(&[("2020-2025/a", "annual", "2022-01-01", rest)]).found();
    assert_eq!(found, ["NK403 hard", "NK402 missed"]);
}

#[test]
fn an_inherited_outlook_is_no_mistake_of_the_last_report() {
    let first = ("2020-2025/a", "midterm", "2023-01-01", "targets: [{id: x, name: X, outlook: hard}]");
    let last = ("2020-2025/b", "review", "2025-07-20", "targets: [{id: x, result: missed}]");
    assert_eq!(case(&[first, last]).found(), NONE);
}

#[test]
fn dates_of_a_report() {
    let cases: [(&str, &str, &[&str]); 7] = [
        ("2025-07-20", "as_of: 2025-07-20", &[]),
        ("2025-07-20", "as_of: 2025-07-21", &["NK408 2025-07-21"]),
        ("2020-01-01", "", &[]),
        ("2019-12-31", "", &["NK410 2019-12-31"]),
        ("2026-12-31", "", &[]),
        ("2027-01-01", "", &["NK410 2027-01-01"]),
        ("2027-01-01", "as_of: 31/12/2025", &[]),
    ];
    for (date, rest, expected) in cases {
        let found = case(&[("2020-2025/a", "annual", date, rest)]).found();
        assert_eq!(found, expected, "{date} {rest}");
    }
}

#[test]
fn hidden_reports_are_not_judged_with_the_published() {
    assert_eq!(review("status: draft\nas_of: 2026-01-01").found(), NONE);
}

#[test]
fn the_five_clears() {
    let full = Task::default();
    assert_eq!(clears::lacking(&full, false), ["title", "who", "responsible", "due", "outcome"]);
    let due = date::parse_partial("2024").ok();
    let dated = Task { due: Some(Due { from: None, until: due }), ..Task::default() };
    assert_eq!(clears::lacking(&dated, true), ["who", "responsible", "outcome"]);
    let undated = Task { due: Some(Due { from: None, until: None }), ..Task::default() };
    assert_eq!(clears::lacking(&undated, true), ["who", "responsible", "due", "outcome"]);
}

#[test]
fn limitations_that_still_wait() {
    let resolved: Vec<_> = LimitationState::ALL.iter().filter(|(s, ..)| !unresolved(Some(*s))).collect();
    let names: Vec<_> = resolved.into_iter().map(|(_, name, _)| *name).collect();
    assert_eq!(names, ["mended", "handed-over"]);
    assert!(unresolved(None));
}

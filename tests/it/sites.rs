//! Golden sites: every folder of `tests/sites` is rendered, and what its pages say is compared with its `expected.txt`.
//!
//! `UPDATE_EXPECTED=1 cargo test` writes the files anew; the diff is to be read. What no outline can hold stands below: that hidden
//! reports leave no trace, that hostile texts stay text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use super::outline::{all_text, outline, select};
use super::project::{Project, root};

/// The sites, each a promise of its own.
pub const SITES: [&str; 6] = ["minimal", "two-terms-chain", "merger", "english", "drafts", "hostile"];

/// The site of a folder below `tests/sites`.
pub fn site(name: &str) -> Project {
    Project::from_folder(&root().join("tests/sites").join(name))
}

/// Whether expected files are to be written instead of compared.
#[expect(
    clippy::disallowed_methods,
    reason = "the one switch of the tests is an environment variable, as in other crates"
)]
pub fn updates() -> bool {
    std::env::var_os("UPDATE_EXPECTED").is_some()
}

fn golden(name: &str) {
    let (site, path) = (site(name), root().join("tests/sites").join(name).join("expected.txt"));
    let said = outlines(&site.render(false));
    if updates() {
        fs::write(&path, &said).expect("the expected file can be written");
    }
    let expected = fs::read_to_string(&path).expect("there is an expected file: UPDATE_EXPECTED=1 writes it");
    let differs = said.lines().zip(expected.lines()).position(|(a, b)| a != b);
    let at = differs.unwrap_or_else(|| said.lines().count().min(expected.lines().count()));
    let around = |text: &str| text.lines().skip(at.saturating_sub(6)).take(12).collect::<Vec<_>>().join("\n");
    assert!(
        said == expected,
        "{name}, line {}:\n{}\n--- expected ---\n{}",
        at + 1,
        around(&said),
        around(&expected)
    );
}

fn outlines(site: &BTreeMap<String, Vec<u8>>) -> String {
    let mut text = String::new();
    for (path, bytes) in site.iter().filter(|(path, _)| !path.starts_with("theme/")) {
        writeln!(text, "=== {path}").expect("a string takes all");
        if path.ends_with(".html") {
            text.push_str(&outline(&html(bytes)));
        }
    }
    text
}

fn html(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("pages are UTF-8")
}

#[test]
fn minimal() {
    golden("minimal");
}

#[test]
fn two_terms_chain() {
    golden("two-terms-chain");
}

#[test]
fn merger() {
    golden("merger");
}

#[test]
fn english() {
    golden("english");
}

#[test]
fn drafts() {
    golden("drafts");
}

#[test]
fn hostile() {
    golden("hostile");
}

#[test]
fn every_folder_is_a_golden_site() {
    let folders = fs::read_dir(root().join("tests/sites")).expect("there are sites");
    let mut names: Vec<String> = folders
        .map(|e| e.expect("the folder can be listed").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let mut known = SITES;
    known.sort_unstable();
    assert_eq!(names, known);
}

#[test]
fn hidden_reports_leave_no_trace() {
    for (path, bytes) in site("drafts").render(false) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for word in ["dấu vết", "dau-vet", "dự thảo kín", "draft-report", "noi-bo-1", "noi-bo", "mat-1"]
        {
            assert!(!text.contains(word), "{path} betrays “{word}”");
        }
        assert!(!path.contains("dau-vet") && !path.contains("draft"), "{path}");
    }
}

/// `hidden_reports_leave_no_trace` for the folder that a hidden report lies in.
#[test]
fn a_secret_report_does_not_betray_its_term() {
    let site = Project::new(
        "=== site.toml\ntitle = 'T'\nbase_url = 'https://a.vn/'\nlanguage = 'vi'\nunit = 'a'\n\
         === content/a/_index.md\n---\nname: A\nlevel: ward\n---\n\
         === content/a/2015-2020/r.md\n---\ntitle: M\nkind: annual\ndate: 2016-07-01\naccess: secret\n---\n",
    );
    for (path, bytes) in site.render(false) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!path.contains("2015") && !text.contains("2015"), "{path} betrays the term");
    }
}

#[test]
fn drafts_are_shown_on_demand_with_a_mark_and_internal_ones_never() {
    let shown = site("drafts").render(true);
    let page = html(&shown["a/2020-2025/draft-report.html"]);
    let banner = scraper::Html::parse_document(&page);
    assert!(select(&banner, ".draft").count() > 0, "a draft bears a mark");
    for (path, bytes) in &shown {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !text.contains("dấu vết nội bộ") && !text.contains("dấu vết mật"),
            "{path} betrays an internal report"
        );
    }
}

#[test]
fn hostile_texts_stay_text() {
    for (path, bytes) in site("hostile").render(false).iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = html(bytes);
        let page = scraper::Html::parse_document(&text);
        // Only `hostile` marks are counted: the theme may have scripts of its own, from files.
        for selector in [
            "script:not([src])",
            "iframe",
            "object",
            "embed",
            "svg[onload]",
            "form[action]",
            "base",
            "b.hostile",
            "meta[http-equiv=refresh][content*=evil]",
        ] {
            assert_eq!(select(&page, selector).count(), 0, "{path} holds {selector}");
        }
        let titles: Vec<_> = select(&page, "title").collect();
        assert_eq!(titles.len(), 1, "{path}: `</title>` in a title ends no title");
        for element in select(&page, "*") {
            for (name, value) in element.value().attrs() {
                assert!(!name.starts_with("on"), "{path}: {name}=\"{value}\"");
                let leaves = ["javascript:", "data:", "vbscript:", "//evil", "file:", "\\\\"];
                let is_address = ["href", "src", "action", "srcset"].contains(&name);
                assert!(
                    !is_address || !leaves.iter().any(|l| value.trim().to_lowercase().starts_with(l)),
                    "{path}: {name}=\"{value}\""
                );
            }
        }
        assert!(!text.contains("<script>alert"), "{path}");
        assert!(all_text(&text).contains("Trang") || path.starts_with("404"), "{path} is a page");
    }
}

#[test]
fn no_output_path_is_reserved_or_long() {
    for path in site("hostile").render(false).keys() {
        for part in path.split('/') {
            let stem = part.split('.').next().unwrap_or(part);
            assert!(!["con", "aux", "nul", "prn", "com1", "lpt1"].contains(&stem), "{path}");
            assert!(part.len() <= 100 && part.is_ascii(), "{path}");
        }
    }
}

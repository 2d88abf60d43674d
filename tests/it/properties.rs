//! What holds for any text: nothing panics, references say the same printed and read again, the same sources give the same
//! bytes, in whatever order they come.
//!
//! Mutations of a sound report reach deeper than random bytes: most of it still parses, and the rest must become problems.

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use nhiemky::model::item::ItemKind;
use nhiemky::model::reference::{self, Name};
use nhiemky::model::word::Word as _;
use nhiemky::pipeline;
use nhiemky::problem::locate;
use nhiemky::record::Records;
use nhiemky::source::Span;
use nhiemky::vietnamese::Language;

use super::fixture;
use super::project::{Project, Shelf};
use super::sites::site;

/// A report that uses every key of the format at least once.
const SAMPLE: &str = "content/phuong-mau/2015-2020/kiem-diem.md";

/// Few cases, so that the whole suite stays within a minute in a debug build.
fn cases(count: u32) -> ProptestConfig {
    ProptestConfig {
        cases: count,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    }
}

/// One change of a text, by lines; numbers are taken modulo what there is.
#[derive(Debug, Clone)]
enum Mutation {
    Drop(usize),
    Double(usize),
    Swap(usize, usize),
    Indent(usize, usize),
    Cut(usize, usize),
    Insert(usize, usize, String),
    Value(usize, String),
    Truncate(usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let line = || 0usize..1000;
    prop_oneof![
        line().prop_map(Mutation::Drop),
        line().prop_map(Mutation::Double),
        (line(), line()).prop_map(|(a, b)| Mutation::Swap(a, b)),
        (line(), 0usize..9).prop_map(|(l, n)| Mutation::Indent(l, n)),
        (line(), 0usize..80).prop_map(|(l, n)| Mutation::Cut(l, n)),
        (line(), 0usize..80, snippet()).prop_map(|(l, n, s)| Mutation::Insert(l, n, s)),
        (line(), snippet()).prop_map(|(l, s)| Mutation::Value(l, s)),
        (0usize..6000).prop_map(Mutation::Truncate),
    ]
}

/// Texts that have a meaning somewhere.
const KNOWN: &[&str] = &[
    "[[",
    "]]",
    "[[x]]",
    "[[a/b#c:d]]",
    "{#x}",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "''",
    "\\",
    ": ",
    "#",
    " #",
    "- ",
    "---",
    "|",
    ">",
    ">-",
    "&x",
    "*x",
    "!x",
    "~",
    "null",
    "1.500",
    "1,5",
    "1.5.0,0",
    "99999999999999999999",
    "-1",
    "0",
    "10..",
    "..",
    "%",
    "‰",
    "<",
    ">= 1",
    "2020-02-30",
    "0000-01-01",
    "9999-12-31",
    "32767-32767",
    "2015-2020#x",
    "/",
    "//",
    "../",
    "\u{0}",
    "\u{7}",
    "\u{85}",
    "\u{a0}",
    "\u{feff}",
    "\u{fffd}",
    "\u{202e}",
    "\u{2028}",
    "e\u{302}\u{301}",
    "ß",
    "İ",
    "🇻🇳",
    "\t",
    "\r",
    "\n\n",
    "```",
    "<b>",
    "<!--",
    "[^1]",
    "| a |\n|---|",
    "![](x.png)",
    "[x](y.md#z)",
    "<https://a.vn>",
    "45/0",
    "0/0",
    "vượt",
    "missed",
    "term: 2020-2015",
    "id: x",
];

/// One of them, or any text at all.
fn snippet() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(KNOWN.to_vec()).prop_map(str::to_owned),
        "\\PC{0,12}",
        any::<String>()
    ]
}

fn apply(text: &str, mutations: &[Mutation]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for mutation in mutations {
        let count = lines.len().max(1);
        if lines.is_empty() {
            lines.push(String::new());
        }
        match mutation {
            Mutation::Drop(at) => _ = lines.remove(at % count),
            Mutation::Double(at) => lines.insert(at % count, lines[at % count].clone()),
            Mutation::Swap(a, b) => lines.swap(a % count, b % count),
            Mutation::Indent(at, by) => lines[at % count].insert_str(0, &" ".repeat(*by)),
            Mutation::Cut(at, by) => {
                let keep: String = lines[at % count].chars().take(*by).collect();
                lines[at % count] = keep;
            }
            Mutation::Insert(at, by, snippet) => {
                let line = &lines[at % count];
                let place = line.char_indices().nth(*by).map_or(line.len(), |(i, _)| i);
                lines[at % count].insert_str(place, snippet);
            }
            Mutation::Value(at, snippet) => {
                let line = &lines[at % count];
                let key = line.split_once(": ").map_or(String::new(), |(key, _)| format!("{key}: "));
                lines[at % count] = key + snippet;
            }
            Mutation::Truncate(bytes) => {
                let text = lines.join("\n");
                let end = (0..=text.len().saturating_sub(*bytes))
                    .rev()
                    .find(|&i| text.is_char_boundary(i))
                    .unwrap_or(0);
                lines = text[..end].lines().map(str::to_owned).collect();
            }
        }
    }
    lines.join("\n")
}

/// Takes a site through everything that reads it, and says its problems in both languages; panics are what is looked for.
fn digest(project: &Project) {
    let sources = project.sources();
    for with_drafts in [false, true] {
        let (ready, problems) = pipeline::prepare(&sources, with_drafts, None);
        for located in locate::locate(&problems, &sources) {
            for language in [Language::Vi, Language::En] {
                let finding = &located.problem.finding;
                assert!(!finding.message(language).is_empty() && !finding.help(language).is_empty());
                assert!(!nhiemky::problem::report::human(&located, language, true, false).is_empty());
            }
            assert!(located.line >= 1 && located.column >= 1);
        }
        if let Some(ready) = ready.filter(|_| !problems.any_error(false)) {
            let Ok(made) = ready.make(&sources, &Records::default(), &Shelf::default());
            assert_eq!(made.problems.iter().count(), 0, "no template fails on sound content");
        }
    }
}

proptest! {
    #![proptest_config(cases(160))]

    #[test]
    fn a_mutated_report_panics_nowhere(mutations in proptest::collection::vec(mutation(), 1..6)) {
        let mut project = site("two-terms-chain");
        let text = Project::own().text(SAMPLE);
        project.put("content/a/2015-2020/kiem-diem.md", apply(&text, &mutations));
        digest(&project);
    }

    #[test]
    fn a_mutated_unit_term_or_configuration_panics_nowhere(
        which in 0usize..3,
        mutations in proptest::collection::vec(mutation(), 1..6),
    ) {
        let (mut project, path) = (Project::own(), ["content/thao-nguyen/_index.md", "content/phuong-mau/2020-2025/_index.md", "site.toml"][which]);
        let text = apply(&project.text(path), &mutations);
        project.put(path, text);
        let sources = project.sources();
        let (_, problems) = pipeline::prepare(&sources, false, None);
        locate::locate(&problems, &sources);
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_text_in_any_key_panics_nowhere(
        key in proptest::sample::select(vec![
            "title", "kind", "date", "as_of", "presented_by", "status", "access", "summary", "source", "retells", "tally", "targets",
            "achievements", "limitations", "lessons", "tasks", "causes", "documents", "aliases", "errata", "",
        ]),
        value in any::<String>(),
        body in any::<String>(),
    ) {
        let mut project = fixture::parse("").project;
        let quoted = serde_json::to_string(&value).expect("any text is a JSON string");
        for (name, value) in [("r", &value), ("s", &quoted)] {
            let text = format!("---\ntitle: T\nkind: annual\ndate: 2021-07-01\n{key}: {value}\n---\n{body}");
            let text = if key == "title" { text.replacen("title: T\n", "", 1) } else { text };
            project.put(&format!("content/a/2020-2025/{name}.md"), text);
        }
        digest(&project);
    }

    #[test]
    fn a_figure_of_any_text_panics_nowhere(figure in "[-~<>=≥≤0-9.,%‰/ a-z]{0,20}", other in "[0-9.,]{1,12}") {
        let mut project = fixture::parse("").project;
        let item = |id: &str, rest: &str| format!("  - {{id: {id}, name: X, {rest}}}\n");
        let targets = [
            item("a", &format!("goal: \"{figure}\", actual: \"{other}\", result: met")),
            item("b", &format!("goal: \"{other}\", actual: \"{figure}\", direction: down, result: exceeded")),
            item("c", &format!("value: \"{figure}\"")),
            item("d", &format!("value: \"{other}/{figure}\", basis: composition, parts: [{{name: x, goal: \"{figure}\"}}, {{name: y, goal: \"{other}\"}}]")),
        ];
        let text = format!("---\ntitle: T\nkind: annual\ndate: 2021-07-01\ntargets:\n{}---\n", targets.concat());
        project.put("content/a/2020-2025/r.md", text);
        digest(&project);
    }

    #[test]
    fn references_say_the_same_printed_and_read_again(
        unit in proptest::option::of("[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}"),
        term in proptest::option::of("[0-9]{4}-[0-9]{4}|[a-z]{1,5}"),
        kind in proptest::option::of(0usize..5),
        id in "[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}",
    ) {
        let kind = kind.map(|k| ItemKind::ALL[k].0);
        let mut text = String::new();
        match (&unit, &term) {
            (Some(unit), Some(term)) => text.push_str(&format!("{unit}/{term}#")),
            (None, Some(term)) => text.push_str(&format!("{term}#")),
            _ => {}
        }
        text.extend(kind.map(|k| format!("{}:", k.name())));
        text.push_str(&id);
        let mut sources = fixture::parse("").project;
        sources.put("content/_index.md", "x");
        let sources = sources.sources();
        let (file, _) = sources.iter().next().expect("there is a file");
        let parsed = reference::parse(&text, Span::start_of(file));
        let Some(Name::Item(item)) = parsed else { return Err(TestCaseError::fail(format!("{text} is no item"))) };
        let full = unit.as_ref().filter(|_| term.is_some());
        prop_assert_eq!(item.unit.as_ref().map(|u| u.as_str()), full.map(String::as_str));
        prop_assert_eq!(item.term.as_ref().map(|t| t.as_str()), term.as_deref());
        prop_assert_eq!(item.kind, kind);
        prop_assert_eq!(item.id.as_str(), id.as_str());
    }
}

/// A small site of some reports with some items that refer to each other.
fn small_site() -> impl Strategy<Value = Project> {
    let report =
        (0usize..3, 0usize..3, proptest::collection::btree_set(0usize..5, 1..4), "[\\PC&&[^\"\\\\]]{0,20}");
    proptest::collection::vec(report, 1..6).prop_map(|reports| {
        let mut project = fixture::parse("").project;
        for unit in ["a", "b", "c"] {
            project.put(&format!("content/{unit}/_index.md"), format!("---\nname: Đảng bộ {unit}\nlevel: ward\n---\n"));
        }
        for (number, (unit, term, items, words)) in reports.into_iter().enumerate() {
            let (unit, year) = (["a", "b", "c"][unit], 2010 + 5 * term);
            let item = |i: &usize| format!("  - {{id: x{i}, title: \"{} {i}\"}}\n", words.replace(['[', '<', '%'], "-"));
            let lessons: String = items.iter().map(item).collect();
            let seen = items.iter().next().expect("at least one");
            let text = format!(
                "---\ntitle: Báo cáo {number}\nkind: annual\ndate: {year}-0{}-01\nlessons:\n{lessons}---\nXem [[x{seen}]], [[{unit}/{year}-{}]].\n",
                number + 1,
                year + 5
            );
            project.put(&format!("content/{unit}/{year}-{}/r{number}.md", year + 5), text);
        }
        project
    })
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn two_renders_are_equal_byte_for_byte(project in small_site()) {
        prop_assert!(project.render(false) == project.render(false));
    }

    #[test]
    fn the_order_of_files_does_not_matter(project in small_site(), seed in any::<u64>()) {
        let mut order: Vec<String> = project.paths().map(str::to_owned).collect();
        order.sort_by_key(|path| blake3::hash(format!("{seed}{path}").as_bytes()).to_hex());
        let shuffled = project.sources_in_order(order.iter());
        prop_assert!(project.render(false) == project.render_sources(&shuffled, false));
    }
}

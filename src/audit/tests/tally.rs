//! Claims against lists.

use super::{Case, NONE, case, linked, review};
use crate::audit::tally;
use crate::model::item::ItemKind;
use crate::model::word::{Outcome, Outlook, Word as _};
use crate::vietnamese::Language;

const FOUR: &str = "
targets:
  - {id: a, name: A, result: met}
  - {id: b, name: B, result: exceeded}
  - {id: c, name: C, result: met-or-exceeded}
  - {id: d, name: D, result: not-yet-met}
  - {id: e, name: E, result: met, term: 2015-2020}";

/// A tally of targets beside four of them.
fn tally(claim: &str) -> Case {
    review(&format!("tally: {{targets: {claim}}}{FOUR}"))
}

#[test]
fn totals_against_the_list() {
    assert_eq!(tally("4").found(), NONE);
    assert_eq!(tally("{total: 5, parts: [{result: met, count: 2}]}").found(), ["NK407 5"]);
    assert_eq!(tally("{total: 5, partial: true}").found(), NONE);
    assert_eq!(review("tally: {lessons: 6}").found(), NONE);
    let elsewhere = "tally: {lessons: 6}\nlessons: [{id: a, title: A, term: 2015-2020}]";
    assert_eq!(review(elsewhere).found(), NONE);
    let messages = review("tally: {lessons: 6}\nlessons: [{id: a, title: A}]").messages(Language::Vi);
    assert_eq!(messages, ["báo cáo nêu 6 bài học, danh mục có 1"]);
}

#[test]
fn parts_against_the_list() {
    let cases: [(&str, &[&str]); 9] = [
        ("{total: 4, parts: [{result: met-or-exceeded, count: 3}]}", &[]),
        ("{parts: [{result: met-or-exceeded, count: 2}]}", &["NK407 2"]),
        ("{parts: [{result: met, count: 1}, {result: exceeded, count: 1}]}", &[]),
        ("{parts: [{result: met-or-exceeded, count: 2}, {result: met, count: 1}]}", &[]),
        ("{parts: [{result: met, wording: a, count: 1}, {result: met, wording: b, count: 2}]}", &["NK407 1"]),
        ("{parts: [{result: met, count: 1}, {result: exceeded, count: 9, cumulative: true}]}", &[]),
        ("{parts: [{wording: đạt từ 80%, count: 9}]}", &[]),
        ("{parts: [{result: met, band: x, count: 8}, {result: met, count: 9}]}", &[]),
        ("{parts: [{outlook: hard, count: 1}]}", &["NK407 1"]),
    ];
    for (claim, expected) in cases {
        assert_eq!(tally(claim).found(), expected, "{claim}");
    }
    let messages = tally("{parts: [{result: met-or-exceeded, count: 2}]}").messages(Language::Vi);
    assert_eq!(messages, ["báo cáo nêu 2 chỉ tiêu đạt và vượt, danh mục có 3"]);
}

#[test]
fn an_outlook_counts_until_a_result_or_the_end() {
    let first = "targets: [{id: a, name: A, outlook: likely}, {id: b, name: B, outlook: likely}]";
    let next = "targets: [{id: a}, {id: b, result: not-yet-met}]";
    let last = "targets: [{id: a}, {id: b}]";
    let case = case(&[
        ("2020-2025/a", "midterm", "2023-01-01", first),
        ("2020-2025/b", "annual", "2024-01-01", next),
        ("2020-2025/c", "review", "2025-07-20", last),
    ]);
    let counted = |report| tally::counted(&case.library, &case.graph, report, ItemKind::Target);
    assert_eq!(counted(0).outlooks(), [(Outlook::Likely, 2)]);
    assert_eq!(counted(1).outlooks(), [(Outlook::Likely, 1)]);
    assert_eq!(counted(1).results(), [(Outcome::NotYetMet, 1)]);
    assert_eq!(counted(2).outlooks(), []);
    assert_eq!((counted(2).results(), counted(2).total()), (vec![(Outcome::NotYetMet, 1)], 2));
}

#[test]
fn claim_and_count_stand_side_by_side() {
    let claim =
        "{total: 4, parts: [{wording: w, count: 1}, {result: met, count: 1}, {result: missed, count: 2}]}";
    let case = tally(claim);
    let counted = tally::counted(&case.library, &case.graph, 0, ItemKind::Target);
    let results: Vec<_> = counted.results().into_iter().map(|(r, n)| (r.name(), n)).collect();
    assert_eq!(results, [("exceeded", 1), ("met", 1), ("met-or-exceeded", 1), ("not-yet-met", 1)]);
    let compared = tally::compared(&case.library.reports[0].tally.claims[0], &counted);
    let shown: Vec<_> = compared.into_iter().map(|c| (c.parts, c.claimed, c.counted)).collect();
    assert_eq!(shown, [(vec![1], 1, 1), (vec![2], 2, 0)]);
}

#[test]
fn outlooks_against_the_list() {
    let claim = |hard| {
        format!("{{total: 3, parts: [{{outlook: likely, count: 2}}, {{outlook: hard, count: {hard}}}]}}")
    };
    let list = "targets:
  - {id: a, name: A, outlook: likely}
  - {id: b, name: B, outlook: likely, result: not-yet-met}
  - {id: c, name: C, outlook: hard}";
    let midterm = |hard| {
        let rest = format!("tally: {{targets: {}}}\n{list}", claim(hard));
        case(&[("2020-2025/a", "midterm", "2023-01-01", &rest)])
    };
    assert_eq!(midterm(1).found(), NONE);
    assert_eq!(midterm(0).messages(Language::Vi), ["báo cáo nêu 0 chỉ tiêu dự báo khó đạt, danh mục có 1"]);
}

#[test]
fn a_list_with_a_mistake_is_not_counted() {
    let rest = "tally: {lessons: 2}\nlessons: [{id: a, title: A}, {id: a, title: B}]";
    let (case, found) = linked("vi", &[("2020-2025/a", "review", "2025-07-20", rest)]);
    assert!(found.any_error(false));
    assert_eq!(case.found(), NONE);
    let rest = "tally: {lessons: 2}\nlessons: [{id: a, title: A, texts: x}]";
    let (case, found) = linked("vi", &[("2020-2025/a", "review", "2025-07-20", rest)]);
    assert!(found.any_error(false));
    assert_eq!(case.found(), NONE);
}

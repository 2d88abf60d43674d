//! Figures of a target, and parts that add up.

use super::{NONE, case, case_in, target};
use crate::vietnamese::Language;

#[test]
fn results_against_figures() {
    let cases = [
        ("exceeded", "-= ", "+"),
        ("met", "-", "=+"),
        ("met-or-exceeded", "-", "=+"),
        ("basically-met", "=+", "-"),
        ("nearly-met", "=+", "-"),
        ("not-yet-met", "=+", "-"),
        ("missed", "=+", "-"),
        ("no-longer-applies", "", "-=+"),
    ];
    let figure = |sign| match sign {
        '-' => "44,9",
        '=' => "~45",
        _ => "45,1",
    };
    for (result, against, fitting) in cases {
        for sign in against.trim().chars().chain(fitting.chars()) {
            let found = target(&format!("goal: 45, actual: \"{}\", result: {result}", figure(sign))).found();
            let is_against = against.contains(sign);
            let expected = if is_against { vec![format!("NK404 {result}")] } else { vec![] };
            assert_eq!(found, expected, "{result} {sign}");
        }
    }
}

#[test]
fn the_arithmetic_is_written_out() {
    let cases = [
        (
            "goal: 45, actual: 40, result: met",
            "ghi “đạt” nhưng số liệu cho thấy thực hiện 40 so với mục tiêu 45 là chưa đạt (88,9%)",
        ),
        (
            "goal: ≥ 45, actual: ~50, result: missed",
            "ghi “không đạt” nhưng số liệu cho thấy thực hiện khoảng 50 so với mục tiêu ≥ 45 là vượt (111,1%)",
        ),
        (
            "goal: 3, actual: 3, direction: down, result: exceeded",
            "ghi “vượt” nhưng số liệu cho thấy thực hiện 3 so với mục tiêu 3 là vừa đạt (100%)",
        ),
        (
            "goal: \"> 20\", actual: 20, result: met",
            "ghi “đạt” nhưng số liệu cho thấy thực hiện 20 so với mục tiêu > 20 là chưa đạt",
        ),
        (
            "value: \"9/10..12\", result: met",
            "ghi “đạt” nhưng số liệu cho thấy thực hiện 9 so với mục tiêu 10–12 là chưa đạt",
        ),
    ];
    for (keys, message) in cases {
        assert_eq!(target(keys).messages(Language::Vi), [message]);
    }
    let rest = "targets: [{id: x, name: X, goal: 45, actual: 40, result: met}]";
    let english = case_in("en", &[("2020-2025/a", "review", "2025-07-20", rest)]);
    let message = "“met” is claimed, but 40 against the goal 45 falls short (88.9%)";
    assert_eq!(english.messages(Language::En), [message]);
}

#[test]
fn what_is_open_is_not_judged() {
    let cases = [
        "actual: 40, result: met",
        "goal: 45, result: met",
        "goal: 90, actual: \">= 80\", result: met",
        "goal: có, actual: 5, result: met",
        "goal: Đạt chuẩn, actual: Chưa đạt chuẩn, basis: title, result: met",
        "value: \"3/4\", of: 5, direction: down, result: exceeded",
    ];
    for keys in cases {
        assert_eq!(target(keys).found(), NONE, "{keys}");
    }
}

#[test]
fn a_goal_may_come_from_before_and_an_actual_may_not() {
    let first = |keys| ("2020-2025/a", "midterm", "2023-01-01", keys);
    let last = |keys| ("2020-2025/b", "review", "2025-07-20", keys);
    let goal = first("targets: [{id: x, name: X, goal: 3, direction: down}]");
    let found = case(&[goal, last("targets: [{id: x, actual: 4, result: met}]")]).found();
    assert_eq!(found, ["NK404 met"]);
    let actual = first("targets: [{id: x, name: X, goal: 45, actual: 40}]");
    assert_eq!(case(&[actual, last("targets: [{id: x, result: met}]")]).found(), NONE);
}

#[test]
fn figures_beside_a_result_that_has_none() {
    assert_eq!(target("actual: 40, result: no-data").found(), ["NK411 no-data"]);
    assert_eq!(target("actual: 40, result: assessed-later").found(), ["NK411 assessed-later"]);
    assert_eq!(target("goal: 40, result: no-data").found(), NONE);
}

#[test]
fn operators_against_the_direction() {
    assert_eq!(target("goal: \"< 0,5\"").found(), ["NK405 \"< 0,5\""]);
    assert_eq!(target("goal: \"< 0,5\", direction: down").found(), NONE);
    assert_eq!(target("goal: \">= 5\", direction: exact").found(), ["NK405 \">= 5\""]);
    let message = "mục tiêu “≥ 5” ngược với chiều “giảm”";
    assert_eq!(target("goal: \">= 5\", direction: down").messages(Language::Vi), [message]);
    let first = ("2020-2025/a", "midterm", "2023-01-01", "targets: [{id: x, name: X, goal: ≥ 5}]");
    let last = |keys| ("2020-2025/b", "review", "2025-07-20", keys);
    let turned = case(&[first, last("targets: [{id: x, direction: down}]")]);
    assert_eq!(turned.found(), ["NK405 down"]);
    assert_eq!(case(&[first, last("targets: [{id: x, actual: 7}]")]).found(), NONE);
}

#[test]
fn sentences_only_for_titles() {
    let found = target("goal: Đạt chuẩn, actual: Đã công nhận").found();
    assert_eq!(found, ["NK225 Đạt chuẩn", "NK225 Đã công nhận"]);
    assert_eq!(target("goal: Đạt chuẩn, basis: title").found(), NONE);
    let first = ("2020-2025/a", "midterm", "2023-01-01", "targets: [{id: x, name: X, basis: title}]");
    let last = ("2020-2025/b", "review", "2025-07-20", "targets: [{id: x, actual: Đã công nhận}]");
    assert_eq!(case(&[first, last]).found(), NONE);
}

/// A composition with one more share beside 30 and 40.
fn shares(last: &str, more: &str) -> Vec<String> {
    let part = |share: &str| format!("{{name: p, goal: \"{share}\"}}");
    let parts = [part("30"), part("40"), part(last)].join(", ");
    target(&format!("basis: composition, parts: [{parts}]{more}")).found()
}

#[test]
fn shares_add_up_within_a_tenth() {
    for (last, is_right) in [("29,9", true), ("30,1", true), ("29,89", false), ("30,11", false)] {
        let expected = if is_right { vec![] } else { vec!["NK406 \"30\"".to_owned()] };
        assert_eq!(shares(last, ""), expected, "{last}");
    }
    assert_eq!(shares("10", ", goal: 80"), NONE);
    assert_eq!(shares("30", ", goal: 80"), NONE);
    assert_eq!(shares("12", ", goal: \">= 80\""), NONE);
    for open in ["> 20", "10..20", "29%"] {
        assert_eq!(shares(open, ""), NONE, "{open}");
    }
}

#[test]
fn the_sum_is_shown() {
    let parts =
        "parts: [{name: p, goal: 60%, actual: \"1.000,25\"}, {name: q, goal: \"39,5%\", actual: 500}]";
    let expected = [
        "mục tiêu của các thành phần cộng lại là 99,5%, không phải 80% hoặc 100%",
        "số thực hiện của các thành phần cộng lại là 1.500,3, không phải 1.400 hoặc 80% hoặc 100",
    ];
    let found = target(&format!("basis: composition, goal: 80%, actual: 1.400, {parts}"));
    assert_eq!(found.messages(Language::Vi), expected);
}

#[test]
fn other_parts_add_up_where_asked() {
    let parts = "parts: [{name: p, goal: 60, actual: 3}, {name: q, goal: 40, actual: 4}]";
    assert_eq!(target(&format!("goal: 80, actual: 9, {parts}")).found(), NONE);
    let found = target(&format!("goal: 80, actual: 9, parts_sum: true, {parts}")).found();
    assert_eq!(found, ["NK406 60", "NK406 3"]);
    assert_eq!(target(&format!("goal: 100, actual: 7, parts_sum: true, {parts}")).found(), NONE);
    let percent = target(&format!("unit: \"%\", goal: 80, actual: 7, parts_sum: true, {parts}"));
    assert_eq!(percent.found(), NONE);
    assert_eq!(target(&format!("parts_sum: true, {parts}")).found(), NONE);
}

#[test]
fn inherited_parts_are_not_judged_again() {
    let parts = "targets: [{id: x, name: X, basis: composition, parts: [{name: p, goal: 60}]}]";
    let first = ("2020-2025/a", "midterm", "2023-01-01", parts);
    let last = ("2020-2025/b", "review", "2025-07-20", "targets: [{id: x, result: met}]");
    assert_eq!(case(&[first, last]).found(), ["NK406 60"]);
}

//! Corrections: what was wrong stays to be seen, struck, with what is right beside it, wherever it stands; and everything that is
//! worked out goes by what is right.

use super::project::{Project, run, tree};

/// A unit with one report: its front matter after the usual keys, and its body.
fn site(language: &str, front: &str, body: &str) -> Project {
    Project::new(&format!(
        "=== site.toml\ntitle = 'T'\nbase_url = 'https://x.vn/'\nlanguage = '{language}'\nunit = 'a'\n\
         === content/a/_index.md\n---\nname: Xã A\nlevel: commune\n---\n\
         === content/a/2015-2020/r.md\n---\ntitle: R\nkind: midterm\ndate: 2018-06-01\n{front}\n---\n{body}\n"
    ))
}

fn page(project: &Project, path: &str) -> String {
    let bytes = project.render(false).remove(path).unwrap_or_else(|| panic!("there is {path}"));
    String::from_utf8(bytes).expect("a page is UTF-8")
}

/// Whether a page says all of this.
fn says(project: &Project, path: &str, parts: &[&str]) {
    let page = page(project, path);
    parts.iter().for_each(|part| assert!(page.contains(part), "{path}: {part}\n{page}"));
}

const REPORT: &str = "a/2015-2020/r.html";

#[test]
fn two_corrections_of_a_link_leave_its_tags_in_order() {
    let front = "errata:\n  - {date: 2021-02-03, was: một, now: 1}\n  - {date: 2021-02-03, was: ba, now: 3}";
    let project = site("vi", front, "[một hai ba](https://x.vn/)");
    let expected = "<p><a href=\"https://x.vn/\"><del>một</del> <ins>1</ins> hai <del>ba</del> <ins>3</ins></a> \
         <a class=\"erratum\" href=\"#_erratum1\">Đính chính 1</a> <a class=\"erratum\" href=\"#_erratum2\">Đính chính 2</a></p>";
    says(&project, REPORT, &[expected, "<li id=\"_erratum1\">", "<li id=\"_erratum2\">"]);
    assert_eq!(project.problems(), []);
}

const TARGETS: &str = "targets:\n  - {id: thu-nhap, name: Thu nhập, unit: triệu đồng, goal: 50, actual: 45, result: met}\n  \
     - {id: ho-ngheo, name: Hộ nghèo, goal: '>= 4', of: 8}\n  - {id: truong, name: Trường, goal: '>= 4'}";

#[test]
fn a_corrected_figure_is_seen_wherever_the_target_is() {
    let front = format!("{TARGETS}\nerrata: {{date: 2021-02-03, was: 45 triệu đồng, now: '55'}}");
    let project = site("vi", &front, "Thu 45 triệu đồng.");
    let figure = |page: &str| {
        format!(
            "<del>45 triệu đồng</del> <ins>55 triệu đồng</ins> <a class=\"erratum\" href=\"{page}#_erratum1\">Đính chính 1</a>"
        )
    };
    says(
        &project,
        REPORT,
        &[&format!("Thực hiện\">{}</td>", figure("")), "110%", "<dd><del><p>45 triệu đồng</p>"],
    );
    says(&project, REPORT, &["<p>Thu <del>45 triệu đồng</del> <ins>55</ins> <a class=\"erratum\""]);
    let item = format!("<dd>{}</dd>", figure("../r.html"));
    says(&project, "a/2015-2020/chi-tieu/thu-nhap.html", &[&item, "</svg>110%", &figure("../r.html")]);
    says(&project, "a/2015-2020/index.html", &[&figure("r.html"), "110%"]);
    assert_eq!(project.problems(), [], "55 bears the result out, 45 did not");
}

#[test]
fn a_figure_of_two_targets_is_corrected_only_in_the_one_that_is_named() {
    let errata = |item: &str| format!("{TARGETS}\nerrata: {{date: 2021-02-03, was: 4, now: 5{item}}}");
    let project = site("vi", &errata(""), "Có 4 trường.");
    let board = page(&project, REPORT);
    assert_eq!(
        (board.matches("<del>").count(), board.matches("<dd><del><p>4</p>").count()),
        (1, 1),
        "{board}"
    );
    let codes = |project: &Project| project.problems().iter().map(|p| p.code).collect::<Vec<_>>();
    assert_eq!(codes(&project), ["NK404", "NK416"]);

    let project = site("vi", &errata(", item: truong"), "Có 4 trường.");
    let figure = "<del>≥ 4</del> <ins>≥ 5</ins> <a class=\"erratum\" href=\"#_erratum1\">Đính chính 1</a>";
    says(&project, REPORT, &[figure, ">≥ 4 trên tổng số 8<", "Có 4 trường."]);
    assert_eq!(codes(&project), ["NK404"]);
}

#[test]
fn what_a_later_report_takes_over_is_corrected_by_the_report_that_said_it() {
    let front = "targets: [{id: x, name: X, goal: 50, actual: 45, wording: gần đạt}]\n\
         errata:\n  - {date: 2021-02-03, was: 50, now: 60}\n  - {date: 2021-02-03, was: gần đạt, now: chưa đạt}";
    let mut project = site("en", front, "");
    project.put(
        "content/a/2015-2020/s.md",
        "---\ntitle: S\nkind: midterm\ndate: 2019-06-01\ntargets: [{id: x, actual: 48}]\nerrata: {date: 2021-02-03, was: 48, now: 54}\n---\n",
    );
    let (first, second) = (
        "<del>50</del> <ins>60</ins> <a class=\"erratum\" href=\"r.html#_erratum1\">Erratum 1</a>",
        "<del>48</del> <ins>54</ins> <a class=\"erratum\" href=\"#_erratum1\">Erratum 1</a>",
    );
    says(&project, "a/2015-2020/s.html", &[first, second, "</svg>90%"]);
    let item = page(&project, "a/2015-2020/targets/x.html");
    assert_eq!(item.matches("<ins>60</ins>").count(), 3, "now, and after each report: {item}");
    assert!(item.contains("· 75%") && item.contains("· 90%"), "{item}");
    let wording = "“<del>gần đạt</del> <ins>chưa đạt</ins> <a class=\"erratum\" href=\"../r.html#_erratum2\">Erratum 2</a>”";
    assert!(item.contains(wording), "{item}");
}

#[test]
fn long_texts_and_shared_figures_keep_to_their_item() {
    let front = "targets:\n  - {id: x, name: X, goal: 7}\n  - {id: y, name: Y, goal: 7}\n\
         errata:\n  - {date: 2021-02-03, was: 7, now: 9, item: y}";
    let project = site("vi", front, "Có 7.\n\n## X {#x}\n\nX là 7.\n\n## Y {#y}\n\nY là 7.");
    says(&project, REPORT, &["<p>Có 7.</p>", "<p>X là 7.</p>", "<p>Y là <del>7</del> <ins>9</ins>"]);
    let place = "<p>Y là <del>7</del> <ins>9</ins> <a class=\"erratum\" href=\"../r.html#_erratum1\">";
    says(&project, "a/2015-2020/chi-tieu/y.html", &[place]);
    says(&project, "a/2015-2020/chi-tieu/x.html", &["<p>X là 7.</p>"]);
}

#[test]
fn thousands_of_equal_corrections_take_their_places_in_turn() {
    let errata = "  - {date: 2021-02-03, was: sai, now: đúng}\n".repeat(3000);
    let project = site("vi", &format!("errata:\n{errata}"), &"Chỗ này sai rồi.\n\n".repeat(2999));
    let page = page(&project, REPORT);
    assert_eq!(page.matches("<p>Chỗ này <del>sai</del> <ins>đúng</ins>").count(), 2999);
    let found = project.problems();
    assert!(found.len() == 1 && found[0].code == "NK415", "the last has no place: {found:?}");
}

#[test]
fn archived_data_have_the_right_figures() {
    let front = format!("{TARGETS}\nerrata: {{date: 2021-02-03, was: 45, now: 55}}");
    let mut project = site("vi", &front, "");
    project.put("content/a/2020-2025/s.md", "---\ntitle: S\nkind: midterm\ndate: 2022-06-01\n---\n");
    let folder = tempfile::tempdir().expect("a temporary folder");
    project.write_to(folder.path());
    let made = run(folder.path(), &["archive", "a/2015-2020"]);
    let said = String::from_utf8_lossy(&[made.stdout, made.stderr].concat()).into_owned();
    let files = tree(&folder.path().join("luu-tru"));
    let data = files.iter().find(|(path, _)| path.ends_with("items.json")).map(|(_, bytes)| bytes);
    let data = String::from_utf8(data.unwrap_or_else(|| panic!("{said}")).clone()).expect("UTF-8");
    assert!(data.contains("\"actual\": \"55\"") && !data.contains("\"45\""), "{data}");
}

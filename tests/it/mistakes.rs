//! Ten different slips of the pen in a copy of the repository's own content: ten problems, each at its line, and none
//! elsewhere.
//!
//! The content itself gives no problem at all. A slip is one edit; its place is looked up by the words it leaves, so that the
//! content may grow without these tests.

use super::project::{Found, Project};

/// One slip: the file, what stood there once, what stands there now, the code, the words of the line where it must be said.
struct Slip {
    path: &'static str,
    was: &'static str,
    now: &'static str,
    code: &'static str,
    /// Some words of the line where the problem belongs.
    line: &'static str,
}

const SLIPS: [Slip; 10] = [
    // An unknown key, one letter off.
    Slip {
        path: "content/nong-truong-moc-chau/2020-2025/kiem-diem.md",
        was: "presented_to: thao-nguyen",
        now: "presentd_to: thao-nguyen",
        code: "NK211",
        line: "presentd_to: thao-nguyen",
    },
    // A date that no calendar has.
    Slip {
        path: "content/bac-kan/2020-2025/so-ket.md",
        was: "date: 2023-07-01",
        now: "date: 2023-06-31",
        code: "NK217",
        line: "date: 2023-06-31",
    },
    // A figure whose signs have changed places.
    Slip {
        path: "content/phuong-mau/2020-2025/chinh-tri.md",
        was: "value: \"45.799/36.875\"",
        now: "value: \"45,799.5/36.875\"",
        code: "NK218",
        line: "value: \"45,799.5/36.875\"",
    },
    // A reference to no item, in prose.
    Slip {
        path: "content/nong-ha/2020-2025/so-ket.md",
        was: "[[kiem-tra-ren-luyen|",
        now: "[[kiem-tra-ren-luyn|",
        code: "NK301",
        line: "[[kiem-tra-ren-luyn|",
    },
    // A unit that the site does not have.
    Slip {
        path: "content/cho-don/_index.md",
        was: "parent: bac-kan",
        now: "parent: bac-can",
        code: "NK306",
        line: "parent: bac-can",
    },
    // A claim that its list does not bear out.
    Slip {
        path: "content/phuong-mau/2015-2020/kiem-diem.md",
        was: "  hạn chế: 4\n",
        now: "  hạn chế: 5\n",
        code: "NK407",
        line: "  hạn chế: 5",
    },
    // A word that is none of its list.
    Slip {
        path: "content/phuong-mau/2025-2030/nghi-quyet.md",
        was: "kind: resolution",
        now: "kind: resolutions",
        code: "NK216",
        line: "kind: resolutions",
    },
    // A congress that closes before it opens.
    Slip {
        path: "content/phuong-mau/2025-2030/_index.md",
        was: "closed: 2025-08-02",
        now: "closed: 2025-07-02",
        code: "NK409",
        line: "closed: 2025-07-02",
    },
    // A field that nobody declared.
    Slip {
        path: "content/cho-don/2020-2025/so-ket.md",
        was: "title: Kinh tế phát triển chưa tương xứng với tiềm năng\n    field: economy",
        now: "title: Kinh tế phát triển chưa tương xứng với tiềm năng\n    field: economics",
        code: "NK221",
        line: "field: economics",
    },
    // A link to a page that is not there.
    Slip {
        path: "content/phuong-mau/2015-2020/so-ket.md",
        was: "[báo cáo kiểm điểm](kiem-diem.md)",
        now: "[báo cáo kiểm điểm](kiem-dien.md)",
        code: "NK309",
        line: "(kiem-dien.md)",
    },
];

#[test]
fn the_own_content_has_no_problems() {
    let problems: Vec<String> = Project::own().problems().iter().map(Found::to_string).collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn ten_slips_give_ten_problems_each_at_its_line() {
    let mut project = Project::own();
    for slip in &SLIPS {
        project.edit(slip.path, slip.was, slip.now);
    }
    let found = said(&project);
    let mut expected: Vec<_> = SLIPS.iter().map(|slip| place(&project, slip)).collect();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn each_slip_alone_gives_its_problem_alone() {
    for slip in &SLIPS {
        let mut project = Project::own();
        project.edit(slip.path, slip.was, slip.now);
        assert_eq!(said(&project), [place(&project, slip)], "{} → {}", slip.was, slip.now);
    }
}

/// What is said: path, line and code.
fn said(project: &Project) -> Vec<(String, usize, &'static str)> {
    project.problems().into_iter().map(|p| (p.path, p.line, p.code)).collect()
}

fn place(project: &Project, slip: &Slip) -> (String, usize, &'static str) {
    let text = project.text(slip.path);
    let line =
        text.lines().position(|line| line.contains(slip.line)).expect("the slip stands in the file") + 1;
    (slip.path.to_owned(), line, slip.code)
}

//! The two seeds on the pages: every figure stands where a reader would look for it, and what belongs together is linked both ways.
//!
//! The seeds are a town's report to the first congress of the ward that came of it, and a newspaper's account of mid-term reviews at
//! three levels of a province. What a page says is taken from its outline and its words, so that templates may change.

use std::collections::BTreeMap;

use scraper::Html;

use super::outline::{outline, select, words};
use super::pages::resolve;
use super::project::Project;

/// What a page must say: in its words, white space folded.
const SAYS: &[(&str, &[&str])] = &[
    (
        "nong-truong-moc-chau/2020-2025/kiem-diem.html",
        &[
            "đạt và vượt 19/21 chỉ tiêu",
            "6/30",
            "4 nội dung hạn chế",
            "4 bài học kinh nghiệm",
            "1280/NQ-UBTVQH15",
        ],
    ),
    ("nong-truong-moc-chau/2020-2025/index.html", &["19/21"]),
    ("nong-truong-moc-chau/2015-2020/index.html", &["6/30", "lần thứ IX", "2015–2020"]),
    (
        "nong-truong-moc-chau/2015-2020/han-che/chi-tieu-chua-dat.html",
        &["6/30", "30 chỉ tiêu", "6 chỉ tiêu chưa đạt"],
    ),
    ("nong-truong-moc-chau/index.html", &["01/02/2025", "1280/NQ-UBTVQH15", "Đảng bộ phường Thảo Nguyên"]),
    (
        "thao-nguyen/index.html",
        &[
            "01/02/2025",
            "01/07/2025",
            "17,02 km²",
            "14.803 người",
            "1280/NQ-UBTVQH15",
            "một phần",
            "203/2025/QH15",
        ],
    ),
    ("thao-nguyen/2025-2030/index.html", &["2025–2030", "lần thứ I"]),
    (
        "thao-nguyen/2025-2030/quyet-tam-chinh-tri.html",
        &["4 bài học kinh nghiệm", "trung tâm chính trị, kinh tế, văn hóa"],
    ),
    ("bac-kan/2020-2025/so-ket.html", &["54/66", "6 bài học kinh nghiệm", "5 nhóm giải pháp", "lần thứ XII"]),
    ("cho-don/2020-2025/so-ket.html", &["17/31", "11 nhóm giải pháp", "6 nhóm giải pháp"]),
    ("nong-ha/2020-2025/so-ket.html", &["18/20", "cơ bản đạt", "04-NQ/HU", "03-NQ/HU", "15/12/2020"]),
    ("nong-ha/2020-2025/han-che/chi-tieu-nghi-quyet-huyen.html", &["04-NQ/HU", "03-NQ/HU"]),
    ("van-ban/04-nq-hu.html", &["04-NQ/HU", "15/12/2020", "Đảng bộ huyện Chợ Mới", "2020–2025"]),
    ("van-ban/03-nq-hu.html", &["03-NQ/HU", "15/12/2020", "Đảng bộ huyện Chợ Mới", "2020–2025"]),
    ("van-ban/1280-nq-ubtvqh15.html", &["1280/NQ-UBTVQH15", "Ủy ban Thường vụ Quốc hội"]),
];

/// Rows of tables, by how they begin.
const ROWS: &[(&str, &[&str])] = &[
    (
        "nong-truong-moc-chau/2020-2025/kiem-diem.html",
        &["| Chỉ tiêu | 21 |", "| Hạn chế | 4 |", "| Bài học kinh nghiệm | 4 |", "| Không nêu | 2 |"],
    ),
    (
        "nong-truong-moc-chau/2020-2025/index.html",
        &["| Chỉ tiêu | 21 |", "| Hạn chế | 4 |", "| Bài học kinh nghiệm | 4 |"],
    ),
    (
        "bac-kan/2020-2025/so-ket.html",
        &["| Chỉ tiêu | 66 |", "| Bài học kinh nghiệm | 6 |", "| Nhóm giải pháp | 5 |"],
    ),
    ("bac-kan/2020-2025/index.html", &["| Chỉ tiêu | 66 |"]),
    (
        "cho-don/2020-2025/so-ket.html",
        &["| Chỉ tiêu | 31 |", "| Nhóm giải pháp | 17 |", "| Không nêu | 14 |"],
    ),
    ("nong-ha/2020-2025/so-ket.html", &["| Chỉ tiêu | 20 |", "| Không nêu | 2 |"]),
    (
        "thao-nguyen/index.html",
        &["| Diện tích tự nhiên | 17,02 km² | 01/02/2025 |", "| Dân số | 14.803 người | 01/02/2025 |"],
    ),
];

/// Counts in a row, by the words that say what is counted.
const COUNTS: &[(&str, &str, u32)] = &[
    ("nong-truong-moc-chau/2020-2025/kiem-diem.html", "Đạt và vượt", 19),
    ("bac-kan/2020-2025/so-ket.html", "Có khả năng đạt", 54),
    ("bac-kan/2020-2025/so-ket.html", "Khó đạt", 11),
    ("bac-kan/2020-2025/so-ket.html", "Khả năng không đạt", 1),
    ("cho-don/2020-2025/so-ket.html", "Đạt và vượt", 17),
    ("cho-don/2020-2025/so-ket.html", "Phát triển kinh tế – xã hội", 11),
    ("cho-don/2020-2025/so-ket.html", "Xây dựng Đảng", 6),
    ("nong-ha/2020-2025/so-ket.html", "Cơ bản đạt", 18),
];

/// Pages that link to each other.
const LINKED: &[(&str, &str)] = &[
    // Report and unit, term, items, documents, the other report of the same source.
    ("nong-truong-moc-chau/2020-2025/kiem-diem.html", "nong-truong-moc-chau/2020-2025/index.html"),
    ("nong-truong-moc-chau/2020-2025/kiem-diem.html", "thao-nguyen/index.html"),
    (
        "nong-truong-moc-chau/2020-2025/kiem-diem.html",
        "nong-truong-moc-chau/2015-2020/han-che/chi-tieu-chua-dat.html",
    ),
    (
        "nong-truong-moc-chau/2020-2025/kiem-diem.html",
        "nong-truong-moc-chau/2015-2020/han-che/an-ninh-trat-tu.html",
    ),
    (
        "nong-truong-moc-chau/2020-2025/kiem-diem.html",
        "nong-truong-moc-chau/2015-2020/han-che/tai-nguyen-moi-truong.html",
    ),
    (
        "nong-truong-moc-chau/2020-2025/kiem-diem.html",
        "nong-truong-moc-chau/2015-2020/han-che/kiem-tra-giam-sat.html",
    ),
    ("nong-truong-moc-chau/2020-2025/kiem-diem.html", "thao-nguyen/2025-2030/quyet-tam-chinh-tri.html"),
    ("nong-truong-moc-chau/2020-2025/kiem-diem.html", "van-ban/1280-nq-ubtvqh15.html"),
    ("thao-nguyen/2025-2030/quyet-tam-chinh-tri.html", "thao-nguyen/2025-2030/index.html"),
    ("cho-don/2020-2025/so-ket.html", "cho-don/2020-2025/han-che/giam-ngheo.html"),
    ("cho-don/2020-2025/so-ket.html", "bac-kan/2020-2025/so-ket.html"),
    ("cho-don/2020-2025/so-ket.html", "nong-ha/2020-2025/so-ket.html"),
    ("bac-kan/2020-2025/so-ket.html", "nong-ha/2020-2025/so-ket.html"),
    ("nong-ha/2020-2025/so-ket.html", "nong-ha/2020-2025/nhiem-vu/kiem-tra-ren-luyen.html"),
    ("nong-ha/2020-2025/so-ket.html", "nong-ha/2020-2025/han-che/chi-tieu-nghi-quyet-huyen.html"),
    ("nong-ha/2020-2025/so-ket.html", "van-ban/04-nq-hu.html"),
    ("nong-ha/2020-2025/so-ket.html", "van-ban/03-nq-hu.html"),
    ("nong-ha/2020-2025/han-che/chi-tieu-nghi-quyet-huyen.html", "van-ban/04-nq-hu.html"),
    // Unit and unit, unit and term, unit and document.
    ("thao-nguyen/index.html", "nong-truong-moc-chau/index.html"),
    ("thao-nguyen/index.html", "thao-nguyen/2025-2030/index.html"),
    ("thao-nguyen/index.html", "van-ban/1280-nq-ubtvqh15.html"),
    ("nong-truong-moc-chau/index.html", "nong-truong-moc-chau/2020-2025/index.html"),
    (
        "nong-truong-moc-chau/2015-2020/index.html",
        "nong-truong-moc-chau/2015-2020/han-che/an-ninh-trat-tu.html",
    ),
    ("nong-ha/index.html", "cho-moi/index.html"),
    ("cho-don/index.html", "bac-kan/index.html"),
];

/// The finished site: address → page.
fn rendered() -> BTreeMap<String, String> {
    let site = Project::own().render(false).into_iter().filter(|(path, _)| path.ends_with(".html"));
    site.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("pages are UTF-8"))).collect()
}

#[test]
fn every_figure_of_the_seeds_stands_on_its_page() {
    let (site, mut missing) = (rendered(), Vec::new());
    for (path, facts) in SAYS {
        let Some(page) = site.get(*path) else {
            missing.push(format!("{path} is no page"));
            continue;
        };
        let said = select(&Html::parse_document(page), "main").map(words).collect::<String>();
        missing
            .extend(facts.iter().filter(|fact| !said.contains(*fact)).map(|fact| format!("{path}: {fact}")));
    }
    for (path, rows) in ROWS {
        let said = outline(&site[*path]);
        let has = |row: &&&str| said.lines().any(|line| line.starts_with(**row));
        missing.extend(rows.iter().filter(|row| !has(row)).map(|row| format!("{path}: {row}")));
    }
    for (path, what, count) in COUNTS {
        let said = outline(&site[*path]);
        let is_row =
            |line: &str| line.starts_with(&format!("| {what}")) && line.contains(&format!(" | {count} |"));
        if !said.lines().any(is_row) {
            missing.push(format!("{path}: {what} {count}"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn what_belongs_together_is_linked_both_ways() {
    let (site, mut missing) = (rendered(), Vec::new());
    let leads = |from: &str, to: &str| {
        let page = Html::parse_document(&site[from]);
        let mut links =
            select(&page, "a[href]").filter_map(|a| a.attr("href")).map(|h| h.split('#').next().unwrap_or(h));
        links.any(|href| !href.is_empty() && resolve(from, href).as_deref() == Some(to))
    };
    for (a, b) in LINKED {
        for (from, to) in [(a, b), (b, a)] {
            if !site.contains_key(*from) || !leads(from, to) {
                missing.push(format!("{from} → {to}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn invented_pages_say_so() {
    let site = rendered();
    let pages: Vec<_> = site.iter().filter(|(path, _)| path.starts_with("phuong-mau/")).collect();
    assert!(pages.len() > 50, "{} pages of the sample", pages.len());
    let says = |page: &str| select(&Html::parse_document(page), "body").map(words).collect::<String>();
    let silent: Vec<&&String> = pages
        .iter()
        .filter(|(_, page)| !says(page).contains("Phường Mẫu – dữ liệu minh hoạ"))
        .map(|(p, _)| p)
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn real_pages_are_not_called_invented() {
    for (path, page) in rendered() {
        let is_real = ["nong-truong-moc-chau/", "bac-kan/", "cho-don/", "cho-moi/", "nong-ha/"]
            .iter()
            .any(|p| path.starts_with(p));
        assert!(!is_real || !page.contains("minh hoạ"), "{path}");
    }
}

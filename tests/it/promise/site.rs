//! Sites put together at random from whatever names and addresses have ever stood in each other's way.

use std::collections::BTreeMap;

use icu_normalizer::DecomposingNormalizerBorrowed;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::project::Project;

const UNITS: [&str; 3] =
    ["a", "b", "don-vi-co-ten-that-la-dai-don-vi-co-ten-that-la-dai-don-vi-co-ten-that-la-dai"];
const TERMS: [&str; 3] =
    ["2020-2025", "2015-2020", "nhiem-ky-co-ten-that-la-dai-nhiem-ky-co-ten-that-la-dai-nhiem-ky"];

/// What reports, items and their folders are called: like each other, like pages of the site, like devices.
const IDS: [&str; 10] = [
    "r",
    "r-2",
    "so-ket",
    "x",
    "con",
    "con-x",
    "a",
    "-",
    "chi-tieu",
    "muc-tieu-co-ten-that-la-dai-muc-tieu-co-ten-that-la-dai-muc-tieu",
];

/// Names of attachments, with whatever disks allow.
const NAMES: [&str; 28] = [
    "đề-án.pdf",
    "Ảnh đại hội (1).png",
    "ảnh-đại-hội-1.PNG",
    "a.b.c.pdf",
    "A.PDF",
    "x.pdf",
    "con.pdf",
    "aux .pdf",
    "COM¹.pdf",
    "a: b?.pdf",
    "a*\"<b>|.pdf",
    " đầu.pdf",
    "cuối .pdf",
    "nhạc..pdf",
    "100% #1&2.pdf",
    "~x.pdf",
    "日本.pdf",
    "ﬁ.pdf",
    "ñ́.pdf",
    "Ω.pdf",
    "'a'.pdf",
    "[a](b).pdf",
    "index.pdf",
    "a\u{a0}b.pdf",
    "a\u{202e}b.pdf",
    "a\u{2028}b.pdf",
    "🇻🇳.pdf",
    "van-ban-co-ten-that-la-dài-van-ban-co-ten-that-la-dài-van-ban-co-ten-that-la-dài-van-ban-co-ten-that-la-dài.pdf",
];

/// And what no name should hold.
const BAD_NAMES: [&str; 3] = ["a\u{1b}[31mb.pdf", "a\nb.pdf", "a\u{85}b.pdf"];

/// Folders of attachments, below that of the report, of the unit or of the content.
const FOLDERS: [&str; 16] = [
    "",
    "Phụ lục",
    "phu-luc",
    "r.html",
    "index.html",
    "chi-tieu/x.html",
    "chi-tieu",
    "x.pdf",
    "de-an.pdf",
    "a.b",
    "con",
    "Số 1.",
    "cuối ",
    "a:b",
    "_/_/_/_",
    "thư-mục-có-tên-thật-là-dài-thư-mục-có-tên-thật-là-dài/thư-mục-có-tên-thật-là-dài-thư-mục-có-tên-thật-là-dài",
];

/// What old addresses are made of: of their own names,
const OLD_PARTS: [&str; 9] = [
    "cu",
    "Cu",
    "cu.html",
    "CU.HTML",
    "~u",
    "bao-cao(1)",
    "a+b,c;d=e&f",
    "cu.htm",
    "dia-chi-cu-rat-dai-dia-chi-cu-rat-dai-dia-chi-cu-rat-dai-dia-chi-cu-rat-dai",
];
/// of names that pages have,
const PAGE_PARTS: [&str; 16] = [
    "a",
    "A",
    "b",
    "2020-2025",
    "r.html",
    "R.html",
    "index.html",
    "Index.html",
    "chi-tieu",
    "x.html",
    "sitemap.xml",
    "theme",
    "style.css",
    "404.html",
    "bai-hoc",
    "so-do.html",
];
/// and of what they should not be made of.
const BAD_PARTS: [&str; 7] = ["con", "nul.", ".nhiemky-manifest", ".nhiemky-work", "cu.", "..", "cũ"];

const STATICS: [&str; 6] =
    ["nền ảnh.woff2", "Nen Anh.woff2", "style.css", "Style.css", "style.css/x.txt", "phông/chữ.woff2"];

/// A file beside a report, or higher up.
#[derive(Debug, Clone)]
struct Attachment {
    /// How many folders above the report's.
    up: usize,
    folder: &'static str,
    name: &'static str,
    is_nfd: bool,
    /// Whether the report links to it, and in which form.
    link: Option<bool>,
}

#[derive(Debug, Clone)]
struct Report {
    unit: &'static str,
    term: &'static str,
    id: &'static str,
    front: &'static str,
    aliases: Vec<String>,
    items: Vec<(&'static str, Option<&'static str>)>,
    attachments: Vec<Attachment>,
}

/// A site.
#[derive(Debug, Clone)]
pub struct Site {
    reports: Vec<Report>,
    aliases: Vec<String>,
    statics: Vec<(&'static str, bool)>,
}

/// One of `usual`, or now and then of `others`.
fn mostly(
    usual: &'static [&'static str],
    others: &'static [&'static str],
) -> impl Strategy<Value = &'static str> {
    prop_oneof![9 => select(usual), 1 => select(others)]
}

fn alias() -> impl Strategy<Value = String> {
    let part =
        prop_oneof![40 => select(&OLD_PARTS[..]), 20 => select(&PAGE_PARTS[..]), 1 => select(&BAD_PARTS[..])];
    let parts = vec(part, 1..4);
    (parts, select(&["/", ".html", ".htm", "/x.html"][..])).prop_map(|(parts, end)| parts.join("/") + end)
}

fn attachment() -> impl Strategy<Value = Attachment> {
    let link = prop_oneof![1 => Just(None), 4 => any::<bool>().prop_map(Some)];
    let folder = prop_oneof![1 => Just(""), 1 => select(&FOLDERS[..])];
    let name = prop_oneof![40 => select(&NAMES[..]), 1 => select(&BAD_NAMES[..])];
    (0_usize..3, folder, name, any::<bool>(), link).prop_map(|(up, folder, name, is_nfd, link)| Attachment {
        up,
        folder,
        name,
        is_nfd,
        link,
    })
}

fn report() -> impl Strategy<Value = Report> {
    let place = (mostly(&UNITS[..1], &UNITS), mostly(&TERMS[..1], &TERMS), mostly(&IDS[..5], &IDS));
    let front = mostly(&[""], &["status: draft\n", "access: internal\n", "access: secret\n"]);
    let item = (select(&IDS[..]), proptest::option::weighted(0.1, select(&IDS[..])));
    (place, front, vec(alias(), 0..2), vec(item, 0..3), vec(attachment(), 0..4)).prop_map(
        |((unit, term, id), front, aliases, items, attachments)| Report {
            unit,
            term,
            id,
            front,
            aliases,
            items,
            attachments,
        },
    )
}

/// Any site, of which `check` passes about every other one.
pub fn site() -> impl Strategy<Value = Site> {
    let statics = vec((select(&STATICS[..]), any::<bool>()), 0..2);
    (vec(report(), 1..4), vec(alias(), 0..2), statics).prop_map(|(reports, aliases, statics)| Site {
        reports,
        aliases,
        statics,
    })
}

fn form(text: &str, is_nfd: bool) -> String {
    if is_nfd {
        DecomposingNormalizerBorrowed::new_nfd().normalize(text).into_owned()
    } else {
        text.to_owned()
    }
}

/// An address as browsers write it, so that every name can be linked to.
fn escaped(path: &str) -> String {
    let byte = |byte: u8| match byte {
        b'/' | b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    path.bytes().map(byte).collect()
}

impl Site {
    /// Its files.
    pub fn project(&self) -> Project {
        let mut project = Project::default();
        let config = "title = \"T\"\nbase_url = \"https://a.vn/\"\nlanguage = \"vi\"\nunit = \"a\"\n";
        project.put("site.toml", config);
        for unit in self.reports.iter().map(|report| report.unit).chain(["a"]) {
            let aliases = if unit == "a" { list(&self.aliases) } else { String::new() };
            let front = format!("---\nname: Đảng bộ {unit}\nlevel: ward\n{aliases}---\n");
            project.put(&format!("content/{unit}/_index.md"), front);
        }
        for (name, is_nfd) in &self.statics {
            put(&mut project, &form(&format!("themes/default/static/{name}"), *is_nfd), "x");
        }
        self.reports.iter().for_each(|report| report.put(&mut project));
        project
    }
}

impl Report {
    fn put(&self, project: &mut Project) {
        let folder = format!("content/{}/{}", self.unit, self.term);
        if self.term.starts_with('n') {
            project.put(&format!("{folder}/_index.md"), "---\nfrom: 2020-01-01\nuntil: 2025-01-01\n---\n");
        }
        let year = if self.term == TERMS[1] { 2016 } else { 2021 };
        let mut text = format!("---\ntitle: Báo cáo\nkind: annual\ndate: {year}-07-01\n{}", self.front);
        text += &list(&self.aliases);
        if !self.items.is_empty() {
            text += "targets:\n";
        }
        let items: BTreeMap<&str, Option<&str>> = self.items.iter().copied().collect();
        for (id, old) in items {
            text += &format!("  - {{id: {id}, name: Chỉ tiêu {id}, goal: 5");
            text += &old.map_or_else(String::new, |old| format!(", aliases: {old}"));
            text += "}\n";
        }
        text += "---\n";
        for attachment in &self.attachments {
            let above: Vec<&str> = folder.split('/').collect();
            let beside = [&above[..above.len() - attachment.up], &[attachment.folder]].concat().join("/");
            let path = format!("{}/{}", beside.trim_end_matches('/'), attachment.name);
            let path = form(&path, attachment.is_nfd);
            let bytes = if path.to_lowercase().ends_with(".png") { "\u{89}PNG" } else { "%PDF-1.4" };
            put(project, &path, bytes);
            if let Some(is_nfd) = attachment.link {
                let up = "../".repeat(attachment.up);
                let link = format!("{up}{}/{}", attachment.folder, attachment.name);
                text += &format!("[x]({})\n", escaped(form(&link, is_nfd).trim_start_matches('/')));
            }
        }
        put(project, &format!("{folder}/{}.md", self.id), &text);
    }
}

/// Adds a file, unless a disk could not hold it beside those that are there.
fn put(project: &mut Project, path: &str, text: &str) {
    let is_below =
        |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
    if project.paths().any(|other| is_below(path, other) || is_below(other, path)) {
        return;
    }
    let bytes =
        if text.starts_with('\u{89}') { b"\x89PNG\r\n\x1a\n".to_vec() } else { text.as_bytes().to_vec() };
    project.put(path, bytes);
}

fn list(aliases: &[String]) -> String {
    match aliases {
        [] => String::new(),
        all => {
            format!("aliases:\n{}", all.iter().map(|alias| format!("  - \"{alias}\"\n")).collect::<String>())
        }
    }
}

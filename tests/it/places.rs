//! Places that stay: banners of what is past, past behind present, the page of past terms, old addresses with their reason,
//! the sitemap, and addresses that were promised before.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Output;

use scraper::{ElementRef, Html, Selector};

use super::outline::{select, words};
use super::pages::resolve;
use super::project::{Project, run, tree};
use super::sites::{SITES, site};

type Site = BTreeMap<String, Vec<u8>>;

fn page(site: &Site, path: &str) -> Html {
    let bytes = site.get(path).unwrap_or_else(|| panic!("there is {path}"));
    Html::parse_document(std::str::from_utf8(bytes).expect("a page is UTF-8"))
}

/// The words of a page's banner and where its links lead; `None` where it has none.
fn banner(site: &Site, path: &str) -> Option<(String, Vec<String>)> {
    let page = page(site, path);
    let banner = select(&page, ".banner.past").next()?;
    let links = Selector::parse("a[href]").expect("a sound selector");
    let hrefs = banner.select(&links).filter_map(|a| resolve(path, a.attr("href").unwrap_or_default()));
    Some((words(banner), hrefs.collect()))
}

/// A unit with two terms and what `more` adds.
fn mini(more: &str) -> Project {
    Project::new(&format!(
        "=== site.toml\ntitle = 'T'\nbase_url = 'https://a.vn/x/'\nlanguage = 'vi'\nunit = 'a'\n\
         === content/a/_index.md\n---\nname: Đảng bộ xã A\nlevel: commune\n---\n\
         === content/a/2015-2020/r.md\n---\ntitle: Cũ\nkind: review\ndate: 2020-06-01\nlessons: [{{id: l, title: Bài học B}}]\n---\n\
         === content/a/2020-2025/r.md\n---\ntitle: Mới\nkind: midterm\ndate: 2023-06-01\nlessons: [{{id: l, title: Bài học C}}]\n---\n\
         {more}"
    ))
}

#[test]
fn past_terms_say_when_they_ended_and_what_follows() {
    let site = mini("").render(false);
    let expected =
        "Nhiệm kỳ 2015–2020 đã kết thúc năm 2020. Nhiệm kỳ tiếp theo: 2020–2025. Xem các nhiệm kỳ đã qua";
    for path in ["a/2015-2020/index.html", "a/2015-2020/r.html", "a/2015-2020/bai-hoc/l.html"] {
        let (said, links) = banner(&site, path).unwrap_or_else(|| panic!("{path} has a banner"));
        assert_eq!(said, expected, "{path}");
        assert_eq!(links, ["a/2020-2025/index.html", "luu-tru.html"], "{path}");
    }
    for path in ["a/2020-2025/index.html", "a/2020-2025/r.html", "a/2020-2025/bai-hoc/l.html", "a/index.html"]
    {
        assert_eq!(banner(&site, path), None, "{path} is present");
    }
}

#[test]
fn a_term_is_over_by_its_own_dates_and_the_content() {
    let term = |until: &str, report: &str| {
        let more = format!(
            "=== content/a/2020-2025/_index.md\n---\nuntil: {until}\n---\n\
             === content/a/2020-2025/s.md\n---\ntitle: Sau\nkind: address\ndate: {report}\n---\n"
        );
        banner(&mini(&more).render(false), "a/2020-2025/index.html").map(|(said, _)| said)
    };
    assert_eq!(term("2025-06-30", "2025-06-30"), None, "nothing is later than its last day");
    let ended = "Nhiệm kỳ 2020–2025 đã kết thúc ngày 30/06/2025. Xem các nhiệm kỳ đã qua";
    assert_eq!(term("2025-06-30", "2025-07-01").as_deref(), Some(ended));
}

#[test]
fn a_hidden_report_ends_no_term() {
    let more = "=== content/a/2020-2025/s.md\n---\ntitle: Kín\nkind: annual\ndate: 2026-02-01\naccess: secret\n---\n\
                === content/a/2025-2030/k.md\n---\ntitle: Kín\nkind: annual\ndate: 2026-02-01\nstatus: draft\n---\n";
    assert_eq!(banner(&mini(more).render(false), "a/2020-2025/index.html"), None);
}

#[test]
fn past_units_say_it_on_all_their_pages_with_their_successors() {
    let more = "=== content/b/_index.md\n---\nname: Đảng bộ xã B\nlevel: commune\n\
                events: {date: 2025-07-01, kind: merged, from: [a, xã C], to: b}\n---\n";
    let site = mini(more).render(false);
    let unit = "Đơn vị này đã kết thúc hoạt động ngày 01/07/2025. Đơn vị kế tục: Đảng bộ xã B.";
    let said = |path: &str| banner(&site, path).map(|(said, _)| said).unwrap_or_default();
    assert_eq!(said("a/index.html"), unit);
    let last = format!("Nhiệm kỳ 2020–2025 đã kết thúc ngày 01/07/2025. {unit} Xem các nhiệm kỳ đã qua");
    assert_eq!(said("a/2020-2025/bai-hoc/l.html"), last, "its unit ended before the term would have");
    assert!(
        said("a/2015-2020/r.html").starts_with("Nhiệm kỳ 2015–2020 đã kết thúc năm 2020. Nhiệm kỳ tiếp theo")
    );
    assert_eq!(banner(&site, "b/index.html"), None);
}

#[test]
fn past_stands_behind_present_in_every_list() {
    for (name, site) in [("mini", mini("").render(false)), ("own", Project::own().render(false))] {
        let (mut mixed, indexes) = (0, site.keys().filter(|p| p.ends_with("index.html")).collect::<Vec<_>>());
        for path in indexes {
            let page = page(&site, path);
            if select(&page, "body[data-kind=index]").next().is_none() || path.starts_with("van-ban") {
                continue;
            }
            let is_past = |a: ElementRef<'_>| {
                let to = resolve(path, a.attr("href").unwrap_or_default()).expect("it stays on the site");
                banner(&site, &to).is_some_and(|(said, _)| said.contains("Nhiệm kỳ"))
            };
            let past: Vec<bool> = select(&page, "main .cards > li > a:first-child").map(is_past).collect();
            assert!(past.is_sorted(), "{name}: {path} has past before present");
            let is_mixed = past.contains(&true) && past.contains(&false);
            let headed = select(&page, "#_past").count() == 1;
            assert_eq!(is_mixed, headed, "{name}: {path} has a heading where it mixes the two");
            mixed += usize::from(is_mixed);
        }
        assert!(mixed > 0, "{name}: some list mixes past and present");
    }
    let terms =
        words(select(&page(&mini("").render(false), "a/index.html"), "ol.line").next().expect("a line"));
    assert!(terms.find("2020–2025") < terms.find("2015–2020"), "the latest term is the first: {terms}");
}

#[test]
fn past_and_present_stay_apart_over_the_parts_of_a_long_list() {
    let lessons = |word: &str| {
        (0..70).map(|n| format!("{{id: {word}{n:02}, title: Bài {n:02}}}")).collect::<Vec<_>>().join(", ")
    };
    let mut project = mini("");
    project.edit("content/a/2015-2020/r.md", "{id: l, title: Bài học B}", &lessons("x"));
    project.edit("content/a/2020-2025/r.md", "{id: l, title: Bài học C}", &lessons("y"));
    let site = project.render(false);
    let (first, second) = (page(&site, "bai-hoc/index.html"), page(&site, "bai-hoc/trang-2.html"));
    let cards = |page: &Html, under: &str| {
        select(page, &format!("section[aria-labelledby={under}] .cards > li")).count()
    };
    assert_eq!((cards(&first, "_list"), cards(&first, "_past")), (70, 30));
    assert_eq!((cards(&second, "_list"), cards(&second, "_past")), (0, 40));
}

#[test]
fn the_page_of_past_terms_lists_all_of_them() {
    let site = Project::own().render(false);
    let page = page(&site, "luu-tru.html");
    let listed: BTreeSet<String> = select(&page, "main .cards > li > a:first-child")
        .filter_map(|a| resolve("luu-tru.html", a.attr("href").unwrap_or_default()))
        .collect();
    let is_term = |path: &&String| path.ends_with("/index.html") && path.matches('/').count() == 2;
    let past = site.keys().filter(is_term).filter(|path| banner(&site, path).is_some());
    assert_eq!(listed, past.cloned().collect(), "every term with a banner and no other");
    assert!(listed.len() > 3);
    for path in ["index.html", "so-do.html", "phuong-mau/2020-2025/index.html"] {
        let text = String::from_utf8_lossy(&site[path]);
        assert!(text.contains("luu-tru.html"), "{path} leads there");
    }
}

#[test]
fn a_seal_is_shown_and_a_rebuild_is_a_clean_build() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    Project::own().write_to(folder.path());
    let expect = |arguments: &[&str]| {
        let output = run(folder.path(), arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        said(&output)
    };
    expect(&["build", "--no-sync"]);
    expect(&["archive", "phuong-mau/2020-2025", "--date", "2025-08-15"]);
    expect(&["build", "--no-sync"]);
    let site = tree(&folder.path().join("public"));
    let index =
        fs::read_to_string(folder.path().join("content/phuong-mau/2020-2025/_index.md")).expect("a file");
    let seal =
        index.split(|c: char| c.is_whitespace() || ",\"'{}".contains(c)).find(|w| w.starts_with("sha256:"));
    let seal = seal.expect("the file notes the seal");
    for path in ["luu-tru.html", "phuong-mau/2020-2025/index.html"] {
        let page = page(&site, path);
        let notes: Vec<String> = select(&page, "main .note").map(words).collect();
        assert!(notes.contains(&format!("Niêm phong ngày 15/08/2025: {seal}")), "{path}: {notes:?}");
    }
    expect(&["build", "--no-sync", "--output", "clean"]);
    assert!(site == tree(&folder.path().join("clean")), "as a clean build");
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

#[test]
fn old_addresses_say_why_they_are_old() {
    let mut project = mini(
        "=== content/b/_index.md\n---\nname: Đảng bộ xã B\nlevel: commune\nnames: {name: Đảng bộ xã Bến Cũ, until: 2018-03}\n\
         events: {date: 2025-07-01, kind: merged, from: [a, xã Chợ Cũ], to: b}\n\
         aliases: [cho-cu/, ben-cu/index.html, d/]\n---\n",
    );
    project.edit("content/a/2020-2025/r.md", "{id: l,", "{id: l, aliases: k,");
    let site = project.render(false);
    let kept = "Địa chỉ cũ được giữ để không mất liên kết.";
    for (path, to, why) in [
        ("cho-cu/index.html", "b/index.html", "đơn vị cũ đã sáp nhập (xã Chợ Cũ), ngày 01/07/2025"),
        ("ben-cu/index.html", "b/index.html", "đơn vị đã đổi tên (Đảng bộ xã Bến Cũ), tháng 03/2018"),
        ("d/index.html", "b/index.html", "mã của đơn vị đã đổi"),
        ("a/2020-2025/bai-hoc/k.html", "a/2020-2025/bai-hoc/l.html", "mã của mục này đã đổi"),
    ] {
        let page = page(&site, path);
        let note = select(&page, "main .note").map(words).next();
        assert_eq!(note, Some(format!("Lý do: {why}. {kept}")), "{path}");
        let canonical = select(&page, "link[rel=canonical]").filter_map(|l| l.attr("href")).next();
        assert_eq!(canonical, Some(format!("https://a.vn/x/{to}").as_str()), "{path}");
        let leads =
            |a: ElementRef<'_>| resolve(path, a.attr("href").unwrap_or_default()).as_deref() == Some(to);
        assert!(select(&page, "main a").any(leads), "{path} has a link that can be seen");
        assert_eq!(select(&page, "script").count(), 0, "{path}");
    }
}

/// The rules of the schema, word for word: `tLoc` is 12 to 2048 characters, `lastmod` a date, the elements in their order.
fn addresses_of(sitemap: &str, root: &str, entry: &str) -> Vec<String> {
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    let body = sitemap.strip_prefix(&head).expect("declaration, root, namespace");
    let body = body.strip_suffix(&format!("</{root}>\n")).expect("the root ends");
    let loc = |line: &str| {
        let inner = line.strip_prefix(&format!("<{entry}><loc>")).expect("loc comes first, and is required");
        let (loc, rest) =
            inner.strip_suffix(&format!("</{entry}>")).and_then(|i| i.split_once("</loc>")).expect("it ends");
        if let Some(date) = rest.strip_prefix("<lastmod>") {
            let date = date.strip_suffix("</lastmod>").expect("it ends");
            assert!(nhiemky::vietnamese::date::parse(date).is_ok_and(|d| d.iso() == date), "{date}");
        } else {
            assert_eq!(rest, "");
        }
        assert!((12..=2048).contains(&loc.chars().count()) && !loc.contains(['<', '>', '"', '\'']), "{loc}");
        loc.replace("&amp;", "&")
    };
    body.lines().map(loc).collect()
}

#[test]
fn the_sitemap_is_valid_and_lists_every_page() {
    let sites = SITES.map(|name| (name, site(name))).into_iter().chain([("own", Project::own())]);
    for (name, project) in sites {
        let site = project.render(false);
        let text = String::from_utf8(site["sitemap.xml"].clone()).expect("it is UTF-8");
        let listed = addresses_of(&text, "urlset", "url");
        let config = project.text("site.toml");
        let base = config
            .lines()
            .find_map(|l| l.strip_prefix("base_url = "))
            .expect("a base")
            .trim_matches(['"', '\'']);
        let is_listed = |path: &&String| {
            let redirects = || select(&page(&site, path), "body[data-kind=redirect]").count() > 0;
            path.ends_with(".html") && *path != "404.html" && !redirects()
        };
        let pages: Vec<String> = site.keys().filter(is_listed).map(|path| format!("{base}{path}")).collect();
        assert_eq!(listed, pages, "{name}");
        assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len(), "{name}: each once");
    }
}

#[test]
fn the_sitemap_has_the_dates_of_the_authors_and_the_address_of_the_site() {
    let mut project = mini("");
    project.edit("site.toml", "https://a.vn/x/", "https://a.vn/b&b/");
    let text = String::from_utf8(project.render(false)["sitemap.xml"].clone()).expect("it is UTF-8");
    assert!(
        text.contains("<loc>https://a.vn/b&amp;b/a/2020-2025/r.html</loc><lastmod>2023-06-01</lastmod>"),
        "{text}"
    );
    assert!(
        text.contains("<loc>https://a.vn/b&amp;b/index.html</loc></url>"),
        "the home page has no date: {text}"
    );
}

fn against(folder: &Path, sitemap: &str) -> (Option<i32>, String) {
    let output = run(folder, &["check", "--lang", "en", "--against", sitemap]);
    (output.status.code(), said(&output))
}

#[test]
fn an_address_that_vanishes_is_an_error_until_it_redirects() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut project = mini("");
    project.write_to(folder.path());
    assert!(run(folder.path(), &["build", "--no-sync"]).status.success());
    let (code, text) = against(folder.path(), "public/sitemap.xml");
    assert_eq!(code, Some(0), "{text}");
    fs::remove_file(folder.path().join("content/a/2020-2025/r.md")).expect("it was there");
    let report = project.text("content/a/2020-2025/r.md");
    project
        .remove("content/a/2020-2025/r.md")
        .put("content/a/2020-2025/so-ket.md", report.as_str())
        .write_to(folder.path());
    let (code, text) = against(folder.path(), "public/sitemap.xml");
    assert_eq!(code, Some(1), "{text}");
    assert_eq!(text.matches("error[NK701]").count(), 1, "{text}");
    assert!(text.contains("a/2020-2025/r.html") && text.contains("aliases"), "{text}");
    project.edit(
        "content/a/2020-2025/so-ket.md",
        "kind: midterm",
        "kind: midterm\naliases: a/2020-2025/r.html",
    );
    project.write_to(folder.path());
    let (code, text) = against(folder.path(), "public/sitemap.xml");
    assert_eq!(code, Some(0), "{text}");
}

#[test]
fn a_hostile_sitemap_is_a_problem_and_a_missing_one_a_failure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    mini("").write_to(folder.path());
    assert_eq!(against(folder.path(), "none.xml").0, Some(2));
    let huge = fs::File::create(folder.path().join("huge.xml")).expect("a file");
    huge.set_len(60 * 1024 * 1024).expect("a long file");
    let (code, text) = against(folder.path(), "huge.xml");
    assert!(code == Some(1) && text.contains("larger than 50 MB"), "{text}");
    let escape = "<urlset><url><loc>https://a.vn/x/\u{1b}[31m</loc></url></urlset>";
    fs::write(folder.path().join("escape.xml"), escape).expect("a file");
    let index = "<sitemapindex><sitemap><loc>x/\u{1b}[31m.xml</loc></sitemap></sitemapindex>";
    fs::write(folder.path().join("index.xml"), index).expect("a file");
    for name in ["escape.xml", "index.xml"] {
        let (code, text) = against(folder.path(), name);
        assert!(code == Some(1) && !text.contains('\u{1b}'), "{text:?}");
    }
}

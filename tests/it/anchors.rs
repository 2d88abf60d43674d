//! Places on a report's page: each item that a report states has one of its own, and what leads there names it.

use scraper::{Html, Selector};

use super::project::Project;

/// Two statements of one id, for the report's own term and the one before, in the order given, and a body.
fn report(first: &str, second: &str, body: &str) -> Project {
    Project::new(&format!(
        "=== site.toml\ntitle = 'T'\nbase_url = 'https://x.vn/'\nlanguage = 'vi'\nunit = 'a'\n\
         === content/a/_index.md\n---\nname: Xã A\nlevel: commune\n---\n\
         === content/a/2020-2025/r.md\n---\ntitle: R\nkind: midterm\ndate: 2023-06-01\n\
         achievements:\n  - {first}\n  - {second}\n---\n{body}\n"
    ))
}

const OWN: &str = "{id: x, title: Nay}";
const EARLIER: &str = "{id: x, title: Xưa, term: 2015-2020}";

fn page(project: &Project, path: &str) -> Html {
    let bytes = project.render(false).remove(path).unwrap_or_else(|| panic!("there is {path}"));
    Html::parse_document(&String::from_utf8(bytes).expect("a page is UTF-8"))
}

fn attributes(page: &Html, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a sound selector");
    page.select(&selector).filter_map(|e| e.attr(name)).map(str::to_owned).collect()
}

/// Where the history of an item's page leads, and what stands there on the report's page.
fn place(project: &Project, item: &str) -> (String, String) {
    let href = attributes(&page(project, item), "main ol.line a[href*='r.html#']", "href").remove(0);
    let (_, anchor) = href.split_once('#').expect("it leads to a place");
    let report = page(project, "a/2020-2025/r.html");
    let there = Selector::parse(&format!("[id='{anchor}']")).expect("a sound selector");
    let mut words = report.select(&there).map(|e| e.text().collect::<String>());
    let said = words.next().unwrap_or_else(|| panic!("{anchor} is on the page"));
    assert_eq!(words.next(), None, "{anchor} is one place");
    (anchor.to_owned(), said)
}

#[test]
fn one_id_of_two_terms_has_two_places() {
    for (first, second) in [(OWN, EARLIER), (EARLIER, OWN)] {
        let project = report(first, second, "");
        let (own, said) = place(&project, "a/2020-2025/ket-qua/x.html");
        assert!(said.starts_with("Nay"), "{first}: {said}");
        assert_eq!(own, "achievement_x");
        let (earlier, said) = place(&project, "a/2015-2020/ket-qua/x.html");
        assert!(said.starts_with("Xưa"), "{first}: {said}");
        assert_eq!(earlier, "achievement_x_2015-2020");
    }
    let (alone, _) = place(&report(EARLIER, "{id: y, title: Khác}", ""), "a/2015-2020/ket-qua/x.html");
    assert_eq!(alone, "achievement_x", "an anchor says no more than it must");
}

#[test]
fn a_target_of_another_term_has_its_place_beside_the_scoreboard() {
    let site = report("{id: y, title: Y}", "{id: z, title: Z}", "").edit(
        "content/a/2020-2025/r.md",
        "achievements:",
        "targets:\n  - {id: x, name: Xưa, goal: 3, term: 2015-2020}\n  - {id: x, name: Nay, goal: 4}\nachievements:",
    ).clone();
    for (item, name, anchor) in [
        ("a/2020-2025/chi-tieu/x.html", "Nay", "target_x"),
        ("a/2015-2020/chi-tieu/x.html", "Xưa", "target_x_2015-2020"),
    ] {
        let (found, said) = place(&site, item);
        assert!(found == anchor && said.starts_with(name), "{item}: {found} {said}");
    }
}

#[test]
fn a_long_text_stands_on_the_item_that_its_heading_leads_to() {
    for (first, second) in [(OWN, EARLIER), (EARLIER, OWN)] {
        let project = report(first, second, "## Nói thêm {#x}\n\nLời dài.");
        let to_item = attributes(&page(&project, "a/2020-2025/r.html"), ".to-item a", "href");
        assert_eq!(to_item, ["ket-qua/x.html"], "{first}");
        let text = |path: &str| page(&project, path).root_element().text().collect::<String>();
        assert!(text("a/2020-2025/ket-qua/x.html").contains("Lời dài."), "{first}");
        assert!(!text("a/2015-2020/ket-qua/x.html").contains("Lời dài."), "{first}");
    }
}

#[test]
fn each_long_text_of_an_item_leads_to_its_own_heading() {
    let body = "## Một {#x}\n\nLời một.\n\n## Hai {#achievement:x}\n\nLời hai.";
    let project = report(OWN, "{id: y, title: Khác}", body);
    let item = page(&project, "a/2020-2025/ket-qua/x.html");
    let headings = attributes(&item, "main a[href*='r.html#']:not([href*='#achievement_'])", "href");
    assert_eq!(headings, ["../r.html#x", "../r.html#achievement:x"]);
}

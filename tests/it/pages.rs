//! Rules that every page obeys, whatever it shows: links that lead somewhere, one title, one first heading, nothing that a
//! strict policy refuses.
//!
//! They are tried on all golden sites and on the repository's own content, with and without drafts.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html};

use super::outline::{select, words};
use super::project::Project;
use super::sites::{SITES, site};

type Site = BTreeMap<String, Vec<u8>>;

/// The policy of the architecture, word for word.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

#[test]
fn golden_sites_obey() {
    for name in SITES {
        obey(name, &site(name).render(false));
    }
}

#[test]
fn golden_sites_with_drafts_obey() {
    obey("drafts", &site("drafts").render(true));
}

#[test]
fn the_own_content_obeys() {
    obey("the own content", &Project::own().render(false));
}

#[test]
fn the_own_content_with_drafts_obeys() {
    obey("the own content", &Project::own().render(true));
}

fn obey(name: &str, site: &Site) {
    let pages = pages(site);
    assert!(
        pages.contains_key("index.html") && pages.contains_key("404.html"),
        "{name} has a home page and one for lost readers"
    );
    let ids: BTreeMap<&str, BTreeSet<String>> = pages.iter().map(|(path, page)| (*path, ids(page))).collect();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        let mut say = |what: String| broken.push(format!("{path}: {what}"));
        head(page, &mut say);
        body(page, &mut say);
        for (what, address) in addresses(page) {
            if let Some(why) = leads_nowhere(site, &ids, path, what, &address) {
                say(format!("{what} “{address}” {why}"));
            }
        }
    }
    broken.dedup();
    assert!(
        broken.is_empty(),
        "{name}: {} times\n{}",
        broken.len(),
        broken[..broken.len().min(40)].join("\n")
    );
}

fn pages(site: &Site) -> BTreeMap<&str, Html> {
    let html = site.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| {
        (path.as_str(), Html::parse_document(std::str::from_utf8(bytes).expect("pages are UTF-8")))
    })
    .collect()
}

fn head(page: &Html, say: &mut impl FnMut(String)) {
    let mut lang = select(page, "html").filter_map(|html| html.attr("lang"));
    if !lang.next().is_some_and(|lang| ["vi", "en"].contains(&lang)) {
        say("no lang".to_owned());
    }
    let titles: Vec<String> = select(page, "title").map(words).collect();
    if titles.len() != 1 || titles[0].is_empty() {
        say(format!("titles {titles:?}"));
    }
    let second =
        select(page, "head").next().and_then(|head| head.children().filter_map(ElementRef::wrap).nth(1));
    let policy = second
        .filter(|m| m.attr("http-equiv") == Some("Content-Security-Policy"))
        .and_then(|m| m.attr("content"));
    if policy != Some(POLICY) {
        say(format!("the second child of head is no policy but {policy:?}"));
    }
}

fn body(page: &Html, say: &mut impl FnMut(String)) {
    let headings: Vec<String> = select(page, "h1").map(words).collect();
    if headings.len() != 1 || headings[0].is_empty() {
        say(format!("first headings {headings:?}"));
    }
    let refused =
        ["[style]", "style", "script:not([src])", "iframe", "object", "embed", "base", "th:not([scope])"];
    for selector in refused {
        if let Some(element) = select(page, selector).next() {
            say(format!("{selector}: {}", words(element)));
        }
    }
    let mut seen = BTreeSet::new();
    for element in select(page, "*") {
        if let Some(id) = element.attr("id")
            && !seen.insert(id)
        {
            say(format!("the id “{id}” stands twice"));
        }
        for (name, _) in element.value().attrs().filter(|(name, _)| name.starts_with("on")) {
            say(format!("{name} on <{}>", element.value().name()));
        }
        let named = ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"].into_iter();
        let missing = named.filter_map(|n| element.attr(n)).flat_map(str::split_whitespace);
        for id in missing.filter(|id| select(page, &format!("[id=\"{id}\"]")).next().is_none()) {
            say(format!("“{id}” is referred to and not there"));
        }
    }
}

/// The ids of a page: what a fragment may name.
fn ids(page: &Html) -> BTreeSet<String> {
    select(page, "[id]").filter_map(|e| e.attr("id")).map(str::to_owned).collect()
}

/// All addresses of a page with the attribute that holds them.
fn addresses(page: &Html) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for (selector, name) in [
        ("a[href]", "href"),
        ("link[href]:not([rel=canonical])", "link"),
        ("[src]", "src"),
        ("form[action]", "action"),
        ("link[rel=canonical]", "canonical"),
    ] {
        let attribute = if ["link", "canonical"].contains(&name) { "href" } else { name };
        found.extend(
            select(page, selector)
                .filter_map(|e| e.attr(attribute))
                .map(|address| (name, address.to_owned())),
        );
    }
    let refresh = select(page, "meta[http-equiv=refresh]").filter_map(|m| m.attr("content"));
    found.extend(refresh.filter_map(|c| c.split_once("url=")).map(|(_, url)| ("refresh", url.to_owned())));
    found
}

/// Why an address of a page leads nowhere; `None` where it leads somewhere.
fn leads_nowhere(
    site: &Site,
    ids: &BTreeMap<&str, BTreeSet<String>>,
    path: &str,
    what: &str,
    address: &str,
) -> Option<&'static str> {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    match what {
        "canonical" => return (!is_web).then_some("is no whole address"),
        "href" if is_web || address.starts_with("mailto:") || address.starts_with("tel:") => return None,
        _ if address.starts_with('/')
            || address.split(['/', '#', '?']).next().is_some_and(|s| s.contains(':')) =>
        {
            return Some("leaves the site");
        }
        _ => {}
    }
    let (file, fragment) = address.split_once('#').map_or((address, None), |(file, id)| (file, Some(id)));
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let Some(target) = resolve(path, &decode(file.split('?').next().unwrap_or(file))) else {
        return Some("leaves the root");
    };
    if !site.contains_key(&target) {
        return Some("leads to no file");
    }
    match fragment {
        Some(id) if !ids.get(target.as_str()).is_some_and(|ids| ids.contains(&decode(id))) => {
            Some("names no place of its page")
        }
        _ => None,
    }
}

/// The file that a relative address means on a page.
pub fn resolve(page: &str, address: &str) -> Option<String> {
    if address.is_empty() {
        return Some(page.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

//! Links that lead out of the archive: their words stay, the link goes.
//!
//! Pages are those of the site, so some of their links lead to pages that the archive does not hold. A dead link would be
//! worse than none. This reads the tags of finished pages, whatever theme made them, and touches nothing but such links.

use std::collections::BTreeSet;

use crate::markdown::{self, Markup};
use crate::path::OutputPath;

/// A page without links that lead nowhere, and the files of the site that it does lead to.
#[derive(Debug)]
pub struct Kept {
    /// The page.
    pub html: String,
    /// Addresses of files that it links to or shows.
    pub used: BTreeSet<String>,
}

/// Keeps the links of the page at `here` to files that `is_there`. What led elsewhere on the site becomes a span that names
/// the whole address, below `base_url`.
pub fn keep(html: &str, here: &OutputPath, base_url: &str, is_there: &dyn Fn(&str) -> bool) -> Kept {
    let mut kept = Kept { html: String::with_capacity(html.len()), used: BTreeSet::new() };
    let (mut rest, mut is_span) = (html, false);
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        kept.html.push_str(before);
        let tag = &from[..tag_end(from)];
        rest = &from[tag.len()..];
        match name_of(tag) {
            "a" => match href_of(tag).and_then(|href| target(&href, here)) {
                Some(path) if !is_there(&path) => {
                    let title = markdown::escape_attribute(&format!("{base_url}{path}")).into_owned();
                    kept.html.push_str(&format!("<span class=\"outside\" title=\"{title}\">"));
                    is_span = true;
                }
                path => {
                    kept.used.extend(path);
                    kept.html.push_str(tag);
                }
            },
            "/a" if is_span => {
                is_span = false;
                kept.html.push_str("</span>");
            }
            name if name.starts_with('!') => kept.html.push_str(tag),
            name => {
                let source = attribute(tag, "src").or_else(|| attribute(tag, "href"));
                kept.used.extend(source.and_then(|s| target(&s, here)));
                kept.html.push_str(tag);
                // What scripts and styles hold is no markup.
                if name == "script" || name == "style" {
                    let end = rest.find(&format!("</{name}")).unwrap_or(rest.len());
                    kept.html.push_str(&rest[..end]);
                    rest = &rest[end..];
                }
            }
        }
    }
    kept.html.push_str(rest);
    kept
}

/// The plain title of a page.
pub fn title_of(html: &str) -> String {
    let inside = html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    inside.map(|(title, _)| words(title)).unwrap_or_default()
}

/// The bytes of a tag or comment, from `<` on.
fn tag_end(from: &str) -> usize {
    if from.starts_with("<!--") {
        return from.find("-->").map_or(from.len(), |end| end + 3);
    }
    let mut quote = None;
    for (at, byte) in from.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    from.len()
}

fn name_of(tag: &str) -> &str {
    let inside = tag.trim_start_matches('<');
    inside.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default()
}

fn href_of(tag: &str) -> Option<String> {
    attribute(tag, "href")
}

/// The value of an attribute; values are always quoted.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.find(&format!(" {name}=\"")).map(|at| at + name.len() + 3)?;
    tag[at..].split_once('"').map(|(value, _)| words(value))
}

/// What a text between tags or an attribute says.
fn words(html: &str) -> String {
    markdown::decoded(html, Markup::Html).0.into_owned()
}

/// The file of the site that an address means on the page at `here`; `None` for other hosts and the page itself.
fn target(href: &str, here: &OutputPath) -> Option<String> {
    let path = href.split(['#', '?']).next().unwrap_or_default();
    let is_whole = path.split('/').next().is_some_and(|first| first.contains(':'));
    if path.is_empty() || is_whole || path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = here.as_str().split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_that_lead_out_are_taken() {
        let html = "<title>A &amp; B</title><a class=\"x\" href=\"../a.html#b\">in</a> <a href=\"c.html\"><b>out</b></a> \
            <a href=\"https://h.vn/\">away</a><a href=\"#x\">here</a><!-- <a href=\"c.html\"> --><img src=\"i.png\">";
        let here = OutputPath::new(["u", "t.html"]);
        let kept = keep(html, &here, "https://s.vn/", &|path| path == "a.html");
        let expected = html
            .replacen("<a href=\"c.html\">", "<span class=\"outside\" title=\"https://s.vn/u/c.html\">", 1)
            .replacen("</b></a>", "</b></span>", 1);
        assert_eq!(kept.html, expected);
        assert_eq!(kept.used.into_iter().collect::<Vec<_>>(), ["a.html", "u/i.png"]);
        assert_eq!(title_of(html), "A & B");
    }
}

//! Reading a sitemap that somebody else may have written: its addresses, and nothing else of it.
//!
//! Only as much of XML as sitemaps are made of: elements that nest, the five entities and numbers of characters, comments,
//! CDATA. A DOCTYPE is refused, so that there is no entity to expand and nothing to fetch. Time and memory are those of the
//! text, whose length the caller bounds.

use std::borrow::Cow;

use crate::markdown::{self, Markup};
use crate::problem::say::Both;

/// What a sitemap lists.
#[derive(Debug, PartialEq, Eq)]
pub enum Listed {
    /// Addresses of pages.
    Pages(Vec<String>),
    /// Addresses of further sitemaps.
    Sitemaps(Vec<String>),
}

/// Why a text is no sitemap, and the line where that shows.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken {
    /// From 1.
    pub line: usize,
    /// Why.
    pub why: Both,
}

const SYNTAX: Both = Both { vi: "sai cú pháp XML", en: "it is not well-formed XML" };
const DOCTYPE: Both =
    Both { vi: "có khai báo DOCTYPE, không được nhận", en: "it has a DOCTYPE, which is refused" };
const ENTITY: Both =
    Both { vi: "có thực thể XML không được nhận", en: "it has an XML entity that is refused" };
const ROOT: Both = Both {
    vi: "phần tử gốc không phải urlset hoặc sitemapindex",
    en: "its root is neither urlset nor sitemapindex",
};
const DEEP: Both = Both { vi: "các phần tử lồng quá sâu", en: "its elements nest too deeply" };

/// Elements within each other at most; a sitemap with pictures has five.
const DEPTH: usize = 32;

/// Reads a sitemap or an index of sitemaps.
///
/// # Errors
/// Where it is neither.
pub fn read(text: &str) -> Result<Listed, Broken> {
    let mut reader =
        SitemapReader { rest: text, open: Vec::new(), root: None, loc: String::new(), found: Vec::new() };
    let found = reader.run();
    let line = |rest: &str| 1 + text[..text.len() - rest.len()].matches('\n').count();
    found.map_err(|why| Broken { line: line(reader.rest), why })
}

struct SitemapReader<'a> {
    rest: &'a str,
    /// The names of the elements around this place, without prefixes' meaning.
    open: Vec<&'a str>,
    root: Option<&'a str>,
    loc: String,
    found: Vec<String>,
}

impl<'a> SitemapReader<'a> {
    fn run(&mut self) -> Result<Listed, Both> {
        self.rest = self.rest.strip_prefix('\u{feff}').unwrap_or(self.rest);
        while let Some(at) = self.rest.find('<') {
            let (text, from) = self.rest.split_at(at);
            self.text(text)?;
            self.rest = from;
            self.markup()?;
        }
        let is_closed = self.open.is_empty() && self.rest.trim().is_empty();
        let found = std::mem::take(&mut self.found);
        match self.root.filter(|_| is_closed) {
            Some("urlset") => Ok(Listed::Pages(found)),
            Some("sitemapindex") => Ok(Listed::Sitemaps(found)),
            _ => Err(if is_closed { ROOT } else { SYNTAX }),
        }
    }

    /// Words between tags. They count within the `loc` of an entry; a picture has a `loc` of its own deeper down.
    fn text(&mut self, text: &str) -> Result<(), Both> {
        if self.open.is_empty() && !text.trim().is_empty() {
            return Err(SYNTAX);
        }
        let decoded = decode(text)?;
        if self.is_in_loc() {
            self.loc.push_str(&decoded);
        }
        Ok(())
    }

    fn is_in_loc(&self) -> bool {
        matches!(self.open.as_slice(), [_, entry, loc] if ["url", "sitemap"].contains(&local(entry)) && local(loc) == "loc")
    }

    fn markup(&mut self) -> Result<(), Both> {
        for (begin, end) in [("<?", "?>"), ("<!--", "-->"), ("<![CDATA[", "]]>")] {
            if let Some(inner) = self.rest.strip_prefix(begin) {
                let (inner, rest) = inner.split_once(end).ok_or(SYNTAX)?;
                if begin == "<![CDATA[" && self.is_in_loc() {
                    self.loc.push_str(inner);
                }
                self.rest = rest;
                return Ok(());
            }
        }
        if self.rest.starts_with("<!") {
            return Err(DOCTYPE);
        }
        let (inner, rest) = tag(self.rest).ok_or(SYNTAX)?;
        match inner.strip_prefix('/') {
            Some(name) => self.close(name.trim_end())?,
            None => self.open(inner)?,
        }
        self.rest = rest;
        Ok(())
    }

    fn open(&mut self, inner: &'a str) -> Result<(), Both> {
        let (inner, is_empty) = inner.strip_suffix('/').map_or((inner, false), |inner| (inner, true));
        let name = inner.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
        let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || "-_.:".contains(c));
        if !is_name || (self.open.is_empty() && self.root.is_some()) {
            return Err(SYNTAX);
        }
        if self.open.len() == DEPTH {
            return Err(DEEP);
        }
        self.root.get_or_insert(local(name));
        self.open.push(name);
        if is_empty { self.close(name) } else { Ok(()) }
    }

    fn close(&mut self, name: &str) -> Result<(), Both> {
        if self.is_in_loc() {
            let loc = std::mem::take(&mut self.loc);
            self.found.push(loc.trim().to_owned());
        }
        if self.open.pop() == Some(name) { Ok(()) } else { Err(SYNTAX) }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// What stands between `<` and the `>` that ends the tag, and what follows; a `>` in quotes ends nothing.
fn tag(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (at, c) in text.char_indices().skip(1) {
        match (quote, c) {
            (None, '>') => return Some((&text[1..at], &text[at + 1..])),
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// The words of a text; an `&` must begin a character reference.
fn decode(text: &str) -> Result<Cow<'_, str>, Both> {
    match markdown::decoded(text, Markup::Xml) {
        (words, None) => Ok(words),
        (_, Some(rest)) => Err(if rest.contains(';') { ENTITY } else { SYNTAX }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(found: &[&str]) -> Result<Listed, Broken> {
        Ok(Listed::Pages(found.iter().map(|s| (*s).to_owned()).collect()))
    }

    fn broken(text: &str) -> (usize, Both) {
        match read(text) {
            Err(broken) => (broken.line, broken.why),
            Ok(listed) => {
                (0, Both { vi: "", en: if listed == Listed::Pages(Vec::new()) { "none" } else { "" } })
            }
        }
    }

    #[test]
    fn addresses_are_read_whatever_stands_around_them() {
        assert_eq!(
            read(
                "\u{feff}<?xml version='1.0'?>\n<!-- > -->\n<s:urlset xmlns:s='x' a=\">\">\n\
                 <s:url><s:loc> https://a.vn/x?a=1&amp;b&#x3D;2 </s:loc><lastmod/><image:image><image:loc>no</image:loc>\
                 </image:image></s:url><s:url ><s:loc><![CDATA[https://a.vn/&]]></s:loc></s:url></s:urlset >\n"
            ),
            pages(&["https://a.vn/x?a=1&b=2", "https://a.vn/&"])
        );
        assert_eq!(read("<urlset/>"), pages(&[]));
        assert_eq!(
            read("<sitemapindex><sitemap><loc>s-1.xml</loc></sitemap></sitemapindex>"),
            Ok(Listed::Sitemaps(vec!["s-1.xml".to_owned()]))
        );
    }

    #[test]
    fn what_is_no_sitemap_is_refused() {
        assert_eq!(broken(""), (1, ROOT));
        assert_eq!(broken("<html>\n</html>"), (2, ROOT));
        for text in
            ["x", "<urlset>", "<urlset></url>", "<urlset/><urlset/>", "<urlset a='></urlset>", "<urlset>&x"]
        {
            assert_eq!(broken(text), (1, SYNTAX), "{text}");
        }
        assert_eq!(broken("<urlset>\n<url>\n</urlset>"), (3, SYNTAX));
        let bomb =
            "<?xml version='1.0'?>\n<!DOCTYPE u [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><urlset>&b;</urlset>";
        assert_eq!(broken(bomb), (2, DOCTYPE));
        assert_eq!(broken("<urlset><url><loc>&file;</loc></url></urlset>"), (1, ENTITY));
        assert_eq!(broken(&"<a>".repeat(100_000)), (1, DEEP));
    }
}

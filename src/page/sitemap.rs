//! The sitemap: every page's whole address for machines, by the protocol and schema of sitemaps.org, version 0.9.
//!
//! Of the files of a site it alone depends on nothing but the plan and `base_url`. It holds all pages but old addresses and
//! the page for unknown ones. `lastmod` is a date that the authors gave, or it is left out; never the clock. What is beyond the
//! bounds of one file goes into `sitemap-1.xml` …, of which `sitemap.xml` is then the index.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use super::artifact::{Artifact, Spec};
use crate::digest;
use crate::graph::{Node, Site};
use crate::path::OutputPath;
use crate::vietnamese::date::Date;

/// The namespace of the schema.
pub const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
/// Addresses in one file at most, by the protocol.
pub const MOST_ADDRESSES: usize = 50_000;
/// Bytes of one file at most, by the protocol.
pub const MOST_BYTES: usize = 50 * 1024 * 1024;
/// Characters of an address at most, by the schema.
const LONGEST: usize = 2048;
/// Bytes of a file around its entries, generously.
const AROUND: usize = 1024;

/// The addresses of a site.
#[derive(Debug, Default)]
pub struct Sitemap {
    base_url: String,
    entries: Vec<Entry>,
    parts: Vec<Range<usize>>,
}

/// An address.
#[derive(Debug)]
struct Entry {
    path: OutputPath,
    modified: Option<Date>,
}

impl Sitemap {
    /// The sitemap of what is planned.
    pub fn of<'a>(site: &Site, artifacts: impl Iterator<Item = (&'a OutputPath, &'a Artifact)>) -> Self {
        let base_url = site.config.base_url.clone();
        let entry = |(path, artifact): (&OutputPath, &Artifact)| match artifact {
            Artifact::Page(Spec::Redirect(_) | Spec::NotFound) => None,
            // A longer one may not stand in a sitemap; only a base address of a page's length makes one.
            Artifact::Page(_) if base_url.len() + path.as_str().len() > LONGEST => None,
            Artifact::Page(spec) => Some(Entry { path: path.clone(), modified: modified(site, *spec) }),
            Artifact::Copy(_) | Artifact::Static(_) | Artifact::Made(_) => None,
        };
        let entries: Vec<Entry> = artifacts.filter_map(entry).collect();
        let base = escape(&base_url).len();
        let parts = split(entries.iter().map(|e| length(base, e)), MOST_ADDRESSES, MOST_BYTES - AROUND);
        Self { base_url, entries, parts }
    }

    /// The addresses of its files, `sitemap.xml` first.
    pub fn paths(&self) -> Vec<OutputPath> {
        let more = if self.parts.len() > 1 { self.parts.len() } else { 0 };
        let names = (1..=more).map(|number| format!("sitemap-{number}.xml"));
        std::iter::once("sitemap.xml".to_owned()).chain(names).map(|name| OutputPath::new([&*name])).collect()
    }

    /// A digest of all that a file of it says.
    pub fn digest(&self, number: usize) -> u64 {
        let range = match number.checked_sub(1) {
            None => 0..self.entries.len(),
            Some(part) => self.parts.get(part).cloned().unwrap_or_default(),
        };
        let entries = self.entries[range].iter().map(|entry| (&entry.path, entry.modified));
        digest::short_of(&(&self.base_url, self.parts.len(), entries.collect::<Vec<_>>()))
    }

    /// The text of one of its files.
    pub fn file(&self, number: usize) -> String {
        match (self.parts.len() > 1, number) {
            (false, _) => self.part(0..self.entries.len()),
            (true, 0) => self.index(),
            (true, number) => self.part(self.parts.get(number - 1).cloned().unwrap_or_default()),
        }
    }

    fn part(&self, range: Range<usize>) -> String {
        let (base, entries) = (escape(&self.base_url), &self.entries[range]);
        let bytes: usize = entries.iter().map(|entry| length(base.len(), entry)).sum();
        let mut text = String::with_capacity(bytes + AROUND);
        let _ = writeln!(text, "{DECLARATION}<urlset xmlns=\"{NAMESPACE}\">");
        // Those that follow each other mostly have the same date.
        let mut last = (None, String::new());
        for entry in entries {
            text.extend([BEFORE, &*base, &*escape(entry.path.as_str()), AFTER]);
            if let Some(date) = entry.modified {
                if last.0 != entry.modified {
                    last = (entry.modified, date.iso());
                }
                text.extend([LASTMOD, &*last.1, AFTER_LASTMOD]);
            }
            text.push_str(END);
        }
        text + "</urlset>\n"
    }

    fn index(&self) -> String {
        let mut text = format!("{DECLARATION}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
        for path in self.paths().iter().skip(1) {
            let _ =
                writeln!(text, "<sitemap><loc>{}</loc></sitemap>", escape(&address(&self.base_url, path)));
        }
        text + "</sitemapindex>\n"
    }
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

fn address(base_url: &str, path: &OutputPath) -> String {
    format!("{base_url}{path}")
}

const BEFORE: &str = "<url><loc>";
const AFTER: &str = "</loc>";
const LASTMOD: &str = "<lastmod>";
const AFTER_LASTMOD: &str = "</lastmod>";
const END: &str = "</url>\n";

/// The bytes of an entry, with those of the base address.
fn length(base: usize, entry: &Entry) -> usize {
    let date = |_| LASTMOD.len() + "2025-07-20".len() + AFTER_LASTMOD.len();
    let around = BEFORE.len() + AFTER.len() + END.len();
    around + base + escape(entry.path.as_str()).len() + entry.modified.map_or(0, date)
}

/// The five characters that mean something in XML, as the protocol has it.
fn escape(text: &str) -> Cow<'_, str> {
    let means = |b: u8| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'');
    if !text.bytes().fold(false, |any, b| any | means(b)) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c => out.push(c),
        }
    }
    out.into()
}

/// The runs of entries, by their lengths, that keep both bounds; one, which may be empty, at least.
fn split(lengths: impl Iterator<Item = usize>, most: usize, most_bytes: usize) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut bytes, mut end) = (Vec::new(), 0, 0, 0);
    for length in lengths {
        if end > start && (end - start == most || bytes + length > most_bytes) {
            parts.push(start..end);
            (start, bytes) = (end, 0);
        }
        bytes += length;
        end += 1;
    }
    parts.push(start..end);
    parts
}

/// The latest date that the authors gave to what stands on a page.
fn modified(site: &Site, spec: Spec) -> Option<Date> {
    let (library, graph) = (&site.library, &site.graph);
    let of_report = |at: usize| {
        let report = &library.reports[at];
        report.errata.iter().map(|e| e.date.value).chain([report.date.value]).max()
    };
    match spec {
        Spec::Node(Node::Report(at)) => of_report(at),
        Spec::Node(Node::Item(at)) => {
            graph.items[at].history.iter().filter_map(|s| of_report(s.report)).max()
        }
        Spec::Node(Node::Term(at)) => {
            let term = &graph.terms[at];
            let sealed = term.library.and_then(|t| library.terms[t].frozen.as_ref()).map(|f| f.date);
            term.reports.iter().filter_map(|r| of_report(*r)).chain(sealed).max()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sitemap(count: usize, most: usize) -> Sitemap {
        let path = |n: usize| OutputPath::new([&*format!("{n}.html")]);
        let entry = |n| Entry { path: path(n), modified: Date::new(2025, 7, 20).ok().filter(|_| n % 2 == 0) };
        let entries: Vec<Entry> = (0..count).map(entry).collect();
        let parts = split(entries.iter().map(|_| 100), most, MOST_BYTES);
        Sitemap { base_url: "https://a.vn/x&y/".to_owned(), entries, parts }
    }

    #[test]
    fn what_fits_is_one_file() {
        let map = sitemap(3, 3);
        assert_eq!(map.paths(), [OutputPath::new(["sitemap.xml"])]);
        assert_eq!(
            map.file(0),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
             <url><loc>https://a.vn/x&amp;y/0.html</loc><lastmod>2025-07-20</lastmod></url>\n\
             <url><loc>https://a.vn/x&amp;y/1.html</loc></url>\n\
             <url><loc>https://a.vn/x&amp;y/2.html</loc><lastmod>2025-07-20</lastmod></url>\n</urlset>\n"
        );
    }

    #[test]
    fn what_does_not_fit_is_split_under_an_index() {
        let map = sitemap(5, 2);
        let names: Vec<String> = map.paths().iter().map(ToString::to_string).collect();
        assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);
        let locs = |number: usize| map.file(number).matches("<loc>").count();
        assert_eq!([locs(0), locs(1), locs(2), locs(3)], [3, 2, 2, 1]);
        assert!(map.file(0).contains("<sitemap><loc>https://a.vn/x&amp;y/sitemap-2.xml</loc></sitemap>"));
        assert!(map.file(3).contains("/4.html"));
        let whole = sitemap(5, 5);
        let bytes: usize =
            whole.entries.iter().map(|entry| length(escape(&whole.base_url).len(), entry)).sum();
        assert_eq!(
            bytes + sitemap(0, 5).file(0).len(),
            whole.file(0).len(),
            "lengths are those of what is written"
        );
    }

    #[test]
    fn both_bounds_are_kept() {
        assert_eq!(split([10; 5].into_iter(), 100, 25), [0..2, 2..4, 4..5]);
        assert_eq!(split([10; 4].into_iter(), 2, 1000), [0..2, 2..4]);
        let parts = split(std::iter::empty(), 2, 10);
        assert!(parts.len() == 1 && parts[0].is_empty(), "one file, without addresses");
    }
}

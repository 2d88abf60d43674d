//! The same pages as WACZ 1.1.1, which replays in the viewers that web archives use.
//!
//! An address is that of the site: `base_url` and the page's path. Everything lies in one zip, the records unpacked in it so that a
//! viewer can read any of them alone.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::bag::{Sums, hex, sha256};
use super::warc::{self, Response};
use super::zip::Packer;
use crate::fs::{Action, Failure, system};
use crate::vietnamese::date::Date;

/// The file of the records.
const RECORDS: &str = "data.warc.gz";

/// What is replayed.
#[derive(Debug)]
pub struct Web<'a> {
    /// Where the bag's site lies.
    pub folder: &'a Path,
    /// Every file below it, with its title where it is a page.
    pub files: Vec<(&'a str, &'a Sums, Option<&'a str>)>,
    /// The address of the site, with `/` at its end.
    pub base_url: &'a str,
    /// The page to begin with.
    pub main: &'a str,
    /// What the whole is called.
    pub title: &'a str,
    /// The date of the archive.
    pub date: Date,
    /// The program.
    pub software: &'a str,
}

/// A line of the index.
#[derive(Serialize)]
struct Line<'a> {
    url: &'a str,
    mime: &'a str,
    status: &'a str,
    digest: String,
    length: String,
    offset: String,
    filename: &'a str,
}

/// A line of the list of pages.
#[derive(Serialize)]
struct Page<'a> {
    id: String,
    url: &'a str,
    title: &'a str,
    ts: &'a str,
}

/// Writes a WACZ to a path where there is none.
///
/// # Errors
/// Where the disk fails.
pub fn pack(web: &Web<'_>, to: &Path) -> Result<(), Failure> {
    let write = Failure::of(Action::Write, to);
    let mut packer = Packer::begin(to, web.date)?;
    let bytes = web.files.iter().map(|(_, sums, _)| sums.bytes).sum();
    packer.entry(&format!("archive/{RECORDS}"), bytes, false).map_err(Failure::of(Action::Write, to))?;
    let mut tap = Tap { to: &mut packer, bytes: 0, sha256: Sha256::new() };
    let time = format!("{}T00:00:00Z", web.date.iso());
    warc::info(&mut tap, &time, web.software).map_err(Failure::of(Action::Write, to))?;
    let (mut index, mut pages) = (Vec::new(), Vec::new());
    for (path, sums, title) in &web.files {
        let url = format!("{}{path}", web.base_url);
        let (media, offset) = (media(path), tap.bytes);
        let from = web.folder.join(path);
        let mut file = system::open(&from).map_err(Failure::of(Action::Read, &from))?;
        let response = Response { url: &url, date: &time, media, bytes: sums.bytes, sha256: &sums.sha256 };
        warc::response(&mut tap, &response, &mut file).map_err(Failure::of(Action::Write, to))?;
        index.push(index_line(web.date, &url, media, sums, offset..tap.bytes));
        pages.extend(title.map(|title| (*path == web.main, page_line(&url, title, &time))));
    }
    let records = (tap.bytes, hex(&tap.sha256.finalize()));
    index.sort();
    // The page to begin with stands first, since viewers open the first.
    pages.sort_by_key(|(is_main, _)| !is_main);
    let head = json!({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}).to_string() + "\n";
    let pages = head + &pages.into_iter().map(|(_, line)| line).collect::<String>();
    finish(web, packer, records, &index.concat(), &pages).map_err(write)
}

fn finish(
    web: &Web<'_>,
    mut packer: Packer,
    (bytes, digest): (u64, String),
    index: &str,
    pages: &str,
) -> io::Result<()> {
    let mut resources = vec![
        json!({"name": RECORDS, "path": format!("archive/{RECORDS}"), "hash": format!("sha256:{digest}"), "bytes": bytes}),
    ];
    for (folder, name, text) in [("indexes", "index.cdxj", index), ("pages", "pages.jsonl", pages)] {
        let path = format!("{folder}/{name}");
        packer.entry(&path, text.len() as u64, true)?;
        packer.write_all(text.as_bytes())?;
        let hash = format!("sha256:{}", sha256(text.as_bytes()));
        resources.push(json!({"name": name, "path": path, "hash": hash, "bytes": text.len()}));
    }
    let time = format!("{}T00:00:00Z", web.date.iso());
    let package = json!({
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": web.title,
        "created": time,
        "software": web.software,
        "mainPageUrl": format!("{}{}", web.base_url, web.main),
        "mainPageDate": time,
        "resources": resources,
    });
    let package = format!("{package:#}\n");
    let hash = format!("sha256:{}", sha256(package.as_bytes()));
    let digest = format!("{:#}\n", json!({"path": "datapackage.json", "hash": hash}));
    for (name, text) in [("datapackage.json", &package), ("datapackage-digest.json", &digest)] {
        packer.entry(name, text.len() as u64, true)?;
        packer.write_all(text.as_bytes())?;
    }
    packer.finish()
}

fn index_line(date: Date, url: &str, media: &str, sums: &Sums, place: std::ops::Range<u64>) -> String {
    let line = Line {
        url,
        mime: media.split(';').next().unwrap_or(media),
        status: "200",
        digest: format!("sha256:{}", sums.sha256),
        length: (place.end - place.start).to_string(),
        offset: place.start.to_string(),
        filename: RECORDS,
    };
    format!("{} {}000000 {}\n", surt(url), date.iso().replace('-', ""), spaced(&line))
}

fn page_line(url: &str, title: &str, time: &str) -> String {
    let page = Page { id: sha256(url.as_bytes())[..16].to_owned(), url, title, ts: time };
    format!("{}\n", serde_json::to_string(&page).unwrap_or_default())
}

/// JSON on one line with spaces after its signs, as the usual indexer writes it.
fn spaced(line: &Line<'_>) -> String {
    let text = serde_json::to_string(line).unwrap_or_default();
    text.replace("\":\"", "\": \"").replace("\",\"", "\", \"")
}

/// The key of an address: its host backwards, then the path, so that a site's pages stand together.
fn surt(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_lowercase();
    let (name, port) = host.rsplit_once(':').map_or((host.as_str(), ""), |(name, port)| (name, port));
    let name = name.strip_prefix("www.").unwrap_or(name);
    let parts: Vec<&str> = name.rsplit('.').collect();
    let port = match (scheme, port) {
        (_, "") | ("http", "80") | ("https", "443") => String::new(),
        (_, port) => format!(":{port}"),
    };
    let path = path.trim_end_matches('/').to_lowercase();
    format!("{}{port})/{path}", parts.join(","))
}

/// The media type of a file by its ending.
fn media(path: &str) -> &'static str {
    const TYPES: [(&str, &str); 24] = [
        ("html", "text/html; charset=utf-8"),
        ("css", "text/css; charset=utf-8"),
        ("js", "text/javascript; charset=utf-8"),
        ("txt", "text/plain; charset=utf-8"),
        ("csv", "text/csv; charset=utf-8"),
        ("svg", "image/svg+xml"),
        ("png", "image/png"),
        ("jpg", "image/jpeg"),
        ("jpeg", "image/jpeg"),
        ("webp", "image/webp"),
        ("gif", "image/gif"),
        ("avif", "image/avif"),
        ("pdf", "application/pdf"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("odt", "application/vnd.oasis.opendocument.text"),
        ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("mp3", "audio/mpeg"),
        ("m4a", "audio/mp4"),
        ("mp4", "video/mp4"),
        ("woff2", "font/woff2"),
        ("ico", "image/x-icon"),
        ("json", "application/json"),
    ];
    let ending = path.rsplit('.').next().unwrap_or_default();
    TYPES.iter().find(|(known, _)| *known == ending).map_or("application/octet-stream", |(_, media)| media)
}

/// Counts and digests what goes through.
struct Tap<'a> {
    to: &'a mut Packer,
    bytes: u64,
    sha256: Sha256,
}

impl Write for Tap<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.sha256.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_web_archives() {
        assert_eq!(surt("https://www.a.vn/Nhiem-ky/index.html"), "vn,a)/nhiem-ky/index.html");
        assert_eq!(surt("http://b.a.vn:8080/x/"), "vn,a,b:8080)/x");
    }
}

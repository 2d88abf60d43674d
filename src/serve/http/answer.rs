//! From a request to an answer: who asks, how, what for. Everything is looked up in memory; nothing can fail.

use std::sync::Arc;

use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tokio::sync::watch;

use super::address::{self, Meaning};
use super::body::{Payload, shared};
use super::crowd::{Doing, Seat};
use super::gate::Gate;
use super::page::{self, Have};
use crate::serve::reload::{Listener, Showing};
use crate::serve::snapshot::{File, Snapshot};
use crate::vietnamese::Language;

/// The script and the style of the preview's own words.
const SCRIPT: &str = include_str!("../client/preview.js");
const STYLE: &str = include_str!("../client/preview.css");

const HTML: &str = "text/html; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";

/// What every answer is made from.
#[derive(Debug)]
pub struct Responder {
    /// Who may ask.
    pub gate: Gate,
    /// The newest state.
    pub shown: watch::Receiver<Arc<Showing>>,
    /// This run of the server, so that pages of another run know that they are old.
    pub session: String,
    /// Whether browsers go to the page that was edited.
    pub follow: bool,
}

/// An answer that is whole.
#[derive(Debug)]
struct Reply {
    status: StatusCode,
    kind: &'static str,
    pieces: Vec<Bytes>,
    more: Vec<(HeaderName, HeaderValue)>,
}

impl Reply {
    fn new(status: StatusCode, kind: &'static str, pieces: impl IntoIterator<Item = Bytes>) -> Self {
        Self { status, kind, pieces: pieces.into_iter().collect(), more: Vec::new() }
    }

    fn words(status: StatusCode, words: &'static str) -> Self {
        Self::new(status, PLAIN, [Bytes::from_static(words.as_bytes())])
    }

    fn with(mut self, name: HeaderName, value: &str) -> Self {
        self.more.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
        self
    }
}

impl Responder {
    /// The answer to a request; its body, if it has one, is not read.
    pub fn answer<B>(&self, request: &Request<B>, seat: &Seat) -> Response<Payload> {
        let shown = self.shown.borrow().clone();
        let Some(host) = self.gate.host(request.uri(), request.headers()) else {
            return respond(wrong_host(shown.snapshot.language), seat);
        };
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let reply = Reply::words(StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD\n");
            return respond(reply.with(header::ALLOW, "GET, HEAD"), seat);
        }
        let path = request.uri().path();
        match path.strip_prefix("/_nhiemky/") {
            Some("events") => self.events(request, host, seat),
            Some("preview.js") => respond(own("text/javascript; charset=utf-8", SCRIPT), seat),
            Some("preview.css") => respond(own("text/css; charset=utf-8", STYLE), seat),
            Some(_) => respond(Reply::words(StatusCode::NOT_FOUND, "404\n"), seat),
            None => {
                // Only reading has parts: RFC 9110, 14.2.
                let headers = (*request.method() == Method::GET).then(|| request.headers());
                respond(self.file(&shown.snapshot, path, headers), seat)
            }
        }
    }

    fn file(&self, snapshot: &Snapshot, path: &str, headers: Option<&HeaderMap>) -> Reply {
        match address::find(&snapshot.files, path) {
            Meaning::File(key, file) => {
                let kind = content_type(key);
                if kind == HTML {
                    self.page(snapshot, StatusCode::OK, &file.bytes, Have::Page)
                } else {
                    part(file, kind, headers)
                }
            }
            Meaning::Folder(key) => {
                let reply = Reply::words(StatusCode::PERMANENT_REDIRECT, "308\n");
                reply.with(header::LOCATION, &address::href(key))
            }
            Meaning::Missing if snapshot.files.is_empty() && address::looks_like_page(path) => {
                self.page(snapshot, StatusCode::OK, &page::waiting(snapshot.language), Have::Waiting)
            }
            // Browsers ask for it by themselves; an error would only stand in the author's console.
            Meaning::Missing if path == "/favicon.ico" => Reply::new(StatusCode::NO_CONTENT, PLAIN, []),
            Meaning::Missing => {
                let own = || page::not_found(snapshot.language);
                let bytes = snapshot.files.get("404.html").map_or_else(own, |file| page::rooted(&file.bytes));
                self.page(snapshot, StatusCode::NOT_FOUND, &bytes, Have::Nothing)
            }
        }
    }

    fn page(&self, snapshot: &Snapshot, status: StatusCode, bytes: &Arc<[u8]>, have: Have) -> Reply {
        let script = page::script(snapshot, &self.session, have);
        Reply::new(status, HTML, page::with_script(bytes, script))
    }

    /// The stream of news for one page: `?page=/a/&since=3&session=…&have=page`.
    fn events<B>(&self, request: &Request<B>, host: &str, seat: &Seat) -> Response<Payload> {
        if !Gate::is_own_page(request.headers(), host) {
            return respond(Reply::words(StatusCode::FORBIDDEN, "403\n"), seat);
        }
        let query = request.uri().query().unwrap_or_default();
        let value = |name: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.into_iter().find(|(n, _)| *n == name).and_then(|(_, value)| address::unescaped(value))
        };
        let listener = || {
            Some(Listener {
                page: value("page")?,
                since: value("since")?.parse().ok()?,
                have: Have::parse(&value("have")?)?,
                is_same_run: value("session")? == self.session,
                follow: self.follow,
                was_told: false,
                shown: self.shown.clone(),
            })
        };
        let Some(listener) = listener() else {
            return respond(Reply::words(StatusCode::BAD_REQUEST, "400\n"), seat);
        };
        let mut response = Response::new(Payload::stream(listener, seat.begin(Doing::Listening)));
        guard(response.headers_mut(), "text/event-stream");
        response
    }
}

fn respond(reply: Reply, seat: &Seat) -> Response<Payload> {
    let body = Payload::whole(reply.pieces, seat.begin(Doing::Reading));
    let length = HeaderValue::from(body.len());
    let mut response = Response::new(body);
    *response.status_mut() = reply.status;
    guard(response.headers_mut(), reply.kind);
    response.headers_mut().insert(header::CONTENT_LENGTH, length);
    response.headers_mut().extend(reply.more);
    response
}

/// What every answer says of itself. That no origin is allowed to read it is said by saying nothing.
fn guard(headers: &mut HeaderMap, kind: &'static str) {
    let lines = [
        ("content-type", kind),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("referrer-policy", "no-referrer"),
    ];
    for (name, value) in lines {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

fn wrong_host(language: Language) -> Reply {
    let words = match language {
        Language::Vi => {
            "421: Hãy mở đúng địa chỉ mà chương trình xem trước in ra; địa chỉ đang dùng mang tên máy khác.\n"
        }
        Language::En => "421: Open the address that the preview printed; this one names another host.\n",
    };
    Reply::words(StatusCode::MISDIRECTED_REQUEST, words)
}

fn own(kind: &'static str, text: &'static str) -> Reply {
    Reply::new(StatusCode::OK, kind, [Bytes::from_static(text.as_bytes())])
}

/// A file as a whole, or the part that the headers ask for: a browser plays no film without.
fn part(file: &File, kind: &'static str, headers: Option<&HeaderMap>) -> Reply {
    let (bytes, length) = (shared(&file.bytes), file.bytes.len());
    let asked = headers.filter(|h| !h.contains_key(header::IF_RANGE)).and_then(|h| h.get(header::RANGE));
    let reply = match asked.and_then(|range| range.to_str().ok()).map_or(Extent::All, |r| wanted(r, length)) {
        Extent::All => Reply::new(StatusCode::OK, kind, [bytes]),
        Extent::Between(from, to) => Reply::new(StatusCode::PARTIAL_CONTENT, kind, [bytes.slice(from..to)])
            .with(header::CONTENT_RANGE, &format!("bytes {from}-{}/{length}", to - 1)),
        Extent::Nothing => Reply::words(StatusCode::RANGE_NOT_SATISFIABLE, "416\n")
            .with(header::CONTENT_RANGE, &format!("bytes */{length}")),
    };
    reply.with(header::ACCEPT_RANGES, "bytes")
}

#[derive(Debug, PartialEq, Eq)]
enum Extent {
    All,
    /// From here, to before there.
    Between(usize, usize),
    Nothing,
}

/// What `bytes=…` wants of a file; several parts at once, or another unit, give the whole (RFC 9110, 14.2 allows it).
fn wanted(range: &str, length: usize) -> Extent {
    let parsed = || {
        let (from, to) = range.strip_prefix("bytes=")?.trim().split_once('-')?;
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        // A number beyond all files is as good as the largest.
        let number = |text: &str| text.parse::<usize>().unwrap_or(usize::MAX);
        match (from, to) {
            _ if !digits(from) || !digits(to) => None,
            ("", "") => None,
            ("", last) => Some((length.saturating_sub(number(last)), length)),
            (from, "") => Some((number(from), length)),
            (from, to) if number(from) > number(to) => None,
            (from, to) => Some((number(from), number(to).saturating_add(1).min(length))),
        }
    };
    match parsed() {
        None => Extent::All,
        Some((from, to)) if from < to => Extent::Between(from, to),
        Some(_) => Extent::Nothing,
    }
}

/// The type of a file by its ending.
fn content_type(key: &str) -> &'static str {
    let ending = key.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "webmanifest" => "application/json; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "xml" | "xsl" | "rss" | "atom" => "application/xml; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => PLAIN,
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "wav" => "audio/wav",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_give_what_the_standard_says() {
        let cases = [
            ("bytes=0-3", Extent::Between(0, 4)),
            ("bytes=4-", Extent::Between(4, 10)),
            ("bytes=-3", Extent::Between(7, 10)),
            ("bytes=-99", Extent::Between(0, 10)),
            ("bytes=8-99999999999999999999999", Extent::Between(8, 10)),
            ("bytes=10-", Extent::Nothing),
            ("bytes=99999999999999999999999-", Extent::Nothing),
            ("bytes=-0", Extent::Nothing),
            ("bytes=3-2", Extent::All),
            ("bytes=-", Extent::All),
            ("bytes=0-1,3-4", Extent::All),
            ("bytes=+1-2", Extent::All),
            ("lines=0-1", Extent::All),
            ("", Extent::All),
        ];
        for (range, expected) in cases {
            assert_eq!(wanted(range, 10), expected, "{range}");
        }
        assert_eq!(wanted("bytes=0-0", 0), Extent::Nothing);
    }

    #[test]
    fn texts_say_that_they_are_utf_8() {
        assert_eq!(content_type("a/index.html"), "text/html; charset=utf-8");
        assert_eq!(content_type("A.CSV"), "text/csv; charset=utf-8");
        assert_eq!(content_type("a.b/x"), "application/octet-stream");
    }
}

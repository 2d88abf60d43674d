//! What the server does to pages, always in the answer and never in the map: the script is added, the page for lost addresses
//! is made to work at any depth. And the two pages of its own.

use std::sync::Arc;

use hyper::body::Bytes;

use super::body::shared;
use crate::markdown::{self, Markup};
use crate::serve::snapshot::Snapshot;
use crate::vietnamese::Language;

/// What stood at an address when it was asked for, as the script tells it to the stream of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Have {
    /// The page.
    Page,
    /// Nothing: the page for lost addresses.
    Nothing,
    /// No site yet: a page that waits.
    Waiting,
}

impl Have {
    /// As addresses spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Nothing => "none",
            Self::Waiting => "wait",
        }
    }

    /// What [`Have::code`] spelled.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Page, Self::Nothing, Self::Waiting].into_iter().find(|have| have.code() == code)
    }
}

/// The element that brings the script: its address says what the page was made from.
pub fn script(snapshot: &Snapshot, session: &str, have: Have) -> String {
    let (generation, language, have) = (snapshot.generation, snapshot.language.code(), have.code());
    format!(
        "<script src=\"/_nhiemky/preview.js?since={generation}&amp;session={session}&amp;have={have}&amp;lang={language}\" defer></script>\n"
    )
}

/// A page in three pieces, with `script` before the end of its body; at its very end where it has none.
pub fn with_script(page: &Arc<[u8]>, script: String) -> [Bytes; 3] {
    let page = shared(page);
    let end = page.windows(6).rposition(|w| w.eq_ignore_ascii_case(b"</body")).unwrap_or(page.len());
    [page.slice(..end), Bytes::from(script), page.slice(end..)]
}

/// A page of the site's root with its relative addresses made absolute, so that it may stand anywhere.
pub fn rooted(page: &[u8]) -> Arc<[u8]> {
    let Ok(text) = std::str::from_utf8(page) else { return Arc::from(page) };
    let mut out = String::with_capacity(text.len() + 512);
    for (at, part) in text.split('<').enumerate() {
        if at > 0 {
            out.push('<');
        }
        let (tag, after) = part.split_at(if at == 0 { 0 } else { part.find('>').unwrap_or(part.len()) });
        push_rooted(&mut out, tag);
        out.push_str(after);
    }
    Arc::from(out.into_bytes())
}

fn push_rooted(out: &mut String, tag: &str) {
    let mut rest = tag;
    while let Some((name, at)) =
        [" href=\"", " src=\""].into_iter().filter_map(|n| Some((n, rest.find(n)?))).min_by_key(|f| f.1)
    {
        let (before, value) = rest.split_at(at + name.len());
        out.push_str(before);
        if is_relative(value) {
            out.push('/');
        }
        rest = value.strip_prefix("./").unwrap_or(value);
    }
    out.push_str(rest);
}

/// Whether an address, and what follows it, begins with a path below the folder of its page.
fn is_relative(value: &str) -> bool {
    let scheme = value.split(['"', '/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    !scheme && !value.starts_with(['/', '#', '?'])
}

/// The words of a page's `<title>` before the name of the site.
pub fn title(page: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(page).ok()?;
    let (_, after) = text.split_once("<title>")?;
    let (title, _) = after.split_once("</title>")?;
    let title = title.rsplit_once(" – ").map_or(title, |(own, _)| own);
    Some(markdown::decoded(title.trim(), Markup::Html).0.into_owned())
}

/// The page that waits until there is a site.
pub fn waiting(language: Language) -> Arc<[u8]> {
    let (title, text) = match language {
        Language::Vi => (
            "Chưa có bản xem trước",
            "Trang sẽ tự hiện ra ngay khi các tệp nguồn không còn lỗi; không cần tải lại.",
        ),
        Language::En => (
            "Nothing to preview yet",
            "The page will appear by itself as soon as the sources are without errors; there is no need to reload.",
        ),
    };
    own(language, title, text)
}

/// The page for an address that the site does not have, where the site has no page for that.
pub fn not_found(language: Language) -> Arc<[u8]> {
    let (title, text) = match language {
        Language::Vi => ("Không có trang này", "Bản xem trước không có gì ở địa chỉ này."),
        Language::En => ("There is no such page", "The preview has nothing at this address."),
    };
    own(language, title, text)
}

/// A page of the server's own, under the policy that all pages have.
fn own(language: Language, title: &str, text: &str) -> Arc<[u8]> {
    let page = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\">\n<title>{title}</title>\n<link rel=\"stylesheet\" href=\"/_nhiemky/preview.css\">\n</head>\n<body \
         class=\"nhiemky-own\">\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n</main>\n</body>\n</html>\n",
        language.code()
    );
    Arc::from(page.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scripted(page: &str) -> String {
        let pieces = with_script(&Arc::from(page.as_bytes()), "S".to_owned());
        pieces.iter().map(|piece| String::from_utf8_lossy(piece).into_owned()).collect()
    }

    #[test]
    fn the_script_stands_before_the_end_of_the_body() {
        assert_eq!(scripted("<body>x</body></html>"), "<body>xS</body></html>");
        assert_eq!(scripted("<body></body>x</BODY >"), "<body></body>xS</BODY >");
        assert_eq!(scripted("x"), "xS");
        assert_eq!(scripted(""), "S");
    }

    #[test]
    fn relative_addresses_become_absolute() {
        let page = "<link href=\"theme/style.css\"><a class=\"x\" href=\"a/index.html#b\">href=\"no\" href=\"no\"</a>\
                    <a href=\"#_main\"><img alt=\"\" src=\"./x.png\"><a href=\"https://a.vn/\"><a href=\"/b\"><a href=\"mailto:a@b\"><a href=\"\">";
        let expected = "<link href=\"/theme/style.css\"><a class=\"x\" href=\"/a/index.html#b\">href=\"no\" href=\"no\"</a>\
                        <a href=\"#_main\"><img alt=\"\" src=\"/x.png\"><a href=\"https://a.vn/\"><a href=\"/b\"><a href=\"mailto:a@b\"><a href=\"/\">";
        assert_eq!(String::from_utf8_lossy(&rooted(page.as_bytes())), expected);
    }

    #[test]
    fn titles_are_read_without_the_name_of_the_site() {
        let title = |t: &str| title(format!("<head><title>{t}</title>").as_bytes());
        assert_eq!(
            title("Đảng bộ &lt;A&gt; &amp; &quot;B&#39; – Tỉnh").as_deref(),
            Some("Đảng bộ <A> & \"B'")
        );
        assert_eq!(title("A & B &x; &#x2F;").as_deref(), Some("A & B &x; /"));
        assert_eq!(super::title(b"<h1>"), None);
    }
}

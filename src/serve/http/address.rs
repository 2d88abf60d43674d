//! From an address to a file of the map, and back. What is not in the map does not exist, in whatever spelling.

use std::fmt::Write;

use crate::serve::snapshot::{File, Files};

/// What a path of a request means.
#[derive(Debug, Clone, Copy)]
pub enum Meaning<'a> {
    /// This file, with its key.
    File(&'a str, &'a File),
    /// A folder that was named without the slash at its end; the key of its index.
    Folder(&'a str),
    /// Nothing.
    Missing,
}

/// What `path` means, as it came: with its escapes, from its first slash, without a query.
pub fn find<'a>(files: &'a Files, path: &str) -> Meaning<'a> {
    let Some(mut key) = decoded(path) else { return Meaning::Missing };
    if key.is_empty() || key.ends_with('/') {
        key.push_str("index.html");
    }
    if let Some((key, file)) = files.get_key_value(key.as_str()) {
        return Meaning::File(key, file);
    }
    key.push_str("/index.html");
    match files.get_key_value(key.as_str()) {
        Some((key, _)) => Meaning::Folder(key),
        None => Meaning::Missing,
    }
}

/// The address of a file, from the root: `/a/` for `a/index.html`. Every byte that could mean something else is escaped.
pub fn href(key: &str) -> String {
    let shown = match key.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => key,
    };
    // A key that began with a slash would name another host.
    let mut href = String::from("/");
    for byte in shown.trim_start_matches('/').bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~') {
            href.push(char::from(byte));
        } else {
            let _ = write!(href, "%{byte:02X}");
        }
    }
    href
}

/// Whether an address looks like that of a page, where there is no map yet to tell.
pub fn looks_like_page(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    !last.contains('.') || last.ends_with(".html")
}

/// A text with its `%` escapes undone once; `None` where the result is no text or could mislead anybody.
pub fn unescaped(text: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let [first, after @ ..] = rest {
        let (byte, after) = match (first, after) {
            (b'%', [high, low, after @ ..]) => (16 * digit(*high)? + digit(*low)?, after),
            (b'%', _) => return None,
            (byte, after) => (*byte, after),
        };
        bytes.push(byte);
        rest = after;
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.contains(['\0', '\\'])).then_some(text)
}

/// The key that a path names: its text without the first slash.
fn decoded(path: &str) -> Option<String> {
    unescaped(path.strip_prefix('/')?)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn found(path: &str) -> String {
        let keys = ["index.html", "a/index.html", "a/b.pdf", "c d/index.html", "chữ/index.html"];
        let file = |key: &str| (Arc::from(key), File { bytes: Arc::from([]), digest: [0; 32], since: 1 });
        let files = keys.into_iter().map(file).collect();
        match find(&files, path) {
            Meaning::File(key, _) => key.to_owned(),
            Meaning::Folder(key) => format!("-> {}", href(key)),
            Meaning::Missing => "-".to_owned(),
        }
    }

    #[test]
    fn addresses_name_files_of_the_map_only() {
        let cases = [
            ("/", "index.html"),
            ("/index.html", "index.html"),
            ("/a/", "a/index.html"),
            ("/%61/", "a/index.html"),
            ("/a", "-> /a/"),
            ("/a/b.pdf", "a/b.pdf"),
            ("/c%20d", "-> /c%20d/"),
            ("/ch%E1%BB%AF/", "chữ/index.html"),
            ("/ch%e1%bb%af", "-> /ch%E1%BB%AF/"),
        ];
        for (path, expected) in cases {
            assert_eq!(found(path), expected, "{path}");
        }
        let nowhere = [
            "",
            "a/",
            "*",
            "//a/",
            "/\\a",
            "/a//",
            "/a/.",
            "/./a/",
            "/../",
            "/a/../a/",
            "/%2e%2e/a/",
            "/%2E./",
            "/%252e%252e/",
            "/a%2Fb.pdf/",
            "/%5c",
            "/a%00",
            "/%",
            "/%4",
            "/%zz",
            "/%c0%ae%c0%ae/",
            "/%c0%afa/",
            "/%ff",
            "/a;x",
            "/a/;",
            "/A/",
            "/a/b.pdf/",
            "/a/%",
            "/%u0061/",
            "//",
            "/%2f",
            "/+61/",
        ];
        for path in nowhere {
            assert_eq!(found(path), "-", "{path}");
        }
        assert_eq!(found("/a%2Fb.pdf"), "a/b.pdf", "an escape is a spelling, the map decides");
    }

    #[test]
    fn a_key_never_becomes_an_address_of_another_host() {
        assert_eq!(href("/evil.example/index.html"), "/evil.example/");
        assert_eq!(href("\\evil\r\n:x/y?z#.html"), "/%5Cevil%0D%0A%3Ax/y%3Fz%23.html");
        assert_eq!(href("myindex.html"), "/myindex.html");
    }
}

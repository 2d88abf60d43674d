//! The preview's server from outside: what it answers, whom it answers, and what its listeners hear.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpStream};
use std::time::Duration;

use nhiemky::serve::http::{Server, Serving};
use nhiemky::serve::snapshot::Snapshot;

use super::pace::assert_soon;
use super::preview::{Preview, page, site, trouble};

fn small() -> Snapshot {
    let film = "0123456789".repeat(10);
    site(
        3,
        &[
            ("index.html", &page("Nhà"), 1),
            ("a/index.html", &page("A &amp; B"), 1),
            ("b/index.html", &page("B"), 2),
            ("404.html", "<html><body><a href=\"theme/x\">x</a></body></html>", 1),
            ("theme/style.css", "p {}", 1),
            ("tệp.csv", "a;b\n", 1),
            ("film.mp4", &film, 1),
        ],
    )
}

#[test]
fn files_come_from_the_map_with_guarded_heads() {
    let preview = Preview::of(small());
    let cases = [
        ("/", 200, "text/html; charset=utf-8"),
        ("/?x=/../..", 200, "text/html; charset=utf-8"),
        ("/a/", 200, "text/html; charset=utf-8"),
        ("/theme/style.css", 200, "text/css; charset=utf-8"),
        ("/t%E1%BB%87p.csv", 200, "text/csv; charset=utf-8"),
        ("/film.mp4", 200, "video/mp4"),
        ("/nowhere", 404, "text/html; charset=utf-8"),
        ("/_nhiemky/preview.js", 200, "text/javascript; charset=utf-8"),
        ("/_nhiemky/preview.css", 200, "text/css; charset=utf-8"),
        ("/_nhiemky/", 404, "text/plain; charset=utf-8"),
        ("/_nhiemky/../a/", 404, "text/plain; charset=utf-8"),
        ("/a", 308, "text/plain; charset=utf-8"),
    ];
    for (target, status, kind) in cases {
        let answer = preview.get(target);
        assert_eq!((answer.status, answer.line("content-type")), (status, Some(kind)), "{target}");
        let head = preview.ask("HEAD", target, "");
        assert_eq!(
            (head.status, head.line("content-length")),
            (status, answer.line("content-length")),
            "{target}"
        );
        assert_eq!(
            (head.body.len(), answer.line("content-length")),
            (0, Some(answer.body.len().to_string().as_str()))
        );
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(answer.line(name), Some(value), "{target}");
        }
        assert!(!answer.head.contains("access-control"), "{target}");
    }
    assert_eq!(preview.get("/a").line("location"), Some("/a/"));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"] {
        let answer = preview.ask(method, "/", "Content-Length: 0\r\n");
        assert_eq!((answer.status, answer.line("allow")), (405, Some("get, head")), "{method}");
    }
}

#[test]
fn the_script_is_added_to_pages_and_lost_addresses_keep_their_style() {
    let preview = Preview::of(small());
    let text = preview.get("/a/").text();
    let script =
        text.find("<script src=\"/_nhiemky/preview.js?since=3&amp;session=").expect("the script is there");
    assert!(
        text[script..].starts_with("<script")
            && text[script..].contains("have=page&amp;lang=vi\" defer></script>\n</body>")
    );
    assert_eq!(preview.get("/theme/style.css").text(), "p {}");
    let lost = preview.get("/x/y/z").text();
    assert!(lost.contains("href=\"/theme/x\"") && lost.contains("have=none"), "{lost}");
    let bare = Preview::of(site(1, &[("index.html", "x", 1)]));
    assert!(bare.get("/x").text().contains("Không có trang này"));
    let waiting = Preview::of(site(1, &[]));
    for target in ["/", "/a/", "/a/index.html", "/a"] {
        let answer = waiting.get(target);
        assert!(answer.status == 200 && answer.text().contains("have=wait"), "{target}: {answer:?}");
    }
    assert_eq!(waiting.get("/theme/style.css").status, 404);
}

#[test]
fn films_are_served_in_parts() {
    let preview = Preview::of(small());
    let part = |range: &str| preview.ask("GET", "/film.mp4", &format!("Range: {range}\r\n"));
    let answer = part("bytes=12-14");
    assert_eq!((answer.status, answer.text().as_str()), (206, "234"));
    assert_eq!(
        (answer.line("content-range"), answer.line("content-length")),
        (Some("bytes 12-14/100"), Some("3"))
    );
    assert_eq!(part("bytes=-1").text(), "9");
    assert_eq!(
        (part("bytes=100-").status, part("bytes=100-").line("content-range")),
        (416, Some("bytes */100"))
    );
    assert_eq!(preview.ask("HEAD", "/film.mp4", "Range: bytes=0-1\r\n").line("content-length"), Some("100"));
    assert_eq!(
        preview.ask("GET", "/", "Range: bytes=0-1\r\n").status,
        200,
        "pages are made longer, so they have no parts"
    );
}

#[test]
fn no_address_leaves_the_map() {
    let preview = Preview::of(small());
    let host = format!("localhost:{}", preview.port);
    let targets = [
        "/../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/%252e%252e/etc/passwd",
        "//etc/passwd",
        "/\\evil.example",
        "/\\..\\..\\x",
        "/%5c..%5cx",
        "/a/../../x",
        "/./a/",
        "/%c0%ae%c0%ae/x",
        "/%e0%80%ae/x",
        "/a;/",
        "/a/;x=1",
        "/a%00/",
        "/a/index.html%00.css",
        "//evil.example/%2e%2e",
        "/%2fetc/passwd",
        "/C:/x",
        "/file:///etc/passwd",
        "/a/%20",
        "/Cargo.toml",
        "/%ff%fe",
        "/a/index.html/",
        "//a",
    ];
    for target in targets {
        let answer = preview.get(target);
        assert!(matches!(answer.status, 404 | 400), "{target}: {answer:?}");
        assert_eq!(answer.line("location"), None, "{target}");
        let full = preview.get(&format!("http://{host}{target}"));
        assert!(matches!(full.status, 404 | 400), "http://{host}{target}: {full:?}");
    }
    assert_eq!(preview.get(&format!("http://{host}/a/")).status, 200);
    assert_eq!(preview.get(&format!("http://{host}/a")).line("location"), Some("/a/"));
}

#[test]
fn only_own_hosts_are_answered() {
    let preview = Preview::of(small());
    let port = preview.port;
    let say = |lines: &str| {
        let request = format!("GET / HTTP/1.1\r\nConnection: close\r\n{lines}\r\n");
        preview.say_open(request.as_bytes()).status
    };
    for good in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
        assert_eq!(say(&format!("Host: {good}:{port}\r\n")), 200, "{good}");
    }
    let twice = format!("Host: localhost:{port}\r\nHost: localhost:{port}\r\n");
    let other = format!("Host: localhost:{}\r\n", port.wrapping_add(1));
    let evil = format!("Host: evil.example:{port}\r\n");
    for bad in ["", "Host: \r\n", "Host: localhost\r\n", &other, &evil, &twice] {
        let status = say(bad);
        assert!(status == 421 || status == 400, "{bad:?}: {status}");
    }
    assert_eq!(preview.say(b"GET / HTTP/1.0\r\n\r\n").status, 421);
    assert_eq!(preview.ask("GET", "http://evil.example/", "").status, 421);
    assert_eq!(preview.ask("GET", &format!("https://localhost:{port}/"), "").status, 421);
}

#[test]
fn streams_go_to_pages_of_this_server_only() {
    let preview = Preview::of(small());
    let (query, port) = (preview.query("/a/"), preview.port);
    let target = format!("/_nhiemky/events?{query}");
    for lines in [
        "Origin: null\r\n".to_owned(),
        "Origin: http://evil.example\r\n".to_owned(),
        format!("Origin: https://localhost:{port}\r\n"),
        format!("Origin: http://127.0.0.1:{port}\r\n"),
        format!("Origin: http://localhost:{port}\r\nOrigin: http://evil.example\r\n"),
        "Sec-Fetch-Site: cross-site\r\n".to_owned(),
        "Sec-Fetch-Site: same-site\r\n".to_owned(),
    ] {
        assert_eq!(preview.ask("GET", &target, &lines).status, 403, "{lines}");
    }
    for bad in [
        "/_nhiemky/events",
        "/_nhiemky/events?page=%2F&since=x&session=1&have=page",
        "/_nhiemky/events?page=%zz&since=1",
    ] {
        assert_eq!(preview.ask("GET", bad, "").status, 400, "{bad}");
    }
    let head = preview.ask("HEAD", &target, "Sec-Fetch-Site: same-origin\r\n");
    assert_eq!((head.status, head.line("content-type")), (200, Some("text/event-stream")));
}

#[test]
fn a_listener_hears_what_concerns_its_page() {
    let preview = Preview::of(small());
    let mut news = preview.listen(&preview.query("/a/"));
    let first = news.next();
    assert_eq!(
        (&first["own"], &first["gone"], &first["others"]["count"]),
        (&false.into(), &false.into(), &0.into())
    );
    let files = |a: u64, b: u64, css: u64| {
        [
            ("a/index.html", page("A"), a),
            ("b/index.html", page("B &amp; C"), b),
            ("x.css", String::new(), css),
        ]
    };
    let show = |generation: u64, (a, b, css): (u64, u64, u64)| {
        let files = files(a, b, css);
        let files: Vec<(&str, &str, u64)> =
            files.iter().map(|(key, text, since)| (*key, text.as_str(), *since)).collect();
        site(generation, &files)
    };
    preview.show(show(4, (1, 4, 1)));
    let others = news.next();
    assert_eq!(
        others["others"],
        serde_json::json!({ "count": 1, "pages": [{ "href": "/b/", "title": "B & C" }] })
    );
    assert_eq!(
        (&others["own"], &others["style"], &others["generation"]),
        (&false.into(), &false.into(), &4.into())
    );
    preview.show(show(5, (1, 4, 5)));
    let style = news.next();
    assert_eq!(
        (&style["own"], &style["style"], &style["others"]["count"]),
        (&false.into(), &true.into(), &0.into())
    );
    let mut broken = show(6, (1, 4, 5));
    broken.trouble = Some(trouble("sai <b>\n\n"));
    preview.show(broken);
    let wrong = news.next();
    assert_eq!(
        (&wrong["own"], &wrong["trouble"]["problems"][0]["message"]),
        (&false.into(), &"sai <b>\n\n".into())
    );
    preview.show(show(7, (7, 4, 5)));
    let own = news.next();
    assert_eq!(
        (&own["own"], &own["trouble"], &own["style"]),
        (&true.into(), &serde_json::Value::Null, &false.into())
    );
    preview.show(site(8, &[("b/index.html", "x", 4)]));
    assert_eq!(news.next()["gone"], true);
}

#[test]
fn nothing_is_missed_before_listening_or_after_a_restart() {
    let preview = Preview::of(small());
    let (query, lost) = (preview.query("/a/"), preview.query("/c/"));
    preview.show_now(site(4, &[("a/index.html", &page("A"), 4), ("c/index.html", &page("C"), 4)]));
    assert_eq!(preview.listen(&query).next()["own"], true, "changed between the page and the stream");
    assert_eq!(preview.listen(&lost).next()["own"], true, "there is a page now");
    let other = Preview::of(site(9, &[("a/index.html", &page("A"), 1)]));
    assert_eq!(other.listen(&query).next()["own"], true, "a page of another run");
    let empty = Preview::of(site(1, &[]));
    let mut news = empty.listen(&query);
    let first = news.next();
    assert_eq!(
        (&first["own"], &first["gone"], &first["ready"]),
        (&false.into(), &false.into(), &false.into())
    );
    empty.show(site(2, &[("a/index.html", &page("A"), 2)]));
    assert_eq!(news.next()["own"], true, "there is a site now");
}

#[test]
fn who_follows_goes_to_the_page_that_was_edited() {
    let preview = Preview::with(Serving { port: 0, follow: true, ..Serving::default() }, small());
    let (mut a, mut b) = (preview.listen(&preview.query("/a/")), preview.listen(&preview.query("/b/")));
    assert_eq!(
        (a.next()["go"].clone(), b.next()["go"].clone()),
        (serde_json::Value::Null, serde_json::Value::Null)
    );
    let edited = |generation: u64, since: u64| {
        let pages = [("a/index.html", page("A"), 1), ("b/index.html", page("B"), since)];
        let pages: Vec<(&str, &str, u64)> = pages.iter().map(|(k, t, s)| (*k, t.as_str(), *s)).collect();
        Snapshot { edited: vec!["b/index.html".to_owned()], ..site(generation, &pages) }
    };
    preview.show(edited(4, 4));
    assert_eq!((&a.next()["go"], &b.next()["go"]), (&"/b/".into(), &serde_json::Value::Null));
    preview.show(edited(5, 4));
    assert_eq!(a.next()["go"], serde_json::Value::Null, "what it heard of once does not pull it again");
}

#[test]
fn both_loopbacks_answer_and_a_port_in_use_is_left_alone() {
    let preview = Preview::of(small());
    if let Ok(mut six) = TcpStream::connect((Ipv6Addr::LOCALHOST, preview.port)) {
        let request =
            format!("GET /a/ HTTP/1.1\r\nHost: [::1]:{}\r\nConnection: close\r\n\r\n", preview.port);
        six.write_all(request.as_bytes()).expect("it reads");
        let mut text = String::new();
        six.read_to_string(&mut text).expect("it answers");
        assert!(text.starts_with("HTTP/1.1 200 "), "{text}");
    }
    let next = Server::bind(Serving { port: preview.port, ..Serving::default() }).expect("another port");
    assert_ne!(next.address().port(), preview.port);
    assert_eq!(next.url(), format!("http://localhost:{}/", next.address().port()));
    let wide = Server::bind(Serving { host: IpAddr::V4(Ipv4Addr::UNSPECIFIED), port: 0, follow: false });
    let wide = wide.expect("a port is free");
    assert_eq!(wide.url(), format!("http://localhost:{}/", wide.address().port()));
}

#[test]
fn the_end_takes_no_time_and_leaves_nothing() {
    let preview = Preview::of(small());
    let mut listeners: Vec<_> = (0..20).map(|_| preview.listen(&preview.query("/a/"))).collect();
    listeners.iter_mut().for_each(|news| drop(news.next()));
    let (mut idle, port) = (preview.connect(), preview.port);
    let took = preview.stop();
    assert_soon("the end", took, Duration::from_secs(2), || drop(Preview::of(small()).get("/a/")));
    assert!(matches!(idle.read(&mut [0; 8]), Ok(0) | Err(_)), "closed");
    assert!(matches!(listeners[0].stream.read(&mut [0; 8]), Ok(0..=7) | Err(_)), "closed");
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err(), "nobody listens");
}

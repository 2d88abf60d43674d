//! The preview's server among many and bad clients: a thousand listeners, half requests, nonsense, clients that do not read.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
#[cfg(target_os = "linux")]
use std::process::Command;
use std::time::{Duration, Instant};

#[cfg(target_os = "linux")]
use super::pace::PATIENCE;
use super::pace::{assert_soon, now};
#[cfg(target_os = "linux")]
use super::preview::News;
use super::preview::{Preview, page, site};

/// How long a page may take while others misbehave.
const SOON: Duration = Duration::from_secs(1);

fn timed(preview: &Preview) -> Duration {
    let begin = now();
    assert_eq!(preview.get("/").status, 200);
    begin.elapsed()
}

/// What a page costs at a server that nobody troubles.
fn untroubled() -> impl Fn() {
    let preview = Preview::of(site(1, &[("index.html", &page("x"), 1)]));
    move || _ = timed(&preview)
}

/// A page comes soon.
fn assert_answers(preview: &Preview) {
    let took = timed(preview);
    assert_soon("a page", took, SOON, untroubled());
}

/// A connection is closed in less than half a minute, and what `begin` says is the time since when.
fn assert_closed(name: &str, begin: Instant) {
    assert_soon(name, begin.elapsed(), Duration::from_secs(30), untroubled());
}

/// Reads what comes, and writes nothing, until the server closes this connection; how many bytes came.
fn read_to_close(mut stream: TcpStream) -> usize {
    let (mut buffer, mut read) = ([0; 4096], 0);
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return read,
            Ok(length) => read += length,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return read,
            Err(error) => panic!("not closed: {error}"),
        }
    }
}

#[test]
fn nonsense_never_makes_a_server_error() {
    let preview = Preview::of(site(1, &[("index.html", &page("x"), 1)]));
    let host = format!("Host: localhost:{}\r\n", preview.port);
    let long = "x".repeat(200_000);
    let requests = [
        "\r\n\r\n\r\n".to_owned(),
        "\0\0\0\0".to_owned(),
        "GET\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}".to_owned(),
        format!("GET / HTTP/1.1\r\n{host}bad header\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host} folded: x\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}x: \0\r\n\r\n"),
        format!("GET /\0 HTTP/1.1\r\n{host}\r\n"),
        format!("GET /đ HTTP/1.1\r\n{host}\r\n"),
        format!("GET x HTTP/1.1\r\n{host}\r\n"),
        format!("GET /{long} HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}x: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}{}\r\n", "x: y\r\n".repeat(500)),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: x\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        format!("POST / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: nonsense\r\n\r\n"),
        format!("CONNECT localhost:1 HTTP/1.1\r\n{host}\r\n"),
        format!("OPTIONS * HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Expect: 100-continue\r\nContent-Length: 9\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Upgrade: websocket\r\nConnection: upgrade\r\n\r\n"),
    ];
    for request in &requests {
        let answer = preview.say(request.as_bytes());
        let shown = &request[..request.len().min(80)];
        assert!(answer.status < 500, "{shown:?}: {answer:?}");
    }
    let status = |at: usize| preview.say(requests[at].as_bytes()).status;
    assert_eq!(status(6), 400);
    assert!(matches!(status(12), 414 | 431), "a long address");
    assert_eq!((status(13), status(14)), (431, 431), "long and many headers");
    // Bytes by chance, the same in each run.
    let mut seed = 1_u64;
    for round in 0..200 {
        let noise: Vec<u8> = (0..round * 7)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (seed >> 33) as u8
            })
            .collect();
        let start: &[u8] = if round % 2 == 0 { b"GET / HTTP/1.1\r\n" } else { b"" };
        let answer = preview.say(&[start, &noise, b"\r\n\r\n"].concat());
        assert!(answer.status < 500, "{answer:?}");
    }
    assert_answers(&preview);
}

#[test]
fn requests_in_one_go_are_answered_in_order() {
    let preview = Preview::of(site(1, &[("a.txt", "first", 1), ("b.txt", "second", 1)]));
    let request = |path: &str, last: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: localhost:{}\r\n{last}\r\n", preview.port)
    };
    let all = request("/a.txt", "")
        + &request("/b.txt", "")
        + &request("/c.txt", "")
        + &request("/a.txt", "Connection: close\r\n");
    let mut stream = preview.connect();
    stream.write_all(all.as_bytes()).expect("it reads");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("it answers and closes");
    let statuses: Vec<&str> = text.match_indices("HTTP/1.1 ").map(|(at, _)| &text[at + 9..at + 12]).collect();
    assert_eq!(statuses, ["200", "200", "404", "200"]);
    let places: Vec<usize> = ["first", "second"].iter().filter_map(|word| text.find(word)).collect();
    assert!(places.is_sorted() && text.ends_with("first"), "{text}");
}

/// The length of an answer that fits into no buffer.
const BIG: usize = 64 << 20;

/// All who are slow, side by side, because each takes its time: half a head, drops of a head, nothing at all, a kept
/// connection, an answer that nobody reads, one that is read in drops, a body that never comes.
#[test]
fn slow_clients_are_closed_and_hold_up_nobody() {
    let big = "x".repeat(BIG);
    let preview = Preview::of(site(1, &[("index.html", &page("x"), 1), ("big.bin", &big, 1)]));
    let host = format!("Host: localhost:{}\r\n", preview.port);
    let begin = now();
    let send = |text: String| {
        let mut stream = preview.connect();
        stream.write_all(text.as_bytes()).expect("it reads");
        stream
    };
    let half = send(format!("GET / HTTP/1.1\r\n{host}"));
    let nothing = send(String::new());
    let kept = send(format!("GET / HTTP/1.1\r\n{host}\r\n"));
    let body = send(format!("POST / HTTP/1.1\r\n{host}Content-Length: 1000\r\n\r\nx"));
    let mut drops = send("GET / HTTP/1.1\r\n".to_owned());
    let (deaf, mut sips) = (
        send(format!("GET /big.bin HTTP/1.1\r\n{host}\r\n")),
        send(format!("GET /big.bin HTTP/1.1\r\n{host}\r\n")),
    );
    let crowd: Vec<TcpStream> = (0..300).map(|_| send("GET / HT".to_owned())).collect();
    std::thread::scope(|scope| {
        for (name, stream) in [("half", half), ("nothing", nothing), ("kept", kept), ("body", body)] {
            scope.spawn(move || {
                read_to_close(stream);
                assert_closed(name, begin);
            });
        }
        scope.spawn(move || {
            while drops.write_all(b"x: y\r\n").is_ok() {
                std::thread::sleep(Duration::from_millis(400));
            }
            assert_closed("drops", begin);
        });
        scope.spawn(move || {
            // What lies in the system's buffers still comes; then the end.
            std::thread::sleep(Duration::from_secs(24));
            assert!(read_to_close(deaf) < BIG, "an answer that is not read came to its end");
        });
        scope.spawn(move || {
            let (mut read, begin) = (0, now());
            while begin.elapsed() < Duration::from_secs(24) {
                read += sips.read(&mut [0; 16]).unwrap_or(0);
                std::thread::sleep(Duration::from_millis(300));
            }
            let mut rest = Vec::new();
            let _ = sips.read_to_end(&mut rest);
            assert!(read + rest.len() < BIG, "an answer read in drops came to its end");
        });
        for _ in 0..22 {
            assert_answers(&preview);
            std::thread::sleep(Duration::from_secs(1));
        }
    });
    drop(crowd);
}

#[test]
fn more_connections_than_there_is_room_for_keep_no_reader_out() {
    let preview = Preview::of(site(1, &[("index.html", &page("x"), 1)]));
    let mut idle = Vec::new();
    for _ in 0..2_300 {
        // Where this process may not hold so many itself, the system says so and the test goes on with fewer.
        match TcpStream::connect(("127.0.0.1", preview.port)) {
            Ok(stream) => idle.push(stream),
            Err(_) => break,
        }
    }
    idle.truncate(idle.len() - 20);
    assert_answers(&preview);
}

/// Memory can only be measured in a process of its own, and only where the system tells of it.
#[cfg(target_os = "linux")]
#[test]
fn a_thousand_listeners_are_cheap_and_hear_at_once() {
    let own = std::env::current_exe().expect("the test has a file");
    let name = "serve_crowd::measured_listeners";
    let output =
        Command::new(own).args(["--ignored", "--exact", name, "--nocapture"]).output().expect("it runs");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "runs in a process of its own, started by the test above"]
#[expect(clippy::print_stdout, reason = "the figures are for whoever runs it by hand")]
fn measured_listeners() {
    let preview = Preview::of(site(1, &[("index.html", &page("x"), 1), ("a/index.html", &page("a"), 1)]));
    let query = preview.query("/");
    drop(preview.listen(&query).next());
    let (memory, open) = (resident(), descriptors());
    let mut listeners: Vec<News> = (0..1_000).map(|_| preview.listen(&query)).collect();
    listeners.iter_mut().for_each(|news| drop(news.next()));
    let cost = resident().saturating_sub(memory);
    let begin = now();
    preview.show(site(2, &[("index.html", &page("y"), 2), ("a/index.html", &page("a"), 1)]));
    for news in &mut listeners {
        assert_eq!(news.next()["own"], true);
    }
    let heard = begin.elapsed();
    let paged = timed(&preview);
    let most = resident().saturating_sub(memory);
    drop(listeners);
    let begin = now();
    while descriptors() > open + 2 && begin.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(10));
    }
    let (left, held) = (begin.elapsed(), descriptors());
    println!(
        "1,000 listeners: {cost} kB, {most} kB after news; heard in {heard:?}; a page in {paged:?}; gone in {left:?}"
    );
    assert!(most <= 30_000, "{most} kB");
    // A thousand answers cost a thousand pages at most.
    let untroubled = untroubled();
    assert_soon("the news", heard, SOON, || (0..100).for_each(|_| untroubled()));
    assert_soon("a page", paged, SOON, &untroubled);
    // Not only when the next sign of life finds nobody.
    assert_soon("the end of a thousand", left, Duration::from_secs(2), &untroubled);
    assert!(held <= open + 2, "{held} descriptors, {open} before");
    assert_eq!(preview.get("/").status, 200);
}

/// The memory of this process in kB.
#[cfg(target_os = "linux")]
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("Linux tells");
    line.split_whitespace().next().and_then(|kb| kb.parse().ok()).expect("a number of kB")
}

/// How many descriptors this process holds.
#[cfg(target_os = "linux")]
fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").expect("Linux tells").count()
}

//! The preview as its users have it: the program on a real folder, asked over a real socket while files change.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::{fs, thread};

use super::fixture;
use super::pace::{PATIENCE, now, until};

const REPORT: &str = "content/a/2020-2025/r.md";
const PAGE: &str = "a/2020-2025/r.html";

/// A project that is previewed.
struct Preview {
    folder: tempfile::TempDir,
    child: Child,
    port: u16,
    said: Arc<Mutex<String>>,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn report(body: &str) -> String {
    format!("---\ntitle: Báo cáo\nkind: annual\ndate: 2021-07-01\n---\n{body}\n")
}

impl Preview {
    /// Previews a project with this report.
    fn of(text: &str, options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut project = fixture::parse("").project;
        project.put(REPORT, text);
        project.write_to(folder.path());
        let mut command = Command::new(env!("CARGO_BIN_EXE_nhiemky"));
        command.args(["serve", "--root"]).arg(folder.path()).args(options);
        if !options.contains(&"--port") {
            command.args(["--port", "4400"]);
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.expect("the program starts");
        let said = Arc::new(Mutex::new(String::new()));
        listen(child.stdout.take().expect("piped"), &said);
        listen(child.stderr.take().expect("piped"), &said);
        let mut preview = Self { folder, child, port: 0, said };
        preview.until("it says where", |p| {
            let said = p.said();
            let (_, rest) = said.split_once("http://localhost:").unwrap_or_default();
            p.port = rest.split('/').next().and_then(|port| port.parse().ok()).unwrap_or_default();
            p.port > 0
        });
        preview
    }

    fn said(&self) -> String {
        self.said.lock().expect("no test thread panicked here").clone()
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).expect("a file");
    }

    fn get(&self, path: &str) -> String {
        let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)) else {
            return String::new();
        };
        let host = format!("127.0.0.1:{}", self.port);
        let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let mut answer = Vec::new();
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn until(&mut self, what: &str, mut is_true: impl FnMut(&mut Self) -> bool) {
        let began = now();
        until(what, || {
            assert!(began.elapsed() < PATIENCE, "{what} in time; the program said:\n{}", self.said());
            is_true(self)
        });
    }

    /// What a page that listens hears first: the newest state.
    fn news(&self) -> String {
        let page = self.get(PAGE);
        let (_, query) = page.split_once("/_nhiemky/preview.js?").unwrap_or_default();
        let query = query.split('"').next().unwrap_or_default().replace("&amp;", "&");
        let request = format!(
            "GET /_nhiemky/events?page=%2F{PAGE}&{query} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n",
            self.port
        );
        let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)) else {
            return String::new();
        };
        let _ = stream.write_all(request.as_bytes());
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.skip_while(|line| !line.starts_with("data: ")).take_while(|line| !line.is_empty()).collect()
    }

    fn shows(&mut self, words: &str) {
        self.until(words, |p| p.get(PAGE).contains(words));
    }
}

/// Gathers what the program says.
fn listen(stream: impl Read + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            said.lock().expect("no test thread panicked here").push_str(&(line + "\n"));
        }
    });
}

#[test]
fn the_newest_good_state_is_shown() {
    let mut preview = Preview::of(&report("Một."), &[]);
    preview.shows("Một.");
    preview.write(REPORT, &report("Hai."));
    preview.shows("Hai.");

    preview.write(REPORT, &report("Ba.").replace("kind:", "knid:"));
    preview
        .until("the terminal says what is wrong", |p| p.said().contains("knid") && p.said().contains("kind"));
    assert!(preview.get(PAGE).contains("Hai."), "the last good page stays");
    preview.write(REPORT, &report("Bốn."));
    preview.shows("Bốn.");

    fs::remove_file(preview.folder.path().join(REPORT)).expect("it was there");
    preview.until("the page goes with its file", |p| p.get(PAGE).starts_with("HTTP/1.1 404"));
    preview.write(REPORT, &report("Lại."));
    preview.shows("Lại.");

    let root = preview.folder.path().to_owned();
    assert!(!root.join("public").exists() && !root.join(".nhiemky").exists(), "nothing is written");
}

#[test]
fn it_starts_with_errors_and_without_a_site() {
    let mut preview = Preview::of(&report("Sai.").replace("title:", "titel:"), &["--lang", "en"]);
    preview.until("the problem is told", |p| p.said().contains("titel"));
    let waiting = preview.get("");
    assert!(waiting.starts_with("HTTP/1.1 200") && waiting.contains("/_nhiemky/preview.js"), "{waiting}");
    preview.write(REPORT, &report("Đúng."));
    preview.shows("Đúng.");
}

#[test]
fn a_lasting_failure_is_told_in_the_terminal_and_in_the_browser_and_so_is_its_end() {
    let mut preview = Preview::of(&report("Một."), &["--lang", "en"]);
    preview.shows("Một.");
    let (root, away) = (preview.folder.path().to_owned(), preview.folder.path().with_extension("away"));
    fs::rename(&root, &away).expect("moved");
    let message = format!("cannot list the folder {}: not found", root.display());
    let is_over = "that is over";
    preview.until("the terminal tells", |p| p.said().contains(&format!("error: {message}")));
    preview.until("the browser tells", |p| p.news().contains(&format!("\"failure\":\"{message}")));
    assert!(preview.get(PAGE).contains("Một."), "the last good page stays");
    assert!(!preview.said().contains(is_over), "{}", preview.said());
    fs::rename(&away, &root).expect("moved back");
    preview.until("the terminal tells of the end", |p| p.said().contains(is_over));
    preview.until("the browser hears of it", |p| {
        let news = p.news();
        news.contains("\"trouble\":") && !news.contains("failure")
    });
    assert_eq!(preview.said().matches(&message).count(), 1, "told once: {}", preview.said());
    preview.write(REPORT, &report("Hai."));
    preview.shows("Hai.");
}

#[test]
fn drafts_show_on_request_and_polling_hears_too() {
    let draft = report("Nháp.").replace("---\nNháp", "status: draft\n---\nNháp");
    let mut preview = Preview::of(&draft, &["--drafts", "--poll"]);
    preview.shows("Nháp.");
    preview.write(REPORT, &draft.replace("Nháp.", "Nháp hai."));
    preview.shows("Nháp hai.");
}

#[test]
fn a_port_in_use_is_passed_over() {
    let taken = (4460..4600).find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok());
    let taken = taken.expect("a free port");
    let port = taken.local_addr().expect("bound").port();
    let preview = Preview::of(&report("Một."), &["--port", &port.to_string(), "--lang", "en"]);
    assert!(preview.port > port, "{}", preview.said());
    assert!(preview.said().contains(&format!("port {port} is in use")), "{}", preview.said());
}

#[test]
fn ten_thousand_edits_end_with_the_last() {
    let mut preview = Preview::of(&report("Đầu."), &[]);
    preview.shows("Đầu.");
    for number in 0..10_000 {
        preview.write(REPORT, &report(&format!("Lần {number}.")));
        if number % 250 == 0 {
            let page = preview.get(PAGE);
            assert!(
                page.starts_with("HTTP/1.1 200") && page.contains("</html>"),
                "no bad page meanwhile: {page}"
            );
        }
    }
    preview.shows("Lần 9999.");
}

#[test]
fn ctrl_c_ends_it() {
    let mut preview = Preview::of(&report("Một."), &[]);
    preview.shows("Một.");
    let mut listener = TcpStream::connect((Ipv4Addr::LOCALHOST, preview.port)).expect("it accepts");
    let request = format!("GET /{PAGE} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", preview.port);
    listener.write_all(request.as_bytes()).expect("it reads");
    // What a shell starts in the background ignores Ctrl-C, and so do its children; the program respects that.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored =
        status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    let signal = if ignored.is_some_and(|bits| bits & 0b10 != 0) { "-TERM" } else { "-INT" };
    let sent = Command::new("kill").args([signal, &preview.child.id().to_string()]).status();
    assert!(sent.expect("there is kill").success());
    preview.until("it ends", |p| p.child.try_wait().expect("it can be asked").is_some());
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, preview.port)).is_err(), "and leaves nothing running");
}

/// The folder is the test's own: whatever it holds goes with it.
#[test]
fn a_missing_folder_is_a_failure() {
    let none = Path::new("/nowhere/at/all");
    let output = Command::new(env!("CARGO_BIN_EXE_nhiemky")).arg("serve").arg("--root").arg(none).output();
    let output = output.expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/nowhere/at/all"));
}

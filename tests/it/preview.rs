//! A preview server on a real socket, showing sites made by hand, and clients that write what they like.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use nhiemky::serve::http::{Server, Serving};
use nhiemky::serve::snapshot::{File, Mistake, Snapshot, Trouble};
use nhiemky::vietnamese::Language;
use tokio::sync::{oneshot, watch};

use super::pace;

/// A server at work; it ends with this value.
pub struct Preview {
    /// Its port.
    pub port: u16,
    /// Shows another state.
    pub tell: watch::Sender<Arc<Snapshot>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Preview {
    /// Serves `first` on a port that the system chooses.
    pub fn of(first: Snapshot) -> Self {
        Self::with(Serving { port: 0, ..Serving::default() }, first)
    }

    /// As [`Preview::of`], served in another way.
    pub fn with(serving: Serving, first: Snapshot) -> Self {
        let server = Server::bind(serving).expect("a port is free");
        let (port, (tell, snapshots)) = (server.address().port(), watch::channel(Arc::new(first)));
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async { drop(stopped.await) };
        let thread = std::thread::spawn(move || server.run(snapshots, stopped).expect("it serves"));
        Self { port, tell, stop: Some(stop), thread: Some(thread) }
    }

    /// Shows another state.
    pub fn show(&self, snapshot: Snapshot) {
        self.tell.send_replace(Arc::new(snapshot));
    }

    /// Shows another state and waits until pages are made from it.
    pub fn show_now(&self, snapshot: Snapshot) {
        let since = format!("since={}&", snapshot.generation);
        self.show(snapshot);
        pace::until("the state is shown", || self.get("/").text().contains(&since));
    }

    /// A connection on which nobody waits for ever.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("it accepts");
        stream.set_read_timeout(Some(pace::PATIENCE)).expect("a timeout can be set");
        stream
    }

    /// The whole answer to these bytes, after which nothing more is sent.
    pub fn say(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server may answer and close before it has read everything.
        let _ = stream.write_all(request);
        let _ = stream.shutdown(Shutdown::Write);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    /// The whole answer to these bytes, while the client keeps its side open: a server may take a closed one for somebody
    /// who has left.
    pub fn say_open(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    /// The answer to a request for `target` with its own Host and these further lines.
    pub fn ask(&self, method: &str, target: &str, lines: &str) -> Answer {
        let host = format!("localhost:{}", self.port);
        let request =
            format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{lines}\r\n");
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    /// As a browser asks for a page.
    pub fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, "")
    }

    /// The query with which the page at an address listens: what its script's address says.
    pub fn query(&self, page: &str) -> String {
        let text = self.get(page).text();
        let (_, after) = text.split_once("/_nhiemky/preview.js?").expect("the page has the script");
        let own = after.split('"').next().unwrap_or_default().replace("&amp;", "&");
        format!("page={}&{own}", page.replace('%', "%25").replace('/', "%2F"))
    }

    /// A stream of news that has begun.
    pub fn listen(&self, query: &str) -> News {
        let mut stream = self.connect();
        let host = format!("localhost:{}", self.port);
        let request =
            format!("GET /_nhiemky/events?{query} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it reads");
        News { stream, read: String::new() }
    }

    /// Ends the server and says how long that took.
    pub fn stop(mut self) -> Duration {
        self.end()
    }

    fn end(&mut self) -> Duration {
        let begin = pace::now();
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let joined = thread.join();
            assert!(joined.is_ok() || std::thread::panicking(), "the server panicked");
        }
        begin.elapsed()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.end();
    }
}

/// An answer in its parts.
#[derive(Debug)]
pub struct Answer {
    /// `200`; 0 where nothing came.
    pub status: u16,
    /// The lines of the head, names in small letters.
    pub head: String,
    /// What came after it.
    pub body: Vec<u8>,
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        Self { status, head, body: bytes[end..].to_vec() }
    }

    /// The value of a line of the head.
    pub fn line(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A stream of news as it comes.
pub struct News {
    /// The connection.
    pub stream: TcpStream,
    read: String,
}

impl News {
    /// The next message; waits for it, past signs of life.
    pub fn next(&mut self) -> serde_json::Value {
        loop {
            if let Some(json) = self.message() {
                return json;
            }
            let mut buffer = [0; 4096];
            let length = self.stream.read(&mut buffer).expect("the stream goes on");
            assert!(length > 0, "the stream ended after {:?}", self.read);
            self.read.push_str(&String::from_utf8_lossy(&buffer[..length]));
        }
    }

    /// Takes a whole message from what was read. The pieces of a chunked body are put together; their frames are plain.
    fn message(&mut self) -> Option<serde_json::Value> {
        let from = self.read.find("data: ")?;
        let (length, text) = (self.read[from..].find("}\n\n")? + from, self.read.clone());
        self.read = text[length + 3..].to_owned();
        let pieces: Vec<&str> = text[from + 6..=length].split("\r\n").collect();
        // Between two pieces stands the length of the next.
        let json: String =
            pieces.iter().enumerate().filter(|(at, _)| at % 2 == 0).map(|(_, piece)| *piece).collect();
        Some(serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json:?}")))
    }
}

/// A state with these pages; each with its generation.
pub fn site(generation: u64, files: &[(&str, &str, u64)]) -> Snapshot {
    let file = |(key, text, since): &(&str, &str, u64)| {
        (Arc::from(*key), File { bytes: Arc::from(text.as_bytes()), digest: [0; 32], since: *since })
    };
    Snapshot {
        generation,
        language: Language::Vi,
        files: Arc::new(files.iter().map(file).collect::<BTreeMap<_, _>>()),
        trouble: None,
        edited: Vec::new(),
    }
}

/// A small page.
pub fn page(title: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{title} – Tỉnh</title></head><body><h1>{title}</h1></body></html>\n"
    )
}

/// A trouble with one problem.
pub fn trouble(message: &str) -> Arc<Trouble> {
    let mistake = Mistake {
        severity: "error",
        code: "NK301".to_owned(),
        path: "content/a.md".to_owned(),
        line: 3,
        column: 5,
        width: 4,
        text: "Đây là dòng </script>".to_owned(),
        message: message.to_owned(),
        help: "sửa lại\nở đây".to_owned(),
        nearest: vec!["gần".to_owned()],
    };
    Arc::new(Trouble { tally: "1 lỗi".to_owned(), problems: vec![mistake], failure: None })
}

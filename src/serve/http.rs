//! The server of the preview: answers from memory, and only to browsers on this machine unless it was told otherwise.
//!
//! One thread serves everybody: an answer is a look into a map. What could hold it up is kept short instead – clients that do
//! not finish a request, do not read their answer or never leave – by [`patient`] and [`crowd`]. [`gate`] says who may ask,
//! [`address`] what an address means, [`answer`] puts both together, [`page`] adds the script to pages.

pub(super) mod address;
mod answer;
mod body;
mod crowd;
mod gate;
mod listen;
pub(super) mod page;
mod patient;

use std::future::{Future, poll_fn, ready};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use self::answer::Responder;
use self::crowd::{Crowd, Seat};
use self::gate::Gate;
use self::patient::Patient;
use super::reload::{Showing, session};
use super::snapshot::Snapshot;
use crate::fs::{Action, Failure};

/// How long a client may take for the head of a request; also how long a kept connection may be idle.
const HEAD_SECONDS: u64 = 10;

/// Most bytes of a request's head. A browser sends the cookies of every program on `localhost`, so it is not small.
const HEAD_BYTES: usize = 64 * 1024;

/// How long accepting pauses when the system has no descriptor left.
const ACCEPT_PAUSE_MS: u64 = 50;

/// How long a client that sent nonsense may take to hear so.
const FAREWELL_MS: u64 = 500;

/// Where to listen, and whether browsers follow the edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Serving {
    /// The address of this machine to listen at.
    pub host: IpAddr,
    /// The port to try first; 0 lets the system choose.
    pub port: u16,
    /// Whether browsers go to the page that was edited.
    pub follow: bool,
}

impl Default for Serving {
    fn default() -> Self {
        Self { host: IpAddr::V4(Ipv4Addr::LOCALHOST), port: 1111, follow: false }
    }
}

/// A server that holds its port and does not answer yet.
#[derive(Debug)]
pub struct Server {
    listeners: Vec<std::net::TcpListener>,
    address: SocketAddr,
    follow: bool,
}

impl Server {
    /// Takes the port, or the next free one of the fifty after it: [`Server::address`] says which. On loopback both
    /// 127.0.0.1 and ::1 are taken, because `localhost` may mean either.
    pub fn bind(serving: Serving) -> Result<Server, Failure> {
        let (listeners, address) = listen::bind(serving.host, serving.port)?;
        Ok(Server { listeners, address, follow: serving.follow })
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What to type into a browser on this machine: `http://localhost:1111/`.
    pub fn url(&self) -> String {
        let host = self.address.ip();
        if host.is_unspecified() || listen::is_pair(host) {
            format!("http://localhost:{}/", self.address.port())
        } else {
            format!("http://{}/", self.address)
        }
    }

    /// Answers on this thread until `stop` is ready, then closes every connection at once.
    pub fn run(
        self,
        snapshots: watch::Receiver<Arc<Snapshot>>,
        stop: impl Future<Output = ()>,
    ) -> Result<(), Failure> {
        let place = self.address.to_string();
        let failed = || Failure::of(Action::Listen, Path::new(&place));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()
            .map_err(failed())?;
        // Dropping the runtime drops every task, and with it every connection.
        runtime.block_on(async { self.serve(snapshots, stop).await.map_err(failed()) })
    }

    async fn serve(
        self,
        snapshots: watch::Receiver<Arc<Snapshot>>,
        stop: impl Future<Output = ()>,
    ) -> std::io::Result<()> {
        let first = Arc::new(Showing::new(snapshots.borrow().clone()));
        let (tell, shown) = watch::channel(first);
        tokio::spawn(show(snapshots, tell));
        let gate = Gate::new(self.address);
        let responder = Arc::new(Responder { gate, shown, session: session(), follow: self.follow });
        let crowd = Arc::new(Crowd::new(listen::most_connections()));
        for listener in self.listeners {
            let listener = TcpListener::from_std(listener)?;
            tokio::spawn(accept(listener, Arc::clone(&responder), Arc::clone(&crowd)));
        }
        stop.await;
        Ok(())
    }
}

/// Passes on each state of the site, with room for what the listeners' messages have in common.
async fn show(mut snapshots: watch::Receiver<Arc<Snapshot>>, tell: watch::Sender<Arc<Showing>>) {
    loop {
        let newest = snapshots.borrow_and_update().clone();
        if newest.generation != tell.borrow().snapshot.generation {
            tell.send_replace(Arc::new(Showing::new(newest)));
        }
        if snapshots.changed().await.is_err() {
            // The builder has ended; what is shown stays, and so must the sender.
            return tell.closed().await;
        }
    }
}

async fn accept(listener: TcpListener, responder: Arc<Responder>, crowd: Arc<Crowd>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => crowd.admit(|seat| attend(stream, seat, Arc::clone(&responder))),
            Err(_) => {
                // Mostly no descriptor is left: whoever uses his least gives it back.
                crowd.send_away_one();
                sleep(Duration::from_millis(ACCEPT_PAUSE_MS)).await;
            }
        }
    }
}

/// Answers the requests of one connection, one after the other, until it ends.
async fn attend(stream: TcpStream, seat: Seat, responder: Arc<Responder>) {
    let _ = stream.set_nodelay(true);
    let service =
        service_fn(|request| ready(Ok::<_, std::convert::Infallible>(responder.answer(&request, &seat))));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(HEAD_SECONDS))
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(Patient::new(stream)), service);
    let ended = poll_fn(|cx| connection.poll_without_shutdown(cx)).await;
    if ended.is_err_and(|error| error.is_parse()) {
        let _ = timeout(Duration::from_millis(FAREWELL_MS), farewell(connection.into_parts().io)).await;
    }
}

/// Reads what a client still sends after it was told that it is wrong: closed at once, it would get a reset in place of
/// the answer.
async fn farewell(io: TokioIo<Patient>) -> std::io::Result<()> {
    let mut stream = io.into_inner();
    stream.shutdown().await?;
    let mut buffer = [0; 4096];
    while stream.read(&mut buffer).await? > 0 {}
    Ok(())
}

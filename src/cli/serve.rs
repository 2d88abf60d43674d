//! `nhiemky serve`: the preview, and what the terminal says of it.

use std::cell::Cell;
use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, Stdio};

use super::args::{Request, Serve};
use super::say::Voice;
use super::shown::Shown;
use super::words::{self, fill};
use super::{Outcome, interrupt};
use crate::fs::Failure;
use crate::problem::locate::locate;
use crate::serve::builder::Round;
use crate::serve::watch::{Mode, Turn};
use crate::serve::{self, Herald, Preview};
use crate::source::Sources;
use crate::vietnamese::number;

/// Previews until the user stops it.
pub fn serve(request: &Request, how: &Serve, voice: &Voice) -> Outcome {
    let preview = Preview {
        root: request.root.clone(),
        with_drafts: request.with_drafts,
        language: request.language,
        host: how.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        port: how.port,
        follows: how.follows,
        mode: if how.polls { Mode::Poll } else { Mode::Events },
    };
    if !preview.host.is_loopback() {
        voice.note(words::OPEN_TO_ALL.get(voice.language));
    }
    let terminal = Terminal { voice, how, last: Cell::new(0) };
    match serve::serve(&preview, &interrupt::STOP, &terminal) {
        // Whoever asked it to stop got what he wanted.
        Ok(()) => Outcome::Fine,
        Err(failure) => super::failed(voice, &failure),
    }
}

struct Terminal<'a> {
    voice: &'a Voice,
    how: &'a Serve,
    /// How many problems the last round had.
    last: Cell<usize>,
}

impl Herald for Terminal<'_> {
    fn serves(&self, url: &str, port: u16) {
        let w = |words: words::Words| words.get(self.voice.language);
        if port != self.how.port {
            self.voice.note(&fill(w(words::PORT_TAKEN), &[&self.how.port.to_string(), &port.to_string()]));
        }
        self.voice.out(&Shown::line(w(words::SERVING), &[url]));
        if self.how.opens && !open(url) {
            self.voice.note(w(words::NO_BROWSER));
        }
    }

    fn made(&self, round: &Round, sources: &Sources, took_ms: u64) {
        let w = |words: words::Words| words.get(self.voice.language);
        let located = locate(&round.problems, sources);
        if !located.is_empty() || self.last.get() > 0 {
            self.voice.problems(&located, false);
        }
        self.last.set(located.len());
        let tally = self.voice.tally(&located, false);
        match round.made {
            None => self.voice.err(&Shown::line(w(words::NOT_SHOWN), &[&tally])),
            Some(made) => {
                let count = |n: usize| number::group(n as u64, self.voice.language);
                let parts = [count(made), count(round.pages), tally, self.took(took_ms)];
                let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
                self.voice.out(&Shown::line(w(words::SHOWN), &parts));
            }
        }
    }

    fn failed(&self, failure: &Failure) {
        let message = failure.message(self.voice.language);
        self.voice.failure(&fill(words::FAILS_ON.get(self.voice.language), &[&message]));
    }

    fn recovers(&self) {
        self.voice.note(words::RECOVERED.get(self.voice.language));
    }

    fn turns(&self, turn: Turn) {
        self.voice.note(&turn.words(self.voice.language));
    }
}

impl Terminal<'_> {
    /// A stretch of time, in milliseconds below a second.
    fn took(&self, ms: u64) -> String {
        if ms < 1_000 {
            return format!("{ms} ms");
        }
        fill(words::SECONDS.get(self.voice.language), &[&self.voice.seconds(ms)])
    }
}

/// Asks the system to show an address in the user's browser; says whether it could be asked.
fn open(url: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

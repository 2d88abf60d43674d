//! Interrupt and terminate: the build stops at the next file and takes its drafts away; within two seconds it ends anyhow.
//!
//! Ending at any instant is safe, because the published folder changes in one step; stopping by ourselves only leaves less
//! to tidy up for the next build. What the caller had the program ignore (`nohup`, a job in the background of a script) stays
//! ignored. signal-hook tells which signal came, which ctrlc does not; Windows has no signals, and ctrlc is enough for it.

use std::process;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread;
use std::time::Duration;

#[cfg(unix)]
use crate::fs::system;

/// Set when the program was asked to stop; publications look at it before every file.
pub static STOP: AtomicBool = AtomicBool::new(false);

/// The number of the signal that asked for it.
static SIGNAL: AtomicU8 = AtomicU8::new(INTERRUPT);

/// The number of Ctrl-C among the signals; Windows calls it so, too.
const INTERRUPT: u8 = 2;

/// How long the program may take to stop by itself: a user waits two seconds before pulling the plug.
const PATIENCE_MS: u64 = 700;

/// The exit code of a program that a signal ended, as shells have it: 128 and its number.
pub fn code() -> u8 {
    SIGNAL.load(Ordering::Relaxed).saturating_add(128)
}

/// Listens from now on. Where that is not possible, a signal ends the program at once, which is safe too.
#[cfg(unix)]
pub fn listen() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let ignored = system::ignored_signals();
    let heard = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
    let Ok(mut signals) = signal_hook::iterator::Signals::new(heard) else { return };
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            stop(u8::try_from(signal).unwrap_or(INTERRUPT));
        }
    });
}

/// The same for a system without signals.
#[cfg(not(unix))]
pub fn listen() {
    let _ = ctrlc::set_handler(|| stop(INTERRUPT));
}

/// Asks the program to stop, and ends it if it does not.
fn stop(signal: u8) {
    SIGNAL.store(signal, Ordering::Relaxed);
    STOP.store(true, Ordering::Relaxed);
    thread::sleep(Duration::from_millis(PATIENCE_MS));
    #[expect(
        clippy::disallowed_methods,
        reason = "the work has not stopped by itself, and ending is safe at any instant"
    )]
    process::exit(code().into());
}

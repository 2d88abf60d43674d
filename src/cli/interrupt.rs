//! Interrupt and terminate: the build stops at the next file and takes its drafts away; within two seconds it ends anyhow.
//!
//! Ending at any instant is safe, because the published folder changes in one step; stopping by ourselves only leaves less
//! to tidy up for the next build.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// Set when the program was asked to stop; publications look at it before every file.
pub static STOP: AtomicBool = AtomicBool::new(false);

/// How long the program may take to stop by itself: a user waits two seconds before pulling the plug.
const PATIENCE_MS: u64 = 700;

/// The exit code of a program that an interrupt ended, as shells have it: 128 + 2.
const INTERRUPTED: i32 = 130;

/// Listens from now on. Where that is not possible, a signal ends the program at once, which is safe too.
pub fn listen() {
    let _ = ctrlc::set_handler(|| {
        STOP.store(true, Ordering::Relaxed);
        thread::sleep(Duration::from_millis(PATIENCE_MS));
        #[expect(
            clippy::disallowed_methods,
            reason = "the work has not stopped by itself, and ending is safe at any instant"
        )]
        process::exit(INTERRUPTED);
    });
}

//! Waiting and measuring on a machine that may be busy with other things.
//!
//! A test waits for a state, with a patience that only a hung one uses up. Where the promise itself is "soon", the time is held
//! against what something ordinary takes on the same machine at that time: on one at rest the promise is as strict as ever.

use std::thread;
use std::time::{Duration, Instant};

/// Ends a test that hangs; nothing is judged by it.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// The present.
#[expect(clippy::disallowed_methods, reason = "tests wait and measure")]
pub fn now() -> Instant {
    Instant::now()
}

/// Waits until something is true.
pub fn until(what: &str, mut is_true: impl FnMut() -> bool) {
    let began = now();
    while !is_true() {
        assert!(began.elapsed() < PATIENCE, "{what}: not in {PATIENCE:?}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// How often the ordinary is done for comparison.
const TIMES: u32 = 10;

/// Holds that something took at most so long; on a machine where even the `ordinary` takes its time, as much longer as ten of
/// those take now.
pub fn assert_soon(what: &str, took: Duration, most: Duration, ordinary: impl Fn()) {
    if took > most {
        let began = now();
        (0..TIMES).for_each(|_| ordinary());
        let allowed = most + began.elapsed();
        assert!(took <= allowed, "{what}: took {took:?}, not {most:?}, nor {allowed:?} as things are");
    }
}

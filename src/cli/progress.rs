//! Progress on a terminal, for work that takes longer than half a second.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::words;
use crate::vietnamese::Language;

/// Work shorter than this is done before a bar could be read.
const QUIET_MS: u64 = 500;

/// Measures a piece of work and shows how far it is.
pub struct Progress {
    began: Instant,
    bar: ProgressBar,
    done: AtomicU64,
    total: u64,
}

impl Progress {
    /// Begins to measure; nothing is shown yet.
    pub fn begin() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the time is told to the user and reaches no output")]
        let began = Instant::now();
        Self { began, bar: ProgressBar::hidden(), done: AtomicU64::new(0), total: 0 }
    }

    /// Says how much there is to do; from now on a bar may appear, unless `is_quiet`.
    pub fn expect(&mut self, total: usize, language: Language, is_quiet: bool) {
        self.total = total as u64;
        if is_quiet {
            return;
        }
        let words = words::fill(words::PROGRESS.get(language), &["{pos}/{len}"]);
        let style = ProgressStyle::with_template(&format!("{{bar:24}} {words}"));
        self.bar = ProgressBar::with_draw_target(Some(self.total), ProgressDrawTarget::hidden());
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    }

    /// One more is done.
    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // A bar on every page would cost more than the page.
        if done.is_multiple_of(64) && self.began.elapsed() > Duration::from_millis(QUIET_MS) {
            if self.bar.is_hidden() && self.total > 0 {
                self.bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            self.bar.set_position(done);
        }
    }

    /// Ends the showing; gives the milliseconds since the beginning.
    pub fn end(&self) -> u64 {
        self.bar.finish_and_clear();
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

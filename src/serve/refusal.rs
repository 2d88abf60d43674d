//! A refusal of the machine: when it is told, when it is told again, and whether its end is news.
//!
//! Programs lock files for a moment while they save them, so that a refusal is nothing to speak of before it has lasted. One
//! that comes back with every attempt lasts too, whatever went well in between: only a round that succeeds ends it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long the machine may refuse before that is told, and how long what was told stands before another path is named.
pub const LASTING: Duration = Duration::from_secs(2);

/// What the machine refuses now, if it does.
#[derive(Debug, Default)]
pub struct Refusal {
    since: Option<Instant>,
    /// What was told of it, and when.
    told: Option<(PathBuf, Instant)>,
}

impl Refusal {
    /// The machine refuses this path at this time. Says whether it is time to tell.
    pub fn goes_on(&mut self, path: &Path, now: Instant) -> bool {
        let since = *self.since.get_or_insert(now);
        let (is_news, since) = self.told.as_ref().map_or((true, since), |(other, at)| (other != path, *at));
        let is_due = is_news && now.saturating_duration_since(since) >= LASTING;
        if is_due {
            self.told = Some((path.to_owned(), now));
        }
        is_due
    }

    /// Whether the user knows of it.
    pub fn is_told(&self) -> bool {
        self.told.is_some()
    }

    /// Nothing is refused any more. Says whether that is news.
    pub fn end(&mut self) -> bool {
        std::mem::take(self).is_told()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_once_it_has_lasted_and_so_is_its_end() {
        let (a, b) = (Path::new("content/a.pdf"), Path::new("content/b.pdf"));
        let begin = super::super::now();
        let after = |ms| begin + Duration::from_millis(ms);
        let mut refusal = Refusal::default();
        assert!(!refusal.end(), "nothing was refused");
        assert!(!refusal.goes_on(a, after(0)) && !refusal.goes_on(b, after(1_999)));
        assert!(!refusal.is_told() && !refusal.end(), "too short to be news");
        assert!(!refusal.goes_on(a, after(3_000)) && !refusal.goes_on(b, after(4_999)), "counted anew");
        assert!(refusal.goes_on(a, after(5_000)), "whatever was refused in between");
        assert!(!refusal.goes_on(a, after(99_000)), "told once");
        assert!(refusal.goes_on(b, after(99_001)), "something else is news");
        assert!(!refusal.goes_on(a, after(99_002)), "but not with every attempt");
        assert!(refusal.is_told() && refusal.end());
        assert!(!refusal.is_told() && !refusal.end(), "told once, too");
    }
}

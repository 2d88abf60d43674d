//! The connections of the moment: a bounded number, and who goes when one more comes.
//!
//! Refusing the newcomer would let a few hundred idle connections keep a reader out; so the newcomer is let in and the
//! oldest that does least goes: first those that ask nothing, then those that read their answer, last those that listen.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::AbortHandle;

/// What a connection does; the less, the sooner it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Doing {
    /// Nothing: no request has come, or the last one is answered.
    Idle,
    /// Takes an answer.
    Reading,
    /// Waits for news of a page.
    Listening,
}

/// All connections; see the header of this file.
#[derive(Debug)]
pub struct Crowd {
    most: usize,
    seats: Arc<Mutex<Seats>>,
}

#[derive(Debug, Default)]
struct Seats {
    next: u64,
    taken: BTreeMap<u64, Taken>,
}

#[derive(Debug)]
struct Taken {
    task: AbortHandle,
    doing: Arc<AtomicU8>,
}

/// A connection's place among the others, given back when it is dropped.
#[derive(Debug)]
pub struct Seat {
    number: u64,
    doing: Arc<AtomicU8>,
    seats: Arc<Mutex<Seats>>,
}

/// Held by an answer while it goes out: afterwards the connection is idle again.
#[derive(Debug)]
pub struct Busy(Arc<AtomicU8>);

impl Crowd {
    /// Room for `most` connections.
    pub fn new(most: usize) -> Self {
        Self { most, seats: Arc::default() }
    }

    /// Starts `attend` as a task of its own with a seat for it; where none is free somebody goes.
    pub fn admit<F>(&self, attend: impl FnOnce(Seat) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        if locked(&self.seats).taken.len() >= self.most {
            self.send_away_one();
        }
        let doing = Arc::new(AtomicU8::new(Doing::Idle as u8));
        let number = {
            let mut seats = locked(&self.seats);
            seats.next += 1;
            seats.next
        };
        let seat = Seat { number, doing: Arc::clone(&doing), seats: Arc::clone(&self.seats) };
        // The tasks share one thread: this one cannot end before it is entered.
        let task = tokio::spawn(attend(seat)).abort_handle();
        locked(&self.seats).taken.insert(number, Taken { task, doing });
    }

    /// Ends the oldest of the connections that do least, if there is one.
    pub fn send_away_one(&self) {
        let gone = {
            let mut seats = locked(&self.seats);
            let least =
                seats.taken.iter().min_by_key(|(number, t)| (t.doing.load(Ordering::Relaxed), **number));
            let number = least.map(|(number, _)| *number);
            number.and_then(|number| seats.taken.remove(&number))
        };
        if let Some(taken) = gone {
            taken.task.abort();
        }
    }
}

impl Seat {
    /// Says what the connection does until the answer that holds the mark is gone.
    pub fn begin(&self, doing: Doing) -> Busy {
        self.doing.store(doing as u8, Ordering::Relaxed);
        Busy(Arc::clone(&self.doing))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.store(Doing::Idle as u8, Ordering::Relaxed);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        locked(&self.seats).taken.remove(&self.number);
    }
}

/// Nothing that holds this lock can stop half way, so a poisoned one is as good as another.
fn locked(seats: &Mutex<Seats>) -> MutexGuard<'_, Seats> {
    seats.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    #[test]
    fn who_does_least_goes_first() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let crowd = Crowd::new(3);
            let stay = |doing: Option<Doing>| {
                crowd.admit(move |seat| async move {
                    let _busy = doing.map(|doing| seat.begin(doing));
                    pending::<()>().await;
                });
            };
            let numbers = || locked(&crowd.seats).taken.keys().copied().collect::<Vec<_>>();
            for doing in [Some(Doing::Listening), None, Some(Doing::Reading)] {
                stay(doing);
            }
            tokio::task::yield_now().await;
            stay(Some(Doing::Listening));
            tokio::task::yield_now().await;
            assert_eq!(numbers(), [1, 3, 4], "the idle one went");
            stay(None);
            tokio::task::yield_now().await;
            assert_eq!(numbers(), [1, 4, 5], "the reading one went");
            crowd.admit(|seat| async move { drop(seat) });
            tokio::task::yield_now().await;
            assert_eq!(numbers(), [1, 4], "a seat is given back");
        });
    }
}

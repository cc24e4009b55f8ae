//! One line on standard error that says how far a run is.

use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Counts what is done and says so, once a second on a terminal and once in half a minute off it.
#[derive(Debug)]
pub struct Progress {
    what: &'static str,
    total: u64,
    done: AtomicU64,
    started: Instant,
    next: AtomicU64,
}

impl Progress {
    /// Nothing is done of `total`.
    #[must_use]
    pub fn new(what: &'static str, total: u64) -> Self {
        Self {
            what,
            total,
            done: AtomicU64::new(0),
            started: Instant::now(),
            next: AtomicU64::new(0),
        }
    }

    /// So many more are done.
    pub fn add(&self, many: u64) {
        let done = self.done.fetch_add(many, Ordering::Relaxed) + many;
        let elapsed = self.started.elapsed().as_secs();
        let terminal = stderr().is_terminal();
        let step = if terminal { 1 } else { 30 };
        let next = self.next.load(Ordering::Relaxed);
        if elapsed >= next
            && self
                .next
                .compare_exchange(next, elapsed + step, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
        {
            let percent = done * 100 / self.total.max(1);
            let end = if terminal { "\r" } else { "\n" };
            eprint!(
                "{}: {done} of {} ({percent} %), {elapsed} s{end}",
                self.what, self.total
            );
        }
    }

    /// How many are done.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Since the beginning.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

//! What the long suites share: how much of their space to cover, all processor cores at once, and a progress line.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Whether to cover the whole space (`SEEDANCE_EXHAUSTIVE=whole`), not just the part that takes minutes.
#[must_use]
pub fn whole() -> bool {
    std::env::var("SEEDANCE_EXHAUSTIVE").is_ok_and(|size| size == "whole")
}

/// Prints what a suite has measured, on a line of its own that the test runner does not capture.
///
/// # Panics
/// With the difference that the suite found, if any.
pub fn close(what: &str, measured: Result<String, String>) {
    let found = measured.unwrap_or_else(|difference| panic!("{what}: {difference}"));
    // The runner's line of dots has no end yet. If standard output is closed, nobody wants to read this.
    let _ = writeln!(stdout().lock(), "\nmeasured: {what}: {found}");
}

/// How many threads [`on_all_cores`] starts.
#[must_use]
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Runs the units 0 to `units` until one finds a difference. Each returns how much it has done, for the progress.
///
/// # Errors
/// With the first difference.
pub fn on_all_cores(
    units: usize,
    progress: &Progress,
    work: impl Fn(usize) -> Result<u64, String> + Sync,
) -> Result<(), String> {
    let (next, stop, difference) = (AtomicUsize::new(0), AtomicBool::new(false), Mutex::new(None));
    thread::scope(|scope| {
        for _ in 0..cores() {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let unit = next.fetch_add(1, Ordering::Relaxed);
                    if unit >= units {
                        return;
                    }
                    match work(unit) {
                        Ok(done) => progress.add(done),
                        Err(found) => {
                            stop.store(true, Ordering::Relaxed);
                            difference
                                .lock()
                                .unwrap_or_else(PoisonError::into_inner)
                                .get_or_insert(found);
                        }
                    }
                }
            });
        }
    });
    let difference = difference.into_inner().unwrap_or_else(PoisonError::into_inner);
    difference.map_or(Ok(()), Err)
}

/// Counts what is done, and reports it on standard error: every second on a terminal, every 30 seconds elsewhere.
#[derive(Debug)]
pub struct Progress {
    what: &'static str,
    total: u64,
    done: AtomicU64,
    started: Instant,
    next: AtomicU64,
}

impl Progress {
    /// Starts at 0 of `total`.
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

    /// Adds to what is done.
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
            // Not `eprint!`, which the test runner captures. A progress line that cannot be written is no failure.
            let _ = write!(
                stderr().lock(),
                "{}: {done} of {} ({percent} %), {elapsed} s{end}",
                self.what,
                self.total
            );
        }
    }

    /// How much is done.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// The time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

//! What the long suites share: how much of their space they take, all cores at once, and a line that says how far they are.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Whether all of it is asked for (`SEEDANCE_EXHAUSTIVE=whole`), not the part that takes minutes.
#[must_use]
pub fn whole() -> bool {
    std::env::var("SEEDANCE_EXHAUSTIVE").is_ok_and(|size| size == "whole")
}

/// Says what a suite has measured, on a line of its own that the test runner does not keep to itself.
///
/// # Panics
/// With the difference that the suite found.
pub fn close(what: &str, measured: Result<String, String>) {
    let found = measured.unwrap_or_else(|difference| panic!("{what}: {difference}"));
    // The runner leaves its dots without an end of line. Whoever closed the output does not want to read this.
    let _ = writeln!(stdout().lock(), "\nmeasured: {what}: {found}");
}

/// How many threads [`on_all_cores`] starts.
#[must_use]
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Does the units 0 to `units`, each of which returns how much it did, until one finds a difference.
///
/// # Errors
/// With the first difference that was found.
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

/// Counts what is done and says so on standard error, once a second on a terminal and once in half a minute off it.
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
            // Not `eprint!`, which the test runner keeps to itself. A progress that nobody can read is no failure.
            let _ = write!(
                stderr().lock(),
                "{}: {done} of {} ({percent} %), {elapsed} s{end}",
                self.what,
                self.total
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

//! Suites with a `main` of their own: they say how far they are, use every core, and come in two sizes.

use std::env::{args, var};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::progress::Progress;

/// One part of a suite: its name, and what it does, which says what it compared or where it found a difference.
pub type Part<'a> = (&'a str, &'a dyn Fn() -> Result<String, String>);

/// Whether all of it is asked for (`--whole`, or `SEEDANCE_EXHAUSTIVE=whole`), not the part that takes minutes.
#[must_use]
pub fn whole() -> bool {
    args().any(|arg| arg == "--whole")
        || var("SEEDANCE_EXHAUSTIVE").is_ok_and(|size| size == "whole")
}

/// Runs the parts and closes as Rust's own test runner does.
pub fn run(parts: &[Part<'_>]) -> ExitCode {
    if args().any(|arg| arg == "--list") {
        for (name, _) in parts {
            println!("{name}: test");
        }
        return ExitCode::SUCCESS;
    }
    let mut failed = 0;
    for (name, work) in parts {
        match work() {
            Ok(said) => println!("measured: {name}: {said}"),
            Err(difference) => {
                failed += 1;
                println!("{name} FAILED\n{difference}");
            }
        }
    }
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    println!(
        "test result: {verdict}. {} passed; {failed} failed; 0 ignored; 0 measured; 0 filtered out",
        parts.len() - failed
    );
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
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
    let (next, stop, difference) = (
        AtomicUsize::new(0),
        AtomicBool::new(false),
        Mutex::new(None),
    );
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
    let difference = difference
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    difference.map_or(Ok(()), Err)
}

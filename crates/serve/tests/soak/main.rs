//! The companion under every kind of load and fault at once, and what must hold afterwards.
//!
//! A gateway on loopback makes tasks and spoils its answers; clients retry as real ones do, hang up, read slowly and ask twice at
//! once; the companion is stopped, continued, ended and killed. In the end no request has made more tasks than it was meant to,
//! every task that was answered is in the journal, and memory is flat. The same seed plans the same load, faults and signals;
//! only their timing is the system's. `cargo xtask soak` takes minutes; by itself it takes seconds.

#![cfg(target_os = "linux")]

mod client;
mod companion;
mod gateway;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use fastrand::Rng;

use client::{Client, Told};
use companion::Companion;
use gateway::Gateway;

type Outcome<T = ()> = anyhow::Result<T>;

/// The environment variables for the seconds that it takes and for the seed, with the defaults.
const SECONDS: (&str, u64) = ("SEEDANCE_SOAK_SECONDS", 20);
const SEED: (&str, u64) = ("SEEDANCE_SOAK_SEED", 1);
const CLIENTS: u64 = 6;
/// The share of the time, at its end, without signals, so that one process can be watched.
const CALM: f64 = 0.35;
/// How long a process takes until it has all its buffers and threads.
const WARM_UP: Duration = Duration::from_secs(5);
/// How much memory may grow: for the allocator, and for each attempt that the companion remembers.
const ROOM_KB: u64 = 16 * 1024;
const ATTEMPT_KB: f64 = 2.5;
/// How long it may take from a task's answer to its line in the journal.
const JOURNAL_TIME: Duration = Duration::from_secs(5);
const MOST_SHOWN: usize = 10;

#[test]
fn nothing_is_made_twice_nothing_is_lost_and_memory_is_flat() -> Outcome {
    let told = |(name, usual): (&str, u64)| -> Outcome<u64> {
        std::env::var(name).map_or(Ok(usual), |text| Ok(text.parse()?))
    };
    let time = Duration::from_secs(told(SECONDS)?);
    // Begins a new line, whatever the test runner has written so far.
    println!("\n{}", soak(time, told(SEED)?)?);
    Ok(())
}

fn soak(time: Duration, seed: u64) -> Outcome<String> {
    let gateway = Gateway::start()?;
    let mut companion = Companion::start(gateway.port())?;
    let is_over = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let client = Client::new(number, seed, companion.port());
            let is_over = Arc::clone(&is_over);
            thread::spawn(move || client.work(&is_over))
        })
        .collect();
    let troubled = disturb(&mut companion, time.mul_f64(1.0 - CALM), seed);
    let memory = troubled.and_then(|()| watch(&mut companion, &gateway, time.mul_f64(CALM)));
    is_over.store(true, Ordering::Relaxed);
    let told: Option<Vec<_>> = clients.into_iter().map(|client| client.join().ok()).collect();
    let told = told.context("a client panicked")?;
    let memory = memory.with_context(|| format!("seed {seed}"))?;
    companion.stop()?;
    let judged = judge(&Told::together(told), &gateway, &companion)
        .with_context(|| format!("seed {seed}"))?;
    companion.clear()?;
    Ok(format!("measured: soak, seed {seed}: {judged}, {memory}"))
}

/// For this long, stops, continues, ends and kills the companion.
fn disturb(companion: &mut Companion, time: Duration, seed: u64) -> Outcome {
    let mut rng = Rng::with_seed(seed);
    let begun = Instant::now();
    while begun.elapsed() < time {
        thread::sleep(Duration::from_millis(rng.u64(500..3_000)));
        match rng.u8(0..10) {
            0..5 => {
                companion.signal("-STOP")?;
                thread::sleep(Duration::from_millis(rng.u64(50..2_000)));
                companion.signal("-CONT")?;
            }
            5..8 => companion.kill()?,
            8 => companion.end_and_start("-TERM")?,
            _ => companion.end_and_start("-INT")?,
        }
    }
    Ok(())
}

/// Leaves the companion alone for this long, and compares its memory before and after.
fn watch(companion: &mut Companion, gateway: &Gateway, time: Duration) -> Outcome<String> {
    companion.kill()?;
    thread::sleep(WARM_UP);
    let (before, calls) = (companion.memory_kb()?, gateway.calls());
    thread::sleep(time.saturating_sub(WARM_UP));
    let (after, calls) = (companion.memory_kb()?, gateway.calls() - calls);
    let most = before + ROOM_KB + (calls as f64 * ATTEMPT_KB) as u64;
    ensure!(after <= most, "memory grew from {before} kB to {after} kB over {calls} calls");
    Ok(format!("memory {before} kB, then {after} kB after {calls} calls"))
}

/// Checks what must hold in the end.
fn judge(told: &Told, gateway: &Gateway, companion: &Companion) -> Outcome<String> {
    let made = gateway.made();
    let mut wrong = Vec::new();
    let mut tasks_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for task in &made {
        tasks_of.entry(&task.wish).or_default().push(&task.id);
    }
    for (wish, tasks) in &tasks_of {
        let meant = told.meant.get(*wish).copied().unwrap_or_default();
        if tasks.len() > meant {
            wrong.push(format!("`{wish}` was meant {meant} times and made {tasks:?}"));
        }
    }
    let journal = companion.journal()?;
    // Answers are JSON strings in the journal, so their own quotes are escaped.
    let journalled: BTreeSet<_> = journal.split("\\\"").collect();
    for (wish, task) in &told.tasks {
        let is_made =
            tasks_of.get(wish.as_str()).is_some_and(|tasks| tasks.contains(&task.as_str()));
        if !is_made {
            wrong.push(format!("`{wish}` was told {task}, which was not made for it"));
        }
        if !journalled.contains(task.as_str()) {
            wrong.push(format!("{task} was told and is not in the journal"));
        }
    }
    let mut answered = 0;
    for task in &made {
        let Some(at) = task.answered else { continue };
        if companion.lived(task.called, at + JOURNAL_TIME) {
            answered += 1;
            if !journalled.contains(task.id.as_str()) {
                wrong.push(format!("{} was answered and is not in the journal", task.id));
            }
        }
    }
    if !wrong.is_empty() {
        let count = wrong.len();
        wrong.truncate(MOST_SHOWN);
        bail!("{count} promises were broken:\n{}", wrong.join("\n"));
    }
    ensure!(answered > 0 && !told.tasks.is_empty(), "nothing was made, so nothing was shown");
    Ok(format!(
        "{} requests meant {} times made {} tasks, {} were told, {answered} answers had to be in the journal and were, {} refused as repeats, the companion started {} times",
        told.meant.len(),
        told.meant.values().sum::<usize>(),
        made.len(),
        told.tasks.len(),
        told.repeats,
        companion.starts(),
    ))
}

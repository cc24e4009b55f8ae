//! The batch as people run it, the release binary on a file of lines, beside a Node script with JSON.parse and ajv on the same file.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::{Map, Value};

use super::page::{Page, times};
use crate::run::{Outcome, command, exists, root, seedance};
use crate::test::javascript;

const LINES: usize = 1_000_000;
const ROUNDS: usize = 3;
/// Every so many lines one is refused, as in a producer's file.
const ONE_IN: usize = 20;

/// What a run took.
struct Taken {
    seconds: f64,
    /// Of the processor's time, where the system tells; other programs do not add to it.
    cpu: Option<f64>,
    /// Peak resident memory, where the system tells.
    kib: Option<u64>,
}

pub fn measure(page: &mut Page) -> Outcome {
    let program = seedance()?;
    let suites = javascript::prepare(&root().join("pkg"))?;
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder)?;
    let jobs = write_jobs(&folder, LINES)?;
    let size = fs::metadata(&jobs)?.len();
    page.say("## Batch");
    page.say(&format!(
        "A file of {LINES} lines ({} MB), the seed's three examples in turn, one in {ONE_IN} with an error; answers written to nowhere; best of {ROUNDS}, the rounds taking turns. \
         The Node script (`tests/js/bench/lines.js`) reads the same file in pieces, says which lines are valid and why not, and writes no reports; it uses one core.",
        size / 1_000_000
    ));
    let all: [(&str, Command); 3] = [
        (
            "`seedance check --ndjson`",
            batch(&program, "check", &jobs, None),
        ),
        (
            "`seedance quote --ndjson`",
            batch(&program, "quote", &jobs, None),
        ),
        ("Node: JSON.parse + ajv", node(&suites, &jobs)?),
    ];
    let mut all = all.map(|(name, command)| (name, command, None));
    for _ in 0..ROUNDS {
        for (_, command, best) in &mut all {
            keep_best(best, run(command)?);
        }
    }
    let node = all[2].2.as_ref().context("no round was run")?;
    let cpu = |taken: &Taken| taken.cpu.unwrap_or(f64::NAN);
    page.table(
        &[
            "on all cores",
            "lines a second",
            "lines a second of processor",
            "MB a second",
            "peak memory",
            "× Node's speed",
            "× Node's by processor",
        ],
        all.iter().filter_map(|(name, _, taken)| {
            let taken = taken.as_ref()?;
            let speed = format!("{:.0}", size as f64 / 1e6 / taken.seconds);
            Some(vec![
                (*name).to_owned(),
                lines_a_second(LINES, taken),
                lines_a_cpu_second(LINES, taken),
                speed,
                memory(taken),
                times(node.seconds / taken.seconds),
                times(cpu(node) / cpu(taken)),
            ])
        }),
    );
    grow(page, &program, &folder)
}

/// With lines and with threads.
fn grow(page: &mut Page, program: &Path, folder: &Path) -> Outcome {
    let mut rows = Vec::new();
    for lines in [10_000, 100_000, LINES] {
        let jobs = write_jobs(folder, lines)?;
        for threads in if exists("taskset") {
            &[Some("0"), Some("0,1")][..]
        } else {
            &[None]
        } {
            for verb in ["check", "quote"] {
                let mut best = None;
                for _ in 0..ROUNDS {
                    keep_best(&mut best, run(&mut batch(program, verb, &jobs, *threads))?);
                }
                let taken = best.context("no round was run")?;
                let cores = threads.map_or_else(
                    || "all".to_owned(),
                    |list| list.split(',').count().to_string(),
                );
                rows.push(vec![
                    verb.to_owned(),
                    lines.to_string(),
                    cores,
                    lines_a_second(lines, &taken),
                    lines_a_cpu_second(lines, &taken),
                    memory(&taken),
                ]);
            }
        }
    }
    page.say("How it grows with lines and cores (the process bound to them):");
    page.table(
        &[
            "verb",
            "lines",
            "cores",
            "lines a second",
            "lines a second of processor",
            "peak memory",
        ],
        rows,
    );
    Ok(())
}

/// The examples in turn, one request a line.
fn write_jobs(folder: &Path, lines: usize) -> Outcome<PathBuf> {
    let path = folder.join(format!("jobs-{lines}.ndjson"));
    let mut good = Vec::new();
    let mut refused = Vec::new();
    for name in ["mini-video", "mini-image", "mini-frame"] {
        let text = fs::read(root().join(format!("examples/{name}.json")))?;
        let mut job: Map<String, Value> = serde_json::from_slice(&text)?;
        good.push(serde_json::to_string(&job)? + "\n");
        job.insert("duration".into(), 99.into());
        refused.push(serde_json::to_string(&job)? + "\n");
    }
    let mut file = BufWriter::new(File::create(&path)?);
    let turns = good.iter().cycle().zip(refused.iter().cycle());
    for (line, (good, refused)) in (1..=lines).zip(turns) {
        let is_refused = line % ONE_IN == 0;
        file.write_all(if is_refused { refused } else { good }.as_bytes())?;
    }
    file.flush()?;
    Ok(path)
}

fn batch(program: &Path, verb: &str, jobs: &Path, cores: Option<&str>) -> Command {
    let mut run = match cores {
        Some(cores) => {
            let mut bound = command("taskset");
            bound.args(["--cpu-list", cores]).arg(program);
            bound
        }
        None => command(program),
    };
    run.args([verb, "--ndjson", "--quiet"]).arg(jobs);
    if verb == "quote" {
        run.args(["--prices", "examples/prices.json"]);
    }
    run
}

fn node(suites: &Path, jobs: &Path) -> Outcome<Command> {
    let mut node = command("node");
    node.current_dir(suites).arg("bench/lines.js").arg(jobs);
    Ok(node)
}

/// Runs to the end; a batch that refuses a line ends with 1, which is no failure here.
fn run(command: &mut Command) -> Outcome<Taken> {
    let (start, before) = (Instant::now(), children());
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut kib = None;
    let done = loop {
        // The peak so far, which only a living process tells.
        kib = peak(&status).or(kib);
        match child.try_wait()? {
            Some(done) => break done,
            None => thread::sleep(Duration::from_millis(2)),
        }
    };
    if done.code().is_none_or(|code| code > 1) {
        bail!("{command:?} ended with {done}");
    }
    Ok(Taken {
        seconds: start.elapsed().as_secs_f64(),
        cpu: children()
            .zip(before)
            .map(|(after, before)| (after - before).max(TICK)),
        kib,
    })
}

/// What the system counts processors' time in.
const TICK: f64 = 0.01;

/// The processors' time of all programs that were run to their end.
fn children() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // After the name, which may hold blanks, the 14th and 15th.
    let fields = text.rsplit_once(')')?.1.split_whitespace().skip(13);
    let ticks: Option<Vec<f64>> = fields.take(2).map(|field| field.parse().ok()).collect();
    Some(ticks?.iter().sum::<f64>() * TICK)
}

fn peak(status: &Path) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

fn keep_best(best: &mut Option<Taken>, taken: Taken) {
    if best
        .as_ref()
        .is_none_or(|best| taken.seconds < best.seconds)
    {
        *best = Some(taken);
    }
}

fn lines_a_cpu_second(lines: usize, taken: &Taken) -> String {
    taken.cpu.map_or_else(
        || "unknown".into(),
        |cpu| format!("{:.2} million", lines as f64 / cpu / 1e6),
    )
}

fn lines_a_second(lines: usize, taken: &Taken) -> String {
    format!("{:.2} million", lines as f64 / taken.seconds / 1e6)
}

fn memory(taken: &Taken) -> String {
    taken.kib.map_or_else(
        || "unknown".into(),
        |kib| format!("{} MiB", kib.div_ceil(1 << 10)),
    )
}

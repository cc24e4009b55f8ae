//! The batch as people run it, the release binary on a file of lines, beside a Node script with JSON.parse and ajv on the same file.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::bail;
use serde_json::{Map, Value};

use super::page::{Page, times};
use crate::run::{Outcome, command, exists, root, seedance, target};
use crate::test::javascript;

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const ROUNDS: usize = 3;
/// Every so many lines one is refused, as in a producer's file.
const ONE_IN: usize = 20;

/// What a run took; not a number is what the system does not tell.
#[derive(Clone, Copy)]
struct Taken {
    seconds: f64,
    /// Of the processor's time; other programs do not add to it.
    cpu: f64,
    /// Peak resident memory.
    kib: f64,
}

pub fn measure(page: &mut Page) -> Outcome {
    let program = seedance()?;
    let suites = javascript::prepare()?;
    let folder = target().join("bench");
    fs::create_dir_all(&folder)?;
    page.say("## Batch");
    page.say(&format!(
        "Files of the seed's three examples in turn, one line in {ONE_IN} with an error; answers written to nowhere; best of {ROUNDS}, the rounds taking turns. \
         The Node script (`tests/js/bench/lines.js`) reads the same file in pieces, says which lines are valid and why not, and writes no reports; it uses one core."
    ));
    let bound: &[Option<&str>] = if exists("taskset") { &[None, Some("0")] } else { &[None] };
    let mut rows = Vec::new();
    for lines in SIZES {
        let jobs = write_jobs(&folder, lines)?;
        let mut node = command("node", "bench/lines.js");
        node.current_dir(&suites).arg(&jobs);
        let mut all = vec![("Node: JSON.parse + ajv".to_owned(), "1", node)];
        for (verb, cores) in
            ["check", "quote"].iter().flat_map(|verb| bound.iter().map(move |cores| (verb, cores)))
        {
            let many = if cores.is_some() { "1" } else { "all" };
            all.push((
                format!("`seedance {verb} --ndjson`"),
                many,
                batch(&program, verb, &jobs, *cores),
            ));
        }
        let mut best: Vec<Option<Taken>> = vec![None; all.len()];
        for _ in 0..ROUNDS {
            for ((.., command), best) in all.iter_mut().zip(&mut best) {
                let taken = run(command)?;
                if best.is_none_or(|best| taken.seconds < best.seconds) {
                    *best = Some(taken);
                }
            }
        }
        let taken: Vec<Taken> = best.into_iter().flatten().collect();
        let speed = |seconds: f64| format!("{:.2} million", lines as f64 / seconds / 1e6);
        for ((name, cores, _), it) in all.iter().zip(&taken) {
            let beside = |of: fn(&Taken) -> f64| times(taken.first().map_or(f64::NAN, of) / of(it));
            rows.push(vec![
                lines.to_string(),
                name.clone(),
                (*cores).to_owned(),
                speed(it.seconds),
                speed(it.cpu),
                format!("{:.0} MiB", it.kib / 1024.0),
                beside(|it| it.seconds),
                beside(|it| it.cpu),
            ]);
        }
    }
    page.table(
        &[
            "lines",
            "program",
            "cores",
            "lines a second",
            "lines a second of processor",
            "peak memory",
            "× Node's speed",
            "× Node's by processor",
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
            let mut bound = command("taskset", "--cpu-list");
            bound.arg(cores).arg(program);
            bound
        }
        None => command(program, ""),
    };
    run.args([verb, "--ndjson", "--quiet"]).arg(jobs);
    if verb == "quote" {
        run.args(["--prices", "examples/prices.json"]);
    }
    run
}

/// Runs to the end; a batch that refuses a line ends with 1, which is no failure here.
fn run(command: &mut Command) -> Outcome<Taken> {
    let (start, before) = (Instant::now(), children());
    let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = quiet.spawn()?;
    let status = format!("/proc/{}/status", child.id());
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
    let cpu = children().zip(before);
    Ok(Taken {
        seconds: start.elapsed().as_secs_f64(),
        cpu: cpu.map_or(f64::NAN, |(after, before)| (after - before).max(TICK)),
        kib: kib.unwrap_or(f64::NAN),
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

fn peak(status: &str) -> Option<f64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

//! The batch as people run it, the release binary on a file of lines, beside a Node script with JSON.parse and ajv on the same file.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{bail, ensure};
use serde_json::{Map, Value};

use super::page::{Page, times};
use crate::debian;
use crate::run::{Outcome, cargo, command, exists, output, root, target};
use crate::test::javascript;

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const ROUNDS: usize = 3;
/// Every so many lines one is refused, as in a producer's file.
const ONE_IN: usize = 20;

/// What a run took.
#[derive(Clone, Copy)]
struct Taken {
    seconds: f64,
    /// Of the processor's time; other programs do not add to it.
    cpu: f64,
    /// Peak resident memory.
    kib: f64,
}

pub fn measure(page: &mut Page) -> Outcome {
    debian::install("time")?;
    output(&mut cargo("build --quiet --release --package=seedance-preflight"))?;
    let program = target().join("release/seedance");
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
        let mut node = timed();
        node.args(["node", "bench/lines.js"]).current_dir(&suites).arg(&jobs);
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
    let mut run = timed();
    if let Some(cores) = cores {
        run.args(["taskset", "--cpu-list", cores]);
    }
    run.arg(program).args([verb, "--ndjson", "--quiet"]).arg(jobs);
    if verb == "quote" {
        run.args(["--prices", "examples/prices.json"]);
    }
    run
}

/// GNU time, which says at the end of standard error what a program took: seconds of the processor and peak memory in KiB.
fn timed() -> Command {
    let mut timed = command("/usr/bin/time", "--quiet --format");
    timed.arg("%U %S %M");
    timed
}

/// Runs to the end; a batch that refuses a line ends with 1, which is no failure here.
fn run(command: &mut Command) -> Outcome<Taken> {
    let start = Instant::now();
    let done = command.stdout(Stdio::null()).output()?;
    let seconds = start.elapsed().as_secs_f64();
    ensure!(
        done.status.code().is_some_and(|code| code <= 1),
        "{command:?} ended with {}",
        done.status
    );
    let said = String::from_utf8(done.stderr)?;
    let numbers = said.lines().next_back().unwrap_or_default().split(' ').map(str::parse);
    let numbers: Vec<f64> = numbers.collect::<Result<_, _>>()?;
    let [user, system, kib] = numbers[..] else { bail!("GNU time said {said}") };
    Ok(Taken { seconds, cpu: (user + system).max(TICK), kib })
}

/// What the system counts processors' time in.
const TICK: f64 = 0.01;

//! Batches as users run them: the release binary and a Node script with JSON.parse and ajv, on the same files of lines.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{bail, ensure};
use itertools::Itertools;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::install;
use crate::run::{Outcome, cargo, command, output, root, target};
use crate::test::javascript;

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const ROUNDS: usize = 3;
/// One line in this many is an invalid request.
const ONE_IN: usize = 20;

/// What a run cost.
#[derive(Clone, Copy, Serialize)]
struct Taken {
    seconds: f64,
    /// Processor seconds of this program alone, in user and system mode.
    cpu: f64,
    /// Peak resident memory.
    kib: f64,
}

/// A program on all cores or one, and its fastest run.
#[derive(Serialize)]
struct Program {
    name: String,
    cores: &'static str,
    #[serde(skip)]
    command: Command,
    #[serde(flatten)]
    best: Option<Taken>,
}

pub fn measure() -> Outcome<Value> {
    install::debian("time")?;
    output(&mut cargo("build --quiet --release --package=seedance-preflight"))?;
    let suites = javascript::prepare(&root().join("pkg"))?;
    let folder = target().join("bench");
    fs::create_dir_all(&folder)?;
    let mut files = Vec::new();
    for lines in SIZES {
        let jobs = write_jobs(&folder, lines)?;
        let mut node = timed();
        node.args(["node", "bench/lines.js"]).current_dir(&suites).arg(&jobs);
        let name = "Node: JSON.parse + ajv".to_owned();
        let mut programs = vec![Program { name, cores: "1", command: node, best: None }];
        for (verb, cores) in ["check", "quote"].into_iter().cartesian_product(["all", "1"]) {
            let name = format!("`seedance {verb} --ndjson`");
            let command = batch(verb, &jobs, cores);
            programs.push(Program { name, cores, command, best: None });
        }
        for _ in 0..ROUNDS {
            for Program { command, best, .. } in &mut programs {
                let taken = run(command)?;
                if best.is_none_or(|best| taken.seconds < best.seconds) {
                    *best = Some(taken);
                }
            }
        }
        files.push((lines, programs));
    }
    Ok(json!({ "one_in": ONE_IN, "rounds": ROUNDS, "files": files }))
}

/// Writes the examples in turn, one request per line.
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

fn batch(verb: &str, jobs: &Path, cores: &str) -> Command {
    let mut run = timed();
    if cores == "1" {
        run.args(["taskset", "--cpu-list", "0"]);
    }
    run.arg(target().join("release/seedance")).args([verb, "--ndjson", "--quiet"]).arg(jobs);
    if verb == "quote" {
        run.args(["--prices", "examples/prices.json"]);
    }
    run
}

/// GNU time, which ends standard error with the program's seconds in user and in system mode and its peak memory in KiB.
fn timed() -> Command {
    let mut timed = command("/usr/bin/time", "--quiet --format");
    timed.arg("%U %S %M");
    timed
}

/// Runs a program to its end. A batch with an invalid line ends with exit code 1, which is no failure here.
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

/// The system's unit of processor time, in seconds.
const TICK: f64 = 0.01;

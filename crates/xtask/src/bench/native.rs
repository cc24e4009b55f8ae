//! The core: its times beside its peers', and the instructions that its hot paths take.

use anyhow::{Context, ensure};
use serde::Serialize;
use serde_json::{Value, json};

use super::machine::version;
use crate::install;
use crate::run::{Outcome, cargo, command, output, target};

/// The hot paths of `crates/batch/examples/hot_paths.rs`, and what each does.
const PATHS: [(&str, &str); 5] = [
    ("typed-check", "`Request` → report"),
    ("text-check", "JSON text → report"),
    ("text-quote", "JSON text → report and quote"),
    ("batch-check", "a line of `check --ndjson`, in and out"),
    ("batch-quote", "a line of `quote --ndjson`, in and out"),
];
const CALLS: u64 = 1_000;

/// One benchmark in divan's output, with its times in nanoseconds.
#[derive(Debug, PartialEq, Serialize)]
struct Measured {
    /// Its place in the tree: `typed`, `seedance_check`, or `growth`, `images`, `10`.
    path: Vec<String>,
    fastest: f64,
    median: f64,
}

/// What `cargo bench -p seedance-core` measures.
pub fn times() -> Outcome<Value> {
    let text = output(&mut cargo("bench --quiet --package=seedance-core --bench=peers"))?;
    let all = read(&text);
    ensure!(all.len() > 10, "divan printed nothing that can be read:\n{text}");
    Ok(json!(all))
}

/// Reads divan's tree: `│  ├─ name   fastest │ slowest │ median │ mean │ samples │ iters`.
fn read(text: &str) -> Vec<Measured> {
    let mut path: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for line in text.lines() {
        let Some(at) = line.find("├─ ").or_else(|| line.find("╰─ ")) else {
            continue;
        };
        let depth = line[..at].chars().count() / 3;
        let cells = line[at..].trim_start_matches(['├', '╰', '─', ' ']);
        let mut cells = cells.split(" │");
        let first = cells.next().unwrap_or_default();
        let (name, fastest) = first.split_once(' ').unwrap_or((first, ""));
        path.truncate(depth);
        path.push(name.to_owned());
        let median = cells.nth(1).and_then(nanoseconds);
        if let Some((fastest, median)) = nanoseconds(fastest).zip(median) {
            let path = path.clone();
            all.push(Measured { path, fastest, median });
        }
    }
    all
}

fn nanoseconds(text: &str) -> Option<f64> {
    let (value, unit) = text.trim().split_once(' ')?;
    let factor = match unit {
        "ps" => 1e-3,
        "ns" => 1.0,
        "µs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        _ => return None,
    };
    Some(value.parse::<f64>().ok()? * factor)
}

/// The instructions of one more call: comparable even on a noisy machine.
pub fn instructions() -> Outcome<Value> {
    install::debian("valgrind")?;
    output(&mut cargo("build --quiet --release --package=seedance-batch --example=hot_paths"))?;
    let paths = PATHS.map(|(path, words)| -> Outcome<_> {
        Ok((words, (count(path, 2 * CALLS)? - count(path, CALLS)?) / CALLS))
    });
    let paths = paths.into_iter().collect::<Outcome<Vec<_>>>()?;
    Ok(json!({ "counter": version("valgrind")?, "calls": CALLS, "paths": paths }))
}

fn count(path: &str, calls: u64) -> Outcome<u64> {
    let mut valgrind = command("valgrind", "--tool=callgrind --callgrind-out-file=/dev/null");
    valgrind.arg(target().join("release/examples/hot_paths"));
    let said = output(valgrind.args([path, &calls.to_string()]))?;
    let line = said.lines().find_map(|line| line.split_once("Collected :"));
    let (_, number) =
        line.with_context(|| format!("callgrind did not say what it counted:\n{said}"))?;
    Ok(number.trim().parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divan_is_read() {
        let text = "\
peers                  fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ growth                            │               │               │               │         │
│  ╰─ images                         │               │               │               │         │
│     ├─ 1             1.5 µs        │ 2 µs          │ 1.6 µs        │ 1.7 µs        │ 100     │ 100
│     ╰─ 10            3.25 µs       │ 9 µs          │ 3.5 µs        │ 4 µs          │ 100     │ 100
╰─ typed                             │               │               │               │         │
   ╰─ seedance_check   64.5 ns       │ 90 ns         │ 70 ns         │ 71 ns         │ 100     │ 3200
";
        let measured = |path: &[&str], fastest, median| Measured {
            path: path.iter().map(|name| (*name).to_owned()).collect(),
            fastest,
            median,
        };
        assert_eq!(
            read(text),
            [
                measured(&["growth", "images", "1"], 1500.0, 1600.0),
                measured(&["growth", "images", "10"], 3250.0, 3500.0),
                measured(&["typed", "seedance_check"], 64.5, 70.0),
            ]
        );
    }
}

//! The core beside its peers, as `cargo bench -p seedance-core` measures it.

use anyhow::ensure;
use serde::Serialize;
use serde_json::{Value, json};

use crate::run::{Outcome, cargo, output};

/// One benchmark in divan's output, with its times in nanoseconds.
#[derive(Debug, PartialEq, Serialize)]
struct Measured {
    /// Its place in the tree: `typed`, `seedance_check`, or `growth`, `images`, `10`.
    path: Vec<String>,
    fastest: f64,
    median: f64,
}

pub fn measure() -> Outcome<Value> {
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

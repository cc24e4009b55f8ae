//! `cargo xtask bench`: measures the core, the batch and the package beside their peers, prints the figures and writes them to
//! `docs/performance.md` with the machine and the versions. The document's prose is in its template.

mod batch;
mod machine;
mod native;

use std::fs;

use anyhow::Context;
use minijinja::value::Serde;
use serde_json::{Map, Value};

use crate::run::{Outcome, command, output, root};
use crate::template::environment;
use crate::test::javascript;

/// A part's name in the template, its name for `--only`, and the function that measures it.
type Part = (&'static str, &'static str, fn() -> Outcome<Value>);

const PARTS: &[Part] = &[
    ("native", "native, beside serde_json and jsonschema", native::times),
    ("instructions", "instructions, counted by callgrind", native::instructions),
    ("batch", "batch, beside Node with JSON.parse and ajv", batch::measure),
    ("js", "the npm package, beside ajv, zod and valibot", npm_package),
];

/// Measures everything, prints it and writes the document; with `only`, just prints the parts whose name contains it.
pub fn run(only: Option<&str>) -> Outcome {
    let mut measured = Map::from_iter([("machine".to_owned(), machine::describe()?)]);
    for (part, name, measure) in PARTS {
        if only.is_none_or(|only| name.contains(only)) {
            eprintln!("…       {name}");
            let figures = measure().with_context(|| format!("cannot measure: {name}"))?;
            measured.insert((*part).to_owned(), figures);
        }
    }
    let text = document(&measured)?;
    print!("{text}");
    if only.is_some() {
        return Ok(());
    }
    let path = root().join("docs/performance.md");
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The times of the npm package and its peers in Node, in nanoseconds, in groups whose first entry the others are compared with,
/// and the bytes that a page loads.
fn npm_package() -> Outcome<Value> {
    let mut node = command("node", "bench/index.js");
    let text = output(node.current_dir(javascript::prepare(&root().join("pkg"))?))?;
    serde_json::from_str(&text).with_context(|| format!("bench/index.js printed\n{text}"))
}

fn document(measured: &Map<String, Value>) -> Outcome<String> {
    let mut templates = environment()?;
    templates.add_filter("time", time);
    templates.add_filter("times", times);
    Ok(templates.render_str(include_str!("performance.md.jinja"), Serde(measured))?)
}

/// A time in a fitting unit.
fn time(nanoseconds: f64) -> String {
    let (value, unit) = match nanoseconds {
        n if n < 1e3 => (n, "ns"),
        n if n < 1e6 => (n / 1e3, "µs"),
        n if n < 1e9 => (n / 1e6, "ms"),
        n => (n / 1e9, "s"),
    };
    let digits = match value {
        ..10.0 => 2,
        ..100.0 => 1,
        _ => 0,
    };
    format!("{value:.digits$} {unit}")
}

/// A ratio, such as `0.50 ×`.
fn times(ratio: f64) -> String {
    if ratio >= 10.0 { format!("{ratio:.0} ×") } else { format!("{ratio:.2} ×") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn figures_stand_beside_those_of_the_peers() -> Outcome {
        let figures = json!({
            "machine": [["processor", "one"]],
            "native": [
                { "path": ["typed", "peer"], "fastest": 50, "median": 60.0 },
                { "path": ["typed", "seedance_check"], "fastest": 200.0, "median": 210.0 },
                { "path": ["text", "seedance_report"], "fastest": 300.0, "median": 310.0 },
                { "path": ["growth", "images", "10"], "fastest": 2000.0, "median": 2000.0 },
            ],
            "batch": { "one_in": 20, "rounds": 3, "files": [[1000, [
                { "name": "Node", "cores": "1", "seconds": 0.01, "cpu": 0.02, "kib": 4096.0 },
                { "name": "ours", "cores": "all", "seconds": 0.001, "cpu": 0.001, "kib": 2048.0 },
            ]]] },
        });
        let text = document(&serde_json::from_value(figures)?)?;
        for line in [
            "| processor | one |",
            "| `peer` | 50.0 ns | 60.0 ns | 0.25 × |",
            "| `images` | 10 | 2.00 µs | 200 ns |",
            "| 1000 | ours | all | 1.00 million | 1.00 million | 2 MiB | 10 × | 20 × |",
        ] {
            assert!(text.lines().any(|other| other == line), "{line} is not in\n{text}");
        }
        assert!(text.contains("## Batch") && !text.contains("## The npm package"));
        Ok(())
    }

    #[test]
    fn times_have_a_fitting_unit() {
        assert_eq!(
            [18.04, 255.4, 2_100.0, 81_400_000.0, 3.2e9].map(time),
            ["18.0 ns", "255 ns", "2.10 µs", "81.4 ms", "3.20 s"]
        );
        assert_eq!([0.5, 12.4].map(times), ["0.50 ×", "12 ×"]);
    }
}

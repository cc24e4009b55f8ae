//! `cargo xtask bench-js`: the package beside its peers, and the same as a part of the wider run.

use anyhow::{Context, ensure};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::page::{Page, time, times};
use crate::run::{Outcome, command, output};
use crate::test::javascript;

const PROGRAM: &str = "bench/index.js";

pub fn run() -> Outcome {
    let mut node = command("node", PROGRAM);
    let done = node.current_dir(javascript::prepare()?).status()?;
    ensure!(done.success(), "the benchmark ended with {done}");
    Ok(())
}

/// What the program prints with `--json`.
#[derive(Deserialize)]
struct Measured {
    groups: Vec<Group>,
    bytes: u64,
}

/// Works that were measured in turns, in nanoseconds; the first is what the others stand beside.
#[derive(Deserialize)]
struct Group {
    title: String,
    times: Map<String, Value>,
}

pub fn measure(page: &mut Page) -> Outcome {
    let mut node = command("node", PROGRAM);
    node.current_dir(javascript::prepare()?).arg("--json");
    let text = output(&mut node)?;
    let measured: Measured =
        serde_json::from_str(&text).with_context(|| format!("{PROGRAM} printed\n{text}"))?;
    page.say("## The npm package");
    page.say(
        "`cargo xtask bench-js`, in Node. ajv, zod and valibot check the Mini route's rules, a part of ours, and do not word, \
         source or mend what they find.",
    );
    for Group { title, times: all } in measured.groups {
        let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
        let own = all.values().next().map_or(f64::NAN, number);
        let rows = all.iter().map(|(name, value)| {
            let value = number(value);
            vec![name.clone(), time(value), times(value / own)]
        });
        page.table(&[&title, "fastest", "beside the first"], rows);
    }
    page.say(&format!(
        "A page loads {} bytes before its first verdict, compressed by gzip.",
        measured.bytes
    ));
    Ok(())
}

//! `cargo xtask bench-js`: the npm package beside its peers. It is a part of `cargo xtask bench` as well.

use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::run::{Outcome, command, output};
use crate::test::javascript;

const PROGRAM: &str = "bench/index.js";

pub fn run() -> Outcome {
    let done = program()?.status()?;
    ensure!(done.success(), "the benchmark ended with {done}");
    Ok(())
}

/// The times of the package and its peers, in nanoseconds, in groups whose first entry the others are compared with, and the
/// bytes of a first load.
pub fn measure() -> Outcome<Value> {
    let text = output(program()?.arg("--json"))?;
    serde_json::from_str(&text).with_context(|| format!("{PROGRAM} printed\n{text}"))
}

fn program() -> Outcome<Command> {
    let mut node = command("node", PROGRAM);
    node.current_dir(javascript::prepare()?);
    Ok(node)
}

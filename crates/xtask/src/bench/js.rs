//! `cargo xtask bench-js`: the package beside its peers, and the same as a part of the wider run.

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

/// Groups of works that were measured in turns, in nanoseconds, the first of them what the others stand beside, and the bytes of a
/// first load.
pub fn measure() -> Outcome<Value> {
    let text = output(program()?.arg("--json"))?;
    serde_json::from_str(&text).with_context(|| format!("{PROGRAM} printed\n{text}"))
}

fn program() -> Outcome<Command> {
    let mut node = command("node", PROGRAM);
    node.current_dir(javascript::prepare()?);
    Ok(node)
}

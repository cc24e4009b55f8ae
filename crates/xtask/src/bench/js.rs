//! The npm package beside its peers, measured in Node.

use anyhow::Context;
use serde_json::Value;

use crate::run::{Outcome, command, output};
use crate::test::javascript;

const PROGRAM: &str = "bench/index.js";

/// The times of the package and its peers, in nanoseconds, in groups whose first entry the others are compared with, and the
/// bytes that a page loads.
pub fn measure() -> Outcome<Value> {
    let mut node = command("node", PROGRAM);
    let text = output(node.current_dir(javascript::prepare()?))?;
    serde_json::from_str(&text).with_context(|| format!("{PROGRAM} printed\n{text}"))
}

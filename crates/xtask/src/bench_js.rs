//! `cargo xtask bench-js`: the package beside its peers.

use anyhow::bail;

use crate::run::{Outcome, command, root};
use crate::test::javascript;

pub fn run() -> Outcome {
    let folder = javascript::prepare(&root().join("pkg"))?;
    let done = command("node")
        .current_dir(folder)
        .arg("bench/index.js")
        .status()?;
    if !done.success() {
        bail!("the benchmark ended with {done}");
    }
    Ok(())
}

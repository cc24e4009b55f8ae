//! The examples that need an engine of their own: Apache Spark, workerd.

use crate::npm;
use crate::python;
use crate::run::{Outcome, command, exists, output, root, seedance};

/// `examples/spark`: the batch over partitions, against the single machine's answers.
pub fn spark() -> Outcome<String> {
    let folder = root().join("examples/spark");
    let programs = python::programs(&folder)?;
    if !exists("java") {
        anyhow::bail!("Spark needs Java 17 or later on the PATH");
    }
    output(
        command(programs.join("python"))
            .arg(folder.join("test_batch.py"))
            .env("SEEDANCE", seedance()?),
    )
}

/// `examples/edge`: the Worker in workerd, in front of an API on loopback.
pub fn edge() -> Outcome<String> {
    let modules = root().join("tests/js");
    npm::install(&modules)?;
    let mut test = command("node");
    test.args([
        "--test",
        "--test-reporter=tap",
        "examples/edge/edge.test.js",
    ]);
    test.env("SEEDANCE", seedance()?)
        .env("WORKERD", modules.join("node_modules/.bin/workerd"));
    output(&mut test)
}

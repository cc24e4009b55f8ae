//! The examples that need an engine of their own: Apache Spark, workerd.

use crate::npm;
use crate::run::{Outcome, command, exists, output, root, seedance};

/// `examples/spark`: the batch over partitions, against the single machine's answers.
pub fn spark() -> Outcome<String> {
    let folder = root().join("examples/spark");
    let environment = root().join("target/spark");
    if !environment.join("bin/python").exists() {
        output(command("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    let python = environment.join("bin/python");
    output(
        command(&python)
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(folder.join("requirements.txt")),
    )?;
    if !exists("java") {
        anyhow::bail!("Spark needs Java 17 or later on the PATH");
    }
    output(
        command(&python)
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

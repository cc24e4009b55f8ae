//! `cargo xtask bench-js`: the package beside its peers, and the same as a part of the wider run.

use anyhow::{Context, bail};
use serde::Deserialize;

use super::page::{Page, time, times};
use crate::run::{Outcome, command, output, root};
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

/// What `bench/index.js --json` prints.
#[derive(Deserialize)]
struct Measured {
    groups: Vec<Group>,
    bytes: u64,
}

/// Works that were measured in turns; the first is what the others stand beside.
#[derive(Deserialize)]
struct Group {
    title: String,
    /// Nanoseconds.
    times: serde_json::Map<String, serde_json::Value>,
}

pub fn measure(page: &mut Page) -> Outcome {
    let folder = javascript::prepare(&root().join("pkg"))?;
    let text = output(
        command("node")
            .current_dir(folder)
            .args(["bench/index.js", "--json"]),
    )?;
    let measured: Measured =
        serde_json::from_str(&text).with_context(|| format!("bench/index.js printed\n{text}"))?;
    page.say("## The npm package");
    page.say(
        "`cargo xtask bench-js`, in Node. ajv, zod and valibot check the Mini route's rules, a part of ours, and do not word, \
         source or mend what they find.",
    );
    for Group { title, times: all } in measured.groups {
        let own = all
            .values()
            .next()
            .and_then(serde_json::Value::as_f64)
            .unwrap_or(f64::NAN);
        let rows = all.iter().map(|(name, value)| {
            let value = value.as_f64().unwrap_or(f64::NAN);
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

//! The machine of a measurement: its processor, system and versions, but nothing that identifies it.

use std::env::consts::ARCH;
use std::fs;

use anyhow::Context;
use serde_json::{Value, json};

use crate::run::{Outcome, command, output, root};

/// The crates that the core is compared with, and those that measure.
const CRATES: [&str; 4] = ["serde_json", "jsonschema", "divan", "serde"];
/// The npm packages that ours is compared with.
const PACKAGES: [&str; 3] = ["ajv", "zod", "valibot"];

/// The facts, each with its name.
pub fn describe() -> Outcome<Value> {
    let cores = std::thread::available_parallelism()?;
    let processor = behind("model name\t:", "/proc/cpuinfo").unwrap_or(ARCH.into());
    let kib: f64 = behind("MemTotal:", "/proc/meminfo")?.trim_end_matches(" kB").parse()?;
    let crates = CRATES.map(|name| -> Outcome<_> {
        let locked = behind(&format!("name = \"{name}\"\nversion ="), "Cargo.lock")?;
        Ok(format!("{name} {locked}"))
    });
    let packages = PACKAGES.map(|name| -> Outcome<_> {
        let version = behind(&format!("\"{name}\":"), "tests/js/package.json")?;
        Ok(format!("{name} {version}"))
    });
    Ok(json!([
        ("processor", format!("{processor}, {cores} cores")),
        ("memory", format!("{:.0} GiB", kib / (1 << 20) as f64)),
        ("system", behind("PRETTY_NAME=", "/etc/os-release")?),
        ("rustc", version("rustc")?),
        ("node", version("node")?),
        ("crates", crates.into_iter().collect::<Outcome<Vec<_>>>()?.join(", ")),
        ("npm packages", packages.into_iter().collect::<Outcome<Vec<_>>>()?.join(", ")),
    ]))
}

/// What a program says its version is.
pub fn version(program: &str) -> Outcome<String> {
    Ok(output(&mut command(program, "--version"))?.trim().to_owned())
}

/// The rest of the line behind the first `start` in a file, without quotes.
fn behind(start: &str, path: &str) -> Outcome<String> {
    let text = fs::read_to_string(root().join(path))?;
    let rest = text.split_once(start).and_then(|(_, rest)| rest.lines().next());
    let rest = rest.with_context(|| format!("there is no `{start}` in {path}"))?;
    Ok(rest.trim().trim_matches(['"', ',']).to_owned())
}

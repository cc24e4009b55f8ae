//! The machine of a measurement: its processor, system and versions, but nothing that identifies it.

use std::env::consts::{ARCH, OS};
use std::fs;

use serde_json::{Value, json};

use crate::run::{Outcome, command, output, root};

/// The crates that the core is compared with, and those that measure.
const CRATES: [&str; 4] = ["serde_json", "jsonschema", "divan", "serde"];
/// The npm packages that ours is compared with.
const PACKAGES: [&str; 3] = ["ajv", "zod", "valibot"];

/// The facts, each with its name.
pub fn describe() -> Outcome<Value> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = field("/proc/cpuinfo", "model name", ':').unwrap_or(ARCH.to_owned());
    let memory = field("/proc/meminfo", "MemTotal", ':').unwrap_or_default();
    let gib = memory.trim_end_matches(" kB").parse::<f64>();
    let system = field("/etc/os-release", "PRETTY_NAME", '=').unwrap_or(OS.to_owned());
    Ok(json!([
        ("processor", format!("{processor}, {cores} cores")),
        (
            "memory",
            gib.map_or("unknown".into(), |kib| format!("{:.0} GiB", kib / (1 << 20) as f64)),
        ),
        ("system", system.trim_matches('"').to_owned()),
        ("rustc", version("rustc")),
        ("node", version("node")),
        ("crates", locked()?.join(", ")),
        ("npm packages", installed()?.join(", ")),
    ]))
}

/// What a program says its version is.
pub fn version(program: &str) -> String {
    let said = output(&mut command(program, "--version"));
    said.map_or_else(|_| "not there".into(), |text| text.trim().to_owned())
}

/// The value in a file's first line that begins with `name`, behind `sign`.
fn field(path: &str, name: &str, sign: char) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(sign)?.1.trim().to_owned())
}

fn locked() -> Outcome<Vec<String>> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let found = CRATES.iter().filter_map(|name| {
        let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
        Some(format!("{name} {}", rest.split('"').next()?))
    });
    Ok(found.collect())
}

fn installed() -> Outcome<Vec<String>> {
    let manifest = fs::read_to_string(root().join("tests/js/package.json"))?;
    let manifest: Value = serde_json::from_str(&manifest)?;
    let found = PACKAGES.iter().filter_map(|name| {
        let version = manifest.get("devDependencies")?.get(*name)?.as_str()?;
        Some(format!("{name} {version}"))
    });
    Ok(found.collect())
}

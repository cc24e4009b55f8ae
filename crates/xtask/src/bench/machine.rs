//! What was measured on: the processor, the system and the versions; nothing that names the machine.

use std::fs;

use serde_json::Value;

use super::page::Page;
use crate::run::{Outcome, command, exists, output, root};

/// The crates that stand beside the core, and the measuring ones.
const CRATES: [&str; 4] = ["serde_json", "jsonschema", "divan", "serde"];
/// The npm packages that stand beside ours.
const PACKAGES: [&str; 3] = ["ajv", "zod", "valibot"];

pub fn describe(page: &mut Page) -> Outcome {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor =
        field("/proc/cpuinfo", "model name", ':').unwrap_or_else(|| std::env::consts::ARCH.into());
    let memory = field("/proc/meminfo", "MemTotal", ':')
        .and_then(|text| text.trim_end_matches(" kB").parse::<u64>().ok());
    let system =
        field("/etc/os-release", "PRETTY_NAME", '=').unwrap_or_else(|| std::env::consts::OS.into());
    let mut rows = vec![
        vec![
            "processor".to_owned(),
            format!("{processor}, {cores} cores"),
        ],
        vec!["system".to_owned(), system.trim_matches('"').to_owned()],
        vec!["rustc".to_owned(), version("rustc")],
        vec!["node".to_owned(), version("node")],
        vec!["crates".to_owned(), locked()?.join(", ")],
        vec!["npm packages".to_owned(), installed()?.join(", ")],
    ];
    if let Some(memory) = memory {
        rows.insert(
            1,
            vec![
                "memory".to_owned(),
                format!("{} GiB", (memory + (1 << 19)) >> 20),
            ],
        );
    }
    page.table(&["", ""], rows);
    Ok(())
}

/// A program's own word for its version.
pub fn version(program: &str) -> String {
    if !exists(program) {
        return "not there".into();
    }
    output(command(program).arg("--version"))
        .map_or_else(|_| "unknown".into(), |text| text.trim().to_owned())
}

/// The value of a `NAME: value` line of a file.
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

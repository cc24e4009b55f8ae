//! What the package is built from, as one digest that is kept inside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::run::{Outcome, cargo, output, root};

const KEPT: &str = "build.json";

/// Fails when a folder's package was built from other sources than the tree's.
pub fn check(package: &Path) -> Outcome {
    let path = package.join(KEPT);
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let kept: Value = serde_json::from_str(&text)?;
    ensure!(
        kept.get("inputs") == Some(&Value::from(current()?)),
        "{} was built from other sources than the tree's: run `cargo xtask wasm`",
        package.display()
    );
    Ok(())
}

/// Writes the digest, and what compiled it, beside the modules.
pub fn write(package: &Path, inputs: &str, compiler: &str) -> Outcome {
    let kept = json!({ "inputs": inputs, "compiler": compiler });
    Ok(fs::write(package.join(KEPT), format!("{kept:#}\n"))?)
}

/// The digest of the tree: the crates' sources, the versions and features of what they stand on, the profile, the tools.
pub fn current() -> Outcome<String> {
    let root = root();
    let mut files = vec![PathBuf::from("crates/xtask/npm/package-lock.json")];
    for folder in [
        "crates/batch",
        "crates/core",
        "crates/ledger",
        "crates/wasm",
        "crates/wasm-ledger",
        "crates/xtask/src/wasm",
    ] {
        collect(&root, Path::new(folder), &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    let mut add = |name: &str, content: &[u8]| {
        for part in [name.as_bytes(), content] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
    };
    for file in files {
        add(&file.to_string_lossy(), &fs::read(root.join(&file))?);
    }
    let manifest = fs::read_to_string(root.join("Cargo.toml"))?;
    add("dependencies", dependencies()?.as_bytes());
    add("profiles", profiles(&manifest).as_bytes());
    Ok(format!("{:x}", digest.finalize()))
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> Outcome {
    for entry in fs::read_dir(root.join(folder))? {
        let name = entry?.file_name();
        let (path, name) = (folder.join(&name), name.to_string_lossy());
        // What only tests, examples and benchmarks use is not in the module.
        if ["tests", "tests.rs", "benches", "examples"].contains(&&*name) {
            continue;
        }
        if root.join(&path).is_dir() {
            collect(root, &path, files)?;
        } else if [".rs", ".toml", ".js"].iter().any(|end| name.ends_with(end)) {
            files.push(path);
        }
    }
    Ok(())
}

/// Every crate in the modules with its version and features, without the paths of this machine.
fn dependencies() -> Outcome<String> {
    let mut tree = cargo(
        "tree --quiet --locked --package=seedance-wasm --package=seedance-wasm-ledger --target=wasm32-unknown-unknown \
         --edges=normal,build --prefix=none --no-dedupe",
    );
    let tree = output(tree.arg("--format={p} {f}"))?;
    let mut lines: Vec<String> = tree.lines().map(without_path).collect();
    lines.sort();
    lines.dedup();
    Ok(lines.join("\n"))
}

fn without_path(line: &str) -> String {
    match line.split_once(" (/") {
        Some((package, rest)) => {
            package.to_owned() + rest.split_once(')').map_or("", |(_, rest)| rest)
        }
        None => line.to_owned(),
    }
}

/// The sections of the workspace's manifest that say how to compile.
fn profiles(manifest: &str) -> String {
    let mut inside = false;
    let kept = manifest.lines().filter(|line| {
        if line.starts_with('[') {
            inside = line.starts_with("[profile");
        }
        inside
    });
    kept.collect::<Vec<_>>().join("\n")
}

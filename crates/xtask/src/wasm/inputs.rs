//! What the package is built from, as one digest that is kept inside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use itertools::Itertools;
use quote::ToTokens;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::modules::is_for_tests;
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

/// The digest of the tree: the crates' sources, the versions and features of what they stand on, the manifest
/// with its profiles, the tools.
pub fn current() -> Outcome<String> {
    let root = root();
    let mut files =
        ["Cargo.toml", "crates/xtask/npm/package-lock.json"].map(PathBuf::from).to_vec();
    for folder in [
        "crates/batch",
        "crates/core",
        "crates/ledger",
        "crates/wasm",
        "crates/wasm-ledger",
        "crates/xtask/src/bin",
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
        let mut content = fs::read_to_string(root.join(&file))?;
        if file.extension().is_some_and(|end| end == "rs") {
            content = compiled(&content)
                .with_context(|| format!("cannot understand {}", file.display()))?;
        }
        add(&file.to_string_lossy(), content.as_bytes());
    }
    add("dependencies", dependencies()?.as_bytes());
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

/// What of a Rust file comes into a module: no comment, no test, and nothing of how it is laid out.
fn compiled(text: &str) -> Outcome<String> {
    // What documents is a comment to a reader and a token to the compiler, in macros too.
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).join("\n");
    let mut file = syn::parse_file(&code)?;
    file.items.retain(|item| !is_for_tests(item));
    Ok(file.into_token_stream().to_string())
}

/// Every crate in the modules with its version and features, without the paths of this machine.
fn dependencies() -> Outcome<String> {
    let mut tree = cargo(
        "tree --quiet --locked --package=seedance-wasm --package=seedance-wasm-ledger --target=wasm32-unknown-unknown \
         --edges=normal,build --prefix=none --no-dedupe",
    );
    let tree = output(tree.arg("--format={p} {f}"))?;
    let tree = tree.replace(&root().display().to_string(), "");
    Ok(tree.lines().sorted().dedup().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_compiled_into_a_module_is_no_input() -> Outcome {
        let plain = compiled("const A: [u8; 1] = [1];\nmod b { fn c() {} }")?;
        let commented = "//! About it.\n\n/// A number.\n/// In a list.\nconst A: [u8; 1] = [ /* one */ 1 ];\n\
                         mod b {\n    //! Inside.\n    // Why.\n    fn c() {}\n}\n#[cfg(test)]\nmod tests { fn d() {} }";
        assert_eq!(compiled(commented)?, plain);
        for other in ["const A: [u8; 1] = [2];", "#[inline] const A: [u8; 1] = [1];"] {
            assert_ne!(compiled(&format!("{other} mod b {{ fn c() {{}} }}"))?, plain);
        }
        Ok(())
    }
}

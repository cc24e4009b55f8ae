//! A digest of everything that the package is built from, kept inside the package.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::modules::is_for_tests;
use crate::run::{Outcome, cargo, output, root};

const KEPT: &str = "build.json";

/// Fails if a folder's package was built from other sources than the tree's.
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

/// Writes the digest and the compiler's version beside the modules.
pub fn write(package: &Path, inputs: &str, compiler: &str) -> Outcome {
    let kept = json!({ "inputs": inputs, "compiler": compiler });
    Ok(fs::write(package.join(KEPT), format!("{kept:#}\n"))?)
}

/// The tree's digest: the crates' sources, the versions and features of their dependencies, the profiles, the build tools.
pub fn current() -> Outcome<String> {
    let root = root();
    let mut files = vec![PathBuf::from("crates/xtask/npm/package-lock.json")];
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

/// The part of a Rust file that is compiled into a module: no comments, no tests, no formatting.
fn compiled(text: &str) -> Outcome<String> {
    let mut file = syn::parse_file(text)?;
    file.items.retain(|item| !is_for_tests(item));
    Ok(without_docs(file.into_token_stream()).to_string())
}

/// Removes the attributes `#[doc = …]` and `#![doc = …]`, which documentation comments become.
fn without_docs(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            kept.push(token);
            continue;
        };
        let is_mark = |token: &mut TokenTree| ["#", "!"].contains(&&*token.to_string());
        let is_attribute =
            group.delimiter() == Delimiter::Bracket && kept.last_mut().is_some_and(is_mark);
        let inner = without_docs(group.stream());
        if is_attribute && group.stream().to_string().starts_with("doc =") {
            while kept.pop_if(is_mark).is_some() {}
        } else {
            kept.push(Group::new(group.delimiter(), inner).into());
        }
    }
    kept.into_iter().collect()
}

/// Every crate in the modules with its version and features, without this machine's paths.
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

/// The sections of the workspace's manifest that say how the package is compiled: its profile, and the profile it inherits from.
fn profiles(manifest: &str) -> String {
    let mut inside = false;
    let kept = manifest.lines().filter(|line| {
        if line.starts_with('[') {
            let profiles = ["[profile.release", "[profile.wasm"];
            inside = profiles.iter().any(|profile| line.starts_with(profile));
        }
        inside
    });
    kept.collect::<Vec<_>>().join("\n")
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

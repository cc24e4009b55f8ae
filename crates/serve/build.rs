//! Embeds the page (`www`), the package (`pkg`, under `/pkg/`) and the door (`assets`, under `/companion/`) into the crate.
//!
//! Writes one Rust file: a table of `(path, media type, bytes)`, sorted by path.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The file types that browsers ask for, with their media types. Sources, type declarations and package manifests are left out.
const SERVED: [(&str, &str); 7] = [
    ("css", "text/css; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
];
const PASSED_OVER: [&str; 4] = ["node_modules", "package.json", "package-lock.json", "test"];
/// The package's files that the page loads.
const PACKAGE: [&str; 5] = ["check.js", "check.wasm", "ledger.js", "ledger.wasm", "table.js"];

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let home = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut rows = Vec::new();
    for (folder, prefix) in [("www", ""), ("pkg", "/pkg"), ("assets", "/companion")] {
        // The first two are links in the repository, and folders in the published crate.
        let folder = home.join(folder).canonicalize()?;
        println!("cargo::rerun-if-changed={}", folder.display());
        collect(&folder, prefix, &mut rows)?;
    }
    rows.sort();
    fs::write(out.join("files.rs"), format!("&[{}]", rows.concat()))?;
    Ok(())
}

fn collect(folder: &Path, prefix: &str, rows: &mut Vec<String>) -> Outcome {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or(".");
        let is_unused = prefix == "/pkg" && !PACKAGE.contains(&name);
        if name.starts_with('.') || PASSED_OVER.contains(&name) || is_unused {
            continue;
        }
        let address = format!("{prefix}/{name}");
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if path.is_dir() {
            collect(&path, &address, rows)?;
        } else if let Some((_, media_type)) = SERVED.iter().find(|(known, _)| *known == ending) {
            let file = path.canonicalize()?;
            rows.push(format!("({address:?}, {media_type:?}, include_bytes!({file:?})),\n"));
        }
    }
    Ok(())
}

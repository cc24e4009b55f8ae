//! Embeds the page (`www`), the package (`pkg`, under `/pkg/`) and the door (`assets`, under `/companion/`) into the crate.
//!
//! Writes one Rust file: a table of `(path, media type, bytes)`, sorted by path.

use std::error::Error;
use std::fmt::Write as _;
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
const PASSED_OVER: [&str; 7] = [
    "node_modules",
    "package.json",
    "package-lock.json",
    "test",
    // Variants of the package for hosts without files.
    "bytes.js",
    "inline.js",
    "ledger-inline.js",
];

/// Address, media type, and the path of the file.
type File = (String, &'static str, PathBuf);
type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let home = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut files: Vec<File> = Vec::new();
    for (folder, prefix) in [("www", ""), ("pkg", "/pkg"), ("assets", "/companion")] {
        // The first two are links in the repository, and folders in the published crate.
        let folder = home.join(folder).canonicalize()?;
        println!("cargo::rerun-if-changed={}", folder.display());
        collect(&folder, prefix, &mut files)?;
    }
    files.sort();
    let mut table = String::new();
    for (path, media_type, file) in files {
        writeln!(table, "({path:?}, {media_type:?}, include_bytes!({file:?})),")?;
    }
    fs::write(out.join("files.rs"), format!("&[{table}]"))?;
    Ok(())
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) -> Outcome {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or(".").to_owned();
        if name.starts_with('.') || PASSED_OVER.contains(&name.as_str()) {
            continue;
        }
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let address = format!("{prefix}/{name}");
        if path.is_dir() {
            collect(&path, &address, files)?;
        } else if let Some((_, media_type)) = SERVED.into_iter().find(|(known, _)| *known == ending)
        {
            files.push((address, media_type, path.canonicalize()?));
        }
    }
    Ok(())
}

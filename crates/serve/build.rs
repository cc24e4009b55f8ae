//! Embeds the page (`www`) and the package (`pkg`, under `/pkg/`) into the crate, compressed where that helps.
//!
//! Writes one Rust file: a table of `(path, bytes, bytes in gzip or none)`, sorted by path.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

/// What a browser asks for; sources, types and manifests stay at home.
const SERVED: [&str; 11] = [
    "css", "html", "ico", "js", "json", "mjs", "png", "svg", "txt", "wasm", "webp",
];
/// Packed already.
const NOT_COMPRESSED: [&str; 2] = ["png", "webp"];
const PASSED_OVER: [&str; 6] = [
    "node_modules",
    "package.json",
    "package-lock.json",
    "test",
    // The core as a script, for hosts without files.
    "bytes.js",
    "inline.js",
];

fn main() {
    let home = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("../..");
    let out = PathBuf::from(variable("OUT_DIR"));
    let mut files = Vec::new();
    for (folder, prefix) in [("www", ""), ("pkg", "/pkg")] {
        let folder = home.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        collect(&folder, prefix, &mut files);
    }
    files.sort();
    let table = files
        .iter()
        .enumerate()
        .fold(String::new(), |mut table, (index, (path, file))| {
            let gzip = compressed(file).map_or("None".to_owned(), |bytes| {
                let name = format!("{index}.gz");
                fs::write(out.join(&name), bytes).expect("the build's own folder takes files");
                format!("Some(include_bytes!({:?}))", out.join(name))
            });
            writeln!(table, "({path:?}, include_bytes!({file:?}), {gzip}),")
                .expect("a string takes text");
            table
        });
    fs::write(out.join("files.rs"), format!("&[{table}]"))
        .expect("the build's own folder takes files");
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("the folder can be listed").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or(".")
            .to_owned();
        if name.starts_with('.') || PASSED_OVER.contains(&name.as_str()) {
            continue;
        }
        let address = format!("{prefix}/{name}");
        if path.is_dir() {
            collect(&path, &address, files);
        } else if SERVED.contains(&extension(&path)) {
            files.push((address, path.canonicalize().expect("the file is there")));
        }
    }
}

fn compressed(file: &Path) -> Option<Vec<u8>> {
    if NOT_COMPRESSED.contains(&extension(file)) {
        return None;
    }
    let bytes = fs::read(file).expect("the file can be read");
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes).expect("memory takes bytes");
    Some(encoder.finish().expect("memory takes bytes")).filter(|gzip| gzip.len() < bytes.len())
}

fn extension(path: &Path) -> &str {
    path.extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
}

fn variable(name: &str) -> String {
    std::env::var(name).expect("cargo sets it")
}

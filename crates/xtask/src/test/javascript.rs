//! The JavaScript suites: node's test runner, over the package as npm installs it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;

use crate::run::{Outcome, cargo, command, output, root};
use crate::{debian, npm, python, wasm};

/// The suites over the package as it is in git.
pub fn committed() -> Outcome<String> {
    suites(&root().join("pkg"))
}

/// The same suites over a package built just now, unless it is the very same package, which has been through them.
pub fn rebuilt() -> Outcome<String> {
    let committed = root().join("pkg");
    let folder = root().join("target/webassembly/pkg");
    let _ = fs::remove_dir_all(&folder);
    copy(&committed, &folder)?;
    wasm::run(Some(&folder), false)?;
    if are_equal(&committed, &folder)? {
        return Ok("measured: byte for byte the package in git, whose suites ran before".into());
    }
    suites(&folder)
}

/// The package in the tools that people build and test with.
pub fn environments() -> Outcome<String> {
    let folder = root().join("tests/environments");
    npm::install(&folder)?;
    let tarball = pack(
        &root().join("pkg"),
        &root().join("tests/output/environments"),
    )?;
    // Some of them do not follow a link out of their folder.
    let installed = folder.join("node_modules/seedance-preflight");
    let _ = fs::remove_dir_all(&installed);
    fs::create_dir_all(&installed)?;
    output(
        command("tar")
            .args(["--extract", "--gzip", "--strip-components=1", "--file"])
            .arg(&tarball)
            .arg("--directory")
            .arg(&installed),
    )?;
    run(&folder)
}

/// What is generated for other programs, in the programs that read it.
pub fn openapi() -> Outcome<String> {
    let folder = root().join("tests/openapi");
    npm::install(&folder)?;
    let programs = python::programs(&folder)?;
    output(suite(&folder)?.env("SEEDANCE_PYTHON", programs))
}

/// The page, driven in Chromium.
pub fn page() -> Outcome<String> {
    debian::install(&["chromium", "fonts-noto-cjk", "openssl"])?;
    // The native core that the page is compared with, and the companion that it is driven behind.
    output(&mut cargo([
        "build",
        "--quiet",
        "--package=seedance-preflight",
    ]))?;
    let folder = root().join("tests/page");
    npm::install(&folder)?;
    run(&folder)
}

fn suites(package: &Path) -> Outcome<String> {
    debian::install(&["chromium"])?;
    let folder = prepare(package)?;
    native()?;
    run(&folder)
}

/// Builds the command line and the native answers that the suites compare with.
pub fn native() -> Outcome {
    output(&mut cargo([
        "build",
        "--quiet",
        "--package=seedance-preflight",
    ]))?;
    output(&mut cargo([
        "build",
        "--quiet",
        "--release",
        "--package=seedance-wasm",
        "--example=native",
    ]))
    .map(drop)
}

/// The suites' folder, with what they need and the package installed.
pub fn prepare(package: &Path) -> Outcome<PathBuf> {
    let folder = root().join("tests/js");
    npm::install(&folder)?;
    install_tarball(package, &folder)?;
    Ok(folder)
}

/// Packs the package as npm publishes it, installs the tarball, and links what was installed into the suites' modules.
fn install_tarball(package: &Path, suites: &Path) -> Outcome {
    let consumer = root().join("tests/output/consumer");
    let tarball = pack(package, &consumer)?;
    fs::write(
        consumer.join("package.json"),
        "{ \"name\": \"consumer\", \"private\": true }\n",
    )?;
    output(
        npm::npm(&consumer)?
            .args(["install", "--offline", "--no-audit", "--no-fund"])
            .arg(&tarball),
    )?;
    let link = suites.join("node_modules/seedance-preflight");
    let _ = fs::remove_file(&link);
    symlink(consumer.join("node_modules/seedance-preflight"), &link)
        .context("cannot link the installed package")
}

/// Packs the package as npm publishes it, into a folder that is made anew for it.
pub fn pack(package: &Path, folder: &Path) -> Outcome<PathBuf> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder)?;
    output(
        npm::npm(package)?
            .args(["pack", "--silent", "--pack-destination"])
            .arg(folder),
    )?;
    let files = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path());
    files
        .into_iter()
        .find(|path| path.extension().is_some_and(|end| end == "tgz"))
        .context("npm pack wrote no tarball")
}

fn run(folder: &Path) -> Outcome<String> {
    output(&mut suite(folder)?)
}

/// Node's test runner over the suites of a folder.
fn suite(folder: &Path) -> Outcome<Command> {
    let mut files: Vec<_> = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.file_name())
        .collect();
    files.retain(|name| name.to_string_lossy().ends_with(".test.js"));
    files.sort();
    let mut node = command("node");
    node.current_dir(folder)
        .args(["--test", "--test-reporter=tap"])
        .args(files);
    Ok(node)
}

/// Whether two folders have the same files; source maps name their sources as seen from their folder, and are not looked at.
fn are_equal(one: &Path, other: &Path) -> Outcome<bool> {
    let mut compare = command("diff");
    let status = compare
        .args(["--recursive", "--brief", "--exclude=*.map"])
        .args([one, other])
        .stdout(Stdio::null())
        .status()?;
    Ok(status.success())
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

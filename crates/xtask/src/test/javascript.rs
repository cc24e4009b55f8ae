//! JavaScript: node's test runner over the package as npm installs it, and what is said of the sources without running them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Outcome, command, optimised, output, root, seedance};
use crate::{debian, npm, python, wasm};

/// The package, what is bundled into it, its suites and the example that uses it; the page has scripts of its own.
const FORMATTED: &str = "--check pkg/*.{js,ts} crates/wasm/js/*.js tests/js/**/*.{js,ts} tests/environments/**/*.{js,cts} \
                         tests/openapi/*.js examples/edge/*.js";

/// prettier over what is written by hand.
pub fn formatted() -> Outcome<String> {
    output(&mut npm::tool("tests/js", "prettier", FORMATTED)?)
}

/// tsc over the same JavaScript, with the package's own types.
pub fn typed() -> Outcome<String> {
    output(&mut npm::tool("tests/js", "tsc", "--project tests/js")?)
}

/// publint, and "Are the types wrong?" as users of both kinds of modules see them, over the tarball.
pub fn packed() -> Outcome<String> {
    let tarball = pack(&root().join("pkg"))?;
    output(npm::tool("tests/js", "publint", "run --strict")?.arg(&tarball))?;
    // Only the entries that Node and Jest `require` are for CommonJS, and tests/js/types compiles a program that does.
    let words = "--profile=node16 --ignore-rules=cjs-resolves-to-esm --no-color";
    output(npm::tool("tests/js", "attw", words)?.arg(&tarball))
}

/// The page's own scripts for its formatting and its types.
pub fn page_sources() -> Outcome<String> {
    let folder = root().join("tests/page");
    npm::install(&folder)?;
    output(&mut npm::npm(&folder, "run --silent format:check")?)?;
    output(&mut npm::npm(&folder, "run --silent typecheck")?)
}

/// The suites over the package as it is in git.
pub fn committed() -> Outcome<String> {
    suites(&root().join("pkg"))
}

/// The same suites over a package built just now, unless it is the very same package, which has been through them.
pub fn rebuilt() -> Outcome<String> {
    let committed = root().join("pkg");
    let folder = root().join("target/webassembly/pkg");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(root().join("target/webassembly"))?;
    output(command("cp", "--recursive").args([&committed, &folder]))?;
    wasm::run(Some(&folder))?;
    // Source maps name their sources as seen from their folder.
    let mut compare = command("diff", "--recursive --brief --exclude=*.map");
    if output(compare.args([&committed, &folder])).is_ok() {
        return Ok("measured: byte for byte the package in git, whose suites ran before".into());
    }
    suites(&folder)
}

/// The package in the tools that people build and test with.
pub fn environments() -> Outcome<String> {
    let folder = root().join("tests/environments");
    install(&root().join("pkg"), &folder)?;
    suite(&folder, |_| {})
}

/// What is generated for other programs, in the programs that read it.
pub fn openapi() -> Outcome<String> {
    let folder = root().join("tests/openapi");
    npm::install(&folder)?;
    let programs = python::programs(&folder)?;
    suite(&folder, |node| {
        node.env("SEEDANCE_PYTHON", programs);
    })
}

/// The page, driven in Chromium.
pub fn page() -> Outcome<String> {
    debian::install("chromium fonts-noto-cjk openssl")?;
    // The native core that the page is compared with, and the companion that it is driven behind.
    seedance()?;
    let folder = root().join("tests/page");
    npm::install(&folder)?;
    suite(&folder, |node| {
        // Four at a time take as long on two cores, and then what is asked of a page may come late.
        node.arg("--test-concurrency=2");
    })
}

/// `examples/edge`: the Worker in workerd, in front of an API on loopback.
pub fn edge() -> Outcome<String> {
    let workerd = npm::tool("tests/js", "workerd", "")?;
    let seedance = seedance()?;
    suite(&root().join("examples/edge"), |node| {
        node.env("SEEDANCE", seedance).env("WORKERD", workerd.get_program());
    })
}

fn suites(package: &Path) -> Outcome<String> {
    debian::install("chromium")?;
    let folder = root().join("tests/js");
    install(package, &folder)?;
    native()?;
    suite(&folder, |node| {
        // Node's own choice would leave one of two cores idle.
        node.arg("--test-concurrency=2");
    })
}

/// Builds the command line and the native answers that the suites compare with.
pub fn native() -> Outcome {
    seedance()?;
    output(&mut optimised("build --quiet --package=seedance-tests --example=native"))?;
    Ok(())
}

/// The folder of the package's suites, with what they need and the package in git.
pub fn prepare() -> Outcome<PathBuf> {
    let folder = root().join("tests/js");
    install(&root().join("pkg"), &folder)?;
    Ok(folder)
}

/// What a folder of suites needs, and the package as npm packs it, in the suites' own modules: some tools follow no link out of
/// their folder.
fn install(package: &Path, suites: &Path) -> Outcome {
    npm::install(suites)?;
    let tarball = pack(package)?;
    let installed = suites.join("node_modules/seedance-preflight");
    let _ = fs::remove_dir_all(&installed);
    fs::create_dir_all(&installed)?;
    let mut tar = command("tar", "--extract --gzip --strip-components=1 --file");
    output(tar.arg(&tarball).arg("--directory").arg(&installed)).map(drop)
}

/// Packs the package as npm publishes it.
fn pack(package: &Path) -> Outcome<PathBuf> {
    let folder = root().join("tests/output");
    fs::create_dir_all(&folder)?;
    let mut pack = npm::npm(package, "pack --silent --pack-destination")?;
    let name = output(pack.arg(&folder))?;
    Ok(folder.join(name.trim()))
}

/// Node's test runner over the suites of a folder.
fn suite(folder: &Path, set_up: impl FnOnce(&mut Command)) -> Outcome<String> {
    let files = fs::read_dir(folder)?.filter_map(Result::ok);
    let mut files: Vec<_> = files.map(|entry| entry.file_name()).collect();
    files.retain(|name| name.to_string_lossy().ends_with(".test.js"));
    files.sort();
    // What a suite or a browser leaves behind when it fails or is killed goes with this folder.
    let temporary = tempfile::tempdir()?;
    let mut node = command("node", "--test --test-reporter=tap");
    set_up(node.current_dir(folder).env("TMPDIR", temporary.path()));
    output(node.args(files))
}

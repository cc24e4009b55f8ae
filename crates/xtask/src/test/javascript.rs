//! JavaScript: node's test runner over the package as npm installs it, and checks of the sources themselves.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::Context;

use crate::run::{Outcome, WHOLE, command, optimised, output, root, seedance};
use crate::{install, wasm};

/// The package, the sources bundled into it, its suites and the example that uses it. The page has scripts of its own.
const FORMATTED: &str = "--check pkg/*.{js,ts} crates/wasm/js/*.js tests/js/**/*.{js,ts} tests/environments/**/*.{js,cts} \
                         tests/openapi/*.js examples/edge/*.js";

/// prettier over the JavaScript written by hand, except the page's.
pub fn formatted() -> Outcome<String> {
    output(&mut install::npm_tool("tests/js", "prettier", FORMATTED)?)
}

/// tsc over the same JavaScript, with the package's own types.
pub fn typed() -> Outcome<String> {
    output(&mut install::npm_tool("tests/js", "tsc", "--project tests/js")?)
}

/// publint, and "Are the types wrong?" for users of ES modules and CommonJS, over the tarball.
pub fn packed() -> Outcome<String> {
    let tarball = pack(&root().join("pkg"))?;
    output(install::npm_tool("tests/js", "publint", "run --strict")?.arg(&tarball))?;
    // Only the entries that Node and Jest `require` exist as CommonJS; tests/js/types compiles a program that requires them.
    let words = "--profile=node16 --ignore-rules=cjs-resolves-to-esm --no-color";
    output(install::npm_tool("tests/js", "attw", words)?.arg(&tarball))
}

/// The format and type checks that the page's own package.json defines.
pub fn page_sources() -> Outcome<String> {
    let folder = root().join("tests/page");
    install::npm(&folder)?;
    output(command("npm", "run --silent format:check").current_dir(&folder))?;
    output(command("npm", "run --silent typecheck").current_dir(&folder))
}

/// The suites over the package in git.
pub fn committed() -> Outcome<String> {
    suites(&root().join("pkg"))
}

/// Builds the package anew. The compiler of the one in git makes the same bytes; what another one makes has to pass the suites.
pub fn rebuilt() -> Outcome<String> {
    let committed = root().join("pkg");
    let folder = root().join("target/webassembly/pkg");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(root().join("target/webassembly"))?;
    output(command("cp", "--recursive").args([&committed, &folder]))?;
    wasm::run(&folder)?;
    let compiler = |package: &Path| fs::read(package.join(wasm::BUILD));
    if compiler(&committed)? != compiler(&folder)? {
        return suites(&folder);
    }
    // Source maps differ: they name the sources relative to their own folder.
    let mut compare = command("diff", "--recursive --brief --exclude=*.map");
    output(compare.args([&committed, &folder]))
        .context("pkg is older than the sources: run `cargo xtask wasm`")
}

/// The suite that compares ajv with the core, on the whole of its requests.
pub fn whole_schemas() -> Outcome<String> {
    let folder = prepare(&root().join("pkg"))?;
    native()?;
    let mut test = command("node", "--test --test-reporter=tap schema.test.js");
    let test = test.current_dir(folder).env(WHOLE.0, WHOLE.1);
    output(test.stderr(Stdio::inherit()))
}

/// The package in the tools that people build and test with.
pub fn environments() -> Outcome<String> {
    let folder = root().join("tests/environments");
    unpack(&root().join("pkg"), &folder)?;
    suite(&folder, &[])
}

/// The generated OpenAPI documents and JSON Schemas, in the programs that read them.
pub fn openapi() -> Outcome<String> {
    let folder = root().join("tests/openapi");
    install::npm(&folder)?;
    let programs = install::python(&folder)?;
    suite(&folder, &[("SEEDANCE_PYTHON", programs.as_os_str())])
}

/// The page, driven in Chromium.
pub fn page() -> Outcome<String> {
    install::debian("chromium fonts-noto-cjk openssl")?;
    // The page is compared with the native core, and driven behind the companion.
    seedance()?;
    let folder = root().join("tests/page");
    install::npm(&folder)?;
    suite(&folder, &[])
}

/// `examples/edge`: the Worker in workerd, in front of a local API.
pub fn edge() -> Outcome<String> {
    let workerd = install::npm_tool("tests/js", "workerd", "")?;
    let seedance = seedance()?;
    let variables = [("SEEDANCE", seedance.as_os_str()), ("WORKERD", workerd.get_program())];
    suite(&root().join("examples/edge"), &variables)
}

fn suites(package: &Path) -> Outcome<String> {
    install::debian("chromium")?;
    native()?;
    suite(&prepare(package)?, &[])
}

/// Builds the command line and the program whose native answers the suites compare with.
fn native() -> Outcome {
    seedance()?;
    output(&mut optimised("build --quiet --package=seedance-tests --example=native"))?;
    Ok(())
}

/// Installs the suites' dependencies and a package, and returns the suites' folder.
pub fn prepare(package: &Path) -> Outcome<PathBuf> {
    let folder = root().join("tests/js");
    unpack(package, &folder)?;
    Ok(folder)
}

/// Installs a folder's dependencies, and the package as npm packs it. The package is copied into `node_modules`, since some tools
/// follow no link out of their folder.
fn unpack(package: &Path, suites: &Path) -> Outcome {
    install::npm(suites)?;
    let tarball = pack(package)?;
    let installed = suites.join("node_modules/seedance-preflight");
    let _ = fs::remove_dir_all(&installed);
    fs::create_dir_all(&installed)?;
    let mut tar = command("tar", "--extract --gzip --strip-components=1 --file");
    output(tar.arg(&tarball).arg("--directory").arg(&installed)).map(drop)
}

/// Packs the package as npm publishes it, and returns the tarball's path.
fn pack(package: &Path) -> Outcome<PathBuf> {
    let folder = root().join("tests/output");
    fs::create_dir_all(&folder)?;
    let mut pack = command("npm", "pack --silent --pack-destination");
    let name = output(pack.arg(&folder).current_dir(package))?;
    Ok(folder.join(name.trim()))
}

/// Node's test runner over the suites of a folder, with these variables in its environment.
fn suite(folder: &Path, variables: &[(&str, &OsStr)]) -> Outcome<String> {
    // Removed at the end, with everything that a failed suite or a killed browser leaves behind.
    let temporary = tempfile::tempdir()?;
    // On two cores, Node would run one file at a time; with four, pages may answer too late.
    let mut node = command("sh", "-c");
    node.arg("node --test --test-reporter=tap --test-concurrency=2 *.test.js");
    node.current_dir(folder).env("TMPDIR", temporary.path());
    output(node.envs(variables.iter().copied()))
}

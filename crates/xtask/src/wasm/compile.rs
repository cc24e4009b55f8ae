//! Compiles a crate for WebAssembly, with Debian's compiler and library source where they can be had, otherwise with rustup's target: whoever
//! compiles the library along has it for size and without the words of panics, a seventh of the package.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::debian;
use crate::run::{Outcome, cargo, command, output, registries, root};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN: &str = "rustc-web cargo-web rust-web-src lld-22";
/// How `build.json` says that the package is as small as it gets (tests/js/support/budget.js reads it).
const SMALL_LIBRARY: &str = "standard library compiled along for size";

/// What was compiled, and with what.
pub struct Compiled {
    pub module: PathBuf,
    pub compiler: String,
}

/// Compiles a package of the workspace.
pub fn run(package: &str) -> Outcome<Compiled> {
    with_debian(package).or_else(|why| {
        println!("not compiled with Debian's compiler, so larger: {why:#}");
        with_rustup(package)
    })
}

fn with_debian(package: &str) -> Outcome<Compiled> {
    let (mut build, compiler) = debian_compiler("rustc", "std,panic_abort")?;
    build.arg("-Zbuild-std-features=optimize_for_size");
    let flags = [
        "-Zunstable-options",
        "-Cpanic=immediate-abort",
        // Nobody is told where a panic was.
        "-Zlocation-detail=none",
        // Nobody reads what only debugging prints.
        "-Zfmt-debug=none",
        // Inlines and folds before anything is compiled for size, which leaves less to compile.
        "-Zmir-opt-level=3",
    ];
    compile(package, build, &flags, format!("{}, {SMALL_LIBRARY}", compiler.trim()))
}

fn with_rustup(package: &str) -> Outcome<Compiled> {
    ensure!(rustup_target(TARGET), "needs Debian's {DEBIAN}, or rustup's target {TARGET}");
    let compiler = output(&mut command("rustc", "--version"))?;
    compile(package, cargo("rustc"), &[], compiler.trim().to_owned())
}

fn compile(
    package: &str,
    mut build: Command,
    flags: &[&str],
    compiler: String,
) -> Outcome<Compiled> {
    let mut flags: Vec<String> = flags.iter().copied().map(String::from).collect();
    // Engines inline nothing, so what is called in every loop is inlined here (`opt-level = "z"` has 5; 50 would be 2 % faster for
    // 0.9 kB).
    flags.push("-Cllvm-args=--inline-threshold=40".into());
    // Data lies behind the stack, so a smaller one makes all addresses shorter. Nothing recurses deeper than JSON may nest.
    flags.push("-Clink-arg=-zstack-size=262144".into());
    // Panics name the files of their crates: this keeps the machine's folders out of the module.
    let remap = |registry: PathBuf| format!("--remap-path-prefix={}/=", registry.display());
    flags.extend(registries()?.into_iter().map(remap));
    build.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    // A folder of its own: two compilers take turns in it, and nobody waits for it.
    let folder = root().join("target/webassembly");
    build.args(["--quiet", "--locked", "--package", package, "--lib"]);
    // Cargo optimises nothing across crates where there is another crate type beside it.
    build.args(["--crate-type=cdylib", "--profile=wasm", "--target", TARGET]);
    output(build.arg("--target-dir").arg(&folder))
        .with_context(|| format!("cannot compile {package}"))?;
    let name = format!("{TARGET}/wasm/{}.wasm", package.replace('-', "_"));
    let module = folder.join(name);
    Ok(Compiled { module, compiler })
}

/// Whether the running toolchain has a target's library, after trying to fetch it.
pub fn rustup_target(target: &str) -> bool {
    let installed = || {
        let folder = output(command("rustc", "--print target-libdir --target").arg(target));
        folder.is_ok_and(|folder| PathBuf::from(folder.trim()).is_dir())
    };
    installed() || output(command("rustup", "target add").arg(target)).is_ok() && installed()
}

/// Debian's cargo with a verb, set up to build the standard library's crates along: compiler and source are of one version.
pub fn debian_compiler(verb: &str, library: &str) -> Outcome<(Command, String)> {
    debian::install(DEBIAN)?;
    let mut build = command("/usr/bin/cargo", &format!("{verb} -Zbuild-std={library}"));
    build.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1");
    build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22");
    for name in
        ["RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO"]
    {
        build.env_remove(name);
    }
    let compiler = output(&mut command("/usr/bin/rustc", "--version"))?;
    Ok((build, compiler))
}

//! Compiles a crate to WebAssembly, with Debian's compiler and library source if they can be installed, otherwise with rustup's
//! target. Compiling the standard library along, for size and without panic messages, makes the package a seventh smaller.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::install;
use crate::run::{Outcome, cargo, command, output, registries, root};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN: &str = "rustc-web cargo-web rust-web-src lld-22";
/// The words in `build.json` that say that the package is as small as it gets (tests/js/support/budget.js reads them).
const SMALL_LIBRARY: &str = "standard library compiled along for size";

/// Flags that only a standard library that is compiled along allows.
const SMALL: [&str; 5] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    // The location of a panic is never shown.
    "-Zlocation-detail=none",
    // The output of `Debug` is never shown.
    "-Zfmt-debug=none",
    // Inlines and folds before the code is compiled for size, which leaves less to compile.
    "-Zmir-opt-level=3",
];

/// One of the package's modules.
pub struct Module {
    /// The base name of its files.
    pub name: &'static str,
    pub package: &'static str,
    pub features: &'static str,
    /// Whether it is compiled for speed; otherwise for size.
    pub is_fast: bool,
}

/// A compiled module, and the compiler's version.
pub struct Compiled {
    pub module: PathBuf,
    pub compiler: String,
}

/// Compiles a module.
pub fn run(module: &Module) -> Outcome<Compiled> {
    let Module { package, features, is_fast, .. } = *module;
    let (mut build, mut flags, compiler) = match debian_compiler("rustc", "std,panic_abort") {
        Ok((mut build, version)) => {
            build.arg("-Zbuild-std-features=optimize_for_size");
            (build, SMALL.to_vec(), format!("{version}, {SMALL_LIBRARY}"))
        }
        Err(why) => {
            println!("not compiled with Debian's compiler, so larger: {why:#}");
            ensure!(rustup_target(TARGET), "needs Debian's {DEBIAN}, or rustup's target {TARGET}");
            let version = output(&mut command("rustc", "--version"))?;
            (cargo("rustc"), Vec::new(), version.trim().to_owned())
        }
    };
    // Engines do not inline WebAssembly, so what is called in every loop is inlined here (`opt-level = "z"` sets 5).
    let (profile, inline) = if is_fast { ("wasm-fast", 60) } else { ("wasm", 22) };
    let inline = format!("-Cllvm-args=--inline-threshold={inline}");
    flags.push(&inline);
    // Data comes after the stack, so a smaller stack shortens its addresses. Recursion is limited by the nesting of JSON.
    flags.push("-Clink-arg=-zstack-size=262144");
    // Panics name source files: this keeps the machine's own folders out of the module.
    let remap = |registry: PathBuf| format!("--remap-path-prefix={}/=", registry.display());
    let flags = flags.into_iter().map(String::from).chain(registries()?.into_iter().map(remap));
    build.env("CARGO_ENCODED_RUSTFLAGS", flags.collect::<Vec<_>>().join("\u{1f}"));
    // A target folder of its own, shared by the two compilers, so that no other build waits for it.
    let folder = root().join("target/webassembly");
    build.args(["--quiet", "--locked", "--package", package, "--lib"]);
    build.args(["--no-default-features", "--features", features]);
    // With another crate type beside `cdylib`, cargo would not optimise across crates.
    build.args(["--crate-type=cdylib", "--profile", profile, "--target", TARGET]);
    output(build.arg("--target-dir").arg(&folder))
        .with_context(|| format!("cannot compile {package}"))?;
    let name = format!("{TARGET}/{profile}/{}.wasm", package.replace('-', "_"));
    Ok(Compiled { module: folder.join(name), compiler })
}

/// Whether the current toolchain has a target's library, if necessary after fetching it.
pub fn rustup_target(target: &str) -> bool {
    let installed = || {
        let folder = output(command("rustc", "--print target-libdir --target").arg(target));
        folder.is_ok_and(|folder| PathBuf::from(folder.trim()).is_dir())
    };
    installed() || output(command("rustup", "target add").arg(target)).is_ok() && installed()
}

/// Debian's cargo with a verb, set up to compile the given crates of the standard library along, and its compiler's version.
/// Debian's compiler and library source are of the same version.
pub fn debian_compiler(verb: &str, library: &str) -> Outcome<(Command, String)> {
    install::debian(DEBIAN)?;
    let mut build = command("/usr/bin/cargo", &format!("{verb} -Zbuild-std={library}"));
    build.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1");
    build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22");
    for name in
        ["RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO"]
    {
        build.env_remove(name);
    }
    let compiler = output(&mut command("/usr/bin/rustc", "--version"))?;
    Ok((build, compiler.trim().to_owned()))
}

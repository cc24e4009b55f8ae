//! `cargo xtask VERB`: everything that this repository builds, generates, tests and measures, each with one command.
//!
//! Each command is a module of its own and installs the programs that it needs.

mod bench;
mod cases;
mod fuzz;
mod r#gen;
mod install;
mod modules;
mod mutants;
mod run;
mod steps;
mod template;
mod test;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use run::Outcome;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, generates, tests and measures this repository")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Write every file that is generated from the rule table
    Gen {
        /// Only say which files are stale, and fail if any is
        #[arg(long)]
        check: bool,
    },
    /// Run every test of every surface
    Test {
        /// Only the steps whose name contains this
        #[arg(long, value_name = "TEXT")]
        only: Option<String>,
        /// List the steps
        #[arg(long)]
        list: bool,
    },
    /// Measure everything beside its peers, and write docs/performance.md
    Bench {
        /// Only the parts whose name contains this; printed, not written
        #[arg(long, value_name = "TEXT")]
        only: Option<String>,
    },
    /// Measure the npm package beside ajv, zod and valibot: short for `bench --only npm`
    BenchJs,
    /// Run the fuzz targets: no crash, no slow input, every promise of a report kept
    Fuzz {
        /// Only the targets whose name contains this
        #[arg(long, value_name = "TEXT")]
        only: Option<String>,
        /// How often each target runs
        #[arg(long, default_value_t = 50_000_000)]
        runs: u32,
        /// How long each target runs at most; 0 for as long as it takes
        #[arg(long, default_value_t = 0)]
        seconds: u64,
    },
    /// Change the core a thousand times, one place at a time, and see that a test notices
    Mutants {
        /// Only those whose name (`crates/core/src/order.rs:62:9: replace Quantity::min …`) matches this
        #[arg(long, value_name = "REGEX")]
        only: Option<String>,
    },
    /// Try everything that can be tried exhaustively: the whole decision space, every quote, millions of requests
    Prove {
        /// Only the steps whose name contains this
        #[arg(long, value_name = "TEXT")]
        only: Option<String>,
    },
    /// Load the companion with faults, signals and kills: nothing is made twice, nothing is lost, memory is flat
    Soak {
        /// How long it takes
        #[arg(long, default_value_t = 600)]
        seconds: u64,
        /// Plans load and faults; a run says which one it had
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Build the npm package's WebAssembly and glue from source
    Wasm,
}

fn main() -> Outcome<ExitCode> {
    let mut passed = true;
    match Cli::parse().verb {
        Verb::Bench { only } => bench::run(only.as_deref())?,
        Verb::BenchJs => bench::run(Some("npm"))?,
        Verb::Fuzz { only, runs, seconds } => fuzz::run(only.as_deref(), runs, seconds)?,
        Verb::Gen { check } => r#gen::run(check)?,
        Verb::Mutants { only } => mutants::run(only.as_deref())?,
        Verb::Prove { only } => passed = test::prove(only.as_deref()),
        Verb::Soak { seconds, seed } => {
            let seed = seed.unwrap_or_else(|| std::process::id().into());
            println!("seed {seed}");
            print!("{}", test::soak(seconds, seed)?);
        }
        Verb::Test { only, list } => passed = test::run(only.as_deref(), list),
        Verb::Wasm => wasm::run(&run::root().join("pkg"))?,
    }
    // Failed steps were reported when they ended. Returning an error here would print it after the test runners' closing lines.
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

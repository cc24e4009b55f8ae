//! Not sampled but all of it: every shape of a request up to the edges of the rules, core against oracle, and every price
//! against rust_decimal.
//!
//! Without an argument a product of the values at the edges, made to take minutes; with `--whole`, or
//! `SEEDANCE_EXHAUSTIVE=whole`, everything between them too. A debug build takes a slice of it.

mod prices;
mod progress;
mod shapes;
mod space;

use std::env::{args, var};
use std::process::ExitCode;

use space::Space;

fn main() -> ExitCode {
    let whole = args().any(|arg| arg == "--whole")
        || var("SEEDANCE_EXHAUSTIVE").is_ok_and(|size| size == "whole");
    if args().any(|arg| arg == "--list") {
        println!("shapes: test\nprices: test");
        return ExitCode::SUCCESS;
    }
    let space = if whole {
        Space::whole()
    } else {
        Space::edges()
    };
    let results = [
        ("shapes", shapes::compare_all(&space)),
        ("prices", prices::compare_all()),
    ];
    let mut failed = 0;
    for (name, result) in results {
        match result {
            Ok(said) => println!("{name}: {said}"),
            Err(difference) => {
                failed += 1;
                println!("{name} FAILED\n{difference}");
            }
        }
    }
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    println!(
        "test result: {verdict}. {} passed; {failed} failed; 0 ignored; 0 measured; 0 filtered out",
        2 - failed
    );
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

//! Not sampled but all of it: every shape of a request up to the edges of the rules, core against oracle, and every price
//! against rust_decimal.
//!
//! Without an argument a product of the values at the edges, made to take minutes; with `--whole`, or
//! `SEEDANCE_EXHAUSTIVE=whole`, everything between them too. A debug build takes a slice of it.

mod prices;
mod shapes;
mod space;

use std::process::ExitCode;

use seedance_tests::stand_alone::{run, whole};
use space::Space;

fn main() -> ExitCode {
    let space = if whole() {
        Space::whole()
    } else {
        Space::edges()
    };
    run(&[
        ("shapes", &|| shapes::compare_all(&space)),
        ("prices", &prices::compare_all),
    ])
}

//! The README's table of routes, between its two markers.

use seedance_core::{Edition, Lang};

use super::super::Generated;
use super::super::block::renewed;
use super::routes::overview;
use crate::run::Outcome;

/// The README as it is, with the default edition's table of now.
pub fn with_routes() -> Outcome<Generated> {
    renewed(
        "README.md",
        "routes",
        &overview(Edition::default(), Lang::En),
    )
}

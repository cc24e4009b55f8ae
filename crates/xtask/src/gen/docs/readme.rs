//! The README's table of routes, between its two markers.

use seedance_core::Lang;

use super::super::Generated;
use super::super::block::renewed;
use super::routes::overview;
use crate::run::Outcome;

/// The README as it is, with the table of now.
pub fn with_routes() -> Outcome<Generated> {
    renewed("README.md", "routes", &overview(Lang::En))
}

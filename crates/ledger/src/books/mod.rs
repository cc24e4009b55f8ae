//! Price books: reading the catalogue, linting, comparing and merging.

mod catalog;
mod diff;
mod lint;
mod template;

pub use self::catalog::{Catalog, LeftOut};
pub use self::diff::{Change, Difference, Kind, merge};
pub use self::lint::{AgeUnknown, Contradiction, Lint};
pub use self::template::Template;

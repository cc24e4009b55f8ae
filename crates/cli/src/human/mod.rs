//! Answers for people.

mod compare;
mod excerpt;
mod findings;
mod quote;
mod report;
mod rules;
mod table;

pub use self::compare::compare;
pub use self::quote::quote;
pub use self::report::report;
pub use self::rules::{explain, list};
pub use self::table::{lines, new_table, routes};

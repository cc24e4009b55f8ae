//! Job files: one JSON job per line, or a table with a header.

mod form;
mod table;

pub use self::form::{Form, NotJobs};
pub use self::table::{Carrying, TableJobs};

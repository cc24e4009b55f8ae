//! Files of jobs: one a line, or a table with a header.

mod form;
mod line;
mod table;

pub use self::form::{Form, NotJobs};
pub use self::line::Carrying;
pub use self::table::TableJobs;

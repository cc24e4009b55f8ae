//! Files of jobs: one a line, or a table with a header.

mod form;
mod line;
mod table;

pub use self::form::{Form, NotJobs};
pub use self::line::{Carrying, with_id, with_ids};
pub use self::table::TableJobs;

//! Where a plan goes.

use std::io;

use seedance_ledger::plan::{Diff, Row, Summary};

/// What takes the jobs one by one, and at the end what they come to.
pub trait Sink: Send {
    fn row(&mut self, row: &Row) -> io::Result<()>;
    fn close(self: Box<Self>, end: &End) -> io::Result<()>;
}

/// What the jobs come to, and how that differs from an earlier plan.
pub struct End {
    pub summary: Summary,
    pub diff: Option<Diff>,
}

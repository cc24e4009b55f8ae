//! Where a plan goes.

use std::io;

use seedance_ledger::plan::{Row, Summary};

/// What takes the jobs one by one, and at the end what they come to.
pub trait Sink: Send {
    fn row(&mut self, row: &Row) -> io::Result<()>;
    fn close(self: Box<Self>, summary: &Summary) -> io::Result<()>;
}

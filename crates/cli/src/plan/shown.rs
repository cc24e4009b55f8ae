//! A plan for people: the table of jobs, then what they come to.

use std::io;

use seedance_core::Lang;
use seedance_ledger::plan::Row;

use super::sink::{End, Sink};
use crate::human::{self, PlanTable};
use crate::output;

/// Shows so many rows together, so that memory does not grow with the jobs.
const BLOCK: usize = 1000;

pub struct Shown {
    table: PlanTable,
    lang: Lang,
}

impl Shown {
    pub fn new(has_budget: bool, lang: Lang) -> Self {
        let table = PlanTable::new(has_budget, lang);
        Self { table, lang }
    }
}

impl Sink for Shown {
    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.table.add(row);
        if self.table.rows() == BLOCK {
            output::write(&self.table.take())?;
        }
        Ok(())
    }

    fn close(mut self: Box<Self>, end: &End) -> io::Result<()> {
        let table = self.table.take();
        let joint = if table.is_empty() { "" } else { "\n" };
        let summary = human::plan_summary(&end.summary, self.lang);
        let diff = end.diff.as_ref();
        let diff = diff.map(|diff| human::plan_diff(diff, self.lang));
        output::write(&(table + joint + &summary + &diff.unwrap_or_default()))
    }
}

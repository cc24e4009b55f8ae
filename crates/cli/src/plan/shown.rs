//! A plan for people: the table of jobs, then what they come to.

use std::io;

use comfy_table::Table;
use seedance_core::Lang;
use seedance_ledger::plan::{Row, Summary};

use super::sink::Sink;
use crate::human;
use crate::output;

/// Holds the table until its columns are known to be as wide as their widest cell.
pub struct Shown {
    table: Table,
    lang: Lang,
}

impl Shown {
    pub fn new(lang: Lang) -> Self {
        let table = human::plan_table(lang);
        Self { table, lang }
    }
}

impl Sink for Shown {
    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.table.add_row(human::plan_cells(row, self.lang));
        Ok(())
    }

    fn close(self: Box<Self>, summary: &Summary) -> io::Result<()> {
        let text = human::lines(&self.table) + "\n" + &human::plan_summary(summary, self.lang);
        output::write(&text)
    }
}

//! What a producer asks before a batch is sent: what it costs at best and at worst, what has no price and
//! why, how much of it fits the budget, and where another model would be cheaper.

mod export;
mod row;
mod show;
mod summary;

use std::path::Path;

use seedance_core::{Decimal, Lang, PriceBook};
use serde::Serialize;

use self::row::Row;
use self::summary::Summary;
use crate::failure::Failure;
use crate::input;

pub use self::show::show;

/// The answer of `plan`.
#[derive(Debug, Serialize)]
pub struct Plan {
    pub summary: Summary,
    pub jobs: Vec<Row>,
}

impl Plan {
    /// Prices every job of the file.
    pub fn of(
        jobs: Option<&Path>,
        book: &PriceBook,
        budget: Option<Decimal>,
        lang: Lang,
    ) -> Result<Self, Failure> {
        let document = input::read(jobs, lang)?;
        let rows: Vec<Row> = crate::batch::numbered_lines(&document.text)
            .map(|(number, line)| Row::of(number, line, book, lang))
            .collect();
        let summary = Summary::of(&rows, book, budget);
        Ok(Self {
            summary,
            jobs: rows,
        })
    }

    /// Whether every job can be sent and priced, and surely fits the budget.
    pub fn is_clean(&self) -> bool {
        self.summary.is_clean()
    }

    /// Writes the table of jobs to a file, in the format of its ending.
    pub fn export(&self, path: &Path, lang: Lang) -> Result<(), Failure> {
        export::write(self, path, lang)
    }
}

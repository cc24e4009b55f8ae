//! What a change of jobs or of prices does to a plan.

use std::collections::{HashMap, VecDeque};

use seedance_core::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_with::skip_serializing_none;

use super::row::Row;
use super::summary::Summary;

/// A plan that was made before, as `seedance plan --format json` writes it.
#[derive(Debug, Deserialize)]
pub struct OldPlan {
    jobs: Vec<OldJob>,
    summary: OldSummary,
}

#[derive(Debug, Deserialize)]
struct OldJob {
    line: u64,
    id: Option<Box<RawValue>>,
    #[serde(flatten)]
    cost: Cost,
}

#[derive(Debug, Deserialize)]
struct OldSummary {
    jobs: usize,
    currency: String,
    best: Option<Decimal>,
    worst: Option<Decimal>,
}

/// What can be done with a job, and what it costs.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Cost {
    /// Whether it can be sent.
    pub status: String,
    /// The best case.
    pub lowest: Option<Decimal>,
    /// The worst case, where it is known.
    pub highest: Option<Decimal>,
}

/// The differences between two plans.
#[derive(Debug, Serialize)]
pub struct Diff {
    /// The currencies before and now.
    pub currency: [String; 2],
    /// What all ready jobs cost at best, before and now.
    pub best: [Option<Decimal>; 2],
    /// What all ready jobs cost at worst, before and now.
    pub worst: [Option<Decimal>; 2],
    /// Jobs that were not there before.
    pub added: usize,
    /// Jobs that are no longer there.
    pub removed: usize,
    /// The jobs that are in both and not the same.
    pub changed: Vec<Change>,
    #[serde(skip)]
    before: HashMap<String, VecDeque<Cost>>,
}

/// A job that is not what it was.
#[derive(Debug, Serialize)]
pub struct Change {
    /// Its id, or its line where it has none.
    pub id: String,
    /// What it was.
    pub before: Cost,
    /// What it is.
    pub now: Cost,
}

impl OldPlan {
    /// Reads what `seedance plan` wrote.
    ///
    /// # Errors
    /// When it is no plan.
    pub fn read(text: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(text)
    }

    /// Whether it lists all of its jobs, and not only those that somebody wanted to see.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.jobs.len() == self.summary.jobs
    }
}

impl Diff {
    /// Begins with what was before.
    #[must_use]
    pub fn of(old: OldPlan) -> Self {
        let OldPlan { jobs, summary } = old;
        let name = |job: &OldJob| match &job.id {
            Some(id) => crate::ids::of_json(id),
            None => job.line.to_string(),
        };
        // Where an id is given twice, the first is the first's.
        let mut before: HashMap<_, VecDeque<_>> = HashMap::new();
        for job in jobs {
            before.entry(name(&job)).or_default().push_back(job.cost);
        }
        Self {
            currency: [summary.currency, String::new()],
            best: [summary.best, None],
            worst: [summary.worst, None],
            added: 0,
            removed: 0,
            changed: Vec::new(),
            before,
        }
    }

    /// One job of now.
    pub fn add(&mut self, row: &Row) {
        let id = row.name().unwrap_or_else(|| row.line.to_string());
        let before = self.before.get_mut(&id).and_then(VecDeque::pop_front);
        let Some(before) = before else {
            self.added += 1;
            return;
        };
        let now =
            Cost { status: row.status.name().into(), lowest: row.lowest, highest: row.highest };
        if before != now {
            self.changed.push(Change { id, before, now });
        }
    }

    /// All jobs are known now.
    #[must_use]
    pub fn end(mut self, summary: &Summary) -> Self {
        self.currency[1].clone_from(&summary.currency);
        self.best[1] = summary.all.best;
        self.worst[1] = summary.all.worst;
        self.removed = self.before.values().map(VecDeque::len).sum();
        self
    }
}

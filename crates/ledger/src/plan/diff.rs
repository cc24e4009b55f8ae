//! Comparing a plan with an older one.

use std::collections::{HashMap, VecDeque};

use seedance_core::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_with::skip_serializing_none;

use super::row::Row;
use super::summary::Summary;

/// An older plan, as `seedance plan --format json` writes it.
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

/// The status and the cost of a job.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Cost {
    /// The name of its [`Status`](super::Status).
    pub status: String,
    /// The best-case cost.
    pub lowest: Option<Decimal>,
    /// The worst-case cost, if known.
    pub highest: Option<Decimal>,
}

/// The differences between two plans.
#[derive(Debug, Serialize)]
pub struct Diff {
    /// The currencies of the old and the new plan.
    pub currency: [String; 2],
    /// What all ready jobs cost at best in the old and the new plan.
    pub best: [Option<Decimal>; 2],
    /// What all ready jobs cost at worst in the old and the new plan.
    pub worst: [Option<Decimal>; 2],
    /// How many jobs are only in the new plan.
    pub added: usize,
    /// How many jobs are only in the old plan.
    pub removed: usize,
    /// The jobs of both plans whose status or cost differs.
    pub changed: Vec<Change>,
    #[serde(skip)]
    before: HashMap<String, VecDeque<Cost>>,
}

/// A job whose status or cost changed.
#[derive(Debug, Serialize)]
pub struct Change {
    /// Its id, or its line number if it has none.
    pub id: String,
    /// Its status and cost in the old plan.
    pub before: Cost,
    /// Its status and cost in the new plan.
    pub now: Cost,
}

impl OldPlan {
    /// Reads the output of `seedance plan --format json`.
    ///
    /// # Errors
    /// When the text is not a plan.
    pub fn read(text: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(text)
    }

    /// Whether it lists all of its jobs: a filtered plan does not.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.jobs.len() == self.summary.jobs
    }
}

impl Diff {
    /// Starts a comparison with an old plan.
    #[must_use]
    pub fn of(old: OldPlan) -> Self {
        let OldPlan { jobs, summary } = old;
        let name = |job: &OldJob| match &job.id {
            Some(id) => crate::ids::of_json(id),
            None => job.line.to_string(),
        };
        // Jobs with the same id are matched in their order.
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

    /// Compares one job of the new plan.
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

    /// Completes the comparison once all jobs of the new plan are added.
    #[must_use]
    pub fn end(mut self, summary: &Summary) -> Self {
        self.currency[1].clone_from(&summary.currency);
        self.best[1] = summary.all.best;
        self.worst[1] = summary.all.worst;
        self.removed = self.before.values().map(VecDeque::len).sum();
        self
    }
}

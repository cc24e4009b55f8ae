//! Comparing a plan with an older one.

use std::collections::{HashMap, VecDeque};

use seedance_core::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_with::skip_serializing_none;

use super::planner::{Row, Status};
use super::summary::Summary;
use crate::ids;
use crate::problem::Problem;

/// The comparison of a new plan with an older one, job by job.
#[derive(Debug)]
pub struct Comparison {
    old: OldSummary,
    /// The old plan's jobs that the new one has not had so far, by whether they have an id, and that or their line number; those
    /// with the same id in their order.
    before: HashMap<(bool, String), VecDeque<Cost>>,
    added: usize,
    changed: Vec<Change>,
}

/// An older plan, as `seedance plan --format json` wrote it.
#[derive(Deserialize)]
struct OldPlan {
    jobs: Vec<OldJob>,
    summary: OldSummary,
}

#[derive(Deserialize)]
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
#[derive(Debug, PartialEq, Deserialize, Serialize)]
pub struct Cost {
    /// Whether it can be sent and priced.
    pub status: Status,
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
    /// The jobs of both plans whose status or cost differs; only the status if the currencies differ.
    pub changed: Vec<Change>,
}

/// A job whose status or cost changed.
#[derive(Debug, Serialize)]
pub struct Change {
    /// Its id, or its line number if it has none.
    pub id: String,
    /// Whether `id` is an id.
    #[serde(skip)]
    pub has_id: bool,
    /// Its status and cost in the old plan.
    pub before: Cost,
    /// Its status and cost in the new plan.
    pub now: Cost,
}

impl Comparison {
    /// Reads the older plan, the output of `seedance plan --format json`.
    ///
    /// # Errors
    /// When the text is not a plan, or lists only some of its jobs.
    pub fn with(text: &[u8]) -> Result<Self, Problem> {
        let OldPlan { jobs, summary: old } = serde_json::from_slice(text).map_err(|_| {
            Problem::unlike(
                text,
                "not a plan that `seedance plan --out FILE.json` wrote",
                "不是 `seedance plan --out 文件.json` 写出的计划",
            )
        })?;
        if jobs.len() != old.jobs {
            return Err(problem!(
                "it lists only some of its jobs; write it without `--only` and `--summary`",
                "只列出了部分请求，请不带 `--only` 和 `--summary` 重新写出"
            ));
        }
        let mut before: HashMap<_, VecDeque<_>> = HashMap::new();
        for OldJob { line, id, cost } in jobs {
            let has_id = id.is_some();
            let id = id.map_or_else(|| line.to_string(), |id| ids::of_json(&id));
            before.entry((has_id, id)).or_default().push_back(cost);
        }
        Ok(Self { old, before, added: 0, changed: Vec::new() })
    }

    /// Adds a job of the new plan.
    pub fn add(&mut self, row: &Row) {
        let name = row.name();
        let has_id = name.is_some();
        let key = (has_id, name.unwrap_or_else(|| row.line.to_string()));
        let Some(before) = self.before.get_mut(&key).and_then(VecDeque::pop_front) else {
            self.added += 1;
            return;
        };
        let now = Cost { status: row.status, lowest: row.lowest, highest: row.highest };
        if before != now {
            self.changed.push(Change { id: key.1, has_id, before, now });
        }
    }

    /// The differences, once all jobs of the new plan are added; `summary` is that of the new plan.
    #[must_use]
    pub fn end(mut self, summary: &Summary) -> Diff {
        let (old, new) = (self.old, &summary.all);
        let is_one_currency = old.currency == summary.currency;
        self.changed.retain(|it| is_one_currency || it.before.status != it.now.status);
        Diff {
            currency: [old.currency, summary.currency.clone()],
            best: [old.best, new.best],
            worst: [old.worst, new.worst],
            added: self.added,
            removed: self.before.values().map(VecDeque::len).sum(),
            changed: self.changed,
        }
    }
}

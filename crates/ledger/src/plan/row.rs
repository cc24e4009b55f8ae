//! A job in a plan.

use std::borrow::Cow;

use indexmap::IndexMap;
use seedance_core::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_with::skip_serializing_none;
use strum::IntoStaticStr;

use crate::ids;

/// A job with its status, cost and cheaper alternatives.
#[skip_serializing_none]
#[derive(Debug, Default, Serialize)]
pub struct Row {
    /// The line of the job, from 1.
    pub line: u64,
    /// The id of the job, as it was written.
    pub id: Option<Box<RawValue>>,
    /// Whether the job can be sent and priced.
    pub status: Status,
    /// The requested model, if it is known.
    pub model: Option<Cow<'static, str>>,
    /// The name under which the job is billed.
    pub billing_model: Option<String>,
    /// The best-case cost.
    pub lowest: Option<Decimal>,
    /// The worst-case cost, if known.
    pub highest: Option<Decimal>,
    /// The sum of the known worst cases up to and including this job's; absent if its own is unknown.
    pub cumulative: Option<Decimal>,
    /// Whether the budget is certain to cover the job; absent without a budget or if the job is not ready.
    pub fits: Option<bool>,
    /// The currency of the amounts; in JSON only the summary has it.
    #[serde(skip)]
    pub currency: Option<String>,
    /// Why the job is not accepted or has no price.
    pub why: Option<Why>,
    /// The cheapest model that accepts the request and changes nothing of it.
    pub cheapest_model: Option<&'static str>,
    /// The lowest cost on the cheapest model.
    pub cheapest: Option<Decimal>,
    /// What the cheapest model is certain to save.
    pub saving: Option<Decimal>,
    /// A still cheaper model that accepts the request but changes something of it.
    pub changing: Option<Offer>,
    /// The cells of further columns by the columns' names, in their order.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub carried: IndexMap<String, String>,
    /// The line that the job was read from, without surrounding whitespace or carried cells.
    #[serde(skip)]
    pub job: Vec<u8>,
}

/// A model that accepts the request, and what the request costs there.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Offer {
    /// The name of the model.
    pub model: &'static str,
    /// The lowest cost on this model.
    pub lowest: Decimal,
    /// What this model is certain to save: the job's lowest cost less the highest on this model.
    pub saving: Option<Decimal>,
    /// The fields that this model treats differently from the requested one.
    pub changes: Vec<String>,
}

/// Why a job is not accepted or has no price.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Why {
    /// The reason and the detail.
    pub text: String,
    /// What it may share with other jobs: a rule, a missing price, or an unreadable line.
    #[serde(skip)]
    pub reason: String,
    /// The message for this job.
    #[serde(skip)]
    pub detail: Option<String>,
}

/// Whether a job can be sent and priced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Status {
    /// Accepted and priced.
    Ready,
    /// Accepted, but there is no price for it.
    Unpriced,
    /// Accepted, but billed by usage: the cost is known only when the task has ended.
    ByUsage,
    /// Not accepted.
    Refused,
    /// The line is not a job.
    #[default]
    Error,
}

impl Status {
    /// The name for programs, in kebab-case.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl Row {
    /// The display form of the id.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.id.as_deref().map(ids::of_json)
    }

    /// Why the job is not accepted or has no price, as text.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        self.why.as_ref().map(|why| why.text.clone())
    }
}

//! One job of a plan.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use seedance_core::{Decimal, Lang};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_with::{DisplayFromStr, Map, SerializeDisplay, serde_as, skip_serializing_none};
use strum::IntoStaticStr;

use crate::ids;
use crate::sheet::Column;

/// What is known of one job.
#[serde_as]
#[skip_serializing_none]
#[derive(Debug, Default, Serialize)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// As it was written.
    pub id: Option<Box<RawValue>>,
    /// What can be done with it.
    pub status: Status,
    /// The model that it asks for, where the table has it.
    pub model: Option<Cow<'static, str>>,
    /// The name under which it is billed.
    pub billing_model: Option<String>,
    /// The best case.
    pub lowest: Option<Decimal>,
    /// The worst case, where it is known.
    pub highest: Option<Decimal>,
    /// The worst cases of this job and of all ready ones before it; absent where its own is not known.
    pub cumulative: Option<Decimal>,
    /// Whether the budget surely covers it, where there is a budget and the job is ready.
    pub fits: Option<bool>,
    /// That of the amounts; the summary has it once for all.
    #[serde(skip)]
    pub currency: Option<String>,
    /// What speaks against the job or its price.
    pub why: Option<Why>,
    /// The model that makes the same of the request for the least.
    pub cheapest_model: Option<&'static str>,
    /// What it costs there at least.
    pub cheapest: Option<Decimal>,
    /// What that model surely saves.
    pub saving: Option<Decimal>,
    /// A model that accepts the request for still less, but makes something else of it.
    pub changing: Option<Changing>,
    /// The cells of its row that are no part of the job, by their columns and in the order of those.
    #[serde_as(as = "Map<DisplayFromStr, _>")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<(Arc<str>, String)>,
    /// The job as it stands on a line of its own.
    #[serde(skip)]
    pub job: Vec<u8>,
}

/// An offer that is not what was asked for.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Changing {
    /// The model.
    pub model: &'static str,
    /// What it costs there at least.
    pub lowest: Decimal,
    /// What it surely saves.
    pub saving: Option<Decimal>,
    /// The fields that come out otherwise.
    pub changes: Vec<String>,
}

/// What speaks against a job or its price.
#[derive(Debug, SerializeDisplay)]
pub struct Why {
    /// What it has in common with other jobs: the rule, the price that is missing, or that the line is an error.
    pub reason: Cow<'static, str>,
    /// What it is in this one.
    pub detail: Option<String>,
    /// Of both.
    pub lang: Lang,
}

/// What can be done with a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Status {
    /// Accepted and priced.
    Ready,
    /// Accepted, but without a price.
    Unpriced,
    /// Accepted; what it costs is known only when its task has ended.
    ByUsage,
    /// Not accepted.
    Refused,
    /// The line is no job.
    #[default]
    Error,
}

impl Status {
    /// As programs read it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.detail {
            Some(detail) => write!(f, "{}{}{detail}", self.reason, self.lang.pick(": ", "：")),
            None => f.write_str(&self.reason),
        }
    }
}

impl Row {
    /// The id as a person reads it.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.id.as_deref().map(ids::of_json)
    }

    /// What speaks against it, in words.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        self.why.as_ref().map(ToString::to_string)
    }
}

/// A plan as a table for programs.
pub const COLUMNS: [Column<Row>; 18] = [
    ("line", |row| Some(row.line.to_string())),
    ("id", Row::name),
    ("status", |row| Some(row.status.name().into())),
    ("model", |row| row.model.as_deref().map(Into::into)),
    ("billing_model", |row| row.billing_model.clone()),
    ("lowest", |row| amount(row.lowest)),
    ("highest", |row| amount(row.highest)),
    ("cumulative", |row| amount(row.cumulative)),
    ("fits", |row| Some(if row.fits? { "yes" } else { "no" }.into())),
    ("currency", |row| row.currency.as_deref().map(Into::into)),
    ("cheapest_model", |row| row.cheapest_model.map(Into::into)),
    ("cheapest", |row| amount(row.cheapest)),
    ("saving", |row| amount(row.saving)),
    ("changing_model", |row| row.changing.as_ref().map(|other| other.model.into())),
    ("changing", |row| amount(Some(row.changing.as_ref()?.lowest))),
    ("changing_saving", |row| amount(row.changing.as_ref()?.saving)),
    ("changes", |row| Some(row.changing.as_ref()?.changes.join(" "))),
    ("why", Row::reason),
];

fn amount(amount: Option<Decimal>) -> Option<String> {
    amount.map(|amount| amount.to_string())
}

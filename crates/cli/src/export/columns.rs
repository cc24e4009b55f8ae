//! The columns of tables for programs.

use seedance_core::table::{ConflictInfo, Difference, RuleRow};
use seedance_core::{Candidate, Severity};
use seedance_ledger::books::Change;
use seedance_ledger::{plan, reconcile};
use serde_json::Value;

use crate::lang::lang;

/// A column for programs: its name, and the text of its cell in a row, which is a `String` where no cell is ever absent. Amounts
/// are text, so that none becomes a float.
pub type Column<T, C = Option<String>> = (&'static str, fn(&T) -> C);

/// `compare`: one row per model.
pub const CANDIDATES: [Column<Candidate>; 7] = [
    ("model", |row| Some(row.model.to_string())),
    ("route", |row| Some(row.route.name().into())),
    ("accepted", |row| Some(if row.accepted { "yes" } else { "no" }.into())),
    ("lowest", |row| Some(row.quote.as_ref()?.lowest()?.to_string())),
    ("highest", |row| Some(row.quote.as_ref()?.highest()?.to_string())),
    ("currency", |row| Some(row.quote.as_ref()?.terms().currency.to_string())),
    ("why", |row| Some(row.findings.iter().find(|it| it.is_error())?.message.clone())),
];

/// `plan`: one row per job.
pub const JOBS: [Column<plan::Row>; 18] = [
    ("line", |row| Some(row.line.to_string())),
    ("id", plan::Row::name),
    ("status", |row| Some(row.status.name().into())),
    ("model", |row| row.model.as_deref().map(Into::into)),
    ("billing_model", |row| row.billing_model.clone()),
    ("lowest", |row| Some(row.lowest?.to_string())),
    ("highest", |row| Some(row.highest?.to_string())),
    ("cumulative", |row| Some(row.cumulative?.to_string())),
    ("fits", |row| Some(if row.fits? { "yes" } else { "no" }.into())),
    ("currency", |row| row.currency.clone()),
    ("cheapest_model", |row| row.cheapest_model.map(Into::into)),
    ("cheapest", |row| Some(row.cheapest?.to_string())),
    ("saving", |row| Some(row.saving?.to_string())),
    ("changing_model", |row| Some(row.changing.as_ref()?.model.into())),
    ("changing", |row| Some(row.changing.as_ref()?.lowest.to_string())),
    ("changing_saving", |row| Some(row.changing.as_ref()?.saving?.to_string())),
    ("changes", |row| Some(row.changing.as_ref()?.changes.join(" "))),
    ("why", plan::Row::reason),
];

/// `reconcile`: one row per job.
pub const RECONCILED: [Column<reconcile::Row>; 7] = [
    ("id", |row| Some(row.id.clone())),
    ("quoted", |row| Some(row.quoted.as_ref()?.to_string())),
    ("charged", |row| Some(row.charged?.to_string())),
    ("difference", |row| Some(row.difference?.to_string())),
    ("currency", |row| row.currency.clone()),
    ("cause", |row| Some(row.cause.name().into())),
    ("detail", |row| Some(row.cause.describe(lang()))),
];

/// `prices diff`: one row per price that changed.
pub const CHANGES: [Column<Change>; 4] = [
    ("name", |row| Some(row.name.clone())),
    ("old", |row| Some(row.old?.to_string())),
    ("new", |row| Some(row.new?.to_string())),
    ("change", |row| Some(<&str>::from(row.change).into())),
];

/// `routes --diff`: one row per difference between two editions.
pub const DIFFERENCES: [Column<Difference>; 4] = [
    ("model", |row| Some(row.model.into())),
    ("field", |row| Some(row.field.clone())),
    ("from", |row| text(&row.from)),
    ("to", |row| text(&row.to)),
];

/// `explain`: one row per rule.
pub const RULES: [Column<RuleRow, String>; 3] = [
    ("rule", |RuleRow(rule)| rule.id.name().into()),
    ("severity", |RuleRow(rule)| match rule.severity {
        Severity::Error => "error".into(),
        Severity::Warning => "warning".into(),
    }),
    ("fires_when", |RuleRow(rule)| rule.fires().get(lang()).into()),
];

/// `explain` of a conflict.
pub const CONFLICTS: [Column<ConflictInfo, String>; 5] = [
    ("conflict", |row| row.conflict.id().into()),
    ("topic", |row| row.topic.get(lang()).into()),
    ("a", |row| row.a.get(lang()).into()),
    ("b", |row| row.b.get(lang()).into()),
    ("settled", |row| row.settled.get(lang()).into()),
];

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

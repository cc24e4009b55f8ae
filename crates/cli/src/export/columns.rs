//! The columns of tables for programs. Those of plans and reconciliations are in the ledger.

use seedance_core::table::{Difference, RuleRow};
use seedance_core::{Candidate, Severity};
use seedance_ledger::books::Change;
use seedance_ledger::sheet::Column;
use serde_json::Value;

use crate::lang::lang;

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
pub const RULES: [Column<RuleRow>; 3] = [
    ("rule", |RuleRow(rule)| Some(rule.id.name().into())),
    ("severity", |RuleRow(rule)| {
        let is_error = rule.severity == Severity::Error;
        Some(if is_error { "error" } else { "warning" }.into())
    }),
    ("fires_when", |RuleRow(rule)| Some(rule.fires().get(lang()).into())),
];

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

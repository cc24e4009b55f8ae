//! A reconciliation as a table for programs. Amounts are text, so that no reader makes them floats.

use seedance_core::Lang;

use super::row::Row;

/// What stands in a row's cell.
pub type Cell = fn(&Row) -> Option<String>;

/// The columns, each with how it reads from a row.
pub const COLUMNS: [(&str, Cell); 7] = [
    ("id", |row| Some(row.id.clone())),
    ("quoted", |row| row.quoted.clone()),
    ("charged", |row| Some(row.charged?.to_string())),
    ("difference", |row| Some(row.difference?.to_string())),
    ("currency", |row| row.currency.clone()),
    ("cause", |row| Some(row.cause.name().into())),
    ("detail", |row| Some(row.cause.describe(Lang::En))),
];

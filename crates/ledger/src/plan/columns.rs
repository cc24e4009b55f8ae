//! A plan as a table for programs. Amounts are text, so that no reader makes them floats.

use seedance_core::Decimal;

use super::row::Row;

/// What stands in a row's cell.
pub type Cell = fn(&Row) -> Option<String>;

/// The columns, each with how it reads from a row.
pub const COLUMNS: [(&str, Cell); 18] = [
    ("line", |row| Some(row.line.to_string())),
    ("id", Row::name),
    ("status", |row| Some(row.status.name().into())),
    ("model", |row| row.model.as_deref().map(Into::into)),
    ("billing_model", |row| row.billing_model.clone()),
    ("lowest", |row| amount(row.lowest)),
    ("highest", |row| amount(row.highest)),
    ("cumulative", |row| amount(row.cumulative)),
    ("fits", |row| row.fits.map(|fits| yes_or_no(fits).into())),
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

fn yes_or_no(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

fn amount(amount: Option<Decimal>) -> Option<String> {
    amount.map(|amount| amount.to_string())
}

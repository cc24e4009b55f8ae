//! The answers of `routes`, for people.

use itertools::Itertools;
use seedance_core::Edition;
use seedance_core::table::{Difference, Route};

use super::table::table_of;
use crate::export::Table;
use crate::lang::{lang, pick};

/// The limits of all routes in the words of the docs, made by `cargo xtask gen`: for each edition and language, which are the
/// first two cells of each line, the names of the columns and a row for each route.
const ROUTES: &str = include_str!("routes.tsv");

/// The names of the columns for programs.
const COLUMNS: &str =
    "route models billed duration resolution ratio images frames videos audios urls";

/// The names of the columns for people, and the rows of these routes.
fn worded(
    edition: Edition,
    routes: &[Route],
) -> (Vec<&'static str>, impl Iterator<Item = Vec<&'static str>>) {
    let of_both = format!("{edition}\t{}\t", pick("en", "zh"));
    let lines = ROUTES.lines().filter_map(move |line| line.strip_prefix(&of_both));
    let mut rows = lines.map(|line| line.split('\t').collect_vec());
    let header = rows.next().unwrap_or_default();
    let names = routes.iter().map(|route| route.id.name()).collect_vec();
    (header, rows.filter(move |row| row.first().is_some_and(|name| names.contains(name))))
}

/// Routes as a table for programs.
pub fn route_table(edition: Edition, routes: &[Route]) -> Table {
    let (_, rows) = worded(edition, routes);
    let rows = rows.map(|row| row.into_iter().map(|cell| Some(cell.into())).collect());
    Table { header: COLUMNS.split(' ').collect(), rows: rows.collect() }
}

/// Routes as a table, and the edition.
pub fn routes(edition: Edition, routes: &[Route]) -> String {
    let (header, rows) = worded(edition, routes);
    // Each model and each limit has a line of its own.
    let broken = |(column, cell): (&str, &str)| match column {
        "models" => cell.replace(' ', "\n"),
        _ => cell.replace("; ", ";\n").replace('；', "；\n"),
    };
    let rows = rows.map(|row| COLUMNS.split(' ').zip(row).map(broken).collect());
    let of = pick("rules of edition", "规则版本");
    format!("{}{of} {edition}\n", table_of(header.iter().map(|name| name.to_uppercase()), rows))
}

/// How two editions differ, in words: one row per model and change.
pub fn differences([from, to]: [Edition; 2], differences: &[Difference]) -> String {
    let header = [pick("MODEL", "模型"), pick("FIELD", "项目"), from.name(), to.name()];
    let rows = differences.iter().flat_map(|difference| {
        let changes = difference.changes(lang()).into_iter();
        changes.map(|it| vec![difference.model.into(), it.what, it.from, it.to])
    });
    table_of(header, rows)
}

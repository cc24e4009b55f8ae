//! Tables for people.

use std::borrow::Borrow;
use std::fmt::Display;
use std::io;

use comfy_table::{Cell, ColumnConstraint, ContentArrangement, Row, Table, Width};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::lang::pick;

/// A column for people: its name in English and Chinese, and the text of its cell in a row.
pub type LabelledColumn<T> = (&'static str, &'static str, fn(&T) -> String);

/// The names of the columns.
pub fn header<T>(columns: &[LabelledColumn<T>]) -> Vec<&'static str> {
    columns.iter().map(|(en, zh, _)| pick(*en, *zh)).collect()
}

/// The cells of a row.
pub fn cells<T>(columns: &[LabelledColumn<T>], row: &T) -> Vec<String> {
    columns.iter().map(|(.., cell)| cell(row)).collect()
}

/// A whole table as text.
pub fn table<T>(columns: &[LabelledColumn<T>], rows: impl IntoIterator<Item: Borrow<T>>) -> String {
    let rows = rows.into_iter().map(|row| cells(columns, row.borrow()));
    table_of(header(columns), rows)
}

/// A whole table as text, from cells that are text already: without borders, and without blanks at the ends of lines. On a
/// terminal it fits the width; elsewhere each row is one line.
pub fn table_of(
    header: impl IntoIterator<Item: Into<Cell>>,
    rows: impl Iterator<Item = Vec<String>>,
) -> String {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_header(header).add_rows(rows);
    let mut widths = word_widths(&mut table);
    if let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size_of(io::stdout()) {
        if widths.iter().sum::<u16>() > width {
            table = stacked(&table);
            widths = word_widths(&mut table);
        }
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    let at_least = |width| ColumnConstraint::LowerBoundary(Width::Fixed(width));
    table.set_constraints(widths.into_iter().map(at_least));
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The table with a block of lines for each row: the name of a column and its cell, unless that is empty.
fn stacked(table: &Table) -> Table {
    let mut stacked = Table::new();
    stacked.load_style(comfy_table::presets::NOTHING);
    for row in table.row_iter() {
        if !stacked.is_empty() {
            stacked.add_row(["", ""]);
        }
        let names = table.header().into_iter().flat_map(Row::cell_iter);
        let cells = names.zip(row.cell_iter()).filter(|(_, cell)| !cell.content().is_empty());
        stacked.add_rows(cells.map(|(name, cell)| [name.clone(), cell.clone()]));
    }
    stacked
}

/// The number of blanks around the content of a cell, both sides together.
const PADDING: u16 = 2;

/// A value as the text of a cell, which is empty if there is no value.
pub fn cell(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Words up to this width are never broken.
const WORD: u16 = 48;

/// The least width of Chinese text, which may be broken anywhere: two characters.
const CHINESE: usize = 4;

/// The width at which the words of a cell stay whole, and the parts of words between Chinese characters.
fn unbroken(cell: &str) -> u16 {
    let is_chinese = |character: char| character.width() == Some(2);
    let least = if cell.contains(is_chinese) { cell.width().min(CHINESE) } else { 0 };
    let words = cell.split(|it: char| it.is_whitespace() || is_chinese(it));
    let widths = words.map(UnicodeWidthStr::width).chain([least]);
    let widths = widths.filter_map(|width| u16::try_from(width).ok());
    widths.filter(|width| *width <= WORD).max().unwrap_or(0)
}

/// The width at which the words of each column stay whole, so that identifiers can be copied, with the blanks around them.
fn word_widths(table: &mut Table) -> Vec<u16> {
    let mut widths = vec![PADDING; table.column_count()];
    for row in table.header().into_iter().chain(table.row_iter()) {
        for (width, cell) in widths.iter_mut().zip(row.cell_iter()) {
            *width = (unbroken(&cell.content()) + PADDING).max(*width);
        }
    }
    widths
}

//! Reads charges from a table: a header, then one charge per row.

use std::collections::HashMap;

use csv::StringRecord;

use super::entry::{Columns, Entries, Entry};
use crate::problem::{LineError, Problem};
use crate::sheet;

/// Reads the rows of a table.
pub fn entries(text: &[u8], columns: Columns<'_>) -> Result<Entries, LineError> {
    let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let header = lines.find(|line| !line.is_empty() && !sheet::is_separator(line));
    let is_known = |name: &str| name == columns.id || name == columns.amount;
    let delimiter = sheet::delimiter_of(header.unwrap_or_default(), is_known);
    let mut reader = sheet::reader(text, delimiter);
    let (header, line) = sheet::header(&mut reader)?;
    let places = places(&header, columns).map_err(|problem| LineError { line, problem })?;

    let mut entries = Entries::new();
    let mut row = StringRecord::new();
    while let Some(line) = sheet::next_row(&mut reader, &mut row)? {
        let is_blank = |cell: &str| cell.trim().is_empty();
        if row.iter().all(is_blank) {
            continue;
        }
        let cell = |name: &str| {
            let cell = places.get(name).and_then(|place| row.get(*place));
            cell.unwrap_or_default().trim().to_owned()
        };
        let entry = match row.iter().skip(header.len()).all(is_blank) {
            true => Entry::read(columns, delimiter == b';', cell),
            false => Err(Problem::other_width(row.len(), header.len())),
        };
        entries.push((line, entry.map_err(|problem| LineError { line, problem })?));
    }
    Ok(entries)
}

/// The indexes of the columns that are read. Capitals do not matter in a header.
fn places<'a>(
    header: &StringRecord,
    columns: Columns<'a>,
) -> Result<HashMap<&'a str, usize>, Problem> {
    let mut places = HashMap::new();
    for name in columns.names() {
        let alike = header.iter().enumerate().filter(|(_, it)| it.eq_ignore_ascii_case(name));
        match *alike.collect::<Vec<_>>() {
            [(place, _)] => drop(places.insert(name, place)),
            [(_, first), (_, second), ..] => return Err(Problem::same_column(first, second)),
            [] if name == columns.id || name == columns.amount => {
                return Err(Problem::no_column(name, header));
            }
            [] => {}
        }
    }
    Ok(places)
}

//! Reads charges from a table: a header, then one charge per row.

use csv::ByteRecord;
use itertools::Itertools;

use super::entry::{CURRENCY, Columns, Entered, Entries, STATUS, TOKENS, tokens};
use crate::problem::{LineError, Problem};
use crate::sheet;

/// The index of each column in a record.
struct Places {
    id: usize,
    amount: usize,
    currency: Option<usize>,
    status: Option<usize>,
    tokens: Vec<usize>,
    count: usize,
}

/// Reads the rows of a table.
pub fn entries(text: &[u8], columns: Columns<'_>) -> Result<Entries, LineError> {
    let header = text.split(|byte| *byte == b'\n');
    let mut header = header.map(<[u8]>::trim_ascii);
    let header = header.find(|line| !line.is_empty() && !sheet::is_separator(line));
    let header = header.unwrap_or_default();
    let is_known = |name: &str| name == columns.id || name == columns.amount;
    let delimiter = sheet::delimiter_of(header, is_known);
    let mut reader = sheet::reader(text, delimiter);
    let header = sheet::skip_separator(&mut reader).and_then(|()| reader.byte_headers().cloned());
    let header = header.map_err(|error| sheet::unreadable(&mut reader, error))?;
    if header.iter().all(<[u8]>::is_empty) {
        return Err(LineError { line: 1, problem: Problem::no_header() });
    }
    let line = sheet::line_of(&mut reader, header.position());
    let places = Places::of(&header, columns).map_err(|problem| LineError { line, problem })?;
    let mut entries = Entries::new();
    let mut record = ByteRecord::new();
    loop {
        let has_record = reader.read_byte_record(&mut record);
        if !has_record.map_err(|error| sheet::unreadable(&mut reader, error))? {
            return Ok(entries);
        }
        let line = sheet::line_of(&mut reader, record.position());
        let entry = places.charge(&record).transpose();
        entries.extend(entry.map(|entry| (line, entry)));
    }
}

impl Places {
    fn of(header: &ByteRecord, columns: Columns<'_>) -> Result<Self, Problem> {
        let names: Vec<String> =
            header.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let place = |name: &str| {
            let places = names.iter().enumerate();
            let mut places = places.filter(|(_, known)| known.eq_ignore_ascii_case(name));
            match (places.next(), places.next()) {
                (Some((_, first)), Some((_, second))) => Err(Problem::same_column(first, second)),
                (first, _) => Ok(first.map(|(place, _)| place)),
            }
        };
        let needed = |name: &str| {
            let names = names.iter().map(String::as_str);
            place(name)?.ok_or_else(|| Problem::no_column(name, names))
        };
        Ok(Self {
            id: needed(columns.id)?,
            amount: needed(columns.amount)?,
            currency: place(CURRENCY)?,
            status: place(STATUS)?,
            tokens: TOKENS.into_iter().map(place).flatten_ok().collect::<Result<_, _>>()?,
            count: names.len(),
        })
    }

    /// Reads the charge of a row; `None` if the row is blank.
    fn charge(&self, record: &ByteRecord) -> Result<Option<Entered>, Problem> {
        let is_blank = |cell: &[u8]| cell.trim_ascii().is_empty();
        if record.iter().all(is_blank) {
            return Ok(None);
        }
        let is_short = record.len() <= self.id.max(self.amount);
        if is_short || !record.iter().skip(self.count).all(is_blank) {
            return Err(Problem::other_width(record.len(), self.count));
        }
        let cell = |place: usize| {
            let cell = str::from_utf8(record.get(place).unwrap_or_default());
            cell.map(|cell| cell.trim().to_owned()).map_err(|_| Problem::not_utf8())
        };
        let counts = self.tokens.iter().map(|place| tokens(&cell(*place)?));
        Ok(Some(Entered {
            id: cell(self.id)?,
            amount: cell(self.amount)?,
            is_number: false,
            currency: self.currency.map(cell).transpose()?,
            status: self.status.map(cell).transpose()?,
            tokens: counts.flatten_ok().next().transpose()?,
        }))
    }
}

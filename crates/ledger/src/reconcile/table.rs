//! Charges as a table: a header with `id`, `amount` and perhaps `currency` in any order, then a charge a line.

use csv::{ByteRecord, Position};

use super::entry::Entered;
use crate::problem::Problem;

/// Where in a record each column stands.
struct Columns {
    id: usize,
    amount: usize,
    currency: Option<usize>,
    count: usize,
}

/// The rows by the lines that they begin on.
pub fn entries(text: &[u8]) -> Vec<(u64, Result<Entered, Problem>)> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text);
    let header = reader.byte_headers().map_err(|error| unreadable(&error));
    let columns = match header.and_then(Columns::of) {
        Ok(columns) => columns,
        Err(problem) => return vec![(1, Err(problem))],
    };
    let records = reader.into_byte_records().map(|record| match record {
        Ok(record) => (line(record.position()), columns.charge(&record)),
        Err(error) => (line(error.position()), Err(unreadable(&error))),
    });
    records.collect()
}

impl Columns {
    fn of(header: &ByteRecord) -> Result<Self, Problem> {
        let names: Vec<String> = header
            .iter()
            .map(|name| String::from_utf8_lossy(name).to_ascii_lowercase())
            .collect();
        if let Some(other) = names
            .iter()
            .find(|name| !["id", "amount", "currency"].contains(&name.as_str()))
        {
            return Err(Problem::UnknownColumn {
                name: other.clone(),
            });
        }
        let place = |name: &str| names.iter().position(|known| known == name);
        let needed = |name| place(name).ok_or(Problem::NoColumn { name });
        Ok(Self {
            id: needed("id")?,
            amount: needed("amount")?,
            currency: place("currency"),
            count: names.len(),
        })
    }

    fn charge(&self, record: &ByteRecord) -> Result<Entered, Problem> {
        if record.len() != self.count {
            return Err(Problem::OtherWidth {
                has: record.len(),
                expected: self.count,
            });
        }
        let field = |place: usize| {
            let field = record.get(place).unwrap_or_default();
            str::from_utf8(field)
                .map(str::to_owned)
                .map_err(|_| Problem::NotUtf8)
        };
        Ok(Entered {
            id: field(self.id)?,
            amount: field(self.amount)?,
            currency: self.currency.map(field).transpose()?,
        })
    }
}

fn unreadable(error: &csv::Error) -> Problem {
    Problem::NotATable {
        error: error.to_string(),
    }
}

fn line(position: Option<&Position>) -> u64 {
    position.map_or(1, Position::line)
}

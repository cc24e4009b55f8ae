//! Charges as a table: a header with `id`, `amount` and perhaps `currency` in any order, then a charge a line.

use csv::{ByteRecord, Position};

use super::charges::{Entered, Entries, Problem};

/// Where in a record each column stands.
struct Columns {
    id: usize,
    amount: usize,
    currency: Option<usize>,
    count: usize,
}

pub fn entries(text: &[u8]) -> Entries {
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
            return Err((
                format!(
                    "there is no column `{other}`, the header is `id,amount` or `id,amount,currency`"
                ),
                format!("没有 `{other}` 这一列，表头应为 `id,amount` 或 `id,amount,currency`"),
            ));
        }
        let place = |name: &str| names.iter().position(|known| known == name);
        let needed = |name: &str| {
            place(name).ok_or_else(|| {
                (
                    format!("the header has no column `{name}`"),
                    format!("表头缺少 `{name}` 列"),
                )
            })
        };
        Ok(Self {
            id: needed("id")?,
            amount: needed("amount")?,
            currency: place("currency"),
            count: names.len(),
        })
    }

    fn charge(&self, record: &ByteRecord) -> Result<Entered, Problem> {
        if record.len() != self.count {
            let (has, expected) = (record.len(), self.count);
            return Err((
                format!("it has {has} fields where the header has {expected}"),
                format!("该行有 {has} 个字段，而表头有 {expected} 个"),
            ));
        }
        let field = |place: usize| {
            str::from_utf8(&record[place])
                .map(str::to_owned)
                .map_err(|_| {
                    let (en, zh) = (
                        "it is not UTF-8, save the file as UTF-8",
                        "不是 UTF-8，请将文件另存为 UTF-8",
                    );
                    (en.to_owned(), zh.to_owned())
                })
        };
        Ok(Entered {
            id: field(self.id)?,
            amount: field(self.amount)?,
            currency: self.currency.map(field).transpose()?,
        })
    }
}

fn unreadable(error: &csv::Error) -> Problem {
    (error.to_string(), error.to_string())
}

fn line(position: Option<&Position>) -> u64 {
    position.map_or(1, Position::line)
}

//! Jobs as a table: a header that names the request's fields, then one job per row.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::io::{self, Read};
use std::iter;

use indexmap::IndexMap;
use itertools::Itertools;
use seedance_core::table::FieldKind;
use seedance_core::{Edition, Field, Lang};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use serde_with::skip_serializing_none;

use crate::ids;
use crate::problem::{LineError, Problem};
use crate::sheet::Rows;

/// Columns that were perhaps meant as the id.
const LIKE_ID: [&str; 5] = ["job_id", "task_id", "request_id", "任务编号", "请求编号"];
/// Separates the items of a list in one cell.
const ITEMS: char = '|';

/// Converts a table to lines of JSON jobs. Each job is on the line that its row begins on, so that line numbers in messages match
/// the table. If the table has further columns, each line is a [`Carrying`] with their cells.
#[derive(Debug)]
pub struct TableJobs<R> {
    rows: Rows<R>,
    /// The cells of the current row.
    row: Vec<String>,
    header: Vec<String>,
    /// The meaning of each header name.
    columns: Vec<Meaning>,
    /// The number of the next output line.
    line: u64,
    /// Output that was produced but not read yet.
    ready: VecDeque<u8>,
    /// The error of the row after `ready`.
    failed: Option<LineError>,
}

/// A job with the cells of its row that do not belong to the job.
#[derive(Debug, Deserialize, Serialize)]
pub struct Carrying<'a> {
    /// The cells, in the order of their columns.
    pub carried: Vec<String>,
    /// The job as JSON text.
    #[serde(borrow)]
    pub job: &'a RawValue,
}

impl Carrying<'_> {
    /// The cells of a line, and its job. A line that is no such object is itself the job.
    #[must_use]
    pub fn split(line: &[u8]) -> (Vec<String>, &[u8]) {
        match serde_json::from_slice::<Carrying<'_>>(line) {
            Ok(Carrying { carried, job }) => (carried, job.get().as_bytes()),
            Err(_) => (Vec::new(), line),
        }
    }
}

/// What a column means for a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Meaning {
    Id,
    /// A field with a single value, or a whole list in one cell.
    Field(Field),
    /// The item of a list field with this number.
    Item(Field, usize),
    /// The length of the reference video with this number, in seconds.
    Seconds(usize),
    /// Not part of the job.
    Carried,
}

/// A job as a line of JSON. Values are JSON text: numbers keep their digits as written.
#[skip_serializing_none]
#[derive(Serialize)]
struct JobLine<'a> {
    id: Option<&'a str>,
    /// In the order of the edition's fields.
    request: IndexMap<&'static str, Box<RawValue>>,
    media: Option<BTreeMap<&'static str, Vec<Fact>>>,
}

/// What is known of a video.
type Fact = Option<BTreeMap<&'static str, Box<RawValue>>>;

impl<R: Read> TableJobs<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// When the header is missing or blank, lacks the column `model`, or has a column twice.
    pub fn new(source: R, delimiter: u8) -> Result<Self, LineError> {
        let (rows, (line, header)) = Rows::of(source, delimiter)?;
        let mut columns = header.iter().map(|name| Meaning::named(name)).collect_vec();
        // Where there is no column `id`, as in a bill.
        if !columns.contains(&Meaning::Id) {
            let named = columns.iter_mut().zip(&header);
            let ids = named.filter(|(_, name)| *name == ids::CHINESE_NAME);
            ids.for_each(|(column, _)| *column = Meaning::Id);
        }
        let mut names = HashMap::new();
        for (column, name) in columns.iter().zip(&header) {
            if let Some(first) = names.insert(column, name)
                && *column != Meaning::Carried
            {
                return Err(Problem::same_column(first, name).at(line));
            }
        }
        if !columns.contains(&Meaning::Field(Field::Model)) {
            return Err(Problem::no_column(Field::Model.name(), &header).at(line));
        }
        let (row, ready) = (Vec::new(), VecDeque::new());
        Ok(Self { rows, row, header, columns, line: 1, ready, failed: None })
    }

    /// The names of the columns that are not part of the job. Of those with one name, all but the first get their column's number.
    #[must_use]
    pub fn carried(&self) -> Vec<String> {
        let mut taken = HashSet::new();
        let named = (1..).zip(&self.header).zip(&self.columns);
        let carried = named.filter(|(_, column)| **column == Meaning::Carried);
        let unique = |((number, name), _): ((u32, &String), _)| {
            let mut name = name.clone();
            while !taken.insert(name.clone()) {
                name = format!("{name} ({number})").trim().into();
            }
            name
        };
        carried.map(unique).collect()
    }

    /// Names the columns that no field of the edition reads, but were perhaps meant as one. `None` if there are none.
    #[must_use]
    pub fn remark(&self, edition: Edition, lang: Lang) -> Option<String> {
        let joint = lang.pick(", ", "、");
        let doubtful = |(name, column): (&String, &Meaning)| {
            let meant = self.meant(name, *column, edition).into_iter();
            let meant = meant.map(|meant| format!("`{meant}`")).join(joint);
            let shown =
                say!(lang, "`{name}` (did you mean {meant}?)", "`{name}`（是否想写 {meant}？）");
            (!meant.is_empty()).then_some(shown)
        };
        let names = self.header.iter().zip(&self.columns).filter_map(doubtful).join(joint);
        let remark = say!(
            lang,
            "columns that are not fields of the request: {names}",
            "以下列不是请求字段：{names}"
        );
        (!names.is_empty()).then_some(remark)
    }

    /// What a column was perhaps meant as, if it is no field of the edition: fields with a similar name, or one whose name or Chinese
    /// title begins so, unless they have a column of their own; or the id, if no column is.
    fn meant(&self, name: &str, column: Meaning, edition: Edition) -> Vec<String> {
        /// Shorter names begin too many others.
        const SHORTEST: usize = 3;
        let has = |field| edition.fields().iter().any(|info| info.field == field);
        let name = normal(name);
        let is_like_id = LIKE_ID.contains(&&*name) && !self.columns.contains(&Meaning::Id);
        if column == Meaning::Carried && is_like_id {
            return vec!["id".into()];
        }
        let name = match column {
            Meaning::Field(field) | Meaning::Item(field, _) if !has(field) => field.name(),
            Meaning::Carried => numbered(&name).0,
            _ => return Vec::new(),
        };
        let mut meant = edition.fields_like(name);
        if meant.is_empty() && name.len() >= SHORTEST {
            let begins = |it: &str| it.starts_with(name);
            let mut fields = edition.fields().iter();
            let begun = fields.find(|info| begins(info.name) || begins(info.title.zh));
            meant.extend(begun.map(|info| info.name.into()));
        }
        meant.retain(|name| !self.columns.contains(&Meaning::named(name)));
        meant
    }

    /// Appends the job of the next row to `ready`, on its line; `false` at the end of the table.
    fn advance(&mut self) -> Result<bool, LineError> {
        let Some((line, row)) = self.rows.next().transpose()? else {
            return Ok(false);
        };
        self.row = row;
        while self.line < line {
            self.ready.push_back(b'\n');
            self.line += 1;
        }
        self.ready.extend(self.job().get().as_bytes());
        self.ready.push_back(b'\n');
        self.line += 1;
        Ok(true)
    }

    /// The output line of the current row.
    fn job(&self) -> Box<RawValue> {
        // Fields of all editions are passed on: the check reports those that its edition does not have.
        let fields = Edition::LATEST.fields().iter();
        let request =
            fields.filter_map(|info| Some((info.name, self.value(info.field)?))).collect();
        let job = raw(&JobLine { id: self.cell(Meaning::Id), request, media: self.media() });
        // A row may be shorter than the header.
        let row = self.row.iter().map(String::as_str).chain(iter::repeat(""));
        let cells = self.columns.iter().zip(row);
        let carried = cells.filter(|(column, _)| **column == Meaning::Carried);
        let carried: Vec<String> = carried.map(|(_, cell)| cell.to_owned()).collect();
        match carried.is_empty() {
            true => job,
            false => raw(&Carrying { carried, job: &job }),
        }
    }

    /// The value of a field in the current row; `None` if its cells are blank.
    fn value(&self, field: Field) -> Option<Box<RawValue>> {
        match field.info().kind {
            FieldKind::Array => {
                let items = self.items(field).into_iter().map(|(_, item)| item).collect_vec();
                (!items.is_empty()).then(|| raw(&items))
            }
            FieldKind::String => self.cell(Meaning::Field(field)).map(|cell| raw(&cell)),
            FieldKind::Integer | FieldKind::Boolean => {
                self.cell(Meaning::Field(field)).map(literal)
            }
        }
    }

    /// The items of a list in the current row with their numbers: those of its one cell, then those of numbered columns.
    fn items(&self, field: Field) -> Vec<(usize, &str)> {
        let listed = self.cell(Meaning::Field(field)).into_iter().flat_map(|it| it.split(ITEMS));
        let listed = (1..).zip(listed.map(str::trim).filter(|item| !item.is_empty()));
        let numbered = self.filled().filter_map(|(column, cell)| match column {
            Meaning::Item(of, number) if of == field => Some((number, cell)),
            _ => None,
        });
        listed.chain(numbered.sorted()).collect()
    }

    /// The media facts of the current row. Lengths without a reference video come last, so that the check reports them.
    fn media(&self) -> Option<BTreeMap<&'static str, Vec<Fact>>> {
        let lengths = self.filled().filter_map(|(column, cell)| match column {
            // Spreadsheets write a decimal comma where people do.
            Meaning::Seconds(number) => Some((number, literal(&cell.replacen(',', ".", 1)))),
            _ => None,
        });
        let mut lengths: BTreeMap<_, _> = lengths.collect();
        if lengths.is_empty() {
            return None;
        }
        // The list has one of two names.
        let lists = [Field::ReferenceVideos, Field::Videos].map(|field| self.items(field));
        let videos = lists.into_iter().find(|items| !items.is_empty()).unwrap_or_default();
        let of_video = |(number, _)| lengths.remove(&number);
        let mut of_videos = videos.into_iter().map(of_video).collect_vec();
        of_videos.extend(lengths.into_values().map(Some));
        let facts = of_videos.into_iter().map(|it| Some(BTreeMap::from([("seconds", it?)])));
        Some(BTreeMap::from([(Field::ReferenceVideos.name(), facts.collect())]))
    }

    /// The cell of the current row that has this meaning, if it is not blank.
    fn cell(&self, column: Meaning) -> Option<&str> {
        self.filled().find(|(other, _)| *other == column).map(|(_, cell)| cell)
    }

    /// The cells of the current row that are not blank, with their columns.
    fn filled(&self) -> impl Iterator<Item = (Meaning, &str)> {
        let cells = self.columns.iter().copied().zip(self.row.iter().map(String::as_str));
        cells.filter(|(_, cell)| !cell.trim().is_empty())
    }
}

impl<R: Read> Read for TableJobs<R> {
    /// Reads as many rows as fit into the buffer, but does not block for a further row while output is ready. A row that cannot
    /// be read gives an error with a [`LineError`] inside, after the output of the rows before it.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.failed.is_none()
            && self.ready.len() < buffer.len()
            && (self.ready.is_empty() || self.rows.has_more())
        {
            match self.advance() {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => self.failed = Some(error),
            }
        }
        match self.failed.take_if(|_| self.ready.is_empty()) {
            Some(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error)),
            None => self.ready.read(buffer),
        }
    }
}

/// A value as JSON. This cannot fail: JSON can hold all text, lists and objects.
fn raw(value: &impl Serialize) -> Box<RawValue> {
    to_raw_value(value).unwrap_or_default()
}

/// Reads a number, or `true` or `false` in any case: spreadsheets write capitals. Anything else stays text, for the check to
/// report.
fn literal(cell: &str) -> Box<RawValue> {
    let spelled = cell.trim().to_lowercase();
    match serde_json::from_str(&spelled) {
        Ok(Value::Number(_) | Value::Bool(_)) => RawValue::from_string(spelled).unwrap_or_default(),
        _ => raw(&cell),
    }
}

/// Whether a column of this name is part of a job, and not a further column.
pub fn is_no_further_column(name: &str) -> bool {
    Meaning::named(name) != Meaning::Carried
}

impl Meaning {
    /// Recognises a field's name in any case, with `_`, `-` or spaces between words; a list's name may be in the singular.
    fn named(name: &str) -> Self {
        let name = normal(name);
        if name == "id" {
            return Self::Id;
        }
        if let Some(field) = Field::named(&name).or_else(|| list_of(&name)) {
            return Self::Field(field);
        }
        match numbered(&name) {
            ("seconds" | "second", Some(number)) => Self::Seconds(number),
            (stem, Some(number)) => {
                list_of(stem).map_or(Self::Carried, |it| Self::Item(it, number))
            }
            _ => Self::Carried,
        }
    }
}

/// A column's name as fields are spelled.
fn normal(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// A name without the number at its end, and the number.
fn numbered(name: &str) -> (&str, Option<usize>) {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = name.strip_prefix(stem).and_then(|digits| digits.parse().ok());
    (stem.trim_end_matches('_'), number)
}

/// The list field with this name, in the plural or the singular.
fn list_of(name: &str) -> Option<Field> {
    let field = Field::named(name).or_else(|| Field::named(&format!("{name}s")))?;
    (field.info().kind == FieldKind::Array).then_some(field)
}

#[cfg(test)]
mod tests;

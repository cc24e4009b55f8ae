//! Jobs as a table: a header that names the request's fields, then one job per row.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::io::{self, Read};
use std::iter;
use std::ops::RangeFrom;

use csv::StringRecord;
use itertools::Itertools;
use seedance_core::{Edition, Field, Lang};
use serde::{Deserialize, Serialize};
use serde_json::Number;
use serde_json::value::{RawValue, to_raw_value};
use serde_with::{Map, serde_as, skip_serializing_none};

use crate::problem::{LineError, Problem};
use crate::sheet;

/// Separates the items of a list in one cell.
const ITEMS: char = '|';

/// Converts a table to lines of JSON jobs. Each job is on the line that its row begins on, so that line numbers in messages match
/// the table. If the table has further columns, each line is a [`Carrying`] with their cells.
#[derive(Debug)]
pub struct TableJobs<R> {
    rows: csv::Reader<sheet::Lines<R>>,
    row: StringRecord,
    header: StringRecord,
    /// The meaning of each header name.
    columns: Vec<Meaning>,
    /// Whether a comma is not what separates cells, so that a length may have a decimal comma.
    may_have_decimal_commas: bool,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Id,
    /// A field with a single value, or a whole list in one cell.
    Field(Field),
    /// The item of a list field with this index.
    Item(Field, usize),
    /// The length of the reference video with this index, in seconds.
    Seconds(usize),
    /// Not part of the job.
    Carried,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize)]
struct JobLine<'a> {
    id: Option<&'a str>,
    /// In the order of the edition's fields.
    #[serde_as(as = "Map<_, _>")]
    request: Vec<(&'static str, FieldValue<'a>)>,
    media: Option<Media<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum FieldValue<'a> {
    Number(Cow<'a, RawValue>),
    Boolean(bool),
    Text(&'a str),
    List(Vec<&'a str>),
}

#[derive(Serialize)]
struct Media<'a> {
    reference_videos: Vec<Option<Video<'a>>>,
}

#[derive(Serialize)]
struct Video<'a> {
    seconds: FieldValue<'a>,
}

impl<R: Read> TableJobs<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// When the header is missing or blank, lacks the column `model`, or has a column twice.
    pub fn new(source: R, delimiter: u8) -> Result<Self, LineError> {
        let mut rows = sheet::reader(source, delimiter);
        let (header, line) = sheet::header(&mut rows)?;
        let at_header = |problem| LineError { line, problem };
        let columns: Vec<Meaning> = header.iter().map(Meaning::named).collect();
        for ((place, column), name) in columns.iter().enumerate().zip(&header) {
            let first = columns.iter().take(place).position(|other| other == column);
            let first = first.filter(|_| *column != Meaning::Carried);
            if let Some(first) = first.and_then(|first| header.get(first)) {
                return Err(at_header(Problem::same_column(first, name)));
            }
        }
        if !columns.contains(&Meaning::Field(Field::Model)) {
            return Err(at_header(Problem::no_column(Field::Model.name(), &header)));
        }
        Ok(Self {
            rows,
            row: StringRecord::new(),
            header,
            columns,
            may_have_decimal_commas: delimiter != b',',
            line: 1,
            ready: VecDeque::new(),
            failed: None,
        })
    }

    /// The names of the columns that are not part of the job. Of those with one name, all but the first get a number.
    #[must_use]
    pub fn carried(&self) -> Vec<String> {
        let named = self.header.iter().zip(&self.columns);
        let carried = named.filter(|(_, column)| **column == Meaning::Carried);
        let mut taken: HashSet<String> = self.header.iter().map(Into::into).collect();
        // The numbers that are left for each name. A spreadsheet may write thousands of columns without one.
        let mut numbers = HashMap::new();
        let unique = |(name, _)| match numbers.entry(name) {
            Entry::Vacant(first) => {
                first.insert(2..);
                Some(String::from(name))
            }
            Entry::Occupied(again) => {
                let numbers: &mut RangeFrom<u32> = again.into_mut();
                let mut numbered = numbers.map(|number| format!("{name} ({number})").trim().into());
                numbered.find(|name: &String| taken.insert(name.clone()))
            }
        };
        carried.filter_map(unique).collect()
    }

    /// Names the columns that no field of the edition reads, but were perhaps meant as one. `None` if there are none.
    #[must_use]
    pub fn remark(&self, edition: Edition, lang: Lang) -> Option<String> {
        let doubtful = |(name, column): (&str, &Meaning)| {
            let meant = self.meant(name, *column, edition).into_iter();
            let meant = meant.map(|meant| format!("`{meant}`")).join(lang.pick(", ", "、"));
            let shown =
                say!(lang, "`{name}` (did you mean {meant}?)", "`{name}`（是否想写 {meant}？）");
            (!meant.is_empty()).then_some(shown)
        };
        let doubtful = self.header.iter().zip(&self.columns).filter_map(doubtful);
        let names = doubtful.collect_vec().join(lang.pick(", ", "、"));
        let remark = say!(
            lang,
            "columns that are not fields of the request: {names}",
            "以下列不是请求字段：{names}"
        );
        (!names.is_empty()).then_some(remark)
    }

    /// What a column was perhaps meant as, if it is no field: a list that begins with 1, a field by its other names or by a name
    /// that is spelled alike, or by how its title begins. A field that has a column of its own is not missing.
    fn meant(&self, name: &str, column: Meaning, edition: Edition) -> Vec<String> {
        /// Shorter names begin too many titles.
        const SHORTEST: usize = 3;
        let fields = edition.fields();
        let is_unknown = |field: Field| fields.iter().all(|info| info.field != field);
        let name = normal(name);
        let (stem, number) = numbered(&name);
        match (column, list_of(stem)) {
            (Meaning::Field(field) | Meaning::Item(field, _), _)
            | (Meaning::Carried, Some(field))
                if is_unknown(field) =>
            {
                return edition.fields_like(field.name());
            }
            (Meaning::Carried, Some(_)) => return vec![format!("{stem}_1")],
            (Meaning::Carried, None) if is_seconds(stem) && number.is_some() => {
                return vec!["seconds_1".into()];
            }
            (Meaning::Carried, None) => {}
            _ => return Vec::new(),
        }
        let begins = |title: &str| {
            let title = normal(title);
            stem.len() >= SHORTEST && (title.starts_with(stem) || stem.starts_with(&title))
        };
        let mut meant = edition.fields_like(stem);
        if meant.is_empty() {
            let titled = fields.iter().find(|info| begins(info.title.en) || begins(info.title.zh));
            meant.extend(titled.map(|info| info.name.into()));
        }
        let is_there = |name: &String| {
            self.columns
                .iter()
                .any(|column| matches!(column, Meaning::Field(field) if field.name() == name))
        };
        meant.retain(|name| !is_there(name));
        meant
    }

    /// Appends the job of the next row to `ready`; `false` at the end of the table.
    fn advance(&mut self) -> Result<bool, LineError> {
        let Some(line) = sheet::next_row(&mut self.rows, &mut self.row)? else {
            return Ok(false);
        };
        let extra = self.row.iter().skip(self.columns.len());
        if extra.into_iter().any(|cell| !cell.trim().is_empty()) {
            let problem = Problem::other_width(self.row.len(), self.columns.len());
            return Err(LineError { line, problem });
        }
        let is_blank = self.row.iter().all(|cell| cell.trim().is_empty());
        let job = if is_blank { String::new() } else { self.job() };
        while self.line < line {
            self.ready.push_back(b'\n');
            self.line += 1;
        }
        self.ready.extend(job.as_bytes());
        self.ready.push_back(b'\n');
        self.line += 1;
        Ok(true)
    }

    /// Whether the source has already given bytes of another row: more than the line feed that ends the current row.
    fn has_more(&self) -> bool {
        self.rows.get_ref().given() > self.rows.position().byte() + 1
    }

    /// The output line of the current row, which is not blank.
    fn job(&self) -> String {
        // Fields of all editions are passed on: the check reports those that its edition does not have.
        let fields = Edition::LATEST.fields().iter();
        let request = fields.filter_map(|info| {
            let value = self.value(info.field, info.kind)?;
            Some((info.field.name(), value))
        });
        let job = JobLine {
            id: self.cells(Meaning::Id).next(),
            request: request.collect(),
            media: self.media(),
        };
        // Serializing strings, numbers and lists to JSON cannot fail.
        let job = to_raw_value(&job).unwrap_or_default();
        // A row may be shorter than the header.
        let cells = self.columns.iter().zip(self.row.iter().chain(iter::repeat("")));
        let carried = cells.filter(|(column, _)| **column == Meaning::Carried);
        let carried: Vec<String> = carried.map(|(_, cell)| cell.to_owned()).collect();
        match carried.is_empty() {
            true => job.get().to_owned(),
            false => serde_json::to_string(&Carrying { carried, job: &job }).unwrap_or_default(),
        }
    }

    /// The value of a field in the current row; `None` if its cells are blank.
    fn value(&self, field: Field, kind: &str) -> Option<FieldValue<'_>> {
        let mut cells = self.cells(Meaning::Field(field));
        match kind {
            "array" => {
                let items: Vec<&str> = self.items(field).into_values().collect();
                (!items.is_empty()).then_some(FieldValue::List(items))
            }
            "integer" => cells.next().map(number),
            "boolean" => cells.next().map(boolean),
            _ => cells.next().map(FieldValue::Text),
        }
    }

    /// The items of a list in the current row: those of its one cell, then those of numbered columns. The key says whether an
    /// item has a numbered column, and its index in the cell or among those columns.
    fn items(&self, field: Field) -> BTreeMap<(bool, usize), &str> {
        let listed = self.cells(Meaning::Field(field)).flat_map(|cell| cell.split(ITEMS));
        let listed = listed.map(str::trim).filter(|item| !item.is_empty()).enumerate();
        let listed = listed.map(|(index, item)| ((false, index), item));
        let numbered = self.filled().filter_map(|(column, cell)| match column {
            Meaning::Item(of, index) if of == field => Some(((true, index), cell)),
            _ => None,
        });
        listed.chain(numbered).collect()
    }

    /// What the current row says of its reference videos. A length that has no video stands behind all of them, for the check to
    /// report.
    fn media(&self) -> Option<Media<'_>> {
        let videos = self.items(Field::ReferenceVideos);
        let mut facts = Vec::new();
        for (column, cell) in self.filled() {
            let Meaning::Seconds(index) = column else {
                continue;
            };
            let is_numbered = self.columns.contains(&Meaning::Item(Field::ReferenceVideos, index));
            let place = videos.keys().position(|key| *key == (is_numbered, index));
            let place = place.unwrap_or_else(|| videos.len().max(facts.len()));
            facts.resize_with(facts.len().max(place + 1), || None);
            if let Some(fact) = facts.get_mut(place) {
                let seconds = with_point(cell).filter(|_| self.may_have_decimal_commas);
                let seconds = seconds.unwrap_or_else(|| number(cell));
                *fact = Some(Video { seconds });
            }
        }
        (!facts.is_empty()).then_some(Media { reference_videos: facts })
    }

    /// The cells of the current row that have this meaning and are not blank.
    fn cells(&self, column: Meaning) -> impl Iterator<Item = &str> {
        self.filled().filter(move |(other, _)| *other == column).map(|(_, cell)| cell)
    }

    /// The cells of the current row that are not blank, with their columns.
    fn filled(&self) -> impl Iterator<Item = (Meaning, &str)> {
        let cells = self.columns.iter().copied().zip(&self.row);
        cells.filter(|(_, cell)| !cell.trim().is_empty())
    }
}

/// Reads `true` or `false` in any case: spreadsheets write capitals. Anything else stays text, for the check to report.
fn boolean(cell: &str) -> FieldValue<'_> {
    cell.trim().to_ascii_lowercase().parse().map_or(FieldValue::Text(cell), FieldValue::Boolean)
}

/// Reads a number, keeping its digits as written. Anything else stays text, for the check to report.
fn number(cell: &str) -> FieldValue<'_> {
    let cell = cell.trim();
    let is_number = serde_json::from_str::<Number>(cell).is_ok();
    let digits = serde_json::from_str(cell).ok().filter(|_| is_number);
    digits.map_or(FieldValue::Text(cell), |digits| FieldValue::Number(Cow::Borrowed(digits)))
}

/// Reads a number with a decimal comma.
fn with_point(cell: &str) -> Option<FieldValue<'_>> {
    let pointed = cell.trim().replacen(',', ".", 1);
    let _: Number = serde_json::from_str(&pointed).ok()?;
    RawValue::from_string(pointed).ok().map(|it| FieldValue::Number(Cow::Owned(it)))
}

/// Whether a column of this name is part of a job, and not a further column.
pub fn is_no_further_column(name: &str) -> bool {
    Meaning::named(name) != Meaning::Carried
}

impl Meaning {
    /// Recognises a field's name in any case, with `_`, `-` or spaces between words; a list's name may be in the singular.
    fn named(name: &str) -> Self {
        // No request has more videos, and a length for video N makes its row list N videos.
        const MOST_VIDEOS: usize = 100;
        let name = normal(name);
        if name == "id" {
            return Self::Id;
        }
        if let Some(field) = Field::named(&name).or_else(|| list_of(&name)) {
            return Self::Field(field);
        }
        let (stem, number) = numbered(&name);
        match (list_of(stem), number.and_then(|number| number.checked_sub(1))) {
            (Some(field), Some(index)) => Self::Item(field, index),
            (None, Some(index)) if is_seconds(stem) && index < MOST_VIDEOS => Self::Seconds(index),
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

fn is_seconds(stem: &str) -> bool {
    matches!(stem, "seconds" | "second")
}

/// The list field with this name, in the plural or the singular.
fn list_of(name: &str) -> Option<Field> {
    let field = Field::named(name).or_else(|| Field::named(&format!("{name}s")))?;
    (field.info().kind == "array").then_some(field)
}

impl<R: Read> Read for TableJobs<R> {
    /// Reads as many rows as fit into the buffer, but does not block for a further row while output is ready. A row that cannot
    /// be read gives an error with a [`LineError`] inside, after the output of the rows before it.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.failed.is_none()
            && self.ready.len() < buffer.len()
            && (self.ready.is_empty() || self.has_more())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn jobs(table: &str, delimiter: u8) -> String {
        let mut jobs = TableJobs::new(table.as_bytes(), delimiter).unwrap();
        let mut read = String::new();
        jobs.read_to_string(&mut read).unwrap();
        read
    }

    #[test]
    fn rows_are_jobs_on_their_own_lines() {
        let table = "\
ID,Model,prompt,duration,images,image_1,reference_video_1,reference_video_2,seconds_2
0012,m,\"a
b\",5,x | y,z,v,w,3.20
,,,,,,,,
,m,\"q\"\"\",5.0,,,,,
k,m,q,five,,,,,
";
        let expected = r#"
{"id":"0012","request":{"model":"m","prompt":"a\nb","duration":5,"images":["x","y","z"],"reference_videos":["v","w"]},"media":{"reference_videos":[null,{"seconds":3.20}]}}


{"request":{"model":"m","prompt":"q\"","duration":5.0}}
{"id":"k","request":{"model":"m","prompt":"q","duration":"five"}}
"#;
        assert_eq!(jobs(table, b','), expected);
    }

    #[test]
    fn columns_have_the_names_of_fields() {
        for (name, column) in [
            ("First Image", Meaning::Field(Field::FirstImage)),
            ("image", Meaning::Field(Field::Images)),
            ("Reference-Video", Meaning::Field(Field::ReferenceVideos)),
            ("images_2", Meaning::Item(Field::Images, 1)),
            ("reference audio 1", Meaning::Item(Field::ReferenceAudios, 0)),
            ("seconds_1", Meaning::Seconds(0)),
            ("second 2", Meaning::Seconds(1)),
            ("seconds3", Meaning::Seconds(2)),
            ("Image2", Meaning::Item(Field::Images, 1)),
            ("image_0", Meaning::Carried),
            ("seconds_0", Meaning::Carried),
            ("seconds_101", Meaning::Carried),
            ("model_1", Meaning::Carried),
            ("note", Meaning::Carried),
        ] {
            assert_eq!(Meaning::named(name), column, "{name}");
        }
    }

    #[test]
    fn a_length_may_have_a_decimal_comma_where_commas_do_not_separate() {
        let table = "sep=;\nmodel;second_1;seconds_2\n\nm;3,2;3,2,1\n";
        let expected = "\n\n\n{\"request\":{\"model\":\"m\"},\"media\":{\"reference_videos\":[{\"seconds\":3.2},{\"seconds\":\"3,2,1\"}]}}\n";
        assert_eq!(jobs(table, b';'), expected);
        assert!(jobs("model\tseconds_1\nm\t3,2\n", b'\t').contains("{\"seconds\":3.2}"));
        assert!(jobs("model,seconds_1\nm,\"3,2\"\n", b',').contains("{\"seconds\":\"3,2\"}"));
    }

    #[test]
    fn further_columns_are_carried() {
        let table = "episode;model;note\nE1;m;\"a;b\"\n;n;\n";
        let expected = "\n{\"carried\":[\"E1\",\"a;b\"],\"job\":{\"request\":{\"model\":\"m\"}}}\n{\"carried\":[\"\",\"\"],\"job\":{\"request\":{\"model\":\"n\"}}}\n";
        assert_eq!(jobs(table, b';'), expected);
        let jobs = TableJobs::new(table.as_bytes(), b';').unwrap();
        assert_eq!(jobs.carried(), ["episode", "note"]);
    }

    #[test]
    fn columns_that_were_perhaps_meant_as_fields() {
        let remark = |header: &str, edition, lang| {
            TableJobs::new(header.as_bytes(), b',').unwrap().remark(edition, lang)
        };
        for (name, meant) in [
            ("res", "resolution"),
            ("Resolutoin", "resolution"),
            ("分辨率", "resolution"),
            ("video_0", "video_1"),
            ("image_0", "image_1"),
            ("seconds_101", "seconds_1"),
            ("first frame", "first_image"),
            ("first frame image", "first_image"),
            ("seconds", "duration"),
            ("视频时长（秒）", "duration"),
        ] {
            let told = format!(
                "columns that are not fields of the request: `{name}` (did you mean `{meant}`?)"
            );
            let remark = remark(&format!("{name},model"), Edition::LATEST, Lang::En);
            assert_eq!(remark, Some(told));
        }
        for header in
            ["episode,model", "model,note,镜头,shot_2,no", "model,mode,prompt,text", ",model"]
        {
            assert_eq!(remark(header, Edition::LATEST, Lang::En), None, "{header}");
        }
        // The older edition does not have the field `videos`.
        for name in ["video_0", "video_1", "videos"] {
            let told = format!(
                "以下列不是请求字段：`{name}`（是否想写 `reference_videos`？）、`image_0`（是否想写 `image_1`？）"
            );
            let header = format!("{name},model,image_0,image_1,note");
            assert_eq!(remark(&header, Edition::V2026_07, Lang::Zh), Some(told));
        }
    }

    /// A spreadsheet may write every column that it can have. Comparing each with all others would take minutes.
    #[test]
    fn thousands_of_columns_without_a_name() {
        let table = format!("model{}", ",".repeat(16_383));
        let names = TableJobs::new(table.as_bytes(), b',').unwrap().carried();
        assert_eq!(
            (names.len(), names.first(), names.last()),
            (16_383, Some(&String::new()), Some(&"(16383)".into()))
        );
    }

    #[test]
    fn headers_that_are_none() {
        let refused = |table: &str| {
            let refused = TableJobs::new(table.as_bytes(), b',');
            refused.unwrap_err().to_string()
        };
        for blank in ["", "\n\n", "\r\n \r\n", "\u{feff}\n"] {
            let refused = TableJobs::new(blank.as_bytes(), b',').unwrap_err();
            assert_eq!(
                (refused.line, refused.message(Lang::En), refused.message(Lang::Zh)),
                (
                    1,
                    "the table has no header; its first line must name the columns".into(),
                    "表格没有表头，首行应写明各列的名称".into()
                )
            );
        }
        assert_eq!(
            refused("prompt,duration\n"),
            "line 1: the header has no column `model`; it has `prompt`, `duration`"
        );
        assert_eq!(
            refused("model,prompt,Model\n"),
            "line 1: the columns `model` and `Model` mean the same; keep one"
        );
    }

    #[test]
    fn a_row_that_is_too_long() {
        let mut jobs = TableJobs::new(&b"model,prompt\nm,a\nm,a,b\n"[..], b',').unwrap();
        let mut buffer = [0; 100];
        let read = jobs.read(&mut buffer).unwrap();
        let before = "\n{\"request\":{\"model\":\"m\",\"prompt\":\"a\"}}\n";
        assert_eq!(str::from_utf8(&buffer[..read]).unwrap(), before);
        let error = jobs.read(&mut buffer).unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 3: fields on this line: 3, in the header: 2; put a cell that holds the separator in quotation marks"
        );
    }

    #[test]
    fn errors_name_the_line_that_a_row_begins_on() {
        fn refused(table: impl Read) -> String {
            let jobs = TableJobs::new(table, b',');
            let read = jobs.map(|mut jobs| io::copy(&mut jobs, &mut io::sink()));
            read.map_or_else(|error| error.to_string(), |read| read.unwrap_err().to_string())
        }
        let too_long = "fields on this line: 3, in the header: 2; put a cell that holds the separator in quotation marks";
        let no_model = "the header has no column `model`; it has `prompt`";
        let not_utf8 = "not UTF-8; save the file as UTF-8";
        for lines_end in ["\n", "\r\n", "\r"] {
            for (table, line, problem) in [
                ("model,prompt\nm,a\nm,a,b\n", 3, too_long),
                ("model,prompt\n\n\nm,a\n\n\nm,a,b", 7, too_long),
                ("\nmodel,prompt\nm,\"a\n\nb\"\nm,\"c\nd\",e\n", 6, too_long),
                ("model,prompt\nm,a\n,\n,\nm,a,b\n", 5, too_long),
                ("\n\nprompt\n", 3, no_model),
                ("model,prompt\nm,a\n\nm,\u{0}\nm,a\n", 4, not_utf8),
            ] {
                let table = table.replace('\n', lines_end).into_bytes();
                // The byte 0xFF never occurs in UTF-8.
                let table: Vec<u8> =
                    table.into_iter().map(|byte| if byte == 0 { 0xFF } else { byte }).collect();
                let expected = format!("line {line}: {problem}");
                let shown = table.escape_ascii();
                assert_eq!(refused(table.as_slice()), expected, "{shown}");
                assert_eq!(refused(ByteByByte(&table)), expected, "{shown}, byte by byte");
            }
            for (table, line) in [("model\nm\n,a\n", 3), ("\nmodel\nm,a\n", 3)] {
                let marked = format!("\u{feff}{table}").replace('\n', lines_end);
                let expected = format!(
                    "line {line}: fields on this line: 2, in the header: 1; put a cell that holds the separator in quotation marks"
                );
                assert_eq!(refused(marked.as_bytes()), expected, "{marked:?}");
            }
            let cut_off = "model\nm\n\nm".replace('\n', lines_end);
            assert_eq!(refused(cut_off.as_bytes().chain(Broken)), "line 4: it broke");
        }
    }

    struct ByteByByte<'a>(&'a [u8]);

    impl Read for ByteByByte<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = buffer.len().min(1);
            self.0.read(&mut buffer[..length])
        }
    }

    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("it broke"))
        }
    }

    #[test]
    fn rows_come_together_but_none_waits() {
        /// Panics where a real source, such as a pipe, would block.
        struct Never;

        impl Read for Never {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                panic!("it waits")
            }
        }

        let job = "{\"request\":{\"model\":\"m\"}}\n";
        for table in ["model\nm\nm\n", "model\r\nm\r\nm\r\n"] {
            let mut jobs = TableJobs::new(table.as_bytes().chain(Never), b',').unwrap();
            let mut buffer = [0; 100];
            let read = jobs.read(&mut buffer).unwrap();
            let jobs = str::from_utf8(&buffer[..read]).unwrap();
            assert_eq!(jobs.trim_start(), job.repeat(2));
        }
    }
}

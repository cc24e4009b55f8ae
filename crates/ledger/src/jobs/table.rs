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

use crate::problem::{LineError, Problem};
use crate::sheet::Rows;

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
        let columns: Vec<Meaning> = header.iter().map(|name| Meaning::named(name)).collect();
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

    /// The fields that a column was perhaps meant as, if it is none of the edition's: those with a similar name, or one whose name or
    /// Chinese title begins so, unless they have a column of their own.
    fn meant(&self, name: &str, column: Meaning, edition: Edition) -> Vec<String> {
        /// Shorter names begin too many others.
        const SHORTEST: usize = 3;
        let has = |field| edition.fields().iter().any(|info| info.field == field);
        let name = normal(name);
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
            ("images_2", Meaning::Item(Field::Images, 2)),
            ("reference audio 1", Meaning::Item(Field::ReferenceAudios, 1)),
            ("seconds_1", Meaning::Seconds(1)),
            ("second 2", Meaning::Seconds(2)),
            ("seconds3", Meaning::Seconds(3)),
            ("Image2", Meaning::Item(Field::Images, 2)),
            ("image_0", Meaning::Item(Field::Images, 0)),
            ("image_99999999999999999999", Meaning::Carried),
            ("model_1", Meaning::Carried),
            ("note", Meaning::Carried),
        ] {
            assert_eq!(Meaning::named(name), column, "{name}");
        }
    }

    #[test]
    fn a_length_may_have_a_decimal_comma() {
        let table = "sep=;\nmodel;second_1;seconds_2\n\nm;3,2;3 s\n";
        let expected = "\n\n\n{\"request\":{\"model\":\"m\"},\"media\":{\"reference_videos\":[{\"seconds\":3.2},{\"seconds\":\"3 s\"}]}}\n";
        assert_eq!(jobs(table, b';'), expected);
        assert!(jobs("model,seconds_1\nm,\"3,2\"\n", b',').contains("{\"seconds\":3.2}"));
    }

    /// The newer edition's name of the list counts, too.
    #[test]
    fn a_length_is_that_of_the_video_of_its_number() {
        for name in ["reference_video", "video"] {
            let table = format!("model,{name}_1,{name}_2,seconds_2\nm,a,b,4\n");
            let facts = "\"media\":{\"reference_videos\":[null,{\"seconds\":4}]}";
            assert!(jobs(&table, b',').contains(facts), "{}", jobs(&table, b','));
        }
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
            ("first frame", "first_image"),
            ("seconds", "duration"),
            ("分辨率", "resolution"),
            ("首帧", "first_image"),
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
                "以下列不是请求字段：`{name}`（是否想写 `reference_videos`？）、`first frame`（是否想写 `first_image`？）"
            );
            let header = format!("{name},model,first frame,image_1,note");
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
            (16_383, Some(&String::new()), Some(&"(16384)".into()))
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

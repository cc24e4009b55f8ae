//! Reading tables as spreadsheets write them.
//!
//! `csv` and `csv-core` accept a quotation mark that is never closed, so that one cell swallows the rest of the file, and text behind
//! a closing mark; they do not tell where quotation marks were, and count only lines that end with a line feed. A check of the marks
//! beside them would have to follow every byte through the same states as `Rows::row` does, so this reader is our own.

use std::io::{BufReader, Read};
use std::mem;

use crate::problem::LineError;

/// The possible delimiters between cells, the likeliest first.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// The rows of a table that are not blank, each with the number of the line that it begins on. Rows may be shorter than the header,
/// and lines may end with a line feed, a carriage return, or both.
#[derive(Debug)]
pub struct Rows<R> {
    source: BufReader<R>,
    delimiter: u8,
    /// How many columns the header has.
    width: usize,
    /// The number of the current line.
    line: u64,
    /// The last byte that was read.
    last: u8,
}

/// A row, and the number of the line that it begins on.
type Row = (u64, Vec<String>);

/// A place in a cell.
#[derive(Clone, Copy)]
enum Place {
    Beginning,
    /// In a cell without quotation marks around it.
    Bare,
    /// Between quotation marks. The number is that of the line with the opening one.
    Quoted(u64),
    /// Behind a mark in a quoted cell, which closes the cell unless another mark follows. The number as above.
    Mark(u64),
    /// In blanks behind the closing mark.
    Behind,
}

/// Detects the delimiter of a table: the one that gives the most known names in its header or, if several do, the most names.
#[must_use]
pub fn delimiter_of(table: &[u8], is_known: impl Fn(&str) -> bool) -> u8 {
    let count = |delimiter: &u8| {
        let names = names(table, *delimiter);
        (names.iter().filter(|name| is_known(name)).count(), names.len())
    };
    // `max_by_key` returns the last of equal elements.
    let best = DELIMITERS.into_iter().rev().max_by_key(count);
    best.unwrap_or(b',')
}

/// The names in a table's header. If its quotation marks are wrong, which reading the table tells, they are what stands between the
/// delimiters of its first line.
pub fn names(table: &[u8], delimiter: u8) -> Vec<String> {
    let text = String::from_utf8_lossy(table);
    if let Ok((_, (_, header))) = Rows::of(text.as_bytes(), delimiter) {
        return header;
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.split(char::from(delimiter)).map(|name| name.trim_matches([' ', '"']).into()).collect()
}

fn are_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

impl<R: Read> Rows<R> {
    /// Reads the header of a table: the first row that is not blank. The line `sep=;` that Excel reads and writes before it is skipped.
    pub fn of(source: R, delimiter: u8) -> Result<(Self, Row), LineError> {
        let source = BufReader::new(source);
        let mut rows = Self { source, delimiter, width: usize::MAX, line: 1, last: b'\n' };
        while let Some((line, mut names)) = rows.next().transpose()? {
            for name in &mut names {
                *name = name.trim_start_matches('\u{feff}').trim().to_owned();
            }
            let is_separator =
                names.first().is_some_and(|name| name.to_lowercase().starts_with("sep="));
            if !is_separator && !are_blank(&names) {
                rows.width = names.len();
                return Ok((rows, (line, names)));
            }
        }
        let problem = problem!(
            "the table has no header; its first line must name the columns",
            "表格没有表头，首行应写明各列的名称"
        );
        Err(problem.at(1))
    }

    /// Whether the source has already given bytes of another row. The line feed behind a carriage return is none.
    pub fn has_more(&self) -> bool {
        self.source.buffer().len() > usize::from(self.last == b'\r')
    }

    /// Reads the next row; `None` at the end.
    fn row(&mut self) -> Result<Option<Row>, LineError> {
        let begins = self.line;
        let (mut cells, mut cell, mut place) = (Vec::new(), Vec::new(), Place::Beginning);
        loop {
            place = match (place, self.byte()?) {
                (Place::Beginning, None) if cells.is_empty() => return Ok(None),
                (Place::Quoted(opened), None) => {
                    let problem = problem!(
                        "a quotation mark opens on this line and is not closed; add the closing mark; inside a quoted cell write it twice",
                        "此行开始的引号没有闭合，请补上；带引号的单元格内，引号要写两遍"
                    );
                    return Err(problem.at(opened));
                }
                (Place::Beginning, Some(b'"')) => Place::Quoted(self.line),
                (Place::Quoted(opened), Some(b'"')) => Place::Mark(opened),
                (Place::Quoted(opened), Some(byte)) | (Place::Mark(opened), Some(byte @ b'"')) => {
                    cell.push(byte);
                    Place::Quoted(opened)
                }
                (_, None | Some(b'\n')) => break,
                (_, Some(byte)) if byte == self.delimiter => {
                    cells.push(mem::take(&mut cell));
                    Place::Beginning
                }
                (Place::Beginning | Place::Bare, Some(byte)) => {
                    cell.push(byte);
                    Place::Bare
                }
                (Place::Mark(_) | Place::Behind, Some(b' ')) => {
                    cell.push(b' ');
                    Place::Behind
                }
                (Place::Mark(_) | Place::Behind, Some(_)) => {
                    let problem = problem!(
                        "there is text behind a closing quotation mark; inside a quoted cell write the mark twice",
                        "闭合的引号后面还有文字；带引号的单元格内，引号要写两遍"
                    );
                    return Err(problem.at(self.line));
                }
            };
        }
        cells.push(cell);
        let cells = cells.into_iter().map(String::from_utf8).collect::<Result<Vec<_>, _>>();
        let not_utf8 =
            || problem!("not UTF-8; save the file as UTF-8", "不是 UTF-8，请将文件另存为 UTF-8");
        Ok(Some((begins, cells.map_err(|_| not_utf8().at(begins))?)))
    }

    /// The next byte. The end of a line, however it is written, is one line feed.
    fn byte(&mut self) -> Result<Option<u8>, LineError> {
        let mut next = || self.source.by_ref().bytes().next().transpose();
        let byte = match (self.last, next()) {
            (b'\r', Ok(Some(b'\n'))) => next(),
            (_, byte) => byte,
        };
        let byte = byte.map_err(|error| problem!("{error}", "{error}").at(self.line))?;
        self.last = byte.unwrap_or(b'\n');
        let is_end = matches!(byte, Some(b'\r' | b'\n'));
        self.line += u64::from(is_end);
        Ok(if is_end { Some(b'\n') } else { byte })
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Row, LineError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let row = self.row().transpose()?;
            let Ok((line, cells)) = &row else {
                return Some(row);
            };
            if cells.get(self.width..).is_some_and(|further| !are_blank(further)) {
                let (has, expected) = (cells.len(), self.width);
                let problem = problem!(
                    "fields on this line: {has}, in the header: {expected}; put a cell that holds the separator in quotation marks",
                    "该行有 {has} 列，表头有 {expected} 列；单元格内有分隔符时，请加引号"
                );
                return Some(Err(problem.at(*line)));
            }
            if !are_blank(cells) {
                return Some(row);
            }
        }
    }
}

//! Reading tables as spreadsheets write them.

use std::io::{self, Read};

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use crate::problem::LineError;

/// The possible delimiters between cells, the likeliest first.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// Detects the delimiter of a header: the one that gives the most known cells or, if several do, the most cells.
#[must_use]
pub fn delimiter_of(header: &[u8], is_known: impl Fn(&str) -> bool) -> u8 {
    let count = |delimiter: &u8| {
        let cells = cells(header, *delimiter);
        let known = cells.iter().filter(|cell| is_known(cell)).count();
        (known, cells.len())
    };
    // `max_by_key` returns the last of equal elements.
    let best = DELIMITERS.into_iter().rev().max_by_key(count);
    best.unwrap_or(b',')
}

/// The cells of the first row that is not empty.
pub fn cells(text: &[u8], delimiter: u8) -> Vec<String> {
    let mut reader = rows(delimiter).from_reader(text);
    let header = reader.byte_headers().ok();
    let cells = header.into_iter().flat_map(|header| header.iter());
    cells.map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
}

/// A reader for a table with a header and rows of any width.
pub fn reader<R: Read>(source: R, delimiter: u8) -> csv::Reader<Lines<R>> {
    let cell = Cell::Beginning;
    rows(delimiter).from_reader(Lines { source, delimiter, given: 0, line: 1, last: b'\n', cell })
}

/// Whether this is the line `sep=;` that Excel reads and writes before the header.
pub fn is_separator(line: &[u8]) -> bool {
    line.get(..4).is_some_and(|begins| begins.eq_ignore_ascii_case(b"sep="))
}

/// Reads the header, behind that line, and the number of the line on which it begins.
pub fn header<R: Read>(
    reader: &mut csv::Reader<Lines<R>>,
) -> Result<(StringRecord, u64), LineError> {
    let header = skip_separator(reader).and_then(|()| reader.headers().cloned());
    let header = header.map_err(|error| unreadable(reader, error))?;
    if header.iter().all(str::is_empty) {
        let problem = problem!(
            "the table has no header; its first line must name the columns",
            "表格没有表头，首行应写明各列的名称"
        );
        return Err(LineError { line: 1, problem });
    }
    let line = line_of(reader, &header);
    Ok((header, line))
}

fn skip_separator<R: Read>(reader: &mut csv::Reader<Lines<R>>) -> csv::Result<()> {
    if reader.headers()?.get(0).is_some_and(|cell| is_separator(cell.as_bytes())) {
        let mut header = StringRecord::new();
        reader.read_record(&mut header)?;
        reader.set_headers(header);
    }
    Ok(())
}

/// Reads the next row, and the number of the line on which it begins; `None` at the end.
pub fn next_row<R: Read>(
    reader: &mut csv::Reader<Lines<R>>,
    row: &mut StringRecord,
) -> Result<Option<u64>, LineError> {
    match reader.read_record(row) {
        Ok(true) => Ok(Some(line_of(reader, row))),
        Ok(false) => Ok(None),
        Err(error) => Err(unreadable(reader, error)),
    }
}

fn rows(delimiter: u8) -> ReaderBuilder {
    let mut rows = ReaderBuilder::new();
    rows.delimiter(delimiter).trim(csv::Trim::Headers).flexible(true);
    rows
}

/// Why the reader has refused a row, and the line on which the row ends, or the one with the wrong quotation mark.
fn unreadable<R: Read>(reader: &csv::Reader<Lines<R>>, error: csv::Error) -> LineError {
    let reached = reader.get_ref().line;
    let told = error.to_string();
    match error.into_kind() {
        ErrorKind::Utf8 { .. } => {
            let line = line_of(reader, &StringRecord::new());
            let problem =
                problem!("not UTF-8; save the file as UTF-8", "不是 UTF-8，请将文件另存为 UTF-8");
            LineError { line, problem }
        }
        ErrorKind::Io(error) => error.downcast().unwrap_or_else(|error| LineError {
            line: reached,
            problem: problem!("{error}", "{error}"),
        }),
        _ => LineError { line: reached, problem: problem!("{told}", "{told}") },
    }
}

/// The line on which the row begins that the reader has just read. The position of the row itself may be that of empty lines
/// before it.
fn line_of<R: Read>(reader: &csv::Reader<Lines<R>>, row: &StringRecord) -> u64 {
    let line_feeds = row.as_slice().matches('\n').count() as u64 + 1;
    reader.position().line().saturating_sub(line_feeds)
}

/// A source that ends every line with a line feed alone, as `csv` counts no others, and fails at a quotation mark that `csv` would
/// read as something else than was meant: one that is never closed makes the rest of the file one cell.
#[derive(Debug)]
pub struct Lines<R> {
    source: R,
    delimiter: u8,
    /// How many bytes have been given.
    given: u64,
    /// The number of the current line.
    line: u64,
    /// The last byte of the source; a line feed before the first.
    last: u8,
    /// Where in a cell the source is.
    cell: Cell,
}

/// A place in a cell.
#[derive(Clone, Copy, Debug)]
enum Cell {
    Beginning,
    /// In a cell without quotation marks around it.
    Bare,
    /// Between quotation marks, of which the first is on this line.
    Quoted(u64),
    /// Behind a mark in a quoted cell, which closes the cell unless another mark follows. The opening mark is on this line.
    Mark(u64),
    /// In blanks behind the closing mark.
    Behind,
    /// In text behind the closing mark, where reading ends.
    Wrong,
}

impl<R> Lines<R> {
    /// How many bytes have been given to the reader.
    pub fn given(&self) -> u64 {
        self.given
    }

    /// The place behind a byte.
    fn behind(&self, byte: u8) -> Cell {
        match (self.cell, byte) {
            (Cell::Beginning, b'"') => Cell::Quoted(self.line),
            (Cell::Quoted(line), b'"') => Cell::Mark(line),
            (Cell::Mark(line), b'"') | (Cell::Quoted(line), _) => Cell::Quoted(line),
            (_, b'\n') => Cell::Beginning,
            (_, byte) if byte == self.delimiter => Cell::Beginning,
            (Cell::Mark(_) | Cell::Behind, b' ') => Cell::Behind,
            (Cell::Mark(_) | Cell::Behind | Cell::Wrong, _) => Cell::Wrong,
            (Cell::Beginning | Cell::Bare, _) => Cell::Bare,
        }
    }

    /// Appends a byte of the source to the text, a carriage return as a line feed. `false` if reading ends before it.
    fn push(&mut self, byte: u8, text: &mut Vec<u8>) -> bool {
        let is_second = (self.last, byte) == (b'\r', b'\n');
        self.last = byte;
        if is_second {
            return true;
        }
        let byte = if byte == b'\r' { b'\n' } else { byte };
        self.cell = self.behind(byte);
        if matches!(self.cell, Cell::Wrong) {
            return false;
        }
        self.line += u64::from(byte == b'\n');
        text.push(byte);
        true
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut text = Vec::new();
        while text.is_empty() {
            let fails = |line, problem| Err(io::Error::other(LineError { line, problem }));
            if matches!(self.cell, Cell::Wrong) {
                let problem = problem!(
                    "there is text behind a closing quotation mark; inside a quoted cell write the mark twice",
                    "闭合的引号后面还有文字；带引号的单元格内，引号要写两遍"
                );
                return fails(self.line, problem);
            }
            let count = self.source.read(buffer)?;
            match self.cell {
                Cell::Quoted(line) if count == 0 => {
                    let problem = problem!(
                        "a quotation mark opens on this line and is not closed; add the closing mark; inside a quoted cell write it twice",
                        "此行开始的引号没有闭合，请补上；带引号的单元格内，引号要写两遍"
                    );
                    return fails(line, problem);
                }
                _ if count == 0 && matches!(self.last, b'\r' | b'\n') => return Ok(0),
                // The last line may lack its end.
                _ if count == 0 => drop(self.push(b'\n', &mut text)),
                _ => drop(buffer.iter().take(count).all(|byte| self.push(*byte, &mut text))),
            }
        }
        self.given += text.len() as u64;
        text.as_slice().read(buffer)
    }
}

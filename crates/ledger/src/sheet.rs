//! Reading tables as spreadsheets write them.

use std::collections::VecDeque;
use std::io::{self, Read};

use csv::{ByteRecord, ErrorKind, Position, ReaderBuilder};

use crate::problem::{LineError, Problem};

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

/// A reader for a table with a header and rows of any width. A UTF-8 byte-order mark is skipped only if the first read returns
/// all of it; a source that gives fewer bytes at a time must not have one.
pub fn reader<R: Read>(source: R, delimiter: u8) -> csv::Reader<Lines<R>> {
    rows(delimiter).from_reader(Lines {
        source,
        delimiter,
        given: 0,
        line: 1,
        last: b'\n',
        starts: VecDeque::new(),
        cell: Cell::Beginning,
        failed: None,
    })
}

/// Whether this is the line `sep=;` that Excel reads and writes before the header.
pub fn is_separator(line: &[u8]) -> bool {
    line.get(..4).is_some_and(|begins| begins.eq_ignore_ascii_case(b"sep="))
}

/// Skips that line.
pub fn skip_separator<R: Read>(reader: &mut csv::Reader<Lines<R>>) -> csv::Result<()> {
    if reader.byte_headers()?.get(0).is_some_and(is_separator) {
        let mut header = ByteRecord::new();
        reader.read_byte_record(&mut header)?;
        reader.set_byte_headers(header);
    }
    Ok(())
}

fn rows(delimiter: u8) -> ReaderBuilder {
    let mut rows = ReaderBuilder::new();
    rows.delimiter(delimiter).trim(csv::Trim::Headers).flexible(true);
    rows
}

/// Why the reader has refused a row, and the line on which the row begins, or the one with the wrong quotation mark.
pub fn unreadable<R: Read>(reader: &mut csv::Reader<Lines<R>>, error: csv::Error) -> LineError {
    let line = line_of(reader, error.position());
    let told = error.to_string();
    let problem = match error.into_kind() {
        ErrorKind::Utf8 { .. } => Problem::not_utf8(),
        ErrorKind::Io(error) => match error.downcast::<LineError>() {
            Ok(error) => return error,
            Err(error) => problem!("{error}", "{error}"),
        },
        _ => problem!("{told}", "{told}"),
    };
    LineError { line, problem }
}

/// The line on which the row begins that the reader has just read or refused. Without the position of a row, as when the source
/// itself failed, the line that reading has reached.
pub fn line_of<R: Read>(reader: &mut csv::Reader<Lines<R>>, row: Option<&Position>) -> u64 {
    let lines = reader.get_mut();
    row.map_or(lines.line, |row| lines.line_at(row.byte()))
}

/// A source that records where the non-empty lines of a table begin, and fails at a quotation mark that `csv` would read as
/// something else than was meant: one that is never closed makes the rest of the file one cell. The line numbers of `csv` are no
/// use: it counts line feeds only, and takes a row to begin where the previous one ends, on the line feed of a `\r\n` or on an
/// empty line.
#[derive(Debug)]
pub struct Lines<R> {
    source: R,
    delimiter: u8,
    /// How many bytes have been read.
    given: u64,
    /// The number of the current line.
    line: u64,
    /// The last byte; a line feed before the first.
    last: u8,
    /// The offsets at which lines begin and the lines' numbers, for the rows that are still to come.
    starts: VecDeque<(u64, u64)>,
    /// Where in a cell the source is.
    cell: Cell,
    /// The error after the bytes that have been read.
    failed: Option<LineError>,
}

/// A place in a cell.
#[derive(Clone, Copy, Debug)]
enum Cell {
    Beginning,
    /// In a cell without quotation marks around it.
    Bare,
    /// Between quotation marks, of which the first is on this line.
    Quoted(u64),
    /// Behind a mark that closes the cell or, before another one, stands for itself; the first is on this line.
    Mark(u64),
    /// In blanks behind the closing mark.
    Behind,
}

impl<R> Lines<R> {
    /// How many bytes have been read from the source.
    pub fn given(&self) -> u64 {
        self.given
    }

    /// The number of the first line that is not empty and begins at or after this offset. Earlier lines are dropped.
    fn line_at(&mut self, byte: u64) -> u64 {
        while self.starts.pop_front_if(|(start, _)| *start < byte).is_some() {}
        self.starts.front().map_or(self.line, |(_, line)| *line)
    }

    /// The place behind a byte; `None` if it is text that follows a closing quotation mark.
    fn behind(&self, byte: u8) -> Option<Cell> {
        Some(match (self.cell, byte) {
            (Cell::Beginning, b'"') => Cell::Quoted(self.line),
            (Cell::Quoted(line), b'"') => Cell::Mark(line),
            (Cell::Mark(line), b'"') => Cell::Quoted(line),
            (Cell::Quoted(line), _) => Cell::Quoted(line),
            (_, b'\r' | b'\n') => Cell::Beginning,
            (_, byte) if byte == self.delimiter => Cell::Beginning,
            (Cell::Mark(_) | Cell::Behind, b' ') => Cell::Behind,
            (Cell::Mark(_) | Cell::Behind, _) => return None,
            (Cell::Beginning | Cell::Bare, _) => Cell::Bare,
        })
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = self.failed.take() {
            return Err(io::Error::other(error));
        }
        let count = self.source.read(buffer)?;
        if let (Cell::Quoted(line), 0, false) = (self.cell, count, buffer.is_empty()) {
            self.cell = Cell::Beginning;
            return Err(io::Error::other(LineError { line, problem: Problem::not_closed() }));
        }
        for (place, &byte) in buffer.iter().take(count).enumerate() {
            let is_in_mark = matches!((self.given, byte), (0, 0xEF) | (1, 0xBB) | (2, 0xBF));
            if !is_in_mark {
                let Some(cell) = self.behind(byte) else {
                    let error = LineError { line: self.line, problem: Problem::behind_mark() };
                    // What is before it is read first, so that the rows there are not lost.
                    if place == 0 {
                        return Err(io::Error::other(error));
                    }
                    self.failed = Some(error);
                    return Ok(place);
                };
                self.cell = cell;
            }
            match (self.last, byte) {
                // A line with nothing but a byte-order mark counts as empty.
                _ if is_in_mark => {}
                (b'\r', b'\n') => {}
                (_, b'\r' | b'\n') => self.line += 1,
                (b'\r' | b'\n', _) => self.starts.push_back((self.given, self.line)),
                _ => {}
            }
            if !is_in_mark {
                self.last = byte;
            }
            self.given += 1;
        }
        Ok(count)
    }
}

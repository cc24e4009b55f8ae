//! Tables as spreadsheets write them.

use std::collections::VecDeque;
use std::io::{self, Read};

use csv::Position;

/// A column of a table for programs: its name, and what stands in its cell of a row. Amounts are text, so that no reader makes them floats.
pub type Column<T> = (&'static str, fn(&T) -> Option<String>);

/// What may stand between two cells, the likeliest first.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// What stands between the cells of a header: what makes the most of them known, or else the most cells.
#[must_use]
pub fn delimiter_of(header: &[u8], is_known: impl Fn(&str) -> bool) -> u8 {
    let count = |delimiter: &u8| {
        let cells = cells(header, *delimiter);
        let known = cells.iter().filter(|cell| is_known(cell)).count();
        (known, cells.len())
    };
    // The last of equals is taken.
    let best = DELIMITERS.into_iter().rev().max_by_key(count);
    best.unwrap_or(b',')
}

/// The cells of the first row.
pub fn cells(text: &[u8], delimiter: u8) -> Vec<String> {
    let mut reader = reader(text, delimiter);
    let header = reader.byte_headers().ok();
    let cells = header.into_iter().flat_map(|header| header.iter());
    cells.map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
}

/// Reads a table with a header; rows may be shorter or longer than that. A byte-order mark is skipped where it comes in one piece, as
/// it does from memory; a source that gives a few bytes at a time must come without one.
pub fn reader<R: Read>(source: R, delimiter: u8) -> csv::Reader<Lines<R>> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::Headers)
        .flexible(true)
        .from_reader(Lines { source, given: 0, line: 1, last: b'\n', starts: VecDeque::new() })
}

/// The line that a row begins on, which the reader has just read or refused. Without a row, as when the source itself failed, the line
/// that reading has come to.
pub fn line_of<R: Read>(reader: &mut csv::Reader<Lines<R>>, row: Option<&Position>) -> u64 {
    let lines = reader.get_mut();
    row.map_or(lines.line, |row| lines.line_at(row.byte()))
}

/// A table's bytes as they pass by, and where lines begin in them that are not empty. The reader itself counts line feeds only, and
/// for it a row begins where the row before ends: on the line feed of a `\r\n`, or on an empty line.
#[derive(Debug)]
pub struct Lines<R> {
    source: R,
    /// How many bytes have passed.
    given: u64,
    /// The line that the next of them stands on.
    line: u64,
    /// The last of them; before the first, a line break.
    last: u8,
    /// From which byte on which line stands, of the lines that rows to come may begin on.
    starts: VecDeque<(u64, u64)>,
}

impl<R> Lines<R> {
    /// How many bytes have passed.
    pub fn given(&self) -> u64 {
        self.given
    }

    /// The first line that begins at this byte or behind it, and is not empty. Lines before it are forgotten.
    fn line_at(&mut self, byte: u64) -> u64 {
        while self.starts.pop_front_if(|(start, _)| *start < byte).is_some() {}
        self.starts.front().map_or(self.line, |(_, line)| *line)
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        for &byte in buffer.iter().take(count) {
            let is_in_mark = matches!((self.given, byte), (0, 0xEF) | (1, 0xBB) | (2, 0xBF));
            match (self.last, byte) {
                // A byte-order mark alone leaves its line empty.
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

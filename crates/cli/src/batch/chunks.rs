//! A stream cut into pieces of whole lines.

use std::io::{self, BufRead, BufReader, Read};

/// What one worker takes at a time: large enough to keep the cost of taking turns out of sight.
const CHUNK: usize = 1 << 20;

/// Hands out the stream in pieces that end behind a line feed (the last one where the stream ends).
pub struct Chunks {
    source: BufReader<Box<dyn Read + Send>>,
    /// The beginning of a line whose end was not read yet.
    rest: Vec<u8>,
    next_index: u64,
    next_line: u64,
    ended: bool,
}

/// Which piece it is, and the number of its first line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub index: u64,
    pub first_line: u64,
}

impl Chunks {
    pub fn new(source: Box<dyn Read + Send>) -> Self {
        Self {
            source: BufReader::with_capacity(CHUNK, source),
            rest: Vec::new(),
            next_index: 0,
            next_line: 1,
            ended: false,
        }
    }

    /// Reads the next piece into the buffer; `None` where the stream has ended.
    pub fn next(&mut self, buffer: &mut Vec<u8>) -> io::Result<Option<Place>> {
        buffer.clear();
        buffer.append(&mut self.rest);
        while !self.ended {
            let read = match self.source.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            let length = read.len();
            self.ended = length == 0;
            let end = memchr::memrchr(b'\n', read).map(|last| last + 1);
            let (lines, rest) = read.split_at(end.unwrap_or(length));
            // A line may be longer than memory: that is told, not died of.
            buffer.try_reserve(lines.len())?;
            buffer.extend_from_slice(lines);
            self.rest.extend_from_slice(rest);
            self.source.consume(length);
            if end.is_some() {
                break;
            }
        }
        if buffer.is_empty() {
            return Ok(None);
        }
        let place = Place { index: self.next_index, first_line: self.next_line };
        self.next_index += 1;
        self.next_line += memchr::memchr_iter(b'\n', buffer).count() as u64;
        Ok(Some(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives at most so many bytes at a time.
    struct Drip(io::Cursor<Vec<u8>>, usize);

    impl Read for Drip {
        fn read(&mut self, free: &mut [u8]) -> io::Result<usize> {
            let most = free.len().min(self.1);
            self.0.read(&mut free[..most])
        }
    }

    fn pieces(text: &str, drip: usize) -> Vec<(u64, u64, String)> {
        let mut chunks =
            Chunks::new(Box::new(Drip(io::Cursor::new(text.as_bytes().to_vec()), drip)));
        let mut buffer = Vec::new();
        std::iter::from_fn(|| {
            let place = chunks.next(&mut buffer).unwrap()?;
            Some((place.index, place.first_line, String::from_utf8(buffer.clone()).unwrap()))
        })
        .collect()
    }

    #[test]
    fn pieces_are_whole_lines_with_their_numbers() {
        for drip in 1..12 {
            for text in
                ["", "\n", "a", "a\n", "a\nbb\n\nccc", "a\nbb\n\nccc\n", "long line without an end"]
            {
                let pieces = pieces(text, drip);
                assert_eq!(
                    pieces.iter().map(|(.., piece)| piece.as_str()).collect::<String>(),
                    text
                );
                let mut line = 1;
                for (expected, (index, first_line, piece)) in pieces.iter().enumerate() {
                    assert_eq!((*index, *first_line), (expected as u64, line));
                    line += piece.matches('\n').count() as u64;
                    assert!(piece.ends_with('\n') || expected + 1 == pieces.len(), "{piece:?}");
                }
            }
        }
    }
}

//! A stream cut into pieces of whole lines.

use std::io::{self, BufRead, BufReader, Read};

use seedance_batch::numbered_lines;

/// The number of bytes read at a time: enough that handing a piece to a worker costs little in comparison.
const LENGTH: usize = 1 << 20;

/// Cuts the stream into pieces that end with a line feed; the last one ends with the stream.
pub struct Pieces {
    source: BufReader<Box<dyn Read + Send>>,
    next_line: u64,
    ended: bool,
}

/// Some whole lines of the stream.
pub struct Piece {
    pub text: Vec<u8>,
    /// The number of the first line, counted from 1.
    pub first_line: u64,
}

impl Pieces {
    pub fn of(source: Box<dyn Read + Send>) -> Self {
        let source = BufReader::with_capacity(LENGTH, source);
        Self { source, next_line: 1, ended: false }
    }

    /// The text of the next piece; empty if the stream has ended.
    fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        while !self.ended && !text.ends_with(b"\n") {
            let read = match self.source.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            self.ended = read.is_empty();
            // The beginning of a line whose end has not been read yet stays in the source's buffer.
            let length = memchr::memrchr(b'\n', read).map_or(read.len(), |last| last + 1);
            let lines = read.get(..length).unwrap_or_default();
            // A line may need more memory than there is: that is an error, not an abort.
            text.try_reserve(length)?;
            text.extend_from_slice(lines);
            self.source.consume(length);
        }
        Ok(text)
    }
}

impl Iterator for Pieces {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<Self::Item> {
        let piece = self.read().map(|text| {
            let first_line = self.next_line;
            self.next_line += memchr::memchr_iter(b'\n', &text).count() as u64;
            Piece { text, first_line }
        });
        match piece {
            Ok(piece) if piece.text.is_empty() => None,
            piece => {
                // After an error there are no more pieces.
                self.ended |= piece.is_err();
                Some(piece)
            }
        }
    }
}

impl Piece {
    /// Its lines that are not blank, with their numbers in the stream.
    pub fn lines(&self) -> impl Iterator<Item = (u64, &[u8])> {
        numbered_lines(&self.text).map(|(number, line)| (self.first_line - 1 + number, line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives at most this many bytes at a time.
    struct Drip(io::Cursor<Vec<u8>>, usize);

    impl Read for Drip {
        fn read(&mut self, free: &mut [u8]) -> io::Result<usize> {
            let most = free.len().min(self.1);
            self.0.read(&mut free[..most])
        }
    }

    fn pieces(text: &str, drip: usize) -> Vec<(u64, String)> {
        let pieces = Pieces::of(Box::new(Drip(io::Cursor::new(text.as_bytes().to_vec()), drip)));
        let pieces = pieces.map(Result::unwrap);
        pieces.map(|piece| (piece.first_line, String::from_utf8(piece.text).unwrap())).collect()
    }

    #[test]
    fn pieces_are_whole_lines_with_their_numbers() {
        for drip in 1..12 {
            for text in
                ["", "\n", "a", "a\n", "a\nbb\n\nccc", "a\nbb\n\nccc\n", "long line without an end"]
            {
                let pieces = pieces(text, drip);
                let all: String = pieces.iter().map(|(_, piece)| piece.as_str()).collect();
                assert_eq!(all, text);
                let mut line = 1;
                for (at, (first_line, piece)) in pieces.iter().enumerate() {
                    assert_eq!(*first_line, line);
                    line += piece.matches('\n').count() as u64;
                    assert!(piece.ends_with('\n') || at + 1 == pieces.len(), "{piece:?}");
                }
            }
        }
    }
}

use std::ops::Range;
use std::time::Duration;

use super::*;

const PIECE_BYTES: usize = 1 << 10;

/// Gives numbers, one line per read, so that each is a piece of its own; then reading fails.
struct Numbers(Range<u64>);

impl Read for Numbers {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let number = self.0.next().ok_or_else(|| io::Error::other("it broke off"))?;
        format!("{number}\n").as_bytes().read(buffer)
    }
}

fn number(piece: &Piece) -> u64 {
    str::from_utf8(&piece.text).unwrap().trim().parse().unwrap()
}

/// The results that were taken, and how it ended.
fn run(
    reader: impl Read + Send + 'static,
    work: impl Fn(u64) -> u64 + Sync,
    refused: u64,
) -> (Vec<u64>, Result<(), String>) {
    let stream = Stream { name: "numbers".into(), reader: Box::new(reader), length: None };
    let mut taken = Vec::new();
    let ended = in_order(
        stream,
        true,
        PIECE_BYTES,
        |piece| work(number(piece)),
        |result| {
            if result == refused {
                return Err(Failure::Unread);
            }
            taken.push(result);
            Ok(())
        },
    );
    (taken, ended.map_err(|failure| failure.to_string()))
}

fn hundred() -> Vec<u64> {
    (0..100).collect()
}

#[test]
fn results_come_in_order_and_before_the_error() {
    let work = |number: u64| {
        // Of eight consecutive numbers, the later ones are done earlier.
        thread::sleep(Duration::from_micros(700 - number % 8 * 100));
        number
    };
    let (taken, ended) = run(Numbers(0..100), work, u64::MAX);
    let told = "`numbers`: cannot be read: it broke off".to_owned();
    assert_eq!((taken, ended), (hundred(), Err(told)));
    assert_eq!(run(&b"1\n"[..], work, u64::MAX), (vec![1], Ok(())));
}

#[test]
fn what_is_not_taken_ends_it() {
    let (taken, ended) = run(Numbers(0..u64::MAX), |number| number, 100);
    assert_eq!((taken, ended), (hundred(), Err(Failure::Unread.to_string())));
}

/// Gives at most this many bytes at a time.
struct Drip(io::Cursor<Vec<u8>>, usize);

impl Read for Drip {
    fn read(&mut self, free: &mut [u8]) -> io::Result<usize> {
        let most = free.len().min(self.1);
        self.0.read(&mut free[..most])
    }
}

fn pieces(text: &str, drip: usize) -> Vec<(u64, String)> {
    let drip = Drip(io::Cursor::new(text.into()), drip);
    let pieces = super::pieces(drip, PIECE_BYTES).map(Result::unwrap);
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

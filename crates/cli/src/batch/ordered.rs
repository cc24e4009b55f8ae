//! Works on the pieces of a stream, whole lines each, on every core, and takes the results in order.

use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::iter;
use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::thread;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};
use itertools::Itertools;
use seedance_batch::numbered_lines;

use crate::failure::Failure;
use crate::input::Stream;

/// Works on every piece in a thread of its own, and takes the results in the stream's order. A piece has about `piece_bytes`. Memory
/// does not grow with the stream: it has one waiting piece or result per core, and the results that are being handed over and taken.
pub fn in_order<T: Send>(
    Stream { name, reader, length }: Stream,
    quiet: bool,
    piece_bytes: usize,
    work: impl Fn(&Piece) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let failure = |error| Failure::reading(&name, &error);
    let reader = bar(length, quiet).wrap_read(reader);
    let cores = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        let (to_taker, results) = sync_channel(cores);
        let work = &work;
        let read = move || {
            for piece in pieces(reader, piece_bytes) {
                let begin = |it| thread::Builder::new().spawn_scoped(scope, move || work(&it));
                let result = piece.and_then(begin);
                // If the taker has stopped, nobody needs the result.
                if to_taker.send(result).is_err() {
                    break;
                }
            }
        };
        thread::Builder::new().spawn_scoped(scope, read).map_err(failure)?;
        for result in results {
            let result = result.map_err(failure)?.join();
            take(result.unwrap_or_else(|panic| resume_unwind(panic)))?;
        }
        Ok(())
    })
}

/// A bar if the length in bytes is known, otherwise a count of bytes; hidden unless standard error is a terminal.
fn bar(length: Option<u64>, quiet: bool) -> ProgressBar {
    // If answers went to the same terminal, they and the bar would overwrite each other.
    let shown = !quiet && io::stderr().is_terminal() && !io::stdout().is_terminal();
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let template = match length {
        Some(_) => "{bar:40} {bytes}/{total_bytes} ({bytes_per_sec}, {eta} left)",
        None => "{spinner} {bytes} ({bytes_per_sec})",
    };
    let style = ProgressStyle::with_template(template);
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(length, target)
        .with_style(style)
        .with_finish(ProgressFinish::AndClear)
}

/// Some whole lines of the stream.
pub struct Piece {
    pub text: Vec<u8>,
    /// The number of the first line, counted from 1.
    pub first_line: u64,
}

/// Cuts the stream into pieces that end with a line feed; the last one ends with the stream.
fn pieces(source: impl Read, piece_bytes: usize) -> impl Iterator<Item = io::Result<Piece>> {
    let mut source = BufReader::with_capacity(piece_bytes, source);
    let (mut next_line, mut ended) = (1, false);
    let mut next = move || -> io::Result<Option<Piece>> {
        let mut text = Vec::new();
        while !ended && !text.ends_with(b"\n") {
            let read = match source.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            // Remembered, since a terminal that is read once more waits for another Ctrl-D.
            ended = read.is_empty();
            // The beginning of a line whose end has not been read yet stays in the source's buffer.
            let length = memchr::memrchr(b'\n', read).map_or(read.len(), |last| last + 1);
            // A line may need more memory than there is: that is an error, not an abort.
            text.try_reserve(length)?;
            text.extend_from_slice(read.get(..length).unwrap_or_default());
            source.consume(length);
        }
        let first_line = next_line;
        next_line += memchr::memchr_iter(b'\n', &text).count() as u64;
        Ok((!text.is_empty()).then_some(Piece { text, first_line }))
    };
    // After an error there are no more pieces.
    iter::from_fn(move || next().transpose()).take_while_inclusive(Result::is_ok)
}

impl Piece {
    /// Its lines that are not blank, with their numbers in the stream.
    pub fn lines(&self) -> impl Iterator<Item = (u64, &[u8])> {
        numbered_lines(&self.text).map(|(number, line)| (self.first_line - 1 + number, line))
    }
}

#[cfg(test)]
mod tests;

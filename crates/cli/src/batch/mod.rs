//! Many jobs, one a line: every core works, the answers come in order, and memory does not grow.
//!
//! Each worker takes a piece of whole lines, answers it on its own, waits until all earlier pieces are
//! written, and writes its answers in one go. There is never more in memory than one piece and its
//! answers for each worker.

mod chunks;
mod progress;

use std::io::{self, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use seedance_batch::{Answering, Tally};
pub use seedance_batch::{Line, Question, numbered_lines};
use seedance_core::Lang;

use self::chunks::{Chunks, Place};
use self::progress::Progress;
use crate::failure::Failure;
use crate::input::Stream;
use crate::output;

/// Answers every line of the stream on standard output; tells whether every line was accepted or priced.
pub fn run(
    stream: Stream,
    question: Question<'_>,
    quiet: bool,
    lang: Lang,
) -> Result<bool, Failure> {
    let progress = Progress::new(stream.length, quiet);
    let reader = Mutex::new(Chunks::new(stream.reader));
    let writer = Writer::new(&progress);
    // One more than there are cores: while one waits for its turn to write, another can count.
    let workers = thread::available_parallelism()
        .map_or(2, usize::from)
        .max(2)
        + 1;
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| work(&reader, &writer, question, lang));
        }
    });
    progress.finish();
    let written = writer
        .state
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    match written.stopped {
        None => {}
        Some(Stopped::Reading(error)) => return Err(Failure::reading(lang, &stream.name, &error)),
        Some(Stopped::Writing(error)) => return Err(Failure::writing(lang, &error)),
        Some(Stopped::Worker) => {
            return Err(Failure::new(
                lang,
                "a worker of the batch failed",
                "批处理线程出错",
            ));
        }
    }
    if !quiet {
        let totals = match question {
            Question::Check => written.tally.checked(lang),
            Question::Quote(book) => written
                .tally
                .quoted(&crate::plain::plain(book.currency()), lang),
        };
        eprintln!("{totals}");
    }
    Ok(written.tally.is_clean())
}

fn work(reader: &Mutex<Chunks>, writer: &Writer<'_>, question: Question<'_>, lang: Lang) {
    let alarm = Alarm(writer);
    let (mut piece, mut out) = (Vec::new(), String::new());
    loop {
        let next = reader
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .next(&mut piece);
        let place = match next {
            Ok(Some(place)) => place,
            Ok(None) => break,
            Err(error) => {
                writer.stop(Stopped::Reading(error));
                break;
            }
        };
        out.clear();
        let mut tally = Tally::default();
        Answering {
            question,
            lang,
            out: &mut out,
            tally: &mut tally,
        }
        .lines(&piece, place.first_line);
        if !writer.write(place, out.as_bytes(), &tally, piece.len()) {
            break;
        }
    }
    drop(alarm);
}

/// Standard output, taken in turns.
struct Writer<'a> {
    state: Mutex<Written>,
    turn: Condvar,
    progress: &'a Progress,
}

struct Written {
    output: Box<dyn Write + Send>,
    pieces: u64,
    tally: Tally,
    stopped: Option<Stopped>,
}

/// Why the batch ends before its input does.
enum Stopped {
    Reading(io::Error),
    Writing(io::Error),
    Worker,
}

impl<'a> Writer<'a> {
    fn new(progress: &'a Progress) -> Self {
        let written = Written {
            output: output::unbuffered(),
            pieces: 0,
            tally: Tally::default(),
            stopped: None,
        };
        Self {
            state: Mutex::new(written),
            turn: Condvar::new(),
            progress,
        }
    }

    /// Waits for the piece's turn and writes its answers; `false` once the batch is stopped.
    fn write(&self, place: Place, out: &[u8], tally: &Tally, read: usize) -> bool {
        let mut state = self.lock();
        while state.pieces != place.index && state.stopped.is_none() {
            state = self
                .turn
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if state.stopped.is_some() {
            return false;
        }
        let written = state
            .output
            .write_all(out)
            .and_then(|()| state.output.flush());
        if let Err(error) = written {
            state.stopped = Some(Stopped::Writing(error));
        }
        state.pieces += 1;
        state.tally.add(tally);
        self.progress.add(read);
        self.turn.notify_all();
        state.stopped.is_none()
    }

    /// Ends the batch; the first reason is the one that is told.
    fn stop(&self, reason: Stopped) {
        self.lock().stopped.get_or_insert(reason);
        self.turn.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Written> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes the others when a worker dies, so that a defect ends the batch instead of hanging it.
struct Alarm<'a>(&'a Writer<'a>);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop(Stopped::Worker);
        }
    }
}

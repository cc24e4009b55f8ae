//! Pieces of a stream on every core, their results taken in order.
//!
//! Each worker takes a piece of whole lines, works on it on its own, waits until all earlier pieces are
//! taken, and hands its result over. There is never more in memory than one piece and its result for
//! each worker.

use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use seedance_core::Lang;

use super::chunks::{Chunks, Place};
use super::progress::Progress;
use crate::failure::Failure;
use crate::input::Stream;

/// Works on every piece, given with the number of its first line, and takes the results in the stream's order. A result is
/// used again by the worker that made it, as `take` leaves it.
pub fn in_order<T: Default>(
    stream: Stream,
    quiet: bool,
    lang: Lang,
    work: impl Fn(&[u8], u64, &mut T) + Sync,
    take: impl FnMut(&mut T) -> Result<(), Failure> + Send,
) -> Result<(), Failure> {
    let progress = Progress::new(stream.length, quiet);
    let reader = Mutex::new(Chunks::new(stream.reader));
    let turns = Turns::new(take, &progress);
    // One more than there are cores: while one waits for its turn, another can count.
    let workers = thread::available_parallelism().map_or(2, usize::from).max(2) + 1;
    thread::scope(|scope| {
        for _ in 1..workers {
            let worker = thread::Builder::new();
            if worker.spawn_scoped(scope, || run(&reader, &turns, &work)).is_err() {
                // Where no more threads can be had, fewer do it, too.
                break;
            }
        }
        run(&reader, &turns, &work);
    });
    progress.finish();
    let state = turns.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    match state.stopped {
        None => Ok(()),
        Some(Stopped::Reading(error)) => Err(Failure::reading(lang, &stream.name, &error)),
        Some(Stopped::Taking(failure)) => Err(failure),
        Some(Stopped::Worker) => {
            Err(Failure::new(lang, "a worker of the batch failed", "批处理线程出错"))
        }
    }
}

fn run<T: Default, F: FnMut(&mut T) -> Result<(), Failure>>(
    reader: &Mutex<Chunks>,
    turns: &Turns<'_, F>,
    work: &impl Fn(&[u8], u64, &mut T),
) {
    let alarm = Alarm(turns);
    let (mut piece, mut result) = (Vec::new(), T::default());
    loop {
        let next = reader.lock().unwrap_or_else(PoisonError::into_inner).next(&mut piece);
        let place = match next {
            Ok(Some(place)) => place,
            Ok(None) => break,
            Err(error) => {
                turns.stop(Stopped::Reading(error));
                break;
            }
        };
        work(&piece, place.first_line, &mut result);
        if !turns.take(place, &mut result, piece.len()) {
            break;
        }
    }
    drop(alarm);
}

/// What takes the results, in turns.
struct Turns<'a, F> {
    state: Mutex<State<F>>,
    turn: Condvar,
    progress: &'a Progress,
}

struct State<F> {
    take: F,
    pieces: u64,
    stopped: Option<Stopped>,
}

/// Why the batch ends before its input does.
enum Stopped {
    Reading(io::Error),
    Taking(Failure),
    Worker,
}

impl<'a, F> Turns<'a, F> {
    fn new(take: F, progress: &'a Progress) -> Self {
        let state = State { take, pieces: 0, stopped: None };
        Self { state: Mutex::new(state), turn: Condvar::new(), progress }
    }

    /// Waits for the piece's turn and hands its result over; `false` once the batch is stopped.
    fn take<T>(&self, place: Place, result: &mut T, read: usize) -> bool
    where
        F: FnMut(&mut T) -> Result<(), Failure>,
    {
        let mut state = self.lock();
        while state.pieces != place.index && state.stopped.is_none() {
            state = self.turn.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.stopped.is_some() {
            return false;
        }
        if let Err(failure) = (state.take)(result) {
            state.stopped = Some(Stopped::Taking(failure));
        }
        state.pieces += 1;
        self.progress.add(read);
        self.turn.notify_all();
        state.stopped.is_none()
    }

    /// Ends the batch; the first reason is the one that is told.
    fn stop(&self, reason: Stopped) {
        self.lock().stopped.get_or_insert(reason);
        self.turn.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<F>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes the others when a worker dies, so that a defect ends the batch instead of hanging it.
struct Alarm<'a, 'b, F>(&'a Turns<'b, F>);

impl<F> Drop for Alarm<'_, '_, F> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop(Stopped::Worker);
        }
    }
}

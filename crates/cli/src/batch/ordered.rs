//! Pieces of a stream on every core, their results taken in order.

use std::panic::resume_unwind;
use std::sync::mpsc::{Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::{io, thread};

use super::pieces::{Piece, Pieces};
use super::progress::Progress;
use crate::failure::Failure;
use crate::input::Stream;

/// Works on every piece, and takes the results in the stream's order. What is in memory does not grow with the stream: a piece and
/// its result for each core, and one more.
pub fn in_order<T: Send>(
    stream: Stream,
    quiet: bool,
    work: impl Fn(&Piece) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let Stream { name, reader, length } = stream;
    let unreadable = |error| Failure::reading(&name, &error);
    let progress = Progress::new(length, quiet);
    let cores = thread::available_parallelism().map_or(2, usize::from).max(2);
    // A piece goes to the worker that is free, and where its result will come from to who takes the results.
    let (to_workers, tasks) = sync_channel::<(Piece, Sender<T>)>(0);
    let (to_taker, turns) = sync_channel(cores);
    let tasks = Arc::new(Mutex::new(tasks));
    let taken = thread::scope(|scope| {
        for _ in 0..cores {
            let (tasks, work) = (Arc::clone(&tasks), &work);
            let next = move || tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let worker = move || {
                while let Ok((piece, result)) = next() {
                    // Nobody may wait for it any more.
                    let _ = result.send(work(&piece));
                }
            };
            if thread::Builder::new().spawn_scoped(scope, worker).is_err() {
                // Where no more threads can be had, fewer do it, too.
                break;
            }
        }
        // From now on the workers' alone: where none is left, none is waited for.
        drop(tasks);
        let hand_out = move || {
            for piece in Pieces::of(reader) {
                let piece = piece?;
                let (result, turn) = channel();
                let is_wanted = to_taker.send((piece.text.len(), turn)).is_ok()
                    && to_workers.send((piece, result)).is_ok();
                if !is_wanted {
                    break;
                }
            }
            io::Result::Ok(())
        };
        let reading = thread::Builder::new().spawn_scoped(scope, hand_out).map_err(unreadable)?;
        for (length, turn) in turns {
            let failed = |_| Failure::new("a worker of the batch failed", "批处理线程出错");
            take(turn.recv().map_err(failed)?)?;
            progress.add(length);
        }
        reading.join().unwrap_or_else(|panic| resume_unwind(panic)).map_err(unreadable)
    });
    progress.finish();
    taken
}

//! Works on the pieces of a stream on every core, and takes the results in order.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::{io, thread};

use super::pieces::{Piece, Pieces};
use super::progress::bar;
use crate::failure::Failure;
use crate::input::Stream;
use crate::lang::say;

/// Works on every piece, and takes the results in the stream's order. Memory does not grow with the stream: it has one piece and
/// one waiting result per core, and the result that is being taken.
pub fn in_order<T: Send>(
    stream: Stream,
    quiet: bool,
    work: impl Fn(&Piece) -> T + Sync,
    take: impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let cores = thread::available_parallelism().map_or(2, usize::from).max(2);
    on_threads(cores, stream, quiet, work, take)
}

/// [`in_order`] on at most `most` threads, or fewer if the system refuses some: without any, the calling thread does the work.
fn on_threads<T: Send>(
    most: usize,
    Stream { name, reader, length }: Stream,
    quiet: bool,
    work: impl Fn(&Piece) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let progress = bar(length, quiet);
    let worked = |piece: io::Result<Piece>| piece.map(|piece| (piece.text.len(), work(&piece)));
    let mut taking = |result: io::Result<(usize, T)>| {
        let (length, result) = result.map_err(|error| Failure::reading(&name, &error))?;
        take(result)?;
        progress.inc(length as u64);
        Ok(())
    };
    let pieces = Mutex::new(Pieces::of(reader));
    // Before the lock is released, the taker gets the receiver of the result, so that receivers are in the order of the pieces.
    let next = |to_taker: &SyncSender<_>| {
        // Fails if another worker panicked while it was reading.
        let mut pieces = pieces.lock().ok()?;
        let piece = pieces.next()?;
        let (result, turn) = channel();
        to_taker.send(turn).ok()?;
        Some((piece, result))
    };
    let taken = thread::scope(|scope| {
        let (to_taker, turns) = sync_channel(most);
        let workers = (0..most).map_while(|_| {
            let (to_taker, next, worked) = (to_taker.clone(), &next, &worked);
            let worker = move || {
                while let Some((piece, result)) = next(&to_taker) {
                    // Fails if the taker has stopped, which then does not need the result.
                    let _ = result.send(worked(piece));
                }
            };
            thread::Builder::new().spawn_scoped(scope, worker).ok()
        });
        let workers: Vec<_> = workers.collect();
        // Only workers have senders now, so `turns` ends when the last worker does.
        drop(to_taker);
        let results = |turn: Receiver<_>| turn.recv().ok();
        let taken = turns.into_iter().map_while(results).try_for_each(&mut taking);
        // All workers are joined here: if one has panicked, the scope itself would panic.
        let panicked = workers.into_iter().filter_map(|worker| worker.join().err()).count();
        taken?;
        match panicked {
            0 => Ok(()),
            _ => Err(Failure::Told(say!("a worker of the batch failed", "批处理线程出错"))),
        }
    });
    // All pieces if no worker could be started, otherwise none.
    let rest = pieces.into_inner().into_iter().flatten();
    let taken = taken.and_then(|()| rest.map(worked).try_for_each(taking));
    progress.finish_and_clear();
    taken
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::ops::Range;
    use std::time::Duration;

    use super::*;

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
        threads: usize,
        reader: impl Read + Send + 'static,
        work: impl Fn(u64) -> u64 + Sync,
        refused: u64,
    ) -> (Vec<u64>, Result<(), String>) {
        let stream = Stream { name: "numbers".into(), reader: Box::new(reader), length: None };
        let mut taken = Vec::new();
        let ended = on_threads(
            threads,
            stream,
            true,
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
        for threads in [0, 1, 4] {
            let (taken, ended) = run(threads, Numbers(0..100), work, u64::MAX);
            let told = "`numbers`: cannot be read: it broke off".to_owned();
            assert_eq!((taken, ended), (hundred(), Err(told)), "{threads}");
            let (taken, ended) = run(threads, &b"1\n"[..], work, u64::MAX);
            assert_eq!((taken, ended), (vec![1], Ok(())), "{threads}");
        }
    }

    #[test]
    fn what_is_not_taken_ends_it() {
        for threads in [0, 1, 4] {
            let (taken, ended) = run(threads, Numbers(0..u64::MAX), |number| number, 100);
            let told = Failure::Unread.to_string();
            assert_eq!((taken, ended), (hundred(), Err(told)), "{threads}");
        }
    }

    #[test]
    fn a_worker_that_panics_is_told_of() {
        let work = |number| {
            assert_ne!(number, 100, "as the test wants");
            number
        };
        for threads in [1, 4] {
            let (taken, ended) = run(threads, Numbers(0..u64::MAX), work, u64::MAX);
            let told = "a worker of the batch failed".to_owned();
            assert_eq!((taken, ended), (hundred(), Err(told)), "{threads}");
        }
    }
}

//! The one thread that writes the journal. It is there from the start: a process that gets no thread any more could
//! otherwise send and not write down what came back.

use std::io;
use std::sync::mpsc;
use std::thread::{Builder, JoinHandle};

use tokio::sync::oneshot;

use super::file::{JournalFile, NotWritten};

/// Takes lines to the thread; dropped, it waits until the thread has written them and let go of the file.
#[derive(Debug)]
pub(super) struct Writer {
    orders: Option<mpsc::Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

/// Which end of an attempt a line tells of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mark {
    Begun,
    Ended,
}

#[derive(Debug)]
struct Order {
    mark: Mark,
    line: Vec<u8>,
    done: oneshot::Sender<Result<(), NotWritten>>,
}

impl Writer {
    pub(super) fn start(mut file: JournalFile) -> io::Result<Self> {
        let (orders, received) = mpsc::channel::<Order>();
        let thread = Builder::new().name("journal".to_owned()).spawn(move || {
            for Order { mark, line, done } in received {
                let written = match mark {
                    Mark::Begun => file.begin(&line),
                    Mark::Ended => file.end(&line),
                };
                // Whoever asked may have gone; the line is written all the same.
                let _ = done.send(written);
            }
        })?;
        Ok(Self {
            orders: Some(orders),
            thread: Some(thread),
        })
    }

    /// Done when the disk has the line.
    pub(super) async fn write(&self, mark: Mark, line: Vec<u8>) -> Result<(), NotWritten> {
        let (done, written) = oneshot::channel();
        let gone = || io::Error::other("the journal's thread has ended");
        self.orders
            .as_ref()
            .and_then(|orders| orders.send(Order { mark, line, done }).ok())
            .ok_or_else(gone)?;
        written.await.map_err(|_| gone())?
    }
}

/// A disk that takes a line when it is told to, and not before.
#[cfg(test)]
#[derive(Debug)]
pub(crate) struct SlowDisk(mpsc::Receiver<Order>);

#[cfg(test)]
impl SlowDisk {
    pub(super) fn new() -> (Writer, Self) {
        let (orders, received) = mpsc::channel();
        let writer = Writer {
            orders: Some(orders),
            thread: None,
        };
        (writer, Self(received))
    }

    /// Takes the next line, as soon as there is one.
    pub(crate) fn take(&self) {
        let order = self.0.recv().unwrap();
        order.done.send(Ok(())).unwrap();
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.orders.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

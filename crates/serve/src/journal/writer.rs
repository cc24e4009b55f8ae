//! The one thread that writes the journal. It is there from the start: a process that gets no thread any more could
//! otherwise send and not write down what came back.

use std::io;
use std::sync::mpsc;
use std::thread::{Builder, JoinHandle};

use tokio::sync::oneshot;

use super::file::NotWritten;
use super::record::Record;

/// Takes records to the thread; dropped, it waits until the thread has written them and let go of the file.
#[derive(Debug)]
pub(super) struct Writer {
    orders: Option<mpsc::Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Order {
    record: Record,
    done: oneshot::Sender<Result<(), NotWritten>>,
}

impl Writer {
    /// Starts the thread, which writes each record by `write`.
    pub(super) fn start(
        mut write: impl FnMut(&Record) -> Result<(), NotWritten> + Send + 'static,
    ) -> io::Result<Self> {
        let (orders, received) = mpsc::channel::<Order>();
        let thread = Builder::new().name("journal".to_owned()).spawn(move || {
            for Order { record, done } in received {
                // Whoever asked may have gone; the line is written all the same.
                let _ = done.send(write(&record));
            }
        })?;
        Ok(Self { orders: Some(orders), thread: Some(thread) })
    }

    /// Done when the disk has the line, which is written whether or not that is waited for.
    pub(super) fn write(&self, record: Record) -> impl Future<Output = Result<(), NotWritten>> {
        let (done, written) = oneshot::channel();
        if let Some(orders) = &self.orders {
            // Without the thread nobody sends anything on `written`.
            let _ = orders.send(Order { record, done });
        }
        async {
            let gone = |_| io::Error::other("the journal's thread has ended");
            written.await.map_err(gone)?
        }
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

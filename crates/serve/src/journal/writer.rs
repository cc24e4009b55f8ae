//! The thread that writes the journal. It is started first of all: if a thread could not be started later, a request could be
//! sent whose answer nothing can write down.

use std::io;
use std::sync::mpsc;
use std::thread::{Builder, JoinHandle};

use tokio::sync::oneshot;

use super::record::Record;

/// Sends records to the thread. Dropping it waits until the thread has written them and closed the file.
#[derive(Debug)]
pub(super) struct Writer {
    orders: Option<mpsc::Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Order {
    record: Record,
    done: oneshot::Sender<io::Result<()>>,
}

impl Writer {
    /// Starts the thread, which writes each record with `write`.
    pub(super) fn start(
        mut write: impl FnMut(&Record) -> io::Result<()> + Send + 'static,
    ) -> io::Result<Self> {
        let (orders, received) = mpsc::channel::<Order>();
        let thread = Builder::new().name("journal".to_owned()).spawn(move || {
            for Order { record, done } in received {
                // The receiver may be gone; the record is written all the same.
                let _ = done.send(write(&record));
            }
        })?;
        Ok(Self { orders: Some(orders), thread: Some(thread) })
    }

    /// Completes once the record is on disk; it is written even if the future is dropped.
    pub(super) fn write(&self, record: Record) -> impl Future<Output = io::Result<()>> {
        let (done, written) = oneshot::channel();
        if let Some(orders) = &self.orders {
            // If the thread has ended, `done` is dropped, and `written` fails.
            let _ = orders.send(Order { record, done });
        }
        async {
            let gone = |_| Err(io::Error::other("the journal's thread has ended"));
            written.await.unwrap_or_else(gone)
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

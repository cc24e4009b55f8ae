//! Checking bodies takes time and memory, so it happens beside the threads that serve, and only a few at a time.

use std::panic::resume_unwind;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::seats::Peer;

/// The page never waits for scripts.
const OF_THE_PAGE: usize = 1;
const OF_SCRIPTS: usize = 2;

/// Turns to check.
#[derive(Debug)]
pub(crate) struct Checks {
    page: Arc<Semaphore>,
    scripts: Arc<Semaphore>,
}

impl Checks {
    pub(crate) fn new() -> Self {
        Self {
            page: Arc::new(Semaphore::new(OF_THE_PAGE)),
            scripts: Arc::new(Semaphore::new(OF_SCRIPTS)),
        }
    }

    /// Does this work when it is its turn.
    #[expect(clippy::expect_used, reason = "nothing here closes a semaphore")]
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        peer: &Peer,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        let turns = match peer {
            Peer::Page => &self.page,
            Peer::Script(_) | Peer::Stranger => &self.scripts,
        };
        let turn = Arc::clone(turns).acquire_owned().await;
        let turn = turn.expect("an open semaphore");
        // The turn ends with the work, not with a client that leaves.
        let done = spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.unwrap_or_else(|error| resume_unwind(error.into_panic()))
    }
}

//! Checking bodies takes time and memory, so it happens beside the threads that serve, and only a few at a time.

use std::panic::resume_unwind;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::seats::Peer;

/// Turns to check; the page never waits for scripts. They are the process's, as is the memory that they spare.
static OF_THE_PAGE: Semaphore = Semaphore::const_new(1);
static OF_SCRIPTS: Semaphore = Semaphore::const_new(2);

/// Does this work when it is its turn.
#[expect(clippy::expect_used, reason = "nothing here closes a semaphore")]
pub(crate) async fn in_turn<T: Send + 'static>(
    peer: &Peer,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    let turns = match peer {
        Peer::Page => &OF_THE_PAGE,
        Peer::Script(_) | Peer::Stranger => &OF_SCRIPTS,
    };
    let turn = turns.acquire().await.expect("an open semaphore");
    // The turn ends with the work, not with a client that leaves.
    let done = spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    });
    done.await.unwrap_or_else(|error| resume_unwind(error.into_panic()))
}

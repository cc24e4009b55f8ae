//! Checking a body takes time and memory, so it runs outside the threads that serve, and only a few run at a time.

use std::panic::resume_unwind;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::seats::Peer;

/// Permits to check, separate so that the page never waits for scripts; static, as they limit the memory of the whole process.
static OF_THE_PAGE: Semaphore = Semaphore::const_new(1);
static OF_SCRIPTS: Semaphore = Semaphore::const_new(2);

/// Runs `work` on a blocking thread, once a permit is free.
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
    // The permit is held until the work ends, even if the client leaves before that.
    let done = spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    });
    done.await.unwrap_or_else(|error| resume_unwind(error.into_panic()))
}

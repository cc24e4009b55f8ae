//! A bounded number of connections (seats), shared out so that nobody is locked out.
//!
//! Every connection is let in: when all seats are taken, the connection gives way that has been idle longest. Requests under way
//! are counted by sender: some seats are out of reach for scripts, and some of the scripts' seats for any single token.

use std::sync::Arc;

use axum::http::HeaderMap;
use parking_lot::Mutex;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};

use super::gate;
use super::key::ApiKey;
use super::session::Session;
use crate::refusal::{Kind, Refusal};

pub(crate) const MAX_CONNECTIONS: usize = 256;
/// The most requests under way from the page, from all scripts, and from one token. Other seats are for senders not known yet.
const MAX_PAGE: usize = 64;
const MAX_SCRIPTS: usize = 128;
const MAX_TOKEN: usize = 96;

#[derive(Debug)]
pub(crate) struct Seats {
    free: Arc<Semaphore>,
    /// Notified for each connection that waits for a seat. Idle connections wait for it, and the first of them leaves.
    wanted: Notify,
    /// The senders of the requests under way, except for strangers.
    under_way: Mutex<Vec<Peer>>,
}

impl Default for Seats {
    fn default() -> Self {
        let free = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        Self { free, wanted: Notify::new(), under_way: Mutex::default() }
    }
}

/// The sender of a request, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Peer {
    Page,
    /// A script, with the token that it sent.
    Script(ApiKey),
    Stranger,
}

impl Peer {
    pub(crate) fn of(headers: &HeaderMap, session: &Session) -> Self {
        if session.is_in(headers) {
            return Self::Page;
        }
        gate::own_token(headers).map_or(Self::Stranger, Self::Script)
    }
}

impl Seats {
    /// Takes a seat for a new connection; if all are taken, waits until another connection has left.
    #[expect(clippy::expect_used, reason = "nothing here closes the semaphore")]
    pub(crate) async fn take(self: &Arc<Self>) -> Arc<Seat> {
        let free = Arc::clone(&self.free);
        if free.available_permits() == 0 {
            self.wanted.notify_one();
        }
        let permit = free.acquire_owned().await.expect("an open semaphore");
        let seats = Arc::clone(self);
        Arc::new(Seat { seats, is_busy: watch::Sender::new(false), _permit: permit })
    }
}

/// A connection's seat, which is free again once nothing holds it. Each request holds it in its extensions: one that is kept
/// would keep the seat taken.
#[derive(Debug)]
pub(crate) struct Seat {
    seats: Arc<Seats>,
    /// Whether a request is under way. A stranger's does not count: it may be cut off for a connection that needs the seat.
    is_busy: watch::Sender<bool>,
    _permit: OwnedSemaphorePermit,
}

impl Seat {
    /// Completes when this connection is idle and is to leave, because another one needs its seat.
    pub(crate) async fn is_needed(&self) {
        let mut is_busy = self.is_busy.subscribe();
        loop {
            let _ = is_busy.wait_for(|is_busy| !is_busy).await;
            tokio::select! {
                biased;
                _ = is_busy.wait_for(|is_busy| *is_busy) => {}
                () = self.seats.wanted.notified() => return,
            }
        }
    }

    /// Counts a request of this peer as under way until the result is dropped; refused if the peer has as many as it may.
    pub(crate) fn serve(self: Arc<Self>, peer: &Peer) -> Result<Serving, Refusal> {
        let mut under_way = self.seats.under_way.lock();
        let same = under_way.iter().filter(|other| *other == peer).count();
        let scripts = under_way.iter().filter(|other| matches!(other, Peer::Script(_))).count();
        match peer {
            Peer::Page if same >= MAX_PAGE => return Err(too_busy(MAX_PAGE)),
            Peer::Script(_) if same >= MAX_TOKEN => return Err(too_busy(MAX_TOKEN)),
            Peer::Script(_) if scripts >= MAX_SCRIPTS => return Err(too_busy(MAX_SCRIPTS)),
            Peer::Page | Peer::Script(_) => {
                under_way.push(peer.clone());
                self.is_busy.send_replace(true);
            }
            Peer::Stranger => {}
        }
        drop(under_way);
        Ok(Serving { seat: self, peer: peer.clone() })
    }
}

#[derive(Debug)]
pub(crate) struct Serving {
    seat: Arc<Seat>,
    peer: Peer,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let mut under_way = self.seat.seats.under_way.lock();
        if let Some(index) = under_way.iter().position(|peer| *peer == self.peer) {
            under_way.swap_remove(index);
            self.seat.is_busy.send_replace(false);
        }
    }
}

fn too_busy(most: usize) -> Refusal {
    Kind::Busy.saying(words!(
        "{most} requests are already in progress, as many as are accepted at once. Nothing was sent. Try again in a moment.",
        "已有 {most} 个请求正在处理，达到同时处理的上限。本次没有发送，请稍后再试。"
    ))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    /// Connections in all seats.
    async fn full() -> (Arc<Seats>, Vec<Arc<Seat>>) {
        let seats = Arc::<Seats>::default();
        let mut taken = Vec::new();
        for _ in 0..MAX_CONNECTIONS {
            taken.push(seats.take().await);
        }
        (seats, taken)
    }

    fn script(token: u8) -> Peer {
        Peer::Script(ApiKey::new(&format!("sk_{token}")).unwrap())
    }

    /// The connections leave as they are asked to; the result tells which did.
    fn leaving(taken: Vec<Arc<Seat>>) -> tokio::sync::mpsc::UnboundedReceiver<usize> {
        let (sender, left) = tokio::sync::mpsc::unbounded_channel();
        for (index, seat) in taken.into_iter().enumerate() {
            let sender = sender.clone();
            tokio::spawn(async move {
                seat.is_needed().await;
                sender.send(index).unwrap();
            });
        }
        left
    }

    #[tokio::test(start_paused = true)]
    async fn the_connection_that_has_been_idle_longest_gives_way_and_only_one() {
        let (seats, taken) = full().await;
        let first = Arc::clone(&taken[0]).serve(&script(1)).unwrap();
        let second = Arc::clone(&taken[1]).serve(&Peer::Page).unwrap();
        // A stranger may be cut off.
        let stranger = Arc::clone(&taken[2]).serve(&Peer::Stranger).unwrap();
        let mut left = leaving(taken);
        tokio::time::sleep(Duration::from_secs(1)).await;
        let waiting = Arc::clone(&seats);
        let waiting = tokio::spawn(async move { waiting.take().await });
        assert_eq!(left.recv().await, Some(2));
        drop(stranger);
        let _third = waiting.await.unwrap();
        assert!(left.try_recv().is_err());
        drop((first, second));
        tokio::time::sleep(Duration::from_secs(1)).await;
        let _fourth = seats.take().await;
        assert_eq!(left.try_recv(), Ok(3));
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_served_stays() {
        let (seats, taken) = full().await;
        let peers = [Peer::Page, script(1), script(2)];
        let serve = |(seat, peer): (&Arc<Seat>, &Peer)| Arc::clone(seat).serve(peer).unwrap();
        let mut serving: Vec<_> =
            taken.iter().take(180).zip(peers.iter().cycle()).map(serve).collect();
        let _idle = taken[180..].to_vec();
        let mut left = leaving(taken[..180].to_vec());
        assert!(timeout(Duration::from_secs(1), seats.take()).await.is_err());
        assert!(left.try_recv().is_err());
        drop((serving.remove(7), taken));
        assert!(timeout(Duration::from_secs(1), seats.take()).await.is_ok());
        assert_eq!(left.try_recv(), Ok(7));
    }

    #[tokio::test]
    async fn neither_one_token_nor_all_scripts_take_every_seat() {
        let (_seats, taken) = full().await;
        let ask = |index: usize, peer| Arc::clone(&taken[index]).serve(&peer);
        let one: Vec<_> = (0..MAX_TOKEN).map(|index| ask(index, script(1)).unwrap()).collect();
        assert!(ask(100, script(1)).is_err());
        let others: Vec<_> =
            (MAX_TOKEN..MAX_SCRIPTS).map(|index| ask(index, script(2)).unwrap()).collect();
        assert!(ask(130, script(3)).is_err());
        let page: Vec<_> = (MAX_SCRIPTS..MAX_SCRIPTS + MAX_PAGE)
            .map(|index| ask(index, Peer::Page).unwrap())
            .collect();
        assert!(ask(200, Peer::Page).is_err());
        assert!(ask(200, Peer::Stranger).is_ok());
        drop((one, others));
        assert!(ask(0, script(1)).is_ok());
        drop(page);
    }
}

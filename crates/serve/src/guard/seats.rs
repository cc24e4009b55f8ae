//! A bounded number of connections (seats), shared out so that nobody is locked out.
//!
//! Every connection is let in: when all seats are taken, an idle connection gives way at once. Requests under way are counted by
//! sender: some seats are out of reach for scripts, and some of the scripts' seats for any single token.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::HeaderMap;
use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::gate;
use super::key::ApiKey;
use super::session::Session;
use crate::refusal::{Kind, Refusal};

pub(crate) const MAX_CONNECTIONS: usize = 256;
/// The most requests under way from the page, from all scripts, and from one token. Other seats are for senders not known yet.
const MAX_PAGE: usize = 64;
const MAX_SCRIPTS: usize = 128;
const MAX_TOKEN: usize = 96;

/// The taken seats by number; a new one gets the number after the highest.
#[derive(Debug, Default)]
pub(crate) struct Seats {
    guests: Mutex<BTreeMap<u64, Guest>>,
    freed: Notify,
}

/// A connection that has a seat.
#[derive(Debug)]
struct Guest {
    /// The sender of the request under way, if there is one.
    serving: Option<Peer>,
    since: Instant,
    leave: CancellationToken,
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
    pub(crate) async fn take(self: &Arc<Self>) -> Arc<Seat> {
        loop {
            if let Some(seat) = self.try_take() {
                return Arc::new(seat);
            }
            self.freed.notified().await;
        }
    }

    fn try_take(self: &Arc<Self>) -> Option<Seat> {
        let mut guests = self.guests.lock();
        if guests.len() >= MAX_CONNECTIONS {
            ask_one_to_leave(&guests);
            return None;
        }
        let number = guests.last_key_value().map_or(0, |(last, _)| last + 1);
        let leave = CancellationToken::new();
        let guest = Guest { serving: None, since: Instant::now(), leave: leave.clone() };
        guests.insert(number, guest);
        Some(Seat { seats: Arc::clone(self), number, leave })
    }
}

/// Asks the connection to leave that has been idle longest. If none is idle, asks one that showed neither session nor token, even
/// in the middle of a request. Only one is asked at a time.
fn ask_one_to_leave(guests: &BTreeMap<u64, Guest>) {
    let can_leave = |guest: &&Guest| matches!(guest.serving, None | Some(Peer::Stranger));
    let next = guests
        .values()
        .filter(can_leave)
        .min_by_key(|guest| (guest.serving.is_some(), guest.since));
    let is_leaving = guests.values().any(|guest| guest.leave.is_cancelled());
    if let (false, Some(guest)) = (is_leaving, next) {
        guest.leave.cancel();
    }
}

/// A connection's seat, which is free again once nothing holds it. Only its holders use its number, so another guest may get the
/// same number afterwards. Each request holds it in its extensions: `Parts` that outlived their request would keep the seat
/// taken, and no other connection would be asked to leave meanwhile.
#[derive(Debug)]
pub(crate) struct Seat {
    seats: Arc<Seats>,
    number: u64,
    /// Cancelled when another connection needs the seat.
    pub(crate) leave: CancellationToken,
}

impl Seat {
    /// Counts a request of this peer as under way until the result is dropped.
    ///
    /// # Errors
    /// If the peer already has as many requests under way as it may.
    pub(crate) fn serve(self: Arc<Self>, peer: &Peer) -> Result<Serving, Refusal> {
        let mut guests = self.seats.guests.lock();
        let under_way = || guests.values().filter_map(|guest| guest.serving.as_ref());
        let same = under_way().filter(|other| *other == peer).count();
        let scripts = under_way().filter(|other| matches!(other, Peer::Script(_))).count();
        match peer {
            Peer::Page if same >= MAX_PAGE => return Err(too_busy(MAX_PAGE)),
            Peer::Script(_) if same >= MAX_TOKEN => return Err(too_busy(MAX_TOKEN)),
            Peer::Script(_) if scripts >= MAX_SCRIPTS => return Err(too_busy(MAX_SCRIPTS)),
            // Strangers can be asked to leave at any time.
            Peer::Page | Peer::Script(_) | Peer::Stranger => {}
        }
        if let Some(guest) = guests.get_mut(&self.number) {
            guest.serving = Some(peer.clone());
        }
        drop(guests);
        Ok(Serving(self))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.guests.lock().remove(&self.number);
        self.seats.freed.notify_one();
    }
}

/// Counts a request as under way until it is dropped.
#[derive(Debug)]
pub(crate) struct Serving(Arc<Seat>);

impl Drop for Serving {
    fn drop(&mut self) {
        let Seat { seats, number, .. } = &*self.0;
        if let Some(guest) = seats.guests.lock().get_mut(number) {
            guest.serving = None;
            guest.since = Instant::now();
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
    use super::*;

    /// Connections in all seats.
    fn full() -> (Arc<Seats>, Vec<Arc<Seat>>) {
        let seats = Arc::<Seats>::default();
        let taken = (0..MAX_CONNECTIONS).map(|_| Arc::new(seats.try_take().unwrap()));
        let taken = taken.collect();
        (seats, taken)
    }

    fn script(token: u8) -> Peer {
        Peer::Script(ApiKey::new(&format!("sk_{token}")).unwrap())
    }

    fn leaving(taken: &[Arc<Seat>]) -> Vec<usize> {
        let leaving = taken.iter().enumerate().filter(|(_, seat)| seat.leave.is_cancelled());
        leaving.map(|(index, _)| index).collect()
    }

    #[tokio::test]
    async fn the_connection_that_has_been_idle_longest_gives_way_and_only_one() {
        let (seats, mut taken) = full();
        let first = Arc::clone(&taken[0]).serve(&script(1)).unwrap();
        let second = Arc::clone(&taken[1]).serve(&Peer::Stranger).unwrap();
        for _ in 0..2 {
            assert!(seats.try_take().is_none());
            assert_eq!(leaving(&taken), [2]);
        }
        drop(taken.remove(2));
        assert!(seats.try_take().is_some());
        // These two are idle again, but for the shortest time.
        drop((first, second));
        let third = seats.try_take().unwrap();
        assert!(seats.try_take().is_none());
        assert_eq!(leaving(&taken), [2]);
        drop(third);
    }

    #[tokio::test]
    async fn where_nobody_is_idle_a_stranger_gives_way() {
        let (seats, taken) = full();
        let peers = [Peer::Page, script(1), script(2), Peer::Stranger];
        let serving: Vec<_> = taken
            .iter()
            .zip(peers.iter().cycle())
            .map(|(seat, peer)| Arc::clone(seat).serve(peer).unwrap())
            .collect();
        assert!(seats.try_take().is_none());
        assert_eq!(leaving(&taken), [3]);
        drop(serving);
    }

    #[tokio::test]
    async fn neither_one_token_nor_all_scripts_take_every_seat() {
        let (_seats, taken) = full();
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

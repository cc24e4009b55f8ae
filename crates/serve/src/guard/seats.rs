//! Who may hold a connection while others wait: a bounded number of seats, shared out so that nobody is locked out.
//!
//! Whoever arrives is let in. When all seats are taken, an idle connection gives way at once. Requests under way are
//! counted by who sends them: the page keeps seats that no script can take, and scripts keep some that no single token can.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::HeaderMap;
use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::gate;
use super::session::Session;
use crate::refusal::{Charge, Kind, Refusal};

pub(crate) const MAX_CONNECTIONS: usize = 256;
/// Requests under way of the page, of all scripts, and of one script's token. The rest is for whoever has yet to say.
const MAX_PAGE: usize = 64;
const MAX_SCRIPTS: usize = 128;
const MAX_TOKEN: usize = 96;

/// All seats.
#[derive(Debug, Default)]
pub(crate) struct Seats {
    taken: Mutex<Taken>,
    freed: Notify,
    /// Tokens are told apart by a hash that only this run knows.
    hasher: RandomState,
}

#[derive(Debug, Default)]
struct Taken {
    last: u64,
    guests: HashMap<u64, Guest>,
}

/// A connection, from the companion's side.
#[derive(Debug)]
struct Guest {
    /// Whose request is under way, if any is.
    serving: Option<Peer>,
    since: Instant,
    leave: CancellationToken,
}

/// Who a request comes from, as far as it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Peer {
    Page,
    /// By the hash of its token.
    Script(u64),
    Stranger,
}

impl Seats {
    /// A seat for a connection that has arrived: at once, as long as somebody is idle.
    pub(crate) async fn take(self: &Arc<Self>) -> Seat {
        loop {
            if let Some(seat) = self.try_take() {
                return seat;
            }
            self.freed.notified().await;
        }
    }

    fn try_take(self: &Arc<Self>) -> Option<Seat> {
        let mut taken = self.lock();
        if taken.guests.len() >= MAX_CONNECTIONS {
            taken.ask_one_to_leave();
            return None;
        }
        taken.last += 1;
        let (number, leave) = (taken.last, CancellationToken::new());
        let guest = Guest { serving: None, since: Instant::now(), leave: leave.clone() };
        taken.guests.insert(number, guest);
        let seats = Arc::clone(self);
        Some(Seat { ticket: Ticket { seats, number }, leave })
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    /// The one that has been idle longest; whoever shows neither session nor token, even in the middle of a request.
    fn ask_one_to_leave(&mut self) {
        let leaving = self.guests.values().any(|guest| guest.leave.is_cancelled());
        let next = self
            .guests
            .values()
            .filter_map(|guest| Some((guest.rank()?, guest)))
            .min_by_key(|(rank, _)| *rank);
        if let (false, Some((_, guest))) = (leaving, next) {
            guest.leave.cancel();
        }
    }

    fn serving(&self, counts: impl Fn(Peer) -> bool) -> usize {
        let peers = self.guests.values().filter_map(|guest| guest.serving);
        peers.filter(|peer| counts(*peer)).count()
    }
}

impl Guest {
    /// The lowest gives way first; `None` never does.
    fn rank(&self) -> Option<(bool, Instant)> {
        match self.serving {
            None => Some((false, self.since)),
            Some(Peer::Stranger) => Some((true, self.since)),
            Some(Peer::Page | Peer::Script(_)) => None,
        }
    }
}

/// A connection's seat, free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    ticket: Ticket,
    leave: CancellationToken,
}

impl Seat {
    /// What each request of the connection carries.
    pub(crate) fn ticket(&self) -> Ticket {
        self.ticket.clone()
    }

    /// Done when somebody else needs the seat.
    pub(crate) async fn needed(&self) {
        self.leave.cancelled().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Ticket { seats, number } = &self.ticket;
        seats.lock().guests.remove(number);
        seats.freed.notify_one();
    }
}

/// Which connection a request came by.
#[derive(Clone, Debug)]
pub(crate) struct Ticket {
    seats: Arc<Seats>,
    number: u64,
}

impl Ticket {
    /// Who sends this request.
    pub(crate) fn peer(&self, headers: &HeaderMap, session: &Session) -> Peer {
        if session.is_in(headers) {
            return Peer::Page;
        }
        gate::own_token(headers).map_or(Peer::Stranger, |key| {
            Peer::Script(self.seats.hasher.hash_one(key.to_authorization()))
        })
    }

    /// Counts a request of this peer until what this gives is dropped.
    ///
    /// # Errors
    /// When the peer has as many under way as it may.
    pub(crate) fn serve(self, peer: Peer) -> Result<Serving, Refusal> {
        {
            let mut taken = self.seats.lock();
            let (most, busy) = match peer {
                Peer::Page => (MAX_PAGE, taken.serving(|other| other == peer)),
                Peer::Script(_) if taken.serving(|other| other == peer) >= MAX_TOKEN => {
                    (MAX_TOKEN, MAX_TOKEN)
                }
                Peer::Script(_) => {
                    (MAX_SCRIPTS, taken.serving(|other| matches!(other, Peer::Script(_))))
                }
                // They give way to whoever comes.
                Peer::Stranger => (MAX_CONNECTIONS, 0),
            };
            if busy >= most {
                return Err(too_busy(most));
            }
            if let Some(guest) = taken.guests.get_mut(&self.number) {
                guest.serving = Some(peer);
            }
        }
        Ok(Serving(self))
    }
}

/// A request under way.
#[derive(Debug)]
pub(crate) struct Serving(Ticket);

impl Drop for Serving {
    fn drop(&mut self) {
        let Ticket { seats, number } = &self.0;
        if let Some(guest) = seats.lock().guests.get_mut(number) {
            guest.serving = None;
            guest.since = Instant::now();
        }
    }
}

fn too_busy(most: usize) -> Refusal {
    Refusal::new(Kind::Busy)
        .saying(
            format!(
                "{most} requests are already in progress, as many as are accepted at once. Nothing was sent. Try again in a moment."
            ),
            format!("已有 {most} 个请求正在处理，达到同时处理的上限。本次没有发送，请稍后再试。"),
        )
        .with_charge(Charge::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As many connections as there are seats.
    fn full() -> (Arc<Seats>, Vec<Seat>) {
        let seats = Arc::<Seats>::default();
        let taken = (0..MAX_CONNECTIONS).map(|_| seats.try_take().unwrap());
        let taken = taken.collect();
        (seats, taken)
    }

    fn leaving(taken: &[Seat]) -> Vec<usize> {
        let leaving = taken.iter().enumerate().filter(|(_, seat)| seat.leave.is_cancelled());
        leaving.map(|(index, _)| index).collect()
    }

    #[tokio::test]
    async fn the_connection_that_has_been_idle_longest_gives_way_and_only_one() {
        let (seats, mut taken) = full();
        let first = taken[0].ticket().serve(Peer::Script(1)).unwrap();
        let second = taken[1].ticket().serve(Peer::Stranger).unwrap();
        for _ in 0..2 {
            assert!(seats.try_take().is_none());
            assert_eq!(leaving(&taken), [2]);
        }
        drop(taken.remove(2));
        assert!(seats.try_take().is_some());
        // Idle again, and for the shortest time of all.
        drop((first, second));
        let third = seats.try_take().unwrap();
        assert!(seats.try_take().is_none());
        assert_eq!(leaving(&taken), [2]);
        drop(third);
    }

    #[tokio::test]
    async fn where_nobody_is_idle_a_stranger_gives_way() {
        let (seats, taken) = full();
        let peers = [Peer::Page, Peer::Script(1), Peer::Script(2), Peer::Stranger];
        let serving: Vec<_> = taken
            .iter()
            .zip(peers.iter().cycle())
            .map(|(seat, peer)| seat.ticket().serve(*peer).unwrap())
            .collect();
        assert!(seats.try_take().is_none());
        assert_eq!(leaving(&taken), [3]);
        drop(serving);
    }

    #[tokio::test]
    async fn neither_one_token_nor_all_scripts_take_every_seat() {
        let (_seats, taken) = full();
        let ask = |index: usize, peer| taken[index].ticket().serve(peer);
        let one: Vec<_> =
            (0..MAX_TOKEN).map(|index| ask(index, Peer::Script(1)).unwrap()).collect();
        assert!(ask(100, Peer::Script(1)).is_err());
        let others: Vec<_> =
            (MAX_TOKEN..MAX_SCRIPTS).map(|index| ask(index, Peer::Script(2)).unwrap()).collect();
        assert!(ask(130, Peer::Script(3)).is_err());
        let page: Vec<_> = (MAX_SCRIPTS..MAX_SCRIPTS + MAX_PAGE)
            .map(|index| ask(index, Peer::Page).unwrap())
            .collect();
        assert!(ask(200, Peer::Page).is_err());
        assert!(ask(200, Peer::Stranger).is_ok());
        drop((one, others));
        assert!(ask(0, Peer::Script(1)).is_ok());
        drop(page);
    }
}

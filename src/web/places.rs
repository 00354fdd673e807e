//! Places: which connections are open, and which one makes room for a new one.
//!
//! A request needs an ordinary place. When all are taken, new connections go into the reserve, where health checks
//! are answered at once. Any other request there waits for an ordinary place, and takes the place of the connection
//! that has been idle longest. When the reserve, or a network's share of it, is full as well, its oldest connection
//! is closed.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::{CancellationToken, WaitForCancellationFuture};

use super::limits::Limits;
use super::network::site;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

/// The connections of one listener.
#[derive(Debug)]
pub(super) struct Places {
    proxies: Vec<IpAddr>,
    grace: Duration,
    wait: Duration,
    begun: Instant,
    taken: Mutex<Taken>,
    /// Notified when a place becomes free.
    left: Notify,
}

#[derive(Debug)]
struct Taken {
    ordinary: Room,
    reserve: Room,
    /// Open connections, including those that lost their place and are ending.
    open: usize,
}

/// A number of places, and the connections in them.
#[derive(Debug)]
struct Room {
    seats: Vec<Arc<Seat>>,
    all: usize,
    /// Places for clients on other machines.
    remote: usize,
    /// Places for one network.
    network: usize,
}

/// What a connection counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Client {
    Loopback,
    /// A proxy in front of the pages, which carries everyone's requests.
    Proxy,
    Network(IpAddr),
}

/// A bound that keeps a client out.
#[derive(Clone, Copy, Debug)]
enum Bound {
    Network(IpAddr),
    Remote,
    All,
}

/// One connection.
#[derive(Debug)]
pub(super) struct Seat {
    places: Arc<Places>,
    client: Client,
    /// When it was accepted, in milliseconds after the listener's start.
    came: u64,
    /// One of the three states below; or, for an idle connection in an ordinary place, since when it is idle, in
    /// milliseconds after the listener's start plus [`EPOCH`].
    state: AtomicU64,
    /// Cancelled when another connection gets its place.
    displaced: CancellationToken,
}

/// A request is being answered.
const ANSWERING: u64 = 0;
/// The response is made, but not yet handed to the system.
const FLUSHING: u64 = 1;
/// Idle, without an ordinary place.
const PLACELESS: u64 = 2;
const EPOCH: u64 = 3;

/// A connection that gives up its place on drop.
#[derive(Debug)]
pub(super) struct Guest(pub(super) Arc<Seat>);

impl Drop for Guest {
    fn drop(&mut self) {
        self.0.places.leave(&self.0);
    }
}

impl Places {
    pub(super) fn new(limits: &Limits) -> Self {
        let quarter = limits.reserve / 4;
        Self {
            proxies: limits.proxies.clone(),
            grace: limits.grace,
            wait: limits.wait,
            begun: Instant::now(),
            taken: Mutex::new(Taken {
                ordinary: Room::new(limits.connections, limits.loopback, limits.network),
                reserve: Room::new(limits.reserve, quarter, quarter),
                open: 0,
            }),
            left: Notify::new(),
        }
    }

    /// Waits until a client gets a place, if only in the reserve.
    pub(super) async fn admitted(self: &Arc<Self>, peer: IpAddr) -> Guest {
        loop {
            let left = self.left.notified();
            match self.admit(peer) {
                Ok(guest) => return guest,
                // A place is free or the time is over: try again.
                Err(again) => drop(timeout_at(again, left).await),
            }
        }
    }

    /// Takes a place for a client; `Err` is when to try again.
    fn admit(self: &Arc<Self>, peer: IpAddr) -> Result<Guest, Instant> {
        let client = self.client(peer);
        let now = self.now();
        let mut taken = self.taken();
        let is_ordinary = taken.ordinary.full_for(client).is_none();
        if !is_ordinary && let Some(bound) = taken.reserve.full_for(client) {
            let first = taken.reserve.first(bound, |seat| Some(seat.came));
            // Otherwise other clients would wait behind a network that has its share.
            let at_once = matches!(bound, Bound::Network(_));
            match first {
                Some((came, seat)) if at_once || self.is_over(came, now) => {
                    taken.reserve.displace(&seat);
                }
                first => {
                    let came = first.map_or(now, |(came, _)| came);
                    return Err(self.after_grace(came));
                }
            }
        }
        let (room, state) = match is_ordinary {
            true => (&mut taken.ordinary, EPOCH + now),
            false => (&mut taken.reserve, PLACELESS),
        };
        let seat = Arc::new(Seat {
            places: Arc::clone(self),
            client,
            came: now,
            state: AtomicU64::new(state),
            displaced: CancellationToken::new(),
        });
        room.seats.push(Arc::clone(&seat));
        taken.open += 1;
        Ok(Guest(seat))
    }

    /// Gives a connection an ordinary place if one is free or can be freed; `Err` is when to try again.
    fn promote(&self, seat: &Arc<Seat>) -> Result<(), Instant> {
        let mut taken = self.taken();
        while let Some(bound) = taken.ordinary.full_for(seat.client) {
            let now = self.now();
            let longest = taken.ordinary.first(bound, |seat| seat.silent_since());
            let Some((since, longest)) = longest else {
                return Err(self.after_grace(now));
            };
            if !self.is_over(since, now) {
                return Err(self.after_grace(since));
            }
            // It keeps its place if a request has just come.
            if longest.lose_place(since) {
                taken.ordinary.displace(&longest);
            }
        }
        taken.reserve.remove(seat);
        taken.ordinary.seats.push(Arc::clone(seat));
        drop(taken);
        self.left.notify_waiters();
        Ok(())
    }

    fn leave(&self, seat: &Arc<Seat>) {
        let mut taken = self.taken();
        taken.ordinary.remove(seat);
        taken.reserve.remove(seat);
        taken.open -= 1;
        drop(taken);
        self.left.notify_waiters();
    }

    /// Waits until no connection is open.
    pub(super) async fn empty(&self) {
        loop {
            let left = self.left.notified();
            if self.taken().open == 0 {
                return;
            }
            left.await;
        }
    }

    fn client(&self, peer: IpAddr) -> Client {
        let peer = peer.to_canonical();
        if peer.is_loopback() {
            Client::Loopback
        } else if self.proxies.contains(&peer) {
            Client::Proxy
        } else {
            Client::Network(site(peer))
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Milliseconds since the start.
    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX - EPOCH)
    }

    /// Whether a connection's grace period is over.
    fn is_over(&self, since: u64, now: u64) -> bool {
        Duration::from_millis(now.saturating_sub(since)) >= self.grace
    }

    fn after_grace(&self, since: u64) -> Instant {
        self.begun + Duration::from_millis(since) + self.grace
    }
}

impl Room {
    fn new(all: u32, loopback: u32, network: u32) -> Self {
        Self {
            seats: Vec::new(),
            all: all as usize,
            remote: all.saturating_sub(loopback) as usize,
            network: network as usize,
        }
    }

    /// The narrowest bound that keeps a client out.
    fn full_for(&self, client: Client) -> Option<Bound> {
        let bounds: &[Bound] = match client {
            Client::Loopback => &[Bound::All],
            Client::Proxy => &[Bound::Remote, Bound::All],
            Client::Network(network) => &[Bound::Network(network), Bound::Remote, Bound::All],
        };
        let is_reached = |bound: &&Bound| {
            let most = match bound {
                Bound::Network(_) => self.network,
                Bound::Remote => self.remote,
                Bound::All => self.all,
            };
            // Skip the count if there are too few connections anyway.
            self.seats.len() >= most && self.within(**bound).count() >= most
        };
        bounds.iter().find(is_reached).copied()
    }

    /// The connections that a bound counts.
    fn within(&self, bound: Bound) -> impl Iterator<Item = &Arc<Seat>> {
        self.seats.iter().filter(move |seat| match bound {
            Bound::Network(network) => seat.client == Client::Network(network),
            Bound::Remote => seat.client != Client::Loopback,
            Bound::All => true,
        })
    }

    /// The connection within a bound that has the earliest time, and that time.
    fn first(&self, bound: Bound, time: impl Fn(&Seat) -> Option<u64>) -> Option<(u64, Arc<Seat>)> {
        let times = self
            .within(bound)
            .filter_map(|seat| Some((time(seat)?, seat)));
        let first = times.min_by_key(|(time, _)| *time);
        first.map(|(time, seat)| (time, Arc::clone(seat)))
    }

    fn displace(&mut self, seat: &Arc<Seat>) {
        self.remove(seat);
        seat.displaced.cancel();
    }

    fn remove(&mut self, seat: &Arc<Seat>) {
        let at = self.seats.iter().position(|other| Arc::ptr_eq(other, seat));
        at.map(|at| self.seats.swap_remove(at));
    }
}

impl Seat {
    /// Begins to answer a request; false if it has to wait for an ordinary place.
    pub(super) fn begin(&self) -> bool {
        self.state.swap(ANSWERING, SeqCst) != PLACELESS
    }

    /// Notes that the response is made.
    pub(super) fn answered(&self) {
        self.state.store(FLUSHING, SeqCst);
    }

    /// Notes that the system has all that there was to write.
    pub(super) fn flushed(&self) {
        if self.state.load(SeqCst) == FLUSHING {
            self.state.store(EPOCH + self.places.now(), SeqCst);
        }
    }

    /// Whether it is idle.
    pub(super) fn is_silent(&self) -> bool {
        self.state.load(SeqCst) >= PLACELESS
    }

    /// Since when it is idle in an ordinary place.
    fn silent_since(&self) -> Option<u64> {
        self.state.load(SeqCst).checked_sub(EPOCH)
    }

    /// Takes away its ordinary place, unless a request has come since.
    fn lose_place(&self, since: u64) -> bool {
        let idle = EPOCH + since;
        let taken = self.state.compare_exchange(idle, PLACELESS, SeqCst, SeqCst);
        taken.is_ok()
    }

    /// Whether it is idle without an ordinary place.
    pub(super) fn is_placeless(&self) -> bool {
        self.state.load(SeqCst) == PLACELESS
    }

    /// Waits for an ordinary place; false if none is free in time, or if it loses its place in the reserve.
    pub(super) async fn place(self: &Arc<Self>) -> bool {
        let deadline = Instant::now() + self.places.wait;
        loop {
            let left = self.places.left.notified();
            let Err(again) = self.places.promote(self) else {
                return true;
            };
            tokio::select! {
                () = left => {}
                () = sleep_until(again) => {}
                () = sleep_until(deadline) => return false,
                () = self.displaced() => return false,
            }
        }
    }

    /// Waits until another connection gets its place.
    pub(super) fn displaced(&self) -> WaitForCancellationFuture<'_> {
        self.displaced.cancelled()
    }
}

//! How many clients there may be at a time, and how long each may take.

use std::net::IpAddr;
use std::time::Duration;

/// How many clients there may be, and how much patience they get.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How long a request's head may take, counted from the connection's start or the answer before it.
    pub head: Duration,
    /// How long a request's body may take, from when its head was there.
    pub body: Duration,
    /// How long a connection is kept for more requests, and for an answer that is read slowly.
    pub life: Duration,
    /// How long a request in progress may take when its connection is to end.
    pub drain: Duration,
    /// How many connections are open at a time. A request that comes on one more takes the place of the
    /// connection that has waited for a request longest; if there is none, it is answered 503.
    pub connections: u32,
    /// How many of those are left to clients on this machine.
    pub loopback: u32,
    /// How many of those one network may have, an IPv4 /24 or an IPv6 /48.
    pub network: u32,
    /// How many connections there may be beside those, for health checks, and for others while they wait. A
    /// quarter is left to clients on this machine, and no network gets more than a quarter. 4 or more.
    pub reserve: u32,
    /// How long a connection keeps its place at least, after it came or was answered: a request may be on its way.
    pub grace: Duration,
    /// How long a request waits for a place, while the reserve has room for others.
    pub wait: Duration,
    /// The addresses of proxies, which are no network's: everybody's requests come from them.
    pub proxies: Vec<IpAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            body: Duration::from_secs(30),
            life: Duration::from_secs(600),
            drain: Duration::from_secs(10),
            // Half of the files that a process commonly may open.
            connections: 512,
            loopback: 64,
            network: 128,
            reserve: 32,
            grace: Duration::from_millis(100),
            wait: Duration::from_secs(2),
            proxies: Vec::new(),
        }
    }
}

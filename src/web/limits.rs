//! `Limits`: how many connections a listener has, and how long each may take.

use std::net::IpAddr;
use std::time::Duration;

use templates::locale::Locale;
use templates::pages::error;

/// A listener's limits.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Time for a request's head, from the start of the connection or the previous response.
    pub head: Duration,
    /// Time for a request's body, from the end of its head.
    pub body: Duration,
    /// Lifetime of a connection: for more requests, and for a response that is read slowly.
    pub life: Duration,
    /// Time for a request in progress when its connection has to end.
    pub drain: Duration,
    /// Connections that are open at a time. A request on one more takes the place of the connection that has been
    /// idle longest; if none is idle, the response is 503.
    pub connections: u32,
    /// How many of `connections` are reserved for clients on this machine.
    pub loopback: u32,
    /// How many of `connections` one network may have, an IPv4 /24 or an IPv6 /48.
    pub network: u32,
    /// Connections beside those, for health checks, and for requests that wait for a place. A quarter is reserved
    /// for clients on this machine, and no network gets more than a quarter. At least 4.
    pub reserve: u32,
    /// How long an idle connection keeps its place: its next request may be on the way.
    pub grace: Duration,
    /// How long a request waits for a place, while the reserve has room.
    pub wait: Duration,
    /// The text of that 503.
    pub busy: String,
    /// Addresses of proxies, whose connections carry everyone's requests and count for no network.
    pub proxies: Vec<IpAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            body: Duration::from_secs(30),
            life: Duration::from_secs(600),
            drain: Duration::from_secs(10),
            // Half of the usual limit on open files.
            connections: 512,
            loopback: 64,
            network: 128,
            reserve: 32,
            grace: Duration::from_millis(100),
            wait: Duration::from_secs(2),
            busy: error::busy(&Locale::default()),
            proxies: Vec::new(),
        }
    }
}

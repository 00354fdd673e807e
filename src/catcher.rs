//! A loopback SMTP receiver (RFC 5321): what `verdict demo` and the tests send to.
//!
//! It takes mail like a strict relay, keeps what it was given, and can be told to misbehave at any
//! step: see [`Behaviour`]. It binds loopback addresses only, so it can never become anybody's
//! relay.
//!
//! ```text
//! TcpListener ─▶ session (one task a connection) ─▶ mailbox ─▶ mails(), wait_for(), faults() …
//!                 │ wire      bytes in, grouped replies out
//!                 │ tls       the wire, encrypted
//!                 │ command   a line, parsed (pure)
//!                 │ content   finds the final dot, undoes dot-stuffing (pure)
//!                 └ behaviour what to do at this step
//! ```

mod auth;
mod behaviour;
mod command;
mod content;
mod duplex;
mod gate;
mod mailbox;
mod reply;
mod rules;
mod session;
mod tls;
mod wire;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

pub use auth::Mechanism;
pub use behaviour::{At, Behaviour, Extension, Keep, Step};
pub use gate::Gate;
pub use mailbox::{Fault, Mail};
pub use tls::{BadIdentity, TlsIdentity};

use mailbox::Mailbox;
use rules::Rules;
use session::Session;

/// Fewer mails arrived than were waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{arrived} of {expected} mails arrived within {within:?}")]
pub struct TooFew {
    /// How many were waited for.
    pub expected: usize,
    /// How many had arrived when the time was up.
    pub arrived: usize,
    /// How long was waited.
    pub within: Duration,
}

/// A running receiver. Dropping it closes the port and every connection at once.
#[derive(Debug)]
pub struct Catcher {
    addr: SocketAddr,
    mailbox: Arc<Mailbox>,
    rules: Arc<watch::Sender<Arc<Rules>>>,
    /// The accept task holds the one receiver: when that is gone, so are all connections.
    stop: watch::Sender<()>,
}

impl Catcher {
    /// Starts a receiver on a free port of 127.0.0.1, inside the current tokio runtime.
    ///
    /// # Errors
    /// When the system gives no port.
    pub async fn start(behaviour: Behaviour) -> io::Result<Self> {
        Self::start_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), behaviour).await
    }

    /// Starts a receiver on a given loopback address; port 0 stands for any free one.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidInput`] for an address that is not a loopback address; else what
    /// the system says, such as a port in use.
    pub async fn start_at(addr: SocketAddr, behaviour: Behaviour) -> io::Result<Self> {
        if !addr.ip().is_loopback() {
            let cause = format!(
                "the catcher binds loopback addresses only, not {}",
                addr.ip()
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, cause));
        }
        let listener = TcpListener::bind(addr).await?;
        let catcher = Self {
            addr: listener.local_addr()?,
            mailbox: Arc::default(),
            rules: Arc::new(watch::Sender::new(Arc::new(Rules::new(behaviour)))),
            stop: watch::Sender::new(()),
        };
        tokio::spawn(accept(
            listener,
            Arc::clone(&catcher.mailbox),
            Arc::clone(&catcher.rules),
            catcher.stop.subscribe(),
        ));
        Ok(catcher)
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Where it listens, as the configuration writes a relay without TLS:
    /// `smtp://127.0.0.1:2525?tls=none`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://{}?tls=none", self.addr)
    }

    /// Closes the port and every connection, and returns when that is done.
    pub async fn stop(&self) {
        self.stop.send_replace(());
        self.stop.closed().await;
    }

    /// Changes the behaviour from the next step of every connection on. Its counts start anew.
    pub fn set(&self, behaviour: Behaviour) {
        self.rules.send_replace(Arc::new(Rules::new(behaviour)));
    }

    /// Makes every connection wait when it gets to `step`, until the gate is released or dropped.
    /// To choose the connection, mail or recipient, use [`At::pause`] in a behaviour.
    #[must_use = "a gate that is dropped is open"]
    pub fn pause_at(&self, step: Step) -> Gate {
        let gate = Gate::new();
        self.rules.send_modify(|rules| {
            *rules = Arc::new(rules.with_gate(step, &gate));
        });
        gate
    }

    /// Every mail kept, in the order of arrival. Empty with [`Keep::Counts`].
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.mailbox.mails(|_| true)
    }

    /// The kept mails that had this envelope recipient; ASCII case does not matter.
    #[must_use]
    pub fn for_recipient(&self, address: &str) -> Vec<Mail> {
        self.mailbox
            .mails(|mail| mail.to.iter().any(|to| to.eq_ignore_ascii_case(address)))
    }

    /// How many mails were accepted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.mailbox.len()
    }

    /// True if no mail was accepted yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The size of all accepted mails together, in octets after dot-unstuffing.
    #[must_use]
    pub fn octets(&self) -> u64 {
        self.mailbox.octets()
    }

    /// Returns as soon as `count` mails were accepted since the start.
    ///
    /// # Errors
    /// [`TooFew`] when `within` is over first.
    pub async fn wait_for(&self, count: usize, within: Duration) -> Result<(), TooFew> {
        timeout(within, self.mailbox.wait_for(count))
            .await
            .map_err(|_| TooFew {
                expected: count,
                arrived: self.len(),
                within,
            })
    }

    /// How many connections were accepted since the start.
    #[must_use]
    pub fn connections_opened(&self) -> u64 {
        self.mailbox.connections().opened
    }

    /// How many connections are open now.
    #[must_use]
    pub fn connections_open(&self) -> u64 {
        self.mailbox.connections().open
    }

    /// The largest number of connections that were open at the same time.
    #[must_use]
    pub fn max_open(&self) -> u64 {
        self.mailbox.connections().max_open
    }

    /// How often replies were written, over all connections. Those to commands that came together
    /// leave together, so this counts the round trips that clients waited for.
    #[must_use]
    pub fn packets_of_replies(&self) -> u64 {
        self.mailbox.packets().load(Ordering::Relaxed)
    }

    /// What clients did against the protocol, in order. A well-behaved sender leaves this empty.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.mailbox.faults()
    }

    /// The lines of one connection (the first is 1): `C: ` from the client, `S: ` from the
    /// server, content left out. Empty unless the behaviour asks for it by
    /// [`Behaviour::transcript`].
    #[must_use]
    pub fn transcript(&self, connection: u64) -> Vec<String> {
        self.mailbox.transcript(connection)
    }
}

/// Takes connections until told to stop, or until the catcher is gone.
async fn accept(
    listener: TcpListener,
    mailbox: Arc<Mailbox>,
    rules: Arc<watch::Sender<Arc<Rules>>>,
    mut stop: watch::Receiver<()>,
) {
    let mut sessions = JoinSet::new();
    loop {
        tokio::select! {
            // A value means `stop`, an error that the catcher was dropped.
            _ = stop.changed() => break,
            Some(_) = sessions.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let (mailbox, rules) = (Arc::clone(&mailbox), rules.subscribe());
                    sessions.spawn(serve(stream, mailbox, rules));
                }
                // Out of file descriptors, mostly: they come back when connections end.
                Err(error) => {
                    tracing::warn!(%error, "the catcher cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            },
        }
    }
    sessions.shutdown().await;
}

async fn serve(stream: TcpStream, mailbox: Arc<Mailbox>, rules: watch::Receiver<Arc<Rules>>) {
    let visit = mailbox.connect();
    // Without it, a reply that follows another waits for an acknowledgement, 40 ms.
    if stream.set_nodelay(true).is_ok() {
        Session::new(stream, &mailbox, rules, visit.connection)
            .run()
            .await;
    }
}

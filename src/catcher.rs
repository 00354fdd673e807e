//! The catcher: a loopback SMTP receiver (RFC 5321) for `verdict demo` and the tests.
//!
//! It accepts mail like a strict relay, keeps it, and can misbehave at any step: see [`Behaviour`].
//! It binds only loopback addresses, so nobody can use it as a relay.
//!
//! ```text
//! TcpListener ─▶ session (one task a connection) ─▶ mailbox ─▶ mails(), wait_for(), faults() …
//!                 │ wire      bytes in, grouped replies out
//!                 │ tls       the wire, encrypted
//!                 │ command   parses a line (pure)
//!                 │ content   finds the final dot, removes dot-stuffing (pure)
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{arrived} of {expected} mails arrived within {within:?}")]
pub struct TooFew {
    pub expected: usize,
    pub arrived: usize,
    pub within: Duration,
}

/// A running receiver. Dropping it closes the port and every connection at once.
#[derive(Debug)]
pub struct Catcher {
    addr: SocketAddr,
    mailbox: Arc<Mailbox>,
    rules: Arc<watch::Sender<Arc<Rules>>>,
    /// The accept task holds the only receiver. When it is dropped, all connections are closed.
    stop: watch::Sender<()>,
}

impl Catcher {
    /// Starts a receiver on a free port of 127.0.0.1, inside the current tokio runtime.
    ///
    /// # Errors
    /// If no port is available.
    pub async fn start(behaviour: Behaviour) -> io::Result<Self> {
        Self::start_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), behaviour).await
    }

    /// Starts a receiver on a loopback address; port 0 stands for any free port.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidInput`] if the address is not a loopback address, or any error from
    /// binding it, such as a port in use.
    pub async fn start_at(addr: SocketAddr, behaviour: Behaviour) -> io::Result<Self> {
        let ip = addr.ip();
        if !ip.is_loopback() {
            let cause = format!("the catcher binds loopback addresses only, not {ip}");
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

    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The address as a relay URL for the configuration: `smtp://127.0.0.1:2525?tls=none`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://{}?tls=none", self.addr)
    }

    /// Closes the port and every connection, and returns when that is done.
    pub async fn stop(&self) {
        self.stop.send_replace(());
        self.stop.closed().await;
    }

    /// Changes the behaviour, from the next step of every connection. Its counts start from zero.
    pub fn set(&self, behaviour: Behaviour) {
        self.rules.send_replace(Arc::new(Rules::new(behaviour)));
    }

    /// Makes every connection wait at `step` until the gate is released or dropped. To choose the
    /// connection, mail or recipient, use [`At::pause`] in a behaviour.
    #[must_use = "a gate that is dropped is open"]
    pub fn pause_at(&self, step: Step) -> Gate {
        let gate = Gate::new();
        self.rules.send_modify(|rules| {
            *rules = Arc::new(rules.with_gate(step, &gate));
        });
        gate
    }

    /// Every kept mail, in the order of arrival. Empty with [`Keep::Counts`].
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        self.mailbox.mails(|_| true)
    }

    /// The kept mails with this envelope recipient, ignoring ASCII case.
    #[must_use]
    pub fn for_recipient(&self, address: &str) -> Vec<Mail> {
        self.mailbox
            .mails(|mail| mail.to.iter().any(|to| to.eq_ignore_ascii_case(address)))
    }

    /// The number of accepted mails.
    #[must_use]
    pub fn len(&self) -> usize {
        self.mailbox.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The total size of all accepted mails, in octets after dot-unstuffing.
    #[must_use]
    pub fn octets(&self) -> u64 {
        self.mailbox.octets()
    }

    /// Returns once `count` mails have been accepted since the start.
    ///
    /// # Errors
    /// [`TooFew`] after `within`.
    pub async fn wait_for(&self, count: usize, within: Duration) -> Result<(), TooFew> {
        let arrived = timeout(within, self.mailbox.wait_for(count)).await;
        arrived.map_err(|_| TooFew {
            expected: count,
            arrived: self.len(),
            within,
        })
    }

    /// The number of connections since the start.
    #[must_use]
    pub fn connections_opened(&self) -> u64 {
        self.mailbox.connections().opened
    }

    #[must_use]
    pub fn connections_open(&self) -> u64 {
        self.mailbox.connections().open
    }

    /// The largest number of connections open at the same time.
    #[must_use]
    pub fn max_open(&self) -> u64 {
        self.mailbox.connections().max_open
    }

    /// How often replies were written, over all connections. Replies to grouped commands are written
    /// together, so this is the number of round trips that clients waited for.
    #[must_use]
    pub fn packets_of_replies(&self) -> u64 {
        self.mailbox.packets().load(Ordering::Relaxed)
    }

    /// The clients' protocol violations, in order. Empty for a correct sender.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.mailbox.faults()
    }

    /// The lines of one connection, numbered from 1: `C: ` from the client, `S: ` from the server,
    /// without content. Empty unless you set [`Behaviour::transcript`].
    #[must_use]
    pub fn transcript(&self, connection: u64) -> Vec<String> {
        self.mailbox.transcript(connection)
    }
}

/// Accepts connections until the catcher is stopped or dropped.
async fn accept(
    listener: TcpListener,
    mailbox: Arc<Mailbox>,
    rules: Arc<watch::Sender<Arc<Rules>>>,
    mut stop: watch::Receiver<()>,
) {
    let mut sessions = JoinSet::new();
    loop {
        tokio::select! {
            // A value means `stop`; an error means that the catcher was dropped.
            _ = stop.changed() => break,
            Some(_) = sessions.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let (mailbox, rules) = (Arc::clone(&mailbox), rules.subscribe());
                    sessions.spawn(serve(stream, mailbox, rules));
                }
                // Usually out of file descriptors, which are freed when connections end.
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
    // Otherwise a reply after another one waits 40 ms for an acknowledgement.
    if stream.set_nodelay(true).is_ok() {
        let session = Session::new(stream, &mailbox, rules, visit.connection);
        session.run().await;
    }
}

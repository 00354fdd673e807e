//! Keeps what arrives: mails, faults, transcripts and counts.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hasher as _};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use super::behaviour::Keep;
use crate::clock::Clock;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// In the order of arrival, from 1.
    pub seq: u64,
    /// From 1.
    pub connection: u64,
    /// The envelope sender, without angle brackets; empty for the null sender.
    pub from: String,
    /// The accepted envelope recipients, without angle brackets, in order.
    pub to: Vec<String>,
    /// The content, dot-unstuffed, without the final dot. Empty with [`Keep::Envelopes`].
    pub content: Vec<u8>,
    /// The content's size in octets, even if the content was not kept.
    pub size: usize,
    /// A hash of the content, with [`Keep::Envelopes`]. Only comparable within one build.
    pub digest: Option<u64>,
    pub received_at: DateTime<Utc>,
}

/// A client's protocol violation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From 1.
    pub connection: u64,
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "connection {}: {}", self.connection, self.what)
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Connections {
    pub(super) opened: u64,
    pub(super) open: u64,
    pub(super) max_open: u64,
}

#[derive(Debug, Default)]
pub(super) struct Mailbox {
    inner: Mutex<Inner>,
    count: watch::Sender<usize>,
    packets: Arc<AtomicU64>,
}

#[derive(Debug, Default)]
struct Inner {
    mails: Vec<Mail>,
    accepted: u64,
    octets: u64,
    connections: Connections,
    faults: Vec<Fault>,
    transcripts: BTreeMap<u64, Vec<String>>,
}

/// An open connection. Dropping it counts it as closed.
#[derive(Debug)]
pub(super) struct Visit<'a> {
    mailbox: &'a Mailbox,
    pub(super) connection: u64,
}

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        self.mailbox.lock().connections.open -= 1;
    }
}

impl Mailbox {
    pub(super) fn connect(&self) -> Visit<'_> {
        let connections = &mut self.lock().connections;
        connections.opened += 1;
        connections.open += 1;
        connections.max_open = connections.max_open.max(connections.open);
        Visit {
            mailbox: self,
            connection: connections.opened,
        }
    }

    pub(super) fn accept(
        &self,
        connection: u64,
        from: String,
        to: Vec<String>,
        content: &[u8],
        keep: Keep,
    ) {
        let mut mail = Mail {
            seq: 0,
            connection,
            from,
            to,
            content: match keep {
                Keep::Content => content.to_vec(),
                Keep::Envelopes | Keep::Counts => Vec::new(),
            },
            size: content.len(),
            digest: (keep == Keep::Envelopes).then(|| digest(content)),
            received_at: Clock::system().now(),
        };
        let mut inner = self.lock();
        inner.accepted += 1;
        inner.octets += content.len() as u64;
        mail.seq = inner.accepted;
        if keep != Keep::Counts {
            inner.mails.push(mail);
        }
        drop(inner);
        self.count.send_modify(|count| *count += 1);
    }

    pub(super) fn fault(&self, connection: u64, what: String) {
        self.lock().faults.push(Fault { connection, what });
    }

    pub(super) fn note(&self, connection: u64, line: String) {
        let transcripts = &mut self.lock().transcripts;
        transcripts.entry(connection).or_default().push(line);
    }

    pub(super) fn mails(&self, wanted: impl Fn(&Mail) -> bool) -> Vec<Mail> {
        let inner = self.lock();
        let wanted = inner.mails.iter().filter(|mail| wanted(mail));
        wanted.cloned().collect()
    }

    pub(super) fn len(&self) -> usize {
        *self.count.borrow()
    }

    /// The count of packets of replies over all connections.
    pub(super) fn packets(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.packets)
    }

    pub(super) fn octets(&self) -> u64 {
        self.lock().octets
    }

    pub(super) async fn wait_for(&self, count: usize) {
        let mut arrived = self.count.subscribe();
        // Only fails if the sender is dropped, and `self` holds it.
        let _ = arrived.wait_for(|arrived| *arrived >= count).await;
    }

    pub(super) fn connections(&self) -> Connections {
        self.lock().connections
    }

    pub(super) fn faults(&self) -> Vec<Fault> {
        self.lock().faults.clone()
    }

    pub(super) fn transcript(&self, connection: u64) -> Vec<String> {
        let transcripts = &self.lock().transcripts;
        transcripts.get(&connection).cloned().unwrap_or_default()
    }

    /// Ignores poisoning: no code panics while it holds the lock, and a panic would leave nothing half-done.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn digest(content: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    hasher.finish()
}

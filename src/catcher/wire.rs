//! The stream below a conversation: reads lines, and writes replies in groups.

use std::collections::VecDeque;
use std::fmt::Debug;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{self as tokio_io, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep, sleep_until};

use super::duplex::Duplex;
use super::tls::TlsIdentity;

// Sizes of the input buffer, in octets. It grows for larger mails.
const BUFFER: usize = 512 << 10;
/// The least room for a read.
const ROOM: usize = 64 << 10;
/// A buffer larger than this is freed once it is empty.
const LARGE: usize = 4 << 20;

/// The connection is over: closed by either side, or broken.
#[derive(Debug)]
pub(super) struct Over;

impl From<io::Error> for Over {
    fn from(_: io::Error) -> Self {
        Self
    }
}

#[derive(Debug)]
pub(super) struct Wire {
    stream: Box<dyn Duplex>,
    /// Counts the packets of replies.
    packets: Arc<AtomicU64>,
    input: Vec<u8>,
    /// How much of the input is consumed.
    used: usize,
    output: Vec<u8>,
    /// Packets delayed by the simulated network, in order.
    late: VecDeque<(Instant, Vec<u8>)>,
    /// The delay of the simulated network.
    pub(super) delay: Duration,
}

impl Wire {
    pub(super) fn new(stream: impl Duplex + 'static, packets: Arc<AtomicU64>) -> Self {
        Self {
            stream: Box::new(stream),
            packets,
            input: Vec::new(),
            used: 0,
            output: Vec::new(),
            late: VecDeque::new(),
            delay: Duration::ZERO,
        }
    }

    /// Writes pending replies, then starts TLS (RFC 3207 §4).
    pub(super) async fn encrypt(&mut self, identity: &TlsIdentity) -> Result<(), Over> {
        self.flush().await?;
        let bare = std::mem::replace(&mut self.stream, Box::new(tokio_io::empty()));
        self.stream = Box::new(identity.accept(bare).await?);
        Ok(())
    }

    pub(super) fn unread(&self) -> &[u8] {
        &self.input[self.used..]
    }

    pub(super) fn consume(&mut self, count: usize) {
        self.used += count;
    }

    /// Writes pending replies, so that those to a group of commands leave together, then reads more
    /// input. Delayed replies go out in the meantime.
    pub(super) async fn fill(&mut self) -> Result<(), Over> {
        self.post().await?;
        self.make_room();
        let read = loop {
            let Some((due, packet)) = self.late.front() else {
                break self.stream.read_buf(&mut self.input).await?;
            };
            tokio::select! {
                read = self.stream.read_buf(&mut self.input) => break read?,
                () = sleep_until(*due) => {}
            }
            write(&mut self.stream, &self.packets, packet).await?;
            self.late.pop_front();
        };
        if read == 0 {
            self.flush().await?;
            return Err(Over);
        }
        Ok(())
    }

    fn make_room(&mut self) {
        if self.used == self.input.len() {
            self.input.clear();
            self.used = 0;
            if self.input.capacity() > LARGE {
                self.input = Vec::new();
            }
        }
        if self.input.capacity() == 0 {
            self.input.reserve_exact(BUFFER);
        }
        if self.input.capacity() - self.input.len() < ROOM {
            self.input.drain(..self.used);
            self.used = 0;
            self.input.reserve(ROOM);
        }
    }

    /// Adds to the pending replies.
    pub(super) fn say(&mut self, bytes: &[u8]) {
        self.output.extend_from_slice(bytes);
    }

    /// True while the client cannot have seen the last reply.
    pub(super) fn owes_reply(&self) -> bool {
        !self.output.is_empty() || !self.late.is_empty()
    }

    /// Writes the pending replies, or delays them.
    async fn post(&mut self) -> Result<(), Over> {
        if self.output.is_empty() {
            return Ok(());
        }
        if self.delay.is_zero() && self.late.is_empty() {
            write(&mut self.stream, &self.packets, &self.output).await?;
            self.output.clear();
        } else {
            let packet = std::mem::take(&mut self.output);
            self.late.push_back((Instant::now() + self.delay, packet));
        }
        Ok(())
    }

    /// Returns once every reply is written.
    pub(super) async fn flush(&mut self) -> Result<(), Over> {
        self.post().await?;
        while let Some((due, packet)) = self.late.pop_front() {
            sleep_until(due).await;
            write(&mut self.stream, &self.packets, &packet).await?;
        }
        Ok(())
    }

    /// Writes pending replies, then these bytes in a packet each.
    pub(super) async fn drip(&mut self, bytes: &[u8]) -> Result<(), Over> {
        self.flush().await?;
        sleep(self.delay).await;
        for byte in bytes {
            write(&mut self.stream, &self.packets, &[*byte]).await?;
            // Lets the reader run, so that it sees one byte at a time.
            yield_now().await;
        }
        Ok(())
    }

    /// Discards input until the client closes.
    pub(super) async fn swallow(&mut self) -> Over {
        loop {
            self.input.clear();
            self.used = 0;
            if self.fill().await.is_err() {
                return Over;
            }
        }
    }
}

/// Writes a packet of replies. Flushes, because TLS buffers what the system does not take at once.
async fn write(stream: &mut Box<dyn Duplex>, packets: &AtomicU64, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes).await?;
    stream.flush().await?;
    packets.fetch_add(1, Ordering::Relaxed);
    Ok(())
}

//! The stream that lettre gets: after greeting and EHLO, with complete replies, one at a time.
//!
//! lettre starts by reading a greeting and sending EHLO. After STARTTLS there is no greeting, and lettre
//! keeps too little of the reply to EHLO. So `greet` has already done both, and this stream gives lettre
//! canned replies and drops its EHLO.
//!
//! Nothing is written while an unexpected reply waits to be read: it would count as the reply to the next command, and
//! every later reply would be matched to the wrong command.

use std::fmt::Debug;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::read::{Reader, UNEXPECTED_REPLY, Whole, broken, ended};

/// The canned replies for lettre: the greeting, and the reply to EHLO.
const GREETED: &[u8] = b"220 greeted\r\n250 greeted\r\n";
/// How much is read at a time.
const ROOM: usize = 8 << 10;

/// What the stream knows about the replies, for the conversation above lettre.
#[derive(Debug, Default)]
pub(super) struct LastReply {
    code: AtomicU16,
    has_more: AtomicBool,
}

impl LastReply {
    /// The code of the last reply that lettre read. lettre does not support all codes itself.
    pub(super) fn code(&self) -> u16 {
        self.code.load(Ordering::Relaxed)
    }

    /// True if more than that reply has arrived.
    pub(super) fn has_more(&self) -> bool {
        self.has_more.load(Ordering::Relaxed)
    }
}

/// A stream in the middle of a conversation that looks like a new one to lettre.
#[derive(Debug)]
pub(super) struct Greeted<S> {
    stream: S,
    peer: SocketAddr,
    last_reply: Arc<LastReply>,
    /// True until the end of the first line written, lettre's EHLO.
    mute: bool,
    /// True from the end of one command to the start of the next.
    is_listening: bool,
    reader: Reader,
    /// What arrived, and how much of it the reader has taken.
    arrived: Vec<u8>,
    taken: usize,
    /// The reply for lettre, and how much of it lettre has read.
    reply: Vec<u8>,
    given: usize,
}

impl<S: AsyncRead + AsyncWrite + Debug + Send + Sync + Unpin + 'static> Greeted<S> {
    /// `last_reply` is updated with each reply.
    pub(super) fn boxed(
        peer: SocketAddr,
        stream: S,
        last_reply: &Arc<LastReply>,
    ) -> Box<dyn AsyncTokioStream> {
        Box::new(Self {
            stream,
            peer,
            last_reply: Arc::clone(last_reply),
            mute: true,
            is_listening: true,
            reader: Reader::default(),
            arrived: Vec::new(),
            taken: 0,
            reply: GREETED.to_vec(),
            given: 0,
        })
    }
}

impl<S> Greeted<S> {
    fn has_more(&self) -> bool {
        self.taken < self.arrived.len() || self.reader.has_begun()
    }

    /// Takes what has arrived, up to the end of a reply.
    fn take(&mut self) -> io::Result<Option<Whole>> {
        let (taken, whole) = self.reader.take(&self.arrived[self.taken..])?;
        self.taken += taken;
        Ok(whole)
    }
}

impl<S: AsyncRead + Unpin> Greeted<S> {
    /// Reads more, once everything that arrived is taken. False at the end of the stream.
    fn poll_more(&mut self, context: &mut Context<'_>) -> Poll<io::Result<bool>> {
        self.arrived.resize(ROOM, 0);
        let mut buffer = ReadBuf::new(&mut self.arrived);
        let polled = Pin::new(&mut self.stream).poll_read(context, &mut buffer);
        let count = buffer.filled().len();
        self.arrived.truncate(count);
        self.taken = 0;
        ready!(polled)?;
        Poll::Ready(Ok(count > 0))
    }

    /// Fails if anything waits to be read when a command begins.
    fn begin(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        if !self.has_more() {
            match self.poll_more(context) {
                Poll::Pending => return Ok(()),
                Poll::Ready(Ok(true)) => {}
                Poll::Ready(Ok(false)) => return Err(closed()),
                Poll::Ready(Err(error)) => return Err(error),
            }
        }
        // Such as a 421 after the conversation was idle for too long (RFC 5321 §3.8).
        Err(broken(&match self.take()? {
            Some(reply) => format!("{UNEXPECTED_REPLY}: {}", reply.text),
            None => UNEXPECTED_REPLY.to_owned(),
        }))
    }
}

fn closed() -> io::Error {
    let why = "the relay has closed the connection";
    io::Error::new(io::ErrorKind::ConnectionAborted, why)
}

impl<S: AsyncRead + AsyncWrite + Debug + Send + Sync + Unpin> AsyncTokioStream for Greeted<S> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Greeted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        this.is_listening = true;
        while this.given == this.reply.len() {
            if this.taken == this.arrived.len() && !ready!(this.poll_more(context))? {
                return Poll::Ready(Err(ended()));
            }
            if let Some(whole) = this.take()? {
                this.last_reply.code.store(whole.code, Ordering::Relaxed);
                let has_more = this.has_more();
                this.last_reply.has_more.store(has_more, Ordering::Relaxed);
                (this.reply, this.given) = (whole.text.into_bytes(), 0);
            }
        }
        let rest = &this.reply[this.given..];
        let now = rest.len().min(buffer.remaining());
        buffer.put_slice(&rest[..now]);
        this.given += now;
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Greeted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.mute {
            let end = bytes.iter().position(|byte| *byte == b'\n');
            self.mute = end.is_none();
            return Poll::Ready(Ok(end.map_or(bytes.len(), |end| end + 1)));
        }
        if self.is_listening {
            self.begin(context)?;
            self.is_listening = false;
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

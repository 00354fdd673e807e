//! The stream that lettre gets: after greeting and EHLO, with complete replies, one at a time.
//!
//! lettre starts by reading a greeting and sending EHLO. After STARTTLS there is no greeting, and lettre
//! keeps too little of the reply to EHLO. So `greet` has already done both, and this stream gives lettre
//! canned replies and drops its EHLO.
//!
//! Nothing is written while an unexpected reply waits to be read: it would count as the reply to the next command, and
//! every later reply would be matched to the wrong command.
//!
//! lettre copies each command. So a content goes past it: the stream writes the content where lettre writes a command.

use std::fmt::Debug;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::read::{Reader, UNEXPECTED_REPLY, Whole, broken, ended};

/// The canned replies for lettre: the greeting, and the reply to EHLO.
const GREETED: &[u8] = b"220 greeted\r\n250 greeted\r\n";
/// How much is read at a time.
const ROOM: usize = 8 << 10;

/// What goes past lettre, between the stream below it and the conversation above.
#[derive(Debug, Default)]
pub(super) struct Bypass {
    code: AtomicU16,
    has_more: AtomicBool,
    content: Mutex<Content>,
}

/// A content, and how much of it is written.
#[derive(Debug, Default)]
struct Content {
    octets: Vec<u8>,
    written: usize,
}

impl Bypass {
    /// Gives the stream a content to write in place of lettre's next command.
    pub(super) fn put(&self, octets: Vec<u8>) {
        *self.content() = Content { octets, written: 0 };
    }

    /// Takes the content back, written or not.
    pub(super) fn take_back(&self) -> Vec<u8> {
        std::mem::take(&mut *self.content()).octets
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }

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
    bypass: Arc<Bypass>,
    /// True until the end of the first line written, lettre's EHLO.
    mute: bool,
    /// True from the end of one command to the start of the next.
    is_listening: bool,
    reader: Reader,
    buffer: Box<[u8]>,
    /// How much of the buffer is filled, and how much of that the reader has taken.
    arrived: usize,
    taken: usize,
    /// The reply for lettre, and how much of it lettre has read.
    reply: Vec<u8>,
    given: usize,
}

impl<S: AsyncRead + AsyncWrite + Debug + Send + Sync + Unpin + 'static> Greeted<S> {
    pub(super) fn boxed(
        peer: SocketAddr,
        stream: S,
        bypass: &Arc<Bypass>,
    ) -> Box<dyn AsyncTokioStream> {
        Box::new(Self {
            stream,
            peer,
            bypass: Arc::clone(bypass),
            mute: true,
            is_listening: true,
            reader: Reader::default(),
            buffer: vec![0; ROOM].into(),
            arrived: 0,
            taken: 0,
            reply: GREETED.to_vec(),
            given: 0,
        })
    }
}

impl<S> Greeted<S> {
    fn has_more(&self) -> bool {
        self.taken < self.arrived || self.reader.has_begun()
    }

    /// Takes what has arrived, up to the end of a reply.
    fn take(&mut self) -> io::Result<Option<Whole>> {
        let (taken, whole) = self.reader.take(&self.buffer[self.taken..self.arrived])?;
        self.taken += taken;
        Ok(whole)
    }
}

impl<S: AsyncRead + Unpin> Greeted<S> {
    /// Reads more, once everything that arrived is taken. False at the end of the stream.
    fn poll_more(&mut self, context: &mut Context<'_>) -> Poll<io::Result<bool>> {
        let mut buffer = ReadBuf::new(&mut self.buffer);
        let polled = Pin::new(&mut self.stream).poll_read(context, &mut buffer);
        self.arrived = buffer.filled().len();
        self.taken = 0;
        ready!(polled)?;
        Poll::Ready(Ok(self.arrived > 0))
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
            if this.taken == this.arrived && !ready!(this.poll_more(context))? {
                return Poll::Ready(Err(ended()));
            }
            if let Some(whole) = this.take()? {
                this.bypass.code.store(whole.code, Ordering::Relaxed);
                let has_more = this.has_more();
                this.bypass.has_more.store(has_more, Ordering::Relaxed);
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
        let this = &mut *self;
        let mut content = this.bypass.content();
        if content.octets.is_empty() {
            drop(content);
            return Pin::new(&mut this.stream).poll_write(context, bytes);
        }
        while content.written < content.octets.len() {
            let rest = &content.octets[content.written..];
            let count = ready!(Pin::new(&mut this.stream).poll_write(context, rest))?;
            if count == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            content.written += count;
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

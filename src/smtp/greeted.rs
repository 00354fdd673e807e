//! The stream that lettre gets, on which greeting and EHLO are over.
//!
//! lettre reads a greeting and says EHLO before anything else. Behind STARTTLS there is no greeting, and
//! what lettre keeps of the answer to EHLO is too little, so both were done here before: it hears that
//! all is well, and its own EHLO goes nowhere.

use std::fmt::Debug;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What lettre hears of the greeting and of its EHLO.
const HEARD: &[u8] = b"220 greeted\r\n250 greeted\r\n";

/// A stream in the middle of a conversation, which begins like a new one.
#[derive(Debug)]
pub(super) struct Greeted<S> {
    /// What is still to be heard.
    heard: &'static [u8],
    /// True until the end of the first line that is written.
    mute: bool,
    peer: SocketAddr,
    stream: S,
}

impl<S> Greeted<S> {
    pub(super) fn new(peer: SocketAddr, stream: S) -> Self {
        Self {
            heard: HEARD,
            mute: true,
            peer,
            stream,
        }
    }
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
        if self.heard.is_empty() {
            return Pin::new(&mut self.stream).poll_read(context, buffer);
        }
        let (now, later) = self
            .heard
            .split_at(self.heard.len().min(buffer.remaining()));
        buffer.put_slice(now);
        self.heard = later;
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Greeted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if !self.mute {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        }
        let end = bytes.iter().position(|byte| *byte == b'\n');
        self.mute = end.is_none();
        Poll::Ready(Ok(end.map_or(bytes.len(), |end| end + 1)))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

//! Greeting, EHLO and STARTTLS (RFC 5321 §3.1 and §3.2, RFC 3207), on the bare stream.
//!
//! lettre's own STARTTLS keeps what arrived in the clear after the relay's reply, and reads it as if
//! it were encrypted: an attacker on the network could inject replies. Here, nothing that was read in
//! the clear survives the handshake.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::time::timeout;

use lettre::transport::smtp::response::Response;

use super::extensions::Extensions;
use super::read::{Reader, UNEXPECTED_REPLY, Whole, ended, no_reply};
use super::{Failure, NOT_IN_TIME, Reply, Step, lost, out_of_step};

/// The replies of a relay that does not support EHLO, or refuses it.
const NO_EHLO: [u16; 5] = [500, 501, 502, 504, 550];

pub(super) struct Greeting<S> {
    stream: BufReader<S>,
    reply_timeout: Duration,
    offers: Extensions,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Greeting<S> {
    pub(super) fn new(stream: S, reply_timeout: Duration) -> Self {
        Self {
            stream: BufReader::new(stream),
            reply_timeout,
            offers: Extensions::default(),
        }
    }

    /// Reads the relay's greeting.
    pub(super) async fn greeting(mut self) -> Result<Self, Failure> {
        self.reply(Step::Open).await?;
        Ok(self)
    }

    /// Sends EHLO, or HELO without extensions to a relay that does not support EHLO (RFC 5321 §3.2).
    pub(super) async fn hello(mut self, name: &str) -> Result<Self, Failure> {
        match self.ask(&format!("EHLO {name}\r\n"), Step::Open).await {
            Ok(answer) => self.offers = Extensions::of(&answer),
            Err(Failure::Refused { reply, .. }) if NO_EHLO.contains(&reply.code) => {
                self.ask(&format!("HELO {name}\r\n"), Step::Open).await?;
            }
            Err(failure) => return Err(failure),
        }
        Ok(self)
    }

    pub(super) fn offers_starttls(&self) -> bool {
        self.offers.starttls
    }

    /// Asks for TLS. The handshake must follow.
    pub(super) async fn starttls(&mut self) -> Result<(), Failure> {
        self.ask("STARTTLS\r\n", Step::Tls).await.map(drop)
    }

    /// The stream and the relay's extensions. Fails if the relay sent more than it was asked for, which
    /// would be read as the reply to a later command.
    pub(super) fn end(self) -> Result<(S, Extensions), Failure> {
        self.expect_silence(Step::Open)?;
        Ok((self.stream.into_inner(), self.offers))
    }

    fn expect_silence(&self, step: Step) -> Result<(), Failure> {
        let silent = self.stream.buffer().is_empty();
        silent
            .then_some(())
            .ok_or_else(|| lost(step, UNEXPECTED_REPLY))
    }

    async fn ask(&mut self, command: &str, step: Step) -> Result<Response, Failure> {
        self.expect_silence(step)?;
        let stream = &mut self.stream;
        let written = in_time(self.reply_timeout, async {
            stream.write_all(command.as_bytes()).await?;
            stream.flush().await
        });
        written.await.map_err(|error| lost(step, error))?;
        self.reply(step).await
    }

    /// Reads a reply, which must be 2xx.
    async fn reply(&mut self, step: Step) -> Result<Response, Failure> {
        let read = in_time(self.reply_timeout, whole(&mut self.stream)).await;
        let Whole { code, text } = read.map_err(|error| lost(step, error))?;
        let response = text.parse::<Response>();
        let response = response.map_err(|_| lost(step, no_reply()))?;
        let reply = Reply::of(code, &response);
        match code / 100 {
            2 => Ok(response),
            3 => Err(out_of_step(step, &reply)),
            _ => Err(Failure::Refused { step, reply }),
        }
    }
}

async fn whole<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> io::Result<Whole> {
    let mut reader = Reader::default();
    loop {
        let octets = stream.fill_buf().await?;
        if octets.is_empty() {
            return Err(ended());
        }
        let (taken, whole) = reader.take(octets)?;
        stream.consume(taken);
        if let Some(whole) = whole {
            return Ok(whole);
        }
    }
}

/// The future's result, or an error after `limit`.
pub(super) async fn in_time<T>(
    limit: Duration,
    future: impl Future<Output = io::Result<T>>,
) -> io::Result<T> {
    let late = || io::Error::new(io::ErrorKind::TimedOut, NOT_IN_TIME);
    timeout(limit, future).await.map_err(|_| late())?
}

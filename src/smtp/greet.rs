//! Greeting, EHLO and STARTTLS (RFC 5321 §3.1 and §3.2, RFC 3207), on the bare stream.
//!
//! lettre's own STARTTLS keeps what came in the clear behind the relay's answer and reads it as if it
//! had come encrypted, so that somebody on the way could put replies into the conversation. Here
//! nothing that was read in the clear outlives it.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::time::timeout;

use lettre::transport::smtp::response::Response;

use super::extensions::Extensions;
use super::read::{Reader, SAID_MORE, Whole, ended, no_reply};
use super::{Failure, NOT_IN_TIME, Reply, Step, lost, out_of_step};

/// What a relay answers to EHLO that does not know it, or does not like it.
const NO_EHLO: [u16; 5] = [500, 501, 502, 504, 550];

/// A relay that is being greeted.
pub(super) struct Greeting<S> {
    stream: BufReader<S>,
    reply_timeout: Duration,
    offers: Extensions,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Greeting<S> {
    /// Reads the relay's greeting and says EHLO. Each answer may take as long as `reply_timeout` says.
    pub(super) async fn greet(
        stream: S,
        hello: &str,
        reply_timeout: Duration,
    ) -> Result<Self, Failure> {
        let mut greeting = Self::new(stream, reply_timeout);
        greeting.reply(Step::Open).await?;
        greeting.hello(hello).await?;
        Ok(greeting)
    }

    /// Says EHLO to a relay that has greeted before the encryption.
    pub(super) async fn greet_again(
        stream: S,
        hello: &str,
        reply_timeout: Duration,
    ) -> Result<Self, Failure> {
        let mut greeting = Self::new(stream, reply_timeout);
        greeting.hello(hello).await?;
        Ok(greeting)
    }

    fn new(stream: S, reply_timeout: Duration) -> Self {
        Self {
            stream: BufReader::new(stream),
            reply_timeout,
            offers: Extensions::default(),
        }
    }

    /// EHLO, or HELO to a relay that does not know it (RFC 5321 §3.2), which offers nothing then.
    async fn hello(&mut self, name: &str) -> Result<(), Failure> {
        match self.ask(&format!("EHLO {name}\r\n"), Step::Open).await {
            Ok(answer) => self.offers = Extensions::of(&answer),
            Err(Failure::Refused { reply, .. }) if NO_EHLO.contains(&reply.code) => {
                self.ask(&format!("HELO {name}\r\n"), Step::Open).await?;
            }
            Err(failure) => return Err(failure),
        }
        Ok(())
    }

    /// True if the relay offers STARTTLS.
    pub(super) fn offers_starttls(&self) -> bool {
        self.offers.starttls
    }

    /// Asks for TLS; the handshake is to follow.
    pub(super) async fn starttls(&mut self) -> Result<(), Failure> {
        self.ask("STARTTLS\r\n", Step::Tls).await.map(drop)
    }

    /// The stream and what the relay offers, if it said no more than it was asked: what is left over
    /// would be taken for the answer to something else.
    pub(super) fn end(self) -> Result<(S, Extensions), Failure> {
        if self.stream.buffer().is_empty() {
            Ok((self.stream.into_inner(), self.offers))
        } else {
            Err(lost(Step::Open, SAID_MORE))
        }
    }

    async fn ask(&mut self, command: &str, step: Step) -> Result<Response, Failure> {
        if !self.stream.buffer().is_empty() {
            return Err(lost(step, SAID_MORE));
        }
        let stream = &mut self.stream;
        let written = in_time(self.reply_timeout, async {
            stream.write_all(command.as_bytes()).await?;
            stream.flush().await
        });
        written.await.map_err(|error| lost(step, error))?;
        self.reply(step).await
    }

    /// Reads a reply of class 2.
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
        let come = stream.fill_buf().await?;
        if come.is_empty() {
            return Err(ended());
        }
        let (taken, whole) = reader.take(come)?;
        stream.consume(taken);
        if let Some(whole) = whole {
            return Ok(whole);
        }
    }
}

/// What a future comes to that may take so long.
pub(super) async fn in_time<T>(
    limit: Duration,
    future: impl Future<Output = io::Result<T>>,
) -> io::Result<T> {
    let late = || io::Error::new(io::ErrorKind::TimedOut, NOT_IN_TIME);
    timeout(limit, future).await.map_err(|_| late())?
}

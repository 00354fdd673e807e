//! Greeting, EHLO and STARTTLS (RFC 5321 §3.1 and §3.2, RFC 3207), on the bare stream.
//!
//! lettre's own STARTTLS keeps what came in the clear behind the relay's answer and reads it as if it
//! had come encrypted, so that somebody on the way could put replies into the conversation. Here
//! nothing that was read in the clear outlives it.

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};

use lettre::transport::smtp::response::Response;

use super::extensions::Extensions;
use super::read::{Reader, Whole};
use super::{Failure, Reply, Step, lost, out_of_step};

const SAID_MORE: &str = "the relay said more than it was asked";

/// A relay that is being greeted.
pub(super) struct Greeting<S> {
    stream: BufReader<S>,
    offers: Extensions,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Greeting<S> {
    /// Reads the relay's greeting and says EHLO.
    pub(super) async fn greet(stream: S, hello: &str) -> Result<Self, Failure> {
        let mut greeting = Self::new(stream);
        greeting.reply(Step::Open).await?;
        greeting.ehlo(hello).await?;
        Ok(greeting)
    }

    /// Says EHLO to a relay that has greeted before the encryption.
    pub(super) async fn greet_again(stream: S, hello: &str) -> Result<Self, Failure> {
        let mut greeting = Self::new(stream);
        greeting.ehlo(hello).await?;
        Ok(greeting)
    }

    fn new(stream: S) -> Self {
        Self {
            stream: BufReader::new(stream),
            offers: Extensions::default(),
        }
    }

    async fn ehlo(&mut self, hello: &str) -> Result<(), Failure> {
        let answer = self.ask(&format!("EHLO {hello}\r\n"), Step::Open).await?;
        self.offers = Extensions::of(&answer);
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
        let broken = |error| lost(step, error);
        if !self.stream.buffer().is_empty() {
            return Err(lost(step, SAID_MORE));
        }
        let written = self.stream.write_all(command.as_bytes()).await;
        written.map_err(broken)?;
        self.stream.flush().await.map_err(broken)?;
        self.reply(step).await
    }

    /// Reads a reply of class 2.
    async fn reply(&mut self, step: Step) -> Result<Response, Failure> {
        let broken = |error| lost(step, error);
        let mut reader = Reader::default();
        let Whole { code, text } = loop {
            let come = self.stream.fill_buf().await.map_err(broken)?;
            if come.is_empty() {
                return Err(lost(step, "the connection ended where a reply was due"));
            }
            let (taken, whole) = reader.take(come).map_err(broken)?;
            self.stream.consume(taken);
            if let Some(whole) = whole {
                break whole;
            }
        };
        let response = text.parse::<Response>();
        let response = response.map_err(|_| lost(step, "what came is no SMTP reply"))?;
        let reply = Reply::of(code, &response);
        match code / 100 {
            2 => Ok(response),
            3 => Err(out_of_step(step, &reply)),
            _ => Err(Failure::Refused { step, reply }),
        }
    }
}

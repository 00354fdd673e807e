//! Greeting, EHLO and STARTTLS (RFC 5321 §3.1 and §3.2, RFC 3207), on the bare stream.
//!
//! lettre's own STARTTLS keeps what came in the clear behind the relay's answer and reads it as if it
//! had come encrypted, so that somebody on the way could put replies into the conversation. Here
//! nothing that was read in the clear outlives it.

use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};

use lettre::transport::smtp::response::Response;

use super::extensions::Extensions;
use super::{Failure, Reply, Step, lost};

/// The longest reply, in octets, all lines together.
const LONGEST_REPLY: u64 = 100_000;

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
            Err(lost(Step::Open, "the relay said more than it was asked"))
        }
    }

    async fn ask(&mut self, command: &str, step: Step) -> Result<Response, Failure> {
        let broken = |error| lost(step, error);
        let written = self.stream.write_all(command.as_bytes()).await;
        written.map_err(broken)?;
        self.stream.flush().await.map_err(broken)?;
        self.reply(step).await
    }

    /// Reads a positive reply.
    async fn reply(&mut self, step: Step) -> Result<Response, Failure> {
        let mut text = Vec::new();
        loop {
            let start = text.len();
            let room = LONGEST_REPLY.saturating_sub(start as u64);
            let mut limited = (&mut self.stream).take(room);
            let read = limited.read_until(b'\n', &mut text).await;
            read.map_err(|error| lost(step, error))?;
            if text.last() != Some(&b'\n') || text.len() == start {
                return Err(lost(step, "the connection ended where a reply was due"));
            }
            if text.get(start + 3) != Some(&b'-') {
                break;
            }
        }
        let response = String::from_utf8_lossy(&text).parse::<Response>();
        let response = response.map_err(|_| lost(step, "what came is no SMTP reply"))?;
        if response.is_positive() {
            return Ok(response);
        }
        let reply = Reply::from(&response);
        Err(Failure::Refused { step, reply })
    }
}

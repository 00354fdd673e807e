//! What is said in the clear before the handshake (RFC 3207).
//!
//! lettre's own STARTTLS keeps what came in the clear behind the relay's answer and reads it as if it
//! had come encrypted, so that somebody on the way could put replies into the conversation. Here
//! nothing that was read in the clear outlives it but the greeting.

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};

use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;

use super::extensions::Extensions;
use super::wire::Wire;
use super::{Failure, Reply, Step, lost};

/// The longest reply, in octets, all lines together.
const LONGEST_REPLY: u64 = 100_000;

/// A connection before its encryption.
pub(super) struct Clear {
    wire: BufReader<Wire>,
    /// The relay's greeting, as it came.
    greeting: Vec<u8>,
    offers: Extensions,
}

impl Clear {
    /// Reads the greeting and says EHLO.
    pub(super) async fn greet(wire: Wire, hello: &ClientId) -> Result<Self, Failure> {
        let mut clear = Self {
            wire: BufReader::new(wire),
            greeting: Vec::new(),
            offers: Extensions::default(),
        };
        let (greeting, _) = clear.reply(Step::Open).await?;
        clear.greeting = greeting;
        let answer = clear.ask(&format!("EHLO {hello}\r\n"), Step::Open).await?;
        clear.offers = Extensions::of(&answer);
        Ok(clear)
    }

    /// True if the relay offers STARTTLS.
    pub(super) fn offers_starttls(&self) -> bool {
        self.offers.starttls
    }

    /// Asks for TLS; the handshake is to follow.
    pub(super) async fn starttls(&mut self) -> Result<(), Failure> {
        self.ask("STARTTLS\r\n", Step::Tls).await.map(drop)
    }

    /// The connection and the greeting, if the relay said no more than it was asked.
    pub(super) fn leave(self) -> Result<(Wire, Vec<u8>), Failure> {
        if self.wire.buffer().is_empty() {
            Ok((self.wire.into_inner(), self.greeting))
        } else {
            Err(lost(
                Step::Tls,
                "something came unasked before the encryption",
            ))
        }
    }

    async fn ask(&mut self, command: &str, step: Step) -> Result<Response, Failure> {
        let written = self.wire.get_mut().write_all(command.as_bytes()).await;
        written.map_err(|error| lost(step, error))?;
        let (_, response) = self.reply(step).await?;
        Ok(response)
    }

    /// Reads a positive reply, as it came and as it is understood.
    async fn reply(&mut self, step: Step) -> Result<(Vec<u8>, Response), Failure> {
        let mut text = Vec::new();
        loop {
            let start = text.len();
            let room = LONGEST_REPLY.saturating_sub(start as u64);
            let mut limited = (&mut self.wire).take(room);
            let read = limited.read_until(b'\n', &mut text).await;
            read.map_err(|error| lost(step, error))?;
            if text.last() != Some(&b'\n') || text.len() == start {
                return Err(lost(step, "the reply ends in its middle"));
            }
            if text.get(start + 3) != Some(&b'-') {
                break;
            }
        }
        let response = String::from_utf8_lossy(&text).parse::<Response>();
        let response = response.map_err(|_| lost(step, "what came is no SMTP reply"))?;
        if response.is_positive() {
            return Ok((text, response));
        }
        let reply = Reply::from(&response);
        Err(Failure::Refused { step, reply })
    }
}

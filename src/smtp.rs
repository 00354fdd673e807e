//! One SMTP conversation (RFC 5321) on lettre's connection.
//!
//! The steps are lettre's `command` and `read_response`. With PIPELINING (RFC 2920) a content, its
//! final dot and the next envelope go out in one write: one round trip a mail. The stream is opened
//! here, with `TCP_NODELAY`: without it the last packet of every mail waits for an
//! acknowledgement, 40 ms each.

mod reply;
mod wire;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::{ClientId, Extension};
use lettre::transport::smtp::response::Response;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use crate::config::{Relay, Security};
pub use reply::{Fate, Reply};
use wire::Wire;

/// How long each step may take, from RFC 5321 §4.5.3.2 (its minimum for most of them).
const STEP: Duration = Duration::from_secs(300);
/// How long the relay may take to answer the final dot (RFC 5321 §4.5.3.2.6).
const AFTER_DOT: Duration = Duration::from_secs(600);
const DATA: &str = "DATA\r\n";

/// How long opening a connection may take.
const OPEN: Duration = Duration::from_secs(30);

/// What a step was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Connecting, greeting, encrypting and authenticating.
    Open,
    /// `MAIL FROM`.
    Mail,
    /// `RCPT TO`.
    Rcpt,
    /// `DATA`.
    Data,
    /// The content and the final dot.
    Content,
    /// `RSET`.
    Reset,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "the connection",
            Self::Mail => "MAIL",
            Self::Rcpt => "RCPT",
            Self::Data => "DATA",
            Self::Content => "the content",
            Self::Reset => "RSET",
        })
    }
}

/// Why a step failed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Failure {
    /// The relay answered, and the answer was no.
    #[error("{step}: {reply}")]
    Refused {
        /// At which step.
        step: Step,
        /// What it said.
        reply: Reply,
    },
    /// The connection is gone, or never was.
    #[error("{step}: {cause}")]
    Lost {
        /// At which step.
        step: Step,
        /// What happened.
        cause: String,
        /// True if the whole content with its final dot may have reached the relay.
        content_complete: bool,
    },
}

/// An open conversation with a relay.
pub struct Conversation {
    connection: AsyncSmtpConnection,
    written: Arc<AtomicU64>,
    pipelining: bool,
}

/// Whom a mail is from and for, on the wire: free of CR, LF and angle brackets.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// The return path.
    pub from: &'a str,
    /// The reader.
    pub to: &'a str,
}

/// What came of writing a content, and of the envelope that went out behind it.
#[derive(Debug)]
pub struct Written {
    /// The relay's reply to the final dot.
    pub content: Result<Reply, Failure>,
    /// What it said to the next envelope, if there was one.
    pub next: Option<Result<(), Failure>>,
}

impl Conversation {
    /// Connects, greets, encrypts and authenticates.
    ///
    /// # Errors
    /// [`Failure`] at [`Step::Open`].
    pub async fn open(relay: &Relay, hello: &str) -> Result<Self, Failure> {
        match timeout(OPEN, Self::try_open(relay, hello)).await {
            Ok(opened) => opened,
            Err(_) => Err(lost(Step::Open, "no answer in time")),
        }
    }

    async fn try_open(relay: &Relay, hello: &str) -> Result<Self, Failure> {
        let hello = ClientId::Domain(hello.to_owned());
        let written = Arc::new(AtomicU64::new(0));
        let tls =
            || TlsParameters::new(relay.host.clone()).map_err(|error| fail(Step::Open, &error));
        let connection = if relay.security == Security::Implicit {
            let server = (relay.host.as_str(), relay.port);
            AsyncSmtpConnection::connect_tokio1(server, Some(OPEN), &hello, Some(tls()?), None)
                .await
        } else {
            let wire = Wire::connect(&relay.host, relay.port, Arc::clone(&written))
                .await
                .map_err(|error| lost(Step::Open, error))?;
            AsyncSmtpConnection::connect_with_transport(Box::new(wire), &hello).await
        };
        let mut connection = connection.map_err(|error| fail(Step::Open, &error))?;
        let encrypt = match relay.security {
            Security::Required => true,
            Security::Opportunistic => connection.can_starttls(),
            Security::None | Security::Implicit => false,
        };
        if encrypt {
            let upgraded = connection.starttls(tls()?, &hello).await;
            upgraded.map_err(|error| fail(Step::Open, &error))?;
        }
        if let Some((user, password)) = &relay.credentials {
            let credentials = Credentials::new(user.clone(), password.clone());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            let authenticated = connection.auth(&mechanisms, &credentials).await;
            authenticated.map_err(|error| fail(Step::Open, &error))?;
        }
        let pipelining = offers_pipelining(&mut connection, &hello).await?;
        Ok(Self {
            connection,
            written,
            pipelining,
        })
    }

    /// True if the relay takes commands in groups (RFC 2920).
    pub fn pipelines(&self) -> bool {
        self.pipelining
    }

    /// True if the relay takes addresses and headers in UTF-8 (RFC 6531).
    pub fn takes_utf8(&self) -> bool {
        self.connection
            .server_info()
            .supports_feature(Extension::SmtpUtfEight)
    }

    /// `MAIL`, `RCPT` and `DATA`: in one group if the relay takes groups, else step by step. When it
    /// succeeds, the relay waits for the content.
    ///
    /// # Errors
    /// [`Failure`] at one of these steps. A refused envelope is to be taken back with
    /// [`Conversation::reset`].
    pub async fn envelope(&mut self, envelope: Envelope<'_>) -> Result<(), Failure> {
        if self.pipelining {
            let mail = self.step(Step::Mail, STEP, &envelope.group()).await;
            return self.replies_to_group(mail).await;
        }
        let [mail, rcpt] = envelope.commands();
        self.step(Step::Mail, STEP, &mail).await?;
        self.step(Step::Rcpt, STEP, &rcpt).await?;
        self.step(Step::Data, STEP, DATA).await?;
        Ok(())
    }

    /// The content and the final dot, in one write; if the relay takes groups, the `next` envelope
    /// goes out behind it, so that a mail costs one round trip. The content must end with CRLF and
    /// have no line that begins with a dot; the final dot is added to it.
    pub async fn content(&mut self, content: &mut Vec<u8>, next: Option<Envelope<'_>>) -> Written {
        content.extend_from_slice(b".\r\n");
        let length = content.len() as u64;
        let next = next.filter(|_| self.pipelining);
        if let Some(next) = next {
            content.extend_from_slice(next.group().as_bytes());
        }
        let Ok(text) = std::str::from_utf8(content) else {
            return Written {
                content: Err(lost(Step::Content, "the content is not UTF-8")),
                next: None,
            };
        };
        let before = self.written.load(Ordering::Relaxed);
        let mut result = self.step(Step::Content, AFTER_DOT, text).await;
        if let Err(Failure::Lost {
            content_complete, ..
        }) = &mut result
        {
            // Fewer bytes than the content has cannot contain the final dot. More of them, as TLS
            // makes, leave it open.
            let written = self.written.load(Ordering::Relaxed);
            *content_complete = written == 0 || written - before >= length;
            return Written {
                content: result,
                next: None,
            };
        }
        let next = match next {
            Some(_) => {
                let mail = self.read(Step::Mail).await;
                Some(self.replies_to_group(mail).await)
            }
            None => None,
        };
        Written {
            content: result,
            next,
        }
    }

    /// The rest of the replies to `MAIL`, `RCPT` and `DATA`.
    async fn replies_to_group(&mut self, mail: Result<Reply, Failure>) -> Result<(), Failure> {
        if let Err(gone @ Failure::Lost { .. }) = mail {
            return Err(gone);
        }
        let rcpt = self.read(Step::Rcpt).await;
        if let Err(gone @ Failure::Lost { .. }) = rcpt {
            return Err(gone);
        }
        let data = self.read(Step::Data).await;
        let refused = mail.and(rcpt);
        if refused.is_err() && data.is_ok() {
            // RFC 2920 §3.1: a relay may answer 354 although it refused every recipient; it then
            // gets a content of nothing, which reaches nobody.
            self.step(Step::Content, AFTER_DOT, ".\r\n").await.ok();
        }
        refused.and(data).map(drop)
    }

    /// Takes back the envelope; the conversation goes on.
    ///
    /// # Errors
    /// [`Failure`] at [`Step::Reset`].
    pub async fn reset(&mut self) -> Result<(), Failure> {
        self.step(Step::Reset, STEP, "RSET\r\n").await.map(drop)
    }

    /// Ends the conversation politely; the relay's answer does not matter.
    pub async fn quit(&mut self) {
        let _ = timeout(Duration::from_secs(5), self.connection.quit()).await;
    }

    /// Writes a text and reads the first reply to it.
    async fn step(&mut self, step: Step, limit: Duration, text: &str) -> Result<Reply, Failure> {
        reply(step, timeout(limit, self.connection.command(text)).await)
    }

    /// Reads one more reply.
    async fn read(&mut self, step: Step) -> Result<Reply, Failure> {
        reply(step, timeout(STEP, self.connection.read_response()).await)
    }
}

impl Envelope<'_> {
    fn commands(&self) -> [String; 2] {
        // The header names the reader, so it is in UTF-8 as well (RFC 6531 §3.1 offers both at once).
        let utf8 = if self.to.is_ascii() {
            ""
        } else {
            " BODY=8BITMIME SMTPUTF8"
        };
        [
            format!("MAIL FROM:<{}>{utf8}\r\n", self.from),
            format!("RCPT TO:<{}>\r\n", self.to),
        ]
    }

    fn group(&self) -> String {
        self.commands().concat() + DATA
    }
}

/// lettre's `ServerInfo` does not know PIPELINING, so the relay is greeted once more and read here.
async fn offers_pipelining(
    connection: &mut AsyncSmtpConnection,
    hello: &ClientId,
) -> Result<bool, Failure> {
    let response = connection.command(format!("EHLO {hello}\r\n")).await;
    let response = response.map_err(|error| fail(Step::Open, &error))?;
    Ok(response
        .message()
        .skip(1)
        .any(|line| line.trim().eq_ignore_ascii_case("PIPELINING")))
}

fn reply(
    step: Step,
    result: Result<Result<Response, lettre::transport::smtp::Error>, Elapsed>,
) -> Result<Reply, Failure> {
    match result {
        Ok(Ok(response)) => Ok(Reply::from(&response)),
        Ok(Err(error)) => Err(fail(step, &error)),
        Err(_) => Err(lost(step, "no answer in time")),
    }
}

/// Sorts lettre's error: an answer of the relay, or the end of the connection.
fn fail(step: Step, error: &lettre::transport::smtp::Error) -> Failure {
    match Reply::of_error(error) {
        Some(reply) => Failure::Refused { step, reply },
        None => lost(step, reply::innermost(error)),
    }
}

fn lost(step: Step, cause: impl fmt::Display) -> Failure {
    Failure::Lost {
        step,
        cause: cause.to_string(),
        content_complete: false,
    }
}

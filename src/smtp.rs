//! One SMTP conversation (RFC 5321) on lettre's connection.
//!
//! The steps are lettre's `command`; the content and its final dot go out in one write. The stream
//! is opened here, with `TCP_NODELAY`: without it the last packet of every mail waits for an
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
use tokio::time::timeout;

use crate::config::{Relay, Security};
pub use reply::{Fate, Reply};
use wire::Wire;

/// How long each step may take, from RFC 5321 §4.5.3.2 (its minimum for most of them).
const STEP: Duration = Duration::from_secs(300);
/// How long the relay may take to answer the final dot (RFC 5321 §4.5.3.2.6).
const AFTER_DOT: Duration = Duration::from_secs(600);
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
        Ok(Self {
            connection,
            written,
        })
    }

    /// True if the relay takes addresses and headers in UTF-8 (RFC 6531).
    pub fn takes_utf8(&self) -> bool {
        self.connection
            .server_info()
            .supports_feature(Extension::SmtpUtfEight)
    }

    /// `MAIL FROM` and `RCPT TO`. Addresses must be free of CR, LF and angle brackets.
    ///
    /// # Errors
    /// [`Failure`] at [`Step::Mail`] or [`Step::Rcpt`].
    pub async fn envelope(&mut self, from: &str, to: &str) -> Result<(), Failure> {
        // The header names the reader, so it is in UTF-8 as well (RFC 6531 §3.1 offers both at once).
        let utf8 = if to.is_ascii() {
            ""
        } else {
            " BODY=8BITMIME SMTPUTF8"
        };
        self.step(Step::Mail, STEP, &format!("MAIL FROM:<{from}>{utf8}\r\n"))
            .await?;
        self.step(Step::Rcpt, STEP, &format!("RCPT TO:<{to}>\r\n"))
            .await?;
        Ok(())
    }

    /// `DATA`, then the content and the final dot in one write. The content must end with CRLF and
    /// have no line that begins with a dot.
    ///
    /// # Errors
    /// [`Failure`] at [`Step::Data`] or [`Step::Content`].
    pub async fn content(&mut self, content: &mut Vec<u8>) -> Result<Reply, Failure> {
        self.step(Step::Data, STEP, "DATA\r\n").await?;
        content.extend_from_slice(b".\r\n");
        let text = match std::str::from_utf8(content) {
            Ok(text) => text,
            Err(_) => return Err(lost(Step::Content, "the content is not UTF-8")),
        };
        let before = self.written.load(Ordering::Relaxed);
        let mut result = self.step(Step::Content, AFTER_DOT, text).await;
        if let Err(Failure::Lost {
            content_complete, ..
        }) = &mut result
        {
            // Fewer bytes than the content has cannot contain the final dot. More of them, as TLS
            // makes, leave it open.
            let gone = self.written.load(Ordering::Relaxed) - before;
            *content_complete =
                self.written.load(Ordering::Relaxed) == 0 || gone >= text.len() as u64;
        }
        result
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

    async fn step(&mut self, step: Step, limit: Duration, line: &str) -> Result<Reply, Failure> {
        match timeout(limit, self.connection.command(line)).await {
            Ok(Ok(response)) => Ok(Reply::from(&response)),
            Ok(Err(error)) => Err(fail(step, &error)),
            Err(_) => Err(lost(step, "no answer in time")),
        }
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

//! One SMTP conversation (RFC 5321) on lettre's connection.
//!
//! The steps are lettre's `command` and `read_response`. With PIPELINING (RFC 2920) a content, its
//! final dot and the next envelope go out in one write: one round trip a mail. The stream is opened
//! and encrypted here, with `TCP_NODELAY`: without it the last packet of every mail waits for an
//! acknowledgement, 40 ms each.
//!
//! ```text
//! open ─ greet      greeting, EHLO, STARTTLS (RFC 3207)
//!      ─ tls        the handshake, and the certificate (rustls)
//!      ─ extensions what the relay offers
//! wire ◀ TLS ◀ greeted ◀ lettre's connection ◀ Conversation
//!                └ read   replies, bounded, whole and one at a time
//! ```

mod extensions;
mod greet;
mod greeted;
mod open;
mod read;
mod redact;
mod reply;
mod tls;
mod wire;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::response::Response;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use crate::config::Relay;
use extensions::Extensions;
use greeted::Heard;
pub use reply::Reply;

const DATA: &str = "DATA\r\n";

const NOT_IN_TIME: &str = "no answer in time";

/// What a step was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Connecting and greeting.
    Open,
    /// `STARTTLS`, or the handshake and the certificate.
    Tls,
    /// `AUTH`.
    Auth,
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

impl Step {
    /// True for the codes that let the conversation go on to the next step.
    fn expects(self, code: u16) -> bool {
        match self {
            Self::Data => code == 354,
            Self::Auth => code / 100 == 2 || code == 334,
            _ => code / 100 == 2,
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "the connection",
            Self::Tls => "TLS",
            Self::Auth => "user and password",
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
    /// Even the smallest of the mails is larger than the relay says that it takes (RFC 1870 §3). Nothing was written.
    #[error("it takes mails of at most {limit} octets, and the smallest of these has {octets}")]
    TooLarge {
        /// What the relay takes, in octets.
        limit: u64,
        /// The smallest mail, in octets.
        octets: u64,
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

impl Failure {
    /// True if it concerns one reader's mail, after the relay accepted the sender: another reader's may go through.
    pub fn met_a_reader(&self) -> bool {
        match self {
            Self::Lost { step, .. } => matches!(step, Step::Rcpt | Step::Data | Step::Content),
            Self::Refused { .. } | Self::TooLarge { .. } => false,
        }
    }

    /// True if every later conversation would fail in the same way: the mails are too large, or the relay rejects
    /// the user name and password.
    pub fn will_recur(&self) -> bool {
        match self {
            Self::TooLarge { .. } => true,
            Self::Refused { step, reply } => *step == Step::Auth && reply.code / 100 == 5,
            Self::Lost { .. } => false,
        }
    }
}

/// Whether a conversation can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    Good,
    /// No reply came, or none that can be read, or an envelope cannot be taken back.
    Gone,
    /// A reply came that does not fit the command: no later reply can be matched to its command.
    OutOfStep,
}

/// An open conversation with a relay.
pub struct Conversation {
    connection: AsyncSmtpConnection,
    written: Arc<AtomicU64>,
    heard: Arc<Heard>,
    health: Health,
    extensions: Extensions,
    /// How long a command may take.
    reply_timeout: Duration,
}

/// Whom a mail is from and for, on the wire: free of CR, LF and angle brackets.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// The return path.
    pub from: &'a str,
    /// The reader.
    pub to: &'a str,
    /// How many octets the content has, before dot-stuffing; told to a relay that takes SIZE (RFC 1870 §6).
    pub octets: Option<u64>,
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
    /// Connects, encrypts as the relay's address says, greets and authenticates. Connecting may take 30 seconds, each
    /// answer as long as the relay's timeout says (RFC 5321 §4.5.3.2.1 asks for 5 minutes for the greeting). The
    /// password goes out in the clear only if the address allows it.
    ///
    /// # Errors
    /// [`Failure`] at [`Step::Open`], [`Step::Tls`] or [`Step::Auth`].
    pub async fn open(relay: &Relay, hello: &str) -> Result<Self, Failure> {
        open::open(relay, hello).await
    }

    /// True if the relay takes commands in groups (RFC 2920).
    pub fn pipelines(&self) -> bool {
        self.extensions.pipelining
    }

    /// True if the relay takes addresses and headers in UTF-8 (RFC 6531), which needs 8BITMIME
    /// (§3.1) as well.
    pub fn takes_utf8(&self) -> bool {
        self.extensions.utf8 && self.extensions.eight_bit
    }

    /// The largest mail that the relay takes, in octets of content; `None` if it announces no limit
    /// (RFC 1870 §3).
    pub fn size_limit(&self) -> Option<u64> {
        self.extensions.size.filter(|limit| *limit > 0)
    }

    fn takes_sizes(&self) -> bool {
        self.extensions.size.is_some()
    }

    /// `MAIL`, `RCPT` and `DATA`: in one group if the relay takes groups, else step by step. When it
    /// succeeds, the relay waits for the content.
    ///
    /// # Errors
    /// [`Failure`] at one of these steps. A refused envelope is to be taken back with
    /// [`Conversation::reset`].
    pub async fn envelope(&mut self, envelope: Envelope<'_>) -> Result<(), Failure> {
        if self.pipelines() {
            let group = envelope.group(self.takes_sizes());
            let mail = self.step(Step::Mail, &group).await;
            return self.replies_to_group(mail).await;
        }
        let [mail, rcpt] = envelope.commands(self.takes_sizes());
        self.step(Step::Mail, &mail).await?;
        self.step(Step::Rcpt, &rcpt).await?;
        self.step(Step::Data, DATA).await?;
        Ok(())
    }

    /// The content and the final dot, in one write; if the relay takes groups, the `next` envelope
    /// goes out behind it, so that a mail costs one round trip. The content must end with CRLF and
    /// have no line that begins with a dot; the final dot is added to it.
    pub async fn content(&mut self, content: &mut Vec<u8>, next: Option<Envelope<'_>>) -> Written {
        content.extend_from_slice(b".\r\n");
        let length = content.len() as u64;
        let next = next.filter(|_| self.pipelines());
        if let Some(next) = next {
            content.extend_from_slice(next.group(self.takes_sizes()).as_bytes());
        }
        let Ok(text) = std::str::from_utf8(content) else {
            return Written {
                content: Err(lost(Step::Content, "the content is not UTF-8")),
                next: None,
            };
        };
        let before = self.written.load(Ordering::Relaxed);
        let mut result = self.step(Step::Content, text).await;
        if let Err(Failure::Lost {
            content_complete, ..
        }) = &mut result
        {
            // The octets are counted below TLS, which makes more of them and never fewer. So fewer
            // than the content has cannot contain the final dot, and more of them leave it open.
            let written = self.written.load(Ordering::Relaxed);
            *content_complete = written - before >= length;
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

    /// Sends one mail by itself: its envelope, then its content. If the relay refuses the envelope, the conversation
    /// can go on as long as it [is usable](Conversation::is_usable).
    pub async fn mail(
        &mut self,
        envelope: Envelope<'_>,
        content: &mut Vec<u8>,
    ) -> Result<Reply, Failure> {
        if let Err(failure) = self.envelope(envelope).await {
            if matches!(failure, Failure::Refused { .. }) {
                // If that fails, the conversation is no longer usable; the refusal stands.
                let _ = self.reset().await;
            }
            return Err(failure);
        }
        self.content(content, None).await.content
    }

    /// The rest of the replies to `MAIL`, `RCPT` and `DATA`. The first refusal counts, unless one of the replies is
    /// out of step: then none of them is known to be the answer to its command.
    async fn replies_to_group(&mut self, mail: Result<Reply, Failure>) -> Result<(), Failure> {
        let mut replies = vec![mail];
        for step in [Step::Rcpt, Step::Data] {
            if self.health == Health::Good {
                replies.push(self.read(step).await);
            }
        }
        let is_refused = replies.iter().any(Result::is_err);
        let out_of_step = match &replies[..] {
            _ if self.health == Health::OutOfStep => replies.pop().and_then(Result::err),
            [Err(_), Ok(_), Ok(reply)] => Some(out_of_step(Step::Data, reply)),
            [.., last] if is_refused && self.health == Health::Good && self.heard.has_more() => {
                let cause = last
                    .as_ref()
                    .map_or_else(ToString::to_string, ToString::to_string);
                Some(lost(
                    Step::Data,
                    format_args!("more came than was asked, after: {cause}"),
                ))
            }
            _ => None,
        };
        if let Some(failure) = out_of_step {
            self.health = Health::OutOfStep;
            return Err(failure);
        }
        if let [_, Err(_), Ok(_)] = &replies[..] {
            // RFC 2920 §3.1: a relay may answer 354 although it refused every recipient; it then gets a content of
            // nothing, which reaches no reader. The reply must come; what it says does not matter.
            let _ = self.step(Step::Content, ".\r\n").await;
        }
        replies.into_iter().collect::<Result<Vec<_>, _>>().map(drop)
    }

    /// False if it can only be closed: something is wrong with it, and nothing is written any more.
    pub fn is_usable(&self) -> bool {
        self.health == Health::Good
    }

    /// Takes back the envelope; the conversation goes on.
    ///
    /// # Errors
    /// [`Failure`] at [`Step::Reset`].
    pub async fn reset(&mut self) -> Result<(), Failure> {
        let reset = self.step(Step::Reset, "RSET\r\n").await.map(drop);
        if reset.is_err() {
            self.health = Health::Gone;
        }
        reset
    }

    /// Ends the conversation politely; the relay's answer does not matter.
    pub async fn quit(&mut self) {
        let _ = timeout(Duration::from_secs(5), self.connection.quit()).await;
    }

    /// Writes a text and reads the first reply to it.
    async fn step(&mut self, step: Step, text: &str) -> Result<Reply, Failure> {
        // RFC 5321 §4.5.3.2.6 asks for twice the reply_timeout after the final dot.
        let limit = match step {
            Step::Content => self.reply_timeout * 2,
            _ => self.reply_timeout,
        };
        if self.health != Health::Good {
            return Err(lost(step, "the conversation is over"));
        }
        let answered = timeout(limit, self.connection.command(text)).await;
        self.judge(step, answered)
    }

    /// Reads one more reply.
    async fn read(&mut self, step: Step) -> Result<Reply, Failure> {
        let answered = timeout(self.reply_timeout, self.connection.read_response()).await;
        self.judge(step, answered)
    }

    /// Sorts what came of a step: an answer that lets it go on, one that does not, or none.
    fn judge(&mut self, step: Step, answered: Answered) -> Result<Reply, Failure> {
        let code = self.heard.code();
        let failure = match answered {
            Ok(Ok(response)) => {
                let reply = Reply::of(code, &response);
                if step.expects(code) {
                    return Ok(reply);
                }
                self.health = Health::OutOfStep;
                return Err(out_of_step(step, &reply));
            }
            Ok(Err(error)) => match Reply::of_error(code, &error) {
                Some(reply) => return Err(Failure::Refused { step, reply }),
                None => lost(step, reply::innermost(&error)),
            },
            Err(_) => lost(step, NOT_IN_TIME),
        };
        self.health = Health::Gone;
        Err(failure)
    }
}

/// What lettre says of a step.
type Answered = Result<Result<Response, lettre::transport::smtp::Error>, Elapsed>;

impl Envelope<'_> {
    fn commands(&self, takes_sizes: bool) -> [String; 2] {
        let declared = self.octets.filter(|_| takes_sizes);
        let size = declared.map_or_else(String::new, |octets| format!(" SIZE={octets}"));
        // The header names the reader, so it is in UTF-8 as well (RFC 6531 §3.1 offers both at once).
        let utf8 = if self.to.is_ascii() {
            ""
        } else {
            " BODY=8BITMIME SMTPUTF8"
        };
        [
            format!("MAIL FROM:<{}>{size}{utf8}\r\n", self.from),
            format!("RCPT TO:<{}>\r\n", self.to),
        ]
    }

    fn group(&self, takes_sizes: bool) -> String {
        self.commands(takes_sizes).concat() + DATA
    }
}

fn out_of_step(step: Step, reply: &Reply) -> Failure {
    lost(step, format_args!("an answer out of step: {reply}"))
}

fn lost(step: Step, cause: impl fmt::Display) -> Failure {
    Failure::Lost {
        step,
        // It may quote what the relay said.
        cause: reply::kept(&cause.to_string()),
        content_complete: false,
    }
}

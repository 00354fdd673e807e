//! Runs one SMTP conversation (RFC 5321) on lettre's connection.
//!
//! The steps use lettre's `command` and `read_response`. With PIPELINING (RFC 2920), a mail's content
//! and the next envelope go out in one write, so that a mail costs one round trip. The stream is
//! opened and encrypted here, with `TCP_NODELAY`: without it, the last packet of every mail waits
//! 40 ms for an acknowledgement.
//!
//! ```text
//! open ─ greet      greeting, EHLO, STARTTLS (RFC 3207)
//!      ─ tls        the handshake, and the certificate (rustls)
//!      ─ extensions what the relay offers
//! wire ◀ TLS ◀ greeted ◀ lettre's connection ◀ Conversation
//!                └ read   complete replies of bounded size, one at a time
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
use subscribers::address::Address;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use crate::config::Relay;
pub use extensions::Extensions;
use greeted::Bypass;
pub use reply::Reply;

const DATA: &str = "DATA\r\n";

const FINAL_DOT: &str = ".\r\n";

const NOT_IN_TIME: &str = "no answer in time";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Connecting and greeting.
    Open,
    /// `STARTTLS`, or the handshake and the certificate.
    Tls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// The content and the final dot.
    Content,
    Reset,
}

impl Step {
    /// True for the codes after which the conversation goes on to the next step.
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
    #[error("{step}: {reply}")]
    Refused { step: Step, reply: Reply },
    /// Even the smallest mail is larger than the limit that the relay announces (RFC 1870 §3). Nothing was written.
    #[error("it takes mails of at most {limit} octets, and the smallest of these has {octets}")]
    TooLarge { limit: u64, octets: u64 },
    /// The connection was lost or could not be opened.
    #[error("{step}: {cause}")]
    Lost {
        step: Step,
        cause: String,
        /// True if the whole content with its final dot may have reached the relay.
        content_complete: bool,
    },
}

impl Failure {
    /// True if it concerns one reader's mail, after the relay accepted the sender. Another reader's may go through.
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
    /// There was no readable reply, or the envelope could not be reset.
    Gone,
    /// A reply did not fit its command, so no later reply can be matched to a command.
    OutOfStep,
}

/// An open conversation with a relay.
pub struct Conversation {
    connection: AsyncSmtpConnection,
    written: Arc<AtomicU64>,
    bypass: Arc<Bypass>,
    health: Health,
    extensions: Extensions,
    is_encrypted: bool,
    reply_timeout: Duration,
}

/// Addresses without CR, LF and angle brackets.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// The return path.
    pub from: &'a str,
    pub to: &'a str,
    /// The content's size before dot-stuffing, declared to a relay that offers SIZE (RFC 1870 §6).
    pub octets: Option<u64>,
}

/// A reply that its step expects. Most are never shown, so their text is only read on request.
struct Expected {
    code: u16,
    response: Response,
}

impl Expected {
    fn reply(&self) -> Reply {
        Reply::of(self.code, &self.response)
    }
}

/// The results of writing a content and the envelope after it.
#[derive(Debug)]
pub struct Written {
    /// The relay's reply to the final dot.
    pub content: Result<Reply, Failure>,
    /// The result of the next envelope, if there was one.
    pub next: Option<Result<(), Failure>>,
}

impl Conversation {
    /// Connects, encrypts as the relay's URL says, greets and authenticates. Connecting may take 30 seconds, and each
    /// reply the relay's timeout (RFC 5321 §4.5.3.2.1 recommends 5 minutes for the greeting). The password is sent in
    /// the clear only if the URL allows it.
    ///
    /// # Errors
    /// [`Failure`] at [`Step::Open`], [`Step::Tls`] or [`Step::Auth`].
    pub async fn open(relay: &Relay, hello: &str) -> Result<Self, Failure> {
        open::open(relay, hello).await
    }

    /// What the relay offers; over TLS, what it offered there.
    pub fn extensions(&self) -> &Extensions {
        &self.extensions
    }

    /// True if it runs over TLS.
    pub fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }

    /// True if the relay accepts groups of commands (RFC 2920).
    pub fn pipelines(&self) -> bool {
        self.extensions.pipelining
    }

    /// Why the relay can't take mail to this address: a local part outside ASCII needs SMTPUTF8, and that 8BITMIME
    /// (RFC 6531 §3.1).
    pub fn objection(&self, to: &Address) -> Option<&'static str> {
        let takes_utf8 = self.extensions.utf8 && self.extensions.eight_bit;
        (to.needs_smtputf8() && !takes_utf8)
            .then_some("the relay does not accept addresses outside ASCII (SMTPUTF8, RFC 6531)")
    }

    /// The largest mail that the relay accepts, in octets of content; `None` if it announces no
    /// limit (RFC 1870 §3).
    pub fn size_limit(&self) -> Option<u64> {
        self.extensions.size.filter(|limit| *limit > 0)
    }

    /// Sends `MAIL`, `RCPT` and `DATA`, as a group if the relay accepts groups. On success, the relay
    /// waits for the content.
    ///
    /// # Errors
    /// [`Failure`] at one of these steps. Call [`Conversation::reset`] after a refusal.
    pub async fn envelope(&mut self, envelope: Envelope<'_>) -> Result<(), Failure> {
        if self.pipelines() {
            let group = envelope.group(&self.extensions);
            let mail = self.step(Step::Mail, &group).await;
            return self.replies_to_group(mail).await;
        }
        let mail = envelope.mail(&self.extensions);
        self.step(Step::Mail, &mail).await?;
        self.step(Step::Rcpt, &envelope.rcpt()).await?;
        self.step(Step::Data, DATA).await?;
        Ok(())
    }

    /// Sends the content and the final dot in one write. If the relay accepts groups, the `next`
    /// envelope goes out with them, so that a mail costs one round trip. The content must end with
    /// CRLF, and no line of it may begin with a dot. The final dot is appended to it.
    pub async fn content(&mut self, content: &mut Vec<u8>, next: Option<Envelope<'_>>) -> Written {
        content.extend_from_slice(FINAL_DOT.as_bytes());
        let length = content.len() as u64;
        let next = next.filter(|_| self.pipelines());
        if let Some(next) = next {
            content.extend_from_slice(next.group(&self.extensions).as_bytes());
        }
        let before = self.written.load(Ordering::Relaxed);
        self.bypass.put(std::mem::take(content));
        // In place of this command, the stream writes the content, which has a final dot of its own.
        let result = self.step(Step::Content, FINAL_DOT).await;
        *content = self.bypass.take_back();
        let mut result = result.map(|expected| expected.reply());
        if let Err(Failure::Lost {
            content_complete, ..
        }) = &mut result
        {
            // The octets are counted below TLS, which adds to them. So the final dot cannot have been
            // written if they are fewer than the content's, and may have been if they are not.
            let written = self.written.load(Ordering::Relaxed);
            *content_complete = written - before >= length;
            return Written {
                content: result,
                next: None,
            };
        }
        let mut written = Written {
            content: result,
            next: None,
        };
        if next.is_some() {
            let mail = self.read(Step::Mail).await;
            written.next = Some(self.replies_to_group(mail).await);
        }
        written
    }

    /// Sends a single mail: its envelope, then its content. If the relay refuses the envelope, the conversation can go
    /// on as long as it [is usable](Conversation::is_usable).
    pub async fn mail(
        &mut self,
        envelope: Envelope<'_>,
        content: &mut Vec<u8>,
    ) -> Result<Reply, Failure> {
        if let Err(failure) = self.envelope(envelope).await {
            if matches!(failure, Failure::Refused { .. }) {
                // If this fails, the conversation is no longer usable, but the refusal is still the result.
                let _ = self.reset().await;
            }
            return Err(failure);
        }
        self.content(content, None).await.content
    }

    /// Reads the replies to `RCPT` and `DATA` after the one to `MAIL`. The first refusal is the result, unless a reply
    /// is out of step: then no reply can be matched to its command.
    async fn replies_to_group(&mut self, mail: Result<Expected, Failure>) -> Result<(), Failure> {
        let mut replies = vec![mail];
        for step in [Step::Rcpt, Step::Data] {
            if self.health == Health::Good {
                replies.push(self.read(step).await);
            }
        }
        let is_refused = replies.iter().any(Result::is_err);
        let out_of_step = match &replies[..] {
            _ if self.health == Health::OutOfStep => replies.pop().and_then(Result::err),
            [Err(_), Ok(_), Ok(reply)] => Some(out_of_step(Step::Data, &reply.reply())),
            [.., last] if is_refused && self.health == Health::Good && self.bypass.has_more() => {
                let cause = match last {
                    Ok(reply) => reply.reply().to_string(),
                    Err(failure) => failure.to_string(),
                };
                let cause = format_args!("the relay sent extra replies, after: {cause}");
                Some(lost(Step::Data, cause))
            }
            _ => None,
        };
        if let Some(failure) = out_of_step {
            self.health = Health::OutOfStep;
            return Err(failure);
        }
        if let [_, Err(_), Ok(_)] = &replies[..] {
            // RFC 2920 §3.1: a relay may reply 354 although it refused every recipient. Send empty content, which
            // reaches no reader, and wait for the reply, whatever it is.
            let _ = self.step(Step::Content, FINAL_DOT).await;
        }
        replies.into_iter().try_for_each(|reply| reply.map(drop))
    }

    /// False if the conversation failed. Then nothing more is written, and you can only drop it.
    pub fn is_usable(&self) -> bool {
        self.health == Health::Good
    }

    /// Resets the envelope, so that the conversation can go on.
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

    /// Ends the conversation with `QUIT`. The reply does not matter.
    pub async fn quit(&mut self) {
        let _ = timeout(Duration::from_secs(5), self.connection.quit()).await;
    }

    /// Writes a text and reads the first reply to it.
    async fn step(&mut self, step: Step, text: &str) -> Result<Expected, Failure> {
        // RFC 5321 §4.5.3.2.6: the reply to the final dot may take twice as long.
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
    async fn read(&mut self, step: Step) -> Result<Expected, Failure> {
        let answered = timeout(self.reply_timeout, self.connection.read_response()).await;
        self.judge(step, answered)
    }

    /// Turns lettre's result of a step into the reply or a failure, and updates the conversation's health.
    fn judge(&mut self, step: Step, answered: Answered) -> Result<Expected, Failure> {
        let code = self.bypass.code();
        let failure = match answered {
            Ok(Ok(response)) => {
                let expected = Expected { code, response };
                if step.expects(code) {
                    return Ok(expected);
                }
                self.health = Health::OutOfStep;
                return Err(out_of_step(step, &expected.reply()));
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

/// lettre's result of a step.
type Answered = Result<Result<Response, lettre::transport::smtp::Error>, Elapsed>;

impl Envelope<'_> {
    fn mail(&self, offered: &Extensions) -> String {
        let mut mail = format!("MAIL FROM:<{}>", self.from);
        if let Some(octets) = self.octets.filter(|_| offered.size.is_some()) {
            mail += &format!(" SIZE={octets}");
        }
        // The header contains the reader's address, so it is in UTF-8 as well (RFC 6531 §3.1).
        if !self.to.is_ascii() {
            mail += " BODY=8BITMIME SMTPUTF8";
        }
        if offered.dsn {
            mail += &returned_as(self.from);
        }
        mail + "\r\n"
    }

    fn rcpt(&self) -> String {
        format!("RCPT TO:<{}>\r\n", self.to)
    }

    fn group(&self, offered: &Extensions) -> String {
        self.mail(offered) + &self.rcpt() + DATA
    }
}

/// Asks that returned mail has only the header, and names the mail by what its envelope sender has before the `@`, which
/// is different for each (RFC 3461 §4.3, §4.4).
fn returned_as(from: &str) -> String {
    /// The longest ENVID, in characters (RFC 3461 §4.4).
    const LONGEST: usize = 100;
    let (local_part, _) = from.split_once('@').unwrap_or((from, ""));
    let mut id = String::with_capacity(local_part.len() + 2);
    for byte in local_part.bytes() {
        // "xtext" (RFC 3461 §4).
        match byte {
            b'!'..=b'~' if !matches!(byte, b'+' | b'=') => id.push(char::from(byte)),
            byte => id.push_str(&format!("+{byte:02X}")),
        }
    }
    match id.len() {
        1..=LONGEST => format!(" RET=HDRS ENVID={id}"),
        _ => " RET=HDRS".to_owned(),
    }
}

fn out_of_step(step: Step, reply: &Reply) -> Failure {
    lost(step, format_args!("an answer out of step: {reply}"))
}

fn lost(step: Step, cause: impl fmt::Display) -> Failure {
    Failure::Lost {
        step,
        // The cause may quote the relay.
        cause: reply::kept(&cause.to_string()),
        content_complete: false,
    }
}

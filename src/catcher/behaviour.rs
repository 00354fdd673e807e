//! How the receiver behaves: settings for the whole conversation, and rules for single steps.

use std::time::Duration;

use super::auth::Mechanism;
use super::gate::{Gate, Waiting};
use super::tls::TlsIdentity;

/// A step at which a rule can act, always before the receiver answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Before the greeting; with [`Behaviour::implicit_tls`], after the handshake.
    Connect,
    Ehlo,
    /// Offered by [`Behaviour::starttls`] and [`Behaviour::with_starttls`].
    StartTls,
    /// Offered by [`Behaviour::credentials`].
    Auth,
    Mail,
    /// Once for each recipient.
    Rcpt,
    Data,
    /// In the content, after [`At::after_bytes`] of it (default 0). A reply here is sent at once and
    /// ends the connection.
    Content,
    /// After the final dot, before the reply.
    Dot,
    Rset,
    Quit,
}

/// An extension that the receiver announces, except [`Behaviour::without`] it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extension {
    /// Several commands in one packet (RFC 2920).
    Pipelining,
    /// Content with octets above 127 (RFC 6152).
    EightBitMime,
    /// Addresses and headers in UTF-8 (RFC 6531).
    SmtpUtf8,
    /// Codes such as `2.1.0` in replies (RFC 2034).
    EnhancedStatusCodes,
    /// A declared size, and a limit (RFC 1870).
    Size,
}

/// What to keep of an accepted mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// Envelope and content.
    #[default]
    Content,
    /// The envelope, and the content's size and hash.
    Envelopes,
    /// Only counts, so that memory use stays constant.
    Counts,
}

/// How the receiver behaves. By default it accepts every valid mail immediately.
///
/// Rules are tried in order. After a rule that only takes time ([`delay`](At::delay),
/// [`pause`](At::pause), [`split_reply`](At::split_reply)) or adds to the reply
/// ([`say_behind`](At::say_behind)), the next rule acts as well; the first of the others decides.
///
/// ```
/// # use verdict::catcher::{Behaviour, Step};
/// # use std::time::Duration;
/// Behaviour::new()
///     .reply_delay(Duration::from_millis(20))
///     .at(Step::Rcpt).to("bob@example.com").reply(550, "5.1.1 No such user")
///     .at(Step::Dot).nth(3).accept_then_hang_up();
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Behaviour {
    pub(super) settings: Settings,
    pub(super) rules: Vec<Rule>,
}

/// Settings for the whole conversation.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub(super) withheld: Vec<Extension>,
    pub(super) dsn: bool,
    pub(super) starttls: bool,
    pub(super) implicit_tls: bool,
    pub(super) identity: Option<TlsIdentity>,
    pub(super) credentials: Option<(String, String)>,
    pub(super) withheld_mechanisms: Vec<Mechanism>,
    pub(super) auth_over_tls_only: bool,
    size_limit: Option<usize>,
    pub(super) keep: Keep,
    pub(super) lenient: bool,
    pub(super) reply_delay: Duration,
    pub(super) split_replies: bool,
    pub(super) transcript: bool,
    pub(super) data_without_recipients: bool,
    pub(super) bare_replies: bool,
}

impl Settings {
    /// In octets of content.
    pub(super) fn max_size(&self) -> usize {
        self.size_limit.unwrap_or(32 << 20)
    }
}

/// When a rule acts, and what it does.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) step: Step,
    pub(super) recipient: Option<String>,
    pub(super) connection: Option<u64>,
    pub(super) after_bytes: usize,
    pub(super) let_pass: u64,
    pub(super) times: u64,
    pub(super) action: Action,
}

#[derive(Clone, Debug)]
pub(super) enum Action {
    Reply(u16, String),
    Delay(Duration),
    Pause(Waiting),
    SplitReply,
    Stall,
    HangUp,
    Garbage(Vec<u8>),
    Behind(Vec<u8>),
    EndlessLine,
    AcceptThenHangUp,
}

impl Behaviour {
    /// Accepts every valid mail and announces every extension, but not STARTTLS and AUTH.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts a rule for a step. End it with an action, such as [`At::reply`].
    pub fn at(self, step: Step) -> At {
        At {
            behaviour: self,
            rule: Rule {
                step,
                recipient: None,
                connection: None,
                after_bytes: 0,
                let_pass: 0,
                times: u64::MAX,
                // Replaced by the method that ends the rule.
                action: Action::Delay(Duration::ZERO),
            },
        }
    }

    /// The preceding rule acts at most `count` times.
    pub fn times(mut self, count: u64) -> Self {
        if let Some(rule) = self.rules.last_mut() {
            rule.times = count;
        }
        self
    }

    /// Does not announce an extension and refuses its use. Without
    /// [`Pipelining`](Extension::Pipelining), a command that arrives before the previous reply has
    /// left gets a 503 and is recorded as a fault.
    pub fn without(mut self, extension: Extension) -> Self {
        self.settings.withheld.push(extension);
        self
    }

    /// Offers DSN (RFC 3461). Without it, its parameters get a 555 and are recorded as a fault.
    pub fn with_dsn(mut self) -> Self {
        self.settings.dsn = true;
        self
    }

    /// Offers STARTTLS (RFC 3207). The handshake resets the conversation, and sending anything
    /// after the command without waiting is a fault.
    pub fn starttls(mut self, identity: &TlsIdentity) -> Self {
        self.settings.identity = Some(identity.clone());
        self.with_starttls()
    }

    /// Announces STARTTLS without TLS: unless a rule changes that, the command gets a 454.
    pub fn with_starttls(mut self) -> Self {
        self.settings.starttls = true;
        self
    }

    /// Uses TLS from the first byte (RFC 8314 §3.3). If the handshake fails, the connection is closed
    /// without a greeting.
    pub fn implicit_tls(mut self, identity: &TlsIdentity) -> Self {
        self.settings.identity = Some(identity.clone());
        self.settings.implicit_tls = true;
        self
    }

    /// Does not announce an AUTH mechanism and refuses its use.
    pub fn without_mechanism(mut self, mechanism: Mechanism) -> Self {
        self.settings.withheld_mechanisms.push(mechanism);
        self
    }

    /// Offers AUTH over TLS only. Using it without TLS is a fault.
    pub fn auth_over_tls_only(mut self) -> Self {
        self.settings.auth_over_tls_only = true;
        self
    }

    /// Offers AUTH (PLAIN and LOGIN, RFC 4954) and requires this user for mail.
    pub fn credentials(mut self, user: &str, password: &str) -> Self {
        self.settings.credentials = Some((user.to_owned(), password.to_owned()));
        self
    }

    /// The largest accepted mail, in octets of content. Default: 32 MiB.
    pub fn max_size(mut self, octets: usize) -> Self {
        self.settings.size_limit = Some(octets);
        self
    }

    /// What to keep of accepted mails. Default: [`Keep::Content`].
    pub fn keep(mut self, keep: Keep) -> Self {
        self.settings.keep = keep;
        self
    }

    /// Accepts mails with faults in their content: a bare CR or LF, a line over 998 octets,
    /// undeclared 8-bit content. The faults are still recorded.
    pub fn lenient(mut self) -> Self {
        self.settings.lenient = true;
        self
    }

    /// Delays every packet of replies, as over a network with this round-trip time. Meanwhile,
    /// commands are read, and replies that are ready together wait once.
    pub fn reply_delay(mut self, delay: Duration) -> Self {
        self.settings.reply_delay = delay;
        self
    }

    /// Writes every reply as one packet per octet.
    pub fn split_replies(mut self) -> Self {
        self.settings.split_replies = true;
        self
    }

    /// Answers 354 to `DATA` even if every recipient was refused (RFC 2920 §3.1), and 554 to the final dot.
    pub fn data_without_recipients(mut self) -> Self {
        self.settings.data_without_recipients = true;
        self
    }

    /// Writes one-line replies as the code alone, without a space after it (RFC 5321 §4.2).
    pub fn bare_replies(mut self) -> Self {
        self.settings.bare_replies = true;
        self
    }

    /// Keeps the lines of every connection, for
    /// [`Catcher::transcript`](super::Catcher::transcript).
    pub fn transcript(mut self) -> Self {
        self.settings.transcript = true;
        self
    }
}

/// A rule under construction: add filters, then end it with an action.
#[derive(Clone, Debug)]
#[must_use = "a rule does nothing before its action is given"]
pub struct At {
    behaviour: Behaviour,
    rule: Rule,
}

impl At {
    /// Only for this recipient, ignoring ASCII case: at [`Step::Rcpt`] the one just named, from
    /// [`Step::Data`] to [`Step::Dot`] any of the mail's. Other steps have no recipient.
    pub fn to(mut self, recipient: &str) -> Self {
        self.rule.recipient = Some(recipient.to_owned());
        self
    }

    /// Only for a mail without recipients: see [`Behaviour::data_without_recipients`].
    pub fn to_nobody(self) -> Self {
        self.to("")
    }

    /// Only on the nth connection since the catcher started; the first is 1.
    pub fn nth_connection(mut self, number: u64) -> Self {
        self.rule.connection = Some(number);
        self
    }

    /// Only after the step has passed `count` times, counted over all connections.
    pub fn after(mut self, count: u64) -> Self {
        self.rule.let_pass = count;
        self
    }

    /// Only the nth time, counted over all connections; the first is 1. At [`Step::Mail`] and from
    /// [`Step::Data`] to [`Step::Dot`] that is the nth mail.
    pub fn nth(self, number: u64) -> Self {
        self.after(number.saturating_sub(1)).times(1)
    }

    /// At most `count` times.
    pub fn times(mut self, count: u64) -> Self {
        self.rule.times = count;
        self
    }

    /// At [`Step::Content`]: only after this many octets of the content have arrived, as on the
    /// wire. The rule does not act on shorter content.
    pub fn after_bytes(mut self, octets: usize) -> Self {
        self.rule.after_bytes = octets;
        self
    }

    /// Replies with this code and text; each line of the text becomes a line of the reply. The
    /// command takes effect only with a positive code; 421 also ends the connection.
    pub fn reply(self, code: u16, text: &str) -> Behaviour {
        self.act(Action::Reply(code, text.to_owned()))
    }

    pub fn delay(self, delay: Duration) -> Behaviour {
        self.act(Action::Delay(delay))
    }

    /// Waits until the gate is released or dropped.
    pub fn pause(self, gate: &Gate) -> Behaviour {
        self.act(Action::Pause(gate.waiting()))
    }

    /// Writes the reply to this step as one packet per octet.
    pub fn split_reply(self) -> Behaviour {
        self.act(Action::SplitReply)
    }

    /// Never replies. The connection stays open until the client closes it or the catcher stops.
    pub fn stall(self) -> Behaviour {
        self.act(Action::Stall)
    }

    /// Closes the connection without a reply, after writing earlier replies.
    pub fn hang_up(self) -> Behaviour {
        self.act(Action::HangUp)
    }

    /// Writes these octets instead of the reply. The command takes no effect.
    pub fn garbage(self, bytes: &[u8]) -> Behaviour {
        self.act(Action::Garbage(bytes.to_vec()))
    }

    /// Writes these octets right after the step's usual reply.
    pub fn say_behind(self, bytes: &[u8]) -> Behaviour {
        self.act(Action::Behind(bytes.to_vec()))
    }

    /// Begins a reply with `250-` and never ends its line: 64 MiB, then nothing more.
    pub fn endless_line(self) -> Behaviour {
        self.act(Action::EndlessLine)
    }

    /// At [`Step::Dot`]: keeps the mail, then closes the connection without a reply, so that the
    /// sender is in doubt. At any other step, the same as [`hang_up`](Self::hang_up).
    pub fn accept_then_hang_up(self) -> Behaviour {
        self.act(Action::AcceptThenHangUp)
    }

    fn act(mut self, action: Action) -> Behaviour {
        self.rule.action = action;
        self.behaviour.rules.push(self.rule);
        self.behaviour
    }
}

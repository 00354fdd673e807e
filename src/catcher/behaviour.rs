//! What the receiver is told to do: settings, and rules for single steps.

use std::time::Duration;

use super::auth::Mechanism;
use super::gate::{Gate, Waiting};
use super::tls::TlsIdentity;

/// A place in a conversation where a rule can act, always before the receiver answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Before the greeting; with [`Behaviour::implicit_tls`], after the handshake.
    Connect,
    /// `EHLO` or `HELO`.
    Ehlo,
    /// `STARTTLS`, offered by [`Behaviour::starttls`] and [`Behaviour::with_starttls`].
    StartTls,
    /// `AUTH`, offered by [`Behaviour::credentials`].
    Auth,
    /// `MAIL FROM`.
    Mail,
    /// `RCPT TO`, once for each.
    Rcpt,
    /// `DATA`.
    Data,
    /// In the content, after [`At::after_bytes`] of it (default 0). A reply here is sent at once,
    /// and ends the connection.
    Content,
    /// After the final dot, before the reply to it.
    Dot,
    /// `RSET`.
    Rset,
    /// `QUIT`.
    Quit,
}

/// A service extension that the receiver announces unless told otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extension {
    /// Several commands in one packet (RFC 2920).
    Pipelining,
    /// Content with octets above 127 (RFC 6152).
    EightBitMime,
    /// Addresses and headers in UTF-8 (RFC 6531).
    SmtpUtf8,
    /// `2.1.0` and the like in replies (RFC 2034).
    EnhancedStatusCodes,
    /// A declared and limited size (RFC 1870).
    Size,
}

/// What is kept of an accepted mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// Envelope and content.
    #[default]
    Content,
    /// The envelope, the content's size and its digest.
    Envelopes,
    /// Nothing but the counts: memory stays constant however many mails arrive.
    Counts,
}

/// How the receiver behaves. The default takes every valid mail at once.
///
/// Rules are tried in the order in which they were given. Those that only take time
/// ([`delay`](At::delay), [`pause`](At::pause), [`split_reply`](At::split_reply)) or add to the reply
/// ([`say_behind`](At::say_behind)) let the next one act, too; the first of the others decides.
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

/// What holds for the whole conversation.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) withheld: Vec<Extension>,
    pub(super) starttls: bool,
    pub(super) implicit_tls: bool,
    pub(super) identity: Option<TlsIdentity>,
    pub(super) credentials: Option<(String, String)>,
    pub(super) withheld_mechanisms: Vec<Mechanism>,
    pub(super) auth_in_the_clear: bool,
    pub(super) max_size: usize,
    pub(super) keep: Keep,
    pub(super) lenient: bool,
    pub(super) reply_delay: Duration,
    pub(super) split_replies: bool,
    pub(super) transcript: bool,
    pub(super) data_without_recipients: bool,
    pub(super) bare_replies: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            withheld: Vec::new(),
            starttls: false,
            implicit_tls: false,
            identity: None,
            credentials: None,
            withheld_mechanisms: Vec::new(),
            auth_in_the_clear: true,
            max_size: 32 << 20,
            keep: Keep::default(),
            lenient: false,
            reply_delay: Duration::ZERO,
            split_replies: false,
            transcript: false,
            data_without_recipients: false,
            bare_replies: false,
        }
    }
}

/// One rule: where and when it acts, and what it does.
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

/// What a rule does.
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
    /// Takes every valid mail, announces every extension, offers neither STARTTLS nor AUTH.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts a rule for a step. It is complete with its action, such as [`At::reply`].
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

    /// The rule just given acts `count` times and then never again.
    pub fn times(mut self, count: u64) -> Self {
        if let Some(rule) = self.rules.last_mut() {
            rule.times = count;
        }
        self
    }

    /// Does not announce an extension, and refuses its use. Without
    /// [`Pipelining`](Extension::Pipelining) a command that comes before the last reply went out
    /// is answered 503 and noted as a fault.
    pub fn without(mut self, extension: Extension) -> Self {
        self.settings.withheld.push(extension);
        self
    }

    /// Announces STARTTLS and speaks TLS (RFC 3207). Whatever the client said before the handshake
    /// is forgotten, and it is a fault to send anything behind the command.
    pub fn starttls(mut self, identity: &TlsIdentity) -> Self {
        self.settings.identity = Some(identity.clone());
        self.with_starttls()
    }

    /// Announces STARTTLS. There is no TLS behind it: unless a rule says otherwise, the command
    /// is answered 454.
    pub fn with_starttls(mut self) -> Self {
        self.settings.starttls = true;
        self
    }

    /// Speaks TLS from the first byte (RFC 8314 §3.3). A connection whose handshake fails is
    /// closed without a greeting.
    pub fn implicit_tls(mut self, identity: &TlsIdentity) -> Self {
        self.settings.identity = Some(identity.clone());
        self.settings.implicit_tls = true;
        self
    }

    /// Does not announce a mechanism of AUTH, and refuses its use.
    pub fn without_mechanism(mut self, mechanism: Mechanism) -> Self {
        self.settings.withheld_mechanisms.push(mechanism);
        self
    }

    /// Announces and takes AUTH over TLS only. To use it in the clear is a fault.
    pub fn auth_over_tls_only(mut self) -> Self {
        self.settings.auth_in_the_clear = false;
        self
    }

    /// Announces AUTH (PLAIN and LOGIN, RFC 4954), takes this user only, and no mail before.
    pub fn credentials(mut self, user: &str, password: &str) -> Self {
        self.settings.credentials = Some((user.to_owned(), password.to_owned()));
        self
    }

    /// The largest mail taken, in octets of content. Default: 32 MiB.
    pub fn max_size(mut self, octets: usize) -> Self {
        self.settings.max_size = octets;
        self
    }

    /// What is kept of accepted mails. Default: [`Keep::Content`].
    pub fn keep(mut self, keep: Keep) -> Self {
        self.settings.keep = keep;
        self
    }

    /// Takes mails with faults in their content (a bare CR or LF, a line over 998 octets,
    /// undeclared 8-bit content), which are refused otherwise. They are noted all the same.
    pub fn lenient(mut self) -> Self {
        self.settings.lenient = true;
        self
    }

    /// Every packet of replies leaves this much later than it could, as over a network with this
    /// round-trip time. Commands are read meanwhile, and replies that are ready together wait once.
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

    /// Writes replies of one line as the code alone, without a space behind it (RFC 5321 §4.2).
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

/// A rule that is being written: filters first, the action ends it.
#[derive(Clone, Debug)]
#[must_use = "a rule does nothing before its action is given"]
pub struct At {
    behaviour: Behaviour,
    rule: Rule,
}

impl At {
    /// Only for this recipient, ASCII case aside: at [`Step::Rcpt`] the one just named, from
    /// [`Step::Data`] to [`Step::Dot`] any of the mail's. There is none at the other steps.
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

    /// Lets the step pass `count` times, counted over all connections, before the rule acts.
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

    /// At [`Step::Content`]: once so many octets of the content have come, as they are on the
    /// wire. A shorter content does not meet the rule.
    pub fn after_bytes(mut self, octets: usize) -> Self {
        self.rule.after_bytes = octets;
        self
    }

    /// Answers with this code and text; each line of the text becomes a line of the reply. A
    /// positive code lets the command take effect, any other does not; 421 also ends the
    /// connection.
    pub fn reply(self, code: u16, text: &str) -> Behaviour {
        self.act(Action::Reply(code, text.to_owned()))
    }

    /// Waits before it goes on.
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

    /// Never answers. The connection stays open until the client closes it or the catcher stops.
    pub fn stall(self) -> Behaviour {
        self.act(Action::Stall)
    }

    /// Closes the connection without an answer. Earlier replies are written before.
    pub fn hang_up(self) -> Behaviour {
        self.act(Action::HangUp)
    }

    /// Writes these octets in place of the reply. The command takes no effect.
    pub fn garbage(self, bytes: &[u8]) -> Behaviour {
        self.act(Action::Garbage(bytes.to_vec()))
    }

    /// Writes these octets right behind the reply that the step gets otherwise.
    pub fn say_behind(self, bytes: &[u8]) -> Behaviour {
        self.act(Action::Behind(bytes.to_vec()))
    }

    /// Begins a reply with `250-` and never ends its line: 64 MiB of it, then nothing more.
    pub fn endless_line(self) -> Behaviour {
        self.act(Action::EndlessLine)
    }

    /// At [`Step::Dot`]: keeps the mail, then closes the connection without a reply, which leaves
    /// the sender in doubt. At any other step the same as [`hang_up`](Self::hang_up).
    pub fn accept_then_hang_up(self) -> Behaviour {
        self.act(Action::AcceptThenHangUp)
    }

    fn act(self, action: Action) -> Behaviour {
        let Self {
            mut behaviour,
            mut rule,
        } = self;
        rule.action = action;
        behaviour.rules.push(rule);
        behaviour
    }
}

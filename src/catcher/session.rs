//! One connection, from the greeting to the end: the steps, and the rules that act on them.

mod commands;
mod take;

use std::convert::Infallible;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::time::sleep;

use super::behaviour::{Action, Extension, Step};
use super::command::{self, Command};
use super::content::find;
use super::duplex::Duplex;
use super::mailbox::Mailbox;
use super::reply::Reply;
use super::rules::{Rules, Scene};
use super::tls::TlsIdentity;
use super::wire::{Over, Wire};

/// The longest command line, in octets with its CRLF (RFC 4954 §4 has the highest minimum).
const LONGEST_COMMAND: usize = 12_288;

/// The length of an endless line, in octets: enough to catch a client that reads without a limit.
const ENDLESS: usize = 64 << 20;

const GREETING: Reply = Reply::new(220, "", "catcher.example.net ESMTP");
const TOO_LONG: Reply = Reply::new(500, "5.5.6", "Command line too long");
const BARE_LF: Reply = Reply::new(500, "5.5.2", "A command must end with CRLF");
const IMPROPER_PIPELINING: Reply = Reply::new(503, "5.5.0", "Wait for the reply first");

pub(super) struct Session<'a> {
    wire: Wire,
    mailbox: &'a Mailbox,
    watch: watch::Receiver<Arc<Rules>>,
    rules: Arc<Rules>,
    connection: u64,
    state: State,
    /// The mail between MAIL and the reply to its final dot.
    envelope: Option<Envelope>,
    /// The next reply goes out octet by octet.
    split: bool,
    /// Goes out right after the next reply.
    behind: Vec<u8>,
}

/// The result of the commands so far.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// The greeting was a refusal: only QUIT is allowed (RFC 5321 §3.1).
    denied: bool,
    greeted: bool,
    /// PIPELINING was announced to this client.
    pipelining: bool,
    authenticated: bool,
    encrypted: bool,
}

#[derive(Debug)]
struct Envelope {
    from: String,
    to: Vec<String>,
    eight_bit: bool,
    utf8: bool,
}

/// What the rules decide for a step.
enum Decision {
    /// The receiver's own reply.
    Pass,
    Reply(Reply),
    /// No reply, and no effect.
    Silent,
    /// Keep the mail and close the connection without a reply.
    AcceptThenHangUp,
}

impl<'a> Session<'a> {
    pub(super) fn new(
        stream: impl Duplex + 'static,
        mailbox: &'a Mailbox,
        mut watch: watch::Receiver<Arc<Rules>>,
        connection: u64,
    ) -> Self {
        let rules = Arc::clone(&watch.borrow_and_update());
        let mut wire = Wire::new(stream, mailbox.packets());
        wire.delay = rules.settings.reply_delay;
        Self {
            wire,
            mailbox,
            watch,
            rules,
            connection,
            state: State::default(),
            envelope: None,
            split: false,
            behind: Vec::new(),
        }
    }

    /// Runs until the connection is over.
    pub(super) async fn run(mut self) {
        let Err(Over) = self.converse().await;
    }

    async fn converse(&mut self) -> Result<Infallible, Over> {
        let settings = &self.rules.settings;
        if let Some(identity) = settings.identity.clone().filter(|_| settings.implicit_tls) {
            self.encrypt(&identity).await?;
        }
        self.state.denied = !self.decide(Step::Connect, &[], GREETING).await?;
        loop {
            self.command().await?;
        }
    }

    /// Does the handshake, which resets the conversation (RFC 3207 §4.2).
    async fn encrypt(&mut self, identity: &TlsIdentity) -> Result<(), Over> {
        self.wire.encrypt(identity).await?;
        self.envelope = None;
        self.state = State {
            encrypted: true,
            ..State::default()
        };
        Ok(())
    }

    async fn command(&mut self) -> Result<(), Over> {
        let line = self.line().await?;
        if !self.state.pipelining && self.wire.owes_reply() {
            let what = "a command before the reply to the last";
            return Err(self.improper(what).await);
        }
        match command::parse(&line) {
            Ok(Command::Quit) => self.quit().await,
            Ok(command) => self.execute(command).await,
            Err(reply) => {
                self.fault(&format!("answered {}: {}", reply.code, text(&line)));
                self.answer(&reply).await
            }
        }
    }

    /// Reads a line and returns it without its CRLF.
    async fn line(&mut self) -> Result<Vec<u8>, Over> {
        loop {
            let unread = self.wire.unread();
            let Some(lf) = find(unread, b'\n') else {
                if unread.len() > LONGEST_COMMAND {
                    self.fault("a command line that does not end");
                    self.answer(&TOO_LONG).await?;
                    return Err(self.hang_up().await);
                }
                self.wire.fill().await?;
                continue;
            };
            let line = unread[..lf].to_vec();
            self.wire.consume(lf + 1);
            self.note("C: ", &text(&line));
            if let Some(line) = line.strip_suffix(b"\r") {
                return Ok(line.to_vec());
            }
            self.fault("a command that ends with a bare LF");
            self.answer(&BARE_LF).await?;
        }
    }

    /// Answers a step as the rules decide, or else with `own`. Returns true if the command takes
    /// effect. Rules do not act on a command that the protocol forbids.
    async fn decide(&mut self, step: Step, named: &[String], own: Reply) -> Result<bool, Over> {
        self.refresh();
        let reply = match own.is_positive() {
            true => self.reply_to(step, named, own).await?,
            false => Some(own),
        };
        let Some(reply) = reply else {
            return Ok(false);
        };
        self.answer(&reply).await?;
        Ok(reply.is_positive())
    }

    /// The rules' reply to a step, or else `own`; `None` if the rules answered it already.
    async fn reply_to(
        &mut self,
        step: Step,
        named: &[String],
        own: Reply,
    ) -> Result<Option<Reply>, Over> {
        match self.meet(step, named).await? {
            Decision::Pass => Ok(Some(own)),
            Decision::Reply(reply) => Ok(Some(reply)),
            Decision::Silent => Ok(None),
            Decision::AcceptThenHangUp => Err(self.hang_up().await),
        }
    }

    /// Lets the rules for a step act, for the recipient named in this command or those of the mail.
    async fn meet(&mut self, step: Step, named: &[String]) -> Result<Decision, Over> {
        self.refresh();
        let rules = Arc::clone(&self.rules);
        for number in 0..rules.count() {
            if let Some(action) = rules.action(number, self.scene(step, named))
                && let Some(decision) = self.perform(action).await?
            {
                return Ok(decision);
            }
        }
        Ok(Decision::Pass)
    }

    fn scene<'s>(&'s self, step: Step, named: &'s [String]) -> Scene<'s> {
        let recipients = match &self.envelope {
            Some(envelope) if named.is_empty() => envelope.to.as_slice(),
            _ => named,
        };
        Scene {
            step,
            connection: self.connection,
            recipients,
        }
    }

    /// Performs an action; returns `None` if the next rule may act as well.
    async fn perform(&mut self, action: &Action) -> Result<Option<Decision>, Over> {
        // An action that takes time holds up this reply, not earlier ones.
        let keeps_waiting = matches!(
            action,
            Action::SplitReply
                | Action::Behind(_)
                | Action::Reply(..)
                | Action::AcceptThenHangUp
                | Action::Garbage(_)
        );
        if !keeps_waiting {
            self.wire.flush().await?;
        }
        match action {
            Action::SplitReply => self.split = true,
            Action::Behind(bytes) => self.behind.clone_from(bytes),
            Action::Reply(code, text) => {
                let reply = Reply::told(*code, "", text.clone());
                return Ok(Some(Decision::Reply(reply)));
            }
            Action::AcceptThenHangUp => return Ok(Some(Decision::AcceptThenHangUp)),
            Action::Garbage(bytes) => {
                self.wire.say(bytes);
                return Ok(Some(Decision::Silent));
            }
            Action::Delay(delay) => sleep(*delay).await,
            Action::Pause(gate) => gate.pass().await,
            Action::Stall => return Err(self.wire.swallow().await),
            Action::HangUp => return Err(Over),
            Action::EndlessLine => {
                self.wire.say(b"250-");
                for _ in 0..ENDLESS >> 16 {
                    self.wire.say(&[b'a'; 1 << 16]);
                    self.wire.flush().await?;
                }
                return Err(self.wire.swallow().await);
            }
        }
        Ok(None)
    }

    async fn answer(&mut self, reply: &Reply) -> Result<(), Over> {
        let mut bytes = Vec::new();
        let enhanced = self.offers(Extension::EnhancedStatusCodes);
        let mut lines: Vec<_> = reply.lines(enhanced).collect();
        // The text of a 334 is AUTH's challenge.
        if let [line] = &mut lines[..]
            && self.rules.settings.bare_replies
            && reply.code != 334
        {
            line.truncate(3);
        }
        for line in lines {
            bytes.extend_from_slice(line.as_bytes());
            bytes.extend_from_slice(b"\r\n");
            self.note("S: ", &line);
        }
        bytes.append(&mut self.behind);
        let split = std::mem::take(&mut self.split);
        if split || self.rules.settings.split_replies {
            self.wire.drip(&bytes).await?;
        } else {
            self.wire.say(&bytes);
        }
        match reply.ends_connection() {
            true => Err(self.hang_up().await),
            false => Ok(()),
        }
    }

    /// Writes pending replies. Dropping the session then closes the connection.
    async fn hang_up(&mut self) -> Over {
        self.wire.flush().await.err().unwrap_or(Over)
    }

    /// Ends the connection, because commands and content can no longer be told apart.
    async fn improper(&mut self, what: &str) -> Over {
        self.fault(what);
        match self.answer(&IMPROPER_PIPELINING).await {
            Ok(()) => self.hang_up().await,
            Err(over) => over,
        }
    }

    /// Switches to a behaviour that was set in the meantime.
    fn refresh(&mut self) {
        if self.watch.has_changed().unwrap_or(false) {
            self.rules = Arc::clone(&self.watch.borrow_and_update());
            self.wire.delay = self.rules.settings.reply_delay;
        }
    }

    fn offers(&self, extension: Extension) -> bool {
        !self.rules.settings.withheld.contains(&extension)
    }

    fn fault(&self, what: &str) {
        self.mailbox.fault(self.connection, what.to_owned());
    }

    fn note(&self, mark: &str, line: &str) {
        if self.rules.settings.transcript {
            let line = format!("{mark}{}", line.trim_end());
            self.mailbox.note(self.connection, line);
        }
    }
}

fn text(line: &[u8]) -> String {
    String::from_utf8_lossy(line).into_owned()
}

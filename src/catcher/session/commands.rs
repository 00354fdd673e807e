//! Executes each command.

use super::super::auth::{self, Mechanism};
use super::super::behaviour::{Extension, Step};
use super::super::command::{Command, MailFrom};
use super::super::reply::Reply;
use super::super::wire::Over;
use super::{Decision, Envelope, Session, State};

/// Recipients of one mail. RFC 5321 §4.5.3.1.8 requires at least 100.
const MOST_RECIPIENTS: usize = 1000;

const OK: Reply = Reply::new(250, "2.0.0", "Ok");
const BYE: Reply = Reply::new(221, "2.0.0", "Goodbye");
const CANNOT_VERIFY: Reply = Reply::new(252, "2.5.0", "Send it, and see");
const DENIED: Reply = Reply::new(503, "5.5.1", "This server takes nothing but QUIT");
const EHLO_FIRST: Reply = Reply::new(503, "5.5.1", "EHLO first");
const NOT_OFFERED: Reply = Reply::new(502, "5.5.1", "Not offered here");
const NOT_NOW: Reply = Reply::new(503, "5.5.1", "Not now");

const NO_TLS: Reply = Reply::new(454, "4.7.0", "TLS is not available");
const READY: Reply = Reply::new(220, "2.0.0", "Ready to start TLS");
const TLS_FIRST: Reply = Reply::new(538, "5.7.11", "STARTTLS first");
const AUTHENTICATED: Reply = Reply::new(235, "2.7.0", "Welcome");
const WRONG_CREDENTIALS: Reply = Reply::new(535, "5.7.8", "Wrong user or password");
const UNKNOWN_MECHANISM: Reply = Reply::new(504, "5.5.4", "Unknown mechanism");
const CANCELLED: Reply = Reply::new(501, "5.7.0", "Cancelled");
const NOT_BASE64: Reply = Reply::new(501, "5.5.2", "Not Base64");
const AUTH_FIRST: Reply = Reply::new(530, "5.7.0", "AUTH first");

const SENDER_OK: Reply = Reply::new(250, "2.1.0", "Sender ok");
const RECIPIENT_OK: Reply = Reply::new(250, "2.1.5", "Recipient ok");
const ALREADY: Reply = Reply::new(503, "5.5.1", "There is a sender already");
const PARAMETER: Reply = Reply::new(555, "5.5.4", "A parameter that was not offered");
const NEEDS_SMTPUTF8: Reply = Reply::new(553, "5.6.7", "Such an address needs SMTPUTF8");
pub(super) const TOO_LARGE: Reply = Reply::new(552, "5.3.4", "Too large");
const MAIL_FIRST: Reply = Reply::new(503, "5.5.1", "MAIL first");
const TOO_MANY: Reply = Reply::new(452, "4.5.3", "Too many recipients");
pub(super) const NOBODY: Reply = Reply::new(554, "5.5.1", "No valid recipients");
const GO_AHEAD: Reply = Reply::new(354, "", "End with CRLF.CRLF");

impl Session<'_> {
    pub(super) async fn execute(&mut self, command: Command<'_>) -> Result<(), Over> {
        self.refresh();
        if self.state.denied {
            return self.answer(&DENIED).await;
        }
        match command {
            Command::Ehlo => self.hello(true).await,
            Command::Helo => self.hello(false).await,
            Command::StartTls => self.starttls().await,
            Command::Auth { mechanism, initial } => self.auth(mechanism, initial).await,
            Command::Mail(mail) => self.mail(mail).await,
            Command::Rcpt(to) => self.rcpt(to).await,
            Command::Data => self.data().await,
            Command::Rset => self.rset().await,
            Command::Noop => self.answer(&OK).await,
            Command::Vrfy => self.answer(&CANNOT_VERIFY).await,
            Command::Quit => self.quit().await,
        }
    }

    pub(super) async fn quit(&mut self) -> Result<(), Over> {
        if self.decide(Step::Quit, &[], BYE).await? {
            return Err(self.hang_up().await);
        }
        Ok(())
    }

    async fn hello(&mut self, extended: bool) -> Result<(), Over> {
        let own = match extended {
            true => Reply::told(250, "", self.extensions()),
            false => Reply::new(250, "", "catcher.example.net"),
        };
        if self.decide(Step::Ehlo, &[], own).await? {
            self.envelope = None;
            self.state = State {
                greeted: true,
                pipelining: extended && self.offers(Extension::Pipelining),
                ..self.state
            };
        }
        Ok(())
    }

    /// The lines of the reply to EHLO.
    fn extensions(&self) -> String {
        let settings = &self.rules.settings;
        let size = format!("SIZE {}", settings.max_size());
        let mechanisms = Mechanism::ALL.into_iter().filter(|one| self.takes(*one));
        let auth = mechanisms.fold("AUTH".to_owned(), |auth, one| auth + " " + one.name());
        let enhanced = self.offers(Extension::EnhancedStatusCodes);
        let lines = [
            (true, "catcher.example.net"),
            (self.offers(Extension::Pipelining), "PIPELINING"),
            (self.offers(Extension::EightBitMime), "8BITMIME"),
            (self.offers(Extension::SmtpUtf8), "SMTPUTF8"),
            (enhanced, "ENHANCEDSTATUSCODES"),
            (self.offers(Extension::Size), &size),
            (settings.dsn, "DSN"),
            (settings.starttls && !self.state.encrypted, "STARTTLS"),
            (self.offers_auth(), &auth),
        ];
        let offered = lines.into_iter().filter(|(offered, _)| *offered);
        let lines: Vec<&str> = offered.map(|(_, line)| line).collect();
        lines.join("\n")
    }

    async fn starttls(&mut self) -> Result<(), Over> {
        let settings = &self.rules.settings;
        if !settings.starttls || self.state.encrypted {
            return self.answer(&NOT_OFFERED).await;
        }
        // An attacker on the network could have injected what comes before the handshake.
        if !self.wire.unread().is_empty() {
            return Err(self.improper("something behind STARTTLS").await);
        }
        let identity = settings.identity.clone();
        let own = match identity {
            Some(_) if !self.state.greeted => EHLO_FIRST,
            Some(_) => READY,
            None => NO_TLS,
        };
        let Some(reply) = self.reply_to(Step::StartTls, &[], own).await? else {
            return Ok(());
        };
        self.answer(&reply).await?;
        match identity.filter(|_| reply.is_positive()) {
            Some(identity) => self.encrypt(&identity).await,
            None => Ok(()),
        }
    }

    fn offers_auth(&self) -> bool {
        let settings = &self.rules.settings;
        settings.credentials.is_some() && (self.state.encrypted || !settings.auth_over_tls_only)
    }

    fn takes(&self, mechanism: Mechanism) -> bool {
        !self.rules.settings.withheld_mechanisms.contains(&mechanism)
    }

    async fn auth(&mut self, mechanism: &str, initial: Option<&str>) -> Result<(), Over> {
        let Some(expected) = self.rules.settings.credentials.clone() else {
            return self.answer(&NOT_OFFERED).await;
        };
        if !self.state.greeted || self.state.authenticated || self.envelope.is_some() {
            return self.answer(&NOT_NOW).await;
        }
        if !self.offers_auth() {
            self.fault("AUTH in the clear");
            return self.answer(&TLS_FIRST).await;
        }
        let mechanism = Mechanism::of(mechanism).filter(|mechanism| self.takes(*mechanism));
        let reply = match self.meet(Step::Auth, &[]).await? {
            Decision::Pass => match mechanism {
                Some(mechanism) => self.exchange(mechanism, initial, &expected).await?,
                None => UNKNOWN_MECHANISM,
            },
            Decision::Reply(reply) => reply,
            Decision::Silent => return Ok(()),
            Decision::AcceptThenHangUp => return Err(self.hang_up().await),
        };
        self.state.authenticated = reply.code == AUTHENTICATED.code;
        self.answer(&reply).await
    }

    /// Sends the mechanism's challenges and returns the reply to the responses.
    async fn exchange(
        &mut self,
        mechanism: Mechanism,
        initial: Option<&str>,
        expected: &(String, String),
    ) -> Result<Reply, Over> {
        let mut answers = Vec::new();
        let mut given = initial.map(|initial| initial.as_bytes().to_vec());
        for question in mechanism.questions() {
            let answer = match given.take() {
                Some(answer) => answer,
                None => {
                    let question = Reply::told(334, "", auth::encode(question));
                    self.answer(&question).await?;
                    self.line().await?
                }
            };
            if answer == b"*" {
                return Ok(CANCELLED);
            }
            match auth::decode(&answer) {
                Some(answer) => answers.push(answer),
                None => return Ok(NOT_BASE64),
            }
        }
        let given = mechanism.user_and_password(&answers);
        Ok(match given.as_ref() == Some(expected) {
            true => AUTHENTICATED,
            false => WRONG_CREDENTIALS,
        })
    }

    async fn mail(&mut self, mail: MailFrom<'_>) -> Result<(), Over> {
        let own = self.judge_sender(mail);
        if own == PARAMETER || own == NEEDS_SMTPUTF8 {
            self.fault(&format!("answered {} to the sender", own.code));
        }
        if self.decide(Step::Mail, &[], own).await? {
            self.envelope = Some(Envelope {
                from: mail.from.to_owned(),
                to: Vec::new(),
                eight_bit: mail.eight_bit,
                utf8: mail.utf8,
            });
        }
        Ok(())
    }

    fn judge_sender(&self, mail: MailFrom<'_>) -> Reply {
        let settings = &self.rules.settings;
        let mut asks_for = [
            (mail.eight_bit, Extension::EightBitMime),
            (mail.utf8, Extension::SmtpUtf8),
            (mail.size.is_some(), Extension::Size),
        ]
        .into_iter();
        if !self.state.greeted {
            EHLO_FIRST
        } else if settings.credentials.is_some() && !self.state.authenticated {
            AUTH_FIRST
        } else if self.envelope.is_some() {
            ALREADY
        } else if asks_for.any(|(asked, extension)| asked && !self.offers(extension))
            || mail.dsn && !settings.dsn
        {
            PARAMETER
        } else if !mail.utf8 && !mail.from.is_ascii() {
            NEEDS_SMTPUTF8
        } else if mail.size.is_some_and(|size| size > settings.max_size()) {
            TOO_LARGE
        } else {
            SENDER_OK
        }
    }

    async fn rcpt(&mut self, to: &str) -> Result<(), Over> {
        let own = match &self.envelope {
            None => MAIL_FIRST,
            Some(envelope) if !envelope.utf8 && !to.is_ascii() => NEEDS_SMTPUTF8,
            Some(envelope) if envelope.to.len() >= MOST_RECIPIENTS => TOO_MANY,
            Some(_) => RECIPIENT_OK,
        };
        if own == NEEDS_SMTPUTF8 {
            self.fault(&format!("answered {} to a recipient", own.code));
        }
        let to = [to.to_owned()];
        let taken = self.decide(Step::Rcpt, &to, own).await?;
        if let (true, Some(envelope)) = (taken, &mut self.envelope) {
            envelope.to.extend(to);
        }
        Ok(())
    }

    async fn data(&mut self) -> Result<(), Over> {
        let without_recipients = self.rules.settings.data_without_recipients;
        let own = match &self.envelope {
            None => MAIL_FIRST,
            Some(envelope) if envelope.to.is_empty() && !without_recipients => NOBODY,
            Some(_) => GO_AHEAD,
        };
        // DATA is the last command of a group (RFC 2920 §3.1): the content must wait for the 354.
        if own == GO_AHEAD && !self.wire.unread().is_empty() {
            return Err(self.improper("something before the reply to DATA").await);
        }
        if self.decide(Step::Data, &[], own).await? {
            self.take().await?;
        }
        Ok(())
    }

    async fn rset(&mut self) -> Result<(), Over> {
        if self.decide(Step::Rset, &[], OK).await? {
            self.envelope = None;
        }
        Ok(())
    }
}

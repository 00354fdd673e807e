//! What must hold after each step, whatever came before.

use std::collections::HashMap;

use subscribers::consent::Consent;
use subscribers::token::{self, Purpose, Token};
use verdict::catcher::Mail;
use verdict::store::deliveries::{self, State};
use verdict::store::editions::EditionState;
use verdict::store::subscribers::{Frequency, Subscriber};

use super::consent::{Choice, Kind, List, Mailbox, Standing};
use super::steps::MAILBOXES;
use super::world::{HeldLink, World};
use crate::test_app::find_subscriber;

/// What went wrong, in plain words.
pub(super) type Checked<T = ()> = Result<T, String>;

/// A reader's copies of an edition: their Message-ID, how many, and how many are allowed.
#[derive(Debug, Default)]
pub(super) struct Copies {
    id: String,
    pub(super) arrived: usize,
    doubts: usize,
}

impl World {
    /// The list agrees with the model, and nothing waits for a reader who must get nothing.
    pub(super) async fn check(&mut self) -> Checked {
        self.compare().await?;
        self.look_at_the_queue(false).await?;
        self.read_the_mails(None, None)
    }

    /// The list agrees with the model about each address.
    pub(super) async fn compare(&mut self) -> Checked {
        for (mailbox, email) in MAILBOXES.into_iter().enumerate() {
            let found = find_subscriber(&self.app.store, email).await;
            let expected = self.list.at(mailbox);
            match (&found, expected) {
                (None, None) => {}
                (Some(found), Some((number, reader))) => {
                    self.numbers.insert(found.id, number);
                    let standing = standing(found.consent);
                    if standing != Some(reader.standing) {
                        return Err(format!(
                            "{email} is {} on the list; the model says {:?}",
                            found.consent, reader.standing
                        ));
                    }
                    if choice(found) != reader.choice {
                        return Err(format!(
                            "{email} has chosen {:?} on the list; the model says {:?}",
                            choice(found),
                            reader.choice
                        ));
                    }
                }
                (Some(found), None) => {
                    return Err(format!(
                        "{email} is {} on the list; the model says that nobody is there",
                        found.consent
                    ));
                }
                (None, Some((_, reader))) => {
                    return Err(format!(
                        "{email} is not on the list; the model says {:?}",
                        reader.standing
                    ));
                }
            }
        }
        Ok(())
    }

    /// No delivery waits for a reader who must get nothing, and none is in flight unless something sends.
    pub(super) async fn look_at_the_queue(&self, sending: bool) -> Checked {
        let mut states = HashMap::new();
        for (slug, edition) in self.editions().await {
            states.insert(slug, edition.state);
        }
        for (id, number) in &self.numbers {
            let mailbox = self.list.reader(*number).and_then(|reader| reader.mailbox);
            let may = match mailbox {
                Some(mailbox) => self.list.may_get(*number, mailbox),
                None => Err("the reader is erased, or not in the restored backup"),
            };
            let history = deliveries::history(&self.app.store, *id).await.unwrap();
            for delivery in history {
                let who = mailbox.map_or("somebody erased", |mailbox| MAILBOXES[mailbox]);
                let (slug, state) = (&delivery.slug, delivery.state);
                if state == State::InFlight && !sending {
                    return Err(format!("{slug} is in flight to {who}, and nothing sends"));
                }
                let waits = matches!(state, State::Queued | State::Claimed | State::Deferred);
                if waits && states.get(slug) != Some(&EditionState::Sending) {
                    return Err(format!(
                        "{slug} is over, and {} for {who}",
                        state.into_str()
                    ));
                }
                if let (true, Err(why)) = (waits, may) {
                    return Err(format!(
                        "{slug} is {} for {who}, but {why}",
                        state.into_str()
                    ));
                }
            }
        }
        Ok(())
    }

    /// Each received mail was allowed when its content went out. `held` is the delivery that was on the wire before
    /// the step, with the model at that time.
    pub(super) fn read_the_mails(
        &mut self,
        held: Option<(i64, &List)>,
        doubtful: Option<Mailbox>,
    ) -> Checked {
        let mails = self.app.catcher.mails();
        let mut held = held;
        for mail in &mails[self.seen..] {
            let mailbox = MAILBOXES.iter().position(|one| mail.to == [*one]);
            let mailbox = mailbox.ok_or_else(|| format!("a mail to {:?}", mail.to))?;
            match self.edition_token(mail) {
                // A welcome's link names no edition.
                Some((url, token)) if token.about == 0 => {
                    self.welcome_came(mailbox, url, token)?;
                }
                Some((url, token)) => {
                    let before = held.take_if(|(subscriber, _)| *subscriber == token.subscriber);
                    self.edition_came(mail, mailbox, (url, token), before.map(|(_, list)| list))?;
                    if doubtful == Some(mailbox) {
                        let copies = self.copies.entry((token.about, token.subscriber));
                        copies.or_default().doubts += 1;
                    }
                }
                None => self.message_came(mail, mailbox)?,
            }
        }
        self.seen = mails.len();
        Ok(())
    }

    fn edition_came(
        &mut self,
        mail: &Mail,
        mailbox: Mailbox,
        (url, token): (String, Token),
        before: Option<&List>,
    ) -> Checked {
        let email = MAILBOXES[mailbox];
        let subject = header(mail, "Subject: ").unwrap_or_default();
        let Some(number) = self.numbers.get(&token.subscriber).copied() else {
            return Err(format!(
                "{email} got {subject:?} as a reader whom the model does not know"
            ));
        };
        if let Err(why) = before.unwrap_or(&self.list).may_get(number, mailbox) {
            return Err(format!("{email} got {subject:?}, but {why}"));
        }
        let id = header(mail, "Message-ID: ").unwrap_or_default();
        let copies = self
            .copies
            .entry((token.about, token.subscriber))
            .or_default();
        if copies.arrived > 0 && copies.id != id {
            return Err(format!("{email} got {subject:?} under two Message-IDs"));
        }
        copies.id = id;
        copies.arrived += 1;
        if copies.arrived > 1 + copies.doubts {
            return Err(format!("{email} got {subject:?} {} times", copies.arrived));
        }
        let link = self.list.mailed(Kind::Issue, number, mailbox);
        self.links.push(HeldLink { link, url });
        Ok(())
    }

    /// Only a reader who would get an issue now is welcomed.
    fn welcome_came(&mut self, mailbox: Mailbox, url: String, token: Token) -> Checked {
        let email = MAILBOXES[mailbox];
        let Some(number) = self.numbers.get(&token.subscriber).copied() else {
            return Err(format!(
                "{email} was welcomed as a reader whom the model does not know"
            ));
        };
        if let Err(why) = self.list.may_get(number, mailbox) {
            return Err(format!("{email} was welcomed, but {why}"));
        }
        let link = self.list.mailed(Kind::Issue, number, mailbox);
        self.links.push(HeldLink { link, url });
        Ok(())
    }

    fn message_came(&mut self, mail: &Mail, mailbox: Mailbox) -> Checked {
        let email = MAILBOXES[mailbox];
        if self.list.is_never_mailed(mailbox) {
            let subject = header(mail, "Subject: ").unwrap_or_default();
            return Err(format!("{email} complained, and got {subject:?}"));
        }
        let message = mail_parser::MessageParser::default()
            .parse(&mail.content)
            .unwrap();
        let text = message.body_text(0).unwrap();
        let kinds = [
            ("confirm", Kind::Confirm, Purpose::Confirm),
            ("reader", Kind::Settings, Purpose::Preferences),
            ("address", Kind::Address, Purpose::Address),
            ("erase", Kind::Erase, Purpose::Erase),
        ];
        for (path, kind, purpose) in kinds {
            let start = format!("{}/{path}/", self.app.site);
            let Some(at) = text.find(&start) else {
                continue;
            };
            let url = text[at..].split_whitespace().next().unwrap();
            let token = token::verify(&self.app.key, &url[start.len()..], purpose).unwrap();
            let Some(number) = self.numbers.get(&token.subscriber).copied() else {
                return Err(format!(
                    "{email} got a {path} link of a reader whom the model does not know"
                ));
            };
            let own = self.list.reader(number).and_then(|reader| reader.mailbox);
            if kind != Kind::Address && own != Some(mailbox) {
                return Err(format!(
                    "{email} got a {path} link of a reader who is not there"
                ));
            }
            let link = self.list.mailed(kind, number, mailbox);
            self.links.push(HeldLink {
                link,
                url: url.to_owned(),
            });
        }
        Ok(())
    }

    fn edition_token(&self, mail: &Mail) -> Option<(String, Token)> {
        let url = header(mail, "List-Unsubscribe: <")?
            .split('>')
            .next()?
            .to_owned();
        let token = url.rsplit('/').next()?;
        let token = token::verify(&self.app.key, token, Purpose::Unsubscribe).ok()?;
        Some((url, token))
    }

    /// Every reader who must get an issue that is frozen now gets it once, and no other reader does.
    pub(super) async fn check_who_gets_the_last(&mut self) -> Checked {
        let wanted: Vec<bool> = (0..MAILBOXES.len())
            .map(|mailbox| self.is_wanted_at(mailbox))
            .collect();
        let before = self.seen;
        let Some(slug) = self.freeze().await? else {
            return Ok(());
        };
        self.send_well().await?;
        let mails = self.app.catcher.mails();
        for (email, wanted) in MAILBOXES.into_iter().zip(wanted) {
            let got = mails[before..]
                .iter()
                .filter(|mail| mail.to == [email])
                .filter(|mail| {
                    header(mail, "Subject: ").is_some_and(|subject| subject.contains(&slug))
                })
                .count();
            if got != usize::from(wanted) {
                return Err(format!(
                    "{email} got the last issue {got} times; the model says {}",
                    usize::from(wanted)
                ));
            }
        }
        Ok(())
    }
}

fn standing(consent: Consent) -> Option<Standing> {
    match consent {
        Consent::Pending => Some(Standing::Pending),
        Consent::Confirmed => Some(Standing::Confirmed),
        Consent::Bounced => Some(Standing::Bounced),
        Consent::Unsubscribed => Some(Standing::Left),
        Consent::Blocked => Some(Standing::Blocked),
        Consent::Complained => Some(Standing::Complained),
        Consent::Erased => None,
    }
}

pub(super) fn choice(subscriber: &Subscriber) -> Choice {
    Choice {
        digest: subscriber.frequency == Frequency::Digest,
        paused_until: subscriber.paused_until,
    }
}

/// The value after the start of a header line.
fn header(mail: &Mail, start: &str) -> Option<String> {
    let text = String::from_utf8_lossy(&mail.content);
    let (head, _) = text.split_once("\r\n\r\n")?;
    let line = head.lines().find_map(|line| line.strip_prefix(start))?;
    Some(line.to_owned())
}

//! What a message says, to whom, and under which envelope sender.

use subscribers::address::Address;
use subscribers::consent::Consent;
use subscribers::token::{self, Purpose, Token};
use templates::mail::transactional::{self, Before, TransactionalMail};

use super::message::Mail;
use crate::app::App;
use crate::readers::is_never_mailed;
use crate::store::StoreError;
use crate::store::outbox::{Kind, Message};
use crate::store::subscribers::{self as list, Frequency, Subscriber};

/// The mail of a message; `None` if there is no reason left to send it.
pub(super) async fn compose(app: &App, message: &Message) -> Result<Option<Mail>, StoreError> {
    let subscriber = match message.subscriber {
        Some(id) => list::get(&app.store, id).await?,
        None => None,
    };
    let Some(to) = recipient(message, subscriber.as_ref()) else {
        return Ok(None);
    };
    // The list says of a reader's own address whether it may be mailed, nothing says it of an editor's.
    let is_anothers = message.subscriber.is_some() && message.recipient.is_some();
    if is_anothers && is_never_mailed(app, &to).await? {
        return Ok(None);
    }
    let about = message.subscriber.unwrap_or_default();
    let bounce = token_of(message, subscriber.as_ref(), Purpose::OutboxBounce);
    let return_path = token::return_path(&app.key, &app.config.smtp.bounce_address, bounce);
    // Editions have positive numbers, messages negative ones: no two mails share their Message-ID.
    let id = token::message_id(&app.key, -message.id, about);
    let message_id = format!("{id}@{}", app.config.newsletter.from.email.domain());
    let (subject, text, html) = match (&message.subject, &message.text) {
        (Some(subject), Some(text)) => (subject.clone(), text.clone(), None),
        _ => {
            let said = said(app, message, subscriber.as_ref());
            (said.subject, said.text, Some(said.html))
        }
    };
    Ok(Some(Mail {
        to,
        subject,
        text,
        html,
        return_path,
        message_id,
    }))
}

/// Where a message goes. A reader who complained is never written to, nor one whose mailbox is dead, unless
/// they ask to come back.
fn recipient(message: &Message, subscriber: Option<&Subscriber>) -> Option<Address> {
    let address = match &message.recipient {
        Some(recipient) => Some(recipient),
        None => {
            let may = |consent: Consent| {
                consent.may_receive()
                    || consent == Consent::Unsubscribed
                    || message.kind == Kind::Confirm && consent.may_be_asked()
            };
            subscriber
                .filter(|subscriber| may(subscriber.consent))
                .and_then(|subscriber| subscriber.address.as_ref())
        }
    };
    address.and_then(|address| Address::parse(address).ok())
}

fn said(app: &App, message: &Message, subscriber: Option<&Subscriber>) -> TransactionalMail {
    let newsletter = app.newsletter();
    let link = |path: &str, purpose| {
        let token = token::sign(&app.key, token_of(message, subscriber, purpose));
        format!("{}/{path}/{token}", newsletter.base_url)
    };
    match message.kind {
        Kind::Already | Kind::Alert => transactional::already(&newsletter),
        Kind::Confirm => {
            let before = subscriber.and_then(|subscriber| before(app, subscriber));
            let on_the_list = subscriber.is_some_and(|reader| reader.consent.may_receive());
            let link = link("confirm", Purpose::Confirm);
            transactional::confirm(&newsletter, &link, before, on_the_list)
        }
        Kind::Settings => {
            transactional::settings(&newsletter, &link("reader", Purpose::Preferences))
        }
        Kind::Address => transactional::address(&newsletter, &link("address", Purpose::Address)),
        Kind::Taken => transactional::taken(&newsletter),
        Kind::Moved => transactional::moved(&newsletter),
        Kind::Erase => transactional::erase(&newsletter, &link("erase", Purpose::Erase)),
    }
}

/// A message to the editors is about nobody on the list.
fn token_of(message: &Message, subscriber: Option<&Subscriber>, purpose: Purpose) -> Token {
    match subscriber {
        Some(subscriber) => subscriber.token(purpose, message.id),
        None => Token::new(purpose, 0, message.id),
    }
}

/// What the reader chose earlier that keeps issues away; confirming ends it.
fn before(app: &App, subscriber: &Subscriber) -> Option<Before> {
    let now = app.clock.now_millis();
    match subscriber.paused_until.filter(|until| *until > now) {
        Some(until) => Some(Before::PausedUntil(app.day(until))),
        None => (subscriber.frequency == Frequency::Digest).then_some(Before::Digest),
    }
}

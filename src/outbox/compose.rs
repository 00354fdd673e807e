//! Composes the mail of an outbox message: recipient, envelope sender and text.

use subscribers::address::Address;
use subscribers::consent::Consent;
use subscribers::token::{self, Purpose, Token};
use templates::mail::transactional::{self, Before, TransactionalMail};

use super::message::{Body, Mail};
use super::welcome;
use crate::app::App;
use crate::readers::is_never_mailed;
use crate::store::StoreError;
use crate::store::outbox::{Kind, Message};
use crate::store::subscribers::{self as list, Frequency, Subscriber};

/// The mail of a message; `None` if it must no longer be sent.
pub(super) async fn compose(app: &App, message: &Message) -> Result<Option<Mail>, StoreError> {
    let subscriber = match message.subscriber {
        Some(id) => list::get(&app.store, id).await?,
        None => None,
    };
    let Some(to) = recipient(message, subscriber.as_ref()) else {
        return Ok(None);
    };
    // `recipient` has checked a reader's own address, and an editor's needs no check.
    let is_other_address = message.subscriber.is_some() && message.recipient.is_some();
    if is_other_address && is_never_mailed(app, &to).await? {
        return Ok(None);
    }
    let body = match (message.kind, &subscriber) {
        (Kind::Alert, _) => alert(message),
        (Kind::Welcome, Some(reader)) => welcome::compose(app, reader).await?,
        (_, subscriber) => transactional_mail(app, message, subscriber.as_ref()).map(Body::from),
    };
    let Some(body) = body else {
        return Ok(None);
    };
    let about = message.subscriber.unwrap_or_default();
    let of = |purpose| token_of(message, subscriber.as_ref(), purpose);
    let bounce = of(Purpose::OutboxBounce);
    let return_path = token::return_path(&app.key, &app.config.smtp.bounce_address, bounce);
    // Editions use positive numbers and messages negative ones, so no two mails share a Message-ID.
    let id = token::message_id(&app.key, -message.id, about);
    let message_id = format!("{id}@{}", app.config.newsletter.from.email.domain());
    Ok(Some(Mail {
        to,
        body,
        return_path,
        message_id,
        delivery: token::sign(&app.key, of(Purpose::OutboxDelivery)),
        kind: message.kind.into_str(),
    }))
}

fn alert(message: &Message) -> Option<Body> {
    Some(Body {
        subject: message.subject.clone()?,
        text: message.text.clone()?,
        html: None,
        list: Vec::new(),
    })
}

/// The address of a message. A reader who complained gets no mail. A reader whose mailbox bounced gets none either,
/// except to confirm that they want to come back.
fn recipient(message: &Message, subscriber: Option<&Subscriber>) -> Option<Address> {
    let may = |consent: Consent| {
        consent.may_receive()
            || consent == Consent::Unsubscribed
            || message.kind == Kind::Confirm && consent.may_be_asked()
    };
    let own = || {
        subscriber
            .filter(|reader| may(reader.consent))?
            .address
            .clone()
    };
    match &message.recipient {
        Some(_) => message.other_address().cloned(),
        None => own(),
    }
}

fn transactional_mail(
    app: &App,
    message: &Message,
    subscriber: Option<&Subscriber>,
) -> Option<TransactionalMail> {
    let newsletter = app.newsletter();
    let link = |path: &str, purpose| {
        let token = token::sign(&app.key, token_of(message, subscriber, purpose));
        format!("{}/{path}/{token}", newsletter.base_url)
    };
    Some(match message.kind {
        Kind::Alert | Kind::Welcome => return None,
        Kind::Already => transactional::already(&newsletter),
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
    })
}

/// The token of a message. A message to the editors has no subscriber.
fn token_of(message: &Message, subscriber: Option<&Subscriber>, purpose: Purpose) -> Token {
    match subscriber {
        Some(subscriber) => subscriber.token(purpose, message.id),
        None => Token::new(purpose, 0, message.id),
    }
}

/// The reader's earlier choice that keeps issues away, which confirming ends.
fn before(app: &App, subscriber: &Subscriber) -> Option<Before> {
    let now = app.clock.now_millis();
    match subscriber.paused_until.filter(|until| *until > now) {
        Some(until) => Some(Before::PausedUntil(app.day(until))),
        None => (subscriber.frequency == Frequency::Digest).then_some(Before::Digest),
    }
}

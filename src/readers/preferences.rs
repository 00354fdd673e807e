//! What a reader can change: the frequency, a pause, the address; and erasing everything.

use std::fmt;
use std::str::FromStr;

use chrono::TimeDelta;
use strum::VariantArray as _;
use subscribers::address::Address;
use subscribers::consent::{Consent, ConsentSource};

use super::departures;
use crate::app::{App, Origin};
use crate::store::consent_changes::{self, Cause};
use crate::store::editions::EditionKind;
use crate::store::journal::Event;
use crate::store::outbox::{self, Kind, Message, NewMessage, TO_ACT};
use crate::store::requests::{self, NewRequest, RequestKind};
use crate::store::subscribers::{self as list, Frequency, Subscriber};
use crate::store::undos::{self, Undo};
use crate::store::{StoreError, deliveries};

/// How much mail a reader wants. An undo stores it as text: `every:0` or `digest:1795446512967`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub frequency: Frequency,
    /// Unix milliseconds UTC.
    pub paused_until: Option<i64>,
}

impl Choice {
    pub fn of(subscriber: &Subscriber) -> Self {
        Self {
            frequency: subscriber.frequency,
            paused_until: subscriber.paused_until,
        }
    }

    /// The same choice with a pause of this many weeks from now; 0 ends a pause.
    pub fn paused_for(self, app: &App, weeks: i64) -> Self {
        let until = app.clock.now() + TimeDelta::weeks(weeks);
        Self {
            paused_until: (weeks > 0).then(|| until.timestamp_millis()),
            ..self
        }
    }

    /// True if both are the same, up to when within an hour a pause ends.
    pub fn is_about(self, other: Self) -> bool {
        let hour = undos::GOOD_FOR.num_milliseconds();
        let is_near = match (self.paused_until, other.paused_until) {
            (Some(one), Some(other)) => one.abs_diff(other) < hour.unsigned_abs(),
            (one, other) => one == other,
        };
        self.frequency == other.frequency && is_near
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let until = self.paused_until.unwrap_or_default();
        write!(f, "{}:{until}", self.frequency.into_str())
    }
}

impl FromStr for Choice {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (frequency, until) = text.split_once(':').ok_or(())?;
        let until: i64 = until.parse().map_err(|_| ())?;
        Ok(Self {
            frequency: frequency.parse().map_err(|_| ())?,
            paused_until: (until > 0).then_some(until),
        })
    }
}

/// Sets how much mail a reader wants. In force when this returns: waiting mail that they no longer want is skipped.
/// Returns the number of the undo, which is valid until the reader does something else.
pub async fn choose(app: &App, subscriber: &Subscriber, choice: Choice) -> Result<i64, StoreError> {
    let (id, now) = (subscriber.id, app.clock.now_millis());
    let (frequency, paused_until) = (choice.frequency, choice.paused_until);
    let before = Choice::of(subscriber).to_string();
    let mut tx = app.store.begin().await?;
    list::choose(&mut tx, id, frequency, paused_until).await?;
    let is_paused = paused_until.is_some_and(|until| until > now);
    let (kinds, why): (&[EditionKind], _) = match frequency {
        _ if is_paused => (EditionKind::VARIANTS, "paused"),
        Frequency::Digest => (&[EditionKind::Issue, EditionKind::Correction], "digest"),
        Frequency::Every => (&[EditionKind::Digest], "every"),
    };
    deliveries::skip_of(&mut tx, id, kinds, why, now).await?;
    let undo = undos::insert(&mut tx, id, &before, now).await?;
    tx.commit().await?;
    Ok(undo)
}

/// Undoes what a page did, once; false if it was undone before, or the reader has done something else since. Mails
/// skipped because of it go out after all if their edition is still being sent.
pub async fn undo(app: &App, undo: &Undo) -> Result<bool, StoreError> {
    let (id, now) = (undo.subscriber, app.clock.now_millis());
    let mut tx = app.store.begin().await?;
    let consent = list::consent(&mut tx, id).await?;
    if !undos::take(&mut tx, undo.id).await? {
        return Ok(false);
    }
    let mut entry = None;
    if let Ok(choice) = undo.before.parse::<Choice>() {
        list::choose(&mut tx, id, choice.frequency, choice.paused_until).await?;
    } else {
        if consent != Some(Consent::Unsubscribed) {
            return Ok(false);
        }
        let cause = Cause {
            reason: Some(consent_changes::TAKEN_BACK),
            ..Cause::by(ConsentSource::Page)
        };
        list::set_consent(&mut tx, &[(id, Consent::Confirmed, cause)], now).await?;
        entry = departures::entry(app, &mut tx, id, Event::Returned).await?;
    }
    deliveries::requeue_skipped(&mut tx, id, undo.created_at, now).await?;
    tx.commit().await?;
    departures::write(app, entry.into_iter().collect()).await?;
    Ok(true)
}

/// Replaces the name and the time zone.
pub async fn describe(
    app: &App,
    subscriber: i64,
    name: Option<&str>,
    time_zone: Option<&str>,
) -> Result<(), StoreError> {
    let mut tx = app.store.begin().await?;
    list::describe(&mut tx, subscriber, name, time_zone).await?;
    tx.commit().await
}

/// The answer to a reader's request for a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A mail follows, if the address can be used.
    Mailed,
    /// Too many requests today, so no mail follows.
    TooOften,
}

/// Queues a mail to the reader's own address with a link to the settings, or to erase everything.
pub async fn send_link(app: &App, subscriber: i64, kind: Kind) -> Result<Asked, StoreError> {
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    let may = app.may_ask(&mut tx, subscriber, kind.into_str()).await?;
    if may {
        outbox::insert(&mut tx, NewMessage::to(subscriber, kind, now), now).await?;
    }
    tx.commit().await?;
    Ok(if may { Asked::Mailed } else { Asked::TooOften })
}

/// Requests a mail to a new address, which asks its owner to confirm it. This counts against the sign-up limits of
/// `origin`, because anybody could have typed the address.
pub async fn ask_to_move(
    app: &App,
    subscriber: i64,
    address: &Address,
    origin: &Origin,
) -> Result<Asked, StoreError> {
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    let may = app.may_ask(&mut tx, subscriber, "move").await?
        && app.is_within_network(&mut tx, origin).await?;
    if may {
        app.watch_sign_ups(&mut tx).await?;
    }
    if may && app.may_be_mailed(&mut tx, address).await? {
        // A reader can have only one open move.
        requests::end_all_of(&mut tx, &[subscriber]).await?;
        let request = NewRequest {
            kind: RequestKind::Move,
            subscriber: Some(subscriber),
            address,
            name: None,
            time_zone: None,
            form: None,
            good_for: TO_ACT.num_milliseconds(),
        };
        requests::insert(&mut tx, request, now).await?;
    }
    tx.commit().await?;
    Ok(if may { Asked::Mailed } else { Asked::TooOften })
}

/// Gives a reader the address that its owner has confirmed, suppresses the former one, and queues a notice to it.
/// False if the link was used before, or the new address now belongs to another reader or must never be mailed.
///
/// # Errors
/// If the store fails. If the journal cannot be written, the reader has the new address anyway.
pub async fn change_address(
    app: &App,
    subscriber: &Subscriber,
    message: &Message,
) -> Result<bool, StoreError> {
    let (Some(address), Some(former)) = (message.other_address(), &subscriber.address) else {
        return Ok(false);
    };
    let (id, now) = (subscriber.id, app.clock.now_millis());
    let mut tx = app.store.begin().await?;
    list::hold(&mut tx, &[id]).await?;
    let first = outbox::use_link(&mut tx, message.id, now).await?;
    let tag = app.tag_of(address.key());
    let moved = departures::moved(app, &mut tx, id, (former, address), now).await?;
    let Some(entries) = moved else {
        return Ok(false);
    };
    if !first || !list::readdress(&mut tx, id, address, tag).await? {
        return Ok(false);
    }
    let cause = Cause {
        reason: Some("another address"),
        ..Cause::by(ConsentSource::Page)
    };
    consent_changes::record(&mut tx, &[(id, subscriber.consent, cause)], now).await?;
    // Links mailed to the former address stop working.
    list::end_open(&mut tx, &[id], now).await?;
    if former.key() != address.key() {
        let told = NewMessage {
            recipient: Some(former),
            ..NewMessage::to(id, Kind::Moved, now)
        };
        outbox::insert(&mut tx, told, now).await?;
    }
    tx.commit().await?;
    departures::write(app, entries).await?;
    Ok(true)
}

/// Erases a reader at their own request. Only another opt-in brings them back. Fails like [`super::erase`].
pub async fn erase_oneself(app: &App, subscriber: &Subscriber) -> Result<(), StoreError> {
    super::erase(app, subscriber.id, Cause::by(ConsentSource::Page)).await
}

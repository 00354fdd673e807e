//! What a reader chooses: how often, a rest, another address, to be forgotten.

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

/// How much mail a reader wants. Its text, `every:0` or `digest:1795446512967`, is for what can be taken
/// back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// How often.
    pub frequency: Frequency,
    /// Until when none at all, Unix milliseconds UTC.
    pub paused_until: Option<i64>,
}

impl Choice {
    /// What a reader has chosen.
    pub fn of(subscriber: &Subscriber) -> Self {
        Self {
            frequency: subscriber.frequency,
            paused_until: subscriber.paused_until,
        }
    }

    /// The same, with a rest of so many weeks from now on; none for 0.
    pub fn resting(self, app: &App, weeks: i64) -> Self {
        let until = app.clock.now() + TimeDelta::weeks(weeks);
        Self {
            paused_until: (weeks > 0).then(|| until.timestamp_millis()),
            ..self
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}",
            self.frequency.into_str(),
            self.paused_until.unwrap_or_default()
        )
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

/// Sets how much mail a reader wants. It is in force when this returns: what waits is skipped if they want
/// less. Returns the number by which it can be taken back, until the reader does something else.
pub async fn choose(app: &App, subscriber: &Subscriber, choice: Choice) -> Result<i64, StoreError> {
    let now = app.clock.now_millis();
    let before = Choice::of(subscriber).to_string();
    let mut tx = app.store.begin().await?;
    list::choose(
        &mut tx,
        subscriber.id,
        choice.frequency,
        choice.paused_until,
    )
    .await?;
    let (kinds, why): (&[EditionKind], _) = match choice.frequency {
        _ if choice.paused_until.is_some_and(|until| until > now) => {
            (EditionKind::VARIANTS, "paused")
        }
        Frequency::Digest => (&[EditionKind::Issue], "digest"),
        Frequency::Every => (&[EditionKind::Digest], "every"),
    };
    deliveries::skip_of(&mut tx, subscriber.id, kinds, why, now).await?;
    let undo = undos::insert(&mut tx, subscriber.id, &before, now).await?;
    tx.commit().await?;
    Ok(undo)
}

/// Takes back what a page did, once; false if it was taken back before, or a later act of the reader stands
/// against it. Mails that were skipped for it, of editions that are still being sent, go out after all.
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
            reason: Some("taken back"),
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

/// Replaces name and time zone.
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

/// What came of a reader's request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A mail is on its way, if the address can be used.
    Mailed,
    /// It was asked for too often today: nothing is mailed.
    TooOften,
}

/// Has a link mailed to the reader's own address: to the settings, or to erase everything.
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

/// Has the owner of another address asked whether it may become the reader's. `origin` is where the
/// request came from: it counts as a sign-up does, since it has a mail sent to an address that anybody
/// could have typed.
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
        // A reader has one open move.
        requests::end_all_of(&mut tx, &[subscriber]).await?;
        let request = NewRequest {
            kind: RequestKind::Move,
            subscriber: Some(subscriber),
            address: address.as_given(),
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

/// Gives a reader the address that its owner has confirmed, and has the former one told, which is suppressed
/// from then on. False if the new one belongs to another reader meanwhile, it complained, or the link was used.
///
/// # Errors
/// If the store refuses, or the journal cannot be written: the reader has the new address then.
pub async fn change_address(
    app: &App,
    subscriber: &Subscriber,
    message: &Message,
) -> Result<bool, StoreError> {
    let parsed = |address: &Option<String>| address.as_deref().map(Address::parse);
    let (Some(Ok(address)), Some(Ok(former))) =
        (parsed(&message.recipient), parsed(&subscriber.address))
    else {
        return Ok(false);
    };
    let (id, now) = (subscriber.id, app.clock.now_millis());
    let mut tx = app.store.begin().await?;
    list::hold(&mut tx, &[id]).await?;
    let first = outbox::use_link(&mut tx, message.id, now).await?;
    let (key, tag) = (address.key().as_str(), app.tag_of(address.key()));
    let moved = departures::moved(app, &mut tx, id, (&former, &address), now).await?;
    let Some(entries) = moved else {
        return Ok(false);
    };
    if !first || !list::readdress(&mut tx, id, (address.as_given(), key), tag).await? {
        return Ok(false);
    }
    let cause = Cause {
        reason: Some("another address"),
        ..Cause::by(ConsentSource::Page)
    };
    consent_changes::record(&mut tx, &[(id, subscriber.consent, cause)], now).await?;
    // Nobody who still reads the former mailbox can do anything with what was mailed to it.
    list::end_open(&mut tx, &[id], now).await?;
    if former.key() != address.key() {
        let told = NewMessage {
            recipient: Some(former.as_given()),
            ..NewMessage::to(id, Kind::Moved, now)
        };
        outbox::insert(&mut tx, told, now).await?;
    }
    tx.commit().await?;
    departures::write(app, entries).await?;
    Ok(true)
}

/// Forgets a reader who asked for it. They come back only by opting in again.
///
/// # Errors
/// As [`super::erase`].
pub async fn erase_oneself(app: &App, subscriber: &Subscriber) -> Result<(), StoreError> {
    super::erase(app, subscriber.id, Cause::by(ConsentSource::Page)).await
}

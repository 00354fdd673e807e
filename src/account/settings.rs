//! What a reader chooses: how often, a rest, another address, to be forgotten.

use std::fmt;
use std::str::FromStr;

use chrono::TimeDelta;
use subscribers::address::Address;
use subscribers::consent::{Change, Consent, Way};
use subscribers::token::suppression_hash;

use crate::engine::Engine;
use crate::store::consent_changes::{self, Cause};
use crate::store::notices::{self, Kind, NewNotice, Notice, TO_ACT, TO_UNDO};
use crate::store::subscribers::{self as list, Frequency, Subscriber};
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
    pub fn resting(self, engine: &Engine, weeks: i64) -> Self {
        let until = engine.clock.now() + TimeDelta::weeks(weeks);
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
            self.frequency.key(),
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
            frequency: frequency.parse()?,
            paused_until: (until > 0).then_some(until),
        })
    }
}

/// Sets how much mail a reader wants. It is in force when this returns: what waits is skipped if they want
/// less. Returns the number of a notice by which it can be taken back.
///
/// # Errors
/// If the store refuses.
pub async fn choose(
    engine: &Engine,
    subscriber: &Subscriber,
    choice: Choice,
) -> Result<i64, StoreError> {
    let now = engine.clock.now_millis();
    let before = Choice::of(subscriber).to_string();
    let mut tx = engine.store.begin().await?;
    list::choose(
        &mut tx,
        subscriber.id,
        choice.frequency,
        choice.paused_until,
    )
    .await?;
    if choice.paused_until.is_some() {
        deliveries::skip_of(&mut tx, subscriber.id, "paused", now).await?;
    } else if choice.frequency == Frequency::Digest {
        deliveries::skip_of(&mut tx, subscriber.id, "digest", now).await?;
    }
    let undo = NewNotice {
        before: Some(&before),
        ..NewNotice::to(subscriber.id, Kind::Undo, TO_UNDO.num_milliseconds())
    };
    let undo = notices::insert(&mut tx, undo, now).await?;
    tx.commit().await?;
    Ok(undo)
}

/// What the notice of a leave says that it was before.
const ON_THE_LIST: &str = "confirmed";

/// Makes it possible to take back that a reader just left, on the page that says so. Returns the number of
/// the notice.
///
/// # Errors
/// If the store refuses.
pub async fn offer_return(engine: &Engine, subscriber: i64) -> Result<i64, StoreError> {
    let now = engine.clock.now_millis();
    let mut tx = engine.store.begin().await?;
    let undo = NewNotice {
        before: Some(ON_THE_LIST),
        ..NewNotice::to(subscriber, Kind::Undo, TO_UNDO.num_milliseconds())
    };
    let undo = notices::insert(&mut tx, undo, now).await?;
    tx.commit().await?;
    Ok(undo)
}

/// Takes back what a page did, once; false if it was taken back before, or cannot be any more.
///
/// # Errors
/// If the store refuses.
pub async fn undo(engine: &Engine, notice: &Notice) -> Result<bool, StoreError> {
    let (Some(id), Some(before)) = (notice.subscriber, notice.before.as_deref()) else {
        return Ok(false);
    };
    let mut tx = engine.store.begin().await?;
    if !notices::end(&mut tx, notice.id).await? {
        return Ok(false);
    }
    if let Ok(choice) = before.parse::<Choice>() {
        list::choose(&mut tx, id, choice.frequency, choice.paused_until).await?;
        tx.commit().await?;
        return Ok(true);
    }
    tx.commit().await?;
    let cause = Cause {
        reason: Some("taken back"),
        ..Cause::by(Way::Page)
    };
    Ok(super::change(engine, id, Change::Confirm, cause)
        .await?
        .is_some())
}

/// Replaces name and time zone.
///
/// # Errors
/// If the store refuses.
pub async fn describe(
    engine: &Engine,
    subscriber: i64,
    name: Option<&str>,
    time_zone: Option<&str>,
) -> Result<(), StoreError> {
    let mut tx = engine.store.begin().await?;
    list::describe(&mut tx, subscriber, name, time_zone).await?;
    tx.commit().await
}

/// Has a link mailed to the reader's own address: to the settings, or to erase everything.
///
/// # Errors
/// If the store refuses.
pub async fn send_link(engine: &Engine, subscriber: i64, kind: Kind) -> Result<(), StoreError> {
    let now = engine.clock.now_millis();
    let mut tx = engine.store.begin().await?;
    let notice = NewNotice::to(subscriber, kind, TO_ACT.num_milliseconds());
    notices::insert(&mut tx, notice, now).await?;
    tx.commit().await
}

/// Has the owner of another address asked whether it may become the reader's.
///
/// # Errors
/// If the store refuses.
pub async fn ask_to_move(
    engine: &Engine,
    subscriber: i64,
    address: &Address,
) -> Result<(), StoreError> {
    let now = engine.clock.now_millis();
    let mut tx = engine.store.begin().await?;
    let request = NewNotice {
        address: Some(address.as_given()),
        ..NewNotice::to(subscriber, Kind::Move, TO_ACT.num_milliseconds())
    };
    notices::insert(&mut tx, request, now).await?;
    tx.commit().await
}

/// Gives a reader the address that its owner has confirmed, and has the old one told. False if somebody
/// has it meanwhile, or the link was used.
///
/// # Errors
/// If the store refuses.
pub async fn change_address(
    engine: &Engine,
    subscriber: &Subscriber,
    notice: &Notice,
) -> Result<bool, StoreError> {
    let address = notice.address.as_deref().map(Address::parse);
    let (Some(Ok(address)), Some(old)) = (address, subscriber.address.as_deref()) else {
        return Ok(false);
    };
    let (id, now) = (subscriber.id, engine.clock.now_millis());
    let mut tx = engine.store.begin().await?;
    let first = notices::end(&mut tx, notice.id).await?;
    let key = address.key().as_str();
    if !first || !list::readdress(&mut tx, id, address.as_given(), key).await? {
        return Ok(false);
    }
    let cause = Cause {
        reason: Some("another address"),
        ..Cause::by(Way::Page)
    };
    consent_changes::record(&mut tx, &[id], subscriber.consent, cause, now).await?;
    // Whoever still reads the old mailbox can do nothing more.
    notices::end_all_of(&mut tx, id).await?;
    let told = NewNotice {
        address: Some(old),
        ..NewNotice::to(id, Kind::Moved, TO_ACT.num_milliseconds())
    };
    notices::insert(&mut tx, told, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Forgets a reader who asked for it. The suppression list keeps a hash only of one who had left or
/// complained: others may come back.
///
/// # Errors
/// If the store refuses.
pub async fn erase_oneself(engine: &Engine, subscriber: &Subscriber) -> Result<(), StoreError> {
    let stays_away = matches!(
        subscriber.consent,
        Consent::Unsubscribed | Consent::Complained
    );
    let address = subscriber.address.as_deref().map(Address::parse);
    let hash = match address {
        Some(Ok(address)) if stays_away => Some(suppression_hash(&engine.key, address.key())),
        _ => None,
    };
    super::erase(engine, subscriber.id, hash.as_deref(), Cause::by(Way::Page)).await
}

//! What readers do: sign up, confirm, choose, vote and leave. Also how editors and imports add them.
//!
//! A departure is committed to the store, then appended to the journal, and only then confirmed to the reader.

mod add;
mod departures;
mod export;
pub mod import;
mod preferences;
mod requests;
pub mod sign_up;
mod unsubscribe;
mod vote;

use subscribers::consent::{Change, Consent, ConsentSource, apply};
use subscribers::departure::Departure;
use subscribers::token::Token;

use crate::app::App;
use crate::store::consent_changes::Cause;
use crate::store::journal::Event;
use crate::store::outbox::{self, Kind, Message, NewMessage};
use crate::store::subscribers::{self as list, Frequency, Standing, Subscriber};
use crate::store::{StoreError, Tx, deliveries, editions, suppressions, undos};

pub use add::{Added, Joiner, add};
pub use departures::keep_off;
pub use export::{Export, export};
pub use preferences::{
    Asked, Choice, ask_to_move, change_address, choose, describe, erase_oneself, send_link, undo,
};
pub use requests::{decide_requests, is_never_mailed};
pub use unsubscribe::{Leave, Leaving, unsubscribe_all};
pub use vote::{IssueVotes, Vote, Voting, votes_on};

/// Takes one reader off the list; true if they were on it until now. See [`unsubscribe_all`].
pub async fn unsubscribe(
    app: &App,
    subscriber: i64,
    edition: Option<i64>,
    source: ConsentSource,
    reason: Option<&str>,
) -> Result<bool, StoreError> {
    let leave = Leave {
        subscriber,
        address_tag: None,
        edition,
        source,
        reason: reason.map(str::to_owned),
        with_undo: false,
    };
    let left = unsubscribe_all(app, vec![leave]).await?;
    Ok(left.iter().any(|left| left.was_on_the_list))
}

/// The reader that a link in an edition belongs to; `None` if the reader is gone, or no longer has the address that
/// the link was mailed to. The link does nothing then. A former address gets no mail anyway.
pub async fn reader_of(app: &App, link: Token) -> Result<Option<Subscriber>, StoreError> {
    let subscriber = list::get(&app.store, link.subscriber).await?;
    let is_theirs = |reader: &Subscriber| reader.has_address(link.address_tag);
    Ok(subscriber.filter(is_theirs))
}

/// A consent, before and after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    pub from: Consent,
    pub to: Consent,
}

/// Confirms that the owner of an address wants the newsletter, with the link mailed to it; false if the rules refuse
/// it. The address is no longer suppressed. The reader starts over: every issue, no pause, and the name and time zone
/// of the form. A reader who was not on the list gets a welcome, if an issue was sent. Doing it twice changes nothing.
pub async fn confirm(app: &App, message: &Message) -> Result<bool, StoreError> {
    let Some(subscriber) = message.subscriber else {
        return Ok(false);
    };
    let now = app.clock.now_millis();
    let welcomes = app.config.join.welcome && editions::latest_sent(&app.store).await?.is_some();
    let cause = Cause {
        form: message.form.as_deref(),
        ..Cause::by(ConsentSource::Page)
    };
    let mut tx = app.store.begin().await?;
    let Some(standing) = standing(&mut tx, subscriber).await? else {
        return Ok(false);
    };
    let from = standing.consent;
    let Some(key) = standing.address_key else {
        return Ok(false);
    };
    let hash = app.hash_of(&key);
    let reasons = suppressions::reasons(&mut tx, &[&hash]).await?;
    let Ok(to) = apply(from, Change::Confirm) else {
        return Ok(false);
    };
    if reasons.values().any(|reason| !reason.may_return()) {
        return Ok(false);
    }
    if !outbox::use_link(&mut tx, message.id, now).await? {
        // The link was used before: keep what has changed since.
        return Ok(from == to);
    }
    if from != to {
        list::set_consent(&mut tx, &[(subscriber, to, cause)], now).await?;
    }
    let was_suppressed = suppressions::clear(&mut tx, &hash).await?;
    begin_afresh(&mut tx, subscriber, message).await?;
    if from != to && welcomes {
        outbox::insert(&mut tx, NewMessage::to(subscriber, Kind::Welcome, now), now).await?;
    }
    tx.commit().await?;
    if was_suppressed || from.is_suppressed() {
        let entry = app.entry(now, Event::Returned, subscriber, &key);
        departures::write(app, vec![entry]).await?;
    }
    Ok(true)
}

async fn begin_afresh(tx: &mut Tx, subscriber: i64, message: &Message) -> Result<(), StoreError> {
    let (name, zone) = (message.name.as_deref(), message.time_zone.as_deref());
    list::describe(tx, subscriber, name, zone).await?;
    list::choose(tx, subscriber, Frequency::Every, None).await?;
    undos::end(tx, &[subscriber]).await
}

/// Changes a reader's consent; `None` if there is no such reader or the rules refuse the change. Use [`erase`] to
/// erase a reader, and [`confirm`] for the reader's own double opt-in.
///
/// # Errors
/// If the store fails. If a departure cannot be written to the journal, it is in force anyway.
pub async fn change(
    app: &App,
    subscriber: i64,
    change: Change,
    cause: Cause<'_>,
) -> Result<Option<Changed>, StoreError> {
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    let Some(standing) = standing(&mut tx, subscriber).await? else {
        return Ok(None);
    };
    let from = standing.consent;
    let Ok(to) = apply(from, change) else {
        return Ok(None);
    };
    if to != from {
        list::set_consent(&mut tx, &[(subscriber, to, cause)], now).await?;
        if !to.may_receive() {
            deliveries::skip_waiting(&mut tx, &[subscriber], to.into_str(), now).await?;
        }
        // An older undo must not bring the reader back.
        undos::end(&mut tx, &[subscriber]).await?;
        if change == Change::Leave {
            list::end_open(&mut tx, &[subscriber], now).await?;
        }
        tx.commit().await?;
    }
    let event = match Departure::of(to) {
        Some(departure) => Some(Event::Left(departure)),
        None => from.is_suppressed().then_some(Event::Returned),
    };
    if let (Some(event), Some(key)) = (event, &standing.address_key) {
        // A repeated departure is written again with its first time, in case a crash lost the entry.
        let at = if to == from { standing.changed_at } else { now };
        let entry = app.entry(at, event, subscriber, key);
        departures::write(app, vec![entry]).await?;
    }
    Ok(Some(Changed { from, to }))
}

async fn standing(tx: &mut Tx, subscriber: i64) -> Result<Option<Standing>, StoreError> {
    let mut standings = list::standings(tx, &[subscriber]).await?;
    Ok(standings.remove(&subscriber))
}

/// Erases a reader, except for their number and the keyed hash of the address, which keeps it off the list. Its owner
/// may opt in again, unless they had complained or were blocked. Doing it twice changes nothing.
///
/// # Errors
/// If the store fails. If the journal cannot be written, the reader is erased anyway.
pub async fn erase(app: &App, subscriber: i64, cause: Cause<'_>) -> Result<(), StoreError> {
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    let Some(standing) = standing(&mut tx, subscriber).await? else {
        return Ok(());
    };
    let mut entries = Vec::new();
    if let Some(key) = &standing.address_key {
        let for_good = Departure::of(standing.consent).filter(|departure| !departure.may_return());
        for departure in for_good.into_iter().chain([Departure::Erased]) {
            let entry = app.entry(now, Event::Left(departure), subscriber, key);
            suppressions::add(&mut tx, &entry.hash, departure, now).await?;
            entries.push(entry);
        }
    } else if standing.consent == Consent::Erased {
        return Ok(());
    }
    list::end_open(&mut tx, &[subscriber], now).await?;
    deliveries::skip_waiting(&mut tx, &[subscriber], Consent::Erased.into_str(), now).await?;
    list::erase(&mut tx, subscriber, cause, now).await?;
    tx.commit().await?;
    departures::write(app, entries).await
}

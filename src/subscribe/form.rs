//! The form: whoever asks for an address to join is answered alike, whoever is on the list. What
//! becomes of the request is decided when it is taken up (`src/notices.rs`), by its place in the
//! notices: neither the answer nor the time that it takes depends on the list.

use subscribers::address::Address;
use subscribers::token::limit_hash;

use super::Joiner;
use crate::engine::Engine;
use crate::store::limits::{self, Counted};
use crate::store::notices::{self, Kind, NewNotice, TO_ACT, TO_CONFIRM};
use crate::store::{StoreError, Tx};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// What the form answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The request is taken, and a mail goes out if there is something to say.
    Taken,
    /// Too many requests came from there; the next may come in so many seconds.
    TooMany(i64),
}

/// Takes a request to join. `form` says which form it was, `network` from where it came.
///
/// # Errors
/// If the store refuses.
pub async fn ask(
    engine: &Engine,
    joiner: &Joiner,
    form: &str,
    network: &str,
) -> Result<Answer, StoreError> {
    let now = engine.clock.now_millis();
    let mut tx = engine.store.begin().await?;
    if !within_network(engine, &mut tx, network, now).await? {
        tx.commit().await?;
        return Ok(Answer::TooMany((HOUR - now.rem_euclid(HOUR)) / 1000 + 1));
    }
    watch(engine, &mut tx, now).await?;
    if may_be_mailed(engine, &mut tx, &joiner.address, now).await? {
        let request = NewNotice {
            kind: Kind::Join,
            subscriber: None,
            address: Some(joiner.address.as_given()),
            name: joiner.name.as_deref(),
            time_zone: joiner.time_zone.as_deref(),
            form: Some(form),
            before: None,
            good_for: TO_CONFIRM.num_milliseconds(),
        };
        notices::insert(&mut tx, request, now).await?;
    }
    tx.commit().await?;
    Ok(Answer::Taken)
}

/// Counts one more request from a network, and says whether it may.
async fn within_network(
    engine: &Engine,
    tx: &mut Tx,
    network: &str,
    now: i64,
) -> Result<bool, StoreError> {
    let counted = Counted {
        name: "network",
        subject: &limit_hash(&engine.key, network),
        stretch: HOUR,
    };
    Ok(limits::count(tx, counted, now).await? <= engine.config.join.per_network)
}

/// Counts one more mail to an address that a page asked for, and says whether it may go out: somebody
/// else may be asking.
///
/// # Errors
/// If the store refuses.
pub async fn may_be_mailed(
    engine: &Engine,
    tx: &mut Tx,
    address: &Address,
    now: i64,
) -> Result<bool, StoreError> {
    let counted = Counted {
        name: "address",
        subject: &limit_hash(&engine.key, address.key().as_str()),
        stretch: DAY,
    };
    Ok(limits::count(tx, counted, now).await? <= engine.config.join.per_address)
}

/// Counts all requests, and has the editors told when they become too many: once an hour.
async fn watch(engine: &Engine, tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    let counted = Counted {
        name: "all",
        subject: "",
        stretch: HOUR,
    };
    if limits::count(tx, counted, now).await? == engine.config.join.alarm {
        tracing::error!("uncommonly many sign-ups");
        let alarm = NewNotice {
            kind: Kind::Alarm,
            subscriber: None,
            address: None,
            name: None,
            time_zone: None,
            form: None,
            before: None,
            good_for: TO_ACT.num_milliseconds(),
        };
        notices::insert(tx, alarm, now).await?;
    }
    Ok(())
}

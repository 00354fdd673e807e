//! What comes back from readers: that they confirm, choose, and leave.

mod export;
mod leaving;
mod settings;
mod vote;

use subscribers::consent::{Change, Consent, Way, apply};

use crate::engine::Engine;
use crate::store::consent_changes::Cause;
use crate::store::notices::{self, Notice};
use crate::store::{StoreError, subscribers as list, suppressions};

pub use export::{Export, export};
pub use leaving::{Leave, Leaving, unsubscribe_all};
pub use settings::{
    Choice, ask_to_move, change_address, choose, describe, erase_oneself, offer_return, send_link,
    undo,
};

pub use vote::vote;

/// Takes one reader off the list; true if they were on it until now. See [`unsubscribe_all`].
///
/// # Errors
/// If the store refuses.
pub async fn unsubscribe(
    engine: &Engine,
    subscriber: i64,
    edition: Option<i64>,
    way: Way,
    reason: Option<&str>,
) -> Result<bool, StoreError> {
    let leave = Leave {
        subscriber,
        edition,
        way,
        reason: reason.map(str::to_owned),
    };
    let left = unsubscribe_all(engine, &[leave]).await?;
    Ok(left.contains(&true))
}

/// A consent, before and after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What it was.
    pub from: Consent,
    /// What it is now.
    pub to: Consent,
}

/// Confirms that the owner of an address wants the newsletter; false if the rules refuse it. Doing it
/// twice changes nothing.
///
/// # Errors
/// If the store refuses.
pub async fn confirm(engine: &Engine, notice: &Notice) -> Result<bool, StoreError> {
    let Some(subscriber) = notice.subscriber else {
        return Ok(false);
    };
    let cause = Cause {
        form: notice.form.as_deref(),
        ..Cause::by(Way::Page)
    };
    let confirmed = change(engine, subscriber, Change::Confirm, cause).await?;
    Ok(confirmed.is_some())
}

/// Moves a reader's consent by the rules; `None` if there is no such reader or the rules
/// refuse the change. Erasing is [`erase`]'s.
///
/// # Errors
/// If the store refuses.
pub async fn change(
    engine: &Engine,
    subscriber: i64,
    change: Change,
    cause: Cause<'_>,
) -> Result<Option<Changed>, StoreError> {
    let mut tx = engine.store.begin().await?;
    let Some(from) = list::consent(&mut tx, subscriber).await? else {
        return Ok(None);
    };
    let Ok(to) = apply(from, change) else {
        return Ok(None);
    };
    if to != from {
        let now = engine.clock.now_millis();
        list::set_consent(&mut tx, &[subscriber], to, cause, now).await?;
        if change == Change::Leave {
            // No link from before brings the reader back.
            notices::end_all_of(&mut tx, subscriber).await?;
        }
        tx.commit().await?;
    }
    Ok(Some(Changed { from, to }))
}

/// Forgets a reader: only the number is left, and the keyed hash that is given on the suppression list.
///
/// # Errors
/// If the store refuses.
pub async fn erase(
    engine: &Engine,
    subscriber: i64,
    suppression_hash: Option<&str>,
    cause: Cause<'_>,
) -> Result<(), StoreError> {
    let now = engine.clock.now_millis();
    let mut tx = engine.store.begin().await?;
    if let Some(hash) = suppression_hash {
        suppressions::add(&mut tx, hash, "erased", now).await?;
    }
    notices::end_all_of(&mut tx, subscriber).await?;
    list::erase(&mut tx, subscriber, cause, now).await?;
    tx.commit().await
}

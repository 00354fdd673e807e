//! Deletes what is over: sign-ups that were not confirmed in time, expired requests, undos and messages, reminders of
//! old slots, and limits that have ended.
//!
//! Each transaction deletes a few rows, which it finds by an index or which were found before it began, so readers who
//! leave meanwhile do not wait.

use chrono::TimeDelta;

use crate::app::App;
use crate::store::outbox::{self, TO_CONFIRM};
use crate::store::{StoreError, limits, requests, slots, subscribers as list, undos};

/// How long it is remembered that editors were reminded of a slot, in case a clock is set back.
const REMINDED: TimeDelta = TimeDelta::days(30);

/// Deletes everything that is over.
///
/// # Errors
/// If the store fails. What remains, the next call deletes.
pub async fn purge(app: &App) -> Result<(), StoreError> {
    let (store, now) = (&app.store, app.clock.now_millis());
    requests::purge(store, now).await?;
    undos::purge(store, now).await?;
    outbox::purge(store, now).await?;
    slots::purge_reminders(store, now - REMINDED.num_milliseconds()).await?;
    let before = now - TO_CONFIRM.num_milliseconds();
    let forgotten = list::purge_pending(store, before, now).await?;
    limits::purge(store, now).await?;
    if forgotten > 0 {
        tracing::info!(forgotten, "forgot sign-ups that were not confirmed");
    }
    Ok(())
}

//! Waits for the next slot, decides it, and tells the editors when nothing goes out.

use std::sync::Arc;
use std::time::Duration;

use templates::notice::{self, Notice};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{Failed, drained};
use crate::edition::{self, Decided, EditionError};
use crate::engine::Engine;
use crate::pick;
use crate::schedule::Slot;
use crate::store::StoreError;

/// How long to wait before a slot that could not be decided is tried again.
const RETRY: Duration = Duration::from_secs(30);

pub(super) async fn run(
    engine: Engine,
    frozen: Arc<Notify>,
    stop: CancellationToken,
) -> Result<(), Failed> {
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => break,
            decided = next(&engine) => match decided {
                // A relay that does not answer must not keep the process from ending.
                Ok(decided) => tokio::select! {
                    () = act(&engine, decided, &frozen) => {}
                    () = drained(&engine, &stop) => {}
                },
                Err(error) => {
                    tracing::error!(%error, "the slot could not be decided");
                    pause(&stop).await;
                }
            }
        }
    }
    Ok(())
}

async fn pause(stop: &CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(RETRY) => {}
    }
}

/// Waits for the next slot and decides it.
async fn next(engine: &Engine) -> Result<(Slot, Decided), EditionError> {
    let Some(slot) = edition::next_slot(engine).await? else {
        return std::future::pending().await;
    };
    let frozen_at = edition::frozen_at(engine, &slot);
    tracing::info!(slot = %slot.at, %frozen_at, "waiting for the next slot");
    engine.clock.sleep_until(frozen_at).await;
    let decided = edition::decide(engine, &slot).await?;
    Ok((slot, decided))
}

async fn act(engine: &Engine, (slot, decided): (Slot, Decided), frozen: &Notify) {
    let at = slot
        .at
        .with_timezone(&engine.config.schedule.time_zone)
        .fixed_offset();
    match decided {
        Decided::Sent(opened) => {
            let readers = opened.enrolled.unwrap_or_default();
            tracing::info!(slug = opened.edition.slug, readers, "frozen and enrolled");
            frozen.notify_one();
            tell_left_out(engine, &slot).await;
        }
        Decided::Missed(late) => tell(engine, &notice::slot_missed(at, late)).await,
        Decided::Empty => {
            tell_left_out(engine, &slot).await;
            tell(engine, &notice::nothing_to_send(at)).await;
        }
        Decided::Elsewhere => tracing::info!("another node decided the slot"),
    }
}

/// Names the issues that were left out, also when another one went out in their place: those that do
/// not check (a draft may be unfinished), and those whose date has gone by.
async fn tell_left_out(engine: &Engine, slot: &Slot) {
    let (candidates, used, folder) = match edition::candidates(engine).await {
        Ok(found) => found,
        Err(error) => return tracing::error!(%error, "the issues cannot be read"),
    };
    for failed in folder.failed.iter().filter(|failed| !failed.draft) {
        if let Err(error) = edition::checked_issue(engine, &failed.slug) {
            let notice = notice::issue_has_findings(&failed.slug, &error.to_string());
            tell(engine, &notice).await;
        }
    }
    for candidate in pick::overdue(slot, &candidates, &used) {
        if let Some(date) = candidate.send_on {
            tell(engine, &notice::overdue(&candidate.slug, date)).await;
        }
    }
}

async fn tell(engine: &Engine, alert: &Notice) {
    if let Err(error) = queue(engine, alert).await {
        tracing::error!(%error, "an alert to the editors could not be queued");
    }
}

async fn queue(engine: &Engine, alert: &Notice) -> Result<(), StoreError> {
    let mut tx = engine.store.begin().await?;
    engine.alert(&mut tx, alert).await?;
    tx.commit().await
}

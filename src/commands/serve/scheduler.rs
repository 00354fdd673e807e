//! Waits for the next slot, decides it, and tells the editors when nothing goes out.

use std::sync::Arc;
use std::time::Duration;

use templates::notice::{self, Notice};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::Failed;
use crate::desk;
use crate::edition::{self, Decided, EditionError};
use crate::engine::Engine;
use crate::schedule::Slot;

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
                Ok(decided) => act(&engine, decided, &frozen).await,
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
    tracing::info!(slot = %slot.at, "waiting for the next slot");
    engine.clock.sleep_until(slot.at).await;
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
        }
        Decided::Missed(late) => tell(engine, &notice::slot_missed(at, late)).await,
        Decided::Empty(failed) => {
            for slug in &failed {
                if let Err(error) = edition::checked_issue(engine, slug) {
                    tell(
                        engine,
                        &notice::issue_has_findings(slug, &error.to_string()),
                    )
                    .await;
                }
            }
            tell(engine, &notice::nothing_to_send(at)).await;
        }
        Decided::Elsewhere => tracing::info!("another node decided the slot"),
    }
}

async fn tell(engine: &Engine, notice: &Notice) {
    if let Err(error) = desk::tell(engine, notice).await {
        tracing::error!(%error, "the editors could not be told");
    }
}

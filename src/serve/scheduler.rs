//! Waits for the next slot, reminds the editors of what it lacks, and decides it.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Notify;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{TaskResult, preflight};
use crate::app::App;
use crate::edition::{self, Decided, EditionError};

/// How often to read the database's clock while waiting for a slot: the clock may be set.
const LOOK: Duration = Duration::from_secs(10);
/// How long to wait after another node has decided a slot.
const SOON: Duration = Duration::from_secs(1);
/// How long to wait after a slot can't be decided.
const RETRY: Duration = Duration::from_secs(30);
/// How long to wait after the check before an edition has held it back: an eighth of what is left until it is too late,
/// within these limits.
const HELD: RangeInclusive<Duration> = Duration::from_secs(5)..=Duration::from_secs(300);

pub(super) async fn run(app: App, frozen: Arc<Notify>, stop: CancellationToken) -> TaskResult {
    let (mut waits_for, mut looked) = (None, None);
    while !stop.is_cancelled() {
        let wait = tokio::select! {
            () = stop.cancelled() => break,
            wait = look(&app, &frozen, &mut waits_for, &mut looked) => wait,
        };
        let wait = wait.unwrap_or_else(|error| {
            tracing::error!(%error, "cannot decide the slot");
            RETRY
        });
        stop.run_until_cancelled(sleep(wait)).await;
    }
    Ok(())
}

/// Decides the next slot if it is due; returns how long to wait before the next look. `waits_for` is the slot that
/// was logged last, `looked` the last look ahead.
async fn look(
    app: &App,
    frozen: &Notify,
    waits_for: &mut Option<DateTime<Utc>>,
    looked: &mut Option<(DateTime<Utc>, i64)>,
) -> Result<Duration, EditionError> {
    let Some(slot) = edition::next_slot(app).await? else {
        return Ok(LOOK);
    };
    let frozen_at = edition::frozen_at(app, &slot);
    if *waits_for != Some(slot.at) {
        tracing::info!(slot = %slot.at, %frozen_at, "waiting for the next slot");
        *waits_for = Some(slot.at);
    }
    let now = edition::now(app).await?;
    let left = frozen_at - now;
    // `to_std` fails on a negative remainder: the instant has passed.
    let left = left.to_std().unwrap_or_default();
    if !left.is_zero() {
        edition::remind(app, &slot, now, looked).await?;
        return Ok(left.min(LOOK));
    }
    let may_go = preflight::may_go(app.clone(), slot.clone());
    match edition::decide_if(app, &slot, may_go).await? {
        Decided::Sent(opened) => {
            let readers = opened.enrolled.unwrap_or_default();
            tracing::info!(
                edition = opened.edition.slug,
                readers,
                "frozen and enrolled"
            );
            frozen.notify_one();
        }
        Decided::Missed(missed) => {
            let (first, last) = (missed.first.at, missed.last.at);
            tracing::warn!(%first, %last, count = missed.count, "too late: nothing is sent");
        }
        Decided::Empty => tracing::warn!(slot = %slot.at, "no issue is ready: nothing is sent"),
        Decided::Ahead => tracing::info!(slot = %slot.at, "its issue went out ahead of time"),
        Decided::Elsewhere => {
            tracing::info!("another node decided the slot");
            return Ok(SOON);
        }
        Decided::Held => {
            tracing::warn!(slot = %slot.at, "held back by `smtp.preflight`");
            let left = slot.at + app.config.schedule.max_delay - now;
            let share = (left / 8).to_std().unwrap_or_default();
            return Ok(share.clamp(*HELD.start(), *HELD.end()));
        }
        Decided::NotYet => {
            tracing::warn!(slot = %slot.at, "the database's clock was set back");
            return Ok(SOON);
        }
    }
    Ok(Duration::ZERO)
}

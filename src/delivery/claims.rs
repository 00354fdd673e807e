//! Claims deliveries, batch after batch, while any are due and the workers take them.

use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use tokio::sync::mpsc;

use super::{Run, STORE_RETRY};
use crate::store::StoreError;
use crate::store::deliveries::{self, Claim};

/// How many deliveries a process claims at once, for each connection.
pub(super) const CLAIMS_PER_CONNECTION: usize = 32;

/// If the next delivery is due sooner than this, the run waits with its connections open.
pub const SHORT_REST: TimeDelta = TimeDelta::seconds(10);

/// How long to wait if a claim found nothing.
const PAUSE: Duration = Duration::from_millis(20);

/// How many claims may wait for a worker.
pub(super) fn room(run: &Run) -> usize {
    run.app.config.smtp.connections * CLAIMS_PER_CONNECTION
}

/// Claims and hands out until nothing is due soon, or the run is stopped.
pub(super) async fn claim_all(
    run: &Run,
    owner: i64,
    claims: mpsc::Sender<Claim>,
) -> Result<(), StoreError> {
    loop {
        let batch = claim(run, owner, room(run)).await?;
        if batch.is_empty() && !wait_until_due(run).await? {
            return Ok(());
        }
        for claim in batch {
            tokio::select! {
                sent = claims.send(claim) => if sent.is_err() { return Ok(()) },
                () = run.stop.cancelled() => {}
            }
        }
        if run.stop.is_cancelled() {
            return Ok(());
        }
    }
}

/// Claims up to `most` due deliveries, however long the store is unavailable.
pub(super) async fn claim(run: &Run, owner: i64, most: usize) -> Result<Vec<Claim>, StoreError> {
    let app = &run.app;
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let mut backoff = STORE_RETRY;
    loop {
        let now = app.clock.now_millis();
        // A claim whose commit was not confirmed is returned when the run ends.
        match deliveries::claim_due(&app.store, owner, run.edition.id, now, limit).await {
            Ok(batch) => return Ok(batch),
            Err(error) => run.wait_for_store(&mut backoff, error).await?,
        }
    }
}

/// Waits for the next delivery if it is due soon; false if none is.
async fn wait_until_due(run: &Run) -> Result<bool, StoreError> {
    let app = &run.app;
    let due = next_due(run).await?;
    let due = due.and_then(DateTime::from_timestamp_millis);
    let Some(due) = due.filter(|due| *due - app.clock.now() <= SHORT_REST) else {
        return Ok(false);
    };
    let wait = async {
        app.clock.sleep_until(due).await;
        // If something is due but could not be claimed, another sender's transaction holds it right
        // now.
        tokio::time::sleep(PAUSE).await;
    };
    tokio::select! {
        () = wait => Ok(true),
        () = run.stop.cancelled() => Ok(false),
    }
}

async fn next_due(run: &Run) -> Result<Option<i64>, StoreError> {
    let mut backoff = STORE_RETRY;
    loop {
        match deliveries::next_due(&run.app.store, run.edition.id).await {
            Ok(due) => return Ok(due),
            Err(error) => run.wait_for_store(&mut backoff, error).await?,
        }
    }
}

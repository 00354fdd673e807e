//! Claiming: batch after batch while something is due and somebody takes it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use tokio::sync::mpsc;

use super::{Run, STORE_RETRY};
use crate::store::StoreError;
use crate::store::deliveries::{self, Claim};

/// How many deliveries a process claims at once, for each connection.
pub(super) const CLAIMS_PER_CONNECTION: usize = 32;

/// A rest that is shorter than this is waited out with the connections open.
pub const SHORT_REST: TimeDelta = TimeDelta::seconds(10);

/// How long to leave a queue alone of which nothing could be claimed.
const BREATH: Duration = Duration::from_millis(20);

/// How many claims may wait to be taken.
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
        if batch.is_empty() && !rest(run).await? {
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

/// Claims up to `most` deliveries that are due, however long the store is away.
pub(super) async fn claim(run: &Run, owner: i64, most: usize) -> Result<Vec<Claim>, StoreError> {
    let app = &run.app;
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let mut backoff = STORE_RETRY;
    loop {
        let now = app.clock.now_millis();
        // A claim that was committed without a confirmation goes back when the run ends.
        match deliveries::claim_due(&app.store, owner, run.edition.id, now, limit).await {
            Ok(batch) => return Ok(batch),
            Err(error) => run.wait_for_store(&mut backoff, error).await?,
        }
    }
}

/// Waits for the next delivery if it is due soon; false if it is not, or if there is none.
async fn rest(run: &Run) -> Result<bool, StoreError> {
    let app = &run.app;
    let due = next_due(run)
        .await?
        .and_then(DateTime::from_timestamp_millis);
    let Some(due) = due.filter(|due| *due - app.clock.now() <= SHORT_REST) else {
        return Ok(false);
    };
    let wait = async {
        app.clock.sleep_until(due).await;
        // What is due and was not to be had is in another sender's transaction just now.
        tokio::time::sleep(BREATH).await;
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

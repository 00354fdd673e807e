//! Runs the outbox worker for as long as the process lives.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{TaskResult, drained};
use crate::app::App;
use crate::backoff::Backoff;
use crate::outbox::{self, Round};
use crate::store::StoreError;

/// How often to look for messages. A reader who has just signed up is waiting for the mail.
const LOOK: Duration = Duration::from_secs(1);
/// How often to take over messages of nodes that are gone, in looks.
const RECOVER: u32 = 15;
/// How long to wait after the store fails.
const STORE_RETRY: Duration = Duration::from_secs(10);
/// How long to wait after the relay can't be reached.
const RELAY_RETRY: Backoff = Backoff::new(Duration::from_secs(2), Duration::from_secs(60));

/// Sends messages until `stop` is cancelled; logs errors and tries again. `node` is this process's ID.
pub(crate) async fn run(app: App, node: i64, stop: CancellationToken) -> TaskResult {
    let mut looks = 0_u32;
    let mut relay_retry = RELAY_RETRY;
    while !stop.is_cancelled() {
        // A relay that does not answer must not delay the shutdown.
        let looked = tokio::select! {
            looked = look(&app, node, looks) => looked,
            () = drained(&app, &stop) => break,
        };
        let wait = match looked {
            Ok(round) if round.relay_is_away => relay_retry.next_wait(),
            Ok(round) => {
                relay_retry.reset();
                if round.done > 0 { Duration::ZERO } else { LOOK }
            }
            Err(error) => {
                tracing::error!(%error, retry_in = ?STORE_RETRY, "the outbox waits for the store");
                STORE_RETRY
            }
        };
        looks = looks.wrapping_add(1);
        stop.run_until_cancelled(sleep(wait)).await;
    }
    Ok(())
}

async fn look(app: &App, node: i64, looks: u32) -> Result<Round, StoreError> {
    if looks.is_multiple_of(RECOVER) {
        outbox::recover(app).await?;
    }
    outbox::deliver_due(app, node).await
}

//! Sends notices: to readers what pages asked for, and alarms to the editors.

use std::time::Duration;

use templates::notice;
use tokio_util::sync::CancellationToken;

use super::serve::Failed;
use crate::desk;
use crate::engine::Engine;
use crate::notices;
use crate::store::StoreError;

/// How often to look for notices: a reader who signed up is looking into the mailbox.
const LOOK: Duration = Duration::from_secs(1);
/// How often to forget what is over, in looks.
const PURGE: u32 = 600;
/// How long to leave a store alone that failed.
const REST: Duration = Duration::from_secs(10);

/// Sends notices until `stop` is cancelled.
///
/// # Errors
/// None: what fails is logged and tried again.
pub(super) async fn run(engine: Engine, stop: CancellationToken) -> Result<(), Failed> {
    let mut looks = 0_u32;
    while !stop.is_cancelled() {
        let wait = match look(&engine, looks.is_multiple_of(PURGE)).await {
            Ok(true) => Duration::ZERO,
            Ok(false) => LOOK,
            Err(error) => {
                tracing::error!(%error, retry_in = ?REST, "notices wait");
                REST
            }
        };
        looks = looks.wrapping_add(1);
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
    Ok(())
}

/// True if there was something to do, so that there may be more.
async fn look(engine: &Engine, purge: bool) -> Result<bool, StoreError> {
    if purge {
        notices::purge(engine).await?;
    }
    let round = notices::deliver_due(engine).await?;
    if round.alarm {
        let alarm = notice::many_sign_ups(engine.config.join.alarm);
        if let Err(error) = desk::tell(engine, &alarm).await {
            tracing::error!(%error, "the editors could not be told");
        }
    }
    Ok(round.taken > 0)
}

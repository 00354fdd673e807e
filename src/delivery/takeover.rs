//! What other senders left: taken over at the beginning of a run and at its end, and whenever a command
//! asks how an edition stands.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::registration::Registration;
use super::{RunResult, SendError, halted};
use crate::app::App;
use crate::config::OnDoubt;
use crate::store::deliveries::{self, Recovered};
use crate::store::editions::{self, Edition, EditionState};
use crate::store::{StoreError, Tx, senders};

/// How often to look whether another sender has finished what it holds, or is gone.
const LOOK: Duration = Duration::from_secs(1);
/// How often a sender at work looks whether another one died.
const WATCH: Duration = Duration::from_secs(5);

/// Takes over what dead senders left, before a run. With `on_doubt = "resend"` every doubt about the
/// edition goes back into the queue: starting a sender asks for that.
pub(super) async fn recover(app: &App, edition: &Edition) -> Result<(), StoreError> {
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    let state = editions::hold(&mut tx, edition.id).await?;
    let recovered = take_up(app, &mut tx, now).await?;
    if app.config.smtp.on_doubt == OnDoubt::Resend {
        match state {
            EditionState::Sending => {
                deliveries::resend_unknown(&mut tx, edition.id, now).await?;
            }
            // No mark is made of a finished edition. A doubt that is older than `retry_for` does not
            // reopen it: nobody expects that mail any more, and `settle` can still send it.
            EditionState::Finished => {
                if resend_doubts(app, &mut tx, edition, now).await? > 0 {
                    editions::reopen(&mut tx, edition.id).await?;
                }
            }
            EditionState::Paused | EditionState::Cancelled => {}
        }
    }
    tx.commit().await?;
    warn(recovered);
    Ok(())
}

/// Puts the ledger right about what senders held that are gone, without sending. While another process
/// sends from a SQLite file, what that one holds is its own.
///
/// # Errors
/// If the store refuses, or its lock cannot be had.
pub async fn take_over(app: &App, edition: &Edition) -> Result<(), SendError> {
    let registration = match Registration::register(app).await {
        Err(SendError::Busy(_)) => return Ok(()),
        registration => registration?,
    };
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    take_up(app, &mut tx, now).await?;
    deliveries::skip_cancelled(&mut tx, edition.id, now).await?;
    tx.commit().await?;
    Ok(registration.leave().await?)
}

/// Takes over what senders leave that die while this one sends, for as long as it is awaited. With the lease that
/// makes less than a minute. Of a SQLite file there is one sender.
pub(super) async fn watch(app: &App) {
    if app.store.file().is_some() {
        return;
    }
    loop {
        tokio::time::sleep(WATCH).await;
        // The run goes on without it; the next look, or the run's end, finds the same.
        if let Err(error) = take_over_from_the_dead(app).await {
            tracing::debug!(%error, "could not look for senders that are gone");
        }
    }
}

async fn take_over_from_the_dead(app: &App) -> Result<(), StoreError> {
    let mut tx = app.store.begin().await?;
    if senders::expire(&mut tx).await? > 0 {
        let now = app.clock.now_millis();
        warn(take_up(app, &mut tx, now).await?);
    }
    tx.commit().await
}

fn warn(recovered: Recovered) {
    if recovered != Recovered::default() {
        tracing::warn!(
            requeued = recovered.requeued,
            unknown = recovered.unknown,
            "took over what a stopped sender left"
        );
    }
}

/// Marks the edition finished if nothing of it is open, else says what it waits for. A sender may have
/// died during the run, or still have had a statement on its way when the run took over what it held, so
/// that is looked at once more.
pub(super) async fn settle(
    app: &App,
    edition: &Edition,
    ended: RunResult,
) -> Result<RunResult, SendError> {
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    let state = editions::hold(&mut tx, edition.id).await?;
    senders::expire(&mut tx).await?;
    take_up(app, &mut tx, now).await?;
    if app.config.smtp.on_doubt == OnDoubt::Resend && state == EditionState::Sending {
        // Once the edition is finished, nobody comes back to them.
        resend_doubts(app, &mut tx, edition, now).await?;
    }
    deliveries::skip_deferred(&mut tx, edition.id, now).await?;
    deliveries::skip_cancelled(&mut tx, edition.id, now).await?;
    editions::finish(&mut tx, edition.id, now).await?;
    let state = editions::state(&mut tx, edition.id).await?;
    tx.commit().await?;
    if let Some(halted) = halted(state) {
        return Ok(halted);
    }
    if ended == RunResult::Stopped {
        return Ok(ended);
    }
    if let Some(due) = deliveries::next_due(&app.store, edition.id).await? {
        return Ok(RunResult::Waiting(due));
    }
    let held = deliveries::is_held(&app.store, edition.id).await?;
    Ok(if held {
        RunResult::Held
    } else {
        RunResult::Finished
    })
}

/// Waits while other senders hold the rest of an edition. Of one that dies, it takes over what is left as
/// soon as its lease has run out.
///
/// # Errors
/// If the store refuses. While the store is away, this waits for it.
pub async fn await_others(
    app: &App,
    edition: &Edition,
    stop: &CancellationToken,
) -> Result<RunResult, SendError> {
    loop {
        tokio::select! {
            () = stop.cancelled() => return Ok(RunResult::Stopped),
            () = tokio::time::sleep(LOOK) => {}
        }
        match settle(app, edition, RunResult::Held).await {
            Ok(RunResult::Held) => {}
            Err(SendError::Store(error)) if error.is_transient() => {}
            ended => return ended,
        }
    }
}

/// Takes over what senders that are gone left of all editions: their claims go back into the queue, and
/// what was in flight becomes a doubt, or goes back as well if doubts are sent again.
///
/// `retry_for` does not count here: it bounds how long a silent relay gets the same mail, and these are
/// in doubt because a sender died.
async fn take_up(app: &App, tx: &mut Tx, now: i64) -> Result<Recovered, StoreError> {
    let resent = match app.config.smtp.on_doubt {
        OnDoubt::Resend => deliveries::resend_abandoned(tx, now).await?,
        OnDoubt::Hold => 0,
    };
    let recovered = deliveries::recover(tx, now).await?;
    Ok(Recovered {
        requeued: recovered.requeued + resent,
        ..recovered
    })
}

/// Puts the doubts about an edition back into the queue; returns how many. Past `retry_for` they stay in
/// doubt, or a relay that never replies would get the same mail for ever.
async fn resend_doubts(
    app: &App,
    tx: &mut Tx,
    edition: &Edition,
    now: i64,
) -> Result<u64, StoreError> {
    let since = now - app.config.smtp.retry_for.num_milliseconds();
    if edition.retries_count_from(None) >= since {
        deliveries::resend_unknown(tx, edition.id, now).await
    } else {
        deliveries::resend_unknown_since(tx, edition.id, since, now).await
    }
}

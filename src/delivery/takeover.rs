//! Takes over what other senders left: when a run begins and ends, and whenever a command asks
//! about an edition.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::registration::Registration;
use super::{RunResult, SendError, halted};
use crate::app::App;
use crate::config::OnDoubt;
use crate::store::deliveries::{self, Recovered};
use crate::store::editions::{self, Edition, EditionState};
use crate::store::{StoreError, Tx, senders};

/// How often to check whether another sender has finished or died.
const LOOK: Duration = Duration::from_secs(1);
/// How often a sender checks for dead senders while it works.
const WATCH: Duration = Duration::from_secs(5);

/// Takes over what dead senders left, before a run. With `on_doubt = "resend"`, every doubt about
/// the edition returns to the queue: that is what starting a sender asks for.
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
            // A finished edition gets no marks. Doubts older than `retry_for` do not reopen it: no
            // reader expects that mail any more, and `settle` can still send it.
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

/// Takes over what dead senders held, without sending. While another process sends from a SQLite
/// file, what it holds is its own.
///
/// # Errors
/// If the store refuses, or its lock cannot be opened.
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

/// Takes over from senders that die while this one sends, until it is dropped. With the lease, that
/// takes less than a minute. A SQLite file has only one sender.
pub(super) async fn watch(app: &App) {
    if app.store.file().is_some() {
        return;
    }
    loop {
        tokio::time::sleep(WATCH).await;
        // The run continues without it; the next check, or the run's end, finds the same.
        if let Err(error) = take_over_from_the_dead(app).await {
            tracing::debug!(%error, "could not check for dead senders");
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

/// Marks the edition finished if no delivery is open, or else returns what it waits for. Takes over
/// once more: a sender may have died during the run, or still had a statement on its way when the
/// run began.
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
        // Once the edition is finished, nothing returns to them.
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
    Ok(match deliveries::is_held(&app.store, edition.id).await? {
        true => RunResult::Held,
        false => RunResult::Finished,
    })
}

/// Waits while other senders hold the last deliveries of an edition, and takes over from one that
/// dies as soon as its lease runs out.
///
/// # Errors
/// If the store refuses. While it is unavailable, this waits.
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

/// Takes over what dead senders left of all editions: their claims return to the queue, and what
/// was in flight becomes a doubt, or returns too if doubts are resent.
///
/// `retry_for` does not apply here: it limits how long a silent relay gets the same mail, and these
/// are in doubt because a sender died.
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

/// Queues the doubts about an edition again; returns how many. After `retry_for` they stay in
/// doubt, or a relay that never replies would get the same mail forever.
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

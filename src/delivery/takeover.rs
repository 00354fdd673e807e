//! Takes over what other senders left: when a run begins and ends, and whenever a command asks
//! about an edition.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::registration::Registration;
use super::{RunResult, SendError, halted};
use crate::app::App;
use crate::config::OnDoubt;
use crate::store::deliveries::{self, Chunk, Recovered};
use crate::store::editions::{self, Edition, EditionState};
use crate::store::{StoreError, Tx, senders};

/// How often to check whether another sender has finished or died.
const LOOK: Duration = Duration::from_secs(1);
/// How often a sender checks for dead senders while it works.
const WATCH: Duration = Duration::from_secs(5);

/// Takes over what dead senders left, before a run. With `on_doubt = "resend"`, every doubt about
/// the edition returns to the queue: that is what starting a sender asks for.
pub(super) async fn recover(app: &App, edition: &Edition) -> Result<(), StoreError> {
    let mut recovered = Recovered::default();
    let mut at_first = None;
    loop {
        let now = app.clock.now_millis();
        let mut tx = app.store.begin().await?;
        let mut chunk = Chunk::begin();
        let state = editions::hold(&mut tx, edition.id).await?;
        add(
            &mut recovered,
            take_up(app, &mut tx, now, &mut chunk).await?,
        );
        let at_first = *at_first.get_or_insert(state);
        if app.config.smtp.on_doubt == OnDoubt::Resend {
            match state {
                EditionState::Sending if at_first == EditionState::Sending => {
                    deliveries::resend_unknown(&mut tx, edition.id, now, &mut chunk).await?;
                }
                // A finished edition gets no marks. Doubts older than `retry_for` do not reopen it:
                // no reader expects that mail any more, and `settle` can still send it. An earlier
                // part may have reopened it for the others.
                EditionState::Sending | EditionState::Finished => {
                    if resend_doubts(app, &mut tx, edition, now, &mut chunk).await? > 0 {
                        editions::reopen(&mut tx, edition.id).await?;
                    }
                }
                EditionState::Paused | EditionState::Cancelled => {}
            }
        }
        if chunk.commit(tx).await? {
            break;
        }
    }
    warn(recovered);
    Ok(())
}

/// Takes over what dead senders held, and skips what waits in a cancelled edition, without sending.
/// While another process sends from a SQLite file, what it holds is its own.
///
/// # Errors
/// If the store refuses, or its lock cannot be opened.
pub async fn take_over(app: &App, edition: &Edition) -> Result<(), SendError> {
    let registration = match Registration::register(app).await {
        Err(SendError::Busy(_)) => return Ok(()),
        registration => registration?,
    };
    loop {
        let now = app.clock.now_millis();
        let mut tx = app.store.begin().await?;
        let mut chunk = Chunk::begin();
        take_up(app, &mut tx, now, &mut chunk).await?;
        deliveries::skip_cancelled(&mut tx, edition.id, now, &mut chunk).await?;
        if chunk.commit(tx).await? {
            return Ok(registration.leave().await?);
        }
    }
}

/// Skips what waits in a cancelled edition. What is in flight still gets its outcome; if that is
/// another try, call this again.
///
/// # Errors
/// If the store refuses. Call it again then: nothing of the edition goes out meanwhile.
pub async fn skip_cancelled(app: &App, edition: &Edition) -> Result<(), StoreError> {
    loop {
        let mut tx = app.store.begin().await?;
        let mut chunk = Chunk::begin();
        let now = app.clock.now_millis();
        deliveries::skip_cancelled(&mut tx, edition.id, now, &mut chunk).await?;
        if chunk.commit(tx).await? {
            return Ok(());
        }
    }
}

/// Returns to the queue what a sender that stops claimed and did not write.
pub(super) async fn give_back(app: &App, owner: i64) -> Result<(), StoreError> {
    loop {
        let mut tx = app.store.begin().await?;
        let mut chunk = Chunk::begin();
        deliveries::give_back(&mut tx, owner, &mut chunk).await?;
        if chunk.commit(tx).await? {
            return Ok(());
        }
    }
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
    let mut recovered = Recovered::default();
    let mut is_any_dead = false;
    loop {
        let mut tx = app.store.begin().await?;
        let mut chunk = Chunk::begin();
        is_any_dead |= senders::expire(&mut tx).await? > 0;
        if is_any_dead {
            let now = app.clock.now_millis();
            add(
                &mut recovered,
                take_up(app, &mut tx, now, &mut chunk).await?,
            );
        }
        if chunk.commit(tx).await? {
            break;
        }
    }
    warn(recovered);
    Ok(())
}

fn add(sum: &mut Recovered, more: Recovered) {
    sum.requeued += more.requeued;
    sum.unknown += more.unknown;
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
///
/// Only a transaction that finds nothing left to do finishes the edition, so one that is cut short
/// before that leaves it as it was: being sent, with less to do.
pub(super) async fn settle(
    app: &App,
    edition: &Edition,
    ended: RunResult,
) -> Result<RunResult, SendError> {
    let (id, kind) = (edition.id, edition.kind);
    let now = app.clock.now_millis();
    let mut unwanted = deliveries::unwanted_deferred(&app.store, id, kind, now).await?;
    let state = loop {
        let now = app.clock.now_millis();
        let mut tx = app.store.begin().await?;
        let mut chunk = Chunk::begin();
        let state = editions::hold(&mut tx, id).await?;
        senders::expire(&mut tx).await?;
        take_up(app, &mut tx, now, &mut chunk).await?;
        if app.config.smtp.on_doubt == OnDoubt::Resend && state == EditionState::Sending {
            // Once the edition is finished, nothing returns to them.
            resend_doubts(app, &mut tx, edition, now, &mut chunk).await?;
        }
        let part = chunk.part_of(&mut unwanted);
        deliveries::skip_deferred(&mut tx, id, kind, &part, now).await?;
        deliveries::skip_cancelled(&mut tx, id, now, &mut chunk).await?;
        if chunk.has_room() {
            editions::finish(&mut tx, id, now).await?;
        }
        let state = editions::state(&mut tx, id).await?;
        if chunk.commit(tx).await? {
            break state;
        }
    };
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
async fn take_up(
    app: &App,
    tx: &mut Tx,
    now: i64,
    chunk: &mut Chunk,
) -> Result<Recovered, StoreError> {
    let resent = match app.config.smtp.on_doubt {
        OnDoubt::Resend => deliveries::resend_abandoned(tx, now, chunk).await?,
        OnDoubt::Hold => 0,
    };
    let recovered = deliveries::recover(tx, now, chunk).await?;
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
    chunk: &mut Chunk,
) -> Result<u64, StoreError> {
    let since = now - app.config.smtp.retry_for.num_milliseconds();
    if edition.retries_count_from(None) >= since {
        deliveries::resend_unknown(tx, edition.id, now, chunk).await
    } else {
        deliveries::resend_unknown_since(tx, edition.id, since, now, chunk).await
    }
}

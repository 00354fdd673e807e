//! Deciding a slot of the schedule: once, by whichever node comes first, by the database's clock.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use templates::alert::{self, Alert};

use super::missed::{self, Missed, here};
use super::{
    CLOCK_TOLERANCE, EditionError, Opened, checked_issue, decidable_until, enrolled_at, freeze,
    insert, local_time, time,
};
use crate::app::App;
use crate::issue::{Folder, Status};
use crate::schedule::Slot;
use crate::schedule::pick::{self, Candidate};
use crate::store::editions::EditionKind;
use crate::store::slots::{self, Ahead, Decision};
use crate::store::{StoreError, Tx, editions, subscribers as list};

/// What became of a slot.
#[derive(Debug)]
pub enum Decided {
    /// Its issue was frozen and everybody was enrolled.
    Sent(Box<Opened>),
    /// It came later than `max_delay` allows, and maybe others after it.
    Missed(Missed),
    /// No issue was ready.
    Empty,
    /// A clock that was ahead had sent its issue already.
    Ahead,
    /// Another node decided it.
    Elsewhere,
    /// Its time has not come by the database's clock.
    NotYet,
}

/// The first slot that was not decided yet. A newsletter owes nobody the slots before its first
/// start; that instant is remembered here. What a clock that was ahead has decided is taken back first.
pub async fn next_slot(app: &App) -> Result<Option<Slot>, StoreError> {
    let now = time::now(app).await?;
    let until = (decidable_until(app, now) + CLOCK_TOLERANCE).timestamp_millis();
    let ahead = Ahead {
        from: (now - app.config.schedule.max_delay).timestamp_millis(),
        until,
        decided_until: (now + CLOCK_TOLERANCE).timestamp_millis(),
    };
    if slots::is_any_ahead(&app.store, ahead).await? {
        take_back(app, ahead).await?;
    }
    let after = match slots::latest(&app.store, until).await? {
        Some(latest) => latest,
        None => opened_at(app, now).await?,
    };
    let after = DateTime::from_timestamp_millis(after).unwrap_or(DateTime::<Utc>::MIN_UTC);
    Ok(time::schedule(app).next_after(after))
}

async fn take_back(app: &App, ahead: Ahead) -> Result<(), StoreError> {
    let mut tx = app.store.begin().await?;
    let void = slots::take_back(&mut tx, ahead).await?;
    if let Some((first, last)) = void {
        let at = |slot| DateTime::from_timestamp_millis(slot).unwrap_or_default();
        let alert = alert::clock_was_ahead(here(app, at(first)), here(app, at(last)));
        app.alert(&mut tx, &alert).await?;
    }
    tx.commit().await
}

async fn opened_at(app: &App, now: DateTime<Utc>) -> Result<i64, StoreError> {
    let latest = (now + CLOCK_TOLERANCE).timestamp_millis();
    let opened_at = slots::opened_at(&app.store).await?;
    if let Some(opened_at) = opened_at.filter(|opened_at| *opened_at <= latest) {
        return Ok(opened_at);
    }
    let now = now.timestamp_millis();
    let mut tx = app.store.begin().await?;
    slots::open_at(&mut tx, now).await?;
    slots::reopen_at(&mut tx, now, latest).await?;
    tx.commit().await?;
    Ok(slots::opened_at(&app.store).await?.unwrap_or(now))
}

/// The issues that a slot may get, and the slugs that were sent already. Also the folder, whose
/// findings the caller may want to show.
///
/// # Errors
/// If the folder or the store cannot be read.
pub async fn candidates(
    app: &App,
) -> Result<(Vec<Candidate>, BTreeSet<String>, Folder), EditionError> {
    let folder = super::folder(app).await?;
    let candidates = folder
        .issues
        .iter()
        .filter(|issue| issue.status == Status::Ready)
        .filter(|issue| app.sends_samples || !issue.comparison.sample)
        .map(|issue| Candidate {
            slug: issue.slug.clone(),
            send_on: issue.send_on,
            added: issue.added,
        })
        .collect();
    let sent = editions::all(&app.store)
        .await?
        .into_iter()
        .map(|edition| edition.slug);
    Ok((candidates, sent.collect(), folder))
}

/// Decides a slot whose time has come. Decision, edition, deliveries and the alerts to the editors are one
/// transaction.
///
/// # Errors
/// [`EditionError`]; the slot is undecided then.
pub async fn decide(app: &App, slot: &Slot) -> Result<Decided, EditionError> {
    let now = time::now(app).await?;
    if local_time::frozen_at(app, slot) > now {
        return Ok(Decided::NotYet);
    }
    if reach(app, slot).await? {
        return Ok(Decided::Ahead);
    }
    if now - slot.at > app.config.schedule.max_delay {
        let missed = missed::from(app, slot, now).await?;
        return Ok(record_missed(app, missed, now).await?);
    }
    let (candidates, used, folder) = candidates(app).await?;
    let mut alerts = left_out(app, slot, &candidates, &used, &folder).await?;
    let picked = pick::pick(slot, &candidates, &used).candidate();
    let issue = picked.and_then(|picked| folder.issues.iter().find(|i| i.slug == picked.slug));
    let Some(issue) = issue else {
        for sample in folder.issues.iter().filter(|i| i.comparison.sample) {
            tracing::warn!(
                slug = sample.slug,
                "a sample is sent by `verdict demo` alone"
            );
        }
        alerts.push(alert::nothing_to_send(here(app, slot.at)));
        return Ok(record_empty(app, slot, &alerts, now).await?);
    };
    if !list::is_any_confirmed(&app.store).await? {
        // The issue is kept for a slot that has readers.
        alerts.push(alert::nobody_to_send_to(&issue.slug, here(app, slot.at)));
        return Ok(record_empty(app, slot, &alerts, now).await?);
    }
    let (comparison, frozen) = freeze(app, issue, Some(slot)).await?;
    let at = enrolled_at(app, now);
    let mut tx = app.store.begin().await?;
    if !record(&mut tx, slot, &Decision::Sent(issue.slug.clone()), now).await? {
        return Ok(Decided::Elsewhere);
    }
    let enrolled = insert(app, &mut tx, &comparison, &frozen, Some(slot), at).await?;
    let Some(enrolled) = enrolled else {
        // An editor sent the issue by hand in this very moment; the slot is decided next time.
        return Ok(Decided::Elsewhere);
    };
    queue(app, &mut tx, &alerts).await?;
    tx.commit().await?;
    let edition = editions::find(&app.store, &issue.slug).await?;
    Ok(edition.map_or(Decided::Elsewhere, |edition| {
        Decided::Sent(Box::new(Opened {
            edition,
            enrolled: Some(enrolled),
        }))
    }))
}

/// True if the slot's issue went out before its time.
async fn reach(app: &App, slot: &Slot) -> Result<bool, StoreError> {
    let at = slot.at.timestamp_millis();
    if slots::first_ahead(&app.store, at).await? != Some(at) {
        return Ok(false);
    }
    let mut tx = app.store.begin().await?;
    let reached = slots::reach(&mut tx, at).await?;
    tx.commit().await?;
    Ok(reached)
}

async fn record_missed(
    app: &App,
    missed: Missed,
    now: DateTime<Utc>,
) -> Result<Decided, StoreError> {
    let mut tx = app.store.begin().await?;
    // The first has a row so that of two nodes only one tells; the last so that the next one follows it.
    let mut decided = record(&mut tx, &missed.first, &Decision::Missed, now).await?;
    if decided && missed.last != missed.first {
        decided = record(&mut tx, &missed.last, &Decision::Missed, now).await?;
    }
    if !decided {
        return Ok(Decided::Elsewhere);
    }
    app.alert(&mut tx, &missed.alert(app)).await?;
    tx.commit().await?;
    Ok(Decided::Missed(missed))
}

async fn record_empty(
    app: &App,
    slot: &Slot,
    alerts: &[Alert],
    now: DateTime<Utc>,
) -> Result<Decided, StoreError> {
    let mut tx = app.store.begin().await?;
    if !record(&mut tx, slot, &Decision::Empty, now).await? {
        return Ok(Decided::Elsewhere);
    }
    queue(app, &mut tx, alerts).await?;
    tx.commit().await?;
    Ok(Decided::Empty)
}

async fn queue(app: &App, tx: &mut Tx, alerts: &[Alert]) -> Result<(), StoreError> {
    for alert in alerts {
        app.alert(tx, alert).await?;
    }
    Ok(())
}

async fn record(
    tx: &mut Tx,
    slot: &Slot,
    decision: &Decision,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let at = slot.at.timestamp_millis();
    slots::decide(tx, at, decision, now.timestamp_millis()).await
}

/// Names the issues that a slot leaves out, also when another one goes out in their place: those that do
/// not check (a draft may be unfinished), and those whose date has gone by.
async fn left_out(
    app: &App,
    slot: &Slot,
    candidates: &[Candidate],
    used: &BTreeSet<String>,
    folder: &Folder,
) -> Result<Vec<Alert>, StoreError> {
    let mut alerts = Vec::new();
    for failed in folder.failed.iter().filter(|failed| !failed.draft) {
        // What was sent may stop checking with a new release: nobody waits for it.
        let edition = editions::find(&app.store, &failed.slug).await?;
        if edition.is_some_and(|edition| edition.kind == EditionKind::Issue) {
            continue;
        }
        if let Err(error) = checked_issue(app, &failed.slug).await {
            alerts.push(alert::issue_has_findings(&failed.slug, &error.to_string()));
        }
    }
    for candidate in pick::overdue(slot, candidates, used) {
        if let Some(date) = candidate.send_on {
            alerts.push(alert::overdue(&candidate.slug, date));
        }
    }
    Ok(alerts)
}

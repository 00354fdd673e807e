//! Deciding a slot of the schedule: once, by whichever node comes first, by the database's clock.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use templates::notice::{self, Notice};

use super::missed::{self, Missed, here};
use super::{
    CLOCK_TOLERANCE, EditionError, Opened, checked_issue, decidable_until, enrolled_at, freeze,
    insert, local_time, time,
};
use crate::app::Engine;
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
///
/// # Errors
/// If the store refuses.
pub async fn next_slot(engine: &Engine) -> Result<Option<Slot>, StoreError> {
    let now = time::now(engine).await?;
    let until = (decidable_until(engine, now) + CLOCK_TOLERANCE).timestamp_millis();
    let ahead = Ahead {
        from: (now - engine.config.schedule.max_delay).timestamp_millis(),
        until,
        decided_until: (now + CLOCK_TOLERANCE).timestamp_millis(),
    };
    if slots::is_any_ahead(&engine.store, ahead).await? {
        take_back(engine, ahead).await?;
    }
    let after = match slots::latest(&engine.store, until).await? {
        Some(latest) => latest,
        None => opened_at(engine, now).await?,
    };
    let after = DateTime::from_timestamp_millis(after).unwrap_or(DateTime::<Utc>::MIN_UTC);
    Ok(time::schedule(engine).next_after(after))
}

async fn take_back(engine: &Engine, ahead: Ahead) -> Result<(), StoreError> {
    let mut tx = engine.store.begin().await?;
    let void = slots::take_back(&mut tx, ahead).await?;
    if let Some((first, last)) = void {
        let at = |slot| DateTime::from_timestamp_millis(slot).unwrap_or_default();
        let notice = notice::clock_was_ahead(here(engine, at(first)), here(engine, at(last)));
        engine.alert(&mut tx, &notice).await?;
    }
    tx.commit().await
}

async fn opened_at(engine: &Engine, now: DateTime<Utc>) -> Result<i64, StoreError> {
    let latest = (now + CLOCK_TOLERANCE).timestamp_millis();
    let opened_at = slots::opened_at(&engine.store).await?;
    if let Some(opened_at) = opened_at.filter(|opened_at| *opened_at <= latest) {
        return Ok(opened_at);
    }
    let now = now.timestamp_millis();
    let mut tx = engine.store.begin().await?;
    slots::open_at(&mut tx, now).await?;
    slots::reopen_at(&mut tx, now, latest).await?;
    tx.commit().await?;
    Ok(slots::opened_at(&engine.store).await?.unwrap_or(now))
}

/// The issues that a slot may get, and the slugs that were sent already. Also the folder, whose
/// findings the caller may want to show.
///
/// # Errors
/// If the folder or the store cannot be read.
pub async fn candidates(
    engine: &Engine,
) -> Result<(Vec<Candidate>, BTreeSet<String>, Folder), EditionError> {
    let folder = super::folder(engine).await?;
    let candidates = folder
        .issues
        .iter()
        .filter(|issue| issue.status == Status::Ready)
        .filter(|issue| engine.sends_samples || !issue.comparison.sample)
        .map(|issue| Candidate {
            slug: issue.slug.clone(),
            send_on: issue.send_on,
            added: issue.added,
        })
        .collect();
    let sent = editions::all(&engine.store)
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
pub async fn decide(engine: &Engine, slot: &Slot) -> Result<Decided, EditionError> {
    let now = time::now(engine).await?;
    if local_time::frozen_at(engine, slot) > now {
        return Ok(Decided::NotYet);
    }
    if reach(engine, slot).await? {
        return Ok(Decided::Ahead);
    }
    if now - slot.at > engine.config.schedule.max_delay {
        let missed = missed::from(engine, slot, now).await?;
        return Ok(record_missed(engine, missed, now).await?);
    }
    let (candidates, used, folder) = candidates(engine).await?;
    let mut alerts = left_out(engine, slot, &candidates, &used, &folder).await?;
    let picked = pick::pick(slot, &candidates, &used).candidate();
    let issue = picked.and_then(|picked| folder.issues.iter().find(|i| i.slug == picked.slug));
    let Some(issue) = issue else {
        for sample in folder.issues.iter().filter(|i| i.comparison.sample) {
            tracing::warn!(
                slug = sample.slug,
                "a sample is sent by `verdict demo` alone"
            );
        }
        alerts.push(notice::nothing_to_send(here(engine, slot.at)));
        return Ok(record_empty(engine, slot, &alerts, now).await?);
    };
    if !list::is_any_confirmed(&engine.store).await? {
        // The issue is kept for a slot that has readers.
        alerts.push(notice::nobody_to_send_to(
            &issue.slug,
            here(engine, slot.at),
        ));
        return Ok(record_empty(engine, slot, &alerts, now).await?);
    }
    let (comparison, frozen) = freeze(engine, issue, Some(slot)).await?;
    let at = enrolled_at(engine, now);
    let mut tx = engine.store.begin().await?;
    if !record(&mut tx, slot, &Decision::Sent(issue.slug.clone()), now).await? {
        return Ok(Decided::Elsewhere);
    }
    let enrolled = insert(engine, &mut tx, &comparison, &frozen, Some(slot), at).await?;
    let Some(enrolled) = enrolled else {
        // An editor sent the issue by hand in this very moment; the slot is decided next time.
        return Ok(Decided::Elsewhere);
    };
    queue(engine, &mut tx, &alerts).await?;
    tx.commit().await?;
    let edition = editions::find(&engine.store, &issue.slug).await?;
    Ok(edition.map_or(Decided::Elsewhere, |edition| {
        Decided::Sent(Box::new(Opened {
            edition,
            enrolled: Some(enrolled),
        }))
    }))
}

/// True if the slot's issue went out before its time.
async fn reach(engine: &Engine, slot: &Slot) -> Result<bool, StoreError> {
    let at = slot.at.timestamp_millis();
    if slots::first_ahead(&engine.store, at).await? != Some(at) {
        return Ok(false);
    }
    let mut tx = engine.store.begin().await?;
    let reached = slots::reach(&mut tx, at).await?;
    tx.commit().await?;
    Ok(reached)
}

async fn record_missed(
    engine: &Engine,
    missed: Missed,
    now: DateTime<Utc>,
) -> Result<Decided, StoreError> {
    let mut tx = engine.store.begin().await?;
    // The first has a row so that of two nodes only one tells; the last so that the next one follows it.
    let mut decided = record(&mut tx, &missed.first, &Decision::Missed, now).await?;
    if decided && missed.last != missed.first {
        decided = record(&mut tx, &missed.last, &Decision::Missed, now).await?;
    }
    if !decided {
        return Ok(Decided::Elsewhere);
    }
    engine.alert(&mut tx, &missed.alert(engine)).await?;
    tx.commit().await?;
    Ok(Decided::Missed(missed))
}

async fn record_empty(
    engine: &Engine,
    slot: &Slot,
    alerts: &[Notice],
    now: DateTime<Utc>,
) -> Result<Decided, StoreError> {
    let mut tx = engine.store.begin().await?;
    if !record(&mut tx, slot, &Decision::Empty, now).await? {
        return Ok(Decided::Elsewhere);
    }
    queue(engine, &mut tx, alerts).await?;
    tx.commit().await?;
    Ok(Decided::Empty)
}

async fn queue(engine: &Engine, tx: &mut Tx, alerts: &[Notice]) -> Result<(), StoreError> {
    for alert in alerts {
        engine.alert(tx, alert).await?;
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
    engine: &Engine,
    slot: &Slot,
    candidates: &[Candidate],
    used: &BTreeSet<String>,
    folder: &Folder,
) -> Result<Vec<Notice>, StoreError> {
    let mut alerts = Vec::new();
    for failed in folder.failed.iter().filter(|failed| !failed.draft) {
        // What was sent may stop checking with a new release: nobody waits for it.
        let edition = editions::find(&engine.store, &failed.slug).await?;
        if edition.is_some_and(|edition| edition.kind == EditionKind::Issue) {
            continue;
        }
        if let Err(error) = checked_issue(engine, &failed.slug).await {
            alerts.push(notice::issue_has_findings(&failed.slug, &error.to_string()));
        }
    }
    for candidate in pick::overdue(slot, candidates, used) {
        if let Some(date) = candidate.send_on {
            alerts.push(notice::overdue(&candidate.slug, date));
        }
    }
    Ok(alerts)
}

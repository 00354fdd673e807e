//! Deciding a slot of the schedule: once, by whichever node comes first.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::{EditionError, Opened, freeze, insert};
use crate::engine::Engine;
use crate::issue::{self, Folder, Status};
use crate::pick::{self, Candidate};
use crate::schedule::{Schedule, Slot};
use crate::store::slots::{self, Decision};
use crate::store::{StoreError, editions};

/// What became of a slot.
#[derive(Debug)]
pub enum Decided {
    /// Its issue was frozen and everybody was enrolled.
    Sent(Box<Opened>),
    /// It came too late: by this much, more than `max_delay`.
    Missed(TimeDelta),
    /// No issue was ready.
    Empty,
    /// Another node decided it.
    Elsewhere,
}

/// The first slot that was not decided yet. A newsletter owes nobody the slots before its first
/// start; that instant is remembered here.
///
/// # Errors
/// If the store refuses.
pub async fn next_slot(engine: &Engine) -> Result<Option<Slot>, StoreError> {
    let after = match slots::latest(&engine.store).await? {
        Some(latest) => latest,
        None => opened_at(engine).await?,
    };
    let after = DateTime::from_timestamp_millis(after).unwrap_or(DateTime::<Utc>::MIN_UTC);
    Ok(schedule(engine).next_after(after))
}

async fn opened_at(engine: &Engine) -> Result<i64, StoreError> {
    if let Some(opened_at) = slots::opened_at(&engine.store).await? {
        return Ok(opened_at);
    }
    let now = engine.clock.now_millis();
    let mut tx = engine.store.begin().await?;
    slots::open_at(&mut tx, now).await?;
    tx.commit().await?;
    Ok(slots::opened_at(&engine.store).await?.unwrap_or(now))
}

/// The configured schedule.
fn schedule(engine: &Engine) -> Schedule {
    let config = &engine.config.schedule;
    Schedule::new(config.cron.clone(), config.time_zone)
}

/// The issues that a slot may get, and the slugs that were sent already. Also the folder, whose
/// findings the caller may want to show.
///
/// # Errors
/// If the folder or the store cannot be read.
pub async fn candidates(
    engine: &Engine,
) -> Result<(Vec<Candidate>, BTreeSet<String>, Folder), EditionError> {
    let dir = engine.issues_dir();
    let folder =
        issue::load_folder(&dir, &engine.rules()).map_err(|cause| EditionError::Folder {
            path: dir.display().to_string(),
            cause,
        })?;
    let candidates = folder
        .issues
        .iter()
        .filter(|issue| issue.status == Status::Ready)
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

/// Decides a slot whose time has come. Decision, edition and deliveries are one transaction.
///
/// # Errors
/// [`EditionError`]; the slot is undecided then.
pub async fn decide(engine: &Engine, slot: &Slot) -> Result<Decided, EditionError> {
    let late = engine.clock.now() - slot.at;
    if late > engine.config.schedule.max_delay {
        let decided = record(engine, slot, &Decision::Missed).await?;
        return Ok(if decided {
            Decided::Missed(late)
        } else {
            Decided::Elsewhere
        });
    }
    let (candidates, used, folder) = candidates(engine).await?;
    let picked = pick::pick(slot, &candidates, &used).candidate();
    let issue = picked.and_then(|picked| folder.issues.iter().find(|i| i.slug == picked.slug));
    let Some(issue) = issue else {
        let decided = record(engine, slot, &Decision::Empty).await?;
        return Ok(if decided {
            Decided::Empty
        } else {
            Decided::Elsewhere
        });
    };
    let (comparison, frozen) = freeze(engine, issue, Some(slot)).await?;
    let mut tx = engine.store.begin().await?;
    let now = engine.clock.now_millis();
    let at = slot.at.timestamp_millis();
    if !slots::decide(&mut tx, at, &Decision::Sent(issue.slug.clone()), now).await? {
        return Ok(Decided::Elsewhere);
    }
    let Some(enrolled) = insert(engine, &mut tx, &comparison, &frozen, Some(slot)).await? else {
        // An editor sent the issue by hand in this very moment; the slot is decided next time.
        return Ok(Decided::Elsewhere);
    };
    tx.commit().await?;
    let edition = editions::find(&engine.store, &issue.slug).await?;
    Ok(edition.map_or(Decided::Elsewhere, |edition| {
        Decided::Sent(Box::new(Opened {
            edition,
            enrolled: Some(enrolled),
        }))
    }))
}

async fn record(engine: &Engine, slot: &Slot, decision: &Decision) -> Result<bool, StoreError> {
    let mut tx = engine.store.begin().await?;
    let now = engine.clock.now_millis();
    let first = slots::decide(&mut tx, slot.at.timestamp_millis(), decision, now).await?;
    tx.commit().await?;
    Ok(first)
}

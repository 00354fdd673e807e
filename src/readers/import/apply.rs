//! Writes an import, and undoes one.

use std::collections::BTreeMap;
use std::mem;

use subscribers::address::Address;
use subscribers::consent::{Consent, ConsentSource};
use subscribers::departure::Departure;

use super::ImportError;
use super::batches::{Batch, Batches};
use super::counts::Counts;
use super::outcome::{BATCH, Outcome, outcomes};
use super::people::Person;
use super::plan::Plan;
use crate::app::App;
use crate::store::consent_changes::Cause;
use crate::store::journal::{Entry, Event};
use crate::store::subscribers as list;
use crate::store::{StoreError, Tx, deliveries, imports, outbox, suppressions};

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Its number, to undo it; `None` if it changed nothing.
    pub import: Option<i64>,
    /// How many people it put on the list.
    pub added: i64,
    /// How many pending readers get a link to confirm.
    pub asked: u64,
}

/// How long after an import the next confirmation mail goes out, in milliseconds.
fn wait(an_hour: u32, asked: u64) -> i64 {
    let after = asked.saturating_mul(3_600_000) / u64::from(an_hour.max(1));
    i64::try_from(after).unwrap_or(i64::MAX / 2)
}

/// How many people undoing an import changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Off the list again.
    pub removed: u64,
    /// Back to their consent from before.
    pub restored: u64,
    /// Not changed, because something has happened to them since.
    pub left_alone: u64,
}

/// Writes an import in batches, which takes the people out of the plan, and sets the plan's counts to what it did. If
/// it is interrupted, run it again: doing it twice changes nothing. With `ask`, each new pending reader gets one mail
/// with a link to confirm, at that rate an hour. `progress` receives the number of people, and how many are done.
///
/// # Errors
/// If the store fails, or a departure cannot be written to the journal. What was written before stays.
pub async fn apply(
    app: &App,
    plan: &mut Plan,
    ask: Option<u32>,
    progress: impl Fn(u64, u64),
) -> Result<Applied, ImportError> {
    let mut applied = Applied::default();
    let mut counts = Counts::of(&plan.reading);
    let mut done = 0;
    let total = plan.people.len() as u64;
    let mut batches = Batches::of(app, mem::take(&mut plan.people));
    while let Some(batch) = batches.next().await? {
        let mut written = write(app, plan, &batch, ask, applied, false).await;
        if written.is_err() {
            // A reader may meanwhile have signed up with an address of this batch, or moved to it.
            written = write(app, plan, &batch, ask, applied, true).await;
        }
        let written = written?;
        app.journal.append(written.departures).await?;
        applied = written.applied;
        for (person, outcome) in batch.people.iter().zip(written.outcomes) {
            counts.add(person, outcome);
        }
        done += batch.people.len() as u64;
        batch.drop_beside();
        progress(total, done);
    }
    plan.counts = counts;
    Ok(applied)
}

/// A batch that was written.
struct Written {
    outcomes: Vec<Outcome>,
    /// What the import has done so far. It gets a number with its first change.
    applied: Applied,
    /// For the journal.
    departures: Vec<Entry>,
}

/// Writes a batch in one transaction. Skips the lookup while the list has only people whom this import added, unless
/// `look_up` is set.
async fn write(
    app: &App,
    plan: &Plan,
    batch: &Batch,
    ask: Option<u32>,
    mut applied: Applied,
    look_up: bool,
) -> Result<Written, StoreError> {
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    let none_is_listed = !look_up && list::count_ever(&mut tx).await? == applied.added;
    let outcomes = outcomes(app, &mut tx, &batch.people, &batch.keys, none_is_listed).await?;
    let (mut new, mut leaving, mut kept_off) = (Vec::new(), Vec::new(), Vec::new());
    let people = batch.people.iter().zip(&batch.rows);
    for ((person, row), outcome) in people.zip(&outcomes) {
        match *outcome {
            Outcome::New(_) => new.push((row, source(plan, person))),
            Outcome::Leaves(id, to) => leaving.push((person, id, to, source(plan, person))),
            Outcome::KeptOff(departure) => kept_off.push((person, departure)),
            Outcome::Known(_) | Outcome::Stays => {}
        }
    }
    let mut departures = Vec::new();
    if new.is_empty() && leaving.is_empty() && kept_off.is_empty() {
        tx.commit().await?;
        return Ok(Written {
            outcomes,
            applied,
            departures,
        });
    }
    let import = match applied.import {
        Some(import) => import,
        None => imports::begin(&mut tx, &plan.source(), now).await?,
    };
    applied.import = Some(import);
    let cause = |source| Cause {
        reason: source,
        import: Some(import),
        ..Cause::by(ConsentSource::Import)
    };
    let new: Vec<_> = new
        .iter()
        .map(|(row, source)| (*row, cause(source.as_deref())))
        .collect();
    let ids = list::insert_rows(&mut tx, &new, now).await?;
    applied.added += ids.end - ids.start;
    if let Some(an_hour) = ask {
        let mut due = Vec::new();
        for (id, (row, _)) in ids.zip(&new) {
            if row.consent == Consent::Pending {
                due.push((id, now + wait(an_hour, applied.asked)));
                applied.asked += 1;
            }
        }
        outbox::ask(&mut tx, &due, now).await?;
    }
    let changes: Vec<_> = leaving
        .iter()
        .map(|(_, id, to, source)| (*id, *to, cause(source.as_deref())))
        .collect();
    list::set_consent(&mut tx, &changes, now).await?;
    take_off(&mut tx, &changes, now).await?;
    for (person, id, to, _) in &leaving {
        let left = Departure::of(*to).map(Event::Left);
        departures.extend(left.map(|left| app.entry(now, left, *id, &person.key())));
    }
    for (person, departure) in kept_off {
        let entry = app.entry(now, Event::Left(departure), 0, &person.key());
        suppressions::add(&mut tx, &entry.hash, departure, now).await?;
        departures.push(entry);
    }
    tx.commit().await?;
    Ok(Written {
        outcomes,
        applied,
        departures,
    })
}

/// Ends the waiting mail and open links of readers who leave.
async fn take_off(
    tx: &mut Tx,
    changes: &[(i64, Consent, Cause<'_>)],
    now: i64,
) -> Result<(), StoreError> {
    let mut by_consent: BTreeMap<Consent, Vec<i64>> = BTreeMap::new();
    for (id, consent, _) in changes {
        by_consent.entry(*consent).or_default().push(*id);
    }
    for (consent, ids) in by_consent {
        deliveries::skip_waiting(tx, &ids, consent.into_str(), now).await?;
        list::end_open(tx, &ids, now).await?;
    }
    Ok(())
}

/// "Mailchimp, unsubscribed_list.csv: 2024-03-01 10:00: too many emails"; `None` if it would only repeat what the
/// import itself records: the system and the only file.
fn source(plan: &Plan, person: &Person) -> Option<String> {
    let origin = || plan.origin(person.file);
    match person.evidence() {
        Some(evidence) => Some(format!("{}: {evidence}", origin())),
        None => (plan.reading.files.len() > 1).then(origin),
    }
}

/// Undoes an import for everyone to whom nothing has happened since: removes the people it added, and restores the
/// consent of those it took off the list.
pub async fn undo(app: &App, import: i64) -> Result<Undone, ImportError> {
    if !imports::is_in_force(&app.store, import).await? {
        return Err(ImportError::NoSuchImport(import));
    }
    let now = app.clock.now_millis();
    let (mut undone, mut after) = (Undone::default(), 0);
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
    loop {
        let mut tx = app.store.begin().await?;
        let touched = imports::touched(&mut tx, import, after, limit).await?;
        let Some(last) = touched.last() else {
            imports::end(&mut tx, import, now).await?;
            tx.commit().await?;
            return Ok(undone);
        };
        after = last.change;
        let (mut remove, mut entries) = (Vec::new(), Vec::new());
        for one in &touched {
            match one.before {
                _ if one.has_acted => undone.left_alone += 1,
                None => remove.push(one.subscriber),
                Some(before) => {
                    let held = list::hold(&mut tx, &[one.subscriber]).await?;
                    let reason = format!("import {import} was undone");
                    let cause = Cause {
                        reason: Some(&reason),
                        ..Cause::by(ConsentSource::Import)
                    };
                    list::set_consent(&mut tx, &[(one.subscriber, before, cause)], now).await?;
                    undone.restored += 1;
                    let held = held.get(&one.subscriber);
                    let address = held.and_then(|held| held.address.as_ref());
                    let event = Departure::of(before).map_or(Event::Returned, Event::Left);
                    let entry =
                        |address: &Address| app.entry(now, event, one.subscriber, address.key());
                    entries.extend(address.map(entry));
                }
            }
        }
        list::forget(&mut tx, &remove).await?;
        undone.removed += remove.len() as u64;
        tx.commit().await?;
        app.journal.append(entries).await?;
    }
}

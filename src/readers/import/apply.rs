//! Writing an import, and taking one back.

use std::collections::BTreeMap;

use subscribers::AddressKey;
use subscribers::consent::{Consent, Way};
use subscribers::departure::Departure;

use super::ImportError;
use super::people::Person;
use super::plan::{BATCH, Outcome, Plan, outcomes};
use crate::engine::Engine;
use crate::store::consent_changes::Cause;
use crate::store::imports::{self, Newcomer};
use crate::store::journal::Event;
use crate::store::{StoreError, Tx, deliveries, outbox, subscribers as list, suppressions};

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The number by which it can be undone; `None` if it changed nothing.
    pub import: Option<i64>,
    /// How many pending readers are mailed a link to confirm.
    pub asked: u64,
}

/// How confirmation mails are spread.
struct Asking {
    an_hour: u32,
    asked: u64,
}

impl Asking {
    /// How long after the import the next one goes out, in milliseconds.
    fn next(&mut self) -> i64 {
        let after = self.asked.saturating_mul(3_600_000) / u64::from(self.an_hour.max(1));
        self.asked += 1;
        i64::try_from(after).unwrap_or(i64::MAX / 2)
    }
}

/// What undoing an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// How many people are off the list again.
    pub removed: u64,
    /// How many are again what they were before.
    pub restored: u64,
    /// How many were left alone, because something happened to them since.
    pub left_alone: u64,
}

/// Writes an import, a batch at a time. One that is cut off is simply run again: doing it twice changes nothing.
/// With `ask`, each new pending reader is mailed a link to confirm, once, and so many of them an hour.
/// `progress` is told how many people there are, and how many are done.
///
/// # Errors
/// If the store refuses, or a departure cannot be written to the journal: what was written stays.
pub async fn apply(
    engine: &Engine,
    plan: &Plan,
    ask: Option<u32>,
    progress: impl Fn(u64, u64),
) -> Result<Applied, ImportError> {
    let mut applied = Applied::default();
    let mut asking = ask.map(|an_hour| Asking { an_hour, asked: 0 });
    let mut done = 0;
    for batch in plan.people.chunks(BATCH) {
        let import = write(engine, plan, batch, applied.import, asking.as_mut()).await?;
        applied.import = applied.import.or(import);
        applied.asked = asking.as_ref().map_or(0, |asking| asking.asked);
        done += batch.len() as u64;
        progress(plan.people.len() as u64, done);
    }
    Ok(applied)
}

/// Writes a batch in one transaction; returns the number of the import, which begins with its first change.
async fn write(
    engine: &Engine,
    plan: &Plan,
    batch: &[Person],
    import: Option<i64>,
    asking: Option<&mut Asking>,
) -> Result<Option<i64>, StoreError> {
    let now = engine.clock.now_millis();
    let mut tx = engine.store.begin().await?;
    let outcomes = outcomes(engine, &mut tx, batch).await?;
    let (mut new, mut leaving, mut kept_off) = (Vec::new(), Vec::new(), Vec::new());
    for (person, outcome) in batch.iter().zip(outcomes) {
        match outcome {
            Outcome::New(consent) => new.push(newcomer(engine, plan, person, consent, now)),
            Outcome::Leaves(id, to) => leaving.push((id, to, source(plan, person), person)),
            Outcome::KeptOff(departure) => kept_off.push((person, departure)),
            Outcome::Known(_) | Outcome::Stays => {}
        }
    }
    if new.is_empty() && leaving.is_empty() && kept_off.is_empty() {
        tx.commit().await?;
        return Ok(None);
    }
    let import = match import {
        Some(import) => import,
        None => imports::begin(&mut tx, &plan.source(), now).await?,
    };
    if !new.is_empty() {
        let first = imports::insert(&mut tx, import, &new, now).await?;
        if let Some(asking) = asking {
            let pending = new
                .iter()
                .zip(first..)
                .filter(|(new, _)| new.consent == Consent::Pending);
            let due: Vec<(i64, i64)> = pending.map(|(_, id)| (id, now + asking.next())).collect();
            outbox::ask(&mut tx, &due, now).await?;
        }
    }
    let changes: Vec<(i64, Consent, Option<&str>)> = leaving
        .iter()
        .map(|(id, to, source, _)| (*id, *to, source.as_deref()))
        .collect();
    imports::set_consent(&mut tx, import, &changes, now).await?;
    take_off(&mut tx, &changes, now).await?;
    for (person, departure) in kept_off {
        suppressions::add(&mut tx, &engine.hash_of(person.key()), departure, now).await?;
    }
    tx.commit().await?;
    let entries = leaving.iter().filter_map(|(id, to, _, person)| {
        let departure = Departure::of(*to)?;
        Some(engine.entry(now, Event::Left(departure), *id, person.key()))
    });
    engine.journal.append(entries.collect()).await?;
    Ok(Some(import))
}

/// Ends what is open of those who leave.
async fn take_off(
    tx: &mut Tx,
    changes: &[(i64, Consent, Option<&str>)],
    now: i64,
) -> Result<(), StoreError> {
    let mut by_consent: BTreeMap<Consent, Vec<i64>> = BTreeMap::new();
    for (id, consent, _) in changes {
        by_consent.entry(*consent).or_default().push(*id);
    }
    for (consent, ids) in by_consent {
        deliveries::skip_waiting(tx, &ids, consent.key(), now).await?;
        list::end_open(tx, &ids, now).await?;
    }
    Ok(())
}

fn newcomer<'a>(
    engine: &Engine,
    plan: &Plan,
    person: &'a Person,
    consent: Consent,
    now: i64,
) -> Newcomer<'a> {
    Newcomer {
        address: person.email(),
        address_key: person.key(),
        address_tag: engine.tag_of(&AddressKey::stored(person.key())),
        name: person.name(),
        time_zone: person.time_zone(),
        language: person.language(),
        frequency: person.frequency,
        paused_until: person.paused_until,
        consent,
        created_at: person.created_at.filter(|at| *at <= now).unwrap_or(now),
        source: source(plan, person),
    }
}

/// "Mailchimp, unsubscribed_list.csv: 2024-03-01 10:00: too many emails"; `None` for what the import itself says,
/// the system and the only file.
fn source(plan: &Plan, person: &Person) -> Option<String> {
    let is_only_file = plan.reading.files.len() == 1;
    match person.evidence() {
        None if is_only_file => None,
        None => Some(plan.origin(person.file)),
        Some(evidence) => Some(format!("{}: {evidence}", plan.origin(person.file))),
    }
}

/// Undoes an import where nothing happened since: removes the people it added, and restores the consent of those it
/// took off the list.
///
/// # Errors
/// [`ImportError::NoSuchImport`]; or if the store refuses.
pub async fn undo(engine: &Engine, import: i64) -> Result<Undone, ImportError> {
    if !imports::is_in_force(&engine.store, import).await? {
        return Err(ImportError::NoSuchImport(import));
    }
    let now = engine.clock.now_millis();
    let (mut undone, mut after) = (Undone::default(), 0);
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
    loop {
        let mut tx = engine.store.begin().await?;
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
                        ..Cause::by(Way::Import)
                    };
                    list::set_consent(&mut tx, &[one.subscriber], before, cause, now).await?;
                    undone.restored += 1;
                    let key = held
                        .get(&one.subscriber)
                        .and_then(|held| held.address_key.as_deref());
                    let event = Departure::of(before).map_or(Event::Returned, Event::Left);
                    entries.extend(key.map(|key| engine.entry(now, event, one.subscriber, key)));
                }
            }
        }
        list::forget(&mut tx, &remove).await?;
        undone.removed += remove.len() as u64;
        tx.commit().await?;
        engine.journal.append(entries).await?;
    }
}

//! Decides each slot of the schedule once, on the node that comes first, by the database's clock.

use std::collections::BTreeSet;
use std::future::ready;

use chrono::{DateTime, Utc};
use templates::alert::{self, Alert, Lack, Unapproved};

use super::missed::{self, Missed, here};
use super::{
    CLOCK_TOLERANCE, EditionError, Opened, approval, checked_issue, decidable_until, enrolled_at,
    freeze, insert, local_time, time,
};
use crate::app::App;
use crate::clock::instant;
use crate::findings::Finding;
use crate::issue::{Folder, Issue, Status};
use crate::schedule::Slot;
use crate::schedule::pick::{self, Candidate};
use crate::store::editions::EditionKind;
use crate::store::slots::{self, Ahead, Decision};
use crate::store::{StoreError, Tx, editions, subscribers as list};

#[derive(Debug)]
pub enum Decided {
    /// Its issue is frozen, and its readers are enrolled.
    Sent(Box<Opened>),
    /// It is later than `max_delay` allows, and maybe slots after it.
    Missed(Missed),
    /// No issue was ready, or no reader has confirmed.
    Empty,
    /// A node whose clock was ahead has already sent its issue.
    Ahead,
    /// Another node decided it.
    Elsewhere,
    /// Its time has not come by the database's clock.
    NotYet,
    /// It may not go out now. It stays undecided.
    Held,
}

/// The first undecided slot. Slots before the first start do not count; this function records when that
/// was. It first takes back what a node decided whose clock was ahead.
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
        let [first, last] = [first, last].map(|slot| here(app, instant(slot)));
        let alert = alert::clock_was_ahead(app.locale(), first, last);
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

/// What a slot can choose from.
#[derive(Debug)]
pub struct Candidates {
    /// The issues that a slot may get.
    pub ready: Vec<Candidate>,
    /// Those that it could get but for an approval.
    pub unapproved: Vec<(Candidate, Unapproved)>,
    /// The slugs already sent.
    pub used: BTreeSet<String>,
    /// For its findings.
    pub folder: Folder,
}

impl Candidates {
    /// Ready issues, approved or not.
    pub fn all(&self) -> Vec<Candidate> {
        let unapproved = self.unapproved.iter().map(|(one, _)| one);
        self.ready.iter().chain(unapproved).cloned().collect()
    }

    /// What a slot lacks that this issue is next for: the issue itself if there is none, its approval, and a second
    /// look if it has warnings.
    pub fn lacks(&self, next: Option<&Candidate>) -> Vec<Lack> {
        let Some(next) = next else {
            return vec![Lack::Issue];
        };
        let slug = &next.slug;
        let approval = self.unapproved.iter().find(|(one, _)| one == next);
        let approval = approval.map(|(_, why)| Lack::Approval(slug.clone(), why.clone()));
        let issue = self.folder.issues.iter().find(|one| one.slug == *slug);
        let path = issue.map(|issue| issue.path.to_string_lossy());
        let is_of_it = |finding: &&Finding| path.as_deref() == Some(&*finding.path);
        let warnings = self.folder.findings.iter().filter(is_of_it).count();
        let warnings = (warnings > 0).then(|| Lack::Look(slug.clone(), warnings));
        approval.into_iter().chain(warnings).collect()
    }

    /// The issue that would be next, if it only lacks an approval.
    fn held_back(&self, slot: &Slot) -> Option<&(Candidate, Unapproved)> {
        let all = self.all();
        let wanted = pick::pick(slot, &all, &self.used).candidate()?;
        self.unapproved.iter().find(|(one, _)| one == wanted)
    }
}

/// Reads what the coming slots can choose from.
///
/// # Errors
/// If the folder or the store cannot be read.
pub async fn candidates(app: &App) -> Result<Candidates, EditionError> {
    let folder = super::folder(app).await?;
    let used = editions::slugs(&app.store).await?;
    let (mut ready, mut unapproved) = (Vec::new(), Vec::new());
    for (issue, candidate) in candidates_in(&folder, app.sends_samples) {
        let missing = match used.contains(&issue.slug) {
            true => None,
            false => approval::unapproved(app, issue).await?,
        };
        match missing {
            None => ready.push(candidate),
            Some(missing) => unapproved.push((candidate, missing)),
        }
    }
    Ok(Candidates {
        ready,
        unapproved,
        used,
        folder,
    })
}

/// The issues of a folder that a slot may get, if they need no approval or have it.
pub fn candidates_in(
    folder: &Folder,
    sends_samples: bool,
) -> impl Iterator<Item = (&Issue, Candidate)> {
    let issues = folder.issues.iter().filter(move |issue| {
        issue.status == Status::Ready && (sends_samples || !issue.comparison.sample)
    });
    issues.map(|issue| {
        let candidate = Candidate {
            slug: issue.slug.clone(),
            send_on: issue.send_on,
            added: issue.added,
        };
        (issue, candidate)
    })
}

/// Decides a slot that is due, whatever a check would find. See [`decide_if`].
///
/// # Errors
/// On an [`EditionError`], the slot stays undecided.
pub async fn decide(app: &App, slot: &Slot) -> Result<Decided, EditionError> {
    decide_if(app, slot, ready(true)).await
}

/// Decides a slot that is due. The decision, the edition, its deliveries and the alerts to the editors are
/// one transaction. If there is anything to send, it first waits for `may_go`.
///
/// # Errors
/// On an [`EditionError`], the slot stays undecided.
pub async fn decide_if(
    app: &App,
    slot: &Slot,
    may_go: impl Future<Output = bool>,
) -> Result<Decided, EditionError> {
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
    let candidates = candidates(app).await?;
    let mut alerts = left_out(app, slot, &candidates).await?;
    let Candidates {
        ready,
        used,
        folder,
        ..
    } = &candidates;
    let picked = pick::pick(slot, ready, used).candidate();
    let issue = picked.and_then(|picked| folder.issues.iter().find(|i| i.slug == picked.slug));
    let Some(issue) = issue else {
        for sample in folder.issues.iter().filter(|i| i.comparison.sample) {
            tracing::warn!(slug = sample.slug, "only `verdict demo` sends a sample");
        }
        alerts.push(alert::nothing_to_send(app.locale(), here(app, slot.at)));
        return Ok(record_empty(app, slot, &alerts, now).await?);
    };
    if !list::is_any_confirmed(&app.store).await? {
        // The issue waits for a slot with readers.
        alerts.push(alert::nobody_to_send_to(
            app.locale(),
            &issue.slug,
            here(app, slot.at),
        ));
        return Ok(record_empty(app, slot, &alerts, now).await?);
    }
    if !may_go.await {
        return Ok(Decided::Held);
    }
    let (comparison, frozen) = freeze(app, issue, Some(slot)).await?;
    let at = enrolled_at(app, now);
    let mut tx = app.store.begin().await?;
    if !record(&mut tx, slot, &Decision::Sent(issue.slug.clone()), now).await? {
        return Ok(Decided::Elsewhere);
    }
    let enrolled = insert(app, &mut tx, issue, (&comparison, &frozen), Some(slot), at).await?;
    let Some(enrolled) = enrolled else {
        // An editor has just sent the issue by hand. The slot is decided next time.
        return Ok(Decided::Elsewhere);
    };
    queue(app, &mut tx, &alerts).await?;
    tx.commit().await?;
    let Some(edition) = editions::find(&app.store, &issue.slug).await? else {
        return Ok(Decided::Elsewhere);
    };
    let enrolled = Some(enrolled);
    Ok(Decided::Sent(Box::new(Opened { edition, enrolled })))
}

/// True if the slot's issue has already gone out, ahead of its time.
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
    // The row of the first slot lets only one node send the alert. The row of the last one lets the next slot follow it.
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

/// Alerts about the issues that a slot leaves out, even if another one goes out: those with errors, except
/// drafts, the one that would be next but is not approved, and those whose date has passed.
async fn left_out(
    app: &App,
    slot: &Slot,
    candidates: &Candidates,
) -> Result<Vec<Alert>, StoreError> {
    let mut alerts = Vec::new();
    for failed in candidates
        .folder
        .failed
        .iter()
        .filter(|failed| !failed.draft)
    {
        // A new release may find errors in an issue that was sent, which no longer matter.
        let edition = editions::find(&app.store, &failed.slug).await?;
        if edition.is_some_and(|edition| edition.kind == EditionKind::Issue) {
            continue;
        }
        if let Err(error) = checked_issue(app, &failed.slug).await {
            alerts.push(alert::issue_has_findings(
                app.locale(),
                &failed.slug,
                &error.to_string(),
            ));
        }
    }
    if let Some((held_back, why)) = candidates.held_back(slot) {
        let slot = here(app, slot.at);
        alerts.push(alert::not_approved(
            app.locale(),
            &held_back.slug,
            slot,
            why,
        ));
    }
    for candidate in pick::overdue(slot, &candidates.all(), &candidates.used) {
        if let Some(date) = candidate.send_on {
            alerts.push(alert::overdue(app.locale(), &candidate.slug, date));
        }
    }
    Ok(alerts)
}

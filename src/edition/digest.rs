//! The monthly digest: with the first slot of a month, readers who want one mail a month get the verdicts of the
//! previous month. If that slot is missed, the digest goes out with the next one of the month. Each month is
//! decided once.

use std::future::ready;

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use templates::alert::{self, Alert};
use templates::mail::digest::{Digest, DigestEntry};

use super::missed::here;
use super::{CLOCK_TOLERANCE, EditionError, count_votes, enrolled_at, free_slug, next_slot, time};
use crate::app::App;
use crate::edition::render::{self, Dated};
use crate::schedule::Slot;
use crate::store::archive::{self, Filter};
use crate::store::digests::{self, DigestDecision};
use crate::store::editions::{self, Edition, EditionKind, NewEdition};
use crate::store::{StoreError, deliveries, slots};

/// More comparisons than a month can have.
const MOST: i64 = 200;
/// How far back a lost digest is reported.
const MONTHS_BACK: u32 = 12;
/// Decides the digests that are due: freezes one and enrols its readers, with the month's first slot that is not
/// missed. Returns its slug and its number of readers; `None` if there is nothing to freeze, or if another node
/// was first. If a digest is late, or lost because its month has no slot left, the same transaction alerts the
/// editors. See [`freeze_digest_if`].
///
/// # Errors
/// On an [`EditionError`], nothing is decided.
pub async fn freeze_digest(app: &App) -> Result<Option<(String, u64)>, EditionError> {
    freeze_digest_if(app, |_| ready(true)).await
}

/// As [`freeze_digest`], but a digest that could go out with a slot now first waits for `may_go`, and stays undecided
/// if that is false.
///
/// # Errors
/// On an [`EditionError`], nothing is decided.
pub async fn freeze_digest_if<F: Future<Output = bool>>(
    app: &App,
    may_go: impl Fn(Slot) -> F,
) -> Result<Option<(String, u64)>, EditionError> {
    let now = time::now(app).await?;
    take_back(app, now).await?;
    let today = here(app, now).date_naive();
    let last_month = months_before(first_day(today), 1);
    let decided = digests::latest(&app.store, &name(last_month)).await?;
    let decided = decided.and_then(|month| format!("{month}-01").parse::<NaiveDate>().ok());
    let is_first_look = decided.is_none();
    let mut month = match decided {
        Some(decided) => month_after(decided).max(months_before(last_month, MONTHS_BACK)),
        None => last_month,
    };
    while month <= last_month {
        let due = Due::at(app, month, now);
        if is_first_look && !is_owed(app, &due).await? {
            record(app, month, DigestDecision::Unneeded, None, now).await?;
        } else if due.time != Time::ToCome {
            let frozen = settle(app, month, &due, now, &may_go).await?;
            if frozen.is_some() {
                return Ok(frozen);
            }
        }
        if is_first_look {
            // From now on, a month without a row was left undecided.
            let before = months_before(month, 1);
            record(app, before, DigestDecision::Unneeded, None, now).await?;
        }
        month = month_after(month);
    }
    Ok(None)
}

/// When a digest goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Due {
    /// The first slot of the month after the digest's, if there is one.
    first: Option<Slot>,
    time: Time,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Time {
    /// With a later slot.
    ToCome,
    /// Now, with this slot.
    Now(Slot),
    /// No slot of the month is left.
    Over,
}

impl Due {
    fn at(app: &App, month: NaiveDate, now: DateTime<Utc>) -> Self {
        let schedule = time::schedule(app);
        let max_delay = app.config.schedule.max_delay;
        let month = month_after(month);
        let is_in_month = |slot: &Slot| first_day(slot.wall.date()) == month;
        // Start a day earlier, because a month begins at another time in another zone. The slot's own date decides.
        let eve = month.checked_sub_days(Days::new(1)).unwrap_or(month);
        let first = schedule
            .slots_after(eve.and_time(NaiveTime::MIN).and_utc())
            .find(|slot| slot.wall.date() >= month)
            .filter(is_in_month);
        // The first slot that is not too late.
        let in_time = now - max_delay - TimeDelta::milliseconds(1);
        let next = first.as_ref().and_then(|first| {
            let from = in_time.max(first.at - TimeDelta::seconds(1));
            schedule.next_after(from).filter(is_in_month)
        });
        let time = match next {
            None => Time::Over,
            Some(slot) if slot.at > now => Time::ToCome,
            Some(slot) => Time::Now(slot),
        };
        Self { first, time }
    }

    /// The first slot, if the digest does not go out with it.
    fn passed(&self) -> Option<&Slot> {
        let first = self.first.as_ref()?;
        match &self.time {
            Time::Now(slot) if slot == first => None,
            _ => Some(first),
        }
    }
}

/// A digest to freeze, and the alert to the editors.
struct Frozen {
    slug: String,
    month: NaiveDate,
    alert: Option<Alert>,
}

/// For the first look after a first start or an upgrade, when no month has a row: a digest is not due if its slot
/// was decided before.
async fn is_owed(app: &App, due: &Due) -> Result<bool, StoreError> {
    let Some(passed) = due.passed() else {
        return Ok(due.first.is_some());
    };
    if slots::is_missed(&app.store, passed.at.timestamp_millis()).await? {
        return Ok(true);
    }
    // The slot may be missed, but not recorded yet.
    let next = next_slot(app).await?;
    Ok(next.is_some_and(|next| next.at <= passed.at))
}

async fn settle<F: Future<Output = bool>>(
    app: &App,
    month: NaiveDate,
    due: &Due,
    now: DateTime<Utc>,
    may_go: impl Fn(Slot) -> F,
) -> Result<Option<(String, u64)>, EditionError> {
    let first = month.format("digest-%Y-%m").to_string();
    let Ok(slug) = free_slug(app, first, EditionKind::Digest).await? else {
        record(app, month, DigestDecision::Sent, None, now).await?;
        return Ok(None);
    };
    let entries = match deliveries::is_digest_wanted(&app.store).await? {
        true => entries_of(app, month).await?,
        false => Vec::new(),
    };
    if entries.is_empty() {
        record(app, month, DigestDecision::Unneeded, None, now).await?;
        return Ok(None);
    }
    let at = |slot: &Slot| here(app, slot.at);
    let Time::Now(slot) = &due.time else {
        let lost = alert::digest_lost(app.locale(), month, due.first.as_ref().map(at));
        record(app, month, DigestDecision::Lost, Some(&lost), now).await?;
        return Ok(None);
    };
    if !may_go(slot.clone()).await {
        return Ok(None);
    }
    let late = |passed| alert::digest_late(app.locale(), month, at(passed), at(slot));
    let alert = due.passed().map(late);
    let frozen = Frozen { slug, month, alert };
    let readers = insert(app, &frozen, entries, now).await?;
    Ok(readers.map(|readers| (frozen.slug, readers)))
}

/// Records that a digest is not frozen; true if this node was first.
async fn record(
    app: &App,
    month: NaiveDate,
    decision: DigestDecision,
    alert: Option<&Alert>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let mut tx = app.store.begin().await?;
    let first = digests::decide(&mut tx, &name(month), decision, now.timestamp_millis()).await?;
    if let Some(alert) = alert.filter(|_| first) {
        app.alert(&mut tx, alert).await?;
    }
    tx.commit().await?;
    Ok(first)
}

/// Takes back what a node decided whose clock was ahead.
async fn take_back(app: &App, now: DateTime<Utc>) -> Result<(), StoreError> {
    let decided_until = (now + CLOCK_TOLERANCE).timestamp_millis();
    if !digests::is_any_ahead(&app.store, decided_until).await? {
        return Ok(());
    }
    let mut tx = app.store.begin().await?;
    digests::take_back(&mut tx, decided_until).await?;
    tx.commit().await
}

fn first_day(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

fn months_before(month: NaiveDate, count: u32) -> NaiveDate {
    let before = month.checked_sub_months(Months::new(count));
    before.unwrap_or(month)
}

fn month_after(month: NaiveDate) -> NaiveDate {
    let after = month.checked_add_months(Months::new(1));
    after.unwrap_or(NaiveDate::MAX)
}

/// A month in the store's form.
fn name(month: NaiveDate) -> String {
    month.format("%Y-%m").to_string()
}

/// The comparisons sent in a month, oldest first.
async fn entries_of(app: &App, month: NaiveDate) -> Result<Vec<DigestEntry>, StoreError> {
    let editions = archive::find(&app.store, &Filter::default(), 0, MOST).await?;
    let mut entries = Vec::new();
    let sent = editions.iter().rev();
    for mut comparison in sent.filter_map(Edition::readable_comparison) {
        if comparison.date.map(first_day) == Some(month) {
            count_votes(app, &mut comparison).await?;
            entries.push(DigestEntry::of(app.locale(), &comparison));
        }
    }
    Ok(entries)
}

async fn insert(
    app: &App,
    digest: &Frozen,
    entries: Vec<DigestEntry>,
    now: DateTime<Utc>,
) -> Result<Option<u64>, EditionError> {
    let month = Digest {
        month: digest.month,
        entries,
    };
    let date = Dated::At(here(app, now));
    let frozen = render::freeze_digest(
        &digest.slug,
        &month,
        &app.newsletter(),
        &super::sender(&app.config),
        date,
    );
    let new = NewEdition {
        kind: EditionKind::Digest,
        slug: &digest.slug,
        sha256: &frozen.sha256,
        subject: &frozen.subject,
        mail: &frozen.mail,
        comparison: &serde_json::to_string(&month)?,
        slot_at: None,
        content_hash: None,
    };
    let at = enrolled_at(app, now);
    let decided_at = now.timestamp_millis();
    let mut tx = app.store.begin().await?;
    let name = name(digest.month);
    if !digests::decide(&mut tx, &name, DigestDecision::Sent, decided_at).await? {
        return Ok(None);
    }
    let Some(edition) = editions::insert(&mut tx, new, at).await? else {
        return Ok(None);
    };
    let readers = deliveries::enrol_digest(&mut tx, edition, at).await?;
    if let Some(alert) = &digest.alert {
        app.alert(&mut tx, alert).await?;
    }
    tx.commit().await?;
    Ok(Some(readers))
}

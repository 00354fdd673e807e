//! The digest: with the first slot of a month, readers who want one mail a month get the verdicts of the month
//! before.

use chrono::{Datelike as _, Days, Months, NaiveDate};
use templates::comparison::Comparison;
use templates::letter::digest::{Digest, DigestEntry};

use super::{EditionError, count_votes};
use crate::engine::Engine;
use crate::render::{self, Dated};
use crate::schedule::{Schedule, Slot};
use crate::store::archive::{self, Filter};
use crate::store::editions::{self, EditionKind, NewEdition};
use crate::store::{StoreError, deliveries};

/// More comparisons than a month has.
const MOST: i64 = 200;

/// Freezes the digest of last month and enrols its readers, if its time has come: from the first slot of a month
/// on, for as long as a slot may be late. Returns its slug and how many readers it has; `None` if there is nothing
/// to do, or another node was first.
///
/// # Errors
/// [`EditionError`]; nothing is written then.
pub async fn freeze_digest(engine: &Engine) -> Result<Option<(String, u64)>, EditionError> {
    let today = engine.today();
    let Some(this_month) = today.with_day(1) else {
        return Ok(None);
    };
    if !is_time(engine, this_month) || !deliveries::is_digest_wanted(&engine.store).await? {
        return Ok(None);
    }
    let last_month = this_month
        .checked_sub_months(Months::new(1))
        .unwrap_or(this_month);
    let slug = last_month.format("digest-%Y-%m").to_string();
    if editions::find(&engine.store, &slug).await?.is_some() {
        return Ok(None);
    }
    let entries = entries_of(engine, last_month).await?;
    if entries.is_empty() {
        return Ok(None);
    }
    let month = Digest {
        month: last_month,
        entries,
    };
    let readers = insert(engine, &slug, &month).await?;
    Ok(readers.map(|readers| (slug, readers)))
}

fn is_time(engine: &Engine, month: NaiveDate) -> bool {
    let config = &engine.config.schedule;
    let now = engine.clock.now();
    let schedule = Schedule::new(config.cron.clone(), config.time_zone);
    // A day more, because a month begins earlier or later elsewhere; the slot's own date decides.
    let eve = month.checked_sub_days(Days::new(1)).unwrap_or(month);
    let eve = eve.and_time(chrono::NaiveTime::MIN).and_utc();
    let first: Option<Slot> = schedule
        .slots_after(eve)
        .take_while(|slot| slot.at <= now)
        .find(|slot| slot.wall.date() >= month);
    first.is_some_and(|slot| now - slot.at <= config.max_delay)
}

/// The comparisons that were sent in a month, the oldest first.
async fn entries_of(engine: &Engine, month: NaiveDate) -> Result<Vec<DigestEntry>, StoreError> {
    let editions = archive::find(&engine.store, &Filter::default(), 0, MOST).await?;
    let mut entries = Vec::new();
    for edition in editions.iter().rev() {
        let Ok(mut comparison) = serde_json::from_str::<Comparison>(&edition.comparison) else {
            continue;
        };
        if comparison
            .date
            .is_some_and(|date| date.with_day(1) == Some(month))
        {
            count_votes(engine, &mut comparison).await?;
            entries.push(DigestEntry::of(&comparison));
        }
    }
    Ok(entries)
}

async fn insert(engine: &Engine, slug: &str, digest: &Digest) -> Result<Option<u64>, EditionError> {
    let now = engine.clock.now();
    let here = now.with_timezone(&engine.config.schedule.time_zone);
    let date = Dated::At(here.fixed_offset());
    let frozen = render::freeze_digest(slug, digest, &engine.newsletter(), &engine.sender(), date);
    let new = NewEdition {
        kind: EditionKind::Digest,
        slug,
        digest: &frozen.digest,
        subject: &frozen.subject,
        mail: &frozen.mail,
        comparison: &serde_json::to_string(digest)?,
        slot_at: None,
    };
    let at = now.timestamp_millis();
    let mut tx = engine.store.begin().await?;
    let Some(edition) = editions::insert(&mut tx, new, at).await? else {
        return Ok(None);
    };
    let readers = deliveries::enrol_digest(&mut tx, edition, at).await?;
    tx.commit().await?;
    Ok(Some(readers))
}

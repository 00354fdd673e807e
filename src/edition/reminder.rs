//! Tells the editors some time before a slot what it lacks.

use chrono::{DateTime, TimeDelta, Utc};
use templates::alert::{self, Lack};

use super::missed::here;
use super::slot::{Candidates, candidates};
use super::{EditionError, local_time, time};
use crate::app::App;
use crate::schedule::Slot;
use crate::schedule::pick;
use crate::store::slots;

/// How many hours before an issue is frozen, the longest first.
const HOURS: [i64; 2] = [48, 12];

/// A slot this close to the one before gets no look: its own alert, if nothing goes out, comes as soon.
const CLOSE: TimeDelta = TimeDelta::hours(1);

/// Looks ahead at the coming slot when it is 48 and 12 hours away: if it lacks anything, the editors get an alert,
/// once from all machines. `now` is by the database's clock. With slots closer together than that, it looks when the
/// one before has passed; with slots an hour apart or less, it does not look. `looked` is what this process has looked
/// at last, so that it does not ask the store again.
///
/// # Errors
/// On an [`EditionError`], this look is still to be taken.
pub async fn remind(
    app: &App,
    slot: &Slot,
    now: DateTime<Utc>,
    looked: &mut Option<(DateTime<Utc>, i64)>,
) -> Result<(), EditionError> {
    let Some(hours) = due(local_time::frozen_at(app, slot) - now) else {
        return Ok(());
    };
    if *looked == Some((slot.at, hours)) {
        return Ok(());
    }
    let before = time::schedule(app).last_before(slot.at);
    if before.is_some_and(|before| slot.at - before.at <= CLOSE) {
        *looked = Some((slot.at, hours));
        return Ok(());
    }
    let lacks = lacks_of(slot, &candidates(app).await?);
    let (at, now) = (slot.at.timestamp_millis(), now.timestamp_millis());
    let mut tx = app.store.begin().await?;
    if slots::remind(&mut tx, at, hours, now).await? && !lacks.is_empty() {
        let alert = alert::slot_lacks(app.locale(), here(app, slot.at), &lacks);
        app.alert(&mut tx, &alert).await?;
    }
    tx.commit().await?;
    *looked = Some((slot.at, hours));
    Ok(())
}

/// Which look is due that long before an issue is frozen.
fn due(left: TimeDelta) -> Option<i64> {
    let is_due = |hours: &i64| left > TimeDelta::zero() && left <= TimeDelta::hours(*hours);
    HOURS.into_iter().rfind(is_due)
}

fn lacks_of(slot: &Slot, candidates: &Candidates) -> Vec<Lack> {
    let all = candidates.all();
    let next = pick::pick(slot, &all, &candidates.used).candidate();
    let mut lacks = candidates.lacks(next);
    let failed = candidates.folder.failed.iter();
    let unsent = failed.filter(|one| !one.draft && !candidates.used.contains(&one.slug));
    lacks.extend(unsent.map(|one| Lack::Correct(one.slug.clone())));
    lacks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_due_48_and_12_hours_ahead() {
        for (minutes, look) in [
            (48 * 60 + 1, None),
            (48 * 60, Some(48)),
            (12 * 60 + 1, Some(48)),
            (12 * 60, Some(12)),
            (1, Some(12)),
            (0, None),
            (-1, None),
        ] {
            assert_eq!(due(TimeDelta::minutes(minutes)), look, "{minutes}");
        }
    }
}

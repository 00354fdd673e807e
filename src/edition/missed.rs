//! Missed slots: all in a row are one decision and one alert.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use templates::alert::{self, Alert, MOST_COUNTED};

use super::time;
use crate::app::App;
use crate::schedule::Slot;
use crate::store::{StoreError, slots};

/// Consecutive slots that were noticed later than `max_delay` allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    pub first: Slot,
    /// May be the same as the first.
    pub last: Slot,
    /// `None` if there are more than [`MOST_COUNTED`].
    pub count: Option<usize>,
    /// How late the last one was noticed.
    pub late: TimeDelta,
}

impl Missed {
    pub(super) fn alert(&self, app: &App) -> Alert {
        let at = |slot: &Slot| here(app, slot.at);
        match self.count {
            Some(1) => alert::slot_missed(app.locale(), at(&self.last), self.late),
            count => alert::slots_missed(app.locale(), count, at(&self.first), at(&self.last)),
        }
    }
}

/// An instant on the newsletter's clock.
pub fn here(app: &App, at: DateTime<Utc>) -> DateTime<FixedOffset> {
    let here = at.with_timezone(&app.config.schedule.time_zone);
    here.fixed_offset()
}

/// The number of slots from the first to the last, both included; `None` if more than [`MOST_COUNTED`].
pub fn count(app: &App, first: DateTime<Utc>, last: DateTime<Utc>) -> Option<usize> {
    let schedule = time::schedule(app);
    let after = schedule.slots_after(first);
    let after = after.take_while(|slot| slot.at <= last);
    let count = 1 + after.take(MOST_COUNTED).count();
    (count <= MOST_COUNTED).then_some(count)
}

/// The missed slots from `first` on, which is too late itself. Looks at a thousand slots at most, however long the
/// schedule stood still.
pub(super) async fn from(
    app: &App,
    first: &Slot,
    now: DateTime<Utc>,
) -> Result<Missed, StoreError> {
    let mut before = now - app.config.schedule.max_delay;
    // A slot whose issue went out ahead of its time is not missed.
    let ahead = slots::first_ahead(&app.store, first.at.timestamp_millis()).await?;
    if let Some(ahead) = ahead.and_then(DateTime::from_timestamp_millis) {
        before = before.min(ahead);
    }
    let last = time::schedule(app)
        .last_before(before)
        .filter(|last| last.at > first.at)
        .unwrap_or_else(|| first.clone());
    Ok(Missed {
        count: count(app, first.at, last.at),
        late: now - last.at,
        first: first.clone(),
        last,
    })
}

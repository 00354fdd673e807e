//! What time it is for the schedule: by the database's clock, which several machines agree on.

use chrono::{DateTime, TimeDelta, Utc};

use super::local_time;
use crate::app::App;
use crate::schedule::Schedule;
use crate::store::{StoreError, slots};

/// How far ahead a clock may have been when it decided a slot, for the decision to stand. A clock that is
/// being set moves by seconds, and nobody is told anew because of that.
pub const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(1);

/// What time it is: by the database's clock. On SQLite that is this machine's own. A clock that a test has
/// set stands for it.
pub async fn now(app: &App) -> Result<DateTime<Utc>, StoreError> {
    if !app.clock.is_system() {
        return Ok(app.clock.now());
    }
    let now = slots::now(&app.store).await?;
    Ok(DateTime::from_timestamp_millis(now).unwrap_or_else(|| app.clock.now()))
}

/// The latest instant whose slot can have been decided at `now`: with `local_time` that happens before it is
/// due.
pub fn decidable_until(app: &App, now: DateTime<Utc>) -> DateTime<Utc> {
    if !app.config.schedule.local_time {
        return now;
    }
    let frozen = schedule(app)
        .slots_after(now)
        .take_while(|slot| local_time::frozen_at(app, slot) <= now)
        .last();
    frozen.map_or(now, |slot| slot.at)
}

/// The configured schedule.
pub fn schedule(app: &App) -> Schedule {
    let config = &app.config.schedule;
    Schedule::new(config.cron.clone(), config.time_zone)
}

//! The schedule's time, by the database's clock, which is the same for all machines.

use chrono::{DateTime, TimeDelta, Utc};

use super::local_time;
use crate::app::App;
use crate::schedule::Schedule;
use crate::store::{StoreError, slots};

/// A decision stands if the clock behind it was at most this far ahead: setting a clock moves it by seconds, which
/// must not send alerts again.
pub const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(1);

/// The time by the database's clock, which is this machine's own on SQLite. A clock that a test has set replaces
/// it.
pub async fn now(app: &App) -> Result<DateTime<Utc>, StoreError> {
    if !app.clock.is_system() {
        return Ok(app.clock.now());
    }
    let now = slots::now(&app.store).await?;
    Ok(DateTime::from_timestamp_millis(now).unwrap_or_else(|| app.clock.now()))
}

/// The latest instant whose slot can be decided at `now`: with `local_time`, a slot is decided before it is due.
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

//! The schedule's time, by the database's clock, which is the same for all machines.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::clock::Clock;
use crate::config;
use crate::schedule::Schedule;
use crate::store::{Store, StoreError, slots};

/// A decision stands if the clock behind it was at most this far ahead: setting a clock moves it by seconds, which
/// must not send alerts again.
pub const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(1);

/// The time by the database's clock, which is this machine's own on SQLite. A clock that a test has set replaces
/// it.
pub async fn now(app: &App) -> Result<DateTime<Utc>, StoreError> {
    now_by(&app.store, &app.clock).await
}

pub(super) async fn now_by(store: &Store, clock: &Clock) -> Result<DateTime<Utc>, StoreError> {
    if !clock.is_system() {
        return Ok(clock.now());
    }
    let now = slots::now(store).await?;
    Ok(DateTime::from_timestamp_millis(now).unwrap_or_else(|| clock.now()))
}

/// The latest instant whose slot can be decided at `now`: with `local_time`, a slot is decided before it is due.
pub fn decidable_until(app: &App, now: DateTime<Utc>) -> DateTime<Utc> {
    decidable_by(&app.config.schedule, now)
}

pub(super) fn decidable_by(config: &config::Schedule, now: DateTime<Utc>) -> DateTime<Utc> {
    if !config.local_time {
        return now;
    }
    let frozen = schedule_of(config)
        .slots_after(now)
        .take_while(|slot| slot.first_anywhere() <= now)
        .last();
    frozen.map_or(now, |slot| slot.at)
}

/// The configured schedule.
pub fn schedule(app: &App) -> Schedule {
    schedule_of(&app.config.schedule)
}

/// A configured schedule.
pub fn schedule_of(config: &config::Schedule) -> Schedule {
    Schedule::new(config.cron.clone(), config.time_zone)
}

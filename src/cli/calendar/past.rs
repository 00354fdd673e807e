//! What the calendar shows of slots that are over, and of clocks that disagree.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::edition::{self, CLOCK_TOLERANCE};
use crate::schedule::Schedule;
use crate::store::StoreError;
use crate::store::slots::{self, DecidedSlot, Decision};

/// How far back missed slots are named.
const BACK: TimeDelta = TimeDelta::days(60);
/// How many decisions are looked at, on either side of now.
const MOST: i64 = 2_000;

/// One or more slots in a row: the first and the last.
type Run = (DateTime<Utc>, DateTime<Utc>);

/// What was decided, and what the clocks show.
pub(super) struct Past {
    /// What the database's clock shows.
    pub(super) now: DateTime<Utc>,
    /// Up to where slots are decided; long ago if none is.
    pub(super) decided_until: DateTime<Utc>,
    /// The slots to come whose issue went out already.
    pub(super) ahead: BTreeMap<DateTime<Utc>, String>,
    drift: TimeDelta,
    missed: Vec<Run>,
    undecided: Option<Run>,
    void: Option<Run>,
}

impl Past {
    pub(super) async fn read(app: &App) -> Result<Self, StoreError> {
        let store = &app.store;
        let now = edition::now(app).await?;
        let drift = app.clock.now() - now;
        let until = edition::decidable_until(app, now) + CLOCK_TOLERANCE;
        let latest = slots::latest(store, until.timestamp_millis()).await?;
        let begun = match latest {
            Some(latest) => Some(latest),
            None => slots::opened_at(store).await?,
        };
        let over = slots::up_to(store, until.timestamp_millis(), MOST).await?;
        let to_come = slots::after(store, until.timestamp_millis(), MOST).await?;
        let void = to_come.iter().filter(|slot| slug(slot).is_none()).map(at);
        Ok(Self {
            now,
            decided_until: latest.map_or(DateTime::<Utc>::MIN_UTC, instant),
            ahead: to_come
                .iter()
                .filter_map(|slot| Some((at(slot), slug(slot)?.to_owned())))
                .collect(),
            drift,
            missed: missed(&over, now - BACK),
            undecided: begun.and_then(|begun| undecided(app, instant(begun), now)),
            void: void.clone().min().zip(void.max()),
        })
    }

    /// What there is to say, a line each.
    pub(super) fn lines(&self, app: &App) -> Vec<String> {
        let named = |run: &Run| named(app, *run);
        let mut lines = Vec::new();
        for run in &self.missed {
            lines.push(format!("missed: {}", named(run)));
        }
        if let Some(run) = &self.undecided {
            let run = named(run);
            lines.push(format!("undecided: {run}; `verdict serve` decides it"));
        }
        if let Some(run) = &self.void {
            let run = named(run);
            let why = "decided by a clock that was ahead; it is decided again when its time comes";
            lines.push(format!("void: {run}, {why}"));
        }
        if self.drift.abs() > CLOCK_TOLERANCE {
            let way = if self.drift > TimeDelta::zero() {
                "ahead of"
            } else {
                "behind"
            };
            // Asking takes a moment, so 35 days would otherwise show as 34 days 23 hours.
            let drift =
                TimeDelta::minutes((self.drift.abs() + TimeDelta::seconds(30)).num_minutes());
            lines.push(format!(
                "warning: this machine's clock is {} {way} the database's, which the schedule follows",
                templates::alert::span(drift)
            ));
        }
        lines
    }
}

fn instant(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

fn at(slot: &DecidedSlot) -> DateTime<Utc> {
    instant(slot.slot_at)
}

fn slug(slot: &DecidedSlot) -> Option<&str> {
    match &slot.decision {
        Decision::Sent(slug) | Decision::Ahead(slug) => Some(slug),
        Decision::Missed | Decision::Empty | Decision::Void => None,
    }
}

/// The missed slots since `since`, the latest first in `over`; the earliest run first in the result.
fn missed(over: &[DecidedSlot], since: DateTime<Utc>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut goes_on = false;
    for slot in over.iter().rev() {
        let is_missed = slot.decision == Decision::Missed;
        match runs.last_mut() {
            Some(run) if is_missed && goes_on => run.1 = at(slot),
            _ if is_missed => runs.push((at(slot), at(slot))),
            _ => {}
        }
        goes_on = is_missed;
    }
    runs.retain(|(_, last)| *last >= since);
    runs
}

/// The slots whose time has passed and that nobody has decided.
fn undecided(app: &App, decided: DateTime<Utc>, now: DateTime<Utc>) -> Option<Run> {
    let config = &app.config.schedule;
    let schedule = Schedule::new(config.cron.clone(), config.time_zone);
    let first = schedule.next_after(decided)?.at;
    let last = schedule.last_before(now)?.at;
    (first <= last).then_some((first, last))
}

fn named(app: &App, (first, last): Run) -> String {
    let zone = app.config.schedule.time_zone;
    let wall = |at: DateTime<Utc>| at.with_timezone(&zone).format("%a %Y-%m-%d %H:%M");
    if first == last {
        return wall(first).to_string();
    }
    let count = edition::count_slots(app, first, last);
    let count = count.map_or_else(|| "more than 1,000".to_owned(), |count| count.to_string());
    format!("{count} slots from {} to {}", wall(first), wall(last))
}

//! What the calendar shows about past slots, and about clocks that disagree.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use templates::locale::Locale;

use crate::app::App;
use crate::clock::instant;
use crate::edition::{self, CLOCK_TOLERANCE};
use crate::store::StoreError;
use crate::store::slots::{self, DecidedSlot, Decision};

/// How far back the calendar lists missed slots.
const BACK: TimeDelta = TimeDelta::days(60);
/// Most decisions read, on either side of now.
const MOST: i64 = 2_000;

/// The first and the last of one or more slots in a row.
type Run = (DateTime<Utc>, DateTime<Utc>);

/// Decided slots, and what the clocks show.
pub(super) struct Past {
    /// By the database's clock.
    pub(super) now: DateTime<Utc>,
    /// The latest decided slot; long ago if there is none.
    pub(super) decided_until: DateTime<Utc>,
    /// Coming slots whose issue was sent ahead of time.
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

    /// The lines to print.
    pub(super) fn lines(&self, app: &App) -> Vec<String> {
        let missed = self.missed.iter();
        let mut lines: Vec<_> = missed
            .map(|run| format!("missed: {}", named(app, *run)))
            .collect();
        if let Some(run) = self.undecided {
            let run = named(app, run);
            lines.push(format!("undecided: {run}; `verdict serve` decides it"));
        }
        if let Some(run) = self.void {
            let run = named(app, run);
            let why = "decided by a clock that was ahead; it is decided again when its time comes";
            lines.push(format!("void: {run}, {why}"));
        }
        if self.drift.abs() > CLOCK_TOLERANCE {
            let direction = match self.drift > TimeDelta::zero() {
                true => "ahead of",
                false => "behind",
            };
            // Round to minutes: the query takes a moment, and 35 days would show as 34 days 23 hours.
            let minutes = (self.drift.abs() + TimeDelta::seconds(30)).num_minutes();
            let drift = Locale::default().duration(TimeDelta::minutes(minutes));
            lines.push(format!(
                "warning: this machine's clock is {drift} {direction} the database's, which the schedule follows"
            ));
        }
        lines
    }
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

/// Runs of missed slots that end at `since` or later, the earliest first. `over` begins with the latest slot.
fn missed(over: &[DecidedSlot], since: DateTime<Utc>) -> Vec<Run> {
    let is_missed = |slot: &DecidedSlot| slot.decision == Decision::Missed;
    let runs = over.chunk_by(|one, next| is_missed(one) == is_missed(next));
    let missed = runs.rev().filter(|run| is_missed(&run[0]));
    let missed = missed.map(|run| (at(&run[run.len() - 1]), at(&run[0])));
    missed.filter(|(_, last)| *last >= since).collect()
}

/// Past slots that no node has decided.
fn undecided(app: &App, decided: DateTime<Utc>, now: DateTime<Utc>) -> Option<Run> {
    let schedule = edition::schedule(app);
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

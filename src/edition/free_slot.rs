//! Where a new issue fits into the schedule.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::time::{CLOCK_TOLERANCE, decidable_by, now_by, schedule_of};
use crate::clock::{Clock, instant};
use crate::config::{self, Config};
use crate::issue::Folder;
use crate::schedule::pick::{self, Candidate};
use crate::schedule::{Schedule, Slot};
use crate::store::slots::{self, Decision};
use crate::store::{Store, StoreError, editions};

/// Most decisions read about slots to come.
const MOST: i64 = 2_000;

/// The slots that can still get an issue.
#[derive(Clone, Debug)]
pub struct OpenSlots {
    schedule: Schedule,
    /// Slots up to this instant are decided, or could be by now.
    decided: DateTime<Utc>,
    /// Slots whose issue has already gone out, by a clock that was ahead.
    ahead: BTreeSet<DateTime<Utc>>,
    /// The slugs of all editions.
    sent: BTreeSet<String>,
}

impl OpenSlots {
    /// By the schedule alone, for an instance without a store.
    pub fn of_schedule(config: &config::Schedule, now: DateTime<Utc>) -> Self {
        Self {
            schedule: schedule_of(config),
            decided: decidable_by(config, now),
            ahead: BTreeSet::new(),
            sent: BTreeSet::new(),
        }
    }

    /// By the schedule, and by the store if there is one: none is made. Also returns why a store can't be read.
    pub async fn of_instance(
        dir: &Path,
        config: &Config,
        clock: &Clock,
    ) -> (Self, Option<StoreError>) {
        let schedule = &config.schedule;
        let by_schedule = || Self::of_schedule(schedule, clock.now());
        let read = async {
            let Some(store) = Store::open_existing(&config.store.url, dir).await? else {
                return Ok(by_schedule());
            };
            let read = Self::read(schedule, &store, clock).await;
            store.close().await;
            read
        };
        match read.await {
            Ok(slots) => (slots, None),
            Err(error) => (by_schedule(), Some(error)),
        }
    }

    /// By the schedule and what the store knows of slots and editions.
    pub async fn read(
        config: &config::Schedule,
        store: &Store,
        clock: &Clock,
    ) -> Result<Self, StoreError> {
        let by_schedule = Self::of_schedule(config, now_by(store, clock).await?);
        let until = (by_schedule.decided + CLOCK_TOLERANCE).timestamp_millis();
        let decided = slots::latest(store, until).await?.map(instant);
        let to_come = slots::after(store, until, MOST).await?;
        let ahead = to_come.iter().filter_map(|slot| match slot.decision {
            Decision::Sent(_) | Decision::Ahead(_) => Some(instant(slot.slot_at)),
            Decision::Missed | Decision::Empty | Decision::Void => None,
        });
        Ok(Self {
            decided: by_schedule.decided.max(decided.unwrap_or_default()),
            ahead: ahead.collect(),
            sent: editions::slugs(store).await?,
            ..by_schedule
        })
    }

    /// True if an edition has this slug, so that an issue of that name would never be sent.
    pub fn is_sent(&self, slug: &str) -> bool {
        self.sent.contains(slug)
    }

    /// The first slot whose period has no dated issue, finished or not. `None` if the schedule ends before.
    pub fn first_free(&self, folder: &Folder) -> Option<Slot> {
        let dated = self.dated(folder);
        let is_free = |slot: &Slot| {
            let mut dates = dated.iter().filter_map(|issue| issue.send_on);
            !dates.any(|date| slot.period.contains(&date))
        };
        self.after(self.decided).find(is_free)
    }

    /// The slot that would take a new issue of this date. `None` if its slots are over, or have other issues.
    pub fn slot_on(&self, date: NaiveDate, slug: &str, folder: &Folder) -> Option<Slot> {
        let mut candidates = self.dated(folder);
        candidates.push(Candidate {
            slug: slug.to_owned(),
            send_on: Some(date),
            added: None,
        });
        // Nowhere on earth has the day begun then, and the slot before may have a period of years.
        let early = date.and_time(NaiveTime::MIN).and_utc();
        let early = early.checked_sub_signed(TimeDelta::days(1));
        let before = self.schedule.last_before(early.unwrap_or_default());
        let before = before.map_or(DateTime::UNIX_EPOCH, |slot| {
            slot.at - TimeDelta::milliseconds(1)
        });
        let slots = self
            .after(before.max(self.decided))
            .take_while(|slot| slot.period.start <= date);
        let plan = pick::plan(slots, &candidates, self.sent.clone());
        let mut taken = plan.slots.iter().filter(|(_, pick)| {
            let picked = pick.candidate();
            picked.is_some_and(|issue| issue.slug == slug)
        });
        taken.next().map(|(slot, _)| slot.clone())
    }

    fn after(&self, after: DateTime<Utc>) -> impl Iterator<Item = Slot> {
        let slots = self.schedule.slots_after(after);
        slots.filter(move |slot| !self.ahead.contains(&slot.at))
    }

    /// The dated issues that have not been sent, as if they were all ready.
    fn dated(&self, folder: &Folder) -> Vec<Candidate> {
        let whole = folder.issues.iter().map(|one| (&one.slug, one.send_on));
        let broken = folder.failed.iter().map(|one| (&one.slug, one.send_on));
        whole
            .chain(broken)
            .filter(|(slug, send_on)| send_on.is_some() && !self.sent.contains(*slug))
            .map(|(slug, send_on)| Candidate {
                slug: slug.clone(),
                send_on,
                added: None,
            })
            .collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::issue::Failed;
    use crate::schedule::Cron;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The slots from noon UTC on Sunday, 29 November 2026.
    fn slots(cron: &str, local_time: bool) -> OpenSlots {
        let config = config::Schedule {
            cron: Cron::parse(cron).unwrap(),
            time_zone: chrono_tz::Europe::Berlin,
            max_delay: TimeDelta::hours(12),
            local_time,
        };
        OpenSlots::of_schedule(&config, "2026-11-29T12:00:00Z".parse().unwrap())
    }

    /// A folder of unfinished issues: each slug is followed by its date.
    fn folder(issues: &[(&str, &str)]) -> Folder {
        let failed = issues.iter().map(|(slug, day)| Failed {
            slug: (*slug).to_owned(),
            draft: true,
            send_on: (!day.is_empty()).then(|| date(day)),
        });
        Folder {
            failed: failed.collect(),
            ..Folder::default()
        }
    }

    #[track_caller]
    fn assert_free(slots: &OpenSlots, issues: &[(&str, &str)], expected: &str) {
        let slot = slots.first_free(&folder(issues)).unwrap();
        assert_eq!(slot.period.start, date(expected));
    }

    #[test]
    fn a_new_issue_gets_the_first_period_without_a_dated_one() {
        let weekly = slots("0 9 * * TUE", false);
        assert_free(&weekly, &[], "2026-12-01");
        assert_free(
            &weekly,
            &[("undated", ""), ("old", "2026-11-24")],
            "2026-12-01",
        );
        // A date holds for its slot's whole period.
        assert_free(&weekly, &[("a", "2026-12-07")], "2026-12-08");
        let two = [
            ("a", "2026-12-01"),
            ("c", "2026-12-16"),
            ("b", "2026-12-08"),
        ];
        assert_free(&weekly, &two, "2026-12-22");
        // The slot before is over, and its period with it.
        assert_free(&weekly, &[("late", "2026-11-30")], "2026-12-01");
    }

    #[test]
    fn a_slot_that_is_frozen_or_gone_out_is_not_free() {
        // The first clock on earth shows nine on Monday at 19:00 UTC on Sunday.
        assert_free(&slots("0 9 * * *", true), &[], "2026-11-30");
        assert_free(&slots("0 1 * * *", true), &[], "2026-12-01");
        let mut weekly = slots("0 9 * * TUE", false);
        weekly.ahead.insert("2026-12-01T08:00:00Z".parse().unwrap());
        assert_free(&weekly, &[], "2026-12-08");
        weekly.sent.insert("a".to_owned());
        assert_free(&weekly, &[("a", "2026-12-08")], "2026-12-08");
        assert_free(&weekly, &[("b", "2026-12-08")], "2026-12-15");
    }

    #[test]
    fn a_schedule_that_ends_has_no_free_slot() {
        let mut slots = slots("0 9 * * TUE", false);
        slots.decided = "2100-12-31T23:00:00Z".parse().unwrap();
        assert_eq!(slots.first_free(&Folder::default()), None);
    }

    #[test]
    fn a_date_has_a_slot_unless_it_is_over_or_taken() {
        let weekly = slots("0 9 * * TUE", false);
        let folder = folder(&[("m", "2026-12-09")]);
        let slot = |day: &str, slug: &str| {
            let slot = weekly.slot_on(date(day), slug, &folder)?;
            Some(slot.wall.date().to_string())
        };
        let first = Some("2026-12-01".to_owned());
        assert_eq!(slot("2026-12-01", "new"), first);
        assert_eq!(slot("2026-12-07", "new"), first);
        for over in ["2026-11-30", "2026-11-24", "1970-01-01", "0001-01-01"] {
            assert_eq!(slot(over, "new"), None, "{over}");
        }
        // The earlier date goes first, then the first by slug.
        let second = Some("2026-12-08".to_owned());
        assert_eq!(slot("2026-12-08", "new"), second);
        assert_eq!(slot("2026-12-09", "a"), second);
        assert_eq!(slot("2026-12-09", "new"), None);
        assert_eq!(slot("2026-12-10", "a"), None);
        assert_eq!(slot("2099-12-30", "new").unwrap(), "2099-12-29");
        assert_eq!(slot("9999-12-31", "new"), None);
        // Two slots on one day take two issues.
        let twice = slots("0 9,18 * * *", false);
        let folder = self::folder(&[("m", "2026-12-09")]);
        let evening = twice.slot_on(date("2026-12-09"), "new", &folder).unwrap();
        assert_eq!(evening.wall.to_string(), "2026-12-09 18:00:00");
    }
}

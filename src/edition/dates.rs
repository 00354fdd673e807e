//! Checks the dates of issues against the schedule and what has been sent.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};

use super::time::{CLOCK_TOLERANCE, decidable_by, schedule_of};
use crate::clock::Clock;
use crate::config::Config;
use crate::findings::Finding;
use crate::issue::content::{Followup, NO_SLOT, Needs, PAST_DATE, TAKEN_SLOT};
use crate::issue::{Folder, Issue, Status};
use crate::schedule::pick::{self, Candidate};
use crate::schedule::{Schedule, Slot};
use crate::store::{Store, StoreError, editions, slots};

/// The most slots that are looked at: a schedule may have one every minute.
const MOST_SLOTS: usize = 1_000;

/// What is known of an instance's slots.
pub struct Calendar {
    schedule: Schedule,
    /// No slot up to this instant can get an issue.
    after: DateTime<Utc>,
    today: NaiveDate,
    /// The slugs of what was sent.
    sent: BTreeSet<String>,
}

impl Calendar {
    /// Reads what was sent and decided. Without a database, nothing was; none is made.
    ///
    /// # Errors
    /// If there is a database that cannot be read.
    pub async fn read(config: &Config, dir: &Path, clock: &Clock) -> Result<Self, StoreError> {
        let now = clock.now();
        let mut calendar = Self {
            schedule: schedule_of(&config.schedule),
            after: now - config.schedule.max_delay,
            today: now.with_timezone(&config.schedule.time_zone).date_naive(),
            sent: BTreeSet::new(),
        };
        let Some(store) = Store::open_existing(&config.store.url, dir).await? else {
            calendar.after = now;
            return Ok(calendar);
        };
        let until = decidable_by(&config.schedule, now) + CLOCK_TOLERANCE;
        let read = calendar.read_store(&store, now, until).await;
        store.close().await;
        read.map(|()| calendar)
    }

    async fn read_store(
        &mut self,
        store: &Store,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.sent = editions::slugs(store).await?;
        let decided = match slots::latest(store, until.timestamp_millis()).await? {
            Some(latest) => Some(latest),
            None => slots::opened_at(store).await?,
        };
        // Before its first start, the schedule has decided nothing, and will not look back.
        let decided = decided
            .and_then(DateTime::from_timestamp_millis)
            .unwrap_or(now);
        self.after = self.after.max(decided);
        Ok(())
    }

    /// Adds findings on dates that have passed, that no slot falls on, or whose slot another issue takes. Issues that
    /// were sent and samples are left alone.
    pub fn check(&self, folder: &mut Folder) {
        let next = self.schedule.next_after(self.after);
        let overcrowded = self.overcrowded(&folder.issues);
        let (followups, findings) = folder.followups();
        let waiting = followups
            .filter(|(issue, _)| !self.sent.contains(&issue.slug) && !issue.comparison.sample);
        for (issue, followup) in waiting {
            let is_overcrowded = overcrowded.contains(&issue.slug);
            let finding = issue.send_on.and_then(|date| match &next {
                Some(next) if next.period.start <= date => match is_overcrowded {
                    true => taken(date, followup),
                    false => self.off_schedule(date, followup),
                },
                _ => self.passed(date, next.as_ref(), followup),
            });
            findings.extend(finding.filter(|finding| followup.admits(finding)));
            findings.extend(followup.idle(Needs::Schedule));
        }
    }

    fn passed(&self, date: NaiveDate, next: Option<&Slot>, followup: &Followup) -> Option<Finding> {
        let message = match date < self.today {
            true => format!("{} is in the past, and this issue is not sent", day(date)),
            false => format!("the sending time for {} has passed", day(date)),
        };
        let help = match next {
            Some(next) => format!("the next sending time is on {}", day(next.period.start)),
            None => "the schedule has no more sending times".to_owned(),
        };
        let finding = followup.at_date(PAST_DATE, message)?;
        Some(finding.label("no sending time will take it").help(help))
    }

    fn off_schedule(&self, date: NaiveDate, followup: &Followup) -> Option<Finding> {
        let slot = self.schedule.covering(date)?;
        if slot.period.start == date {
            return None;
        }
        let message = format!("no sending time falls on {}", day(date));
        let finding = followup.at_date(NO_SLOT, message)?;
        let label = format!("it goes out on {}", day(slot.period.start));
        let after = day(slot.period.end);
        let help = format!("the sending time after that is on {after}");
        Some(finding.label(label).help(help))
    }

    /// The ready issues whose date has no slot left, because others go first; not those that share the very date with
    /// another, which a folder's own check reports.
    fn overcrowded(&self, issues: &[Issue]) -> BTreeSet<String> {
        let ready = issues.iter().filter(|issue| {
            issue.status == Status::Ready && !issue.comparison.sample && issue.send_on.is_some()
        });
        let candidates: Vec<Candidate> = ready
            .map(|issue| Candidate {
                slug: issue.slug.clone(),
                send_on: issue.send_on,
                added: None,
            })
            .collect();
        let Some(last) = candidates.iter().filter_map(|one| one.send_on).max() else {
            return BTreeSet::new();
        };
        let slots = self.schedule.slots_after(self.after).take(MOST_SLOTS);
        let slots = slots.take_while(|slot| slot.period.start <= last);
        let plan = pick::plan(slots, &candidates, self.sent.clone());
        let is_first = |one: &Candidate| {
            let mut same = candidates
                .iter()
                .filter(|other| other.send_on == one.send_on);
            same.all(|other| other.slug >= one.slug)
        };
        let stranded = plan.stranded.into_iter().filter(|one| is_first(one));
        stranded.map(|one| one.slug.clone()).collect()
    }
}

fn taken(date: NaiveDate, followup: &Followup) -> Option<Finding> {
    let message = format!("another issue takes the sending time of {}", day(date));
    let finding = followup.at_date(TAKEN_SLOT, message)?;
    let finding = finding.label("no sending time is left for this one");
    Some(finding.help("give it another date"))
}

/// Such as "Tuesday 2026-12-01".
fn day(date: NaiveDate) -> String {
    date.format("%A %Y-%m-%d").to_string()
}

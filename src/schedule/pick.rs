//! Picks the issue for a slot.
//!
//! An issue dated for the slot's period goes first, then the oldest ready issue without a date.
//! With neither, nothing is sent, and the editors get an alert. A date holds for its period only:
//! an issue whose period has passed is reported as overdue instead of being sent late.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::schedule::Slot;

/// A ready issue, as far as picking is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Unique in the folder.
    pub slug: String,
    /// In the newsletter's zone. The issue goes with the slot whose period holds this date.
    pub send_on: Option<NaiveDate>,
    /// When it joined the queue. Issues without this date come last.
    pub added: Option<NaiveDate>,
}

/// The choice for one slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick<'a> {
    /// The earliest issue dated for the slot's period, then the first by slug.
    Dated(&'a Candidate),
    /// The oldest issue without a date, then the first by slug.
    Undated(&'a Candidate),
    /// No ready issue is left for this slot.
    Nothing,
}

impl<'a> Pick<'a> {
    #[must_use]
    pub fn candidate(self) -> Option<&'a Candidate> {
        match self {
            Self::Dated(candidate) | Self::Undated(candidate) => Some(candidate),
            Self::Nothing => None,
        }
    }
}

/// The coming slots, from [`plan`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<'a> {
    /// In order.
    pub slots: Vec<(Slot, Pick<'a>)>,
    /// Issues dated before the end of the plan that no slot takes, by date: they are overdue, or
    /// share a period with an earlier one. They are never sent unless you change the date.
    pub stranded: Vec<&'a Candidate>,
}

/// Chooses among `candidates`, except those in `used`: the slugs already sent or planned.
#[must_use]
pub fn pick<'a>(slot: &Slot, candidates: &'a [Candidate], used: &BTreeSet<String>) -> Pick<'a> {
    let dated = dated(candidates, used, |date| slot.period.contains(&date));
    if let Some(candidate) = dated.first() {
        return Pick::Dated(candidate);
    }
    candidates
        .iter()
        .filter(|candidate| candidate.send_on.is_none() && !used.contains(&candidate.slug))
        .min_by_key(|candidate| (candidate.added.is_none(), candidate.added, &candidate.slug))
        .map_or(Pick::Nothing, Pick::Undated)
}

/// The unused issues dated before the period of `slot`, the next one due: their own slots have
/// passed. By date, then slug.
#[must_use]
pub fn overdue<'a>(
    slot: &Slot,
    candidates: &'a [Candidate],
    used: &BTreeSet<String>,
) -> Vec<&'a Candidate> {
    dated(candidates, used, |date| date < slot.period.start)
}

/// Chooses an issue for each of `slots`, given in order, as [`pick`] will when its time comes. Each
/// issue goes once.
#[must_use]
pub fn plan<'a>(
    slots: impl IntoIterator<Item = Slot>,
    candidates: &'a [Candidate],
    mut used: BTreeSet<String>,
) -> Plan<'a> {
    let mut planned = Vec::new();
    for slot in slots {
        let pick = pick(&slot, candidates, &used);
        used.extend(pick.candidate().map(|candidate| candidate.slug.clone()));
        planned.push((slot, pick));
    }
    let end = planned
        .last()
        .map_or(NaiveDate::MIN, |(slot, _)| slot.period.end);
    Plan {
        slots: planned,
        stranded: dated(candidates, &used, |date| date < end),
    }
}

/// The unused issues whose date fits, by date, then slug.
fn dated<'a>(
    candidates: &'a [Candidate],
    used: &BTreeSet<String>,
    fits: impl Fn(NaiveDate) -> bool,
) -> Vec<&'a Candidate> {
    let fitting =
        |issue: &&Candidate| issue.send_on.is_some_and(&fits) && !used.contains(&issue.slug);
    let mut dated: Vec<_> = candidates.iter().filter(fitting).collect();
    dated.sort_by_key(|issue| (issue.send_on, &issue.slug));
    dated
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::schedule::{Cron, Schedule};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn issue(slug: &str, send_on: &str, added: &str) -> Candidate {
        let optional = |text: &str| (!text.is_empty()).then(|| date(text));
        Candidate {
            slug: slug.to_owned(),
            send_on: optional(send_on),
            added: optional(added),
        }
    }

    /// Thursdays from 5 March 2026 on.
    fn thursdays(count: usize) -> Vec<Slot> {
        let cron = Cron::parse("0 9 * * thu").unwrap();
        let schedule = Schedule::new(cron, chrono_tz::Europe::Berlin);
        schedule
            .slots_after("2026-03-01T00:00:00Z".parse().unwrap())
            .take(count)
            .collect()
    }

    fn used(slugs: &[&str]) -> BTreeSet<String> {
        slugs.iter().map(|slug| (*slug).to_owned()).collect()
    }

    fn slugs<'a>(candidates: impl IntoIterator<Item = &'a Candidate>) -> Vec<&'a str> {
        candidates
            .into_iter()
            .map(|candidate| candidate.slug.as_str())
            .collect()
    }

    #[track_caller]
    fn assert_picks(candidates: &[Candidate], used_slugs: &[&str], expected: Option<&str>) {
        let slot = thursdays(1).remove(0);
        let pick = pick(&slot, candidates, &used(used_slugs));
        assert_eq!(
            pick.candidate().map(|candidate| candidate.slug.as_str()),
            expected
        );
    }

    #[test]
    fn an_issue_dated_in_the_period_goes_before_any_undated_one() {
        let issues = [
            issue("old", "", "2020-01-01"),
            issue("dated", "2026-03-11", "2026-03-01"),
        ];
        assert_picks(&issues, &[], Some("dated"));
        assert_picks(&issues, &["dated"], Some("old"));
        assert_picks(&issues, &["dated", "old"], None);
    }

    #[test]
    fn the_period_begins_on_the_slots_day_and_ends_before_the_next_ones() {
        for (day, inside) in [
            ("2026-03-04", false),
            ("2026-03-05", true),
            ("2026-03-11", true),
            ("2026-03-12", false),
        ] {
            assert_picks(&[issue("dated", day, "")], &[], inside.then_some("dated"));
        }
    }

    #[test]
    fn of_two_dated_in_one_period_the_earlier_goes_then_the_first_by_slug() {
        let issues = [
            issue("a", "2026-03-07", ""),
            issue("c", "2026-03-06", ""),
            issue("b", "2026-03-06", ""),
        ];
        assert_picks(&issues, &[], Some("b"));
        assert_picks(&issues, &["b"], Some("c"));
        assert_picks(&issues, &["b", "c"], Some("a"));
    }

    #[test]
    fn the_oldest_undated_issue_goes_first_and_one_of_unknown_age_last() {
        let issues = [
            issue("a", "", ""),
            issue("c", "", "2026-02-01"),
            issue("b", "", "2026-02-01"),
            issue("d", "", "2026-01-31"),
        ];
        assert_picks(&issues, &[], Some("d"));
        assert_picks(&issues, &["d"], Some("b"));
        assert_picks(&issues, &["d", "b"], Some("c"));
        assert_picks(&issues, &["d", "b", "c"], Some("a"));
    }

    #[test]
    fn a_dated_issue_whose_period_went_by_is_reported_and_not_sent() {
        let issues = [
            issue("late", "2026-03-04", ""),
            issue("later", "2026-02-10", ""),
            issue("gone", "2026-02-05", ""),
        ];
        assert_picks(&issues, &["gone"], None);
        let slot = thursdays(1).remove(0);
        assert_eq!(
            slugs(overdue(&slot, &issues, &used(&["gone"]))),
            ["later", "late"]
        );
    }

    #[test]
    fn a_plan_spends_each_issue_once_and_keeps_undated_ones_for_free_slots() {
        let issues = [
            issue("dated", "2026-03-12", ""),
            issue("first", "", "2026-01-01"),
            issue("second", "", "2026-01-02"),
            issue("crowded-out", "2026-03-13", ""),
            issue("missed", "2026-01-01", ""),
            issue("far", "2026-12-24", ""),
        ];
        let plan = plan(thursdays(4), &issues, BTreeSet::new());
        let picks: Vec<Pick<'_>> = plan.slots.iter().map(|(_, pick)| *pick).collect();
        assert_eq!(
            picks,
            [
                Pick::Undated(&issues[1]),
                Pick::Dated(&issues[0]),
                Pick::Undated(&issues[2]),
                Pick::Nothing
            ]
        );
        assert_eq!(slugs(plan.stranded), ["missed", "crowded-out"]);
    }

    #[test]
    fn slots_of_one_day_share_its_dated_issues() {
        let cron = Cron::parse("0 9,17 * * thu").unwrap();
        let schedule = Schedule::new(cron, chrono_tz::UTC);
        let slots = schedule
            .slots_after("2026-03-05T00:00:00Z".parse().unwrap())
            .take(2);
        let issues = [
            issue("morning", "2026-03-05", ""),
            issue("noon", "2026-03-05", ""),
        ];
        let plan = plan(slots, &issues, BTreeSet::new());
        assert_eq!(
            slugs(plan.slots.iter().filter_map(|(_, pick)| pick.candidate())),
            ["morning", "noon"]
        );
        assert!(plan.stranded.is_empty());
    }

    #[test]
    fn an_empty_plan_strands_nothing() {
        let issues = [issue("dated", "2026-03-12", "")];
        assert_eq!(
            plan([], &issues, BTreeSet::new()),
            Plan {
                slots: vec![],
                stranded: vec![]
            }
        );
    }
}

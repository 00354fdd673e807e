//! Which issue a slot gets.
//!
//! An issue dated for the slot's period goes first; else the oldest ready one without a date; else
//! nothing goes, and the editors are told. A date is a promise for its period and no other: an
//! issue whose period has gone by is never sent late in silence, it is reported as overdue.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::schedule::Slot;

/// What picking needs to know of a ready issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The issue's name, unique in the folder.
    pub slug: String,
    /// The date it is meant for, in the newsletter's zone. It goes with the slot whose period holds
    /// this date.
    pub send_on: Option<NaiveDate>,
    /// Since when it is ready. Without it, an issue queues up behind those that have it.
    pub added: Option<NaiveDate>,
}

/// The choice for one slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick<'a> {
    /// An issue dated for the slot's period; of several, the earliest, then the first by slug.
    Dated(&'a Candidate),
    /// The oldest issue without a date; of several, the first by slug.
    Undated(&'a Candidate),
    /// No ready issue is left that may go with this slot.
    Nothing,
}

impl<'a> Pick<'a> {
    /// The chosen issue.
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
    /// Every slot with its choice, in order.
    pub slots: Vec<(Slot, Pick<'a>)>,
    /// Dated issues that no slot takes though their date falls before the end of the plan, by date:
    /// overdue ones, and those that share a period with an earlier one. None of them will ever go
    /// unless the date is changed.
    pub stranded: Vec<&'a Candidate>,
}

/// Chooses among `candidates`, leaving out those `used`, the slugs already sent or planned.
#[must_use]
pub fn pick<'a>(slot: &Slot, candidates: &'a [Candidate], used: &BTreeSet<String>) -> Pick<'a> {
    let unused = || {
        candidates
            .iter()
            .filter(|candidate| !used.contains(&candidate.slug))
    };
    let dated = dated(unused())
        .filter(|(date, _)| slot.period.contains(date))
        .min_by_key(|(date, candidate)| (*date, &candidate.slug));
    if let Some((_, candidate)) = dated {
        return Pick::Dated(candidate);
    }
    unused()
        .filter(|candidate| candidate.send_on.is_none())
        .min_by_key(|candidate| (candidate.added.is_none(), candidate.added, &candidate.slug))
        .map_or(Pick::Nothing, Pick::Undated)
}

/// The unused issues dated before the period of `slot`, the next one due: their own slots went by
/// without them. By date, then slug.
#[must_use]
pub fn overdue<'a>(
    slot: &Slot,
    candidates: &'a [Candidate],
    used: &BTreeSet<String>,
) -> Vec<&'a Candidate> {
    dated_before(slot.period.start, candidates, used)
}

/// Chooses for each of `slots`, which are in order, as [`pick`] will when its time comes. An issue
/// goes once.
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
        stranded: dated_before(end, candidates, &used),
    }
}

fn dated_before<'a>(
    day: NaiveDate,
    candidates: &'a [Candidate],
    used: &BTreeSet<String>,
) -> Vec<&'a Candidate> {
    let unused = candidates
        .iter()
        .filter(|candidate| !used.contains(&candidate.slug));
    let mut before: Vec<_> = dated(unused).filter(|(date, _)| *date < day).collect();
    before.sort_by_key(|(date, candidate)| (*date, &candidate.slug));
    before.into_iter().map(|(_, candidate)| candidate).collect()
}

fn dated<'a>(
    candidates: impl Iterator<Item = &'a Candidate>,
) -> impl Iterator<Item = (NaiveDate, &'a Candidate)> {
    candidates.filter_map(|candidate| candidate.send_on.map(|date| (date, candidate)))
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

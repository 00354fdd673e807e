//! A cron daemon in slow motion: it looks at the wall clock every minute, keeps in mind how far the
//! clock has ever got, and knows nothing of offsets, gaps and overlaps.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

use crate::schedule::{Cron, Schedule, Slot};

/// Zones whose clocks have been moved in odd ways: at midnight, by half an hour, by a day, by
/// seconds, or the other way round.
pub(super) const ZONES: &[Tz] = &[
    Tz::Europe__Berlin,
    Tz::Europe__Dublin,
    Tz::Europe__Paris,
    Tz::America__New_York,
    Tz::America__St_Johns,
    Tz::America__Sao_Paulo,
    Tz::America__Caracas,
    Tz::America__Juneau,
    Tz::America__Scoresbysund,
    Tz::Asia__Beirut,
    Tz::Asia__Gaza,
    Tz::Asia__Pyongyang,
    Tz::Asia__Manila,
    Tz::Africa__Casablanca,
    Tz::Africa__Monrovia,
    Tz::Antarctica__Troll,
    Tz::Australia__Lord_Howe,
    Tz::Pacific__Apia,
    Tz::Pacific__Kwajalein,
    Tz::Pacific__Chatham,
    Tz::UTC,
];

/// An expression as text, and what it means.
#[derive(Debug, Clone)]
pub(super) struct Expression {
    minute: Field,
    hour: Field,
    day: Field,
    month: Field,
    weekday: Field,
}

#[derive(Debug, Clone)]
struct Field {
    text: String,
    numbers: BTreeSet<u32>,
}

/// Expressions that are due often enough, and at hours at which clocks are changed.
pub(super) fn expression() -> impl Strategy<Value = Expression> {
    let early = prop_oneof![0..4_u32, 22..24_u32];
    let hour = prop_oneof![field(0, 23), list(early)];
    let day = prop_oneof![4 => Just(every(1, 31)), 1 => field(1, 31)];
    let month = prop_oneof![4 => Just(every(1, 12)), 1 => field(1, 12)];
    let weekday = prop_oneof![4 => Just(every(0, 7)), 1 => field(0, 7)];
    (field(0, 59), hour, day, month, weekday)
        .prop_map(|(minute, hour, day, month, weekday)| Expression {
            minute,
            hour,
            day,
            month,
            weekday,
        })
        .prop_filter("never due", |expression| {
            Cron::parse(&expression.text()).is_ok()
        })
}

fn every(min: u32, max: u32) -> Field {
    Field {
        text: "*".to_owned(),
        numbers: (min..=max).collect(),
    }
}

fn list(numbers: impl Strategy<Value = u32>) -> impl Strategy<Value = Field> {
    prop::collection::btree_set(numbers, 1..4).prop_map(|numbers| {
        let text = numbers
            .iter()
            .map(u32::to_string)
            .collect::<Vec<_>>()
            .join(",");
        Field { text, numbers }
    })
}

fn field(min: u32, max: u32) -> impl Strategy<Value = Field> {
    let bounds = (min..=max, min..=max).prop_map(|(a, b)| (a.min(b), a.max(b)));
    prop_oneof![
        Just(every(min, max)),
        list(min..=max),
        (1..=max).prop_map(move |step| Field {
            text: format!("*/{step}"),
            numbers: (min..=max)
                .filter(|number| (number - min).is_multiple_of(step))
                .collect(),
        }),
        bounds.clone().prop_map(|(a, b)| Field {
            text: format!("{a}-{b}"),
            numbers: (a..=b).collect(),
        }),
        (bounds, 1..=max, min..=max).prop_map(|((a, b), step, other)| Field {
            text: format!("{other},{a}-{b}/{step}"),
            numbers: (a..=b)
                .filter(|number| (number - a).is_multiple_of(step))
                .chain([other])
                .collect(),
        }),
    ]
}

impl Expression {
    fn text(&self) -> String {
        let Self {
            minute,
            hour,
            day,
            month,
            weekday,
        } = self;
        [minute, hour, day, month, weekday]
            .map(|field| field.text.as_str())
            .join(" ")
    }

    fn is_fixed(&self) -> bool {
        !format!("{}{}", self.minute.text, self.hour.text).contains(['*', '/'])
    }

    fn matches(&self, wall: NaiveDateTime) -> bool {
        let by_day = self.day.numbers.contains(&wall.day());
        let weekday = wall.weekday().number_from_monday();
        let by_weekday = self.weekday.numbers.contains(&weekday)
            || (weekday == 7 && self.weekday.numbers.contains(&0));
        let starred = self.day.text.starts_with('*') || self.weekday.text.starts_with('*');
        self.minute.numbers.contains(&wall.minute())
            && self.hour.numbers.contains(&wall.hour())
            && self.month.numbers.contains(&wall.month())
            && if starred {
                by_day && by_weekday
            } else {
                by_day || by_weekday
            }
    }
}

fn wall(zone: Tz, at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

/// Compares all slots around the next clock change after `instant`.
pub(super) fn assert_agrees(
    expression: &Expression,
    zone: Tz,
    instant: DateTime<Utc>,
) -> Result<(), TestCaseError> {
    let offset = |at| wall(zone, at) - at.naive_utc();
    let day = instant.date_naive().and_time(NaiveTime::MIN).and_utc();
    let change = (0..4000)
        .map(|days| day + Days::new(days))
        .find(|day| offset(*day) != offset(*day + Days::new(1)));
    let start = change.unwrap_or(day) - TimeDelta::hours(20);
    let end = start + TimeDelta::hours(80);
    let by_minute = [start, end]
        .iter()
        .all(|at| offset(*at).num_seconds() % 60 == 0);
    let step = TimeDelta::seconds(if by_minute { 60 } else { 1 });

    let expected = due(expression, zone, start, end, step);
    let schedule = Schedule::new(Cron::parse(&expression.text()).unwrap(), zone);
    let slots: Vec<Slot> = schedule
        .slots_after(start)
        .take_while(|slot| slot.at <= end)
        .collect();
    let found: Vec<_> = slots.iter().map(|slot| (slot.at, slot.wall)).collect();
    prop_assert_eq!(
        found,
        expected,
        "{} in {} after {}",
        expression.text(),
        zone,
        start
    );
    for (slot, next) in slots.iter().zip(slots.iter().skip(1)) {
        prop_assert_eq!(slot.period.start, slot.wall.date());
        prop_assert!(
            slot.period.end == next.period.start
                || slot.period.end == slot.period.start + Days::new(1)
        );
        prop_assert!(slot.period.start < slot.period.end);
    }
    // Wherever one asks from, the answer is the same.
    for slot in &slots {
        let middle = start + (slot.at - start) / 2;
        let following = slots.iter().find(|slot| slot.at > middle).cloned();
        prop_assert_eq!(schedule.next_after(middle), following);
    }
    Ok(())
}

fn due(
    expression: &Expression,
    zone: Tz,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    step: TimeDelta,
) -> Vec<(DateTime<Utc>, NaiveDateTime)> {
    let minute = TimeDelta::minutes(1);
    let reading = wall(zone, start);
    let mut reached = reading.with_second(0).unwrap();
    let mut due = Vec::new();
    let mut at = start + step;
    while at <= end {
        let reading = wall(zone, at);
        if expression.is_fixed() {
            let mut first = None;
            while reached + minute <= reading {
                reached += minute;
                first = first.or(expression.matches(reached).then_some(reached));
            }
            due.extend(first.map(|wall| (at, wall)));
        } else if reading.second() == 0 && expression.matches(reading) {
            due.push((at, reading));
        }
        at += step;
    }
    due
}

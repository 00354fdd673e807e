//! A crontab expression, with a time zone and an instant on the next lines. The slots must be in order, forwards and
//! backwards.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use verdict::schedule::{Cron, Schedule};

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let mut lines = text.split('\n');
    let expression = lines.next().unwrap_or_default();
    let zone: Tz = lines
        .next()
        .and_then(|zone| zone.parse().ok())
        .unwrap_or(Tz::UTC);
    let start: DateTime<Utc> = lines
        .next()
        .and_then(|instant| instant.parse().ok())
        .unwrap_or(DateTime::UNIX_EPOCH);
    match Cron::parse(expression) {
        Ok(cron) => slots(cron, zone, start),
        Err(error) => {
            assert!(expression.get(error.span.clone()).is_some(), "{error:?}");
            let _ = error.to_string();
        }
    }
}

fn slots(cron: Cron, zone: Tz, start: DateTime<Utc>) {
    assert_eq!(Cron::parse(&cron.to_string()).as_ref(), Ok(&cron));
    assert_eq!(cron.follows_real_time(), cron.real_time_part().is_some());
    let schedule = Schedule::new(cron, zone);
    let mut before = start;
    for slot in schedule.slots_after(start).take(20) {
        assert!(slot.at > before, "{slot:?} after {before}");
        assert!(!slot.period.is_empty(), "{slot:?}");
        assert_eq!(schedule.next_after(before).as_ref(), Some(&slot));
        let back = schedule.last_before(slot.at + TimeDelta::seconds(1));
        assert_eq!(back.as_ref(), Some(&slot));
        before = slot.at;
    }
}

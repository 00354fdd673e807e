//! Tests of turns, pauses and trust with a clock that the test moves, and of how often a large
//! domain's deliveries are put back.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::attempt::retry_in;
use super::*;

const DOMAIN: &str = "example.com";
const RELAY: &str = "relay.example.net:587";

fn start() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn new(rate: Option<f64>) -> DomainThrottle {
    resumed(rate, &[], start())
}

fn resumed(rate: Option<f64>, throttles: &[Throttle], now: DateTime<Utc>) -> DomainThrottle {
    DomainThrottle::new(RELAY.to_owned(), rate, throttles, now)
}

fn reply(code: u16, text: &str) -> Reply {
    Reply {
        code,
        text: text.to_owned(),
    }
}

fn too_fast() -> Reply {
    reply(421, "4.7.0 Too fast")
}

fn waits(domains: &DomainThrottle, now: DateTime<Utc>) -> TimeDelta {
    match domains.turn(DOMAIN, now) {
        Turn::Now => TimeDelta::zero(),
        Turn::At(at) => at - now,
    }
}

#[test]
fn without_a_rate_nobody_waits() {
    let domains = new(None);
    for _ in 0..1_000 {
        assert_eq!(domains.turn(DOMAIN, start()), Turn::Now);
    }
    assert_eq!(domains.to_save_at_last(start()), []);
}

#[test]
fn a_rate_spaces_the_mails_of_a_domain_and_of_no_other() {
    let domains = new(Some(4.0));
    let turns: Vec<_> = (0..3)
        .map(|_| waits(&domains, start()).num_milliseconds())
        .collect();
    assert_eq!(turns, [0, 250, 500]);
    assert_eq!(domains.turn("example.net", start()), Turn::Now);
}

#[test]
fn any_rate_gives_turns() {
    for rate in [f64::MIN_POSITIVE, 1e-9, 100_000.0] {
        let domains = new(Some(rate));
        for _ in 0..1_000 {
            domains.turn(DOMAIN, start());
        }
    }
}

#[test]
fn a_domain_that_asks_rests_longer_each_time() {
    let domains = new(None);
    let mut now = start();
    let mut before = TimeDelta::zero();
    for _ in 0..4 {
        let until = domains.on_reply(DOMAIN, &too_fast(), now).unwrap_or(now);
        let rest = until - now;
        assert!(rest > before, "{rest} after {before}");
        assert!(waits(&domains, now) >= rest);
        (before, now) = (rest, now + rest);
    }
    assert_eq!(domains.turn("example.net", now), Turn::Now);
}

#[test]
fn one_request_heard_on_many_connections_counts_once() {
    let domains = new(None);
    for _ in 0..16 {
        domains.on_reply(DOMAIN, &reply(451, "4.7.1 Later"), start());
    }
    assert!(waits(&domains, start()) <= TimeDelta::seconds(38));
}

#[test]
fn a_domain_that_accepts_again_is_trusted_again() {
    let domains = new(None);
    domains.on_reply(DOMAIN, &too_fast(), start());
    let later = start() + TimeDelta::hours(1);
    for _ in 0..TRUST {
        domains.on_reply(DOMAIN, &reply(250, "2.0.0 Ok"), later);
    }
    assert_eq!(domains.turn(DOMAIN, later), Turn::Now);
    assert_eq!(domains.turn(DOMAIN, later), Turn::Now);
}

#[test]
fn a_full_mailbox_slows_nobody_down() {
    let domains = new(None);
    let full = reply(452, "4.2.2 Mailbox full");
    assert_eq!(domains.on_reply(DOMAIN, &full, start()), None);
    assert_eq!(domains.turn(DOMAIN, start()), Turn::Now);
}

#[test]
fn the_domains_of_a_provider_rest_together() {
    let domains = new(None);
    domains.on_reply("googlemail.com", &too_fast(), start());
    assert_ne!(domains.turn("gmail.com", start()), Turn::Now);
    assert_eq!(domains.turn("outlook.com", start()), Turn::Now);
}

#[test]
fn the_next_run_goes_on_where_this_one_ends() {
    let domains = new(None);
    domains.on_reply(DOMAIN, &too_fast(), start());
    let last = waits(&domains, start());
    let saved = domains.to_save(start());
    assert_eq!((saved.len(), saved[0].level), (1, 1), "at once");
    assert_eq!(domains.to_save(start()), [], "once");
    let next = resumed(None, &saved, start());
    assert!(waits(&next, start()) > last);
    assert_eq!(next.turn("example.net", start()), Turn::Now);
    assert_eq!(next.to_save(start()), [], "turns are saved later, together");
    assert_eq!(next.to_save(start() + SAVE).len(), 1);
}

#[test]
fn what_was_saved_is_trusted_again_with_time_and_forgotten() {
    let domains = new(None);
    let mut now = start();
    for _ in 0..3 {
        now = domains.on_reply(DOMAIN, &too_fast(), now).unwrap_or(now);
    }
    let saved = domains.to_save(now);
    for (hours, level) in [(0, 3), (1, 2), (2, 1)] {
        let later = saved[0].ready_at / 1000 + hours * 3600;
        let later = DateTime::from_timestamp(later, 999_000_000).unwrap_or_default();
        let next = resumed(None, &saved, later);
        next.turn(DOMAIN, later);
        assert_eq!(next.to_save_at_last(later)[0].level, level, "{hours} hours");
    }
    let late = now + TimeDelta::days(30);
    let next = resumed(None, &saved, late);
    assert_eq!(next.turn(DOMAIN, late), Turn::Now);
    assert_eq!(
        next.to_save_at_last(late)[0].level,
        0,
        "so that its row goes"
    );
    assert!(next.slow().domains.is_empty());
}

struct Played {
    /// How often each delivery was put back for its domain.
    put_back: Vec<usize>,
    took: TimeDelta,
}

impl Played {
    fn most(&self) -> usize {
        self.put_back.iter().copied().max().unwrap_or(0)
    }

    fn average(&self) -> f64 {
        self.put_back.iter().sum::<usize>() as f64 / self.put_back.len() as f64
    }
}

/// Sends `count` mails to one domain until all are accepted or `limit` has passed. Claims what is
/// due, in the order in which it is due; each mail goes out or is put back, and a refused one is
/// due again with the others. A new run begins every five minutes.
fn play(
    rate: Option<f64>,
    count: usize,
    limit: TimeDelta,
    mut accepts: impl FnMut(DateTime<Utc>) -> bool,
) -> Played {
    let mut queue: BinaryHeap<_> = (0..count).map(|id| Reverse((start(), id))).collect();
    let mut put_back = vec![0; count];
    let (mut domains, mut run_ends) = (new(rate), start() + TimeDelta::minutes(5));
    let mut stored = HashMap::new();
    let mut now = start();
    while let Some(Reverse((due, id))) = queue.pop() {
        now = now.max(due);
        if now - start() > limit {
            break;
        }
        if now >= run_ends {
            for throttle in domains.to_save_at_last(now) {
                stored.insert(throttle.domain_group.clone(), throttle);
            }
            let throttles: Vec<_> = stored.values().cloned().collect();
            (domains, run_ends) = (resumed(rate, &throttles, now), now + TimeDelta::minutes(5));
        }
        match domains.turn(DOMAIN, now) {
            Turn::At(turn) => {
                assert!(turn > now);
                put_back[id] += 1;
                queue.push(Reverse((turn, id)));
            }
            Turn::Now if accepts(now) => {
                domains.on_reply(DOMAIN, &reply(250, "2.0.0 Ok"), now);
            }
            Turn::Now => {
                domains.on_reply(DOMAIN, &too_fast(), now);
                queue.push(Reverse((now + retry_in(1), id)));
            }
        }
    }
    let took = now - start();
    Played { put_back, took }
}

#[test]
fn with_a_rate_each_delivery_is_put_back_once() {
    let played = play(Some(5.0), 20_000, TimeDelta::days(1), |_| true);
    assert_eq!(played.most(), 1);
    assert_eq!(played.took.num_seconds(), 3_999);
}

#[test]
fn after_one_request_a_large_domain_gets_its_mails_within_minutes() {
    let mut asked = false;
    let played = play(None, 20_000, TimeDelta::days(1), |_| {
        std::mem::replace(&mut asked, true)
    });
    assert!(played.took < TimeDelta::minutes(15), "{}", played.took);
    assert!(played.most() <= 2, "{}", played.most());
}

#[test]
fn a_domain_that_takes_nothing_for_a_day_has_its_mails_put_back_a_few_times() {
    let played = play(None, 20_000, TimeDelta::days(1), |_| false);
    assert!(played.most() <= 16, "{}", played.most());
    assert!(played.average() <= 14.0, "{}", played.average());
}

#[test]
fn a_domain_that_takes_one_mail_a_second_has_its_mails_put_back_a_few_times() {
    let mut next = start();
    let played = play(None, 20_000, TimeDelta::days(3), |now: DateTime<Utc>| {
        let accepts = now >= next;
        if accepts {
            next = now + TimeDelta::seconds(1);
        }
        accepts
    });
    assert!(played.took < TimeDelta::days(1), "{}", played.took);
    assert!(played.average() <= 12.0, "{}", played.average());
}

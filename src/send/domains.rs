//! How fast each receiving domain is written to: the configured rate, and slower for a domain that
//! asks for it.
//!
//! A mail whose turn has not come does not hold up a connection: its delivery goes back into the
//! queue, due at its turn.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::retry;
use crate::smtp::{Fate, Reply};

/// The rest after a domain first asked to slow down, and the longest one. It doubles each time.
const REST: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(60 * 60));
/// The time between two mails after the first rest; it doubles as the rest does.
const STEP: TimeDelta = TimeDelta::milliseconds(250);
/// How many mails a slowed domain must accept in a row to be trusted with twice the speed.
const TRUST: u32 = 8;
/// The highest level: 30 s × 2⁷ is more than the longest rest.
const TOP: u32 = 8;
/// How far ahead turns are given. Later ones are given when that time has come, for the domain may be
/// faster by then.
const AHEAD: TimeDelta = TimeDelta::minutes(10);
/// Above this many domains, those with nothing to remember are forgotten.
const REMEMBERED: usize = 10_000;

/// When a mail may go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Now.
    Now,
    /// Not before this.
    At(DateTime<Utc>),
}

/// The domains of a run that have a pace of their own.
#[derive(Debug)]
pub(super) struct Domains {
    /// Between two mails to one domain, if a rate is configured.
    step: Option<TimeDelta>,
    slow: Mutex<HashMap<String, Domain>>,
}

#[derive(Debug, Default)]
struct Domain {
    /// How often it asked to slow down, less what it was trusted again since. 0: full speed.
    level: u32,
    accepted: u32,
    next: DateTime<Utc>,
}

impl Domains {
    /// At most `rate` mails a second to each domain.
    pub(super) fn new(rate: Option<f64>) -> Self {
        let step = rate
            .filter(|rate| *rate > 0.0)
            .and_then(|rate| TimeDelta::from_std(Duration::from_secs_f64(1.0 / rate)).ok());
        Self {
            step,
            slow: Mutex::default(),
        }
    }

    /// The turn of the next mail to a domain. It is taken by asking.
    pub(super) fn turn(&self, domain: &str, now: DateTime<Utc>) -> Turn {
        let mut slow = self.slow();
        if self.step.is_none() && slow.is_empty() {
            return Turn::Now;
        }
        let state = match slow.get_mut(domain) {
            Some(state) => state,
            None if self.step.is_none() => return Turn::Now,
            None => {
                forget_quiet(&mut slow, now);
                slow.entry(domain.to_owned()).or_default()
            }
        };
        let turn = state.next.max(now);
        if turn - now <= AHEAD {
            state.next = turn + self.step_of(state.level);
        }
        if turn == now {
            Turn::Now
        } else {
            Turn::At(turn)
        }
    }

    /// What a domain's reply says about the pace. If it asks to slow down for the first time in a
    /// while: until when it is left alone.
    pub(super) fn heard(
        &self,
        domain: &str,
        reply: &Reply,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        if reply.asks_to_slow_down() {
            return self.slow_down(domain, now);
        }
        if reply.fate() == Fate::Accepted {
            self.trust(domain);
        }
        None
    }

    fn slow_down(&self, domain: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut slow = self.slow();
        let state = slow.entry(domain.to_owned()).or_default();
        // Several connections hear the same request at once; it counts once.
        if state.level > 0 && state.next - now > TimeDelta::from_std(REST.0 / 2).unwrap_or_default()
        {
            return None;
        }
        let rest = (REST.0 * 2_u32.pow(state.level.min(TOP))).min(REST.1);
        state.level = (state.level + 1).min(TOP);
        state.accepted = 0;
        state.next = now + TimeDelta::from_std(retry::jittered(rest)).unwrap_or(AHEAD);
        Some(state.next)
    }

    fn trust(&self, domain: &str) {
        let mut slow = self.slow();
        let Some(state) = slow.get_mut(domain) else {
            return;
        };
        state.accepted += 1;
        if state.level > 0 && state.accepted >= TRUST {
            state.level -= 1;
            state.accepted = 0;
        }
        if state.level == 0 && self.step.is_none() {
            slow.remove(domain);
        }
    }

    fn step_of(&self, level: u32) -> TimeDelta {
        let asked = match level {
            0 => TimeDelta::zero(),
            level => STEP * 2_i32.pow(level - 1),
        };
        asked.max(self.step.unwrap_or_default())
    }

    fn slow(&self) -> MutexGuard<'_, HashMap<String, Domain>> {
        // Nothing is left half-done by a panic here.
        self.slow.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn forget_quiet(slow: &mut HashMap<String, Domain>, now: DateTime<Utc>) {
    if slow.len() >= REMEMBERED {
        slow.retain(|_, state| state.level > 0 || state.next > now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOMAIN: &str = "example.com";

    fn start() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn reply(code: u16, text: &str) -> Reply {
        Reply {
            code,
            text: text.to_owned(),
        }
    }

    fn waits(domains: &Domains, now: DateTime<Utc>) -> TimeDelta {
        match domains.turn(DOMAIN, now) {
            Turn::Now => TimeDelta::zero(),
            Turn::At(at) => at - now,
        }
    }

    #[test]
    fn without_a_rate_nobody_waits() {
        let domains = Domains::new(None);
        for _ in 0..1_000 {
            assert_eq!(domains.turn(DOMAIN, start()), Turn::Now);
        }
    }

    #[test]
    fn a_rate_spaces_the_mails_of_a_domain_and_of_no_other() {
        let domains = Domains::new(Some(4.0));
        let turns: Vec<_> = (0..3)
            .map(|_| waits(&domains, start()).num_milliseconds())
            .collect();
        assert_eq!(turns, [0, 250, 500]);
        assert_eq!(domains.turn("example.net", start()), Turn::Now);
    }

    #[test]
    fn turns_are_given_ten_minutes_ahead_at_most() {
        let domains = Domains::new(Some(1.0));
        let latest = (0..2_000).map(|_| waits(&domains, start())).max();
        assert!(latest <= Some(AHEAD + TimeDelta::seconds(1)), "{latest:?}");
    }

    #[test]
    fn a_domain_that_asks_rests_longer_each_time() {
        let domains = Domains::new(None);
        let mut now = start();
        let mut before = TimeDelta::zero();
        for _ in 0..4 {
            assert!(
                domains
                    .heard(DOMAIN, &reply(421, "4.7.0 Too fast"), now)
                    .is_some()
            );
            let rest = waits(&domains, now);
            assert!(rest > before, "{rest} after {before}");
            (before, now) = (rest, now + rest);
        }
        assert_eq!(domains.turn("example.net", now), Turn::Now);
    }

    #[test]
    fn one_request_heard_on_many_connections_counts_once() {
        let domains = Domains::new(None);
        for _ in 0..16 {
            domains.heard(DOMAIN, &reply(451, "4.7.1 Later"), start());
        }
        assert!(waits(&domains, start()) <= TimeDelta::seconds(38));
    }

    #[test]
    fn a_domain_that_accepts_again_is_trusted_again() {
        let domains = Domains::new(None);
        domains.heard(DOMAIN, &reply(421, "4.7.0 Too fast"), start());
        let later = start() + TimeDelta::hours(1);
        for _ in 0..TRUST {
            domains.heard(DOMAIN, &reply(250, "2.0.0 Ok"), later);
        }
        assert_eq!(domains.turn(DOMAIN, later), Turn::Now);
        assert_eq!(domains.turn(DOMAIN, later), Turn::Now);
    }

    #[test]
    fn a_full_mailbox_slows_nobody_down() {
        let domains = Domains::new(None);
        assert_eq!(
            domains.heard(DOMAIN, &reply(452, "4.2.2 Mailbox full"), start()),
            None
        );
        assert_eq!(domains.turn(DOMAIN, start()), Turn::Now);
    }
}

//! How fast to send to each receiving domain: at the configured rate, and slower if the domain asks
//! for it. The domains of one mailbox provider count as one (`providers.rs`).
//!
//! A mail whose turn has not come does not hold up a connection: its delivery returns to the queue,
//! due at its turn. Throttles outlive the run (`store/domain_throttles.rs`,
//! `docs/decisions/0015-throttles.md`).

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::providers::domain_group;
use crate::backoff::{Backoff, jittered};
use crate::bounces::Class;
use crate::clock::instant;
use crate::smtp::Reply;
use crate::store::domain_throttles::{FARTHEST_TURN, Throttle};

/// How long a domain that asks to slow down gets no mail.
const REST: Backoff = Backoff::new(Duration::from_secs(30), Duration::from_secs(60 * 60));
/// The time between two mails after the first pause; it doubles as the pause does.
const STEP: TimeDelta = TimeDelta::milliseconds(250);
/// How many mails a slowed domain must accept in a row to get twice the speed.
const TRUST: u32 = 8;
/// The highest level: 30 s × 2⁷ is more than the longest pause.
const TOP: u32 = 8;
/// A slowed domain also gets twice the speed after this long without mail.
const FORGET: TimeDelta = TimeDelta::hours(1);
/// Turns of a slowed domain keep its step for as long ahead as it has been slow, within these
/// limits. Later turns follow closely, since it may be faster by then.
const AHEAD: (TimeDelta, TimeDelta) = (
    TimeDelta::minutes(10),
    TimeDelta::milliseconds(FARTHEST_TURN),
);
/// The minimum between two turns, so that no two deliveries are due at the same time.
const LEAST: TimeDelta = TimeDelta::milliseconds(1);
/// The maximum between two mails, and the latest turn from now, at any rate: no sum of them exceeds
/// the range of an instant.
const SLOWEST: TimeDelta = TimeDelta::days(365);
const LAST: TimeDelta = TimeDelta::days(36_500);
/// How late a turn may be used without moving later ones. `verdict serve` looks every five seconds.
const LATE: TimeDelta = TimeDelta::seconds(10);
/// How often changes are saved, unless a domain asked to slow down.
const SAVE: TimeDelta = TimeDelta::seconds(10);

/// When a mail may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Now,
    At(DateTime<Utc>),
}

/// The throttled domains of a run, by group.
#[derive(Debug)]
pub(super) struct DomainThrottle {
    relay: String,
    /// Between two mails to one domain, if a rate is configured.
    step: Option<TimeDelta>,
    slow: Mutex<Slow>,
}

#[derive(Debug, Default)]
struct Slow {
    domains: HashMap<String, Domain>,
    saved_at: DateTime<Utc>,
    /// A domain asked to slow down since the last save.
    is_urgent: bool,
}

#[derive(Debug, Default)]
struct Domain {
    /// How often it asked to slow down, minus the times it regained trust. 0 is full speed.
    level: u32,
    accepted: u32,
    /// When the first request that still has an effect came.
    slow_since: DateTime<Utc>,
    ready_at: DateTime<Utc>,
    /// The turn of the next delivery that is put back.
    next_turn: DateTime<Utc>,
    /// The end of the pause that it last asked this run for.
    rests_until: DateTime<Utc>,
    is_stored: bool,
    is_changed: bool,
}

impl Domain {
    /// True if no request and no turn has an effect any more.
    fn is_quiet(&self, now: DateTime<Utc>) -> bool {
        self.level == 0 && self.ready_at <= now && self.next_turn + LATE <= now
    }

    /// True if the next run must know of it.
    fn concerns_the_next_run(&self, now: DateTime<Utc>) -> bool {
        self.level > 0 || self.ready_at.max(self.next_turn) > now + SAVE
    }

    fn restored(throttle: &Throttle, now: DateTime<Utc>) -> Self {
        let ready_at = instant(throttle.ready_at);
        let forgotten = (now - ready_at).num_seconds() / FORGET.num_seconds();
        let level = throttle.level.saturating_sub(forgotten.max(0));
        Self {
            level: u32::try_from(level).unwrap_or(0).min(TOP),
            accepted: u32::try_from(throttle.accepted).unwrap_or(0),
            slow_since: instant(throttle.slow_since),
            ready_at,
            next_turn: instant(throttle.next_turn),
            rests_until: DateTime::default(),
            is_stored: true,
            is_changed: forgotten > 0,
        }
    }

    fn throttle(&self, relay: &str, group: &str) -> Throttle {
        Throttle {
            relay: relay.to_owned(),
            domain_group: group.to_owned(),
            level: self.level.into(),
            accepted: self.accepted.into(),
            slow_since: self.slow_since.timestamp_millis(),
            ready_at: self.ready_at.timestamp_millis(),
            next_turn: self.next_turn.timestamp_millis(),
        }
    }
}

impl DomainThrottle {
    /// At most `rate` mails a second to each domain, and slower where the stored throttles ask for
    /// it.
    pub(super) fn new(
        relay: String,
        rate: Option<f64>,
        throttles: &[Throttle],
        now: DateTime<Utc>,
    ) -> Self {
        let slowest = SLOWEST.to_std().unwrap_or_default();
        let step = rate.filter(|rate| *rate > 0.0).map(|rate| {
            let step = Duration::try_from_secs_f64(1.0 / rate).unwrap_or(slowest);
            TimeDelta::from_std(step.min(slowest)).unwrap_or(SLOWEST)
        });
        let restored = |throttle: &Throttle| {
            let domain = Domain::restored(throttle, now);
            (throttle.domain_group.clone(), domain)
        };
        Self {
            relay,
            step,
            slow: Mutex::new(Slow {
                domains: throttles.iter().map(restored).collect(),
                saved_at: now,
                is_urgent: false,
            }),
        }
    }

    /// Takes the turn of the next mail to a domain.
    pub(super) fn turn(&self, domain: &str, now: DateTime<Utc>) -> Turn {
        let mut slow = self.slow();
        if self.step.is_none() && slow.domains.is_empty() {
            return Turn::Now;
        }
        let group = domain_group(domain);
        let state = match slow.domains.get_mut(group) {
            Some(state) => state,
            None if self.step.is_none() => return Turn::Now,
            None => slow.domains.entry(group.to_owned()).or_default(),
        };
        // Turns that were given are claimed a little late, and may catch up; otherwise unused time
        // is not saved up.
        let earliest = match state.next_turn + LATE > now {
            true => now - LATE,
            false => now,
        };
        let ready_at = state.ready_at.max(earliest);
        if ready_at <= now {
            let step = self.step_of(state.level);
            state.is_changed |= !step.is_zero();
            state.ready_at = ready_at + step;
            return Turn::Now;
        }
        let turn = state.next_turn.max(ready_at);
        state.next_turn = (turn + self.spacing(state, turn, now)).min(now + LAST);
        state.is_changed = true;
        Turn::At(turn)
    }

    /// Adjusts the speed to a domain's reply. If it asks to slow down for the first time in a
    /// while, returns the end of the pause.
    pub(super) fn on_reply(
        &self,
        domain: &str,
        reply: &Reply,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        if reply.asks_to_slow_down() {
            return self.slow_down(domain, now);
        }
        if reply.class() == Class::Accepted {
            self.trust(domain);
        }
        None
    }

    fn slow_down(&self, domain: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut slow = self.slow();
        let state = slow
            .domains
            .entry(domain_group(domain).to_owned())
            .or_default();
        // Several connections get the same request at once; it counts once.
        let left = (state.rests_until - now).to_std().unwrap_or_default();
        if left > REST.after(1) / 2 {
            return None;
        }
        if state.is_quiet(now) || state.slow_since == DateTime::UNIX_EPOCH {
            state.slow_since = now;
        }
        let rest = jittered(REST.after(state.level + 1));
        let rest = TimeDelta::from_std(rest).unwrap_or(AHEAD.0);
        state.level = (state.level + 1).min(TOP);
        state.accepted = 0;
        state.ready_at = state.ready_at.max(now + rest);
        state.rests_until = state.ready_at;
        state.is_changed = true;
        let until = state.ready_at;
        slow.is_urgent = true;
        Some(until)
    }

    fn trust(&self, domain: &str) {
        let mut slow = self.slow();
        if slow.domains.is_empty() {
            return;
        }
        let Some(state) = slow.domains.get_mut(domain_group(domain)) else {
            return;
        };
        if state.level == 0 {
            return;
        }
        state.accepted += 1;
        state.is_changed = true;
        if state.accepted >= TRUST {
            state.level -= 1;
            state.accepted = 0;
        }
    }

    /// What to save now, in the order of the groups: usually nothing. Drops domains that are quiet.
    pub(super) fn to_save(&self, now: DateTime<Utc>) -> Vec<Throttle> {
        let mut slow = self.slow();
        if slow.domains.is_empty() || !slow.is_urgent && now - slow.saved_at < SAVE {
            return Vec::new();
        }
        self.changed(&mut slow, now)
    }

    /// What to save at the end of a run.
    pub(super) fn to_save_at_last(&self, now: DateTime<Utc>) -> Vec<Throttle> {
        self.changed(&mut self.slow(), now)
    }

    fn changed(&self, slow: &mut Slow, now: DateTime<Utc>) -> Vec<Throttle> {
        (slow.saved_at, slow.is_urgent) = (now, false);
        let mut throttles = Vec::new();
        slow.domains.retain(|group, state| {
            let is_quiet = state.is_quiet(now);
            let is_new = std::mem::take(&mut state.is_changed) || is_quiet;
            if is_new && (state.is_stored || state.concerns_the_next_run(now)) {
                state.is_stored = true;
                throttles.push(state.throttle(&self.relay, group));
            }
            !is_quiet
        });
        throttles.sort_unstable_by(|a, b| a.domain_group.cmp(&b.domain_group));
        throttles
    }

    fn step_of(&self, level: u32) -> TimeDelta {
        asked_of(level).max(self.step.unwrap_or_default())
    }

    /// Between a turn and the next one to give.
    fn spacing(&self, state: &Domain, turn: DateTime<Utc>, now: DateTime<Utc>) -> TimeDelta {
        let horizon = (now - state.slow_since).clamp(AHEAD.0, AHEAD.1);
        let asked = match turn - now <= horizon {
            true => asked_of(state.level),
            false => TimeDelta::zero(),
        };
        asked.max(self.step.unwrap_or(LEAST))
    }

    fn slow(&self) -> MutexGuard<'_, Slow> {
        // A panic leaves nothing half-done here.
        self.slow.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Between two mails to a domain that asked to slow down.
fn asked_of(level: u32) -> TimeDelta {
    match level {
        0 => TimeDelta::zero(),
        level => STEP * 2_i32.pow(level - 1),
    }
}

#[cfg(test)]
mod tests;

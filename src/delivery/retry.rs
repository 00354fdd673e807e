//! How long to wait before something is tried again.

use std::time::Duration;

use chrono::TimeDelta;
use ring::rand::{SecureRandom as _, SystemRandom};

/// The wait after the first refusal (RFC 5321 §4.5.4.1 asks for half an hour or more between tries;
/// greylisting relays let a second try in after five minutes).
const FIRST: Duration = Duration::from_secs(5 * 60);
/// The longest wait.
const LONGEST: Duration = Duration::from_secs(4 * 60 * 60);

/// How long to wait after the `attempts`-th try of a delivery (from 1): five minutes, doubled each
/// time up to four hours, give or take a quarter.
pub(super) fn wait(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1))
        .unwrap_or(0)
        .min(10);
    let full = (FIRST * 2_u32.pow(doublings)).min(LONGEST);
    // Five hours fit.
    TimeDelta::from_std(jittered(full)).unwrap_or(TimeDelta::hours(4))
}

/// Give or take a quarter, so that what was refused together does not come back together.
pub(super) fn jittered(full: Duration) -> Duration {
    full * 3 / 4 + full / 2 * random_percent() / 100
}

fn random_percent() -> u32 {
    let mut byte = [0; 1];
    // Without random numbers the middle is as good a wait as any.
    match SystemRandom::new().fill(&mut byte) {
        Ok(()) => u32::from(byte[0]) * 100 / 255,
        Err(_) => 50,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_four_hours_give_or_take_a_quarter() {
        for (attempts, full) in [(1, FIRST), (2, FIRST * 2), (5, FIRST * 16), (60, LONGEST)] {
            for _ in 0..50 {
                let wait = wait(attempts).to_std().unwrap_or_default();
                assert!(
                    wait >= full * 3 / 4 && wait <= full * 5 / 4,
                    "{attempts}: {wait:?}"
                );
            }
        }
    }
}

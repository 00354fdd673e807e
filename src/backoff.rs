//! How long to wait before retrying work that failed.

use std::time::Duration;

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};

/// Waits that double from `first` up to `longest`.
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    first: Duration,
    longest: Duration,
    failures: u32,
}

impl Backoff {
    pub const fn new(first: Duration, longest: Duration) -> Self {
        Self {
            first,
            longest,
            failures: 0,
        }
    }

    /// The wait after the `failures`-th failure in a row, from 1.
    pub fn after(&self, failures: u32) -> Duration {
        let doublings = failures.saturating_sub(1).min(20);
        self.first.saturating_mul(1 << doublings).min(self.longest)
    }

    /// The wait after one more failure.
    pub fn next_wait(&mut self) -> Duration {
        self.failures = self.failures.saturating_add(1);
        self.after(self.failures)
    }

    /// Sleeps for the wait after one more failure.
    pub async fn wait(&mut self) {
        tokio::time::sleep(self.next_wait()).await;
    }

    /// The work succeeded: start again with the first wait.
    pub fn reset(&mut self) {
        self.failures = 0;
    }
}

/// A wait, plus or minus up to a quarter, so that tasks that failed together do not retry together.
pub fn jittered(full: Duration) -> Duration {
    full * 3 / 4 + full / 2 * random_percent() / 100
}

fn random_percent() -> u32 {
    let mut byte = [0; 1];
    // Without random numbers, the middle is as good as any.
    match SystemRandom::new().fill(&mut byte) {
        Ok(()) => u32::from(byte[0]) * 100 / 255,
        Err(_) => 50,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Duration = Duration::from_secs(5 * 60);
    const LONGEST: Duration = Duration::from_secs(4 * 60 * 60);

    #[test]
    fn waits_double_up_to_the_longest_give_or_take_a_quarter() {
        let backoff = Backoff::new(FIRST, LONGEST);
        for (failures, full) in [
            (0, FIRST),
            (1, FIRST),
            (2, FIRST * 2),
            (5, FIRST * 16),
            (u32::MAX, LONGEST),
        ] {
            assert_eq!(backoff.after(failures), full);
            for _ in 0..50 {
                let wait = jittered(full);
                assert!(
                    wait >= full * 3 / 4 && wait <= full * 5 / 4,
                    "{failures}: {wait:?}"
                );
            }
        }
    }

    #[test]
    fn success_begins_again_with_the_first_wait() {
        let mut backoff = Backoff::new(FIRST, LONGEST);
        assert_eq!(
            [backoff.next_wait(), backoff.next_wait()],
            [FIRST, FIRST * 2]
        );
        backoff.reset();
        assert_eq!(backoff.next_wait(), FIRST);
    }
}

//! The progress of a run.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::store::deliveries::State;

/// Counts of outcomes, readable at any time from any thread.
#[derive(Debug, Default)]
pub struct Progress([AtomicU64; State::OUTCOMES.len()]);

impl Progress {
    /// How many had this outcome; 0 for states that are not outcomes.
    pub fn of(&self, state: State) -> u64 {
        self.counter(state)
            .map_or(0, |counter| counter.load(Ordering::Relaxed))
    }

    pub fn total(&self) -> u64 {
        let counts = self.0.iter();
        counts.map(|count| count.load(Ordering::Relaxed)).sum()
    }

    pub(super) fn count(&self, state: State) {
        if let Some(counter) = self.counter(state) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn counter(&self, state: State) -> Option<&AtomicU64> {
        let mut outcomes = State::OUTCOMES.iter();
        self.0.get(outcomes.position(|outcome| *outcome == state)?)
    }
}

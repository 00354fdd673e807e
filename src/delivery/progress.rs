//! What a run has done so far, for whoever watches.

use std::sync::atomic::{AtomicU64, Ordering};
use strum::IntoEnumIterator as _;

use crate::store::deliveries::State;

/// Counts of outcomes, readable at any time from any thread.
#[derive(Debug, Default)]
pub struct Progress {
    accepted: AtomicU64,
    deferred: AtomicU64,
    refused: AtomicU64,
    unknown: AtomicU64,
    skipped: AtomicU64,
}

impl Progress {
    /// How many had this outcome; 0 for states that are no outcome.
    pub fn of(&self, state: State) -> u64 {
        self.counter(state)
            .map_or(0, |counter| counter.load(Ordering::Relaxed))
    }

    /// How many had any outcome.
    pub fn total(&self) -> u64 {
        State::iter().map(|state| self.of(state)).sum()
    }

    pub(super) fn count(&self, state: State) {
        if let Some(counter) = self.counter(state) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn counter(&self, state: State) -> Option<&AtomicU64> {
        match state {
            State::Accepted => Some(&self.accepted),
            State::Deferred => Some(&self.deferred),
            State::Refused => Some(&self.refused),
            State::Unknown => Some(&self.unknown),
            State::Skipped => Some(&self.skipped),
            State::Queued | State::Claimed | State::InFlight => None,
        }
    }
}

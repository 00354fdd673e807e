//! Limits attempts to connect to the relay: how many conversations are open, and how soon to try
//! again after one could not be opened.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::backoff::{Backoff, jittered};
use crate::metrics::Metrics;

/// How many tries may fail in a row, with no conversation open, before the relay counts as down.
const FAILURES: u32 = 3;
const WAIT: Backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(60));

/// Shared by all connections of a run, so that a relay in trouble gets one try at a time, at
/// growing intervals.
pub(super) struct CircuitBreaker {
    metrics: Arc<Metrics>,
    open: AtomicUsize,
    trouble: Mutex<Trouble>,
}

#[derive(Debug, Default)]
struct Trouble {
    failures: u32,
    /// No try before this.
    until: Option<Instant>,
}

/// An open conversation, counted until it is dropped.
pub(super) struct Counted(Arc<CircuitBreaker>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
        self.0.metrics.connections.dec();
    }
}

impl CircuitBreaker {
    pub(super) fn new(metrics: Arc<Metrics>) -> Self {
        Self {
            metrics,
            open: AtomicUsize::new(0),
            trouble: Mutex::default(),
        }
    }

    /// Waits until the next try is allowed. One task gets the try; the others keep waiting.
    pub(super) async fn wait(&self) {
        while let Some(until) = self.claim_try() {
            sleep_until(until).await;
        }
    }

    /// When to ask again; `None` if the caller may try now.
    fn claim_try(&self) -> Option<Instant> {
        let now = Instant::now();
        let mut trouble = self.trouble();
        let until = trouble.until?;
        if until > now {
            return Some(until);
        }
        // The next task waits as if this try had failed; success lets all of them through.
        trouble.until = Some(now + jittered(WAIT.after(trouble.failures)));
        None
    }

    /// Records that a conversation was opened.
    pub(super) fn opened(self: &Arc<Self>) -> Counted {
        *self.trouble() = Trouble::default();
        self.open.fetch_add(1, Ordering::Relaxed);
        self.metrics.connections.inc();
        self.metrics.opened.inc();
        Counted(Arc::clone(self))
    }

    /// Records that a conversation could not be opened. True if the relay counts as down.
    pub(super) fn failed(&self) -> bool {
        self.metrics.not_opened.inc();
        let mut trouble = self.trouble();
        trouble.failures += 1;
        trouble.until = Some(Instant::now() + jittered(WAIT.after(trouble.failures)));
        trouble.failures >= FAILURES && self.open.load(Ordering::Relaxed) == 0
    }

    fn trouble(&self) -> MutexGuard<'_, Trouble> {
        // A panic leaves nothing half-done here.
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

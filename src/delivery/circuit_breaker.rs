//! The way to the relay: how many conversations are open, and how soon the next may be tried after
//! one could not be opened.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::backoff::{Backoff, jittered};
use crate::metrics::Metrics;

/// How many tries may fail in a row, while nothing else is open, before the relay is taken to be down.
const FAILURES: u32 = 3;
const WAIT: Backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(60));

/// Shared by all connections of a run, so that a relay in trouble gets one try at a time, each later
/// than the one before.
pub(super) struct CircuitBreaker {
    metrics: Arc<Metrics>,
    open: AtomicUsize,
    trouble: Mutex<Trouble>,
}

#[derive(Debug, Default)]
struct Trouble {
    failures: u32,
    /// Nobody tries before this.
    until: Option<Instant>,
}

/// A conversation that is open; counted until it is dropped.
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

    /// Waits until the next try is allowed. Whoever gets through takes the try: the others wait on.
    pub(super) async fn wait(&self) {
        while let Some(until) = self.claim_try() {
            sleep_until(until).await;
        }
    }

    /// When to come back; `None` if this is the turn.
    fn claim_try(&self) -> Option<Instant> {
        let now = now();
        let mut trouble = self.trouble();
        let until = trouble.until?;
        if until > now {
            return Some(until);
        }
        // The next one waits as if this try had failed; success lets everybody through.
        trouble.until = Some(now + jittered(WAIT.after(trouble.failures)));
        None
    }

    /// A conversation was opened.
    pub(super) fn opened(self: &Arc<Self>) -> Counted {
        *self.trouble() = Trouble::default();
        self.open.fetch_add(1, Ordering::Relaxed);
        self.metrics.connections.inc();
        self.metrics.opened.inc();
        Counted(Arc::clone(self))
    }

    /// A conversation could not be opened. True if the relay is to be taken for down.
    pub(super) fn failed(&self) -> bool {
        self.metrics.not_opened.inc();
        let mut trouble = self.trouble();
        trouble.failures += 1;
        trouble.until = Some(now() + jittered(WAIT.after(trouble.failures)));
        trouble.failures >= FAILURES && self.open.load(Ordering::Relaxed) == 0
    }

    fn trouble(&self) -> std::sync::MutexGuard<'_, Trouble> {
        // Nothing is left half-done by a panic here.
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn now() -> Instant {
    Instant::now()
}

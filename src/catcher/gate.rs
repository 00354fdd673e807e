//! A gate holds connections, so that a test can act in the middle of a conversation.

use std::sync::Arc;

use tokio::sync::watch;

#[derive(Clone, Copy, Debug, Default)]
struct State {
    arrivals: u64,
    open: bool,
}

/// Holds connections at a step until you release it. Dropping it releases it, so that a failing test
/// does not hang.
#[derive(Debug, Default)]
pub struct Gate(Arc<watch::Sender<State>>);

/// The receiver's side of a gate.
#[derive(Clone, Debug)]
pub(super) struct Waiting(Arc<watch::Sender<State>>);

impl Gate {
    /// A closed gate, for [`At::pause`](super::At::pause).
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns once a connection has arrived at the gate.
    pub async fn reached(&self) {
        self.reached_by(1).await;
    }

    /// Returns once `count` connections have arrived at the gate.
    pub async fn reached_by(&self, count: u64) {
        let mut state = self.0.subscribe();
        // Only fails if the sender is dropped, and `self` holds it.
        let _ = state.wait_for(|state| state.arrivals >= count).await;
    }

    /// How many connections have arrived at the gate, held or not.
    #[must_use]
    pub fn arrivals(&self) -> u64 {
        self.0.borrow().arrivals
    }

    /// Lets all connections through, now and later.
    pub fn release(&self) {
        self.0.send_modify(|state| state.open = true);
    }

    pub(super) fn waiting(&self) -> Waiting {
        Waiting(Arc::clone(&self.0))
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.release();
    }
}

impl Waiting {
    /// Counts an arrival and returns when the gate is open.
    pub(super) async fn pass(&self) {
        let mut state = self.0.subscribe();
        self.0.send_modify(|state| state.arrivals += 1);
        // Only fails if the sender is dropped, and `self` holds it.
        let _ = state.wait_for(|state| state.open).await;
    }
}

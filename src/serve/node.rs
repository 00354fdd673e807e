//! Registers this process as a node while it lives, so that others know what runs and take over its work when it is
//! gone.

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Part, TaskResult};
use crate::app::App;
use crate::store::{StoreError, nodes};

/// How long a killed node counts as running.
const LEASE: Duration = Duration::from_secs(60);
const RENEWAL: Duration = Duration::from_secs(15);
/// How often to check whether a newer release has changed the tables.
const LOOK: Duration = Duration::from_secs(1);

#[derive(Clone)]
pub(crate) struct Node {
    app: App,
    pub(crate) id: i64,
    parts: String,
    what: String,
}

impl Node {
    /// Registers this process. `command` is the command that the operator ran.
    pub(crate) async fn register(
        app: &App,
        command: &str,
        parts: &[Part],
    ) -> Result<Self, StoreError> {
        let words: Vec<&str> = parts.iter().map(|part| part.into_str()).collect();
        let parts = words.join(",");
        let (process, machine) = (std::process::id(), machine());
        let what = format!("`{command}` with process id {process} on {machine}");
        let mut tx = app.store.begin().await?;
        nodes::expire(&mut tx).await?;
        let id = nodes::register(&mut tx, &parts, &what, LEASE).await?;
        tx.commit().await?;
        Ok(Self {
            app: app.clone(),
            id,
            parts,
            what,
        })
    }

    /// Renews the lease until `stop` is cancelled. Fails if a newer release has changed the tables: this process must
    /// end.
    pub(crate) async fn keep(self, stop: CancellationToken) -> TaskResult {
        let mut renewed = Instant::now();
        loop {
            tokio::select! {
                () = stop.cancelled() => return Ok(()),
                () = tokio::time::sleep(LOOK) => {}
            }
            match self.app.store.check_version().await {
                Err(error @ StoreError::Newer { .. }) => return Err(error.into()),
                Err(error) => tracing::debug!(%error, "cannot read the version of the tables"),
                Ok(()) => {}
            }
            if renewed.elapsed() >= RENEWAL {
                match self.renew().await {
                    Ok(()) => renewed = Instant::now(),
                    Err(error) => tracing::warn!(%error, "cannot renew this node's lease"),
                }
            }
        }
    }

    /// Renews the lease. A node that was suspended for longer registers again under its ID.
    async fn renew(&self) -> Result<(), StoreError> {
        let mut tx = self.app.store.begin().await?;
        if !nodes::renew(&mut tx, self.id, LEASE).await? {
            nodes::register_again(&mut tx, self.id, &self.parts, &self.what, LEASE).await?;
        }
        tx.commit().await
    }

    /// Unregisters this process and returns its outbox messages to the queue.
    pub(crate) async fn leave(self) -> Result<(), StoreError> {
        let mut tx = self.app.store.begin().await?;
        nodes::leave(&mut tx, self.id).await?;
        crate::store::outbox::recover(&mut tx).await?;
        tx.commit().await
    }
}

/// The machine's name, on Linux.
fn machine() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    match name.trim() {
        "" => "this machine".to_owned(),
        name => name.to_owned(),
    }
}

//! Registers a sender: a number to claim under, and a lease that keeps the claims.
//!
//! On SQLite, one process sends at a time, the one with the lock on a file beside the database.
//! Whatever another number still holds was left by a dead process, and is taken over at once. On
//! PostgreSQL a sender is gone when its lease has run out by the store's clock.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::SendError;
use crate::app::App;
use crate::private_file;
use crate::store::nodes::{self, Node};
use crate::store::{Store, StoreError, senders};

const LEASE: Duration = Duration::from_secs(50);
const RENEWAL: Duration = Duration::from_secs(15);
/// How soon to retry a renewal that failed.
const RETRY: Duration = Duration::from_secs(1);

pub(super) struct Registration {
    app: App,
    id: i64,
    _lock: Option<File>,
}

impl Registration {
    /// Registers this process, and removes senders that are gone.
    pub(super) async fn register(app: &App) -> Result<Self, SendError> {
        let lock = match app.store.file() {
            Some(database) => Some(lock(database).await?),
            None => None,
        };
        let mut tx = app.store.begin().await?;
        let id = senders::register(&mut tx, LEASE).await?;
        if lock.is_some() {
            senders::expire_others(&mut tx, id).await?;
        } else {
            senders::expire(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(Self {
            app: app.clone(),
            id,
            _lock: lock,
        })
    }

    pub(super) fn id(&self) -> i64 {
        self.id
    }

    /// Renews the lease until it is lost. While the store is unavailable it retries: the lease may
    /// still be valid when the store comes back.
    pub(super) async fn keep(&self) -> StoreError {
        let mut wait = RENEWAL;
        loop {
            tokio::time::sleep(wait).await;
            wait = match self.renew().await {
                Ok(()) => RENEWAL,
                Err(error) if error.is_transient() => RETRY,
                Err(error) => return error,
            }
        }
    }

    async fn renew(&self) -> Result<(), StoreError> {
        let mut tx = self.app.store.begin().await?;
        senders::renew(&mut tx, self.id, LEASE).await?;
        tx.commit().await
    }

    /// Removes this process.
    pub(super) async fn leave(self) -> Result<(), StoreError> {
        let mut tx = self.app.store.begin().await?;
        senders::leave(&mut tx, self.id).await?;
        tx.commit().await
    }
}

/// How often and how soon to retry a lock that another process holds: a process that only looks
/// holds it for less than a moment.
const TRIES: u32 = 5;
const AGAIN: Duration = Duration::from_millis(20);

/// Takes the lock beside the database. The system releases it when the process ends, however it
/// ends.
async fn lock(database: &Path) -> Result<File, SendError> {
    let path = lock_of(database);
    let failed = |cause| SendError::Lock {
        path: path.display().to_string(),
        cause,
    };
    let file = private_file::open(&path).map_err(failed)?;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(AGAIN).await,
            Err(TryLockError::Error(cause)) => return Err(failed(cause)),
        }
    }
    Err(SendError::Busy(database.display().to_string()))
}

fn lock_of(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(".sender");
    path.into()
}

/// True if a process is sending, or is a `verdict serve` that sends what comes. On SQLite the lock
/// shows a process that is sending, and the system releases it with the process. Leases show all
/// others, so a killed process counts until its lease runs out.
pub async fn is_any_sender_alive(store: &Store) -> Result<bool, StoreError> {
    Ok(is_any_sending(store).await? || nodes::live(store).await?.iter().any(Node::sends))
}

async fn is_any_sending(store: &Store) -> Result<bool, StoreError> {
    let Some(database) = store.file() else {
        return senders::is_any_alive(store).await;
    };
    match File::open(lock_of(database)).map(|file| file.try_lock_shared()) {
        Ok(Ok(())) => Ok(false),
        Ok(Err(TryLockError::WouldBlock)) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        // Another user's file, or a system without locks: fall back to the leases.
        Ok(Err(TryLockError::Error(_))) | Err(_) => senders::is_any_alive(store).await,
    }
}

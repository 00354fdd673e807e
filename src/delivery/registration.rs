//! Being a sender: a number that claims are made under, and a lease that keeps them.
//!
//! On SQLite one process sends at a time, and a lock on a file beside the database says which; so
//! whatever another number still holds was left by a process that is gone, and is taken over at
//! once. On PostgreSQL a sender is gone when its lease has run out by the store's clock.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::SendError;
use crate::app::App;
use crate::private_file;
use crate::store::nodes::{self, Node};
use crate::store::{Store, StoreError, senders};

/// How long claims outlive their sender.
const LEASE: Duration = Duration::from_secs(50);
/// How often a lease is renewed.
const RENEWAL: Duration = Duration::from_secs(15);
/// How soon a renewal is tried again that the store could not take.
const RETRY: Duration = Duration::from_secs(1);

/// A registered sender.
pub(super) struct Registration {
    app: App,
    id: i64,
    _lock: Option<File>,
}

impl Registration {
    /// Registers this process, and strikes off those that are gone.
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

    /// Renews the lease for as long as it is awaited; returns only if the lease is lost. While the
    /// store is away it tries again: the lease may still be there when the store comes back.
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

    /// Strikes this process off.
    pub(super) async fn leave(self) -> Result<(), StoreError> {
        let mut tx = self.app.store.begin().await?;
        senders::leave(&mut tx, self.id).await?;
        tx.commit().await
    }
}

/// How often, and how soon, a lock that another process has is tried again: a process that only looks
/// has it for less than a moment.
const TRIES: u32 = 5;
const AGAIN: Duration = Duration::from_millis(20);

/// Takes the lock beside the database; the system drops it when the process ends, however it ends.
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

/// True if a process sends now, or is a `verdict serve` that sends what comes. On SQLite the lock tells of
/// a process that sends, which the system drops with it; leases tell of all others, so one that was killed
/// counts until its lease is over.
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
        // Another user's file, or a system without locks: the leases are the next best thing.
        Ok(Err(TryLockError::Error(_))) | Err(_) => senders::is_any_alive(store).await,
    }
}

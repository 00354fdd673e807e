//! How often pages may be asked for a mail: by network, by address, by reader, and by everybody.

use subscribers::address::Address;
use subscribers::token::limit_hash;
use templates::notice;

use super::Engine;
use crate::store::limits::{Counted, count};
use crate::store::{StoreError, Tx};

/// The stretch that requests of a network, and of everybody, are counted in; milliseconds.
pub const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// How often a day a reader may ask for one kind of link, or for another address.
const BY_READER: i64 = 3;

impl Engine {
    /// Counts one more request from a network, and says whether it may be answered: `join.per_network`.
    ///
    /// # Errors
    /// If the store refuses.
    pub async fn is_within_network(&self, tx: &mut Tx, network: &str) -> Result<bool, StoreError> {
        let hash = limit_hash(&self.key, network);
        let counted = self.counted(tx, "network", &hash, HOUR).await?;
        Ok(counted <= self.config.join.per_network)
    }

    /// Counts one more mail to an address that was typed into a form, and says whether it may go out, since
    /// a stranger may have typed it: `join.per_address`.
    ///
    /// # Errors
    /// If the store refuses.
    pub async fn may_be_mailed(&self, tx: &mut Tx, address: &Address) -> Result<bool, StoreError> {
        let hash = limit_hash(&self.key, address.key().as_str());
        let counted = self.counted(tx, "address", &hash, DAY).await?;
        Ok(counted <= self.config.join.per_address)
    }

    /// Counts one more request of a reader, and says whether it may be answered: three a day of each kind.
    /// None is shared with the form, so that a stranger who signs an address up keeps no reader from leaving.
    ///
    /// # Errors
    /// If the store refuses.
    pub async fn may_ask(
        &self,
        tx: &mut Tx,
        subscriber: i64,
        kind: &str,
    ) -> Result<bool, StoreError> {
        let hash = limit_hash(&self.key, &subscriber.to_string());
        Ok(self.counted(tx, kind, &hash, DAY).await? <= BY_READER)
    }

    /// Counts a mail to an address that was typed into a form, and alerts the editors when there are too
    /// many, once an hour: `join.alarm`.
    ///
    /// # Errors
    /// If the store refuses.
    pub async fn watch_sign_ups(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let alarm = self.config.join.alarm;
        if self.counted(tx, "all", "", HOUR).await? == alarm {
            self.alert(tx, &notice::many_sign_ups(alarm)).await?;
        }
        Ok(())
    }

    async fn counted(
        &self,
        tx: &mut Tx,
        name: &str,
        subject: &str,
        stretch: i64,
    ) -> Result<i64, StoreError> {
        let counted = Counted {
            name,
            subject,
            stretch,
        };
        count(tx, counted, self.clock.now_millis()).await
    }
}

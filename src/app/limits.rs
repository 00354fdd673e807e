//! How often pages may be asked for a mail: by network, by address, by reader, and by everybody.

use subscribers::address::Address;
use subscribers::token::limit_hash;
use templates::alert;

use super::App;
use crate::store::limits::{self, Counted, count};
use crate::store::{StoreError, Tx};

/// The stretch that requests of a network, and of everybody, are counted in; milliseconds.
pub const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// How often a day a reader may ask for one kind of link, or for another address.
const BY_READER: i64 = 3;

/// How many times as often as one network a site may ask: it has 256 of them, and few people.
const SITE: i64 = 5;

/// A form's stamp.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    /// As it came back.
    pub text: &'a str,
    /// Until when it is good; Unix milliseconds.
    pub until: i64,
}

/// What became of a stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// It was good, and is not any more.
    Now,
    /// It was used for this very address: the form was sent twice.
    ForTheSame,
    /// It was used for another address.
    ForAnother,
}

/// Where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What a household has: an IPv4 /24, an IPv6 /56.
    pub network: String,
    /// What a provider gives to a customer at most, an IPv6 /48. IPv4 has none.
    pub site: Option<String>,
}

impl App {
    /// Counts one more request from a network, and says whether it may be answered: `join.per_network`, and five
    /// times that from the whole of an IPv6 /48.
    pub async fn is_within_network(
        &self,
        tx: &mut Tx,
        origin: &Origin,
    ) -> Result<bool, StoreError> {
        let most = self.config.join.per_network;
        let hash = limit_hash(&self.key, &origin.network);
        if self.counted(tx, "network", &hash, HOUR).await? > most {
            // It uses up nothing of what its neighbours may.
            return Ok(false);
        }
        let Some(site) = &origin.site else {
            return Ok(true);
        };
        let hash = limit_hash(&self.key, site);
        Ok(self.counted(tx, "site", &hash, HOUR).await? <= most * SITE)
    }

    /// Uses up the stamp of a form, which is good until a certain time, for one address.
    pub async fn use_stamp(
        &self,
        tx: &mut Tx,
        stamp: Stamp<'_>,
        address: &Address,
    ) -> Result<Used, StoreError> {
        let (alone, with) = self.stamp_hashes(stamp, address);
        if limits::spend(tx, "stamp", &alone, stamp.until).await? {
            limits::spend(tx, "stamped", &with, stamp.until).await?;
            return Ok(Used::Now);
        }
        Ok(if limits::is_spent(tx, "stamped", &with).await? {
            Used::ForTheSame
        } else {
            Used::ForAnother
        })
    }

    /// Takes back what [`use_stamp`](Self::use_stamp) did: the form was answered with an error.
    pub async fn keep_stamp(
        &self,
        tx: &mut Tx,
        stamp: Stamp<'_>,
        address: &Address,
    ) -> Result<(), StoreError> {
        let (alone, with) = self.stamp_hashes(stamp, address);
        limits::give_back(tx, "stamp", &alone).await?;
        limits::give_back(tx, "stamped", &with).await
    }

    fn stamp_hashes(&self, stamp: Stamp<'_>, address: &Address) -> (String, String) {
        let with = format!("{} {}", stamp.text, address.key().as_str());
        let hash = |text: &str| limit_hash(&self.key, text);
        (hash(stamp.text), hash(&with))
    }

    /// Counts one more mail to an address that was typed into a form, and says whether it may go out, since
    /// a stranger may have typed it: `join.per_address`.
    pub async fn may_be_mailed(&self, tx: &mut Tx, address: &Address) -> Result<bool, StoreError> {
        let hash = limit_hash(&self.key, address.key().as_str());
        let counted = self.counted(tx, "address", &hash, DAY).await?;
        Ok(counted <= self.config.join.per_address)
    }

    /// Counts one more request of a reader, and says whether it may be answered: three a day of each kind.
    /// None is shared with the form, so that a stranger who signs an address up keeps no reader from leaving.
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
    pub async fn watch_sign_ups(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let alarm = self.config.join.alarm;
        if self.counted(tx, "all", "", HOUR).await? == alarm {
            self.alert(tx, &alert::many_sign_ups(alarm)).await?;
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

//! Rate limits for requests that send mail: per network, per address, per reader, and in total.

use subscribers::address::Address;
use subscribers::token::limit_hash;
use templates::alert;

use super::App;
use crate::store::limits::{self, Counted, count};
use crate::store::{StoreError, Tx};

/// The window for counting requests per network and in total, in milliseconds.
pub const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// Requests a day per reader: for each kind of link, and for a change of address.
const BY_READER: i64 = 3;

/// A site may ask this many times as often as one network: it has 256 networks, but few people.
const SITE: i64 = 5;

/// The signed stamp in a form, which makes each form good for one sign-up.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    /// As the form returned it.
    pub text: &'a str,
    /// When it expires; Unix milliseconds.
    pub until: i64,
}

/// Whether a stamp was still unused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// It was unused until now.
    Now,
    /// It was used for this address before: the form was sent twice.
    ForTheSame,
    /// It was used for another address before.
    ForAnother,
}

/// Where a request comes from, as limits count it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// About one household: an IPv4 /24 or an IPv6 /56.
    pub network: String,
    /// The largest block that providers give to one customer, an IPv6 /48; none for IPv4.
    pub site: Option<String>,
}

impl App {
    /// Counts a request from a network; false if that is over the limit. The limit is `join.per_network`, and five
    /// times that for an IPv6 /48.
    pub async fn is_within_network(
        &self,
        tx: &mut Tx,
        origin: &Origin,
    ) -> Result<bool, StoreError> {
        let most = self.config.join.per_network;
        let hash = limit_hash(&self.key, &origin.network);
        if self.counted(tx, "network", &hash, HOUR).await? > most {
            // Don't count it against its neighbours.
            return Ok(false);
        }
        let Some(site) = &origin.site else {
            return Ok(true);
        };
        let hash = limit_hash(&self.key, site);
        Ok(self.counted(tx, "site", &hash, HOUR).await? <= most * SITE)
    }

    /// Uses up the stamp of a form, for one address.
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

    /// Undoes [`use_stamp`](Self::use_stamp), when the form is answered with an error.
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

    /// Counts a mail to an address typed into a form, perhaps by a stranger; false if that is over
    /// `join.per_address`.
    pub async fn may_be_mailed(&self, tx: &mut Tx, address: &Address) -> Result<bool, StoreError> {
        let hash = limit_hash(&self.key, address.key().as_str());
        let counted = self.counted(tx, "address", &hash, DAY).await?;
        Ok(counted <= self.config.join.per_address)
    }

    /// Counts a reader's request; false if that is over three a day of its kind. Sign-ups are counted apart, so
    /// that a stranger who signs an address up can't keep its reader from leaving.
    pub async fn may_ask(
        &self,
        tx: &mut Tx,
        subscriber: i64,
        kind: &str,
    ) -> Result<bool, StoreError> {
        let hash = limit_hash(&self.key, &subscriber.to_string());
        Ok(self.counted(tx, kind, &hash, DAY).await? <= BY_READER)
    }

    /// Counts a mail to an address typed into a form, and alerts the editors, once an hour, when there are
    /// `join.alarm`.
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

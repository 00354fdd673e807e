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
/// How long a form that was sent twice counts once, if it has no stamp.
const DOUBLE_CLICK: i64 = 60_000;

/// Requests a day per reader: for each kind of link, and for a change of address.
const BY_READER: i64 = 3;

/// A site may ask this many times as often as one network: it has 256 networks, but few people.
const SITE: i64 = 5;

/// How many of the sign-ups that `join.per_network` and `join.alarm` allow may lack a stamp: every fourth of a
/// network's, and every fifth of the hour's.
const UNSTAMPED_OF_NETWORK: i64 = 4;
const UNSTAMPED_OF_ALL: i64 = 5;

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
        self.are_within(tx, ["network", "site"], origin, most).await
    }

    /// Counts a sign-up without a stamp; false if there are unusually many of them this hour, from its network or in
    /// all.
    pub async fn is_usual_without_stamp(
        &self,
        tx: &mut Tx,
        origin: &Origin,
    ) -> Result<bool, StoreError> {
        let join = &self.config.join;
        let most = (join.per_network / UNSTAMPED_OF_NETWORK).max(1);
        let names = ["unstamped-network", "unstamped-site"];
        if !self.are_within(tx, names, origin, most).await? {
            return Ok(false);
        }
        let most = (join.alarm / UNSTAMPED_OF_ALL).max(1);
        Ok(self.counted(tx, "unstamped", "", HOUR).await? <= most)
    }

    /// Counts a request from a network and from its site, under these names.
    async fn are_within(
        &self,
        tx: &mut Tx,
        [network, site]: [&str; 2],
        origin: &Origin,
        most: i64,
    ) -> Result<bool, StoreError> {
        let hash = limit_hash(&self.key, &origin.network);
        if self.counted(tx, network, &hash, HOUR).await? > most {
            // Don't count it against its neighbours.
            return Ok(false);
        }
        let Some(of_site) = &origin.site else {
            return Ok(true);
        };
        let hash = limit_hash(&self.key, of_site);
        Ok(self.counted(tx, site, &hash, HOUR).await? <= most * SITE)
    }

    /// True if a form without a stamp was just sent for this address: the button was pressed twice.
    pub async fn is_double_click(
        &self,
        tx: &mut Tx,
        address: &Address,
    ) -> Result<bool, StoreError> {
        let hash = limit_hash(&self.key, address.key().as_str());
        let counted = self.counted(tx, "unstamped-address", &hash, DOUBLE_CLICK);
        Ok(counted.await? > 1)
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
            self.alert(tx, &alert::many_sign_ups(self.locale(), alarm))
                .await?;
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

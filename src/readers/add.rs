//! How readers come onto the list by hand, or many at once.

use std::collections::{HashMap, HashSet};

use subscribers::address::Address;
use subscribers::consent::{Change, Consent, ConsentSource, apply};

use crate::app::App;
use crate::store::consent_changes::Cause;
use crate::store::subscribers::{self as list, Frequency, NewSubscriber};
use crate::store::{StoreError, Tx, suppressions};

/// Someone to be added.
#[derive(Clone)]
pub struct Joiner {
    /// The address.
    pub address: Address,
    /// The name, where one is known.
    pub name: Option<String>,
    /// An IANA time zone, where one is known.
    pub time_zone: Option<String>,
    /// How often they want mail.
    pub frequency: Frequency,
    /// Until when they want none, Unix milliseconds UTC.
    pub paused_until: Option<i64>,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// New on the list.
    pub accepted: u64,
    /// On the list already, and left as they are.
    pub known: u64,
    /// How many of those known are pending: they have not confirmed.
    pub pending: u64,
    /// On the list already, pending until now, confirmed because an editor vouches for them.
    pub confirmed: u64,
    /// Suppressed: they left, complained, bounced or were erased, and stay so.
    pub suppressed: u64,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, more: Self) {
        self.accepted += more.accepted;
        self.known += more.known;
        self.pending += more.pending;
        self.confirmed += more.confirmed;
        self.suppressed += more.suppressed;
    }
}

/// Adds a batch in one transaction. Readers on the list already are not changed, except that an editor who
/// adds one with `confirmed` vouches for a pending one; who is suppressed stays suppressed.
///
/// # Errors
/// If the store refuses; nothing of the batch is written then.
pub async fn add(
    app: &App,
    batch: &[Joiner],
    confirmed: bool,
    source: ConsentSource,
) -> Result<Added, StoreError> {
    let change = match source {
        ConsentSource::Editor if confirmed => Change::Vouch,
        _ => Change::Add { confirmed },
    };
    let mut added = Added::default();
    let mut tx = app.store.begin().await?;
    let keys: Vec<&str> = batch
        .iter()
        .map(|joiner| joiner.address.key().as_str())
        .collect();
    let known = list::known(&mut tx, &keys).await?;
    let suppressed = suppressed(app, &mut tx, batch).await?;
    let (mut new, mut upgrade, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for joiner in batch {
        let key = joiner.address.key().as_str();
        if !seen.insert(key) {
            added.known += 1;
            continue;
        }
        match sort(key, &known, &suppressed, change) {
            Sorted::New => new.push(joiner),
            Sorted::Known(consent) => {
                added.known += 1;
                added.pending += u64::from(consent == Consent::Pending);
            }
            Sorted::Confirmed(id) => upgrade.push(id),
            Sorted::Suppressed => added.suppressed += 1,
        }
    }
    added.accepted = new.len() as u64;
    added.confirmed = upgrade.len() as u64;
    let now = app.clock.now_millis();
    let first = change.first().unwrap_or(Consent::Pending);
    let new: Vec<_> = new
        .into_iter()
        .map(|joiner| NewSubscriber {
            address: joiner.address.as_given(),
            address_key: joiner.address.key().as_str(),
            address_tag: app.tag_of(joiner.address.key()),
            name: joiner.name.as_deref(),
            time_zone: joiner.time_zone.as_deref(),
            language: None,
            frequency: joiner.frequency,
            paused_until: joiner.paused_until,
            consent: first,
            cause: Cause::by(source),
            created_at: now,
        })
        .collect();
    list::insert(&mut tx, &new, now).await?;
    let upgrade: Vec<_> = upgrade
        .into_iter()
        .map(|id| (id, Consent::Confirmed, Cause::by(source)))
        .collect();
    list::set_consent(&mut tx, &upgrade, now).await?;
    tx.commit().await?;
    Ok(added)
}

enum Sorted {
    New,
    Known(Consent),
    Confirmed(i64),
    Suppressed,
}

fn sort(
    key: &str,
    known: &HashMap<String, (i64, Consent)>,
    suppressed: &HashSet<&str>,
    change: Change,
) -> Sorted {
    match known.get(key) {
        None if suppressed.contains(key) => Sorted::Suppressed,
        None => Sorted::New,
        // Signed up again after a departure, and has not confirmed: only that clears it.
        Some((_, Consent::Pending)) if suppressed.contains(key) => Sorted::Suppressed,
        Some((id, from)) => match apply(*from, change) {
            Ok(to) if to == *from => Sorted::Known(*from),
            Ok(_) => Sorted::Confirmed(*id),
            Err(_) => Sorted::Suppressed,
        },
    }
}

/// The address keys of those in the batch who are on the suppression list.
async fn suppressed<'a>(
    app: &App,
    tx: &mut Tx,
    batch: &'a [Joiner],
) -> Result<HashSet<&'a str>, StoreError> {
    if suppressions::is_empty(tx).await? {
        return Ok(HashSet::new());
    }
    let hashes: Vec<String> = batch
        .iter()
        .map(|joiner| app.hash_of(joiner.address.key().as_str()))
        .collect();
    let listed = suppressions::reasons(tx, &hashes).await?;
    let keys = batch.iter().map(|joiner| joiner.address.key().as_str());
    Ok(keys
        .zip(&hashes)
        .filter(|(_, hash)| listed.contains_key(*hash))
        .map(|(key, _)| key)
        .collect())
}

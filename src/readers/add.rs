//! Adds readers to the list, by an editor or from a file.

use std::collections::{HashMap, HashSet};

use subscribers::address::{Address, AddressKey};
use subscribers::consent::{Change, Consent, ConsentSource, apply};

use super::departures;
use crate::app::App;
use crate::store::StoreError;
use crate::store::consent_changes::Cause;
use crate::store::subscribers::{self as list, Frequency, NewSubscriber};

/// A person to add to the list.
#[derive(Clone)]
pub struct Joiner {
    pub address: Address,
    pub name: Option<String>,
    /// An IANA name.
    pub time_zone: Option<String>,
    pub frequency: Frequency,
    /// Unix milliseconds UTC.
    pub paused_until: Option<i64>,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// New on the list.
    pub accepted: u64,
    /// On the list already, and not changed.
    pub known: u64,
    /// How many of `known` have not confirmed.
    pub pending: u64,
    /// Were pending, and are confirmed because an editor vouches for them.
    pub confirmed: u64,
    /// Left, complained, bounced, or were blocked or erased, and stay off the list.
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

/// Adds a batch in one transaction, or nothing of it if the store fails. Readers on the list already are not changed,
/// except that an editor who adds a pending reader with `confirmed` vouches for them. Suppressed addresses stay
/// suppressed.
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
    let keys: Vec<&AddressKey> = batch.iter().map(|joiner| joiner.address.key()).collect();
    let known = list::known(&mut tx, &keys).await?;
    let suppressed = departures::suppressed(app, &mut tx, &keys).await?;
    let now = app.clock.now_millis();
    let consent = change.first().unwrap_or(Consent::Pending);
    let (mut new, mut upgrade, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (joiner, key) in batch.iter().zip(keys) {
        if !seen.insert(key) {
            added.known += 1;
            continue;
        }
        match sort(key, &known, suppressed.contains_key(key), change) {
            Sorted::New => new.push(NewSubscriber {
                address: joiner.address.clone(),
                address_tag: app.tag_of(key),
                name: joiner.name.as_deref(),
                time_zone: joiner.time_zone.as_deref(),
                language: None,
                frequency: joiner.frequency,
                paused_until: joiner.paused_until,
                consent,
                created_at: now,
            }),
            Sorted::Known(consent) => {
                added.known += 1;
                added.pending += u64::from(consent == Consent::Pending);
            }
            Sorted::Confirmed(id) => upgrade.push((id, Consent::Confirmed, Cause::by(source))),
            Sorted::Suppressed => added.suppressed += 1,
        }
    }
    added.accepted = new.len() as u64;
    added.confirmed = upgrade.len() as u64;
    list::insert(&mut tx, &new, Cause::by(source), now).await?;
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
    key: &AddressKey,
    known: &HashMap<AddressKey, (i64, Consent)>,
    is_suppressed: bool,
    change: Change,
) -> Sorted {
    match known.get(key) {
        None if is_suppressed => Sorted::Suppressed,
        None => Sorted::New,
        // Signed up again after a departure, which only a confirmation clears.
        Some((_, Consent::Pending)) if is_suppressed => Sorted::Suppressed,
        Some((id, from)) => match apply(*from, change) {
            Ok(to) if to == *from => Sorted::Known(*from),
            Ok(_) => Sorted::Confirmed(*id),
            Err(_) => Sorted::Suppressed,
        },
    }
}

//! The list: who subscribed, and whether they may be mailed.

mod held;
mod leave;
mod standing;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::ops::Range;

use subscribers::address::{Address, AddressKey};
use subscribers::consent::Consent;
use subscribers::token::{Purpose, Token};

pub use subscribers::profile::Frequency;

use super::chunk::{Chunk, ROWS};
use super::consent_changes::{self, Cause};
use super::counters::{self, Counter};
use super::dialect::{Pair, of_ids, set_statement};
use super::row::Row;
use super::statement::Value;
use super::{Store, StoreError, Tx, deliveries, outbox, requests};

pub use held::{Held, consent, hold, known};
pub use leave::{Leaver, end_ways_back, leave};
pub use standing::{Standing, standings};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    pub id: i64,
    /// `None` once erased.
    pub address: Option<Address>,
    pub name: Option<String>,
    /// An IANA time zone.
    pub time_zone: Option<String>,
    /// A language tag.
    pub language: Option<String>,
    pub consent: Consent,
    /// When they joined the list, Unix milliseconds UTC.
    pub created_at: i64,
    /// When the consent last changed, Unix milliseconds UTC.
    pub changed_at: i64,
    pub frequency: Frequency,
    /// Until when they want no mail, Unix milliseconds UTC.
    pub paused_until: Option<i64>,
    /// The [`address_tag`](subscribers::token::address_tag) that links carry; 0 for an address from
    /// before there were tags.
    pub address_tag: i64,
}

impl Subscriber {
    /// The address as given; empty once erased.
    pub fn email(&self) -> &str {
        self.address.as_ref().map_or("", Address::as_given)
    }

    /// True if the reader is not erased and has the address that a link with this tag was mailed
    /// to.
    pub fn has_address(&self, tag: i64) -> bool {
        self.address.is_some() && self.address_tag == tag
    }

    /// The token of a link to mail to the reader now.
    pub fn token(&self, purpose: Purpose, about: i64) -> Token {
        Token {
            purpose,
            subscriber: self.id,
            about,
            address_tag: self.address_tag,
        }
    }
}

#[derive(Clone, Debug)]
pub struct NewSubscriber<'a> {
    pub address: Address,
    /// See [`Subscriber`].
    pub address_tag: i64,
    pub name: Option<&'a str>,
    /// An IANA time zone.
    pub time_zone: Option<&'a str>,
    /// A language tag.
    pub language: Option<&'a str>,
    pub frequency: Frequency,
    /// Until when they want no mail, Unix milliseconds UTC.
    pub paused_until: Option<i64>,
    pub consent: Consent,
    /// When they joined this list, or the list that they come from, Unix milliseconds UTC.
    pub created_at: i64,
}

/// The columns that [`read`] reads.
macro_rules! select {
    ($where:literal) => {
        concat!(
            "SELECT id, address, address_key, name, time_zone, consent, created_at, changed_at, \
                COALESCE(frequency, 'every'), paused_until, address_tag, language FROM subscribers ",
            $where
        )
    };
}

const INSERT: Pair = set_statement!(
    "INSERT INTO subscribers (changed_at, id, address, address_key, address_tag, name, time_zone, language, \
        frequency, paused_until, consent, created_at) \
     SELECT $3, $2 + CAST(r.value ->> 0 AS BIGINT), r.value ->> 1, r.value ->> 2, CAST(r.value ->> 3 AS BIGINT), \
        r.value ->> 4, r.value ->> 5, r.value ->> 6, r.value ->> 7, CAST(r.value ->> 8 AS BIGINT), \
        r.value ->> 9, CAST(r.value ->> 10 AS BIGINT) FROM",
    "AS r WHERE true"
);

/// A person's row for the list, written out but for the number. That takes time, and no transaction.
#[derive(Clone, Debug)]
pub struct NewRow {
    /// The values after the number, as JSON with commas between.
    values: String,
    pub consent: Consent,
}

impl NewSubscriber<'_> {
    /// # Errors
    /// If a value has no form in JSON.
    pub fn row(&self) -> Result<NewRow, StoreError> {
        let values = (
            self.address.as_given(),
            self.address.key().as_str(),
            self.address_tag,
            self.name,
            self.time_zone,
            self.language,
            stored(self.frequency),
            self.paused_until,
            self.consent.into_str(),
            self.created_at,
        );
        let list = super::json([values])?;
        Ok(NewRow {
            values: list
                .trim_start_matches('[')
                .trim_end_matches(']')
                .to_owned(),
            consent: self.consent,
        })
    }
}

/// Adds people to the list and records why; returns their numbers, in the same order. Many go in
/// fastest in the order of their keys, which is that of the index.
///
/// # Errors
/// If the store refuses, or if one of them is on the list already.
pub async fn insert(
    tx: &mut Tx,
    new: &[NewSubscriber<'_>],
    cause: Cause<'_>,
    now: i64,
) -> Result<Range<i64>, StoreError> {
    let rows = new.iter().map(NewSubscriber::row);
    let rows: Vec<NewRow> = rows.collect::<Result<_, _>>()?;
    let rows: Vec<_> = rows.iter().map(|row| (row, cause)).collect();
    insert_rows(tx, &rows, now).await
}

/// As [`insert`], with rows that were written out before, each with a cause of its own.
pub async fn insert_rows(
    tx: &mut Tx,
    new: &[(&NewRow, Cause<'_>)],
    now: i64,
) -> Result<Range<i64>, StoreError> {
    let Some((_, cause)) = new.first().copied() else {
        return Ok(0..0);
    };
    let count = i64::try_from(new.len()).unwrap_or(i64::MAX);
    let first = counters::reserve(tx, Counter::Subscriber, count).await?;
    tx.run(INSERT, &[&numbered(new), &first, &now]).await?;
    let ids = first..first + count;
    if new.iter().all(|(_, other)| *other == cause) {
        consent_changes::record_new(tx, ids.clone(), cause, now).await?;
    } else {
        let changes = ids.clone().zip(new);
        let changes: Vec<_> = changes
            .map(|(id, (row, cause))| (id, row.consent, *cause))
            .collect();
        consent_changes::record(tx, &changes, now).await?;
    }
    Ok(ids)
}

/// The rows as JSON, each with its place in front.
fn numbered(new: &[(&NewRow, Cause<'_>)]) -> String {
    let lengths = new.iter().map(|(row, _)| row.values.len() + 12);
    let mut json = String::with_capacity(lengths.sum());
    for (at, (row, _)) in new.iter().enumerate() {
        json.push(if at == 0 { '[' } else { ',' });
        // Writing to a text cannot fail.
        let _ = write!(json, "[{at},{}]", row.values);
    }
    json.push(']');
    json
}

/// How many people ever joined the list.
pub async fn count_ever(tx: &mut Tx) -> Result<i64, StoreError> {
    counters::last(tx, Counter::Subscriber).await
}

/// The default is stored as NULL.
pub(super) fn stored(frequency: Frequency) -> Option<&'static str> {
    (frequency != Frequency::default()).then(|| frequency.into_str())
}

const SET_CONSENT: Pair = set_statement!(
    "UPDATE subscribers SET consent = $3, changed_at = $2 FROM",
    "AS r WHERE subscribers.id = CAST(r.value AS BIGINT)"
);

/// Sets the consent of each of these subscribers, and records why.
///
/// # Errors
/// [`StoreError::NoSubscriber`] if one of them does not exist.
pub async fn set_consent(
    tx: &mut Tx,
    changes: &[(i64, Consent, Cause<'_>)],
    now: i64,
) -> Result<(), StoreError> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut alike = BTreeMap::<_, Vec<i64>>::new();
    for (id, consent, _) in changes {
        alike.entry(consent.into_str()).or_default().push(*id);
    }
    let mut changed = 0;
    for (consent, ids) in alike {
        changed += tx
            .run(SET_CONSENT, &[&super::json(&ids)?, &now, &consent])
            .await?;
    }
    let changed = usize::try_from(changed).unwrap_or(usize::MAX);
    match changes.len().saturating_sub(changed) {
        0 => consent_changes::record(tx, changes, now).await,
        missing => Err(StoreError::NoSubscriber { missing }),
    }
}

/// Ends what is open for these subscribers: mailed links, undos and requests.
pub async fn end_open(tx: &mut Tx, ids: &[i64], now: i64) -> Result<(), StoreError> {
    end_ways_back(tx, ids, now).await?;
    requests::end_all_of(tx, ids).await
}

/// Deletes everything about a subscriber but the number, the states of deliveries and consent, and
/// their times. What the reader or a relay wrote goes too.
pub async fn erase(tx: &mut Tx, id: i64, cause: Cause<'_>, now: i64) -> Result<(), StoreError> {
    let sql = "UPDATE subscribers SET address = NULL, address_key = NULL, name = NULL, \
           time_zone = NULL, language = NULL, frequency = NULL, paused_until = NULL WHERE id = $1";
    tx.run(sql, &[&id]).await?;
    deliveries::forget(tx, id).await?;
    consent_changes::forget(tx, id).await?;
    outbox::forget(tx, id).await?;
    set_consent(tx, &[(id, Consent::Erased, cause)], now).await
}

pub async fn describe(
    tx: &mut Tx,
    id: i64,
    name: Option<&str>,
    time_zone: Option<&str>,
) -> Result<(), StoreError> {
    let sql = "UPDATE subscribers SET name = $2, time_zone = $3 WHERE id = $1";
    tx.run(sql, &[&id, &name, &time_zone]).await?;
    Ok(())
}

/// Sets how often a subscriber wants mail, and until when none.
pub async fn choose(
    tx: &mut Tx,
    id: i64,
    frequency: Frequency,
    paused_until: Option<i64>,
) -> Result<(), StoreError> {
    let sql = "UPDATE subscribers SET frequency = $2, paused_until = $3 WHERE id = $1";
    tx.run(sql, &[&id, &stored(frequency), &paused_until])
        .await?;
    Ok(())
}

/// How often a subscriber wants mail, and until when none, read inside the transaction that acts on
/// it.
pub async fn choice(tx: &mut Tx, id: i64) -> Result<Option<(Frequency, Option<i64>)>, StoreError> {
    let sql = "SELECT COALESCE(frequency, 'every'), paused_until FROM subscribers WHERE id = $1";
    tx.first(sql, &[&id], |row| {
        Ok((row.word(0, "the frequency")?, row.number_or_null(1)?))
    })
    .await
}

/// Replaces the address of a subscriber, unless another subscriber has it; true if it was replaced.
/// Links mailed to the former address can be told apart from then on.
pub async fn readdress(
    tx: &mut Tx,
    id: i64,
    address: &Address,
    address_tag: i64,
) -> Result<bool, StoreError> {
    let sql = "UPDATE subscribers SET address = $2, address_key = $3, \
           address_tag = CASE WHEN address_key = $3 THEN address_tag ELSE $4 END \
        WHERE id = $1 \
          AND NOT EXISTS (SELECT 1 FROM subscribers WHERE address_key = $3 AND id <> $1)";
    let (as_given, key) = (address.as_given(), address.key().as_str());
    tx.changes(sql, &[&id, &as_given, &key, &address_tag]).await
}

/// Those of the pending who signed up by the form, and have no link that is good after `$now`. Without an order: SQLite
/// would read the whole list for it.
macro_rules! never_confirmed {
    ($pending:literal, $now:literal) => {
        concat!(
            "SELECT id FROM subscribers WHERE ",
            $pending,
            " AND NOT EXISTS (SELECT 1 FROM consent_changes c \
                 WHERE c.subscriber = subscribers.id AND c.source <> 'form') \
              AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.subscriber = subscribers.id AND o.expires_at > ",
            $now,
            ")"
        )
    };
}

/// `$1` is until when they signed up. PostgreSQL has another index for it (migrations/0022_pending_since.sql).
const NEVER_CONFIRMED: Pair = Pair {
    sqlite: never_confirmed!("consent = 'pending' AND created_at <= $1", "$2"),
    postgres: never_confirmed!("pending_since <= $1", "$2"),
};

const STILL_NOT_CONFIRMED: Pair = of_ids!(
    concat!(
        never_confirmed!("consent = 'pending' AND created_at <= $2", "$3"),
        " AND"
    ),
    "id"
);

const FORGET_CHANGES: Pair = of_ids!("DELETE FROM consent_changes WHERE");
const FORGET_MAILS: Pair = of_ids!("DELETE FROM outbox WHERE");
const FORGET: Pair = of_ids!("DELETE FROM subscribers WHERE", "id");

/// Deletes those who signed up by the form before `before` and never confirmed, unless one of their
/// links is still valid; returns how many.
pub async fn purge_pending(store: &Store, before: i64, now: i64) -> Result<u64, StoreError> {
    let found: Vec<i64> = store
        .all(NEVER_CONFIRMED, &[&before, &now], |row| row.number(0))
        .await?;
    let mut forgotten = 0;
    for ids in found.chunks(ROWS) {
        let mut tx = store.begin().await?;
        let chunk = Chunk::begin();
        hold(&mut tx, ids).await?;
        let values: [&dyn Value; 3] = [&super::json(ids)?, &before, &now];
        let ids: Vec<i64> = tx
            .all(STILL_NOT_CONFIRMED, &values, |row| row.number(0))
            .await?;
        forget(&mut tx, &ids).await?;
        tx.commit().await?;
        forgotten += ids.len() as u64;
        chunk.give_way().await;
    }
    Ok(forgotten)
}

/// Deletes these subscribers as if they had never joined.
pub async fn forget(tx: &mut Tx, ids: &[i64]) -> Result<(), StoreError> {
    let ids = super::json(ids)?;
    for statement in [FORGET_CHANGES, FORGET_MAILS, FORGET] {
        tx.run(statement, &[&ids]).await?;
    }
    Ok(())
}

pub async fn find(store: &Store, key: &AddressKey) -> Result<Option<Subscriber>, StoreError> {
    let sql = select!("WHERE address_key = $1");
    store.first(sql, &[&key.as_str()], read).await
}

pub async fn get(store: &Store, id: i64) -> Result<Option<Subscriber>, StoreError> {
    store.first(select!("WHERE id = $1"), &[&id], read).await
}

/// The next `limit` subscribers after the number `after`, in order, without erased ones.
pub async fn page(
    store: &Store,
    consent: Option<Consent>,
    after: i64,
    limit: i64,
) -> Result<Vec<Subscriber>, StoreError> {
    let sql = select!(
        "WHERE id > $1 AND address IS NOT NULL AND ($2 = '' OR consent = $2) ORDER BY id LIMIT $3"
    );
    store
        .all(
            sql,
            &[&after, &consent.map_or("", Into::into), &limit],
            read,
        )
        .await
}

/// The greatest number that a subscriber has, or 0.
pub async fn last_number(store: &Store) -> Result<i64, StoreError> {
    let sql = "SELECT MAX(id) FROM subscribers";
    let last = store.one(sql, &[], |row| row.number_or_null(0)).await?;
    Ok(last.unwrap_or(0))
}

/// True if anyone on the list may be mailed.
pub async fn is_any_confirmed(store: &Store) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM subscribers WHERE consent = 'confirmed' LIMIT 1";
    store.exists(sql, &[]).await
}

/// How many subscribers have each consent, without erased ones.
pub async fn count(store: &Store) -> Result<HashMap<Consent, i64>, StoreError> {
    let sql =
        "SELECT consent, COUNT(*) FROM subscribers WHERE address IS NOT NULL GROUP BY consent";
    store
        .all(sql, &[], |row| {
            Ok((row.word(0, "the consent")?, row.number(1)?))
        })
        .await
}

fn read(row: &Row<'_>) -> Result<Subscriber, StoreError> {
    Ok(Subscriber {
        id: row.number(0)?,
        address: row.address(1)?,
        name: row.text_or_null(3)?,
        time_zone: row.text_or_null(4)?,
        consent: row.word(5, "the consent")?,
        created_at: row.number(6)?,
        changed_at: row.number(7)?,
        frequency: row.word(8, "the frequency")?,
        paused_until: row.number_or_null(9)?,
        address_tag: row.number(10)?,
        language: row.text_or_null(11)?,
    })
}

//! Mails to one reader that are not editions, and what the links in them may still do.

use std::str::FromStr;

use chrono::TimeDelta;

use super::counters::{self, Counter};
use super::dialect::{Pair, set_statement};
use super::row::Columns as _;
use super::{Store, StoreError, Tx};

/// How long somebody who signed up has to confirm; then the sign-up is forgotten.
pub const TO_CONFIRM: TimeDelta = TimeDelta::hours(48);
/// How long a link is good that was asked for on a page.
pub const TO_ACT: TimeDelta = TimeDelta::hours(24);
/// How long what a page did can be taken back there.
pub const TO_UNDO: TimeDelta = TimeDelta::hours(1);

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Somebody asked by the form that this address join. What becomes of it is decided when it is
    /// taken up: the form's answer must not depend on who is on the list.
    Join,
    /// The reader is asked to confirm.
    Confirm,
    /// The reader is on the list already.
    Already,
    /// The reader gets a link to the settings.
    Settings,
    /// A reader wants this to be the new address. Decided when it is taken up, as with `Join`.
    Move,
    /// The owner of the new address is asked to confirm it.
    Address,
    /// The owner of the new address is told that it is on the list already.
    Taken,
    /// The old address is told that it is no longer the reader's.
    Moved,
    /// The reader is asked to confirm that everything is to be erased.
    Erase,
    /// No mail: what a page did can be taken back while this is here.
    Undo,
    /// The editors are told of uncommonly many sign-ups.
    Alarm,
}

impl Kind {
    const ALL: [Self; 11] = [
        Self::Join,
        Self::Confirm,
        Self::Already,
        Self::Settings,
        Self::Move,
        Self::Address,
        Self::Taken,
        Self::Moved,
        Self::Erase,
        Self::Undo,
        Self::Alarm,
    ];

    /// The word in the table.
    pub fn key(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Confirm => "confirm",
            Self::Already => "already",
            Self::Settings => "settings",
            Self::Move => "move",
            Self::Address => "address",
            Self::Taken => "taken",
            Self::Moved => "moved",
            Self::Erase => "erase",
            Self::Undo => "undo",
            Self::Alarm => "alarm",
        }
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.key() == word)
            .ok_or(())
    }
}

/// A notice as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The number, from 1.
    pub id: i64,
    /// What it is about.
    pub kind: Kind,
    /// Whom it is about; `None` while that is not decided.
    pub subscriber: Option<i64>,
    /// Where it goes, or the address that it is about; `None` stands for the subscriber's own.
    pub address: Option<String>,
    /// The name given in the form.
    pub name: Option<String>,
    /// The time zone given in the form.
    pub time_zone: Option<String>,
    /// Which form it was.
    pub form: Option<String>,
    /// What it was before, for what can be taken back.
    pub before: Option<String>,
    /// When it was asked for, Unix milliseconds UTC.
    pub created_at: i64,
    /// Until when its link is good, Unix milliseconds UTC.
    pub expires_at: i64,
    /// How often sending was tried.
    pub attempts: i64,
}

/// A notice to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewNotice<'a> {
    /// What it is about.
    pub kind: Kind,
    /// Whom it is about.
    pub subscriber: Option<i64>,
    /// Where it goes, if not to the subscriber's own address.
    pub address: Option<&'a str>,
    /// The name given in the form.
    pub name: Option<&'a str>,
    /// The time zone given in the form.
    pub time_zone: Option<&'a str>,
    /// Which form it was.
    pub form: Option<&'a str>,
    /// What it was before, for what can be taken back.
    pub before: Option<&'a str>,
    /// How long its link is good, in milliseconds.
    pub good_for: i64,
}

impl NewNotice<'_> {
    /// A notice to a subscriber's own address.
    pub fn to(subscriber: i64, kind: Kind, good_for: i64) -> Self {
        Self {
            kind,
            subscriber: Some(subscriber),
            address: None,
            name: None,
            time_zone: None,
            form: None,
            before: None,
            good_for,
        }
    }
}

const TAKE: Pair = Pair {
    sqlite: "UPDATE notices SET due_at = $2, attempts = attempts + 1 WHERE id IN \
           (SELECT id FROM notices WHERE due_at <= $1 ORDER BY due_at, id LIMIT $3) \
         RETURNING id, kind, subscriber, address, name, time_zone, form, created_at, expires_at, \
                   attempts, before",
    postgres: "WITH due AS MATERIALIZED \
           (SELECT id FROM notices WHERE due_at <= $1 ORDER BY due_at, id LIMIT $3 \
            FOR UPDATE SKIP LOCKED) \
         UPDATE notices SET due_at = $2, attempts = attempts + 1 FROM due WHERE notices.id = due.id \
         RETURNING notices.id, kind, subscriber, address, name, time_zone, form, created_at, \
                   expires_at, attempts, before",
};

/// Keeps a notice, due at once unless it is an [`Kind::Undo`]; returns its number.
///
/// # Errors
/// If the store refuses.
pub async fn insert(tx: &mut Tx, new: NewNotice<'_>, now: i64) -> Result<i64, StoreError> {
    let id = counters::reserve(tx, Counter::Notice, 1).await?;
    sqlx::query(
        "INSERT INTO notices (id, kind, subscriber, address, name, time_zone, form, created_at, \
                              expires_at, due_at, attempts, before) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11)",
    )
    .bind(id)
    .bind(new.kind.key())
    .bind(new.subscriber)
    .bind(new.address)
    .bind(new.name)
    .bind(new.time_zone)
    .bind(new.form)
    .bind(now)
    .bind(now + new.good_for)
    .bind((new.kind != Kind::Undo).then_some(now))
    .bind(new.before)
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?;
    Ok(id)
}

/// Takes up to `limit` notices that are due. Whoever takes them has until `until`; then they are due
/// again.
///
/// # Errors
/// If the store refuses.
pub async fn take(
    store: &Store,
    now: i64,
    until: i64,
    limit: i64,
) -> Result<Vec<Notice>, StoreError> {
    let mut tx = store.begin().await?;
    let rows = sqlx::query(tx.dialect.of(TAKE))
        .bind(now)
        .bind(until)
        .bind(limit)
        .fetch_all(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    let notices = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    tx.commit().await?;
    Ok(notices)
}

/// True if a notice is due.
///
/// # Errors
/// If the store refuses.
pub async fn is_any_due(store: &Store, now: i64) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT 1 FROM notices WHERE due_at <= $1 LIMIT 1")
        .bind(now)
        .fetch_optional(&store.pool)
        .await
        .map_err(StoreError::query)?;
    Ok(row.is_some())
}

/// The notice that a link names, unless its time is over.
///
/// # Errors
/// If the store refuses.
pub async fn good(store: &Store, id: i64, now: i64) -> Result<Option<Notice>, StoreError> {
    let row = sqlx::query(
        "SELECT id, kind, subscriber, address, name, time_zone, form, created_at, expires_at, attempts, \
                before FROM notices WHERE id = $1 AND expires_at > $2",
    )
    .bind(id)
    .bind(now)
    .fetch_optional(&store.pool)
    .await
    .map_err(StoreError::query)?;
    row.as_ref().map(read).transpose()
}

/// Says whom a notice is about, and what it became.
///
/// # Errors
/// If the store refuses.
pub async fn decide(
    tx: &mut Tx,
    id: i64,
    kind: Kind,
    subscriber: Option<i64>,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE notices SET kind = $2, subscriber = $3 WHERE id = $1")
        .bind(id)
        .bind(kind.key())
        .bind(subscriber)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(())
}

/// Says when a notice is to be tried again; `None` if no mail of it goes out any more.
///
/// # Errors
/// If the store refuses.
pub async fn put_off(store: &Store, id: i64, due_at: Option<i64>) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    sqlx::query("UPDATE notices SET due_at = $2 WHERE id = $1")
        .bind(id)
        .bind(due_at)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    tx.commit().await
}

/// Ends a notice, because its link was used or is to do nothing; true if it was there. Of two who use
/// one link at the same time one finds it.
///
/// # Errors
/// If the store refuses.
pub async fn end(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM notices WHERE id = $1")
        .bind(id)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(done.rows_affected() == 1)
}

/// Ends every notice about a subscriber.
///
/// # Errors
/// If the store refuses.
pub async fn end_all_of(tx: &mut Tx, subscriber: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM notices WHERE subscriber = $1")
        .bind(subscriber)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(())
}

const END_ALL: Pair = set_statement!(
    "DELETE FROM notices WHERE subscriber IN (SELECT CAST(r.value ->> 0 AS BIGINT) FROM",
    "AS r)"
);

/// Ends every notice about each of these subscribers.
///
/// # Errors
/// If the store refuses.
pub async fn end_all_of_each(tx: &mut Tx, subscribers: &[i64]) -> Result<(), StoreError> {
    let rows: Vec<[i64; 1]> = subscribers.iter().map(|subscriber| [*subscriber]).collect();
    sqlx::query(tx.dialect.of(END_ALL))
        .bind(super::json(&rows)?)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(())
}

/// Forgets the notices whose links have expired; returns how many.
///
/// # Errors
/// If the store refuses.
pub async fn purge(store: &Store, now: i64) -> Result<u64, StoreError> {
    let mut tx = store.begin().await?;
    let done = sqlx::query("DELETE FROM notices WHERE expires_at <= $1")
        .bind(now)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    tx.commit().await?;
    Ok(done.rows_affected())
}

fn read(row: &sqlx::any::AnyRow) -> Result<Notice, StoreError> {
    Ok(Notice {
        id: row.number(0)?,
        kind: row.word(1, "the notice's kind")?,
        subscriber: row.number_or_null(2)?,
        address: row.text_or_null(3)?,
        name: row.text_or_null(4)?,
        time_zone: row.text_or_null(5)?,
        form: row.text_or_null(6)?,
        created_at: row.number(7)?,
        expires_at: row.number(8)?,
        attempts: row.number(9)?,
        before: row.text_or_null(10)?,
    })
}

//! What visitors ask for on pages, until the outbox worker decides it. So a page gives the same
//! answer, equally fast, whatever the list knows about an address.

use strum::{EnumString, IntoStaticStr};
use subscribers::address::{Address, AddressError};

use super::counters::{self, Counter};
use super::dialect::{Pair, purge_statement, set_statement};
use super::{Store, StoreError, Tx};

#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, EnumString)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum RequestKind {
    /// To subscribe this address.
    Join,
    /// To make this a reader's new address.
    Move,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub id: i64,
    pub kind: RequestKind,
    /// `None` for a visitor.
    pub subscriber: Option<i64>,
    /// The address to subscribe or to change to. An error if the table has something else: no one
    /// row may hold up the others.
    pub address: Result<Address, AddressError>,
    /// As given in the form.
    pub name: Option<String>,
    /// As given in the form.
    pub time_zone: Option<String>,
    /// The name of the form.
    pub form: Option<String>,
    /// Unix milliseconds UTC.
    pub created_at: i64,
    /// When an answer is no longer worth sending, Unix milliseconds UTC.
    pub expires_at: i64,
}

#[derive(Clone, Copy, Debug)]
pub struct NewRequest<'a> {
    pub kind: RequestKind,
    /// `None` for a visitor.
    pub subscriber: Option<i64>,
    /// The address to subscribe or to change to.
    pub address: &'a Address,
    /// As given in the form.
    pub name: Option<&'a str>,
    /// As given in the form.
    pub time_zone: Option<&'a str>,
    /// The name of the form.
    pub form: Option<&'a str>,
    /// How long the link in the answer is valid, in milliseconds.
    pub good_for: i64,
}

pub async fn insert(tx: &mut Tx, new: NewRequest<'_>, now: i64) -> Result<i64, StoreError> {
    let id = counters::reserve(tx, Counter::Request, 1).await?;
    let sql = "INSERT INTO requests (id, kind, subscriber, address, name, time_zone, form, \
           created_at, expires_at, due_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8)";
    tx.run(
        sql,
        &[
            &id,
            &new.kind.into_str(),
            &new.subscriber,
            &new.address.as_given(),
            &new.name,
            &new.time_zone,
            &new.form,
            &now,
            &(now + new.good_for),
        ],
    )
    .await?;
    Ok(id)
}

/// On PostgreSQL this locks the row, and passes over rows that another node has locked.
const NEXT: Pair = Pair {
    sqlite: "SELECT id, kind, subscriber, address, name, time_zone, form, created_at, expires_at \
         FROM requests WHERE due_at <= $1 ORDER BY due_at, id LIMIT 1",
    postgres: "SELECT id, kind, subscriber, address, name, time_zone, form, created_at, expires_at \
         FROM requests WHERE due_at <= $1 ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED",
};

/// The longest-due request that no other transaction is deciding, for this one to decide.
pub async fn next(tx: &mut Tx, now: i64) -> Result<Option<Request>, StoreError> {
    tx.first(NEXT, &[&now], |row| {
        Ok(Request {
            id: row.number(0)?,
            kind: row.word(1, "the request's kind")?,
            subscriber: row.number_or_null(2)?,
            address: row.text(3)?.parse(),
            name: row.text_or_null(4)?,
            time_zone: row.text_or_null(5)?,
            form: row.text_or_null(6)?,
            created_at: row.number(7)?,
            expires_at: row.number(8)?,
        })
    })
    .await
}

pub async fn is_any_due(store: &Store, now: i64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM requests WHERE due_at <= $1 LIMIT 1";
    store.exists(sql, &[&now]).await
}

/// Removes a request that is decided.
pub async fn end(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    tx.run("DELETE FROM requests WHERE id = $1", &[&id]).await?;
    Ok(())
}

/// Postpones a request that could not be decided.
pub async fn put_off(tx: &mut Tx, id: i64, due_at: i64) -> Result<(), StoreError> {
    tx.run(
        "UPDATE requests SET due_at = $2 WHERE id = $1",
        &[&id, &due_at],
    )
    .await?;
    Ok(())
}

const END_ALL: Pair = set_statement!(
    "DELETE FROM requests WHERE subscriber IN (SELECT CAST(r.value ->> 0 AS BIGINT) FROM",
    "AS r)"
);

/// Removes every request of these subscribers.
pub async fn end_all_of(tx: &mut Tx, subscribers: &[i64]) -> Result<(), StoreError> {
    tx.run(END_ALL, &[&super::column(subscribers)?]).await?;
    Ok(())
}

const PURGE: Pair = purge_statement!("requests", "id", "expires_at <= $2");

/// Deletes the requests that are too old to answer; returns how many.
pub async fn purge(store: &Store, now: i64) -> Result<u64, StoreError> {
    store.run_in_chunks(PURGE, &[&now]).await
}

//! The outbox: every mail that is not an edition, to readers and to editors, and the links in them.
//!
//! `queued → accepted
//! refused
//! expired
//! withdrawn`. While `owner` names a live node, that node is sending the message; it leaves the
//! queue once the relay has accepted it. Its link is valid until `expires_at`; ending a link moves
//! that time forward.

mod state;

use chrono::TimeDelta;
use subscribers::address::{Address, AddressError};

use super::chunk::{Chunk, ROWS};
use super::dialect::{Pair, of_ids, purge_statement, set_statement};
use super::row::Row;
use super::{Store, StoreError, Tx, random};

pub use state::{Kind, MessageState};

/// How long a new reader has to confirm; then the sign-up is deleted.
pub const TO_CONFIRM: TimeDelta = TimeDelta::hours(48);
/// How long a link requested on a page is valid.
pub const TO_ACT: TimeDelta = TimeDelta::hours(24);
/// How long to retry an alert.
const TO_ALERT: TimeDelta = TimeDelta::days(7);
/// How long a message's outcome is kept after its link expires.
const KEPT: TimeDelta = TimeDelta::days(30);

/// The number of a message has this many bits: six bytes of a token.
const ID_BITS: u32 = 42;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Random.
    pub id: i64,
    pub kind: Kind,
    /// `None` for an alert.
    pub subscriber: Option<i64>,
    /// `None` for the subscriber's own address. An error if the table has something else than an
    /// address: no one row may hold up the others.
    pub recipient: Option<Result<Address, AddressError>>,
    /// As given in the form, for a confirmation.
    pub name: Option<String>,
    /// As given in the form, for a confirmation.
    pub time_zone: Option<String>,
    /// The name of the form, for a confirmation.
    pub form: Option<String>,
    /// For an alert.
    pub subject: Option<String>,
    /// For an alert.
    pub text: Option<String>,
    /// When its link expires, Unix milliseconds UTC. It is not sent after that.
    pub expires_at: i64,
    /// How often it was tried, including the current attempt.
    pub attempts: i64,
    /// When its link was used, Unix milliseconds UTC.
    pub used_at: Option<i64>,
}

impl Message {
    /// The address that the message goes to, if it is not the subscriber's own.
    pub fn other_address(&self) -> Option<&Address> {
        self.recipient.as_ref()?.as_ref().ok()
    }
}

/// A message to a reader, to queue.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    pub kind: Kind,
    pub subscriber: i64,
    /// If not the subscriber's own address.
    pub recipient: Option<&'a Address>,
    /// As given in the form, for a confirmation.
    pub name: Option<&'a str>,
    /// As given in the form, for a confirmation.
    pub time_zone: Option<&'a str>,
    /// The name of the form, for a confirmation.
    pub form: Option<&'a str>,
    /// When its link expires, Unix milliseconds UTC.
    pub expires_at: i64,
}

impl NewMessage<'_> {
    /// A message to a subscriber's own address, whose link is valid for [`TO_ACT`].
    pub fn to(subscriber: i64, kind: Kind, now: i64) -> Self {
        Self {
            kind,
            subscriber,
            recipient: None,
            name: None,
            time_zone: None,
            form: None,
            expires_at: now + TO_ACT.num_milliseconds(),
        }
    }
}

/// The kinds that this release knows. While a newer one runs beside it, it leaves that one's messages alone: reading
/// their kind would fail, and hold up every message behind them.
macro_rules! is_known {
    () => {
        "kind IN ('confirm', 'welcome', 'already', 'settings', 'address', 'taken', 'moved', 'erase', 'alert')"
    };
}

/// The columns that [`read`] reads.
macro_rules! columns {
    () => {
        "id, kind, subscriber, recipient, name, time_zone, form, subject, text, expires_at, attempts, used_at"
    };
}

/// Queues a message to a reader; returns its number.
pub async fn insert(tx: &mut Tx, new: NewMessage<'_>, now: i64) -> Result<i64, StoreError> {
    let id = random::number(ID_BITS)?;
    let sql = "INSERT INTO outbox (id, kind, state, subscriber, recipient, name, time_zone, form, \
           created_at, expires_at, due_at, attempts) \
        VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7, $8, $9, $8, 0)";
    tx.run(
        sql,
        &[
            &id,
            &new.kind.into_str(),
            &new.subscriber,
            &new.recipient.map(Address::as_given),
            &new.name,
            &new.time_zone,
            &new.form,
            &now,
            &new.expires_at,
        ],
    )
    .await?;
    Ok(id)
}

const ASK: Pair = set_statement!(
    "INSERT INTO outbox (id, kind, state, subscriber, created_at, expires_at, due_at, attempts) \
     SELECT CAST(r.value ->> 0 AS BIGINT), 'confirm', 'queued', CAST(r.value ->> 1 AS BIGINT), $2, \
        CAST(r.value ->> 2 AS BIGINT) + $3, CAST(r.value ->> 2 AS BIGINT), 0 FROM",
    "AS r WHERE true"
);

/// Queues a confirmation mail to each of these subscribers, given by number and due time (Unix
/// milliseconds UTC). The link is valid for [`TO_CONFIRM`] from then on.
pub async fn ask(tx: &mut Tx, subscribers: &[(i64, i64)], now: i64) -> Result<(), StoreError> {
    let ids = random::numbers(subscribers.len(), ID_BITS)?;
    let rows = ids.iter().zip(subscribers);
    let rows: Vec<_> = rows
        .map(|(id, (subscriber, due_at))| (id, subscriber, due_at))
        .collect();
    tx.run(
        ASK,
        &[&super::json(&rows)?, &now, &TO_CONFIRM.num_milliseconds()],
    )
    .await?;
    Ok(())
}

const ALERT: Pair = set_statement!(
    "INSERT INTO outbox (id, kind, state, recipient, subject, text, created_at, expires_at, due_at, attempts) \
     SELECT CAST(r.value ->> 0 AS BIGINT), 'alert', 'queued', r.value ->> 1, $2, $3, $4, $5, $4, 0 FROM",
    "AS r WHERE true"
);

/// Queues an alert, one message for each editor: if an address is refused, the other editors still
/// get theirs.
pub async fn alert(
    tx: &mut Tx,
    editors: &[Address],
    subject: &str,
    text: &str,
    now: i64,
) -> Result<(), StoreError> {
    if editors.is_empty() {
        return Ok(());
    }
    let ids = random::numbers(editors.len(), ID_BITS)?;
    let rows: Vec<_> = ids
        .iter()
        .zip(editors.iter().map(Address::as_given))
        .collect();
    tx.run(
        ALERT,
        &[
            &super::json(&rows)?,
            &subject,
            &text,
            &now,
            &(now + TO_ALERT.num_milliseconds()),
        ],
    )
    .await?;
    Ok(())
}

/// How many messages are due and not being sent, counted up to `most`.
pub async fn due(store: &Store, now: i64, most: i64) -> Result<i64, StoreError> {
    let sql = concat!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM outbox \
         WHERE state = 'queued' AND owner IS NULL AND due_at <= $1 AND ",
        is_known!(),
        " LIMIT $2) AS due"
    );
    store.one(sql, &[&now, &most], |row| row.number(0)).await
}

const CLAIM: Pair = Pair {
    sqlite: concat!(
        "UPDATE outbox SET owner = $2, attempts = attempts + 1 WHERE id = \
           (SELECT id FROM outbox WHERE state = 'queued' AND owner IS NULL AND due_at <= $1 AND ",
        is_known!(),
        " ORDER BY due_at, id LIMIT 1) RETURNING ",
        columns!()
    ),
    postgres: concat!(
        "UPDATE outbox SET owner = $2, attempts = attempts + 1 WHERE id = \
           (SELECT id FROM outbox WHERE state = 'queued' AND owner IS NULL AND due_at <= $1 AND ",
        is_known!(),
        " ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING ",
        columns!()
    ),
};

/// Claims the longest-due message for a node. One at a time, so that a node that dies holds up one
/// message for each of its connections, and none waits behind another.
pub async fn claim(store: &Store, node: i64, now: i64) -> Result<Option<Message>, StoreError> {
    let mut tx = store.begin().await?;
    let message = tx.first(CLAIM, &[&now, &node], read).await?;
    tx.commit().await?;
    Ok(message)
}

#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    pub state: MessageState,
    /// When to retry, Unix milliseconds UTC, if it is still queued.
    pub due_at: Option<i64>,
    /// The relay's reply, or why there is none.
    pub reply: Option<&'a str>,
}

/// Records the outcome of an attempt and releases the message; false if the node no longer holds
/// it.
pub async fn record(
    tx: &mut Tx,
    node: i64,
    id: i64,
    outcome: Outcome<'_>,
    now: i64,
) -> Result<bool, StoreError> {
    let sql = "UPDATE outbox SET state = $3, due_at = COALESCE($4, due_at), reply = $5, at = $6, \
           owner = NULL WHERE id = $1 AND owner = $2";
    tx.changes(
        sql,
        &[
            &id,
            &node,
            &outcome.state.into_str(),
            &outcome.due_at,
            &outcome.reply,
            &now,
        ],
    )
    .await
}

/// Returns the messages of dead nodes to the queue; returns how many. The relay may have accepted
/// such a message, so it goes out again under the same Message-ID.
pub async fn recover(tx: &mut Tx) -> Result<u64, StoreError> {
    let sql = "UPDATE outbox SET owner = NULL \
        WHERE owner IS NOT NULL AND owner NOT IN (SELECT id FROM nodes)";
    tx.run(sql, &[]).await
}

/// The message that a link names, unless the link has expired.
pub async fn good(store: &Store, id: i64, now: i64) -> Result<Option<Message>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM outbox WHERE id = $1 AND expires_at > $2"
    );
    store.first(sql, &[&id, &now], read).await
}

/// Marks a link as used; false if it was used before or has expired. Of two who use it at once, one
/// is first.
pub async fn use_link(tx: &mut Tx, id: i64, now: i64) -> Result<bool, StoreError> {
    let sql =
        "UPDATE outbox SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2";
    tx.changes(sql, &[&id, &now]).await
}

pub(super) const END_LINKS: Pair = of_ids!(
    "UPDATE outbox SET expires_at = $2, \
        state = CASE WHEN state = 'queued' THEN 'withdrawn' ELSE state END \
     WHERE kind IN ('confirm', 'welcome', 'settings', 'address', 'erase') AND expires_at > $2 \
       AND (kind <> 'address' OR used_at IS NULL) AND"
);

/// Ends the links of these subscribers. A message that only carries a link is withdrawn, and so is a welcome. A link
/// that changed the address stays, because it does nothing but tell that.
pub async fn end_links(tx: &mut Tx, subscribers: &[i64], now: i64) -> Result<(), StoreError> {
    tx.run(END_LINKS, &[&super::json(subscribers)?, &now])
        .await?;
    Ok(())
}

/// Ends a subscriber's links that were queued before `time`.
pub async fn end_links_from_before(
    tx: &mut Tx,
    subscriber: i64,
    time: i64,
    now: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE outbox SET expires_at = $3 \
        WHERE subscriber = $1 AND created_at < $2 AND expires_at > $3";
    tx.run(sql, &[&subscriber, &time, &now]).await?;
    Ok(())
}

/// Ends a subscriber's links of one kind.
pub async fn end_links_of_kind(
    tx: &mut Tx,
    subscriber: i64,
    kind: Kind,
    now: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE outbox SET expires_at = $3, \
           state = CASE WHEN state = 'queued' THEN 'withdrawn' ELSE state END \
        WHERE subscriber = $1 AND kind = $2 AND expires_at > $3";
    tx.run(sql, &[&subscriber, &kind.into_str(), &now]).await?;
    Ok(())
}

/// Deletes every message about a subscriber.
pub(super) async fn forget(tx: &mut Tx, subscriber: i64) -> Result<(), StoreError> {
    tx.run("DELETE FROM outbox WHERE subscriber = $1", &[&subscriber])
        .await?;
    Ok(())
}

const EXPIRED: &str = "SELECT id FROM outbox WHERE expires_at <= $1 AND owner IS NULL \
    AND (state = 'queued' OR recipient IS NOT NULL OR name IS NOT NULL \
         OR time_zone IS NOT NULL OR text IS NOT NULL)";

const EXPIRE: Pair = of_ids!(
    "UPDATE outbox SET state = CASE WHEN state = 'queued' THEN 'expired' ELSE state END, \
        recipient = NULL, name = NULL, time_zone = NULL, text = NULL \
     WHERE expires_at <= $2 AND owner IS NULL AND",
    "id"
);

const PURGE: Pair = purge_statement!("outbox", "id", "expires_at <= $2 AND owner IS NULL");

/// Once a message expires, deletes its name, text and recipient (an address that may not be on the
/// list); deletes the message 30 days later. A message that a node is sending stays.
pub async fn purge(store: &Store, now: i64) -> Result<(), StoreError> {
    let expired: Vec<i64> = store.all(EXPIRED, &[&now], |row| row.number(0)).await?;
    for ids in expired.chunks(ROWS) {
        let mut tx = store.begin().await?;
        let chunk = Chunk::begin();
        tx.run(EXPIRE, &[&super::json(ids)?, &now]).await?;
        tx.commit().await?;
        chunk.give_way().await;
    }
    let before = now - KEPT.num_milliseconds();
    store.run_in_chunks(PURGE, &[&before]).await.map(drop)
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    pub kind: Kind,
    pub state: MessageState,
    pub attempts: i64,
    /// When it last changed, or else was queued, Unix milliseconds UTC.
    pub at: i64,
    pub reply: Option<String>,
}

/// The messages to one subscriber, the latest first.
pub async fn history(store: &Store, subscriber: i64) -> Result<Vec<HistoryEntry>, StoreError> {
    let sql = concat!(
        "SELECT kind, state, attempts, COALESCE(at, created_at), reply FROM outbox \
         WHERE subscriber = $1 AND ",
        is_known!(),
        " ORDER BY created_at DESC, id"
    );
    store
        .all(sql, &[&subscriber], |row| {
            Ok(HistoryEntry {
                kind: row.word(0, "the message's kind")?,
                state: row.word(1, "the message's state")?,
                attempts: row.number(2)?,
                at: row.number(3)?,
                reply: row.text_or_null(4)?,
            })
        })
        .await
}

fn read(row: &Row<'_>) -> Result<Message, StoreError> {
    Ok(Message {
        id: row.number(0)?,
        kind: row.word(1, "the message's kind")?,
        subscriber: row.number_or_null(2)?,
        recipient: row.text_or_null(3)?.map(|text| text.parse()),
        name: row.text_or_null(4)?,
        time_zone: row.text_or_null(5)?,
        form: row.text_or_null(6)?,
        subject: row.text_or_null(7)?,
        text: row.text_or_null(8)?,
        expires_at: row.number(9)?,
        attempts: row.number(10)?,
        used_at: row.number_or_null(11)?,
    })
}

#[cfg(test)]
mod tests {
    use strum::VariantArray as _;

    use super::Kind;

    #[test]
    fn every_kind_is_known() {
        let kinds = Kind::VARIANTS
            .iter()
            .map(|kind| format!("'{}'", kind.into_str()));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        assert_eq!(is_known!(), format!("kind IN ({kinds})"));
    }
}

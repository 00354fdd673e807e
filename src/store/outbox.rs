//! The outbox: every mail that is not an edition, to readers and to editors, and what the links in them may
//! still do.
//!
//! `queued → accepted | refused | expired | withdrawn`. A message is in a node's hands while `owner` names a
//! live one, and leaves the queue when the relay has accepted it. Its link is good until `expires_at`; ending
//! a link brings that time forward.

mod state;

use chrono::TimeDelta;
use subscribers::address::Address;

use super::dialect::{Pair, set_statement};
use super::row::Columns as _;
use super::{Store, StoreError, Tx, random};

pub use state::{Kind, MessageState};

/// How long the reader who signed up has to confirm; then the sign-up is forgotten.
pub const TO_CONFIRM: TimeDelta = TimeDelta::hours(48);
/// How long a link is good that was asked for on a page.
pub const TO_ACT: TimeDelta = TimeDelta::hours(24);
/// How long an alert is tried before it is given up.
const TO_ALERT: TimeDelta = TimeDelta::days(7);
/// How long the outcome of a message is kept after its link has expired.
const KEPT: TimeDelta = TimeDelta::days(30);

/// So many bits a message's number has: six bytes of a token.
const ID_BITS: u32 = 42;

/// A message as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// A random number.
    pub id: i64,
    /// What it is.
    pub kind: Kind,
    /// Whom it is about; `None` for an alert.
    pub subscriber: Option<i64>,
    /// Where it goes; `None` stands for the subscriber's own address.
    pub recipient: Option<String>,
    /// The name given in the form, for a confirmation.
    pub name: Option<String>,
    /// The time zone given in the form, for a confirmation.
    pub time_zone: Option<String>,
    /// Which form it was, for a confirmation.
    pub form: Option<String>,
    /// The subject of an alert.
    pub subject: Option<String>,
    /// The text of an alert.
    pub text: Option<String>,
    /// Until when its link is good, Unix milliseconds UTC. It is not tried after that.
    pub expires_at: i64,
    /// How often sending was tried, this time included once it is claimed.
    pub attempts: i64,
    /// When its link was used, Unix milliseconds UTC.
    pub used_at: Option<i64>,
}

/// A message to a reader, to be queued.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// What it is.
    pub kind: Kind,
    /// Whom it is about.
    pub subscriber: i64,
    /// Where it goes, if not to the subscriber's own address.
    pub recipient: Option<&'a str>,
    /// The name given in the form, for a confirmation.
    pub name: Option<&'a str>,
    /// The time zone given in the form, for a confirmation.
    pub time_zone: Option<&'a str>,
    /// Which form it was, for a confirmation.
    pub form: Option<&'a str>,
    /// Until when its link is good, Unix milliseconds UTC.
    pub expires_at: i64,
}

impl NewMessage<'_> {
    /// A message to a subscriber's own address, whose link is good for [`TO_ACT`].
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

/// What [`read`] reads.
macro_rules! columns {
    () => {
        "id, kind, subscriber, recipient, name, time_zone, form, subject, text, expires_at, attempts, used_at"
    };
}

/// Queues a message to a reader; returns its number.
pub async fn insert(tx: &mut Tx, new: NewMessage<'_>, now: i64) -> Result<i64, StoreError> {
    let id = random::number(ID_BITS)?;
    sqlx::query(
        "INSERT INTO outbox (id, kind, state, subscriber, recipient, name, time_zone, form, created_at, \
                             expires_at, due_at, attempts) \
         VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7, $8, $9, $8, 0)",
    )
    .bind(id)
    .bind(new.kind.into_str())
    .bind(new.subscriber)
    .bind(new.recipient)
    .bind(new.name)
    .bind(new.time_zone)
    .bind(new.form)
    .bind(now)
    .bind(new.expires_at)
    .execute(&mut *tx.inner)
    .await?;
    Ok(id)
}

const ASK: Pair = set_statement!(
    "INSERT INTO outbox (id, kind, state, subscriber, created_at, expires_at, due_at, attempts) \
     SELECT CAST(r.value ->> 0 AS BIGINT), 'confirm', 'queued', CAST(r.value ->> 1 AS BIGINT), $2, \
        CAST(r.value ->> 2 AS BIGINT) + $3, CAST(r.value ->> 2 AS BIGINT), 0 FROM",
    "AS r WHERE true"
);

/// Queues a confirmation mail to each of these subscribers, by number and the time when it is due, Unix
/// milliseconds UTC. Its link is good for [`TO_CONFIRM`] from then on.
pub async fn ask(tx: &mut Tx, subscribers: &[(i64, i64)], now: i64) -> Result<(), StoreError> {
    let ids = random::numbers(subscribers.len(), ID_BITS)?;
    let rows = ids.iter().zip(subscribers);
    let rows: Vec<_> = rows
        .map(|(id, (subscriber, due_at))| (id, subscriber, due_at))
        .collect();
    sqlx::query(tx.dialect.of(ASK))
        .bind(super::json(&rows)?)
        .bind(now)
        .bind(TO_CONFIRM.num_milliseconds())
        .execute(&mut *tx.inner)
        .await?;
    Ok(())
}

const ALERT: Pair = set_statement!(
    "INSERT INTO outbox (id, kind, state, recipient, subject, text, created_at, expires_at, due_at, attempts) \
     SELECT CAST(r.value ->> 0 AS BIGINT), 'alert', 'queued', r.value ->> 1, $2, $3, $4, $5, $4, 0 FROM",
    "AS r WHERE true"
);

/// Queues an alert: one message for each editor, so that one whose address is refused keeps no other from
/// being told. Without editors nothing is queued.
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
    sqlx::query(tx.dialect.of(ALERT))
        .bind(super::json(&rows)?)
        .bind(subject)
        .bind(text)
        .bind(now)
        .bind(now + TO_ALERT.num_milliseconds())
        .execute(&mut *tx.inner)
        .await?;
    Ok(())
}

/// How many messages are due and in nobody's hands, counted up to `most`.
pub async fn due(store: &Store, now: i64, most: i64) -> Result<i64, StoreError> {
    sqlx::query(
        "SELECT COUNT(*) FROM (SELECT 1 FROM outbox \
         WHERE state = 'queued' AND owner IS NULL AND due_at <= $1 LIMIT $2) AS due",
    )
    .bind(now)
    .bind(most)
    .fetch_one(&store.pool)
    .await?
    .number(0)
}

const CLAIM: Pair = Pair {
    sqlite: concat!(
        "UPDATE outbox SET owner = $2, attempts = attempts + 1 WHERE id = \
           (SELECT id FROM outbox WHERE state = 'queued' AND owner IS NULL AND due_at <= $1 \
            ORDER BY due_at, id LIMIT 1) RETURNING ",
        columns!()
    ),
    postgres: concat!(
        "UPDATE outbox SET owner = $2, attempts = attempts + 1 WHERE id = \
           (SELECT id FROM outbox WHERE state = 'queued' AND owner IS NULL AND due_at <= $1 \
            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING ",
        columns!()
    ),
};

/// Puts the message that is due longest into the hands of a node. One at a time: a node that dies takes one
/// message for each of its connections with it, and none waits behind another's.
pub async fn claim(store: &Store, node: i64, now: i64) -> Result<Option<Message>, StoreError> {
    let mut tx = store.begin().await?;
    let row = sqlx::query(tx.dialect.of(CLAIM))
        .bind(now)
        .bind(node)
        .fetch_optional(&mut *tx.inner)
        .await?;
    let message = row.as_ref().map(read).transpose()?;
    tx.commit().await?;
    Ok(message)
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// Where the message stands now.
    pub state: MessageState,
    /// When it is tried again, Unix milliseconds UTC, if it is still queued.
    pub due_at: Option<i64>,
    /// The relay's reply, or why there is none.
    pub reply: Option<&'a str>,
}

/// Records how an attempt ended and gives the message back; false if the node no longer has it.
pub async fn record(
    tx: &mut Tx,
    node: i64,
    id: i64,
    outcome: Outcome<'_>,
    now: i64,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE outbox SET state = $3, due_at = COALESCE($4, due_at), reply = $5, at = $6, owner = NULL \
         WHERE id = $1 AND owner = $2",
    )
    .bind(id)
    .bind(node)
    .bind(outcome.state.into_str())
    .bind(outcome.due_at)
    .bind(outcome.reply)
    .bind(now)
    .execute(&mut *tx.inner)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives back what nodes had in hand that are gone; returns how many. The relay may have accepted such a
/// message: it goes out again under the same Message-ID.
pub async fn recover(tx: &mut Tx) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "UPDATE outbox SET owner = NULL WHERE owner IS NOT NULL AND owner NOT IN (SELECT id FROM nodes)",
    )
    .execute(&mut *tx.inner)
    .await?;
    Ok(done.rows_affected())
}

/// The message that a link names, unless the link has outcome.
pub async fn good(store: &Store, id: i64, now: i64) -> Result<Option<Message>, StoreError> {
    let row = sqlx::query(concat!(
        "SELECT ",
        columns!(),
        " FROM outbox WHERE id = $1 AND expires_at > $2"
    ))
    .bind(id)
    .bind(now)
    .fetch_optional(&store.pool)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Notes that a link was used; false if it was used before, or has outcome. Of two who use it at the same
/// time one is first.
pub async fn use_link(tx: &mut Tx, id: i64, now: i64) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE outbox SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2",
    )
    .bind(id)
    .bind(now)
    .execute(&mut *tx.inner)
    .await?;
    Ok(done.rows_affected() == 1)
}

const END_LINKS: Pair = set_statement!(
    "UPDATE outbox SET expires_at = $2, \
        state = CASE WHEN state = 'queued' THEN 'withdrawn' ELSE state END \
     WHERE kind IN ('confirm', 'settings', 'address', 'erase') AND expires_at > $2 \
       AND subscriber IN (SELECT CAST(r.value ->> 0 AS BIGINT) FROM",
    "AS r)"
);

/// Ends the links of these subscribers. A message that only carries a link does not go out any more.
pub async fn end_links(tx: &mut Tx, subscribers: &[i64], now: i64) -> Result<(), StoreError> {
    let rows: Vec<[i64; 1]> = subscribers.iter().map(|subscriber| [*subscriber]).collect();
    sqlx::query(tx.dialect.of(END_LINKS))
        .bind(super::json(&rows)?)
        .bind(now)
        .execute(&mut *tx.inner)
        .await?;
    Ok(())
}

/// Ends a subscriber's links that were queued before a time.
pub async fn end_links_from_before(
    tx: &mut Tx,
    subscriber: i64,
    time: i64,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE outbox SET expires_at = $3 \
         WHERE subscriber = $1 AND created_at < $2 AND expires_at > $3",
    )
    .bind(subscriber)
    .bind(time)
    .bind(now)
    .execute(&mut *tx.inner)
    .await?;
    Ok(())
}

/// Ends a subscriber's links of one kind.
pub async fn end_links_of_kind(
    tx: &mut Tx,
    subscriber: i64,
    kind: Kind,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE outbox SET expires_at = $3, \
            state = CASE WHEN state = 'queued' THEN 'withdrawn' ELSE state END \
         WHERE subscriber = $1 AND kind = $2 AND expires_at > $3",
    )
    .bind(subscriber)
    .bind(kind.into_str())
    .bind(now)
    .execute(&mut *tx.inner)
    .await?;
    Ok(())
}

/// Forgets every message about a subscriber.
pub(super) async fn forget(tx: &mut Tx, subscriber: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM outbox WHERE subscriber = $1")
        .bind(subscriber)
        .execute(&mut *tx.inner)
        .await?;
    Ok(())
}

/// Forgets addresses that are not on the list, names and texts when a message's time is over, and the
/// message itself 30 days later. One that is in a node's hands stays.
pub async fn purge(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE outbox SET state = CASE WHEN state = 'queued' THEN 'expired' ELSE state END, \
            recipient = NULL, name = NULL, time_zone = NULL, text = NULL \
         WHERE expires_at <= $1 AND owner IS NULL \
           AND (state = 'queued' OR recipient IS NOT NULL OR name IS NOT NULL \
                OR time_zone IS NOT NULL OR text IS NOT NULL)",
    )
    .bind(now)
    .execute(&mut *tx.inner)
    .await?;
    sqlx::query("DELETE FROM outbox WHERE expires_at <= $1 AND owner IS NULL")
        .bind(now - KEPT.num_milliseconds())
        .execute(&mut *tx.inner)
        .await?;
    Ok(())
}

/// One line of a reader's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// What it was.
    pub kind: Kind,
    /// Where it stands.
    pub state: MessageState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it last changed, or was queued, Unix milliseconds UTC.
    pub at: i64,
    /// What the relay said.
    pub reply: Option<String>,
}

/// Every message to one subscriber that is still known, the latest first.
pub async fn history(store: &Store, subscriber: i64) -> Result<Vec<HistoryEntry>, StoreError> {
    let rows = sqlx::query(
        "SELECT kind, state, attempts, COALESCE(at, created_at), reply FROM outbox \
         WHERE subscriber = $1 ORDER BY created_at DESC, id",
    )
    .bind(subscriber)
    .fetch_all(&store.pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(HistoryEntry {
                kind: row.word(0, "the message's kind")?,
                state: row.word(1, "the message's state")?,
                attempts: row.number(2)?,
                at: row.number(3)?,
                reply: row.text_or_null(4)?,
            })
        })
        .collect()
}

fn read(row: &sqlx::any::AnyRow) -> Result<Message, StoreError> {
    Ok(Message {
        id: row.number(0)?,
        kind: row.word(1, "the message's kind")?,
        subscriber: row.number_or_null(2)?,
        recipient: row.text_or_null(3)?,
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

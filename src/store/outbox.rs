//! The outbox: every mail that is not an edition, to readers and to editors, and what the links in them may
//! still do.
//!
//! `queued → accepted | refused | expired | withdrawn`. A message is in a node's hands while `owner` names a
//! live one, and leaves the queue when the relay has accepted it. Its link is good until `expires_at`; ending
//! a link brings that time forward.

mod state;

use chrono::TimeDelta;
use sqlx::any::AnyRow;
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
    let sql = "INSERT INTO outbox (id, kind, state, subscriber, recipient, name, time_zone, form, \
           created_at, expires_at, due_at, attempts) \
        VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7, $8, $9, $8, 0)";
    tx.run(
        sql,
        &[
            &id,
            &new.kind.into_str(),
            &new.subscriber,
            &new.recipient,
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

/// Queues a confirmation mail to each of these subscribers, by number and the time when it is due, Unix
/// milliseconds UTC. Its link is good for [`TO_CONFIRM`] from then on.
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

/// How many messages are due and in nobody's hands, counted up to `most`.
pub async fn due(store: &Store, now: i64, most: i64) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM outbox \
        WHERE state = 'queued' AND owner IS NULL AND due_at <= $1 LIMIT $2) AS due";
    store.one(sql, &[&now, &most], |row| row.number(0)).await
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
    let message = tx.first(CLAIM, &[&now, &node], read).await?;
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

/// Gives back what nodes had in hand that are gone; returns how many. The relay may have accepted such a
/// message: it goes out again under the same Message-ID.
pub async fn recover(tx: &mut Tx) -> Result<u64, StoreError> {
    let sql = "UPDATE outbox SET owner = NULL \
        WHERE owner IS NOT NULL AND owner NOT IN (SELECT id FROM nodes)";
    tx.run(sql, &[]).await
}

/// The message that a link names, unless the link has outcome.
pub async fn good(store: &Store, id: i64, now: i64) -> Result<Option<Message>, StoreError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM outbox WHERE id = $1 AND expires_at > $2"
    );
    store.first(sql, &[&id, &now], read).await
}

/// Notes that a link was used; false if it was used before, or has outcome. Of two who use it at the same
/// time one is first.
pub async fn use_link(tx: &mut Tx, id: i64, now: i64) -> Result<bool, StoreError> {
    let sql =
        "UPDATE outbox SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2";
    tx.changes(sql, &[&id, &now]).await
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
    tx.run(END_LINKS, &[&super::column(subscribers)?, &now])
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

/// Forgets every message about a subscriber.
pub(super) async fn forget(tx: &mut Tx, subscriber: i64) -> Result<(), StoreError> {
    tx.run("DELETE FROM outbox WHERE subscriber = $1", &[&subscriber])
        .await?;
    Ok(())
}

/// Forgets addresses that are not on the list, names and texts when a message's time is over, and the
/// message itself 30 days later. One that is in a node's hands stays.
pub async fn purge(tx: &mut Tx, now: i64) -> Result<(), StoreError> {
    let sql = "UPDATE outbox SET state = CASE WHEN state = 'queued' THEN 'expired' ELSE state END, \
           recipient = NULL, name = NULL, time_zone = NULL, text = NULL \
        WHERE expires_at <= $1 AND owner IS NULL \
          AND (state = 'queued' OR recipient IS NOT NULL OR name IS NOT NULL \
               OR time_zone IS NOT NULL OR text IS NOT NULL)";
    tx.run(sql, &[&now]).await?;
    let sql = "DELETE FROM outbox WHERE expires_at <= $1 AND owner IS NULL";
    tx.run(sql, &[&(now - KEPT.num_milliseconds())]).await?;
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
    let sql = "SELECT kind, state, attempts, COALESCE(at, created_at), reply FROM outbox \
        WHERE subscriber = $1 ORDER BY created_at DESC, id";
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

fn read(row: &AnyRow) -> Result<Message, StoreError> {
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

//! Imports of lists: who came by each, and what taking it back takes back.

use std::ops::Range;

use subscribers::consent::Consent;

use super::counters::{self, Counter};
use super::row::Columns as _;
use super::{Store, StoreError, Tx};

/// Begins an import; returns its number, from 1.
pub async fn begin(tx: &mut Tx, source: &str, now: i64) -> Result<i64, StoreError> {
    if let Some(setting) = tx.dialect.before_import() {
        tx.run(setting, &[]).await?;
    }
    let id = counters::reserve(tx, Counter::Import, 1).await?;
    let sql = "INSERT INTO imports (id, at, source) VALUES ($1, $2, $3)";
    tx.run(sql, &[&id, &now, &source]).await?;
    Ok(id)
}

/// Notes that an import, if it was one, made the changes of consent with these numbers.
pub(super) async fn extend(
    tx: &mut Tx,
    import: Option<i64>,
    changes: Range<i64>,
) -> Result<(), StoreError> {
    let Some(import) = import else {
        return Ok(());
    };
    let sql = "UPDATE imports SET first_change = COALESCE(first_change, $2), last_change = $3 \
        WHERE id = $1";
    tx.run(sql, &[&import, &changes.start, &(changes.end - 1)])
        .await?;
    Ok(())
}

/// True if there is an import of this number that was not undone.
pub async fn is_in_force(store: &Store, import: i64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM imports WHERE id = $1 AND undone_at IS NULL";
    store.exists(sql, &[&import]).await
}

/// Notes that an import was undone.
pub async fn end(tx: &mut Tx, import: i64, now: i64) -> Result<(), StoreError> {
    tx.run(
        "UPDATE imports SET undone_at = $2 WHERE id = $1",
        &[&import, &now],
    )
    .await?;
    Ok(())
}

/// Somebody whom an import brought or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The number of the change.
    pub change: i64,
    /// The subscriber's number.
    pub subscriber: i64,
    /// What they were before; `None` if the import brought them.
    pub before: Option<Consent>,
    /// True if something happened to them since: a change of consent or of address, a mail, a vote, a choice.
    pub has_acted: bool,
}

/// The next `limit` people whom an import touched by changes after the number `after`, in order.
pub async fn touched(
    tx: &mut Tx,
    import: i64,
    after: i64,
    limit: i64,
) -> Result<Vec<Touched>, StoreError> {
    let sql = "SELECT c.id, c.subscriber, \
           (SELECT b.consent FROM consent_changes b \
            WHERE b.subscriber = c.subscriber AND b.id < c.id ORDER BY b.id DESC LIMIT 1), \
           CASE WHEN EXISTS (SELECT 1 FROM consent_changes l \
                             WHERE l.subscriber = c.subscriber AND l.id > c.id) \
                  OR EXISTS (SELECT 1 FROM deliveries d \
                             WHERE d.subscriber = c.subscriber AND COALESCE(d.at, d.due_at) > c.at) \
                  OR EXISTS (SELECT 1 FROM outbox o WHERE o.subscriber = c.subscriber) \
                  OR EXISTS (SELECT 1 FROM votes v \
                             WHERE v.subscriber = c.subscriber AND v.at > c.at) \
                THEN 1 ELSE 0 END \
        FROM consent_changes c JOIN imports i ON i.id = $1 \
        WHERE c.id > $2 AND c.id BETWEEN i.first_change AND i.last_change AND c.import = $1 \
        ORDER BY c.id LIMIT $3";
    tx.all(sql, &[&import, &after, &limit], |row| {
        let before = row.text_or_null(2)?;
        let before = before.map(|word| {
            word.parse().map_err(|_| StoreError::Unreadable {
                what: "the consent",
                found: word,
            })
        });
        Ok(Touched {
            change: row.number(0)?,
            subscriber: row.number(1)?,
            before: before.transpose()?,
            has_acted: row.number(3)? != 0,
        })
    })
    .await
}

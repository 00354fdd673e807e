//! Imports of lists: which people each brought or changed, and how to undo it.

use std::ops::Range;

use subscribers::consent::Consent;

use super::counters::{self, Counter};
use super::row::Row;
use super::{Store, StoreError, Tx, deliveries};

/// Begins an import; returns its number.
pub async fn begin(tx: &mut Tx, source: &str, now: i64) -> Result<i64, StoreError> {
    let id = counters::reserve(tx, Counter::Import, 1).await?;
    let sql = "INSERT INTO imports (id, at, source) VALUES ($1, $2, $3)";
    tx.run(sql, &[&id, &now, &source]).await?;
    Ok(id)
}

/// Records that an import, if there is one, made the changes of consent with these numbers.
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

/// True if this import exists and was not undone.
pub async fn is_in_force(store: &Store, import: i64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM imports WHERE id = $1 AND undone_at IS NULL";
    store.exists(sql, &[&import]).await
}

/// Records that an import was undone.
pub async fn end(tx: &mut Tx, import: i64, now: i64) -> Result<(), StoreError> {
    tx.run(
        "UPDATE imports SET undone_at = $2 WHERE id = $1",
        &[&import, &now],
    )
    .await?;
    Ok(())
}

/// A person whom an import brought or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    pub change: i64,
    pub subscriber: i64,
    /// `None` if the import brought them.
    pub before: Option<Consent>,
    /// True if anything happened to them since: a change of consent or address, a mail, a vote, a
    /// choice.
    pub has_acted: bool,
}

/// The next `limit` people that an import brought or changed, by changes after the number `after`,
/// in order.
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
                  OR EXISTS (SELECT 1 FROM editions e \
                             JOIN deliveries d ON d.edition = e.id AND d.subscriber = c.subscriber \
                             WHERE COALESCE(d.at, d.due_at) > c.at) \
                  OR EXISTS (SELECT 1 FROM outbox o WHERE o.subscriber = c.subscriber) \
                  OR EXISTS (SELECT 1 FROM votes v \
                             WHERE v.subscriber = c.subscriber AND v.at > c.at) \
                THEN 1 ELSE 0 END, c.at \
        FROM consent_changes c JOIN imports i ON i.id = $1 \
        WHERE c.id > $2 AND c.id BETWEEN i.first_change AND i.last_change AND c.import = $1 \
        ORDER BY c.id LIMIT $3";
    let read = |row: &Row<'_>| {
        let before = row.text_or_null(2)?.map(|_| row.word(2, "the consent"));
        let touched = Touched {
            change: row.number(0)?,
            subscriber: row.number(1)?,
            before: before.transpose()?,
            has_acted: row.number(3)? != 0,
        };
        Ok((touched, row.number(4)?))
    };
    let touched: Vec<_> = tx.all(sql, &[&import, &after, &limit], read).await?;
    let idle = touched.iter().filter(|(one, _)| !one.has_acted);
    let idle = idle.map(|(one, at)| (one.subscriber, *at)).collect();
    let mailed = deliveries::accepted_since(tx, &idle).await?;
    let touched = touched.into_iter().map(|(one, _)| Touched {
        has_acted: one.has_acted || mailed.contains(&one.subscriber),
        ..one
    });
    Ok(touched.collect())
}

//! What an issue's file says otherwise than the edition that was sent.

use super::row::Columns as _;
use super::{Store, StoreError, Tx};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What differs, in words.
    pub field: String,
    /// What was sent; empty if there was nothing.
    pub sent: String,
    /// What the file says now; empty if there is nothing.
    pub now: String,
    /// When the difference was first noticed, Unix milliseconds UTC.
    pub noticed_at: i64,
}

/// The differences of an edition, in the order in which they were noticed.
pub async fn of(store: &Store, edition: i64) -> Result<Vec<Correction>, StoreError> {
    let rows = sqlx::query(
        "SELECT field, sent, now, noticed_at FROM corrections WHERE edition = $1 \
         ORDER BY noticed_at, field",
    )
    .bind(edition)
    .fetch_all(&store.pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Correction {
                field: row.text(0)?,
                sent: row.text(1)?,
                now: row.text(2)?,
                noticed_at: row.number(3)?,
            })
        })
        .collect()
}

/// Replaces the differences of an edition.
pub async fn replace(
    tx: &mut Tx,
    edition: i64,
    corrections: &[Correction],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM corrections WHERE edition = $1")
        .bind(edition)
        .execute(&mut *tx.inner)
        .await?;
    for one in corrections {
        sqlx::query(
            "INSERT INTO corrections (edition, field, sent, now, noticed_at) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(edition)
        .bind(&one.field)
        .bind(&one.sent)
        .bind(&one.now)
        .bind(one.noticed_at)
        .execute(&mut *tx.inner)
        .await?;
    }
    Ok(())
}

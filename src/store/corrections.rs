//! Differences between an issue's file and the edition that was sent.

use super::row::Columns as _;
use super::{Store, StoreError, Tx};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What differs, in words.
    pub field: String,
    /// Empty if there was nothing.
    pub sent: String,
    /// What the file contains now; empty if nothing.
    pub now: String,
    /// When the difference was first noticed, Unix milliseconds UTC.
    pub noticed_at: i64,
}

/// The differences of an edition, in the order in which they were noticed.
pub async fn of(store: &Store, edition: i64) -> Result<Vec<Correction>, StoreError> {
    let sql = "SELECT field, sent, now, noticed_at FROM corrections WHERE edition = $1 \
        ORDER BY noticed_at, field";
    store
        .all(sql, &[&edition], |row| {
            Ok(Correction {
                field: row.text(0)?,
                sent: row.text(1)?,
                now: row.text(2)?,
                noticed_at: row.number(3)?,
            })
        })
        .await
}

pub async fn replace(
    tx: &mut Tx,
    edition: i64,
    corrections: &[Correction],
) -> Result<(), StoreError> {
    tx.run("DELETE FROM corrections WHERE edition = $1", &[&edition])
        .await?;
    for one in corrections {
        let sql = "INSERT INTO corrections (edition, field, sent, now, noticed_at) \
            VALUES ($1, $2, $3, $4, $5)";
        tx.run(
            sql,
            &[&edition, &one.field, &one.sent, &one.now, &one.noticed_at],
        )
        .await?;
    }
    Ok(())
}

//! Differences between an issue's file and the edition that was sent.

mod words;

use std::collections::BTreeMap;

use super::{Store, StoreError, Tx};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The field and its values are data, as in [`Difference`](templates::comparison::Difference).
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

/// Turns the English words that earlier releases stored into data. What is data already, or unknown, stays.
pub(super) async fn store_data(store: &Store) -> Result<(), StoreError> {
    let sql = "SELECT edition, field, sent, now, noticed_at FROM corrections";
    let rows: Vec<(i64, Correction)> = store
        .all(sql, &[], |row| {
            let correction = Correction {
                field: row.text(1)?,
                sent: row.text(2)?,
                now: row.text(3)?,
                noticed_at: row.number(4)?,
            };
            Ok((row.number(0)?, correction))
        })
        .await?;
    let mut editions = BTreeMap::<i64, Vec<Correction>>::new();
    for (edition, one) in rows {
        let data = words::to_data(&one.field, &one.sent, &one.now).into_iter();
        let data = data.map(|(field, sent, now)| Correction {
            field,
            sent,
            now,
            noticed_at: one.noticed_at,
        });
        editions.entry(edition).or_default().extend(data);
    }
    let mut tx = store.begin().await?;
    for (edition, corrections) in &editions {
        replace(&mut tx, *edition, corrections).await?;
    }
    tx.commit().await
}

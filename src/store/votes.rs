//! The readers' votes.

use std::collections::HashMap;

use serde::Serialize;
use templates::comparison::{Tally, Verdict};

use super::row::Columns as _;
use super::{Store, StoreError, Tx};

/// Records one reader's vote on one tool of an issue; a later vote replaces the earlier one.
pub async fn cast(
    tx: &mut Tx,
    slug: &str,
    tool: &str,
    subscriber: i64,
    verdict: Verdict,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO votes (slug, tool, subscriber, verdict, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (slug, tool, subscriber) DO UPDATE SET verdict = excluded.verdict, at = excluded.at",
    )
    .bind(slug)
    .bind(tool)
    .bind(subscriber)
    .bind(verdict.into_str())
    .bind(now)
    .execute(&mut *tx.inner)
    .await?;
    Ok(())
}

/// A vote of one reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Vote {
    /// The slug.
    pub slug: String,
    /// The tool's slug.
    pub tool: String,
    /// `ship` or `skip`.
    pub verdict: String,
    /// When it was cast, Unix milliseconds UTC.
    pub at: i64,
}

/// Every vote of one reader, the oldest first.
pub async fn of(store: &Store, subscriber: i64) -> Result<Vec<Vote>, StoreError> {
    let rows = sqlx::query(
        "SELECT slug, tool, verdict, at FROM votes WHERE subscriber = $1 ORDER BY at, slug, tool",
    )
    .bind(subscriber)
    .fetch_all(&store.pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Vote {
                slug: row.text(0)?,
                tool: row.text(1)?,
                verdict: row.text(2)?,
                at: row.number(3)?,
            })
        })
        .collect()
}

/// The votes on an issue, by the tool's slug.
pub async fn tally(store: &Store, slug: &str) -> Result<HashMap<String, Tally>, StoreError> {
    let rows = sqlx::query(
        "SELECT tool, COUNT(CASE WHEN verdict = 'ship' THEN 1 END), \
                      COUNT(CASE WHEN verdict = 'skip' THEN 1 END) \
         FROM votes WHERE slug = $1 GROUP BY tool",
    )
    .bind(slug)
    .fetch_all(&store.pool)
    .await?;
    rows.iter()
        .map(|row| {
            let count = |at| {
                row.number(at)
                    .map(|count| u64::try_from(count).unwrap_or(0))
            };
            Ok((
                row.text(0)?,
                Tally {
                    ship: count(1)?,
                    skip: count(2)?,
                },
            ))
        })
        .collect()
}

//! Readers' votes.

use std::collections::HashMap;

use serde::Serialize;
use templates::comparison::{Tally, Verdict};

use super::row::Columns as _;
use super::{Store, StoreError, Tx};

/// Records a reader's vote on one tool of an issue, replacing an earlier vote.
pub async fn cast(
    tx: &mut Tx,
    slug: &str,
    tool: &str,
    subscriber: i64,
    verdict: Verdict,
    now: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO votes (slug, tool, subscriber, verdict, at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (slug, tool, subscriber) \
        DO UPDATE SET verdict = excluded.verdict, at = excluded.at";
    tx.run(sql, &[&slug, &tool, &subscriber, &verdict.into_str(), &now])
        .await?;
    Ok(())
}

/// A reader's votes on an issue, by the slug of the tool.
pub async fn cast_by(
    store: &Store,
    slug: &str,
    subscriber: i64,
) -> Result<HashMap<String, Verdict>, StoreError> {
    let sql = "SELECT tool, verdict FROM votes WHERE subscriber = $1 AND slug = $2";
    let votes: Vec<(String, Verdict)> = store
        .all(sql, &[&subscriber, &slug], |row| {
            Ok((row.text(0)?, row.word(1, "a vote")?))
        })
        .await?;
    Ok(votes.into_iter().collect())
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Vote {
    /// The slug of the issue.
    pub slug: String,
    /// The slug of the tool.
    pub tool: String,
    /// `ship` or `skip`.
    pub verdict: String,
    /// Unix milliseconds UTC.
    pub at: i64,
}

/// Every vote of one reader, the oldest first.
pub async fn of(store: &Store, subscriber: i64) -> Result<Vec<Vote>, StoreError> {
    let sql =
        "SELECT slug, tool, verdict, at FROM votes WHERE subscriber = $1 ORDER BY at, slug, tool";
    store
        .all(sql, &[&subscriber], |row| {
            Ok(Vote {
                slug: row.text(0)?,
                tool: row.text(1)?,
                verdict: row.text(2)?,
                at: row.number(3)?,
            })
        })
        .await
}

/// The votes on an issue, by the slug of the tool.
pub async fn tally(store: &Store, slug: &str) -> Result<HashMap<String, Tally>, StoreError> {
    let sql = "SELECT tool, COUNT(CASE WHEN verdict = 'ship' THEN 1 END), \
                     COUNT(CASE WHEN verdict = 'skip' THEN 1 END) \
        FROM votes WHERE slug = $1 GROUP BY tool";
    store
        .all(sql, &[&slug], |row| {
            let count = |at| Ok::<_, StoreError>(u64::try_from(row.number(at)?).unwrap_or(0));
            let (ship, skip) = (count(1)?, count(2)?);
            Ok((row.text(0)?, Tally { ship, skip }))
        })
        .await
}

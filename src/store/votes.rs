//! Readers' votes, and how many there are. `vote_counts` has a row for each issue, tool and
//! verdict, kept by the transaction that records the votes: pages must not count a hundred thousand
//! rows.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Serialize;
use templates::comparison::{Tally, Verdict};

use super::dialect::{Dialect, Pair, part, set_statement};
use super::row::Row;
use super::{Store, StoreError, Tx};

/// A vote on one tool of an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewVote<'a> {
    /// The slug of the issue.
    pub issue: &'a str,
    /// The slug of the tool.
    pub tool: &'a str,
    pub subscriber: i64,
    pub verdict: Verdict,
}

const RECORD: Pair = set_statement!(
    "INSERT INTO votes (issue, tool, subscriber, verdict, at) \
     SELECT r.value ->> 0, r.value ->> 1, CAST(r.value ->> 2 AS BIGINT), r.value ->> 3, $2 FROM",
    "AS r WHERE true ON CONFLICT (issue, tool, subscriber) \
     DO UPDATE SET verdict = excluded.verdict, at = excluded.at"
);

const COUNT: Pair = set_statement!(
    "INSERT INTO vote_counts (issue, tool, verdict, votes) \
     SELECT r.value ->> 0, r.value ->> 1, r.value ->> 2, CAST(r.value ->> 3 AS BIGINT) FROM",
    "AS r WHERE true ON CONFLICT (issue, tool, verdict) \
     DO UPDATE SET votes = vote_counts.votes + excluded.votes"
);

/// In one round trip to PostgreSQL.
static RECORD_AND_COUNT: LazyLock<String> = LazyLock::new(|| {
    let count = part(COUNT.postgres, &["$3"]);
    format!("WITH recorded AS ({}) {count}", RECORD.postgres)
});

/// Records readers' votes, one after the other, and counts them. A vote replaces the reader's
/// earlier one on the tool. Returns for each the reader's votes on its issue from then on, by the
/// slug of the tool.
///
/// First lock the readers, with [`standings`](super::subscribers::standings): otherwise, of two
/// transactions with the same reader, each would count a vote.
pub async fn cast(
    tx: &mut Tx,
    votes: &[NewVote<'_>],
    now: i64,
) -> Result<Vec<HashMap<String, Verdict>>, StoreError> {
    let mut ballots = ballots(tx, votes).await?;
    // In the order in which the rows are locked.
    let (mut rows, mut changes) = (BTreeMap::new(), BTreeMap::<_, i64>::new());
    let mut after = Vec::with_capacity(votes.len());
    for vote in votes {
        let NewVote { issue, tool, .. } = *vote;
        let ballot = ballots.entry((issue.to_owned(), vote.subscriber));
        let ballot = ballot.or_default();
        let before = ballot.insert(tool.to_owned(), vote.verdict);
        after.push(ballot.clone());
        rows.insert((issue, tool, vote.subscriber), vote.verdict.into_str());
        *changes
            .entry((issue, tool, vote.verdict.into_str()))
            .or_default() += 1;
        if let Some(before) = before {
            *changes.entry((issue, tool, before.into_str())).or_default() -= 1;
        }
    }
    let rows: Vec<_> = rows.iter().map(|((i, t, s), v)| (i, t, s, v)).collect();
    let rows = super::json(&rows)?;
    changes.retain(|_, change| *change != 0);
    let changes: Vec<_> = changes.iter().map(|((i, t, v), n)| (i, t, v, n)).collect();
    let changes = super::json(&changes)?;
    match tx.dialect {
        Dialect::Sqlite => {
            tx.run(RECORD, &[&rows, &now]).await?;
            tx.run(COUNT, &[&changes]).await?;
        }
        Dialect::Postgres => {
            tx.run(RECORD_AND_COUNT.as_str(), &[&rows, &now, &changes])
                .await?;
        }
    }
    Ok(after)
}

/// One row with all of them, as in [`standings`](super::subscribers::standings).
const BALLOTS: Pair = Pair {
    sqlite: "SELECT json_group_array(json_array(v.issue, v.subscriber, v.tool, v.verdict)) \
         FROM jsonb_each($1) AS r \
         JOIN votes v ON v.subscriber = CAST(r.value ->> 0 AS BIGINT) AND v.issue = (r.value ->> 1)",
    postgres: "SELECT CAST(COALESCE(json_agg(json_build_array(v.issue, v.subscriber, v.tool, v.verdict)), '[]') AS TEXT) \
         FROM json_array_elements(CAST($1 AS json)) AS r \
         JOIN votes v ON v.subscriber = CAST(r.value ->> 0 AS BIGINT) AND v.issue = (r.value ->> 1)",
};

/// The votes of these readers on these issues so far.
async fn ballots(
    tx: &mut Tx,
    votes: &[NewVote<'_>],
) -> Result<HashMap<(String, i64), HashMap<String, Verdict>>, StoreError> {
    let readers: Vec<_> = votes.iter().map(|v| (v.subscriber, v.issue)).collect();
    let found = tx
        .one(BALLOTS, &[&super::json(&readers)?], |row| row.text(0))
        .await?;
    let unreadable = |found: &str| StoreError::Unreadable {
        what: "a vote",
        found: found.to_owned(),
    };
    let rows: Vec<(String, i64, String, String)> =
        serde_json::from_str(&found).map_err(|_| unreadable(&found))?;
    let mut ballots: HashMap<_, HashMap<_, _>> = HashMap::new();
    for (issue, subscriber, tool, verdict) in rows {
        let verdict = verdict.parse().map_err(|_| unreadable(&verdict))?;
        let ballot = ballots.entry((issue, subscriber)).or_default();
        ballot.insert(tool, verdict);
    }
    Ok(ballots)
}

/// A reader's votes on an issue, by the slug of the tool.
pub async fn cast_by(
    store: &Store,
    issue: &str,
    subscriber: i64,
) -> Result<HashMap<String, Verdict>, StoreError> {
    let sql = "SELECT tool, verdict FROM votes WHERE subscriber = $1 AND issue = $2";
    store
        .all(sql, &[&subscriber, &issue], |row| {
            Ok((row.text(0)?, row.word(1, "a vote")?))
        })
        .await
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Vote {
    /// The slug of the issue.
    pub issue: String,
    /// The slug of the tool.
    pub tool: String,
    /// `ship` or `skip`.
    pub verdict: String,
    /// Unix milliseconds UTC.
    pub at: i64,
}

/// Every vote of one reader, the oldest first.
pub async fn of(store: &Store, subscriber: i64) -> Result<Vec<Vote>, StoreError> {
    let sql = "SELECT issue, tool, verdict, at FROM votes WHERE subscriber = $1 \
        ORDER BY at, issue, tool";
    store
        .all(sql, &[&subscriber], |row| {
            Ok(Vote {
                issue: row.text(0)?,
                tool: row.text(1)?,
                verdict: row.text(2)?,
                at: row.number(3)?,
            })
        })
        .await
}

/// How many votes each tool of an issue has, by the slug of the tool.
pub type Tallies = HashMap<String, Tally>;

const TALLIES: &str = "SELECT tool, verdict, votes FROM vote_counts WHERE issue = $1";

/// The votes on an issue.
pub async fn tally(store: &Store, issue: &str) -> Result<Tallies, StoreError> {
    Ok(tallies(store.all(TALLIES, &[&issue], count).await?))
}

/// The votes on an issue, with those that this transaction recorded.
pub async fn tally_in(tx: &mut Tx, issue: &str) -> Result<Tallies, StoreError> {
    Ok(tallies(tx.all(TALLIES, &[&issue], count).await?))
}

fn count(row: &Row<'_>) -> Result<(String, Verdict, u64), StoreError> {
    let votes = u64::try_from(row.number(2)?).unwrap_or_default();
    Ok((row.text(0)?, row.word(1, "a vote")?, votes))
}

fn tallies(counts: Vec<(String, Verdict, u64)>) -> Tallies {
    let mut tallies = Tallies::new();
    for (tool, verdict, votes) in counts {
        let tally = tallies.entry(tool).or_default();
        match verdict {
            Verdict::Ship => tally.ship = votes,
            Verdict::Skip => tally.skip = votes,
        }
    }
    tallies
}

/// The votes for one verdict on one tool within an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VotesInHour {
    /// The slug of the tool.
    pub tool: String,
    pub verdict: Verdict,
    /// Whole hours since the beginning.
    pub hour: i64,
    pub votes: i64,
}

const BY_HOUR: &str = "SELECT tool, verdict, CASE WHEN since < 0 THEN 0 ELSE since / 3600000 END AS hour, COUNT(*) \
     FROM (SELECT tool, verdict, at - $2 AS since FROM votes WHERE issue = $1) AS v \
     GROUP BY tool, verdict, hour ORDER BY tool, hour, verdict";

/// The votes on an issue by the hour since `from` (Unix milliseconds UTC); earlier ones count as in the first hour. A
/// vote that was changed counts when it was changed. The cost is the number of votes on the issue.
pub async fn by_hour(
    store: &Store,
    issue: &str,
    from: i64,
) -> Result<Vec<VotesInHour>, StoreError> {
    store
        .all(BY_HOUR, &[&issue, &from], |row| {
            Ok(VotesInHour {
                tool: row.text(0)?,
                verdict: row.word(1, "a vote")?,
                hour: row.number(2)?,
                votes: row.number(3)?,
            })
        })
        .await
}

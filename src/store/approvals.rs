//! Who approved which content of an issue.

use super::{Store, StoreError, Tx};

/// One person's last approval of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The issue's slug.
    pub issue: String,
    pub by: String,
    /// The SHA-256 of the content, lower-case hexadecimal.
    pub content: String,
    /// Unix milliseconds UTC.
    pub at: i64,
}

/// Records an approval, in place of the same person's earlier one of this issue.
pub async fn record(tx: &mut Tx, approval: &Approval) -> Result<(), StoreError> {
    let Approval {
        issue,
        by,
        content,
        at,
    } = approval;
    let sql = "INSERT INTO approvals (issue, approved_by, content, at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (issue, approved_by) DO UPDATE SET content = excluded.content, at = excluded.at";
    tx.run(sql, &[issue, by, content, at]).await?;
    Ok(())
}

/// The approvals of an issue, the latest first.
pub async fn of(store: &Store, issue: &str) -> Result<Vec<Approval>, StoreError> {
    let sql = "SELECT issue, approved_by, content, at FROM approvals WHERE issue = $1 \
        ORDER BY at DESC, approved_by";
    store
        .all(sql, &[&issue], |row| {
            Ok(Approval {
                issue: row.text(0)?,
                by: row.text(1)?,
                content: row.text(2)?,
                at: row.number(3)?,
            })
        })
        .await
}

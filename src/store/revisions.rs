//! Corrected texts of editions. An edition's first text never changes, and has the number 0; each correction adds one.

use super::{Store, StoreError, Tx};

#[derive(Clone, Copy, Debug)]
pub struct NewRevision<'a> {
    pub edition: i64,
    /// SHA-256 of `mail`, lower-case hexadecimal.
    pub sha256: &'a str,
    /// The hash that approvals are about, lower-case hexadecimal.
    pub content_hash: &'a str,
    pub subject: &'a str,
    /// JSON.
    pub comparison: &'a str,
    /// With its placeholders.
    pub mail: &'a str,
}

/// Adds a text, which every delivery that is marked from the commit on gets, unless its reader may have an earlier one.
/// Returns its number. [Hold](super::editions::hold) the edition first.
pub async fn add(tx: &mut Tx, new: NewRevision<'_>, now: i64) -> Result<i64, StoreError> {
    let revision = newest(tx, new.edition).await? + 1;
    let sql = "INSERT INTO edition_mails \
           (edition, revision, at, sha256, content_hash, subject, comparison, mail) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.run(
        sql,
        &[
            &new.edition,
            &revision,
            &now,
            &new.sha256,
            &new.content_hash,
            &new.subject,
            &new.comparison,
            &new.mail,
        ],
    )
    .await?;
    Ok(revision)
}

/// The frozen mails of an edition, with their placeholders, by revision.
///
/// # Errors
/// If the store refuses or has no such edition.
pub async fn mails(store: &Store, edition: i64) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT mail, 0 AS number FROM editions WHERE id = $1 \
        UNION ALL SELECT mail, revision FROM edition_mails WHERE edition = $1 ORDER BY number";
    let mails: Vec<String> = store.all(sql, &[&edition], |row| row.text(0)).await?;
    match mails.is_empty() {
        false => Ok(mails),
        true => Err(StoreError::Unreadable {
            what: "the mail of an edition",
            found: format!("no edition {edition}"),
        }),
    }
}

/// The newest revision of an edition, and 0 if there is none.
pub async fn newest(tx: &mut Tx, edition: i64) -> Result<i64, StoreError> {
    let sql = "SELECT COALESCE(MAX(revision), 0) FROM edition_mails WHERE edition = $1";
    tx.one(sql, &[&edition], |row| row.number(0)).await
}

/// When each revision was added, in their order, Unix milliseconds UTC.
pub async fn times(store: &Store, edition: i64) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT at FROM edition_mails WHERE edition = $1 ORDER BY revision";
    store.all(sql, &[&edition], |row| row.number(0)).await
}

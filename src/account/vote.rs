//! Votes.

use subscribers::consent::Consent;
use templates::comparison::Verdict;

use crate::engine::Engine;
use crate::store::{StoreError, subscribers as list, votes};

/// Counts a reader's vote on a tool; a later one replaces an earlier one. False if the reader has none:
/// whoever got the mail has, also after leaving; who was erased has not.
///
/// # Errors
/// If the store refuses.
pub async fn vote(
    engine: &Engine,
    subscriber: i64,
    slug: &str,
    tool: &str,
    verdict: Verdict,
) -> Result<bool, StoreError> {
    let mut tx = engine.store.begin().await?;
    match list::consent(&mut tx, subscriber).await? {
        None | Some(Consent::Pending | Consent::Erased) => return Ok(false),
        Some(_) => {}
    }
    let now = engine.clock.now_millis();
    votes::cast(&mut tx, slug, tool, subscriber, verdict, now).await?;
    tx.commit().await?;
    Ok(true)
}

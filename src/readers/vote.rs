//! Votes on the tools of a comparison.

use subscribers::consent::Consent;
use subscribers::token::Token;
use templates::comparison::Verdict;

use crate::app::App;
use crate::store::{StoreError, votes};

/// Counts a reader's vote on a tool; a later vote replaces an earlier one. Readers who have left may vote. False if
/// the reader is pending or erased, or the link was mailed to a former address.
pub async fn vote(
    app: &App,
    link: Token,
    slug: &str,
    tool: &str,
    verdict: Verdict,
) -> Result<bool, StoreError> {
    let may_vote = |consent| !matches!(consent, Consent::Pending | Consent::Erased);
    let reader = super::reader_of(app, link).await?;
    if !reader.is_some_and(|reader| may_vote(reader.consent)) {
        return Ok(false);
    }
    let subscriber = link.subscriber;
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    votes::cast(&mut tx, slug, tool, subscriber, verdict, now).await?;
    tx.commit().await?;
    Ok(true)
}

//! Votes on the tools of a comparison.

use std::collections::HashMap;

use subscribers::consent::Consent;
use subscribers::token::Token;
use templates::comparison::Verdict;

use crate::app::App;
use crate::store::{StoreError, votes};

/// Counts a reader's vote on a tool; a later vote replaces an earlier one. False if the reader [may not
/// vote](votes_on).
pub async fn vote(
    app: &App,
    link: Token,
    slug: &str,
    tool: &str,
    verdict: Verdict,
) -> Result<bool, StoreError> {
    if !may_vote(app, link).await? {
        return Ok(false);
    }
    let subscriber = link.subscriber;
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    votes::cast(&mut tx, slug, tool, subscriber, verdict, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// A reader's votes on an issue, by the slug of the tool. Readers who have left may vote; `None` if the reader is
/// pending or erased, or the link was mailed to a former address.
pub async fn votes_on(
    app: &App,
    link: Token,
    slug: &str,
) -> Result<Option<HashMap<String, Verdict>>, StoreError> {
    if !may_vote(app, link).await? {
        return Ok(None);
    }
    let votes = votes::cast_by(&app.store, slug, link.subscriber).await?;
    Ok(Some(votes))
}

async fn may_vote(app: &App, link: Token) -> Result<bool, StoreError> {
    let may_vote = |consent| !matches!(consent, Consent::Pending | Consent::Erased);
    let reader = super::reader_of(app, link).await?;
    Ok(reader.is_some_and(|reader| may_vote(reader.consent)))
}

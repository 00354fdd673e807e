//! Votes.

use subscribers::consent::Consent;
use subscribers::token::Token;
use templates::comparison::Verdict;

use crate::app::App;
use crate::store::{StoreError, votes};

/// Counts a reader's vote on a tool; a later one replaces an earlier one. False if the link gives no vote: that
/// of a reader who has left does, that of one who was erased does not, nor one mailed to a former address.
pub async fn vote(
    app: &App,
    link: Token,
    slug: &str,
    tool: &str,
    verdict: Verdict,
) -> Result<bool, StoreError> {
    match super::reader_of(app, link).await? {
        None => return Ok(false),
        Some(reader) if matches!(reader.consent, Consent::Pending | Consent::Erased) => {
            return Ok(false);
        }
        Some(_) => {}
    }
    let subscriber = link.subscriber;
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    votes::cast(&mut tx, slug, tool, subscriber, verdict, now).await?;
    tx.commit().await?;
    Ok(true)
}

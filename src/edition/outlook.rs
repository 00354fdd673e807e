//! What sending an issue now would mean, for the editor who is about to do it.

use chrono::{DateTime, FixedOffset};

use super::missed::here;
use super::{report, time};
use crate::app::App;
use crate::issue::Issue;
use crate::store::{StoreError, consent_changes, deliveries, editions};

/// What would be sent, and to how many.
#[derive(Clone, Debug)]
pub struct Outlook {
    pub subject: String,
    /// How many readers would get it.
    pub readers: i64,
    /// Now, in the newsletter's zone.
    pub at: DateTime<FixedOffset>,
    /// What has changed since the last edition; `None` if this is the first.
    pub news: Option<News>,
}

/// What has changed since the last edition.
#[derive(Clone, Debug)]
pub struct News {
    /// The slug of the last edition.
    pub since: String,
    /// How many readers it had.
    pub readers: i64,
    /// Readers who have joined and left since. One who did both counts as neither.
    pub joined: i64,
    pub left: i64,
}

impl Outlook {
    /// True if there are more than twice as many readers as last time, so that something may be wrong with the list.
    pub fn is_suspicious(&self) -> bool {
        let last = self.news.as_ref().map(|news| news.readers);
        last.is_some_and(|last| self.readers > last.saturating_mul(2))
    }
}

/// Looks ahead at sending an issue now, to everybody at once. The cost is that of counting the list, and the changes
/// to it since the last edition.
pub async fn outlook(app: &App, issue: &Issue) -> Result<Outlook, StoreError> {
    let now = time::now(app).await?;
    let millis = now.timestamp_millis();
    let news = match editions::latest(&app.store).await? {
        Some(last) => {
            let moved = consent_changes::moved(&app.store, last.created_at, millis).await?;
            let (joined, left) = report::gained_and_lost(&moved);
            Some(News {
                readers: deliveries::counts(&app.store, last.id).await?.total(),
                since: last.slug,
                joined,
                left,
            })
        }
        None => None,
    };
    Ok(Outlook {
        subject: issue.subject.clone(),
        readers: deliveries::expected(&app.store, millis).await?,
        at: here(app, now),
        news,
    })
}

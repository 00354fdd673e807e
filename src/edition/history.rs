//! What an instance has sent, as far as it shows in the next issue.

use std::collections::BTreeSet;
use std::path::Path;

use templates::comparison::Previous;

use super::set_votes;
use crate::config::Config;
use crate::store::{Store, StoreError, editions, votes};

/// What was sent so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The slugs of all editions.
    pub sent: BTreeSet<String>,
    /// The latest comparison, with the votes so far.
    pub previous: Option<Previous>,
}

impl History {
    /// Reads it from the instance's database. Without one, nothing was sent; none is made.
    ///
    /// # Errors
    /// If there is a database that cannot be read.
    pub async fn read(config: &Config, dir: &Path) -> Result<Self, StoreError> {
        let Some(store) = Store::open_existing(&config.store.url, dir).await? else {
            return Ok(Self::default());
        };
        let read = Self::of(&store).await;
        store.close().await;
        read
    }

    async fn of(store: &Store) -> Result<Self, StoreError> {
        Ok(Self {
            sent: editions::slugs(store).await?,
            previous: previous(store, i64::MAX).await?,
        })
    }
}

/// How readers voted on the edition before this number. `None` if this version cannot read that edition.
pub(super) async fn previous(store: &Store, before: i64) -> Result<Option<Previous>, StoreError> {
    let Some(edition) = editions::latest_before(store, before).await? else {
        return Ok(None);
    };
    let Some(mut comparison) = edition.readable_comparison() else {
        return Ok(None);
    };
    set_votes(&mut comparison, &votes::tally(store, &edition.slug).await?);
    Ok(Some(Previous {
        slug: comparison.slug,
        title: comparison.title,
        tools: comparison.tools.map(|tool| (tool.name, tool.community)),
    }))
}

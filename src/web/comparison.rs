//! A comparison's page: the edition as it was sent, with the current votes.

use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use templates::pages::comparison as page;

use super::error::{AppError, AppResult};
use crate::app::App;
use crate::edition::count_votes;
use crate::store::editions::{self, Edition, EditionKind};
use crate::store::{archive, corrections};

pub(super) async fn comparison(State(app): State<App>, Path(slug): Path<String>) -> AppResult {
    let Some(edition) = sent_edition(&app, &slug).await? else {
        return Err(AppError::NOT_FOUND);
    };
    let mut comparison = edition.comparison()?;
    count_votes(&app, &mut comparison).await?;
    let corrections = corrections::of(&app.store, edition.id).await?.into_iter();
    let corrections = corrections.map(|one| page::Correction {
        field: one.field,
        sent: one.sent,
        now: one.now,
        date: app.day(one.noticed_at),
    });
    let corrections = page::Corrections {
        all: corrections.collect(),
        while_it_was_sent: edition.revision > 0,
    };
    let read_on = archive::read_on(&app.store, &edition, RELATED).await?;
    let page = page::comparison(&app.newsletter(), &comparison, &corrections, &read_on);
    Ok(page.into_response())
}

/// Most comparisons with the same tools at the foot of a page.
const RELATED: i64 = 5;

/// The edition of an issue, by the slug in a page's address. A digest has no page. No slug contains NUL, which
/// PostgreSQL refuses.
pub(super) async fn sent_edition(app: &App, slug: &str) -> AppResult<Option<Edition>> {
    if slug.contains('\0') {
        return Ok(None);
    }
    let edition = editions::find(&app.store, slug).await?;
    Ok(edition.filter(|edition| edition.kind == EditionKind::Issue))
}

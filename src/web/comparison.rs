//! A comparison's page: what was sent, with the votes as they are now.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use templates::pages::comparison as page;

use super::error::AppError;
use crate::app::App;
use crate::edition::count_votes;
use crate::store::corrections;
use crate::store::editions::{self, Edition, EditionKind};

pub(super) async fn comparison(
    State(app): State<App>,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    let Some(edition) = sent_edition(&app, &slug).await? else {
        return Err(AppError::NOT_FOUND);
    };
    let mut comparison = edition.comparison()?;
    count_votes(&app, &mut comparison).await?;
    let corrections = corrections::of(&app.store, edition.id).await?;
    let corrections: Vec<page::Correction> = corrections
        .into_iter()
        .map(|one| page::Correction {
            field: one.field,
            sent: one.sent,
            now: one.now,
            date: app.day(one.noticed_at),
        })
        .collect();
    Ok(page::comparison(&app.newsletter(), &comparison, &corrections).into_response())
}

/// The edition of an issue, by what stands in an address; a digest has no page. A NUL is in no slug, and PostgreSQL takes none in
/// a text.
pub(super) async fn sent_edition(app: &App, slug: &str) -> Result<Option<Edition>, AppError> {
    if slug.contains('\0') {
        return Ok(None);
    }
    let edition = editions::find(&app.store, slug).await?;
    Ok(edition.filter(|edition| edition.kind == EditionKind::Issue))
}

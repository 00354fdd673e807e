//! Social cards as PNG.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse as _;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree};
use templates::card;
use templates::comparison::{Comparison, Newsletter};
use tokio::sync::{AcquireError, Semaphore};

use super::comparison::sent_edition;
use super::error::{AppError, AppResult};
use super::fonts::Fonts;
use crate::app::App;

/// Cards drawn at a time: each takes a processor, and 3 MB for its pixels.
static DRAWING: Semaphore = Semaphore::const_new(2);

#[derive(Debug, thiserror::Error)]
enum CardError {
    #[error("the card is not SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("the card has an impossible size")]
    Size,
    #[error("the card cannot be written: {0}")]
    Png(String),
    #[error("the drawing task failed: {0}")]
    Task(#[from] tokio::task::JoinError),
    #[error("no more cards are drawn: {0}")]
    Closed(#[from] AcquireError),
}

/// An edition never changes, so neither does its card.
pub(super) async fn card(State(app): State<App>, Path(slug): Path<String>) -> AppResult {
    let Some(edition) = sent_edition(&app, &slug).await? else {
        return Err(AppError::NOT_FOUND);
    };
    let png = draw(app.newsletter(), edition.comparison()?).await?;
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
    ];
    Ok((headers, png).into_response())
}

/// Draws outside the async threads: it takes some ten milliseconds of processor time, and reads fonts.
async fn draw(newsletter: Newsletter, comparison: Comparison) -> Result<Vec<u8>, CardError> {
    // The task holds the permit, because the request may be dropped meanwhile.
    let turn = DRAWING.acquire().await?;
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        png(&newsletter, &comparison)
    })
    .await?
}

fn png(newsletter: &Newsletter, comparison: &Comparison) -> Result<Vec<u8>, CardError> {
    let fonts = Fonts::of(newsletter, comparison);
    if let Some(missing) = fonts.missing() {
        let (slug, characters) = (&comparison.slug, &missing.characters);
        let package = missing.package;
        tracing::warn!(
            slug,
            characters,
            package,
            "no font here has these characters, so the social card leaves them out: install the package and restart"
        );
    }
    let svg = card::card(newsletter, comparison, &|c| fonts.family(c));
    let options = Options {
        fontdb: Arc::clone(&fonts.database),
        font_family: card::FONT.to_owned(),
        font_resolver: FontResolver {
            // Every run names its font.
            select_fallback: Box::new(|_, _, _| None),
            ..FontResolver::default()
        },
        ..Options::default()
    };
    let tree = Tree::from_str(&svg, &options)?;
    let (width, height) = card::SIZE;
    let mut pixels = Pixmap::new(width, height).ok_or(CardError::Size)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    let png = pixels.encode_png();
    png.map_err(|error| CardError::Png(error.to_string()))
}

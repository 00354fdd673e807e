//! Social cards as PNG, drawn once for each edition and kept.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};
use templates::card;
use tokio::sync::{AcquireError, Mutex, OnceCell, Semaphore};

use super::comparison::sent_edition;
use super::error::AppError;
use crate::app::App;

/// How many cards are kept: each has some 40 KB.
const KEPT: usize = 100;

/// How many are drawn at a time: each takes a processor, and 3 MB for its pixels.
static DRAWING: Semaphore = Semaphore::const_new(2);

/// Why a card could not be drawn.
#[derive(Debug, thiserror::Error)]
enum CardError {
    #[error("the card is no SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("there is no room to draw the card")]
    Room,
    #[error("the card cannot be written: {0}")]
    Png(String),
    #[error("drawing ended unexpectedly: {0}")]
    Task(#[from] tokio::task::JoinError),
    #[error("nothing is drawn any more: {0}")]
    Closed(#[from] AcquireError),
}

/// A card, drawn by whoever asks first.
type Drawn = Arc<OnceCell<Arc<[u8]>>>;

/// The cards that were drawn, by edition. An edition never changes, so neither does its card.
#[derive(Clone, Default)]
pub(super) struct Cards(Arc<Mutex<HashMap<i64, Drawn>>>);

impl Cards {
    async fn of(&self, edition: i64) -> Drawn {
        let mut kept = self.0.lock().await;
        if kept.len() >= KEPT && !kept.contains_key(&edition) {
            kept.clear();
        }
        Arc::clone(kept.entry(edition).or_default())
    }
}

pub(super) async fn card(
    State(app): State<App>,
    State(cards): State<Cards>,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    let Some(edition) = sent_edition(&app, &slug).await? else {
        return Err(AppError::NOT_FOUND);
    };
    let comparison = edition.comparison()?;
    let drawn = cards.of(edition.id).await;
    let svg = || card::card(&app.newsletter(), &comparison);
    let png = drawn.get_or_try_init(|| draw(svg())).await?;
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
    ];
    Ok((headers, png.to_vec()).into_response())
}

/// Drawing takes a processor for some ten milliseconds: not one that answers requests.
async fn draw(svg: String) -> Result<Arc<[u8]>, CardError> {
    // Held by the task itself: who asked may go away meanwhile.
    let turn = DRAWING.acquire().await?;
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        png(&svg)
    })
    .await?
}

fn png(svg: &str) -> Result<Arc<[u8]>, CardError> {
    let mut fonts = Database::new();
    for font in [dejavu::serif::regular(), dejavu::serif::bold()] {
        fonts.load_font_data(font.to_vec());
    }
    let options = Options {
        fontdb: Arc::new(fonts),
        font_family: card::FONT.to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)?;
    let (width, height) = card::SIZE;
    let mut pixels = Pixmap::new(width, height).ok_or(CardError::Room)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    let png = pixels
        .encode_png()
        .map_err(|error| CardError::Png(error.to_string()))?;
    Ok(png.into())
}

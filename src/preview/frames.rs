//! What the frames hold: the mail and the page, which run no script, load nothing and lead nowhere by themselves.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use super::Failure;
use super::choices::Choices;
use super::picture::Studio;
use super::workspace::{Shown, Workspace};

/// Also for a frame that is opened by itself. Its links open in new tabs, so that editors can follow sources.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; \
     frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

type Picture = fn(&Studio<'_>, &Shown) -> Result<Option<String>, Failure>;

type Choice = Query<HashMap<String, String>>;

pub(super) async fn mail(
    State(workspace): State<Workspace>,
    Path(name): Path<String>,
    Query(query): Choice,
) -> Result<Response, Failure> {
    frame(workspace, name, query, |studio, shown| {
        studio.mail_copy(shown)
    })
    .await
}

pub(super) async fn page(
    State(workspace): State<Workspace>,
    Path(name): Path<String>,
    Query(query): Choice,
) -> Result<Response, Failure> {
    frame(workspace, name, query, |studio, shown| {
        studio.page_copy(shown)
    })
    .await
}

async fn frame(
    workspace: Workspace,
    name: String,
    query: HashMap<String, String>,
    picture: Picture,
) -> Result<Response, Failure> {
    let shown = workspace.shown(name).await?;
    let choices = Choices::read(&query, &shown.setup);
    let html = picture(&Studio::new(&workspace, &shown.setup, &choices), &shown)?;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, html.ok_or(Failure::NotFound)?).into_response())
}

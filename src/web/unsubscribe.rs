//! Leaving: `GET` asks, `POST` acts. The same address takes the one-click request of RFC 8058,
//! which mail programs send without cookies, in either form encoding.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use subscribers::consent::Way;
use subscribers::token::{self, Purpose, Token};
use templates::pages::unsubscribe as page;

use super::form::Fields;
use super::incident::Incident;
use super::link::masked;
use crate::account;
use crate::engine::Engine;
use crate::store::{StoreError, subscribers as list};

pub(super) async fn ask(
    State(engine): State<Engine>,
    Path(token): Path<String>,
) -> Result<Response, Incident> {
    let Some(link) = read(&engine, &token) else {
        return Ok(invalid(&engine));
    };
    let masked = masked_address(&engine, link)
        .await
        .map_err(|error| Incident::new(&engine, &error))?;
    let action = format!("/u/{token}");
    Ok(page::ask(&engine.newsletter(), &action, &masked).into_response())
}

pub(super) async fn act(
    State(engine): State<Engine>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Incident> {
    let Some(link) = read(&engine, &token) else {
        return Ok(invalid(&engine));
    };
    let fields = match Fields::read(request).await {
        Ok(fields) => fields,
        Err(response) => return Ok(response),
    };
    let failed = |error: StoreError| Incident::new(&engine, &error);
    // Before the change: an erased reader has no address to show afterwards.
    let masked = masked_address(&engine, link).await.map_err(failed)?;
    let one_click = fields.get("List-Unsubscribe") == "One-Click";
    let way = if one_click { Way::OneClick } else { Way::Page };
    account::unsubscribe(
        &engine,
        link.subscriber,
        Some(link.about),
        way,
        Some(fields.get("reason")).filter(|reason| !reason.is_empty()),
    )
    .await
    .map_err(failed)?;
    if one_click {
        return Ok("You are unsubscribed.\n".into_response());
    }
    Ok(page::done(&engine.newsletter(), &masked).into_response())
}

fn read(engine: &Engine, token: &str) -> Option<Token> {
    token::verify(&engine.key, token, Purpose::Unsubscribe).ok()
}

fn invalid(engine: &Engine) -> Response {
    (
        StatusCode::NOT_FOUND,
        page::invalid_link(&engine.newsletter()),
    )
        .into_response()
}

/// The reader's address, masked.
async fn masked_address(engine: &Engine, link: Token) -> Result<String, StoreError> {
    let subscriber = list::get(&engine.store, link.subscriber).await?;
    Ok(masked(
        subscriber
            .and_then(|subscriber| subscriber.address)
            .as_deref(),
    ))
}

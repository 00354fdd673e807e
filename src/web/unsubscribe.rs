//! Leaving: `GET` asks, `POST` acts. The same address takes the one-click request of RFC 8058,
//! which mail programs send without cookies, in either form encoding.

use axum::extract::{FromRequest as _, Multipart, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use subscribers::address::Address;
use subscribers::consent::Way;
use subscribers::token::{self, Purpose, Token};
use templates::pages::unsubscribe as page;

use super::incident::Incident;
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
    let form = match Form::read(request).await {
        Ok(form) => form,
        Err(response) => return Ok(response),
    };
    let failed = |error: StoreError| Incident::new(&engine, &error);
    // Before the change: an erased reader has no address to show afterwards.
    let masked = masked_address(&engine, link).await.map_err(failed)?;
    let way = if form.one_click {
        Way::OneClick
    } else {
        Way::Page
    };
    account::unsubscribe(
        &engine,
        link.subscriber,
        Some(link.about),
        way,
        form.reason.as_deref(),
    )
    .await
    .map_err(failed)?;
    if form.one_click {
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

/// What the page shows of the address: enough for its owner, nothing for whoever was forwarded the
/// mail.
async fn masked_address(engine: &Engine, link: Token) -> Result<String, StoreError> {
    let subscriber = list::get(&engine.store, link.subscriber).await?;
    let address = subscriber.and_then(|subscriber| subscriber.address);
    Ok(address
        .and_then(|address| Address::parse(&address).ok())
        .map_or_else(|| "your address".to_owned(), |address| address.masked()))
}

/// What a leaving reader's form says.
#[derive(Default)]
struct Form {
    one_click: bool,
    reason: Option<String>,
}

impl Form {
    /// Reads either form encoding. A request without a body is a reader's too.
    async fn read(request: Request) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let multipart =
            kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
        let mut form = Self::default();
        if multipart {
            let refuse = |error: axum::extract::multipart::MultipartError| error.into_response();
            let mut fields = Multipart::from_request(request, &())
                .await
                .map_err(IntoResponse::into_response)?;
            while let Some(field) = fields.next_field().await.map_err(refuse)? {
                let name = field.name().unwrap_or_default().to_owned();
                form.set(&name, &field.text().await.map_err(refuse)?);
            }
        } else {
            let body = String::from_request(request, &())
                .await
                .map_err(IntoResponse::into_response)?;
            for (name, value) in url::form_urlencoded::parse(body.as_bytes()) {
                form.set(&name, &value);
            }
        }
        Ok(form)
    }

    fn set(&mut self, name: &str, value: &str) {
        match name {
            "List-Unsubscribe" if value == "One-Click" => self.one_click = true,
            "reason" => {
                let reason = value.trim();
                self.reason = (!reason.is_empty()).then(|| reason.to_owned());
            }
            _ => {}
        }
    }
}

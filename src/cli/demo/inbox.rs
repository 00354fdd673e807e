//! The demo's inbox: shows received mails in the browser.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use mail_parser::{Message, MessageParser};
use templates::pages::inbox::{self as page, Received, View};
use tokio::sync::Mutex;

use crate::app::App;
use crate::catcher::{Catcher, Mail};

/// A mail's HTML runs no script and loads nothing; links open in a new tab.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; \
     sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'";
/// The inbox shows the mail's HTML in a frame.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[derive(Clone)]
struct Inbox {
    app: App,
    catcher: Arc<Catcher>,
    sending: Arc<Mutex<()>>,
}

pub(super) fn routes(app: App, catcher: Arc<Catcher>) -> Router {
    Router::new()
        .route("/inbox", get(list))
        .route("/inbox/next", post(next))
        .route("/inbox/{number}", get(html_view))
        .route("/inbox/{number}/text", get(text_view))
        .route("/inbox/{number}/source", get(source_view))
        .route("/inbox/{number}/html", get(html_part))
        .with_state(Inbox {
            app,
            catcher,
            sending: Arc::default(),
        })
}

async fn list(State(inbox): State<Inbox>) -> Response {
    let mails = inbox.catcher.mails();
    let received: Vec<_> = mails.iter().enumerate().rev().map(received).collect();
    let next = match super::next_issue(&inbox.app).await {
        Ok(next) => next.map(|issue| issue.comparison.title),
        Err(error) => return failed(&error),
    };
    let page = page::list(&inbox.app.newsletter(), &received, next.as_deref());
    shown(page)
}

/// Sends the next issue, so that you can unsubscribe and see that no mail comes. Pressing the button again
/// meanwhile only waits for the end.
async fn next(State(inbox): State<Inbox>) -> Response {
    let Ok(turn) = Arc::clone(&inbox.sending).try_lock_owned() else {
        drop(inbox.sending.lock().await);
        return Redirect::to("/inbox").into_response();
    };
    // A separate task: sending goes on if the browser disconnects.
    let sent = tokio::spawn(async move {
        let _turn = turn;
        super::send_next(&inbox.app).await
    });
    match sent.await.unwrap_or_else(|panicked| Err(panicked.into())) {
        Ok(()) => Redirect::to("/inbox").into_response(),
        Err(error) => failed(&error),
    }
}

fn failed(error: &super::Failed) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response()
}

async fn html_view(State(inbox): State<Inbox>, Path(number): Path<usize>) -> Response {
    view(&inbox, number, View::Html)
}

async fn text_view(State(inbox): State<Inbox>, Path(number): Path<usize>) -> Response {
    let mail = find(&inbox, number);
    let message = mail.as_ref().and_then(parsed);
    let text = message.as_ref().and_then(|message| message.body_text(0));
    view(&inbox, number, View::Text(&text.unwrap_or_default()))
}

async fn source_view(State(inbox): State<Inbox>, Path(number): Path<usize>) -> Response {
    let mail = find(&inbox, number);
    let source = mail
        .as_ref()
        .map(|mail| String::from_utf8_lossy(&mail.content));
    view(&inbox, number, View::Source(&source.unwrap_or_default()))
}

async fn html_part(State(inbox): State<Inbox>, Path(number): Path<usize>) -> Response {
    let mail = find(&inbox, number);
    let message = mail.as_ref().and_then(parsed);
    let Some(html) = message.as_ref().and_then(|message| message.body_html(0)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, MAIL_POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, page::framed(&html)).into_response()
}

fn view(inbox: &Inbox, number: usize, view: View<'_>) -> Response {
    let Some(mail) = find(inbox, number) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let received = received((number - 1, &mail));
    shown(page::mail(&inbox.app.newsletter(), &received, view))
}

fn shown(page: maud::Markup) -> Response {
    ([(header::CONTENT_SECURITY_POLICY, PAGE_POLICY)], page).into_response()
}

/// Mails are numbered from 1.
fn find(inbox: &Inbox, number: usize) -> Option<Mail> {
    let mut mails = inbox.catcher.mails().into_iter();
    mails.nth(number.checked_sub(1)?)
}

fn parsed(mail: &Mail) -> Option<Message<'_>> {
    MessageParser::default().parse(&mail.content)
}

fn received((index, mail): (usize, &Mail)) -> Received {
    let message = parsed(mail).unwrap_or_default();
    let sender = message.from().and_then(|from| from.first());
    let from = sender.and_then(|from| from.name().or(from.address()));
    Received {
        number: index + 1,
        to: mail.to.join(", "),
        from: from.unwrap_or_default().to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        at: mail.received_at.format("%H:%M:%S").to_string(),
    }
}

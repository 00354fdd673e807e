//! Tells open pages that something was saved: an event stream (Server-Sent Events) whose messages are revisions.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::Failure;
use super::workspace::Workspace;

/// How long a browser waits before it connects again.
const RETRY: Duration = Duration::from_secs(1);

/// Finds tabs that are gone.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

pub(super) async fn of_folder(
    State(workspace): State<Workspace>,
    State(stop): State<CancellationToken>,
) -> Response {
    stream(workspace.revisions(), stop)
}

pub(super) async fn of_issue(
    State(workspace): State<Workspace>,
    State(stop): State<CancellationToken>,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    let entry = workspace.entry(name).await?;
    Ok(stream(entry.revisions(), stop))
}

/// The current revision at once, and then the latest after each change, however many there were.
fn stream(mut revisions: watch::Receiver<String>, stop: CancellationToken) -> Response {
    revisions.mark_changed();
    let events = stream::unfold(revisions, move |mut revisions| {
        let stop = stop.clone();
        async move {
            stop.run_until_cancelled(revisions.changed()).await?.ok()?;
            let revision = revisions.borrow_and_update().clone();
            let event = Event::default().retry(RETRY).data(revision);
            Some((Ok::<_, Infallible>(event), revisions))
        }
    });
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    Sse::new(events).keep_alive(keep_alive).into_response()
}

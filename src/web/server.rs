//! Accepts connections and bounds their number and duration. Slow clients can't use up the files and memory that
//! sending needs.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;
use tower_service::Service as _;

use super::health;
use super::limits::Limits;
use super::places::{Guest, Places, Seat};
use super::wire::{Answer, Wire};

/// Most bytes in a request's head.
const HEAD: usize = 64 * 1024;

/// Time for a request's head in the reserve.
const RESERVE_HEAD: Duration = Duration::from_secs(5);

/// Seconds after which a client may retry when all places are taken.
const RETRY_AFTER: &str = "5";

/// Failures in a row, a second apart, after which we give up on a listener.
const MOST_FAILURES: u32 = 60;

/// When the whole body of a request must have arrived.
#[derive(Clone, Copy)]
pub(super) struct Deadline(pub(super) Instant);

/// Serves with default limits until `stop` is cancelled, then finishes requests in progress. Fails if the listener
/// keeps failing.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> io::Result<()> {
    serve_within(listener, router, Limits::default(), stop).await
}

/// Like [`serve`], with these limits.
pub async fn serve_within(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: CancellationToken,
) -> io::Result<()> {
    let limits = Arc::new(limits);
    let places = Arc::new(Places::new(&limits));
    let mut failures = 0;
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = accept(&listener, &places) => accepted,
        };
        match accepted {
            Ok((stream, peer, guest)) => {
                failures = 0;
                let (router, limits, stop) = (router.clone(), Arc::clone(&limits), stop.clone());
                tokio::spawn(converse(stream, peer, guest, router, limits, stop));
            }
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                failures += 1;
                tracing::error!(%error, "cannot accept a connection");
                if failures == MOST_FAILURES {
                    return Err(error);
                }
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
    drop(listener);
    // Each connection returns its place when it ends, at the latest after this time.
    let _ = timeout(limits.drain, places.empty()).await;
    Ok(())
}

/// Waits for a client, then for a place.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Places>,
) -> io::Result<(TcpStream, SocketAddr, Guest)> {
    let (stream, peer) = listener.accept().await?;
    stream.set_nodelay(true)?;
    let guest = places.admitted(peer.ip()).await;
    Ok((stream, peer, guest))
}

/// True if the client disconnected before it was accepted.
fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, InvalidInput};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset | InvalidInput
    )
}

/// Answers the requests of one connection.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    guest: Guest,
    router: Router,
    limits: Arc<Limits>,
    stop: CancellationToken,
) {
    let seat = &guest.0;
    let head = match seat.is_placeless() {
        true => limits.head.min(RESERVE_HEAD),
        false => limits.head,
    };
    let answer = service_fn(|mut request: hyper::Request<Incoming>| {
        let extensions = request.extensions_mut();
        extensions.insert(ConnectInfo(peer));
        extensions.insert(Deadline(Instant::now() + limits.body));
        answer(seat, router.clone(), request.map(Body::new), &limits.busy)
    });
    let wire = Wire {
        stream: TokioIo::new(stream),
        seat: Arc::clone(seat),
    };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head)
        .max_buf_size(HEAD)
        .serve_connection(wire, answer);
    let mut connection = pin!(connection);
    tokio::select! {
        // Read a request that has arrived before the connection is closed for another.
        biased;
        // No one can act on a client's disconnect, so it isn't logged.
        _ = connection.as_mut() => return,
        () = seat.displaced() => {
            if seat.is_silent() {
                return;
            }
        }
        () = stop.cancelled() => {}
        () = sleep(limits.life) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(limits.drain, connection).await;
}

async fn answer(
    seat: &Arc<Seat>,
    mut router: Router,
    request: axum::extract::Request,
    busy: &str,
) -> Result<hyper::Response<Answer>, Infallible> {
    let response = match seat.begin() {
        true => router.call(request).await?,
        false => answer_without_place(seat, router, request, busy).await?,
    };
    let seat = Arc::clone(seat);
    Ok(response.map(|body| Answer { body, seat }))
}

/// Answers one request on a connection without an ordinary place, and closes the connection.
async fn answer_without_place(
    seat: &Arc<Seat>,
    mut router: Router,
    request: axum::extract::Request,
    busy: &str,
) -> Result<Response, Infallible> {
    let mut response = if health::is_check(request.uri().path()) {
        tokio::select! {
            biased;
            response = router.call(request) => response?,
            () = seat.displaced() => no_place(busy),
        }
    } else if seat.place().await {
        router.call(request).await?
    } else {
        no_place(busy)
    };
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    Ok(response)
}

fn no_place(busy: &str) -> Response {
    let later = [(header::RETRY_AFTER, RETRY_AFTER)];
    (StatusCode::SERVICE_UNAVAILABLE, later, format!("{busy}\n")).into_response()
}

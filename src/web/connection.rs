//! Connections: how many there are, and how long a client may take. Who sends or reads slowly holds a
//! connection for a bounded time; the files and the memory that sending needs are not theirs to take.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;
use tower_service::Service as _;

/// Largest head of a request, in bytes.
const HEAD: usize = 64 * 1024;

/// A listener that failed so many times in a row, a second apart, will not come back.
const MOST_FAILURES: u32 = 60;

/// How much patience clients get.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long a request's head may take, counted from the connection's start or the answer before it.
    pub head: Duration,
    /// How long a request's body may take, from when its head was there.
    pub body: Duration,
    /// How long a connection is kept for more requests, and for an answer that is read slowly.
    pub life: Duration,
    /// How long a request in progress may take when its connection is to end.
    pub drain: Duration,
    /// How many connections are open at a time; whoever comes then waits.
    pub connections: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            body: Duration::from_secs(30),
            life: Duration::from_secs(600),
            drain: Duration::from_secs(10),
            // Half of the files that a process commonly may open.
            connections: 512,
        }
    }
}

/// When the body of a request must be there.
#[derive(Clone, Copy)]
pub(super) struct Deadline(pub(super) Instant);

/// Serves until `stop` is cancelled, then finishes the requests in progress.
///
/// # Errors
/// If the listener keeps failing.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> io::Result<()> {
    serve_within(listener, router, Limits::default(), stop).await
}

/// Serves with limits of one's own.
///
/// # Errors
/// If the listener keeps failing.
pub async fn serve_within(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: CancellationToken,
) -> io::Result<()> {
    let room = Arc::new(Semaphore::new(limits.connections as usize));
    let mut failures = 0;
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = accept(&listener, &room) => accepted,
        };
        match accepted {
            Ok((stream, peer, permit)) => {
                failures = 0;
                let (router, stop) = (router.clone(), stop.clone());
                tokio::spawn(async move {
                    converse(stream, peer, router, limits, stop).await;
                    drop(permit);
                });
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
    // Each connection gives its place back when it ends; none stays longer than this.
    let _ = timeout(limits.drain, room.acquire_many(limits.connections)).await;
    Ok(())
}

/// Waits for a place, then for a client.
async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = Arc::clone(room).acquire_owned().await;
    let permit = permit.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, peer, permit))
}

/// A client that went away before it was taken up.
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
    router: Router,
    limits: Limits,
    stop: CancellationToken,
) {
    let answer = service_fn(move |mut request: hyper::Request<Incoming>| {
        let extensions = request.extensions_mut();
        extensions.insert(ConnectInfo(peer));
        extensions.insert(Deadline(Instant::now() + limits.body));
        router.clone().call(request.map(Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), answer);
    let mut connection = pin!(connection);
    tokio::select! {
        // How a client broke off says nothing that anybody could act on.
        _ = connection.as_mut() => return,
        () = stop.cancelled() => {}
        () = sleep(limits.life) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(limits.drain, connection).await;
}

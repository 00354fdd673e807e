//! One request, over a connection to an address that was checked.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hyper::client::conn::http1;
use hyper::header::{ACCEPT, CONNECTION, HOST, LOCATION, USER_AGENT};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::task::JoinSet;
use tokio::time::timeout;
use url::{Host, Position, Url};

use super::{Answer, Checker, Dead};

/// How long a connection to one of several addresses may take.
const CONNECTING: Duration = Duration::from_secs(4);

/// The most addresses of a host that are tried.
const MOST_ADDRESSES: usize = 4;

/// The longest head of an answer, in bytes.
const HEAD: usize = 64 * 1024;

const PROGRAM: &str = concat!("verdict/", env!("CARGO_PKG_VERSION"), " (checks links)");

/// Asks for a URL. Reads the head of the answer, and none of its body.
pub(super) async fn ask(method: Method, url: &Url, checker: &Checker) -> Result<Answer, Dead> {
    let asked = timeout(
        checker.policy.patience,
        connect_and_ask(method, url, checker),
    )
    .await;
    asked.unwrap_or(Err(Dead::TooSlow))
}

async fn connect_and_ask(method: Method, url: &Url, checker: &Checker) -> Result<Answer, Dead> {
    let stream = connect(url, checker).await?;
    let request = Request::builder()
        .method(method)
        .uri(&url[Position::BeforePath..Position::AfterQuery])
        .header(HOST, &url[Position::BeforeHost..Position::AfterPort])
        .header(USER_AGENT, PROGRAM)
        .header(ACCEPT, "*/*")
        .header(CONNECTION, "close")
        .body(String::new())
        .map_err(|error| Dead::NoAnswer(error.to_string()))?;
    if url.scheme() == "http" {
        return exchange(stream, request).await;
    }
    let name = url.host_str().unwrap_or_default();
    let name = name
        .trim_start_matches('[')
        .trim_end_matches(']')
        .to_owned();
    let name = ServerName::try_from(name.clone()).map_err(|_| Dead::NoHost(name))?;
    let tls = checker.tls.as_ref().map_err(|error| no_answer(error))?;
    let stream = tls
        .connect(name, stream)
        .await
        .map_err(|error| no_answer(&error))?;
    exchange(stream, request).await
}

/// Connects to the first address of the host that answers. Every one of them was checked, and the name is not
/// resolved again.
async fn connect(url: &Url, checker: &Checker) -> Result<TcpStream, Dead> {
    let name = url.host_str().unwrap_or_default();
    let no_host = || Dead::NoHost(name.to_owned());
    let port = url.port_or_known_default().ok_or_else(no_host)?;
    let addresses: Vec<IpAddr> = match url.host().ok_or_else(no_host)? {
        Host::Ipv4(address) => vec![address.into()],
        Host::Ipv6(address) => vec![address.into()],
        Host::Domain(domain) => {
            let found = lookup_host((domain, port)).await.map_err(|_| no_host())?;
            found.map(|address| address.ip()).collect()
        }
    };
    // A connection to `::ffff:127.0.0.1` goes to 127.0.0.1.
    let addresses = addresses.into_iter().map(|address| address.to_canonical());
    let (allowed, refused): (Vec<_>, Vec<_>) =
        addresses.partition(|ip| (checker.policy.may_connect)(*ip));
    let mut failure = match refused.first() {
        Some(refused) => Dead::NotPublic(name.to_owned(), *refused),
        None => no_host(),
    };
    for address in allowed.into_iter().take(MOST_ADDRESSES) {
        let connecting = TcpStream::connect(SocketAddr::new(address, port));
        let connected = timeout(CONNECTING, connecting).await;
        match connected.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
            Ok(stream) => return Ok(stream),
            Err(error) => failure = no_answer(&error),
        }
    }
    Err(failure)
}

async fn exchange<S>(stream: S, request: Request<String>) -> Result<Answer, Dead>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = http1::Builder::new();
    let builder = builder.max_buf_size(HEAD);
    let handshake = builder.handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|error| no_answer(&error))?;
    // Dropping it closes the connection, whatever is left of the body.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    let answer = sender
        .send_request(request)
        .await
        .map_err(|error| no_answer(&error))?;
    let location = answer.headers().get(LOCATION);
    let location = location.map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned());
    Ok(Answer {
        status: answer.status(),
        location,
    })
}

fn no_answer(error: &dyn std::error::Error) -> Dead {
    let mut why = error.to_string();
    if let Some(cause) = error.source() {
        why = format!("{why}: {cause}");
    }
    Dead::NoAnswer(why)
}

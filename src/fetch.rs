//! One HTTP request, over a connection to an address that was checked.

mod public;

use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, CONNECTION, CONTENT_TYPE, HOST, LOCATION, USER_AGENT};
use hyper::{Method, StatusCode};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::{Host, Position, Url};

use crate::config::Authorities;

pub use self::public::is_public;

/// How long a connection to one of several addresses may take.
const CONNECTING: Duration = Duration::from_secs(4);

/// The most addresses of a host that are tried.
const MOST_ADDRESSES: usize = 4;

/// The longest head of an answer, in bytes.
const HEAD: usize = 64 * 1024;

/// Which connections a client makes, and how long it waits.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Which addresses a connection may go to. Default: [`is_public`].
    pub may_connect: fn(IpAddr) -> bool,
    /// How long a request may take, from the name of the host to the end of the answer. Default: 10 seconds.
    pub patience: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            may_connect: is_public,
            patience: Duration::from_secs(10),
        }
    }
}

/// Makes requests. It follows no redirect and keeps no cookie.
pub struct Client {
    policy: Policy,
    tls: Result<TlsConnector, rustls::Error>,
    name: String,
}

/// What a request does.
#[derive(Clone, Copy, Debug)]
pub enum Ask<'a> {
    Head,
    Get,
    /// Posts a form, encoded as `application/x-www-form-urlencoded`.
    Post(&'a str),
}

/// A request by http or https.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub ask: Ask<'a>,
    pub url: &'a Url,
    /// The host's addresses; `None` asks the system for them.
    pub addresses: Option<&'a [IpAddr]>,
    /// The most bytes of the answer's body that are read.
    pub body: usize,
}

/// A server's answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    /// `Location`, as sent.
    pub location: Option<String>,
    /// As much of the body as the request asked for.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The name of the host has no address.
    #[error("there is no host {0}")]
    NoHost(String),
    /// The policy forbids to connect to the host's address.
    #[error("{0} is at {1}, which readers cannot reach")]
    Forbidden(String, IpAddr),
    /// No connection, no TLS, or no answer in HTTP.
    #[error("{0}")]
    NoAnswer(String),
    #[error("no answer in time")]
    TooSlow,
}

impl Client {
    /// A client that trusts the system's certificate authorities. Servers see its purpose, such as "checks links".
    pub fn new(policy: Policy, purpose: &str) -> Self {
        Self {
            policy,
            tls: Authorities::default()
                .client()
                .map(|config| Arc::new(config).into()),
            name: format!("verdict/{} ({purpose})", env!("CARGO_PKG_VERSION")),
        }
    }

    /// Makes a request and reads the answer.
    ///
    /// # Errors
    /// [`Failure`] if there is no answer, or if the policy forbids to ask.
    pub async fn ask(&self, request: Request<'_>) -> Result<Answer, Failure> {
        let asked = timeout(self.policy.patience, self.connect_and_ask(request)).await;
        asked.unwrap_or(Err(Failure::TooSlow))
    }

    async fn connect_and_ask(&self, request: Request<'_>) -> Result<Answer, Failure> {
        let url = request.url;
        let stream = self.connect(request).await?;
        let (method, form) = match request.ask {
            Ask::Head => (Method::HEAD, None),
            Ask::Get => (Method::GET, None),
            Ask::Post(form) => (Method::POST, Some(form)),
        };
        let mut builder = hyper::Request::builder()
            .method(method)
            .uri(&url[Position::BeforePath..Position::AfterQuery])
            .header(HOST, &url[Position::BeforeHost..Position::AfterPort])
            .header(USER_AGENT, &self.name)
            .header(ACCEPT, "*/*")
            .header(CONNECTION, "close");
        if form.is_some() {
            builder = builder.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let message = builder
            .body(form.unwrap_or_default().to_owned())
            .map_err(|error| Failure::NoAnswer(error.to_string()))?;
        if url.scheme() == "http" {
            return exchange(stream, message, request.body).await;
        }
        let name = url.host_str().unwrap_or_default();
        let name = name
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_owned();
        let name = ServerName::try_from(name.clone()).map_err(|_| Failure::NoHost(name))?;
        let tls = self.tls.as_ref().map_err(|error| no_answer(error))?;
        let stream = tls
            .connect(name, stream)
            .await
            .map_err(|error| no_answer(&error))?;
        exchange(stream, message, request.body).await
    }

    /// Connects to the first address of the host that answers. Every one of them was checked, and the name is not
    /// resolved again.
    async fn connect(&self, request: Request<'_>) -> Result<TcpStream, Failure> {
        let url = request.url;
        let name = url.host_str().unwrap_or_default();
        let no_host = || Failure::NoHost(name.to_owned());
        let port = url.port_or_known_default().ok_or_else(no_host)?;
        let addresses: Vec<IpAddr> = match (url.host().ok_or_else(no_host)?, request.addresses) {
            (Host::Ipv4(address), _) => vec![address.into()],
            (Host::Ipv6(address), _) => vec![address.into()],
            (Host::Domain(_), Some(addresses)) => addresses.to_vec(),
            (Host::Domain(domain), None) => {
                let found = lookup_host((domain, port)).await.map_err(|_| no_host())?;
                found.map(|address| address.ip()).collect()
            }
        };
        // A connection to `::ffff:127.0.0.1` goes to 127.0.0.1.
        let addresses = addresses.into_iter().map(|address| address.to_canonical());
        let (allowed, refused): (Vec<_>, Vec<_>) =
            addresses.partition(|ip| (self.policy.may_connect)(*ip));
        let mut failure = match refused.first() {
            Some(refused) => Failure::Forbidden(name.to_owned(), *refused),
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
}

async fn exchange<S>(
    stream: S,
    request: hyper::Request<String>,
    body: usize,
) -> Result<Answer, Failure>
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
    let status = answer.status();
    let body = read(answer.into_body(), body).await;
    Ok(Answer {
        status,
        location,
        body: body.map_err(|error| no_answer(&error))?,
    })
}

/// The first bytes of a body.
async fn read(mut body: Incoming, most: usize) -> hyper::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while bytes.len() < most
        && let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
    {
        if let Ok(data) = frame?.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    bytes.truncate(most);
    Ok(bytes)
}

fn no_answer(error: &dyn std::error::Error) -> Failure {
    let mut why = error.to_string();
    if let Some(cause) = error.source() {
        why = format!("{why}: {cause}");
    }
    Failure::NoAnswer(why)
}

//! Asks whether links answer, without reaching into a private network.
//!
//! An issue's author chooses its links, and `verdict check` may run on a server. So a connection goes only to
//! an address that was checked after its name was resolved, at each redirect again
//! (`docs/decisions/0028-content-findings.md`).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::StatusCode;
use tokio::sync::{AcquireError, Semaphore};
use tokio::task::JoinSet;
use url::Url;

use crate::fetch::{Answer, Ask, Client, Failure, Request};

pub use crate::fetch::Policy;

/// Requests at a time, in all and to one host.
const AT_ONCE: usize = 16;
const AT_ONE_HOST: usize = 2;

const MOST_REDIRECTS: usize = 10;

/// Why a link leads nowhere, to follow "the link to example.com".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dead {
    /// The server has no such page, or fails.
    Status(StatusCode),
    /// The name of its host, or of one that it redirects to, has no address.
    NoHost(String),
    /// Its host, or one that it redirects to, is in a network that readers cannot reach.
    NotPublic(String, IpAddr),
    /// No connection, no TLS, or no answer in HTTP.
    NoAnswer(String),
    TooSlow,
    Redirects,
    /// It redirects to something that is no web page.
    BadRedirect(String),
}

impl fmt::Display for Dead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "answers {status}"),
            Self::NoHost(host) => write!(f, "leads nowhere: there is no host {host}"),
            Self::NotPublic(host, address) if *host == address.to_string() => {
                write!(f, "leads to {address}, which readers cannot reach")
            }
            Self::NotPublic(host, address) => {
                write!(
                    f,
                    "leads to {host} at {address}, which readers cannot reach"
                )
            }
            Self::NoAnswer(why) => write!(f, "gets no answer: {why}"),
            Self::TooSlow => f.write_str("gets no answer in time"),
            Self::Redirects => write!(f, "redirects more than {MOST_REDIRECTS} times"),
            Self::BadRedirect(to) => write!(f, "redirects to `{to}`, which is no web page"),
        }
    }
}

impl From<Failure> for Dead {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NoHost(host) => Self::NoHost(host),
            Failure::Forbidden(host, address) => Self::NotPublic(host, address),
            Failure::NoAnswer(why) => Self::NoAnswer(why),
            Failure::TooSlow => Self::TooSlow,
        }
    }
}

/// Those of the URLs that lead nowhere. A server that refuses a program (401, 403, 429 and the like) has answered.
pub async fn dead(urls: BTreeSet<String>, policy: Policy) -> BTreeMap<String, Dead> {
    let checker = Arc::new(Checker {
        client: Client::new(policy, "checks links"),
        all: Semaphore::new(AT_ONCE),
        hosts: Mutex::default(),
    });
    let mut tasks = JoinSet::new();
    for url in urls {
        let checker = Arc::clone(&checker);
        tasks.spawn(async move {
            let checked = checker.follow(&url).await;
            (url, checked)
        });
    }
    let checked = tasks.join_all().await;
    let dead = checked.into_iter();
    dead.filter_map(|(url, checked)| Some((url, checked.err()?)))
        .collect()
}

struct Checker {
    client: Client,
    all: Semaphore,
    hosts: Mutex<HashMap<String, Arc<Semaphore>>>,
}

impl Checker {
    async fn follow(&self, url: &str) -> Result<(), Dead> {
        let bad = |to: &str| Dead::BadRedirect(to.to_owned());
        let mut url = Url::parse(url).map_err(|_| bad(url))?;
        for _ in 0..=MOST_REDIRECTS {
            if !matches!(url.scheme(), "http" | "https") {
                return Err(bad(url.as_str()));
            }
            let Answer {
                status, location, ..
            } = self.answer(&url).await?;
            match location.filter(|_| status.is_redirection()) {
                Some(to) => url = url.join(&to).map_err(|_| bad(&to))?,
                None if is_dead(status) => return Err(Dead::Status(status)),
                None => return Ok(()),
            }
        }
        Err(Dead::Redirects)
    }

    /// The answer to `HEAD`, or if that fails to `GET`: some servers know only the latter.
    async fn answer(&self, url: &Url) -> Result<Answer, Dead> {
        let host = self.host(url.host_str().unwrap_or_default());
        let closed = |_: AcquireError| Dead::TooSlow;
        let _host = host.acquire().await.map_err(closed)?;
        let _turn = self.all.acquire().await.map_err(closed)?;
        match self.ask(Ask::Head, url).await {
            Ok(answer) if !answer.status.is_client_error() && !answer.status.is_server_error() => {
                Ok(answer)
            }
            Ok(_) | Err(Dead::NoAnswer(_)) => self.ask(Ask::Get, url).await,
            Err(dead) => Err(dead),
        }
    }

    async fn ask(&self, ask: Ask<'_>, url: &Url) -> Result<Answer, Dead> {
        let request = Request {
            ask,
            url,
            addresses: None,
            body: 0,
        };
        Ok(self.client.ask(request).await?)
    }

    fn host(&self, host: &str) -> Arc<Semaphore> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let places = hosts.entry(host.to_owned());
        Arc::clone(places.or_insert_with(|| Arc::new(Semaphore::new(AT_ONE_HOST))))
    }
}

fn is_dead(status: StatusCode) -> bool {
    matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE) || status.is_server_error()
}

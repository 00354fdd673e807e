//! Asks DNS for what receivers of mail look up about a sender.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{Name, RData, RecordType};

/// How long a server may take before it is asked again, once.
const PATIENCE: Duration = Duration::from_secs(2);

/// What DNS is asked. Names are A-labels (RFC 5890) without a dot at the end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// The TXT records of a name, each with its strings joined (RFC 7208 §3.3).
    Txt(String),
    /// The IPv4 and IPv6 addresses of a name.
    Addresses(String),
    /// The names of a domain's mail servers, the most preferred first; `.` is a null MX (RFC 7505).
    Mx(String),
    /// The names of an address.
    Ptr(IpAddr),
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Txt(name) => write!(f, "the TXT record of {name}"),
            Self::Addresses(name) => write!(f, "the addresses of {name}"),
            Self::Mx(name) => write!(f, "the MX record of {name}"),
            Self::Ptr(address) => write!(f, "the name of {address}"),
        }
    }
}

/// The records, empty if there are none or the name does not exist; or why no server answered.
pub type Answer = Result<Vec<String>, Silence>;

/// No usable answer came: DNS is unreachable, or its server fails.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Silence(pub String);

/// A client of the system's DNS servers, or of a given one.
pub struct Dns(TokioResolver);

impl Dns {
    /// # Errors
    /// [`Silence`] if the system's configuration cannot be read.
    pub fn new(server: Option<SocketAddr>) -> Result<Self, Silence> {
        let unusable = |error: NetError| Silence(format!("DNS is not set up here: {error}"));
        let mut builder = match server {
            Some(server) => {
                let config = ResolverConfig::from_parts(None, vec![], vec![at(server)]);
                TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
            None => TokioResolver::builder_tokio().map_err(unusable)?,
        };
        let options = builder.options_mut();
        options.timeout = PATIENCE;
        options.attempts = 1;
        Ok(Self(builder.build().map_err(unusable)?))
    }

    pub async fn ask(&self, question: &Question) -> Answer {
        let answered = match question {
            Question::Txt(name) => self.records(name, RecordType::TXT).await,
            Question::Mx(name) => self.records(name, RecordType::MX).await,
            Question::Ptr(address) => {
                let name = Name::from(*address);
                self.records(&name.to_ascii(), RecordType::PTR).await
            }
            Question::Addresses(name) => match self.0.lookup_ip(absolute(name)).await {
                Ok(found) => Ok(found.iter().map(|address| address.to_string()).collect()),
                Err(error) => Err(error),
            },
        };
        match answered {
            Ok(records) => Ok(records),
            Err(error) if error.is_no_records_found() => Ok(Vec::new()),
            Err(error) => Err(Silence(format!(
                "DNS did not answer for {question}: {error}"
            ))),
        }
    }

    async fn records(&self, name: &str, kind: RecordType) -> Result<Vec<String>, NetError> {
        let found = self.0.lookup(absolute(name), kind).await?;
        let mut records: Vec<_> = found
            .answers()
            .iter()
            .filter_map(|record| text(&record.data))
            .collect();
        // By preference.
        records.sort_by_key(|(preference, _)| *preference);
        Ok(records.into_iter().map(|(_, text)| text).collect())
    }
}

fn at(server: SocketAddr) -> NameServerConfig {
    let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
    let connections = connections.map(|mut connection| {
        connection.port = server.port();
        connection
    });
    NameServerConfig::new(server.ip(), true, connections.into())
}

/// A name that no search domain is appended to.
fn absolute(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

/// A record's text, with its preference.
fn text(record: &RData) -> Option<(u16, String)> {
    match record {
        RData::TXT(txt) => {
            let bytes = txt.txt_data.concat();
            Some((0, String::from_utf8_lossy(&bytes).into_owned()))
        }
        RData::MX(mx) => Some((mx.preference, relative(&mx.exchange))),
        RData::PTR(name) => Some((0, relative(&name.0))),
        _ => None,
    }
}

/// A name without the dot at its end; `.` for the root.
fn relative(name: &Name) -> String {
    let text = name.to_ascii();
    match text.trim_end_matches('.') {
        "" => ".".to_owned(),
        name => name.to_ascii_lowercase(),
    }
}

//! The TLS handshake with a relay, and messages that help an operator when it fails.

use std::io;
use std::sync::Arc;

use chrono::DateTime;
use rustls::CertificateError;
use rustls::pki_types::{ServerName, UnixTime};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::wire::Wire;
use super::{Failure, Step, lost};
use crate::config::{Relay, Security};

/// Encrypts a connection with TLS 1.2 or 1.3. The relay's certificate must come from an authority
/// that the system or `smtp.ca_file` trusts, be for the relay's host, and be valid now.
pub(super) async fn encrypt(wire: Wire, relay: &Relay) -> Result<TlsStream<Wire>, Failure> {
    let name = ServerName::try_from(relay.host.clone())
        .map_err(|_| lost(Step::Tls, "the relay's host is not a valid name for TLS"))?;
    let config = relay
        .authorities
        .client()
        .map_err(|error| lost(Step::Tls, error))?;
    let connector = TlsConnector::from(Arc::new(config));
    let connected = connector.connect(name, wire).await;
    connected.map_err(|error| lost(Step::Tls, explain(&error, relay)))
}

/// A relay on the same machine often has a self-signed certificate by default.
const OR_NONE: &str =
    "; if the network to the relay is safe, `?tls=none` in `smtp.url` turns TLS off";

/// An explanation that an operator can act on.
fn explain(error: &io::Error, relay: &Relay) -> String {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    match inner {
        Some(rustls::Error::InvalidCertificate(wrong)) => match relay.security {
            Security::Opportunistic => refused(wrong, relay) + OR_NONE,
            _ => refused(wrong, relay),
        },
        Some(rustls::Error::InvalidMessage(_)) if relay.security == Security::Implicit => {
            "the relay does not use TLS from the first byte on that port: write `smtp://` for STARTTLS"
                .to_owned()
        }
        Some(other) => format!("the handshake failed: {other}"),
        None => format!("the handshake failed: {error}"),
    }
}

fn refused(wrong: &CertificateError, relay: &Relay) -> String {
    use CertificateError::{
        BadSignature, Expired, ExpiredContext, NotValidForName, NotValidForNameContext,
        NotValidYet, NotValidYetContext, UnknownIssuer,
    };
    let host = &relay.host;
    match wrong {
        // The signature is wrong if another authority uses the name of a trusted one.
        UnknownIssuer | BadSignature => {
            "the relay's certificate is from an authority that is not trusted here; if you trust \
             it, name its certificate in `smtp.ca_file`"
                .to_owned()
        }
        NotValidForName => format!("the relay's certificate is not for {host}"),
        NotValidForNameContext { presented, .. } => {
            let names = names(presented);
            format!("the relay's certificate is not for {host} but for {names}")
        }
        Expired => "the relay's certificate has expired".to_owned(),
        ExpiredContext { not_after, .. } => {
            format!("the relay's certificate expired on {}", day(*not_after))
        }
        NotValidYet => "the relay's certificate is not valid yet".to_owned(),
        NotValidYetContext { not_before, .. } => {
            let day = day(*not_before);
            format!(
                "the relay's certificate is not valid before {day}; is this machine's clock right?"
            )
        }
        other if format!("{other:?}").contains("CaUsedAsEndEntity") => {
            "the relay shows an authority's certificate (CA:TRUE) as its own; it needs one that is \
             for a server"
                .to_owned()
        }
        other => format!("the relay's certificate cannot be used: {other}"),
    }
}

/// The names in a certificate, which rustls writes like `DnsName("mail.example.com")`.
fn names(presented: &[String]) -> String {
    let bare = |name: &String| name.split('"').nth(1).unwrap_or(name).to_owned();
    let names: Vec<_> = presented.iter().map(bare).collect();
    match names.is_empty() {
        true => "no name at all (subjectAltName)".to_owned(),
        false => names.join(", "),
    }
}

fn day(time: UnixTime) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    match DateTime::from_timestamp(seconds, 0) {
        Some(day) => day.format("%Y-%m-%d").to_string(),
        None => seconds.to_string(),
    }
}

//! The TLS handshake with a relay, and what an operator is told when it fails.

use std::io;
use std::sync::{Arc, OnceLock};

use chrono::DateTime;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::wire::Wire;
use super::{Failure, Step, lost};
use crate::config::{Authorities, Relay, Security};

/// Encrypts a connection. The relay's certificate must be from an authority that the system or
/// `smtp.ca_file` names, be for the relay's host and be valid now. TLS 1.2 and 1.3 are spoken.
pub(super) async fn encrypt(wire: Wire, relay: &Relay) -> Result<TlsStream<Wire>, Failure> {
    let name = ServerName::try_from(relay.host.clone())
        .map_err(|_| lost(Step::Tls, "the relay's host is no name that TLS knows"))?;
    let config = client(&relay.authorities).map_err(|error| lost(Step::Tls, error))?;
    let connector = TlsConnector::from(Arc::new(config));
    let connected = connector.connect(name, wire).await;
    connected.map_err(|error| lost(Step::Tls, explain(&error, relay)))
}

fn client(authorities: &Authorities) -> Result<ClientConfig, rustls::Error> {
    let mut trusted = RootCertStore::empty();
    // A damaged one among the system's hundred must not stop a mail that does not need it.
    trusted.add_parsable_certificates(system().iter().cloned());
    for certificate in authorities.certificates() {
        trusted.add(certificate.clone())?;
    }
    let provider = Arc::new(ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(trusted)
        .with_no_client_auth())
}

/// The authorities that the system trusts. They are read once, since each connection needs them.
fn system() -> &'static [CertificateDer<'static>] {
    static SYSTEM: OnceLock<Vec<CertificateDer<'static>>> = OnceLock::new();
    SYSTEM.get_or_init(|| {
        let found = rustls_native_certs::load_native_certs();
        for error in found.errors {
            tracing::warn!(%error, "certificates of this machine cannot be read");
        }
        found.certs
    })
}

/// A relay beside us often shows a certificate that nobody asked it for.
const OR_NONE: &str =
    "; if nobody can stand between here and there, `?tls=none` in `smtp.url` goes without";

/// What an operator can do something with.
fn explain(error: &io::Error, relay: &Relay) -> String {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    match inner {
        Some(rustls::Error::InvalidCertificate(wrong)) => match relay.security {
            Security::Opportunistic => refused(wrong, relay) + OR_NONE,
            _ => refused(wrong, relay),
        },
        Some(rustls::Error::InvalidMessage(_)) if relay.security == Security::Implicit => {
            "the relay does not speak TLS from the first byte there: write `smtp://` for STARTTLS"
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
        // The signature is wrong if another authority has the name of one that is trusted.
        UnknownIssuer | BadSignature => {
            "the relay's certificate is from an authority that is not trusted here; if you trust \
             it, name its certificate in `smtp.ca_file`"
                .to_owned()
        }
        NotValidForName => format!("the relay's certificate is not for {host}"),
        NotValidForNameContext { presented, .. } => {
            format!(
                "the relay's certificate is not for {host} but for {}",
                names(presented)
            )
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
    let day = DateTime::from_timestamp(seconds, 0);
    day.map_or_else(
        || seconds.to_string(),
        |day| day.format("%Y-%m-%d").to_string(),
    )
}

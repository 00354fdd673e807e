//! The SMTP server to submit to, written as a URL.

use std::fmt;

use chrono::TimeDelta;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::findings::{Finding, Report};
use crate::toml_source::Value;

use super::authorities::Authorities;

/// Message submission with STARTTLS or without encryption (RFC 6409 §3.1).
const SUBMISSION: u16 = 587;
/// Message submission over TLS from the first byte (RFC 8314 §3.3).
const SUBMISSIONS: u16 = 465;

/// Whether a conversation is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Never (`?tls=none`).
    None,
    /// If the relay offers STARTTLS (`?tls=opportunistic`).
    Opportunistic,
    /// By STARTTLS, or not at all (`?tls=required`).
    Required,
    /// From the first byte (`smtps`).
    Implicit,
}

const SECURITIES: [(&str, Security); 3] = [
    ("none", Security::None),
    ("opportunistic", Security::Opportunistic),
    ("required", Security::Required),
];

/// The SMTP server to submit to. Debug and Display show host and port, never the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Relay {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Whether to encrypt.
    pub security: Security,
    /// User and password, if the relay needs them.
    pub credentials: Option<(String, String)>,
    /// Certificate authorities to trust in addition to the system's.
    pub authorities: Authorities,
    /// How long the relay may take to greet, and to answer a command.
    pub timeout: TimeDelta,
}

/// The minimum of RFC 5321 §4.5.3.2 for most steps.
pub(super) const TIMEOUT: TimeDelta = TimeDelta::minutes(5);

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Relay({self})")
    }
}

impl fmt::Display for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// Reads `smtp://user:password@host:port?tls=…` or `smtps://…`.
pub(super) fn read(value: &Value<'_>, report: &mut Report) -> Option<Relay> {
    let text = value.text(report)?;
    match parse(text) {
        Ok(relay) => {
            doubt_clear_password(&relay, value, report);
            Some(relay)
        }
        Err(fault) => {
            report.push(fault.at(value));
            None
        }
    }
}

/// Why a URL is not one of a relay: the label and the help.
struct Fault(String, Option<&'static str>);

impl Fault {
    fn new(label: impl Into<String>) -> Self {
        Self(label.into(), None)
    }

    fn at(self, value: &Value<'_>) -> Finding {
        let example = "write it like `smtp://user:password@mail.example.com:587`";
        let message = "`url` is not the address of an SMTP server";
        let finding = value.fault("bad-url", message).label(self.0);
        finding.help(self.1.unwrap_or(example))
    }
}

fn parse(text: &str) -> Result<Relay, Fault> {
    let url = Url::parse(text.trim()).map_err(|error| Fault::new(error.to_string()))?;
    let implicit = match url.scheme() {
        "smtp" => false,
        "smtps" => true,
        _ => return Err(Fault::new("expected `smtp://…` or `smtps://…`")),
    };
    let host = match url.host() {
        Some(Host::Domain(name)) if !name.is_empty() => name.to_owned(),
        // Without the brackets that a URL needs.
        Some(Host::Ipv6(address)) => address.to_string(),
        Some(Host::Ipv4(address)) => address.to_string(),
        _ => return Err(Fault::new("there is no host in it")),
    };
    if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
        let help = "percent-encode `/`, `?` and `#` in a password: `%2F`, `%3F`, `%23`";
        return Err(Fault(
            "only a host and a port are expected".to_owned(),
            Some(help),
        ));
    }
    let credentials = credentials(&url)?;
    let default = if implicit { SUBMISSIONS } else { SUBMISSION };
    Ok(Relay {
        host,
        port: url.port().unwrap_or(default),
        security: security(&url, implicit, credentials.is_some())?,
        credentials,
        authorities: Authorities::default(),
        timeout: TIMEOUT,
    })
}

fn credentials(url: &Url) -> Result<Option<(String, String)>, Fault> {
    let decoded = |text| {
        let decoded = percent_decode_str(text).decode_utf8();
        let decoded = decoded.map_err(|_| Fault::new("the user or the password is not UTF-8"))?;
        Ok(decoded.into_owned())
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) => Err(Fault::new("there is a password, but no user")),
        (_, None) => Err(Fault::new("there is a user, but no password")),
        (user, Some(password)) => Ok(Some((decoded(user)?, decoded(password)?))),
    }
}

/// An attacker who hides STARTTLS must not make us send a password in the clear: with credentials, encryption is
/// required unless the operator turns it off.
fn security(url: &Url, implicit: bool, credentials: bool) -> Result<Security, Fault> {
    let mut asked = None;
    for (key, word) in url.query_pairs() {
        if key != "tls" {
            return Err(Fault(
                format!("`{key}` is unknown here"),
                Some("only `?tls=…` can follow"),
            ));
        }
        let found = SECURITIES.iter().find(|(known, _)| *known == word);
        let (_, security) = found.ok_or_else(|| {
            let help = "it is one of `none`, `opportunistic` and `required`";
            Fault(format!("`tls` cannot be `{word}`"), Some(help))
        })?;
        asked = Some(*security);
    }
    match asked {
        Some(_) if implicit => {
            let help = "leave `?tls=…` out, or write `smtp://`";
            Err(Fault("`smtps` is always encrypted".to_owned(), Some(help)))
        }
        Some(security) => Ok(security),
        None if implicit => Ok(Security::Implicit),
        None if credentials => Ok(Security::Required),
        // A mail server on this machine mostly has a certificate that it made itself, and what does not
        // leave the machine needs none.
        None if url.host_str().is_some_and(super::address::is_loopback) => Ok(Security::None),
        None => Ok(Security::Opportunistic),
    }
}

fn doubt_clear_password(relay: &Relay, value: &Value<'_>, report: &mut Report) {
    let optional = matches!(relay.security, Security::None | Security::Opportunistic);
    if optional && relay.credentials.is_some() && !super::address::is_loopback(&relay.host) {
        let message = "the password may travel unencrypted";
        report.push(
            value
                .doubt("clear-password", message)
                .help("leave `?tls=…` out: with a password, encryption is then required"),
        );
    }
}

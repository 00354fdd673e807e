//! Asks the relay what it offers. No mail is sent.

use tokio::time::timeout;

use super::{Check, PATIENCE, Patient};
use crate::config::{Config, Relay, Security, is_loopback};
use crate::smtp::{Conversation, Extensions, Failure, Step};
use crate::store::{editions, revisions};

/// Octets of a mail whose size nobody knows yet: Gmail shows no more of one.
const USUAL: u64 = 102 * 1024;

/// What became of the conversation.
pub(super) struct Examined {
    pub(super) checks: Vec<Check>,
    /// The name that the relay gave itself; empty if there was no conversation.
    pub(super) name: String,
}

pub(super) async fn examine(patient: Patient<'_>) -> Examined {
    let smtp = &patient.config.smtp;
    let hello = smtp.bounce_address.domain_ascii();
    let opened = timeout(PATIENCE, Conversation::open(&smtp.relay, hello)).await;
    let mut conversation = match opened {
        Ok(Ok(conversation)) => conversation,
        Ok(Err(failure)) => return none(refused(patient.config, &failure)),
        Err(_) => {
            let text = format!("{} does not answer in time", smtp.relay);
            return none(Check::wrong("relay", text).advice(CONNECTS));
        }
    };
    let (offers, is_encrypted) = (
        conversation.extensions().clone(),
        conversation.is_encrypted(),
    );
    conversation.quit().await;
    let largest = largest(patient).await;
    Examined {
        checks: vec![
            connected(&smtp.relay, &offers),
            encryption(&smtp.relay, is_encrypted),
            size(&offers, largest),
            extensions(&offers),
        ],
        name: offers.name,
    }
}

fn none(check: Check) -> Examined {
    Examined {
        checks: vec![check],
        name: String::new(),
    }
}

/// Octets of the latest edition's mail.
async fn largest(patient: Patient<'_>) -> u64 {
    let latest = async {
        let store = &patient.app.ok()?.store;
        let latest = editions::latest(store).await.ok()??;
        revisions::mails(store, latest.id).await.ok()?.pop()
    };
    let mail = timeout(PATIENCE, latest).await.ok().flatten();
    mail.map_or(USUAL, |mail| mail.len() as u64)
}

const CONNECTS: &str = "is it running, and is `smtp.url` right?";

fn refused(config: &Config, failure: &Failure) -> Check {
    let relay = &config.smtp.relay;
    let (name, advice) = match failure {
        Failure::Refused { step, .. } | Failure::Lost { step, .. } => match step {
            Step::Tls => (
                "relay-tls",
                "no mail goes out unencrypted, as `smtp.url` asks",
            ),
            Step::Auth => ("relay", "are user and password in `smtp.url` right?"),
            _ => ("relay", CONNECTS),
        },
        Failure::TooLarge { .. } => ("relay", CONNECTS),
    };
    Check::wrong(name, format!("{relay} takes no mail: {failure}")).advice(advice)
}

fn connected(relay: &Relay, offers: &Extensions) -> Check {
    let name = match offers.name.as_str() {
        "" => String::new(),
        name => format!(", which calls itself {name},"),
    };
    let user = match relay.credentials {
        Some(_) => " and accepts user and password",
        None => "",
    };
    Check::ok("relay", format!("{relay}{name} answers{user}"))
}

fn encryption(relay: &Relay, is_encrypted: bool) -> Check {
    const NAME: &str = "relay-tls";
    if is_encrypted {
        return Check::ok(NAME, "the connection to the relay is encrypted");
    }
    if is_loopback(&relay.host) {
        return Check::ok(
            NAME,
            "the relay is on this machine, so nothing is encrypted",
        );
    }
    let text = format!("readers' addresses go to {relay} unencrypted");
    match relay.security {
        // The operator asked for it: the network may be safe.
        Security::None => Check::warning(NAME, text)
            .advice("leave `?tls=none` out of `smtp.url`, unless the network is safe"),
        _ => Check::wrong(NAME, text)
            .advice("the relay does not offer STARTTLS: set it up there, or use `smtps://`"),
    }
}

fn size(offers: &Extensions, largest: u64) -> Check {
    const NAME: &str = "relay-size";
    match offers.size.filter(|limit| *limit > 0) {
        None => Check::ok(NAME, "the relay announces no limit of size"),
        Some(limit) if limit < largest => Check::wrong(
            NAME,
            format!(
                "the relay takes mails of at most {limit} octets, and an issue has about {largest}"
            ),
        )
        .advice("raise its limit, such as `message_size_limit` of Postfix"),
        Some(limit) => Check::ok(
            NAME,
            format!("the relay takes mails of up to {limit} octets"),
        ),
    }
}

fn extensions(offers: &Extensions) -> Check {
    const NAME: &str = "relay-extensions";
    let others = match offers.utf8 && offers.eight_bit {
        true => "addresses outside ASCII",
        false => "no addresses outside ASCII (SMTPUTF8 and 8BITMIME)",
    };
    match offers.pipelining {
        true => Check::ok(
            NAME,
            format!("the relay takes grouped commands and {others}"),
        ),
        false => Check::warning(
            NAME,
            format!(
                "the relay does not offer PIPELINING, so each mail takes several round trips; it takes {others}"
            ),
        ),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::State;
    use super::*;
    use crate::config::Config;

    fn relay(url: &str) -> Relay {
        let text = Config::template().replace("smtp://localhost:25", url);
        let config = Config::parse(
            std::path::Path::new("verdict.toml"),
            text.as_bytes(),
            |_| None,
        );
        config.unwrap().smtp.relay
    }

    #[test]
    fn a_relay_elsewhere_must_encrypt() {
        for (url, is_encrypted, state) in [
            ("smtp://mail.example.com", true, State::Ok),
            ("smtp://mail.example.com", false, State::Wrong),
            ("smtp://mail.example.com?tls=none", false, State::Warning),
            ("smtp://127.0.0.1", false, State::Ok),
        ] {
            assert_eq!(encryption(&relay(url), is_encrypted).state, state, "{url}");
        }
    }

    #[test]
    fn what_the_relay_offers_is_judged() {
        let offers = |size, pipelining| Extensions {
            size,
            pipelining,
            ..Extensions::default()
        };
        for (limit, state) in [
            (None, State::Ok),
            (Some(0), State::Ok),
            (Some(100), State::Ok),
            (Some(99), State::Wrong),
        ] {
            assert_eq!(size(&offers(limit, true), 100).state, state, "{limit:?}");
        }
        assert_eq!(extensions(&offers(None, true)).state, State::Ok);
        assert_eq!(extensions(&offers(None, false)).state, State::Warning);
    }
}

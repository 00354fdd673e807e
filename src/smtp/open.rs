//! Opens a conversation: connects, encrypts, greets and authenticates.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use data_encoding::BASE64;
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::extension::ClientId;

use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use super::extensions::Extensions;
use super::greet::{Greeting, in_time};
use super::greeted::{Bypass, Greeted};
use super::wire::Wire;
use super::{Conversation, Failure, Health, NOT_IN_TIME, Step, lost, reply, tls};
use crate::config::{Relay, Security};

/// The timeout for connecting over TCP.
const CONNECT: Duration = Duration::from_secs(30);

pub(super) async fn open(relay: &Relay, hello: &str) -> Result<Conversation, Failure> {
    let written = Arc::new(AtomicU64::new(0));
    let bypass = Arc::new(Bypass::default());
    let (stream, extensions, is_encrypted) =
        greet(relay, hello, Arc::clone(&written), &bypass).await?;
    let hello = ClientId::Domain(hello.to_owned());
    let connection = AsyncSmtpConnection::connect_with_transport(stream, &hello).await;
    let connection = connection.map_err(|error| lost(Step::Open, reply::innermost(&error)))?;
    let mut conversation = Conversation {
        connection,
        written,
        bypass,
        health: Health::Good,
        extensions,
        is_encrypted,
        reply_timeout: relay.timeout.to_std().unwrap_or_default(),
    };
    if let Some((user, password)) = &relay.credentials {
        authenticate(&mut conversation, user, password).await?;
    }
    Ok(conversation)
}

/// Returns the stream below the conversation, encrypted as the relay's URL says, the extensions that
/// the relay offers on it, and whether it is encrypted.
async fn greet(
    relay: &Relay,
    hello: &str,
    written: Arc<AtomicU64>,
    bypass: &Arc<Bypass>,
) -> Result<(Box<dyn AsyncTokioStream>, Extensions, bool), Failure> {
    let broken = |error| lost(Step::Open, error);
    let reply_timeout = relay.timeout.to_std().unwrap_or_default();
    let connecting = Wire::connect(&relay.host, relay.port, written);
    let wire = in_time(reply_timeout.min(CONNECT), connecting).await;
    let wire = wire.map_err(broken)?;
    let peer = wire.peer_addr().map_err(broken)?;
    if relay.security == Security::Implicit {
        let encrypted = handshake(wire, relay, reply_timeout).await?;
        let greeting = Greeting::new(encrypted, reply_timeout).greeting().await?;
        let (encrypted, offers) = greeting.hello(hello).await?.end()?;
        return Ok((Greeted::boxed(peer, encrypted, bypass), offers, true));
    }
    let clear = Greeting::new(wire, reply_timeout).greeting().await?;
    let mut clear = clear.hello(hello).await?;
    let encrypt = relay.security != Security::None && clear.offers_starttls();
    if !encrypt && relay.security == Security::Required {
        return Err(lost(Step::Tls, NOT_OFFERED));
    }
    if !encrypt {
        let (wire, offers) = clear.end()?;
        return Ok((Greeted::boxed(peer, wire, bypass), offers, false));
    }
    clear.starttls().await?;
    let (wire, _) = clear.end()?;
    let encrypted = handshake(wire, relay, reply_timeout).await?;
    // RFC 3207 §4.2: discard what the relay offered in the clear.
    let again = Greeting::new(encrypted, reply_timeout);
    let (encrypted, offers) = again.hello(hello).await?.end()?;
    Ok((Greeted::boxed(peer, encrypted, bypass), offers, true))
}

async fn handshake(
    wire: Wire,
    relay: &Relay,
    reply_timeout: Duration,
) -> Result<TlsStream<Wire>, Failure> {
    let encrypted = timeout(reply_timeout, tls::encrypt(wire, relay)).await;
    encrypted.unwrap_or_else(|_| Err(lost(Step::Tls, NOT_IN_TIME)))
}

const NOT_OFFERED: &str = "the relay does not offer STARTTLS, but `smtp.url` requires encryption";

/// AUTH (RFC 4954) with PLAIN, or else LOGIN.
async fn authenticate(
    conversation: &mut Conversation,
    user: &str,
    password: &str,
) -> Result<(), Failure> {
    let plain = BASE64.encode(format!("\0{user}\0{password}").as_bytes());
    let secret = BASE64.encode(password.as_bytes());
    let extensions = &conversation.extensions;
    let offers = |name: &str| extensions.auth.iter().any(|offered| offered == name);
    let lines = if offers("PLAIN") {
        vec![format!("AUTH PLAIN {plain}\r\n")]
    } else if offers("LOGIN") {
        let user = BASE64.encode(user.as_bytes());
        vec![
            "AUTH LOGIN\r\n".to_owned(),
            format!("{user}\r\n"),
            format!("{secret}\r\n"),
        ]
    } else if extensions.auth.is_empty() {
        return Err(lost(Step::Auth, NO_AUTH));
    } else {
        let offered = extensions.auth.join(", ");
        let why = format!("the relay does not offer PLAIN or LOGIN, only {offered}");
        return Err(lost(Step::Auth, why));
    };
    let answered = send_lines(conversation, &lines).await;
    answered.map_err(|failure| without(failure, [password, &*secret, &*plain]))
}

const NO_AUTH: &str = "the relay does not offer AUTH, but `smtp.url` has a user and a password";

/// Sends the lines of AUTH, each when the relay asks for it.
async fn send_lines(conversation: &mut Conversation, lines: &[String]) -> Result<(), Failure> {
    for (number, line) in lines.iter().enumerate() {
        let asks = conversation.step(Step::Auth, line).await?.code == 334;
        let is_last = number + 1 == lines.len();
        if asks == is_last {
            return Err(lost(Step::Auth, "the relay does not follow the mechanism"));
        }
    }
    Ok(())
}

/// Masks the secrets, because a relay may quote what it was sent.
fn without(mut failure: Failure, secrets: [&str; 3]) -> Failure {
    let text = match &mut failure {
        Failure::Refused { reply, .. } => &mut reply.text,
        Failure::Lost { cause, .. } => cause,
        Failure::TooLarge { .. } => return failure,
    };
    for secret in secrets.into_iter().filter(|secret| !secret.is_empty()) {
        *text = text.replace(secret, "***");
    }
    failure
}

//! STARTTLS, TLS from the first byte, and AUTH behind it.

use std::sync::Arc;

use rustls::crypto::aws_lc_rs;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::BufReader;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::super::{Behaviour, Mechanism, Step, TlsIdentity};
use super::{Client, catcher};

/// AUTH PLAIN as `press` with the password `s3cret`.
const AUTH: &str = "AUTH PLAIN AHByZXNzAHMzY3JldA==";

/// An identity, and a client that trusts it.
fn identity() -> (TlsIdentity, TlsConnector) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = made.signing_key.serialize_pem();
    let identity = TlsIdentity::from_pem(&made.cert.pem(), &key).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    (identity, TlsConnector::from(Arc::new(config)))
}

impl Client {
    async fn encrypt(self, connector: &TlsConnector) -> Client<TlsStream<TcpStream>> {
        let name = ServerName::try_from("localhost").unwrap();
        let bare = self.0.into_inner();
        let encrypted = connector.connect(name, bare).await.unwrap();
        Client(BufReader::new(encrypted))
    }
}

#[tokio::test]
async fn starttls_encrypts_and_forgets_what_was_said_before() {
    let (identity, connector) = identity();
    let behaviour = Behaviour::new()
        .starttls(&identity)
        .credentials("press", "s3cret");
    let catcher = catcher(behaviour).await;
    let mut client = Client::connect(&catcher).await;
    client.expect("220").await;
    client.ask("STARTTLS", "503 5.5.1 EHLO first").await;
    let extensions = client.ask("EHLO client.example.com", "250").await;
    assert!(extensions.contains("250-STARTTLS"), "{extensions}");
    client.ask(AUTH, "235").await;
    client.ask("STARTTLS", "220 2.0.0").await;
    let mut client = client.encrypt(&connector).await;
    client.ask("MAIL FROM:<list@example.org>", "503").await;
    let extensions = client.ask("EHLO client.example.com", "250").await;
    assert!(!extensions.contains("STARTTLS"), "{extensions}");
    client.ask("STARTTLS", "502").await;
    client.ask("MAIL FROM:<list@example.org>", "530").await;
    client.ask(AUTH, "235").await;
    let reply = client.send("ada@example.com", "Hello").await;
    assert!(reply.starts_with("250"), "{reply}");
    assert_eq!(catcher.len(), 1);
    assert!(catcher.faults().is_empty());
}

#[tokio::test]
async fn what_comes_behind_starttls_before_the_handshake_is_a_fault() {
    let (identity, _) = identity();
    let catcher = catcher(Behaviour::new().starttls(&identity)).await;
    let mut client = Client::greet(&catcher).await;
    client
        .write("STARTTLS\r\nMAIL FROM:<list@example.org>\r\n")
        .await;
    client.expect("503").await;
    client.rest().await;
    assert_eq!(catcher.faults()[0].what, "something behind STARTTLS");
}

#[tokio::test]
async fn rules_act_on_starttls_before_there_is_tls() {
    let (identity, connector) = identity();
    let behaviour = Behaviour::new().starttls(&identity);
    let catcher = catcher(
        behaviour
            .at(Step::StartTls)
            .times(1)
            .reply(454, "4.7.0 Later"),
    )
    .await;
    let mut client = Client::greet(&catcher).await;
    client.ask("STARTTLS", "454 4.7.0 Later").await;
    client.ask("NOOP", "250").await;
    client.ask("STARTTLS", "220").await;
    let mut client = client.encrypt(&connector).await;
    client.ask("EHLO client.example.com", "250").await;
}

#[tokio::test]
async fn implicit_tls_comes_before_the_greeting() {
    let (identity, connector) = identity();
    let catcher = catcher(Behaviour::new().implicit_tls(&identity)).await;
    let client = Client::connect(&catcher).await;
    let mut client = client.encrypt(&connector).await;
    client.expect("220").await;
    let extensions = client.ask("EHLO client.example.com", "250").await;
    assert!(!extensions.contains("STARTTLS"), "{extensions}");
    client.send("ada@example.com", "Hello").await;
    assert_eq!(catcher.len(), 1);

    let mut bare = Client::connect(&catcher).await;
    bare.write("EHLO client.example.com\r\n").await;
    bare.rest().await;
    assert!(catcher.faults().is_empty());
}

#[tokio::test]
async fn mechanisms_can_be_withheld_and_kept_for_tls() {
    let (identity, connector) = identity();
    let behaviour = Behaviour::new()
        .starttls(&identity)
        .credentials("press", "s3cret")
        .without_mechanism(Mechanism::Plain)
        .auth_over_tls_only();
    let catcher = catcher(behaviour).await;
    let mut client = Client::connect(&catcher).await;
    client.expect("220").await;
    let extensions = client.ask("EHLO client.example.com", "250").await;
    assert!(!extensions.contains("AUTH"), "{extensions}");
    client.ask("AUTH LOGIN", "538").await;
    assert_eq!(catcher.faults()[0].what, "AUTH in the clear");
    client.ask("STARTTLS", "220").await;
    let mut client = client.encrypt(&connector).await;
    let extensions = client.ask("EHLO client.example.com", "250").await;
    assert!(extensions.ends_with("250 AUTH LOGIN"), "{extensions}");
    client.ask(AUTH, "504").await;
    client.ask("AUTH LOGIN", "334").await;
    client.ask("cHJlc3M=", "334").await;
    client.ask("czNjcmV0", "235").await;
}

#[tokio::test]
async fn packets_of_replies_are_counted() {
    let catcher = catcher(Behaviour::new()).await;
    let mut client = Client::greet(&catcher).await;
    client.write("NOOP\r\nNOOP\r\nNOOP\r\n").await;
    for _ in 0..3 {
        client.expect("250").await;
    }
    assert_eq!(catcher.packets_of_replies(), 3);
}

#[test]
fn an_identity_needs_a_certificate_and_its_key() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (made.cert.pem(), other.signing_key.serialize_pem());
    for (certificate, key) in [("", &*key), (&*certificate, ""), (&certificate, &key)] {
        let refused = TlsIdentity::from_pem(certificate, key).unwrap_err();
        assert!(refused.to_string().contains("cannot be used"), "{refused}");
    }
}

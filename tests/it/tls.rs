//! What goes over the wire to a relay that encrypts, asks for a password, limits sizes or takes addresses outside
//! ASCII, and the errors when that fails.

mod auth;
mod certificates;
mod encryption;
mod offers;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use verdict::catcher::{Behaviour, TlsIdentity};
use verdict::delivery::RunResult;
use verdict::smtp::{Conversation, Envelope, Failure};

use crate::database::Db;
use crate::test_app::TestApp;

const SLUG: &str = "tea-vs-coffee";

/// An authority for `smtp.ca_file`, and a server with its certificate.
struct Vouched {
    authority: String,
    identity: TlsIdentity,
}

/// A server called `localhost`.
fn vouched() -> Vouched {
    vouched_as(|_| {})
}

/// A server called `localhost` whose certificate is changed before signing.
fn vouched_as(change: impl FnOnce(&mut CertificateParams)) -> Vouched {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);

    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap().pem();
    Vouched {
        identity: TlsIdentity::from_pem(&certificate, &key.serialize_pem()).unwrap(),
        authority,
    }
}

/// An instance with one connection to a relay at this URL, in which `PORT` stands for the port. Without an authority,
/// it trusts the system's alone.
async fn app_to(behaviour: Behaviour, url: &str, authority: Option<&str>) -> TestApp {
    let behaviour = behaviour.transcript();
    let smtp = |catcher: &verdict::catcher::Catcher, dir: &std::path::Path| {
        let url = url.replace("PORT", &catcher.addr().port().to_string());
        let mut lines = format!("url = \"{url}\"\nconnections = 1\n");
        if let Some(authority) = authority {
            std::fs::write(dir.join("relay-ca.pem"), authority).unwrap();
            lines.push_str("ca_file = \"relay-ca.pem\"\n");
        }
        lines
    };
    let app = TestApp::relaying(Db::Sqlite, behaviour, smtp, |_| {}).await;
    app.issue(SLUG);
    app
}

/// Sends to three readers, who all get the mail; returns the lines of the connection.
async fn arrives(app: &TestApp) -> Vec<String> {
    app.readers(3).await;
    app.send(SLUG).await;
    for number in 1..=3 {
        let email = format!("reader-{number}@example.com");
        assert_eq!(app.catcher.for_recipient(&email).len(), 1, "{email}");
    }
    let faults = app.catcher.faults();
    assert!(faults.is_empty(), "{faults:?}");
    app.catcher.transcript(1)
}

/// Sends to a relay that refuses every time; returns why the edition was paused.
async fn is_paused(app: &TestApp) -> String {
    app.readers(3).await;
    assert_eq!(app.try_send(SLUG).await.unwrap(), RunResult::Objected);
    assert_eq!(app.counts(SLUG).await.queued, 3);
    assert!(app.catcher.is_empty());
    app.edition(SLUG).await.pause_reason.unwrap()
}

/// Tries to send to three readers, which fails without an outcome for any; returns the error.
async fn fails(app: &TestApp) -> String {
    app.readers(3).await;
    let error = app.try_send(SLUG).await.unwrap_err().to_string();
    let relay = app.config.smtp.relay.to_string();
    assert!(error.contains(&relay), "{error}");
    assert_eq!(app.counts(SLUG).await.queued, 3);
    assert!(app.catcher.is_empty());
    let lines = app.catcher.transcript(1);
    assert!(!printed(&lines, "C: MAIL"), "{lines:?}");
    let faults = app.catcher.faults();
    assert!(faults.is_empty(), "{faults:?}");
    error
}

/// True if a line begins like this.
fn printed(lines: &[String], start: &str) -> bool {
    lines.iter().any(|line| line.starts_with(start))
}

/// A conversation with the instance's relay.
async fn converse(app: &TestApp) -> Conversation {
    let relay = &app.config.smtp.relay;
    let conversation = Conversation::open(relay, "client.example.com").await;
    conversation.unwrap_or_else(|failure: Failure| panic!("{failure}"))
}

fn envelope(to: &str) -> Envelope<'_> {
    Envelope {
        from: "list@example.org",
        to,
        octets: None,
    }
}

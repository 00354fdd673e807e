//! Follows internationalized email addresses (RFC 6531), such as ones in Devanagari, Thai or Arabic, from sign-up and
//! import through delivery to export and erasure.

use mail_parser::MessageParser;
use subscribers::consent::Consent;
use url::form_urlencoded::byte_serialize;
use verdict::catcher::{Behaviour, Extension};

use crate::database::Db;
use crate::http;
use crate::joining::sign_up;
use crate::test_app::{TestApp, on_both_stores, stderr, stdout};

on_both_stores!(
    a_reader_joins_gets_an_edition_moves_and_leaves,
    a_list_is_imported_listed_exported_and_erased,
    one_reader_has_one_address_in_every_spelling,
    a_relay_without_smtputf8_is_named_in_the_outbox_too
);

const SLUG: &str = "tea-vs-coffee";
const HINDI: &str = "हिन्दी@example.com";
const THAI: &str = "ไทยนี้@example.org";
const PERSIAN: &str = "علی\u{200c}رضا@example.net";
const ALL: [&str; 3] = [HINDI, THAI, PERSIAN];

fn encoded(email: &str) -> String {
    byte_serialize(email.as_bytes()).collect()
}

/// Checks that the last mail to an address is addressed to it.
fn arrived(app: &TestApp, email: &str) {
    let mails = app.catcher.for_recipient(email);
    let mail = mails.last().unwrap_or_else(|| panic!("no mail to {email}"));
    let message = MessageParser::default().parse(&mail.content).unwrap();
    let to = message
        .to()
        .and_then(|to| to.first())
        .and_then(|to| to.address());
    assert_eq!(to, Some(email));
}

async fn a_reader_joins_gets_an_edition_moves_and_leaves(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG);
    for email in ALL {
        sign_up(&app, &encoded(email), "").await;
    }
    app.deliver_outbox().await;
    for email in ALL {
        arrived(&app, email);
        http::post(&app.link(email, "/confirm/"), "").await;
        assert_eq!(app.consent(email).await, Consent::Confirmed);
    }
    app.send(SLUG).await;
    for email in ALL {
        arrived(&app, email);
        let why = stdout(&app.verdict(&["why", email]));
        assert!(why.contains("tea-vs-coffee  accepted"), "{why}");
    }
    // To a new address, and away from it.
    http::post(
        &app.unsubscribe_link(HINDI).replace("/u/", "/settings/"),
        "",
    )
    .await;
    app.deliver_outbox().await;
    let settings = app.link(HINDI, "/reader/");
    let new = "தமிழ்@example.com";
    http::post(
        &format!("{settings}/address"),
        &format!("email={}", encoded(new)),
    )
    .await;
    app.deliver_outbox().await;
    http::post(&app.link(new, "/address/"), "").await;
    assert_eq!(app.consent(new).await, Consent::Confirmed);
    for email in [THAI, PERSIAN] {
        http::post(&app.unsubscribe_link(email), "List-Unsubscribe=One-Click").await;
        assert_eq!(app.consent(email).await, Consent::Unsubscribed);
    }
    assert_eq!(app.catcher.faults(), []);
}

async fn a_list_is_imported_listed_exported_and_erased(db: Db) {
    let app = TestApp::on(db).await;
    let file = app.dir.path().join("list.csv");
    let rows: String = ALL.map(|email| format!("{email}\n")).concat();
    std::fs::write(&file, format!("email\n{rows}क\u{200d}ष@example.com\n")).unwrap();
    let args = [
        "subscribers",
        "import",
        file.to_str().unwrap(),
        "--confirmed",
    ];
    let printed = app.verdict(&args);
    assert_eq!(printed.status.code(), Some(1), "{printed:?}");
    for line in ["accepted       3\n", "rejected       1\n"] {
        assert!(stdout_of(&printed).contains(line), "{printed:?}");
    }
    let rejected = std::fs::read_to_string(app.dir.path().join("list.csv.rejected.csv")).unwrap();
    assert!(rejected.contains("an invisible character"), "{rejected}");
    app.issue(SLUG).send(SLUG).await;
    let [listed, exported] =
        ["list", "export"].map(|what| stdout(&app.verdict(&["subscribers", what])));
    for email in ALL {
        arrived(&app, email);
        assert!(listed.contains(email), "{listed}");
        assert!(exported.contains(email), "{exported}");
        let rendered = stdout(&app.verdict(&["render", SLUG, "--to", email]));
        assert!(
            rendered.contains(&format!("\r\nTo: {email}\r\n")),
            "{rendered}"
        );
        stdout(&app.verdict(&["subscribers", "remove", email, "--erase"]));
        let gone = app.verdict(&["why", email]);
        assert!(
            stderr(&gone).contains("is suppressed ("),
            "{}",
            stderr(&gone)
        );
    }
    let again = app.verdict(&args);
    assert!(
        stdout_of(&again).contains("suppressed     3\n"),
        "{again:?}"
    );
    stdout(&app.verdict(&["send", SLUG, "--test", HINDI]));
    arrived(&app, HINDI);
}

fn stdout_of(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

async fn one_reader_has_one_address_in_every_spelling(db: Db) {
    let app = TestApp::on(db).await;
    let composed = "\u{958}लम@example.com";
    let apart = "\u{915}\u{93c}लम@EXAMPLE.com";
    app.reader(composed).await.reader(PERSIAN).await;
    for (spelling, given) in [
        (apart, apart.to_lowercase()),
        ("علیرضا@example.net", PERSIAN.to_owned()),
    ] {
        let why = stdout(&app.verdict(&["why", spelling]));
        assert!(why.contains("confirmed"), "{why}");
        let removed = stdout(&app.verdict(&["subscribers", "remove", spelling]));
        assert!(removed.contains("unsubscribed"), "{removed}");
        assert_eq!(app.consent(&given).await, Consent::Unsubscribed);
    }
}

async fn a_relay_without_smtputf8_is_named_in_the_outbox_too(db: Db) {
    let behaviour = Behaviour::new().without(Extension::SmtpUtf8);
    let app = TestApp::behaving(db, behaviour).await;
    sign_up(&app, &encoded(HINDI), "").await;
    sign_up(&app, "ada@example.com", "").await;
    app.deliver_outbox().await;
    arrived(&app, "ada@example.com");
    let why = stdout(&app.verdict(&["why", HINDI]));
    let words = "(confirmation)  refused";
    let reason = "the relay does not accept addresses outside ASCII (SMTPUTF8, RFC 6531)";
    assert!(why.contains(words) && why.contains(reason), "{why}");
    assert_eq!((app.catcher.len(), app.catcher.faults()), (1, vec![]));
}

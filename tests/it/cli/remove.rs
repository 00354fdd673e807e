//! `verdict subscribers remove`: by the token of an unsubscribe mail, and for people who are not on the list.

use std::process::Output;

use subscribers::address::Address;
use subscribers::consent::Consent;
use subscribers::token::{Key, Purpose, Token, sign, sign_local_part};
use verdict::catcher::Behaviour;

use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stderr, stdout};

on_both_stores!(
    a_token_takes_its_reader_off_however_it_was_copied,
    a_whole_mail_takes_off_the_reader_that_its_recipient_names,
    a_wrong_token_takes_nobody_off,
    a_token_mailed_to_a_former_address_takes_nobody_off,
    a_person_who_is_not_on_the_list_is_kept_off_it
);

const SLUG: &str = "tea-vs-coffee";

/// An instance after an edition, whose mails have an unsubscribe address.
async fn sent(db: Db, readers: &[&str]) -> TestApp {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.smtp.unsubscribe_address = Some(Address::parse("leave@example.org").unwrap());
    })
    .await;
    app.issue(SLUG);
    for reader in readers {
        app.reader(reader).await;
    }
    app.send(SLUG).await;
    app
}

/// The unsubscribe address in a reader's mail.
fn mailto(app: &TestApp, email: &str) -> String {
    let mails = app.catcher.for_recipient(email);
    let text = String::from_utf8(mails.last().unwrap().content.clone()).unwrap();
    let (_, rest) = text.split_once("<mailto:leave+").unwrap();
    let token: String = rest.split('@').next().unwrap().split_whitespace().collect();
    format!("leave+{token}@example.org")
}

/// Runs `subscribers remove --token -` with a text on standard input.
fn with_input(app: &TestApp, input: &str) -> Output {
    app.verdict_reading(&["subscribers", "remove", "--token", "-"], input.as_bytes())
}

async fn a_token_takes_its_reader_off_however_it_was_copied(db: Db) {
    let readers: Vec<String> = (1..=9)
        .map(|number| format!("reader-{number}@example.com"))
        .collect();
    let readers: Vec<&str> = readers.iter().map(String::as_str).collect();
    let app = sent(db, &readers).await;
    let address = |at: usize| mailto(&app, readers[at]);
    let link = |at: usize| app.unsubscribe_link(readers[at]);
    let token = |address: &str| address.split(['+', '@']).nth(1).unwrap().to_owned();
    let pasted = [
        token(&address(0)),
        address(1).to_uppercase(),
        format!("<{}>", address(2)),
        format!("mailto:{}?subject=unsubscribe", address(3)),
        format!("\"Leave\" <{}> ", address(4)),
        link(5),
        link(6).rsplit('/').next().unwrap().to_owned(),
        link(7).replace("/u/", "/settings/"),
        address(8).replace('+', "%2B"),
    ];
    for (reader, pasted) in readers.iter().zip(pasted) {
        let printed = stdout(&app.verdict(&[
            "subscribers",
            "remove",
            "--token",
            &pasted,
            "--reason",
            "by mail",
        ]));
        assert_eq!(printed, format!("{reader}: unsubscribed\n"), "{pasted}");
        let why = stdout(&app.verdict(&["why", reader]));
        assert!(
            why.contains(&format!("unsubscribed by mailto, from {SLUG}: by mail\n")),
            "{why}"
        );
        let again = stdout(&app.verdict(&["subscribers", "remove", "--token", &pasted]));
        assert_eq!(
            again,
            format!("{reader}: was already off the list (unsubscribed)\n")
        );
    }
}

async fn a_whole_mail_takes_off_the_reader_that_its_recipient_names(db: Db) {
    let readers = [
        "ada@example.com",
        "ben@example.com",
        "cy@example.com",
        "dee@example.com",
        "eve@example.com",
    ];
    let app = sent(db, &readers).await;
    let address = |at: usize| mailto(&app, readers[at]);
    let mails = [
        format!(
            "From: X <x@example.net>\r\nTo: \"The one, to leave\"\r\n <{}>\r\nSubject: unsubscribe\r\n\r\n",
            address(0)
        ),
        format!(
            "Delivered-To: {}\nTo: leave@example.org\nSubject: x\n\nI want to leave.\n",
            address(1)
        ),
        format!(
            "From x@example.net Tue Nov 24 09:00:00 2026\nX-Original-To: {}\nSubject: x\n\n",
            address(2).to_uppercase()
        ),
        format!(
            "To: friends@example.net\nCc: y@example.net, <{}>\n\nx\n",
            address(3)
        ),
        // The address alone, not a mail.
        format!("{}\n", address(4)),
    ];
    for (reader, mail) in readers.iter().zip(mails) {
        let printed = stdout(&with_input(&app, &mail));
        assert_eq!(printed, format!("{reader}: unsubscribed\n"), "{mail}");
        let why = stdout(&app.verdict(&["why", reader]));
        assert!(
            why.contains(&format!("unsubscribed by mailto, from {SLUG}\n")),
            "{why}"
        );
    }
}

async fn a_wrong_token_takes_nobody_off(db: Db) {
    let app = sent(db, &["ada@example.com"]).await;
    let reader = find_subscriber(&app.store, "ada@example.com")
        .await
        .unwrap();
    let edition = app.edition(SLUG).await.id;
    let own = |purpose| reader.token(purpose, edition);
    let key = &app.key;
    let foreign = Key::from_bytes(&[7; 32]).unwrap();
    let right = mailto(&app, "ada@example.com");
    let changed = right.replacen("leave+", "leave+a", 1);
    let body = format!("To: leave@example.org\nSubject: {right}\n\nDelivered-To: {right}\n");
    for (pasted, printed) in [
        (sign(key, own(Purpose::Vote)), "not for unsubscribing"),
        (
            format!(
                "b+{}@example.org",
                sign_local_part(key, own(Purpose::Bounce))
            ),
            "not for unsubscribing",
        ),
        (sign(&foreign, own(Purpose::Unsubscribe)), "not made here"),
        (
            format!(
                "leave+{}@example.org",
                sign_local_part(&foreign, own(Purpose::Unsubscribe))
            ),
            "not made here",
        ),
        (changed, "nothing was done"),
        (right[..right.len() - 20].to_owned(), "nothing was done"),
        ("ada@example.com".to_owned(), "this is not a token"),
        (String::new(), "this is not a token"),
    ] {
        let output = app.verdict(&["subscribers", "remove", "--token", &pasted]);
        assert_eq!(output.status.code(), Some(2), "{pasted}");
        assert!(
            stderr(&output).contains(printed),
            "{pasted}: {}",
            stderr(&output)
        );
    }
    for (mail, printed) in [
        (body, "no recipient with a token"),
        (
            "To: leave+aaaa@example.org\n\nx y\n".to_owned(),
            "this is not a token",
        ),
        (String::new(), "this is not a token"),
    ] {
        let output = with_input(&app, &mail);
        assert_eq!(output.status.code(), Some(2), "{mail}");
        assert!(
            stderr(&output).contains(printed),
            "{mail}: {}",
            stderr(&output)
        );
    }
    let unknown = Token {
        subscriber: 4711,
        ..own(Purpose::Unsubscribe)
    };
    let output = app.verdict(&["subscribers", "remove", "--token", &sign(key, unknown)]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(stderr(&output), @"error: the token is right, but its reader is not in this database; remove them by address");
    for args in [
        &["subscribers", "remove"][..],
        &[
            "subscribers",
            "remove",
            "ada@example.com",
            "--token",
            &right,
        ],
        &["subscribers", "remove", "--token", &right, "--erase"],
    ] {
        assert_eq!(app.verdict(args).status.code(), Some(2), "{args:?}");
    }
    assert!(stdout(&app.verdict(&["subscribers", "list"])).contains("\tconfirmed\t"));
    // They have been erased since, so there is nothing left to remove.
    stdout(&app.verdict(&["subscribers", "remove", "ada@example.com", "--erase"]));
    let printed = stdout(&app.verdict(&["subscribers", "remove", "--token", &right]));
    insta::assert_snapshot!(printed, @"reader 1: was already off the list (erased)");
}

async fn a_token_mailed_to_a_former_address_takes_nobody_off(db: Db) {
    let app = sent(db, &["ada@example.com"]).await;
    let token = mailto(&app, "ada@example.com");
    http::post(
        &app.unsubscribe_link("ada@example.com")
            .replace("/u/", "/settings/"),
        "",
    )
    .await;
    app.deliver_outbox().await;
    let settings = app.link("ada@example.com", "/reader/");
    http::post(&format!("{settings}/address"), "email=ada@example.net").await;
    app.deliver_outbox().await;
    http::post(&app.link("ada@example.net", "/address/"), "").await;
    assert_eq!(app.consent("ada@example.net").await, Consent::Confirmed);
    let printed = stdout(&app.verdict(&["subscribers", "remove", "--token", &token]));
    insta::assert_snapshot!(printed, @"nothing to do: the token was mailed to an address that its reader no longer uses, and that gets no mail");
    assert_eq!(app.consent("ada@example.net").await, Consent::Confirmed);
}

async fn a_person_who_is_not_on_the_list_is_kept_off_it(db: Db) {
    let app = TestApp::on(db).await;
    let prints = |args: &[&str]| stdout(&app.verdict(args));
    let printed = prints(&[
        "subscribers",
        "remove",
        "Ada@Example.com",
        "--reason",
        "asked by letter",
    ]);
    insta::assert_snapshot!(printed, @"Ada@Example.com: not on the list; recorded as unsubscribed, so that no import and no editor adds them");
    let printed = prints(&["subscribers", "remove", "ben@example.com", "--erase"]);
    insta::assert_snapshot!(printed, @"ben@example.com: not on the list; recorded as erased, so that no import and no editor adds them");
    // A second time changes nothing.
    insta::assert_snapshot!(prints(&["subscribers", "remove", "ada@example.com"]), @"ada@example.com: not on the list; recorded as unsubscribed, so that no import and no editor adds them");
    let file = app.dir.path().join("list.csv");
    std::fs::write(
        &file,
        "email\nada@example.com\nben@example.com\ncy@example.com\n",
    )
    .unwrap();
    let printed = prints(&[
        "subscribers",
        "import",
        file.to_str().unwrap(),
        "--confirmed",
    ]);
    insta::assert_snapshot!(printed, @"
    accepted       1
    already known  0
    suppressed     2
    rejected       0
    ");
    for email in ["ada@example.com", "ben@example.com"] {
        let output = app.verdict(&["subscribers", "add", email]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).contains("suppressed"),
            "{}",
            stderr(&output)
        );
        let output = app.verdict(&["why", email]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).contains("not on the list, and is suppressed ("),
            "{}",
            stderr(&output)
        );
    }
}

//! Whether a conversation is encrypted, and that it stays as configured.

use verdict::catcher::{Behaviour, Step};
use verdict::smtp::Failure;

use super::{SLUG, app_to, arrives, converse, envelope, fails, printed, vouched};

const STARTTLS: &str = "smtp://localhost:PORT?tls=required";
const IMPLICIT: &str = "smtps://localhost:PORT";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_that_must_be_encrypted_starts_with_starttls() {
    let vouched = vouched();
    let behaviour = Behaviour::new().starttls(&vouched.identity);
    let app = app_to(behaviour, STARTTLS, Some(&vouched.authority)).await;
    let lines = arrives(&app).await;
    let place = |start: &str| lines.iter().position(|line| line.starts_with(start));
    assert!(place("C: STARTTLS") < place("C: MAIL"), "{lines:?}");
    // RFC 3207 §4.2: what came before does not count.
    let behind = &lines[place("S: 220 2.0.0").unwrap()..];
    assert!(printed(behind, "C: EHLO"), "{lines:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn optional_encryption_is_used_if_the_relay_offers_it() {
    let vouched = vouched();
    let url = "smtp://localhost:PORT?tls=opportunistic";
    let behaviour = Behaviour::new().starttls(&vouched.identity);
    let app = app_to(behaviour, url, Some(&vouched.authority)).await;
    assert!(printed(&arrives(&app).await, "C: STARTTLS"));

    let app = app_to(Behaviour::new(), url, None).await;
    assert!(!printed(&arrives(&app).await, "C: STARTTLS"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_configured_without_encryption_has_none() {
    let vouched = vouched();
    // A conversation within this machine need not be encrypted.
    for url in ["smtp://localhost:PORT?tls=none", "smtp://localhost:PORT"] {
        let behaviour = Behaviour::new().starttls(&vouched.identity);
        let app = app_to(behaviour, url, None).await;
        assert!(!printed(&arrives(&app).await, "C: STARTTLS"), "{url}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_from_the_first_byte_needs_no_starttls() {
    let vouched = vouched();
    let behaviour = Behaviour::new().implicit_tls(&vouched.identity);
    let app = app_to(behaviour, IMPLICIT, Some(&vouched.authority)).await;
    let lines = arrives(&app).await;
    assert!(!printed(&lines, "C: STARTTLS"), "{lines:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_hides_starttls_gets_neither_mail_nor_password() {
    let behaviour = Behaviour::new().credentials("press", "s3cret");
    let app = app_to(behaviour, "smtp://press:s3cret@localhost:PORT", None).await;
    let said_to_operator = fails(&app).await;
    assert!(
        said_to_operator.contains("TLS: the relay does not offer STARTTLS"),
        "{said_to_operator}"
    );
    let lines = app.catcher.transcript(1);
    assert!(!printed(&lines, "C: AUTH"), "{lines:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_cannot_encrypt_now_is_quoted() {
    let app = app_to(Behaviour::new().with_starttls(), STARTTLS, None).await;
    let error = fails(&app).await;
    assert!(
        error.contains("(TLS: 454 4.7.0 TLS is not available)"),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn octets_injected_before_the_handshake_are_not_a_reply() {
    let vouched = vouched();
    let behaviour = Behaviour::new()
        .starttls(&vouched.identity)
        .at(Step::StartTls)
        .garbage(b"220 2.0.0 Go ahead\r\n250-slipped in\r\n250 AUTH PLAIN\r\n");
    let app = app_to(behaviour, STARTTLS, Some(&vouched.authority)).await;
    let error = fails(&app).await;
    assert!(
        error.contains("the relay sent an unexpected reply"),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_without_tls_on_its_port_is_not_mistaken() {
    let app = app_to(Behaviour::new(), IMPLICIT, None).await;
    app.readers(1).await;
    let error = app.try_send(SLUG).await.unwrap_err().to_string();
    assert!(
        error.contains("does not use TLS from the first byte"),
        "{error}"
    );
    assert!(app.catcher.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_costs_one_round_trip_over_tls_too() {
    let vouched = vouched();
    for (behaviour, url) in [
        (Behaviour::new().starttls(&vouched.identity), STARTTLS),
        (Behaviour::new().implicit_tls(&vouched.identity), IMPLICIT),
    ] {
        let app = app_to(behaviour, url, Some(&vouched.authority)).await;
        let mut conversation = converse(&app).await;
        let first = envelope("ada@example.com");
        conversation.envelope(first).await.unwrap();
        let before = app.catcher.packets_of_replies();
        for _ in 0..10 {
            let mut content = b"Subject: Hello\r\n\r\nHello\r\n".to_vec();
            let next = envelope("bob@example.com");
            let written = conversation.content(&mut content, Some(next)).await;
            assert_eq!(written.content.unwrap().code, 250);
            written.next.unwrap().unwrap();
        }
        assert_eq!(app.catcher.packets_of_replies() - before, 10, "{url}");
        assert_eq!(app.catcher.len(), 10);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_lost_within_a_content_loses_and_doubles_nobody() {
    let vouched = vouched();
    for (behaviour, url) in [
        (Behaviour::new().starttls(&vouched.identity), STARTTLS),
        (Behaviour::new().implicit_tls(&vouched.identity), IMPLICIT),
    ] {
        let behaviour = behaviour
            .at(Step::Content)
            .to("reader-3@example.com")
            .times(1)
            .after_bytes(100)
            .hang_up();
        let app = app_to(behaviour, url, Some(&vouched.authority)).await;
        app.readers(8).await;
        while let verdict::delivery::RunResult::Waiting(_) = app.send(SLUG).await {}
        let counts = app.counts(SLUG).await;
        // A content of a few kilobytes fits the system's buffers, so the loss may leave a doubt.
        assert_eq!(counts.accepted + counts.unknown, 8);
        assert!(counts.unknown <= 1, "{counts:?}");
        for number in 1..=8 {
            let email = format!("reader-{number}@example.com");
            assert!(app.catcher.for_recipient(&email).len() <= 1, "{email}");
        }
    }
}

/// More than the system buffers for a peer that does not read.
const HUGE: usize = 24 << 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_content_that_was_not_written_whole_is_not_in_doubt_over_tls() {
    let vouched = vouched();
    for (behaviour, url) in [
        (Behaviour::new().starttls(&vouched.identity), STARTTLS),
        (Behaviour::new().implicit_tls(&vouched.identity), IMPLICIT),
    ] {
        let behaviour = behaviour.at(Step::Content).after_bytes(100).hang_up();
        let app = app_to(behaviour, url, Some(&vouched.authority)).await;
        let mut conversation = converse(&app).await;
        let to = envelope("ada@example.com");
        conversation.envelope(to).await.unwrap();
        let line = format!("{}\r\n", "x".repeat(70));
        let mut content = line.repeat(HUGE / line.len()).into_bytes();
        let lost = conversation.content(&mut content, None).await.content;
        let in_doubt = in_doubt(lost.map(drop));
        assert!(!in_doubt, "{url}");
        assert!(app.catcher.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_content_that_was_written_whole_is_in_doubt_over_tls() {
    let vouched = vouched();
    for (behaviour, url) in [
        (Behaviour::new().starttls(&vouched.identity), STARTTLS),
        (Behaviour::new().implicit_tls(&vouched.identity), IMPLICIT),
    ] {
        let behaviour = behaviour.at(Step::Dot).accept_then_hang_up();
        let app = app_to(behaviour, url, Some(&vouched.authority)).await;
        let mut conversation = converse(&app).await;
        let to = envelope("ada@example.com");
        conversation.envelope(to).await.unwrap();
        let mut content = b"Subject: Hello\r\n\r\nHello\r\n".to_vec();
        let lost = conversation.content(&mut content, None).await.content;
        assert!(in_doubt(lost.map(drop)), "{url}");
        assert_eq!(app.catcher.len(), 1);
    }
}

fn in_doubt(lost: Result<(), Failure>) -> bool {
    match lost.unwrap_err() {
        Failure::Lost {
            content_complete, ..
        } => content_complete,
        other => panic!("{other}"),
    }
}

//! SIZE, 8BITMIME and SMTPUTF8: used if offered, with a clear error if missing.

use verdict::catcher::{Behaviour, Extension, Step};
use verdict::delivery::RunResult;

use super::{SLUG, app_to, arrives, converse, is_paused, printed};
use crate::test_app::{TestApp, stdout};

const URL: &str = "smtp://localhost:PORT?tls=none";

async fn app(behaviour: Behaviour) -> TestApp {
    app_to(behaviour, URL, None).await
}

/// The sizes that an instance declared, in octets.
fn declared(app: &TestApp) -> Vec<usize> {
    let lines = app.catcher.transcript(1);
    let words = lines.iter().flat_map(|line| line.split(' '));
    let sizes = words.filter_map(|word| word.strip_prefix("SIZE="));
    sizes.map(|size| size.parse().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_declared_size_is_that_of_the_readers_mail() {
    for pipelining in [true, false] {
        let mut behaviour = Behaviour::new();
        if !pipelining {
            behaviour = behaviour.without(Extension::Pipelining);
        }
        let app = app(behaviour).await;
        let name = "\u{fc}".repeat(200);
        app.named_reader("ada@example.com", Some(name.as_str()))
            .await;
        app.named_reader(UTF8, Some("J. & <Co>")).await;
        arrives(&app).await;
        let mails = app.catcher.mails();
        assert_eq!(
            declared(&app),
            mails.iter().map(|mail| mail.size).collect::<Vec<_>>()
        );
        assert_eq!(mails.len(), 5);
    }
}

/// The size of a mail to a reader without a name, in octets.
async fn octets_without_a_name(app: &TestApp) -> usize {
    app.reader("reader-1@example.com").await;
    let args = ["render", SLUG, "--to", "reader-1@example.com"];
    app.verdict(&args).stdout.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_that_is_too_large_for_its_readers_name_refuses_that_reader() {
    let app = app(Behaviour::new()).await;
    let limit = octets_without_a_name(&app).await + 100;
    app.catcher
        .set(Behaviour::new().max_size(limit).transcript());
    let name = "\u{fc}".repeat(200);
    app.named_reader("ada@example.com", Some(&name)).await;
    app.readers(4).await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.refused), (4, 1));
    let why = stdout(&app.verdict(&["why", "ada@example.com"]));
    let words = format!(
        "the relay accepts mails of at most {limit} octets (SIZE, RFC 1870), and this one has "
    );
    assert!(why.contains(&words), "{why}");
    assert!(app.catcher.faults().is_empty());
    assert!(!printed(&app.catcher.transcript(1), "C: RCPT TO:<ada@"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mails_that_are_too_large_for_three_readers_in_a_row_pause_the_edition() {
    let app = app(Behaviour::new()).await;
    let limit = octets_without_a_name(&app).await + 100;
    app.catcher.set(Behaviour::new().max_size(limit));
    let name = "\u{fc}".repeat(200);
    for number in 1..=6 {
        let email = format!("long-{number}@example.com");
        app.named_reader(&email, Some(&name)).await;
    }
    assert_eq!(app.send(SLUG).await, RunResult::Objected);
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.refused, counts.queued), (1, 3, 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_size_is_declared_to_a_relay_that_does_not_ask() {
    let app = app(Behaviour::new().without(Extension::Size)).await;
    arrives(&app).await;
    assert!(declared(&app).is_empty());
    assert_eq!(converse(&app).await.size_limit(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_takes_too_little_gets_nothing() {
    let app = app(Behaviour::new().max_size(1000)).await;
    let error = is_paused(&app).await;
    assert!(
        error.contains("it takes mails of at most 1000 octets, and the smallest of these has "),
        "{error}"
    );
    assert_eq!(converse(&app).await.size_limit(), Some(1000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_to_ehlo_with_blank_lines_is_read() {
    let behaviour = Behaviour::new().at(Step::Ehlo);
    let behaviour = behaviour.reply(250, "catcher.example.net\n  \n\nsize 100000");
    let app = app(behaviour).await;
    arrives(&app).await;
    assert_eq!(converse(&app).await.size_limit(), Some(100_000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_ehlo_is_enough() {
    let app = app(Behaviour::new()).await;
    let lines = arrives(&app).await;
    let hellos = lines.iter().filter(|line| line.starts_with("C: EHLO"));
    assert_eq!(hellos.count(), 1, "{lines:?}");
}

/// The reader whose local part is outside ASCII, and two others.
const UTF8: &str = "j\u{fc}rgen@example.com";

async fn with_three_readers(app: &TestApp) {
    for email in ["ada@example.com", UTF8, "bob@example.com"] {
        app.reader(email).await;
    }
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    for email in ["ada@example.com", "bob@example.com"] {
        assert_eq!(app.catcher.for_recipient(email).len(), 1, "{email}");
    }
    let faults = app.catcher.faults();
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(app.catcher.connections_opened(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_outside_ascii_gets_its_mail_by_smtputf8() {
    for behaviour in [
        Behaviour::new(),
        Behaviour::new().without(Extension::Pipelining),
    ] {
        let app = app(behaviour).await;
        with_three_readers(&app).await;
        let mails = app.catcher.for_recipient(UTF8);
        let content = String::from_utf8(mails[0].content.clone()).unwrap();
        assert!(content.contains(&format!("To: {UTF8}\r\n")), "{content}");
        let lines = app.catcher.transcript(1);
        let asked = lines.iter().filter(|line| line.contains("SMTPUTF8"));
        let asked: Vec<_> = asked.filter(|line| line.starts_with("C: ")).collect();
        let [asked] = &asked[..] else {
            panic!("{asked:?}")
        };
        assert!(asked.ends_with(" BODY=8BITMIME SMTPUTF8"), "{asked}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_outside_ascii_is_refused_by_name_where_the_relay_takes_none() {
    for missing in [Extension::SmtpUtf8, Extension::EightBitMime] {
        let app = app(Behaviour::new().without(missing)).await;
        with_three_readers(&app).await;
        let counts = app.counts(SLUG).await;
        assert_eq!((counts.accepted, counts.refused), (2, 1));
        let why = stdout(&app.verdict(&["why", UTF8]));
        let words = "the relay does not accept addresses outside ASCII (SMTPUTF8, RFC 6531)";
        assert!(why.contains("refused") && why.contains(words), "{why}");
        let lines = app.catcher.transcript(1);
        assert!(
            !lines.iter().any(|line| line.contains("rgen@")),
            "{lines:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_domain_outside_ascii_goes_out_as_a_labels_and_needs_no_smtputf8() {
    let app = app(Behaviour::new().without(Extension::SmtpUtf8)).await;
    app.reader("ada@b\u{fc}cher.example.com").await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    let wire = "ada@xn--bcher-kva.example.com";
    let mails = app.catcher.for_recipient(wire);
    let content = String::from_utf8(mails[0].content.clone()).unwrap();
    assert!(content.contains(&format!("To: {wire}\r\n")), "{content}");
    assert!(content.is_ascii());
    assert!(printed(&app.catcher.transcript(1), "C: RCPT TO:<ada@xn--"));
    assert!(app.catcher.faults().is_empty());
}

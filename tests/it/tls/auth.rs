//! AUTH: the mechanisms, and the errors.

use verdict::catcher::{Behaviour, Mechanism, Step};

use super::{app_to, arrives, fails, is_paused, printed, vouched};

const URL: &str = "smtp://press:s3cret@localhost:PORT";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_password_goes_out_over_tls_alone_by_plain_if_that_is_offered() {
    let vouched = vouched();
    let behaviour = || {
        let behaviour = Behaviour::new().starttls(&vouched.identity);
        behaviour
            .credentials("press", "s3cret")
            .auth_over_tls_only()
    };
    for (behaviour, taken, not_taken) in [
        (behaviour(), "C: AUTH PLAIN", "C: AUTH LOGIN"),
        (
            behaviour().without_mechanism(Mechanism::Login),
            "C: AUTH PLAIN",
            "C: AUTH LOGIN",
        ),
        (
            behaviour().without_mechanism(Mechanism::Plain),
            "C: AUTH LOGIN",
            "C: AUTH PLAIN",
        ),
    ] {
        let app = app_to(behaviour, URL, Some(&vouched.authority)).await;
        let lines = arrives(&app).await;
        assert!(
            printed(&lines, taken) && !printed(&lines, not_taken),
            "{lines:?}"
        );
        let place = |start: &str| lines.iter().position(|line| line.starts_with(start));
        assert!(place("C: STARTTLS") < place(taken), "{lines:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_may_send_the_password_in_the_clear() {
    for tls in ["none", "opportunistic"] {
        let behaviour = Behaviour::new().credentials("press", "s3cret");
        let app = app_to(behaviour, &format!("{URL}?tls={tls}"), None).await;
        assert!(printed(&arrives(&app).await, "C: AUTH PLAIN"), "{tls}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_answered_with_the_relays_words_and_without_the_password() {
    let vouched = vouched();
    for withheld in [Mechanism::Login, Mechanism::Plain] {
        let behaviour = Behaviour::new()
            .starttls(&vouched.identity)
            .credentials("press", "another")
            .without_mechanism(withheld);
        let app = app_to(behaviour, URL, Some(&vouched.authority)).await;
        let error = is_paused(&app).await;
        let words = "user and password: 535 5.7.8 Wrong user or password";
        assert!(error.contains(words), "{error}");
        assert!(!error.contains("s3cret"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_quotes_the_password_does_not_give_it_away() {
    // The Base64 that PLAIN and LOGIN send.
    for quoted in ["s3cret", "AHByZXNzAHMzY3JldA==", "czNjcmV0"] {
        let behaviour = Behaviour::new()
            .credentials("press", "s3cret")
            .at(Step::Auth)
            .reply(535, &format!("5.7.8 Not with {quoted}"));
        let app = app_to(behaviour, &format!("{URL}?tls=none"), None).await;
        let error = is_paused(&app).await;
        assert!(error.contains("535 5.7.8 Not with ***"), "{error}");
        assert!(!error.contains(quoted), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_without_a_usable_auth_mechanism_is_an_error() {
    let url = format!("{URL}?tls=none");
    let app = app_to(Behaviour::new(), &url, None).await;
    let error = fails(&app).await;
    assert!(
        error.contains("user and password: the relay does not offer AUTH"),
        "{error}"
    );

    let behaviour = Behaviour::new().at(Step::Ehlo);
    let behaviour = behaviour.reply(250, "catcher.example.net\nAUTH CRAM-MD5 GSSAPI");
    let app = app_to(behaviour, &url, None).await;
    let error = fails(&app).await;
    let why = "the relay does not offer PLAIN or LOGIN, only CRAM-MD5, GSSAPI";
    assert!(error.contains(why), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_outside_ascii_arrives_as_it_is() {
    let behaviour = Behaviour::new().credentials("pr\u{e9}ss", "s: /\u{fc}@%");
    let url = "smtp://pr%C3%A9ss:s%3A%20%2F%C3%BC%40%25@localhost:PORT?tls=none";
    let app = app_to(behaviour, url, None).await;
    arrives(&app).await;
}

//! What the time of an answer reveals. No other test measures time; here it is the subject, so two kinds of address
//! take turns and are compared by rank, since a busy machine slows both.

use std::time::Duration;

use subscribers::consent::Change;
use subscribers::token::{Purpose, sign, stamp};
use tokio::time::Instant;
use verdict::catcher::Behaviour;
use verdict::readers;
use verdict::store::consent_changes::Cause;
use verdict::store::outbox::{self, Kind, NewMessage};

use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores};

on_both_stores!(
    signing_up_takes_as_long_for_an_address_on_the_list,
    asking_for_another_address_takes_as_long_if_a_reader_has_it
);

/// How many answers of each kind.
const EACH: usize = 200;

/// How often an answer of the first kind takes longer than one of the second: half the time, if they are
/// indistinguishable. Chance alone strays by 0.03.
fn slower(first: &[Duration], second: &[Duration]) -> f64 {
    let pairs = first.iter().flat_map(|a| second.iter().map(move |b| a > b));
    let count = pairs.clone().count();
    let slower = pairs.filter(|longer| *longer).count();
    f64::from(u32::try_from(slower).unwrap()) / f64::from(u32::try_from(count).unwrap())
}

fn reveal_nothing(first: &[Duration], second: &[Duration], what: &str) {
    let slower = slower(first, second);
    assert!((0.35..=0.65).contains(&slower), "{what}: {slower}");
}

/// The times of answers for known and unknown addresses, in turns.
async fn times(urls: &[String], wanted: u16, form: impl Fn(&str) -> String) -> [Vec<Duration>; 2] {
    let mut times = [Vec::new(), Vec::new()];
    for number in 0..EACH {
        // The second finds the caches warm, so they take turns.
        for at in [number % 2, 1 - number % 2] {
            let email = [
                format!("reader-{number}@example.com"),
                format!("nobody-{number}@example.com"),
            ];
            let begun = Instant::now();
            let url = &urls[number % urls.len()];
            let answer = http::post(url, &form(&email[at])).await;
            times[at].push(begun.elapsed());
            assert_eq!(answer.status, wanted, "{answer:?}");
        }
    }
    times
}

async fn app(db: Db) -> TestApp {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.join.per_network = 1_000_000;
        config.join.alarm = 1_000_000;
    })
    .await;
    app.readers(2 * EACH).await;
    app
}

/// The settings of `reader-{number}@example.com`, as the mailed link opens them.
async fn settings_of(app: &TestApp, number: usize) -> String {
    let email = format!("reader-{number}@example.com");
    let reader = find_subscriber(&app.store, &email).await.unwrap();
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await.unwrap();
    let message = NewMessage::to(reader.id, Kind::Settings, now);
    let id = outbox::insert(&mut tx, message, now).await.unwrap();
    tx.commit().await.unwrap();
    let token = reader.token(Purpose::Preferences, id);
    format!("{}/reader/{}", app.site, sign(&app.key, token))
}

async fn signing_up_takes_as_long_for_an_address_on_the_list(db: Db) {
    let app = app(db).await;
    for number in (0..EACH).step_by(3) {
        let found = find_subscriber(&app.store, &format!("reader-{number}@example.com")).await;
        if let Some(reader) = found {
            let cause = Cause::by(subscribers::consent::ConsentSource::Page);
            readers::change(&app, reader.id, Change::Leave, cause)
                .await
                .unwrap();
        }
    }
    let url = format!("{}/subscribe", app.site);
    let at = app.clock.now_millis() - 3_000;
    let [known, unknown] = times(&[url], 303, |email| {
        // Every other form has no stamp, and the others have a new one each: after one that was used, the answer
        // reveals nothing.
        let (name, number) = email.split_once('@').unwrap().0.split_once('-').unwrap();
        let number: u32 = number.parse().unwrap();
        if number.is_multiple_of(2) {
            return format!("form=snippet-1&email={email}");
        }
        let number = u64::from(number) << 8 | u64::from(name.as_bytes()[0]);
        let stamp = stamp::sign(&app.key, at, number.to_be_bytes());
        format!("stamp={stamp}&email={email}")
    })
    .await;
    reveal_nothing(&known, &unknown, "sign-up");
}

async fn asking_for_another_address_takes_as_long_if_a_reader_has_it(db: Db) {
    let app = app(db).await;
    // A reader may try three addresses a day, so each pair uses a different reader.
    let mut urls = Vec::new();
    for number in EACH + 1..=2 * EACH {
        urls.push(format!("{}/address", settings_of(&app, number).await));
    }
    let [known, unknown] = times(&urls, 200, |email| format!("email={email}")).await;
    reveal_nothing(&known, &unknown, "another address");
}

//! Forged, modified and borrowed links.

use data_encoding::BASE64URL_NOPAD;
use subscribers::token::{Purpose, Token, sign, sign_local_part, stamp};
use verdict::app::self_check::{Question, Way};
use verdict::store::votes;

use super::{ADA, SLUG, sent, settings_link, sign_up};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores};

on_both_stores!(
    no_bit_of_a_link_can_be_changed,
    a_link_works_on_its_own_routes_only,
    what_is_signed_for_something_else_is_no_link
);

const TOOL: &str = "alpha-of-tea-vs-coffee";
const NEW: &str = "ada@example.net";

/// Every route with a token, `*` in its place, and its purpose.
fn routes() -> Vec<(String, Purpose)> {
    let of = |path: &str, purpose| (path.to_owned(), purpose);
    vec![
        of("/u/*", Purpose::Unsubscribe),
        of("/u/*", Purpose::SelfCheck),
        of("/settings/*", Purpose::Unsubscribe),
        of(&format!("/v/*/{TOOL}/ship"), Purpose::Vote),
        of("/confirm/*", Purpose::Confirm),
        of("/reader/*", Purpose::Preferences),
        of("/reader/*/address", Purpose::Preferences),
        of("/reader/*/erase", Purpose::Preferences),
        of("/reader/*/export.json", Purpose::Preferences),
        of("/reader/*/export.csv", Purpose::Preferences),
        of("/address/*", Purpose::Address),
        of("/erase/*", Purpose::Erase),
        of("/undo/*", Purpose::Undo),
    ]
}

/// The token after a path in a text.
fn token(text: &str, path: &str) -> String {
    let (_, rest) = text.split_once(path).expect("a link");
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c));
    rest[..end.unwrap_or(rest.len())].to_owned()
}

/// The last mail to an address, as it came.
fn header(app: &TestApp, email: &str) -> String {
    let mails = app.catcher.for_recipient(email);
    String::from_utf8(mails.last().unwrap().content.clone()).unwrap()
}

/// A token of every purpose as readers get them, all valid at this moment.
async fn tokens(app: &TestApp) -> Vec<(Purpose, String)> {
    let voter = app.link(ADA, "/v/");
    app.reader("ben@example.com")
        .await
        .issue("second")
        .send("second")
        .await;
    let left = http::post(&app.unsubscribe_link("ben@example.com"), "instead=digest").await;
    let reader = settings_link(app, ADA).await;
    http::post(&format!("{reader}/erase"), "").await;
    http::post(&format!("{reader}/address"), &format!("email={NEW}")).await;
    sign_up(app, "email=new@example.org").await;
    app.deliver_outbox().await;
    let of = |purpose, email: &str, path: &str| (purpose, token(&app.link(email, path), path));
    let unsubscribe = token(&app.unsubscribe_link("ben@example.com"), "/u/");
    let bounce = Token::new(Purpose::Bounce, 1, 1);
    let question = Question::new(&app.key, Way::Get).unwrap();
    let outbox_bounce = Token::new(Purpose::OutboxBounce, 1, 1);
    vec![
        (Purpose::Unsubscribe, unsubscribe),
        (Purpose::OutboxBounce, sign(&app.key, outbox_bounce)),
        (
            Purpose::Delivery,
            token(&header(app, ADA), "Verdict-Delivery: "),
        ),
        (
            Purpose::OutboxDelivery,
            token(&header(app, NEW), "Verdict-Delivery: "),
        ),
        (Purpose::Vote, token(&voter, "/v/")),
        of(Purpose::Confirm, "new@example.org", "/confirm/"),
        (Purpose::Preferences, token(&reader, "/reader/")),
        of(Purpose::Address, NEW, "/address/"),
        of(Purpose::Erase, ADA, "/erase/"),
        (Purpose::Undo, token(&left.body, "/undo/")),
        (Purpose::Bounce, sign(&app.key, bounce)),
        (Purpose::SelfCheck, question.token),
        (Purpose::SelfAnswer, question.answer),
    ]
}

/// Everything that a link could change, as text.
async fn everything(app: &TestApp) -> String {
    let store = &app.store;
    let mut all = format!(
        "{:?} {}",
        votes::tally(store, SLUG).await.unwrap(),
        app.catcher.len()
    );
    for email in [ADA, NEW, "ben@example.com", "new@example.org"] {
        all += &format!("\n{:?}", find_subscriber(store, email).await);
    }
    all
}

/// Gets and posts with a token at a route; both must be refused without revealing anything.
async fn is_refused(app: &TestApp, path: &str, token: &str, wanted: &str, what: &str) {
    let url = format!("{}{}", app.site, path.replace('*', token));
    let form = "List-Unsubscribe=One-Click&verdict=ship&email=eve@example.com&name=Eve";
    for answer in [http::get(&url).await, http::post(&url, form).await] {
        if answer.status == 405 {
            continue;
        }
        assert_eq!(answer.status, 404, "{what} at {path}");
        assert_eq!(answer.body, wanted, "{what} at {path}");
    }
}

/// A route's answer to a token that is not one.
async fn refusal(app: &TestApp, path: &str) -> String {
    let url = format!("{}{}", app.site, path.replace('*', "x"));
    let answer = http::post(&url, "").await;
    match answer.status {
        405 => http::get(&url).await.body,
        _ => answer.body,
    }
}

async fn no_bit_of_a_link_can_be_changed(db: Db) {
    let app = sent(db).await;
    let tokens = tokens(&app).await;
    let before = everything(&app).await;
    for (path, purpose) in routes() {
        let refusal = refusal(&app, &path).await;
        let (_, token) = tokens.iter().find(|(of, _)| *of == purpose).unwrap();
        let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let forged = BASE64URL_NOPAD.encode(&bytes);
            is_refused(&app, &path, &forged, &refusal, &format!("bit {bit}")).await;
        }
    }
    app.deliver_outbox().await;
    assert_eq!(everything(&app).await, before);
}

async fn a_link_works_on_its_own_routes_only(db: Db) {
    let app = sent(db).await;
    let tokens = tokens(&app).await;
    assert_eq!(tokens.len(), Purpose::ALL.len());
    let before = everything(&app).await;
    let mut opened = 0;
    for (path, purpose) in routes() {
        let refusal = refusal(&app, &path).await;
        for (own, token) in &tokens {
            if !routes().contains(&(path.clone(), *own)) {
                is_refused(&app, &path, token, &refusal, &format!("{own:?}")).await;
                continue;
            }
            if *own != purpose {
                continue;
            }
            let url = format!("{}{}", app.site, path.replace('*', token));
            let good = http::get(&url).await.status;
            assert!(good == 200 || good == 303, "{own:?} at {path}: {good}");
            opened += usize::from(good == 200);
        }
    }
    assert!(
        opened >= 8,
        "the tokens are good where they belong: {opened}"
    );
    app.deliver_outbox().await;
    assert_eq!(everything(&app).await, before);
}

async fn what_is_signed_for_something_else_is_no_link(db: Db) {
    let app = sent(db).await;
    let before = everything(&app).await;
    let key = &app.key;
    let other = subscribers::token::Key::from_bytes(&[7; 32]).unwrap();
    for (path, purpose) in routes() {
        let refusal = refusal(&app, &path).await;
        let good = Token::new(purpose, 1, 1);
        let signed = sign(key, good);
        for (what, token) in [
            ("another key", sign(&other, good)),
            ("an email address's token", sign_local_part(key, good)),
            (
                "a form's stamp",
                stamp::sign(key, app.clock.now_millis(), [7; 8]),
            ),
            ("padding", format!("{signed}=")),
            ("a blank", format!("{signed}%20")),
            ("a NUL", format!("{signed}%00")),
            ("a tail", format!("{signed}.json")),
            ("another alphabet", format!("{signed}+")),
            ("twice", format!("{signed}{signed}")),
            ("much", "A".repeat(5_000)),
            ("an id", "1".to_owned()),
            ("an address", "ada@example.com".to_owned()),
            ("SQL", "'%20OR%201=1--".to_owned()),
        ] {
            is_refused(&app, &path, &token, &refusal, what).await;
        }
    }
    assert_eq!(everything(&app).await, before);
}

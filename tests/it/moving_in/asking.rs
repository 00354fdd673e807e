//! Pending people are asked to confirm: once, and a limited number an hour.

use chrono::TimeDelta;
use verdict::clock::Clock;

use super::Move;
use crate::database::Db;
use crate::http;
use crate::test_app::on_both_stores;

on_both_stores!(
    pending_people_are_asked_once_and_at_a_limited_rate,
    nobody_is_asked_without_the_option,
    a_row_without_a_status_weakens_no_other_row
);

async fn pending_people_are_asked_once_and_at_a_limited_rate(db: Db) {
    let there = Move::on(db).await;
    let file = there.file("list.csv", "email,status\nada@example.com,pending\nben@example.com,subscribed\ncy@example.com,unsubscribed\ndee@example.com,pending\n");
    there.import(&[&file, "--ask=60"]);
    // Known people are not asked again.
    there.import(&[&file, "--ask=60"]);
    let app = &there.app;
    app.clock.set(Clock::system().now());
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 1, "one a minute");
    app.clock.advance(TimeDelta::minutes(1));
    app.deliver_outbox().await;
    app.clock.advance(TimeDelta::days(1));
    app.deliver_outbox().await;
    let asked = ["ada@example.com", "dee@example.com"];
    assert_eq!(app.catcher.len(), asked.len());
    for email in asked {
        let answer = http::post(&app.link(email, "/confirm/"), "").await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    there.expect(&[
        ("ada@example.com", "confirmed", ""),
        ("ben@example.com", "confirmed", ""),
        ("cy@example.com", "unsubscribed", ""),
        ("dee@example.com", "confirmed", ""),
    ]);
}

async fn nobody_is_asked_without_the_option(db: Db) {
    let there = Move::on(db).await;
    let file = there.file("list.csv", "email\nada@example.com\n");
    there.import(&[&file]);
    there.app.clock.set(Clock::system().now());
    there.app.deliver_outbox().await;
    assert_eq!(there.app.catcher.len(), 0);
    there.ends(2, &[&file, "--ask=0"]);
}

async fn a_row_without_a_status_weakens_no_other_row(db: Db) {
    let there = Move::on(db).await;
    let silent = there.file(
        "silent.csv",
        "email,name\nada@example.com,Ada\nben@example.com,Ben\no\u{308}zlem@example.com,Özlem\n",
    );
    let says = there.file("says.csv", "email,status\nADA@example.com,subscribed\nben@example.com,unsubscribed\n\u{f6}zlem@example.com,subscribed\n");
    there.import(&[&silent, &says]);
    there.expect(&[
        ("ADA@example.com", "confirmed", "Ada"),
        ("ben@example.com", "unsubscribed", "Ben"),
        ("\u{f6}zlem@example.com", "confirmed", "Özlem"),
    ]);
}

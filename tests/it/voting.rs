//! Voting: from the links in the mail to the counts on the page and in the next mail.

use std::sync::Arc;

use chrono::TimeDelta;
use subscribers::consent::ConsentSource;
use subscribers::token::{Purpose, Token, sign};
use templates::comparison::Verdict;
use tokio::task::JoinSet;
use verdict::app::App;
use verdict::edition;
use verdict::readers::{self, Vote, Voting};

use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, sample_issue};

on_both_stores!(
    a_vote_goes_from_the_mail_to_the_page_and_the_next_mail,
    scanners_that_fetch_every_link_change_nothing,
    a_link_opened_again_shows_the_vote_and_changes_it,
    voting_closes_at_the_editors_date,
    voting_closes_at_a_date_that_editors_change_after_sending,
    fifty_votes_of_one_reader_at_once_are_one,
    votes_of_one_reader_at_two_processes_are_one,
    a_vote_that_may_not_count_stops_no_other,
    a_vote_outlives_its_readers_address,
    only_a_link_for_it_votes
);

const SLUG: &str = "tea-vs-coffee";
const ALPHA: &str = "alpha-of-tea-vs-coffee";
const BETA: &str = "beta-of-tea-vs-coffee";

/// An instance whose readers got the issue.
async fn sent(db: Db, readers: usize) -> TestApp {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(readers).await;
    app.send(SLUG).await;
    app
}

fn email(number: usize) -> String {
    format!("reader-{number}@example.com")
}

/// A reader's link from the mail.
fn link(app: &TestApp, number: usize, tool: &str, verdict: &str) -> String {
    let ship = app.link(&email(number), "/v/");
    let (start, _) = ship
        .rsplit_once("/alpha-of")
        .expect("the first link is for A");
    format!("{start}/{tool}/{verdict}")
}

async fn vote(app: &TestApp, number: usize, tool: &str, verdict: &str) {
    let link = link(app, number, tool, verdict);
    let page = http::post(&link, &format!("verdict={verdict}")).await;
    assert_eq!(page.status, 200);
    let printed = format!("<h1>You voted to {verdict} ");
    assert!(page.body.contains(&printed), "{}", page.body);
}

/// Ships and skips of both tools.
async fn tally(app: &TestApp) -> [(u64, u64); 2] {
    let tally = verdict::store::votes::tally(&app.store, SLUG)
        .await
        .unwrap();
    [ALPHA, BETA].map(|tool| tally.get(tool).map_or((0, 0), |one| (one.ship, one.skip)))
}

/// The text of the newest mail to the first reader.
fn mail(app: &TestApp) -> String {
    let mails = app.catcher.for_recipient(&email(1));
    let content = &mails.last().unwrap().content;
    let message = mail_parser::MessageParser::default()
        .parse(content)
        .unwrap();
    message.body_text(0).unwrap().into_owned()
}

async fn a_vote_goes_from_the_mail_to_the_page_and_the_next_mail(db: Db) {
    let app = sent(db, 6).await;
    let html = String::from_utf8(app.catcher.for_recipient(&email(1))[0].content.clone()).unwrap();
    let message = mail_parser::MessageParser::default()
        .parse(html.as_bytes())
        .unwrap();
    let html = message.body_html(0).unwrap();
    for tool in [ALPHA, BETA] {
        for verdict in ["ship", "skip"] {
            assert!(
                html.contains(&link(&app, 1, tool, verdict)),
                "{tool} {verdict}"
            );
            assert!(
                mail(&app).contains(&link(&app, 1, tool, verdict)),
                "{tool} {verdict}"
            );
        }
    }
    let page = http::get(&link(&app, 1, ALPHA, "skip")).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(
        page.body.contains("<h1>Skip Alpha of tea-vs-coffee?</h1>"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("Voting closes on 7 December 2026."),
        "{}",
        page.body
    );
    assert_eq!(page.body.matches("<button").count(), 1);

    for number in 1..=4 {
        vote(&app, number, ALPHA, "ship").await;
    }
    let site = format!("{}/issues/{SLUG}", app.site);
    let page = http::get(&site).await.body;
    assert!(!page.contains("Community"), "{page}");
    vote(&app, 5, ALPHA, "skip").await;
    vote(&app, 5, ALPHA, "ship").await;
    vote(&app, 6, ALPHA, "skip").await;
    assert_eq!(tally(&app).await, [(5, 1), (0, 0)]);
    let page = http::get(&site).await.body;
    assert!(
        page.contains("<span class=\"share\">83%</span>6 votes</td>"),
        "{page}"
    );

    app.issue("pen-vs-pencil").send("pen-vs-pencil").await;
    let next = mail(&app).split_whitespace().collect::<Vec<_>>().join(" ");
    let printed = "83% of you would ship Alpha of tea-vs-coffee (6 votes).";
    assert!(next.contains(printed), "{next}");
    assert!(next.contains(&site), "{next}");
}

async fn scanners_that_fetch_every_link_change_nothing(db: Db) {
    let app = sent(db, 3).await;
    vote(&app, 1, ALPHA, "ship").await;
    let text = mail(&app);
    let links: Vec<&str> = text
        .split_whitespace()
        .filter(|word| word.starts_with(&app.site))
        .collect();
    assert!(links.len() >= 6, "{links:?}");
    for _ in 0..3 {
        let mut burst = JoinSet::new();
        for link in links.iter().cycle().take(links.len() * 10) {
            let link = (*link).to_owned();
            burst.spawn(async move {
                (
                    http::get(&link).await.status,
                    http::head(&link).await.status,
                )
            });
        }
        while let Some(answer) = burst.join_next().await {
            assert_eq!(answer.unwrap(), (200, 200));
        }
        app.clock.advance(TimeDelta::hours(7));
    }
    assert_eq!(tally(&app).await, [(1, 0), (0, 0)]);
    app.issue("pen-vs-pencil").send("pen-vs-pencil").await;
    assert_eq!(app.catcher.len(), 6, "and nobody has left");
}

async fn a_link_opened_again_shows_the_vote_and_changes_it(db: Db) {
    let app = sent(db, 2).await;
    let (ship, skip) = (link(&app, 1, ALPHA, "ship"), link(&app, 1, ALPHA, "skip"));
    for _ in 0..2 {
        let page = http::get(&ship).await.body;
        assert!(
            page.contains("<h1>Ship Alpha of tea-vs-coffee?</h1>"),
            "{page}"
        );
    }
    vote(&app, 1, ALPHA, "ship").await;
    for link in [&ship, &skip] {
        let page = http::get(link).await.body;
        assert!(
            page.contains("<h1>You voted to ship Alpha of tea-vs-coffee.</h1>"),
            "{page}"
        );
        assert!(page.contains("Skip it instead</button>"), "{page}");
        assert!(page.contains("And Beta of tea-vs-coffee?"), "{page}");
    }
    // The button changes the vote, whichever link it is on.
    let page = http::post(&ship, "verdict=skip").await.body;
    assert!(
        page.contains("<h1>You voted to skip Alpha of tea-vs-coffee.</h1>"),
        "{page}"
    );
    assert_eq!(tally(&app).await, [(0, 1), (0, 0)]);
    vote(&app, 1, BETA, "ship").await;
    let page = http::get(&skip).await.body;
    assert!(
        page.contains("You voted to ship Beta of tea-vs-coffee."),
        "{page}"
    );
    let others = http::get(&link(&app, 2, ALPHA, "ship")).await.body;
    assert!(
        !others.contains("You voted"),
        "another reader's page: {others}"
    );
}

async fn voting_closes_at_the_editors_date(db: Db) {
    let app = TestApp::on(db).await;
    let issue = sample_issue(SLUG).replacen("status", "voting_closes = 2026-11-24\nstatus", 1);
    app.issue_file(SLUG, &issue).readers(1).await;
    app.send(SLUG).await;
    assert!(
        mail(&app).contains("Voting closes on 24 November 2026."),
        "{}",
        mail(&app)
    );
    // 23:59 in Berlin, where the newsletter is.
    app.clock
        .advance(TimeDelta::minutes(24 * 60 + 14 * 60 + 59));
    vote(&app, 1, ALPHA, "ship").await;
    app.clock.advance(TimeDelta::minutes(1));
    let late = link(&app, 1, ALPHA, "skip");
    for page in [
        http::get(&late).await,
        http::post(&late, "verdict=skip").await,
    ] {
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Voting has closed"), "{}", page.body);
        assert!(
            page.body
                .contains("You voted to ship Alpha of tea-vs-coffee."),
            "{}",
            page.body
        );
        assert!(!page.body.contains("<button"), "{}", page.body);
    }
    assert_eq!(tally(&app).await, [(1, 0), (0, 0)]);
}

async fn voting_closes_at_a_date_that_editors_change_after_sending(db: Db) {
    let app = sent(db, 1).await;
    let closes = |day: &str| {
        let issue = sample_issue(SLUG);
        issue.replacen("status", &format!("voting_closes = {day}\nstatus"), 1)
    };
    // Sent on 23 November, so it would close on 7 December.
    for (day, shown) in [
        ("2026-12-24", "Voting closes on 24 December 2026."),
        ("2026-11-30", "Voting closes on 30 November 2026."),
        ("2026-12-24", "Voting closes on 24 December 2026."),
    ] {
        app.issue_file(SLUG, &closes(day));
        edition::note_corrections(&app).await.unwrap();
        let page = http::get(&link(&app, 1, ALPHA, "ship")).await;
        assert!(page.body.contains(shown), "{}", page.body);
    }
    app.clock.advance(TimeDelta::days(30));
    vote(&app, 1, ALPHA, "ship").await;
    // The editors change their mind.
    app.issue_file(SLUG, &sample_issue(SLUG));
    edition::note_corrections(&app).await.unwrap();
    let late = http::post(&link(&app, 1, ALPHA, "skip"), "verdict=skip").await;
    assert!(late.body.contains("Voting has closed"), "{}", late.body);
    assert_eq!(tally(&app).await, [(1, 0), (0, 0)]);
}

async fn fifty_votes_of_one_reader_at_once_are_one(db: Db) {
    let app = Arc::new(sent(db, 1).await);
    let mut burst = JoinSet::new();
    for number in 0..50 {
        let verdict = ["ship", "skip"][number % 2];
        let link = link(&app, 1, ALPHA, verdict);
        burst.spawn(async move {
            http::post(&link, &format!("verdict={verdict}"))
                .await
                .status
        });
    }
    while let Some(status) = burst.join_next().await {
        assert_eq!(status.unwrap(), 200);
    }
    let [(ship, skip), other] = tally(&app).await;
    assert_eq!((ship + skip, other), (1, (0, 0)));
}

async fn votes_of_one_reader_at_two_processes_are_one(db: Db) {
    let app = sent(db, 1).await;
    let reader = find_subscriber(&app.store, &email(1)).await.unwrap();
    let processes = [1, 2].map(|_| Voting::start(App::clone(&app)));
    let mut burst = JoinSet::new();
    for number in 0..60 {
        let vote = Vote {
            link: reader.token(Purpose::Vote, 1),
            issue: SLUG.to_owned(),
            tool: [ALPHA, BETA][number / 2 % 2].to_owned(),
            verdict: [Verdict::Ship, Verdict::Skip][number % 3 / 2],
        };
        let process = processes[number % 2].clone();
        burst.spawn(async move {
            let (tool, verdict) = (vote.tool.clone(), vote.verdict);
            let seen = process.vote(vote).await.unwrap().unwrap();
            assert_eq!(seen.own[&tool], verdict, "readers see their own vote");
        });
        if number % 10 == 9 {
            while burst.join_next().await.transpose().unwrap().is_some() {}
            let [a, b] = tally(&app).await.map(|(ship, skip)| ship + skip);
            assert_eq!((a, b), (1, 1));
        }
    }
}

async fn a_vote_that_may_not_count_stops_no_other(db: Db) {
    let app = Arc::new(sent(db, 6).await);
    let links: Vec<String> = (1..=6)
        .map(|number| link(&app, number, ALPHA, "ship"))
        .collect();
    let gone = find_subscriber(&app.store, &email(6)).await.unwrap();
    readers::erase_oneself(&app, &gone).await.unwrap();
    let mut burst = JoinSet::new();
    for (number, link) in links.into_iter().enumerate() {
        burst.spawn(async move { (number, http::post(&link, "verdict=ship").await.status) });
    }
    let mut statuses = burst.join_all().await;
    statuses.sort_unstable();
    let statuses: Vec<u16> = statuses.into_iter().map(|(_, status)| status).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 404]);
    assert_eq!(tally(&app).await, [(5, 0), (0, 0)]);
}

async fn a_vote_outlives_its_readers_address(db: Db) {
    let app = sent(db, 2).await;
    for number in 1..=2 {
        vote(&app, number, ALPHA, "ship").await;
    }
    let reader = find_subscriber(&app.store, &email(1)).await.unwrap();
    readers::erase_oneself(&app, &reader).await.unwrap();
    assert_eq!(tally(&app).await, [(2, 0), (0, 0)]);
    vote(&app, 2, ALPHA, "skip").await;
    assert_eq!(tally(&app).await, [(1, 1), (0, 0)]);
}

async fn only_a_link_for_it_votes(db: Db) {
    let app = sent(db, 2).await;
    let good = link(&app, 1, ALPHA, "ship");
    let token = good.split('/').nth(4).unwrap().to_owned();
    let unsubscribe = app.unsubscribe_link(&email(1));
    let other_purpose = unsubscribe.rsplit('/').next().unwrap();
    let reader = find_subscriber(&app.store, &email(1)).await.unwrap();
    let signed = |token| sign(&app.key, token);
    let nobody = signed(Token {
        subscriber: 99,
        ..reader.token(Purpose::Vote, 1)
    });
    let nothing = signed(reader.token(Purpose::Vote, 99));
    for wrong in [
        good.replace(&token, other_purpose),
        good.replace(&token, &token[1..]),
        good.replace(&token, &nothing),
        good.replace(ALPHA, "gamma"),
        good.replace("/ship", "/keep"),
    ] {
        assert_eq!(http::get(&wrong).await.status, 404, "{wrong}");
        assert_eq!(
            http::post(&wrong, "verdict=ship").await.status,
            404,
            "{wrong}"
        );
    }
    assert_eq!(
        http::post(&good.replace(&token, &nobody), "verdict=ship")
            .await
            .status,
        404
    );
    assert_eq!(http::post(&good, "verdict=keep").await.status, 422);
    assert_eq!(http::request("DELETE", &good, &[], "").await.status, 405);
    assert_eq!(tally(&app).await, [(0, 0), (0, 0)]);

    readers::unsubscribe(&app, reader.id, None, ConsentSource::Page, None)
        .await
        .unwrap();
    assert_eq!(
        http::post(&good, "verdict=ship").await.status,
        200,
        "who left has a say"
    );
    let second = find_subscriber(&app.store, &email(2)).await.unwrap();
    readers::erase_oneself(&app, &second).await.unwrap();
    let erased = link(&app, 2, ALPHA, "ship");
    assert_eq!(http::get(&erased).await.status, 404);
    assert_eq!(http::post(&erased, "verdict=ship").await.status, 404);
    assert_eq!(tally(&app).await, [(1, 0), (0, 0)]);
}

//! `verdict report`: what became of an edition. Its numbers add up, and are those of `status` and the store.

use chrono::TimeDelta;
use serde_json::{Value, json};
use subscribers::consent::ConsentSource;
use templates::report::{self, Group, Report, State};
use verdict::catcher::{Behaviour, Step};
use verdict::edition;
use verdict::readers::{self, Choice};
use verdict::store::subscribers::Frequency;
use verdict::store::votes;

use crate::choosing::action;
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, sample_issue, stdout};

on_both_stores!(
    its_numbers_add_up_and_are_those_of_status_and_the_store,
    it_is_text_of_eighty_columns,
    it_is_one_page_that_loads_nothing,
    an_edition_with_anybody_missing_says_so_in_every_state,
    an_erased_reader_is_a_number,
    a_digest_has_no_votes,
    what_outsiders_wrote_is_harmless
);

const SLUG: &str = "tea-vs-coffee";
const ALPHA: &str = "alpha-of-tea-vs-coffee";
const BETA: &str = "beta-of-tea-vs-coffee";

fn email(number: usize) -> String {
    format!("reader-{number}@example.com")
}

async fn id(app: &TestApp, email: &str) -> i64 {
    find_subscriber(&app.store, email).await.unwrap().id
}

async fn leave(app: &TestApp, email: &str) {
    let reader = id(app, email).await;
    readers::unsubscribe(app, reader, None, ConsentSource::Editor, None)
        .await
        .unwrap();
}

async fn vote(app: &TestApp, number: usize, tool: &str, verdict: &str) {
    let link = app.link(&email(number), "/v/");
    let (start, _) = link.rsplit_once("/alpha-of").unwrap();
    let link = format!("{start}/{tool}/{verdict}");
    let page = http::post(&link, &format!("verdict={verdict}")).await;
    assert_eq!(page.status, 200);
}

async fn report_on(app: &TestApp, slug: &str) -> Report {
    let edition = app.edition(slug).await;
    edition::report(app, &edition).await.unwrap()
}

fn sum(groups: &[Group]) -> i64 {
    groups.iter().map(|group| group.count).sum()
}

fn groups(groups: &[Group]) -> Vec<(&str, i64)> {
    let groups = groups.iter();
    groups.map(|group| (&*group.name, group.count)).collect()
}

/// Two editions. Before the second, reader 10 left, one reader joined, and one joined and left. Of the second, 1 and 2
/// are refused, 3 is in doubt, 4 left before it was sent, and six readers got it: 5, 6 and 8 left because of it, and 7
/// took that back. Four voted, one of them three hours later. Then a reader joined.
async fn busy(db: Db) -> TestApp {
    let app = TestApp::on(db).await;
    app.issue("first").readers(10).await;
    app.send("first").await;
    app.clock.advance(TimeDelta::days(1));
    app.reader("new@example.com").await;
    app.reader("gone@example.com").await;
    app.clock.advance(TimeDelta::days(1));
    leave(&app, "gone@example.com").await;
    leave(&app, &email(10)).await;
    app.clock.advance(TimeDelta::days(1));

    let relay = Behaviour::new()
        .at(Step::Rcpt)
        .to(&email(1))
        .reply(550, "5.1.1 <reader-1@example.com>: no such user")
        .at(Step::Rcpt)
        .to(&email(2))
        .reply(552, "5.2.2 Full")
        .at(Step::Dot)
        .to(&email(3))
        .accept_then_hang_up();
    app.catcher.set(relay);
    app.issue(SLUG).freeze(SLUG).await;
    app.clock.advance(TimeDelta::minutes(1));
    leave(&app, &email(4)).await;
    app.send(SLUG).await;

    for (number, tool, verdict) in [
        (5, ALPHA, "ship"),
        (5, BETA, "skip"),
        (6, ALPHA, "ship"),
        (7, ALPHA, "ship"),
        (7, ALPHA, "skip"),
    ] {
        vote(&app, number, tool, verdict).await;
    }
    app.clock.advance(TimeDelta::minutes(3 * 60 + 50));
    vote(&app, 8, ALPHA, "ship").await;
    for (number, form) in [
        (5, "List-Unsubscribe=One-Click"),
        (6, "why=too-often&reason=Mondays%20are%20full"),
        (7, "why=not-good"),
        (8, "reason=I%20moved"),
    ] {
        let left = http::post(&app.unsubscribe_link(&email(number)), form).await;
        assert_eq!(left.status, 200);
        if number == 7 {
            app.clock.advance(TimeDelta::minutes(1));
            let undo = action(&app, &left.body, "/undo/");
            assert_eq!(http::post(&undo, "").await.status, 200);
        }
    }
    app.reader("late@example.com").await;
    app.clock.advance(TimeDelta::hours(1));
    app
}

async fn its_numbers_add_up_and_are_those_of_status_and_the_store(db: Db) {
    let app = busy(db).await;
    let report = report_on(&app, SLUG).await;
    let counts = app.counts(SLUG).await;
    assert_eq!(report.readers, counts.total());
    assert_eq!((report.readers, report.deliveries.accepted), (10, 6));
    let refused = report.refused.iter();
    let refused: Vec<_> = refused.map(|one| (&*one.reason, one.count)).collect();
    assert_eq!(refused, [("550 5.1.1", 1), ("552 5.2.2", 1)]);
    assert_eq!(report.deliveries.refused, 2);
    assert_eq!(groups(&report.skipped), [("unsubscribed", 1)]);
    assert_eq!(sum(&report.skipped), report.deliveries.skipped);
    let in_doubt: Vec<_> = report.in_doubt.iter().map(|one| &*one.reader).collect();
    assert_eq!(in_doubt, app.in_doubt(SLUG).await);
    assert_eq!(report.missing.total(), 3);
    assert!(!report.complete);
    let outcomes = report.outcomes().into_iter();
    let outcomes: i64 = outcomes.map(|(_, count)| count).sum();
    assert_eq!(outcomes, report.readers);

    let left = &report.unsubscribed;
    assert_eq!((left.count, left.taken_back), (3, 1));
    assert_eq!(left.share_of_accepted, Some(0.5));
    assert_eq!(groups(&left.by_way), [("page", 2), ("one-click", 1)]);
    assert_eq!(
        groups(&left.by_reason),
        [("none", 1), ("own-words", 1), ("too-often", 1)]
    );
    assert_eq!((sum(&left.by_way), sum(&left.by_reason)), (3, 3));
    let comments: Vec<_> = left.comments.iter().map(|one| &*one.text).collect();
    assert_eq!(comments, ["I moved", "Mondays are full"]);
    assert_eq!((report.bounced, report.complained), (1, 0));

    let tallies = votes::tally(&app.store, SLUG).await.unwrap();
    for tool in &report.votes {
        let tally = tallies[&tool.tool];
        let counted = (tally.ship as i64, tally.skip as i64);
        assert_eq!((tool.ship, tool.skip), counted, "{}", tool.tool);
        let hours = tool.by_hour.iter();
        let hours: i64 = hours.map(|hour| hour.total()).sum();
        assert_eq!(hours, tool.total(), "{}", tool.tool);
    }
    let alpha = &report.votes[0];
    let hours: Vec<_> = alpha.by_hour.iter().map(|one| one.hour).collect();
    assert_eq!(
        (alpha.name.as_str(), hours),
        ("Alpha of tea-vs-coffee", vec![0, 3])
    );

    assert_eq!(groups(&report.joined.by_way), [("editor", 1)]);
    let growth = report.growth.unwrap();
    assert_eq!(growth.since, "first");
    assert_eq!(growth.readers_then, app.counts("first").await.total());
    assert_eq!((growth.gained, growth.lost), (1, 1));
    assert_eq!(groups(&growth.lost_to), [("unsubscribed", 1)]);
    assert_eq!(growth.choices(), 0);
    let first = report_on(&app, "first").await;
    assert_eq!(first.growth, None);
    assert_eq!(first.joined.next.as_deref(), Some(SLUG));
    assert_eq!(
        first.joined.count, 1,
        "who joined and left counts as neither"
    );

    let printed =
        |args: &[&str]| -> Value { serde_json::from_str(&stdout(&app.verdict(args))).unwrap() };
    let status = printed(&["status", SLUG, "--json"]);
    let report = printed(&["report", SLUG, "--json"]);
    assert_eq!(report["deliveries"], status["deliveries"]);
    assert_eq!(report["state"], status["state"]);
    assert_eq!(report["complete"], json!(false));
    assert_eq!(report["sent_at"], json!("2026-11-26T09:00:00+01:00"));
    let names = report["in_doubt"].as_array().unwrap().iter();
    let names: Vec<_> = names.map(|one| one["reader"].clone()).collect();
    assert_eq!(Value::from(names), status["in_doubt"]);
}

async fn it_is_text_of_eighty_columns(db: Db) {
    let app = busy(db).await;
    let printed = stdout(&app.verdict(&["report", SLUG]));
    insta::assert_snapshot!(printed, @r#"
    Alpha of tea-vs-coffee vs Beta of tea-vs-coffee
    Finished, but not everyone got it: 2 refused, 1 in doubt (of 10 readers)
    frozen     2026-11-26 09:00:00 +01:00
    ended      2026-11-26 09:01:00 +01:00

    Delivery: 10 readers
      Accepted                                   6   60.0%  ██████████████▍
      Refused                                    2   20.0%  ████▊
      In doubt                                   1   10.0%  ██▍
      Skipped                                    1   10.0%  ██▍

    Refused, by reason
      550 5.1.1                                  1   50.0%  ████████████
        the mailbox does not exist
        such as: 550 5.1.1 <address>: no such user
      552 5.2.2                                  1   50.0%  ████████████
        the mailbox is full
        such as: 552 5.2.2 Full

    In doubt, because no reply came
      reader-3@example.com
        since 2026-11-26 09:01:00 +01:00
        the content: the relay closed the connection before it replied
      Decide: verdict settle tea-vs-coffee

    Skipped, by reason
      Unsubscribed before their turn             1    100%  ████████████████████████

    Unsubscribed: 3 readers, 50.0% of those accepted
      Unsubscribe page                           2   66.7%  ████████████████
      Button of the mail program                 1   33.3%  ████████
      Why:
      No reason given                            1   33.3%  ████████
      In their own words                         1   33.3%  ████████
      Too many emails                            1   33.3%  ████████
        "I moved"
        "Mondays are full"
      1 more reader left and took it back.
      1 mailbox no longer exists, so its reader is off the list.

    Votes: 5 votes
      Alpha of tea-vs-coffee
        would ship it                            3   75.0%  ██████████████████
        would skip it                            1   25.0%  ██████
        |█  ▃                                            |
        hours 0 to 48, up to 3 votes an hour
      Beta of tea-vs-coffee
        would ship it                            0      0%
        would skip it                            1    100%  ████████████████████████
        |▃                                               |
        hours 0 to 48, up to 3 votes an hour

    Joined: 1 reader since it was frozen
      Added by an editor                         1    100%  ████████████████████████

    Growth since the last edition: 0
      first                                     10          ████████████████████████
      this edition                              10          ████████████████████████
      The list gained 1 reader and lost 1.
      Unsubscribed                               1    100%  ████████████████████████
    "#);
    assert!(printed.lines().all(|line| line.chars().count() <= 80));
    assert!(!printed.contains('\u{1b}'));
    let mut command = crate::child::binary();
    command
        .arg("--dir")
        .arg(app.dir.path())
        .args(["report", SLUG]);
    let output = command.env("LC_ALL", "C").output().unwrap();
    assert!(stdout(&output).is_ascii());
}

async fn it_is_one_page_that_loads_nothing(db: Db) {
    let app = busy(db).await;
    let page = stdout(&app.verdict(&["report", SLUG, "--html"]));
    assert!(page.starts_with("<!DOCTYPE html>"));
    for loads in [
        "<script", "<link", "<img", "src=", "href=", "url(", "@import",
    ] {
        assert!(!page.contains(loads), "{loads}");
    }
    for shown in [
        "Finished, but not everyone got it: 2 refused, 1 in doubt (of 10 readers)",
        "reader-3@example.com",
        "552 5.2.2",
        "50.0% of those accepted",
        "I moved",
        "Alpha of tea-vs-coffee",
        "prefers-color-scheme: dark",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(
        !page.contains("reader-1@example.com"),
        "only doubts are by name"
    );
    let tables = page.matches("<table").count();
    let charts = page.matches("role=\"img\"").count();
    assert!(charts == 3 && tables > charts, "{charts} {tables}");
    let both = app.verdict(&["report", SLUG, "--html", "--json"]);
    assert_eq!(both.status.code(), Some(2));
    let unknown = app.verdict(&["report", "tea-vs-cofee"]);
    let error = String::from_utf8(unknown.stderr).unwrap();
    assert!(error.contains("did you mean `tea-vs-coffee`?"), "{error}");
}

async fn an_edition_with_anybody_missing_says_so_in_every_state(db: Db) {
    let app = TestApp::on(db).await;
    app.readers(3).await;
    let headline = async |slug| report::words::headline(&report_on(&app, slug).await);
    app.issue("sent").send("sent").await;
    insta::assert_snapshot!(headline("sent").await, @"Finished: everyone got it");
    for slug in ["waits", "paused", "cancelled"] {
        app.issue(slug).freeze(slug).await;
    }
    stdout(&app.verdict(&["pause", "paused"]));
    stdout(&app.verdict(&["cancel", "cancelled"]));
    insta::assert_snapshot!(headline("waits").await, @"Being sent: 3 waiting (of 3 readers)");
    insta::assert_snapshot!(headline("paused").await, @"Paused: 3 waiting (of 3 readers)");
    insta::assert_snapshot!(headline("cancelled").await, @"Cancelled: 3 left out by the cancel (of 3 readers)");
    let cancelled = report_on(&app, "cancelled").await;
    assert_eq!(cancelled.state, State::Cancelled);
    assert_eq!(groups(&cancelled.skipped), [("cancelled", 3)]);

    app.catcher.set(
        Behaviour::new()
            .at(Step::Dot)
            .to(&email(1))
            .accept_then_hang_up(),
    );
    app.issue("doubtful").send("doubtful").await;
    insta::assert_snapshot!(headline("doubtful").await, @"Finished, but not everyone got it: 1 in doubt (of 3 readers)");
    stdout(&app.verdict(&["settle", "doubtful", "--leave"]));
    let settled = report_on(&app, "doubtful").await;
    assert!(settled.complete && settled.deliveries.unknown == 1);
    let outcomes = settled.outcomes();
    assert!(
        outcomes.contains(&(report::Outcome::Settled, 1)),
        "{outcomes:?}"
    );
}

async fn an_erased_reader_is_a_number(db: Db) {
    let app = busy(db).await;
    let before = report_on(&app, SLUG).await;
    let number = id(&app, &email(3)).await;
    for reader in [2, 3, 6] {
        let email = email(reader);
        stdout(&app.verdict(&["subscribers", "remove", "--erase", &email]));
    }
    let report = report_on(&app, SLUG).await;
    assert_eq!(report.in_doubt[0].reader, format!("erased reader {number}"));
    assert_eq!(report.in_doubt[0].reply, None);
    let refused = report.refused.iter();
    let refused: Vec<_> = refused.map(|one| (&*one.reason, one.count)).collect();
    assert_eq!(refused, [("", 1), ("550 5.1.1", 1)]);
    let left = &report.unsubscribed;
    assert_eq!(left.count, before.unsubscribed.count);
    assert_eq!(groups(&left.by_reason), [("none", 2), ("own-words", 1)]);
    assert_eq!(report.deliveries, before.deliveries);
    for args in [
        &["report", SLUG][..],
        &["report", SLUG, "--html"],
        &["report", SLUG, "--json"],
    ] {
        let printed = stdout(&app.verdict(args));
        assert!(!printed.contains("@example"), "{args:?}: {printed}");
        assert!(!printed.contains("Mondays"), "{args:?}: {printed}");
    }
}

async fn a_digest_has_no_votes(db: Db) {
    let app = TestApp::on(db).await;
    app.reader("ada@example.com")
        .await
        .reader("ben@example.com")
        .await;
    let ben = find_subscriber(&app.store, "ben@example.com")
        .await
        .unwrap();
    let choice = Choice {
        frequency: Frequency::Digest,
        paused_until: None,
    };
    readers::choose(&app, &ben, choice).await.unwrap();
    app.issue(SLUG).send(SLUG).await;
    app.clock.advance(TimeDelta::days(10));
    let frozen = edition::freeze_digest(&app).await.unwrap();
    assert_eq!(frozen, Some(("digest-2026-11".to_owned(), 1)));
    let printed = stdout(&app.verdict(&["report", "digest-2026-11"]));
    assert!(
        printed.contains("Being sent: 1 waiting (of 1 reader)"),
        "{printed}"
    );
    assert!(
        !printed.contains("Votes") && !printed.contains("Growth"),
        "{printed}"
    );
    let page = stdout(&app.verdict(&["report", "digest-2026-11", "--html"]));
    assert!(page.contains("Report on a digest") && !page.contains("Votes"));
}

/// Markup that would run, and what a terminal would obey or misread.
const EVIL: &str =
    "\"'><script>alert(1)</script><img src=x onerror=alert(2)>\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}";

async fn what_outsiders_wrote_is_harmless(db: Db) {
    let relay = Behaviour::new()
        .at(Step::Rcpt)
        .to(&email(1))
        .reply(550, "5.1.1 <script>alert(3)</script>")
        .at(Step::Dot)
        .to(&email(2))
        .accept_then_hang_up();
    let app = TestApp::behaving(db, relay).await;
    let name = "Al</script><script>alert(4)</script>pha\u{202e}";
    let issue = sample_issue(SLUG).replace("Alpha of tea-vs-coffee", name);
    app.issue_file(SLUG, &issue).readers(4).await;
    app.send(SLUG).await;
    let link = app.unsubscribe_link(&email(3));
    let form = "reason=%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(5)%3E%1B%5B31m";
    assert_eq!(http::post(&link, form).await.status, 200);
    // What an earlier release, or a hand, may have left in the tables.
    let evil = EVIL.replace('\'', "''");
    let statements = format!(
        "UPDATE editions SET pause_reason = '{evil}', state = 'paused' WHERE slug = '{SLUG}'; \
         UPDATE consent_changes SET form = '{evil}', at = at + 1 WHERE consent = 'confirmed'"
    );
    app.by_hand(&statements);
    for args in [
        &["report", SLUG][..],
        &["report", SLUG, "--html"],
        &["report", SLUG, "--json"],
    ] {
        let printed = stdout(&app.verdict(args));
        let bad = printed
            .chars()
            .find(|c| c.is_control() && *c != '\n' || matches!(c, '\u{202a}'..='\u{202e}'));
        assert_eq!(bad, None, "{args:?}: {printed:?}");
        assert!(printed.contains("alert(5)"), "{args:?}: {printed}");
        if args.contains(&"--html") {
            assert_eq!(printed.matches("</style>").count(), 1);
            for tag in ["<script", "<img"] {
                assert!(!printed.contains(tag), "{tag}: {printed}");
            }
        }
    }
}

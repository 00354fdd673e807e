//! The correction notice: an edition for those who have an earlier text.

use subscribers::address::Address;
use subscribers::consent::ConsentSource;
use verdict::catcher::Behaviour;
use verdict::delivery::RunResult;
use verdict::edition;
use verdict::readers::{self, Choice};
use verdict::store::consent_changes::Cause;
use verdict::store::editions::{EditionKind, EditionState};
use verdict::store::subscribers::{self as list, Frequency};

use super::{
    READERS, SLUG, app, body, corrected, email, resume, revise, send_to, texts, try_revise,
    wrong_for,
};
use crate::choosing::action;
use crate::database::Db;
use crate::http;
use crate::test_app::{find_subscriber, on_both_stores, stdout};

on_both_stores!(
    readers_with_the_old_text_get_one_notice,
    a_notice_may_follow_later,
    a_notice_follows_what_readers_do_meanwhile
);

async fn readers_with_the_old_text_get_one_notice(db: Db) {
    let app = app(db, Behaviour::new()).await;
    send_to(&app, 4).await;
    // 2 leaves, 3 wants only the digest: neither gets the notice.
    let gone = http::post(
        &app.unsubscribe_link(&email(2)),
        "List-Unsubscribe=One-Click",
    )
    .await;
    assert_eq!(gone.status, 200);
    let three = find_subscriber(&app.store, &email(3)).await.unwrap();
    let digest = Choice {
        frequency: Frequency::Digest,
        ..Choice::of(&three)
    };
    readers::choose(&app, &three, digest).await.unwrap();
    app.issue_file(SLUG, &corrected());
    let printed = stdout(&app.verdict(&["revise", SLUG, "--notify"]));
    let told = "The correction notice `tea-vs-coffee-correction` goes to 2 readers: by `verdict serve`, or by \
        `verdict send tea-vs-coffee-correction`.";
    assert!(printed.contains(told), "{printed}");
    resume(&app).await;
    app.send(SLUG).await;
    let notice = app.edition("tea-vs-coffee-correction").await;
    assert_eq!(notice.kind, EditionKind::Correction);
    stdout(&app.verdict(&["send", &notice.slug]));
    assert_eq!(texts(&app), wrong_for(4));
    for number in 1..=READERS {
        let mails = app.catcher.for_recipient(&email(number));
        let notices = mails
            .iter()
            .map(body)
            .filter(|body| body.contains("It should say:"));
        assert_eq!(
            notices.count(),
            usize::from([1, 4].contains(&number)),
            "{number}"
        );
    }
    let mails = app.catcher.for_recipient(&email(1));
    insta::assert_snapshot!(without_links(&body(&mails[1])), @r#"
    Weekly AI Tool Verdicts

    Correction: Alpha of tea-vs-coffee vs Beta of tea-vs-coffee

    Hello,

    On 23 November 2026, we sent you “Alpha of tea-vs-coffee vs Beta of
    tea-vs-coffee” with a mistake. We’re sorry. This is what we have
    corrected:


    Introduction
    ------------------------------------------------------------------------

    We wrote: An intro.

    It should say: A better intro.


    Read the corrected comparison:
    [link]

    ------------------------------------------------------------------------

    You get this email because you subscribed to Weekly AI Tool Verdicts
    with this address:
    reader-1@example.com

    Unsubscribe:
    [link]

    Pause or change your settings:
    [link]

    Verdict, 1 Sample Street, Exampleton
    "#);

    let again = try_revise(&app, true).await.unwrap_err();
    insta::assert_snapshot!(again, @"there is a correction notice for `tea-vs-coffee` already, `tea-vs-coffee-correction`, and nobody gets two: leave out `--notify`");
    app.issue_file(SLUG, &corrected().replace("skip it", "skip it now"));
    let again = try_revise(&app, true).await.unwrap_err();
    insta::assert_snapshot!(again, @"there is a correction notice for `tea-vs-coffee` already, `tea-vs-coffee-correction`, and nobody gets two: leave out `--notify`");
    // Its link unsubscribes, and the report knows.
    let left = http::post(
        &app.unsubscribe_link(&email(1)),
        "List-Unsubscribe=One-Click",
    )
    .await;
    assert_eq!(left.status, 200);
    let report = edition::report(&app, &notice).await.unwrap();
    assert_eq!((report.readers, report.unsubscribed.count), (2, 1));
    assert_eq!(
        http::get(&format!("{}/issues/{}", app.site, notice.slug))
            .await
            .status,
        404
    );
    app.issue(&notice.slug);
    let checked = app.verdict(&["check"]);
    let printed = String::from_utf8_lossy(&checked.stdout);
    let named = "`tea-vs-coffee-correction` is the name of a correction notice";
    assert!(printed.contains(named), "{printed}");
}

/// A mail with the same text for each instance.
fn without_links(body: &str) -> String {
    let lines = body.lines().map(|line| match line.split_once("http") {
        Some((before, _)) => format!("{before}[link]"),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

async fn a_notice_may_follow_later(db: Db) {
    let app = app(db, Behaviour::new()).await;
    app.send(SLUG).await;
    assert_eq!(app.edition(SLUG).await.state, EditionState::Finished);
    app.issue_file(SLUG, &corrected());
    revise(&app, false).await;
    let told = revise(&app, true).await;
    assert_eq!(told.revision, 1);
    assert_eq!(
        told.notice,
        Some(("tea-vs-coffee-correction".to_owned(), READERS as u64))
    );
    app.send("tea-vs-coffee-correction").await;
    assert_eq!(app.catcher.len(), 2 * READERS);
    assert_eq!(app.edition(SLUG).await.state, EditionState::Finished);
}

async fn a_notice_follows_what_readers_do_meanwhile(db: Db) {
    let app = app(db, Behaviour::new()).await;
    app.send(SLUG).await;
    app.issue_file(SLUG, &corrected());
    revise(&app, true).await;
    let before = app.catcher.len();
    let reader = async |number| find_subscriber(&app.store, &email(number)).await.unwrap();

    let erased = reader(1).await.id;
    let by_editor = Cause::by(ConsentSource::Editor);
    readers::erase(&app, erased, by_editor).await.unwrap();
    let moved = "moved@example.net".parse().unwrap();
    let (id, tag) = (reader(2).await.id, app.tag_of(Address::key(&moved)));
    let mut tx = app.store.begin().await.unwrap();
    assert!(list::readdress(&mut tx, id, &moved, tag).await.unwrap());
    tx.commit().await.unwrap();
    let paused = reader(3).await;
    let pause = Choice {
        paused_until: Some(app.clock.now_millis() + 1_000_000),
        ..Choice::of(&paused)
    };
    readers::choose(&app, &paused, pause).await.unwrap();
    // 4 takes it back; 5 does not.
    let left = http::post(&app.unsubscribe_link(&email(4)), "").await;
    let undo = action(&app, &left.body, "/undo/");
    http::post(&undo, "").await;
    http::post(&app.unsubscribe_link(&email(5)), "").await;

    assert_eq!(
        app.send("tea-vs-coffee-correction").await,
        RunResult::Finished
    );
    let mails = app.catcher.mails();
    let mut got: Vec<_> = mails[before..].iter().flat_map(|mail| &mail.to).collect();
    got.sort();
    assert_eq!(got, [moved.as_given(), &email(4), &email(6)]);
}

//! What changes many deliveries does so some at a time: whatever comes between two parts, the end is the same.

use verdict::catcher::Behaviour;
use verdict::config::OnDoubt;
use verdict::delivery::RunResult;
use verdict::store::deliveries::{self, Group, Mark, Outcome, ROWS, State};
use verdict::store::{editions, senders};

use crate::child::{Running, binary, until};
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores};

on_both_stores!(
    a_killed_cancel_is_ended_by_serve,
    many_doubts_of_a_finished_edition_are_all_resent,
    many_deferred_deliveries_are_sent_again
);

const SLUG: &str = "tea-vs-coffee";
const MANY: usize = ROWS + 30;
/// The year 2100, by whichever clock.
const LATER: i64 = 4_102_444_800_000;

async fn a_killed_cancel_is_ended_by_serve(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(3).await;
    let edition = app.freeze(SLUG).await.edition;
    // As a `verdict cancel` that was killed after its first commit.
    let mut tx = app.store.begin().await.unwrap();
    let now = app.clock.now_millis();
    assert!(editions::cancel(&mut tx, edition.id, now).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(app.counts(SLUG).await.queued, 3);
    let mut serve = Running::start(
        binary()
            .arg("--dir")
            .arg(app.dir.path())
            .args(["serve", "--only", "send"]),
    );
    until("the rest is skipped", || async {
        app.counts(SLUG).await.skipped == 3
    })
    .await;
    assert_eq!(serve.end_by("TERM").await, Some(0));
    assert_eq!(app.catcher.len(), 0);
}

/// Freezes an issue and brings every delivery to this outcome, under a sender that then leaves.
pub(crate) async fn all_ended(app: &TestApp, slug: &str, state: State) -> editions::Edition {
    let edition = app.issue(slug).freeze(slug).await.edition;
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await.unwrap();
    let lease = std::time::Duration::from_secs(60);
    let owner = senders::register(&mut tx, lease).await.unwrap();
    tx.commit().await.unwrap();
    let claims = deliveries::claim_due(&app.store, owner, edition.id, now, i64::MAX).await;
    let claims = claims.unwrap();
    let outcomes = claims.iter().map(|claim| Outcome {
        edition: edition.id,
        subscriber: claim.subscriber,
        state,
        due_at: Some(LATER),
        reply: None,
        repeated: None,
    });
    for group in [
        Group {
            owner,
            edition: edition.id,
            marks: claims.iter().map(Mark::from).collect(),
            ..Group::default()
        },
        Group {
            owner,
            outcomes: outcomes.collect(),
            ..Group::default()
        },
    ] {
        deliveries::commit(&app.store, &group, now).await.unwrap();
    }
    let mut tx = app.store.begin().await.unwrap();
    senders::leave(&mut tx, owner).await.unwrap();
    editions::finish(&mut tx, edition.id, now).await.unwrap();
    tx.commit().await.unwrap();
    app.edition(slug).await
}

async fn many_doubts_of_a_finished_edition_are_all_resent(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.smtp.on_doubt = OnDoubt::Resend;
    })
    .await;
    app.readers(MANY).await;
    let edition = all_ended(&app, SLUG, State::Unknown).await;
    assert_eq!(edition.state, editions::EditionState::Finished);
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    assert_eq!(app.counts(SLUG).await.accepted, MANY as i64);
    assert_eq!(app.catcher.len(), MANY);
}

async fn many_deferred_deliveries_are_sent_again(db: Db) {
    let app = TestApp::on(db).await;
    app.readers(MANY).await;
    all_ended(&app, SLUG, State::Deferred).await;
    assert_eq!(app.counts(SLUG).await.deferred, MANY as i64);
    let resent = app.verdict(&["resend", "--deferred", SLUG]);
    assert!(resent.status.success(), "{resent:?}");
    assert_eq!(app.counts(SLUG).await.accepted, MANY as i64);
    assert_eq!(app.catcher.len(), MANY);
}

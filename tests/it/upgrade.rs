//! From the tables of the last release, filled, to those of this one: links mailed before keep working, nothing is
//! moved under a running process, and a process that meets a newer release ends.

mod reading;
mod votes;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use subscribers::consent::Consent;
use subscribers::token::{Purpose, Token, sign};
use tempfile::TempDir;
use verdict::app::App;
use verdict::catcher::{Behaviour, Step};
use verdict::clock::Clock;
use verdict::delivery::RunResult;
use verdict::purge::purge;
use verdict::store::deliveries::{self, Counts};
use verdict::store::subscribers::Frequency;
use verdict::store::{Store, StoreError};

use crate::child::{Running, binary, until};
use crate::database::{Db, Schema, by_hand, number_by_hand};
use crate::http;
use crate::store_check::store_check;
use crate::test_app::{TestApp, find_subscriber, on_both_stores};

on_both_stores!(
    links_that_were_mailed_before_work_after_it,
    a_domain_that_asks_to_slow_down_is_remembered_after_it,
    earlier_requests_and_messages_go_out_after_it,
    a_sign_up_from_before_is_forgotten_when_its_link_ends,
    nothing_is_moved_under_a_process_that_is_running,
    deliveries_are_counted_after_it,
    a_process_that_meets_a_newer_release_ends_with_the_reason,
    a_running_node_is_reported
);

/// The tables of the last release, made by its own migrations.
const LAST_RELEASE: usize = 5;

/// Notices of a running instance of the last release: kind, subscriber, address, `before`, how many hours its link
/// was valid, and whether it was still to be sent.
const NOTICES: [(i64, &str, i64, &str, &str, i64, bool); 8] = [
    (1, "confirm", 2, "", "", 48, false),
    (2, "settings", 1, "", "", 24, false),
    (3, "address", 1, "ada@example.net", "", 24, false),
    (4, "erase", 3, "", "", 24, false),
    (5, "undo", 4, "", "confirmed", 1, false),
    (6, "undo", 5, "", "every:0", 1, false),
    (7, "join", 0, "new@example.com", "", 48, true),
    (8, "settings", 5, "", "", 24, true),
];

const READERS: [(i64, &str, &str); 5] = [
    (1, "ada@example.com", "confirmed"),
    (2, "ben@example.com", "pending"),
    (3, "cat@example.com", "confirmed"),
    (4, "dan@example.com", "unsubscribed"),
    (5, "eve@example.com", "confirmed"),
];

/// A database of the last release.
struct Before {
    url: String,
    file: PathBuf,
    schema: Option<Schema>,
    dir: TempDir,
}

impl Before {
    fn make(db: Db) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (url, schema) = db.url(dir.path());
        let file = dir.path().join("verdict.db");
        let before = Self {
            url,
            file,
            schema,
            dir,
        };
        if db == Db::Sqlite {
            before.run("PRAGMA journal_mode = WAL");
        }
        before.migrate(db);
        before.fill();
        before
    }

    fn run(&self, statements: &str) {
        by_hand(self.schema.as_ref(), &self.file, statements);
    }

    fn number(&self, question: &str) -> i64 {
        number_by_hand(self.schema.as_ref(), &self.file, question)
    }

    async fn open(&self) -> Result<Store, StoreError> {
        Store::open(&self.url, self.dir.path()).await
    }

    /// Runs the released migrations, and records them as sqlx does.
    fn migrate(&self, db: Db) {
        let (bytes, time) = match db {
            Db::Sqlite => ("BLOB", "TIMESTAMP"),
            Db::Postgres => ("BYTEA", "TIMESTAMPTZ"),
        };
        self.run(&format!(
            "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL, \
                installed_on {time} NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL, \
                checksum {bytes} NOT NULL, execution_time BIGINT NOT NULL)"
        ));
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations");
        let files = std::fs::read_dir(folder).unwrap();
        let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        for (version, file) in files.iter().enumerate().take(LAST_RELEASE) {
            let sql = std::fs::read_to_string(file).unwrap();
            let (sql, begin) = match db {
                Db::Sqlite => (
                    sql.replace(") /*WITHOUT ROWID*/;", ") WITHOUT ROWID;"),
                    "x'",
                ),
                Db::Postgres => (sql, "'\\x"),
            };
            let checksum = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA384, sql.as_bytes());
            let checksum = data_encoding::HEXLOWER.encode(checksum.as_ref());
            let name = file.file_stem().unwrap().to_str().unwrap()[5..].replace('_', " ");
            self.run(&sql);
            self.run(&format!(
                "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES ({}, '{name}', true, {begin}{checksum}', 0)",
                version + 1
            ));
        }
    }

    fn fill(&self) {
        let now = now();
        let mut sql = String::new();
        for (id, address, consent) in READERS {
            let _ = write!(
                sql,
                "INSERT INTO subscribers (id, address, address_key, consent, created_at, changed_at) \
                 VALUES ({id}, '{address}', '{address}', '{consent}', {now}, {now}); \
                 INSERT INTO consent_changes (id, subscriber, at, consent, way) \
                 VALUES ({id}, {id}, {now}, '{consent}', 'form'); "
            );
        }
        for (id, kind, subscriber, address, before, hours, waits) in NOTICES {
            let text = |text: &str| match text {
                "" => "NULL".to_owned(),
                text => format!("'{text}'"),
            };
            let number = |number: i64| match number {
                0 => "NULL".to_owned(),
                number => number.to_string(),
            };
            let (address, before, subscriber) = (text(address), text(before), number(subscriber));
            let due = number(if waits { now } else { 0 });
            let expires = now + hours * 3_600_000;
            let _ = write!(
                sql,
                "INSERT INTO notices (id, kind, subscriber, address, before, created_at, expires_at, due_at, \
                    attempts) \
                 VALUES ({id}, '{kind}', {subscriber}, {address}, {before}, {now}, {expires}, {due}, 0); "
            );
        }
        sql += "UPDATE subscribers SET frequency = 'digest' WHERE id = 5; \
            INSERT INTO editions (id, slug, digest, subject, mail, comparison, state, created_at) \
            VALUES (1, 'tea', '0f', 'Tea', 'Subject: Tea', '{}', 'finished', 1); \
            INSERT INTO deliveries (edition, subscriber, state, due_at, attempts) \
            VALUES (1, 1, 'accepted', 1, 1); ";
        for (name, value) in [
            ("subscriber", 5),
            ("consent_change", 5),
            ("notice", 8),
            ("edition", 1),
        ] {
            let _ = write!(
                sql,
                "UPDATE counters SET value = {value} WHERE name = '{name}'; "
            );
        }
        self.run(&sql);
    }
}

fn now() -> i64 {
    "2026-11-23T08:00:00Z"
        .parse::<chrono::DateTime<chrono::Utc>>()
        .unwrap()
        .timestamp_millis()
}

async fn links_that_were_mailed_before_work_after_it(db: Db) {
    let before = Before::make(db);
    let app = TestApp::at(&before.url, Behaviour::new()).await;
    let link = |path: &str, purpose, subscriber, notice| {
        let token = sign(&app.key, Token::new(purpose, subscriber, notice));
        format!("{}/{path}/{token}", app.site)
    };
    app.clock.advance(TimeDelta::minutes(59));
    for undo in [
        link("undo", Purpose::Undo, 4, 5),
        link("undo", Purpose::Undo, 5, 6),
    ] {
        assert_eq!(http::post(&undo, "").await.status, 200);
    }
    assert_eq!(app.consent("dan@example.com").await, Consent::Confirmed);
    let eve = find_subscriber(&app.store, "eve@example.com")
        .await
        .unwrap();
    assert_eq!(eve.frequency, Frequency::Every);

    app.clock.advance(TimeDelta::hours(22));
    assert_eq!(
        http::get(&link("reader", Purpose::Preferences, 1, 2))
            .await
            .status,
        200
    );
    assert_eq!(
        http::post(&link("address", Purpose::Address, 1, 3), "")
            .await
            .status,
        200
    );
    assert_eq!(app.consent("ada@example.net").await, Consent::Confirmed);
    assert_eq!(
        http::post(&link("erase", Purpose::Erase, 3, 4), "")
            .await
            .status,
        200
    );
    app.clock.advance(TimeDelta::hours(24));
    assert_eq!(
        http::post(&link("confirm", Purpose::Confirm, 2, 1), "")
            .await
            .status,
        200
    );
    assert_eq!(app.consent("ben@example.com").await, Consent::Confirmed);
    app.clock.advance(TimeDelta::hours(2));
    assert_eq!(
        http::post(&link("confirm", Purpose::Confirm, 2, 1), "")
            .await
            .status,
        404
    );
    let history = deliveries::history(&app.store, 1).await.unwrap();
    assert_eq!(history.len(), 1, "the ledger is as it was");
}

async fn a_domain_that_asks_to_slow_down_is_remembered_after_it(db: Db) {
    let before = Before::make(db);
    let slow = Behaviour::new()
        .at(Step::Rcpt)
        .reply(421, "4.7.0 Too many mails");
    let app = TestApp::at(&before.url, slow).await;
    assert_eq!(before.number("SELECT COUNT(*) FROM domain_throttles"), 0);
    app.issue("pen-vs-pencil");
    assert!(matches!(
        app.send("pen-vs-pencil").await,
        RunResult::Waiting(_)
    ));
    assert_eq!(
        before.number("SELECT COUNT(*) FROM domain_throttles WHERE level = 1"),
        1
    );
}

async fn earlier_requests_and_messages_go_out_after_it(db: Db) {
    let before = Before::make(db);
    let app = TestApp::at(&before.url, Behaviour::new()).await;
    app.deliver_outbox().await;
    let reached = |email| app.catcher.for_recipient(email).len();
    assert_eq!(
        (
            reached("new@example.com"),
            reached("eve@example.com"),
            app.catcher.len()
        ),
        (1, 1, 2)
    );
    let confirm = app.link("new@example.com", "/confirm/");
    assert_eq!(http::post(&confirm, "").await.status, 200);
    assert_eq!(
        http::get(&app.link("eve@example.com", "/reader/"))
            .await
            .status,
        200
    );
}

async fn a_sign_up_from_before_is_forgotten_when_its_link_ends(db: Db) {
    let before = Before::make(db);
    let app = TestApp::at(&before.url, Behaviour::new()).await;
    let a_moment = TimeDelta::milliseconds(1);
    for (later, remain) in [(TimeDelta::hours(48) - a_moment, 5), (a_moment, 4)] {
        app.clock.advance(later);
        purge(&app).await.unwrap();
        assert_eq!(before.number("SELECT COUNT(*) FROM subscribers"), remain);
    }
    let ben = find_subscriber(&app.store, "ben@example.com").await;
    assert!(ben.is_none(), "only he had not confirmed: {ben:?}");
}

async fn nothing_is_moved_under_a_process_that_is_running(db: Db) {
    let before = Before::make(db);
    let lease = Clock::system().now_millis() + 60_000;
    before.run(&format!(
        "INSERT INTO senders (id, lease_until) VALUES (7, {lease})"
    ));
    if db == Db::Sqlite {
        let other = rusqlite::Connection::open(&before.file).unwrap();
        other
            .query_row("SELECT COUNT(*) FROM notices", [], |_| Ok(()))
            .unwrap();
        let error = before.open().await.err().unwrap();
        assert!(
            error
                .to_string()
                .contains("another process has its file open"),
            "{error}"
        );
        drop(other);
    }
    let error = before.open().await.err().unwrap();
    assert!(matches!(error, StoreError::InUse { .. }), "{error:?}");
    assert!(error.to_string().contains("sender 7 is sending"), "{error}");
    assert_eq!(
        before.number("SELECT COUNT(*) FROM notices"),
        8,
        "nothing was changed"
    );
    before.run("UPDATE senders SET lease_until = 0");
    // The refused attempt may still be closing the file.
    until("the store opens", || async { before.open().await.is_ok() }).await;
}

async fn deliveries_are_counted_after_it(db: Db) {
    let before = Before::make(db);
    before.run(
        "INSERT INTO editions (id, slug, digest, subject, mail, comparison, state, created_at) \
         VALUES (2, 'ink', '0f', 'Ink', 'Subject: Ink', '{}', 'sending', 1); \
         INSERT INTO deliveries (edition, subscriber, state, due_at, attempts, owner) VALUES \
            (2, 1, 'accepted', 1, 1, NULL), (2, 2, 'accepted', 1, 1, NULL), (2, 3, 'refused', 1, 1, NULL), \
            (2, 4, 'deferred', 1, 1, NULL), (2, 5, 'skipped', 1, 1, NULL), (2, 6, 'unknown', 1, 1, NULL), \
            (2, 7, 'unknown', 1, 1, 3), (2, 8, 'in_flight', 1, 1, 3), (2, 9, 'claimed', 1, 0, 3), \
            (2, 10, 'queued', 1, 0, NULL), (2, 11, 'queued', 1, 0, NULL)",
    );
    let store = before.open().await.unwrap();
    let counts = deliveries::counts(&store, 2).await.unwrap();
    let expected = Counts {
        queued: 2,
        claimed: 1,
        in_flight: 1,
        accepted: 2,
        deferred: 1,
        refused: 1,
        unknown: 2,
        skipped: 1,
    };
    assert_eq!(counts, expected);
    assert_eq!(deliveries::counts(&store, 1).await.unwrap().total(), 1);
    assert_eq!(store_check(before.schema.as_ref(), &before.file), Ok(()));
    // A process of the earlier release that outlived its lease; on SQLite it would keep the file open.
    if let Some(schema) = &before.schema {
        for statement in [
            "UPDATE deliveries SET state = 'accepted', owner = NULL WHERE edition = 2 AND subscriber = 8",
            "INSERT INTO deliveries (edition, subscriber, state, due_at, attempts) VALUES (1, 2, 'queued', 1, 0)",
        ] {
            let refusal = schema.refusal(statement);
            assert!(
                refusal.contains("this release of verdict does not count"),
                "{refusal}"
            );
        }
        assert_eq!(deliveries::counts(&store, 2).await.unwrap(), expected);
    }
}

async fn a_process_that_meets_a_newer_release_ends_with_the_reason(db: Db) {
    let app = TestApp::on(db).await;
    let mut serve = Running::start(binary().arg("--dir").arg(app.dir.path()).arg("serve"));
    serve.line("serving").await;
    let checksum = match db {
        Db::Postgres => "''",
        Db::Sqlite => "x''",
    };
    let newer = format!(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (999, 'newer', true, {checksum}, 0)"
    );
    app.by_hand(&newer);
    let (status, printed) = serve.ended().await;
    assert_eq!(status.code(), Some(2), "{printed}");
    assert!(
        printed.contains("a newer release of verdict has changed the store's tables"),
        "{printed}"
    );
    let config = (*app.config).clone();
    let again = App::with_config(app.dir.path(), config, Clock::system()).await;
    let error = again.err().unwrap().to_string();
    assert!(error.contains("a newer release of verdict"), "{error}");
}

async fn a_running_node_is_reported(db: Db) {
    let app = TestApp::on(db).await;
    let mut serve = Running::start(
        binary()
            .arg("--dir")
            .arg(app.dir.path())
            .args(["serve", "--only", "send"]),
    );
    crate::child::until("it is registered", || async {
        let nodes = verdict::store::nodes::live(&app.store).await.unwrap();
        nodes
            .iter()
            .any(|node| node.parts == "send" && node.what.starts_with("`verdict serve`"))
    })
    .await;
    assert_eq!(serve.end_by("TERM").await, Some(0));
    assert_eq!(verdict::store::nodes::live(&app.store).await.unwrap(), []);
}

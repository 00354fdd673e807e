//! Opening a store, migrations, and the effects of a transaction.

use std::net::TcpListener;
use std::path::Path;

use ::subscribers::consent::Consent;
use rusqlite::{Connection, Row};
use verdict::store::editions::{self, EditionKind, NewEdition};
use verdict::store::{Store, StoreError, subscribers};

use super::TestStore;
use crate::child::until;
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    opening_again_keeps_what_is_there,
    another_process_sees_committed_rows,
    a_transaction_that_is_dropped_leaves_nothing,
    an_open_store_is_ready_and_a_closed_one_is_not,
    only_sqlite_has_a_file,
    several_processes_may_open_a_new_store_at_once,
);

async fn opening_again_keeps_what_is_there(db: Db) {
    let t = TestStore::on(db).await;
    t.readers(2, Consent::Pending).await;
    t.store.close().await;
    for _ in 0..2 {
        let store = t.another().await;
        let count = subscribers::count(&store).await.unwrap();
        assert_eq!(count[&Consent::Pending], 2);
    }
}

async fn another_process_sees_committed_rows(db: Db) {
    let t = TestStore::on(db).await;
    let elsewhere = t.another().await;
    let readers = t.readers(1, Consent::Confirmed).await;
    let seen = subscribers::get(&elsewhere, readers[0]).await.unwrap();
    assert_eq!(seen.unwrap().consent, Consent::Confirmed);
}

async fn a_transaction_that_is_dropped_leaves_nothing(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(1, Consent::Confirmed).await;
    let mut tx = t.store.begin().await.unwrap();
    subscribers::describe(&mut tx, readers[0], Some("Ada"), None)
        .await
        .unwrap();
    drop(tx);
    let kept = subscribers::get(&t.store, readers[0]).await.unwrap();
    assert_eq!(kept.unwrap().name, None);
    // The next one gets the lock and does not see the first one's work.
    t.write(async |tx| subscribers::describe(tx, readers[0], None, Some("UTC")).await)
        .await;
    let kept = subscribers::get(&t.store, readers[0]).await.unwrap();
    assert_eq!(kept.unwrap().name, None);
}

async fn an_open_store_is_ready_and_a_closed_one_is_not(db: Db) {
    let t = TestStore::on(db).await;
    assert!(t.store.is_ready().await);
    t.store.close().await;
    assert!(!t.store.is_ready().await);
}

async fn only_sqlite_has_a_file(db: Db) {
    let t = TestStore::on(db).await;
    match t.db {
        Db::Sqlite => assert_eq!(t.store.file(), Some(&*t.dir.path().join("verdict.db"))),
        Db::Postgres => assert_eq!(t.store.file(), None),
    }
}

/// Several processes may open a store without tables at the same time.
async fn several_processes_may_open_a_new_store_at_once(db: Db) {
    let dir = tempfile::tempdir().unwrap();
    let (url, _schema) = db.url(dir.path());
    let opening: Vec<_> = (0..4)
        .map(|_| {
            let (url, dir) = (url.clone(), dir.path().to_owned());
            tokio::spawn(async move { Store::open(&url, &dir).await.map(drop) })
        })
        .collect();
    for opened in opening {
        opened.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_relative_sqlite_path_starts_at_the_folder_and_is_created() {
    let dir = tempfile::tempdir().unwrap();
    let store = open("sqlite:lists/of/verdict.db", dir.path())
        .await
        .unwrap();
    let file = dir.path().join("lists/of/verdict.db");
    assert_eq!(store.file(), Some(&*file));
    assert!(file.is_file());
}

#[tokio::test]
async fn a_folder_may_have_any_name() {
    let dir = tempfile::tempdir().unwrap();
    for name in [
        "a b", "what?", "no#1", "100%", "%41", "Ωmega", "a+b&c=d", "'",
    ] {
        let folder = dir.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        open("sqlite:verdict.db", &folder).await.unwrap();
        assert!(folder.join("verdict.db").is_file(), "{name}");
    }
}

#[tokio::test]
async fn sqlite_keeps_a_write_ahead_log() {
    let t = TestStore::on(Db::Sqlite).await;
    t.readers(1, Consent::Pending).await;
    let header = std::fs::read(t.dir.path().join("verdict.db")).unwrap();
    // The file format's versions for writing and reading: 2 is WAL.
    assert_eq!(header[18..20], [2, 2]);
}

#[tokio::test]
async fn a_sqlite_file_that_cannot_be_made_is_named() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("file"), "").unwrap();
    std::fs::create_dir(dir.path().join("folder")).unwrap();
    for path in ["file/verdict.db", "folder"] {
        let (place, cause) = unreachable(&format!("sqlite:{path}"), dir.path()).await;
        assert_eq!(place, dir.path().join(path).display().to_string());
        assert!(!cause.contains("timed out"), "{cause}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone_and_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("verdict.db");
    let text = "This is a letter, not a database. ".repeat(100);
    std::fs::write(&file, &text).unwrap();
    let (place, cause) = unreachable("sqlite:verdict.db", dir.path()).await;
    assert_eq!(place, file.display().to_string());
    assert!(cause.contains("not a database"), "{cause}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[tokio::test]
async fn a_postgres_server_that_is_not_there_is_named_without_its_password() {
    let port = closed_port();
    for url in [
        format!("postgres://verdict:hunter2@127.0.0.1:{port}/list?sslmode=disable"),
        format!("postgres://verdict@127.0.0.1:{port}/list?sslmode=disable&password=hunter2"),
        format!("postgresql://127.0.0.1:{port}/list?password=hunt%65r2&user=verdict"),
    ] {
        let (place, cause) = unreachable(&url, Path::new(".")).await;
        assert!(place.contains(&format!("127.0.0.1:{port}/list")), "{place}");
        assert!(!place.contains("hunt"), "{place}");
        assert!(cause.contains("refused"), "{cause}");
        assert!(!cause.contains("hunt"), "{cause}");
    }
}

#[tokio::test]
async fn another_kind_of_store_is_refused_without_showing_its_password() {
    for url in [
        "mysql://verdict:hunter2@example.com/list",
        "redis://example.com/?password=hunter2",
        "verdict.db",
        "",
    ] {
        let error = open(url, Path::new(".")).await.err().unwrap();
        assert!(matches!(error, StoreError::Url(_)), "{error:?}");
        assert!(error.to_string().contains("is not a store"), "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}

async fn open(url: &str, dir: &Path) -> Result<Store, StoreError> {
    Store::open(url, dir).await
}

/// The place and the cause in the error of opening this store.
async fn unreachable(url: &str, dir: &Path) -> (String, String) {
    match open(url, dir).await {
        Err(StoreError::Unreachable { place, cause }) => (place, cause.to_string()),
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("{url} opens"),
    }
}

/// A port that nothing listens on.
fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_takes_the_log_of_a_sqlite_file_over() {
    let t = TestStore::on(Db::Sqlite).await;
    let (edition, _) = t.enrolled("tea-vs-coffee", 3).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    t.store.close().await;
    let file = t.store.file().unwrap();
    let log = file.with_extension("db-wal");
    assert!(!log.exists(), "{} is left", log.display());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_of_a_sqlite_file_is_copied_beside_the_writers() {
    let t = TestStore::on(Db::Sqlite).await;
    let megabyte = "x".repeat(1 << 20);
    // A commit would copy the log at 64 MiB.
    for number in 0..40 {
        let new = NewEdition {
            kind: EditionKind::Issue,
            slug: &format!("issue-{number}"),
            sha256: "0f",
            subject: "A subject",
            mail: &megabyte,
            comparison: "{}",
            slot_at: None,
            content_hash: None,
        };
        let mut tx = t.store.begin().await.unwrap();
        editions::insert(&mut tx, new, number).await.unwrap();
        tx.commit().await.unwrap();
    }
    let file = t.store.file().unwrap();
    until("16 MiB at most are left to copy", || async {
        let file = Connection::open(file).unwrap();
        let pages = |column| move |row: &Row<'_>| row.get::<_, i64>(column);
        let sql = "PRAGMA wal_checkpoint(NOOP)";
        let log = file.query_row(sql, [], pages(1)).unwrap();
        let copied = file.query_row(sql, [], pages(2)).unwrap();
        log - copied <= 4096
    })
    .await;
}

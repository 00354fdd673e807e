//! Years of editions on SQLite, each compacted when it is old enough: the size of the file, the longest transaction,
//! and how long `verdict why` looks for one reader. `cargo bench --bench compact [-- EDITIONS READERS [YOUNG]]`;
//! ten years of weekly editions to 100,000 readers are `520 100000`, which take some 20 minutes and a gigabyte of disk.
//!
//! Deliveries are written straight into the tables, as a send would leave them.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench may stop and look at the time"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use tokio::runtime::Runtime;
use verdict::store::deliveries::{self, PartSize, State};
use verdict::store::{Store, StoreError};

const EDITIONS: i64 = 20;
const READERS: i64 = 10_000;
/// How many editions are too young to be compacted, if not given: half a year of weekly ones, but at most half of all.
const YOUNG: i64 = 26;

const WEEK: i64 = 7 * 24 * 3_600_000;
const BEGIN: i64 = 1_763_974_800_000;

/// A reader's address, and how they joined.
const FILL_LIST: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) \
     INSERT INTO subscribers (id, address, address_key, name, time_zone, consent, created_at, changed_at, address_tag) \
     SELECT i, printf('reader-%x@example.com', i * 2654435761 % 4294967296), \
        printf('reader-%x@example.com', i * 2654435761 % 4294967296), 'Some Reader', 'Europe/Berlin', \
        'confirmed', ?2, ?2, i * 7919 FROM n";
const FILL_HISTORY: &str = "INSERT INTO consent_changes (id, subscriber, at, consent, source) \
     SELECT id * 2 - 1, id, created_at, 'pending', 'form' FROM subscribers \
     UNION ALL SELECT id * 2, id, created_at + 60000, 'confirmed', 'page' FROM subscribers";

const FREEZE: &str = "INSERT INTO editions (id, slug, sha256, subject, mail, comparison, state, created_at, finished_at, kind) \
     VALUES (?1, 'issue-' || ?1, '0f', 'Which of the two?', hex(randomblob(10000)), hex(randomblob(7500)), \
        'finished', ?2, ?2 + 600000, 'issue')";

/// One reader in fifty is not enrolled, one in a hundred gets it at the second attempt, a few are refused or have left.
/// A thousand mails a second go over eight connections, which do not answer in the order of the list.
const SEND: &str = "INSERT INTO deliveries (edition, subscriber, state, due_at, attempts, at, reply) \
     SELECT ?1, id, \
        CASE WHEN (id + ?1) % 500 = 1 THEN 'refused' WHEN (id + ?1) % 1000 = 2 THEN 'skipped' ELSE 'accepted' END, \
        ?2, CASE WHEN (id + ?1) % 100 = 3 THEN 2 ELSE 1 END, \
        ?2 + id + id * 7919 % 40 + CASE WHEN (id + ?1) % 100 = 3 THEN 320000 + id % 90000 ELSE 0 END, \
        CASE WHEN (id + ?1) % 500 = 1 THEN '552 5.2.2 Mailbox full' WHEN (id + ?1) % 1000 = 2 THEN 'unsubscribed' \
             ELSE printf('250 2.0.0 Ok: queued as %012X', id * 2654435761 + ?1) END \
     FROM subscribers WHERE (id + ?1) % 50 <> 0 ORDER BY id";

const COUNT: &str = "INSERT INTO delivery_counts (edition, counted, writer, count) \
     SELECT edition, 'enrolled', 0, COUNT(*) FROM deliveries WHERE edition = ?1 GROUP BY edition \
     UNION ALL SELECT edition, state, 0, COUNT(*) FROM deliveries WHERE edition = ?1 GROUP BY edition, state";

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|arg| arg.parse().ok());
    let editions = numbers.next().unwrap_or(EDITIONS);
    let readers = numbers.next().unwrap_or(READERS);
    let young = numbers.next().unwrap_or(YOUNG.min(editions / 2));
    let dir = tempfile::tempdir().unwrap();
    Runtime::new()
        .unwrap()
        .block_on(measure(dir.path(), editions, readers, young))
        .unwrap();
}

/// What compacting one edition after another took.
#[derive(Default)]
struct Spent {
    /// Each transaction from the lock to the end of the commit, and what the commit took, which waits for the disk.
    parts: Vec<Duration>,
    commits: Vec<Duration>,
    deliveries: i64,
    bytes: i64,
}

async fn measure(dir: &Path, editions: i64, readers: i64, young: i64) -> Result<(), StoreError> {
    let file = dir.join("list.db");
    let store = Store::open("sqlite:list.db", dir).await?;
    let direct = Connection::open(&file).unwrap();
    direct
        .execute_batch("PRAGMA synchronous = FULL; PRAGMA cache_size = -65536")
        .unwrap();
    direct.execute(FILL_LIST, params![readers, BEGIN]).unwrap();
    direct.execute(FILL_HISTORY, []).unwrap();
    let list = size(&direct);
    println!("{editions} editions to {readers} readers, the last {young} as rows, SQLite");
    let (start, mut spent) = (Instant::now(), Spent::default());
    for edition in 1..=editions {
        let at = BEGIN + edition * WEEK;
        direct.execute(FREEZE, params![edition, at]).unwrap();
        direct.execute(SEND, params![edition, at]).unwrap();
        direct.execute(COUNT, [edition]).unwrap();
        // Otherwise the next part would write all of that to the disk.
        direct
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .unwrap();
        if edition > young {
            compact(&store, edition - young, at, &mut spent).await?;
        }
        if edition % 20 == 0 {
            eprintln!(
                "{edition} editions in {:.0?}: {}",
                start.elapsed(),
                megabytes(size(&direct))
            );
        }
    }
    show(&direct, list, &mut spent);
    look_up(&store, editions, readers).await?;
    store.close().await;
    drop(direct);
    let on_disk = std::fs::metadata(&file).unwrap().len();
    line("file, closed", &megabytes(on_disk as i64));
    Ok(())
}

async fn compact(
    store: &Store,
    edition: i64,
    now: i64,
    spent: &mut Spent,
) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    assert!(deliveries::begin_compaction(&mut tx, edition, now).await?);
    tx.commit().await?;
    let mut size = PartSize::default();
    loop {
        let mut tx = store.begin().await?;
        let start = Instant::now();
        let part = deliveries::compact_part(&mut tx, edition, &mut size).await?;
        let worked = start.elapsed();
        tx.commit().await?;
        spent.parts.push(start.elapsed());
        spent.commits.push(start.elapsed() - worked);
        if part.is_last {
            break;
        }
    }
    let found = deliveries::compacted(store, edition).await?;
    spent.deliveries += found.deliveries;
    spent.bytes += found.bytes;
    Ok(())
}

fn show(direct: &Connection, list: i64, spent: &mut Spent) {
    let deliveries = spent.deliveries as f64;
    let busy: Duration = spent.parts.iter().sum();
    line("list alone", &megabytes(list));
    line("in blocks", &format!("{} deliveries", spent.deliveries));
    line(
        "  content",
        &format!("{:.2} bytes each", spent.bytes as f64 / deliveries),
    );
    let pages = "SELECT SUM(pgsize) FROM dbstat WHERE name IN \
        ('delivery_blocks', 'sqlite_autoindex_delivery_blocks_1')";
    if let Ok(bytes) = direct.query_row(pages, [], |row| row.get::<_, i64>(0)) {
        line(
            "  pages",
            &format!("{:.2} bytes each", bytes as f64 / deliveries),
        );
    }
    line(
        "transactions",
        &format!("{} in {busy:.1?}", spent.parts.len()),
    );
    for (what, times) in [
        ("  each", &mut spent.parts),
        ("  its commit", &mut spent.commits),
    ] {
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        let [p50, p99, longest] = [0.5, 0.99, 1.0].map(at);
        line(
            what,
            &format!("p50 {p50:.2?}, p99 {p99:.2?}, longest {longest:.2?}"),
        );
    }
    line("database", &megabytes(size(direct)));
    let unused: i64 = direct
        .query_row("PRAGMA freelist_count", [], |row| row.get(0))
        .unwrap();
    line("  of that unused", &megabytes(unused * page_size(direct)));
}

/// What `verdict why` and a reader's export read.
async fn look_up(store: &Store, editions: i64, readers: i64) -> Result<(), StoreError> {
    let mut times = Vec::new();
    for number in 1..=50 {
        let reader = readers * number / 51 + 1;
        let start = Instant::now();
        let history = deliveries::history(store, reader).await?;
        times.push(start.elapsed());
        assert!(history.len() as i64 >= editions * 9 / 10);
        assert!(history.iter().any(|entry| entry.state == State::Accepted));
    }
    let first = times[0];
    times.sort();
    line(
        "history of a reader",
        &format!("{:.1?}, the first {first:.1?}", times[times.len() / 2]),
    );
    Ok(())
}

fn page_size(direct: &Connection) -> i64 {
    direct
        .query_row("PRAGMA page_size", [], |row| row.get(0))
        .unwrap()
}

/// The database's size in bytes, without its log.
fn size(direct: &Connection) -> i64 {
    let pages: i64 = direct
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    pages * page_size(direct)
}

fn line(what: &str, figure: &str) {
    println!("  {what:<20} {figure}");
}

fn megabytes(bytes: i64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

//! No statement walks an edition: a large one has millions of deliveries. Nor do readers' requests and background tasks
//! walk the list. The test runs every statement on deliveries on a filled ledger, on both engines, and checks their
//! plans.
//!
//! You cannot forget a statement: the test also reads the source, and fails if it finds SQL that it
//! did not run. Then add a call to [`use_every_statement`].

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};

use ::subscribers::consent::ConsentSource;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};

use super::deliveries::{self, Again, Chunk, Group, Mark, Outcome, PartSize, State};
use super::dialect::{Dialect, Pair};
use super::editions::EditionKind;
use super::explain::{Plan, is_about_deliveries, one_line, plans_of};
use super::subscribers::{self, Leaver};
use super::{Store, editions, imports, limits, outbox, requests, senders, slots, undos};

/// Tables that grow with the list, beside deliveries.
const LARGE: [&str; 5] = [
    "subscribers",
    "consent_changes",
    "outbox",
    "undos",
    "limits",
];

/// Why a plan walks an edition, or all of them, or another large table.
fn walks(plan: &Plan) -> Option<&str> {
    let steps = || plan.steps.iter().map(|step| step.trim());
    match plan.dialect {
        Dialect::Sqlite => steps().find(|step| {
            let on_deliveries = [
                "SCAN deliveries",
                "SEARCH deliveries",
                "SCAN d ",
                "SEARCH d ",
            ];
            let on_blocks = ["SCAN delivery_blocks", "SCAN b"];
            on_deliveries.iter().any(|on| step.starts_with(on))
                && !uses_partial_index(step)
                && !step.contains("subscriber=?")
                && !is_within(step, plan)
                || on_blocks.iter().any(|on| step.starts_with(on))
                || LARGE
                    .iter()
                    .any(|table| step.starts_with(&format!("SCAN {table}")))
        }),
        Dialect::Postgres => steps().enumerate().find_map(|(at, step)| {
            let is_scanned = |table| step.contains(&format!("Seq Scan on {table}"));
            // A report may read the list as a whole to join it: that locks nothing.
            let is_report = plan.sql.starts_with("SELECT") && !plan.sql.contains("FOR UPDATE");
            let walks = ["deliveries", "delivery_blocks"]
                .into_iter()
                .any(is_scanned)
                || !is_report && LARGE.into_iter().any(is_scanned)
                || reads_the_queue(at, plan)
                || step.contains("deliveries_pkey")
                    && !steps().nth(at + 1).is_some_and(|condition| {
                        condition.starts_with("Index Cond:")
                            && condition.contains("(edition = ")
                            && (condition.contains("(subscriber = ") || is_within(condition, plan))
                    });
            walks.then_some(step)
        }),
    }
}

/// True if a step reads all queued deliveries of an edition, and not only the first.
fn reads_the_queue(at: usize, plan: &Plan) -> bool {
    let step = |at: usize| plan.steps.get(at).map_or("", |step| step.trim());
    let has_limit = plan.sql.contains("LIMIT $") || at > 0 && step(at - 1).contains("Limit");
    step(at).contains("Index Scan using deliveries_open")
        && step(at + 1).starts_with("Index Cond: (edition = ")
        && !has_limit
}

/// True if a step reads a range of an edition that ends after some subscribers, or at one.
fn is_within(step: &str, plan: &Plan) -> bool {
    let has = |bound: &str| {
        let (sqlite, postgres) = (
            format!("subscriber{bound}?"),
            format!("(subscriber {bound}"),
        );
        step.contains(&sqlite) || step.contains(&postgres)
    };
    has(">") && (has("<") || plan.sql.contains("LIMIT $"))
}

fn uses_partial_index(step: &str) -> bool {
    ["queued", "deferred", "owned", "refused"]
        .iter()
        .any(|which| step.contains(&format!("INDEX deliveries_{which}")))
}

const READERS: i64 = 30_000;
const NOW: i64 = 1_763_974_800_000;
/// The editions of the test: one that was sent, and one that is being sent.
const SENT: i64 = 1;
const SENDING: i64 = 2;
/// A sender, and one that is gone.
const SENDER: i64 = 1;
const GONE: i64 = 2;

/// Two editions to all readers. Of the second, most are accepted, a third is queued, one in a
/// hundred is deferred, a few are refused, claimed, in flight or in doubt.
async fn fill(store: &Store) {
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)";
    let pair = |sqlite: String| -> &'static str { Box::leak(sqlite.into_boxed_str()) };
    let readers = format!(
        "INSERT INTO subscribers (id, address, address_key, consent, created_at, changed_at, address_tag) \
         {numbers} SELECT i, 'reader-' || i || '@example.com', 'reader-' || i || '@example.com', \
            CASE WHEN i % 50 = 0 THEN 'unsubscribed' ELSE 'confirmed' END, $2, $2, 0 FROM n"
    );
    store.run(pair(readers), &[&READERS, &NOW]).await.unwrap();
    for (id, slug, state) in [(SENT, "sent", "finished"), (SENDING, "sending", "sending")] {
        let sql = "INSERT INTO editions (id, slug, sha256, subject, mail, comparison, state, created_at, kind) \
            VALUES ($1, $2, '0f', 'Tea', 'Subject: Tea', '{}', $3, $4, 'issue')";
        store.run(sql, &[&id, &slug, &state, &NOW]).await.unwrap();
    }
    let sent = format!(
        "INSERT INTO deliveries (edition, subscriber, state, due_at, attempts, at) \
         {numbers} SELECT $2, i, CASE WHEN i % 1000 = 0 THEN 'refused' ELSE 'accepted' END, $3, 1, $3 FROM n"
    );
    store
        .run(pair(sent), &[&READERS, &SENT, &NOW])
        .await
        .unwrap();
    let sending = format!(
        "INSERT INTO deliveries (edition, subscriber, state, due_at, attempts, owner, at, reply) \
         {numbers} SELECT $2, i, CASE WHEN i <= 20 THEN 'claimed' WHEN i <= 40 THEN 'in_flight' \
            WHEN i <= 60 THEN 'unknown' WHEN i % 1000 = 7 THEN 'refused' WHEN i % 100 = 1 THEN 'deferred' \
            WHEN i % 500 = 2 THEN 'skipped' WHEN i % 3 = 0 THEN 'queued' ELSE 'accepted' END, \
            $3 + i % 7, 1, CASE WHEN i <= 60 THEN 1 + i % 2 END, $3, \
            CASE WHEN i % 500 = 2 THEN 'paused' END FROM n"
    );
    store
        .run(pair(sending), &[&READERS, &SENDING, &NOW])
        .await
        .unwrap();
    let sql = "INSERT INTO subscribers (id, consent, created_at, changed_at, address_tag) \
        VALUES ($1, 'pending', $2, $2, 0)";
    store.run(sql, &[&(READERS + 1), &NOW]).await.unwrap();
    for (table, columns, values) in [
        (
            "consent_changes",
            "id, subscriber, at, consent, source",
            "-i, i, $2, 'confirmed', 'import'",
        ),
        (
            "outbox",
            "id, kind, subscriber, name, state, created_at, expires_at, due_at, attempts",
            "i, 'confirm', i, 'Ada', 'accepted', $2, $2 + i, $2, 1",
        ),
        (
            "undos",
            "id, subscriber, before, created_at, expires_at",
            "i, i, 'confirmed', $2, $2 + i",
        ),
        (
            "limits",
            "name, subject, since, until, count",
            "'stamp', CAST(i AS TEXT), 0, $2 + i, 1",
        ),
    ] {
        let sql = format!("INSERT INTO {table} ({columns}) {numbers} SELECT {values} FROM n");
        store.run(pair(sql), &[&READERS, &NOW]).await.unwrap();
    }
    let sql = "INSERT INTO senders (id, lease_until) VALUES ($1, $2)";
    store.run(sql, &[&SENDER, &i64::MAX]).await.unwrap();
    let claimed = Pair {
        sqlite: "SELECT 1",
        postgres: "INSERT INTO claimed_ranges (edition, sender, from_due_at, to_due_at, to_subscriber) \
            SELECT edition, owner, MIN(due_at), MAX(due_at), 60 FROM deliveries \
            WHERE state IN ('claimed', 'in_flight') GROUP BY edition, owner",
    };
    store.run(claimed, &[]).await.unwrap();
}

/// Runs every statement that purges, and every one on deliveries but enrolments.
async fn use_every_statement(store: &Store) {
    use_what_sends(store).await;
    use_what_ends_a_run(store).await;
    use_what_readers_do(store).await;
    use_what_operators_do(store).await;
    use_compaction(store).await;
    use_reports(store).await;
    use_purges(store).await;
}

async fn use_what_sends(store: &Store) {
    let claims = deliveries::claim_due(store, SENDER, SENDING, NOW + 9, 64)
        .await
        .unwrap();
    assert_eq!(claims.len(), 64);
    let mut marks: Vec<Mark> = claims.iter().map(Mark::from).collect();
    marks[1].name = Some("A name that is new".to_owned());
    let group = Group {
        owner: SENDER,
        edition: SENDING,
        marks,
        ..Group::default()
    };
    let marked = deliveries::commit(store, &group, NOW).await.unwrap().marked;
    assert!(!marked.skipped.is_empty(), "reader 50 has left");
    assert!(!marked.returned.is_empty());
    let outcome = |subscriber| Outcome {
        edition: SENDING,
        subscriber,
        state: State::Accepted,
        due_at: None,
        reply: None,
        repeated: None,
    };
    let mut in_flight = marked.in_flight.iter();
    let first = *in_flight.next().unwrap();
    let group = Group {
        owner: SENDER,
        outcomes: vec![outcome(first)],
        ..Group::default()
    };
    let committed = deliveries::commit(store, &group, NOW).await.unwrap();
    assert_eq!(committed.missing, 0);
    let second = *in_flight.next().unwrap();
    let mut tx = store.begin().await.unwrap();
    deliveries::record(&mut tx, SENDER, &[outcome(second)], NOW)
        .await
        .unwrap();
    deliveries::requeue_due(&mut tx, SENDING, NOW + 3, 10)
        .await
        .unwrap();
    deliveries::claim(&mut tx, SENDER, SENDING, NOW + 9, 10)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn use_what_ends_a_run(store: &Store) {
    let kind = EditionKind::Issue;
    let unwanted = deliveries::unwanted_deferred(store, SENDING, kind, NOW).await;
    let mut tx = store.begin().await.unwrap();
    let mut chunk = Chunk::begin();
    deliveries::give_back(&mut tx, SENDER, &mut chunk)
        .await
        .unwrap();
    deliveries::resend_abandoned(&mut tx, NOW, &mut chunk)
        .await
        .unwrap();
    senders::leave(&mut tx, GONE).await.unwrap();
    deliveries::recover(&mut tx, NOW, &mut chunk).await.unwrap();
    deliveries::skip_deferred(&mut tx, SENDING, kind, &unwanted.unwrap(), NOW)
        .await
        .unwrap();
    deliveries::skip_deferred(&mut tx, SENDING, kind, &[101], NOW)
        .await
        .unwrap();
    deliveries::skip_cancelled(&mut tx, SENDING, NOW, &mut chunk)
        .await
        .unwrap();
    editions::finish(&mut tx, SENDING, NOW).await.unwrap();
    deliveries::resend_unknown(&mut tx, SENDING, NOW, &mut chunk)
        .await
        .unwrap();
    deliveries::resend_unknown_since(&mut tx, SENDING, NOW, NOW, &mut chunk)
        .await
        .unwrap();
    assert!(chunk.has_room());
}

async fn use_what_readers_do(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    deliveries::skip_waiting(&mut tx, &[3, 101, 9_000], "unsubscribed", NOW)
        .await
        .unwrap();
    let leaver = Leaver {
        subscriber: 4,
        source: ConsentSource::OneClick,
        edition: Some(SENDING),
        reason: None,
    };
    subscribers::leave(&mut tx, &[leaver], NOW).await.unwrap();
    deliveries::skip_of(&mut tx, 6, &[EditionKind::Issue], "paused", NOW)
        .await
        .unwrap();
    let again = deliveries::requeue_skipped(&mut tx, 6, NOW, NOW).await;
    assert_eq!(again.unwrap(), 1);
    deliveries::forget(&mut tx, 6).await.unwrap();
    imports::touched(&mut tx, 1, 0, 100).await.unwrap();
}

async fn use_what_operators_do(store: &Store) {
    let kind = EditionKind::Issue;
    for again in [Again::Refused, Again::Deferred] {
        let readers = deliveries::resendable(store, SENDING, kind, again, NOW).await;
        let readers = readers.unwrap();
        let mut tx = store.begin().await.unwrap();
        let queued = deliveries::resend(&mut tx, SENDING, kind, again, &readers, NOW).await;
        assert!(queued.unwrap() > 0);
    }
    let mut tx = store.begin().await.unwrap();
    let readers = Vec::from_iter(41..60);
    deliveries::resend_unknown_of(&mut tx, SENDING, kind, &readers, NOW)
        .await
        .unwrap();
    deliveries::leave_unknown(&mut tx, SENDING, &readers, NOW)
        .await
        .unwrap();
}

/// Leaves one edition in blocks, for the reports.
async fn use_compaction(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    assert!(
        deliveries::begin_compaction(&mut tx, SENT, NOW)
            .await
            .unwrap()
    );
    assert!(
        !deliveries::begin_compaction(&mut tx, SENDING, NOW)
            .await
            .unwrap()
    );
    let mut size = PartSize::default();
    loop {
        let part = deliveries::compact_part(&mut tx, SENT, &mut size)
            .await
            .unwrap();
        if part.is_last {
            break;
        }
    }
    let since = [(7, NOW - 1), (8, NOW)].into();
    let found = deliveries::accepted_since(&mut tx, &since).await;
    assert_eq!(found.unwrap(), [7].into());
    tx.commit().await.unwrap();
    let found = deliveries::compacted(store, SENT).await.unwrap();
    assert_eq!(found.deliveries, READERS - READERS / 1000);
}

async fn use_reports(store: &Store) {
    deliveries::counts(store, SENDING).await.unwrap();
    deliveries::backlog(store).await.unwrap();
    deliveries::next_due(store, SENDING).await.unwrap();
    deliveries::later(store, SENDING, NOW + 3).await.unwrap();
    deliveries::is_held(store, SENDING).await.unwrap();
    deliveries::on_the_wire(store, SENDING).await.unwrap();
    deliveries::doubts(store, SENDING).await.unwrap();
    let refused = deliveries::refusals(store, SENDING).await.unwrap();
    assert_eq!(refused.len(), 1);
    deliveries::skips(store, SENDING, READERS, i64::MAX)
        .await
        .unwrap();
    deliveries::first_due(store, SENDING, 7).await.unwrap();
    deliveries::first_due(store, SENT, 7).await.unwrap();
    deliveries::gets_since(store, 7, SENDING).await.unwrap();
    deliveries::history(store, 7).await.unwrap();
    deliveries::have_text(store, SENDING, READERS)
        .await
        .unwrap();
    deliveries::served_before(store, SENDING, 1, 0)
        .await
        .unwrap();
    deliveries::revision_of(store, SENDING, 7).await.unwrap();
    editions::halted_and_open(store).await.unwrap();
}

async fn use_purges(store: &Store) {
    requests::purge(store, NOW + 9).await.unwrap();
    undos::purge(store, NOW + 9).await.unwrap();
    outbox::purge(store, NOW + 9).await.unwrap();
    slots::purge_reminders(store, NOW + 9).await.unwrap();
    limits::purge(store, NOW + 9).await.unwrap();
    let forgotten = subscribers::purge_pending(store, NOW + 9, NOW + 9).await;
    assert_eq!(forgotten.unwrap(), 1);
}

/// The plans of every statement, in a new store. PostgreSQL's depend on statistics, which it has
/// only some time after an edition was enrolled.
async fn plans_in(url: &str, dir: &Path, has_statistics: bool) -> Vec<Plan> {
    let store = Store::open(url, dir).await.unwrap();
    fill(&store).await;
    if has_statistics {
        store.run("ANALYZE", &[]).await.unwrap();
    }
    let plans = plans_of(use_every_statement(&store)).await;
    store.close().await;
    plans
}

#[tokio::test]
async fn no_statement_walks_an_edition() {
    let dir = tempfile::tempdir().unwrap();
    let mut plans = plans_in("sqlite:list.db", dir.path(), false).await;
    let server = std::env::var("VERDICT_TEST_POSTGRES_URL")
        .expect("VERDICT_TEST_POSTGRES_URL names the tests' PostgreSQL: run ./tests/run");
    let mut admin = AnyConnection::connect(&server).await.unwrap();
    for (schema, has_statistics) in [("plans_new", false), ("plans_analyzed", true)] {
        let drop = format!("DROP SCHEMA IF EXISTS {schema} CASCADE;");
        let make = AssertSqlSafe(format!("{drop} CREATE SCHEMA {schema}"));
        sqlx::raw_sql(make).execute(&mut admin).await.unwrap();
        let url = format!("{server}&options=-c%20search_path%3D{schema}");
        plans.extend(plans_in(&url, dir.path(), has_statistics).await);
        let drop = sqlx::raw_sql(AssertSqlSafe(drop));
        drop.execute(&mut admin).await.unwrap();
    }
    let wrong = plans.iter().filter_map(|plan| {
        let why = walks(plan)?;
        let (engine, sql, steps) = (plan.dialect, &plan.sql, plan.steps.join("\n    "));
        Some(format!("{engine:?}: {why}\n  {sql}\n    {steps}"))
    });
    let wrong = Vec::from_iter(wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let not_run: Vec<_> = statements_in_the_source()
        .into_iter()
        .filter(|(_, text)| !plans.iter().any(|plan| plan.sql.contains(text)))
        .collect();
    assert!(not_run.is_empty(), "not run by this test: {not_run:#?}");
}

/// The literals in the store's source that are SQL on deliveries, or part of it.
fn statements_in_the_source() -> Vec<(PathBuf, String)> {
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut folders = vec![store.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs")
                && path != store.join("plans.rs")
                && path != store.join("explain.rs")
            {
                let is_ledger = path.starts_with(store.join("deliveries"));
                let source = std::fs::read_to_string(&path).unwrap();
                for text in literals(&source) {
                    if is_sql(&text, is_ledger) {
                        found.push((path.clone(), text));
                    }
                }
            }
        }
    }
    found
}

fn is_sql(text: &str, is_in_the_ledger: bool) -> bool {
    let keywords = ["SELECT", "UPDATE", "DELETE", "FROM", "JOIN", "WHERE"];
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    is_about_deliveries(text) && has(&keywords)
        || is_in_the_ledger && has(&["state = ", "owner = "])
}

/// The string literals of Rust source, each on one line.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let (sign, after) = rest[at..].split_at(1);
        rest = match sign {
            "/" if after.starts_with('/') => after.split_once('\n').map_or("", |(_, next)| next),
            // A character or a lifetime.
            "'" => after.strip_prefix("\"'").unwrap_or(after),
            "\"" => {
                let mut text = String::new();
                let mut characters = after.char_indices();
                let mut end = after.len();
                while let Some((at, character)) = characters.next() {
                    match character {
                        '"' => {
                            end = at + 1;
                            break;
                        }
                        '\\' => {
                            if let Some((_, escaped)) = characters.next()
                                && escaped != '\n'
                            {
                                text.push(escaped);
                            }
                        }
                        character => text.push(character),
                    }
                }
                found.push(one_line(&text));
                &after[end..]
            }
            _ => after,
        };
    }
    found
}

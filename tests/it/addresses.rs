//! Where addresses are stored: only in the columns listed here, and in no log, however a relay writes them.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::TimeDelta;
use subscribers::address::Address;
use verdict::catcher::{Behaviour, Step};
use verdict::clock::Clock;

use crate::child::{Running, binary, until};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, on_both_stores};

on_both_stores!(addresses_are_only_where_they_may_be_and_in_no_log);

const FIRST: &str = "tea-vs-coffee";
const SECOND: &str = "pen-vs-pencil";

/// Every address in this test has this in its local part or its domain.
const MARK: &str = "zq";

/// The only columns that may hold an address.
const MAY: [&str; 4] = [
    "subscribers.address",
    "subscribers.address_key",
    "requests.address",
    "outbox.recipient",
];

const READERS: [&str; 8] = [
    "zqAda@Zqbücher.example.org",
    "zqben@example.net",
    "zqcy@example.com",
    "zqdee@example.com",
    "zqeve@example.com",
    "zqfay@example.com",
    "zqgus@example.com",
    "zqhal@hal.example.com",
];

/// A relay that quotes each address that it refuses, defers or accepts, in every spelling.
fn quoting(wire: &[String]) -> Behaviour {
    Behaviour::new()
        .transcript()
        .at(Step::Rcpt)
        .to(&wire[0])
        .reply(
            550,
            "5.1.1 <zqAda@zqbücher.example.org>: user unknown\n5.1.1 zqada@xn--zqbcher-o2a.example.org, ZQADA@ZQBÜCHER.EXAMPLE.ORG",
        )
        .at(Step::Rcpt)
        .to(&wire[1])
        .reply(550, "5.2.2 <\"zqben\"@example.net> is full (\"zq ben\"@example.net, %22zqben%22%40example.net)")
        .at(Step::Rcpt)
        .to(&wire[2])
        .reply(451, "4.2.2 zqcy%40example.com bounces+zqcy=example.com@lists.example.org zqcy=40example.com ZQCY=example.com")
        .at(Step::Dot)
        .to(&wire[3])
        .reply(250, "2.0.0 <zqdee@example.com> zqdee%example.com queued as 4F0B2")
        .at(Step::Dot)
        .to(&wire[5])
        .times(1)
        .accept_then_hang_up()
        .at(Step::Rcpt)
        .to(&wire[6])
        .times(1)
        .garbage(b"<zqgus@example.com> zqgus%40example.com this is no reply\r\n")
        .at(Step::Rcpt)
        .to(&wire[7])
        .times(1)
        .reply(421, "4.3.0 zqhal @ hal.example.com, example.com!zqhal come back later")
        // A reader who signs up.
        .at(Step::Rcpt)
        .to("zqivy@example.com")
        .reply(550, "5.1.1 <zqivy@example.com> ZQIVY=example.com unknown")
        .at(Step::Rcpt)
        .to("zqjan@example.com")
        .reply(452, "4.2.2 zqjan%40example.com full")
}

async fn sign_up(app: &TestApp, email: &str) {
    let page = http::get(&format!("{}/subscribe", app.site)).await;
    let (_, rest) = page.body.split_once("name=\"stamp\" value=\"").unwrap();
    let stamp = rest.split('"').next().unwrap();
    app.clock.advance(TimeDelta::seconds(3));
    let form = format!("stamp={stamp}&form=page-1&email={email}");
    let answer = http::post(&format!("{}/subscribe", app.site), &form).await;
    assert_eq!(answer.status, 303, "{answer:?}");
}

/// Every text in the store, by table and column.
fn dump(app: &TestApp, db: Db) -> BTreeMap<String, String> {
    match db {
        Db::Sqlite => dump_file(&app.dir.path().join("verdict.db")),
        Db::Postgres => {
            let schema = app.schema();
            let columns = schema.lines(
                "SELECT table_name || '.' || column_name FROM information_schema.columns \
                 WHERE table_schema = current_schema()",
            );
            let text = |column: &String| {
                let (table, name) = column.split_once('.').unwrap();
                let rows = schema.lines(&format!(
                    "SELECT convert_to(CAST(\"{name}\" AS TEXT), 'UTF8') FROM \"{table}\" WHERE \"{name}\" IS NOT NULL"
                ));
                // Hexadecimal, because values may have several lines.
                let decoded = rows.iter().map(|row| {
                    let hex = row.trim_start_matches("\\x");
                    let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap();
                    String::from_utf8(bytes).unwrap() + "\n"
                });
                (column.clone(), decoded.collect())
            };
            columns.iter().map(text).collect()
        }
    }
}

fn dump_file(file: &Path) -> BTreeMap<String, String> {
    let database = rusqlite::Connection::open(file).unwrap();
    let strings = |question: &str| -> Vec<String> {
        let mut statement = database.prepare(question).unwrap();
        let rows = statement
            .query_map([], |row| row.get::<_, String>(0))
            .unwrap();
        rows.map(Result::unwrap).collect()
    };
    // sqlx's own table of migrations holds no text of ours.
    let columns = strings(
        "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND m.name <> '_sqlx_migrations'",
    );
    let text = |column: &String| {
        let (table, name) = column.split_once('.').unwrap();
        let rows = strings(&format!(
            "SELECT CAST(\"{name}\" AS TEXT) FROM \"{table}\" WHERE \"{name}\" IS NOT NULL"
        ));
        (column.clone(), rows.join("\n"))
    };
    columns.iter().map(text).collect()
}

fn command(app: &TestApp, args: &[&str]) -> Running {
    let mut command = binary();
    command.arg("--dir").arg(app.dir.path()).args(args);
    command.env("VERDICT_LOG", "trace");
    command.env("VERDICT_WEB_LISTEN", "127.0.0.1:0");
    command.env("VERDICT_ALERTS_TO", "editors@example.org");
    Running::start(&mut command)
}

async fn addresses_are_only_where_they_may_be_and_in_no_log(db: Db) {
    let wire: Vec<String> = READERS
        .map(|given| Address::parse(given).unwrap().on_the_wire().into_owned())
        .to_vec();
    let app = TestApp::behaving(db, quoting(&wire)).await;
    // The processes use the system's clock, and so do their deadlines.
    app.clock.set(Clock::system().now());
    app.issue(FIRST).issue(SECOND);
    for given in READERS {
        app.reader(given).await;
    }
    for email in ["zqivy@example.com", "zqjan@example.com"] {
        sign_up(&app, email).await;
    }
    let mut logs = String::new();

    // The first edition: refused, deferred, accepted and in doubt, and the confirmations beside it.
    app.freeze(FIRST).await;
    let mut serve = command(&app, &["serve", "--only", "web,send"]);
    until("everyone has an outcome", || async {
        let counts = app.counts(FIRST).await;
        counts.queued + counts.held() == 0 && counts.deferred >= 1 && counts.unknown == 1
    })
    .await;
    until("the confirmations were tried", || async {
        ["zqivy@", "zqjan@"]
            .into_iter()
            .all(|address| was_asked(&app, address))
    })
    .await;
    serve.signal("TERM");
    let (status, log) = serve.ended().await;
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(log.contains("sent what was due"), "{log}");
    logs += &log;

    // The second edition meets an objection, which pauses it.
    let objects = "5.7.1 zqeve@example.com (zqeve=example.com) objects, rfc822;ZQEVE@EXAMPLE.COM";
    app.catcher
        .set(Behaviour::new().at(Step::Mail).reply(550, objects));
    app.freeze(SECOND).await;
    let mut send = command(&app, &["send", SECOND]);
    logs += &send.ended().await.1;
    assert!(logs.contains("is paused, for the reason above"), "{logs}");
    logs += &command(&app, &["status", SECOND]).ended().await.1;

    let logs_lower = logs.to_lowercase();
    let line = logs_lower.lines().find(|line| line.contains(MARK));
    assert_eq!(line, None, "an address, or a part of one, is in a log");
    let store = dump(&app, db);
    for (column, text) in &store {
        let may = MAY.contains(&column.as_str());
        let holds = text.to_lowercase().contains(MARK);
        assert!(may || !holds, "{column} holds an address:\n{text}");
        if ["subscribers.address", "subscribers.address_key"].contains(&column.as_str()) {
            assert!(holds, "the search finds what is there: {column}");
        }
    }
    // The relay's reply is still readable.
    for reply in [
        "550 5.1.1 <address>: user unknown",
        "550 5.2.2 <address> is full",
        "451 4.2.2 <address>",
        "250 2.0.0 <address> <address> queued as 4F0B2",
    ] {
        assert!(
            store["deliveries.reply"].contains(reply),
            "{reply}\n{}",
            store["deliveries.reply"]
        );
    }
    assert!(
        store["outbox.reply"].contains("550 5.1.1 <address> <address> unknown"),
        "{}",
        store["outbox.reply"]
    );
    assert!(
        store["editions.pause_reason"].contains("5.7.1 <address> (<address>) objects"),
        "{}",
        store["editions.pause_reason"]
    );
}

/// True once a client has named an address to the relay.
fn was_asked(app: &TestApp, address: &str) -> bool {
    let opened = app.catcher.connections_opened();
    (1..=opened).any(|number| {
        let lines = app.catcher.transcript(number);
        lines.iter().any(|line| line.contains(address))
    })
}

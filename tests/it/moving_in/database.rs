//! listmonk straight from its PostgreSQL: the same result as by its API, and nothing is written there.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;

use serde_json::Value;

use super::json::{DOUBLE, SINGLE, page, subscriber};
use super::{Move, rows};
use crate::database::{Db, Schema};
use crate::test_app::on_both_stores;

on_both_stores!(
    everyone_becomes_what_the_json_of_the_api_makes_of_them,
    it_is_named_without_the_password,
    a_rejected_row_is_reported_by_its_number
);

const PASSWORD: &str = "s3cret-geheim";

/// listmonk's tables, as its schema.sql creates those that we read.
const TABLES: &str = "\
    CREATE TYPE list_type AS ENUM ('public', 'private', 'temporary'); \
    CREATE TYPE list_optin AS ENUM ('single', 'double'); \
    CREATE TYPE subscriber_status AS ENUM ('enabled', 'disabled', 'blocklisted'); \
    CREATE TYPE subscription_status AS ENUM ('unconfirmed', 'confirmed', 'unsubscribed'); \
    CREATE TABLE subscribers (id SERIAL PRIMARY KEY, uuid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(), email TEXT NOT NULL UNIQUE, \
        name TEXT NOT NULL, attribs JSONB NOT NULL DEFAULT '{}', status subscriber_status NOT NULL DEFAULT 'enabled', \
        created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(), updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()); \
    CREATE TABLE lists (id SERIAL PRIMARY KEY, uuid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(), name TEXT NOT NULL, type list_type NOT NULL, \
        optin list_optin NOT NULL DEFAULT 'single', tags VARCHAR(100)[], description TEXT NOT NULL DEFAULT '', \
        created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(), updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW()); \
    CREATE TABLE subscriber_lists (subscriber_id INTEGER REFERENCES subscribers(id), list_id INTEGER NULL REFERENCES lists(id), \
        meta JSONB NOT NULL DEFAULT '{}', status subscription_status NOT NULL DEFAULT 'unconfirmed', \
        created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(), updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(), PRIMARY KEY(subscriber_id, list_id)); \
    INSERT INTO lists (id, name, type, optin) VALUES (3, 'Weekly', 'public', 'single'), (4, 'Deep', 'private', 'double')";

/// A listmonk database, and a role that may only read.
struct Listmonk {
    schema: Schema,
    role: String,
    url: String,
}

impl Listmonk {
    fn make(tables: &str) -> Self {
        let (url, schema) = Db::Postgres.url(Path::new(""));
        let schema = schema.unwrap();
        let (_, name) = url.rsplit_once("%3D").unwrap();
        let role = format!("{name}_reader");
        let reads = "SELECT ON ALL TABLES IN SCHEMA";
        schema.execute(&format!(
            "{tables}; CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'; GRANT USAGE ON SCHEMA {name} TO {role}; GRANT {reads} {name} TO {role}"
        ));
        let url = url.replacen("verdict@", &format!("{role}:{PASSWORD}@"), 1);
        Self { schema, role, url }
    }

    /// All rows of the database.
    fn contents(&self) -> Vec<String> {
        let tables = ["subscribers", "lists", "subscriber_lists"];
        let rows = tables.map(|table| format!("SELECT t::text FROM {table} t"));
        self.schema.lines(&rows.join(" UNION ALL "))
    }
}

impl Drop for Listmonk {
    fn drop(&mut self) {
        let role = &self.role;
        self.schema
            .execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
    }
}

/// Each status of a person with each status of a subscription on each kind of list, and people on both lists or none,
/// from the API and as rows.
fn everyone() -> (Vec<Value>, String) {
    let (mut api, mut sql) = (Vec::new(), String::new());
    let mut add = |status: &str, lists: &[[&str; 3]]| {
        let id = api.len() + 1;
        let (email, name) = (
            format!("P{id}@example.com"),
            format!("José \u{201c}{id}\u{201d}, 'x'"),
        );
        sql += &format!(
            "; INSERT INTO subscribers (id, email, name, attribs, status, created_at) VALUES \
             ({id}, '{email}', '{}', '{{\"email\": \"other@example.net\"}}', '{status}', '2022-05-08 14:26:24.83+02')",
            name.replace('\'', "''")
        );
        for [list, _, subscription] in lists {
            sql += &format!(
                "; INSERT INTO subscriber_lists (subscriber_id, list_id, status) SELECT {id}, id, '{subscription}' FROM lists WHERE name = '{list}'"
            );
        }
        api.push(subscriber(&email, &name, status, lists));
    };
    let subscriptions = ["unconfirmed", "confirmed", "unsubscribed"];
    for status in ["enabled", "disabled", "blocklisted"] {
        add(status, &[]);
        for weekly in subscriptions {
            add(status, &[["Weekly", SINGLE, weekly]]);
            add(status, &[["Deep", DOUBLE, weekly]]);
            for deep in subscriptions {
                add(
                    status,
                    &[["Weekly", SINGLE, weekly], ["Deep", DOUBLE, deep]],
                );
            }
        }
    }
    (api, sql)
}

async fn everyone_becomes_what_the_json_of_the_api_makes_of_them(db: Db) {
    let (api, sql) = everyone();
    let listmonk = Listmonk::make(&format!("{TABLES}{sql}"));
    let before = listmonk.contents();
    for list in ["Weekly", "Deep", "4"] {
        let (there, by_api) = (Move::on(db).await, Move::on(db).await);
        let printed = there.import(&[&listmonk.url, "--list", list]);
        let expected = by_api.import(&[&by_api.file("page.json", page(1, &api)), "--list", list]);
        assert_eq!(there.people(), by_api.people(), "{list}");
        assert_eq!(there.export(), by_api.export(), "{list}");
        for key in ["outcomes", "statuses", "rows"] {
            assert_eq!(printed["plan"][key], expected["plan"][key], "{list} {key}");
        }
        assert_eq!(printed["plan"]["rows"], 48);
        let again = there.import(&[&listmonk.url, "--list", list]);
        assert_eq!(again["import"], Value::Null);
    }
    assert_eq!(listmonk.contents(), before);
}

async fn it_is_named_without_the_password(db: Db) {
    let (_, sql) = everyone();
    let listmonk = Listmonk::make(&format!("{TABLES}{sql}"));
    let there = Move::on(db).await;
    let printed = there.refuses(&[&listmonk.url]);
    assert!(
        printed.contains("Weekly") && printed.contains("Deep") && printed.contains("--list"),
        "{printed}"
    );
    let printed = [
        printed,
        there.refuses(&[&listmonk.url, "--list", "Monthly"]),
        there.refuses(&[&listmonk.url, "--from", "ghost"]),
        there.ends(0, &[&listmonk.url, "--list", "Weekly"]),
        there.ends(0, &[&listmonk.url, "--list", "Weekly", "--json", "--yes"]),
        String::from_utf8(there.run(&["why", "p2@example.com"]).stdout).unwrap(),
    ];
    assert!(
        printed[3].contains("postgres://localhost/verdict  (listmonk, PostgreSQL, 48 rows)"),
        "{}",
        printed[3]
    );
    assert!(
        printed[5].contains("listmonk, postgres://localhost/verdict"),
        "{}",
        printed[5]
    );
    let other_way = there.run(&["subscribers", "import", &listmonk.url]);
    let printed = printed
        .into_iter()
        .chain([crate::test_app::stderr(&other_way)]);
    for printed in printed {
        assert!(
            !printed.contains(PASSWORD) && !printed.contains(&listmonk.role),
            "{printed}"
        );
    }
}

async fn a_rejected_row_is_reported_by_its_number(db: Db) {
    let rows_of_sql = "; INSERT INTO subscribers (email, name, status) SELECT 'p' || n || '@example.com', 'P', 'enabled' FROM generate_series(1, 5000) n; \
        UPDATE subscribers SET email = 'nobody' WHERE email = 'p3000@example.com'; INSERT INTO subscriber_lists (subscriber_id, list_id, status) SELECT id, 3, 'confirmed' FROM subscribers";
    let listmonk = Listmonk::make(&format!("{TABLES}{rows_of_sql}"));
    let there = Move::on(db).await;
    let printed = there.import(&[&listmonk.url]);
    assert_eq!(
        (rows(&printed, "mailable"), rows(&printed, "rejected")),
        (4999, 1)
    );
    let report = std::fs::read_to_string(printed["report"].as_str().unwrap()).unwrap();
    assert!(
        report
            .contains("postgres://localhost/verdict,row 3000,rejected,the address has no @,nobody"),
        "{report}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_database_is_refused() {
    let there = Move::on(Db::Sqlite).await;
    let empty = Listmonk::make("SELECT 1");
    let verdict = Listmonk::make("CREATE TABLE subscribers (id BIGINT)");
    let old = Listmonk::make(
        "CREATE TABLE subscribers (id BIGINT); CREATE TABLE lists (id BIGINT); CREATE TABLE subscriber_lists (id BIGINT)",
    );
    for (database, reason) in [
        (
            &empty,
            "is not a listmonk database: it has no table `subscribers`",
        ),
        (
            &verdict,
            "is not a listmonk database: it has no table `subscriber_lists`",
        ),
        (&old, "does not exist"),
    ] {
        let printed = there.refuses(&[&database.url]);
        assert!(
            printed.contains("postgres://localhost/verdict") && printed.contains(reason),
            "{printed}"
        );
        assert!(!printed.contains(PASSWORD), "{printed}");
    }
    let forbidden = Listmonk::make(TABLES);
    forbidden
        .schema
        .execute(&format!("REVOKE SELECT ON lists FROM {}", forbidden.role));
    let printed = there.refuses(&[&forbidden.url]);
    assert!(
        printed.ends_with("permission denied for table lists\n"),
        "{printed}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_cannot_be_opened_is_named_without_its_password() {
    let there = Move::on(Db::Sqlite).await;
    let printed = there.refuses(&[&format!(
        "postgres://listmonk:{PASSWORD}@localhost:1/listmonk"
    )]);
    assert!(
        printed.contains("cannot read postgres://localhost:1/listmonk: ")
            && printed.contains("refused"),
        "{printed}"
    );
    assert!(!printed.contains(PASSWORD), "{printed}");
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = format!("127.0.0.1:{}", server.local_addr().unwrap().port());
    let refusing = std::thread::spawn(move || refuse_the_password(&server));
    let printed = there.refuses(&[&format!("postgres://listmonk:{PASSWORD}@{place}/listmonk")]);
    refusing.join().unwrap();
    assert!(
        printed.contains(&format!("cannot read postgres://{place}/listmonk: ")),
        "{printed}"
    );
    assert!(
        printed.contains("password authentication failed for user \"listmonk\""),
        "{printed}"
    );
    assert!(!printed.contains(PASSWORD), "{printed}");
    // Characters that end the host part would reveal what follows.
    for password in [
        "1/secret",
        "1#secret",
        "1?secret",
        "a b/secret",
        "%zz/secret",
    ] {
        let printed = there.refuses(&[&format!(
            "postgres://listmonk:{password}@localhost/listmonk"
        )]);
        assert!(
            printed.contains("the address of the database cannot be read")
                && !printed.contains("secret"),
            "{printed}"
        );
    }
    let printed = there.refuses(&["mysql://listmonk:secret@localhost/listmonk"]);
    assert!(
        printed.contains("postgres://USER:PASSWORD@HOST/DATABASE") && !printed.contains("secret"),
        "{printed}"
    );
}

/// A server that asks for no password and accepts none, as far as PostgreSQL's protocol goes.
fn refuse_the_password(server: &TcpListener) {
    let (mut client, _) = server.accept().unwrap();
    let mut message = [0; 1024];
    // No TLS; then the client begins.
    let asked = client.read(&mut message).unwrap();
    if message[..asked].ends_with(&80_877_103_u32.to_be_bytes()) {
        client.write_all(b"N").unwrap();
        assert!(client.read(&mut message).unwrap() > 0);
    }
    let fields =
        "SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user \"listmonk\"\0\0";
    let length = u32::try_from(fields.len() + 4).unwrap().to_be_bytes();
    client
        .write_all(&[b"E", &length[..], fields.as_bytes()].concat())
        .unwrap();
}

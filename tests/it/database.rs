//! A database for each test: a SQLite file in its folder, or a schema in the tests' PostgreSQL.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::Connection;
use verdict::store::Tx;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Db {
    Sqlite,
    Postgres,
}

impl Db {
    /// The store's URL for a test with the folder `dir`, and what must outlive the test.
    pub(crate) fn url(self, dir: &Path) -> (String, Option<Schema>) {
        match self {
            Self::Sqlite => (format!("sqlite:{}", dir.join("verdict.db").display()), None),
            Self::Postgres => {
                let schema = Schema::make();
                (schema.url.clone(), Some(schema))
            }
        }
    }
}

/// Runs statements directly, as an operator could: in the schema, or else in the SQLite file.
pub(crate) fn by_hand(schema: Option<&Schema>, file: &Path, statements: &str) {
    match schema {
        Some(schema) => schema.execute(statements),
        None => Connection::open(file)
            .unwrap()
            .execute_batch(statements)
            .unwrap(),
    }
}

/// Queries one number directly.
pub(crate) fn number_by_hand(schema: Option<&Schema>, file: &Path, question: &str) -> i64 {
    match schema {
        Some(schema) => schema.number(question),
        None => {
            let file = Connection::open(file).unwrap();
            file.query_row(question, [], |row| row.get(0)).unwrap()
        }
    }
}

/// A PostgreSQL schema for one test. Tests fail without PostgreSQL; they do not skip.
pub(crate) struct Schema {
    name: String,
    url: String,
}

impl Schema {
    fn make() -> Self {
        static COUNTER: AtomicU32 = AtomicU32::new(0);
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        psql(&format!("CREATE SCHEMA {name}"));
        let url = format!("{}&options=-c%20search_path%3D{name}", server());
        Self { name, url }
    }
}

impl Schema {
    pub(crate) fn execute(&self, statement: &str) {
        psql(&self.here(statement));
    }

    /// Runs a statement that must fail; returns why it did.
    pub(crate) fn refusal(&self, statement: &str) -> String {
        let output = psql_command()
            .args(["--command", &self.here(statement)])
            .output()
            .expect("psql runs");
        assert!(!output.status.success(), "{statement}");
        String::from_utf8(output.stderr).unwrap()
    }

    pub(crate) fn number(&self, question: &str) -> i64 {
        psql(&self.here(question)).trim().parse().unwrap()
    }

    /// Queries the first column of each row in this schema.
    pub(crate) fn lines(&self, question: &str) -> Vec<String> {
        psql(&self.here(question))
            .lines()
            .map(str::to_owned)
            .collect()
    }

    /// Locks a table against writers.
    pub(crate) fn hold(&self, table: &str) -> HeldTable {
        let lock = format!("BEGIN; LOCK TABLE {table} IN EXCLUSIVE MODE; SELECT 'held';");
        HeldTable::hold(&self.here(&lock))
    }

    /// A transaction that stays open after it wrote to a table: others can write too, but nobody can lock the table
    /// against writers.
    pub(crate) fn write_and_stay(&self, table: &str) -> HeldTable {
        let lock = format!("BEGIN; LOCK TABLE {table} IN ROW EXCLUSIVE MODE; SELECT 'held';");
        HeldTable::hold(&self.here(&lock))
    }

    /// A transaction that stays open after these statements.
    pub(crate) fn run_and_stay(&self, statements: &str) -> HeldTable {
        HeldTable::hold(&self.here(&format!("BEGIN; {statements}; SELECT 'held';")))
    }

    /// Gives the deliveries that a condition finds a new place, again and again, until this is dropped.
    pub(crate) fn move_deliveries(&self, which: &str) -> HeldTable {
        HeldTable::hold(&self.here(&format!(
            "SET client_connection_check_interval = 100; SET verdict.counts_deliveries = 'on'; SELECT 'held'; \
             DO 'BEGIN LOOP UPDATE deliveries SET attempts = attempts WHERE {which}; COMMIT; \
                 PERFORM pg_sleep(0.0005); END LOOP; END';"
        )))
    }

    /// Makes marks wait inside their statement, with their snapshot.
    pub(crate) fn hold_marks(&self) -> HeldTable {
        self.hold_rows("UPDATE", "WHEN (NEW.state = 'in_flight')")
    }

    /// Makes an enrolment wait inside its statement, with its snapshot.
    pub(crate) fn hold_enrolments(&self) -> HeldTable {
        self.hold_rows("INSERT", "")
    }

    fn hold_rows(&self, written: &str, which: &str) -> HeldTable {
        let key = self.key();
        self.execute(&format!(
            "CREATE FUNCTION held_row() RETURNS trigger LANGUAGE plpgsql AS \
             'BEGIN PERFORM pg_advisory_xact_lock_shared({key}); RETURN NEW; END'; \
             CREATE TRIGGER held_rows BEFORE {written} ON deliveries FOR EACH ROW \
             {which} EXECUTE FUNCTION held_row()"
        ));
        HeldTable::hold(&format!("SELECT 'held' FROM pg_advisory_lock({key});"))
    }

    /// How many statements wait there.
    pub(crate) fn held(&self) -> i64 {
        self.number(&format!(
            "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted \
             AND objid = {}",
            self.key()
        ))
    }

    /// Holds the row of one subscriber, as a transaction that changes it does.
    pub(crate) fn hold_subscriber(&self, id: i64) -> HeldTable {
        let lock = format!("BEGIN; SELECT 'held' FROM subscribers WHERE id = {id} FOR UPDATE;");
        HeldTable::hold(&self.here(&lock))
    }

    /// How many transactions wait for a lock on a table.
    pub(crate) fn waiting_for(&self, table: &str) -> i64 {
        self.number(&format!(
            "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND locktype = 'relation' \
             AND relation = '{}.{table}'::regclass",
            self.name
        ))
    }

    /// How many transactions that read a table wait for a row, or for another waiter.
    pub(crate) fn waiting_for_rows(&self, table: &str) -> i64 {
        self.number(&format!(
            "SELECT COUNT(DISTINCT l.pid) FROM pg_locks l WHERE NOT l.granted AND l.locktype IN ('transactionid', 'tuple') \
             AND EXISTS (SELECT 1 FROM pg_locks h WHERE h.pid = l.pid AND h.granted \
                         AND h.relation = '{}.{table}'::regclass)",
            self.name
        ))
    }

    /// This schema's number among the server's advisory locks.
    fn key(&self) -> i64 {
        let key = format!("SELECT abs(hashtext('{}'))", self.name);
        psql(&key).trim().parse().unwrap()
    }

    fn here(&self, statement: &str) -> String {
        format!("SET search_path = {}; {statement}", self.name)
    }
}

/// A lock on the ledger against writers, released when dropped.
#[expect(dead_code, reason = "they are held, not read")]
pub(crate) enum HeldLedger {
    File(Tx),
    Table(HeldTable),
}

/// A psql that stays in its transaction.
pub(crate) struct HeldTable(Child);

impl HeldTable {
    fn hold(statements: &str) -> Self {
        let mut child = psql_command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("psql runs");
        let mut input = child.stdin.as_ref().unwrap();
        writeln!(input, "{statements}").unwrap();
        let printed = BufReader::new(child.stdout.as_mut().unwrap())
            .lines()
            .next();
        assert_eq!(printed.unwrap().unwrap(), "held");
        Self(child)
    }

    /// Commits its transaction.
    pub(crate) fn commit(mut self) {
        let mut input = self.0.stdin.take().unwrap();
        writeln!(input, "COMMIT;").unwrap();
        drop(input);
        assert!(self.0.wait().unwrap().success());
    }
}

impl Drop for HeldTable {
    fn drop(&mut self) {
        // The server rolls back when the client disconnects.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        psql(&format!("DROP SCHEMA IF EXISTS {} CASCADE", self.name));
    }
}

fn server() -> String {
    std::env::var("VERDICT_TEST_POSTGRES_URL")
        .expect("VERDICT_TEST_POSTGRES_URL names the tests' PostgreSQL: run ./tests/run")
}

fn psql(statement: &str) -> String {
    let output = psql_command()
        .args(["--command", statement])
        .output()
        .expect("psql runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// psql that prints bare results.
fn psql_command() -> Command {
    let mut command = Command::new("psql");
    command
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
        .args(["--set=ON_ERROR_STOP=1", "--dbname", &server()])
        .env("PGOPTIONS", "--client-min-messages=warning");
    command
}

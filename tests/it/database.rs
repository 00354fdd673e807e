//! A database of each test's own: a SQLite file in its folder, or a schema in the tests' PostgreSQL.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// Which engine the store runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Db {
    Sqlite,
    Postgres,
}

impl Db {
    /// The store's address for a test that has the folder `dir`, and what must outlive the test.
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

/// A PostgreSQL schema of one test's own. The tests fail without PostgreSQL: they do not skip.
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
    /// Runs a statement in this schema.
    pub(crate) fn execute(&self, statement: &str) {
        psql(&format!("SET search_path = {}; {statement}", self.name));
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

fn psql(statement: &str) {
    let output = Command::new("psql")
        .args([
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--command",
            statement,
        ])
        .arg(server())
        .env("PGOPTIONS", "--client-min-messages=warning")
        .output()
        .expect("psql runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

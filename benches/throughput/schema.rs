//! A schema for the bench on the tests' server.

use std::process::Command;

/// The PostgreSQL server to use; `tests/run --bench` starts one.
pub(crate) const POSTGRES_URL: &str = "VERDICT_TEST_POSTGRES_URL";

/// A PostgreSQL schema for one run.
pub(crate) struct Schema {
    server: String,
    name: String,
    /// The store's URL.
    pub(crate) url: String,
}

impl Schema {
    /// A schema with this word in its name; `None` without a server.
    pub(crate) fn make(what: &str) -> Option<Self> {
        let server = std::env::var(POSTGRES_URL).ok()?;
        let name = format!("bench_{}_{what}", std::process::id());
        let separator = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{separator}options=-c%20search_path%3D{name}");
        let schema = Self { server, name, url };
        schema.psql(&format!("CREATE SCHEMA {}", schema.name));
        Some(schema)
    }

    /// Columns of the answer are separated by `|`.
    pub(crate) fn psql(&self, statement: &str) -> String {
        let done = Command::new("psql")
            .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"])
            .args(["--tuples-only", "--no-align", "--command", statement])
            .arg(&self.server)
            .env("PGOPTIONS", "--client-min-messages=warning")
            .output()
            .unwrap();
        assert!(done.status.success(), "psql refused: {statement}");
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.psql(&format!("DROP SCHEMA IF EXISTS {} CASCADE", self.name));
    }
}

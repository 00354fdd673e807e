//! Backup and restore, as an operator does it: the rows of all tables, and back. The journal of departures and
//! the key are files beside the store, and stay as they are.

use rusqlite::Connection;
use verdict::config::Config;
use verdict::engine::Engine;

use super::consent::List;
use super::world::World;

/// What the model knew when the store was backed up.
pub(super) struct Backup {
    list: List,
    slugs: Vec<String>,
}

impl World {
    pub(super) fn back_up(&mut self) {
        match self.press.engine.store.file() {
            Some(file) => {
                let copy = self.press.dir.path().join("backup.db");
                // There may be no earlier one.
                let _ = std::fs::remove_file(&copy);
                let store = Connection::open(file).unwrap();
                store
                    .execute("VACUUM INTO ?1", [copy.to_str().unwrap()])
                    .unwrap();
            }
            None => self.press.schema().execute(&of_each_table(
                "EXECUTE format('DROP TABLE IF EXISTS %I', 'kept_' || t); \
                 EXECUTE format('CREATE TABLE %I AS TABLE %I', 'kept_' || t, t);",
            )),
        }
        self.backup = Some(Backup {
            list: self.list.clone(),
            slugs: self.slugs.clone(),
        });
    }

    /// Puts the backup back, and opens the instance as the next command does.
    pub(super) async fn restore(&mut self) {
        let Some(backup) = self.backup.take() else {
            return;
        };
        self.tell("the backup is restored");
        match self.press.engine.store.file() {
            Some(file) => put_back(
                &Connection::open(file).unwrap(),
                &self.press.dir.path().join("backup.db"),
            ),
            None => self.press.schema().execute(&of_each_table(
                "EXECUTE format('TRUNCATE %I', t); \
                 EXECUTE format('INSERT INTO %I SELECT * FROM %I', t, 'kept_' || t);",
            )),
        }
        let dir = self.press.dir.path();
        let config = Config::load(dir, |_| None).unwrap();
        let opened = Engine::with_config(dir, config, self.press.clock.clone());
        opened.await.unwrap().store.close().await;
        self.list.restore(&backup.list);
        self.slugs.clone_from(&backup.slugs);
        // What was sent since then is sent again.
        self.copies.clear();
        self.backup = Some(backup);
    }
}

fn put_back(store: &Connection, copy: &std::path::Path) {
    store
        .execute("ATTACH ?1 AS kept", [copy.to_str().unwrap()])
        .unwrap();
    let mut tables = store
        .prepare(
            "SELECT name FROM kept.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        )
        .unwrap();
    let tables = tables.query_map([], |row| row.get(0)).unwrap();
    let mut statements = "BEGIN IMMEDIATE;".to_owned();
    for table in tables {
        let table: String = table.unwrap();
        statements += &format!(
            "DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM kept.{table};"
        );
    }
    store.execute_batch(&(statements + "COMMIT;")).unwrap();
}

/// A statement for every table of a schema, `t`, but the copies.
fn of_each_table(statement: &str) -> String {
    format!(
        "DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables \
         WHERE schemaname = current_schema() AND tablename NOT LIKE 'kept_%' LOOP {statement} \
         END LOOP; END $$"
    )
}

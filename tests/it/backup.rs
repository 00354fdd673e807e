//! Backup and restore as an operator does them: the rows of all tables. The journal of departures and the key are
//! files beside the store and are not restored.

use rusqlite::Connection;

use crate::test_app::TestApp;

/// Backs up the store and replaces an earlier backup.
pub(crate) fn back_up(app: &TestApp) {
    match app.store.file() {
        Some(file) => {
            let copy = app.dir.path().join("backup.db");
            // There may be no earlier one.
            let _ = std::fs::remove_file(&copy);
            let store = Connection::open(file).unwrap();
            store
                .execute("VACUUM INTO ?1", [copy.to_str().unwrap()])
                .unwrap();
        }
        None => app.schema().execute(&of_each_table(
            "EXECUTE format('DROP TABLE IF EXISTS %I', 'kept_' || t); \
             EXECUTE format('CREATE TABLE %I AS TABLE %I', 'kept_' || t, t);",
        )),
    }
}

/// Restores the rows of the backup while processes have the store open.
pub(crate) fn put_back(app: &TestApp) {
    match app.store.file() {
        Some(file) => put_rows_back(
            &Connection::open(file).unwrap(),
            &app.dir.path().join("backup.db"),
        ),
        None => app.schema().execute(&of_each_table(
            "EXECUTE format('TRUNCATE %I', t); \
             SELECT string_agg(quote_ident(column_name), ', ') INTO columns FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = t AND is_generated = 'NEVER'; \
             EXECUTE format('INSERT INTO %I (%s) SELECT %2$s FROM %3$I', t, columns, 'kept_' || t);",
        )),
    }
}

fn put_rows_back(store: &Connection, copy: &std::path::Path) {
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

/// A statement for every table of a schema, `t`, except the copies. The setting declares that the counts are right
/// afterwards: without it, only a release that keeps them writes to the ledger.
fn of_each_table(statement: &str) -> String {
    format!(
        "SET verdict.counts_deliveries = 'on'; DO $$ DECLARE t text; columns text; BEGIN FOR t IN SELECT tablename FROM pg_tables \
         WHERE schemaname = current_schema() AND tablename NOT LIKE 'kept_%' LOOP {statement} \
         END LOOP; END $$"
    )
}

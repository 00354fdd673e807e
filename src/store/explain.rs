//! Asks the engine for the plan of each statement that a test runs.

#![allow(clippy::unwrap_used)]

use std::cell::RefCell;

use rusqlite::{Connection, params_from_iter};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Row as _};

use super::StoreError;
use super::dialect::Dialect;

thread_local! {
    static PLANS: RefCell<Option<Vec<Plan>>> = const { RefCell::new(None) };
}

/// What the engine would do for a statement.
pub(super) struct Plan {
    pub(super) dialect: Dialect,
    pub(super) sql: String,
    pub(super) steps: Vec<String>,
}

/// The plans of the statements that this runs, on the thread that polls it.
pub(super) async fn plans_of(work: impl Future<Output = ()>) -> Vec<Plan> {
    PLANS.set(Some(Vec::new()));
    work.await;
    PLANS.take().unwrap()
}

pub(super) fn is_recording() -> bool {
    PLANS.with_borrow(Option::is_some)
}

/// True if it is about deliveries, as rows or in blocks, unless it only adds them.
pub(super) fn is_about_deliveries(sql: &str) -> bool {
    (sql.contains("deliveries") || sql.contains("delivery_blocks")) && !enrols(sql)
}

/// True if it writes a whole edition.
fn enrols(sql: &str) -> bool {
    let fills = ["INSERT INTO deliveries", "INSERT INTO delivery_blocks"];
    fills.iter().any(|fill| sql.contains(fill))
}

fn record(dialect: Dialect, sql: &str, steps: Vec<String>) {
    let sql = one_line(sql);
    let plan = Plan {
        dialect,
        sql,
        steps,
    };
    PLANS.with_borrow_mut(|plans| plans.as_mut().unwrap().push(plan));
}

/// Asks for the plan of a statement that is about to run; `bind` binds its values.
pub(super) async fn explain(
    connection: &mut AnyConnection,
    dialect: Dialect,
    sql: &str,
    bind: impl FnOnce(Query<'static, Any, AnyArguments>) -> Query<'static, Any, AnyArguments>,
) -> Result<(), StoreError> {
    if !is_recording() || enrols(sql) {
        return Ok(());
    }
    let (explain, column) = match dialect {
        Dialect::Sqlite => ("EXPLAIN QUERY PLAN", 3),
        Dialect::Postgres => ("EXPLAIN", 0),
    };
    let query = bind(sqlx::query(AssertSqlSafe(format!("{explain} {sql}"))));
    let rows = query.fetch_all(connection).await?;
    let steps = rows.iter().map(|row| row.try_get(column).unwrap());
    record(dialect, sql, steps.collect());
    Ok(())
}

/// As [`explain`], for a statement that bypasses sqlx.
pub(super) fn explain_directly(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    if !is_recording() || enrols(sql) {
        return Ok(());
    }
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let values = vec![None::<i64>; statement.parameter_count()];
    let steps = statement.query_map(params_from_iter(values), |row| row.get(3))?;
    let steps = steps.collect::<Result<_, _>>()?;
    record(Dialect::Sqlite, &sql.replace('?', "$"), steps);
    Ok(())
}

pub(super) fn one_line(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! Runs statements: you pass the SQL, the parameters and a function that reads a row.

use rusqlite::ToSql;
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, Encode, Type};

use super::dialect::{Dialect, Pair};
use super::row::Row;
use super::{Begun, Store, StoreError, Tx};

/// A parameter of a statement.
pub(super) trait Value: Sync {
    fn bind_to(&self, query: AnyQuery) -> AnyQuery;
    /// For a statement that bypasses sqlx.
    fn to_sql(&self) -> &dyn ToSql;
}

type AnyQuery = Query<'static, Any, AnyArguments>;

impl<'q, T: Encode<'q, Any> + Type<Any> + ToSql + Sync> Value for T {
    fn bind_to(&self, query: AnyQuery) -> AnyQuery {
        query.bind(self)
    }

    fn to_sql(&self) -> &dyn ToSql {
        self
    }
}

fn query(dialect: Dialect, sql: Pair, values: &[&dyn Value]) -> AnyQuery {
    bind(sqlx::query(dialect.of(sql)), values)
}

fn bind(query: AnyQuery, values: &[&dyn Value]) -> AnyQuery {
    values
        .iter()
        .fold(query, |query, value| value.bind_to(query))
}

/// A statement of a transaction on a connection of the pool.
async fn query_in(
    connection: &mut AnyConnection,
    dialect: Dialect,
    sql: Pair,
    values: &[&dyn Value],
) -> Result<AnyQuery, StoreError> {
    #[cfg(test)]
    super::explain::explain(connection, dialect, dialect.of(sql), |query| {
        bind(query, values)
    })
    .await?;
    #[cfg(not(test))]
    let _ = connection;
    Ok(query(dialect, sql, values))
}

impl Tx {
    /// Runs a statement; true if it changed one row.
    pub(super) async fn changes(
        &mut self,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
    ) -> Result<bool, StoreError> {
        Ok(self.run(sql, values).await? == 1)
    }

    /// Runs a statement; returns how many rows it changed.
    pub(super) async fn run(
        &mut self,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
    ) -> Result<u64, StoreError> {
        let sql = sql.into();
        match &mut self.begun {
            Begun::Direct(tx) => tx.run(sql, values),
            Begun::Pooled(lent) => {
                let query = query_in(lent, self.dialect, sql, values).await?;
                Ok(query.execute(&mut **lent).await?.rows_affected())
            }
        }
    }

    /// Every row, in order.
    pub(super) async fn all<T, C: FromIterator<T>>(
        &mut self,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<C, StoreError> {
        let sql = sql.into();
        match &mut self.begun {
            Begun::Direct(tx) => tx.all(sql, values, read),
            Begun::Pooled(lent) => {
                let query = query_in(lent, self.dialect, sql, values).await?;
                let rows = query.fetch_all(&mut **lent).await?;
                rows.iter().map(|row| read(&Row::Pooled(row))).collect()
            }
        }
    }

    /// The first row, if there is one.
    pub(super) async fn first<T>(
        &mut self,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let sql = sql.into();
        match &mut self.begun {
            Begun::Direct(tx) => tx.first(sql, values, read),
            Begun::Pooled(lent) => {
                let query = query_in(lent, self.dialect, sql, values).await?;
                let row = query.fetch_optional(&mut **lent).await?;
                row.as_ref().map(|row| read(&Row::Pooled(row))).transpose()
            }
        }
    }

    /// The only row.
    pub(super) async fn one<T>(
        &mut self,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let row = self.first(sql, values, read).await?;
        row.ok_or_else(|| sqlx::Error::RowNotFound.into())
    }

    /// True if there is a row.
    pub(super) async fn exists(
        &mut self,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
    ) -> Result<bool, StoreError> {
        Ok(self.first(sql, values, |_| Ok(())).await?.is_some())
    }
}

impl Store {
    async fn query(
        &self,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
    ) -> Result<AnyQuery, StoreError> {
        let sql = sql.into();
        #[cfg(test)]
        if super::explain::is_recording() {
            let mut connection = self.pool.acquire().await?;
            let text = self.dialect.of(sql);
            super::explain::explain(&mut connection, self.dialect, text, |query| {
                bind(query, values)
            })
            .await?;
        }
        Ok(query(self.dialect, sql, values))
    }

    /// Runs a statement that commits by itself.
    pub(super) async fn run(
        &self,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
    ) -> Result<(), StoreError> {
        let query = self.query(sql, values).await?;
        query.execute(&self.pool).await?;
        Ok(())
    }

    /// Every row, in order.
    pub(super) async fn all<T, C: FromIterator<T>>(
        &self,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<C, StoreError> {
        let query = self.query(sql, values).await?;
        let rows = query.fetch_all(&self.pool).await?;
        rows.iter().map(|row| read(&Row::Pooled(row))).collect()
    }

    /// As [`all`](Self::all), on a connection of its own.
    pub(super) async fn all_on<T, C: FromIterator<T>>(
        &self,
        connection: &mut AnyConnection,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<C, StoreError> {
        let query = self.query(sql, values).await?;
        let rows = query.fetch_all(connection).await?;
        rows.iter().map(|row| read(&Row::Pooled(row))).collect()
    }

    /// The first row, if there is one.
    pub(super) async fn first<T>(
        &self,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let query = self.query(sql, values).await?;
        let row = query.fetch_optional(&self.pool).await?;
        row.as_ref().map(|row| read(&Row::Pooled(row))).transpose()
    }

    /// The only row.
    pub(super) async fn one<T>(
        &self,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let query = self.query(sql, values).await?;
        read(&Row::Pooled(&query.fetch_one(&self.pool).await?))
    }

    /// True if there is a row.
    pub(super) async fn exists(
        &self,
        sql: impl Into<Pair>,
        values: &[&dyn Value],
    ) -> Result<bool, StoreError> {
        Ok(self.first(sql, values, |_| Ok(())).await?.is_some())
    }
}

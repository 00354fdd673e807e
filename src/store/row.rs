//! Reads the columns of a row.

use std::str::FromStr;

use rusqlite::types::FromSql;
use sqlx::any::AnyRow;
use sqlx::{Any, Decode, Row as _, Type};
use subscribers::address::Address;

use super::StoreError;

/// A row of a statement's result.
pub(super) enum Row<'r> {
    Pooled(&'r AnyRow),
    Direct(&'r rusqlite::Row<'r>),
}

impl Row<'_> {
    fn get<T>(&self, at: usize) -> Result<T, StoreError>
    where
        T: for<'r> Decode<'r, Any> + Type<Any> + FromSql,
    {
        match self {
            Self::Pooled(row) => Ok(row.try_get(at)?),
            Self::Direct(row) => Ok(row.get(at)?),
        }
    }

    pub(super) fn number(&self, at: usize) -> Result<i64, StoreError> {
        self.get(at)
    }

    pub(super) fn number_or_null(&self, at: usize) -> Result<Option<i64>, StoreError> {
        self.get(at)
    }

    pub(super) fn text(&self, at: usize) -> Result<String, StoreError> {
        self.get(at)
    }

    pub(super) fn text_or_null(&self, at: usize) -> Result<Option<String>, StoreError> {
        self.get(at)
    }

    pub(super) fn bytes_or_null(&self, at: usize) -> Result<Option<Vec<u8>>, StoreError> {
        self.get(at)
    }

    /// An address from this column and its key from the next one; `None` once erased.
    pub(super) fn address(&self, at: usize) -> Result<Option<Address>, StoreError> {
        let stored = self.text_or_null(at)?.zip(self.text_or_null(at + 1)?);
        Ok(stored.map(|(as_given, key)| Address::stored(as_given, key)))
    }

    /// A text that stands for a value; `what` names the column in the error.
    pub(super) fn word<T: FromStr>(&self, at: usize, what: &'static str) -> Result<T, StoreError> {
        let found = self.text(at)?;
        found
            .parse()
            .map_err(|_| StoreError::Unreadable { what, found })
    }
}

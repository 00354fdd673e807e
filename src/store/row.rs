//! Reads the columns of a row.

use std::str::FromStr;

use sqlx::Row as _;
use sqlx::any::AnyRow;
use subscribers::address::Address;

use super::StoreError;

pub(super) trait Columns {
    fn number(&self, at: usize) -> Result<i64, StoreError>;
    fn number_or_null(&self, at: usize) -> Result<Option<i64>, StoreError>;
    fn text(&self, at: usize) -> Result<String, StoreError>;
    fn text_or_null(&self, at: usize) -> Result<Option<String>, StoreError>;
    fn bytes_or_null(&self, at: usize) -> Result<Option<Vec<u8>>, StoreError>;
    /// An address from this column and its key from the next one; `None` once erased.
    fn address(&self, at: usize) -> Result<Option<Address>, StoreError>;
    /// A text that stands for a value; `what` names the column in the error.
    fn word<T: FromStr>(&self, at: usize, what: &'static str) -> Result<T, StoreError>;
}

impl Columns for AnyRow {
    fn number(&self, at: usize) -> Result<i64, StoreError> {
        Ok(self.try_get(at)?)
    }

    fn number_or_null(&self, at: usize) -> Result<Option<i64>, StoreError> {
        Ok(self.try_get(at)?)
    }

    fn text(&self, at: usize) -> Result<String, StoreError> {
        Ok(self.try_get(at)?)
    }

    fn text_or_null(&self, at: usize) -> Result<Option<String>, StoreError> {
        Ok(self.try_get(at)?)
    }

    fn bytes_or_null(&self, at: usize) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.try_get(at)?)
    }

    fn address(&self, at: usize) -> Result<Option<Address>, StoreError> {
        let stored = self.text_or_null(at)?.zip(self.text_or_null(at + 1)?);
        Ok(stored.map(|(as_given, key)| Address::stored(as_given, key)))
    }

    fn word<T: FromStr>(&self, at: usize, what: &'static str) -> Result<T, StoreError> {
        let found = self.text(at)?;
        found
            .parse()
            .map_err(|_| StoreError::Unreadable { what, found })
    }
}

//! Reading columns of a row, with the store's own error.

use std::str::FromStr;

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::StoreError;

/// Columns by position.
pub(super) trait Columns {
    /// A number that is never NULL.
    fn number(&self, at: usize) -> Result<i64, StoreError>;
    /// A number or NULL.
    fn number_or_null(&self, at: usize) -> Result<Option<i64>, StoreError>;
    /// A text that is never NULL.
    fn text(&self, at: usize) -> Result<String, StoreError>;
    /// A text or NULL.
    fn text_or_null(&self, at: usize) -> Result<Option<String>, StoreError>;
    /// A text that stands for a value; `what` names its meaning in the error.
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

    fn word<T: FromStr>(&self, at: usize, what: &'static str) -> Result<T, StoreError> {
        let found = self.text(at)?;
        found
            .parse()
            .map_err(|_| StoreError::Unreadable { what, found })
    }
}

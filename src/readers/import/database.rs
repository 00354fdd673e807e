//! The database of listmonk, read as the JSON of its API.

use serde_json::Value;

use super::origin::System;
use super::reading::Reading;
use super::rows::Rows;
use super::system;
use super::{ImportError, Options};
use crate::store::listmonk::Listmonk;

/// Reads everyone in a database. It blocks, so call it on a thread of its own.
pub(super) fn read(
    database: &Listmonk,
    options: &Options,
    reading: &mut Reading,
) -> Result<(), ImportError> {
    let name = database.shown();
    if !matches!(options.system, None | Some(System::Listmonk)) {
        return Err(ImportError::OnlyListmonk(name.to_owned()));
    }
    let mut rows = Rows::of(name, options, reading);
    let mut read = rows.read_as(System::Listmonk, "PostgreSQL");
    let mut broken = None;
    let mut take = |json: &str| {
        read.rows += 1;
        let person = serde_json::from_str::<Value>(json);
        match person.map(|person| system::element(&person, options.list.as_deref())) {
            Ok(Some(person)) => rows.element(person, read.rows),
            Ok(None) => broken = Some(ImportError::UnknownElement(name.to_owned(), read.rows)),
            Err(error) => broken = Some(ImportError::Json(name.to_owned(), error)),
        }
        broken.is_none()
    };
    tokio::runtime::Handle::current().block_on(database.each(&mut take))?;
    if let Some(error) = broken {
        return Err(error);
    }
    rows.end(read);
    Ok(())
}

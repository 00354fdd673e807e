//! Import: turns the exports of other systems, and of Verdict itself, into readers and departures.
//!
//! ```text
//! files ─files▶ bytes ─read▶ rows, by the rules of one system (system/) ─people▶ each address once, strictest first
//!   ─plan▶ what would become of each ─apply▶ subscribers, consent history, journal
//! ```
//!
//! The files decide each person's status. The operator vouches only for people without a status. An unknown word, or a
//! format that hides who left, stops an import before anything is written.

mod apply;
mod batches;
mod columns;
mod counts;
mod database;
mod element;
mod files;
mod header;
mod hidden;
mod json;
mod membership;
mod origin;
mod outcome;
mod people;
mod plan;
mod read;
mod reading;
mod row;
mod rows;
mod system;
mod text;
mod time;

use std::io;
use std::path::PathBuf;

use subscribers::consent::Consent;

use crate::app::App;
use crate::store::StoreError;
use crate::store::listmonk::{Listmonk, ListmonkError};

pub use apply::{Applied, Undone, apply, undo};
pub use counts::{Count, Counts};
pub use origin::System;
pub use plan::Plan;

/// What to import, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Files, folders and zip archives.
    pub paths: Vec<PathBuf>,
    pub databases: Vec<Listmonk>,
    /// `None` to detect the system from each file.
    pub system: Option<System>,
    /// Imports only this list, if a file has several.
    pub list: Option<String>,
    /// The consent of all people, whatever the files say.
    pub all: Option<Consent>,
    /// True if the operator vouches for people without a status.
    pub confirmed: bool,
    /// True to import files that do not show who left.
    pub anyway: bool,
}

/// Why nothing is imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("cannot read {0}: {1}")]
    Unreadable(String, #[source] io::Error),
    /// A broken archive, an encrypted file, or a zip bomb.
    #[error("cannot unpack {0}: {1}")]
    Archive(String, String),
    #[error("there is no .csv, .tsv, .txt or .json file")]
    NoFiles,
    #[error("there are more than {0} files")]
    TooMany(usize),
    #[error("cannot read {0} as JSON: {1}")]
    Json(String, #[source] serde_json::Error),
    #[error(
        "{0} is JSON of an unknown system; Verdict reads the JSON of listmonk, Ghost and Buttondown"
    )]
    UnknownJson(String),
    #[error("{0}: element {1} is not like the others")]
    UnknownElement(String, u64),
    #[error("{0} does not begin with a row of column titles")]
    NoHeader(String),
    #[error(
        "{file} {} (found {}); the first row must name the columns",
        system.map_or_else(
            || "has no column `email`".to_owned(),
            |system| format!("does not have the columns of an export of {system}"),
        ),
        titles.join(", ")
    )]
    NoColumns {
        file: String,
        /// The system in the options.
        system: Option<System>,
        /// The first titles.
        titles: Vec<String>,
    },
    #[error(
        "{file} has a column `{title}`, which looks like a status and is not read. If it shows who may be mailed, \
         rename it to `status`, with words such as `subscribed` and `unsubscribed`; if not, remove it"
    )]
    UnreadStatus { file: String, title: String },
    #[error(
        "{0} does not show the status of its people. MailerLite exports a file for each status: put `active`, \
         `unsubscribed`, `unconfirmed`, `bounced` or `junk` into its name"
    )]
    NoStatusInName(String),
    #[error("these statuses are not known, so nothing was imported:\n{}", .0.join("\n"))]
    UnknownStatus(Vec<String>),
    #[error("these people are on several lists; name one with --list:\n{}", .0.join("\n"))]
    SeveralLists(Vec<String>),
    #[error("there is no list `{named}` in these files; there are:\n{}", lists.join("\n"))]
    NoSuchList { named: String, lists: Vec<String> },
    #[error(
        "--list {0}: none of these files shows which lists people are on. Leave --list out, and import only files \
         with the people of that list"
    )]
    NoLists(String),
    #[error(
        "{place}: `{names}` may be one list or several, so it is not clear whether these people are on `{list}`. \
         Older releases of phpList write only a space between the names. Export the people of that list alone \
         (Export → When they subscribed to), and import the file without --list"
    )]
    UnclearList {
        /// The file and the line.
        place: String,
        names: String,
        list: String,
    },
    #[error("{}\nTo import them anyway, add --anyway.", .0.join("\n"))]
    Hidden(Vec<String>),
    #[error(transparent)]
    Database(#[from] ListmonkError),
    #[error(
        "{0} is a database, which must be listmonk's; for other systems, import the files they export"
    )]
    OnlyListmonk(String),
    #[error("there is no import {0} to undo")]
    NoSuchImport(i64),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads the files and databases, and counts what would become of everyone in them. Writes nothing.
///
/// `progress` receives the total number of bytes, and how many have been read so far.
pub async fn plan(
    app: &App,
    options: Options,
    progress: impl Fn(u64, u64) + Send + 'static,
) -> Result<Plan, ImportError> {
    let mut plan = read(options, progress).await?;
    plan.count(app).await?;
    Ok(plan)
}

/// Reads the files and databases without looking anyone up on the list; [`apply`] does that.
///
/// `progress` is as for [`plan`].
pub async fn read(
    options: Options,
    progress: impl Fn(u64, u64) + Send + 'static,
) -> Result<Plan, ImportError> {
    let reading = tokio::task::spawn_blocking(move || {
        let files = match options.paths.is_empty() && !options.databases.is_empty() {
            true => files::Files::default(),
            false => files::Files::find(&options.paths)?,
        };
        let reading = read::read(files, &options, &progress)?;
        plan::check(&reading, &options)?;
        Ok(Plan::of(reading))
    });
    reading.await.map_err(|error| {
        let cause = io::Error::other(error.to_string());
        ImportError::Unreadable("the files".to_owned(), cause)
    })?
}

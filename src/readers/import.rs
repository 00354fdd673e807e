//! Moving in: the exports of other systems, and of Verdict itself, become readers and departures.
//!
//! ```text
//! files ─files▶ bytes ─read▶ rows, by the rules of one system (system/) ─people▶ each address once, strictest first
//!   ─plan▶ what would become of each ─apply▶ subscribers, consent history, journal
//! ```
//!
//! Status comes from the files. Only where they say nothing does the operator vouch. A word that is not known, or a
//! format that hides who left, stops an import before anything is written.

mod apply;
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

/// What is imported, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Files, folders and zip archives.
    pub paths: Vec<PathBuf>,
    /// Databases that people come from.
    pub databases: Vec<Listmonk>,
    /// The system that they come from; `None` to recognise it.
    pub system: Option<System>,
    /// The name of the list, where a file has several.
    pub list: Option<String>,
    /// What all of the people are, instead of what the files say.
    pub all: Option<Consent>,
    /// True if the operator vouches for those of whom the files say nothing.
    pub confirmed: bool,
    /// True if files are taken that do not show who left.
    pub anyway: bool,
}

/// Why nothing is imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read.
    #[error("cannot read {0}: {1}")]
    Unreadable(String, #[source] io::Error),
    /// An archive is broken, or a bomb.
    #[error("cannot unpack {0}: {1}")]
    Archive(String, String),
    /// Nothing to read.
    #[error("there is no .csv, .tsv, .txt or .json file")]
    NoFiles,
    /// Too many files.
    #[error("there are more than {0} files")]
    TooMany(usize),
    /// Broken JSON.
    #[error("{0} is not JSON that can be read: {1}")]
    Json(String, #[source] serde_json::Error),
    /// JSON of an unknown system.
    #[error(
        "{0} is JSON of no system that is known; JSON is read from listmonk, Ghost and Buttondown"
    )]
    UnknownJson(String),
    /// An element unlike the others.
    #[error("{0}: element {1} is not like the others")]
    UnknownElement(String, u64),
    /// A table without a header.
    #[error("{0} does not begin with a row of column titles")]
    NoHeader(String),
    /// A table without the columns that are needed.
    #[error(
        "{file} {} (found {}); the first row must name the columns",
        system.map_or_else(
            || "has no column `email`".to_owned(),
            |system| format!("does not have the columns of an export of {system}"),
        ),
        titles.join(", ")
    )]
    NoColumns {
        /// The file.
        file: String,
        /// The system that was named.
        system: Option<System>,
        /// The first titles.
        titles: Vec<String>,
    },
    /// A column that looks like a status and is not read.
    #[error(
        "{file} has a column `{title}`, which looks like a status and is not read. If it says who may be mailed, \
         rename it to `status`, with words such as `subscribed` and `unsubscribed`; if not, remove it"
    )]
    UnreadStatus {
        /// The file.
        file: String,
        /// The column's title.
        title: String,
    },
    /// A file of MailerLite whose name says no status.
    #[error(
        "{0} does not say whom it holds. MailerLite exports a file for each status: put `active`, `unsubscribed`, \
         `unconfirmed`, `bounced` or `junk` into its name"
    )]
    NoStatusInName(String),
    /// Words for a status that are not known.
    #[error("these statuses are not known, so nothing was imported:\n{}", .0.join("\n"))]
    UnknownStatus(Vec<String>),
    /// The people are on several lists.
    #[error("these people are on several lists; name one with --list:\n{}", .0.join("\n"))]
    SeveralLists(Vec<String>),
    /// No list has this name.
    #[error("there is no list `{named}` in these files; there are:\n{}", lists.join("\n"))]
    NoSuchList {
        /// The name that was given.
        named: String,
        /// The lists that there are.
        lists: Vec<String>,
    },
    /// A list is named, and nothing says who is on it.
    #[error(
        "--list {0}: none of these files says which lists people are on. Leave --list out, and import only files \
         with the people of that list"
    )]
    NoLists(String),
    /// The names of lists cannot be told apart.
    #[error(
        "{place}: `{names}` may be one list or several, so it is not known whether these people are on `{list}`. \
         Older releases of phpList write only a space between the names. Export the people of that list alone \
         (Export → When they subscribed to), and import the file without --list"
    )]
    UnclearList {
        /// The file and the line.
        place: String,
        /// What the row says.
        names: String,
        /// The list that was named.
        list: String,
    },
    /// The format hides who left.
    #[error("{}\nTo import them all the same, add --anyway.", .0.join("\n"))]
    Hidden(Vec<String>),
    /// A database of listmonk cannot be read.
    #[error(transparent)]
    Database(#[from] ListmonkError),
    /// Another system is named for a database.
    #[error("{0} can only be the database of a listmonk; of other systems, import their exports")]
    OnlyListmonk(String),
    /// No import has this number, or it was undone.
    #[error("there is no import {0} to undo")]
    NoSuchImport(i64),
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads the files and databases, and says what would become of everyone in them. Nothing is written.
///
/// `progress` receives the total number of bytes, and from time to time how many have been read.
pub async fn plan(
    app: &App,
    options: Options,
    progress: impl Fn(u64, u64) + Send + 'static,
) -> Result<Plan, ImportError> {
    let mut plan = read(options, progress).await?;
    plan.count(app).await?;
    Ok(plan)
}

/// Reads the files and databases, without looking anyone up on the list: [`apply`] does that.
///
/// `progress` receives the total number of bytes, and from time to time how many have been read.
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

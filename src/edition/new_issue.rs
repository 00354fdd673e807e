//! Makes a new issue: a file to fill in, dated for the next free slot.

use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::OpenSlots;
use crate::issue::{self, Folder, Refused, Rules, SCHEMA_FILE};
use crate::schedule::Slot;

/// What an editor asks for.
#[derive(Clone, Copy, Debug)]
pub struct NewIssue<'a> {
    /// The names of A and B.
    pub tools: [&'a str; 2],
    /// Made from the names if `None`.
    pub slug: Option<&'a str>,
    /// The next free slot's if `None`.
    pub send_on: Option<NaiveDate>,
}

/// A new issue's file.
#[derive(Debug)]
pub struct Made {
    pub path: PathBuf,
    /// `None` if the schedule has no free slot.
    pub send_on: Option<NaiveDate>,
    /// The slot that would take it. `None` if its date has none left.
    pub slot: Option<Slot>,
    /// Why the schema beside it could not be brought up to date.
    pub no_schema: Option<NewIssueError>,
}

#[derive(Debug, thiserror::Error)]
pub enum NewIssueError {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(
        "there is an edition `{0}`, and no issue is sent twice: choose another name with `--slug`"
    )]
    Sent(String),
    #[error("{0} already exists: choose another name with `--slug`")]
    Exists(PathBuf),
    #[error("cannot read the issues in {path}: {cause}")]
    Folder { path: PathBuf, cause: io::Error },
    #[error("cannot write {path}: {cause}")]
    File { path: PathBuf, cause: io::Error },
}

/// Writes a new issue into a folder, and the schema beside it. Makes the folder if there is none.
///
/// # Errors
/// On a [`NewIssueError`], there is no new issue, and every file is as it was.
pub fn new_issue(
    issues: &Path,
    rules: &Rules,
    slots: &OpenSlots,
    new: NewIssue<'_>,
) -> Result<Made, NewIssueError> {
    let folder = match issue::load_folder(issues, rules) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Folder::default(),
        read => read.map_err(|cause| NewIssueError::Folder {
            path: issues.to_owned(),
            cause,
        })?,
    };
    let free = || Some(slots.first_free(&folder)?.period.start);
    let send_on = new.send_on.or_else(free);
    let scaffold = issue::scaffold(new.tools, new.slug, send_on, rules)?;
    let slug = &scaffold.slug;
    if slots.is_sent(slug) {
        return Err(NewIssueError::Sent(slug.clone()));
    }
    let failed = |name: &str, cause: io::Error| {
        let path = issues.join(name);
        match cause.kind() {
            io::ErrorKind::AlreadyExists => NewIssueError::Exists(path),
            _ => NewIssueError::File { path, cause },
        }
    };
    let path = issue::write_new(issues, &scaffold)
        .map_err(|cause| failed(&format!("{slug}.toml"), cause))?;
    let schema = issue::write_schema(issues, rules);
    Ok(Made {
        path,
        send_on,
        slot: send_on.and_then(|date| slots.slot_on(date, slug, &folder)),
        no_schema: schema.err().map(|cause| failed(SCHEMA_FILE, cause)),
    })
}

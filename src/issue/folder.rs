//! Reads a folder of issues and looks for two with the same date.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::content::{Followup, Needs, SAME_DATE};
use super::{Checked, Issue, Rules, Status, check, slug};
use crate::findings::{Finding, Findings};
use crate::toml_source;

#[derive(Debug, Default)]
pub struct Folder {
    /// The issues without errors, by slug.
    pub issues: Vec<Issue>,
    /// What is left to check of each of them, in the same order.
    pub followups: Vec<Followup>,
    /// File by file.
    pub findings: Findings,
    pub failed: Vec<Failed>,
}

/// A file with errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The file's name, without `.toml`.
    pub slug: String,
    /// True for a draft, which is not due to be sent.
    pub draft: bool,
    pub send_on: Option<NaiveDate>,
}

impl Folder {
    /// Adds a file, as if it were in the folder.
    pub fn add(&mut self, path: &Path, checked: Checked) {
        self.findings.extend(checked.findings);
        match (checked.issue, checked.followup) {
            (Some(issue), Some(followup)) => {
                self.issues.push(issue);
                self.followups.push(followup);
            }
            _ => self.failed.push(Failed {
                slug: stem(path),
                draft: checked.draft,
                send_on: checked.send_on,
            }),
        }
    }

    /// Adds what another folder holds.
    pub fn extend(&mut self, other: Self) {
        self.issues.extend(other.issues);
        self.followups.extend(other.followups);
        self.findings.extend(other.findings);
        self.failed.extend(other.failed);
    }

    /// How many files were checked.
    pub fn files(&self) -> usize {
        self.issues.len() + self.failed.len()
    }

    /// The issues, each with what is left to check of it, and where findings go.
    pub(crate) fn followups(
        &mut self,
    ) -> (impl Iterator<Item = (&Issue, &mut Followup)>, &mut Findings) {
        let followups = self.issues.iter().zip(&mut self.followups);
        (followups, &mut self.findings)
    }
}

/// Reads and checks every `*.toml` file in a folder, by name. Skips subfolders and hidden files.
/// An unreadable file becomes a finding, so that it does not hide the others.
///
/// # Errors
/// If the folder itself cannot be read.
pub fn load_folder(dir: &Path, rules: &Rules) -> io::Result<Folder> {
    let mut folder = Folder::default();
    let mut dated = BTreeMap::new();
    for path in files_in(dir)? {
        let read = toml_source::read_file(&path);
        folder.add(&path, check_read(&path, read, rules));
    }
    for (issue, followup) in folder.issues.iter().zip(&mut folder.followups) {
        let clash = same_date(issue, followup, &mut dated);
        let clash = clash.filter(|clash| followup.admits(clash));
        folder.findings.extend(clash);
        folder.findings.extend(followup.idle(Needs::Folder));
    }
    folder.findings.sort();
    Ok(folder)
}

/// Checks a file as it was read. An unreadable one becomes a finding.
pub fn check_read(path: &Path, read: io::Result<Vec<u8>>, rules: &Rules) -> Checked {
    match read {
        Ok(bytes) => check(path, &bytes, rules),
        Err(error) => {
            let message = format!("the file cannot be read: {error}");
            Findings::from(Finding::of_file("unreadable", message, path)).into()
        }
    }
}

/// The slug in a folder that a misspelled one probably stands for.
pub fn nearest_slug(dir: &Path, slug: &str) -> Option<String> {
    let files = files_in(dir).ok()?;
    let slugs: Vec<String> = files.iter().map(|path| stem(path)).collect();
    toml_source::closest(slug, slugs.iter().map(String::as_str)).map(str::to_owned)
}

/// What an error about a slug ends with, if a [similar one](nearest_slug) is known.
pub(crate) fn suggestion(known: Option<&str>) -> String {
    known.map_or_else(String::new, |slug| format!(" (did you mean `{slug}`?)"))
}

/// The issue files in a folder, by name: every `*.toml` file that is not hidden.
///
/// # Errors
/// If the folder cannot be read.
pub fn files_in(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let hidden = stem(&path).starts_with('.');
        if slug::is_toml(&path) && !hidden && !path.is_dir() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A file's name without its ending.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Warns of two issues for one date: only the first will go out in that slot.
fn same_date(
    issue: &Issue,
    followup: &Followup,
    dated: &mut BTreeMap<NaiveDate, String>,
) -> Option<Finding> {
    let is_due = issue.status == Status::Ready && !issue.comparison.sample;
    let date = issue.send_on.filter(|_| is_due)?;
    let Some(first) = dated.get(&date) else {
        dated.insert(date, issue.slug.clone());
        return None;
    };
    let finding = followup.at_date(SAME_DATE, "another ready issue has this date".to_owned())?;
    Some(
        finding
            .label(format!("`{first}` is sent on that day"))
            .help("give one of the two another date"),
    )
}

//! Reads a folder of issues and looks for two with the same date.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Issue, Rules, Status, checked_with_date, slug};
use crate::findings::{Finding, Findings};
use crate::toml_source;

#[derive(Debug, Default)]
pub struct Folder {
    /// The issues without errors, by slug.
    pub issues: Vec<Issue>,
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

/// Reads and checks every `*.toml` file in a folder, by name. Skips subfolders and hidden files.
/// An unreadable file becomes a finding, so that it does not hide the others.
///
/// # Errors
/// If the folder itself cannot be read.
pub fn load_folder(dir: &Path, rules: &Rules) -> io::Result<Folder> {
    let mut folder = Folder::default();
    let mut dated = BTreeMap::new();
    for path in files_in(dir)? {
        let (checked, clash) = match toml_source::read_file(&path) {
            Ok(bytes) => checked_with_date(&path, &bytes, rules),
            Err(error) => {
                let message = format!("the file cannot be read: {error}");
                let finding = Finding::of_file("unreadable", message, &path);
                (Findings::from(finding).into(), None)
            }
        };
        folder.findings.extend(checked.findings);
        match checked.issue {
            Some(issue) => {
                folder.findings.extend(same_date(&issue, clash, &mut dated));
                folder.issues.push(issue);
            }
            None => folder.failed.push(Failed {
                slug: stem(&path),
                draft: checked.draft,
                send_on: checked.send_on,
            }),
        }
    }
    Ok(folder)
}

/// The slug in a folder that a misspelled one probably stands for.
pub fn nearest_slug(dir: &Path, slug: &str) -> Option<String> {
    let files = files_in(dir).ok()?;
    let slugs: Vec<String> = files.iter().map(|path| stem(path)).collect();
    toml_source::closest(slug, slugs.iter().map(String::as_str)).map(str::to_owned)
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

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Warns of two issues for one date: only the first will go out in that slot.
fn same_date(
    issue: &Issue,
    clash: Option<Finding>,
    dated: &mut BTreeMap<NaiveDate, String>,
) -> Option<Finding> {
    let date = issue.send_on.filter(|_| issue.status == Status::Ready)?;
    match dated.get(&date) {
        Some(first) => clash.map(|finding| {
            finding
                .label(format!("`{first}` is sent on that day"))
                .help("give one of the two another date")
        }),
        None => {
            dated.insert(date, issue.slug.clone());
            None
        }
    }
}

//! Issues: the editors' TOML files, read into what can be sent, or into findings.
//!
//! `issues/README.md` is the format's documentation; [`limits`] holds its numbers. [`check`] is
//! pure and finds everything that is wrong with one file; [`load_folder`] reads a whole folder and
//! adds what only shows when files are side by side.

mod folder;
mod keys;
mod length;
pub mod limits;
mod panel;
mod prose;
mod read;
mod slug;
mod tool;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use templates::comparison::{Comparison, Newsletter};

use crate::findings::{Finding, Findings, Report};
use crate::toml_source;

pub use self::folder::{Failed, Folder, load_folder, nearest_slug};

/// The panel roles that every newsletter has.
pub const PANEL: [&str; 5] = ["builder", "skeptic", "futurist", "creator", "founder"];

/// An issue that has no error in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// The file's name without `.toml`: lower-case letters, digits and hyphens.
    pub slug: String,
    /// The file.
    pub path: PathBuf,
    /// Whether it may be sent.
    pub status: Status,
    /// The day it is meant for, in the newsletter's zone.
    pub send_on: Option<NaiveDate>,
    /// When it joined the queue: of several undated issues, the one added first goes first.
    pub added: Option<NaiveDate>,
    /// The mail's subject: one line of at most [`limits::SUBJECT`] characters.
    pub subject: String,
    /// What a mailbox shows beside the subject: one line of at most [`limits::PREHEADER`] characters.
    pub preheader: String,
    /// What it says. The readers' votes are not in the file: every tally is zero.
    pub comparison: Comparison,
}

/// Whether an issue may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Still being written.
    Draft,
    /// Finished.
    Ready,
}

/// What the checks must know of the newsletter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Panel roles beside those of [`PANEL`], as `issues.panel_roles` names them.
    pub roles: Vec<String>,
    /// What the mail says of the newsletter; empty where nothing is configured.
    pub newsletter: Newsletter,
}

impl Rules {
    /// Every role that may review: the panel's, then the newsletter's own.
    pub fn all_roles(&self) -> impl Iterator<Item = &str> {
        let own = self.roles.iter().map(String::as_str);
        PANEL.into_iter().chain(own)
    }
}

/// What a file turned out to be.
#[derive(Debug)]
pub struct Checked {
    /// The issue; `None` if any finding is an error.
    pub issue: Option<Issue>,
    /// Everything found, in the file's order.
    pub findings: Findings,
    /// True if the file calls itself a draft, whatever else is wrong with it.
    pub draft: bool,
}

impl From<Finding> for Checked {
    fn from(finding: Finding) -> Self {
        Self {
            issue: None,
            findings: finding.into(),
            draft: false,
        }
    }
}

/// The editors' folder of an instance, named as a person in that folder would: `issues`, not
/// `./issues`.
pub fn folder_in(dir: &Path) -> PathBuf {
    let folder = dir.join("issues");
    folder
        .strip_prefix(".")
        .map(Path::to_owned)
        .unwrap_or(folder)
}

/// Checks one issue file: all its findings in one pass.
///
/// The path is only used for its name; nothing is read from it.
pub fn check(path: &Path, bytes: &[u8], rules: &Rules) -> Checked {
    checked_with_date(path, bytes, rules).0
}

/// Reads and checks the issue with this slug in a folder.
///
/// # Errors
/// [`io::ErrorKind::NotFound`] if there is no such file (then see [`nearest_slug`]), or whatever
/// else keeps it from being read.
pub fn load(dir: &Path, slug: &str, rules: &Rules) -> io::Result<Checked> {
    // A slug from a command line must not name a file elsewhere.
    if !slug::is_slug(slug) {
        let message = format!("`{slug}` cannot be the name of an issue");
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    let path = dir.join(format!("{slug}.toml"));
    let bytes = toml_source::read_file(&path)?;
    Ok(check(&path, &bytes, rules))
}

fn refuse_too_long(issue: &Issue, path: &Path, rules: &Rules, report: &mut Report) {
    let bytes = length::html(issue, &rules.newsletter);
    if bytes > limits::MAIL {
        let message = format!(
            "the mail has {bytes} bytes of HTML; mail programs cut it off after {}",
            limits::MAIL
        );
        let finding = Finding::of_file("too-long", message, path);
        report.push(finding.help("shorten its texts, or say some of it behind a link"));
    }
}

/// The result, and the finding to add if another issue has the same date.
fn checked_with_date(path: &Path, bytes: &[u8], rules: &Rules) -> (Checked, Option<Finding>) {
    let mut report = Report::new();
    let slug = slug::of_file(path, &mut report);
    let source = match toml_source::decode(path, bytes) {
        Ok(source) => source,
        Err(finding) => {
            report.push(*finding);
            let findings = report.finish();
            return (
                Checked {
                    issue: None,
                    findings,
                    draft: false,
                },
                None,
            );
        }
    };
    let read = read::issue(&source, slug, rules, &mut report);
    if let Some(issue) = &read.issue
        && !report.has_errors()
    {
        refuse_too_long(issue, path, rules, &mut report);
    }
    let checked = Checked {
        issue: read.issue.filter(|_| !report.has_errors()),
        findings: report.finish(),
        draft: read.draft,
    };
    (checked, read.clash)
}

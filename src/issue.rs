//! Reads the editors' TOML files: each becomes an [`Issue`] or a list of findings.
//!
//! `issues/README.md` documents the format; [`limits`] holds its numbers. [`check`] is pure and
//! reports everything that is wrong with one file. [`load_folder`] reads a whole folder and also
//! reports problems that only show when you compare files.

mod approval;
pub mod content;
mod folder;
mod key;
mod keys;
mod length;
pub mod limits;
mod panel;
mod prose;
mod read;
mod scaffold;
mod schema;
mod slug;
mod tool;
mod write;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use strum::{EnumIter, IntoStaticStr, VariantNames};
use templates::comparison::{Comparison, Newsletter};

use self::content::Followup;
use crate::findings::{Findings, Report};
use crate::toml_source;

pub use self::folder::{Failed, Folder, check_read, files_in, load_folder, nearest_slug};
pub(crate) use self::folder::{stem, suggestion};
pub use self::scaffold::{Refused, Scaffold, scaffold, toml_string};
pub use self::schema::{SCHEMA_DIRECTIVE, SCHEMA_FILE, schema, schema_text};
pub use self::slug::of_page as page_slug;
pub use self::tool::folded as folded_name;
pub use self::write::{write_new, write_schema};

/// The panel roles that every newsletter has.
pub const PANEL: [&str; 5] = ["builder", "skeptic", "futurist", "creator", "founder"];

/// An issue without errors.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// The file's name without `.toml`: lower-case letters, digits and hyphens.
    pub slug: String,
    pub path: PathBuf,
    pub status: Status,
    /// The day to send it, in the newsletter's zone.
    pub send_on: Option<NaiveDate>,
    /// When it joined the queue. Undated issues go out in this order.
    pub added: Option<NaiveDate>,
    /// One line of at most [`limits::SUBJECT`] characters.
    pub subject: String,
    /// The text that mailboxes show beside the subject: one line of at most
    /// [`limits::PREHEADER`] characters.
    pub preheader: String,
    pub author: Option<String>,
    /// An approval that is kept in the file.
    pub approval: Option<FileApproval>,
    /// Every tally is zero: the file does not hold the readers' votes.
    pub comparison: Comparison,
}

/// The approval of an issue that stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileApproval {
    pub by: String,
    /// The SHA-256 of the content, lower-case hexadecimal.
    pub content: String,
}

/// Whether an issue may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum Status {
    Draft,
    Ready,
}

/// What the checks need to know about the newsletter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Panel roles in addition to [`PANEL`], from `issues.panel_roles`.
    pub roles: Vec<String>,
    /// Empty if nothing is configured.
    pub newsletter: Newsletter,
}

impl Rules {
    /// Every role that may review: [`PANEL`] first, then the newsletter's own.
    pub fn all_roles(&self) -> impl Iterator<Item = &str> {
        let own = self.roles.iter().map(String::as_str);
        PANEL.into_iter().chain(own)
    }
}

/// The result of checking one file.
#[derive(Debug, Default)]
pub struct Checked {
    /// `None` if any finding is an error.
    pub issue: Option<Issue>,
    /// In the file's order.
    pub findings: Findings,
    /// True if the file's status is `draft`, even if the file has errors.
    pub draft: bool,
    /// The file's date, even if the file has errors.
    pub send_on: Option<NaiveDate>,
    /// For checks that need more than the file; `None` if it is not text.
    pub followup: Option<Followup>,
}

impl From<Findings> for Checked {
    fn from(findings: Findings) -> Self {
        Self {
            findings,
            ..Self::default()
        }
    }
}

/// An instance's folder of issues, without a leading `./`.
pub fn folder_in(dir: &Path) -> PathBuf {
    dir.strip_prefix(".").unwrap_or(dir).join("issues")
}

/// Checks one issue file and reports everything wrong with it in one pass.
///
/// The path only supplies the file's name; nothing is read from it.
pub fn check(path: &Path, bytes: &[u8], rules: &Rules) -> Checked {
    let mut report = Report::new();
    let slug = slug::of_file(path, &mut report);
    let source = match toml_source::decode(path, bytes) {
        Ok(source) => source,
        Err(finding) => {
            report.push(*finding);
            return report.finish().into();
        }
    };
    let read = read::issue(&source, slug, rules, &mut report);
    let mut followup = read.followup;
    let mut findings = report.finish();
    content::settle(&mut findings, &mut followup);
    Checked {
        issue: read.issue.filter(|_| !findings.has_errors()),
        findings,
        draft: read.draft,
        send_on: read.send_on,
        followup: Some(followup),
    }
}

/// Reads and checks the issue with this slug in a folder.
///
/// # Errors
/// [`io::ErrorKind::NotFound`] if there is no such file (see [`nearest_slug`]),
/// [`io::ErrorKind::InvalidFilename`] if the slug is not one, or any other error from reading it.
pub fn load(dir: &Path, slug: &str, rules: &Rules) -> io::Result<Checked> {
    // A slug from the command line must not lead out of the folder.
    if !slug::is_slug(slug) {
        let message = format!("`{slug}` cannot be the name of an issue");
        return Err(io::Error::new(io::ErrorKind::InvalidFilename, message));
    }
    let path = dir.join(format!("{slug}.toml"));
    let bytes = toml_source::read_file(&path)?;
    Ok(check(&path, &bytes, rules))
}

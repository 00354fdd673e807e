//! The error for an invalid crontab expression, with carets under the part that is wrong.

use std::error::Error;
use std::fmt;
use std::ops::Range;

/// An invalid crontab expression.
///
/// Displays on several lines: the message, the expression with carets under the invalid part, and
/// the help, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CronError {
    pub expression: String,
    /// The invalid part, in bytes of the expression.
    pub span: Range<usize>,
    /// One line.
    pub message: String,
    /// What to write instead, on one line.
    pub help: Option<String>,
}

impl Error for CronError {}

impl fmt::Display for CronError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // One column per character: tabs and line breaks would misplace the carets.
        let shown = self.expression.replace(char::is_control, " ");
        let columns = |bytes: Range<usize>| {
            let part = self.expression.get(bytes).unwrap_or_default();
            part.chars().count()
        };
        let indent = columns(0..self.span.start);
        let carets = "^".repeat(columns(self.span.clone()).max(1));
        write!(f, "{}\n  {shown}\n  {:indent$}{carets}", self.message, "")?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

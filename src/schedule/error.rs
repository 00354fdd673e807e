//! Why an expression was refused, and where.

use std::error::Error;
use std::fmt;
use std::ops::Range;

/// A crontab expression that was refused.
///
/// Displays over several lines: the message, the expression with carets under the offending part,
/// and the help if there is any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CronError {
    /// The expression as it was given.
    pub expression: String,
    /// The offending part, in bytes of the expression.
    pub span: Range<usize>,
    /// What is wrong with it, in one line.
    pub message: String,
    /// What to write instead, in one line.
    pub help: Option<String>,
}

impl Error for CronError {}

impl fmt::Display for CronError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // One column per character: tabs and line breaks would put the carets out of place.
        let shown: String = self
            .expression
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let columns = |bytes: Range<usize>| {
            self.expression
                .get(bytes)
                .map_or(0, |part| part.chars().count())
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

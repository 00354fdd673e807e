//! Findings: what is wrong with a file, where exactly, and what to write instead.
//!
//! A [`Finding`] is data (it serialises to JSON) and can be [rendered](render()) for a terminal
//! with the source line and a caret under the span.

mod harmless;
mod render;
mod source;

use std::collections::HashSet;
use std::fmt;
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

pub use self::harmless::{harmless, harmless_json, is_bidi_control};
pub use self::render::{render, tally};
pub use self::source::{Position, Source};

/// How many findings of one file are kept; a file this wrong has one cause, not hundreds.
pub const MAX_FINDINGS: usize = 100;

/// How much of a message is kept, in characters: it may quote the file, and that may be one long word.
const LONGEST: usize = 1_000;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, but somebody should look.
    Warning,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of finding it is: a stable name in kebab-case, such as `unknown-key`.
    pub code: &'static str,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// The file, as it was given; for a setting from the environment, the variable's name.
    pub path: String,
    /// The place, in bytes from the file's first byte.
    pub span: Range<usize>,
    /// The line where the span starts, from 1.
    pub line: usize,
    /// The column where the span starts, in characters, from 1.
    pub column: usize,
    /// The text of that line, without its line ending; empty if the whole file is meant. Of a line of more
    /// than 1,000 bytes, the part around the place.
    pub source_line: String,
    /// What to write under the caret.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// Another place in the same file that belongs to it, such as the first of two equal names.
    pub related: Vec<Related>,
    #[serde(skip)]
    source: Arc<Source>,
}

/// A second place that a finding points at.
#[derive(Clone, Debug, Serialize)]
pub struct Related {
    /// The place, in bytes from the file's first byte.
    pub span: Range<usize>,
    /// The line where the span starts, from 1.
    pub line: usize,
    /// The column where the span starts, in characters, from 1.
    pub column: usize,
    /// What it has to do with the finding.
    pub label: String,
}

impl Finding {
    /// Something that makes the file unusable.
    pub fn error(
        code: &'static str,
        message: impl Into<String>,
        source: &Arc<Source>,
        span: Range<usize>,
    ) -> Self {
        Self::new(Severity::Error, code, message.into(), source, span)
    }

    /// Something to look at.
    pub fn warning(
        code: &'static str,
        message: impl Into<String>,
        source: &Arc<Source>,
        span: Range<usize>,
    ) -> Self {
        Self::new(Severity::Warning, code, message.into(), source, span)
    }

    /// An error of the file as a whole: it is missing, too large, or wrongly named.
    pub fn of_file(code: &'static str, message: impl Into<String>, path: &Path) -> Self {
        let source = Arc::new(Source::new(path, String::new()));
        Self::error(code, message, &source, 0..0)
    }

    /// The same finding, as something to look at only.
    #[must_use]
    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Costs the same in a file of any size: one file may have a finding for each of its bytes.
    fn new(
        severity: Severity,
        code: &'static str,
        message: String,
        source: &Arc<Source>,
        span: Range<usize>,
    ) -> Self {
        let span = source.clamp(span);
        let Position { line, column } = source.position(span.start);
        Self {
            severity,
            code,
            message: shortened(message),
            path: source.path().to_string_lossy().into_owned(),
            line,
            column,
            source_line: source.line(span.start).to_owned(),
            span,
            label: None,
            help: None,
            related: Vec::new(),
            source: Arc::clone(source),
        }
    }

    /// Says what stands under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(shortened(label.into()));
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shortened(help.into()));
        self
    }

    /// Points at a second place of the same file.
    #[must_use]
    pub fn related(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        let span = self.source.clamp(span);
        let Position { line, column } = self.source.position(span.start);
        self.related.push(Related {
            span,
            line,
            column,
            label: shortened(label.into()),
        });
        self
    }
}

fn shortened(mut text: String) -> String {
    if text.len() > LONGEST
        && let Some((cut, _)) = text.char_indices().nth(LONGEST)
    {
        text.truncate(cut);
        text.push('…');
    }
    text
}

/// What was found: the findings of one file in the file's order, or of several files in turn.
///
/// Displays as [`render`] shows it, without colours.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// True if any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.iter()
            .any(|finding| finding.severity == Severity::Error)
    }
}

impl Deref for Findings {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        &self.0
    }
}

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Self {
        Self(vec![finding])
    }
}

impl Extend<Finding> for Findings {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, more: T) {
        self.0.extend(more);
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'f> IntoIterator for &'f Findings {
    type Item = &'f Finding;
    type IntoIter = std::slice::Iter<'f, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(render(self, false).trim_end())
    }
}

/// Collects the findings of one file while it is being read.
#[derive(Debug, Default)]
pub struct Report {
    kept: Vec<Finding>,
    omitted: usize,
    /// The lines of each file that have a syntax error.
    torn: Vec<(Arc<Source>, HashSet<usize>)>,
    incomplete: bool,
}

impl Report {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding, unless it only follows from a syntax error on the same line.
    pub fn push(&mut self, finding: Finding) {
        if self.has_torn(&finding.source, finding.line) {
            return;
        }
        if self.kept.len() < MAX_FINDINGS {
            self.kept.push(finding);
        } else {
            self.omitted += 1;
        }
    }

    /// Adds a syntax error: what the rest of its line seems to say is not to be trusted.
    pub(crate) fn push_torn(&mut self, finding: Finding) {
        let (source, line) = (Arc::clone(&finding.source), finding.line);
        self.push(finding);
        let known = self
            .torn
            .iter_mut()
            .find(|(other, _)| Arc::ptr_eq(other, &source));
        match known {
            Some((_, lines)) => {
                lines.insert(line);
            }
            None => self.torn.push((source, HashSet::from([line]))),
        }
    }

    /// True if no more findings are kept: what costs much to say need not be made, only [counted](Self::omit).
    pub(crate) fn is_full(&self) -> bool {
        self.kept.len() >= MAX_FINDINGS
    }

    /// Counts a finding that was not made because the report is full.
    pub(crate) fn omit(&mut self) {
        self.omitted += 1;
    }

    /// True if a syntax error on the same line was added already.
    pub(crate) fn is_torn(&self, source: &Arc<Source>, offset: usize) -> bool {
        self.has_torn(source, source.line_number(offset))
    }

    fn has_torn(&self, source: &Arc<Source>, line: usize) -> bool {
        let holds = |(torn, lines): &(Arc<Source>, HashSet<usize>)| {
            Arc::ptr_eq(torn, source) && lines.contains(&line)
        };
        self.torn.iter().any(holds)
    }

    /// Notes that a syntax error hid a part of the file, so that nothing can be called missing.
    pub(crate) fn mark_incomplete(&mut self) {
        self.incomplete = true;
    }

    /// True if a part of the file could not be read.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.incomplete
    }

    /// True if any finding so far is an error.
    pub fn has_errors(&self) -> bool {
        let is_error = |finding: &Finding| finding.severity == Severity::Error;
        self.omitted > 0 || self.kept.iter().any(is_error)
    }

    /// All findings in the order of the file; the last one says how many were left out, if any were.
    pub fn finish(self) -> Findings {
        let mut kept = self.kept;
        kept.sort_by_key(|finding| (finding.span.start, finding.severity));
        if let Some(last) = kept.last().filter(|_| self.omitted > 0) {
            let message = format!("{} more findings are not shown", self.omitted);
            let end = last.source.text().len();
            let more = Finding::error("too-many-findings", message, &last.source, end..end);
            kept.push(more);
        }
        Findings(kept)
    }
}

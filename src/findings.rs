//! Findings: what is wrong with a file, where, and what to write instead.
//!
//! A [`Finding`] is data that serializes to JSON. [`render`](render()) shows it in a terminal, with
//! the source line and a caret under the span.

mod github;
mod harmless;
mod render;
mod source;

use std::collections::HashSet;
use std::fmt;
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

pub use self::github::github;
pub use self::harmless::{harmless, harmless_json, is_bidi_control};
pub use self::render::{render, tally};
pub use self::source::{Position, Source};

/// How many findings of one file are kept. A file with more has one cause, not hundreds.
pub const MAX_FINDINGS: usize = 100;

/// The length limit of a message, in characters. It may quote the file, which may be one long word.
const LONGEST: usize = 1_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, but you should look.
    Warning,
}

#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    pub severity: Severity,
    /// The kind of finding: a stable name in kebab-case, such as `unknown-key`.
    pub code: &'static str,
    /// One sentence without a full stop.
    pub message: String,
    /// The file as given, or the name of the environment variable.
    pub path: String,
    /// In bytes from the start of the file.
    pub span: Range<usize>,
    /// The line where the span starts, from 1.
    pub line: usize,
    /// The column where the span starts, in characters, from 1.
    pub column: usize,
    /// That line without its line ending; empty if the finding is about the whole file. Only the part around the
    /// place if the line is longer than 1,000 bytes.
    pub source_line: String,
    /// Shown under the caret.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places in the same file, such as the first of two equal names.
    pub related: Vec<Related>,
    #[serde(skip)]
    source: Arc<Source>,
}

/// A second place that a finding points at.
#[derive(Clone, Debug, Serialize)]
pub struct Related {
    /// In bytes from the start of the file.
    pub span: Range<usize>,
    /// The line where the span starts, from 1.
    pub line: usize,
    /// The column where the span starts, in characters, from 1.
    pub column: usize,
    /// How the place relates to the finding.
    pub label: String,
}

impl Finding {
    pub fn error(
        code: &'static str,
        message: impl Into<String>,
        source: &Arc<Source>,
        span: Range<usize>,
    ) -> Self {
        Self::new(Severity::Error, code, message.into(), source, span)
    }

    pub fn warning(
        code: &'static str,
        message: impl Into<String>,
        source: &Arc<Source>,
        span: Range<usize>,
    ) -> Self {
        Self::new(Severity::Warning, code, message.into(), source, span)
    }

    /// An error about the whole file: it is missing, too large, or has the wrong name.
    pub fn of_file(code: &'static str, message: impl Into<String>, path: &Path) -> Self {
        let source = Arc::new(Source::new(path, String::new()));
        Self::error(code, message, &source, 0..0)
    }

    #[must_use]
    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Takes the same time for a file of any size, because a file may have a finding for each byte.
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

    /// True if it is about the whole file, so that its line means nothing.
    pub fn is_of_file(&self) -> bool {
        self.source.text().is_empty()
    }

    /// Sets the text under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(shortened(label.into()));
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shortened(help.into()));
        self
    }

    /// Points at a second place in the same file.
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

/// The findings of one file in the file's order, or of several files in turn.
///
/// Displays as [`render`] shows them without colors.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Findings(Vec<Finding>);

impl Findings {
    pub fn has_errors(&self) -> bool {
        has_errors(self)
    }

    /// Takes every warning as an error.
    pub fn be_strict(&mut self) {
        for finding in &mut self.0 {
            finding.severity = Severity::Error;
        }
    }

    pub(crate) fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.0.retain(keep);
    }

    /// Puts them in order: by file, and within a file by place.
    pub fn sort(&mut self) {
        self.0.sort_by(|one, other| {
            let place = |finding: &Finding| (finding.span.start, finding.severity);
            one.path
                .cmp(&other.path)
                .then_with(|| place(one).cmp(&place(other)))
        });
    }
}

fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|one| one.severity == Severity::Error)
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

/// Collects the findings of one file while it is read.
#[derive(Debug, Default)]
pub struct Report {
    kept: Vec<Finding>,
    omitted: usize,
    /// True if an error is among those left out.
    omitted_error: bool,
    /// The lines with syntax errors, for each file.
    torn: Vec<(Arc<Source>, HashSet<usize>)>,
    incomplete: bool,
}

impl Report {
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
            self.omitted_error |= finding.severity == Severity::Error;
        }
    }

    /// Adds a finding and returns `None`, for functions that end with the finding.
    pub(crate) fn refuse<T>(&mut self, finding: Finding) -> Option<T> {
        self.push(finding);
        None
    }

    /// Adds a syntax error. Later findings on its line are ignored, because the rest of the line cannot be trusted.
    pub(crate) fn push_torn(&mut self, finding: Finding) {
        let (source, line) = (Arc::clone(&finding.source), finding.line);
        self.push(finding);
        let mut torn = self.torn.iter_mut();
        match torn.find(|(other, _)| Arc::ptr_eq(other, &source)) {
            Some((_, lines)) => drop(lines.insert(line)),
            None => self.torn.push((source, HashSet::from([line]))),
        }
    }

    /// True if no more findings are kept. Then [count](Self::omit) a finding that is slow to build instead.
    pub(crate) fn is_full(&self) -> bool {
        self.kept.len() >= MAX_FINDINGS
    }

    /// Counts an error that was not built because the report is full.
    pub(crate) fn omit(&mut self) {
        self.omitted += 1;
        self.omitted_error = true;
    }

    /// True if the line already has a syntax error.
    pub(crate) fn is_torn(&self, source: &Arc<Source>, offset: usize) -> bool {
        self.has_torn(source, source.line_number(offset))
    }

    fn has_torn(&self, source: &Arc<Source>, line: usize) -> bool {
        let holds = |(torn, lines): &(Arc<Source>, HashSet<usize>)| {
            Arc::ptr_eq(torn, source) && lines.contains(&line)
        };
        self.torn.iter().any(holds)
    }

    /// Notes that a syntax error hides a part of the file, so that nothing is reported as missing.
    pub(crate) fn mark_incomplete(&mut self) {
        self.incomplete = true;
    }

    /// True if a part of the file could not be read.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.incomplete
    }

    pub fn has_errors(&self) -> bool {
        self.omitted_error || has_errors(&self.kept)
    }

    /// All findings in the file's order. If some were left out, the last finding gives their number.
    pub fn finish(self) -> Findings {
        let mut kept = self.kept;
        kept.sort_by_key(|finding| (finding.span.start, finding.severity));
        if let Some(last) = kept.last().filter(|_| self.omitted > 0) {
            let message = format!("{} more findings are not shown", self.omitted);
            let end = last.source.text().len();
            let more = Finding::error("too-many-findings", message, &last.source, end..end);
            kept.push(match self.omitted_error {
                true => more,
                false => more.as_warning(),
            });
        }
        Findings(kept)
    }
}

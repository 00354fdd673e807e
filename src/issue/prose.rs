//! Reads Markdown in an issue file.

use templates::prose::Prose;

use super::content::MARKUP;
use super::key::Key;
use crate::findings::{Finding, Report};
use crate::toml_source::{Table, Value};

impl Key {
    /// The value of a [`Kind::Prose`](super::key::Kind::Prose).
    pub(super) fn prose(&self, table: &Table<'_>, report: &mut Report) -> Option<Prose> {
        let value = self.value(table, report)?;
        prose(&value, self.most(), report)
    }
}

/// Warns of Markdown that the mail cannot show.
fn prose(value: &Value<'_>, most: usize, report: &mut Report) -> Option<Prose> {
    let text = value.block(most, report)?;
    let (prose, dropped) = Prose::parse(text);
    let mut locate = value.locator();
    for piece in dropped {
        let span = locate(piece.range);
        let message = format!("{} cannot be used here: readers get plain text", piece.what);
        report.push(
            Finding::warning(MARKUP.code, message, value.source(), span)
                .help("prose has paragraphs, emphasis, links and lists"),
        );
    }
    Some(prose)
}

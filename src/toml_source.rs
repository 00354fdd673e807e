//! A TOML document, read so that every mistake in it is found in one pass.
//!
//! Issue files and `verdict.toml` are both read here. [`decode`] turns bytes into text, [`parse`]
//! turns text into tables, and [`Table`] and [`Value`] read keys with the types, limits and
//! spellings they must have. None of them stops at the first mistake: each adds a
//! [`Finding`] and goes on.

mod date;
mod literal;
mod suggest;
mod syntax;
mod table;
mod value;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeTable;

use crate::findings::{Finding, Report, Source};

pub use self::suggest::closest;
pub use self::table::{Shape, Table};
pub use self::value::{Value, parsed_address};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Reads a file, but never more than one byte past [`MAX_BYTES`].
///
/// # Errors
/// What the file system says.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a file as [`read`] does, but nothing else: a pipe in a folder would be waited for without end.
///
/// # Errors
/// What the file system says, or that it is no file.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("it is a pipe or a device, not a file"));
    }
    read(path)
}

/// Takes a file's bytes as text; a byte order mark stays in it.
///
/// # Errors
/// The one finding that says why it is not a text: too large, not UTF-8, or with a NUL in it.
pub fn decode(path: &Path, bytes: &[u8]) -> Result<Arc<Source>, Box<Finding>> {
    if bytes.len() > MAX_BYTES {
        let message = format!("the file is larger than {MAX_BYTES} bytes");
        let finding = Finding::of_file("file-too-large", message, path);
        return Err(Box::new(finding.help(
            "an issue is a few kilobytes of text; link to anything larger",
        )));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let message = "the file is UTF-16, not UTF-8";
        let finding = Finding::of_file("not-utf-8", message, path);
        return Err(Box::new(finding.help("save it as UTF-8")));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Box::new(not_utf8(path, bytes, at, error.error_len()))
    })?;
    let source = Arc::new(Source::new(path, text.to_owned()));
    match text.find('\0') {
        Some(at) => Err(Box::new(
            Finding::error("nul", "the file holds a NUL byte", &source, at..at + 1)
                .label("here")
                .help("this is not a text file, or it is damaged"),
        )),
        None => Ok(source),
    }
}

/// Parses a text as TOML, as far as it goes; what does not parse becomes findings.
///
/// The text is given beside its source because a source may show it with secrets blanked out.
pub fn parse<'t>(text: &'t str, source: &Arc<Source>, report: &mut Report) -> Spanned<DeTable<'t>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    syntax::report_errors(&table, &errors, text, source, report);
    table
}

/// Shows the file with `?` for each byte that is no text, so that every offset stays true.
fn not_utf8(path: &Path, bytes: &[u8], at: usize, length: Option<usize>) -> Finding {
    let mut shown = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        shown.push_str(chunk.valid());
        shown.extend(chunk.invalid().iter().map(|_| '?'));
    }
    let end = length.map_or(bytes.len(), |length| at + length);
    let source = Arc::new(Source::new(path, shown));
    Finding::error("not-utf-8", "the file is not UTF-8", &source, at..end)
        .label(format!("byte 0x{:02X}", bytes.get(at).unwrap_or(&0)))
        .help("save it as UTF-8")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::findings::render;

    fn refused(bytes: &[u8]) -> String {
        let finding = decode("a.toml".as_ref(), bytes).unwrap_err();
        render(&[*finding], false)
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        assert_eq!(
            refused(b"a = 1\ntitle = \"caf\xe9 \xe9\"\n"),
            "\
error[not-utf-8]: the file is not UTF-8
 --> a.toml:2:13
  |
2 | title = \"caf? ?\"
  |             ^ byte 0xE9
  |
  = help: save it as UTF-8
"
        );
        assert_eq!(
            refused(b"a = \"\xc3\xa9\0\""),
            "\
error[nul]: the file holds a NUL byte
 --> a.toml:1:7
  |
1 | a = \"é␀\"
  |       ^ here
  |
  = help: this is not a text file, or it is damaged
"
        );
        assert!(refused(b"\xff\xfea\0").starts_with("error[not-utf-8]: the file is UTF-16"));
        assert!(refused(&vec![b' '; MAX_BYTES + 1]).starts_with("error[file-too-large]"));
        assert!(decode("a.toml".as_ref(), &vec![b' '; MAX_BYTES]).is_ok());
    }

    #[test]
    fn a_byte_order_mark_is_accepted_and_does_not_count() {
        let source = decode("a.toml".as_ref(), b"\xef\xbb\xbfa = 'b' c\n").unwrap();
        let mut report = Report::new();
        parse(source.text(), &source, &mut report);
        let found = report.finish();
        assert_eq!((found[0].line, found[0].column), (1, 9));
        assert_eq!(found[0].span, 11..11);
        assert_eq!(found[0].source_line, "a = 'b' c");
    }
}

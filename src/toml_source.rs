//! Reads issue files and `verdict.toml`, and reports every mistake in one pass.
//!
//! [`decode`] turns bytes into text, [`parse`] turns text into tables, and [`Table`] and [`Value`]
//! read keys and check their types, limits and spellings. Nothing stops at the first mistake: each
//! one becomes a [`Finding`].

mod date;
mod literal;
mod suggest;
mod syntax;
mod table;
mod value;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::str::Utf8Error;
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeTable;

use crate::findings::{Finding, Report, Source};

pub use self::suggest::closest;
pub(crate) use self::suggest::did_you_mean;
pub use self::table::{Shape, Table};
pub use self::value::{Value, parsed_address};

/// The size limit of a file, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Reads a file, but at most one byte past [`MAX_BYTES`].
///
/// # Errors
/// If the file cannot be read.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Like [`read`], but refuses a pipe or a device: reading a pipe could block forever.
///
/// # Errors
/// If the file cannot be read or is not a regular file.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("it is a pipe or a device, not a file"));
    }
    read(path)
}

/// Decodes a file as UTF-8 and keeps a byte order mark.
///
/// # Errors
/// A finding if the file is too large, is not UTF-8, or contains a NUL.
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
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(path, bytes, error))?;
    let source = Arc::new(Source::new(path, text.to_owned()));
    let Some(at) = text.find('\0') else {
        return Ok(source);
    };
    let finding = Finding::error("nul", "the file contains a NUL byte", &source, at..at + 1)
        .label("here")
        .help("this is not a text file, or it is damaged");
    Err(Box::new(finding))
}

/// Parses as much of a text as possible and reports the rest.
///
/// `text` may differ from the source's text, in which secrets may be masked.
pub fn parse<'t>(text: &'t str, source: &Arc<Source>, report: &mut Report) -> Spanned<DeTable<'t>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    syntax::report_errors(&table, &errors, text, source, report);
    table
}

/// Shows the file with a `?` for each invalid byte, which keeps every offset valid.
fn not_utf8(path: &Path, bytes: &[u8], error: Utf8Error) -> Box<Finding> {
    let mut shown = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        shown.push_str(chunk.valid());
        shown.extend(chunk.invalid().iter().map(|_| '?'));
    }
    let at = error.valid_up_to();
    let end = error.error_len().map_or(bytes.len(), |length| at + length);
    let source = Arc::new(Source::new(path, shown));
    let finding = Finding::error("not-utf-8", "the file is not UTF-8", &source, at..end)
        .label(format!("byte 0x{:02X}", bytes.get(at).unwrap_or(&0)))
        .help("save it as UTF-8");
    Box::new(finding)
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
error[nul]: the file contains a NUL byte
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

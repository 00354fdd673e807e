//! Where commands print. Control characters are escaped: file names, arguments, readers' names and relays' replies
//! come from outside.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write};
use std::process::ExitCode;

use serde::Serialize;

use super::CliResult;
use crate::config::LogFormat;
use crate::findings::{harmless, harmless_json};

/// A stream that escapes control characters.
pub(super) struct Harmless<W> {
    inner: W,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    /// Text in which our own escape sequences stay.
    Coloured,
    Json,
}

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        match self.kind {
            Kind::Text => self.inner.write_all(harmless(&text).as_bytes())?,
            Kind::Json => self.inner.write_all(harmless_json(&text).as_bytes())?,
            Kind::Coloured => {
                for (number, piece) in text.split('\u{1b}').enumerate() {
                    let escape: &[u8] = if number == 0 { b"" } else { b"\x1b" };
                    self.inner.write_all(escape)?;
                    self.inner.write_all(harmless(piece).as_bytes())?;
                }
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Standard output for people to read.
pub(super) fn stdout() -> Harmless<io::Stdout> {
    Harmless {
        inner: io::stdout(),
        kind: Kind::Text,
    }
}

/// Prints a line in a style, the parameters of a Select Graphic Rendition (ECMA-48 §8.3.117).
pub(super) fn styled(style: &str, text: &str) -> io::Result<()> {
    writeln!(io::stdout(), "\u{1b}[{style}m{}\u{1b}[0m", harmless(text))
}

/// Prints a line to standard output for people.
pub(super) fn line(text: impl Display) -> io::Result<()> {
    writeln!(stdout(), "{text}")
}

/// True if an operator can be asked.
pub(super) fn is_on_a_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Asks the operator to type something; true if they do.
pub(super) fn asks_for(answer: &str, question: impl Display) -> io::Result<bool> {
    write!(stdout(), "{question}: ")?;
    stdout().flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().eq_ignore_ascii_case(answer))
}

/// Prints the last line of a command that succeeded.
pub(super) fn done(text: impl Display) -> CliResult {
    line(text)?;
    Ok(ExitCode::SUCCESS)
}

/// Standard error for log lines, whose text the log writer escapes.
pub(super) fn log(format: LogFormat) -> Harmless<io::Stderr> {
    Harmless {
        inner: io::stderr(),
        kind: match format {
            LogFormat::Json => Kind::Json,
            LogFormat::Text if io::stderr().is_terminal() => Kind::Coloured,
            LogFormat::Text => Kind::Text,
        },
    }
}

/// Standard output for data that another program reads: verbatim, except on a terminal.
pub(super) fn data() -> Box<dyn Write + Send> {
    if io::stdout().is_terminal() {
        Box::new(stdout())
    } else {
        Box::new(io::stdout())
    }
}

pub(super) fn json(data: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_string_pretty(data)?;
    writeln!(io::stdout(), "{}", harmless_json(&json))
}

/// Writes a row that no spreadsheet takes for formulas: strangers typed most of it.
pub(super) fn write_guarded<const N: usize>(
    csv: &mut csv::Writer<impl Write>,
    fields: [&str; N],
) -> csv::Result<()> {
    let fields = fields.map(subscribers::formula::guard);
    csv.write_record(fields.iter().map(|field| field.as_bytes()))
}

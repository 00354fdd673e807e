//! Standard output and standard error, with text from outside made harmless: file names, arguments, readers' names,
//! what a relay replied.

use std::io::{self, IsTerminal as _, Write};

use serde::Serialize;

use crate::config::LogFormat;
use crate::findings::{harmless, harmless_json};

/// A stream for people and for programs that read logs.
pub(super) struct Harmless<W> {
    inner: W,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    /// Text whose escape sequences the program writes itself: they go through.
    Coloured,
    Json,
}

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Formatted text comes in whole pieces; what is no text is shown as such.
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

/// Standard output for people.
pub(super) fn stdout() -> Harmless<io::Stdout> {
    Harmless {
        inner: io::stdout(),
        kind: Kind::Text,
    }
}

/// Standard error for log lines, whose writer escapes what stands in them.
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

/// Standard output for data that another program reads: as it is, unless a person looks.
pub(super) fn data() -> Box<dyn Write + Send> {
    if io::stdout().is_terminal() {
        Box::new(stdout())
    } else {
        Box::new(io::stdout())
    }
}

/// Prints data as JSON.
pub(super) fn json(data: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_string_pretty(data)?;
    writeln!(io::stdout(), "{}", harmless_json(&json))
}

/// Writes a row in which nothing is a formula to a spreadsheet: strangers typed most of it.
pub(super) fn write_guarded<const N: usize>(
    csv: &mut csv::Writer<impl Write>,
    fields: [&str; N],
) -> csv::Result<()> {
    let fields = fields.map(subscribers::formula::guard);
    csv.write_record(fields.iter().map(|field| field.as_bytes()))
}
